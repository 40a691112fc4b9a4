"""Serves an app with uvicorn."""

from __future__ import annotations

import ipaddress
import signal
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from .hardening import LOOPBACK_HOSTS
from .service import Settings


def is_loopback(host: str) -> bool:
    """Can only this machine reach a server bound to ``host``?

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def settings_for(host: str) -> Settings:
    """The guards that fit a bind address: loopback names only, or any name where others may reach it.

    >>> settings_for("0.0.0.0").hosts is None
    True
    """
    if not is_loopback(host):
        return Settings(hosts=None)
    own = f"[{host}]" if ":" in host else host
    return Settings(hosts=LOOPBACK_HOSTS | {own.lower()})


def serve(app: FastAPI, host: str, port: int, *, announce: Callable[[str], None] | None = None) -> None:
    """Serve until interrupted; port 0 takes a free one.  ``announce`` is told the address before the first request.

    Raises OSError when the address cannot be bound, SystemExit with 0 when the process is asked to end (SIGTERM), so
    that what surrounds the call is cleaned up.
    """
    with _bound(host, port) as listener, _ending_in_order():
        name = f"[{host}]" if ":" in host else host
        if announce:
            announce(f"http://{name}:{listener.getsockname()[1]}")
        config = uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            ws="none",
        )
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _ending_in_order() -> Generator[None]:
    """SIGTERM as SystemExit: uvicorn ends its own work first and then raises the signal again."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener
