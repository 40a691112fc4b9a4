"""Whether two claims about tasks, states or existence could replace each other."""

from __future__ import annotations

import re
from dataclasses import replace

from ..graph.model import Claim
from ..ingest.progress import leading_id
from ..ingest.words import is_identifier, terms
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, contrasted, same_thing, telling
from .presence import SUPPORTED


def task_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """One task, done and open."""
    if a.claim.path != b.claim.path and not _is_long_id(a.claim.subject):
        return None
    if a.object and b.object and not a.object.terms & b.object.terms:
        return None
    if contrasted(a.claim, b.claim) and not leading_id(a.claim.subject):
        return None
    match = Match(1.0, a.subject.terms, "the same task")
    return made("task", a, b, match, match, around)


def whole_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """A whole, and a part of it that says otherwise."""
    if a.claim.extractor == b.claim.extractor:
        return None
    match = Match(1.0, a.subject.terms, "the part stands under the whole")
    return made("whole", a, b, match, match, around)


def _is_long_id(label: str) -> bool:
    return " " not in label and len(label) >= 4 and "-" in label and label[0].isalpha()


def state_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """One thing in two opposite states."""
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not thing.score or "plan" in (a.claim.modality, b.claim.modality) or _instructs(a.claim) != _instructs(b.claim):
        return None
    if a.claim.marker == "still" and a.step and not around.link(a.claim, b.claim):
        return None
    if (a.tail and b.tail and not _tails_meet(a.tail, b.tail)) or _default_against_override(a.claim, b.claim):
        return None
    if _only_so(a) != _only_so(b):
        return None
    shared = thing.shared | (_all_words(a.claim) & _all_words(b.claim) if _still_and_gone(a, b) else frozenset[str]())
    if around.lexicon.specificity(shared) < _needed(a, b, thing, around) or contrasted(a.claim, b.claim):
        return None
    return made("state", a, b, thing, thing, around)


def _only_so(side: Aspect) -> bool:
    """Whether a state is affirmed under one condition alone: "supported only over TLS"; otherwise it is denied, too."""
    return side.affirmed and _ONLY.search(side.claim.object) is not None


_ONLY = re.compile(r"\bonly\s+(?:over|through|via|with|when|if|in|on|for|behind|under|from|as)\b", re.IGNORECASE)


def _still_and_gone(a: Aspect, b: Aspect) -> bool:
    """Whether one page says that things are gone, and elsewhere that they still do something."""
    return a.claim.marker == "still" and bool(a.step) and a.claim.path == b.claim.path


def _all_words(claim: Claim) -> frozenset[str]:
    return terms(claim.subject) | terms(claim.object)


def _default_against_override(a: Claim, b: Claim) -> bool:
    """Whether one side says how a thing is by default and the other how it is in some case."""
    if ("default" in a.object) == ("default" in b.object):
        return False
    default, other = (a, b) if "default" in a.object else (b, a)
    here = {t.dimension for t in default.scope if t.source == "stated"}
    return any(t.source == "stated" and t.dimension not in here for t in other.scope)


def _stated(claim: Claim, dimension: str) -> set[str]:
    return {t.value for t in claim.scope if t.dimension == dimension and t.source == "stated"}


def _tails_meet(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two limits can be one: a word of each in common, or one word within another."""
    return bool(a & b) or any(x in y or y in x for x in a for y in b if len(min(x, y, key=len)) > 3)


def _needed(a: Aspect, b: Aspect, thing: Match, around: Surroundings) -> float:
    """How much the shared words must weigh: the looser two documents are tied, the more."""
    link = around.link(a.claim, b.claim)
    base = {"same document": 2.0, "cites": 2.8, "related": 3.2, "": 6.0}[link]
    if _stated(a.claim, "environment") & _stated(b.claim, "environment"):
        base -= 2.5
    if thing.score < 1.0:
        base = 99.0 if not link and a.claim.extractor in {"mark", "task"} else base + 0.8
    if not link and {"mark", "task"} & {a.claim.extractor, b.claim.extractor} and not is_identifier(a.claim.subject):
        return 10.0
    return base + (1.5 if "mark" in (a.claim.extractor, b.claim.extractor) and link != "same document" else 0.0)


def _instructs(claim: Claim) -> bool:
    """Whether a claim tells the reader to do something rather than how things are."""
    return claim.modality in {"obligation", "recommendation"} and not claim.relation.startswith("is-")


def existence_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """A thing said to do something against one said not to be there."""
    if not a.subject.terms >= telling(b.subject) or len(telling(b.subject)) < 2:
        return None
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not thing.score or around.link(a.claim, b.claim) not in {"same document", "cites"} or a.claim.modality != "fact":
        return None
    stood_by = a.key.startswith(SUPPORTED)
    if around.lexicon.specificity(thing.shared) < (_NAMED if stood_by else _TOLD):
        return None
    found = made("existence", a, b, thing, thing, around)
    return replace(found, evidence=("said to be supported",)) if stood_by else found


_NAMED = 3.0
_TOLD = 7.0
"""Weight of the words for a thing that one side calls supported, and for one that it only speaks of."""
