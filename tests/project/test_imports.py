"""A check starts quickly because it does not load what it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

SERVICE = {"fastapi", "starlette", "uvicorn"}
HEAVY = SERVICE | {"networkx", "oxrdflib", "pydantic", "rdflib"}


def loaded_by(program: str, root: Path, exits: int = 0) -> set[str]:
    """Top-level packages in memory when the program ends, in a fresh interpreter."""
    preparation = [
        "import atexit, sys",
        f"sys.path.insert(0, {str(root / '.src')!r})",
        "atexit.register(lambda: print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr))",
    ]
    finished = subprocess.run(
        [sys.executable, "-c", "\n".join([*preparation, program])],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == exits, finished.stderr
    return set(finished.stderr.strip().split("\n")[-1].split())


@pytest.mark.parametrize("module", ["naysay.queries.findings", "naysay.api.cli"])
def test_importing_the_path_of_a_check_loads_nothing_heavy(module: str, root: Path) -> None:
    assert loaded_by(f"import {module}", root) & HEAVY == set()


def test_version_is_told_without_the_reader_and_the_engine(root: Path) -> None:
    loaded = loaded_by("from naysay.api.cli import main; sys.exit(main(['--version']))", root)
    assert loaded & (HEAVY | {"markdown_it", "pyoxigraph", "rich", "typer", "yaml"}) == set()


def test_a_whole_check_loads_neither_the_service_nor_rdflib(root: Path) -> None:
    # Pydantic is left out: the command line's own library checks every option with it.
    program = "from naysay.api.cli import main; sys.exit(main(['check', 'examples/backlog', '--workers', '1']))"
    loaded = loaded_by(program, root, exits=1)
    assert "markdown_it" in loaded
    assert loaded & (SERVICE | {"oxrdflib", "rdflib"}) == set()
