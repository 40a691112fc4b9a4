"""GraphML as networkx reads it back."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.api.export import graphml
from naysay.api.export.text import printable
from naysay.graph.views import View, ViewNode


@pytest.mark.parametrize("name", ["small_view", "large_view", "hostile_view"])
def test_networkx_reads_every_node_and_edge(name: str, request: pytest.FixtureRequest) -> None:
    view: View = request.getfixturevalue(name)
    found = nx.parse_graphml("".join(graphml.render(view)), force_multigraph=True)
    assert found.is_directed()
    assert (found.number_of_nodes(), found.number_of_edges()) == (len(view.nodes), len(view.edges))


def test_the_fields_come_back(small_view: View) -> None:
    found = nx.parse_graphml("".join(graphml.render(small_view)), force_multigraph=True)
    conflict = small_view.nodes[0]
    assert found.nodes["n0"] == {"ref": conflict.id, **{k: v for k, v in conflict._asdict().items() if k != "id"}}
    assert sorted(data["weight"] for _, _, data in found.edges(data=True)) == [1, 1, 1, 1, 2]


def test_ids_are_name_tokens(hostile_view: View) -> None:
    tree = ElementTree.fromstring("".join(graphml.render(hostile_view)))
    ids = [element.get("id", "") for element in tree.iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one) for one in ids)


@given(st.text(max_size=40))
def test_any_label_comes_back_printable(label: str) -> None:
    view = View("v", "V", (ViewNode("a", f"x{label}x", "term", "", 1, "", 0, ""),), ())
    found = nx.parse_graphml("".join(graphml.render(view)))
    assert found.nodes["n0"]["label"] == printable(f"x{label}x")
