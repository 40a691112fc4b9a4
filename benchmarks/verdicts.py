"""Verdicts of judges: agreement, precision, confidence bands, and the rows that are kept as data."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

VERDICTS = ("real", "arguable", "false")
FOLDER = Path(__file__).with_name("verdicts")
"""The judged reports that are kept: no text of the documents, only ids, verdicts and features."""
BANDS = ((0.8, 1.01), (0.6, 0.8), (0.0, 0.6))
JUDGES = {"author": 0.5, "reader": 1.0, "panel": 2.0}
"""Who judged, and what a verdict of theirs counts for in training: whoever wrote the rule, one blind reader, two blind
judges with a third where they differ.  Single readers were too lenient: ``docs/quality.md``."""
GATE = 0.8
"""Errors of this confidence and more fail a build."""


class Share(NamedTuple):
    """A share of some judged reports with its 95 % interval (Wilson)."""

    count: float
    total: int

    def interval(self) -> tuple[float, float]:
        """Lower and upper bound.

        >>> [round(x, 3) for x in Share(8, 10).interval()]
        [0.49, 0.943]
        """
        if not self.total:
            return 0.0, 1.0
        z, n = 1.96, self.total
        p = self.count / n
        middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))

    def __str__(self) -> str:
        if not self.total:
            return "none"
        low, high = self.interval()
        return f"{self.count:g}/{self.total} = {100 * self.count / self.total:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write(path: Path, found: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), "utf-8")


def kept(without: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Every verdict that is kept, one of each report: the weightiest judge's, of the last file by name among equals.

    ``without`` names files that are left out.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in (row for path in sorted(FOLDER.glob("*.jsonl")) if path.stem not in set(without) for row in rows(path)):
        before = found.get(row["id"])
        if before is None or JUDGES[row["judge"]] >= JUDGES[before["judge"]]:
            found[row["id"]] = row
    return [found[key] for key in sorted(found)]


def is_gating(report: Mapping[str, Any]) -> bool:
    """Whether a report fails a build."""
    return bool(report["severity"] == "error" and report["confidence"] >= GATE)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two judges.

    >>> kappa([("real", "real"), ("false", "false")]), kappa([("real", "real"), ("real", "false")])
    (1.0, 0.0)
    """
    n = len(pairs)
    same = sum(a == b for a, b in pairs) / n
    chance = sum(sum(a == v for a, _ in pairs) * sum(b == v for _, b in pairs) for v in VERDICTS) / (n * n)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def precision(verdicts: Iterable[str], arguable: float) -> Share:
    """How many are real, an arguable one counting as given."""
    found = list(verdicts)
    return Share(found.count("real") + arguable * found.count("arguable"), len(found))


def groups(reports: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """For each report the least id among those that fall together.

    Reports fall together when they share a statement, or a rule and a pair of documents.  What is learned from one of
    them must not be tested on another.
    """
    parent = {report["id"]: report["id"] for report in reports}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    first: dict[object, str] = {}
    for report in reports:
        sides = report.get("sides") or [one for one in (report["a"], report["b"]) if one]
        keys: list[object] = [(s["file"], s["line"]) for s in sides if s["line"] > 1]
        keys.append((report["rule"], *sorted(s["file"] for s in sides[:2])))
        for key in keys:
            a, b = sorted((root(first.setdefault(key, report["id"])), root(report["id"])))
            parent[b] = a
    return {key: root(key) for key in parent}


def kept_row(report: Mapping[str, Any], group: str, verdict: str, cause: str, judge: str) -> dict[str, Any]:
    """What is kept of one judged report; ``judge`` is one of ``JUDGES``."""
    return {
        "id": report["id"],
        "rule": report["rule"],
        "severity": report["severity"],
        "confidence": report["confidence"],
        "verdict": verdict,
        "cause": "" if verdict == "real" else cause,
        "judge": judge,
        "group": group,
        "features": report.get("features", {}),
    }
