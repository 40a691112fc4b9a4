"""A source line cut to the columns there are, around the words that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...graph.model import Side, Span
from ...queries.listings import lines_of, source_at
from .plain import Cell, Look, cells, uncommanded

_SHOWN_LINES = 3


class Excerpt(NamedTuple):
    """One shown source line and where its marked words stand in it, in columns."""

    number: int
    text: str
    offset: int
    marked: int


class Sources:
    """The lines of the documents, split when they are first asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        """Line ``number`` (1-based) of a document; None when the text is not known or has no such line.

        >>> Sources({"a.md": "one\\r\\ntwo"}).line("a.md", 2)
        'two'
        """
        lines = self._of(path)
        return lines[number - 1] if 0 < number <= len(lines) else None

    def quote(self, path: str, span: Span) -> str:
        """The source text of a span, empty when the text is not known.

        >>> Sources({"a.md": "one two"}).quote("a.md", Span(1, 5, 1, 8))
        'two'
        """
        return source_at(self._of(path), span)

    def _of(self, path: str) -> list[str]:
        if path not in self._lines:
            self._lines[path] = lines_of(self._texts[path]) if path in self._texts else []
        return self._lines[path]


def excerpts(side: Side, sources: Sources, room: int, look: Look) -> list[Excerpt]:
    """The first lines of a side's span, each at most ``room`` columns wide."""
    span = side.span
    last = min(max(span.line, span.end_line), span.line + _SHOWN_LINES - 1)
    shown: list[Excerpt] = []
    for number in range(span.line, last + 1):
        line = sources.line(side.path, number)
        if line is None:
            break
        start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
        stop = span.end_column - 1 if number == span.end_line else len(line)
        shown.append(_cut(number, line, start, stop, room, look))
    return shown or [_quoted(side, room, look)]


def _quoted(side: Side, room: int, look: Look) -> Excerpt:
    quote = " ".join(side.quote.split())
    return _cut(side.span.line, quote, 0, len(quote), room, look)


def _cut(number: int, line: str, start: int, stop: int, room: int, look: Look) -> Excerpt:
    """A window of the line that begins a little before the span; sliced first, since a line may hold megabytes."""
    line = line.rstrip()
    start = min(max(0, start), max(0, len(line) - 1))
    stop = max(start + 1, min(stop, len(line)))
    base = max(0, start - 2 * room)
    window = list(cells(line[base : start + 4 * room], look.ascii))
    before = [cell for cell in window if cell.start + base < start]
    rest = [cell for cell in window if cell.start + base >= start]
    if len(before) == len(window) and window:
        before, rest = window[:-1], window[-1:]
    left, before = _context(before, rest, base > 0, room, look)
    offset = left + _width(before)
    cut, rest = _fitted(rest, room - offset, start + 4 * room < len(line), look)
    dots = look.glyphs.dots
    text = dots * bool(left) + _text(before) + _text(rest) + dots * cut
    marked = _width([cell for cell in rest if cell.start + base < stop])
    return Excerpt(number, uncommanded(text), offset, max(1, min(marked, room - offset)))


def _context(before: list[Cell], rest: list[Cell], cut: bool, room: int, look: Look) -> tuple[int, list[Cell]]:
    """The cells shown before the span, and the columns that the dots before them take."""
    dots = len(look.glyphs.dots)
    spare = max(room // 3, room - _width(rest))
    if not cut and _width(before) <= spare:
        return 0, before
    kept: list[Cell] = []
    left = spare - dots
    for cell in reversed(before):
        left -= cell.width
        if left < 0:
            break
        kept.append(cell)
    return dots, kept[::-1]


def _fitted(rest: list[Cell], room: int, cut: bool, look: Look) -> tuple[bool, list[Cell]]:
    if not cut and _width(rest) <= room:
        return False, rest
    left = room - len(look.glyphs.dots)
    kept: list[Cell] = []
    for cell in rest:
        left -= cell.width
        if left < 0:
            break
        kept.append(cell)
    return True, kept


def _width(some: list[Cell]) -> int:
    return sum(cell.width for cell in some)


def _text(some: list[Cell]) -> str:
    return "".join(cell.text for cell in some)
