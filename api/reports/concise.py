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
    return (line(conflict, conflict.sides[report.target(conflict)], look) for conflict in report.listed)


def line(conflict: Conflict, target: Side, look: Look) -> str:
    """One conflict on one line, that of the side to change."""
    others = ", ".join(_place(side) for side in conflict.sides if side is not target)
    text = f"{_place(target)}:{target.span.column}: {conflict.severity} {conflict.rule} {headline(conflict, _WIDE)}"
    shown = one_line(f"{text} ({others}) [{conflict.id}]" if others else f"{text} [{conflict.id}]", look.ascii)
    return f"./{shown}" if shown.startswith(":") else shown


def _place(side: Side) -> str:
    return f"{side.path}:{side.span.line}"
