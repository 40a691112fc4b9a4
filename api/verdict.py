"""Which conflicts are shown, and which decide the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..graph.model import Conflict, Severity

if TYPE_CHECKING:
    from .configuration import Override

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
    overrides: tuple[Override, ...] = ()
    """What is otherwise in some documents; later ones win."""
    folder: str = ""
    """The folder of the set as the configuration sees it, since patterns may be written from either."""

    def selects(self, rule: str) -> bool:
        """Whether the rule with this id is asked for."""
        return rule.startswith(self.select or ("",)) and not rule.startswith(self.ignore)

    def at(self, path: str) -> Policy:
        """The choice for one document."""
        return _at(self, path) if self.overrides else self

    def of(self, conflict: Conflict) -> tuple[Policy, ...]:
        """The choices for the documents in which the rule of a conflict is asked for; none where it is no conflict.

        Statements in other documents are left aside: what remains must still clash.
        """
        if not self.overrides:
            return (self,) if self.selects(conflict.rule) else ()
        from ..queries.clash import clashes_without

        def dropped(path: str) -> bool:
            return not self.at(path).selects(conflict.rule)

        paths = dict.fromkeys(side.path for side in (*conflict.sides, *conflict.more) if not dropped(side.path))
        return tuple(self.at(path) for path in paths) if clashes_without(conflict, dropped) else ()


@lru_cache(maxsize=10_000)
def _at(policy: Policy, path: str) -> Policy:
    for override in policy.overrides:
        if _speaks_of(override, path, policy.folder):
            anew = override.select is not None
            policy = replace(
                policy,
                fail_on=override.fail_on or policy.fail_on,
                fail_confidence=_first(override.fail_confidence, policy.fail_confidence),
                min_level=override.min_level or policy.min_level,
                select=override.select if override.select is not None else policy.select,
                ignore=(*(() if anew else policy.ignore), *override.ignore),
            )
    return replace(policy, overrides=())


def _first(given: float | None, other: float) -> float:
    return other if given is None else given


def _speaks_of(override: Override, path: str, folder: str) -> bool:
    from pathspec import GitIgnoreSpec

    pattern = GitIgnoreSpec.from_lines(override.paths)
    return pattern.match_file(path) or (folder != "" and pattern.match_file(f"{folder}/{path}"))


def overriding(overrides: Iterable[Override], said: Callable[[str], bool]) -> tuple[Override, ...]:
    """The overrides as far as nobody said otherwise for all documents, by the names of the settings."""
    nothing: dict[str, Any] = {
        "select": None,
        "ignore": (),
        "fail_on": None,
        "fail_confidence": None,
        "min_level": None,
    }
    fixed = {name: value for name, value in nothing.items() if said(name)}
    return tuple(override._replace(**fixed) for override in overrides)


def chosen(conflicts: Sequence[Conflict], policy: Policy) -> tuple[Conflict, ...]:
    """The conflicts of the selected rules, in their order."""
    return tuple(row for row in conflicts if policy.of(row))


def shown(conflicts: Sequence[Conflict], policy: Policy) -> tuple[Conflict, ...]:
    """Those that are grave and sure enough for the report, in one of their documents at least."""
    sure = 0.0 if policy.everything else SURE
    return tuple(
        row
        for row in conflicts
        if row.confidence >= sure and any(_RANK[row.severity] >= _RANK[one.min_level] for one in policy.of(row))
    )


def failing(conflicts: Sequence[Conflict], policy: Policy) -> tuple[Conflict, ...]:
    """Those that make the check fail in one of their documents at least, shown or not."""
    return tuple(row for row in conflicts if any(_fails(row, one) for one in policy.of(row)))


def _fails(conflict: Conflict, policy: Policy) -> bool:
    return grave(conflict.severity, policy) and conflict.confidence >= policy.fail_confidence


def grave(severity: Severity, policy: Policy) -> bool:
    """Whether something of a severity is grave enough to make the check fail."""
    return _RANK[severity] >= _RANK[policy.fail_on]
