"""What is kept when a format cannot hold all."""

from __future__ import annotations

from naysay.api.export.selection import largest
from naysay.graph.views import View, ViewEdge, ViewNode


def test_conflicts_are_kept_whole_and_the_largest_first(large_view: View) -> None:
    found = largest(large_view, 100, 400)
    kept = {node.id: node for node in found.view.nodes}
    conflicts = [node for node in kept.values() if node.kind == "conflict"]
    assert 0 < len(kept) <= 100
    assert {node.size for node in conflicts} == {4}
    for node in conflicts:
        assert sum(edge.source == node.id for edge in found.view.edges) == 2
    assert (found.all_nodes, found.all_edges) == (2000, 1200)
    assert not found.complete


def test_edges_are_limited_too(large_view: View) -> None:
    assert len(largest(large_view, 2000, 7).view.edges) <= 7


def test_elsewhere_the_largest_nodes_and_heaviest_edges_are_kept() -> None:
    nodes = tuple(ViewNode(f"n{n}", "x", "term", "", n + 1, "", 0, "") for n in range(9))
    edges = tuple(ViewEdge(f"e{n}", f"n{n}", "n8", "affirmed", "", n + 1, "") for n in range(8))
    found = largest(View("v", "V", nodes, edges), 4, 2)
    assert [node.id for node in found.view.nodes] == ["n5", "n6", "n7", "n8"]
    assert [edge.id for edge in found.view.edges] == ["e6", "e7"]
    assert found.notice() == "Cut to the largest: 4 of 9 nodes and 2 of 8 edges are shown."


def test_a_view_that_fits_is_whole(small_view: View) -> None:
    assert largest(small_view, 100, 100).view == small_view
    assert largest(small_view, 100, 100).notice() == ""
