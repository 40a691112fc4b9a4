"""N-Quads, line by line: literals and statements in the canonical form of W3C RDF 1.2 N-Quads section 4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from . import iris

SPECIAL: Final = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')
REPLACEMENT: Final = "\ufffd"
"""Stands for a lone surrogate, which no encoding of N-Quads can carry."""


def literal(text: str) -> str:
    """Text as a plain string literal.

    >>> print(literal('say "no"'))
    "say \\"no\\""
    """
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{text.translate(ESCAPES)}"' if SPECIAL.search(text) else f'"{text}"'


def decimal(value: float) -> str:
    """A number as an ``xsd:decimal`` literal of at most four places, without trailing zeros.

    >>> decimal(0.850)
    '"0.85"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return f'"{"0" if text == "-0" else text}"^^<{iris.DECIMAL}>'


def integer(value: int) -> str:
    """A whole number as an ``xsd:integer`` literal."""
    return f'"{value}"^^<{iris.INTEGER}>'


def resource(iri: str) -> str:
    """An IRI as a term; the makers in ``iris`` leave nothing in it to be escaped."""
    return f"<{iri}>"


class Statements:
    """Collects the lines of one graph; ``text`` and ``link`` skip what is empty."""

    __slots__ = ("_lines", "_tail")

    def __init__(self, graph: str) -> None:
        self._lines: set[str] = set()
        self._tail = f" <{graph}> ."

    def add(self, subject: str, predicate: str, term: str) -> None:
        """A statement whose object is a term already written out."""
        self._lines.add(f"<{subject}> <{predicate}> {term}{self._tail}")

    def text(self, subject: str, predicate: str, value: str) -> None:
        """A statement about a text."""
        if value:
            self._lines.add(f"<{subject}> <{predicate}> {literal(value)}{self._tail}")

    def link(self, subject: str, predicate: str, iri: str) -> None:
        """A statement about another resource."""
        if iri:
            self._lines.add(f"<{subject}> <{predicate}> <{iri}>{self._tail}")

    def sorted(self) -> Iterator[str]:
        """The lines, each once, in the order of their code points, which is that of their UTF-8 bytes."""
        return iter(sorted(self._lines))


def _escapes() -> dict[int, str]:
    table = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
    table.update(dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT))
    named = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    return table | str.maketrans(named)


ESCAPES: Final = _escapes()


class LineReader:
    """Lines as a file to read from, so that a large graph is never in memory as text.

    >>> LineReader(["a", b"b\\n"]).read(3)
    b'a\\nb'
    """

    def __init__(self, lines: Iterable[bytes | str]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, all of them below 0; empty at the end."""
        parts = [self._rest]
        held = len(self._rest)
        for line in self._lines:
            data = (line.encode() if isinstance(line, str) else line).rstrip(b"\n") + b"\n"
            parts.append(data)
            held += len(data)
            if 0 <= size <= held:
                break
        whole = b"".join(parts)
        end = len(whole) if size < 0 else size
        self._rest = whole[end:]
        return whole[:end]
