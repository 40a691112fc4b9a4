"""Claims of complete lists: within a sentence, under a lead-in, and in a column of allowed values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..graph.model import Claim, Span, Standing
from .closed_lists import ClosedLead, checked, closed_lead, closed_lists, members_of
from .context import Role, Section
from .frame import Frame, topic_of
from .page import Page, Passage, Table
from .words import clean

ENUMERATES = "enumerates"
"""The relation of these claims: the subject names the set, the object its members, the marker what closes it."""
SEPARATOR = "; "
"""Stands between the members in the object of a claim."""
_NAME_END = re.compile(r":\s|\s[—–-]\s|\s\(|\s→|\.\s|;\s")
_COLUMN = re.compile(
    r"(?:allowed|valid|supported|possible|permitted|accepted)(?:\s+values)?|enum|choices", re.IGNORECASE
)


def inline_enumerations(passage: Passage, frame: Frame, standing: Standing) -> Iterator[Claim]:
    """Each complete list within one passage."""
    for found in closed_lists(passage.text):
        span = passage.locate(found.start, found.end)
        yield from _claim(passage.ordinal, span, found.what, found.members, found.marker, frame, standing)


class ListItems:
    """The items of the lists of a page by the passage that leads them in."""

    def __init__(self, page: Page) -> None:
        self._items: defaultdict[int, list[Passage]] = defaultdict(list)
        for passage in page.passages:
            if passage.kind == "item":
                self._items[passage.parent if passage.parent >= 0 else passage.lead].append(passage)

    def under(self, passage: Passage) -> Sequence[Passage]:
        """The items of the outermost list that a passage leads in, one for each line on which one begins."""
        items = self._items.get(passage.ordinal, [])
        outermost = min((p.depth for p in items), default=0)
        return [p for p in items if p.depth == outermost]


def listed_enumeration(passage: Passage, items: ListItems, frame: Frame, standing: Standing) -> Iterator[Claim]:
    """The list under a lead-in that calls it complete."""
    lead = closed_lead(passage.text.strip())
    if lead is None:
        return
    listed = items.under(passage)
    names = _names(listed, lead)
    if names:
        first, last = passage.span, listed[-1].span
        span = Span(first.line, first.column, last.end_line, last.end_column)
        yield from _claim(passage.ordinal, span, lead.what, names, lead.marker, frame, standing)


def _names(items: Sequence[Passage], lead: ClosedLead) -> tuple[str, ...]:
    if any(item.checked is not None for item in items):
        return ()
    return checked([_name(item) for item in items], lead.number)


def _name(item: Passage) -> str:
    """The name with which an item begins: what is marked there, else what stands before its explanation."""
    for mark in item.marks:
        if mark.kind in {"code", "strong"} and mark.start <= 1:
            return clean(item.text[mark.start : mark.end].partition(" (")[0])
    return clean(_NAME_END.split(item.text.strip(), maxsplit=1)[0])


def column_enumerations(path: str, page: Page, table: Table, section: Section, role: Role) -> Iterator[Claim]:
    """What a column of allowed values gives for the key of each row."""
    heads = [page.passages[i].text.strip() if i >= 0 else "" for i in table.rows[0]] if table.rows else []
    columns = [i for i, head in enumerate(heads) if i and _COLUMN.fullmatch(head)]
    for row in table.rows[1:] if columns else ():
        key = page.passages[row[0]] if row and row[0] >= 0 else None
        for column in columns:
            cell = page.passages[row[column]] if column < len(row) and row[column] >= 0 else None
            if key is not None and cell is not None and (members := members_of(cell.text)):
                frame = Frame(path, section, role, clean(key.text), "row key", "", section.scope)
                yield from _claim(cell.ordinal, cell.span, "", members, "allowed", frame, role.standing)


def _claim(
    ordinal: int, span: Span, what: str, members: Sequence[str], marker: str, frame: Frame, standing: Standing
) -> Iterator[Claim]:
    if what or frame.subject:
        yield Claim(
            path=frame.path,
            passage=ordinal,
            span=span,
            subject=what or frame.subject,
            relation=ENUMERATES,
            object=SEPARATOR.join(members),
            value="members:" + ";".join(sorted(member.lower() for member in members)),
            standing=standing,
            scope=frame.scope,
            subject_from="own words" if what else frame.subject_from,
            extractor="closed list",
            topic=topic_of(frame.section),
            marker=marker,
        )
