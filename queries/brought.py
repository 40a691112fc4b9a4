"""Which lines of a document a change brings, as a review of the change shows them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from .listings import lines_of


def lines_brought(before: str, now: str) -> frozenset[int]:
    """The lines, from 1, of a text that an earlier text of it lacks.

    >>> sorted(lines_brought("one\\ntwo\\n", "one\\nand\\nTwo\\n"))
    [2, 3]
    """
    old, new = lines_of(before), lines_of(now)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    matcher = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    return frozenset(
        head + number
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag in {"insert", "replace"}
        for number in range(start + 1, end + 1)
    )


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many lines at their start two texts share."""
    pairs = zip(a, b, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(a), len(b)))
