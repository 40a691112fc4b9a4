"""Which side outranks the other, as the documents state it: a direction is proposed, a winner never picked silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from ..graph.model import Side
from .linkage import Linkage
from .precedence import Precedence

_RANKS = (
    (("normative", "accepted", "approved", "canonical", "authoritative"), 3),
    (("active", "implemented", "final", "stable", "in force", "current"), 2),
    (("draft", "proposal", "proposed", "wip", "idea", "planning", "under review", "target"), 0),
)


class Ranked(NamedTuple):
    """Sides in order, strongest first, and why."""

    sides: tuple[Side, ...]
    reason: str
    repair: str
    settled: bool = False
    """Whether a document states outright that the one gives way to the other."""


def ranked_as_stated(sides: Sequence[Side], settled: Mapping[tuple[str, str], Precedence]) -> Ranked | None:
    """Order two sides as a document states that one wins over the other; None when none does."""
    for first, last in permutations(sides[:2]):
        stated = settled.get((first.path, last.path))
        if stated is not None:
            return Ranked(
                (first, last, *sides[2:]),
                f"{stated.path}:{stated.line} says that {first.path} wins over {last.path}",
                f"change {last.path}:{last.span.line} to agree with {first.path}:{first.span.line}",
                settled=True,
            )
    return None


def rank(sides: Sequence[Side], linkage: Linkage) -> Ranked:
    """Order sides by stated status, then by version in one lineage, then by stated date."""
    lineage = len({linkage.document(s.path).number for s in sides}) == 1
    ordered = sorted(
        sides, key=lambda s: (-_status(s.status), -_version(s, linkage) * lineage, _later(s.date), s.path, s.span)
    )
    first, last = ordered[0], ordered[-1]
    reason = _reason(first, last, linkage)
    where = f"{last.path}:{last.span.line}"
    repair = f"change {where} to agree with {first.path}:{first.span.line}" if reason else "a person must choose"
    return Ranked(tuple(ordered), reason or "undecided (same rank, same date)", repair)


def _status(status: str) -> int:
    return next((value for words, value in _RANKS for word in words if status.startswith(word)), 1)


def _version(side: Side, linkage: Linkage) -> int:
    family = linkage.document(side.path).family.lstrip("v")
    return int(family) if family.isdecimal() else 1


def _later(date: str) -> tuple[int, ...]:
    """Sorts later dates first and missing ones last."""
    return tuple(-ord(c) for c in date) or (1,)


def _reason(first: Side, last: Side, linkage: Linkage) -> str:
    if first.path == last.path:
        return ""
    if _status(first.status) != _status(last.status):
        return f"{first.path} is {first.status or 'unmarked'}, {last.path} is {last.status or 'unmarked'}"
    one, other = linkage.document(first.path), linkage.document(last.path)
    if one.number and one.number == other.number and _version(first, linkage) != _version(last, linkage):
        return f"{first.path} is the later version of {one.number}"
    if first.date and last.date and first.date != last.date:
        return f"{first.path} is dated {first.date}, {last.path} {last.date}"
    return ""
