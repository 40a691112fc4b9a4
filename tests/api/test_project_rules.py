"""A project's own rules through the command: they find, they supersede, and a bad one stops the check with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.api.own_rule import own_rule

from naysay.api.cli import main

FINDS = "SELECT ?a ?b WHERE { ?comparison nv:first ?a ; nv:second ?c . ?c nv:document ?b }"
FIRST_LINE = own_rule("@@").split("@@")[0].count("\n") + 1


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents that contradict each other, in the working folder, and a folder for rules."""
    (tmp_path / "a.md").write_text("# Mail gateway\n\nThe mail gateway keeps a message log.\n")
    (tmp_path / "b.md").write_text("# Operations\n\nThe mail gateway keeps no message log.\n")
    (tmp_path / ".naysay" / "rules").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(project: Path, query: str) -> Path:
    path = project / ".naysay" / "rules" / "XY1-opposed.md"
    path.write_text(own_rule(query))
    return path


def test_a_rule_of_the_project_is_run(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    written(project, FINDS)
    main(["check", ".", "--format", "jsonl"])
    assert '"XY1"' in capfd.readouterr().out
    main(["check", ".", "--format", "jsonl", "--no-project-rules"])
    assert '"XY1"' not in capfd.readouterr().out
    assert main(["explain", "XY1"]) == 0


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a ?b WHERE {\n  SERVICE <http://example.org> { ?a ?p ?b } }", "SERVICE is refused"),
        ("SELECT ?a ?b WHERE {\n  ?a xy:none ?b }", "prefix xy: is not declared"),
        ("SELECT ?x WHERE { ?x nv:first ?b }", "a rule must SELECT ?a and ?b, or ?side"),
        ("ASK { ?x nv:first ?b }", "a rule must be a SELECT"),
        ("SELECT ?a ?b WHERE { ?a nv:first ?b }", "a side of what it finds is no claim or place"),
        ('SELECT ?a (?a AS ?b) WHERE { BIND(IRI("urn:naysay:docs:none.md") AS ?a) }', "is no claim or place"),
    ],
)
def test_a_rule_that_cannot_be_used_stops_the_check(
    project: Path, capfd: pytest.CaptureFixture[str], query: str, message: str
) -> None:
    path = written(project, query)
    assert main(["check", "."]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"error: {path}:")
    assert FIRST_LINE <= int(err.removeprefix(f"error: {path}:").split(":")[0]) <= FIRST_LINE + 1
    assert message in err


@pytest.mark.slow
def test_a_rule_that_runs_away_is_ended(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    everything = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(9))
    path = written(project, f"SELECT (COUNT(*) AS ?a) (COUNT(*) AS ?b) WHERE {{ {everything} }}")
    assert main(["check", "."]) == 2
    assert f"error: {path}:{FIRST_LINE}: ended after 5 seconds" in capfd.readouterr().err
