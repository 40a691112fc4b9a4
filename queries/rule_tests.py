"""The harness of rules: every example must fire its rule, every counter-example must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..graph.model import Conflict
from .rule_file import Case, Rule, load

Finder = Callable[[Mapping[str, str]], Sequence[Conflict]]
"""From documents by path to their conflicts."""


class RuleOutcome(NamedTuple):
    """What became of one case of one rule."""

    rule: str
    case: str
    must_fire: bool
    fired: bool
    where: str
    """file:line of the case."""
    found: tuple[str, ...]
    """The rules that the case's documents did fire."""

    @property
    def passed(self) -> bool:
        """Whether the rule did what its file says."""
        return self.fired == self.must_fire


def rule_outcomes(folder: Path | None = None, find: Finder | None = None) -> Iterator[RuleOutcome]:
    """Run each case of each rule of a folder, the shipped ones without a folder.  Raises RuleError."""
    if find is None:
        find = _finder(folder)
    for rule in load(folder):
        yield from outcomes_of(rule, find)


def _finder(folder: Path | None) -> Finder:
    from .corpus import read_texts
    from .findings import find

    return lambda documents: find(read_texts(documents), rules=folder)


def outcomes_of(rule: Rule, find: Finder) -> Iterator[RuleOutcome]:
    """Run each case of one rule."""
    for case in rule.examples:
        yield _outcome(rule, case, find, must_fire=True)
    for case in rule.instead:
        yield _outcome(rule, case, find, must_fire=False)


def _outcome(rule: Rule, case: Case, find: Finder, *, must_fire: bool) -> RuleOutcome:
    conflicts = find(case.documents)
    reported = {conflict.rule for conflict in conflicts}
    silent = {other for conflict in conflicts for other in conflict.also}
    fired = rule.id in (reported if must_fire else reported | silent)
    found = tuple(sorted(reported))
    return RuleOutcome(rule.id, case.name, must_fire, fired, f"{rule.path}:{case.line}", found)
