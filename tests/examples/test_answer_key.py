"""The example backlog against its answer key: every planted conflict is found, no planted near-miss is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from naysay.graph.model import Conflict, Side
from naysay.queries.corpus import load
from naysay.queries.findings import find

EXAMPLES = Path(__file__).parents[2] / "examples"
ROWS: Sequence[Mapping[str, Any]] = [
    json.loads(line) for line in (EXAMPLES / "backlog.key.jsonl").read_text("utf-8").splitlines()
]
PLANTED = [row for row in ROWS if row["label"] == "conflict"]
NEAR_MISSES = [row for row in ROWS if row["label"] != "conflict"]


@pytest.fixture(scope="module")
def conflicts() -> tuple[Conflict, ...]:
    """Everything reported on the example with its vocabulary."""
    return find(load([EXAMPLES / "backlog"], vocabulary=EXAMPLES / "vocabulary.ttl"))


def _stands(side: Side, place: Mapping[str, Any]) -> bool:
    return bool(side.path == place["file"] and side.span.line <= place["line"] <= side.span.end_line)


def _joining(row: Mapping[str, Any], conflicts: Sequence[Conflict]) -> list[Conflict]:
    return [
        c for c in conflicts
        if any(_stands(a, row["a"]) and _stands(b, row["b"]) for a in c.sides for b in c.sides if a is not b)
    ]  # fmt: skip


@pytest.mark.parametrize("row", PLANTED, ids=[row["id"] for row in PLANTED])
def test_planted_conflict_is_reported_under_its_rule(row: Mapping[str, Any], conflicts: tuple[Conflict, ...]) -> None:
    found = _joining(row, conflicts)
    assert found, row["why"]
    assert row["type"] in {c.rule for c in found}


@pytest.mark.parametrize("row", NEAR_MISSES, ids=[row["id"] for row in NEAR_MISSES])
def test_near_miss_is_not_reported(row: Mapping[str, Any], conflicts: tuple[Conflict, ...]) -> None:
    assert not _joining(row, conflicts), row["why"]


def test_hardly_anything_else_is_reported(conflicts: tuple[Conflict, ...]) -> None:
    planted = {c.id for row in PLANTED for c in _joining(row, conflicts)}
    others = [c for c in conflicts if c.id not in planted]
    assert len(others) <= 2, [(c.rule, c.why) for c in others]
