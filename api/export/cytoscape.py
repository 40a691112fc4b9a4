"""Cytoscape.js JSON (js.cytoscape.org, "Elements JSON"), also read by Cytoscape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ...graph.views import View, ViewEdge, ViewNode


def render(view: View) -> Iterator[str]:
    """The view as ``{"data", "elements": {"nodes", "edges"}}``, one element a line, ASCII only."""
    yield f'{{"data": {_json({"name": view.name, "title": view.title})},\n "elements": {{\n'
    yield '  "nodes": ['
    yield from _elements(view.nodes)
    yield '],\n  "edges": ['
    yield from _elements(view.edges)
    yield "]}}\n"


def _elements(rows: Iterable[ViewNode | ViewEdge]) -> Iterator[str]:
    for index, row in enumerate(rows):
        yield f'{"," if index else ""}\n    {{"data": {_json(row._asdict())}}}'


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=True)
