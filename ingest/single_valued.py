"""Relations that take one value, learned from a whole set: nearly every subject that is told twice is told alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from ..graph.model import Claim, Reading
from .values import compatible, kind_of
from .words import terms

TOLD_TWICE = 5
"""Subjects whose value is told in two places at least, from which a habit can be seen."""
ALIKE = 0.9
"""The share of them that have one value in all places."""
_SOURCES = frozenset({"table", "item", "role"})
_OWN_BEARER = frozenset({"row key", "own words", "label"})
_KINDS = frozenset({"name", "number", "version"})


class Habit(NamedTuple):
    """How a set tells one relation."""

    alike: int
    """Subjects told twice with one value."""
    told: int
    """Subjects told twice."""

    def __str__(self) -> str:
        return f"it has one value for {self.alike} of {self.told} subjects that are told twice"


def single_valued_relations(readings: Iterable[Reading]) -> Mapping[str, Habit]:
    """The relations that a set tells as single-valued, by their words in order of the alphabet."""
    told: defaultdict[str, defaultdict[frozenset[str], dict[tuple[str, int], str]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for reading in readings:
        for claim in reading.claims:
            if _fills(claim) and (bearer := terms(claim.subject)):
                role = " ".join(sorted(terms(claim.relation[5:])))
                told[role][bearer][claim.path, claim.span.line] = claim.value
    habits = {role: _habit(by_bearer.values()) for role, by_bearer in sorted(told.items()) if role}
    return {role: h for role, h in habits.items() if h.told >= TOLD_TWICE and h.alike >= ALIKE * h.told}


def _fills(claim: Claim) -> bool:
    return (
        claim.extractor in _SOURCES
        and claim.standing == "live"
        and claim.subject_from in _OWN_BEARER
        and claim.relation.startswith("open:")
        and kind_of(claim.value) in _KINDS
    )


def _habit(bearers: Iterable[Mapping[tuple[str, int], str]]) -> Habit:
    twice = [set(places.values()) for places in bearers if len(places) > 1]
    alike = sum(all(compatible(a, b) for a, b in combinations(sorted(values), 2)) for values in twice)
    return Habit(alike, len(twice))
