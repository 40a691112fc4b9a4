"""How far something is, as marks and status words say it."""

from __future__ import annotations

import re
from functools import lru_cache

from .english import DONE_WORDS, NEGATED_FORMS, OPEN_PHRASES, OPEN_WORDS
from .words import tokens

STATUS_HEADERS = re.compile(
    r"^(?:status|state|done|progress|implemented|implementation(?: status)?|complete[d]?|ready|current status)\b",
    re.IGNORECASE,
)
"""Column headers under which a cell says how far its row is."""

_MARK = re.compile(r"[✅❌⏳🟡🔴🟢⚠⏸☑✔✘✗]")


@lru_cache(maxsize=50_000)
def progress_of(text: str) -> str:
    """``done``, ``open`` or empty: what the first mark or status word of a text says.

    >>> [progress_of(t) for t in ("✅ Done", "Not started", "Implemented (local)", "not yet deployed")]
    ['done', 'open', 'done', 'open']
    >>> [progress_of(t) for t in ("Kafka", "⏳ Blocked")]
    ['', 'open']
    """
    low = text.strip().lower()
    if (mark := _MARK.search(low)) is not None and mark.start() <= 3:
        return _word(mark.group())
    if any(low.startswith(p) for p in OPEN_PHRASES):
        return "open"
    negated = False
    for token in tokens(low)[:4]:
        if token.text in NEGATED_FORMS or token.text == "no":
            negated = True
        elif said := _word(token.text):
            return ("open" if said == "done" else "done") if negated else said
    return ""


def _word(word: str) -> str:
    if word in DONE_WORDS:
        return "done"
    return "open" if word in OPEN_WORDS or word == "⚠" else ""


_ID = re.compile(
    r"^[\s*`\[(#]*((?:[A-Z][A-Z0-9]{1,9}-\d{1,4}[a-z]?)|(?:\d{2,4}[a-z]?-\d{1,3}[a-z]?)"
    r"|(?:[A-Z]{1,4}\d{1,3}(?:\.\d+)?))(?=[\s:.)\]*`–—|-]|$)"
)


def leading_id(text: str) -> str:
    """The task or item id that opens a text.

    >>> [leading_id(t) for t in ("RT-10: route", "**462-1**: x", "P4 runtime", "Phase 2", "UTF-8 text", "2025-12-01 x")]
    ['RT-10', '462-1', 'P4', '', '', '']
    """
    match = _ID.match(text)
    if match is None or (
        match[1].startswith(("UTF-", "ISO-", "SHA-", "RFC-", "V", "20")) and not match[1].startswith("VA")
    ):
        return ""
    return match[1]
