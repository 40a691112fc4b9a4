"""One set, listed as complete in two ways (NS204)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ..graph.model import Claim
from ..ingest.english import ENVIRONMENTS
from ..ingest.enumerations import ENUMERATES, SEPARATOR
from ..ingest.words import LIGHT, Phrase, core, phrase, terms
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, contrasted, same_thing, separated

_OWN_LISTS = 4
"""With so many different lists under one name, each place means a set of its own."""
_SHARED = 2
"""Members that two lists have in common before they can be lists of one set."""
_ENOUGH = 4.5
_ENOUGH_UNLINKED = 9.0
"""Weight of the name of the set and of the members that both lists have."""
_ABBREVIATED = 3
"""Letters of a word that stand for it."""


def enumerated_comparisons(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Each two complete lists of one set that differ in their members."""
    sets: defaultdict[str, list[Aspect]] = defaultdict(list)
    for claim in claims:
        if claim.relation == ENUMERATES and claim.standing == "live" and not claim.condition:
            aspect = _aspect(claim)
            if aspect.subject.head:
                sets[aspect.key].append(aspect)
    for key in sorted(sets):
        if len({aspect.value for aspect in sets[key]}) < _OWN_LISTS:
            for a, b in combinations(sets[key], 2):
                if a.value != b.value and (found := _comparison(a, b, around)) is not None:
                    yield found


def _aspect(claim: Claim) -> Aspect:
    named = phrase(core(claim.subject)) if claim.subject_from == "own words" else phrase(claim.subject)
    members = frozenset[str]().union(*(terms(one) for one in _members(claim)))
    return Aspect(claim, "closed list", f"closed list|{named.head}", named, Phrase("", members), True, claim.value)


def _members(claim: Claim) -> Sequence[str]:
    return claim.object.split(SEPARATOR)


def _comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    if separated(a.claim, b.claim) or contrasted(a.claim, b.claim) or _partial(a, b):
        return None
    thing = same_thing(a.subject, b.subject, around.lexicon)
    link = around.link(a.claim, b.claim)
    if not thing.score or (thing.score < 1.0 and not link):
        return None
    shared = _in_common(a, b)
    if shared is None:
        return None
    governed = Match(1.0, frozenset().union(*map(terms, shared)), "members in common")
    found = made("closed list", a, b, thing, governed, around)
    weight = around.lexicon.specificity((thing.shared | governed.shared) - LIGHT)
    return found if weight >= (_ENOUGH if link else _ENOUGH_UNLINKED) else None


def _partial(a: Aspect, b: Aspect) -> bool:
    """Whether the more narrowly named of two sets is listed with fewer members: then it is a part of the other."""
    left, right = len(_members(a.claim)), len(_members(b.claim))
    return (a.subject.terms > b.subject.terms and left < right) or (a.subject.terms < b.subject.terms and left > right)


def _in_common(a: Aspect, b: Aspect) -> Sequence[str] | None:
    """The members that both lists have, when they are most of each and not all of both."""
    named = a.subject.terms | b.subject.terms
    left, right = _members(a.claim), _members(b.claim)
    both = [one for one in left if any(_same(one, other, named) for other in right)]
    missing = [other for other in right if not any(_same(one, other, named) for one in left)]
    if len(both) < _SHARED or 2 * len(both) < max(len(left), len(right)):
        return None
    return None if len(both) == len(left) and not missing else both


def _same(one: str, other: str, named: frozenset[str]) -> bool:
    """Whether two members are one: the same words but for those of the set, or one the short form of the other.

    >>> _same("dev environment", "development", frozenset({"environment"})), _same("west", "east", frozenset())
    (True, False)
    """
    left, right = (_telling(member, named) for member in (one, other))
    if left <= right or right <= left or _joined(one) == _joined(other):
        return True
    if len(left) != len(right):
        return False
    return len(left) == 1 and _short(*sorted((*left, *right), key=len))


def _telling(member: str, named: frozenset[str]) -> frozenset[str]:
    found = terms(member)
    return frozenset(ENVIRONMENTS.get(word, word) for word in (found - named or found))


def _joined(member: str) -> str:
    return re.sub(r"[\W_]+", "", member.lower()).rstrip("s")


def _short(short: str, long: str) -> bool:
    return len(short) >= _ABBREVIATED and long.startswith(short)
