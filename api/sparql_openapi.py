"""How ``/sparql`` reads in the OpenAPI document; its parameters follow the protocol, not a signature."""

from __future__ import annotations

from typing import Any

from ..queries.outcome import GRAPH_FORMATS, RESULT_FORMATS

_NAMES = [form.name for form in (*RESULT_FORMATS, *GRAPH_FORMATS)]
_FIELDS: dict[str, dict[str, Any]] = {
    "query": {"type": "string", "description": "SPARQL 1.1 query; without it the service describes itself (GET)."},
    "default-graph-uri": {"type": "array", "items": {"type": "string"}, "description": "Graphs of the default graph."},
    "named-graph-uri": {"type": "array", "items": {"type": "string"}, "description": "Named graphs."},
    "format": {"type": "string", "enum": _NAMES, "description": "Result format, before Accept."},
    "timeout": {"type": "number", "exclusiveMinimum": 0, "description": "Seconds; lowers the deadline only."},
}


def _parameters() -> list[dict[str, Any]]:
    described = ((name, dict(schema)) for name, schema in _FIELDS.items())
    return [
        {"name": name, "in": "query", "description": schema.pop("description"), "schema": schema}
        for name, schema in described
    ]


def _responses() -> dict[str, Any]:
    content: dict[str, Any] = {form.media_types[0]: {} for form in (*RESULT_FORMATS, *GRAPH_FORMATS)}
    truncated = {"description": "rows=N when the result was cut", "schema": {"type": "string"}}
    return {"200": {"description": "The result", "content": content, "headers": {"X-Result-Truncated": truncated}}}


GET_QUERY: dict[str, Any] = {"parameters": _parameters(), "responses": _responses()}
POST_QUERY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": _FIELDS, "required": ["query"]}
            },
        },
    },
    "responses": _responses(),
}
