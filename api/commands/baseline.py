"""``naysay baseline``: the conflicts that a set is known to have, so that a check speaks of new ones only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ...graph.model import Conflict
from ..console import emit
from ..misuse import CannotRun
from ..reports.plain import Look, clip, one_line
from ..reports.wording import counted, headline
from ..target import Target, target_of
from ..verdict import chosen
from . import options
from .known import BaselineFile, baseline_of, entries_in, judged, policy_of, whole
from .opening import Choice, Opened, opened, screen

if TYPE_CHECKING:
    from ...queries.baseline import Entry

_SUMMARY = 120
"""Columns of the summary of one conflict."""

Action = Annotated[Literal["write", "show", "prune"], typer.Argument(metavar="write|show|prune")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Of `write`: why the new entries may stand.")]
Owner = Annotated[str, typer.Option("--owner", metavar="NAME", help="Of `write`: who looks after the new entries.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")]


def baseline(
    context: typer.Context,
    action: Action,
    paths: options.Paths = None,
    file: BaselineFile = None,
    reason: Reason = "",
    owner: Owner = "",
    dry_run: DryRun = False,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    no_project_rules: options.NoProjectRules = False,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Keep the list of conflicts that a set is known to have.

    `write` lists all that are found and not suppressed, `prune` removes what no longer occurs, `show` prints the list.
    """
    choice = Choice(
        tuple(paths or ()),
        None,
        vocabulary,
        include or (),
        exclude or (),
        no_ignore,
        workers,
        False,
        quiet,
        verbose,
        cache,
    )
    target = target_of(choice.given)
    path = baseline_of(target, file)
    if action == "show":
        emit(_shown(entries_in(path), screen()))
        return
    _must_be_whole(target, choice, path, file)
    before = entries_in(path, mend=True) if path.exists() or action == "prune" else ()
    found = opened(context, choice)
    rules = found.rules(not no_project_rules)
    conflicts = found.conflicts(not no_project_rules)
    marks = judged(found, choice, conflicts, rules, None).judgement.marks
    open_ones = [row for row in conflicts if row.id not in marks or marks[row.id].acceptance is None]
    after = _pruned(open_ones, before) if action == "prune" else _written(found, open_ones, before, reason, owner)
    if not dry_run:
        _replace(path, after)
    emit([_said(path, before, after, dry_run)])


def _written(
    found: Opened, conflicts: Sequence[Conflict], before: Iterable[Entry], reason: str, owner: str
) -> tuple[Entry, ...]:
    from ...queries.baseline import entry_of

    known = {entry.id: entry for entry in before}
    listed = chosen(conflicts, policy_of(found.target.configuration, Path(found.corpus.root)))
    return tuple(entry_of(row, _summary(row), known, reason, owner) for row in listed)


def _pruned(conflicts: Sequence[Conflict], before: Iterable[Entry]) -> tuple[Entry, ...]:
    from ...queries.baseline import pruned

    return pruned(conflicts, before)


def _summary(conflict: Conflict) -> str:
    places = ", ".join(dict.fromkeys(side.path for side in conflict.sides[:2]))
    return f"{clip(one_line(headline(conflict, _SUMMARY)), _SUMMARY)} ({one_line(places)})"


def _must_be_whole(target: Target, choice: Choice, path: Path, file: Path | None) -> None:
    """Entries of documents that were not read must not be lost."""
    if target.focus:
        raise CannotRun([f"{choice.given[0]}: a baseline is about a whole set; name its folder, or nothing"])
    if file is None and not whole(target, choice):
        raise CannotRun([f"{path}: only a part of its set would be read; name no folder, or another file (--baseline)"])


def _shown(entries: Sequence[Entry], look: Look) -> Iterator[str]:
    for entry in entries:
        because = f"{look.glyphs.dot} {entry.reason}" if entry.reason else ""
        owner = f"({entry.owner})" if entry.owner else ""
        words = [entry.id, entry.rule, entry.summary or entry.type, because, owner]
        yield one_line(" ".join(word for word in words if word), look.ascii)
    yield counted(len(entries), "known conflict")


def _said(path: Path, before: Sequence[Entry], after: Sequence[Entry], dry_run: bool) -> str:
    old, new = {entry.id for entry in before}, {entry.id for entry in after}
    parts = [f"{len(new - old)} added", f"{len(old - new)} removed", f"{len(old & new)} kept"]
    verb = "would hold" if dry_run else "holds"
    return one_line(f"{path} {verb} {counted(len(new), 'known conflict')}: {', '.join(parts)}")


def _replace(path: Path, entries: Iterable[Entry]) -> None:
    """Write the whole file or nothing of it."""
    from ...queries.baseline import encoded

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(encoded(entries))
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
