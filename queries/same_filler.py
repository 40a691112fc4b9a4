"""Whether two claims fill one role: values, settings, authorities, cardinalities, decisions."""

from __future__ import annotations

from dataclasses import replace

from ..graph.model import Claim
from ..ingest.values import compatible, kind_of, same_but_for_environment
from ..ingest.words import LIGHT, is_identifier, phrase, terms
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .fillers import is_setting
from .gate import NO_MATCH, Match, same_thing

_WHOLE = terms("cluster region repo repository organization organisation")
"""Units of which a set of documents knows few: one thing for each of them is one thing for many others."""


def cardinality_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """One of a thing against one for each of something."""
    thing = _counted_thing(a, b, around)
    named = _is_named(a.claim.subject) and _is_named(b.claim.subject)
    linked = around.link(a.claim, b.claim) in {"same document", "cites"}
    needed = 2.0 if named else 1.8
    if not thing.score or not (named or linked) or not a.object.terms <= _WHOLE or a.object.terms & b.object.terms:
        return None
    if around.lexicon.specificity(thing.shared) < needed or b.claim.modality == "plan":
        return None
    strict = {a.claim.marker, b.claim.marker} & {"exactly one", "always its own"}
    return replace(
        made("cardinality", a, b, thing, thing, around), evidence=("stated without exception",) if strict else ()
    )


def _counted_thing(a: Aspect, b: Aspect, around: Surroundings) -> Match:
    """Whether two counts are of one thing: by its name, or because one page is about what the other counts."""
    for one, other in ((a, b), (b, a)):
        if one.claim.subject_from in {"title", "heading"}:
            inside = other.subject.terms <= one.subject.terms and len(other.subject.terms) > 1
            return Match(0.85, other.subject.terms, "the page is about it") if inside else NO_MATCH
    return same_thing(a.subject, b.subject, around.lexicon)


def _is_named(subject: str) -> bool:
    """Whether a phrase tells one thing from others: an identifier in it, or several telling words."""
    return any(is_identifier(word) for word in subject.split()) or len(phrase(subject).terms - LIGHT) > 1


def value_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two values of one role of one bearer."""
    if kind_of(a.value) != kind_of(b.value) or compatible(a.value, b.value):
        return None
    if same_but_for_environment(a.value, b.value):
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
    if same_but_for_environment(a.value, b.value) or "plan" in (a.claim.modality, b.claim.modality):
        return None
    if _default_and_override(a.claim, b.claim):
        return None
    if bound(a, b):
        match = Match(0.9, a.object.terms, "the same setting")
    elif _told_of_one(a, b, around):
        match = Match(0.9, a.object.terms, "the same setting, told by two documents or as two defaults")
    else:
        return None
    return made("setting", a, b, match, match, around)


def version_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two versions of one product that cannot both be required or used."""
    if "plan" in (a.claim.modality, b.claim.modality) or compatible(a.value, b.value):
        return None
    if around.link(a.claim, b.claim) not in {"same document", "cites"}:
        return None
    match = Match(1.0, a.subject.terms, "the same product")
    return made("version", a, b, match, match, around)


def sample_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two samples of one manifest that set one key differently."""
    if kind_of(a.value) != kind_of(b.value) or compatible(a.value, b.value):
        return None
    if same_but_for_environment(a.value, b.value) or around.link(a.claim, b.claim) not in {"same document", "cites"}:
        return None
    if _environments(a.claim) != _environments(b.claim):
        return None
    match = Match(1.0, a.subject.terms, "the same key of the same manifest")
    return made("sample", a, b, match, match, around)


def _environments(claim: Claim) -> frozenset[str]:
    return frozenset(term.value for term in claim.scope if term.dimension == "environment")


def _default_and_override(a: Claim, b: Claim) -> bool:
    """Whether one side gives the default and the other what some environment sets instead."""
    if (a.marker == "default") == (b.marker == "default"):
        return False
    default, override = (a, b) if a.marker == "default" else (b, a)
    return not _environments(override) <= _environments(default)


def _told_of_one(a: Aspect, b: Aspect, around: Surroundings) -> bool:
    """Whether prose gives a setting twice without saying whose: two defaults, or two documents tied by a link."""
    if "code" in (a.claim.extractor, b.claim.extractor) or not is_setting(a.claim.relation[5:]):
        return False
    if a.claim.marker == b.claim.marker == "default":
        return True
    return around.link(a.claim, b.claim) == "cites" and a.claim.marker == b.claim.marker


def bound(a: Aspect, b: Aspect) -> bool:
    """Whether two settings have a bearer in common, or are the prose and the sample of one document."""
    return bool(a.subject.terms & b.subject.terms) or _sample_of(a, b)


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
