"""Lists that a text calls complete: "the three mirrors are A, B and C", "Supported formats: a, b", "one of a, b, c".

Only words that close a list make one: a count that the items meet, *exactly*, *only*, *allowed*, *one of*, *consists
of*.  What gives examples closes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .words import clean, phrase, terms

NUMBER_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MOST = 16
"""More items than this are an inventory, which nobody keeps in two places by intent."""
_NUMBER = rf"(?P<number>{'|'.join(NUMBER_WORDS)}|[2-9]|1[0-2])"
_WHAT = r"(?P<what>(?:[\w-]+\s+){0,2}?[a-z][\w-]*s)"
_CLOSING = r"(?:allowed|valid|supported|permitted|accepted|legal|possible|recogni[sz]ed|available)"
_OF = r"(?:\s+(?:for|of)\s+(?:the\s+)?(?P<bearer>[`\w.-]+(?:\s+[\w.-]+)?))?"
_OPENED = r"\s*(?P<open>\(|:|=|\bare(?:\s+exactly)?(?::|\s|$))\s*"
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), marker)
    for pattern, marker in (
        (rf"(?<![\w.~≥≤<>+/-]){_NUMBER}\s+{_WHAT}{_OPENED}", "counted"),
        (rf"\b(?:the\s+|only\s+)*{_CLOSING}\s+{_WHAT}{_OF}{_OPENED}", "allowed"),
        (rf"\bthe\s+only\s+{_WHAT}{_OF}\s+(?P<open>are):?(?:\s+|$)", "only"),
        (
            r"(?:^|[.;:(—–]\s)(?P<what>[^.;:(),—–]{2,60}?)\s+(?:must|can|may|shall|has to)\s+(?:only\s+)?be\s+"
            r"(?:exactly\s+)?(?P<open>one of):?(?:\s+|$)",
            "one of",
        ),
        (
            r"(?:^|[.;:(—–]\s)(?P<what>[^.;:(),—–]{2,60}?)\s+(?P<open>consists? of|comprises?|(?:is|are) composed of"
            r"|(?:is|are) made up of)(?:\s+exactly)?:?(?:\s+|$)",
            "consists",
        ),
    )
)
# Parts of words that are the same in capitals and small letters: literals alone are searched fastest.
_HINT = re.compile(
    r"wo |hree |our |ive |ix |even |ight |ine |ten |leven |[2-9] [a-z]|one of|onsist|ompris|omposed of|ade up|he only"
    r"|llowed |upported |ermitted |ccepted |alid |egal |ossible |vailable |ecogni"
)
"""What a text with a complete list has somewhere."""
_LOOSE = re.compile(
    r"\b(?:at least|at most|up to|about|around|roughly|more than|fewer than|less than|other|main|first|next|last|key"
    r"|any|of|another|over|than|or|to|initial|remaining|new|additional|additionally)\s*$",
    re.IGNORECASE,
)
"""Words before a list that make it a part of something larger."""
_DEFINITE = re.compile(
    r"(?:^|[.;:(—–*]|\b(?:the|our|all|exactly|only|its|canonical|both|these|there\s+(?:are|is))(?:\s+\w+)?)\W*$",
    re.IGNORECASE,
)
"""What makes a counted list all there is: "the three mirrors", not "with three mirrors"."""
_OWNER = re.compile(
    r"(?:^|[.;:(—–]\s)(?:The\s|An?\s)?(?!(?:you|we|it|this|they|that|these)\b)([^.;:(),—–]{2,40}?)\s+(?:has|have|supports?|exposes?|defines?|provides?|offers?|runs?"
    r"|knows|accepts?)\s+(?:only\s+|exactly\s+|the\s+)*$",
    re.IGNORECASE,
)
"""Who has what is counted."""
_OPEN_ENDED = re.compile(
    r"\betc\b|\be\.g\b|\bi\.e\b|\bsuch as\b|\binclud|\bfor example\b|\blike\b|\bothers?\b|\bmore\b|\bmainly\b|…|\.\.\."
    r"|\?|\bnot\b|\bno\b|\bany\b|\ball\b|\beach\b|\bvia\b|\bsee\b|→|=>|\bcurrently\b|\bso far\b|\binitially\b",
    re.IGNORECASE,
)
_END = re.compile(r"\.(?:\s|$)|[;:\n]|\s[—–-]\s|\)")
_GLOSS = re.compile(r"\s*\([^()]*\)")
_COMMA = re.compile(r"\s*,\s*(?:(?:and|or)\s+|&\s*)?|\s*\|\s*")
_AND = re.compile(r"\s+(?:and|or|&|\+)\s+")
_TRAIL = re.compile(
    r"\s+(?:for|in|on|with|which|that|to|so|are|is|as|at|from|by|per|when|where|within|across|have|has|must|can|may|do)\b.*$"
)
_GENERIC = frozenset("value option choice type kind setting entry item".split())
"""Nouns that name no set unless something is said to have them."""
_LONGEST_ITEM = 4


class ClosedList(NamedTuple):
    """A list that its text calls complete; offsets are into the text."""

    what: str
    """The set as named; empty when only what governs the text names it."""
    members: tuple[str, ...]
    marker: str
    start: int
    end: int


def may_close(text: str) -> bool:
    """Whether a text has the words of a complete list at all; the cheapest sign is looked for first."""
    listing = text.endswith(":") or "," in text or "|" in text or " and " in text or " or " in text
    return listing and _HINT.search(text) is not None


def closed_lists(text: str) -> Iterator[ClosedList]:
    """The complete lists within one text.

    >>> [(one.what, one.members) for one in closed_lists("The three mirrors are north, south and west.")]
    [('mirrors', ('north', 'south', 'west'))]
    >>> list(closed_lists("Three mirrors (north, south, etc.) exist."))
    []
    """
    for match, marker in _openings(text):
        found = _members(text, match, marker)
        if found is not None:
            yield found


class ClosedLead(NamedTuple):
    """A lead-in that calls the list under it complete."""

    what: str
    number: int
    """How many it announces, 0 when it does not count."""
    marker: str
    start: int


def closed_lead(text: str) -> ClosedLead | None:
    """What a lead-in says of the list under it, when it calls it complete.

    >>> closed_lead("Valid values for mode:")
    ClosedLead(what='mode', number=0, marker='allowed', start=0)
    """
    if not text.endswith(":"):
        return None
    for match, marker in _openings(text):
        if match.end() == len(text) and not _OPEN_ENDED.search(text, match.start()):
            number = number_of(match["number"]) if marker == "counted" else 0
            what = _named(text, match, marker)
            return ClosedLead(what, number, marker, match.start()) if what is not None else None
    return None


def _openings(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Where a text opens a complete list, and by which kind of words."""
    for form, marker in _FORMS:
        for match in form.finditer(text):
            if not _LOOSE.search(text, max(0, match.start() - 24), match.start()):
                yield match, marker


def _named(text: str, match: re.Match[str], marker: str) -> str | None:
    """The name of the set that a text opens; None when there may be more of it than is counted."""
    what = named_set(match.groupdict())
    if marker != "counted" or match["open"].startswith("are"):
        return what
    before = text[max(0, match.start() - 60) : match.start()]
    if (owner := _OWNER.search(before)) is not None:
        return f"{what} of {clean(owner[1])}" if what else clean(owner[1])
    return what if _DEFINITE.search(before) else None


def _members(text: str, match: re.Match[str], marker: str) -> ClosedList | None:
    inside = match["open"] == "("
    closing = text.find(")", match.end()) if inside else -1
    if inside and closing < 0:
        return None
    bare = _GLOSS.sub(lambda gloss: " " * len(gloss[0]), text) if not inside else text
    ending = _END.search(bare, match.end())
    end = closing if inside else ending.start() if ending else len(text)
    segment = bare[match.end() : end]
    if _OPEN_ENDED.search(text, match.end(), end):
        return None
    number = number_of(match["number"]) if marker == "counted" else 0
    members = members_of(segment, number)
    what = _named(text, match, marker) if members else None
    return ClosedList(what, members, marker, match.start(), end) if what is not None else None


def number_of(word: str) -> int:
    """A number as written.

    >>> number_of("three"), number_of("4")
    (3, 4)
    """
    return NUMBER_WORDS.index(word.lower()) + 2 if word.lower() in NUMBER_WORDS else int(word)


def members_of(segment: str, number: int = 0) -> tuple[str, ...]:
    """The items of an inline list; none when it is no list, or not of the number announced.

    >>> members_of("dev, staging and prod in that order"), members_of("dev, staging", 3)
    (('dev', 'staging', 'prod'), ())
    """
    by_comma = _COMMA.split(segment.strip())
    if number and len(by_comma) == number:
        parts = by_comma
    else:
        *before, last = by_comma
        parts = [*before, *_AND.split(last)]
        if len(parts) == 1 and "/" in segment and " " not in segment.strip():
            parts = segment.strip().split("/")
    parts[-1] = _TRAIL.sub("", parts[-1])
    return checked([clean(part) for part in parts], number)


def checked(members: Sequence[str], number: int = 0) -> tuple[str, ...]:
    """Items that are names: short, telling, all different and as many as announced."""
    if not 2 <= len(members) <= MOST or (number and len(members) != number):
        return ()
    if any(not terms(m) or len(m.split()) > _LONGEST_ITEM for m in members):
        return ()
    return tuple(members) if len({m.lower() for m in members}) == len(members) else ()


def named_set(found: dict[str, str | None]) -> str:
    """The name of the set: what has the values, else what is listed."""
    what = clean(
        re.sub(rf"^(?:{_CLOSING}|exactly|only|canonical|the)\s+", "", found["what"] or "", flags=re.IGNORECASE)
    )
    if phrase(what).head not in _GENERIC or len(phrase(what).terms) > 1:
        bearer = found.get("bearer")
        return f"{what} of {bearer}" if bearer else what
    return clean(found.get("bearer") or "")
