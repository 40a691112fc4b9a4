"""What one run of ``check`` reports: the conflicts shown, and the figures about all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...graph.model import Conflict, Diagnostic, Severity
from ...queries.triage import UNMARKED, Mark
from .excerpt import Sources

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""Gravest first."""


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

    def mark(self, conflict: Conflict) -> Mark:
        """How one of the conflicts is to be taken."""
        return self.marks.get(conflict.id, UNMARKED)

    @property
    def hidden(self) -> int:
        """Conflicts that only ``--all`` shows."""
        return len(self.found) - len(self.conflicts)

    def count(self, severity: Severity) -> int:
        """Shown conflicts of one severity."""
        return sum(conflict.severity == severity for conflict in self.conflicts)
