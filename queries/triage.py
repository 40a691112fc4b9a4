"""What a finding is to the people who are shown it: news or long known, and whether somebody lets it stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from ..graph.model import Conflict

Novelty = Literal["", "new", "new side", "known"]
"""What a conflict is against a base revision or a baseline; empty when it was compared with neither.

``new side``: the conflict is known, and a statement that the base lacks has joined it.
"""


class Acceptance(NamedTuple):
    """Somebody has read a finding and lets it stand."""

    where: Literal["document", "configuration"]
    reason: str
    path: str
    """The file that says so, relative to the root of the set."""
    line: int
    owner: str = ""
    until: str = ""
    """The last day on which it holds, ISO 8601; empty for good."""


class Mark(NamedTuple):
    """How one finding is to be taken."""

    novelty: Novelty = ""
    acceptance: Acceptance | None = None
    was: str = ""
    """The id of the conflict that this one was before a statement of it was worded anew; empty for the same id."""

    @property
    def counts(self) -> bool:
        """Whether it may fail a build: nobody accepted it, and it is not long known."""
        return self.acceptance is None and self.novelty != "known"


UNMARKED = Mark()
_FIRST: tuple[Novelty, ...] = ("known", "new side", "new", "")


def milder(one: Novelty, other: Novelty) -> Novelty:
    """What a conflict is when it was compared with two things: known to either of them is known.

    >>> milder("new", "known"), milder("", "new side")
    ('known', 'new side')
    """
    return next(each for each in _FIRST if each in (one, other))


def counting(conflicts: Iterable[Conflict], marks: Mapping[str, Mark]) -> tuple[Conflict, ...]:
    """The conflicts that may fail a build, by their marks under their ids."""
    return tuple(row for row in conflicts if marks.get(row.id, UNMARKED).counts)
