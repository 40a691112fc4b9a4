"""One query against one store, in the process that will be killed for it."""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox

from .serialise import serialise

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MESSAGE_LENGTH = 400


class _Foreign(Exception):
    """A graph that the snapshot does not hold."""

    def __init__(self, iri: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"<{iri}>: no such graph here")
        self.line = line
        self.column = column


def evaluate(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Header and body of the answer to ``request`` (see ``worker.QueryWorker.run``); raises what the engine raises."""
    prefixes: dict[str, str] = request["prefixes"]
    for iri, line, column in request["graphs"]:
        _require(store, iri, line, column)
    result = store.query(request["query"], prefixes=prefixes, **_dataset(store, request))
    body = serialise(
        result,
        request["format"],
        rows=request["rows"],
        size=request["size"],
        prefixes={**prefixes, **request["declared"]},
    )
    return {"outcome": "answer", "rows": body.rows, "truncated": body.truncated}, body.content


def _dataset(store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    """Graphs the query reads: those of the protocol, else those of its FROM clauses, else all of them as one."""
    default: list[str] = request["default"]
    named: list[str] = request["named"]
    if not default and not named:
        return {"use_default_graph_as_union": not request["graphs"]}
    for iri in (*default, *named):
        _require(store, iri)
    return {
        "default_graph": [ox.NamedNode(iri) for iri in default],
        "named_graphs": [ox.NamedNode(iri) for iri in named],
    }


def _require(store: ox.Store, iri: str, line: int = 1, column: int = 1) -> None:
    try:
        known = store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:
        known = False
    if not known:
        raise _Foreign(iri, line, column)


def failure(error: BaseException) -> dict[str, Any]:
    """The header that says how the query failed."""
    if isinstance(error, _Foreign):
        return {"outcome": "refused", "line": error.line, "column": error.column, "message": str(error)}
    if isinstance(error, SyntaxError):
        line, column, message = _explained(str(error))
        return {"outcome": "syntax", "line": line, "column": column, "message": message}
    if isinstance(error, MemoryError):
        return {"outcome": "exhausted"}
    return {"outcome": "refused", "line": 1, "column": 1, "message": _short(str(error) or type(error).__name__)}


def _explained(text: str) -> tuple[int, int, str]:
    """Position and message of the parser.

    >>> _explained("error at 2:11: expected one of '}',\\n '.'")
    (2, 11, "expected one of '}', '.'")
    """
    match = _POSITION.match(text)
    if match is None:
        return 1, 1, _short(text)
    # `[_]` is the parser's rule for any character, which it names when it knows no better.
    message = _short(match[3]).replace(", [_]", "").replace("expected [_]", "not a query as it stands")
    return int(match[1]), int(match[2]), message


def _short(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _MESSAGE_LENGTH else line[: _MESSAGE_LENGTH - 1] + "…"
