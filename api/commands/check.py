"""``naysay check``: the conflicts of a documentation set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from naysay import __version__

from ...graph.model import Conflict, Severity
from ..console import emit, say
from ..misuse import CannotRun, nearest
from ..reports import concise, json_report, jsonl, text
from ..reports.excerpt import Sources
from ..reports.finding import Report
from ..reports.plain import Look
from ..target import touches
from ..verdict import Policy, chosen, gating, shown
from . import options
from .opening import Choice, Opened, opened, screen, unread

FORMATS = ("text", "concise", "json", "jsonl")
Render = Callable[[Report], Iterator[str]]

Output = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="FORMAT=FILE", help="Write a report to a file, too; may be repeated."),
]
FormatName = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How the report is written.")]
OnlyThese = Annotated[bool, typer.Option("--only-these", help="Read the given files alone.")]
Everything = Annotated[bool, typer.Option("--all", help="Every conflict, the less sure ones too.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Only the figures, by rule.")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever was found.")]


def check(
    context: typer.Context,
    paths: options.Paths = None,
    format_name: FormatName = "text",
    output: Output = None,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    only_these: OnlyThese = False,
    store: options.Store = None,
    fail_on: options.FailOn = None,
    fail_confidence: options.FailConfidence = None,
    min_level: options.MinLevel = "note",
    select: options.Select = None,
    ignore: options.Ignore = None,
    precedence: options.Precedence = None,
    everything: Everything = False,
    statistics: Statistics = False,
    exit_zero: ExitZero = False,
    no_project_rules: options.NoProjectRules = False,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    colour: options.Colour = "auto",
    ascii_only: options.Ascii = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Find where the documents contradict each other.

    A folder is read as it is. A file is read with the set it belongs to, and only conflicts that touch it are shown.
    """
    given = tuple(paths or ())
    files = _outputs(format_name, output or ())
    choice = Choice(
        given, store, vocabulary, include or (), exclude or (), no_ignore, workers, only_these, quiet, verbose, cache
    )
    found = opened(context, choice)
    policy = _policy(found, fail_on, fail_confidence, min_level, select, ignore, everything)
    report = _report(found, policy, found.conflicts(not no_project_rules, precedence))
    _notice_unread(found, quiet)
    look = screen(colour, ascii_only)
    emit(_renders(look, everything, statistics)[format_name](report), utf8=format_name in {"json", "jsonl"})
    for kind, path in files:
        _write(path, _renders(Look(ascii=ascii_only), everything, statistics)[kind](report))
    raise typer.Exit(1 if report.gating and not exit_zero else 0)


def _renders(look: Look, everything: bool, statistics: bool) -> dict[str, Render]:
    return {
        "text": partial(text.render, look=look, everything=everything, statistics=statistics),
        "concise": partial(concise.render, look=look),
        "json": json_report.render,
        "jsonl": jsonl.render,
    }


def _outputs(format_name: str, given: list[str] | tuple[()]) -> list[tuple[str, Path]]:
    """The files to write, by format; every mistake in the formats is reported at once."""
    pairs = [item.partition("=") for item in given]
    problems = [f"--format {format_name}: {_unknown_format(format_name)}"] if format_name not in FORMATS else []
    for kind, equals, path in pairs:
        if kind not in FORMATS:
            problems.append(f"--output {kind}{equals}{path}: {_unknown_format(kind)}")
        elif not path:
            problems.append(f"--output {kind}: no file; write it as --output {kind}=FILE")
        elif not Path(path).absolute().parent.is_dir():
            problems.append(f"--output {kind}={path}: its folder does not exist; make it first")
    if problems:
        raise CannotRun(problems)
    return [(kind, Path(path)) for kind, _, path in pairs]


def _unknown_format(name: str) -> str:
    return f'unknown format "{name}"; {nearest(name, FORMATS) or "known are " + ", ".join(FORMATS)}'


def _policy(
    found: Opened,
    fail_on: Severity | None,
    fail_confidence: float | None,
    min_level: Severity,
    select: list[str] | None,
    ignore: list[str] | None,
    everything: bool,
) -> Policy:
    """The command line's choices, else those of the configuration."""
    configured = found.target.configuration
    return Policy(
        fail_on=fail_on or configured.fail_on,
        fail_confidence=configured.fail_confidence if fail_confidence is None else fail_confidence,
        min_level=min_level,
        select=_rule_ids(select) or configured.select,
        ignore=_rule_ids(ignore) or configured.ignore,
        everything=everything,
    )


def _rule_ids(given: list[str] | None) -> tuple[str, ...]:
    """Rule ids of a repeatable option that also takes several, with commas between them.

    >>> _rule_ids(["NS501,NS2"])
    ('NS501', 'NS2')
    """
    return tuple(name.strip().upper() for item in given or () for name in item.split(",") if name.strip())


def _report(found: Opened, policy: Policy, conflicts: tuple[Conflict, ...]) -> Report:
    corpus, focus = found.corpus, found.target.focus
    root = Path(corpus.root).absolute()
    touching = [row for row in conflicts if not focus or any(touches(side.path, root, focus) for side in row.sides)]
    selected = chosen(touching, policy)
    return Report(
        conflicts=shown(selected, policy),
        found=selected,
        diagnostics=corpus.diagnostics,
        documents=len(corpus.documents),
        claims=sum(len(reading.claims) for reading in corpus.readings),
        gating=gating(selected, policy),
        version=__version__,
        sources=Sources(corpus.texts),
        skipped=len(unread(corpus)),
    )


def _notice_unread(found: Opened, quiet: bool) -> None:
    """Name the given files that were not read: a clean report says nothing about them."""
    root = Path(found.corpus.root).absolute()
    documents = [document.path for document in found.corpus.documents]
    for path in () if quiet else found.target.focus:
        if not any(touches(document, root, [path]) for document in documents):
            say(f"warning: {path}: not among the documents read; it is ignored, excluded or not Markdown")


def _write(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in lines)
