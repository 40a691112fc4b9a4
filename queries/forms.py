"""The form that a rule demands of values, and values that do not have it: pinned by digest, no moving tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Claim
from ..ingest.words import EMPTY, phrase, terms
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, separated


class Form(NamedTuple):
    """A form of values that a rule can demand."""

    name: str
    demand: re.Pattern[str]
    """How a rule words it."""
    governs: re.Pattern[str]
    """Values that could have the form."""
    has: re.Pattern[str]
    """Values that do."""


_IMAGE = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*(?::\d+)?/)*[\w.-]*/[\w./-]+:[\w][\w.-]*(?:@\S+)?")
FORMS = (
    Form(
        "pinned by digest",
        re.compile(r"\b(?:digest[- ](?:pinned|only)|pinned (?:by|to) (?:a |its )?digest|by digest)\b", re.IGNORECASE),
        _IMAGE,
        re.compile(r"@sha\d+:"),
    ),
)
_ALL = re.compile(r"(?:(?:all|every|each|any)\s+)?(?:container\s+)?images?\b", re.IGNORECASE)
_DEMANDING = frozenset({"pin", "deploy", "use", "set", "is", "reference", "consume", "run", "render"})
_MADE_UP = re.compile(r"[<>{}$*]|\b(?:your|my|example|acme|foo|bar)\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"[A-Z]?[a-z]+$")


class Norm(NamedTuple):
    """A rule that demands a form."""

    claim: Claim
    form: Form
    names: frozenset[str]
    """Keys that it names."""


def form_comparisons(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Each value that lacks a form, with the rule nearest to it that demands the form."""
    norms: list[Norm] = []
    values: list[tuple[Claim, Form]] = []
    for claim in claims:
        if claim.standing != "live":
            continue
        if claim.extractor == "prose":
            norms += _norms(claim)
        elif claim.extractor in {"code", "key-value", "item"} and ":" in claim.object:
            values += [(claim, form) for form in FORMS if _lacks(claim, form)]
    for claim, form in values:
        found = _nearest(claim, form, norms, around)
        if found is not None:
            yield _comparison(claim, found, around)


def _norms(claim: Claim) -> Iterator[Norm]:
    """The forms that a claim demands of everything it speaks of."""
    if claim.polarity != "affirmed" or claim.condition or claim.relation.partition(":")[0] not in _DEMANDING:
        return
    if claim.modality not in {"obligation", "recommendation"} and not claim.quantifier:
        return
    text = f"{claim.subject} {claim.object}"
    for form in FORMS:
        if form.demand.search(text):
            yield Norm(claim, form, frozenset(re.findall(r"\w+(?:\.\w+)+", text)))


def _lacks(claim: Claim, form: Form) -> bool:
    """Whether a claim sets a value of the governed kind, meant as it stands, without the form."""
    key = claim.relation.removeprefix("open:")
    return (
        key != claim.relation
        and _governs_key(key)
        and form.governs.fullmatch(claim.object) is not None
        and not form.has.search(claim.object)
        and not _MADE_UP.search(claim.object)
    )


@lru_cache(maxsize=10_000)
def _governs_key(key: str) -> bool:
    found = _LAST_WORD.search(key)
    return found is not None and found[0].lower() == "image"


def _nearest(value: Claim, form: Form, norms: Sequence[Norm], around: Surroundings) -> Norm | None:
    """The rule that most plainly governs a value: one that names its key, one for all, one of its own page."""
    tied = (
        norm
        for norm in norms
        if norm.form is form
        and _binds(norm, value)
        and around.link(value, norm.claim)
        and not separated(value, norm.claim)
    )
    return min(tied, key=lambda norm: _rank(norm, value), default=None)


def _binds(norm: Norm, value: Claim) -> bool:
    """Whether a rule is made for a value: it names its key, or speaks of all such things and the value is deployed."""
    return _names(norm, value) or ("/" in value.subject and _ALL.match(norm.claim.subject) is not None)


def _rank(norm: Norm, value: Claim) -> tuple[int, int, bool, str, int]:
    claim = norm.claim
    return -_names(norm, value), -_strength(claim), claim.path != value.path, claim.path, claim.span.line


def _names(norm: Norm, value: Claim) -> bool:
    whole = f"{value.subject}.{value.relation.removeprefix('open:')}"
    return any(whole.endswith(name) for name in norm.names)


def _strength(claim: Claim) -> int:
    return (claim.modality == "obligation") + (claim.quantifier in {"all", "only", "only object"})


def _comparison(value: Claim, norm: Norm, around: Surroundings) -> Comparison:
    key = f"form|{norm.form.name}"
    a = Aspect(value, "form", key, phrase(value.subject), EMPTY, True, value.value)
    b = Aspect(norm.claim, "form", key, phrase(norm.claim.subject), EMPTY, False)
    shared = terms(norm.form.name)
    match = Match(0.8, shared, f"not {norm.form.name}")
    named = ("names the key",) if _names(norm, value) else ()
    return replace(made("form", a, b, match, match, around), evidence=named)
