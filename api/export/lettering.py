"""Where labels go so that none covers another: widths are estimated, since a picture may be shown in any font."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple
from unicodedata import east_asian_width

from .packing import Circle

LEADING = 1.12
_CELL = 80.0
_NARROW = frozenset("fijlrtI.,:;'|!()[]/ -")
_BROAD = frozenset("mwMW@%—…")


class Box(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float


class Label(NamedTuple):
    """A line of text and where its middle stands."""

    text: str
    x: float
    y: float
    size: float


class Board:
    """Boxes already taken, found by grid cell."""

    def __init__(self) -> None:
        """Start with nothing taken."""
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> bool:
        """Take a box unless it touches one that is taken."""
        cells = list(_cells(box))
        if any(_touch(box, other) for cell in cells for other in self._cells[cell]):
            return False
        for cell in cells:
            self._cells[cell].append(box)
        return True


def width(text: str, size: float) -> float:
    """Estimated width of a line in a sans-serif font, on the generous side.

    >>> width("ab", 10.0)
    11.8
    """
    return round(size * sum(map(_advance, text)), 2)


def fitted(text: str, circle: Circle, size: float, most: int = 4) -> list[Label]:
    """The text in the middle of a circle, in at most so many lines; what does not fit is cut with an ellipsis."""
    found: list[str] = []
    for lines in range(1, most + 1):
        rooms = [_chord(circle.r, (line - (lines - 1) / 2) * size * LEADING, size) for line in range(lines)]
        found, complete = _filled(_pieces(text), rooms, size)
        if complete:
            break
    first = circle.y - (len(found) - 1) / 2 * size * LEADING
    return [Label(line, circle.x, first + index * size * LEADING, size) for index, line in enumerate(found)]


def _chord(radius: float, above: float, size: float) -> float:
    """Width of a circle at the far edge of a line whose middle is so far above the centre."""
    reach = abs(above) + size * 0.45
    return 2 * sqrt(max(0.0, radius * radius - reach * reach)) - 3


def _pieces(text: str) -> list[str]:
    """Where a label may be broken: after spaces, hyphens and the like, and between the humps of CamelCase.

    >>> _pieces("edge-gateway.md of AcmeCloud")
    ['edge-', 'gateway.', 'md ', 'of ', 'Acme', 'Cloud']
    """
    return [piece for piece in re.split(r"(?<=[\s/_.:-])|(?<=[a-z])(?=[A-Z])", text) if piece]


def _filled(pieces: Sequence[str], rooms: Sequence[float], size: float) -> tuple[list[str], bool]:
    lines: list[str] = []
    rest = list(pieces)
    complete = True
    for room in rooms:
        line = ""
        while rest and width(f"{line}{rest[0]}".rstrip(), size) <= room:
            line += rest.pop(0)
        if rest and not line:
            line, complete = _cut(rest.pop(0), room, size), False
        lines.append(line.rstrip())
    if rest and lines:
        lines[-1], complete = _cut(lines[-1] + rest[0], rooms[-1], size), False
    return [line for line in lines if line], complete


def _cut(text: str, room: float, size: float) -> str:
    kept = text.rstrip("…")
    while kept and width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept}…" if len(kept) > 1 else ""


def box(label: Label) -> Box:
    """The rectangle a label covers."""
    half, up = width(label.text, label.size) / 2, label.size * 0.6
    return Box(label.x - half, label.y - up, label.x + half, label.y + up)


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _BROAD or east_asian_width(char) in "WF":
        return 1.0
    return 0.7 if char.isupper() else 0.59


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row


def _touch(one: Box, two: Box) -> bool:
    return one.left < two.right and two.left < one.right and one.top < two.bottom and two.top < one.bottom
