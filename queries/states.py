"""Aspects of states and tasks: what is done, enabled, required, present."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..graph.model import Claim
from ..ingest.english import PARTICIPLES, STATES
from ..ingest.lexicon import Lexicon
from ..ingest.progress import leading_id
from ..ingest.words import EMPTY, LIGHT, core, phrase
from .aspect import Aspect

TAIL = re.compile(r"\s+(?:by default|in|for|on|from|when|to|at|with|via)\b")


def task_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """A task by its id or its words, and the state of what it builds."""
    label = phrase(claim.subject)
    if claim.extractor in {"whole", "part"}:
        yield Aspect(claim, "whole", f"whole|{claim.path}|{claim.subject}", label, EMPTY, claim.polarity == "affirmed")
        return
    known = leading_id(claim.subject)
    affirmed = claim.polarity == "affirmed"
    if re.match(r"(?:no|not|missing|lacks?)\b", claim.subject, re.IGNORECASE):
        return
    if known == claim.subject or (len(label.terms) >= 3 and claim.extractor != "table"):
        described = EMPTY if claim.extractor == "table" else phrase(claim.object)
        yield Aspect(claim, "task", f"task|{' '.join(sorted(label.terms))}", label, described, affirmed)
    if claim.extractor == "mark" and not known and 0 < len(label.terms) <= 4:
        tail = phrase(claim.object).terms
        yield from state_aspects(claim, "implemented", affirmed, claim.subject, lexicon, tail=tail)


def state_aspects(
    claim: Claim,
    state: str,
    affirmed: bool,
    thing: str,
    lexicon: Lexicon,
    *,
    tail: frozenset[str] = frozenset(),
    step: str = "",
) -> Iterator[Aspect]:
    """The state of each thing that a phrase names."""
    words = thing.split()
    if (
        not words
        or len(words) > LONG
        or (words[0].lower().endswith("ing") and words[0].lower() in PARTICIPLES and len(words) > 1)
    ):
        return
    for part in coordinated(core(thing)):
        subject = lexicon.link(part)
        if subject.head and not (subject.head in EMPTY_HEADS and len(subject.terms) < 3) and not subject.head.isdigit():
            yield Aspect(claim, "state", f"state|{state}|{subject.head}", subject, EMPTY, affirmed, state, tail, step)


LONG = 9
"""Words from which a subject is a clause that was not understood."""

EMPTY_HEADS = frozenset(
    {
        "status",
        "owner",
        "place",
        "copy",
        "line",
        "file",
        "name",
        "one",
        "part",
        "phase",
        "step",
        "mostly",
        "implementation",
        "item",
        "change",
        "work",
        *STATES,
        *LIGHT,
    }
)
"""Heads that name nothing by themselves."""


@lru_cache(maxsize=50_000)
def coordinated(text: str) -> tuple[str, ...]:
    """The parts of a coordinated noun phrase.

    >>> coordinated("topics + runner and ScaledJobs")
    ('topics', 'runner', 'ScaledJobs')
    """
    parts = [p.strip() for p in re.split(r"\s*(?:\+|&|,| and | or )\s*", text) if p.strip()]
    return tuple(parts) if 1 < len(parts) <= 6 and all(len(p.split()) <= 4 for p in parts) else (text,)
