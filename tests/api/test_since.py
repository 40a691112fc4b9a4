"""``check --since``: what is shown and what fails, where settings come from, and how a bad base is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.queries.test_change import AGREED, SET
from tests.repositories import commit, git, repository, write

from naysay.api.cli import main


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose documents agree, in the working folder."""
    folder = repository(tmp_path / "work", {f"docs/{name}": text for name, text in AGREED.items()})
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR", "NAYSAY_DEBUG", "NAYSAY_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


ALL_COUNT = ("--all", "--fail-confidence", "0")
"""The weights of confidence are learned: what is tested here is not how sure a conflict is."""


class Command:
    """The command, with its exit code, output and messages."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = main(("check", *arguments, *ALL_COUNT, "--workers", "1"))
        out, err = self.capsys.readouterr()
        return code, out, err

    def json(self, *arguments: str) -> dict[str, Any]:
        """The report as JSON."""
        content: dict[str, Any] = json.loads(self(*arguments, "--format", "json")[1])
        return content


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run ``check``."""
    return Command(capsys)


def plant(work: Path) -> None:
    """Let one document say what another forbids."""
    write(work, {"docs/operations.md": SET["operations.md"]})


def test_only_what_is_new_is_shown_and_fails(work: Path, check: Command) -> None:
    assert check("docs", "--since", "HEAD")[0] == 0
    plant(work)
    code, out, _ = check("docs", "--since", "HEAD")
    assert code == 1
    assert "Found 1 new conflict" in out
    assert "1 new, 0 closed" in out
    commit(work, {})
    code, out, _ = check("docs", "--since", "HEAD")
    assert code == 0
    assert "Found no new conflict" in out
    assert "1 known (--show-known)" in out
    code, out, _ = check("docs", "--since", "HEAD", "--show-known")
    assert code == 0
    assert "Found 1 conflict" in out


def test_what_a_branch_brings_is_counted_from_where_it_began(work: Path, check: Command) -> None:
    git(work, "checkout", "-q", "-b", "topic")
    commit(work, {"docs/topic.md": "# Topic\n\nThe bakery is closed.\n"})
    git(work, "checkout", "-q", "main")
    commit(work, {"docs/operations.md": SET["operations.md"]})
    git(work, "checkout", "-q", "topic")
    change = check.json("docs", "--since-merge-base", "main")["change"]
    assert change["commit"] == git(work, "rev-parse", "main~1")
    assert change["documents"] == 1
    assert change["conflicts"]["closed"] == 0


def test_json_follows_its_schema(work: Path, check: Command, root: Path) -> None:
    plant(work)
    report = check.json("docs", "--since", "HEAD", "--lexicon-effects")
    schema = json.loads((root / "docs" / "schema" / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(report, schema)
    assert [row["mark"] for row in report["conflicts"]] == ["new"]
    kinds: set[str] = {row["kind"] for row in report["change"]["claim_changes"]}
    assert kinds <= {"added", "removed", "changed"}
    assert kinds


def test_changes_are_listed_with_their_lines(work: Path, check: Command) -> None:
    text = AGREED["handbook.md"].replace("must not accept", "should not accept")
    write(work, {"docs/handbook.md": text})
    out = check("docs", "--since", "HEAD", "--changes")[1]
    assert "weakened: handbook.md:5: The gateway should not accept anonymous requests" in out
    assert "must before, should now" in out
    assert "1 document changed · claims: 1 weakened" in out


def test_line_ends_are_no_change(work: Path, check: Command) -> None:
    write(work, {f"docs/{name}": text.replace("\n", "\r\n") for name, text in AGREED.items()})
    assert "no document changed · claims: as they were" in check("docs", "--since", "HEAD")[1]


def test_settings_are_those_of_the_base(work: Path, check: Command) -> None:
    commit(work, {"docs/naysay.toml": 'fail-confidence = 0.0\nvocabulary = "names.ttl"\n', "docs/names.ttl": ""})
    plant(work)
    write(work, {"docs/naysay.toml": 'select = ["NS9"]\n', "docs/.naysayignore": "operations.md\n"})
    assert check("docs", "--since", "HEAD")[0] == 1
    assert check("docs", "--since", "HEAD", "--trust-head")[0] == 0
    write(work, {"docs/naysay.toml": "selekt = 1\n"})
    assert check("docs", "--since", "HEAD")[0] == 1
    code, _, err = check("docs", "--since", "HEAD", "--trust-head")
    assert code == 2
    assert "docs/naysay.toml:1: unknown setting" in err


def test_a_fault_in_the_settings_of_the_base_is_told_with_the_base(work: Path, check: Command) -> None:
    commit(work, {"docs/naysay.toml": "selekt = 1\n"})
    code, _, err = check("docs", "--since", "main")
    assert code == 2
    assert err.startswith('error: main:docs/naysay.toml:1: unknown setting "selekt"')


def test_rules_that_a_change_brings_do_not_run(work: Path, check: Command) -> None:
    write(work, {"docs/.naysay/rules/OWN001-broken.md": "no rule\n"})
    assert check("docs", "--since", "HEAD")[0] == 0
    assert check("docs", "--since", "HEAD", "--trust-head")[0] == 2
    commit(work, {})
    code, _, err = check("docs", "--since", "HEAD")
    assert code == 2
    assert "HEAD:docs/.naysay/rules/OWN001-broken.md" in err


def test_a_file_is_compared_within_its_set(work: Path, check: Command) -> None:
    plant(work)
    assert "Found 1 new" in check("docs/operations.md", "--since", "HEAD")[1]
    assert "Found no new" in check("docs/notes.md", "--since", "HEAD")[1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--since", "nowhere"), "nowhere: no such commit, branch or tag in work; check the spelling"),
        (("--since", "HEAD", "--since-merge-base", "main"), "are both given; use one of them"),
        (("--changes",), "need --since REF"),
        (("--since", ""), "no name of a commit"),
    ],
)
def test_a_base_that_cannot_be_used(work: Path, check: Command, options: tuple[str, ...], told: str) -> None:
    code, out, err = check(*options)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_store_has_no_history(work: Path, check: Command, tmp_path: Path) -> None:
    assert main(("ingest", "docs", "--store", str(tmp_path / "store"))) == 0
    code, _, err = check("--since", "HEAD", "--store", str(tmp_path / "store"))
    assert code == 2
    assert "holds one state of the documents; compare folders or files" in err


def test_outside_of_git(tmp_path: Path, check: Command) -> None:
    write(tmp_path, {"a.md": "# A\n"})
    code, _, err = check(str(tmp_path), "--since", "HEAD")
    assert code == 2
    assert "not in the working tree of a git repository" in err


def test_a_shallow_clone_says_what_to_fetch(work: Path, tmp_path: Path, check: Command) -> None:
    commit(work, {})
    git(tmp_path, "clone", "-q", "--depth=1", work.as_uri(), "clone")
    code, _, err = check(str(tmp_path / "clone"), "--since", "HEAD~1")
    assert code == 2
    assert "run `git fetch --no-tags --unshallow origin`" in err


ALLOW = '<!-- naysay: allow NS101 reason="the gateway of the tests" -->\n\n'


def known_to(planted: dict[str, Any]) -> str:
    """The rule of the one conflict of a report."""
    (row,) = planted["conflicts"]
    return str(row["rule"])


def test_a_change_does_not_accept_its_own_conflicts(work: Path, check: Command) -> None:
    plant(work)
    rule = known_to(check.json("docs", "--since", "HEAD"))
    allowed = ALLOW.replace("NS101", rule) + SET["operations.md"]
    write(work, {"docs/operations.md": allowed})
    code, _, err = check("docs", "--since", "HEAD")
    assert code == 1
    assert "operations.md:1: this suppression is not in HEAD and does not count yet" in err
    code, out, err = check("docs", "--since", "HEAD", "--trust-head")
    assert (code, err) == (0, "")
    assert "1 accepted" in out


def test_what_the_base_lets_stand_is_accepted(work: Path, check: Command) -> None:
    plant(work)
    rule = known_to(check.json("docs", "--since", "HEAD"))
    allowed = ALLOW.replace("NS101", rule)
    commit(work, {"docs/operations.md": allowed + AGREED["operations.md"]})
    write(work, {"docs/operations.md": allowed + SET["operations.md"]})
    code, out, err = check("docs", "--since", "HEAD")
    assert (code, err) == (0, "")
    assert "1 accepted" in out


def test_what_the_base_has_to_be_told_as_well_is_not_told_again(work: Path, check: Command) -> None:
    expired = '<!-- naysay: allow NS101 reason="r" until=2020-01-01 -->\n\n'
    commit(work, {"docs/notes.md": expired + AGREED["notes.md"]})
    write(work, {"docs/notes.md": "\n" + expired + AGREED["notes.md"]})
    assert check("docs")[0] == 1
    code, _, err = check("docs", "--since", "HEAD")
    assert (code, err) == (0, "")


def test_the_baseline_is_that_of_the_base(work: Path, check: Command) -> None:
    plant(work)
    assert main(("baseline", "write", "docs")) == 0
    gates = ("docs", "--since", "HEAD")
    assert check("docs")[0] == 0
    assert check(*gates)[0] == 1
    assert check(*gates, "--trust-head")[0] == 0
    code, _, err = check(*gates, "--baseline", "docs/.naysay-baseline.json")
    assert code == 2
    assert "docs/.naysay-baseline.json: not in HEAD; --trust-head takes the one of the working tree" in err
    commit(work, {"docs/operations.md": AGREED["operations.md"]})
    plant(work)
    assert check(*gates)[0] == 0
    assert check(*gates, "--baseline", "docs/.naysay-baseline.json")[0] == 0
    write(work, {"docs/.naysay-baseline.json": "[\n"})
    assert check(*gates)[0] == 0
    commit(work, {})
    code, _, err = check(*gates)
    assert code == 2
    assert "HEAD:docs/.naysay-baseline.json:1: not a baseline" in err


def test_a_renamed_document_brings_no_new_side(work: Path, check: Command) -> None:
    plant(work)
    assert main(("baseline", "write", "docs")) == 0
    commit(work, {})
    git(work, "mv", "docs/operations.md", "docs/runbook.md")
    out = check("docs", "--since", "HEAD")
    assert out[0] == 0
    assert "Found no new conflict" in out[1]
    assert [row["mark"] for row in check.json("docs", "--since", "HEAD", "--show-known")["conflicts"]] == ["known"]


def test_the_side_inside_the_change_is_reported_at(work: Path, check: Command) -> None:
    commit(work, {"docs/operations.md": SET["operations.md"], "docs/handbook.md": "# Handbook\n"})
    commit(work, {"docs/operations.md": SET["operations.md"]})
    for name in ("handbook.md", "operations.md"):
        texts = {f"docs/{n}": SET[n] for n in ("handbook.md", "operations.md")}
        commit(work, {**texts, f"docs/{name}": "# Title\n"})
        write(work, texts)
        out = check("docs", "--since", "HEAD", "--format", "concise")[1]
        assert out.startswith(f"{name}:"), out


def test_what_closed_is_listed_once(work: Path, check: Command) -> None:
    commit(work, {"docs/operations.md": SET["operations.md"]})
    write(work, {"docs/operations.md": AGREED["operations.md"]})
    report = check.json("docs", "--since", "HEAD")
    (closed,) = report["closed"]
    out = check("docs", "--since", "HEAD", "--changes")[1]
    assert out.count(closed["id"]) == 1
