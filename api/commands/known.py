"""What is known of a set besides its documents: its baseline, what its configuration lets stand, its rules."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ...graph.model import Conflict, Diagnostic, Severity
from ..configuration import BASELINE, Configuration, folder_of
from ..console import say
from ..day import today
from ..mirror import Mirror
from ..misuse import CannotRun
from ..target import Target, settled
from ..verdict import Policy
from .opening import Choice, Opened

if TYPE_CHECKING:
    from ...queries.acceptance import Rulebook
    from ...queries.baseline import Entry
    from ...queries.judgement import Judgement, Known
    from ...queries.precedent import Precedent

BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help=f"Conflicts already known; {BASELINE} of the set unless said."),
]


class Judged(NamedTuple):
    """How the conflicts of a run are to be taken, and what that was decided by."""

    judgement: Judgement
    baseline: tuple[Entry, ...] | None


def judged(
    found: Opened,
    choice: Choice,
    conflicts: Sequence[Conflict],
    rules: Path | None,
    baseline: Path | None,
    precedent: Precedent | None = None,
) -> Judged:
    """All the conflicts of a set, under its suppressions and a baseline.

    Raises CannotRun for a baseline that cannot be used.
    """
    from ...queries.judgement import judge

    with found.settings.named():
        known = replace(_known(found, choice, rules, baseline), precedent=precedent)
    return Judged(judge(conflicts, found.corpus.texts, known), known.baseline)


def baseline_of(target: Target, given: Path | None, root: str = "") -> Path:
    """The file that was named, else the one beside the configuration, else the one at the root of the set.

    ``root`` stands in for the paths of a target that has none, as with a store.
    """
    if given is not None:
        return given
    source = target.configuration.source
    return (source.parent if source else Path(os.path.commonpath(target.paths or (root,)))) / BASELINE


def as_it_counts(path: Path, settings: Mirror) -> Path:
    """Where a baseline is to be read: as the base has it, if the settings come from there and it is in the repository.

    Raises CannotRun for one that only the working tree has.
    """
    here = settled(path)
    there = settings.there(here) if here.is_relative_to(settings.top) else here
    if here.exists() and not there.exists():
        raise CannotRun([f"{path}: not in {settings.name}; --trust-head takes the one of the working tree"])
    return there


def entries_in(path: Path, mend: bool = False) -> tuple[Entry, ...]:
    """The entries of a baseline.  Raises CannotRun with every fault, each with its line."""
    from ...queries.baseline import BaselineError, decoded

    try:
        return decoded(path.read_text(encoding="utf-8"), mend)
    except BaselineError as error:
        raise CannotRun([f"{path}:{line}: {message}" for line, message in error.faults]) from error
    except UnicodeDecodeError as error:
        raise CannotRun([f"{path}: not UTF-8; write it anew with `naysay baseline write`"]) from error
    except OSError as error:
        hint = "; `naysay baseline write` makes one" if isinstance(error, FileNotFoundError) else ""
        raise CannotRun([f"{path}: the baseline cannot be read ({error.strerror}){hint}"]) from error


def gravity_of(row: Diagnostic) -> Severity:
    """How grave it is what a run says about suppressions or the baseline."""
    from ...queries.judgement import gravity

    return gravity(row)


def say_judged(rows: Sequence[Diagnostic], quiet: bool) -> None:
    """Tell what there is to say of suppressions and the baseline; with ``quiet`` only what is an error."""
    for row in rows:
        level = gravity_of(row)
        if level == "error" or not quiet:
            say(f"{level}: {row.path}{f':{row.line}' if row.line else ''}: {row.message} [{row.rule}]")


def whole(target: Target, choice: Choice) -> bool:
    """Whether everything that the configuration speaks of is read."""
    if choice.store is not None:
        return True
    if choice.only_these or choice.include or choice.exclude:
        return False
    configuration = target.configuration
    if configuration.sources and choice.given:
        return bool(target.parts)
    if not choice.given or target.focus or configuration.source is None:
        return True
    return set(target.paths) == set(configuration.roots or (configuration.source.parent,))


def policy_of(configuration: Configuration, root: Path) -> Policy:
    """What a configuration asks for of a set whose documents lie below ``root``."""
    return Policy(
        fail_on=configuration.fail_on,
        fail_confidence=configuration.fail_confidence,
        min_level=configuration.min_level,
        select=configuration.select,
        ignore=configuration.ignore,
        overrides=configuration.overrides,
        folder=folder_of(configuration, root.absolute()),
    )


def _known(found: Opened, choice: Choice, rules: Path | None, baseline: Path | None) -> Known:
    from ...queries.judgement import Known

    configuration = found.target.configuration
    root = Path(found.corpus.root).absolute()
    return Known(
        day=today(),
        rules=_rulebook(rules, found.rules()),
        configured=tuple(replace(one, path=_seen_from(root, one.path)) for one in configuration.allow),
        folder=folder_of(configuration, root),
        baseline=None if baseline is None else entries_in(as_it_counts(baseline, found.settings)),
        baseline_path="" if baseline is None else _seen_from(root, str(baseline)),
        all_read=whole(found.target, choice),
        documents_whole=not (choice.only_these or choice.include or choice.exclude),
    )


def _seen_from(root: Path, path: str) -> str:
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:
        return Path(path).name


def _rulebook(used: Path | None, there: Path | None) -> Rulebook:
    """The rules of the run; a project that has rules of its own which were left aside has names unknown here."""
    from ...queries.acceptance import Rulebook
    from ...queries.rule_file import load

    rules = (*load(), *(load(used) if used else ()))
    return Rulebook({key: rule.id for rule in rules for key in (rule.id, rule.name)}, whole=used == there)
