"""Claims, silences, references and entities as the commands list them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.api.conftest import Run

from naysay.graph.model import Claim, Document, Entity, Reading, Silence, Span
from naysay.queries.ledger import Construct, Ledger, ledger
from naysay.queries.listings import claims_of, labels_of, source_at


def test_claims_are_rows_with_the_source_text(docs: Path, run: Run) -> None:
    row = json.loads(run("claims", ".", "--doc", "ops/runbook.md", "--format", "jsonl")[1])
    assert row == {
        "file": "ops/runbook.md",
        "line": 5,
        "line_end": 5,
        "subject": "Auth Service",
        "relation": "session-timeout",
        "object": "30 minutes",
        "polarity": "affirmed",
        "modality": "fact",
        "standing": "live",
        "scope": [{"dimension": "environment", "value": "production", "source": "heading"}],
        "condition": "",
        "subject_from": "heading",
        "extractor": "prose",
        "quote": "Sessions expire after 30 minutes of inactivity.",
    }


def test_claims_read_as_text(docs: Path, run: Run) -> None:
    assert run("claims", ".", "--doc", "runbook.md")[1] == (
        "ops/runbook.md\n"
        "     5  Auth Service says: session timeout 30 minutes\n"
        "          [environment=production (heading); subject from the heading]\n"
        "\n"
        "1 claim in 1 document\n"
    )


@pytest.mark.parametrize("name", ["auth service", "Gatekeeper", "login service", "30 minutes"])
def test_claims_are_found_by_any_name(docs: Path, run: Run, name: str) -> None:
    rows = run("claims", ".", "--about", name, "--format", "jsonl")[1].splitlines()
    assert len(rows) == (1 if name == "30 minutes" else 2)
    assert run("claims", ".", "--about", "service mesh", "--format", "jsonl")[1] == ""


def test_a_file_among_the_paths_restricts_the_claims(docs: Path, run: Run) -> None:
    (docs / ".git").mkdir()
    rows = run("claims", "ops/runbook.md", "--format", "jsonl")[1].splitlines()
    assert [json.loads(row)["file"] for row in rows] == ["ops/runbook.md"]


def test_silences_sum_to_all_content_lines(docs: Path, run: Run) -> None:
    answer = json.loads(run("claims", ".", "--silences", "--format", "json")[1])
    assert answer["content_lines"] == 7
    assert answer["claim_lines"] + sum(answer["silences"].values()) == 7
    assert run("claims", ".", "--silences")[1].splitlines() == [
        "claims                 2   28.6%  carries a claim",
        "heading                4   57.1%  names a section",
        "question               1   14.3%  asks",
        "all                    7  100.0%  content lines",
        "",
        "heading                4    0.0%  of them carry a claim",
        "prose                  3   66.7%  of them carry a claim",
    ]
    assert answer["constructs"]["prose"] == {"lines": 3, "claim_lines": 2}


def test_a_line_is_counted_once() -> None:
    document = Document("a.md", "0", "A", content_lines=5)
    claim = Claim("a.md", 0, Span(2, 1, 3, 9), "it", "is", "so")
    reading = Reading(document, (claim, claim), (Silence(1, 2, "quote"), Silence(1, 1, "code"), Silence(4, 5, "code")))
    text = "one\ntwo\nthree\nfour\n\n---\n"
    assert ledger([reading], {"a.md": text}) == Ledger(
        5, 2, (("code", 1), ("markup", 1), ("quote", 1)), (Construct("prose", 5, 2),)
    )


def test_references_tell_what_they_name(docs: Path, run: Run) -> None:
    rows = [json.loads(row) for row in run("claims", ".", "--references", "--format", "jsonl")[1].splitlines()]
    assert [(row["target"], row["resolved"]) for row in rows] == [("../ops/runbook.md", "ops/runbook.md"), ("0099", "")]
    assert "(names no document of the set)" in run("claims", ".", "--references")[1]


def test_entities_show_names_and_evidence(docs: Path, run: Run) -> None:
    assert run("entities", ".")[1] == (
        "Auth Service (component)  3 mentions in 2 documents\n"
        "    also login service\n"
        "    formerly Gatekeeper\n"
        "      adr/0007-session.md:5  renamed: Gatekeeper · Auth Service\n"
        "1 entity\n"
    )
    answer = json.loads(run("entities", ".", "--format", "json")[1])
    assert answer["schema_version"] == 1
    assert answer["entities"][0]["deprecated"] == ["Gatekeeper"]
    assert answer["entities"][0]["mentions"][1] == {"file": "ops/runbook.md", "count": 2}


def test_a_name_stands_for_its_entity() -> None:
    entity = Entity("Auth Service", aliases=("IdP",), deprecated=("Gatekeeper",))
    assert labels_of("idp", [entity]) == ("Auth Service", "IdP", "Gatekeeper")
    assert labels_of("other", [entity]) == ("other",)


def test_claims_keep_the_order_of_the_text() -> None:
    claims = tuple(Claim("a.md", 0, Span(line, 1, line, 2), "s", "r", "o") for line in (9, 3))
    assert [claim.span.line for claim in claims_of([Reading(Document("a.md", "0", "A"), claims)])] == [3, 9]


def test_the_source_of_a_span_outside_the_text_is_empty() -> None:
    assert source_at(["one"], Span(5, 1, 6, 2)) == ""


def test_a_conflict_in_full_is_also_json(docs: Path, run: Run) -> None:
    from tests.api.fakes import FakeEngine, conflict

    out = run("explain", "00000001", ".", "--format", "json", engine=FakeEngine((conflict(),)))[1]
    assert json.loads(out)["conflict"]["derivation"] == ["30 minutes is 1800 s", "15 minutes is 900 s"]
    assert json.loads(run("rule", "ns202", "--format", "json")[1])["text"].startswith("# Conflicting number")
    assert run("explain", "ns202")[1] == "# Conflicting number\n\nTwo numbers for one role.\n"


def test_the_doctor_looks_at_what_is_there(docs: Path, run: Run) -> None:
    code, out, _ = run("doctor", "--format", "json")
    assert code == 0
    assert {row["name"] for row in json.loads(out)["findings"]} >= {"python", "pyoxigraph", "configuration"}
    (docs / "naysay.toml").write_text("exlude = []", encoding="utf-8")
    code, out, _ = run("doctor")
    assert code == 2
    assert 'unknown setting "exlude"' in out
