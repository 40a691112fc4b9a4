"""GEXF as networkx reads it back."""

from __future__ import annotations

import io
import re

import networkx as nx
import pytest

from naysay.api.export import gexf
from naysay.api.export.text import printable
from naysay.graph.views import View


@pytest.mark.parametrize("name", ["small_view", "large_view", "hostile_view"])
def test_networkx_reads_every_node_and_edge(name: str, request: pytest.FixtureRequest) -> None:
    view: View = request.getfixturevalue(name)
    text = "".join(gexf.render(view))
    found = nx.read_gexf(io.BytesIO(text.encode()))
    assert (found.number_of_nodes(), found.number_of_edges()) == (len(view.nodes), len(view.edges))
    assert [found.nodes[str(n)]["label"] for n in range(len(view.nodes))] == [
        printable(node.label) for node in view.nodes
    ]


def test_no_date_is_written(small_view: View) -> None:
    text = "".join(gexf.render(small_view))
    assert "lastmodified" not in text
    assert not re.search(r"20\d\d-\d\d", text)


def test_the_fields_come_back(small_view: View) -> None:
    found = nx.read_gexf(io.BytesIO("".join(gexf.render(small_view)).encode()))
    assert found.nodes["1"]["ref"] == "document:ops/a.md"
    assert found.nodes["0"]["line"] == 4
