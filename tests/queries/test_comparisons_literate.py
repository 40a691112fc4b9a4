"""The document sets of ``comparisons/*.md``: what contradicts what, and what only looks as if it did.

A line of a ``conflicts`` block is ``rule: file:line × file:line``, in any order of the sides; ``none`` stands for no
conflict.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.literate import Case, cases, faults

from naysay.graph.model import Conflict
from naysay.queries.findings import find_in

CASES = list(cases(Path(__file__).with_name("comparisons"), "conflicts"))


def named(case: Case) -> str:
    return f"{case.where}-{case.title}"


def test_the_cases_are_well_formed() -> None:
    assert list(faults(CASES)) == []


@pytest.mark.parametrize("case", CASES, ids=named)
def test_conflicts(case: Case) -> None:
    expected = () if case.expected == ("none",) else case.expected
    assert sorted(map(shown, find_in(case.documents))) == sorted(map(ordered, expected)), case.where


def shown(conflict: Conflict) -> str:
    """A conflict as its line."""
    return ordered(f"{conflict.rule}: " + " × ".join(f"{side.path}:{side.span.line}" for side in conflict.sides))


def ordered(line: str) -> str:
    """A line with its sides in the order of the alphabet."""
    rule, _, sides = line.partition(": ")
    return f"{rule}: {' × '.join(sorted(sides.split(' × ')))}"
