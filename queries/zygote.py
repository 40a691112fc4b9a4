"""The process that holds a snapshot and forks one child for each query.

It is single-threaded and never reads a query: a request is a deadline and two descriptors.  The child reads the query
from the first (``data``), answers on it and ends; how it ended is written to the second (``status``) by this process,
which alone kills and reaps.  The end of the control socket ends everything.

Run as ``python -m naysay.queries.zygote CONTROL MEMORY`` with the snapshot as N-Quads on standard input.
"""

from __future__ import annotations

import gc
import math
import os
import resource
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from .evaluate import evaluate, failure
from .wire import ABANDONED, AT_DEADLINE, BY_ITSELF, NOT_STARTED, SECONDS, STATUS, framed, read_framed

PARENT_DEATH = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


@dataclass(slots=True)
class Job:
    """A child under way."""

    status: int
    deadline: float
    """On the monotonic clock."""
    ended: int = BY_ITSELF


class Zygote:
    """Forks, watches, kills and reaps the children of one snapshot."""

    def __init__(self, store: ox.Store, control: socket.socket, memory: int) -> None:
        self.store = store
        self.control = control
        self.parent = os.getpid()
        self.space = _address_space(memory)
        self.jobs: dict[int, Job] = {}
        self.poller = select.poll()
        self.poller.register(control, select.POLLIN)
        self.wake, waker = os.pipe()
        os.set_blocking(self.wake, False)
        os.set_blocking(waker, False)
        self.poller.register(self.wake, select.POLLIN)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def serve(self) -> None:
        """Until the control socket ends."""
        while True:
            for descriptor, _events in self.poller.poll(self._patience()):
                if descriptor == self.control.fileno():
                    if not self._accept():
                        return self._end_all()
                elif descriptor == self.wake:
                    os.read(self.wake, 4096)
                else:
                    self._abandon(descriptor)
            self._end_overdue()
            self._reap()

    def _patience(self) -> float | None:
        """Milliseconds until the next deadline."""
        open_jobs = [job.deadline for job in self.jobs.values() if job.ended == BY_ITSELF]
        return max(0.0, min(open_jobs) - time.monotonic()) * 1000 + 1 if open_jobs else None

    def _accept(self) -> bool:
        message, descriptors, _flags, _address = socket.recv_fds(self.control, SECONDS.size, 2)
        if len(message) < SECONDS.size or len(descriptors) < 2:
            return False
        data, status = descriptors
        (seconds,) = SECONDS.unpack(message)
        try:
            child = os.fork()
        except OSError:
            os.write(status, STATUS.pack(NOT_STARTED, 0))
            os.close(status)
        else:
            if not child:
                run_child(self.store, data, seconds, self.space, self.parent)
            self.jobs[child] = Job(status, time.monotonic() + seconds)
            self.poller.register(status, 0)
        os.close(data)
        return True

    def _abandon(self, status: int) -> None:
        for child, job in self.jobs.items():
            if job.status == status:
                self._kill(child, job, ABANDONED)

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for child, job in self.jobs.items():
            if job.ended == BY_ITSELF and job.deadline <= now:
                self._kill(child, job, AT_DEADLINE)

    def _kill(self, child: int, job: Job, why: int) -> None:
        if job.ended == BY_ITSELF:
            self.poller.unregister(job.status)
        job.ended = why
        os.kill(child, signal.SIGKILL)

    def _reap(self) -> None:
        while self.jobs:
            child, wait_status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            job = self.jobs.pop(child)
            if job.ended == BY_ITSELF:
                self.poller.unregister(job.status)
            with suppress(BrokenPipeError):  # the caller may give up at the same moment
                os.write(job.status, STATUS.pack(job.ended, wait_status))
            os.close(job.status)

    def _end_all(self) -> None:
        for child in self.jobs:
            os.kill(child, signal.SIGKILL)
        for child in self.jobs:
            os.waitpid(child, 0)


def run_child(store: ox.Store, data: int, seconds: float, space: int | None, parent: int) -> None:
    """Read one request from ``data``, answer it within the limits and exit; never returns."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        die_with_parent(parent)
        channel = _only(data)
        request = read_framed(channel)
        confine(seconds, space)
        header, body = _reply(store, request)
        channel.sendall(framed({**header, "size": len(body)}))
        channel.sendall(body)
    finally:
        os._exit(0)


def _reply(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        return evaluate(store, request)
    # Panics of the engine are BaseException; whatever happens here is this query's fault and its outcome.
    except BaseException as error:
        return failure(error), b""


def _only(data: int) -> socket.socket:
    """The data socket as descriptor 3, every other one above it closed."""
    if data != 3:
        os.dup2(data, 3, inheritable=False)
    os.closerange(4, 65536)
    return socket.socket(fileno=3)


def confine(seconds: float, space: int | None) -> None:
    """Give this process its limits: CPU a little over the deadline, no new descriptor, no file, no core."""
    cpu = math.ceil(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if space is not None:
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
    os.nice(10)


def _address_space(memory: int) -> int | None:
    """Present size plus ``memory``, in bytes; None where the system does not tell (then memory is not limited)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return None
    return pages * resource.getpagesize() + memory


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent dies (Linux); elsewhere its CPU limit has to do."""
    if _prctl is not None:
        _prctl(PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _load_prctl() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return ctypes.CDLL(None, use_errno=True).prctl


_prctl = _load_prctl()


def main(arguments: list[str]) -> int:
    """Load the snapshot, say so on the control socket, serve."""
    control = socket.socket(fileno=int(arguments[0]))
    store = ox.Store()
    try:
        store.bulk_load(input=sys.stdin.buffer, format=ox.RdfFormat.N_QUADS)
        report: dict[str, Any] = {"quads": len(store)}
    except (SyntaxError, OSError, ValueError) as error:
        report = {"error": str(error)}
    control.sendall(framed(report))
    if "error" in report:
        return 1
    quiet = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(quiet, standard)
    os.close(quiet)
    gc.collect()
    gc.freeze()
    Zygote(store, control, int(arguments[1])).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
