"""Key/value lines of YAML samples, found by indentation.

Samples in documents are seldom whole YAML: they elide lines, hold templates, mix indentations.  A scanner that
reads each line by itself keeps what a parser would refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .key_values import Row, known, unquoted, verdict

_LINE = re.compile(
    r"(?P<indent> *)(?P<dashes>(?:-(?: +|$))*)"
    r"(?:(?P<key>\"[^\"]+\"|'[^']+'|[\w.$/@+~*{}<][\w.$/@+~*{}<>-]*):(?=\s|$))?[ \t]*(?P<rest>.*)"
)
_SCALAR = re.compile(r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s].*?)(?:[ \t]+#[ \t]*(?P<comment>.*))?[ \t]*$")
_PREFIX = re.compile(r"(?:[&!][\w./:!-]*[ \t]+)+")
_FLOW_PART = re.compile(
    r"(?P<sign>[\[\]{},])|(?P<key>[\w./-]+|\"[^\"]*\"):(?=[ \t\[{])"
    r"|(?P<value>\"[^\"]*\"|'[^']*'|[^\s,\[\]{}\"'][^,\[\]{}]*)"
)
_NAMING = ("key", "id", "name")
"""Keys that name a list item, weakest first."""


@dataclass(slots=True)
class _Level:
    """An open mapping key or list item; its label may be learned after rows that stand under it."""

    indent: int
    label: str
    item: bool
    rank: int = -1


@dataclass(slots=True)
class _Manifest:
    """The labels of one YAML document."""

    top: _Level = field(default_factory=lambda: _Level(-1, "", True))
    kind: str = ""
    name: str = ""


_Found = tuple[tuple[_Level, ...], str, int, int, int, str, bool, bool]


def yaml_rows(lines: Sequence[str]) -> Iterator[Row]:
    """The scalars of a YAML sample; lines that cannot be read are passed over.

    >>> [(row.path, row.value) for row in yaml_rows(["kind: Job", "metadata:", "  name: a", "spec:", "  tries: 2"])][-1]
    (('Job/a', 'spec', 'tries'), '2')
    """
    for levels, value, index, start, end, comment, bad, item in _Scan().rows(lines):
        yield Row(tuple(level.label for level in levels if level.label), value, index, start, end, comment, bad, item)


class _Scan:
    """The state between the lines of one sample."""

    def __init__(self) -> None:
        self.manifest = _Manifest()
        self.stack: list[_Level] = [self.manifest.top]
        self.found: list[_Found] = []
        self.bad = False
        self.block = -2
        """Lines indented deeper than this belong to a scalar over several lines; -2 outside one."""

    def rows(self, lines: Sequence[str]) -> list[_Found]:
        """All rows at once: a label found late belongs to earlier rows too."""
        for index, line in enumerate(lines):
            text = line.strip()
            if text and not self.inside_block(line):
                self.line(index, line, text)
        return self.found

    def inside_block(self, line: str) -> bool:
        if self.block != -2 and len(line) - len(line.lstrip()) > self.block:
            return True
        self.block = -2
        return False

    def line(self, index: int, line: str, text: str) -> None:
        if text[0] == "#":
            mark = verdict(text.lstrip("# "))
            self.bad = self.bad if mark is None else mark
        elif text.startswith(("---", "...")):
            self.manifest = _Manifest()
            self.stack = [self.manifest.top]
        elif not text.startswith(("{{", "}", "]")):
            self.content(index, line)

    def content(self, index: int, line: str) -> None:
        match = _LINE.match(line)
        if match is None:
            return
        for offset, sign in enumerate(match["dashes"], match.end("indent")):
            if sign == "-":
                self.open(_Level(offset, "", True))
        key = match["key"]
        if key is not None:
            self.open(_Level(match.start("key"), key.strip("\"'"), False))
        elif not match["dashes"]:
            return
        if match["rest"]:
            self.value(index, match["rest"], match.start("rest"), key is None)

    def open(self, level: _Level) -> None:
        """Close what the new level does not stand under; a list may stand at the column of its key."""
        stack = self.stack
        while stack[-1].indent > level.indent or (
            stack[-1].indent == level.indent and (stack[-1].item or not level.item)
        ):
            stack.pop()
        stack.append(level)

    def value(self, index: int, rest: str, start: int, item: bool) -> None:
        prefix = _PREFIX.match(rest)
        if prefix:
            rest, start = rest[prefix.end() :], start + prefix.end()
        match = _SCALAR.match(rest)
        if match is None or rest[0] == "#":
            return
        value, comment = match["value"], match["comment"] or ""
        if value[0] not in "[{" and len(value) > 1:
            value = value.removesuffix(",")
        if self.opens_block(value):
            self.block = self.stack[-1].indent
        elif value[0] in "[{" and not value.startswith("{{"):
            self.flow(index, value, start, comment)
        elif known(value):
            self.add(index, *unquoted(value, start), comment, item)

    def opens_block(self, value: str) -> bool:
        if value[0] in "|>":
            return True
        if value[0] in "'\"":
            return len(value) == 1 or value[-1] != value[0]
        return value[0] in "[{" and not value.startswith("{{") and value[-1] not in "]}"

    def flow(self, index: int, value: str, start: int, comment: str) -> None:
        """The scalars of ``[a, b]`` and ``{a: b}``."""
        if "{{" in value:
            return
        outside, bases = len(self.stack), [len(self.stack)]
        for part in _FLOW_PART.finditer(value):
            if part["key"]:
                self.stack.append(_Level(start, part["key"].strip('"'), False))
            elif part["value"]:
                text = part["value"].rstrip()
                if known(text):
                    self.add(index, *unquoted(text, start + part.start("value")), comment, len(self.stack) == bases[-1])
            elif part["sign"] in "[{":
                bases.append(len(self.stack))
            else:
                if part["sign"] != "," and len(bases) > 1:
                    bases.pop()
                del self.stack[bases[-1] :]
        del self.stack[outside:]

    def add(self, index: int, value: str, start: int, end: int, comment: str, item: bool) -> None:
        mark = verdict(comment) if comment else None
        bad = self.bad if mark is None else mark
        self.name(value)
        self.found.append((tuple(self.stack), value, index, start, end, comment, bad, item))

    def name(self, value: str) -> None:
        """Learn what the value names: the list item it stands in, or the manifest."""
        leaf, above = self.stack[-1], self.stack[-2] if len(self.stack) > 1 else self.stack[-1]
        if above is self.manifest.top and leaf.label == "kind":
            self.manifest.kind = value
        elif len(self.stack) == 3 and above.label == "metadata" and leaf.label == "name":
            self.manifest.name = value
        elif above.item and above.indent >= 0 and leaf.label in _NAMING:
            rank = _NAMING.index(leaf.label)
            if rank > above.rank:
                above.label, above.rank = value, rank
            return
        else:
            return
        if self.manifest.kind:
            self.manifest.top.label = "/".join(part for part in (self.manifest.kind, self.manifest.name) if part)
