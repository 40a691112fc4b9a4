"""Judging reports: what is drawn, what the judges see, and how what they say is counted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT = "# Queue\n\n> Status: Accepted\n\n## Limits\n\nPer worker:\n\n| Key | Value |\n|---|---|\n| size | {} |\n"


def report(n: int, severity: str, confidence: float) -> dict[str, Any]:
    sides = [{"file": f"{name}.md", "line": 11, "line_end": 11} for name in "ab"]
    head = {"id": f"{n:04d}", "rule": "NS201", "type": "conflicting-value", "severity": severity}
    return head | {"confidence": confidence, "a": sides[0], "b": sides[1], "why": "clash!", "features": {"value": 1.0}}


class Judging:
    def __init__(self, folder: Path, root: Path, reports: list[dict[str, Any]]) -> None:
        self.folder, self.script = folder, root / "benchmarks" / "judge.py"
        for name, value in (("a", 5), ("b", 7)):
            (folder / f"{name}.md").write_text(TEXT.format(value), "utf-8")
        (folder / "found.jsonl").write_text("".join(json.dumps(one) + "\n" for one in reports), "utf-8")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(self.script), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)

    def draw(self, out: str, commit: str) -> list[str]:
        done = self.run("draw", "found.jsonl", ".", out, "--commit", commit)
        assert done.returncode == 0, done.stderr
        rows = (self.folder / out / "index.jsonl").read_text("utf-8").splitlines()
        return [json.loads(row)["report"]["id"] for row in rows]

    def verdicts(self, name: str, given: list[str]) -> str:
        rows = [{"n": n, "verdict": verdict, "cause": "other"} for n, verdict in enumerate(given, 1)]
        (self.folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return name


@pytest.fixture
def judging(tmp_path: Path, root: Path) -> Judging:
    gating = [report(n, "error", 0.9) for n in range(90)]
    others = [report(n, "warning", 0.7) for n in range(100, 200)]
    return Judging(tmp_path, root, [*gating, *others, report(300, "note", 0.9)])


def test_a_commit_has_one_sample_of_gating_errors_and_of_others(judging: Judging) -> None:
    ids = judging.draw("one", "37986ff528")
    assert (sum(i < "0100" for i in ids), sum("0100" <= i < "0200" for i in ids), len(set(ids))) == (80, 80, 160)
    assert judging.draw("two", "37986ff528") == ids
    assert judging.draw("three", "48986ff528") != ids


def test_a_judge_sees_the_place_and_not_what_naysay_thinks(judging: Judging) -> None:
    judging.draw("out", "37986ff528")
    sheets = sorted((judging.folder / "out" / "sheets").iterdir())
    text = sheets[0].read_text("utf-8")
    shown = (
        "- title: Queue",
        "Status: Accepted",
        "Queue > Limits",
        "lead-in: Per worker:",
        "| Key | Value |",
        ">   11",
    )
    assert [part for part in shown if part not in text] == []
    assert [part for part in ("NS201", "conflicting", "clash!", "0.9", "0.7", "warning") if part in text] == []
    assert (len(sheets), text.count("## Report ")) == (8, 20)


def test_disagreement_goes_to_a_third_judge(judging: Judging) -> None:
    judging.draw("out", "37986ff528")
    first = judging.verdicts("A.jsonl", ["real"] * 120 + ["false"] * 40)
    second = judging.verdicts("B.jsonl", ["real"] * 118 + ["false"] * 42)
    done = judging.run("tally", "out", first, second)
    assert done.returncode == 1
    assert "agreement: 158/160, Cohen's kappa 0.97" in done.stdout
    assert "[119, 120]" in done.stdout
    [sheet] = (judging.folder / "out" / "third").iterdir()
    assert sheet.read_text("utf-8").count("## Report ") == 2
    done = judging.run("tally", "out", first, second, "--third", judging.verdicts("C.jsonl", ["arguable"] * 160))
    assert done.returncode == 0
    assert "all, arguable half:            119/160" in done.stdout
