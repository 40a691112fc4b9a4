"""Counts that a text announces, and how many things the list or table under it has.

"The workflow has four jobs:" over a list of five, "## Affected files (6 files)" over a table of five rows.  A count is
read only where nothing but one list or table can be meant; both sides become a claim, and a rule compares them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ..graph.model import Claim, Span
from .context import Section
from .frame import topic_of
from .page import Page, Passage, Table
from .words import stem

COUNTS = "counts"
"""The relation of both claims; their value is ``number:N``, and ``passage`` is that of the announcement."""
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = r"(?P<number>" + "|".join(_WORDS) + r"|\d{1,2})"
_NOUN = r"(?P<what>(?:\s+[A-Za-z][\w/-]*){0,2}\s+(?P<noun>[a-z][\w-]*[a-rt-z]s))"
_LEAD = re.compile(rf"(?<![\w.~≥≤<>+-]){_NUMBER}{_NOUN}(?:\s+\([^)]*\))?\s*:\W*$", re.IGNORECASE)
_BRACKETS = re.compile(rf"\({_NUMBER}{_NOUN}\)\s*:?\W*$", re.IGNORECASE)
_TITLE = re.compile(
    rf"^(?:\d+(?:\.\d+)*[.)]\s+)?(?:(?:the|our|these)\s+{_NUMBER}|(?P<word>{'|'.join(_WORDS)})){_NOUN}\s*:?$",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:at least|at most|up to|about|around|roughly|more than|fewer than|less than|other|main|first|next|last|key"
    r"|any|of|of the|in|within|every|after|for|or|to|per|these)\s*$",
    re.IGNORECASE,
)
"""Words before a number that make it no count of what follows."""
_MEASURES = frozenset(
    """second minute hour day week month year sprint point line time page character token byte core cpu step way
    level thing reason note remark layer column row star percent part case example""".split()
)
"""Nouns that measure or that a list does not spell out one by one."""
_NO_MEMBER = re.compile(r"\W*(?:total|note|notes|see|todo|nb|remark|optional)\b", re.IGNORECASE)
_COUNTED_INSIDE = re.compile(
    r"(?<![\w.])(?:[2-9]|\d\d)\s+[a-z]+s\b|\b(?:two|three|four|five|six)\s+[a-z]+s\b", re.IGNORECASE
)


class _Announced(NamedTuple):
    passage: Passage
    number: int
    what: str
    start: int
    end: int


def count_claims(path: str, page: Page, parts: Sequence[Section]) -> Iterator[Claim]:
    """For each announced count the claim that states it, and the claim of what the list or table has."""
    lists = _Lists(page)
    for passage in page.passages:
        found = _announced(passage)
        members = lists.under(found) if found is not None else None
        if found is None or members is None:
            continue
        section = parts[passage.section] if passage.section >= 0 else None
        yield _claim(
            path, passage, passage.locate(found.start, found.end), found.what, found.number, "announced", section
        )
        yield _claim(path, passage, members.span, found.what, members.number, "listed", section)


def _announced(passage: Passage) -> _Announced | None:
    """The count with which a lead-in or heading ends, if it ends in one."""
    if passage.kind not in {"heading", "paragraph", "item"}:
        return None
    match = _announcement(passage.text.rstrip(), passage.kind == "heading")
    text = passage.text
    if match is None or stem(match["noun"].lower()) in _MEASURES or _LOOSE.search(text, 0, match.start("what") - 1):
        return None
    said = (match.groupdict().get("word") or match["number"]).lower()
    if text[match.start() : match.start() + 1] != "(" and _LOOSE.search(text, 0, match.start()):
        return None
    number = _WORDS.index(said) + 2 if said in _WORDS else int(said)
    return _Announced(passage, number, match["what"].strip(), match.start(), match.end()) if number > 1 else None


def _announcement(text: str, heading: bool) -> re.Match[str] | None:
    """The count at the end of a text; the cheapest sign is looked for first."""
    if heading:
        return _BRACKETS.match(text, text.rfind("(")) if text.endswith(")") else _TITLE.match(text)
    if not text.endswith(":"):
        return None
    opened = text.rfind("(")
    return _LEAD.search(text, max(0, len(text) - 90)) or (_BRACKETS.match(text, opened) if opened >= 0 else None)


class _Members(NamedTuple):
    number: int
    span: Span


class _Lists:
    """The lists and tables of a page by the passage or section that they stand under."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def _items(self) -> dict[int, list[Passage]]:
        by_lead: defaultdict[int, list[Passage]] = defaultdict(list)
        for passage in self.page.passages:
            if passage.kind == "item":
                by_lead[passage.parent if passage.parent >= 0 else passage.lead].append(passage)
        return by_lead

    @cached_property
    def _tables(self) -> dict[int, list[Table]]:
        by_lead: defaultdict[int, list[Table]] = defaultdict(list)
        for table in self.page.tables:
            by_lead[table.lead].append(table)
        return by_lead

    def under(self, announced: _Announced) -> _Members | None:
        """What stands under an announcement, when it is one list or table that can be meant as a whole."""
        passage = announced.passage
        if passage.kind == "heading":
            return self._of_section(announced)
        items, tables = self._items.get(passage.ordinal, []), self._tables.get(passage.ordinal, [])
        if items and not tables:
            return self._list(items, announced.number)
        return self._table(tables[0], announced.number) if len(tables) == 1 and not items else None

    def _of_section(self, announced: _Announced) -> _Members | None:
        """The one list or table of a section without subsections or samples."""
        index = next((i for i, h in enumerate(self.page.headings) if h.line == announced.passage.span.line), -1)
        if index < 0 or any(h.parent == index for h in self.page.headings[index + 1 :]):
            return None
        if any(f.section == index for f in self.page.fences):
            return None
        tables = [t for t in self.page.tables if t.section == index]
        items = [p for p in self.page.passages if p.section == index and p.kind == "item"]
        if items and not tables:
            top = [p for p in items if p.parent < 0]
            return self._list(items, announced.number) if len({p.lead for p in top}) == 1 else None
        return self._table(tables[0], announced.number) if len(tables) == 1 and not items else None

    def _list(self, items: Sequence[Passage], number: int) -> _Members | None:
        outermost = min(p.depth for p in items)
        top = [
            p for p in items if p.depth == outermost and (p.parent < 0 or p.parent not in {q.ordinal for q in items})
        ]
        if len(top) != len({p.span.line for p in top}) or any(
            _NO_MEMBER.match(p.text) or _COUNTED_INSIDE.search(p.text) for p in top
        ):
            return None
        if any(p.ordinal in self._items for p in top) and len(top) != number:
            return None
        return _near(len(top), number, _joined(top[0].span, top[-1].span))

    def _table(self, table: Table, number: int) -> _Members | None:
        rows = [row for row in table.rows[1:] if row and row[0] >= 0]
        keys = [self.page.passages[row[0]] for row in rows]
        if len(keys) != len(table.rows) - 1 or any(_NO_MEMBER.match(k.text) for k in keys):
            return None
        return _near(len(keys), number, _joined(keys[0].span, keys[-1].span)) if keys else None


def _near(count: int, number: int, span: Span) -> _Members | None:
    """The members, unless there are so few or many that something else is meant."""
    return _Members(count, span) if count > 1 and number / 2 < count < number * 2 else None


def _joined(first: Span, last: Span) -> Span:
    return Span(first.line, first.column, last.end_line, last.end_column)


def _claim(
    path: str, passage: Passage, span: Span, what: str, number: int, extractor: str, section: Section | None
) -> Claim:
    return Claim(
        path=path,
        passage=passage.ordinal,
        span=span,
        subject=what,
        relation=COUNTS,
        object=str(number),
        value=f"number:{number}",
        standing=section.role.standing if section else "live",
        scope=section.scope if section else (),
        extractor=extractor,
        topic=topic_of(section) if section else "",
    )
