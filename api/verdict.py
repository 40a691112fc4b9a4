"""Which conflicts are shown, and which decide the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..graph.model import Conflict, Severity

SURE = 0.5
"""Conflicts of less confidence are shown only when all are asked for."""
_RANK: dict[Severity, int] = {"note": 0, "warning": 1, "error": 2}


@dataclass(frozen=True, slots=True)
class Policy:
    """The user's choice of what matters."""

    fail_on: Severity = "error"
    fail_confidence: float = 0.8
    min_level: Severity = "note"
    select: tuple[str, ...] = ()
    """Rule ids, or their beginnings (``NS2``); empty for all."""
    ignore: tuple[str, ...] = ()
    everything: bool = False

    def selects(self, rule: str) -> bool:
        """Whether the rule with this id is asked for."""
        return rule.startswith(self.select or ("",)) and not rule.startswith(self.ignore)


def chosen(conflicts: Sequence[Conflict], policy: Policy) -> tuple[Conflict, ...]:
    """The conflicts of the selected rules, in their order."""
    return tuple(row for row in conflicts if policy.selects(row.rule))


def shown(conflicts: Sequence[Conflict], policy: Policy) -> tuple[Conflict, ...]:
    """Those that are grave and sure enough for the report."""
    least = _RANK[policy.min_level]
    sure = 0.0 if policy.everything else SURE
    return tuple(row for row in conflicts if _RANK[row.severity] >= least and row.confidence >= sure)


def failing(conflicts: Sequence[Conflict], policy: Policy) -> tuple[Conflict, ...]:
    """Those that make the check fail, shown or not."""
    least = _RANK[policy.fail_on]
    return tuple(row for row in conflicts if _RANK[row.severity] >= least and row.confidence >= policy.fail_confidence)


def grave(severity: Severity, policy: Policy) -> bool:
    """Whether something of a severity is grave enough to make the check fail."""
    return _RANK[severity] >= _RANK[policy.fail_on]
