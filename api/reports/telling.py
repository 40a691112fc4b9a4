"""A conflict in a few inert words, for the formats that have no room for its excerpts."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph.model import Conflict, Side
from .finding import SEVERITIES, Report
from .plain import clip, one_line
from .wording import headline, readable

_TITLE = 120
QUOTED = 240
"""Columns of a statement that are quoted."""


def title(conflict: Conflict, ascii_only: bool = False) -> str:
    """What is wrong, on one line and without a full stop."""
    return clip(one_line(headline(conflict, _TITLE), ascii_only), _TITLE, "..." if ascii_only else "…")


def quotation(side: Side, ascii_only: bool = False) -> str:
    """The words of a side, on one line and not too many of them."""
    return clip(one_line(side.quote, ascii_only), QUOTED, "..." if ascii_only else "…")


def others(conflict: Conflict, target: int) -> Iterator[Side]:
    """The sides but the one that is reported at, strongest first."""
    return (side for at, side in enumerate(conflict.sides) if at != target)


def sentences(conflict: Conflict, ascii_only: bool = False) -> Iterator[str]:
    """Why the statements clash, which of them outranks the other, and what to do, each on one line."""
    for name, text in (("why", reason(conflict)), ("authority", conflict.authority), ("help", conflict.repair)):
        if text:
            yield f"{name}: {one_line(readable(text), ascii_only)}"


def reason(conflict: Conflict) -> str:
    """Why the statements clash; empty when the title says it already."""
    whole = one_line(readable(conflict.why)).removesuffix(".")
    return "" if title(conflict)[1:].startswith(whole[1:]) else conflict.why


def worst_first(report: Report, conflicts: tuple[Conflict, ...]) -> list[Conflict]:
    """Those that fail the check, then by severity; the order of the report within."""
    return sorted(conflicts, key=lambda row: (row.id not in report.failing, SEVERITIES.index(row.severity)))
