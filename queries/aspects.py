"""What a claim is about: its aspect, and the keys under which it can meet another claim.

A claim is filed under its own aspect and under those it entails: an affirmed one under broader concepts of its
object, a denied one under narrower ones.  Claims that never share a key are never compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..graph.model import Claim
from ..ingest.english import BASES
from ..ingest.lexicon import Lexicon
from ..ingest.words import EMPTY, LIGHT, Phrase, core, phrase, terms
from .acts import act_aspects, decision_aspects, family
from .aspect import Aspect
from .bans import ban_aspects
from .fillers import authority_aspects, copula_aspects, functional_aspects, value_aspects
from .presence import presence_aspects, stands_by, support_aspects
from .states import EMPTY_HEADS, TAIL, state_aspects, task_aspects
from .strength import DEMANDING, strength_aspects


def aspects_of(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """Every aspect of one claim, its own first."""
    relation = claim.relation
    affirmed = claim.polarity == "affirmed"
    if claim.extractor in {"front-matter", "document", "index", "announced", "listed", "closed list"}:
        return
    if relation == "is-done":
        yield from task_aspects(claim, lexicon)
    elif relation == "is-decided":
        if not affirmed:
            yield from decision_aspects(claim, lexicon)
        return
    elif relation == "decided":
        for word in phrase(claim.subject).terms:
            yield Aspect(claim, "decided", f"decided|{word}", phrase(claim.subject), EMPTY, affirmed, claim.value)
    elif relation == "is-single":
        yield from _counted(claim, affirmed, lexicon)
    elif relation == "is-authority-for" or (relation == "owns" and claim.extractor == "role"):
        yield from authority_aspects(claim, lexicon)
    elif relation.startswith("is-"):
        yield from state_aspects(claim, relation[3:], affirmed, claim.subject, lexicon, tail=_limits(claim))
    elif relation.startswith("open:"):
        yield from value_aspects(claim, lexicon)
    elif relation == "is":
        yield from copula_aspects(claim, lexicon)
    else:
        yield from act_aspects(claim, lexicon)
        if lexicon.vocabulary.functional:
            yield from functional_aspects(claim, lexicon)
        yield from ban_aspects(claim, lexicon)
        yield from presence_aspects(claim, lexicon)
    if claim.modality in DEMANDING or relation == "is-required":
        yield from strength_aspects(claim, lexicon)
    if claim.marker == "still" and affirmed and claim.subject_from == "own words" and not relation.startswith("is-"):
        yield from state_aspects(claim, "present", True, claim.subject, lexicon, step="it still does something")
    if claim.quantifier == "only" and affirmed and claim.subject_from == "own words" and _is_act(relation):
        governed = lexicon.link(core(claim.object))
        if governed.head:
            yield Aspect(
                claim,
                "exclusive",
                f"act|{family(relation)}|{governed.head}",
                lexicon.link(claim.subject),
                governed,
                True,
            )
    if relation in {"is", "is-supported"} and stands_by(claim):
        yield from support_aspects(claim, core(claim.subject), lexicon, affirmed=True)
    if claim.subject_from == "own words" and affirmed and not relation.startswith(("is-", "open:")):
        what = lexicon.link(claim.subject)
        if what.head:
            yield Aspect(claim, "existence", f"existence|{what.head}", what, EMPTY, True)


def _counted(claim: Claim, affirmed: bool, lexicon: Lexicon) -> Iterator[Aspect]:
    """How many there are of a thing; of one that only a title names, under each word of the title."""
    what, unit = lexicon.link(claim.subject), phrase(claim.object)
    if claim.subject_from in {"title", "heading"}:
        for word in sorted(what.terms - LIGHT):
            yield Aspect(claim, "cardinality", f"cardinality|{word}", Phrase(word, what.terms), unit, affirmed)
    elif what.head not in EMPTY_HEADS:
        yield Aspect(claim, "cardinality", f"cardinality|{what.head}", what, unit, affirmed)


def _is_act(relation: str) -> bool:
    """Whether a relation names something that is done, not what a thing is."""
    return relation != "is" and ":" not in relation


def _limits(claim: Claim) -> frozenset[str]:
    """What limits a stated state: for what, from where; of what runs by itself, the act."""
    if claim.relation == "is-automatic" and claim.object in BASES:
        return frozenset({claim.object})
    return terms(TAIL.split(f"{claim.object} ", maxsplit=1)[-1]) if TAIL.search(claim.object) else frozenset[str]()
