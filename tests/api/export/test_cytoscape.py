"""Cytoscape.js JSON."""

from __future__ import annotations

import json

import pytest

from naysay.api.export import cytoscape
from naysay.graph.views import View


@pytest.mark.parametrize("name", ["small_view", "large_view", "hostile_view"])
def test_every_element_comes_back(name: str, request: pytest.FixtureRequest) -> None:
    view: View = request.getfixturevalue(name)
    found = json.loads("".join(cytoscape.render(view)))
    assert [row["data"] for row in found["elements"]["nodes"]] == [node._asdict() for node in view.nodes]
    assert [row["data"] for row in found["elements"]["edges"]] == [edge._asdict() for edge in view.edges]


def test_every_edge_joins_two_nodes(hostile_view: View) -> None:
    found = json.loads("".join(cytoscape.render(hostile_view)))["elements"]
    ids = {row["data"]["id"] for row in found["nodes"]}
    assert all({row["data"]["source"], row["data"]["target"]} <= ids for row in found["edges"])
