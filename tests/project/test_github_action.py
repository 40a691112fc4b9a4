"""The GitHub Action: its file is valid and safe, and its steps do on checkouts what they are there for."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.processes import command_in
from tests.project.workflows import PLANTED, SET, Action, checked_out, validate
from tests.repositories import commit, git, repository


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A repository as GitHub keeps it: a pull request that forked off before the branch ``main`` went on."""
    folder = repository(tmp_path / "server", SET)
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(folder, "checkout", "-q", "-b", "topic")
    commit(folder, PLANTED)
    git(folder, "checkout", "-q", "main")
    commit(folder, {"relay.md": "# Relay\n\nThe relay takes letters.\n"})
    git(folder, "checkout", "-q", "--detach", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", "trial", "topic")
    git(folder, "update-ref", "refs/pull/1/merge", "HEAD")
    git(folder, "checkout", "-q", "main")
    return folder


@pytest.fixture
def action(root: Path, server: Path, tmp_path: Path) -> Action:
    """The action in a job for the pull request, whose trial merge is checked out."""
    return on(root, server, tmp_path, "refs/pull/1/merge")


def on(root: Path, server: Path, tmp_path: Path, ref: str) -> Action:
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir(exist_ok=True)
    workspace = checked_out(tmp_path / "workspace", server, ref)
    found = Action(root, workspace, tmp_path / "temporary", command_in(bin_folder, root) / "naysay")
    found.event = {"pull_request": {"base": {"sha": git(server, "rev-parse", "main")}}}
    return found


def test_the_file_follows_the_schema(action: Action) -> None:
    validate(action.content, "github-actions")


def test_no_text_from_outside_becomes_part_of_a_script(action: Action) -> None:
    scripts = [step["run"] for step in action.content["runs"]["steps"] if "run" in step]
    assert len(scripts) == 3
    assert [script for script in scripts if "${{" in script] == []


def test_other_actions_are_named_by_commit(action: Action) -> None:
    used = [step["uses"] for step in action.content["runs"]["steps"] if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", name)] == []


def test_every_input_is_used(action: Action, root: Path) -> None:
    used = set(re.findall(r"\binputs\.([\w-]+)", (root / "action.yml").read_text("utf-8")))
    assert used == set(action.inputs)


@pytest.mark.slow
def test_a_pull_request_is_told_only_what_it_brings(action: Action, server: Path) -> None:
    assert action.run("base").returncode == 0
    assert action.told("base")["since"] == git(server, "rev-parse", "main")
    done = action.run("check")
    assert done.returncode == 1, done.stderr
    assert re.findall(r"^::error file=([^,]+),.*title=NS201", done.stdout, re.MULTILINE) == ["runbook.md"]
    assert action.told("check") == {"exit-code": "1", "sarif-file": "naysay.sarif", "conflicts": "2", "new": "1"}
    report = json.loads((action.workspace / "naysay.sarif").read_text("utf-8"))
    assert {row["ruleId"]: row["baselineState"] for row in report["runs"][0]["results"]} == {
        "NS201": "new",
        "NS101": "unchanged",
    }
    assert "runbook.md" in action.summary.read_text("utf-8")


@pytest.mark.slow
def test_the_head_of_a_pull_request_is_compared_with_the_commit_it_left(
    root: Path, server: Path, tmp_path: Path
) -> None:
    action = on(root, server, tmp_path, "refs/heads/topic")
    done = action.run("base", GITHUB_SHA=git(server, "rev-parse", "refs/pull/1/merge"))
    assert done.returncode == 0, done.stderr
    assert action.told("base")["since"] == git(server, "merge-base", "main", "topic")
    assert action.run("check").returncode == 1


def test_a_base_that_is_checked_out_in_place_of_the_change_is_refused(root: Path, server: Path, tmp_path: Path) -> None:
    done = on(root, server, tmp_path, "refs/heads/main").run("base")
    assert done.returncode == 2
    assert "::error title=naysay::what is checked out is the base" in done.stderr


def test_a_merge_queue_is_compared_with_its_base(action: Action, server: Path) -> None:
    base = git(server, "rev-parse", "main")
    action.event = {"merge_group": {"base_sha": base}}
    assert action.run("base").returncode == 0
    assert action.told("base") == {"since": base}


@pytest.mark.slow
def test_a_push_is_told_everything(action: Action) -> None:
    action.event = {}
    assert action.run("base").returncode == 0
    assert action.told("base") == {"since": ""}
    assert action.run("check").returncode == 1
    assert (action.told("check")["conflicts"], action.told("check")["new"]) == ("2", "2")


@pytest.mark.parametrize("name", ["main", "origin/main"])
def test_a_base_that_is_named_is_fetched(action: Action, server: Path, name: str) -> None:
    action.inputs["since"] = name
    assert action.run("base").returncode == 0
    assert action.told("base") == {"since": git(server, "rev-parse", "main")}


@pytest.mark.parametrize(
    ("name", "told"),
    [("-f", "no name of a commit"), ("main\n::add-mask::x", "no name of a commit"), ("nowhere", "cannot be fetched")],
)
def test_a_base_that_cannot_be_had_is_told(action: Action, name: str, told: str) -> None:
    action.inputs["since"] = name
    done = action.run("base")
    assert done.returncode == 2
    assert told in done.stderr
    assert "\n::add-mask::" not in done.stderr


@pytest.mark.slow
def test_inputs_become_options_and_are_never_run(action: Action) -> None:
    action.inputs |= {
        "path": "ports.md\nrunbook.md; touch pwned",
        "fail-on": "never",
        "args": "--min-level  warning\n--select NS201",
    }
    assert action.run("check").returncode == 2
    assert not (action.workspace / "pwned").exists()
    assert action.told("check") == {"exit-code": "2"}
    action.inputs["path"] = "ports.md"
    assert action.run("check").returncode == 0
    assert action.told("check")["conflicts"] == "1"


def test_packages_are_installed_by_hash_and_only_once(action: Action, tmp_path: Path) -> None:
    assert action.run("Install naysay").stdout == ""
    (action.temporary / "naysay").rename(tmp_path / "away")
    log = tmp_path / "log"
    stub = tmp_path / "stub"
    stub.mkdir()
    # A stand-in for Python: it makes an environment that holds itself, and notes how it is called.
    (stub / "python3").write_text(
        f'#!/bin/sh\necho "$*" >>{log}\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && touch "$3/bin/naysay"; fi\n'
    )
    (stub / "python3").chmod(0o755)
    done = action.run("Install naysay", PATH=f"{stub}:/usr/bin:/bin")
    assert done.returncode == 0, done.stderr
    installs = [line for line in log.read_text("utf-8").splitlines() if " install " in line]
    assert [re.findall(r" (--require-hashes|--no-deps) ", line) for line in installs] == [
        ["--require-hashes"],
        ["--no-deps"],
    ]
    assert [line.rpartition(" ")[2] for line in installs] == [f"{action.root}/requirements/run.txt", str(action.root)]


def test_a_runner_without_python_is_told(action: Action, tmp_path: Path) -> None:
    (action.temporary / "naysay").rename(tmp_path / "away")
    (tmp_path / "bash").symlink_to(shutil.which("bash") or "bash")
    done = action.run("Install naysay", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "::error title=naysay::no Python 3.11 or later" in done.stdout
