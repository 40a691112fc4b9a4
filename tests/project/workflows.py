"""What the files for build servers say, and their steps run as a build server runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from tests.repositories import git

SET = {
    "gateway.md": "# Mail gateway\n\nThe mail gateway keeps a message log.\n",
    "operations.md": "# Operations\n\nThe mail gateway keeps no message log.\n",
    "ports.md": "# Ports\n\nThe mail gateway listens on port 8025.\n",
}
"""A documentation set with one old conflict."""
PLANTED = {"runbook.md": "# Runbook\n\nThe mail gateway listens on port 9025.\n"}
"""A document that brings a new one."""

_EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")


def validate(content: object, schema: str) -> None:
    """Raises ValidationError where a file does not follow its schema (those that check-jsonschema carries)."""
    text = files("check_jsonschema").joinpath("builtin_schemas", "vendor", f"{schema}.json").read_text("utf-8")
    jsonschema.validate(content, json.loads(text), cls=jsonschema.Draft7Validator)


def evaluated(text: str, contexts: Mapping[str, Any]) -> str:
    """A text with its expressions replaced; what is not known is empty, as on GitHub.

    >>> evaluated("${{ inputs.path }}-${{ github.event.number }}", {"inputs": {"path": "docs"}})
    'docs-'
    """

    def looked_up(found: re.Match[str]) -> str:
        value: Any = contexts
        for name in found[1].split("."):
            value = value.get(name, {})
        return str(value or "")

    return _EXPRESSION.sub(looked_up, text)


class Action:
    """The composite action on a checkout, a step at a time."""

    def __init__(self, root: Path, workspace: Path, temporary: Path, command: Path) -> None:
        self.content: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text("utf-8"))
        self.root, self.workspace, self.temporary = root, workspace, temporary
        self.inputs = {name: one.get("default", "") for name, one in self.content["inputs"].items()}
        self.event: dict[str, Any] = {}
        self.outputs: dict[str, dict[str, dict[str, str]]] = {}
        self.summary = temporary / "summary.md"
        programs = temporary / "naysay" / "bin"
        programs.mkdir(parents=True)
        (programs / "naysay").symlink_to(command)
        (programs / "python").symlink_to(sys.executable)

    def run(self, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one step, with what GitHub sets for it; keeps its outputs."""
        [step] = [step for step in self.content["runs"]["steps"] if name in (step.get("id"), step["name"])]
        contexts = {"inputs": self.inputs, "github": {"event": self.event}, "steps": self.outputs}
        told = self.temporary / "output.txt"
        told.write_text("", "utf-8")
        script = self.temporary / "step.sh"
        script.write_text(step["run"], "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env={
                **os.environ,
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(self.root),
                "GITHUB_OUTPUT": str(told),
                "GITHUB_SHA": git(self.workspace, "rev-parse", "HEAD"),
                "GITHUB_STEP_SUMMARY": str(self.summary),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temporary),
                **{key: evaluated(value, contexts) for key, value in step.get("env", {}).items()},
                **environment,
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in told.read_text("utf-8").splitlines())
        self.outputs[name] = {"outputs": outputs}
        return done

    def told(self, step: str) -> dict[str, str]:
        """What a step that was run gave to the next ones."""
        return self.outputs[step]["outputs"]


def checked_out(folder: Path, server: Path, ref: str) -> Path:
    """One commit of a server, as actions/checkout brings it: without history, on no branch."""
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "remote", "add", "origin", server.as_uri())
    git(folder, "fetch", "-q", "--no-tags", "--depth=1", "origin", f"+{ref}:refs/remotes/checked/out")
    git(folder, "checkout", "-q", "--detach", "refs/remotes/checked/out")
    return folder
