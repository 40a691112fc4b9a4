"""The task file names its commands, refuses others, and installs only what is pinned."""

import re
import subprocess
from pathlib import Path

import pytest


def run_task(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "./task", *arguments], cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_help_lists_every_command(root: Path, arguments: tuple[str, ...]) -> None:
    helped = run_task(root, *arguments)
    assert helped.returncode == 0
    dispatched = re.findall(r"^([a-z]+)(?: \|[^)]*)?\) ", (root / "task").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"^  ([a-z]+) {2,}", helped.stdout, re.MULTILINE)) == set(dispatched)


def test_unknown_command_is_refused_with_the_list(root: Path) -> None:
    refused = run_task(root, "frobnicate")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "unknown command: frobnicate" in refused.stderr
    assert "./task COMMAND" in refused.stderr


def test_packages_are_installed_by_hash(root: Path) -> None:
    text = (root / "task").read_text(encoding="utf-8")
    installs = [line.strip() for line in text.split("\n") if line.strip().startswith("$pip ")]
    assert len(installs) == 2
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)


def test_programs_that_the_task_file_starts_exist(root: Path) -> None:
    programs = re.findall(r"\"\$python\" ([\w/]+\.py)", (root / "task").read_text(encoding="utf-8"))
    assert programs
    assert [program for program in programs if not (root / program).is_file()] == []


def test_ci_runs_what_people_run(root: Path) -> None:
    assert "exec ./task check" in (root / ".ci" / "run").read_text(encoding="utf-8")
