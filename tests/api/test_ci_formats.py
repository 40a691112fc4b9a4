"""The formats that build servers read: their exact bytes for a small set, and what holds for every document."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.api.conftest import Run
from tests.api.fakes import FakeEngine, conflict
from tests.api.reported import EVIL, every_sort, hostile, of

from naysay.api.commands.formats import FORMATS, renders
from naysay.api.reports.finding import Report
from naysay.api.reports.markdown import MARKER, ROOM, inert
from naysay.api.reports.plain import Look
from naysay.api.reports.sarif import RESULTS
from naysay.api.reports.whereabouts import Whereabouts, whereabouts
from naysay.graph.model import Span

GOLDEN = Path(__file__).parent / "golden" / "formats"
CI = tuple(name for name in FORMATS if name not in ("concise", "jsonl"))
WORDS = st.text(max_size=60) | st.text("a ::##[]{}()`|<>&@#\n\t\r\x1b\x85\u2028\u202e\ufffe\ud800é👩%,\\", max_size=80)


def written(kind: str, report: Report, look: Look | None = None) -> str:
    """A report in one format, as it stands in its file."""
    return "".join(f"{line}\n" for line in renders(look or Look())[kind](report))


def loaded(kind: str, report: Report) -> Any:
    return json.loads(written(kind, report))


@pytest.mark.parametrize("kind", CI)
def test_a_small_report_reads_as_it_was_accepted(kind: str) -> None:
    assert written(kind, every_sort()) == (GOLDEN / f"{kind}.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def sarif(root: Path) -> Callable[[Any], None]:
    """Checks a log against the schema of SARIF 2.1.0."""
    schema = json.loads((root / "tests/data/sarif/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    formats = jsonschema.Draft4Validator.FORMAT_CHECKER
    return lambda log: jsonschema.validate(log, schema, jsonschema.Draft4Validator, format_checker=formats)


@pytest.mark.parametrize("kind", ["sarif", "github-sarif"])
@pytest.mark.parametrize("report", [every_sort(), hostile(), of(), of(conflict(sides=1)), of(conflict(sides=200))])
def test_sarif_follows_its_schema_and_githubs_profile(sarif: Callable[[Any], None], kind: str, report: Report) -> None:
    log = loaded(kind, report)
    sarif(log)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["primaryLocationLineHash"].endswith(":1")
        assert len(result["locations"]) == 1
        assert len(result.get("relatedLocations", [])) < 100
        region = result["locations"][0]["physicalLocation"]["region"]
        assert {"startLine", "startColumn", "endLine", "endColumn"} <= set(region)
        linked = {int(number) for number in re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"])}
        assert linked <= {place["id"] for place in result.get("relatedLocations", [])}
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10


def test_the_schema_of_sarif_notices_what_is_wrong(sarif: Callable[[Any], None]) -> None:
    log = loaded("sarif", every_sort())
    log["runs"][0]["results"][0]["baselineState"] = "fresh"
    with pytest.raises(jsonschema.ValidationError):
        sarif(log)


def test_sarif_says_what_is_news_and_what_was_accepted() -> None:
    [run] = loaded("sarif", every_sort())["runs"]
    told = [(row["baselineState"], [each["kind"] for each in row.get("suppressions", [])]) for row in run["results"]]
    assert told == [
        ("new", []),
        ("updated", []),
        ("unchanged", []),
        ("new", ["inSource"]),
        ("unchanged", ["external"]),
        ("absent", []),
    ]
    assert run["results"][3]["suppressions"][0]["justification"] == "agreed for now, owner ops, until 2027-03-01"
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["automationDetails"]["id"] == "naysay/docs/"


def test_code_scanning_gets_neither_what_was_accepted_nor_what_is_gone() -> None:
    [run] = loaded("github-sarif", every_sort())["runs"]
    assert [row["baselineState"] for row in run["results"]] == ["new", "updated", "unchanged"]
    assert not any("suppressions" in row for row in run["results"])


def test_nothing_compared_is_no_baseline_state() -> None:
    [run] = loaded("sarif", of(conflict()))["runs"]
    assert "baselineState" not in run["results"][0]


def test_a_new_conflict_is_reported_at_the_side_that_the_change_brought() -> None:
    [run] = loaded("sarif", every_sort())["runs"]
    uris = [row["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for row in run["results"]]
    assert uris[0] == "docs/adr/0007-session.md"
    assert uris[2] == "docs/ops/runbook.md"
    assert "line=5" in written("github", every_sort())
    assert "file=docs/adr/0007-session.md" in written("github", every_sort())


def test_a_sarif_uri_leads_back_to_the_path() -> None:
    [run] = loaded("sarif", hostile())["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == "a b\n::c,d:#é.md"
    assert re.fullmatch(r"[\w%./-]+", uri, re.ASCII)
    assert Whereabouts().uri("n\udcff.md") == "n%FF.md"


def test_thirty_thousand_conflicts_are_cut_to_the_gravest() -> None:
    notes = [conflict(number, "note") for number in range(25_500)]
    errors = [conflict(number) for number in range(25_500, 30_000)]
    report = replace(of(*notes, *errors), failing=frozenset(row.id for row in errors))
    text = written("sarif", report)
    [run] = json.loads(text)["runs"]
    assert len(run["results"]) == RESULTS
    assert sum(row["level"] == "error" for row in run["results"]) == 4_500
    [notice] = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "25 000 conflicts are left out; these are the 5 000 gravest"
    assert len(gzip.compress(text.encode(), 6)) < 10_000_000
    assert len(written("markdown", report).encode()) <= ROOM
    assert sum(line.startswith("::") for line in written("github", report).splitlines()) == 20


def test_junit_counts_what_it_holds() -> None:
    tree = ElementTree.fromstring(written("junit", every_sort()))
    assert {name: tree.get(name) for name in ("tests", "failures", "skipped", "errors")} == {
        "tests": "3",
        "failures": "1",
        "skipped": "2",
        "errors": "0",
    }
    [failure] = tree.iter("failure")
    assert "15 minutes" in (failure.text or "")
    assert [case.get("name") for case in tree.iter("testcase")] == [
        "docs/adr/0007-session.md",
        "docs/ops/runbook.md",
        "docs/gone.md",
    ]


def test_what_was_accepted_is_a_skipped_test() -> None:
    report = every_sort()
    only = replace(report, conflicts=report.conflicts[3:], failing=frozenset())
    skipped, *_ = ElementTree.fromstring(written("junit", only)).iter("skipped")
    assert "accepted: agreed for now, owner ops, until 2027-03-01" in str(skipped.get("message"))


def test_gitlab_fingerprints_are_unique_and_accepted_ones_left_out() -> None:
    rows = loaded("gitlab", every_sort())
    assert [row["fingerprint"] for row in rows] == ["00000001", "00000002", "00000003"]
    twice = loaded("gitlab", of(conflict(), conflict()))
    assert len({row["fingerprint"] for row in twice}) == 2


def test_rdjson_counts_columns_in_bytes() -> None:
    found = conflict()
    side = replace(found.sides[1], path="é.md", span=Span(1, 3, 1, 5))
    report = of(replace(found, sides=(found.sides[0], side)), texts={"é.md": "éé日x"})
    [row] = loaded("rdjson", report)["diagnostics"]
    assert row["location"]["range"] == {"start": {"line": 1, "column": 5}, "end": {"line": 1, "column": 9}}


def commands(text: str) -> list[str]:
    """The lines that a build server may obey; ``:::``, which begins a side in ASCII, is no command to any."""
    return [line for line in re.split(r"\r\n|\r|\n", text) if re.match(r"\s*::(?!: )|.*##\w*\[", line)]


@settings(max_examples=80, deadline=None)
@given(WORDS, st.sampled_from(["a.md", "::x.md", "a,b:c\n::d.md", "##[x].md"]))
def test_no_document_commands_a_build_log(words: str, path: str) -> None:
    report = hostile(words, path)
    for kind in FORMATS:
        for look in (Look(), Look(ascii=True)):
            said = commands(written(kind, report, look))
            assert len(said) == (kind == "github")
            assert all(re.match(r"::(error|warning|notice) file=[^:]*::[^\x00-\x1f]*\Z", line) for line in said)


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_no_document_breaks_a_machine_format(words: str) -> None:
    report = hostile(words)
    for kind in ("sarif", "gitlab", "rdjson", "json"):
        assert loaded(kind, report)
    ElementTree.fromstring(written("junit", report).encode("utf-8"))


ALLOWED = re.compile(r"</?(?:code|details|summary|br)>|<!-- naysay report -->")


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_no_document_puts_markup_into_a_comment(words: str) -> None:
    page = written("markdown", hostile(words))
    page.encode("utf-8")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page)
    inline = [child for token in tokens for child in token.children or ()]
    raw = [token for token in [*tokens, *inline] if token.type in ("html_block", "html_inline")]
    left = [ALLOWED.sub("", token.content) for token in raw]
    assert not [text for text in left if "<" in re.sub(r"&#?\w+;", "", text)]
    hrefs = {child.attrs.get("href") for child in inline if child.type == "link_open"}
    assert hrefs <= {"adr/0007-session.md#L5", "a%20b%0A%3A%3Ac%2Cd%3A%23%C3%A9.md#L1"}
    assert not [child for child in inline if child.type in ("image", "em_open", "strong_open", "s_open")]


def test_words_of_documents_stand_in_code_alone() -> None:
    page = written("markdown", hostile())
    outside = re.sub(r"<code>[^<>]*</code>", "", page)
    for word in ("@team", "onerror", "#1", "##", "\x1b", "\u202e"):
        assert word not in outside.replace("### naysay", "")
    assert inert("www.x.y https://z") == "<code>www&#46;x.y https&#58;//z</code>"


def test_a_comment_begins_with_its_marker_and_keeps_within_its_room() -> None:
    many = of(*(conflict(number) for number in range(2_000)))
    page = written("markdown", many)
    assert page.startswith(f"{MARKER}\n### naysay: 2 000 conflicts\n")
    assert "1 950 more are not listed here" in page
    wide = hostile(EVIL * 20)
    wide = replace(wide, conflicts=wide.conflicts * 500)
    assert len(written("markdown", wide).encode()) <= ROOM
    assert "have no room for details here" in written("markdown", wide)


def test_a_page_of_a_build_gets_the_summary(
    docs: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    code, out, _ = run("check", ".", "--output", "github", engine=FakeEngine((conflict(),)))
    assert code == 1
    assert [line[:8] for line in commands(out)] == ["::error "]
    assert page.read_text().startswith(f"before\n{MARKER}\n### naysay: 1 conflict\n")
    run("check", ".", engine=FakeEngine((conflict(),)))
    assert page.read_text().count(MARKER) == 1
    page.write_bytes(b"x" * (1024 * 1024 - 700))
    run("check", ".", "--format", "github", engine=FakeEngine((conflict(),)))
    assert page.stat().st_size <= 1024 * 1024


def test_json_with_marks_follows_the_published_schema(root: Path) -> None:
    schema = json.loads((root / "docs/schema/report.schema.json").read_text("utf-8"))
    report = loaded("json", every_sort())
    jsonschema.validate(report, schema)
    assert [row["mark"] for row in report["conflicts"]] == ["new", "new side", "known", "new", "known"]
    assert [row["id"] for row in report["conflicts"] if "accepted" in row] == ["00000004", "00000005"]
    assert [json.loads(line).get("mark") for line in written("jsonl", every_sort()).splitlines()][2] == "known"


@pytest.mark.parametrize(
    ("known", "accepted", "ids"),
    [(False, False, "12"), (True, False, "123"), (False, True, "124"), (True, True, "12345")],
)
def test_people_see_what_is_known_or_accepted_when_they_ask(known: bool, accepted: bool, ids: str) -> None:
    report = replace(every_sort(), show_known=known, show_accepted=accepted)
    for kind in ("text", "concise", "markdown"):
        page = written(kind, report).partition("No longer there")[0]
        assert [number for number in "12345" if f"0000000{number}" in page] == list(ids)
    assert ("= accepted: ops/runbook.md:3: agreed for now, owner ops" in written("text", report)) == accepted
    assert len(loaded("rdjson", report)["diagnostics"]) == len(ids)


def test_several_reports_at_once(docs: Path, run: Run) -> None:
    files = {kind: f"found.{kind}" for kind in FORMATS}
    given = [f"--output={kind}={path}" for kind, path in files.items()]
    code, out, _ = run("check", ".", *given, "--output", "github", engine=FakeEngine((conflict(),)))
    assert code == 1
    assert out == Path(files["github"]).read_text("utf-8")
    assert all(Path(path).stat().st_size for path in files.values())


@pytest.mark.parametrize("kind", FORMATS)
def test_the_exit_code_does_not_depend_on_the_format(docs: Path, run: Run, kind: str) -> None:
    assert run("check", ".", "--format", kind, engine=FakeEngine((conflict(),)))[0] == 1
    assert run("check", ".", "--format", kind, engine=FakeEngine((conflict(confidence=0.5),)))[0] == 0
    assert run("check", ".", "--format", kind, "--exit-zero", engine=FakeEngine((conflict(),)))[0] == 0


def test_paths_are_those_of_the_repository(docs: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (docs.parent / ".git").mkdir()
    for name, value in (("SERVER_URL", "https://host"), ("REPOSITORY", "o/r"), ("SHA", "c0ffee")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    for folder, path in ((docs, "."), (docs.parent, "docs"), (docs / "ops", "..")):
        monkeypatch.chdir(folder)
        out = run("check", path, "--format", "markdown", engine=FakeEngine((conflict(),)))[1]
        assert "(https://host/o/r/blob/c0ffee/docs/ops/runbook.md?plain=1#L5)" in out


def test_without_a_repository_paths_are_those_of_the_working_folder(tmp_path: Path) -> None:
    assert whereabouts(tmp_path, {"CI_PROJECT_URL": "u", "CI_COMMIT_SHA": "s"}) == Whereabouts()
