"""Key/value pairs of JSON samples with comments, elisions and missing ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .key_values import Row, known, unquoted, verdict

_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>\"(?:[^\"\\\n]|\\.)*\")|(?P<sign>[{}\[\]:,])|(?P<newline>\n)"
    r"|(?P<plain>[^\s{}\[\]:,\"]+)",
    re.DOTALL,
)
_NAMING = ("key", "id", "name")


@dataclass(slots=True)
class _Open:
    """An open object or list, under the key it is the value of."""

    label: str
    listed: bool
    """It is a list."""
    name: str = ""
    rank: int = -1
    inside: bool = False
    """It stands in a list, so that a name of its own tells it from its siblings."""


@dataclass(slots=True)
class _Pair:
    above: tuple[_Open, ...]
    key: str
    row: Row


def json_rows(text: str) -> Iterator[Row]:
    """The scalars of a JSON sample; what cannot be read is passed over.

    >>> [(row.path, row.value) for row in json_rows('{"a": {"b": [1, 2]}, // x')]
    [(('a', 'b'), '1'), (('a', 'b'), '2')]
    """
    for pair in _Scan().pairs(text):
        path = [part for level in pair.above for part in (level.label, level.name) if part]
        yield pair.row._replace(path=(*path, pair.key) if pair.key else tuple(path))


class _Scan:
    """The state between the tokens of one sample."""

    def __init__(self) -> None:
        self.stack: list[_Open] = []
        self.found: list[_Pair] = []
        self.key = ""
        self.last: tuple[str, int, int] | None = None
        """A scalar that may turn out to be a key."""
        self.index = 0
        self.line_start = 0
        self.bad = False

    def pairs(self, text: str) -> list[_Pair]:
        """All pairs at once: an item's name may stand after its other keys."""
        for token in _TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "newline":
                self.settle()
                self.index += 1
                self.line_start = token.end()
            elif kind == "comment":
                self.comment(token[0])
            elif kind == "sign":
                self.sign(token[0])
            else:
                self.settle()
                self.last = unquoted(token[0], token.start() - self.line_start)
        self.settle()
        return self.found

    def comment(self, text: str) -> None:
        first = len(self.found)
        self.settle()
        words = text.strip("/* ")
        mark = verdict(words)
        same_line = len(self.found) and self.found[-1].row.offset == self.index
        if same_line:
            pair = self.found[-1]
            pair.row = pair.row._replace(comment=words, bad=pair.row.bad if mark is None else mark)
        elif mark is not None and first == len(self.found):
            self.bad = mark
        self.index += text.count("\n")

    def sign(self, sign: str) -> None:
        if sign == ":":
            self.key = self.last[0] if self.last else ""
            self.last = None
        elif sign in "{[":
            inside = bool(self.stack) and self.stack[-1].listed
            self.stack.append(_Open(self.key, sign == "[", inside=inside))
            self.key, self.last = "", None
        else:
            self.settle()
            self.key = ""
            if sign != "," and self.stack:
                self.stack.pop()

    def settle(self) -> None:
        """The last scalar was a value, not a key."""
        if self.last is None:
            return
        value, start, end = self.last
        listed = bool(self.stack) and self.stack[-1].listed
        if not self.key and not listed:
            return
        if known(value):
            self.name(value)
            row = Row((), value, self.index, start, end, "", self.bad, not self.key)
            self.found.append(_Pair(tuple(self.stack), self.key, row))
        self.key, self.last = "", None

    def name(self, value: str) -> None:
        level = self.stack[-1] if self.stack else None
        if level is not None and level.inside and self.key in _NAMING and _NAMING.index(self.key) > level.rank:
            level.name, level.rank = value, _NAMING.index(self.key)
