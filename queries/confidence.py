"""How sure a finding is: a calibrated logistic model over named features.

The weights are learned from judged reports by ``benchmarks/calibrate.py`` and stand in ``confidence.json``; they are
drawn towards the priors below, and a feature that no judged report has keeps its prior.

To add a feature, add one line: to ``MEASURED`` when it is measured on a comparison, to ``NAMED`` when it is a kind, a
rule, or a word of ``evidence`` that a comparison or a hit carries.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..graph.model import Claim
from ..ingest.words import is_identifier

if TYPE_CHECKING:
    from .comparison import Comparison

LEARNED = Path(__file__).with_name("confidence.json")


class Prior(NamedTuple):
    """What a feature is worth before any report is judged."""

    weight: float
    """Log-odds."""
    sign: int = 0
    """1 for what never speaks against a finding, -1 for what never speaks for one, 0 where reading decides."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A feature that is a number of a comparison; zero where it does not apply."""

    prior: Prior
    measure: Callable[[Comparison], float]


REPORTED_AS = "as "
"""Before the rule that reports a comparison: the same clash is more telling under some rules than under others."""
OVER_COMPARISONS = (
    "NS101 NS102 NS103 NS104 NS201 NS202 NS203 NS204 NS205 NS301 NS302 NS303 NS304 NS305 NS401 NS404 NS405 NS501 NS502"
    " NS701 NS702 NS801"
).split()

NAMED: Mapping[str, Prior] = {
    **{REPORTED_AS + rule: Prior(0.0) for rule in OVER_COMPARISONS},
    # kinds of comparison
    "task": Prior(1.6),
    "whole": Prior(1.0),
    "state": Prior(0.9),
    "act": Prior(0.5, 1),
    "existence": Prior(-0.2),
    "presence": Prior(0.4),
    "cardinality": Prior(0.9),
    "value": Prior(0.9),
    "version": Prior(0.4),
    "setting": Prior(0.5),
    "role": Prior(1.2),
    "authority": Prior(0.3),
    "decision": Prior(0.2),
    "exclusive": Prior(0.4),
    "record": Prior(0.6),
    "decided": Prior(0.3),
    "path": Prior(1.6),
    "strength": Prior(0.3),
    "form": Prior(0.6),
    "kind": Prior(0.8),
    "quantifier": Prior(0.6),
    "closed list": Prior(0.6),
    "unmarked exception": Prior(0.6),
    "sample": Prior(0.6),
    "choice": Prior(1.5),
    "answer": Prior(1.2),
    "listed": Prior(0.4),
    "plan": Prior(0.9),
    # how the two documents are tied
    "same document": Prior(0.5, 1),
    "cites": Prior(0.3, 1),
    "related": Prior(0.1, 1),
    "unlinked": Prior(-0.5, -1),
    "another kind": Prior(0.2),
    # what else speaks for a comparison
    "banned by name": Prior(1.0),
    # uses of things that are said to be gone
    "retired name": Prior(0.9),
    "retired pattern": Prior(0.6),
    "retired word": Prior(0.3),
    "several say so": Prior(0.4, 1),
    "used in code only": Prior(-0.4, -1),
    "one story": Prior(-0.8, -1),
    "told at the top": Prior(-0.3, -1),
    # circumstances of a side
    "record of finished work": Prior(-0.8, -1),
    "review of one moment": Prior(-0.8, -1),
    "calls itself in force": Prior(0.3, 1),
    "tells what happened": Prior(-0.6, -1),
    "dated section": Prior(-0.4, -1),
    "section called legacy": Prior(-0.8, -1),
    "deferred design": Prior(-0.6, -1),
    "authority in a label": Prior(-0.4, -1),
    "instructs": Prior(0.3, 1),
    "names the key": Prior(0.6, 1),
    "named matter": Prior(0.8, 1),
    "called the authority": Prior(0.6, 1),
    "stated without exception": Prior(1.0, 1),
    "exact name": Prior(0.6, 1),
    "said to be supported": Prior(1.0, 1),
    # rules that find by documents and names
    "NS402": Prior(0.66),
    "NS403": Prior(0.94),
    "NS502": Prior(1.5),
    "NS601": Prior(0.41),
    "NS602": Prior(0.85),
    "NS603": Prior(0.49),
    "NS701": Prior(1.2),
    "NS901": Prior(1.82),
    "another rule": Prior(0.4),
    # evidence
    "number of the file alone": Prior(-0.4, -1),
    "a default answers": Prior(-0.5, -1),
}
"""Features that are there or not, by name.  A kind or rule that is missing here counts as "another": worth showing,
not worth failing a build."""

MEASURED: Mapping[str, Measured] = {
    "thing": Measured(Prior(2.0, 1), lambda c: c.thing.score - 0.8),
    "governed": Measured(Prior(2.0, 1), lambda c: c.governed.score - 0.8),
    "word for word": Measured(Prior(0.9, 1), lambda c: _word_for_word(c)),
    "weight": Measured(Prior(0.12, 1), lambda c: min(c.specificity, 14.0) - 6.0),
    "inherited subject": Measured(Prior(-0.5, -1), lambda c: _inherited(c.a.claim) or _inherited(c.b.claim)),
    "declared": Measured(Prior(1.4, 1), lambda c: "narrower" in c.a.step),
    "one-sided condition": Measured(Prior(-1.0, -1), lambda c: bool(c.a.claim.condition) != bool(c.b.claim.condition)),
    "shared scope": Measured(Prior(0.3, 1), lambda c: bool(_stated(c.a.claim) & _stated(c.b.claim))),
    "prose on both sides": Measured(Prior(0.3, 1), lambda c: c.a.claim.extractor == c.b.claim.extractor == "prose"),
    "boxes and marks alone": Measured(
        Prior(-0.3, -1), lambda c: c.kind == "state" and {c.a.claim.extractor, c.b.claim.extractor} <= {"mark", "task"}
    ),
    "one common word": Measured(Prior(-0.3, -1), lambda c: _one_common_word(c)),
    "index against document": Measured(Prior(-0.3), lambda c: "index" in {c.a.claim.extractor, c.b.claim.extractor}),
    "scope gap": Measured(Prior(-0.2, -1), lambda c: bool(c.gap)),
    "actor left out": Measured(Prior(0.8, 1), lambda c: _actor_left_out(c)),
    "default against set": Measured(
        Prior(-0.6, -1), lambda c: (c.a.claim.marker == "default") != (c.b.claim.marker == "default")
    ),
    "dead and done": Measured(
        Prior(-1.0, -1), lambda c: c.kind == "record" and {c.a.claim.value, c.b.claim.value} == {"dead", "done"}
    ),
    "all parts": Measured(Prior(0.4, 1), lambda c: _all_parts(c) and c.b.claim.extractor == "whole"),
    "nothing ticked": Measured(Prior(0.2), lambda c: _all_parts(c) and c.a.claim.extractor == "whole"),
    "unnamed task": Measured(Prior(-2.0, -1), lambda c: c.kind == "task" and " " in c.a.claim.subject),
}
"""Features by name; ``thing`` and ``governed`` count from 0.8, ``weight`` from 6 nats."""


_TIES: Mapping[str, tuple[str, ...]] = {
    "": ("unlinked",),
    "related": ("related",),
    "cites": ("related", "cites"),
    "same document": ("same document",),
}
"""What a tie counts as: a citation is never worth less than citing the same documents."""


def _word_for_word(c: Comparison) -> bool:
    """Whether two statements, each with a subject of its own, differ in their negation alone."""
    a, b = c.a.claim, c.b.claim
    said = {(x.subject.lower(), x.relation, x.object.lower(), x.subject_from, x.modality) for x in (a, b)}
    return len(said) == 1 and a.subject_from == "own words" and a.polarity != b.polarity


def _actor_left_out(c: Comparison) -> bool:
    """Whether a flat "no X", said of everybody, meets a statement about one kind of actor."""
    flat, other = sorted((c.a.claim, c.b.claim), key=lambda claim: claim.polarity, reverse=True)
    named = any(term.dimension == "actor" for term in other.scope)
    return named and flat.quantifier == "no" and not flat.scope and not flat.condition


def _inherited(claim: Claim) -> bool:
    """Whether a claim takes its subject from around it; what a document says of itself is about the document."""
    return claim.subject_from in {"heading", "title", "lead-in"} and claim.extractor not in _OWN


_OWN = frozenset({"document", "front-matter"})


def _all_parts(c: Comparison) -> bool:
    """Whether every part of a whole says otherwise than the whole."""
    return c.kind == "whole" and c.a.claim.marker == "all parts"


def _stated(claim: Claim) -> set[tuple[str, str]]:
    return {(term.dimension, term.value) for term in claim.scope if term.source == "stated"}


def _one_common_word(c: Comparison) -> bool:
    """Whether one ordinary word is all that ties the two sides."""
    if len(c.thing.shared | c.governed.shared) != 1:
        return False
    sides = (c.a.claim, c.b.claim)
    return not any(is_identifier(word) for claim in sides for word in f"{claim.subject} {claim.object}".split())


def features(c: Comparison, rule: str = "") -> Mapping[str, float]:
    """The features of a comparison by name, those that are zero left out; ``rule`` is the one that reports it."""
    kind = c.kind if c.kind in NAMED else "another kind"
    measured = {name: round(float(one.measure(c)), 4) for name, one in MEASURED.items()}
    named = dict.fromkeys((kind, *_TIES[c.linked], *c.evidence), 1.0)
    if REPORTED_AS + rule in NAMED:
        named[REPORTED_AS + rule] = 1.0
    return {name: value for name, value in (measured | named).items() if value}


def features_of_hit(rule: str, evidence: Iterable[str] = ()) -> Mapping[str, float]:
    """The features of what a rule found by documents and names, without a comparison."""
    return dict.fromkeys((rule if rule in NAMED else "another rule", *evidence), 1.0)


def prior_of(name: str) -> Prior:
    """The prior of a feature; one that no table knows is worth nothing."""
    measured = MEASURED.get(name)
    return measured.prior if measured else NAMED.get(name, Prior(0.0))


@cache
def learned() -> Mapping[str, float]:
    """The weights that judged reports have moved, by feature."""
    weights: Mapping[str, float] = json.loads(LEARNED.read_text("utf-8"))["weights"]
    return weights


def weight(name: str) -> float:
    """The log-odds that a feature adds when its value is 1."""
    found = learned().get(name)
    return prior_of(name).weight if found is None else found


def probability(found: Mapping[str, float]) -> float:
    """The probability that a finding with these features is a real conflict, in two decimals.

    >>> probability({}), probability({"a feature that no table knows": 1.0})
    (0.5, 0.5)
    """
    total = sum(weight(name) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-total)), 2)


def confidence(c: Comparison, rule: str = "") -> float:
    """The probability that a comparison, reported by a rule, is a real conflict, in two decimals."""
    return probability(features(c, rule))
