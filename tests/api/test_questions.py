"""Questions, pairs of lines and rules as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.api.conftest import Run
from tests.api.fakes import FakeEngine, conflict

QUESTION = "what is the session timeout of Auth Service?"


def test_an_answer_shows_the_reading_and_the_evidence(docs: Path, run: Run) -> None:
    code, out, _ = run("ask", QUESTION, ".", engine=FakeEngine((conflict(),)))
    assert code == 0
    assert out == (
        "Read as: what is the session timeout of Auth Service\n"
        "\n"
        "Auth Service\n"
        "  says: session timeout 30 minutes [environment=production (heading)]\n"
        "      │ Sessions expire after 30 minutes of inactivity.\n"
        "      ops/runbook.md:5 in conflict: 00000001\n"
        "\n"
        "1 statement in 1 document\n"
    )
    row = json.loads(run("ask", QUESTION, ".", "--format", "jsonl")[1])
    assert row["stances"][0]["line"] == 5


def test_a_question_that_is_not_understood_is_refused(docs: Path, run: Run) -> None:
    code, out, err = run("ask", "how are you?", ".")
    assert (code, out) == (2, "")
    assert err == "error: how are you?: no known form of question fits; near names: Auth Service\n"


def test_two_lines_are_told_apart(docs: Path, run: Run) -> None:
    code, out, _ = run("why-not", "runbook.md:5", "adr/0007-session.md:5:37", ".")
    assert code == 0
    assert out == "ops/runbook.md line 5\nadr/0007-session.md line 5\nscopes are disjoint\n"


@pytest.mark.parametrize(
    ("first", "message"),
    [
        ("runbook.md", "runbook.md: not a line of a document; write it as FILE:LINE"),
        ("x.md:1", "no document of the set"),
    ],
)
def test_a_place_must_be_known(docs: Path, run: Run, first: str, message: str) -> None:
    code, _, err = run("why-not", first, "runbook.md:5", ".")
    assert code == 2
    assert message in err


def test_rules_that_do_not_behave_end_with_1(docs: Path, run: Run) -> None:
    assert run("test-rules")[:2] == (0, "1 rule, 1 example, 0 not as the rule says\n")
    (docs / ".naysay" / "rules").mkdir(parents=True)
    code, out, _ = run("test-rules")
    assert code == 1
    assert out.splitlines() == [
        ".naysay/rules/own.md:7: OWN001 one word: must be reported and is not",
        "2 rules, 2 examples, 1 not as the rule says",
    ]
    assert run("test-rules", "none")[0] == 2
