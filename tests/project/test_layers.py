"""The layers are a contract that is run, not a drawing."""

import subprocess
import sys
import tomllib
from pathlib import Path


def test_contracts_are_kept(root: Path) -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    linted = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert " 0 broken" in linted.stdout


def test_every_folder_of_the_package_has_a_layer(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [layers] = [contract for contract in contracts if contract["type"] == "layers"]
    folders = {path.name for path in (root / ".src" / "naysay").iterdir() if (path / "__init__.py").exists()}
    assert set(layers["layers"]) == folders
    assert layers["exhaustive"]


def test_links_of_the_working_copy_lead_to_the_top_folders(root: Path) -> None:
    for name in ("graph", "ingest", "queries", "api"):
        link = root / ".src" / "naysay" / name
        assert link.is_symlink(), f"{link} must be a link; on a system without links install the wheel"
        assert link.resolve() == root / name
