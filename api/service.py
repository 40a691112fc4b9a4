"""The HTTP service over one corpus: an app factory with the corpus passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from naysay import __version__

from .documentation import documentation_router
from .hardening import LOOPBACK_HOSTS, Hardening
from .offload import Offload
from .paging import DEFAULT_LIMIT, MAX_LIMIT, entity_tag, page, unchanged
from .problem import KINDS, Problem, problem_response, response
from .sparql_protocol import sparql_router
from .view import CorpusView, QuestionNotUnderstood, Row

SCHEMA_VERSION = 1
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Items on a page")]
Cursor = Annotated[str | None, Query(description="`next` of the page before", max_length=1_000)]


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service guards itself."""

    hosts: frozenset[str] | None = LOOPBACK_HOSTS
    """Names it answers to; None for any (a bind that is not loopback)."""
    body: int = 256 * 1024
    """Bytes of a request body."""
    seconds: float = 10.0
    """Deadline of a request that is no query; the query worker keeps its own."""


class Page(BaseModel):
    """A page of a listing."""

    items: list[dict[str, Any]]
    total: int
    next: str | None


class Version(BaseModel):
    """What runs here."""

    name: str
    version: str
    schema_version: int


class Health(BaseModel):
    """State of the process or of what it serves."""

    status: str


def create_app(graph: CorpusView, settings: Settings | None = None) -> FastAPI:
    """The service over ``graph``; see ``docs`` under its address for the interface."""
    settings = settings or Settings()
    work = Offload(settings.seconds)
    app = FastAPI(
        title="naysay",
        version=__version__,
        description="What a documentation set claims, and where it contradicts itself.",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.include_router(_state_router(graph))
    app.include_router(_listing_router(graph, work))
    app.include_router(sparql_router(graph, work))
    app.include_router(documentation_router())
    _handle_errors(app)
    app.add_middleware(Hardening, hosts=settings.hosts, body=settings.body)
    return app


def _state_router(graph: CorpusView) -> APIRouter:
    router = APIRouter(tags=["state"])

    @router.get("/healthz")
    async def healthz() -> Health:
        """The process answers."""
        return Health(status="ok")

    @router.get("/readyz")
    async def readyz() -> Health:
        """The graph is loaded and queries can run; 503 otherwise."""
        if not graph.ready():
            raise Problem("not-ready", "the graph is not loaded, or its query process is away", {"Retry-After": "1"})
        return Health(status="ready")

    @router.get("/version")
    async def version() -> Version:
        """Name and version."""
        return Version(name="naysay", version=__version__, schema_version=SCHEMA_VERSION)

    return router


def _listing_router(graph: CorpusView, work: Offload) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["corpus"])

    async def listing(request: Request, items: Callable[[], Sequence[Row]], limit: int, cursor: str | None) -> Response:
        return await _reply(request, graph, work, lambda tag: page(items(), tag, limit, cursor))

    @router.get("/conflicts", response_model=Page)
    async def conflicts(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
        """Conflicts, best first."""
        return await listing(request, graph.conflicts, limit, cursor)

    @router.get("/conflicts/{conflict_id}")
    async def conflict(request: Request, conflict_id: str) -> Response:
        """One conflict in full."""
        return await _reply(
            request, graph, work, lambda _: _found(graph.conflict(conflict_id), f"no conflict {conflict_id}")
        )

    @router.get("/claims", response_model=Page)
    async def claims(
        request: Request,
        about: Annotated[str | None, Query(description="Name of an entity", max_length=500)] = None,
        document: Annotated[str | None, Query(description="Path of a document", max_length=1_000)] = None,
        limit: Limit = DEFAULT_LIMIT,
        cursor: Cursor = None,
    ) -> Response:
        """What the documents assert."""
        return await listing(request, lambda: graph.claims(about, document), limit, cursor)

    @router.get("/entities", response_model=Page)
    async def entities(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
        """Canonical names with their aliases."""
        return await listing(request, graph.entities, limit, cursor)

    @router.get("/documents", response_model=Page)
    async def documents(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
        """The documents of the set."""
        return await listing(request, graph.documents, limit, cursor)

    @router.get("/ask")
    async def ask(
        request: Request, question: Annotated[str, Query(alias="q", min_length=1, max_length=1_000)]
    ) -> Response:
        """Who says what: the stance table of a question."""
        return await _reply(request, graph, work, lambda _: _answered(graph, question))

    return router


async def _reply(request: Request, graph: CorpusView, work: Offload, content: Callable[[str], Any]) -> Response:
    """``content`` of the graph's present state as JSON, 304 when the client holds it already."""

    def build() -> Response:
        etag = graph.etag()
        headers = {"ETag": entity_tag(etag), "Cache-Control": "no-cache"}
        if unchanged(request.headers.get("if-none-match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return JSONResponse(content(etag), headers=headers)

    return await work.soon(build)


def _found(row: Row | None, otherwise: str) -> Row:
    if row is None:
        raise Problem("unknown", otherwise)
    return row


def _answered(graph: CorpusView, question: str) -> Row:
    try:
        return graph.ask(question)
    except QuestionNotUnderstood as error:
        raise Problem("question", str(error), errors=[{"nearest": list(error.nearest)}]) from None


def _handle_errors(app: FastAPI) -> None:
    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return problem_response(request, error)

    async def status(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title = str(error.detail)
        return response(request, error.status_code, "about:blank", title, title, headers=error.headers)

    async def parameter(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = [{"parameter": str(fault["loc"][-1]), "detail": str(fault["msg"])} for fault in error.errors()]
        return problem_response(request, Problem("parameter", faults[0]["detail"], errors=faults))

    app.add_exception_handler(Problem, problem)
    app.add_exception_handler(HTTPException, status)
    app.add_exception_handler(RequestValidationError, parameter)


__all__ = ["KINDS", "CorpusView", "QuestionNotUnderstood", "Settings", "create_app"]
