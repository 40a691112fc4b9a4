"""The caller's hold on a zygote process: start it, hand it requests, end it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from .wire import SECONDS, read_framed

START_SECONDS = 300.0
"""Loading a snapshot takes about 3 s for a million quads; past this it hangs."""
END_SECONDS = 5.0


class WorkerUnavailable(RuntimeError):
    """No query can run: this system cannot fork, or the snapshot cannot be loaded."""


class ZygoteProcess:
    """One running zygote; raises WorkerUnavailable when it does not come up."""

    def __init__(self, snapshot: IO[bytes], memory: int) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        snapshot.seek(0)
        try:
            with theirs:
                self._process = _start(snapshot, theirs, memory)
            self.quads = self._greeting()
        except BaseException:
            self.close()
            raise

    def _greeting(self) -> int:
        self._control.settimeout(START_SECONDS)
        try:
            report = read_framed(self._control)
        except (EOFError, OSError) as error:
            raise WorkerUnavailable(f"the query process did not start: {error!r}") from None
        self._control.settimeout(None)
        if "error" in report:
            raise WorkerUnavailable(f"the snapshot cannot be read: {report['error']}")
        return int(report["quads"])

    @property
    def pid(self) -> int:
        """Process id of the zygote."""
        return self._process.pid

    def alive(self) -> bool:
        """Is the process still there?"""
        return self._process.poll() is None

    def submit(self, seconds: float) -> tuple[socket.socket, IO[bytes]]:
        """Have a child forked: the socket it reads its request from and answers on, and the pipe that tells its end.

        Raises OSError when the zygote is gone.
        """
        ours, theirs = socket.socketpair()
        ended, status = os.pipe()
        try:
            with theirs, self._lock:
                socket.send_fds(self._control, [SECONDS.pack(seconds)], [theirs.fileno(), status])
        except BaseException:
            ours.close()
            os.close(ended)
            raise
        finally:
            os.close(status)
        return ours, os.fdopen(ended, "rb")

    def close(self) -> None:
        """End the zygote, which ends its children; waits for it."""
        self._control.close()
        process: subprocess.Popen[bytes] | None = getattr(self, "_process", None)
        if process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
            return
        process.kill()
        process.wait()


def _start(snapshot: IO[bytes], control: socket.socket, memory: int) -> subprocess.Popen[bytes]:
    if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
        raise WorkerUnavailable("foreign queries need a system that can fork and pass descriptors")
    package = __name__.rpartition(".")[0]
    # -P: a `json.py` in the directory naysay is called from must not be imported.
    command = [sys.executable, "-P", "-m", f"{package}.zygote", str(control.fileno()), str(memory)]
    paths = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(
        command,
        stdin=snapshot,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[control.fileno()],
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
