"""The largest part of a view, for formats that cannot carry all of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from ...graph.views import View, ViewEdge, ViewNode


class Selection(NamedTuple):
    """What is drawn of a view, and how much that view holds in all."""

    view: View
    all_nodes: int
    all_edges: int

    @property
    def complete(self) -> bool:
        """Whether nothing was cut."""
        return len(self.view.nodes) == self.all_nodes and len(self.view.edges) == self.all_edges

    def notice(self) -> str:
        """What was cut, in one sentence; empty when nothing was.

        >>> Selection(View("v", "V", (), ()), 3, 1).notice()
        'Cut to the largest: 0 of 3 nodes and 0 of 1 edges are shown.'
        """
        if self.complete:
            return ""
        nodes, edges = len(self.view.nodes), len(self.view.edges)
        shown = f"{nodes:,} of {self.all_nodes:,} nodes and {edges:,} of {self.all_edges:,} edges are shown"
        conflicts = sum(node.kind == "conflict" for node in self.view.nodes)
        return f"Cut to the largest{' conflicts' if conflicts else ''}: {shown}."


def largest(view: View, nodes: int, edges: int) -> Selection:
    """At most so many nodes and edges of a view.

    In a view of conflicts whole conflicts are kept, largest first, with the documents on their sides; elsewhere the
    nodes of greatest size and weight, and the heaviest edges between them.
    """
    if len(view.nodes) <= nodes and len(view.edges) <= edges:
        return Selection(view, len(view.nodes), len(view.edges))
    ranked = _ranked(view)
    conflicts = [node for node in ranked if node.kind == "conflict"]
    kept = _whole(view, conflicts, nodes, edges) if conflicts else {node.id for node in ranked[:nodes]}
    inner = [edge for edge in view.edges if edge.source in kept and edge.target in kept]
    heavy = {edge.id for edge in sorted(inner, key=lambda edge: (-edge.weight, edge.id))[:edges]}
    part = View(
        view.name,
        view.title,
        tuple(node for node in view.nodes if node.id in kept),
        tuple(edge for edge in inner if edge.id in heavy),
    )
    return Selection(part, len(view.nodes), len(view.edges))


def weights(edges: Iterable[ViewEdge]) -> Counter[str]:
    """The summed weight of the edges at each node."""
    found: Counter[str] = Counter()
    for edge in edges:
        found[edge.source] += edge.weight
        found[edge.target] += edge.weight
    return found


def _ranked(view: View) -> list[ViewNode]:
    weight, size = weights(view.edges), {node.id: node.size for node in view.nodes}
    around: Counter[str] = Counter()
    for edge in view.edges:
        around[edge.source] += size[edge.target]
        around[edge.target] += size[edge.source]
    return sorted(view.nodes, key=lambda node: (-node.size - weight[node.id], -around[node.id], node.id))


def _whole(view: View, leaders: Collection[ViewNode], nodes: int, edges: int) -> set[str]:
    ties: defaultdict[str, list[str]] = defaultdict(list)
    for edge in view.edges:
        ties[edge.source].append(edge.target)
        ties[edge.target].append(edge.source)
    kept: set[str] = set()
    drawn = 0
    for leader in leaders:
        added = {leader.id, *ties[leader.id]} - kept
        drawn += len(ties[leader.id])
        if len(kept) + len(added) > nodes or drawn > edges:
            break
        kept |= added
    return kept
