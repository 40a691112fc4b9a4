"""Mermaid flowchart, within the limits of Mermaid's defaults: 500 edges and 50,000 characters."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...graph.views import View, ViewEdge, ViewNode
from .palette import NODE_ROLES, edge_role, node_role
from .selection import Selection, largest
from .text import printable, shortened

MAX_EDGES = 500
MAX_CHARACTERS = 50_000
"""UTF-16 code units, as Mermaid counts them."""
MAX_NODES = 400
LABEL_LIMIT = 48
_PLAIN = frozenset(" _-.,/()'+=!?@")
_SHAPES = {"conflict": ("{{", "}}"), "entity": ("([", "])"), "alias": ("(", ")"), "deprecated": ("(", ")")}
_LINKS = {"conflict": "---", "denied": "-.->", "replaces": "==>", "plain": "-->"}


def render(view: View) -> Iterator[str]:
    """The largest part of the view that Mermaid accepts; the title says what was cut."""
    limit = MAX_NODES
    lines = list(_lines(largest(view, limit, MAX_EDGES)))
    while sum(map(_units, lines)) > MAX_CHARACTERS:
        limit = limit * 4 // 5
        lines = list(_lines(largest(view, limit, MAX_EDGES)))
    yield from lines


def quoted(text: str) -> str:
    """A Mermaid string; every character that could mean something to Mermaid, Markdown or HTML is an entity.

    >>> quoted('say "<b>" #1')
    '"say #34;#60;b#62;#34; #35;1"'
    """
    safe = (char if char.isalnum() or char in _PLAIN else f"#{ord(char)};" for char in printable(text))
    return f'"{"".join(safe)}"'


def _units(line: str) -> int:
    return len(line.encode("utf-16-le")) // 2


def _lines(selection: Selection) -> Iterator[str]:
    view = selection.view
    title = printable(f"{view.title}. {selection.notice()}" if selection.notice() else view.title)
    yield f"---\ntitle: {json.dumps(title)}\n---\nflowchart LR\n"
    number = {node.id: f"n{index}" for index, node in enumerate(view.nodes)}
    for node in view.nodes:
        yield f"  {number[node.id]}{_node(node)}\n"
    for edge in view.edges:
        yield f"  {number[edge.source]} {_link(edge)} {number[edge.target]}\n"
    for kind in sorted({node.kind for node in view.nodes} & NODE_ROLES.keys()):
        role = node_role(kind)
        yield f"  classDef {kind} fill:{role.pale},stroke:{role.fill},color:#1c2430\n"
        members = ",".join(number[node.id] for node in view.nodes if node.kind == kind)
        yield f"  class {members} {kind}\n"


def _node(node: ViewNode) -> str:
    opening, closing = _SHAPES.get(node.kind, ("[", "]"))
    return f"{opening}{quoted(shortened(node.label, LABEL_LIMIT) or node.kind)}{closing}"


def _link(edge: ViewEdge) -> str:
    label = shortened(edge.label, LABEL_LIMIT)
    return _LINKS[edge_role(edge.kind)] + (f"|{quoted(label)}|" if label else "")
