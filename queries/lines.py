"""One document line by line: where each line starts, what it says, and how it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from ..graph.model import Reading, Span, Standing
from .listings import lines_of


class Lines:
    """The lines of one document; each view of them is worked out when it is first asked for."""

    def __init__(self, reading: Reading, text: str) -> None:
        self.reading = reading
        self.text = text

    @cached_property
    def source(self) -> list[str]:
        """What each line says, without its end."""
        return lines_of(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Offset of each line in the text."""
        return line_starts(self.text)

    @cached_property
    def _standings(self) -> dict[int, str]:
        return standings(self.reading)

    def standing(self, line: int) -> str:
        """How a line stands, as its claims or its silence say: a standing, ``code``, or ``plain`` without any."""
        return self._standings.get(line, "plain")

    def line_of(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self.starts, offset)

    def span_of(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``."""
        first, last = self.line_of(start), self.line_of(max(start, end - 1))
        return Span(first, start - self.starts[first - 1] + 1, last, end - self.starts[last - 1] + 1)


def line_starts(text: str) -> list[int]:
    """Offset of each line of a text, the first line first."""
    if "\r" not in text:
        return [0, *accumulate(map((1).__add__, map(len, text.split("\n")[:-1])))]
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]


_SILENT: dict[str, str] = {
    "question": "question", "quote": "quoted", "hypothetical": "hypothetical", "history": "historical",
    "example": "example", "code": "code",
}  # fmt: skip


def standings(reading: Reading) -> dict[int, str]:
    """How each line stands, as its claims or its silence say: a standing, ``code``, or ``plain`` for other silences."""
    out: dict[int, str] = {}
    for silence in reading.silences:
        for line in range(silence.line, silence.end_line + 1):
            out[line] = _SILENT.get(silence.reason, "plain")
    told: dict[int, Standing] = {}
    for claim in reading.claims:
        span, standing = claim.span, claim.standing
        if claim.extractor == "code":
            out[span.line] = "code"
            continue
        for line in range(span.line, span.end_line + 1):
            known = told.get(line, standing)
            told[line] = "live" if "live" in (known, standing) else min(known, standing)
    return out | told
