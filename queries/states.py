"""Aspects of states and tasks: what is done, enabled, required, present."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..graph.model import Claim
from ..ingest.english import FINITE, PARTICIPLES, STATES
from ..ingest.lexicon import Lexicon
from ..ingest.progress import leading_id, numbered
from ..ingest.words import EMPTY, LIGHT, Phrase, core, parts, phrase, stem
from .aspect import Aspect

TAIL = re.compile(r"\s+(?:by default|in|for|on|from|when|to|at|with|via)\b")


def task_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """A task by its id or its words, and the state of what it builds."""
    label = phrase(claim.subject)
    if claim.extractor in {"whole", "part"}:
        yield Aspect(claim, "whole", f"whole|{claim.path}|{claim.subject}", label, EMPTY, claim.polarity == "affirmed")
        return
    affirmed = claim.polarity == "affirmed"
    if NEGATED.search(claim.subject):
        return
    known = leading_id(claim.subject)
    number, rest = numbered(claim.subject)
    described = phrase(rest) if rest else EMPTY if claim.extractor == "table" else phrase(claim.object)
    if known == claim.subject or number:
        yield Aspect(claim, "task", f"task|{number or known}", label, described, affirmed)
    elif claim.subject_from != "repeated row key":
        words = task_words(claim.subject)
        if len(words) > 2:
            yield Aspect(claim, "task", f"task|{' '.join(sorted(words))}", label, described, affirmed)
    if claim.extractor == "mark" and not known and not number and 0 < len(label.terms) <= 4:
        tail = phrase(claim.object).terms
        yield from state_aspects(claim, "implemented", affirmed, claim.subject, lexicon, tail=tail)


NEGATED = re.compile(r"^(?:no|not|missing|lacks?)\b|\b(?:not|never|cannot|can't|don't|doesn't|isn't)\b", re.IGNORECASE)
MAKING = frozenset("add implement create build make introduce provide have develop finish complete".split())
"""Verbs that say of a task no more than that its object comes to be."""


@lru_cache(maxsize=50_000)
def task_words(label: str) -> frozenset[str]:
    """The words that tell a task from others: verbs in their base form, without one that only says "make".

    >>> task_words("Add retry logic for transient failures") == task_words("Retry logic for transient failures")
    True
    """
    words = label.split()
    if len(words) > 2 and FINITE.get(words[0].lower(), PARTICIPLES.get(words[0].lower())) in MAKING:
        label = " ".join(words[1:])
    return frozenset(FINITE.get(word, PARTICIPLES.get(word, word)) for word in phrase(label).terms)


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
        or not _RELATIVE.isdisjoint(words)
        or (words[0].lower().endswith("ing") and words[0].lower() in PARTICIPLES and len(words) > 1)
    ):
        return
    for part in coordinated(core(thing)):
        subject = _headed(part, lexicon)
        if subject.head and not (subject.head in EMPTY_HEADS and len(subject.terms) < 3) and not subject.head.isdigit():
            yield Aspect(claim, "state", f"state|{state}|{subject.head}", subject, EMPTY, affirmed, state, tail, step)
            if affirmed and (wide := _ENTAILED.get(state)):
                why = f"what is {state} is {wide}"
                yield Aspect(claim, "state", f"state|{wide}|{subject.head}", subject, EMPTY, True, wide, tail, why)


_ENTAILED = {"enabled": "deployed", "deployed": "present"}
"""A state, and the one that it presupposes."""


def _headed(part: str, lexicon: Lexicon) -> Phrase:
    """The phrase of a thing, headed by its last telling word: "dispatcher workloads" by "dispatcher"."""
    subject = lexicon.link(part)
    words = part.split()
    if subject.head in LIGHT and len(words) > 1:
        named = phrase(" ".join(words[:-1]))
        return subject._replace(head=named.head) if named.head in subject.terms else subject
    return subject


_RELATIVE = frozenset({"whose", "which", "who"})
"""Words that make a subject a clause about something else."""
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

_JOINTS = ("+", "&", ",", " and ", " or ")
_JOINT = re.compile(r"\s*(?:\+|&|,| and | or )\s*")


@lru_cache(maxsize=50_000)
def coordinated(text: str) -> tuple[str, ...]:
    """The parts of a coordinated noun phrase.

    >>> coordinated("topics + runner and ScaledJobs")
    ('topics', 'runner', 'ScaledJobs')
    >>> coordinated("router/relay workloads")
    ('router workloads', 'relay workloads')
    """
    first, _, rest = text.partition(" ")
    if "/" in first and stem(rest) in LIGHT and len(names := parts(first)) > 1:
        return tuple(f"{name} {rest}" for name in names)
    if not any(joint in text for joint in _JOINTS):
        return (text,)
    joined = [p.strip() for p in _JOINT.split(text) if p.strip()]
    return tuple(joined) if 1 < len(joined) <= 6 and all(len(p.split()) <= 4 for p in joined) else (text,)
