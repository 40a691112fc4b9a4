"""What is said of all things of a kind, against one, some or all of them of which it is denied (NS103)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..graph.model import Claim
from ..ingest.words import LIGHT, Phrase, core, phrase, terms
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .exceptions import PART
from .gate import Match, separated

_PARTIAL = re.compile(r"\b(?:except|unless|other than|apart from|almost|nearly|but)\b", re.IGNORECASE)
_ENOUGH = 4.5
_ENOUGH_UNLINKED = 8.0
"""Weight of the words that both sides share."""


def quantified_comparisons(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Each statement about all things of a kind with those that deny the same of one, some or all of them."""
    stated = [claim for claim in claims if claim.subject_from == "own words" and _stands(claim)]
    general: defaultdict[tuple[str, frozenset[str]], list[Claim]] = defaultdict(list)
    for claim in stated:
        if claim.quantifier == "all" and claim.polarity == "affirmed" and not _PARTIAL.search(claim.subject):
            general[_said(claim)].append(claim)
    for denial in stated:
        if denial.polarity == "denied":
            for claim in general.get(_said(denial), ()):
                found = _comparison(claim, denial, around)
                if found is not None and not separated(claim, denial):
                    yield found


def _stands(claim: Claim) -> bool:
    return (
        (claim.polarity == "denied" or claim.quantifier == "all")
        and claim.standing == "live"
        and claim.modality == "fact"
        and not claim.condition
        and not _PARTIAL.search(claim.object)
    )


def _said(claim: Claim) -> tuple[str, frozenset[str]]:
    return claim.relation, terms(claim.object)


def _comparison(a: Claim, b: Claim, around: Surroundings) -> Comparison | None:
    kind, one = phrase(core(a.subject)), phrase(core(b.subject))
    said = phrase(a.object)
    if not kind.terms or not _of_the_kind(kind, one, b) or not (said.terms or a.relation.startswith("is-")):
        return None
    weight = around.lexicon.specificity((kind.terms | said.terms) - LIGHT)
    if weight < (_ENOUGH if around.link(a, b) else _ENOUGH_UNLINKED):
        return None
    thing = Match(1.0 if kind == one else 0.85, kind.terms, "of the kind of which it is said of all")
    governed = Match(1.0, said.terms, "the same words")
    return made("quantifier", _aspect(a, kind, said), _aspect(b, one, said), thing, governed, around)


def _of_the_kind(kind: Phrase, one: Phrase, denial: Claim) -> bool:
    """Whether a denial counts things of a kind, or tells one of them from the others."""
    if kind.terms == one.terms:
        return denial.quantifier == "no" or PART.match(denial.subject) is not None
    first = phrase(denial.subject.split(" ", 1)[0]).head
    return kind.terms < one.terms and kind.head in {one.head, first}


def _aspect(claim: Claim, subject: Phrase, said: Phrase) -> Aspect:
    key = f"quantifier|{claim.relation}|{subject.head}"
    return Aspect(claim, "quantifier", key, subject, said, claim.polarity == "affirmed")
