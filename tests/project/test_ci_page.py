"""The page about continuous integration: what it tells people to put into their repositories is valid."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.project.workflows import validate


@pytest.fixture(scope="module")
def shown(root: Path) -> dict[str, str]:
    """The files that the page shows, by the name in their first line."""
    text = (root / "docs" / "ci.md").read_text("utf-8")
    return dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def test_the_workflow_is_valid_and_gives_the_action_inputs_that_it_has(root: Path, shown: dict[str, str]) -> None:
    # YAML 1.1 takes the key `on` for a truth value; GitHub does not.
    content: dict[Any, Any] = yaml.safe_load(shown[".github/workflows/documents.yml"])
    validate({"on" if key is True else key: value for key, value in content.items()}, "github-workflows")
    [*_, step] = content["jobs"]["naysay"]["steps"]
    assert step["uses"] == "OWNER/naysay@COMMIT"
    assert set(step["with"]) <= set(yaml.safe_load((root / "action.yml").read_text("utf-8"))["inputs"])


def test_the_table_has_every_input_of_the_action(root: Path) -> None:
    rows = re.findall(r"^\| (`.*?) \|", (root / "docs" / "ci.md").read_text("utf-8"), re.MULTILINE)
    inputs = yaml.safe_load((root / "action.yml").read_text("utf-8"))["inputs"]
    assert re.findall(r"`([\w-]+)`", " ".join(rows)) == list(inputs)


def test_the_pipeline_is_valid_and_gives_the_component_inputs_that_it_has(root: Path, shown: dict[str, str]) -> None:
    content = yaml.safe_load(shown[".gitlab-ci.yml"])
    validate(content, "gitlab-ci")
    [included] = content["include"]
    header = next(iter(yaml.safe_load_all((root / "templates" / "naysay.yml").read_text("utf-8"))))
    assert set(included["inputs"]) <= set(header["spec"]["inputs"])


def test_the_hooks_are_valid_and_exist(root: Path, shown: dict[str, str], tmp_path: Path) -> None:
    name = ".pre-commit-config.yaml"
    (tmp_path / name).write_text(shown[name], "utf-8")
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(tmp_path / name)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    [repository] = yaml.safe_load(shown[name])["repos"]
    manifest = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in manifest}
