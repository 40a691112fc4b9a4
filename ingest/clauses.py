"""Sentences and clauses: where one statement of a text may end and the next begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_SENTENCE = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<!etc\.)\s+(?=[A-Z0-9“\"(*✅❌`])")


# A run of spaces is tried from its start only: without the look-behind a long one is tried from each of its characters.
_CLAUSE = re.compile(
    r"(?:(?<!\s)\s+)?[;:]\s+|\n+|(?<!\s)\s+(?:[—–]|--?)\s+|(?:,|(?<![,\s]))\s+(?:but|whereas|because|however,?)\s+"
    r"|,\s+so\s+(?!that\b|as\b|far\b|long\b|much\b|many\b)|,\s+while\s+|(?<=\s)→(?=\s)"
)

_DIVIDERS = (";", ":", "\n", "—", "–", "→", " -", "but", "whereas", "because", "however", ", so ", ", while")
"""What a text has at least one of when ``_CLAUSE`` finds something in it."""


class Piece(NamedTuple):
    """A stretch of a passage's text."""

    start: int
    end: int


def sentences(text: str) -> Iterator[Piece]:
    """The sentences of a text.

    >>> [text[p.start:p.end] for text in ("One is. Two is, e.g. this.",) for p in sentences(text)]
    ['One is.', 'Two is, e.g. this.']
    """
    start = 0
    for match in _SENTENCE.finditer(text):
        yield Piece(start, match.start())
        start = match.end()
    if start < len(text):
        yield Piece(start, len(text))


@lru_cache(maxsize=16)
def clauses(text: str) -> tuple[Piece, ...]:
    """The clauses of a text: its sentences, split at semicolons, dashes and contrasts outside parentheses.

    Kept for the few texts last read: several extractors go through the clauses of one passage in turn.
    """
    return tuple(_clauses(text))


def _clauses(text: str) -> Iterator[Piece]:
    divided = any(mark in text for mark in _DIVIDERS)
    for sentence in sentences(text):
        start = sentence.start
        for match in _CLAUSE.finditer(text, sentence.start, sentence.end) if divided else ():
            if text.count("(", start, match.start()) == text.count(")", start, match.start()):
                if match.start() > start:
                    yield Piece(start, match.start())
                start = match.end()
        if start < sentence.end:
            yield Piece(start, sentence.end)
