"""The comparable form of a claim."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..graph.model import Claim
from ..ingest.words import Phrase

AspectKind = Literal[
    "state",
    "task",
    "whole",
    "act",
    "existence",
    "presence",
    "value",
    "version",
    "setting",
    "role",
    "authority",
    "cardinality",
    "decision",
    "exclusive",
    "record",
    "decided",
    "path",
    "answer",
    "listed",
    "literal",
    "strength",
    "form",
    "kind",
    "quantifier",
    "closed list",
    "unmarked exception",
    "sample",
    "choice",
    "plan",
]


class Aspect(NamedTuple):
    """A claim in comparable form, filed under one key."""

    claim: Claim
    kind: AspectKind
    key: str
    subject: Phrase
    """What the claim is about: the bearer of a state, the agent of an act, who fills a role."""
    object: Phrase
    """What is governed: the patient of an act, the matter of an authority, the name of a value."""
    affirmed: bool
    value: str = ""
    tail: frozenset[str] = frozenset()
    """What limits a state: for what, from where."""
    step: str = ""
    """The entailment that led to this key, in words; empty for the claim's own."""
