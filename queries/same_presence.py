"""Whether one claim says to be there what another says not to be there."""

from __future__ import annotations

from dataclasses import replace

from ..graph.model import Claim
from ..ingest.words import LIGHT
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import NO_MATCH, Match, same_bearer, telling
from .presence import told

_ENOUGH_EXACT = 3.5
_ENOUGH = 6.0
_ENOUGH_UNLINKED = 4.5
_LOOSE = 0.5
_FIRM = 0.65
"""How well the bearers must agree when the thing has an exact name, and when it has none."""


def presence_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """A thing ``a`` says to be there against the same thing that ``b`` says not to be there."""
    if b.claim.modality != "fact" or a.claim.modality == "plan" or _tells_the_reader(a.claim):
        return None
    wanted = told(b.object)
    if not wanted <= a.object.terms:
        return None
    exact = bool(a.tail & b.tail)
    weight = around.lexicon.specificity(telling(b.object) & a.object.terms)
    link = around.link(a.claim, b.claim)
    if weight < (_ENOUGH_EXACT if exact else _ENOUGH) or (not link and weight < _ENOUGH_UNLINKED):
        return None
    thing = _same_place(a, b, around)
    if thing.score < (_LOOSE if exact else _FIRM):
        return None
    extra = around.lexicon.specificity(a.object.terms - b.object.terms - LIGHT)
    governed = Match(max(0.5, 1.0 - 0.04 * extra), wanted, "the same name")
    found = made("presence", a, b, thing, governed, around)
    return replace(found, evidence=("exact name",)) if exact else found


def _tells_the_reader(claim: Claim) -> bool:
    return claim.modality in {"obligation", "recommendation"} and claim.subject_from != "own words"


def _same_place(a: Aspect, b: Aspect, around: Surroundings) -> Match:
    """Whether what is there and what is not are said of one bearer."""
    titles = (around.titles.get(a.claim.path, frozenset()), around.titles.get(b.claim.path, frozenset()))
    direct = same_bearer(a, b, titles, around.lexicon)
    if direct.score:
        return direct
    shared = (a.subject.terms & b.subject.terms) - LIGHT
    if {a.claim.subject_from, b.claim.subject_from} <= _NAMED and b.subject.terms:
        return Match(0.7, shared, "bearers that share a word") if shared else NO_MATCH
    return Match(0.55, shared, "one names no bearer of its own")


_NAMED = frozenset({"own words", "row key", "label"})
