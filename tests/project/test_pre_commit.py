"""The hooks, run by pre-commit itself on commits of a fresh repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from tests.project.workflows import PLANTED, SET
from tests.repositories import commit, git, repository, write

pytestmark = pytest.mark.slow

FIXED = {"runbook.md": "# Runbook\n\nThe mail gateway listens on port 8025.\n"}
ALLOWED = {"runbook.md": PLANTED["runbook.md"].rstrip() + ' <!-- naysay: allow NS201 reason="moves in May" -->\n'}
CLEAN = {"ports.md": SET["ports.md"]}


@pytest.fixture(scope="module")
def hooks(root: Path, tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as it stands, as a repository that pre-commit clones."""
    folder = tmp_path_factory.mktemp("hooks")
    for path in tracked:
        if not path.startswith(("tests/", "examples/", "benchmarks/")):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / path, folder / path)
    return repository(folder, {})


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """For a hook that is really installed, but without a network: what naysay depends on is found where it is here."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PIP_", "PRE_COMMIT"))}
    return kept | {
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@wrenhall.example",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@wrenhall.example",
        "NO_COLOR": "1",
    }


class Hooked:
    """A repository whose commits pass through a hook."""

    def __init__(self, folder: Path, hooks: Path, hook: str, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        entry = {"repo": str(hooks), "rev": git(hooks, "rev-parse", "HEAD"), "hooks": [{"id": hook}]}
        commit(folder, {".pre-commit-config.yaml": yaml.safe_dump({"repos": [entry]})})
        installed = self._run(sys.executable, "-m", "pre_commit", "install")
        assert installed.returncode == 0, installed.stdout + installed.stderr

    def commit(self, files: Mapping[str, str]) -> tuple[bool, str]:
        """Try to commit some files as a person does: whether that worked, and what was said."""
        write(self.folder, files)
        git(self.folder, "add", "-A")
        done = self._run("git", "commit", "-q", "-m", "x")
        return done.returncode == 0, done.stdout + done.stderr

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def test_the_manifest_is_valid(root: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(root / ".pre-commit-hooks.yaml")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("files", [FIXED, ALLOWED], ids=["mended", "suppressed with a reason"])
def test_a_contradiction_is_kept_out_until_it_is_dealt_with(
    hooks: Path, environment: dict[str, str], tmp_path: Path, files: Mapping[str, str]
) -> None:
    hooked = Hooked(repository(tmp_path, CLEAN), hooks, "naysay", environment)
    passed, said = hooked.commit(PLANTED)
    assert not passed
    assert "error[NS201]" in said
    passed, said = hooked.commit(files)
    assert passed, said
    assert git(tmp_path, "status", "--porcelain") == ""


def test_a_suppression_without_a_reason_does_not_help(hooks: Path, environment: dict[str, str], tmp_path: Path) -> None:
    hooked = Hooked(repository(tmp_path, CLEAN), hooks, "naysay", environment)
    passed, said = hooked.commit({"runbook.md": ALLOWED["runbook.md"].replace(' reason="moves in May"', "")})
    assert not passed
    assert "no reason is given" in said


def test_the_second_hook_looks_only_at_what_a_commit_brings(
    hooks: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    hooked = Hooked(repository(tmp_path, SET), hooks, "naysay-changed", environment)
    passed, said = hooked.commit({"relay.md": "# Relay\n\nThe relay takes letters.\n"})
    assert passed, said
    passed, said = hooked.commit(PLANTED)
    assert not passed
    assert "error[NS201]" in said
    assert "error[NS101]" not in said
