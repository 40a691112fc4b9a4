"""The page of a build on GitHub, to which a step may add up to 1 MiB."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from . import markdown
from .finding import Report

ROOM = 1024 * 1024
"""Bytes that GitHub takes of one step."""


def append_summary(report: Report, environment: Mapping[str, str]) -> None:
    """Add the summary to the file that ``GITHUB_STEP_SUMMARY`` names, within what is left of its room."""
    name = environment.get("GITHUB_STEP_SUMMARY", "")
    if not name:
        return
    path = Path(name)
    taken = path.stat().st_size if path.exists() else 0
    lines = markdown.render(report, room=ROOM - taken)
    with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in lines)
