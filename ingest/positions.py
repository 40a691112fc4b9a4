"""Source text by lines, and the way from offsets in a block's content back to lines and columns.

Lines end at ``\\r\\n``, ``\\r`` or ``\\n`` only (CommonMark 0.31.2, section 2.1); columns are 1-based code points of
the text without its byte order mark, and a tab is one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from ..graph.model import Span
from .page import Run

LINE_CAP = 100_000
"""Characters of one line that are read; the rest is reported and left out."""
LINES_CAP = 200_000
"""Lines of one text that are read."""

_LINE_END = re.compile(r"\r\n?")
_NUL = re.compile("\0")
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_FRONT_KEY = re.compile(r"^[\w\"'][^\n:]*:(?=\s|$)", re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\n(?:(?P<body>(?s:.*?))\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")

MARGIN = " \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""Characters cut off both ends of a block's content."""

Piece = tuple[int, int, int]
"""(offset in the plain text, offset in the content, length): characters that stand one to one."""


class Part(NamedTuple):
    """A stretch of a block's source on one line: 0-based line, offsets of its first character and its end."""

    line: int
    start: int
    end: int


class Lines(NamedTuple):
    """A text by lines: line ends made ``\\n``, overlong lines cut and lines too many left out, so that columns stay."""

    text: str
    starts: tuple[int, ...]
    """Offset of each line's first character."""
    total: int
    """Lines of the whole text."""
    cut: tuple[int, ...] = ()
    """0-based lines that were longer than LINE_CAP."""
    nuls: tuple[int, ...] = ()
    """Offsets of NUL characters, which are read as U+FFFD."""

    def span(self, first: Part, last: Part) -> Span:
        """The range from the start of one part to the end of another."""
        starts = self.starts
        line, end = first.line, last.line
        return Span(line + 1, first.start - starts[line] + 1, end + 1, last.end - starts[end] + 1)


def read_lines(text: str) -> Lines:
    """Make a text ready for the block parser.

    >>> read_lines("\\ufeffa\\r\\nb\\rc\\n")
    Lines(text='a\\nb\\nc\\n', starts=(0, 2, 4, 6), total=3, cut=(), nuls=())
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    lines = text.split("\n")
    count = len(lines) - (not lines[-1])
    cut = tuple([index for index, line in enumerate(lines[:LINES_CAP]) if len(line) > LINE_CAP])
    if cut or count > LINES_CAP:
        lines = [line[:LINE_CAP] for line in lines[:LINES_CAP]]
        text = "\n".join(lines)
    starts = (0, *accumulate([len(line) + 1 for line in lines[:-1]]))
    nuls = tuple(match.start() for match in _NUL.finditer(text)) if "\0" in text else ()
    return Lines(text.replace("\0", "\ufffd"), starts, count, cut, nuls)


def front_matter(text: str) -> tuple[str, int]:
    """The raw front matter at the start of a text and the number of lines it takes with its fences.

    A block between ``---`` lines counts only if its first paragraph has a ``key:`` line; else it is Markdown.

    >>> front_matter("---\\ntitle: A\\n---\\n# B\\n")
    ('title: A', 3)
    >>> front_matter("---\\nprose\\n---\\n")
    ('', 0)
    """
    found = _FRONT.match(text) if text.startswith("---") else None
    if found is None:
        return "", 0
    body = found["body"] or ""
    if body.strip() and not _FRONT_KEY.search(body.split("\n\n", 1)[0]):
        return "", 0
    return body, found[0].rstrip("\n").count("\n") + 1


def delimiter_columns(row: str) -> int:
    """Number of columns of a table's delimiter row, 0 if the line is none (GFM 0.29, section 4.10).

    >>> delimiter_columns("| --- | :-: |"), delimiter_columns("- a")
    (2, 0)
    """
    row = row.rstrip(" \t")
    if len(row) < 2 or (row[0] == "-" and row[1] in " \t") or not _DELIMITERS.fullmatch(row):
        return 0
    return sum(1 for cell in row.split("|") if cell.strip())


def split_row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the trimmed cells of a table row that stands at ``text[start:end]``.

    >>> split_row("| a | b\\\\|c |", 0, 12)
    [(2, 3), (6, 10)]
    """
    row = text[start:end].rstrip(MARGIN)
    start += len(row) - len(row := row.lstrip(MARGIN))
    bounds = [-1, *(match.start() for match in _PIPE.finditer(row)), len(row)]
    if bounds[1] == 0:
        del bounds[0]
    if len(bounds) > 1 and bounds[-2] == len(row) - 1:
        del bounds[-1]
    return [_trimmed(row, left + 1, right, start) for left, right in pairwise(bounds)]


def _trimmed(row: str, left: int, right: int, base: int) -> tuple[int, int]:
    cell = row[left:right].rstrip(MARGIN)
    right = left + len(cell)
    left = right - len(cell.lstrip(MARGIN))
    return base + left, base + right


def strip_parts(text: str, parts: list[Part]) -> tuple[Part, ...]:
    """Parts without the white space at both ends of the whole; none if that is all there is."""
    while parts:
        line, start, last = parts[-1]
        end = start + len(text[start:last].rstrip(MARGIN))
        if end > start:
            if end < last:
                parts[-1] = Part(line, start, end)
            break
        parts.pop()
    while parts:
        line, first, end = parts[0]
        start = end - len(text[first:end].lstrip(MARGIN))
        if end > start:
            if start > first:
                parts[0] = Part(line, start, end)
            break
        del parts[0]
    return tuple(parts)


def runs(lines: Lines, parts: Sequence[Part], pieces: Sequence[Piece], unescaped: bool = False) -> list[Run]:
    """Where the pieces of a plain text stand in the source; ``unescaped`` for cells that lost the ``\\`` of ``\\|``."""
    if len(parts) == 1 and not unescaped and not lines.nuls:
        line, start, _ = parts[0]
        column = start - lines.starts[line] + 1
        line += 1
        return [Run(at, length, line, column + offset) for at, offset, length in pieces]
    found = _placed(list(_stretches(lines, parts, unescaped)), pieces)
    return [part for run in found for part in _around(lines, run)] if lines.nuls else list(found)


def _placed(stretches: list[tuple[int, int, int, int]], pieces: Sequence[Piece]) -> Iterator[Run]:
    """Runs of pieces that may reach over several stretches."""
    begins = [stretch[0] for stretch in stretches]
    for at, offset, length in pieces:
        index = bisect_right(begins, offset) - 1
        end = offset + length
        while index < len(stretches) and stretches[index][0] < end:
            begin, size, line, column = stretches[index]
            low, high = max(begin, offset), min(begin + size, end)
            if low < high:
                yield Run(at + low - offset, high - low, line, column + low - begin)
            index += 1


def _stretches(lines: Lines, parts: Sequence[Part], unescaped: bool) -> Iterator[tuple[int, int, int, int]]:
    """(offset in the content, length, line, column) of what the content takes over unchanged."""
    offset = 0
    for line, start, end in parts:
        column = start - lines.starts[line] + 1
        if not unescaped:
            yield offset, end - start, line + 1, column
            offset += end - start + 1
            continue
        for index, piece in enumerate(lines.text[start:end].split("\\|")):
            length = len(piece) + (index > 0)
            yield offset, length, line + 1, column
            offset += length
            column += length + 1


def _around(lines: Lines, run: Run) -> Iterator[Run]:
    """A run without the characters that stand for NUL."""
    at, length, line, column = run
    first = lines.starts[line - 1] + column - 1
    low = bisect_left(lines.nuls, first)
    high = bisect_left(lines.nuls, first + length)
    begin = 0
    for nul in (*lines.nuls[low:high], first + length):
        stop = nul - first
        if stop > begin:
            yield Run(at + begin, stop - begin, line, column + begin)
        begin = stop + 1
