"""Aspects of acts: who does, has or uses what, the broader acts that they entail, and decisions about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Claim
from ..graph.relations import family_of, relation_of
from ..ingest.english import PREPOSITIONS
from ..ingest.lexicon import Lexicon
from ..ingest.statements import statements
from ..ingest.words import EMPTY, Phrase, core, phrase, terms
from .aspect import Aspect
from .presence import support_aspects
from .states import TAIL, state_aspects

_CAUSATIVES = {
    "enable": ("enabled", True),
    "disable": ("enabled", False),
    "require": ("required", True),
    "allow": ("allowed", True),
    "forbid": ("allowed", False),
    "prohibit": ("allowed", False),
    "deprecate": ("current", False),
    "remove": ("present", False),
    "delete": ("present", False),
    "retire": ("present", False),
    "drop": ("present", False),
    "eliminate": ("present", False),
    "omit": ("present", False),
}

_WHOLLY = re.compile(r"\s+(?:entirely|completely|fully|altogether|outright|permanently|again)$", re.IGNORECASE)
_PURPOSE = re.compile(r"\s(?:to|so|because|in order)\s")


def act_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """An act by what it governs, and what it makes so.

    "Disables the timer" under the name of a command, or behind it, tells what the command does when called, not how
    the timer is.
    """
    lemma, _, passive = claim.relation.partition(":")
    affirmed = claim.polarity == "affirmed"
    if lemma in _CAUSATIVES and claim.object:
        if claim.modality == "fact" and claim.subject_from in {"heading", "title", "label"}:
            return
        state, positive = _CAUSATIVES[lemma]
        thing = _WHOLLY.sub("", TAIL.split(claim.object, maxsplit=1)[0])
        tail = terms(_PURPOSE.split(claim.object[len(thing) :], maxsplit=1)[0]) - {"default"}
        yield from state_aspects(
            claim, state, affirmed == positive, thing, lexicon, tail=tail, step=f"to {lemma} it makes it so"
        )
        return
    place = placed(claim)
    if place is not None and place.preposition != "by":
        where, what = lexicon.link(core(place.name)), lexicon.link(core(claim.subject))
        if where.head:
            kin = family(f"{lemma}-{place.preposition}")
            yield Aspect(claim, "act", f"act|{kin}|{where.head}", what, where, affirmed)
        if not affirmed:
            return
    patient = claim.subject if passive else claim.object
    agent = (place.name if place and place.preposition == "by" else "") if passive else claim.subject
    subject, governed = lexicon.link(core(agent)), lexicon.link(core(patient))
    if governed.head:
        kin = family(lemma)
        yield Aspect(claim, "act", f"act|{kin}|{governed.head}", subject, governed, affirmed)
        yield from _entailed(claim, kin, subject, patient, lexicon)
    if not affirmed and claim.quantifier == "no" and lemma == "has" and claim.subject_from != "own words":
        what = lexicon.link(claim.object)
        yield Aspect(claim, "existence", f"existence|{what.head}", what, EMPTY, False)
        if claim.subject_from == "title":
            yield from support_aspects(claim, core(claim.object), lexicon, affirmed=False)


class Place(NamedTuple):
    """What follows a passive: by whom it is done, or where."""

    preposition: str
    name: str


def placed(claim: Claim) -> Place | None:
    """By whom or where something is done: "is written by X", "is kept in Y"."""
    if not claim.relation.endswith(":passive"):
        return None
    first, _, rest = claim.object.partition(" ")
    return Place(first.lower(), rest) if rest and first.lower() in PREPOSITIONS else None


def _entailed(claim: Claim, kin: str, subject: Phrase, patient: str, lexicon: Lexicon) -> Iterator[Aspect]:
    if claim.polarity == "denied":
        return
    for name in _broader(patient, lexicon) if lexicon.vocabulary.broader else ():
        wide = phrase(name)
        yield Aspect(
            claim, "act", f"act|{kin}|{wide.head}", subject, wide, True, step=f"{patient!r} is narrower than {name!r}"
        )
    if kin == "possession" and claim.topic and claim.modality == "fact" and claim.subject_from == "own words":
        named = terms(claim.topic)
        for word in _heads(claim.topic):
            yield Aspect(
                claim,
                "act",
                f"act|{kin}|{word}",
                subject,
                Phrase(word, named | phrase(patient).terms),
                True,
                step=f"the heading {claim.topic!r} names what it is",
            )


def _broader(patient: str, lexicon: Lexicon) -> tuple[str, ...]:
    return lexicon.broader(patient) or lexicon.broader(phrase(patient).head)


@lru_cache(maxsize=20_000)
def _heads(topic: str) -> frozenset[str]:
    """Heads of the noun phrases that headings join: what stands under them is of these kinds.

    >>> sorted(_heads("Mail identity › Identity, credentials, and storage"))
    ['credential', 'identity', 'storage']
    """
    parts = re.split(r",|&|/|\band\b|›", re.sub(r"\d+(?:\.\d+)*[.)]?", " ", topic))
    heads = frozenset(found.head for part in parts if (found := phrase(part)).head and len(found.terms) <= 3)
    return heads - _TALK


_TALK = frozenset(
    "note summary overview detail status example background context reference decision requirement".split()
)
"""Heads of headings that name a kind of text, not a kind of thing."""


def decision_aspects(claim: Claim, lexicon: Lexicon) -> Iterator[Aspect]:
    """What an open decision leaves open, filed under the act that it asks about."""
    matter = re.sub(r"^(?:whether|if|that|to)\s+", "", claim.object, flags=re.IGNORECASE)
    for statement in statements(matter):
        lemma = statement.relation.partition(":")[0]
        governed, subject = lexicon.link(statement.object), lexicon.link(statement.subject)
        if statement.relation.endswith(":passive"):
            governed, subject = subject, EMPTY
        if lemma.startswith("is-") and subject.head:
            yield Aspect(claim, "decision", f"state|{lemma[3:]}|{subject.head}", subject, EMPTY, False)
        elif governed.head:
            yield Aspect(claim, "decision", f"act|{family(lemma)}|{governed.head}", subject, governed, False)


@lru_cache(maxsize=10_000)
def family(lemma: str) -> str:
    """The family of relations that a verb with its particle belongs to, or the verb itself.

    >>> family("run-with") == family("have")
    True
    """
    found = relation_of(lemma.replace("-", " "))
    return family_of(found.id) if found is not None else lemma
