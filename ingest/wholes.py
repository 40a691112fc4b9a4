"""A whole against its parts: what calls itself done while a part of it stands open, or open while its parts are done.

A whole is a document with its status, or a section whose heading or status line says how far it is; its parts are the
task boxes and status cells under it that no nearer whole holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..graph.model import Claim, Document, Span, Standing
from .context import clean_title, heading_role
from .page import Page, Passage
from .progress import STATUS_HEADERS, progress_of, stated_status, without_mark
from .records import status_class
from .words import clean

Progress = Literal["done", "open"]

DOCUMENT = -1
"""Stands for the document among the sections that are wholes."""
UNTOUCHED_PARTS = 2
"""Done parts from which on a whole cannot be called not started."""


class Whole(NamedTuple):
    """A document or section that says how far it is."""

    section: int
    progress: Progress
    span: Span
    said: str


class Part(NamedTuple):
    """A task box or a status cell."""

    section: int
    progress: Progress
    passage: Passage
    said: str


_LIMITED = re.compile(
    r"\b(?:pending|remaining|partial\w*|phases?|stages?|waves?|next|stub\w*|scaffold\w*|mvp|core|initial\w*|mostly"
    r"|largely|except|progress|only|follow-?ups?|todo|not|but|requires?|needs?|awaiting|local\w*|staging|dev|draft"
    r"|ongoing|some|most|basic|v\d+|blocked|deferred|until|design|decisions?|documented|planning|functionally"
    r"|\d?\d ?%)\b|[⏳🟡🔴⚠]",
    re.IGNORECASE,
)
"""What limits a claim to be done: then a part may be open."""
_QUALIFIED = re.compile(r"\((?!\W*\d)|\d[^()]*[(–—]|[–—:;+&]\s|\bsee\b")
"""What makes a status speak of some part only, in brackets or after a dash; a date limits nothing."""
_NOT_STARTED = re.compile(
    r"\W*(?:to-?do|not (?:yet )?(?:started|implemented)|planned|planning|backlog|unstarted|0 ?%)\b(?!\s*(?:&|and|/))",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:future|later|optional\w*|nice[- ]to[- ]haves?|stretch|follow-?ups?|next|deferred|defer|out of scope"
    r"|if (?:needed|applicable|required|desired)|when (?:needed|ready)|post-\w+|backlog|long[- ]term|templates?"
    r"|copy/paste|how to|questions?|clarif\w+|risks?|enhancements?|improvements?|ideas?|ideal|vision|moved to"
    r"|tracked (?:in|by)|not needed|n/a|skipped|obsolete|superseded|won't|cancell?ed|reviewers?|periodic|ongoing"
    r"|monthly|weekly|each|every|recommend\w*|troubleshooting|usage|v[2-9]|phase [2-9])\b|~~|\?",
    re.IGNORECASE,
)
"""What keeps an open item from being a part of what is done."""


def whole_claims(page: Page, document: Document, standings: list[Standing]) -> Iterator[Claim]:
    """Pairs of claims: how far a whole says it is, and a part of it that says otherwise, whatever their order."""
    wholes = {whole.section: whole for whole in _wholes(page, document, standings)}
    if not wholes:
        return
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for part in _parts(page):
        holder = _holder(page, part.section, wholes)
        if holder is not None and standings[part.section] == "live":
            found[holder].append(part)
    for section in sorted(found):
        yield from _clash(page, document, wholes[section], found[section])


def _holder(page: Page, section: int, wholes: dict[int, Whole]) -> int | None:
    """The nearest whole around a section, None when a heading on the way leads elsewhere."""
    while section >= 0:
        if section in wholes:
            return section
        title = page.headings[section].title
        if _ELSEWHERE.search(title) or heading_role(title).standing != "live":
            return None
        section = page.headings[section].parent
    return DOCUMENT if DOCUMENT in wholes else None


def _wholes(page: Page, document: Document, standings: list[Standing]) -> Iterator[Whole]:
    if document.standing == "live" and document.status_line and (said := _document_progress(document.status)):
        yield Whole(DOCUMENT, said, _line(page, document.status_line), document.status)
    for passage in page.passages:
        if passage.kind == "heading" and (mark := without_mark(passage.text)[1]) and (said := _progress(mark)):
            heading = page.headings[passage.section]
            if heading.level == 1 or standings[passage.section] == "live":
                root = passage.section == 0 and heading.level == 1
                yield Whole(DOCUMENT if root else passage.section, said, passage.span, heading.title)
    for passage in page.passages:
        if passage.section > 0 and passage.kind in {"paragraph", "item"} and passage.depth < 2:
            text = stated_status(passage.text)
            if text and standings[passage.section] == "live" and (said := _progress(text)):
                yield Whole(passage.section, said, passage.span, text)


def _document_progress(status: str) -> Progress | None:
    if status_class(status) == "done" and not _LIMITED.search(status) and not _QUALIFIED.search(status):
        return "done"
    return "open" if _NOT_STARTED.match(status) else None


def _progress(text: str) -> Progress | None:
    said = progress_of(text)
    if said == "done":
        return None if _LIMITED.search(text) else "done"
    return "open" if said and _NOT_STARTED.match(text) else None


def _parts(page: Page) -> Iterator[Part]:
    for passage in page.passages:
        if passage.checked is not None and passage.section >= 0:
            yield Part(passage.section, "done" if passage.checked else "open", passage, passage.text)
    for table in page.tables:
        if table.section < 0 or heading_role(page.headings[table.section].title).standing != "live":
            continue
        columns = [i for i, at in enumerate(table.rows[0]) if at >= 0 and STATUS_HEADERS.match(page.passages[at].text)]
        for row in table.rows[1:]:
            for column in columns[:1]:
                if column and column < len(row) and row[column] >= 0 and row[0] >= 0:
                    cell = page.passages[row[column]]
                    if said := progress_of(cell.text):
                        yield Part(
                            table.section,
                            "done" if said == "done" else "open",
                            cell,
                            f"{page.passages[row[0]].text}: {cell.text}",
                        )


def _clash(page: Page, document: Document, whole: Whole, parts: list[Part]) -> Iterator[Claim]:
    """Both claims when a part says otherwise than its whole."""
    others = [p for p in parts if p.progress != whole.progress and not _ELSEWHERE.search(p.said)]
    if not others or (whole.progress == "open" and len(others) < UNTOUCHED_PARTS):
        return
    first = min(others, key=lambda part: part.said)
    share = "all parts" if len(others) == len(parts) else "some parts"
    yield _claim(page, document, whole, whole.span, whole.progress == "done", "whole", share, "")
    yield _claim(page, document, whole, first.passage.span, whole.progress != "done", "part", share, first.said)


def _claim(
    page: Page, document: Document, whole: Whole, span: Span, affirmed: bool, extractor: str, share: str, said: str
) -> Claim:
    return Claim(
        path=document.path,
        passage=-1,
        span=span,
        subject=_name(page, document, whole.section),
        relation="is-done",
        object=clean(said)[:80],
        polarity="affirmed" if affirmed else "denied",
        subject_from="title" if whole.section == DOCUMENT else "heading",
        extractor=extractor,
        marker=share,
    )


def _name(page: Page, document: Document, section: int) -> str:
    """The headings down to a section without their marks; the title for a document."""
    names: list[str] = []
    while section >= 0 and page.headings[section].level > 1:
        heading = page.headings[section]
        names.append(without_mark(clean_title(heading))[0])
        section = heading.parent
    return " › ".join(reversed(names)) or without_mark(document.title)[0]


def _line(page: Page, line: int) -> Span:
    found = (s for p in page.passages if p.span.line <= line <= p.span.end_line for s in p.segments if s.line == line)
    return next(found, Span(line, 1, line, 2))
