"""The GitLab component: a header with inputs, and a job that does on checkouts what it is there for."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.processes import command_in
from tests.project.workflows import PLANTED, SET, checked_out, validate
from tests.repositories import commit, git, repository

_INPUT = re.compile(r"\$\[\[ inputs\.([\w-]+) \]\]")


class Component:
    """The component in a pipeline, on a checkout."""

    def __init__(self, root: Path, workspace: Path, programs: Path) -> None:
        text = (root / "templates" / "naysay.yml").read_text("utf-8")
        self.header, self.body = yaml.safe_load_all(text)
        self.workspace, self.programs = workspace, programs
        self.inputs: dict[str, Any] = {k: one["default"] for k, one in self.header["spec"]["inputs"].items()}

    def pipeline(self) -> dict[str, Any]:
        """The body with the inputs in their places."""
        text = _INPUT.sub(lambda found: json.dumps(_as_text(self.inputs[found[1]]))[1:-1], json.dumps(self.body))
        filled: dict[str, Any] = json.loads(text)
        return filled

    def run(self, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the script of the job as a runner does, with what GitLab sets."""
        [job] = self.pipeline().values()
        return subprocess.run(
            ["sh", "-e", "-c", "\n".join(job["script"])],
            cwd=self.workspace,
            env={
                **os.environ,
                "CI": "true",
                "GITLAB_CI": "true",
                "PATH": f"{self.programs}:{os.environ['PATH']}",
                **job["variables"],
                **variables,
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def quality(self) -> list[dict[str, Any]]:
        """The report that the merge request shows."""
        rows: list[dict[str, Any]] = json.loads((self.workspace / "naysay-code-quality.json").read_text("utf-8"))
        return rows


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A repository with a merge request."""
    folder = repository(tmp_path / "server", SET)
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(folder, "checkout", "-q", "-b", "topic")
    commit(folder, PLANTED)
    git(folder, "checkout", "-q", "main")
    return folder


@pytest.fixture
def component(root: Path, server: Path, tmp_path: Path) -> Component:
    """The component, where the merge request is checked out without history."""
    (tmp_path / "bin").mkdir()
    workspace = checked_out(tmp_path / "workspace", server, "refs/heads/topic")
    return Component(root, workspace, command_in(tmp_path / "bin", root))


def test_header_and_job_follow_the_schema(component: Component) -> None:
    validate(component.header, "gitlab-ci")
    validate(component.pipeline(), "gitlab-ci")


def test_no_input_becomes_part_of_the_script(component: Component) -> None:
    [job] = component.body.values()
    assert _INPUT.findall("\n".join(job["script"])) == []


def test_every_input_is_described_and_used(component: Component, root: Path) -> None:
    text = (root / "templates" / "naysay.yml").read_text("utf-8")
    assert set(_INPUT.findall(text)) == set(component.inputs)
    assert all(one["description"] for one in component.header["spec"]["inputs"].values())


@pytest.mark.slow
def test_a_merge_request_is_told_only_what_it_brings(component: Component, server: Path) -> None:
    done = component.run(CI_MERGE_REQUEST_DIFF_BASE_SHA=git(server, "rev-parse", "main"))
    assert done.returncode == 1, done.stderr
    assert "1 new" in done.stdout
    assert "error[NS201]" in done.stdout
    assert "error[NS101]" not in done.stdout
    assert {row["check_name"] for row in component.quality()} >= {"NS201"}
    assert "<testsuites" in (component.workspace / "naysay-junit.xml").read_text("utf-8")


@pytest.mark.slow
def test_merged_results_are_compared_with_the_target_branch_as_it_is_now(component: Component, server: Path) -> None:
    topic = git(server, "rev-parse", "topic")
    base = git(server, "rev-parse", "main")
    done = component.run(CI_MERGE_REQUEST_TARGET_BRANCH_SHA=topic, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_default_branch_is_told_everything(component: Component) -> None:
    done = component.run()
    assert done.returncode == 1, done.stderr
    assert {row["check_name"] for row in component.quality()} == {"NS101", "NS201"}


@pytest.mark.slow
def test_inputs_become_options_and_are_never_run(component: Component) -> None:
    component.inputs |= {"path": "ports.md\nrunbook.md; touch pwned", "fail-on": "never", "args": "--select NS201 *"}
    assert component.run().returncode == 2
    assert not (component.workspace / "pwned").exists()
    component.inputs |= {"path": "ports.md", "args": "--select  NS201"}
    assert component.run().returncode == 0
    assert len(component.quality()) == 1


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"since": "-f"}, "naysay: since: -f is no name of a commit"),
        ({"since": "nowhere"}, "naysay: the base nowhere cannot be fetched; set the variable GIT_DEPTH to 0"),
    ],
)
def test_a_base_that_cannot_be_had_is_told(component: Component, inputs: dict[str, str], told: str) -> None:
    component.inputs |= inputs
    done = component.run()
    assert done.returncode == 2
    assert told in done.stderr


def test_an_image_without_naysay_is_told(component: Component) -> None:
    component.programs = component.workspace
    done = component.run()
    assert done.returncode == 2
    assert "naysay: not in this image; give the component an image that has it" in done.stderr
