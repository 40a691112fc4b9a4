"""Whether two claims name different authorities for one matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..graph.model import Claim
from ..ingest.words import LIGHT, Phrase, is_identifier
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, telling

_NEEDED = {"same document": 1.0, "cites": 1.6, "related": 2.4, "": 3.5}
"""What the shared words of the matter must weigh: the looser two documents are tied, the more."""
_NEEDED_TO_OWN = {"same document": 1.0, "cites": 2.4, "related": 3.2, "": 6.0}
"""The same where one side only says who owns or supplies a thing."""
_TOGETHER = ({"generated", "owned"}, {"generated", "sourced"})
"""Ways of having a thing in hand that two can share: one makes it, another keeps it."""


def authority_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two authorities for one matter, or one affirmed and denied."""
    if not (a.affirmed or b.affirmed) or "plan" in (a.claim.modality, b.claim.modality):
        return None
    if {a.value, b.value} in _TOGETHER or _points(a, b) or _is_everywhere(a, around) or _is_everywhere(b, around):
        return None
    if one_name(a.claim.subject, a.subject, b.claim.subject, b.subject) == (a.affirmed == b.affirmed):
        return None
    matter = _one_matter(a.object, b.object)
    whole = len(a.object.terms & b.object.terms) > 1
    if not whole and not (a.claim.path == b.claim.path and not a.step and not b.step):
        return None
    needed = _NEEDED_TO_OWN if a.step or b.step else _NEEDED
    if not matter.score or around.lexicon.specificity(matter.shared) < needed[around.link(a.claim, b.claim)]:
        return None
    found = made("authority", a, b, matter, matter, around)
    evidence = (("named matter",) if whole else ()) + (() if a.step or b.step else ("called the authority",))
    return replace(found, evidence=evidence)


def nearest(found: Iterable[Comparison]) -> Iterator[Comparison]:
    """The comparisons of each statement with the nearest of those that name one other authority.

    A contested matter has many statements on either side; a few of them show the conflict.
    """
    seen: Counter[tuple[Claim, frozenset[str]]] = Counter()
    for one in sorted(found, key=lambda c: (-_TIES.index(c.linked), -c.governed.score, c.a.claim.path, c.b.claim.path)):
        held = [(one.a.claim, one.b.subject.terms), (one.b.claim, one.a.subject.terms)]
        if all(seen[side] < SHOWN for side in held):
            seen.update(held)
            yield one


SHOWN = 3
"""Statements for another authority that one statement is compared with."""
_TIES = ("", "related", "cites", "same document")


def _is_everywhere(one: Aspect, around: Surroundings) -> bool:
    """Whether who is named is spoken of in so many documents that it is the set's own name."""
    return bool(one.step) and around.lexicon.specificity(one.subject.terms) < _OWN_NAME


_OWN_NAME = 1.2
"""Nats under which a name is so common in a set that it is the set's own."""


def _points(a: Aspect, b: Aspect) -> bool:
    """Whether one side names a document, or a thing by a common noun that only its own page makes clear."""
    documents = [_DOCUMENT.search(x.claim.subject) is not None for x in (a, b)]
    if documents[0] != documents[1]:
        return True
    return a.claim.path != b.claim.path and any(
        " " not in x.claim.subject and x.claim.subject.islower() and not is_identifier(x.claim.subject) for x in (a, b)
    )


_DOCUMENT = re.compile(r"\.md\b|^(?:this|the) (?:file|doc|document|page)\b", re.IGNORECASE)


def _one_matter(a: Phrase, b: Phrase) -> Match:
    """Whether two matters are one, or one a part of the other."""
    left, right = telling(a), telling(b)
    if left == right:
        return Match(1.0, left, "the same matter")
    if left <= right or right <= left:
        return Match(0.85, left & right, "one matter within the other")
    return Match(0.0, frozenset(), "different matters")


def one_name(text_a: str, a: Phrase, text_b: str, b: Phrase) -> bool:
    """Whether two names can stand for one thing: they share a telling word, or one abbreviates the other.

    >>> from naysay.ingest.words import phrase
    >>> [one_name(x, phrase(x), y, phrase(y)) for x, y in (("CloudMailGate", "CMG"), ("mail-gate", "the gate"))]
    [True, True]
    >>> one_name("Team Lantern", phrase("Team Lantern"), "Team Harbour", phrase("Team Harbour"))
    False
    """
    left, right = a.terms - LIGHT or a.terms, b.terms - LIGHT or b.terms
    if left <= right or right <= left or (a.head == b.head and a.head not in LIGHT):
        return True
    if any(len(s) > 3 and s in t for x, y in ((left, right), (right, left)) for s in x - _GROUPS for t in y):
        return True
    return _initials(text_a) in right or _initials(text_b) in left


_GROUPS = frozenset("team group squad crew department office unit chapter tribe guild".split())
"""Words that two names share without naming one."""


def _initials(text: str) -> str:
    """The capitals of a name, in lower case: what an abbreviation of it is made of."""
    found = "".join(c for c in text if c.isupper()).lower()
    return found if len(found) > 1 else " "
