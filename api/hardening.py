"""What surrounds every request: its id, the Host check, security headers, and an answer even to a crash."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Collection

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problem import Problem, problem_response

log = logging.getLogger("naysay.api")

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Hardening:
    """ASGI middleware; ``hosts`` are the names a request may be sent to (no check when None), ``body`` in bytes."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None, body: int) -> None:
        self.app = app
        self.hosts = hosts
        self.body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or pass on what is none."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # The server leaves the body of an answer to HEAD out.
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        scope = {**scope, "method": method, "state": dict(scope.get("state") or {})}
        request = Request(scope, receive)
        request.state.request_id = _request_id(request)
        reply = _Reply(send, request.state.request_id)
        if (refusal := self._refusal(request)) is not None:
            await problem_response(request, refusal)(scope, receive, reply)
            return
        try:
            await self.app(scope, _Intake(receive, self.body), reply)
        except Exception:
            log.exception("request %s failed", request.state.request_id)
            if not reply.started:
                failure = problem_response(request, Problem("internal", "the request could not be served"))
                await failure(scope, receive, reply)

    def _refusal(self, request: Request) -> Problem | None:
        # DNS rebinding: a foreign page reaches a loopback server under the page's own name.
        if self.hosts is not None and host_name(request.headers.get("host", "")) not in self.hosts:
            return Problem("wrong-host", "this server does not answer to that name")
        length = request.headers.get("content-length", "")
        return _too_large(self.body) if length.isdecimal() and int(length) > self.body else None


class _Intake:
    """Receives a request and raises Problem once its body is over the limit, whatever its length was said to be."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self.receive = receive
        self.limit = limit
        self.size = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.size += len(message.get("body", b""))
        if self.size > self.limit:
            raise _too_large(self.limit)
        return message


class _Reply:
    """Sends a response with the headers every one carries."""

    def __init__(self, send: Send, request_id: str) -> None:
        self.send = send
        self.request_id = request_id
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-ID"] = self.request_id
        await self.send(message)


def host_name(header: str) -> str:
    """The name in a Host header, without its port.

    >>> host_name("[::1]:8000"), host_name("LocalHost:80"), host_name("evil.example")
    ('[::1]', 'localhost', 'evil.example')
    """
    return re.sub(r":\d*\Z", "", header.strip().lower())


def _too_large(limit: int) -> Problem:
    return Problem("too-large", f"a body has at most {limit:,} bytes")


def _request_id(request: Request) -> str:
    given = request.headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
