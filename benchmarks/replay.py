"""What ``check --since`` would have said of the last commits of a documentation set.

    PYTHONPATH=.src python benchmarks/replay.py REPOSITORY [--commits N] [--cache DIR] [--json FILE]

REPOSITORY is a clone whose working tree may be altered; it is left at the branch it was on.  Each commit is compared
with its first parent, in one process, with what was read of documents kept in a cache.  Prints a line a commit, and
exits 1 when a conflict that is reported as new stands with all its statements in documents that the commit left alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from naysay.graph.model import Conflict
from naysay.ingest.cache import Cache
from naysay.queries.change import Change, change, statements
from naysay.queries.corpus import load
from naysay.queries.revision import Selection, base_of, revision

REPORTED = 0.5
"""Confidence from which a conflict is shown without being asked for."""


class Step(NamedTuple):
    """One commit and what it brings."""

    commit: str
    touched: frozenset[str]
    """Files that git says it touched, by their names after it."""
    change: Change
    seconds: float

    def news(self) -> Iterator[Conflict]:
        """The conflicts that fail or would be shown."""
        for row in self.change.conflicts:
            if row.confidence >= REPORTED and self.change.marks[row.id].novelty in {"new", "new side"}:
                yield row

    def elsewhere(self) -> list[Conflict]:
        """Those of them that no document of the commit takes part in."""
        return [row for row in self.news() if not any(side.path in self.touched for side in statements(row))]


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    return subprocess.run(("git", *arguments), cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def steps(folder: Path, commits: Sequence[str], cache: Cache) -> Iterator[Step]:
    """Each commit against its first parent, oldest first."""
    for commit in commits:
        git(folder, "checkout", "-q", "--detach", commit)
        start = time.perf_counter()
        now = load([folder], cache=cache)
        base = base_of(now, revision(folder, f"{commit}~1"), Selection((folder,)), cache=cache)
        found = change(now, base)
        names = git(folder, "diff", "--name-only", "-z", "-M", f"{commit}~1", commit)
        yield Step(commit, frozenset(names.split("\0")), found, time.perf_counter() - start)


def _row(conflict: Conflict, step: Step) -> dict[str, object]:
    return {
        "commit": step.commit,
        "mark": step.change.marks[conflict.id].novelty,
        "id": conflict.id,
        "rule": conflict.rule,
        "severity": conflict.severity,
        "confidence": round(conflict.confidence, 2),
        "why": conflict.why,
        "sides": [{"file": s.path, "line": s.span.line, "quote": s.quote} for s in conflict.sides],
    }


def main() -> int:
    """Replay and count; 1 when news stand elsewhere than the change."""
    options = _options()
    folder = options.repository.resolve()
    branch = git(folder, "symbolic-ref", "--short", "HEAD")
    commits = git(folder, "rev-list", "--first-parent", f"--max-count={options.commits}", "HEAD").split()[::-1]
    rows: list[dict[str, object]] = []
    wrong = 0
    with tempfile.TemporaryDirectory() as kept:
        try:
            for step in steps(folder, commits, Cache(options.cache or Path(kept))):
                rows += [_row(row, step) for row in step.news()]
                wrong += len(step.elsewhere())
                _print(step)
        finally:
            git(folder, "checkout", "-q", branch)
    print(f"{len(commits)} commits, {len(rows)} new conflicts reported, {wrong} of them between untouched documents")
    if options.json:
        options.json.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return int(wrong > 0)


def _print(step: Step) -> None:
    found = step.change
    sure = [row for row in found.closed if row.confidence >= REPORTED]
    news = len([*step.news()])
    print(
        f"{step.commit[:10]} {found.documents:3} documents: {news:3} new, {len(sure):3} closed, "
        f"{len(found.moved):3} moved, {len(found.effects):3} effects, {len(found.claims)} claims, {step.seconds:.1f} s",
        flush=True,
    )
    for row in step.elsewhere():
        print(f"    BAD {row.rule} {row.id}: {', '.join(f'{s.path}:{s.span.line}' for s in row.sides)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--commits", type=int, default=100, metavar="N")
    parser.add_argument("--cache", type=Path, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what is new as JSON lines, to be judged")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
