"""What stands at a place of the source: prose, code, a quotation, a heading, or markup that is no text at all."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, NamedTuple

from ..graph.model import Span
from .page import Page, Passage

Kind = Literal["prose", "heading", "code", "quote", "front matter", "html", "markup"]
_CONSTRUCTS: dict[str, Kind] = {"front-matter": "front matter", "html": "html"}


class Place(NamedTuple):
    """What a range of source text is."""

    kind: Kind
    link: bool = False
    """It is text of a link."""


class Placement:
    """The places of one page."""

    def __init__(self, page: Page) -> None:
        self._runs = sorted(
            (run.line, run.column, run.length, run.start, index)
            for index, passage in enumerate(page.passages)
            for run in passage.runs
        )
        self._passages = page.passages
        self._fenced = {
            line for fence in page.fences for line in range(fence.line, fence.line + fence.text.count("\n") + 1)
        }
        self._others: dict[int, Kind] = {
            line: _CONSTRUCTS[one.kind]
            for one in page.constructs
            if one.kind in _CONSTRUCTS
            for line in range(one.line, one.end_line + 1)
        }

    def at(self, span: Span) -> Place:
        """The place of a span on one line; ``markup`` where it is not text from end to end."""
        found = self._text(span)
        if found is None:
            other: Kind = self._others.get(span.line, "markup")
            return Place("code" if span.line in self._fenced else other)
        passage, start = found
        marks = {mark.kind for mark in passage.marks if mark.start <= start < mark.end}
        kind: Kind = "heading" if passage.kind == "heading" else "prose"
        if "code" in marks:
            kind = "code"
        elif passage.quote:
            kind = "quote"
        return Place(kind, "link" in marks)

    def _text(self, span: Span) -> tuple[Passage, int] | None:
        """The passage whose text holds a span in one stretch, and the offset there."""
        index = bisect_right(self._runs, (span.line, span.column, 1 << 60, 0, 0)) - 1
        if index < 0 or span.line != span.end_line:
            return None
        line, column, length, start, passage = self._runs[index]
        if line != span.line or span.end_column > column + length:
            return None
        return self._passages[passage], start + span.column - column
