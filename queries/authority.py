"""Which side outranks the other, as the documents state it: a direction is proposed, a winner never picked silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Literal, NamedTuple

from ..graph.model import PrecedencePolicy, Side
from .gate import DIMENSIONS_THAT_SPLIT
from .linkage import Linkage
from .precedence import Precedence

_RANKS = (
    (("normative", "accepted", "approved", "canonical", "authoritative"), 3),
    (("active", "implemented", "final", "stable", "in force", "current"), 2),
    (("draft", "proposal", "proposed", "wip", "idea", "planning", "under review", "target"), 0),
)

UNDECIDED = "undecided (same rank, same date): a person must choose"

Order = Literal["statement", "status", "version", "date", "scope", ""]
"""By what two sides are ordered; empty where nothing orders them."""
_SETTLING: Mapping[PrecedencePolicy, frozenset[Order]] = {
    "strict": frozenset({"statement"}),
    "defeasible": frozenset({"statement", "status", "version", "date", "scope"}),
}


class Ranked(NamedTuple):
    """Sides in order, strongest first, and why."""

    sides: tuple[Side, ...]
    reason: str
    repair: str
    order: Order = ""

    def is_settled(self, policy: PrecedencePolicy) -> bool:
        """Whether what orders the sides is enough, by a policy, to make their clash a note."""
        return self.order in _SETTLING[policy]


def ranked_as_stated(sides: Sequence[Side], settled: Mapping[tuple[str, str], Precedence]) -> Ranked | None:
    """Order two sides as a document states that one wins over the other; None when none does."""
    for first, last in permutations(sides[:2]):
        stated = settled.get((first.path, last.path))
        if stated is not None:
            return Ranked(
                (first, last, *sides[2:]),
                f"{stated.path}:{stated.line} says that {first.path} wins over {last.path}",
                f"change {last.path}:{last.span.line} to agree with {first.path}:{first.span.line}",
                order="statement",
            )
    return None


def rank(sides: Sequence[Side], linkage: Linkage) -> Ranked:
    """Order sides by stated status, by version in one lineage, by stated date, then the narrower scope first."""
    lineage = len({linkage.document(s.path).number for s in sides}) == 1
    ordered = sorted(
        sides,
        key=lambda s: (
            -_status(s.status), -_version(s, linkage) * lineage, _later(s.date), -len(_stated_scope(s)), s.path, s.span
        ),
    )  # fmt: skip
    first, last = ordered[0], ordered[-1]
    order, reason = _reason(first, last, linkage)
    return Ranked(tuple(ordered), reason, _repair(order, first, last), order)


def _repair(order: Order, first: Side, last: Side) -> str:
    strong, weak = (f"{side.path}:{side.span.line}" for side in (first, last))
    match order:
        case "":
            return f"change {weak} to agree with {strong}, or {strong} to agree with {weak}"
        case "scope":
            return f"name the exception of {strong} at {weak}"
        case _:
            return f"change {weak} to agree with {strong}"


def _stated_scope(side: Side) -> Mapping[str, str]:
    """Dimension and value of what a side's own words limit it to."""
    return {t.dimension: t.value for t in side.scope if t.source == "stated" and t.dimension in DIMENSIONS_THAT_SPLIT}


def _status(status: str) -> int:
    return next((value for words, value in _RANKS for word in words if status.startswith(word)), 1)


def _version(side: Side, linkage: Linkage) -> int:
    family = linkage.document(side.path).family.lstrip("v")
    return int(family) if family.isdecimal() else 1


def _later(date: str) -> tuple[int, ...]:
    """Sorts later dates first and missing ones last."""
    return tuple(-ord(c) for c in date) or (1,)


def _reason(first: Side, last: Side, linkage: Linkage) -> tuple[Order, str]:
    """By what the one side goes before the other, and in words."""
    one, other = linkage.document(first.path), linkage.document(last.path)
    if first.path == last.path:
        return _narrower(first, last)
    if _status(first.status) != _status(last.status):
        return "status", f"{first.path} is {first.status or 'unmarked'}, {last.path} is {last.status or 'unmarked'}"
    if one.number and one.number == other.number and _version(first, linkage) != _version(last, linkage):
        return "version", f"{first.path} is the later version of {one.number}"
    if first.date and last.date and first.date != last.date:
        return "date", f"{first.path} is dated {first.date}, {last.path} {last.date}"
    return _narrower(first, last)


def _narrower(first: Side, last: Side) -> tuple[Order, str]:
    """Whether the one side speaks of a part of the cases of which the other speaks."""
    special, general = _stated_scope(first), _stated_scope(last)
    if not general.items() < special.items():
        return "", UNDECIDED
    limits = ", ".join(f"{name} {value}" for name, value in sorted(special.items()) if name not in general)
    return (
        "scope",
        f"{first.path}:{first.span.line} speaks of {limits} alone, {last.path}:{last.span.line} of every one",
    )
