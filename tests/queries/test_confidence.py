"""Confidence grows with what speaks for a conflict, and shrinks with what speaks against it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.graph.model import Claim, Span
from naysay.ingest.words import phrase
from naysay.queries.aspect import Aspect
from naysay.queries.comparison import Comparison
from naysay.queries.confidence import (
    MEASURED,
    NAMED,
    confidence,
    features,
    features_of_hit,
    learned,
    prior_of,
    probability,
)
from naysay.queries.gate import Match

A = Claim("a.md", 1, Span(3, 1, 3, 9), "mail gateway", "keep", "log")
B = replace(A, path="b.md", polarity="denied")


def aspect(claim: Claim, step: str = "") -> Aspect:
    return Aspect(
        claim, "act", "act|keep|log", phrase("mail gateway"), phrase("log"), claim.polarity == "affirmed", step=step
    )


def comparison(
    a: Claim = A,
    b: Claim = B,
    *,
    step: str = "",
    score: float = 0.8,
    linked: str = "",
    nats: float = 6.0,
    gap: str = "",
) -> Comparison:
    match = Match(score, frozenset(), "")
    return Comparison("act", aspect(a, step), aspect(b), match, match, linked, nats, gap)


scores = st.floats(0, 1)
nats = st.floats(0, 30)


@given(scores, scores, nats)
def test_the_closer_the_names_the_surer(one: float, other: float, weight: float) -> None:
    low, high = sorted((one, other))
    assert confidence(comparison(score=low, nats=weight)) <= confidence(comparison(score=high, nats=weight))


@given(scores, nats, nats)
def test_the_rarer_the_words_the_surer(score: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert confidence(comparison(score=score, nats=low)) <= confidence(comparison(score=score, nats=high))


@given(scores, nats)
def test_the_closer_the_documents_the_surer(score: float, weight: float) -> None:
    ties = [
        confidence(comparison(score=score, nats=weight, linked=tie))
        for tie in ("", "related", "cites", "same document")
    ]
    assert all(a <= b for a, b in pairwise(ties[:3]))
    assert 0 <= ties[0] <= ties[-1] <= 1


@pytest.mark.parametrize(
    "weaker",
    [
        comparison(replace(A, subject_from="heading")),
        comparison(A, replace(B, subject_from="title")),
        comparison(replace(A, condition="if it rains")),
        comparison(gap="environment"),
    ],
    ids=["inherited subject", "inherited subject of the other", "one-sided condition", "scope gap"],
)
def test_what_speaks_against_it(weaker: Comparison) -> None:
    assert confidence(weaker) <= confidence(comparison())
    assert all(prior_of(name).sign < 0 for name in features(weaker).keys() - features(comparison()).keys())


def test_a_declared_step_speaks_for_it() -> None:
    assert confidence(comparison(step="'x' is narrower than 'y'")) > confidence(comparison())


def test_features_are_named_and_never_zero() -> None:
    found = features(comparison(score=0.9, gap="actor"))
    assert found == {
        "act": 1.0, "unlinked": 1.0, "thing": 0.1, "governed": 0.1, "scope gap": 1.0, "prose on both sides": 1.0,
        "word for word": 1.0,
    }  # fmt: skip
    assert set(found) <= {*NAMED, *MEASURED}


def test_what_a_comparison_carries_is_a_feature() -> None:
    found = features(replace(comparison(), evidence=("declared",)))
    assert found["declared"] == 1.0
    assert probability(found) > confidence(comparison())


def test_a_kind_or_rule_without_a_prior_is_shown_and_never_gates() -> None:
    assert 0.5 <= probability(features_of_hit("X1")) < 0.8
    assert "another kind" in features(replace(comparison(), kind="no such kind"))


def test_the_learned_weights_are_of_known_features_and_keep_their_sign() -> None:
    assert set(learned()) <= {*NAMED, *MEASURED}
    assert not [name for name, weight in learned().items() if weight * prior_of(name).sign < 0]
