"""What a text waits for is not so yet: "routing stays gated until the operator deploys the relay"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..graph.model import Claim
from .clauses import Piece
from .english import FINITE
from .statement import Statement
from .statements import read_clause
from .tasks import MADE_SO
from .words import tokens
from .writer import Writer

_WAITING = re.compile(
    r"\b(?:remains?|stays?|still|currently|intentionally|deliberately|is|are)\s+(?:[a-z]+ly\s+|still\s+)?"
    r"[“\"'`]?(?:gated|blocked|disabled|idle|paused|parked|pending|on hold|deferred|off)[”\"'`]?\s+until\s+",
    re.IGNORECASE,
)
_END = re.compile(r"[.;:(\n]|\s[–—]\s|,\s|$")


def awaited(text: str, writer: Writer) -> Iterator[Claim]:
    """That what a text says it waits for is not so."""
    for match in _WAITING.finditer(text) if " until " in text else ():
        end = _END.search(text, match.end())
        said = read_clause(text, Piece(match.end(), end.start() if end else len(text)))
        if said is not None and said.polarity == "affirmed" and (state := _state(said)) is not None:
            thing, relation = state
            yield writer.make(thing, relation, "", start=match.start(), end=said.end, polarity="denied", marker="until")


def _state(said: Statement) -> tuple[str, str] | None:
    """(thing, state) that a clause would make so."""
    lemma, _, passive = said.relation.partition(":")
    if said.relation.startswith("is-"):
        return said.subject, said.relation
    if lemma == "exist":
        return said.subject, "is-present"
    relation, positive = MADE_SO.get(lemma, ("", False))
    thing = said.subject if passive else _first_act(said.object)
    return (thing, relation) if positive and thing else None


def _first_act(governed: str) -> str:
    """What the first of several verbs governs: "the relay and sends its logs" is about the relay.

    >>> _first_act("the relay + its queue and sends the logs"), _first_act("the relay and the queue")
    ('the relay + its queue', 'the relay and the queue')
    """
    words = tokens(governed)
    for joint, verb in pairwise(words):
        if joint.low == "and" and verb.low in FINITE and verb.low.endswith("s"):
            return governed[: joint.start].rstrip(" ,")
    return governed
