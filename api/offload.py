"""Blocking work in threads, in bounded numbers and with a deadline, so that the event loop stays free."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import to_thread

from .problem import Problem

Result = TypeVar("Result")
WAITING = 64
"""Callers that may wait for a thread; one more is told to come back."""


class Offload:
    """Two pools of threads: for short work, and for queries, whose number the worker bounds itself."""

    def __init__(self, seconds: float, *, threads: int = 8, queries: int = 64) -> None:
        self.seconds = seconds
        self._short = anyio.CapacityLimiter(threads)
        self._queries = anyio.CapacityLimiter(queries)

    async def soon(self, call: Callable[[], Result]) -> Result:
        """The result of ``call``; raises Problem when it is not there in time (the thread ends by itself)."""
        if self._short.statistics().tasks_waiting >= WAITING:
            raise _full()
        try:
            with anyio.fail_after(self.seconds):
                return await to_thread.run_sync(call, abandon_on_cancel=True, limiter=self._short)
        except TimeoutError:
            raise Problem("deadline", f"no answer within {self.seconds:g} s") from None

    async def queries(self, call: Callable[[], Result]) -> Result:
        """The result of ``call``, which keeps its own deadline."""
        if self._queries.available_tokens <= 0:
            raise _full()
        return await to_thread.run_sync(call, limiter=self._queries)


def _full() -> Problem:
    return Problem("queue-full", "too many requests wait", {"Retry-After": "5"})
