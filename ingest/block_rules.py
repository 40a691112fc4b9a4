"""Block rules that note where each line's content stands: headings, paragraphs and tables.

They follow the parser's interface, ``rule(state, start line, end line, silent) -> matched``, and push one token for
each block, with the source of its content in ``meta``.  They replace the parser's rules for these
blocks, which keep line ranges only.
"""

# ruff: noqa: N815  (the parser's own names)
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, Protocol

from .outline import Block
from .positions import Part, delimiter_columns, split_row, strip_parts

_ATX = re.compile(r"(#{1,6})(?=[ \t]|$)")
_DELIMITER_START = frozenset("|:-")
_CONTAINERS = {
    "bullet_list_open": "list",
    "ordered_list_open": "ordered",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "footnote_reference_open": "footnote",
}


class Token(Protocol):
    """What is used of the parser's block tokens."""

    type: str
    nesting: Literal[-1, 0, 1]
    map: list[int] | None
    content: str
    info: str
    meta: dict[Any, Any]


class State(Protocol):
    """What the rules use of the parser's block state; lines are 0-based, offsets count from the start of the text."""

    src: str
    bMarks: list[int]
    eMarks: list[int]
    tShift: list[int]
    sCount: list[int]
    blkIndent: int
    line: int
    lineMax: int
    parentType: str

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Any:
        """Append a token to the stream."""
        ...


Rule = Callable[[Any, int, int, bool], bool]
Stops = Mapping[str, tuple[Rule, ...]]
"""By the first character of a line: the rules that may end a paragraph or a table there."""


def first_character(state: State, line: int) -> str:
    """The first character of a line that is neither space nor tab nor a container's mark; empty on a blank line."""
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at] if at < state.eMarks[line] else ""


def heading(state: State, start: int, _end: int, silent: bool) -> bool:
    """ATX headings (CommonMark 0.31.2, section 4.2)."""
    begin, end = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    found = _ATX.match(state.src, begin, end)
    if found is None or state.sCount[start] - state.blkIndent >= 4:
        return False
    if silent:
        return True
    left = found.end(1)
    body = state.src[left:end].rstrip(" \t")
    closed = body.rstrip("#")
    if closed[-1:] in (" ", "\t"):
        body = closed
    source = strip_parts(state.src, [Part(start, left, left + len(body))])
    _push(state, "heading", (start, start + 1), {"parts": source, "level": len(found[1])})
    return True


class TextRule:
    """Paragraphs and setext headings in one scan (CommonMark 0.31.2, sections 4.3 and 4.8)."""

    def __init__(self, stops: Stops, table: Rule) -> None:
        self.stops = stops
        self.table = table

    def __call__(self, state: State, start: int, end: int, silent: bool) -> bool:
        """Read the lines up to the first that is blank, an underline or the start of another block."""
        outer, state.parentType = state.parentType, "paragraph"
        stop, level = self._scan(state, start + 1, end)
        state.parentType = outer
        marks, shifts, ends = state.bMarks, state.tShift, state.eMarks
        parts = [Part(line, marks[line] + shifts[line], ends[line]) for line in range(start, stop)]
        meta = {"parts": strip_parts(state.src, parts), "level": level}
        _push(state, "heading" if level else "paragraph", (start, stop + (level > 0)), meta)
        return True

    def _scan(self, state: State, line: int, end: int) -> tuple[int, int]:
        """The line after the text and the level of the underline there, 0 for none."""
        indent, most = state.blkIndent, state.lineMax
        while line < most and (first := first_character(state, line)):
            column = state.sCount[line]
            if column - indent <= 3:
                if line < end and column >= indent and (level := _underline(state, line, first)):
                    return line, level
                if column >= 0 and self._stops(state, line, first):
                    break
            line += 1
        return line, 0

    def _stops(self, state: State, line: int, first: str) -> bool:
        for rule in self.stops.get(first, ()):
            if rule(state, line, state.lineMax, True):
                return True
        return self.table(state, line, state.lineMax, True)


def _underline(state: State, line: int, first: str) -> int:
    if first != "=" and first != "-":
        return 0
    rest = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")
    return 0 if rest.strip(first) else 1 if first == "=" else 2


class TableRule:
    """GFM tables (0.29, section 4.10), without the empty cells that would fill short rows."""

    def __init__(self, stops: Stops) -> None:
        self.stops = stops

    def __call__(self, state: State, start: int, end: int, silent: bool) -> bool:
        """A header row over a delimiter row with as many columns, and the rows below them."""
        below = start + 1
        if below >= end or first_character(state, below) not in _DELIMITER_START:
            return False
        columns = _delimiters(state, below) if state.sCount[start] - state.blkIndent < 4 else 0
        if not columns or "|" not in state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]:
            return False
        header = _cells(state, start)
        if len(header) != columns:
            return False
        if not silent:
            self._push(state, start, end, header)
        return True

    def _push(self, state: State, start: int, end: int, header: tuple[Part, ...]) -> None:
        rows, line = [header], start + 2
        outer, state.parentType = state.parentType, "table"
        while line < end and not self._ends(state, line, end):
            rows.append(_cells(state, line)[: len(header)])
            line += 1
        state.parentType = outer
        _push(state, "table", (start, line), {"rows": tuple(rows)})

    def _ends(self, state: State, line: int, end: int) -> bool:
        first = first_character(state, line)
        if not first or not state.blkIndent <= state.sCount[line] < state.blkIndent + 4:
            return True
        return any(rule(state, line, end, True) for rule in self.stops.get(first, ()))


def _delimiters(state: State, line: int) -> int:
    if not state.blkIndent <= state.sCount[line] < state.blkIndent + 4:
        return 0
    return delimiter_columns(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])


def _cells(state: State, line: int) -> tuple[Part, ...]:
    cells = split_row(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return tuple([Part(line, left, right) for left, right in cells])


def _push(state: State, kind: str, lines: tuple[int, int], meta: dict[str, Any]) -> None:
    state.line = lines[1]
    token: Token = state.push(kind, "", 0)
    token.map, token.meta = list(lines), meta


def blocks(tokens: Iterable[Token], cuts: dict[int, tuple[Part, ...]]) -> Iterator[Block]:
    """The parser's tokens as blocks."""
    for token in tokens:
        kind, meta = token.type, token.meta
        line, end = token.map or (0, 0)
        if kind == "paragraph":
            yield Block("paragraph", line, end, parts=meta["parts"])
        elif kind == "heading":
            yield Block("heading", line, end, level=meta["level"], parts=meta["parts"])
        elif kind in _CONTAINERS:
            yield Block("open", line, end, _CONTAINERS[kind])
        elif token.nesting < 0:
            yield Block("close")
        elif kind == "table":
            yield Block("table", line, end, rows=meta["rows"])
        elif kind == "fence":
            name = token.info.split(maxsplit=1)[0].lower() if token.info.strip() else ""
            yield Block("code", line, end, name, text=token.content.removesuffix("\n"), parts=cuts[line + 1])
        elif kind == "code_block":
            yield Block("code", line, end, text=token.content.removesuffix("\n"), parts=cuts[line])
        else:
            yield Block("rule" if kind == "hr" else "html", line, end, text=token.content)
