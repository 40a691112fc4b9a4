"""How an act is done: what runs by itself, and what somebody does by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .english import FINITE, PARTICIPLES
from .statement import Statement
from .words import clean

_MANNER = re.compile(r"\b(?:automatically|manually|by hand)\b", re.IGNORECASE)
_VERB = re.compile(
    r"(?:(?P<before>[A-Za-z]+)\s+(?:automatically|manually|by hand)|(?:automatically|manually)\s+(?P<after>[a-z]+))\b",
    re.IGNORECASE,
)
_STARTING = frozenset("run execute trigger invoke start launch".split())
"""Verbs of which one means the other when it is told by whom a thing is set going."""


def manner(text: str, said: Statement) -> Iterator[Statement]:
    """The statement that what is done is done automatically, or by hand.

    >>> said = Statement("backup", "run:passive", "manually", "affirmed", "fact", "", False, "", "", 0, 26)
    >>> [(s.subject, s.relation, s.object, s.polarity) for s in manner("Backups are run manually.", said)]
    [('backup', 'is-automatic', 'run', 'denied')]
    """
    if said.modality not in {"fact", "obligation"} or said.relation.startswith("is"):
        return
    found = _MANNER.search(text, said.start, said.end)
    if found is None:
        return
    lemma, _, passive = said.relation.partition(":")
    verb = lemma.partition("-")[0]
    if not any(_lemma(m["before"] or m["after"]) == verb for m in _VERB.finditer(text, said.start, said.end)):
        return
    by_itself = found.group().lower() == "automatically"
    moved = _MANNER.match(said.object)
    if not said.subject and (said.modality != "fact" or not moved):
        return
    patient = said.subject if passive or moved or not said.object else said.object
    yield said._replace(
        subject=clean(_MANNER.sub("", patient)),
        relation="is-automatic",
        object="run" if verb in _STARTING else verb,
        polarity="affirmed" if by_itself == (said.polarity == "affirmed") else "denied",
        marker=found.group().lower(),
        quantifier="",
    )


def _lemma(word: str) -> str:
    low = word.lower()
    return FINITE.get(low) or PARTICIPLES.get(low) or low
