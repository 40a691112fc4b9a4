"""The formats of a report: their names, what writes each, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..misuse import CannotRun, nearest
from ..reports import concise, github, gitlab, json_report, jsonl, junit, markdown, rdjson, sarif, text
from ..reports.finding import Report
from ..reports.plain import Look

FORMATS = (
    "text", "concise", "json", "jsonl", "sarif", "github-sarif", "github", "gitlab", "junit", "markdown", "rdjson",
)  # fmt: skip
"""Every format of a report, those for people first."""
FOLLOWING_THE_TERMINAL = frozenset({"text", "concise", "github"})
"""Written in the encoding of the terminal; the others are UTF-8 wherever they go."""
LISTING_RULES = frozenset({"sarif", "github-sarif", "junit"})
"""Formats that need the rules themselves."""

Render = Callable[[Report], Iterator[str]]


class Outputs(NamedTuple):
    """Which reports are written, and where."""

    screen: str
    """The format on standard output."""
    files: tuple[tuple[str, Path], ...]

    @property
    def formats(self) -> frozenset[str]:
        """Every format that is written somewhere."""
        return frozenset({self.screen, *(kind for kind, _ in self.files)})


def renders(look: Look, everything: bool = False, statistics: bool = False) -> dict[str, Render]:
    """What writes each format, for a stream that looks so."""
    return {
        "text": partial(text.render, look=look, everything=everything, statistics=statistics),
        "concise": partial(concise.render, look=look),
        "json": json_report.render,
        "jsonl": jsonl.render,
        "sarif": sarif.render,
        "github-sarif": partial(sarif.render, open_only=True),
        "github": partial(github.render, look=look, everything=everything, statistics=statistics),
        "gitlab": gitlab.render,
        "junit": junit.render,
        "markdown": markdown.render,
        "rdjson": rdjson.render,
    }


def outputs(format_name: str | None, given: Sequence[str]) -> Outputs:
    """What ``--format`` and ``--output`` ask for; an output without a file takes the place of the text on the screen.

    Raises:
        CannotRun: with every mistake at once.
    """
    problems = [] if format_name is None else _unknown("--format ", format_name, format_name)
    screens = [] if format_name is None else [f"--format {format_name}"]
    names = [format_name or "text"]
    files: list[tuple[str, Path]] = []
    for item in given:
        kind, equals, path = item.partition("=")
        if wrong := _unknown("--output ", item, kind):
            problems += wrong
        elif not path and equals:
            problems.append(f"--output {item}: no file; write it as --output {kind}=FILE")
        elif not path:
            screens.append(f"--output {kind}")
            names.append(kind)
        elif not Path(path).absolute().parent.is_dir():
            problems.append(f"--output {item}: its folder does not exist; make it first")
        else:
            files.append((kind, Path(path)))
    if len(screens) > 1:
        problems.append(f"{' and '.join(screens)}: standard output takes one report; write the others to =FILE")
    if problems:
        raise CannotRun(problems)
    return Outputs(names[-1], tuple(files))


def _unknown(option: str, shown: str, name: str) -> list[str]:
    if name in FORMATS:
        return []
    hint = nearest(name, FORMATS) or f"known are {', '.join(FORMATS)}"
    return [f'{option}{shown}: unknown format "{name}"; {hint}']


def write_file(path: Path, lines: Iterator[str]) -> None:
    """Write a report to a file in UTF-8."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in lines)
