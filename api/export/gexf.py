"""GEXF 1.2 (gexf.net), as read by Gephi and networkx; without a date, so that equal views are equal files."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph.views import View, ViewEdge, ViewNode
from .text import xml

NODE_FIELDS = {"ref": "string", "kind": "string", "group": "string", "size": "integer", "path": "string"} | {
    "line": "integer",
    "detail": "string",
}
EDGE_FIELDS = {"ref": "string", "kind": "string", "detail": "string"}


def render(view: View) -> Iterator[str]:
    """The view as one directed static graph; ids are ordinals, the view's own ids are the attribute ``ref``."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield f"  <meta><title>{xml(view.title)}</title></meta>\n"
    yield '  <graph mode="static" defaultedgetype="directed">\n'
    yield from _declared("node", NODE_FIELDS)
    yield from _declared("edge", EDGE_FIELDS)
    number = {node.id: index for index, node in enumerate(view.nodes)}
    yield "    <nodes>\n"
    for node in view.nodes:
        yield f'      <node id="{number[node.id]}" label="{xml(node.label)}">{_values(node, NODE_FIELDS)}</node>\n'
    yield "    </nodes>\n    <edges>\n"
    for index, edge in enumerate(view.edges):
        ends = f'source="{number[edge.source]}" target="{number[edge.target]}"'
        head = f'id="{index}" {ends} label="{xml(edge.label)}" weight="{edge.weight}"'
        yield f"      <edge {head}>{_values(edge, EDGE_FIELDS)}</edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declared(owner: str, fields: dict[str, str]) -> Iterator[str]:
    yield f'    <attributes class="{owner}">\n'
    for name, kind in fields.items():
        yield f'      <attribute id="{owner}_{name}" title="{name}" type="{kind}"/>\n'
    yield "    </attributes>\n"


def _values(row: ViewNode | ViewEdge, fields: dict[str, str]) -> str:
    owner = "node" if isinstance(row, ViewNode) else "edge"
    values = row._asdict() | {"ref": row.id}
    rows = (f'<attvalue for="{owner}_{name}" value="{xml(str(values[name]))}"/>' for name in fields)
    return f"<attvalues>{''.join(rows)}</attvalues>"
