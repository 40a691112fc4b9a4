"""Claims that one thing owns, manages or supplies another: "Vault-managed keys", "keys are sourced from X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .clauses import clauses
from .english import BASES, BE, DETERMINERS, FINITE, HAVE, MODALS, PREPOSITIONS, SUBORDINATORS
from .words import Token, clean, is_identifier, tokens


class Owner(NamedTuple):
    """Who has a thing in hand, and how; offsets are into the text."""

    who: str
    what: str
    how: str
    """``owned``, ``sourced`` or ``generated``."""
    start: int
    end: int


_HOW = {
    "owned": "owned", "owns": "owned", "managed": "owned", "manages": "owned", "governed": "owned",
    "sourced": "sourced", "supplied": "sourced", "supplies": "sourced", "provisioned": "sourced",
    "provisions": "sourced", "authored": "sourced", "come": "sourced", "comes": "sourced",
    "generated": "generated", "generates": "generated", "issued": "generated", "issues": "generated",
}  # fmt: skip
_NAME = r"[A-Z][\w./-]*(?: [A-Z][\w./-]*){0,2}|[a-z]\w*(?:[._/-]\w+)+"
_PARTICIPLE = r"owned|managed|governed|sourced|supplied|provisioned|authored|generated|issued"
_HINT = re.compile(rf"\b(?:{_PARTICIPLE}|owns|manages|supplies|provisions|generates|issues|comes? from)\b")
_COMPOUND = re.compile(rf"(?<![\w./-])(?P<who>[A-Z][\w/]*)-(?P<how>{_PARTICIPLE})\b")
_PASSIVE = re.compile(
    rf"(?P<what>\S.{{2,70}}?)\s+(?:(?:is|are|remains?|stays?)\s+(?:(?:now|still|always|fully|only|also)\s+)*"
    rf"(?P<how>{_PARTICIPLE})\s+(?:by|from)|(?P<come>comes?)\s+from)\s+(?:the\s+)?(?P<who>{_NAME})"
)
_ACTIVE = re.compile(
    rf"(?:The\s+)?(?P<who>{_NAME})\s+(?:(?:now|still|always|fully|also)\s+)*"
    r"(?P<how>owns|manages|supplies|provisions|generates|issues)\s+(?P<what>\S.{2,70})"
)
_GENERIC = frozenset(
    """auto self pre co operator service cluster vendor user admin customer tenant chart machine state system platform
    client server app controller human agent community team provider all each this it that they""".split()
)
"""Agents that name nobody in particular."""
_AWAY = re.compile(
    r"\b(?:no|not|never|from|remov\w+|delet\w+|freez\w+|legacy|instead of|rather than|than|replac\w+|without|dropp?\w*"
    r"|avoid\w*|stop\w*|migrat\w+|mov\w+|retir\w+|deprecat\w+|if|whether|or|either|old|previous|former)\s*(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""What makes of a thing that follows one that is left behind, denied or only considered."""
_POINTS = re.compile(r"(?:this|that|these|those|it|they|such)\b", re.IGNORECASE)
_LIMITS = frozenset(
    {*PREPOSITIONS, *BE, *HAVE, *MODALS, *SUBORDINATORS, "and", "or", "but", "so", "that", "which", "who"}
)
LONGEST = 5
"""Words from which what is owned is a clause that was not understood."""


def owners(text: str) -> Iterator[Owner]:
    """Every owner, manager or supplier that a text names.

    >>> [(o.who, o.what, o.how) for o in owners("Uses `mail-db-password` (Vault-managed) and CertBot-issued keys.")]
    [('Vault', 'mail-db-password', 'owned'), ('CertBot', 'keys', 'generated')]
    >>> [(o.who, o.what, o.how) for o in owners("Mail passwords are now sourced from Vault KV.")]
    [('Vault KV', 'Mail passwords', 'sourced')]
    """
    if _HINT.search(text) is None:
        return
    yield from _compounds(text)
    for piece in clauses(text):
        if (passive := _PASSIVE.match(text, piece.start, piece.end)) is not None:
            yield from _told(passive, clean(passive["what"]), passive["how"] or passive["come"])
        if (active := _ACTIVE.match(text, piece.start, piece.end)) is not None:
            yield from _told(
                active, _noun_phrase(tokens(text, active.start("what"), active.end()), text), active["how"]
            )


def _compounds(text: str) -> Iterator[Owner]:
    """Owners before a hyphen: "X-owned keys", "`keys` (X-managed)"."""
    for m in _COMPOUND.finditer(text):
        what = _behind(text, m.end()) or _before(text, m.start())
        if what and _names(m["who"]) and not _AWAY.search(text[: m.start()].rpartition(". ")[2]):
            yield Owner(m["who"], what, _HOW[m["how"]], m.start(), m.end())


def _told(m: re.Match[str], what: str, how: str) -> Iterator[Owner]:
    """The owner that a clause names, when both are named in few words."""
    if _names(m["who"]) and 0 < len(what.split()) <= LONGEST and not _AWAY.search(what) and not _POINTS.match(what):
        yield Owner(clean(m["who"]), what, _HOW[how], m.start(), m.end())


def _names(who: str) -> bool:
    first = who.partition(" ")[0].lower()
    if who.lower() in _GENERIC or first in SUBORDINATORS or (first in BASES and " " in who):
        return False
    return who[0].isupper() or is_identifier(who)


def _behind(text: str, at: int) -> str:
    """The noun phrase that follows directly."""
    return _noun_phrase(tokens(text, at, at + 60), text) if text[at : at + 1] == " " else ""


def _noun_phrase(words: list[Token], text: str) -> str:
    end = 0
    for i, word in enumerate(words):
        verb = i > 0 and word.low in FINITE and not word.low.endswith("s")
        if word.low in _LIMITS or verb or not word.text[0].isalnum() or (end and text[words[end - 1].end] in ".,;:)"):
            break
        end = i + 1
    if not 0 < end <= LONGEST:
        return ""
    found = [w for w in words[:end] if w.low not in DETERMINERS]
    return clean(text[found[0].start : found[-1].end]) if found else ""


def _before(text: str, start: int) -> str:
    """What stands before "(" or "is": "`x` (Vault-managed)", "Passwords are Vault-managed"."""
    head = text[:start].rstrip()
    if head.endswith("("):
        words = tokens(head, max(0, len(head) - 70), len(head) - 1)
    elif (m := re.search(r"\s(?:is|are|remain|remains)(?:\s+(?:now|still|fully|always))?$", head)) is not None:
        words = tokens(head, max(0, m.start() - 70), m.start())
    else:
        return ""
    kept: list[Token] = []
    for word in reversed(words):
        if (
            word.low in _LIMITS
            or word.low in DETERMINERS
            or (word.low in FINITE and word.low not in BASES)
            or not word.text[0].isalnum()
            or head[word.end : word.end + 1] in ".;:,"
        ):
            break
        kept.insert(0, word)
    return clean(head[kept[0].start : kept[-1].end]) if 0 < len(kept) <= LONGEST else ""
