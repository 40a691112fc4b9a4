"""Claims that one thing is the authority for a matter: its source of truth, system of record or authoritative store.

The matter stands behind "for", before the word ("the routing authority"), or in the heading above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .english import BASES, PARTICIPLES
from .words import clean, phrase

_ADJECTIVE = r"(?:(?:single|only|sole|canonical|authoritative|primary|one|ultimate|central|unique|long-term)\s+)*"
_TRUTH = r"(?:source[- ]of[- ]truth|system[- ]of[- ]record|source[- ]of[- ]record|SSOT|authority)"
_END = r"(?=\s*(?:[.,;:()—–→]|$|\s(?:and|but|so|which|that|in|on|with|to|via|from|by|when|once|until|because)\b))"
_FOR = r"(?:\s+(?:for|of|on|over)\s+(?:(?:all|any|every|the)\s+)*(?P<matter>[^.;:,()—–→]{3,70}))?"
_KIND = r"(?:(?P<kind>[\w-]+(?:\s+[\w-]+){0,2}?)\s+)??"
_NOT = r"(?P<not>not\s+)?(?:now\s+)?(?:(?:the|an?)\s+)?"
_NAME = r"[A-Z][\w./-]*(?:\s+[A-Z][\w./-]*){0,3}|[a-z]\w*(?:[._/-]\w+)+"
_ALIAS = r"(?:\s+\([\w ./-]{2,30}\))?"
_TAKE = (
    r"(?:[Tt]reat|[Kk]eep|[Uu]s|[Mm]ak|[Nn]ot|[Dd]eclar|[Dd]esignat|[Rr]etain|[Pp]reserv|[Cc]onsider|[Rr]egard|[Ww]ith)"
    r"(?:e?s|e|ing)?"
)
_HINTS = ("of truth", "of-truth", "of record", "of-record", "ssot", "authorit")


class Authority(NamedTuple):
    """Who is (or is not) the authority for what; offsets are into the text."""

    who: str
    matter: str
    """Empty when only the context says it."""
    affirmed: bool
    start: int
    end: int


_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Treat X as the routing authority.
        rf"\b{_TAKE}\s+(?:the\s+)?(?P<who>[^.;:,—–()]{{2,50}}?{_ALIAS})\s+as\s+{_NOT}{_ADJECTIVE}{_KIND}{_TRUTH}{_FOR}{_END}",
        # make X the authoritative routing key
        rf"\b{_TAKE}\s+(?:the\s+)?(?P<who>{_NAME})\s+the\s+{_ADJECTIVE}authoritative\s+"
        rf"(?P<kind>[\w-]+(?:\s+[\w-]+){{0,2}}?){_FOR}{_END}",
        # X as the single source of truth for M
        rf"(?P<who>(?:{_NAME}){_ALIAS})\s+as\s+{_NOT}{_ADJECTIVE}{_KIND}{_TRUTH}{_FOR}{_END}",
        # The source of truth for M is X; version authority for M is the X.
        rf"\b(?i:{_ADJECTIVE}{_KIND}{_TRUTH}{_FOR}\s*(?:\bis\b|:|=)\s*{_NOT})"
        rf"(?P<who>(?:[A-Z][\w./-]*(?:\s+[\w./-]+){{0,3}}?|[a-z]\w*(?:[._/-]\w+)+){_ALIAS}){_END}",
        # M source of truth (X)
        rf"\b(?P<kind>[\w-]+(?:\s+[\w-]+){{0,2}}?)\s+{_TRUTH}\s*\((?P<not>not\s+)?(?P<who>{_NAME})\)",
        # X (source of truth for M)
        rf"(?P<who>{_NAME})\s*\((?P<not>not\s+)?(?:the\s+)?{_ADJECTIVE}{_KIND}{_TRUTH}{_FOR}\)",
    )
)
_OBJECT = re.compile(
    rf"^(?:the\s+|an?\s+)?(?:{_ADJECTIVE}{_KIND}{_TRUTH}{_FOR}{_END}"
    rf"|{_ADJECTIVE}\bauthoritative(?:\s+(?P<role>(?!for\b|on\b|over\b|in\b|because\b|and\b)[\w-]+(?:\s+[\w-]+){{0,2}}?))?"
    rf"(?:\s+(?:for|of|on|over)\s+(?:(?:all|any|every|the)\s+)*(?P<about>[^.;:,()—–→]{{3,70}}))?{_END})",
    re.IGNORECASE,
)
_MATTER_END = re.compile(r"\s+(?:and|but|so|which|that|while|rather|instead|when|once|until|because|is|are)\s")
_EMPTY_ROLES = frozenset("source reference home owner place store record list document doc writer producer".split())
"""Heads that say only that something is an authority."""
_NOT_OTHER = re.compile(rf"\s*,\s+not\s+(?:the\s+)?(?P<who>{_NAME})")
_NO_NAMES = frozenset("all this it that these those each every be treat not yes no".split())
_GENERIC_KINDS = frozenset(
    """a an the is as its their our of for from every each this that your per separate second single only sole one
    canonical primary external internal share shared real true final""".split()
)


def hints_at_authority(low: str) -> bool:
    """Whether a text in lower case can name an authority."""
    return any(hint in low for hint in _HINTS)


def authority_object(text: str) -> str | None:
    """The matter of what a thing is said to be, None when it is said to be no authority.

    >>> authority_object("the single source of truth for service ports")
    'service ports'
    >>> authority_object("the authoritative tenant-routing key"), authority_object("authoritative")
    ('tenant-routing key', '')
    >>> authority_object("authority model of the team") is None
    True
    """
    if not hints_at_authority(text.lower()):
        return None
    match = _OBJECT.match(text)
    if match is None:
        return None
    return _matter(match["matter"] or match["about"] or "", match["kind"] or _role(match["role"] or ""))


def authorities(text: str) -> Iterator[Authority]:
    """Every authority that a text names without a verb between it and its matter.

    >>> [(a.who, a.matter, a.affirmed) for a in authorities("Version authority for releases is the Git tag.")]
    [('Git tag', 'Version releases', True)]
    >>> [(a.who, a.affirmed) for a in authorities("No sync for DB passwords (authority is Helm, not Vault)")]
    [('Helm', True), ('Vault', False)]
    """
    seen: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for m in pattern.finditer(text):
            who = _closed(clean(m["who"]))
            if not _is_name(who) or any(m.start() < b and a < m.end() for a, b in seen):
                continue
            seen.append(m.span())
            groups = m.groupdict()
            matter = _matter(groups.get("matter") or "", _role(groups["kind"] or "")) or _before_parenthesis(
                text, m.start()
            )
            denied = bool(groups.get("not")) or text[: m.start()].rstrip().lower().endswith((" not", " never", "don't"))
            yield Authority(who, matter, not denied, m.start(), m.end())
            if (other := _NOT_OTHER.match(text, m.end())) is not None:
                yield Authority(clean(other["who"]), matter, False, m.start(), other.end())


def _is_name(who: str) -> bool:
    """Whether a phrase names somebody or something, rather than telling what to do or what was done."""
    first = who.partition(" ")[0].lower()
    return bool(phrase(who)) and not (first in PARTICIPLES or first in _NO_NAMES or (first in BASES and " " in who))


def _closed(name: str) -> str:
    return f"{name})" if name.count("(") > name.count(")") else name


def _role(text: str) -> str:
    """What a thing is authoritative as, without a head that says no more than that it is."""
    return text.rpartition(" ")[0] if text.rpartition(" ")[2].lower() in _EMPTY_ROLES else text


def _matter(behind: str, before: str) -> str:
    """What stands behind "for" and before the word, as one phrase."""
    behind = clean(_MATTER_END.split(behind, maxsplit=1)[0])
    words = [w for w in before.split() if w.lower() not in _GENERIC_KINDS]
    if words and not behind and ("-" in words[-1] or words[-1].lower() in PARTICIPLES):
        words = []
    return " ".join([*words, behind]).strip()


def _before_parenthesis(text: str, start: int) -> str:
    """The noun phrase that a parenthesis explains: what stands behind the last "for" or "of" before it."""
    if text[max(0, start - 1) : start] != "(":
        return ""
    clause = re.split(r"[.;:,()—–]\s", text[: start - 1])[-1]
    _, found, rest = clause.rpartition(" for ")
    return clean(rest) if found and len(rest.split()) <= 5 else ""
