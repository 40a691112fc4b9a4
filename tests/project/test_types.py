"""Types are checked everywhere: a checker that looks past a folder finds nothing in it."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest


@pytest.mark.slow
def test_pyright_checks_as_many_files_as_git_tracks(root: Path, tracked: list[str]) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pyright"]
    folders = tuple(f"{folder}/" for folder in settings["include"])
    sources = [path for path in tracked if path.startswith(folders) and path.endswith(".py")]
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    checked = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert json.loads(checked.stdout)["summary"]["filesAnalyzed"] == len(sources), checked.stdout[-2000:]


def test_package_says_that_it_is_typed(root: Path) -> None:
    assert (root / ".src" / "naysay" / "py.typed").exists()
