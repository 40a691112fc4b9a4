"""``naysay watch``: the check, again and again as files are saved."""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import typer

from ...graph.model import Conflict, Severity
from ..console import emit, say
from ..failures import problems
from ..reports.concise import line
from ..reports.plain import Look
from ..target import target_of, touches
from ..verdict import Policy, chosen, overriding, shown
from . import options
from .check import Everything
from .known import judged, policy_of
from .opening import Choice, Opened, opened, screen

QUIET_MS = 100
"""Milliseconds without a change after which a burst of changes counts as over."""
LONGEST_MS = 1_600
"""Milliseconds after which it is taken as it is."""
WAKE_MS = 250
"""Milliseconds between looks at whether to stop; the first comes before the first check."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked to be told."""

    min_level: Severity | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    everything: bool = False
    own_rules: bool = True

    def policy(self, found: Opened) -> Policy:
        """The command line's choices, for every folder, else those of the configuration."""
        given = {"min_level": self.min_level, "select": self.select, "ignore": self.ignore}
        said: dict[str, Any] = {name: value for name, value in given.items() if value}
        configured = policy_of(found.target.configuration, Path(found.corpus.root))
        overrides = overriding(configured.overrides, said.__contains__)
        return replace(configured, everything=self.everything, overrides=overrides, **said)


@dataclass(frozen=True, slots=True)
class State:
    """What the last check has found."""

    found: Opened
    conflicts: dict[str, Conflict] = field(default_factory=dict[str, Conflict])
    """By id, best first; those that somebody let stand are left out."""


def watch(
    context: typer.Context,
    paths: options.Paths = None,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    min_level: options.MinLevel = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    everything: Everything = False,
    no_project_rules: options.NoProjectRules = False,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    colour: options.Colour = "auto",
    ascii_only: options.Ascii = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check again whenever a file is saved, and tell what is new and what is gone.

    Ends with Ctrl-C, and then with exit code 0.
    """
    given = tuple(paths or ())
    choice = Choice(
        given, None, vocabulary, include or (), exclude or (), no_ignore, workers, False, quiet, verbose, cache
    )
    wanted = Wanted(
        min_level=min_level,
        select=options.rule_ids(select),
        ignore=options.rule_ids(ignore),
        everything=everything,
        own_rules=not no_project_rules,
    )
    look = screen(colour, ascii_only)
    with _until_interrupted():
        _follow(context, choice, wanted, look)


@contextmanager
def _until_interrupted() -> Generator[None]:
    """Take an interrupt, and the signal to terminate, for the wish to end."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)


def _follow(context: typer.Context, choice: Choice, wanted: Wanted, look: Look) -> None:
    """Check, then check again after each burst of changes.  Raises what ``opened`` does for the first check only."""
    from watchfiles import watch as changes

    state: State | None = None
    for burst in changes(
        *_watched(choice),
        debounce=LONGEST_MS,
        step=QUIET_MS,
        rust_timeout=WAKE_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if state is None:
            state = _checked(context, choice, wanted)
            emit([f"{_total(state)}; `naysay check` lists them" if state.conflicts else _total(state)])
            say("watching for changes; Ctrl-C ends")
        elif burst:
            state = _again(context, choice, wanted, state, look)


def _watched(choice: Choice) -> Iterator[Path]:
    """The documents' folders, and the files elsewhere that say how they are to be read."""
    target = target_of(choice.given)
    yield from target.paths
    yield from (part.path for part in target.parts if not part.path.is_relative_to(target.paths[0]))
    configuration = target.configuration
    for file in (configuration.source, choice.vocabulary or configuration.vocabulary):
        if (
            file is not None
            and file.exists()
            and not any(file.absolute().is_relative_to(path) for path in target.paths)
        ):
            yield file


def _again(context: typer.Context, choice: Choice, wanted: Wanted, state: State, look: Look) -> State:
    """The state after a change; the old one when the set cannot be read as it is, which is said."""
    try:
        now = _checked(context, replace(choice, before=state.found.corpus), wanted)
    except Exception as error:
        for problem in problems(error):
            say(f"error: {problem}")
        return state
    if now.conflicts != state.conflicts or now.found.corpus.texts != state.found.corpus.texts:
        _tell(state.conflicts, now, look)
    return now


def _checked(context: typer.Context, choice: Choice, wanted: Wanted) -> State:
    found = opened(context, choice)
    policy = wanted.policy(found)
    conflicts = found.conflicts(wanted.own_rules)
    marks = judged(found, choice, conflicts, found.rules(wanted.own_rules), None).judgement.marks
    standing = [row for row in conflicts if row.id not in marks or marks[row.id].acceptance is None]
    root, focus = Path(found.corpus.root).absolute(), found.target.focus
    listed = [row for row in standing if not focus or any(touches(side.path, root, focus) for side in row.sides)]
    return State(found, {row.id: row for row in shown(chosen(listed, policy), policy)})


def _tell(before: dict[str, Conflict], now: State, look: Look) -> None:
    new = [row for key, row in now.conflicts.items() if key not in before]
    closed = [row for key, row in before.items() if key not in now.conflicts]
    emit(
        (
            *_rows("closed", closed, look),
            *_rows("new", new, look),
            f"{_total(now)}: {len(new)} new, {len(closed)} closed",
        )
    )


def _rows(what: str, conflicts: Sequence[Conflict], look: Look) -> Iterator[str]:
    """Each conflict on one line, at the first side that holds something else than the strongest."""
    return (f"{what + ':':8}{line(row, row.sides[min(1, len(row.sides) - 1)], look)}" for row in conflicts)


def _total(now: State) -> str:
    found, documents = len(now.conflicts), len(now.found.corpus.documents)
    return f"{found} conflict{'' if found == 1 else 's'} in {documents} document{'' if documents == 1 else 's'}"
