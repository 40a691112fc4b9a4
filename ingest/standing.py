"""How a passage puts itself forward, and why it became no claim."""

from __future__ import annotations

import re
from functools import lru_cache

from ..graph.model import SilenceReason, Standing
from .page import Passage
from .words import tokens

_PAST_OPENING = re.compile(
    r"^\W*(?:historical(?:ly)?|history|previously|formerly|earlier|originally|before|was|old|legacy|superseded"
    r"|deprecated|used to"
    r"|\d{4}-\d{2}(?:-\d{2})?)\b\W",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_000)
def passage_standing(text: str) -> Standing:
    """How a passage puts itself forward: as fact, question, quotation, example or memory.

    >>> [passage_standing(t) for t in ("Is it on?", "Previously: one queue.", "If it fails", "It runs.")]
    ['question', 'historical', 'hypothetical', 'live']
    """
    stripped = text.strip()
    if stripped.endswith("?"):
        return "question"
    if _PAST_OPENING.match(stripped):
        return "historical"
    low = stripped.lower()
    if low.startswith(("if ", "when ", "suppose ", "assuming ")) and "," not in low:
        return "hypothetical"
    if low.startswith(("e.g.", "for example", "example")):
        return "example"
    if stripped.startswith(("❌", "🚫")) and ("wrong" in low or "don't" in low or "do not" in low or "bad" in low):
        return "rejected"
    if stripped[:1] in '“"' and stripped[-1:] in '”"':
        return "quoted"
    return "live"


_SILENCE_OF: dict[Standing, SilenceReason] = {
    "question": "question",
    "quoted": "quote",
    "hypothetical": "hypothetical",
    "historical": "history",
    "superseded": "history",
    "rejected": "hypothetical",
    "example": "example",
}


def silence_reason(passage: Passage, standing: Standing) -> SilenceReason:
    """Why a passage without a claim has none."""
    if passage.kind == "heading":
        return "heading"
    if standing in _SILENCE_OF:
        return _SILENCE_OF[standing]
    words = len(tokens(passage.text))
    if any(m.kind == "link" and m.end - m.start >= 0.7 * len(passage.text) for m in passage.marks):
        return "navigation"
    if words <= 3:
        return "label"
    return "fragment" if words <= 8 else "unparsed"
