"""The comparability gate: which two claims could replace each other.

A pair passes when both sides are live, asserted, of overlapping scope and about the same thing.  What fails is
separated, with the reason; ``why-not`` prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..graph.model import Claim, ScopeTerm
from ..ingest.lexicon import Lexicon
from ..ingest.words import LIGHT, Phrase, phrase
from .aspect import Aspect

_POINTING = re.compile(r"(?:this|that|these|those|such|it|they|he|she|we|you)\b", re.IGNORECASE)


class Match(NamedTuple):
    """How well two phrases name one thing."""

    score: float
    """1 the same words; 0 different things."""
    shared: frozenset[str]
    how: str


NO_MATCH = Match(0.0, frozenset(), "different things")

DIMENSIONS_THAT_SPLIT = frozenset(
    {
        "environment",
        "platform",
        "actor",
        "phase",
        "stage",
        "step",
        "wave",
        "option",
        "tier",
        "ring",
        "layer",
        "milestone",
        "sprint",
        "iteration",
    }
)
"""Dimensions on which two stated values make two situations; versions are compared as values, not as situations."""


def separated(a: Claim, b: Claim) -> str:
    """Why two claims cannot be compared whatever they say, or empty."""
    if a.standing != "live" or b.standing != "live":
        return f"not both live: {a.standing} against {b.standing}"
    if a.path == b.path and a.passage == b.passage and a.passage >= 0:
        return "one passage"
    if a.path == b.path and a.span.line == b.span.line:
        return "one line"
    if bool(a.condition) != bool(b.condition) and a.path == b.path:
        return "one holds on a condition, on one page"
    if (a.path != b.path or a.topic != b.topic) and (_POINTING.match(a.subject) or _POINTING.match(b.subject)):
        return "a subject that points to its own page"
    if siblings(a, b):
        return "siblings of one list or table"
    if clash := disjoint(a.scope, b.scope):
        return f"disjoint scopes: {clash}"
    if a.condition and b.condition and a.condition != b.condition:
        return "different conditions"
    return ""


def siblings(a: Claim, b: Claim) -> bool:
    """Whether two claims stand side by side under one heading: rows, items or alternatives meant as a contrast."""
    if a.path != b.path or a.topic != b.topic or (a.relation == "is-done" and a.subject == b.subject):
        return False
    if _stated_in_common(a, b):
        return False
    near = abs(a.span.line - b.span.line)
    tabled = {a.extractor, b.extractor} <= {"table", "cell"}
    return near <= 30 if tabled else near <= 6 and a.extractor == b.extractor


def contrasted(a: Claim, b: Claim) -> bool:
    """Whether the headings of two claims of one page tell their things apart.

    They name two kinds of one thing, such as user and team settings, or two steps of one plan whose boxes are alike.
    """
    if a.path != b.path or a.topic == b.topic:
        return False
    if a.extractor == b.extractor == "task" and a.topic.partition(" › ")[2] == b.topic.partition(" › ")[2] != "":
        return True
    for one, other in zip(reversed(a.topic.split(" › ")), reversed(b.topic.split(" › ")), strict=False):
        if one != other:
            left, right = phrase(one), phrase(other)
            return (
                bool(left.head)
                and left.head == right.head
                and bool(left.terms - right.terms and right.terms - left.terms)
            )
    return False


def _stated_in_common(a: Claim, b: Claim) -> bool:
    """Whether both claims state one scope in words of their own: then they speak of one case, not of two."""
    left = {(t.dimension, t.value) for t in a.scope if t.source == "stated" and t.dimension in DIMENSIONS_THAT_SPLIT}
    return any((t.dimension, t.value) in left for t in b.scope if t.source == "stated")


def disjoint(a: Iterable[ScopeTerm], b: Iterable[ScopeTerm]) -> str:
    """The dimension on which two scopes have no situation in common, with the values; empty when they overlap.

    >>> disjoint((ScopeTerm("environment", "dev", "stated"),), (ScopeTerm("environment", "staging", "column"),))
    'environment dev / staging'
    """
    left, right = _by_dimension(a), _by_dimension(b)
    for dimension in sorted(left.keys() & right.keys() & DIMENSIONS_THAT_SPLIT):
        if not left[dimension] & right[dimension]:
            return f"{dimension} {', '.join(sorted(left[dimension]))} / {', '.join(sorted(right[dimension]))}"
    return ""


def _by_dimension(scope: Iterable[ScopeTerm]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for term in scope:
        out.setdefault(term.dimension, set()).add(term.value)
    return out


def scope_gap(a: Iterable[ScopeTerm], b: Iterable[ScopeTerm]) -> str:
    """A dimension on which one side states its scope and the other says nothing.

    >>> scope_gap((ScopeTerm("environment", "dev", "stated"),), ())
    'environment'
    """
    left = {t.dimension for t in a if t.source == "stated"}
    right = {t.dimension for t in b if t.source == "stated"}
    return min((left ^ right) & DIMENSIONS_THAT_SPLIT, default="")


def same_thing(a: Phrase, b: Phrase, lexicon: Lexicon) -> Match:
    """Whether two phrases name one thing: equal words, or one narrower by its modifiers."""
    left, right = telling(a), telling(b)
    if not left or not right:
        return NO_MATCH
    shared = left & right
    if left == right:
        return Match(1.0, shared, "the same words")
    if a.head != b.head:
        return NO_MATCH
    if left <= right or right <= left:
        extra = lexicon.specificity(left ^ right)
        return Match(max(0.4, 0.85 - 0.03 * extra), shared, "one is the other with more words")
    return NO_MATCH


def telling(phrase: Phrase) -> frozenset[str]:
    """The words of a phrase that tell it from others: light nouns count only when there is nothing else."""
    return phrase.terms - LIGHT or phrase.terms


def same_bearer(a: Aspect, b: Aspect, titles: tuple[frozenset[str], frozenset[str]], lexicon: Lexicon) -> Match:
    """Whether two subjects can be one: as phrases, or by the subject of their documents."""
    direct = same_thing(a.subject, b.subject, lexicon)
    if direct.score:
        inherited = a.claim.subject_from != "own words" or b.claim.subject_from != "own words"
        return direct._replace(score=direct.score * (0.8 if inherited else 1.0))
    declared = _declared(a, b, lexicon)
    if declared.score:
        return declared
    if _addresses_reader(a) and _addresses_reader(b):
        return Match(0.5, frozenset(), "both tell the reader what to do")
    if a.subject.head and a.subject.head == b.subject.head:
        for one, other, title in ((a, b, titles[1]), (b, a, titles[0])):
            if one.subject.terms <= other.subject.terms | title:
                return Match(0.7, one.subject.terms, "the document's own subject")
    return NO_MATCH


def _declared(a: Aspect, b: Aspect, lexicon: Lexicon) -> Match:
    """Whether the vocabulary puts one subject above the other."""
    if not lexicon.vocabulary.broader:
        return NO_MATCH
    one, other = lexicon.name(a.claim.subject), lexicon.name(b.claim.subject)
    if (one, other) in lexicon.vocabulary.disjoint:
        return NO_MATCH
    if other in lexicon.broader(one) or one in lexicon.broader(other):
        return Match(0.9, a.subject.terms | b.subject.terms, "one is narrower in the vocabulary")
    return NO_MATCH


def _addresses_reader(aspect: Aspect) -> bool:
    """Whether a claim is an instruction without a subject of its own."""
    return aspect.claim.subject_from != "own words" and aspect.claim.modality in {
        "obligation",
        "recommendation",
        "plan",
    }
