"""What a judge sees of a statement: its document, its place, and the lines around it; nothing of what naysay thinks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

AROUND = 15
"""Lines shown before and after a statement."""
PER_SHEET = 20
OPENING = 40
"""Lines in which a document is looked at for its status and banners."""
WIDTH = 400
"""Characters of a line that are shown."""
SIDES = 4

GUIDE = """\
# Sheet {number}

Each report names statements of one documentation set that may contradict each other. The question is: **would the
teams that own these documents agree that they contradict each other here, and that one of them must be edited?** Two
statements that hold together (another subject, another environment, an option, history, an example, a plan against
today) are *false*. A citation is read as the statement that what it cites exists and is what it is cited as; whether a
file exists may be looked up.

Write one line for each report to a file: `{{"n": 1, "verdict": "real" | "arguable" | "false", "cause": "few words"}}`.
"""
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BANNER = re.compile(
    r"^\s*>|\bstatus\b|supersed|deprecat|histor|obsolete|archiv|\bdraft\b|^(?:date|owner|version|title)\b",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")
_FENCE = re.compile(r"\s*(?:```|~~~)")


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a document; none when it is not there."""
    try:
        return tuple(path.read_text("utf-8-sig", errors="replace").splitlines())
    except OSError:
        return ()


def sheet(number: int, reports: Sequence[tuple[int, dict[str, Any]]], root: Path) -> str:
    """One sheet of numbered reports, as Markdown."""
    parts = [GUIDE.format(number=number)]
    for n, report in reports:
        sides = (report.get("sides") or [report["a"], report.get("b")])[:SIDES]
        parts.append(f"\n## Report {n}\n")
        parts += ["\n".join(side(letter, one, root)) for letter, one in zip("ABCD", filter(None, sides), strict=False)]
    return "\n".join(parts) + "\n"


def side(letter: str, one: dict[str, Any], root: Path) -> Iterator[str]:
    """The lines that show one statement."""
    lines = lines_of(root / one["file"])
    first, last = one["line"], max(one["line"], one.get("line_end") or 0)
    yield f"### {letter}: `{one['file']}`, line {first}\n"
    yield f"- title: {next((line[2:] for line in lines if line.startswith('# ')), '(none)')}"
    yield from (f"- opening: {line.strip()[:WIDTH]}" for line in banners(lines))
    yield f"- headings: {' > '.join(headings(lines, first))}"
    if lead := lead_in(lines, first):
        yield f"- lead-in: {lead}"
    if header := table_header(lines, first):
        yield f"- table header: {header}"
    yield "\n~~~~text"
    for number in range(max(1, first - AROUND), min(len(lines), last + AROUND) + 1):
        mark = ">" if first <= number <= last else " "
        yield f"{mark}{number:5d}  {lines[number - 1][:WIDTH]}"
    yield "~~~~\n"


def banners(lines: Sequence[str]) -> list[str]:
    """Lines of a document's opening that tell its status."""
    return [line for line in lines[:OPENING] if _BANNER.search(line) and not line.startswith("#")][:8]


def headings(lines: Sequence[str], at: int) -> list[str]:
    """The headings that govern a line, the title first.

    >>> headings(["# a", "## b", "# c", "## d", "text"], 5)
    ['c', 'd']
    """
    found: list[tuple[int, str]] = []
    fenced = False
    for line in lines[:at]:
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (match := _HEADING.match(line)):
            found = [one for one in found if one[0] < len(match[1])]
            found.append((len(match[1]), match[2]))
    return [title for _, title in found]


def lead_in(lines: Sequence[str], at: int) -> str:
    """The nearest line above that ends in a colon, up to the heading of the section.

    >>> lead_in(["Older:", "## x", "Needs:", "", "- a", "- b"], 6)
    'Needs:'
    """
    for line in reversed(lines[: at - 1]):
        if _HEADING.match(line):
            return ""
        if line.rstrip(" *_").endswith(":"):
            return line.strip()[:WIDTH]
    return ""


def table_header(lines: Sequence[str], at: int) -> str:
    """The header of the table that a line is a row of.

    >>> table_header(["| k | v |", "|---|---|", "| a | 1 |"], 3)
    '| k | v |'
    """
    for number in range(at - 1, 0, -1):
        if "|" not in lines[number]:
            return ""
        if _RULE.fullmatch(lines[number]):
            return lines[number - 1].strip()[:WIDTH]
    return ""
