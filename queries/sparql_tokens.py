"""SPARQL as a flat row of tokens (SPARQL 1.1 Query, section 19.8), read without recursion."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_BYTES = 64 * 1024
MAX_TOKENS = 5_000

_NAME_START = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME = _NAME_START + r"_0-9\-\u00B7\u0300-\u036F\u203F-\u2040"
# The bound keeps a text like `a.a.a.…` from being read to its end at each of its words.
_PREFIX = rf"(?:[{_NAME_START}](?:[{_NAME}.]{{0,200}}[{_NAME}])?)?"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:(?:[{_NAME}:]|{_ESCAPED})(?:\.*+(?:[{_NAME}:]|{_ESCAPED}))*+)?"
_STRING = r"[^{q}\\\n\r]|\\[tbnrf\\\"']|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}}"
_LONG = r"{q}{{0,2}}(?:[^{q}\\]|\\[tbnrf\\\"']|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})"
_LEXEMES = (
    ("space", r"[ \t\r\n]++"),
    (
        "iri",
        r"<[^<>\"{}|^`\\\x00-\x20]*+(?:\\u[0-9A-Fa-f]{4}[^<>\"{}|^`\\\x00-\x20]*+"
        r"|\\U[0-9A-Fa-f]{8}[^<>\"{}|^`\\\x00-\x20]*+)*+>",
    ),
    ("comment", r"#[^\r\n]*+"),
    ("string", "|".join(rf"{q * 3}(?:{_LONG.format(q=q)})*+{q * 3}" for q in "\"'")),
    ("line", "|".join(rf"{q}(?!{q}{q})(?:{_STRING.format(q=q)})*+{q}" for q in "\"'")),
    ("number", r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?"),
    ("variable", rf"[?$][{_NAME_START}_0-9][{_NAME.replace(chr(92) + '-', '')}]*+"),
    ("blank", rf"_:[{_NAME_START}_0-9](?:\.*+[{_NAME}])*+"),
    ("name", rf"{_PREFIX}:{_LOCAL}"),
    ("tag", r"@[a-zA-Z]++(?:-+[a-zA-Z0-9]++)*+"),
    ("word", rf"[{_NAME_START}_][{_NAME}]*+"),
    ("mark", r"<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|&&|\|\||!=|<=|>=|[{}()\[\]<>;,.=!+\-*/|^?~]"),
)
_LEXEME = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LEXEMES))


class QueryRefused(ValueError):
    """The gate does not let a query through; ``line`` and ``column`` are 1-based, columns in code points."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason, line, column)
        self.reason = reason
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.reason}"


class Token(NamedTuple):
    """One lexeme; ``start`` is its offset in the query."""

    kind: str
    text: str
    start: int


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Line and column of an offset, both 1-based; lines end at CR LF, LF or CR.

    >>> position("ab\r\ncd", 5)
    (2, 2)
    """
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1


def refusal(query: str, offset: int, reason: str) -> QueryRefused:
    """A refusal that points at an offset."""
    return QueryRefused(reason, *position(query, offset))


def _measure(query: str) -> None:
    if len(query) > MAX_BYTES:
        raise QueryRefused(f"longer than {MAX_BYTES:,} bytes")
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise refusal(query, error.start, "not encodable as UTF-8") from None
    if size > MAX_BYTES:
        raise QueryRefused(f"longer than {MAX_BYTES:,} bytes")


def tokenize(query: str) -> list[Token]:
    """The tokens of a query; raises QueryRefused for one that is too long or holds what is no token."""
    _measure(query)
    found: list[Token] = []
    at = 0
    while at < len(query):
        match = _LEXEME.match(query, at)
        if match is None:
            raise refusal(query, at, _oddity(query[at]))
        if match.lastgroup not in ("space", "comment"):
            found.append(Token(match.lastgroup or "", match.group(), at))
        if len(found) > MAX_TOKENS:
            raise refusal(query, at, f"more than {MAX_TOKENS:,} tokens")
        at = match.end()
    return found


def _oddity(character: str) -> str:
    if character in "\"'":
        return "malformed or unfinished string"
    return f"unexpected character {character!a}"
