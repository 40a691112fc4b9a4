"""GraphML 1.0 (graphml.graphdrawing.org), as read by yEd, Gephi, Cytoscape and networkx."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph.views import View, ViewEdge, ViewNode
from .text import xml

NODE_FIELDS = {
    "ref": "string",
    "label": "string",
    "kind": "string",
    "group": "string",
    "size": "int",
    "path": "string",
    "line": "int",
    "detail": "string",
}
EDGE_FIELDS = {"ref": "string", "label": "string", "kind": "string", "weight": "int", "detail": "string"}


def render(view: View) -> Iterator[str]:
    """The view as one directed graph; nodes and edges are numbered, since a GraphML id is an NMTOKEN."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield '  <key id="g_title" for="graph" attr.name="title" attr.type="string"/>\n'
    for owner, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name, kind in fields.items():
            yield f'  <key id="{owner[0]}_{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '  <graph id="view" edgedefault="directed">\n'
    yield f'    <data key="g_title">{xml(view.title)}</data>\n'
    number = {node.id: f"n{index}" for index, node in enumerate(view.nodes)}
    for node in view.nodes:
        yield f'    <node id="{number[node.id]}">{_data(node, "n", NODE_FIELDS)}</node>\n'
    for index, edge in enumerate(view.edges):
        ends = f'source="{number[edge.source]}" target="{number[edge.target]}"'
        yield f'    <edge id="e{index}" {ends}>{_data(edge, "e", EDGE_FIELDS)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(row: ViewNode | ViewEdge, prefix: str, fields: dict[str, str]) -> str:
    values = row._asdict() | {"ref": row.id}
    return "".join(f'<data key="{prefix}_{name}">{xml(str(values[name]))}</data>' for name in fields)
