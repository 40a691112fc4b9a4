"""The Containerfile, which no test builds: no machine of the tests has a daemon and base images."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest


class Instruction(NamedTuple):
    """One instruction of a Containerfile, such as ``COPY`` with ``api api``."""

    name: str
    arguments: str


@pytest.fixture(scope="module")
def instructions(root: Path) -> list[Instruction]:
    text = re.sub(r"^#.*\n", "", (root / "Containerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [Instruction(*line.split(" ", 1)) for line in lines if line]


@pytest.fixture(scope="module")
def copied(instructions: list[Instruction]) -> dict[str, str]:
    """What of the checkout goes into the image, by path, and where it goes below the working folder."""
    out: dict[str, str] = {}
    for row in instructions:
        if row.name == "COPY" and not row.arguments.startswith("--from="):
            *sources, target = shlex.split(row.arguments)
            out |= {source: target + Path(source).name if target.endswith("/") else target for source in sources}
    return out


def test_base_images_are_plain_names(instructions: list[Instruction]) -> None:
    bases = [row.arguments.split()[0] for row in instructions if row.name == "FROM"]
    assert bases == ["python:3.11-slim"] * 2


def test_packages_are_installed_by_hash(instructions: list[Instruction]) -> None:
    installs = [row.arguments for row in instructions if row.name == "RUN" and "/pip install" in row.arguments]
    assert len(installs) == 2
    assert all("--require-hashes" in line or "--no-index --no-deps" in line for line in installs)


def test_it_runs_as_a_user_without_rights(instructions: list[Instruction]) -> None:
    after = instructions[[row.name for row in instructions].index("USER") :]
    assert after == [
        Instruction("USER", "10001"),
        Instruction("WORKDIR", "/docs"),
        Instruction("ENTRYPOINT", '["naysay"]'),
        Instruction("CMD", '["check"]'),
    ]


def test_the_build_sees_what_it_copies_and_nothing_else(root: Path, copied: dict[str, str]) -> None:
    lines = (root / ".dockerignore").read_text("utf-8").split()
    assert lines[0] == "*"
    assert [line.removeprefix("!") for line in lines[1:-1]] == sorted(copied)
    assert all((root / path).exists() for path in copied)


@pytest.mark.slow
def test_what_is_copied_is_enough_to_install_naysay(
    root: Path, instructions: list[Instruction], copied: dict[str, str], tracked: list[str], tmp_path: Path
) -> None:
    for path in tracked:
        for source, target in copied.items():
            if path == source or path.startswith(f"{source}/"):
                place = tmp_path / "source" / (target + path.removeprefix(source))
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / path, place)
    [install] = [row.arguments for row in instructions if "--no-index" in row.arguments]
    command = [sys.executable, "-m", "pip", *shlex.split(install)[1:], "--target", str(tmp_path / "installed")]
    done = subprocess.run(command, cwd=tmp_path / "source", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    package = tmp_path / "installed" / "naysay"
    expected = {path for path in tracked if path.startswith(("graph/", "ingest/", "queries/", "api/"))}
    found = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    assert {path for path in found if "__pycache__" not in path} == expected | {"__init__.py", "py.typed"}
