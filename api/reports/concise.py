"""The ``concise`` report: one line a conflict, as editors' error lists read it."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph.model import Conflict, Side
from .finding import Report
from .plain import Look, one_line
from .wording import headline

_WIDE = 300
"""Columns of the reason: an error list scrolls sideways, and cuts what is longer."""


def render(report: Report, look: Look) -> Iterator[str]:
    """``path:line:column: RULE what (the other sides) [id]`` for each conflict, from the side to change."""
    return (_line(conflict, look) for conflict in report.conflicts)


def _line(conflict: Conflict, look: Look) -> str:
    target = conflict.sides[min(1, len(conflict.sides) - 1)]
    others = ", ".join(_place(side) for side in conflict.sides if side is not target)
    text = f"{_place(target)}:{target.span.column}: {conflict.severity} {conflict.rule} {headline(conflict, _WIDE)}"
    line = one_line(f"{text} ({others}) [{conflict.id}]" if others else f"{text} [{conflict.id}]", look.ascii)
    return f"./{line}" if line.startswith(":") else line


def _place(side: Side) -> str:
    return f"{side.path}:{side.span.line}"
