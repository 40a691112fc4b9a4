"""Errors as ``application/problem+json`` (RFC 9457), whichever part of the service raises them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """A kind of problem: its usual status, its title and what to do about it."""

    status: int
    title: str
    meaning: str


KINDS: Mapping[str, Kind] = {
    "query-refused": Kind(400, "Query refused", "The query uses a form or a size that this endpoint does not accept."),
    "query-syntax": Kind(400, "Query syntax", "The query is not SPARQL 1.1; the detail says where."),
    "protocol": Kind(400, "Not a SPARQL request", "The request is not one of the SPARQL 1.1 Protocol."),
    "parameter": Kind(400, "Parameter not valid", "A parameter has a value outside its range."),
    "cursor": Kind(400, "Cursor not valid", "The cursor is unknown or of an earlier graph; start from the first page."),
    "read-only": Kind(403, "Read-only", "This endpoint accepts no updates."),
    "unknown": Kind(404, "Not found", "Nothing has this address or this id."),
    "method": Kind(405, "Method not allowed", "This address does not take the method; Allow names those it takes."),
    "too-large": Kind(413, "Content too large", "The body is larger than this service reads."),
    "media-type": Kind(415, "Unsupported media type", "The body has a type that this endpoint does not read."),
    "not-acceptable": Kind(406, "Not acceptable", "No available representation fits Accept or format."),
    "question": Kind(422, "Question not understood", "The question fits no known form; see the nearest entities."),
    "wrong-host": Kind(421, "Misdirected request", "The Host header names another server."),
    "internal": Kind(500, "Internal error", "The fault is the server's; its log has the request id."),
    "query-too-expensive": Kind(503, "Query too expensive", "The query used up its memory or CPU and was ended."),
    "queue-full": Kind(503, "Queue full", "Too many requests wait already; try again later."),
    "not-ready": Kind(503, "Not ready", "The graph is loading, or its query process is away."),
    "deadline": Kind(504, "Deadline passed", "The work was ended at its deadline."),
}


@dataclass(slots=True, eq=False)
class Problem(Exception):
    """An error on its way to the client; ``kind`` is a key of KINDS."""

    kind: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    errors: Sequence[Mapping[str, Any]] = ()

    def __str__(self) -> str:
        return self.detail


def problem_response(request: Request, problem: Problem) -> Response:
    """The response for a problem of a known kind."""
    kind = KINDS[problem.kind]
    return response(
        request,
        kind.status,
        f"/problems/{problem.kind}",
        kind.title,
        problem.detail,
        problem.errors,
        problem.headers,
    )


def response(
    request: Request,
    status: int,
    type_: str,
    title: str,
    detail: str,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document; ``type_`` is ``about:blank`` when the status says it all (RFC 9457, section 4.2.1)."""
    content: dict[str, Any] = {
        "type": type_,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "request_id": getattr(request.state, "request_id", ""),
    }
    if errors:
        content["errors"] = list(errors)
    body = json.dumps(content, ensure_ascii=False).encode(errors="replace")
    return Response(body, status, headers, media_type=MEDIA_TYPE)
