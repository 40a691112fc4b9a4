"""Literate test files: each second-level heading is a case with a reason, documents and what is expected of them.

A case is a heading, a sentence that says why it exists, one fenced ``md`` block for each document (`file=` names it)
and one fenced block that holds the expectation, a line for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from naysay.ingest.markdown import parse
from naysay.ingest.page import Fence, Page

DOCUMENT = "docs/page.md"
"""Path of a document whose fence names none."""
_FILE = re.compile(r"[`~]{3,}\s*md\s+file=(\S+)")


class Case(NamedTuple):
    """One case of a literate file."""

    title: str
    why: str
    documents: Mapping[str, str]
    """Text by path, in the order of the fences."""
    expected: tuple[str, ...]
    """The lines of the expectation, blank ones left out."""
    where: str
    """file:line of the heading."""


def cases(folder: Path, kind: str) -> Iterator[Case]:
    """Every case of every file in a folder; ``kind`` is the info string of the fence with the expectation."""
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        page = parse(text, path.name)
        for index, heading in enumerate(page.headings):
            if heading.level == 2:
                yield _case(page, text.split("\n"), index, kind, f"{path.name}:{heading.line}")


def _case(page: Page, lines: list[str], index: int, kind: str, where: str) -> Case:
    fences = [fence for fence in page.fences if fence.section == index]
    said = [fence for fence in fences if fence.info == kind]
    assert len(said) == 1, f"{where}: needs one {kind} block, has {len(said)}"
    return Case(
        title=page.headings[index].title,
        why=" ".join(p.text for p in page.passages if p.section == index and p.kind == "paragraph"),
        documents={_file(lines, fence): f"{fence.text}\n" for fence in fences if fence.info == "md"},
        expected=tuple(line.strip() for line in said[0].text.split("\n") if line.strip()),
        where=where,
    )


def _file(lines: list[str], fence: Fence) -> str:
    match = _FILE.match(lines[fence.line - 2].lstrip())
    return match[1] if match else DOCUMENT


def faults(all_cases: list[Case]) -> Iterator[str]:
    """What is wrong with the cases themselves."""
    seen: set[tuple[str, str]] = set()
    for case in all_cases:
        key = case.where.partition(":")[0], case.title
        if key in seen:
            yield f"{case.where}: a second case of this name"
        seen.add(key)
        if not case.why.endswith((".", "!")):
            yield f"{case.where}: says not why it exists"
        if not case.documents:
            yield f"{case.where}: has no document"
        if not case.expected:
            yield f"{case.where}: expects nothing"
