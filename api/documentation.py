"""Pages about the service itself, with no file from anywhere else."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from .problem import KINDS, Problem

WEB = Path(__file__).parent / "web"
ASSETS = {
    "docs.css": "text/css; charset=utf-8",
    "docs.js": "text/javascript; charset=utf-8",
}


def documentation_router() -> APIRouter:
    """The OpenAPI page, its assets and the meaning of each kind of problem; none of it is part of the interface."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def start() -> RedirectResponse:
        return RedirectResponse("/docs")

    @router.get("/docs")
    def documentation() -> HTMLResponse:
        return HTMLResponse((WEB / "docs.html").read_bytes())

    @router.get("/docs/{name}")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            raise Problem("unknown", "no such page")
        return Response((WEB / name).read_bytes(), media_type=ASSETS[name], headers={"Cache-Control": "max-age=3600"})

    @router.get("/problems/{kind}")
    def problem_kind(kind: str) -> JSONResponse:
        if kind not in KINDS:
            raise Problem("unknown", "no such kind of problem")
        return JSONResponse(KINDS[kind]._asdict())

    return router
