"""A rule for all things of a kind, against what makes one of them an exception without saying so (NS305)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..graph.model import Claim
from ..ingest.english import PARTICIPLES
from ..ingest.lexicon import Lexicon
from ..ingest.words import EMPTY, LIGHT, Phrase, core, phrase
from .acts import family
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, separated

_MARKED = re.compile(
    r"\b(?:except\w*|exempt\w*|unless|other than|apart from|besides|unlike|but|only|most|many|some|several|almost"
    r"|nearly|normal\w*|usual\w*|typical\w*|general\w*|default|where possible|if possible|as needed|whenever)\b",
    re.IGNORECASE,
)
"""What leaves room for an exception, or makes one openly."""
EXCEPTED = re.compile(r"\b(?:except|excluding|unless|other than|apart from)\b", re.IGNORECASE)
"""What names an exception."""
PART = re.compile(r"(?:some|several|a few|many|most|not all|two|three)\b", re.IGNORECASE)
"""What begins a statement about some things of a kind."""
_EVERY = re.compile(r"(?:any|all|every|each)\b", re.IGNORECASE)
_NORMS = frozenset({"obligation", "recommendation"})
_UNDONE = re.compile(r"(?:un|non-?)(\w+ed|\w+en)\b\s*(.*)", re.IGNORECASE)
_TAIL = re.compile(
    r"\s(?=(?:in|on|at|to|from|with|without|by|for|into|via|inside|within|under|through|as|before|after)\s)"
)
_ENOUGH = 4.5
_ENOUGH_UNLINKED = 8.0
"""Weight of the words that both sides share."""


class _Said(NamedTuple):
    """One reading of a claim: what happens to which things."""

    claim: Claim
    voice: str
    """Whether the things do it or have it done to them."""
    act: str
    things: Phrase
    rest: Phrase
    """What else is said of the act: its object, its manner or place."""
    affirmed: bool
    step: str = ""


def exception_comparisons(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Each rule for all things of a kind with the statements that say otherwise of one of them."""
    general: defaultdict[tuple[str, str, str], list[_Said]] = defaultdict(list)
    stated = [claim for claim in claims if _stands(claim)]
    for claim in stated:
        if _is_general(claim):
            for said in _readings(claim):
                general[_key(said)].append(said)
    acts = {(said.act, said.affirmed) for rules in general.values() for said in rules}
    for claim in stated:
        lemma = claim.relation.partition(":")[0]
        if (
            lemma != "is"
            and (lemma if lemma.startswith("is-") else family(lemma), claim.polarity == "denied") not in acts
        ):
            continue
        for said in _narrowed(claim, around.lexicon):
            for rule in general.get(_key(said), ()):
                found = _comparison(rule, said, around)
                if found is not None:
                    yield found


def _stands(claim: Claim) -> bool:
    return (
        claim.standing == "live"
        and claim.modality != "plan"
        and not claim.condition
        and claim.extractor in {"prose", "cell"}
        and claim.relation not in {"is-decided", "is-done"}
        and (claim.relation != "is" or _UNDONE.match(claim.object) is not None)
    )


def _leaves_room(claim: Claim) -> bool:
    return _MARKED.search(claim.subject) is not None or _MARKED.search(claim.object) is not None


def _is_general(claim: Claim) -> bool:
    """Whether a claim speaks of all things of a kind: by its words, or as a rule for things in the plural."""
    if _says_all(claim):
        return True
    if claim.modality not in _NORMS:
        return False
    own = claim.subject_from == "own words"
    named = core(claim.subject if own else _TAIL.split(claim.object, maxsplit=1)[0])
    return named.endswith("s") and not named.endswith("ss")


def _says_all(claim: Claim) -> bool:
    """Whether a claim says *all*, *every*, *no* or *never*."""
    counted = claim.subject_from == "own words" and claim.quantifier in {"all", "no"}
    return counted or claim.marker == "never" or _EVERY.match(claim.object) is not None


def _readings(claim: Claim) -> Iterator[_Said]:
    """What a claim says of those who do something, and of those to whom it is done."""
    affirmed = claim.polarity == "affirmed"
    lemma, _, passive = claim.relation.partition(":")
    own = claim.subject_from == "own words"
    if lemma == "is" and own and (undone := _UNDONE.match(claim.object)) and undone[1].lower() in PARTICIPLES:
        verb = family(PARTICIPLES[undone[1].lower()])
        yield _Said(claim, "patient", verb, phrase(core(claim.subject)), phrase(undone[2]), not affirmed)
    elif passive:
        if own:
            yield _Said(claim, "patient", family(lemma), phrase(core(claim.subject)), phrase(claim.object), affirmed)
    elif lemma.startswith(("is", "open")):
        if own and lemma.startswith("is-"):
            yield _Said(claim, "state", lemma, phrase(core(claim.subject)), EMPTY, affirmed)
    else:
        if own:
            done = phrase(core(claim.object))
            yield _Said(claim, "agent", family(lemma), phrase(core(claim.subject)), done, affirmed)
        what, *rest = _TAIL.split(core(claim.object), maxsplit=1)
        if not own:
            yield _Said(claim, "patient", family(lemma), phrase(what), phrase(" ".join(rest)), affirmed)


def _narrowed(claim: Claim, lexicon: Lexicon) -> Iterator[_Said]:
    """The readings of a claim, also under the broader concepts of its things."""
    for said in _readings(claim):
        yield said
        name = lexicon.name(core(claim.subject)) if lexicon.vocabulary.broader and said.voice != "patient" else ""
        for wide in lexicon.broader(name) if name else ():
            yield said._replace(things=phrase(wide), step=f"{name!r} is narrower than {wide!r}")


def _key(said: _Said) -> tuple[str, str, str]:
    return said.voice, said.act, said.things.head


def _comparison(rule: _Said, one: _Said, around: Surroundings) -> Comparison | None:
    if rule.affirmed == one.affirmed or not rule.things.head or not _is_rule(rule.claim, one.claim):
        return None
    if not (one.step or rule.things.terms < one.things.terms) or _EVERY.match(one.claim.subject):
        return None
    yes, no = (rule, one) if rule.affirmed else (one, rule)
    if not _denies(no.rest, yes.rest) or separated(rule.claim, one.claim):
        return None
    if _leaves_room(rule.claim) or _leaves_room(one.claim):
        return None
    shared = rule.things.terms | (no.rest.terms & yes.rest.terms)
    enough = _ENOUGH if around.link(rule.claim, one.claim) else _ENOUGH_UNLINKED
    if around.lexicon.specificity(shared - LIGHT) < enough:
        return None
    thing = Match(0.9, rule.things.terms, "one is of the kind that the rule is for")
    governed = Match(1.0, no.rest.terms & yes.rest.terms, "the same act")
    return made("unmarked exception", _aspect(rule), _aspect(one), thing, governed, around)


def _denies(denied: Phrase, affirmed: Phrase) -> bool:
    """Whether what is denied is all that is affirmed, or the same with less said of it."""
    return not denied.terms or (denied.terms <= affirmed.terms and denied.head == affirmed.head)


def _is_rule(general: Claim, specific: Claim) -> bool:
    """Whether one side is a rule and the other an exception to it.

    That a fact told of all is denied of one is a matter of quantity (NS103).  Two orders, neither of which says that it
    is for all, are at odds as they stand (NS301).
    """
    if specific.modality in _NORMS and not _says_all(general):
        return False
    norms = general.modality in _NORMS or specific.modality in _NORMS
    return norms or general.marker == "never" or general.quantifier == "no"


def _aspect(said: _Said) -> Aspect:
    key = f"exception|{said.act}|{said.things.head}"
    return Aspect(said.claim, "unmarked exception", key, said.things, said.rest, said.affirmed, step=said.step)
