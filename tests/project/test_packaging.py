"""The archives hold exactly what git tracks, and the pinned packages are those that pyproject.toml asks for."""

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import naysay

FOLDERS = ("graph/", "ingest/", "queries/", "api/")
ROOT_MODULE = (".src/naysay/__init__.py", ".src/naysay/py.typed")


@pytest.fixture(scope="module")
def archives(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel that is built out of it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(root)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(archives: Path) -> zipfile.ZipFile:
    [path] = archives.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_wheel_holds_the_tracked_files_of_four_folders_and_the_root_module(
    wheel: zipfile.ZipFile, tracked: list[str]
) -> None:
    expected = {f"naysay/{path}" for path in tracked if path.startswith(FOLDERS)}
    expected |= {"naysay/__init__.py", "naysay/py.typed"}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == expected


@pytest.mark.slow
def test_source_archive_holds_the_tests_too(archives: Path, tracked: list[str]) -> None:
    [path] = archives.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    expected = {path for path in tracked if path.startswith((*FOLDERS, "tests/"))} | set(ROOT_MODULE)
    assert names == expected | {"pyproject.toml", "README.md", "LICENSE", ".gitignore", "PKG-INFO"}


@pytest.mark.slow
def test_wheel_states_licence_version_and_command(wheel: zipfile.ZipFile) -> None:
    folder = f"naysay-{naysay.__version__}.dist-info"
    assert "naysay = naysay.api.cli:main" in wheel.read(f"{folder}/entry_points.txt").decode()
    assert "License-Expression: Apache-2.0" in wheel.read(f"{folder}/METADATA").decode()
    assert b"Apache License" in wheel.read(f"{folder}/licenses/LICENSE")


@pytest.mark.slow
def test_check_from_the_wheel_reports_what_the_checkout_reports(
    wheel: zipfile.ZipFile, root: Path, tmp_path: Path
) -> None:
    """Rules, vocabulary and lexicons are package data: one that stays behind changes the report."""
    wheel.extractall(tmp_path)
    reports = [check_example(root, package_folder) for package_folder in (tmp_path, root / ".src")]
    assert reports[0].stdout == reports[1].stdout
    assert reports[0].returncode == reports[1].returncode == 1, reports[0].stderr


def check_example(root: Path, package_folder: Path) -> "subprocess.CompletedProcess[str]":
    program = "import sys; from naysay.api.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "check", "examples/backlog", "--format", "jsonl"]
    environment = {**os.environ, "PYTHONPATH": str(package_folder)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_what_the_package_imports_is_what_it_depends_on(
    root: Path, project: dict[str, Any], tracked: list[str]
) -> None:
    sources = [root / path for path in tracked if path.startswith(FOLDERS) and path.endswith(".py")]
    imported = {name for path in sources for name in foreign_imports(path)}
    homes = packages_distributions()
    needed = {canonicalize_name(home) for name in imported for home in homes.get(name, [name])}
    declared = {canonicalize_name(Requirement(text).name) for text in project["project"]["dependencies"]}
    assert needed == declared


def foreign_imports(path: Path) -> Iterator[str]:
    """Top-level names of the modules that a file imports, wherever in it, apart from the standard library's."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        yield from {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"naysay"}


def test_direct_dependencies_are_pinned(root: Path, project: dict[str, Any]) -> None:
    groups: dict[str, list[Any]] = project["dependency-groups"]
    wanted = {
        "run": [*project["project"]["dependencies"], *groups["build"]],
        "dev": [*project["project"]["dependencies"], *(entry for group in groups.values() for entry in group)],
    }
    for name, requirements in wanted.items():
        pins = read_pins(root / "requirements" / f"{name}.txt")
        for requirement in (Requirement(text) for text in requirements if isinstance(text, str)):
            versions = pins[canonicalize_name(requirement.name)]
            assert any(version in requirement.specifier for version in versions), f"{name}: {requirement}"


def test_development_pins_contain_the_pins_of_a_plain_run(root: Path) -> None:
    run = read_pins(root / "requirements" / "run.txt")
    dev = read_pins(root / "requirements" / "dev.txt")
    assert {name: dev.get(name) for name in run} == run


def test_every_pin_has_a_hash_and_names_no_place(root: Path) -> None:
    for path in sorted((root / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
        assert re.findall(r"\S*//\S*|--\S*(?:index|find-links)\S*|\bfile:\S*", text) == []


def read_pins(path: Path) -> dict[str, list[str]]:
    """The pinned versions of each package; a package has several when they depend on the Python version."""
    pins: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
        pins.setdefault(canonicalize_name(name), []).append(version)
    return pins
