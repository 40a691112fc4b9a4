"""What one run of ``check`` reports: the conflicts shown, and the figures about all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...graph.model import Conflict, Diagnostic, Severity, Side
from ...queries.claim_changes import ClaimChange
from ...queries.triage import UNMARKED, Mark, counting
from .excerpt import Sources
from .whereabouts import Whereabouts

if TYPE_CHECKING:
    from ...queries.rule_file import Rule

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""Gravest first."""


@dataclass(frozen=True, slots=True)
class Since:
    """What the set was compared with, and what became of the rest: all by the same choice as the report's."""

    name: str
    """As the user calls the base."""
    commit: str
    documents: int
    """Documents that were added, removed, renamed or rewritten."""
    known: tuple[Conflict, ...]
    """Conflicts that the base has as well."""
    moved: tuple[Conflict, ...]
    """Those of them that stand in other documents, or are worded anew."""
    effects: tuple[Conflict, ...]
    """Conflicts between documents that were not touched: names, weights or references have changed around them."""
    list_effects: bool
    claims: tuple[ClaimChange, ...]
    list_claims: bool
    """Whether text lists what became of claims, or counts it."""
    sources: Sources
    """The lines of the documents of the base."""


@dataclass(frozen=True, slots=True)
class Report:
    """One run of ``check``; every format is a function of this value."""

    conflicts: tuple[Conflict, ...]
    """Those shown, best first."""
    found: tuple[Conflict, ...]
    """All that the chosen rules found in the chosen files, shown or not."""
    diagnostics: tuple[Diagnostic, ...]
    documents: int
    claims: int
    gating: int
    """Conflicts that make the exit code 1."""
    version: str
    sources: Sources
    skipped: int = 0
    """Files that could not be read."""
    marks: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    """By the id of a conflict: whether it is new, and who accepted it."""
    closed: tuple[Conflict, ...] = ()
    """Conflicts of the base revision that are no more."""
    compared: bool = False
    """Whether it was compared with a base revision or a baseline."""
    changed: Mapping[str, Collection[int]] = field(default_factory=dict[str, Collection[int]])
    """Path of a document to its lines that the change touches; empty when no change was looked at."""
    failing: frozenset[str] = frozenset()
    """Ids of the conflicts that make the exit code 1."""
    paths: tuple[str, ...] = ()
    """The documents that were read, sorted."""
    rules: tuple[Rule, ...] = ()
    """The rules that looked at them, by id; only filled for the formats that list them."""
    whereabouts: Whereabouts = Whereabouts()  # noqa: RUF009 - a frozen value
    show_known: bool = False
    show_accepted: bool = False
    since: Since | None = None

    @property
    def listed(self) -> tuple[Conflict, ...]:
        """What people are to look at: neither long known nor accepted, unless they asked for those, too."""
        return tuple(
            row
            for row in self.conflicts
            if (self.show_accepted or self.mark(row).acceptance is None)
            and (self.show_known or self.mark(row).novelty != "known")
        )

    @property
    def accepted(self) -> tuple[Conflict, ...]:
        """Those that somebody lets stand."""
        return tuple(row for row in self.conflicts if self.mark(row).acceptance is not None)

    @property
    def known(self) -> tuple[Conflict, ...]:
        """Those that the base has, and nobody has accepted."""
        unaccepted = (row for row in self.conflicts if self.mark(row).acceptance is None)
        return tuple(row for row in unaccepted if self.mark(row).novelty == "known")

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Those that may fail a build, were they sure and grave enough; all, where nothing was compared or accepted."""
        return counting(self.conflicts, self.marks)

    def target(self, conflict: Conflict) -> int:
        """The place among the sides of the one to report at: one that the change brought, else the one to change.

        Sides come strongest first, and the second holds something else than the first: that is the one to change.
        """
        weaker = min(1, len(conflict.sides) - 1)
        if self.mark(conflict).novelty in ("new", "new side"):
            order = [weaker, *(at for at in range(len(conflict.sides)) if at != weaker)]
            return next((at for at in order if self._brought(conflict.sides[at])), weaker)
        return weaker

    def _brought(self, side: Side) -> bool:
        lines = self.changed.get(side.path, ())
        return all(number in lines for number in range(side.span.line, max(side.span.line, side.span.end_line) + 1))

    def mark(self, conflict: Conflict) -> Mark:
        """How one of the conflicts is to be taken."""
        return self.marks.get(conflict.id, UNMARKED)

    @property
    def hidden(self) -> int:
        """Conflicts that only ``--all`` shows."""
        return len(self.found) - len(self.conflicts)

    def count(self, severity: Severity) -> int:
        """Conflicts of one severity among those in the report."""
        return sum(conflict.severity == severity for conflict in self.conflicts)
