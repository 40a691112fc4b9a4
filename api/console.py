"""The two streams: the report on standard output, everything about the run on standard error."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, TextIO

from ..graph.model import Diagnostic
from .reports.plain import Look, one_line

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

Colour = Literal["auto", "always", "never"]


def look_of(stream: TextIO, colour: Colour, ascii_only: bool, environment: Mapping[str, str]) -> Look:
    """How a report may look on a stream: NO_COLOR wins over FORCE_COLOR, a dumb terminal gets no colour."""
    encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "").replace("_", "")
    return Look(colour=_coloured(stream, colour, environment), ascii=ascii_only or encoding not in {"utf8", "utf8sig"})


def _coloured(stream: TextIO, colour: Colour, environment: Mapping[str, str]) -> bool:
    if colour != "auto":
        return colour == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def emit(lines: Iterable[str], utf8: bool = False) -> None:
    """Write a report to standard output; a reader that went away ends the writing, not the command.

    ``utf8`` is for the machine formats, whose bytes do not depend on the locale.
    """
    _write((f"{line}\n" for line in lines), "utf-8" if utf8 else None)


def write_pieces(pieces: Iterable[str], path: Path | None) -> None:
    """Write a text that comes in pieces, in UTF-8, to a file or to standard output."""
    if path is not None:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.writelines(pieces)
        return
    _write(pieces, "utf-8")


def _write(pieces: Iterable[str], encoding: str | None) -> None:
    """Write to standard output as the pieces come; ``encoding`` None leaves the locale's."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
    try:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
    except BrokenPipeError:
        abandon_stdout()


def abandon_stdout() -> None:
    """Send what is still buffered for standard output nowhere, so that the interpreter's own flush stays quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(text: str) -> None:
    """One line on standard error, with nothing in it that a terminal would obey."""
    stream = sys.stderr
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    try:
        stream.write(one_line(text) + "\n")
    except BrokenPipeError:
        return


def say_diagnostics(rows: Iterable[Diagnostic], unread: Collection[str], verbose: bool, quiet: bool) -> None:
    """Files that could not be read are always named unless ``quiet``; the other diagnostics when ``verbose``."""
    for row in rows:
        if verbose or (row.path in unread and not quiet):
            place = f"{row.path}:{row.line}" if row.line else row.path
            say(f"warning: {place}: {row.message} [{row.rule}]")


class Progress:
    """A progress bar on standard error that shows itself only when a person waits longer than a second."""

    def __init__(self, wanted: bool = True) -> None:
        self._wanted = wanted and sys.stderr.isatty() and not os.environ.get("CI")
        self._begun = time.monotonic()
        self._bar: Bar | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` steps of a stage are behind us."""
        if not self._wanted or (self._bar is None and time.monotonic() - self._begun < 1):
            return
        bar = self._started()
        if stage not in self._tasks:
            self._tasks[stage] = bar.add_task(stage, total=total)
        bar.update(self._tasks[stage], completed=done, total=total)

    def _started(self) -> Bar:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
        return self._bar
