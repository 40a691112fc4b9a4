"""A view as a tree of folders, documents and nodes: what a map of it nests, and what it shows folded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from typing import Literal

from ...graph.views import View, ViewNode

FAN = 240
"""Regions directly inside another before neighbours by name are put in discs of their own."""
DEPTH = 6
"""Folders nested before the rest of a path is one label."""
RegionKind = Literal["folder", "document", "range", "node"]


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the map: a node of the view, or a disc with regions inside."""

    key: str
    """Unique in the tree and the same on every run: a node's id, or kind and path."""
    label: str
    kind: RegionKind
    node: int = -1
    """Index in the view's nodes; -1 for a disc."""
    inside: tuple[Region, ...] = ()
    count: int = 1
    """Nodes of the view inside."""
    size: int = 1
    """Sum of the sizes of the nodes inside."""


_Named = tuple[str, Region]
_Row = tuple[tuple[str, ...], int]


def regions(view: View, fan: int = FAN, depth: int = DEPTH) -> Region:
    """The tree of a view by folder and document; a single child takes its parent's place.

    >>> tree = regions(View("v", "V", (ViewNode("n", "N", "term", "", 3, "a/b.md", 1, ""),), ()))
    >>> tree.inside[0].key, tree.count, tree.size
    ('n', 1, 3)
    """
    rows: list[_Row] = [(_trail(node.path, depth), index) for index, node in enumerate(view.nodes)]
    root = _disc("", "folder", _branches(view, rows, 0, "", fan), view.title, fan)
    return root.inside[0] if len(root.inside) == 1 and root.inside[0].inside else root


def walk(region: Region) -> Iterator[Region]:
    """The region and all inside it, outer before inner."""
    waiting = [region]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.inside))


def _trail(path: str, depth: int) -> tuple[str, ...]:
    """The folders and the file of a path, folders beyond a depth joined.

    >>> _trail("a/b/c.md", 1)
    ('a/b', 'c.md')
    """
    if not path:
        return ()
    *folders, name = path.split("/")
    if len(folders) > depth:
        folders = [*folders[: depth - 1], "/".join(folders[depth - 1 :])]
    return (*folders, name)


def _branches(view: View, rows: Sequence[_Row], depth: int, prefix: str, fan: int) -> list[_Named]:
    """What stands directly in a folder or document, each with its name there: nodes first, then paths in order."""
    found = [(view.nodes[index].label, _leaf(view.nodes[index], index)) for trail, index in rows if len(trail) == depth]
    deeper: defaultdict[str, list[_Row]] = defaultdict(list)
    for trail, index in rows:
        if len(trail) > depth:
            deeper[trail[depth]].append((trail, index))
    for name, part in sorted(deeper.items()):
        path = f"{prefix}{name}"
        inside = _branches(view, part, depth + 1, f"{path}/", fan)
        last = all(len(trail) == depth + 1 for trail, _ in part)
        found.append((name, _disc(path, "document" if last else "folder", inside, name, fan)))
    return found


def _leaf(node: ViewNode, index: int) -> Region:
    return Region(node.id, node.label, "node", index, size=node.size)


def _disc(path: str, kind: RegionKind, inside: Sequence[_Named], label: str, fan: int) -> Region:
    """A disc around regions; a disc that holds one thing only is that thing, a folder's name kept in front."""
    if path and len(inside) == 1:
        only = inside[0][1]
        joined = f"{label}/{only.label}" if only.kind == "folder" and kind == "folder" else only.label
        return Region(only.key, joined, only.kind, only.node, only.inside, only.count, only.size)
    return _around(f"{kind}@{path}", label, kind, _ranges(inside, f"range@{path}", fan))


def _around(key: str, label: str, kind: RegionKind, inside: Sequence[_Named]) -> Region:
    parts = tuple(region for _, region in inside)
    return Region(key, label, kind, -1, parts, sum(one.count for one in parts), sum(one.size for one in parts))


def _ranges(inside: Sequence[_Named], key: str, fan: int) -> Sequence[_Named]:
    """Neighbours by name in discs of about equal number, when there are more than ``fan``."""
    if len(inside) <= fan:
        return inside
    groups = min(fan, ceil(sqrt(len(inside))))
    ends = [len(inside) * number // groups for number in range(groups + 1)]
    parts = [inside[start:end] for start, end in pairwise(ends)]
    return [
        (part[0][0], _around(f"{key}#{number}", _span(part), "range", _ranges(part, f"{key}#{number}", fan)))
        for number, part in enumerate(parts)
    ]


def _span(part: Sequence[_Named]) -> str:
    first, last = (re.split(r"[-_.\s/]", name, maxsplit=1)[0] or name for name in (part[0][0], part[-1][0]))
    return f"{first} – {last}" if first != last else first


def ties_inside(root: Region, view: View) -> dict[str, dict[tuple[str, str], int]]:
    """For each disc, the summed weight of the edges between two regions directly inside it."""
    above = _chains(root)
    found: defaultdict[str, defaultdict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for edge in view.edges:
        one, two = above[edge.source], above[edge.target]
        fork = next((depth for depth, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0)
        if fork:
            found[one[fork - 1]][one[fork], two[fork]] += edge.weight
    return {key: dict(rows) for key, rows in found.items()}


def _chains(root: Region) -> Mapping[str, tuple[str, ...]]:
    """The keys from the root down to each region."""
    chains: dict[str, tuple[str, ...]] = {root.key: (root.key,)}
    for region in walk(root):
        for child in region.inside:
            chains[child.key] = (*chains[region.key], child.key)
    return chains
