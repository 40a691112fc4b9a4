"""Foreign queries, each in a process of its own that can be killed.

An in-process query can be neither interrupted nor bounded in memory, and a short text can crash the engine.  So a
separate process (``zygote``) holds the snapshot and forks a child for each query; this module is the caller's side.
"""

from __future__ import annotations

import math
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from .outcome import (
    Answer,
    Busy,
    Cancelled,
    Dataset,
    Exhausted,
    Format,
    Limits,
    Outcome,
    Refused,
    Resource,
    SyntaxRejected,
    TimedOut,
    formats_for,
)
from .process import WorkerUnavailable, ZygoteProcess
from .sparql_gate import Admission, QueryRefused, admit
from .wire import AT_DEADLINE, NOT_STARTED, STATUS, framed, unframed

GRACE_SECONDS = 5.0
"""How long past its deadline an answer may stay out before the zygote counts as stuck."""
POLL_SECONDS = 0.05
"""How often a waiting caller is asked whether it still wants the answer."""


class QueryWorker:
    """Runs foreign queries over one snapshot; may be called from several threads at once.

    ``snapshot`` is N-Quads, as bytes or a file, which is kept open: a file that is replaced later changes nothing.
    Raises WorkerUnavailable when the snapshot cannot be read or this system cannot fork.
    """

    def __init__(self, snapshot: Path | bytes, *, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._places = threading.BoundedSemaphore(self.limits.workers)
        self._counting = threading.Lock()
        self._starting = threading.Lock()
        self._present = 0
        self._closed = False
        self._snapshot = _opened(snapshot)
        self._zygote: ZygoteProcess | None = None
        try:
            self._zygote = ZygoteProcess(self._snapshot, self.limits.memory)
        except BaseException:
            self._snapshot.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process of this worker; queries under way come back as Cancelled."""
        with self._starting:
            self._closed = True
            zygote, self._zygote = self._zygote, None
            self._snapshot.close()
        if zygote is not None:
            zygote.close()

    @property
    def pid(self) -> int | None:
        """Process id of the zygote, None when it is gone."""
        zygote = self._zygote
        return zygote.pid if zygote is not None and zygote.alive() else None

    def alive(self) -> bool:
        """Can a query be run at once?  If not, and the worker is not closed, the snapshot is being loaded again."""
        if self.pid is not None:
            return True
        if not self._closed and not self._starting.locked():
            threading.Thread(target=self._revive, daemon=True).start()
        return False

    def _revive(self) -> None:
        # Whoever asks for an answer is told why it fails; this only saves the next one the wait.
        with suppress(WorkerUnavailable):
            self._running()

    def run(
        self,
        query: str,
        accept: str = "json",
        *,
        deadline: float | None = None,
        base_prefixes: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Outcome:
        """Admit the query, run it and tell what became of it.

        ``accept`` is the name of a Format (``json`` means JSON-LD for a graph); ``deadline`` in seconds lowers the
        limit and never raises it; ``base_prefixes`` are declared for the query; ``dataset`` replaces its FROM clauses;
        ``cancelled`` is asked while it runs.  Raises WorkerUnavailable when no process can be started.
        """
        prefixes = dict(base_prefixes or {})
        try:
            admission = admit(query, prefixes=prefixes)
        except QueryRefused as refused:
            return Refused(refused.reason, refused.line, refused.column)
        form = _format(admission, accept)
        if form is None:
            return Refused(f"{accept} cannot hold the result of {admission.kind}")
        seconds = min(self.limits.seconds, max(0.0, deadline)) if deadline is not None else self.limits.seconds
        request = _request(query, admission, form, prefixes, dataset or Dataset(), self.limits)
        with self._place(seconds) as left:
            if left is None:
                return Busy(math.ceil(self.limits.seconds))
            result = self._ask(request, left, cancelled or _never)
        return result if isinstance(result, Outcome) else _answer(result, admission, form, seconds)

    @contextmanager
    def _place(self, seconds: float) -> Generator[float | None]:
        """A place among the workers: what is left of ``seconds``, None when none came free."""
        until = time.monotonic() + seconds
        with self._counting:
            full = self._present >= self.limits.workers + self.limits.queue
            self._present += not full
        if full:
            yield None
            return
        try:
            if not self._places.acquire(timeout=seconds):
                yield None
                return
            try:
                yield max(0.0, until - time.monotonic())
            finally:
                self._places.release()
        finally:
            with self._counting:
                self._present -= 1

    def _ask(self, request: bytes, seconds: float, cancelled: Callable[[], bool]) -> tuple[bytes, bytes] | Outcome:
        """Reply and status of a child; a zygote that dies meanwhile is replaced, once."""
        for _attempt in range(2):
            zygote = None if cancelled() else self._running()
            if zygote is None:
                return Cancelled()
            result = _exchange(zygote, request, seconds, cancelled)
            if result is not None:
                return result
            self._discard(zygote)
        return Exhausted("process")

    def _running(self) -> ZygoteProcess | None:
        """The zygote, started again if it died; None once closed."""
        with self._starting:
            if self._closed:
                return None
            if self._zygote is not None and not self._zygote.alive():
                self._zygote.close()
                self._zygote = None
            if self._zygote is None:
                self._zygote = ZygoteProcess(self._snapshot, self.limits.memory)
            return self._zygote

    def _discard(self, zygote: ZygoteProcess) -> None:
        with self._starting:
            if self._zygote is zygote:
                self._zygote = None
        zygote.close()


def _opened(snapshot: Path | bytes) -> IO[bytes]:
    if isinstance(snapshot, Path):
        try:
            return snapshot.open("rb")
        except OSError as error:
            raise WorkerUnavailable(f"the snapshot cannot be read: {error}") from error
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the worker closes it
    file.write(snapshot)
    file.flush()
    return file


def _never() -> bool:
    return False


def _format(admission: Admission, accept: str) -> Format | None:
    wanted = "jsonld" if accept == "json" and admission.kind in ("CONSTRUCT", "DESCRIBE") else accept
    return next((form for form in formats_for(admission.kind) if form.name == wanted), None)


def _request(
    query: str, admission: Admission, form: Format, prefixes: dict[str, str], dataset: Dataset, limits: Limits
) -> bytes:
    return framed(
        {
            "query": query,
            "format": form.name,
            "prefixes": prefixes,
            "declared": dict(admission.prefixes),
            "graphs": admission.graphs,
            "default": dataset.default,
            "named": dataset.named,
            "rows": limits.rows,
            "size": limits.size,
        }
    )


def _exchange(
    zygote: ZygoteProcess, request: bytes, seconds: float, cancelled: Callable[[], bool]
) -> tuple[bytes, bytes] | Outcome | None:
    """Reply and status of one child; None when the zygote is gone or stuck."""
    try:
        data, ended = zygote.submit(seconds)
    except OSError:
        return None
    with data, ended:
        # A child that is killed early does not read the whole request; its status tells.
        with suppress(BrokenPipeError, ConnectionResetError):
            data.sendall(request)
        reply = _received(data, time.monotonic() + seconds + GRACE_SECONDS, cancelled)
        if reply is None:
            return Cancelled() if cancelled() else None
        status = ended.read()
    return (reply, status) if len(status) == STATUS.size else None


def _received(data: socket.socket, until: float, cancelled: Callable[[], bool]) -> bytes | None:
    """Everything until the child is gone; None when the caller or the clock says to stop."""
    data.settimeout(POLL_SECONDS)
    content = bytearray()
    while time.monotonic() < until and not cancelled():
        try:
            part = data.recv(1 << 18)
        except TimeoutError:
            continue
        except ConnectionResetError:
            return bytes(content)
        if not part:
            return bytes(content)
        content += part
    return None


def _answer(result: tuple[bytes, bytes], admission: Admission, form: Format, seconds: float) -> Outcome:
    reply, status = result
    if (whole := unframed(reply)) is not None:
        header, body = whole
        return _told(header, body, admission, form)
    why, wait_status = STATUS.unpack(status)
    if why == AT_DEADLINE:
        return TimedOut(seconds)
    return Exhausted("process" if why == NOT_STARTED else _resource(wait_status))


def _told(header: dict[str, Any], body: bytes, admission: Admission, form: Format) -> Outcome:
    """What the child itself said."""
    if header["outcome"] == "answer":
        return Answer(body, form.media_types[0], admission.kind, header["rows"], header["truncated"])
    if header["outcome"] == "exhausted":
        return Exhausted("memory")
    if header["outcome"] == "syntax":
        return SyntaxRejected(header["line"], header["column"], header["message"])
    return Refused(header["message"], header["line"], header["column"])


def _resource(wait_status: int) -> Resource:
    """What a child that said nothing ran out of; the engine aborts when it gets no memory."""
    ended_by = os.WTERMSIG(wait_status) if os.WIFSIGNALED(wait_status) else 0
    by_signal: dict[int, Resource] = {
        signal.SIGABRT: "memory",
        signal.SIGKILL: "memory",
        signal.SIGXCPU: "cpu",
        signal.SIGSEGV: "stack",
        signal.SIGBUS: "stack",
    }
    return by_signal.get(ended_by, "crash")
