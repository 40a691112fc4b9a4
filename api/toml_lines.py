"""Where in a TOML text each key and each item of an array stands; the standard reader does not tell."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]
"""The way to a value: keys of tables, and 0-based positions in arrays."""

_BLANK = re.compile(r"(?:[ \t]|\r?\n|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")
_STRING = re.compile(
    r"\"{3}(?:\\[\s\S]|[^\\])*?\"{3,5}(?!\")|'{3}[\s\S]*?'{3,5}(?!')|\"(?:\\.|[^\"\\])*\"|'[^']*'", re.MULTILINE
)
_PLAIN = re.compile(r"[^,\]}#\n]*")


def lines_in(text: str) -> dict[Place, int]:
    """The 1-based line of each table, key and item of a text that is TOML.

    >>> lines_in('a = 1\\n[[b]]\\nc = ["x",\\n"y"]')
    {('a',): 1, ('b',): 2, ('b', 0): 2, ('b', 0, 'c'): 3, ('b', 0, 'c', 0): 3, ('b', 0, 'c', 1): 4}
    """
    return _Scanner(text).document()


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a place, else of what it stands in; 1 for the whole text.

    >>> line_of({("a",): 3}, ("a", 0, "b"))
    3
    """
    return next((lines[place[:size]] for size in range(len(place), 0, -1) if place[:size] in lines), 1)


class _Scanner:
    """Walks once through a text that the standard reader has accepted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Place, int] = {}
        self.items: dict[Place, int] = {}
        """How many tables each array of tables has so far."""
        self.ends = [match.start() for match in re.finditer("\n", text)]

    def document(self) -> dict[Place, int]:
        table: Place = ()
        while self.skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def skip(self, what: re.Pattern[str]) -> int:
        """Go behind what stands here."""
        found = what.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def mark(self, place: Place) -> None:
        """This is where a value is first spoken of."""
        for size in range(1, len(place) + 1):
            self.lines.setdefault(place[:size], bisect_left(self.ends, self.at) + 1)

    def header(self) -> Place:
        start = self.at
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        *above, last = self.keys()
        self.at += 2 if array else 1
        place: Place = ()
        for key in above:
            place = self.inside((*place, key))
        place = (*place, last)
        if array:
            self.items[place] = self.items.get(place, 0) + 1
            place = self.inside(place)
        end, self.at = self.at, start
        self.mark(place)
        self.at = end
        return place

    def inside(self, place: Place) -> Place:
        """The last table of an array of tables; the place itself where it is none."""
        return (*place, self.items[place] - 1) if place in self.items else place

    def keys(self) -> tuple[str, ...]:
        """The keys that dots join here."""
        found: list[str] = []
        while True:
            self.skip(_SPACE)
            start = self.at
            if self.skip(_BARE) > start:
                found.append(self.text[start : self.at])
            else:
                found.append(_unquoted(self.text[start : self.skip(_QUOTED)]))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return tuple(found)
            self.at += 1

    def pair(self, table: Place) -> None:
        self.skip(_BLANK)
        start = self.at
        place = (*table, *self.keys())
        end, self.at = self.at, start
        self.mark(place)
        self.at = end + 1
        self.value(place)

    def value(self, place: Place) -> None:
        self.skip(_SPACE)
        opening = self.text[self.at]
        if opening in "\"'":
            self.skip(_STRING)
        elif opening == "[":
            for number in self.members("]"):
                self.mark((*place, number))
                self.value((*place, number))
        elif opening == "{":
            for _ in self.members("}"):
                self.pair(place)
        else:
            self.skip(_PLAIN)

    def members(self, closing: str) -> Iterator[int]:
        """Stop at each member of an array or an inline table."""
        self.at += 1
        number = 0
        while self.text[self.skip(_BLANK)] != closing:
            yield number
            number += 1
            if self.text[self.skip(_BLANK)] == ",":
                self.at += 1
        self.at += 1


def _unquoted(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 0")))
