"""Text of documents made safe for a terminal and a build log, and measured in columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

TAB = "    "
_COMMAND = re.compile(r"(##[A-Za-z]*)\[")
_INVISIBLE = frozenset("\u00ad\u034f\u115f\u1160\u3164\uffa0")
"""Printable by category, yet nothing is seen of them."""
_SPACES = {"\u3000": "  "} | dict.fromkeys("\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))), " ")


class Glyphs(NamedTuple):
    """The drawing characters of a report."""

    first: str
    next: str
    bar: str
    crumb: str
    dot: str
    dots: str


UNICODE = Glyphs("┌─", "├─", "│", " › ", "·", "…")
ASCII = Glyphs("-->", ":::", "|", " > ", "-", "...")


@dataclass(frozen=True, slots=True)
class Look:
    """How a report may look on the stream it is written to."""

    colour: bool = False
    ascii: bool = False
    width: int = 100
    """Columns that no line exceeds."""

    @property
    def glyphs(self) -> Glyphs:
        """The drawing characters that the stream can show."""
        return ASCII if self.ascii else UNICODE


class Cell(NamedTuple):
    """One user-perceived character of a source line, as it is shown."""

    start: int
    """Offset of its first code point in the source line."""
    text: str
    width: int


def visible(text: str, ascii_only: bool = False) -> str:
    """The text on one line, with nothing in it that a terminal or a build log would obey.

    Control characters, bidirectional marks, invisible characters and lone surrogates are spelled ``<U+XXXX>``; the
    ``##[``, ``##vso[`` and ``##teamcity[`` of build logs are broken up without moving a column.

    >>> visible("a\\x1b[31mb")
    'a<U+001B>[31mb'
    >>> visible("##[error]x ##vso[task.setvariable]")
    '##(error]x ##vso(task.setvariable]'
    >>> visible("naïve", ascii_only=True)
    'na<U+00EF>ve'
    """
    if text.isascii() and text.isprintable():
        return uncommanded(text)
    return uncommanded("".join(_shown(mark, ascii_only) for mark in text))


def uncommanded(text: str) -> str:
    """The text with the brackets of a build log's commands broken up, as long as it was.

    >>> uncommanded("##teamcity[x]")
    '##teamcity(x]'
    """
    return _COMMAND.sub(r"\1(", text)


def one_line(text: str, ascii_only: bool = False) -> str:
    """``visible`` with runs of white space as one space.

    >>> one_line("two\\n  lines")
    'two lines'
    """
    return visible(" ".join(text.split()), ascii_only)


def place(path: str, ascii_only: bool = False) -> str:
    """A path, made visible, that does not begin as a build log's command does.

    >>> place("::x.md")
    './::x.md'
    """
    shown = visible(path, ascii_only)
    return f"./{shown}" if shown.startswith(":") else shown


def cells(line: str, ascii_only: bool = False) -> Iterator[Cell]:
    """The characters of a source line as they are shown, with their widths in columns.

    >>> [cell.text for cell in cells("a\\tb")]
    ['a', '    ', 'b']
    """
    if line.isascii() and line.isprintable():
        yield from (Cell(at, mark, 1) for at, mark in enumerate(line))
        return
    from wcwidth import iter_graphemes, wcswidth

    start = 0
    for cluster in iter_graphemes(line):
        shown = "".join(_shown(mark, ascii_only) for mark in cluster)
        yield Cell(start, shown, max(0, wcswidth(shown)))
        start += len(cluster)


def columns(text: str) -> int:
    """Columns that a visible text takes.

    >>> columns("日本 x")
    6
    """
    return len(text) if text.isascii() else sum(cell.width for cell in cells(text))


def clip(text: str, room: int, dots: str = "…") -> str:
    """The text cut at its end to at most ``room`` columns.

    >>> clip("twelve marks", 8)
    'twelve …'
    """
    if columns(text) <= room:
        return text
    return _taken(cells(text), room - len(dots)) + dots if room >= len(dots) else ""


def clip_start(text: str, room: int, dots: str = "…") -> str:
    """The text cut at its start to at most ``room`` columns: the end of a path says more than its start.

    >>> clip_start("a/long/path.md", 8)
    '…path.md'
    """
    if columns(text) <= room:
        return text
    kept: list[str] = []
    left = room - len(dots)
    for cell in reversed(list(cells(text))):
        left -= cell.width
        if left < 0:
            break
        kept.append(cell.text)
    return (dots + "".join(reversed(kept))) if room >= len(dots) else ""


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most ``room`` columns, broken at spaces where that is possible.

    >>> wrapped("one two three", 8)
    ['one two', 'three']
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if columns(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, room)
        lines.extend(whole)
    return [*lines, line]


def _pieces(word: str, room: int) -> list[str]:
    pieces = [""]
    left = room
    for cell in cells(word):
        if cell.width > left:
            pieces.append("")
            left = room
        pieces[-1] += cell.text
        left -= cell.width
    return pieces


def _taken(source: Iterator[Cell], room: int) -> str:
    taken: list[str] = []
    for cell in source:
        room -= cell.width
        if room < 0:
            break
        taken.append(cell.text)
    return "".join(taken)


def _shown(mark: str, ascii_only: bool) -> str:
    if mark == "\t":
        return TAB
    if mark in _SPACES:
        return _SPACES[mark]
    if (ascii_only and not mark.isascii()) or mark in _INVISIBLE or _obeyed(mark):
        return f"<U+{ord(mark):04X}>"
    return mark


def _obeyed(mark: str) -> bool:
    """Whether a terminal acts on the character: control, bidirectional, separator, surrogate, unassigned."""
    if mark.isprintable():
        return False
    category = unicodedata.category(mark)
    return category in {"Cc", "Cs", "Zl", "Zp", "Cn", "Co"} or (category == "Cf" and mark not in "\u200c\u200d")
