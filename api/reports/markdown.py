"""The ``markdown`` report: a summary for the conversation of a pull request, in which documents' words are inert."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...graph.model import Conflict, Side
from .finding import SEVERITIES, Report
from .plain import one_line
from .telling import others, quotation, sentences, title, worst_first
from .wording import counted, grouped

MARKER = "<!-- naysay report -->"
"""Hidden first line, by which a bot finds the comment that it wrote before."""
ROOM = 65_536
"""Characters of a comment on GitHub; counted in bytes here, which are never fewer."""
ROWS = 50
_TAIL = 600
"""Bytes kept for the last lines."""
_STRUCTURE = re.compile(r"[!\"#$&*<>@\[\\\]^_`{|}~]|:(?=/)|(?<=www)\.", re.IGNORECASE)
"""What Markdown, HTML or a link could begin or end with, in any place of a line that begins with something else."""


def render(report: Report, room: int = ROOM) -> Iterator[str]:
    """Lines without their line ends, at most ``room`` bytes of UTF-8 in all; what has no room is counted."""
    listed = worst_first(report, report.listed)
    page = _Page(room - _TAIL)
    page.add(MARKER, _heading(report, listed), "", _figures(report), "")
    shown = 0
    if listed:
        page.add("| | Rule | What | Where |", "|---|---|---|---|")
        while shown < min(ROWS, len(listed)) and page.add(_row(listed[shown], report)):
            shown += 1
        page.add("")
    told = 0
    while told < shown and page.add(*_details(listed[told], report)):
        told += 1
    yield from page.lines
    yield from _closing(report, len(listed) - shown, shown - told)


def inert(text: str) -> str:
    """Words of a document as code that Markdown, HTML and the host's own marks leave alone.

    Code is neither searched for mentions, issue numbers and shortcodes, nor does an entity begin any markup.

    >>> inert("a|b @you <b>")
    '<code>a&#124;b &#64;you &#60;b&#62;</code>'
    """
    return f"<code>{_STRUCTURE.sub(lambda found: f'&#{ord(found[0])};', text)}</code>"


class _Page:
    """Lines that fit in some bytes."""

    def __init__(self, room: int) -> None:
        self.lines: list[str] = []
        self._left = room

    def add(self, *lines: str) -> bool:
        """Add all of the lines when there is room for them."""
        size = sum(len(line.encode("utf-8", "backslashreplace")) + 1 for line in lines)
        if size > self._left:
            return False
        self.lines += lines
        self._left -= size
        return True


def _heading(report: Report, listed: list[Conflict]) -> str:
    news = "new conflict" if report.compared else "conflict"
    return f"### naysay: {counted(len(listed), news) if listed else f'no {news}'}"


def _figures(report: Report) -> str:
    levels = [counted(number, level) for level in SEVERITIES if (number := _count(report, level))]
    parts = [", ".join(levels)] if levels else []
    parts += [f"{grouped(report.gating)} failing the check"] if report.gating else []
    parts += [f"{grouped(len(report.known))} known"] if report.compared else []
    parts += [f"{grouped(len(report.closed))} closed"] if report.compared else []
    parts += [f"{grouped(len(report.accepted))} accepted"] if report.accepted else []
    parts += [f"{counted(report.skipped, 'file')} not read"] if report.skipped else []
    parts.append(f"{counted(report.documents, 'document')}, {counted(report.claims, 'claim')}")
    return " · ".join(parts)


def _count(report: Report, level: str) -> int:
    return sum(row.severity == level for row in report.listed)


def _row(conflict: Conflict, report: Report) -> str:
    at = report.target(conflict)
    places = [_place(side, report) for side in (conflict.sides[at], *others(conflict, at))][:3]
    cells = (conflict.severity, inert(one_line(conflict.rule)), inert(title(conflict)), "<br>".join(places))
    return f"| {' | '.join(cells)} |"


def _place(side: Side, report: Report) -> str:
    """A link to the statement."""
    name = inert(one_line(f"{report.whereabouts.path(side.path)}:{side.span.line}"))
    return f"[{name}]({report.whereabouts.link(side.path, side.span.line)})"


def _details(conflict: Conflict, report: Report) -> Iterator[str]:
    """One conflict, folded: its two strongest statements, why they clash and what to do."""
    yield f"<details><summary>{inert(one_line(conflict.rule))} {inert(title(conflict))}</summary>"
    yield ""
    at = report.target(conflict)
    for side in [conflict.sides[at], *others(conflict, at)][:2]:
        state = ", ".join(filter(None, (one_line(side.status), one_line(side.date))))
        yield f"- {_place(side, report)}{f' ({inert(state)})' if state else ''}: {inert(quotation(side))}"
    for text in sentences(conflict):
        name, _, told = text.partition(": ")
        yield f"- {name}: {inert(told)}"
    yield f"- id {inert(conflict.id)}, confidence {conflict.confidence:.2f}"
    yield ""
    yield "</details>"
    yield ""


def _closing(report: Report, unlisted: int, untold: int) -> Iterator[str]:
    if unlisted:
        yield f"{grouped(unlisted)} more are not listed here; `naysay check` prints every one."
        yield ""
    if untold:
        yield f"{counted(untold, 'conflict')} of the table have no room for details here."
        yield ""
    if report.listed:
        yield (
            'To let one stand, put `<!-- naysay: allow RULE reason="…" -->` above the statement. '
            "`naysay explain ID` shows a conflict in full."
        )
