"""The opening of a document: the lines before its first sections, and the labels they carry.

``Status: Draft``, ``**Owner**: Kim`` and a table row ``Status | Draft`` are one thing here: a labelled line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .page import Page, Passage

_LABEL = re.compile(
    r"[\W_]*(?P<label>[A-Za-z][A-Za-z _/-]{1,24}?)\s*(?:\((?P<note>[^)]{1,40})\))?\s*"
    r"(?:[:=–—]|\s-\s)\s*(?P<value>\S.*)$"
)
_ABOUT = re.compile(
    r"(?:\d+[.)]?\s*)?(?:document |doc |backlog )?"
    r"(?:status|state|metadata|meta|header|document control|control|info|information|at a glance|banner)\b\W*$",
    re.IGNORECASE,
)
_STATUS_HEADING = re.compile(r"[\W\d_]*status\s*(?:[:–—]|\s-\s)\s*(?P<value>\S.*)$", re.IGNORECASE)


MAX_LINE = 2_000
"""Characters of a line that are looked at: labels and banners stand at its start."""


class Line(NamedTuple):
    """One source line of a passage as plain text."""

    text: str
    line: int
    passage: Passage


class Labelled(NamedTuple):
    """A line that gives a value to a label: ``Status: Draft``."""

    label: str
    """Lower case."""
    value: str
    line: int
    note: str = ""
    """What stands in brackets after the label: ``2026-01`` in ``Update (2026-01): …``."""


def opening_sections(page: Page) -> frozenset[int]:
    """Indices of the sections that speak of the document itself: -1, the title's, and ``Status`` or ``Metadata``."""
    own = {-1, 0}
    for index, heading in enumerate(page.headings[:6]):
        title = index == 1 and heading.level == 1 and page.headings[0].level == 1 and heading.line <= 30
        if title or _ABOUT.match(heading.title) or _STATUS_HEADING.match(heading.title):
            own.add(index)
    return frozenset(own)


def opening(page: Page) -> Iterator[Passage]:
    """The passages of those sections, headings and lists of links apart."""
    own = opening_sections(page)
    for passage in page.passages:
        if passage.section in own and passage.kind != "heading":
            yield passage


def source_lines(passage: Passage) -> Iterator[Line]:
    """The plain text of a passage cut at its source lines."""
    starts: dict[int, int] = {}
    for run in passage.runs:
        starts.setdefault(run.line, run.start)
    cuts = sorted(starts.items(), key=lambda pair: pair[1])
    for index, (line, start) in enumerate(cuts):
        stop = cuts[index + 1][1] if index + 1 < len(cuts) else len(passage.text)
        text = passage.text[0 if index == 0 else start : stop].strip()
        if text:
            yield Line(text[:MAX_LINE], line, passage)


def labelled(page: Page) -> Iterator[Labelled]:
    """The labelled lines of the opening, in source order; tables give theirs by row key or by column header."""
    own = opening_sections(page)
    for index, heading in enumerate(page.headings[:6]):
        match = _STATUS_HEADING.match(heading.title)
        if match and index in own:
            yield Labelled("status", match["value"], heading.line)
    for passage in opening(page):
        if passage.table >= 0:
            yield from _cell(page, passage)
        elif passage.depth < 2:
            for line in source_lines(passage):
                yield from _label(line)
    yield from _under_status(page)


def _label(line: Line) -> Iterator[Labelled]:
    """Several labels may share a line: ``Status: Draft | Owner: Kim``."""
    for part in re.split(r"\s+[|·•]\s+", line.text):
        match = _LABEL.match(part)
        if match:
            yield Labelled(match["label"].strip().lower(), match["value"].strip(), line.line, match["note"] or "")
        elif line.passage.marks and line.passage.marks[0].kind == "strong" and line.passage.marks[0].start == 0:
            label, value = part[: line.passage.marks[0].end], part[line.passage.marks[0].end :].strip(" :–—-")
            if label.strip(" :").lower() == "status" and value:
                yield Labelled("status", value, line.line)


def _cell(page: Page, passage: Passage) -> Iterator[Labelled]:
    rows = page.tables[passage.table].rows
    row = rows[passage.row]
    if passage.column == 0 and len(row) == 2 and row[1] >= 0:
        yield Labelled(passage.text.strip(" :*").lower(), page.passages[row[1]].text.strip(), passage.span.line)
    elif passage.row == 0 and len(rows) == 2 and len(rows[1]) > passage.column and rows[1][passage.column] >= 0:
        value = page.passages[rows[1][passage.column]]
        yield Labelled(passage.text.strip(" :*").lower(), value.text.strip(), value.span.line)


def _under_status(page: Page) -> Iterator[Labelled]:
    """``## Status`` with the status as the first words under it."""
    for index, heading in enumerate(page.headings[:6]):
        if not re.fullmatch(r"[\W\d_]*(?:document )?status\W*", heading.title, re.IGNORECASE):
            continue
        body = next((p for p in page.passages if p.section == index and p.kind != "heading"), None)
        if body is None or body.kind != "paragraph":
            continue
        if not any(True for line in source_lines(body) for _ in _label(line)):
            yield Labelled("status", body.text.strip(), body.span.line)
