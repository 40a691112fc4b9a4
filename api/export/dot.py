"""Graphviz DOT (graphviz.org/doc/info/lang.html); double-quoted strings only, never HTML labels."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph.views import View, ViewEdge, ViewNode
from .palette import EDGE_INK, edge_role, node_role
from .text import printable, shortened

LABEL_LIMIT = 60
TOOLTIP_LIMIT = 400
SHAPES = {"conflict": "octagon", "document": "note", "entity": "box", "alias": "ellipse", "deprecated": "ellipse"}


def render(view: View) -> Iterator[str]:
    """The view as a directed graph for ``dot`` or ``sfdp``; the view's own ids are the attribute ``id``."""
    yield f"digraph {quoted(view.name)} {{\n"
    yield f"  graph [label={quoted(view.title)}, labelloc=t, fontname=Helvetica, fontsize=20, rankdir=LR];\n"
    yield "  node [fontname=Helvetica, fontsize=11, shape=box, style=filled, color=transparent];\n"
    yield "  edge [fontname=Helvetica, fontsize=9, arrowsize=0.6];\n"
    number = {node.id: f"n{index}" for index, node in enumerate(view.nodes)}
    for node in view.nodes:
        yield f"  {number[node.id]} [{_node(node)}];\n"
    for edge in view.edges:
        yield f"  {number[edge.source]} -> {number[edge.target]} [{_edge(edge)}];\n"
    yield "}\n"


def quoted(text: str) -> str:
    r"""A DOT string: quotes and backslashes escaped, ``&`` too since Graphviz expands HTML entities everywhere.

    >>> quoted('a "b" \\N &amp;')
    '"a \\"b\\" \\\\N &amp;amp;"'
    """
    clean = printable(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{clean}"'


def _node(node: ViewNode) -> str:
    role = node_role(node.kind)
    where = f"{node.path}:{node.line}" if node.line else node.path
    tooltip = " · ".join(part for part in (node.label, node.group, where, node.detail) if part)
    return ", ".join(
        (
            f"id={quoted(node.id)}",
            f"label={quoted(shortened(node.label, LABEL_LIMIT))}",
            f"tooltip={quoted(shortened(tooltip, TOOLTIP_LIMIT))}",
            f"shape={SHAPES.get(node.kind, 'box')}",
            f'fillcolor="{role.pale}"',
        )
    )


def _edge(edge: ViewEdge) -> str:
    role = edge_role(edge.kind)
    tooltip = " · ".join(part for part in (edge.label, edge.detail) if part)
    return ", ".join(
        (
            f"id={quoted(edge.id)}",
            f"label={quoted(shortened(edge.label, LABEL_LIMIT))}",
            f"tooltip={quoted(shortened(tooltip, TOOLTIP_LIMIT))}",
            f"weight={edge.weight}",
            f'color="{EDGE_INK[role]}"',
            f"style={'dashed' if role == 'denied' else 'solid'}",
        )
    )
