"""What the tests of the repository itself share: the files that git tracks, and the command as its users run it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.processes import command_in

Run = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[str]:
    """Paths of the tracked files, relative to the checkout; links are left out."""
    if not (root / ".git").exists():
        pytest.skip("needs a git checkout: an unpacked archive does not say which files are tracked")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True).stdout
    paths = [path for path in listing.split("\0") if (root / path).is_file()]
    assert paths, "git tracks no file"
    return [path for path in paths if not (root / path).is_symlink()]


@pytest.fixture(scope="session")
def shell(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run one line of shell in the checkout, where ``naysay`` is the command under test."""
    folder = command_in(tmp_path_factory.mktemp("bin"), root)
    environment = {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "TERM": "dumb",
    }

    def run(line: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["sh", "-c", line], cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run
