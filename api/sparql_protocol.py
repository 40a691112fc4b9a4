"""``/sparql``: the query part of the SPARQL 1.1 Protocol, read-only, and the Service Description."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from ..queries.outcome import (
    Answer,
    Busy,
    Cancelled,
    Dataset,
    Exhausted,
    Outcome,
    Refused,
    SyntaxRejected,
    TimedOut,
    formats_for,
)
from ..queries.process import WorkerUnavailable
from ..queries.sparql_gate import QueryKind, QueryRefused, admit
from .negotiation import best
from .offload import Offload
from .problem import Problem
from .sparql_openapi import GET_QUERY, POST_QUERY
from .view import CorpusView

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MAX_FIELDS = 1_000
DESCRIPTION = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX format: <http://www.w3.org/ns/formats/>
<urn:service> a sd:Service ; sd:endpoint <urn:endpoint> ; sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat format:SPARQL_Results_JSON, format:SPARQL_Results_XML, format:SPARQL_Results_CSV,
    format:SPARQL_Results_TSV, format:Turtle, format:N-Triples, format:JSON-LD, format:RDF_XML .
"""


class SparqlRequest(NamedTuple):
    """An operation as the protocol states it; ``query`` is None when the service itself is asked about."""

    query: str | None
    dataset: Dataset = Dataset()
    format: str = ""
    timeout: float | None = None
    """Seconds; the client may lower the deadline, never raise it."""


def sparql_router(graph: CorpusView, work: Offload) -> APIRouter:
    """The routes of the endpoint."""
    router = APIRouter(tags=["sparql"])

    @router.get("/sparql", openapi_extra=GET_QUERY, summary="Run a query, or describe the service")
    async def sparql_get(request: Request) -> Response:
        asked = _from_fields(_fields(request.scope["query_string"]), "GET")
        if asked.query is None:
            return _description(request, asked.format)
        return await _run(request, graph, work, asked)

    @router.post("/sparql", openapi_extra=POST_QUERY, summary="Run a query")
    async def sparql_post(request: Request) -> Response:
        return await _run(request, graph, work, await _posted(request))

    @router.api_route("/sparql", methods=["PUT", "PATCH", "DELETE", "OPTIONS"], include_in_schema=False)
    async def sparql_other() -> None:
        raise Problem("method", "queries are sent by GET or POST", {"Allow": "GET, HEAD, POST"})

    return router


async def _posted(request: Request) -> SparqlRequest:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == UPDATE:
        raise Problem("read-only", "updates are not accepted")
    if media_type not in (FORM, QUERY):
        raise Problem("media-type", f"send {FORM} or {QUERY}")
    try:
        body = await request.body()
    except ClientDisconnect:
        raise Problem("protocol", "the request was not sent whole") from None
    if media_type == FORM:
        asked = _from_fields(_fields(body), "POST")
        if asked.query is None:
            raise Problem("protocol", "the form has no field query")
        return asked
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Problem("protocol", "the query is not UTF-8") from None
    fields = _fields(request.scope["query_string"])
    if "query" in (name for name, _ in fields):
        raise Problem("protocol", "a query both in the address and in the body")
    return _from_fields([*fields, ("query", text)], "POST")


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode(), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MAX_FIELDS
        )
    except UnicodeDecodeError:
        raise Problem("protocol", "the parameters are not UTF-8") from None
    except ValueError as error:
        raise Problem("protocol", f"the parameters cannot be read: {error}") from None


def _from_fields(fields: list[tuple[str, str]], method: str) -> SparqlRequest:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        # An update is never sent by GET (section 2.2), so there it is no update but a mistake.
        both = "query" in values or method == "GET"
        raise Problem("protocol" if both else "read-only", "updates are not accepted")
    for name in ("query", "format", "timeout"):
        if len(values.get(name, ())) > 1:
            raise Problem("protocol", f"more than one {name}=")
    dataset = Dataset(tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ())))
    query = values.get("query", [None])[0]
    return SparqlRequest(query, dataset, values.get("format", [""])[0], _timeout(values.get("timeout", [""])[0]))


def _timeout(text: str) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise Problem("parameter", "timeout is a number of seconds above 0")
    return seconds


async def _run(request: Request, graph: CorpusView, work: Offload, asked: SparqlRequest) -> Response:
    query = asked.query or ""
    try:
        kind = (await work.soon(lambda: admit(query))).kind
    except QueryRefused as refused:
        return _response(Refused(refused.reason, refused.line, refused.column), "")
    form, media_type = _representation(request, kind, asked.format)
    gone = threading.Event()

    def run() -> Outcome:
        try:
            return graph.run_sparql(query, form, asked.timeout, dataset=asked.dataset, cancelled=gone.is_set)
        except WorkerUnavailable as error:
            raise Problem("not-ready", str(error), {"Retry-After": "5"}) from error

    watch = asyncio.create_task(_watch(request, gone))
    try:
        outcome = await work.queries(run)
    finally:
        watch.cancel()
    return _response(outcome, media_type)


async def _watch(request: Request, gone: threading.Event) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()


def _representation(request: Request, kind: QueryKind, wanted: str) -> tuple[str, str]:
    """Name of the format and media type to answer with; ``wanted`` goes before Accept."""
    forms = formats_for(kind)
    by_type = {media_type: form.name for form in reversed(forms) for media_type in reversed(form.media_types)}
    offers = [media_type for form in forms for media_type in form.media_types]
    if wanted:
        named = {form.name: form.media_types[0] for form in forms} | {offer: offer for offer in offers}
        chosen = named.get(wanted.lower())
    else:
        chosen = best(", ".join(request.headers.getlist("accept")), offers)
    if chosen is None:
        raise Problem("not-acceptable", f"{kind} can be had as {', '.join(form.media_types[0] for form in forms)}")
    return by_type[chosen], chosen


def _response(outcome: Outcome, media_type: str) -> Response:
    """The answer, or the problem that stands for what became of the query."""
    match outcome:
        case Answer(body=body, rows=rows, truncated=truncated):
            headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
            if truncated:
                headers["X-Result-Truncated"] = f"rows={rows}"
            return Response(body, media_type=media_type, headers=headers)
        case Refused(reason=reason, line=line, column=column):
            raise _located("query-refused", reason, line, column)
        case SyntaxRejected(line=line, column=column, message=message):
            raise _located("query-syntax", message, line, column)
        case TimedOut(seconds=seconds):
            raise Problem("deadline", f"the query was ended after {seconds:g} s")
        case Exhausted(reason=reason):
            raise Problem("query-too-expensive", f"the query was ended: {reason}", {"Retry-After": "5"})
        case Busy(retry_after=seconds):
            raise Problem("queue-full", "too many queries wait", {"Retry-After": f"{math.ceil(seconds)}"})
        case Cancelled():
            raise Problem("not-ready", "the query was given up", {"Retry-After": "5"})


def _located(kind: str, reason: str, line: int, column: int) -> Problem:
    where: Mapping[str, Any] = {"line": line, "column": column, "detail": reason}
    return Problem(kind, f"{line}:{column}: {reason}", errors=[where])


def _description(request: Request, wanted: str) -> Response:
    """SPARQL 1.1 Service Description, section 2: the service, as RDF, at its own address."""
    import pyoxigraph as ox

    form, media_type = _representation(request, "CONSTRUCT", wanted)
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    address = str(request.url.replace(query="", fragment=""))
    text = DESCRIPTION.replace("<urn:service>", "[]").replace("urn:endpoint", address)
    quads = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#", "format": "http://www.w3.org/ns/formats/"}
    body = ox.serialize(quads, format=formats[form], prefixes=prefixes if form in ("turtle", "rdfxml") else None)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})
