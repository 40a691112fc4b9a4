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
_IN_PART = frozenset("partially partly mostly largely nearly almost".split())
_SHARE = re.compile(r"\W*(\d{1,3})\s?%(?: (?:complete|done|implemented|finished)|\W*$)")
_LABEL = re.compile(
    r"^\W*(?:(?:current|implementation|overall|rollout|migration|delivery)\s+)?(?:status|state|progress)\s*(?:\([^)]*\))?"
    r"\s*[:–—]\s*(?=\S)",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"(?:\s+[–—-]+\s*|\s*[(\[]\s*|:\s+|\s+(?=[✅❌⏳🟡🔴🟢⏸☑✔✘✗]|(?-i:COMPLETED?|DONE|IMPLEMENTED|SHIPPED|TO[D]O)\W*$))"
    r"(?P<mark>[✅❌⏳🟡🔴🟢⏸☑✔✘✗]\ufe0f?[^()\[\]]{0,40}"
    r"|(?:not (?:yet )?(?:implemented|done|started|deployed)|in progress|to ?do|wip|done|completed?|implemented|shipped"
    r"|delivered|landed|merged|deployed|blocked|pending|planned|deferred|\d{1,3}\s?%(?: complete| done)?)"
    r"(?: here| yet| so far)?(?:[\s\d.,:/*_-]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|utc"
    r"|[✅❌⏳🟡🔴🟢⏸☑✔✘✗]\ufe0f?)*)"
    r"[)\]]?\W*$",
    re.IGNORECASE,
)
_ENDINGS = (
    "not", "done", "complete", "progress", "blocked", "pending", "implemented", "shipped", "delivered", "landed",
    "merged", "deployed", "planned", "deferred", "do", "wip", "%", *"✅❌⏳🟡🔴🟢⏸☑✔✘✗",
)  # fmt: skip
"""What a text has at least one of, in lower case, when it ends in a mark."""


def without_mark(text: str) -> tuple[str, str]:
    """A text and the status mark at its end, which is empty when it has none.

    >>> without_mark("Phase 1: Importer — COMPLETED"), without_mark("Definition of done")
    (('Phase 1: Importer', 'COMPLETED'), ('Definition of done', ''))
    >>> without_mark("Importer ✅ (2025-03-01)"), without_mark("Importer (100%)")
    (('Importer', '✅ (2025-03-01)'), ('Importer', '100%'))
    """
    end = text[-_MARK_LENGTH:]
    low = end.lower()
    if not any(ending in low for ending in _ENDINGS):
        return text, ""
    dated = _DATE_AT_END.sub("", end)
    match = _END_MARK.search(dated)
    start = len(text) - len(end) + (match.start() if match else 0)
    if match is None or start < 3:
        return text, ""
    return text[:start].strip(), f"{match['mark'].strip()}{end[len(dated) :]}"


_DATE_AT_END = re.compile(r"\s*\([^()]*\d{4}[^()]*\)\s*$")
_MARK_LENGTH = 120
"""Characters at the end of a text in which its mark stands, and at its start in which its label does."""


def stated_status(text: str) -> str:
    """What a status line says: the text after its label; empty for any other text.

    >>> stated_status("Current status: Disabled after the outage"), stated_status("State machines: see below")
    ('Disabled after the outage', '')
    """
    match = _LABEL.match(text, 0, _MARK_LENGTH)
    return text[match.end() :] if match else ""


@lru_cache(maxsize=50_000)
def progress_of(text: str) -> str:
    """``done``, ``open`` or empty: what the first mark or status word of a text says.

    >>> [progress_of(t) for t in ("✅ Done", "Not started", "Implemented (local)", "not yet deployed")]
    ['done', 'open', 'done', 'open']
    >>> [progress_of(t) for t in ("Kafka", "⏳ Blocked")]
    ['', 'open']
    >>> [progress_of(t) for t in ("100 % complete", "70% done", "✅ 95% implemented")]
    ['done', 'open', '']
    """
    low = text.strip().lower()
    share = _SHARE.match(low) if "%" in low else None
    if (mark := _MARK.search(low)) is not None and mark.start() <= 3:
        said = _word(mark.group())
        part_done = "partial" in low or (share is not None and int(share[1]) < 100)
        return "" if said == "done" and part_done else said
    if share:
        return "done" if int(share[1]) == 100 else "open"
    if any(low.startswith(p) for p in OPEN_PHRASES):
        return "open"
    negated = False
    for token in tokens(low)[:4]:
        if token.text in NEGATED_FORMS or token.text == "no":
            negated = True
        elif token.text in _IN_PART:
            return ""
        elif said := _word(token.text):
            return ("open" if said == "done" else "done") if negated else said
    return ""


def _word(word: str) -> str:
    if word in DONE_WORDS:
        return "done"
    return "open" if word in OPEN_WORDS or word == "⚠" else ""


_ITEMS = (
    r"(?: (?:work|items?|tasks?|steps?|features?|changes?|actions?|gaps|pieces|parts|components|to-?dos|so far|now"
    r"|already|yet|today|for \w+|in \w+))*"
)
_DONE_ITEMS = re.compile(
    r"\W*(?:\d[\d.]*\W+)?(?:✅\s*)?(?:already |recently |what(?:'s|’s| is| was| has been) )?"
    r"(?:completed?|done|finished|implemented|delivered|shipped|landed|resolved)" + _ITEMS + r"\W*(?:\([^)]*\)\W*)?",
    re.IGNORECASE,
)
_OPEN_ITEMS = re.compile(
    r"\W*(?:\d[\d.]*\W+)?(?:what(?:'s|’s| is) |still )?(?:remaining|outstanding|pending|left|missing|to[- ]?dos?"
    r"|not (?:yet )?(?:started|done|implemented|migrated)|open (?:work|items|tasks))"
    + _ITEMS
    + r"\W*(?:\([^)]*\)\W*)?",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\((?:to (?:migrate|do|move|fix|implement|add|build)|remaining|not (?:yet )?\w+)\)\W*$", re.IGNORECASE
)


@lru_cache(maxsize=50_000)
def progress_of_items(title: str) -> str:
    """How far the items are that a heading or lead-in announces: ``done``, ``open`` or empty.

    >>> [progress_of_items(t) for t in ("Completed:", "3. Remaining work", "Routes (to migrate)", "Remaining budget")]
    ['done', 'open', 'open', '']
    """
    if len(title) > 60:
        return ""
    if _DONE_ITEMS.fullmatch(title):
        return "done"
    return "open" if _OPEN_ITEMS.fullmatch(title) or _TO_DO.search(title) else ""


_NUMBERED = re.compile(
    r"\W*(phase|stage|step|wave|milestone|sprint|iteration|week|day|epic|story|task|pr|part|slice|work ?package"
    r"|increment)"
    r"\s+#?(\d+[a-z]?(?:\.\d+)*|[A-H])\b[\s:.)–—-]*(?P<rest>.*)$",
    re.IGNORECASE,
)


def numbered(text: str) -> tuple[str, str]:
    """The number under which a plan names one of its parts, and the words after it; both empty without one.

    >>> numbered("Phase 2: Relay"), numbered("Phases of work")
    (('phase 2', 'Relay'), ('', ''))
    """
    match = _NUMBERED.match(text)
    return (f"{match[1].lower()} {match[2].lower()}", match["rest"]) if match else ("", "")


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
