"""Key/value pairs of ``key = value`` texts: TOML, INI, properties, env files, HCL and shell assignments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .key_values import KeyValue, Row, known, placed, unquoted, verdict

_KEY = r"(?P<key>(?:[\w.$/@-]|\"[^\"]*\"|'[^']*')+)"
_SECTION = re.compile(r"\s*\[{1,2}\s*(?P<name>[^\[\]=]+?)\s*\]{1,2}\s*(?:[#;].*)?$")
_ASSIGN = re.compile(r"\s*(?:export\s+)?" + _KEY + r"\s*=\s*(?P<value>\S.*)$")
_COLON = re.compile(r"\s*" + _KEY + r"\s*[=:]\s*(?P<value>\S.*)$")
_BLOCK = re.compile(r"\s*(?P<head>[A-Za-z_][\w-]*(?:\s+(?:\"[^\"]*\"|[\w-]+))*)\s*=?\s*\{\s*(?:(?:#|//).*)?$")
_SCALAR = re.compile(
    r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s#].*?)"
    r"(?:(?:(?:^|[ \t])(?:#|;|//)|(?<=[\"'])\s*#)[ \t]*(?P<comment>.*))?\s*$"
)
_PART = re.compile(r"(?P<comment>#.*)|(?P<sign>[\[\]])|(?P<value>\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s,\[\]#\"'{}]+)")
_SHELL = re.compile(
    r"(?P<lead>\s*(?:[$>]\s+)?(?:(?:sudo|env|export|readonly|local|declare|ENV|ARG)\s+(?:-\w+\s+)*)*)"
    r"(?P<pairs>[A-Za-z_]\w*=.*)$"
)
_SHELL_PAIR = re.compile(r"(?P<key>[A-Za-z_]\w*)=(?P<value>\"[^\"]*\"|'[^']*'|[^\s;&|#\"'(]+)(?:[\s;]+|(?=[&|#])|$)")
_HEREDOC = re.compile(r"<<-?\s*[\"']?(?P<end>\w+)[\"']?")
_TRAILING = re.compile(r"(?:^|\s)#\s*(?P<comment>.*)$")


def assignment_rows(lines: Sequence[str], colon: bool = False) -> Iterator[Row]:
    """The values of TOML, INI, env, properties or HCL text; ``colon`` lets ``:`` assign too.

    >>> [(row.path, row.value) for row in assignment_rows(["[db]", "port = 5432 # default"])]
    [(('db', 'port'), '5432')]
    """
    yield from _Scan(_COLON if colon else _ASSIGN).rows(lines)


def toml_values(text: str, first_line: int) -> Iterator[KeyValue]:
    """The scalars of a TOML text, list items one by one, at their lines and columns."""
    lines = text.splitlines()
    yield from placed(assignment_rows(lines), first_line, [1] * len(lines))


class _Scan:
    """The state between the lines of one text."""

    def __init__(self, assign: re.Pattern[str]) -> None:
        self.assign = assign
        self.section: tuple[str, ...] = ()
        self.blocks: list[tuple[str, ...]] = []
        self.bad = False
        self.quote = ""
        """The closing quotes of a text over several lines; empty outside one."""
        self.depth = 0
        self.path: tuple[str, ...] = ()
        """The key of the open list."""

    def rows(self, lines: Sequence[str]) -> Iterator[Row]:
        for index, line in enumerate(lines):
            text = line.strip()
            if self.quote:
                self.quote = "" if self.quote in text else self.quote
            elif self.depth:
                yield from self.parts(index, line, 0)
            elif text.startswith(("#", ";", "//")):
                mark = verdict(text.lstrip("#;/ "))
                self.bad = self.bad if mark is None else mark
            elif text:
                yield from self.line(index, line, text)

    def line(self, index: int, line: str, text: str) -> Iterator[Row]:
        section, block = _SECTION.match(line), _BLOCK.match(line)
        if section:
            self.section, self.blocks = _dotted(section["name"]), []
        elif block:
            self.blocks.append(tuple(part.strip('"') for part in re.findall(r"\"[^\"]*\"|\S+", block["head"])))
        elif text[0] == "}":
            del self.blocks[-1:]
        else:
            match = self.assign.match(line)
            if match:
                parents = (part for block in self.blocks for part in block)
                self.path = (*self.section, *parents, *_dotted(match["key"]))
                yield from self.value(index, line, match.start("value"), match["value"])

    def value(self, index: int, line: str, start: int, text: str) -> Iterator[Row]:
        if text.startswith(('"""', "'''")):
            self.quote = "" if text.find(text[:3], 3) > 0 else text[:3]
        elif text[0] == "[":
            yield from self.parts(index, line, start)
        elif text[0] not in "{<":
            match = _SCALAR.match(text)
            if match and known(match["value"].rstrip(",")):
                yield self.row(index, *unquoted(match["value"].rstrip(","), start), match["comment"] or "", False)

    def parts(self, index: int, line: str, start: int) -> Iterator[Row]:
        """The items of a list, which may go on over the next lines."""
        for part in _PART.finditer(line, start):
            if part["sign"]:
                self.depth += 1 if part["sign"] == "[" else -1
                if self.depth <= 0:
                    self.depth = 0
                    return
            elif part["value"] and known(part["value"]):
                yield self.row(index, *unquoted(part["value"], part.start("value")), "", True)

    def row(self, index: int, value: str, start: int, end: int, comment: str, item: bool) -> Row:
        mark = verdict(comment) if comment else None
        return Row(self.path, value, index, start, end, comment, self.bad if mark is None else mark, item)


def _dotted(key: str) -> tuple[str, ...]:
    """The parts of a dotted key, quotes removed.

    >>> _dotted('a."b.c".d')
    ('a', 'b.c', 'd')
    """
    return tuple(part.strip("\"' ") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", key))


def shell_rows(lines: Sequence[str]) -> Iterator[Row]:
    """The variables that shell lines set; here-documents and computed values are passed over.

    >>> [(row.path, row.value) for row in shell_rows(["export PORT=80", "run --x=1", "A=1 B=$(date) go"])]
    [(('PORT',), '80'), (('A',), '1')]
    """
    bad, ending = False, ""
    for index, line in enumerate(lines):
        text = line.strip()
        if ending:
            ending = "" if text == ending else ending
            continue
        if text.startswith("#"):
            mark = verdict(text.lstrip("# "))
            bad = bad if mark is None else mark
            continue
        heredoc = _HEREDOC.search(line) if "<<" in line else None
        ending = heredoc["end"] if heredoc else ""
        if "=" in text:
            yield from _shell_line(index, line, bad)


def _shell_line(index: int, line: str, bad: bool) -> Iterator[Row]:
    match = _SHELL.match(line)
    position = match.start("pairs") if match else len(line)
    while pair := _SHELL_PAIR.match(line, position):
        position = pair.end()
        if known(pair["value"]):
            trailing = _TRAILING.search(line, pair.end("value"))
            comment = trailing["comment"] if trailing else ""
            mark = verdict(comment) if comment else None
            spot = unquoted(pair["value"], pair.start("value"))
            yield Row((pair["key"],), spot[0], index, spot[1], spot[2], comment, bad if mark is None else mark)
