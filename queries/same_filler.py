"""Whether two claims fill one role: values, settings, authorities, cardinalities, decisions."""

from __future__ import annotations

from ..ingest.values import compatible, kind_of
from ..ingest.words import LIGHT, is_identifier, phrase
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, same_thing


def cardinality_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """One of a thing against one for each of something."""
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not _is_named(a.claim.subject) or not _is_named(b.claim.subject):
        return None
    if not thing.score or a.object.terms & b.object.terms or around.lexicon.specificity(thing.shared) < 2.0:
        return None
    return made("cardinality", a, b, thing, thing, around)


def _is_named(subject: str) -> bool:
    """Whether a phrase tells one thing from others: an identifier in it, or several telling words."""
    return any(is_identifier(word) for word in subject.split()) or len(phrase(subject).terms - LIGHT) > 1


def value_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two values of one role of one bearer."""
    if kind_of(a.value) != kind_of(b.value) or compatible(a.value, b.value):
        return None
    if a.claim.extractor == b.claim.extractor == "code" or "plan" in (a.claim.modality, b.claim.modality):
        return None
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not a.subject.terms and not b.subject.terms and around.link(a.claim, b.claim):
        thing = Match(0.7, a.object.terms, "the set's own")
    if not thing.score or (a.subject.terms ^ b.subject.terms) - LIGHT:
        return None
    return made("value", a, b, thing, thing, around)


def setting_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two values of one setting."""
    if kind_of(a.value) != kind_of(b.value) or compatible(a.value, b.value) or not around.link(a.claim, b.claim):
        return None
    if "code" in (a.claim.extractor, b.claim.extractor) and (
        a.claim.path != b.claim.path or a.claim.extractor == b.claim.extractor
    ):
        return None
    shared = a.subject.terms & b.subject.terms
    if not shared and not _sample_of(a, b):
        return None
    match = Match(0.9, a.object.terms, "the same setting")
    return made("setting", a, b, match, match, around)


def _sample_of(a: Aspect, b: Aspect) -> bool:
    """Prose and a sample of one document about one environment variable."""
    return (
        a.claim.path == b.claim.path
        and a.claim.relation[5:].isupper()
        and "code" in (a.claim.extractor, b.claim.extractor)
    )


def decided_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two exclusive options, each stated as the decision on one matter."""
    shared = a.subject.terms & b.subject.terms
    if not shared or not around.link(a.claim, b.claim):
        return None
    match = Match(0.9, shared, "decisions on one matter")
    return made("decided", a, b, match, match, around)


def role_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two things said to be the one that fills a role."""
    governed = same_thing(a.object, b.object, around.lexicon)
    if not governed.score or not (a.affirmed and b.affirmed) or a.subject.terms & b.subject.terms:
        return None
    return made("role", a, b, governed, governed, around)
