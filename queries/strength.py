"""How strongly something is demanded: must, should or may, required or optional."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..graph.model import Claim
from ..ingest.lexicon import Lexicon
from ..ingest.words import EMPTY, core, terms
from .acts import family
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import same_thing
from .states import EMPTY_HEADS, TAIL, coordinated

RANK = {"must": 3, "required": 3, "should": 2, "may": 1, "optional": 1}
_WORDS = {"obligation": "must", "recommendation": "should", "permission": "may"}
DEMANDING = frozenset(_WORDS)
"""Modalities that differ in strength."""
_GIVING = frozenset("have include provide wire enable use support carry implement contain configure run-with".split())
"""Verbs after *must* whose object is thereby required."""
_POINTING = re.compile(r"\b(?:following|above|below|these|those|such)\b", re.IGNORECASE)
"""Words that point to what stands beside them, and so mean another thing in another place."""
_NEEDED = {"same document": 2.0, "cites": 2.8, "related": 3.2, "": 5.5}
"""How much the shared words must weigh: the looser two documents are tied, the more."""


def strength_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """What a claim demands, recommends or leaves free."""
    if claim.subject_from != "own words" or claim.extractor != "prose" or claim.condition:
        return
    if _POINTING.search(claim.object):
        return
    if claim.relation == "is-required":
        if claim.polarity == "denied":
            tail = (
                terms(TAIL.split(f"{claim.object} ", maxsplit=1)[-1]) if TAIL.search(claim.object) else frozenset[str]()
            )
            yield from _needs(claim, claim.subject, "optional", lexicon, tail)
        return
    word = _WORDS.get(claim.modality)
    if word is None or claim.relation.startswith("is") or claim.polarity == "denied":
        return
    if word == "may" and claim.marker.lower() != "may":
        return
    lemma, _, passive = claim.relation.partition(":")
    subject, governed = lexicon.link(core(claim.subject)), lexicon.link(core(claim.object))
    if governed.head and not passive:
        yield Aspect(claim, "strength", f"strength|{family(lemma)}|{governed.head}", subject, governed, True, word)
    if word == "must" and lemma in _GIVING and not passive:
        yield from _needs(claim, claim.object, "required", lexicon)


def _needs(
    claim: Claim, thing: str, word: str, lexicon: Lexicon, tail: frozenset[str] = frozenset()
) -> Iterator[Aspect]:
    for part in coordinated(core(thing)):
        what = lexicon.link(part)
        if what.head and what.head not in EMPTY_HEADS:
            yield Aspect(claim, "strength", f"strength|need|{what.head}", what, EMPTY, True, word, tail)


def strength_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """One matter, demanded more and less strongly; the stronger side comes first.

    Who must may: only a MAY in capitals says that the matter is optional (RFC 8174).
    """
    strong, weak = (a, b) if RANK[a.value] > RANK[b.value] else (b, a)
    if RANK[a.value] == RANK[b.value] or (strong.value, weak.value, weak.claim.marker) == ("must", "may", "may"):
        return None
    thing = same_thing(strong.subject, weak.subject, around.lexicon)
    governed = same_thing(strong.object, weak.object, around.lexicon) if strong.object else thing
    link = around.link(strong.claim, weak.claim)
    if min(thing.score, governed.score) < (0.7 if link else 1.0) or _limited(weak, strong, around):
        return None
    if around.lexicon.specificity(thing.shared | governed.shared) < _NEEDED[link]:
        return None
    return made("strength", strong, weak, thing, governed, around)


def _limited(weak: Aspect, strong: Aspect, around: Surroundings) -> bool:
    """Whether a thing is optional only for something that the demand does not speak of."""
    claim = strong.claim
    said = terms(claim.subject) | terms(claim.object) | around.titles.get(claim.path, frozenset())
    return bool(weak.tail) and not weak.tail & said
