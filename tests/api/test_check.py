"""What ``check`` shows, what it writes where, and what its exit code says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.api.conftest import Run
from tests.api.fakes import FakeEngine, conflict

from naysay.graph.model import Diagnostic


@pytest.mark.parametrize(
    ("found", "options", "code"),
    [
        ((), (), 0),
        ((conflict(),), (), 1),
        ((conflict(confidence=0.7),), (), 0),
        ((conflict(confidence=0.7),), ("--fail-confidence", "0.7"), 1),
        ((conflict(severity="warning"),), (), 0),
        ((conflict(severity="warning"),), ("--fail-on", "warning"), 1),
        ((conflict(severity="note"),), ("--fail-on", "note"), 1),
        ((conflict(),), ("--exit-zero",), 0),
        ((conflict(),), ("--ignore", "NS202"), 0),
        ((conflict(),), ("--select", "NS5"), 0),
        ((conflict(),), ("--select", "ns2,NS5"), 1),
    ],
)
def test_the_exit_code_says_whether_something_gates(
    docs: Path, run: Run, found: tuple[()], options: tuple[str, ...], code: int
) -> None:
    for kind in ("text", "concise", "json", "jsonl"):
        assert run("check", ".", "--format", kind, *options, engine=FakeEngine(found))[0] == code


def test_a_level_that_is_not_shown_still_gates(docs: Path, run: Run) -> None:
    engine = FakeEngine((conflict(severity="warning"),))
    code, out, _ = run("check", ".", "--min-level", "error", "--fail-on", "warning", engine=engine)
    assert code == 1
    assert out == "Found no conflict in 2 documents, 2 claims · 1 less sure or less grave not shown (--all)\n"


def test_unsure_conflicts_are_shown_only_with_all(docs: Path, run: Run) -> None:
    engine = FakeEngine((conflict(1), conflict(2, confidence=0.49)))
    assert len(run("check", ".", "--format", "jsonl", engine=engine)[1].splitlines()) == 1
    assert len(run("check", ".", "--format", "jsonl", "--all", engine=engine)[1].splitlines()) == 2


def test_jsonl_is_one_conflict_a_line_with_the_two_strongest_sides(docs: Path, run: Run) -> None:
    _, out, _ = run("check", ".", "--format", "jsonl", engine=FakeEngine((conflict(1), conflict(2, sides=4))))
    two, many = map(json.loads, out.splitlines())
    assert "sides" not in two
    assert two["a"]["file"] == "adr/0007-session.md"
    assert two["b"] == many["b"]
    assert [side["file"] for side in many["sides"]] == ["adr/0007-session.md"] + ["ops/runbook.md"] * 3
    assert two["witness"] == {"environment": "production"}


def test_a_fault_of_one_statement_has_no_second_side(docs: Path, run: Run) -> None:
    engine = FakeEngine((conflict(sides=1),))
    assert json.loads(run("check", ".", "--format", "jsonl", engine=engine)[1])["b"] is None
    assert run("check", ".", engine=engine)[1].count("┌─") == 1
    assert run("check", ".", "--format", "concise", engine=engine)[1].startswith(
        "adr/0007-session.md:5:37: error NS202"
    )


def test_concise_leads_to_the_side_to_change(docs: Path, run: Run) -> None:
    out = run("check", ".", "--format", "concise", engine=FakeEngine((conflict(),)))[1]
    assert out == (
        "ops/runbook.md:5:23: error NS202 Auth Service session timeout: 15 minutes against 30 minutes "
        "(adr/0007-session.md:5) [00000001]\n"
    )


def test_other_reports_go_to_files_at_once(docs: Path, run: Run) -> None:
    options = ("--output", "jsonl=found.jsonl", "--output", "json=found.json", "--output", "text=found.txt")
    code, out, _ = run("check", ".", "--color", "always", *options, engine=FakeEngine((conflict(),)))
    assert code == 1
    assert "\x1b[" in out
    assert json.loads(Path("found.jsonl").read_text(encoding="utf-8"))["id"] == "00000001"
    assert json.loads(Path("found.json").read_text(encoding="utf-8"))["summary"]["gating"] == 1
    assert "\x1b[" not in Path("found.txt").read_text(encoding="utf-8")


def test_more_than_fifty_are_summed_up(docs: Path, run: Run) -> None:
    many = tuple(conflict(n) for n in range(1, 41)) + tuple(conflict(n, "warning", rule="NS601") for n in range(41, 52))
    out = run("check", ".", engine=FakeEngine(many))[1]
    assert out.count("┌─") == 10
    assert "NS202        conflicting-number        40         0         0" in out
    assert "  naysay check DIR --all " in out
    assert out.endswith("Found 51 conflicts (40 errors, 11 warnings) in 2 documents, 2 claims\n")
    assert run("check", ".", "--all", engine=FakeEngine(many))[1].count("┌─") == 51
    assert run("check", ".", engine=FakeEngine(many[:50]))[1].count("┌─") == 50


def test_statistics_are_the_table_alone(docs: Path, run: Run) -> None:
    out = run("check", ".", "--statistics", engine=FakeEngine((conflict(),)))[1]
    assert "┌─" not in out
    assert "NS202        conflicting-number         1         0         0" in out


def test_a_file_is_read_with_its_set_and_restricts_the_report(docs: Path, run: Run) -> None:
    (docs / ".git").mkdir()
    (docs / "other.md").write_text("# Other\n", encoding="utf-8")
    engine = FakeEngine((conflict(),))
    assert run("check", "ops/runbook.md", engine=engine)[0] == 1
    assert engine.requests[-1].paths == (docs,)
    code, out, err = run("check", "other.md", engine=engine)
    assert (code, out) == (0, "Found no conflict in 2 documents, 2 claims\n")
    assert "other.md: not among the documents read" in err


def test_only_these_reads_the_files_alone(docs: Path, run: Run) -> None:
    engine = FakeEngine((conflict(),))
    run("check", "ops/runbook.md", "adr/0007-session.md", "--only-these", engine=engine)
    assert engine.requests[-1].paths == (docs / "ops/runbook.md", docs / "adr/0007-session.md")


def test_files_without_a_set_are_read_with_their_common_folder(docs: Path, run: Run) -> None:
    engine = FakeEngine((conflict(),))
    run("check", "ops/runbook.md", "adr/0007-session.md", engine=engine)
    assert engine.requests[-1].paths == (docs,)


def test_skipped_files_are_named_on_standard_error(docs: Path, run: Run) -> None:
    rows = (
        Diagnostic("NS001", "bad.md", 0, "cannot be read"),
        Diagnostic("NS011", "ops/runbook.md", 3, "is cut at 5 MB"),
    )
    _, out, err = run("check", ".", engine=FakeEngine(diagnostics=rows))
    assert err == "warning: bad.md: cannot be read [NS001]\n"
    assert out.endswith("1 file skipped (--verbose)\n")
    assert run("check", ".", "--verbose", engine=FakeEngine(diagnostics=rows))[2].count("\n") == 2
    assert run("check", ".", "--quiet", engine=FakeEngine(diagnostics=rows))[2] == ""


def test_project_rules_are_found_above_the_documents_and_can_be_left_aside(docs: Path, run: Run) -> None:
    (docs.parent / ".naysay" / "rules").mkdir(parents=True)
    engine = FakeEngine()
    run("check", ".", engine=engine)
    run("check", ".", "--no-project-rules", engine=engine)
    assert engine.rules == [docs.parent / ".naysay" / "rules", None]


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    docs: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "naysay.toml").write_text('fail-on = "note"\nexclude = ["old/"]\n', encoding="utf-8")
    engine = FakeEngine((conflict(severity="warning"),))
    assert run("check", ".", engine=engine)[0] == 1
    assert engine.requests[-1].exclude == ("old/",)
    monkeypatch.setenv("NAYSAY_FAIL_ON", "error")
    assert run("check", ".", engine=engine)[0] == 0
    assert run("check", ".", "--fail-on", "warning", "--exclude", "new/", engine=engine)[0] == 1
    assert engine.requests[-1].exclude == ("new/",)


def test_a_policy_of_precedence_is_configured_for_every_command_and_chosen_for_a_check(docs: Path, run: Run) -> None:
    engine = FakeEngine()
    run("check", ".", engine=engine)
    (docs / "naysay.toml").write_text('precedence = "defeasible"\n', encoding="utf-8")
    run("check", ".", engine=engine)
    run("export", ".", "--format", "dot", engine=engine)
    run("check", ".", "--precedence", "strict", engine=engine)
    assert engine.policies == ["strict", "defeasible", "defeasible", "strict"]


def test_ascii_draws_with_ascii(docs: Path, run: Run) -> None:
    out = run("check", ".", "--ascii", engine=FakeEngine((conflict(),)))[1]
    assert out.isascii()
    assert "  --> ops/runbook.md:5:23   Runbook > Login problems" in out
    assert "1800 s <U+2260> 900 s" in out


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_a_choice(
    docs: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    environment: dict[str, str],
    coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("check", ".", *options, engine=FakeEngine((conflict(),)))[1]) == coloured
