"""How sure a finding is: a logistic score over named features of the comparison."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ..graph.model import Claim
from .comparison import Comparison

WEIGHTS: Mapping[str, float] = {
    "task": 1.6,
    "state": 0.9,
    "act": 0.5,
    "existence": -0.2,
    "cardinality": 0.9,
    "value": 0.9,
    "setting": 0.5,
    "role": 1.2,
    "authority": 0.3,
    "decision": 0.2,
    "exclusive": 0.4,
    "record": 0.6,
    "decided": 0.3,
    "thing": 2.0,
    "governed": 2.0,
    "same document": 0.5,
    "cites": 0.4,
    "related": 0.1,
    "unlinked": -0.5,
    "weight": 0.12,
    "inherited subject": -0.5,
    "declared": 1.4,
    "heading names kind": 0.0,
    "one-sided condition": -1.0,
    "scope gap": -0.2,
    "unnamed task": -2.0,
    "default against set": -0.6,
    "dead and done": -1.0,
}
"""Log-odds of each feature; ``thing`` and ``governed`` count from 0.8, ``weight`` from 6 nats."""


def features(c: Comparison) -> Mapping[str, float]:
    """The features of a comparison by name, those that are zero left out."""
    a, b = c.a.claim, c.b.claim
    found = {
        c.kind: 1.0,
        c.linked or "unlinked": 1.0,
        "thing": c.thing.score - 0.8,
        "governed": c.governed.score - 0.8,
        "weight": min(c.specificity, 14.0) - 6.0,
        "inherited subject": float(_inherited(a) or _inherited(b)),
        "declared": float("narrower" in c.a.step),
        "heading names kind": float("heading" in c.a.step),
        "one-sided condition": float(bool(a.condition) != bool(b.condition)),
        "scope gap": float(bool(c.gap)),
        "default against set": float((a.marker == "default") != (b.marker == "default")),
        "dead and done": float(c.kind == "record" and {a.value, b.value} == {"dead", "done"}),
        "unnamed task": float(c.kind == "task" and " " in a.subject),
    }
    return {name: round(value, 4) for name, value in found.items() if value}


def _inherited(claim: Claim) -> bool:
    return claim.subject_from in {"heading", "title", "lead-in"}


def confidence(c: Comparison) -> float:
    """The probability that a comparison is a real conflict, in two decimals."""
    total = sum(WEIGHTS[name] * value for name, value in features(c).items())
    return round(1 / (1 + math.exp(-total)), 2)
