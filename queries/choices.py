"""Values outside the closed list of their key, and closed lists of one key that differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..graph.model import Claim
from ..ingest.choices import ONE_OF, folded
from ..ingest.values import kind_of
from ..ingest.words import Phrase
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, separated

_SETTING = frozenset({"code", "key-value", "item", "table"})
_ONE_WORD = re.compile(r"[A-Za-z0-9][\w-]*")
_MADE_UP = re.compile(r"(?:your|my|some|any|example|string|str|int|bool|boolean|null|none|true|false)\b", re.IGNORECASE)
_TIES: Mapping[str, int] = {"same document": 0, "cites": 1, "related": 2}


def choice_comparisons(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Each list with the values and the lists of its key that it does not allow, the nearest list first."""
    lists: defaultdict[str, list[Claim]] = defaultdict(list)
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.standing != "live" or not claim.relation.startswith("open:"):
            continue
        if claim.extractor == "choices":
            lists[_key(claim)].append(claim)
        elif claim.extractor in _SETTING and _is_choice(claim):
            told[_key(claim)].append(claim)
    for key in sorted(lists):
        closed = [one for one in lists[key] if not _left_open(one, told.get(key, ()))]
        yield from _outside(key, told.get(key, ()), closed, around)
        for i, one in enumerate(closed):
            for other in closed[i + 1 :]:
                if one.path != other.path and around.link(one, other) and not _agree(one, other):
                    yield from _comparison(one, other, key, around)


def _left_open(one: Claim, values: Iterable[Claim]) -> bool:
    """Whether the document of a list sets the key to something else itself: then it lists the values of one case."""
    return any(value.path == one.path and folded(value.object) not in _choices(one) for value in values)


def _outside(key: str, values: Sequence[Claim], lists: Sequence[Claim], around: Surroundings) -> Iterator[Comparison]:
    """The first value of each document that the lists nearest to it do not hold."""
    seen: set[str] = set()
    others = (*values, *lists)
    for value in values:
        allowed = _nearest(value, lists, others, around)
        if not allowed or value.path in seen or any(folded(value.object) in _choices(one) for one in allowed):
            continue
        likest = max(allowed, key=lambda one: _titled_alike(one, value, around))
        for comparison in _comparison(likest, value, key, around):
            seen.add(value.path)
            yield comparison


def _key(claim: Claim) -> str:
    return folded(claim.relation[5:])


def _is_choice(claim: Claim) -> bool:
    """Whether a value is meant as it stands, and is of the sort that lists hold."""
    return (
        kind_of(claim.value) in {"name", "number"}
        and _ONE_WORD.fullmatch(claim.object) is not None
        and not _MADE_UP.match(claim.object)
    )


def _choices(claim: Claim) -> frozenset[str]:
    return frozenset(claim.value.removeprefix(ONE_OF).split(","))


def _nearest(value: Claim, lists: Sequence[Claim], others: Iterable[Claim], around: Surroundings) -> list[Claim]:
    """The lists that are tied most closely to a value; without a tie, those whose choices other documents make."""
    tied = [(_TIES[link], one) for one in lists if (link := around.link(value, one))]
    if tied:
        closest = min(tie for tie, _ in tied)
        return [one for tie, one in tied if tie == closest]
    return [one for one in lists if any(_follows(other, one, value) for other in others)]


def _titled_alike(one: Claim, other: Claim, around: Surroundings) -> float:
    """How much the titles of two documents have in common."""
    none: frozenset[str] = frozenset()
    return around.lexicon.specificity(around.titles.get(one.path, none) & around.titles.get(other.path, none))


def _follows(other: Claim, one: Claim, value: Claim) -> bool:
    """Whether a third document keeps to a list: then the key is one for the whole set."""
    if other.path in {one.path, value.path}:
        return False
    return _choices(other) == _choices(one) if other.extractor == "choices" else folded(other.object) in _choices(one)


def _agree(one: Claim, other: Claim) -> bool:
    """Whether two lists can be of one key: equal, or of different things altogether."""
    left, right = _choices(one), _choices(other)
    return left == right or len(left & right) < 2


def _comparison(a: Claim, b: Claim, key: str, around: Surroundings) -> Iterator[Comparison]:
    if separated(a, b):
        return
    name = Phrase(key, frozenset({key}))
    one, other = (Aspect(c, "choice", f"choice|{c.relation[5:]}", name, name, True, c.value) for c in (a, b))
    match = Match(1.0, name.terms, "the same key")
    yield replace(made("choice", one, other, match, match, around), gap="")
