"""What the Markdown reader hands on: passages with exact positions and their context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..graph.model import Diagnostic, Heading, Span

PassageKind = Literal["heading", "paragraph", "item", "cell", "footnote", "term"]


class Run(NamedTuple):
    """A stretch of a passage's plain text whose characters stand one to one in the source."""

    start: int
    """Offset in the plain text."""
    length: int
    line: int
    column: int


class Mark(NamedTuple):
    """Inline markup over ``text[start:end]``: code, strong, em, strike, link, image."""

    kind: str
    start: int
    end: int
    target: str = ""
    """href of a link or src of an image."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The inline content of one block: a heading, a paragraph, a list item's paragraph or a table cell."""

    ordinal: int
    kind: PassageKind
    text: str
    """Plain text; soft line breaks are one space, code spans without their ticks."""
    span: Span
    segments: tuple[Span, ...]
    """The source range on each line, container prefixes (``>``, indentation) left out."""
    runs: tuple[Run, ...]
    marks: tuple[Mark, ...]
    section: int
    """Index of the governing heading in the page's headings, -1 before the first."""
    lead: int = -1
    """Ordinal of the passage that introduces the list, table or fence this one stands in (nearest paragraph before)."""
    parent: int = -1
    """Ordinal of the parent list item's first passage."""
    depth: int = 0
    """List nesting, 0 outside lists."""
    quote: int = 0
    """Block quote nesting."""
    ordered: bool = False
    checked: bool | None = None
    """State of a task box, None without one."""
    table: int = -1
    row: int = -1
    """0 is the header row."""
    column: int = -1

    def locate(self, start: int, end: int) -> Span:
        """The source range of ``text[start:end]``; widened to whole markup where an end falls between runs."""
        first = self._position(start, False)
        last = self._position(end, True)
        return Span(first[0], first[1], last[0], last[1])

    def _position(self, offset: int, closing: bool) -> tuple[int, int]:
        best: tuple[int, int] | None = None
        for run in self.runs:
            stop = run.start + run.length
            if (closing and run.start < offset <= stop) or (not closing and run.start <= offset < stop):
                return run.line, run.column + offset - run.start
            if closing and stop < offset:
                best = run.line, run.column + run.length
            if not closing and run.start > offset and best is None:
                return run.line, run.column
        if best is None or not closing:
            return (self.span.end_line, self.span.end_column) if closing else (self.span.line, self.span.column)
        return best


class Table(NamedTuple):
    """A table: ordinals of its cells' passages by row, the header first; -1 for an empty cell."""

    rows: tuple[tuple[int, ...], ...]
    lead: int
    section: int


class Fence(NamedTuple):
    """A fenced or indented code block."""

    info: str
    """First word of the info string in lower case; empty for none and for indented code."""
    text: str
    """Content without container indentation, lines joined with \\n."""
    line: int
    """Source line of the first content line."""
    columns: tuple[int, ...]
    """1-based source column of each content line's first character."""
    section: int
    lead: int
    quote: int


class Construct(NamedTuple):
    """Lines that carry no passage of their own, and why."""

    kind: str
    """fence-marker, rule, reference-definition, table-rule, html, setext-underline, front-matter, empty-item …"""
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed Markdown text."""

    headings: tuple[Heading, ...]
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]
    fences: tuple[Fence, ...]
    constructs: tuple[Construct, ...]
    front: str
    """Raw front matter between its fences, empty without one; it starts on line 2."""
    lines: int
    diagnostics: tuple[Diagnostic, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    """(line, text) of each HTML comment."""
