"""Which lines of a document stand where other lines stood in an earlier text of it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from ..graph.model import Side
from .listings import lines_of


class _Block(NamedTuple):
    """Lines of the base, 0-based and end exclusive, and those that stand in their place."""

    start: int
    end: int
    now_start: int
    now_end: int
    same: bool


class Slots:
    """The places of statements in two texts of one set, by documents; texts are aligned when first asked about."""

    def __init__(self, before: Mapping[str, str], now: Mapping[str, str]) -> None:
        self.before = before
        self.now = now
        self.blocks: dict[tuple[str, str], tuple[_Block, ...]] = {}

    def same(self, old: Side, new: Side, path_now: str) -> bool:
        """Whether a statement stands where another one stood, in the document that is now called ``path_now``.

        Lines that were rewritten count as one place as long as the two statements speak of one relation, or as many
        lines were written as before.
        """
        if new.path != path_now:
            return False
        for block in self._aligned(old.path, new.path):
            offset = block.now_start - block.start
            if not (_meets(old, block.start, block.end) and _meets(new, block.now_start, block.now_end)):
                continue
            level = block.same or block.end - block.start == block.now_end - block.now_start
            if old.span.line + offset == new.span.line if level else _alike(old, new):
                return True
        return False

    def _aligned(self, old: str, new: str) -> tuple[_Block, ...]:
        key = (old, new)
        if key not in self.blocks:
            a, b = ([line.strip() for line in lines_of(text)] for text in (self.before[old], self.now[new]))
            codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
            self.blocks[key] = tuple(
                _Block(i, j, k, m, tag == "equal") for tag, i, j, k, m in codes if tag in {"equal", "replace"}
            )
        return self.blocks[key]


def _meets(side: Side, start: int, end: int) -> bool:
    return side.span.line <= end and side.span.end_line > start


def _alike(old: Side, new: Side) -> bool:
    a, b = old.claim, new.claim
    return (a is None) == (b is None) and (a is None or b is None or a.relation == b.relation)
