"""``naysay fix``: the repairs that need nobody's judgement."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..console import emit, say
from ..misuse import CannotRun
from ..reports.patch import on_screen, patch
from ..reports.plain import Look
from ..target import touches
from ..verdict import Policy, chosen
from . import options
from .known import judged
from .opening import Choice, Opened, opened, screen

if TYPE_CHECKING:
    from ...ingest.rewriting import Edit
    from ...queries.repairs import Left, Plan, Repair

Diff = Annotated[bool, typer.Option("--diff", help="Show what would change, write nothing; exit with 1 if it would.")]
Unsafe = Annotated[
    bool, typer.Option("--unsafe", help="Also in quotations and code, and to the nearest name of a missing document.")
]


def fix(
    context: typer.Context,
    paths: options.Paths = None,
    diff: Diff = False,
    unsafe: Unsafe = False,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    no_project_rules: options.NoProjectRules = False,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    colour: options.Colour = "auto",
    ascii_only: options.Ascii = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Mend what can be mended safely: deprecated names and dangling references.

    Writes the documents and shows what it changed.  What somebody let stand is left alone, and so is history.
    """
    given = tuple(paths or ())
    choice = Choice(
        given, None, vocabulary, include or (), exclude or (), no_ignore, workers, False, quiet, verbose, cache
    )
    found = opened(context, choice)
    plan = _plan(found, choice, _policy(found, select, ignore), not no_project_rules)
    wanted = [row for row in plan.repairs if unsafe or not row.caution]
    look = screen(colour, ascii_only)
    show: Callable[[Iterator[str]], Iterator[str]] = (lambda rows: on_screen(rows, look)) if _seen(look) else iter
    problems, done = _carry_out(found, wanted, show, write=not diff)
    if not quiet:
        _say(done, plan, [row for row in plan.repairs if row not in set(wanted)], diff, verbose)
    if problems:
        raise CannotRun(problems)
    raise typer.Exit(1 if diff and done else 0)


def _seen(look: Look) -> bool:
    """Whether a person reads the diff, not a program that needs it exact."""
    return look.colour or sys.stdout.isatty()


def _policy(found: Opened, select: list[str] | None, ignore: list[str] | None) -> Policy:
    """Which rules' conflicts to mend.  Raises CannotRun when none of those that were asked for can be."""
    from ...queries.repairs import REPAIRABLE

    if found.target.parts:
        raise CannotRun(["[[source]] names several folders, and a fix is for one; name it, as in `naysay fix docs`"])
    configured = found.target.configuration
    policy = Policy(
        select=options.rule_ids(select) or configured.select, ignore=options.rule_ids(ignore) or configured.ignore
    )
    if select and not any(map(policy.selects, REPAIRABLE)):
        raise CannotRun(
            [f"--select {','.join(select)}: no repair is known; there are repairs for {' and '.join(REPAIRABLE)}"]
        )
    return policy


def _plan(found: Opened, choice: Choice, policy: Policy, own_rules: bool) -> Plan:
    """The repairs and the rest, of the chosen rules and in the given files."""
    from ...queries import repairs
    from ...queries.moves import moves
    from ...queries.reference_repairs import Around, reference_repairs

    rules = found.rules(own_rules)
    conflicts = chosen(found.conflicts(own_rules, None), policy)
    marks = judged(found, choice, conflicts, rules, None).judgement.marks
    standing = repairs.excused(row for row in conflicts if row.id in marks and marks[row.id].acceptance)
    linkage, root = found.corpus.linkage, Path(found.corpus.root)
    around = Around(moves(linkage, root), partial(_exists, root))
    rows = [*repairs.term_repairs(linkage, standing), *reference_repairs(linkage, standing, around)]
    focus = found.target.focus
    return repairs.plan(
        row for row in rows if policy.selects(row.rule) and (not focus or touches(row.path, root.absolute(), focus))
    )


def _exists(root: Path, path: str) -> bool:
    return (root / path).exists()


def _carry_out(
    found: Opened, wanted: Sequence[Repair], show: Callable[[Iterator[str]], Iterator[str]], *, write: bool
) -> tuple[list[str], list[Repair]]:
    """(what went wrong, repairs that were made or would be): each document is written whole, and its diff shown."""
    from ...ingest.rewriting import FileChanged, rewrite, rewritten, unchanged

    root = Path(found.corpus.root)
    digests = {document.path: document.digest for document in found.corpus.documents}
    problems: list[str] = []
    done: list[Repair] = []
    for path, repairs in _by_path(wanted).items():
        edits: list[Edit] = [row.edit for row in repairs]
        try:
            before = unchanged(root / path, digests[path])
            if write:
                rewrite(root / path, digests[path], edits)
        except FileChanged:
            problems.append(f"{path}: changed since it was read, so it was left as it is; run the command again")
        except OSError as error:
            problems.append(f"{path}: cannot be written ({error.strerror or error}); check its permissions")
        else:
            done += repairs
            emit(show(patch(path, before, rewritten(before, edits))), utf8=True)
    return problems, done


def _by_path(repairs: Sequence[Repair]) -> dict[str, list[Repair]]:
    out: defaultdict[str, list[Repair]] = defaultdict(list)
    for row in repairs:
        out[row.path].append(row)
    return out


def _say(done: Sequence[Repair], plan: Plan, held: Sequence[Repair], diff: bool, verbose: bool) -> None:
    """What was done, and what was not and why."""
    if done:
        documents = len({row.path for row in done})
        say(f"{'would fix' if diff else 'fixed'} {_count(len(done), 'place')} in {_count(documents, 'document')}")
    else:
        say("nothing to fix" if not (held or plan.left) else "nothing that can be fixed safely")
    if verbose:
        _list(held, plan.left)
    hint = "" if verbose else "; --verbose lists them"
    if held:
        say(f"{_count(len(held), 'more place')} with --unsafe{hint}")
    if plan.left:
        say(f"{_count(len(plan.left), 'place')} to be mended by hand{hint}")


def _list(held: Sequence[Repair], left: Sequence[Left]) -> None:
    rows = [
        (row.path, row.line, f"“{row.old}” to “{row.edit.new}” only with --unsafe: {row.caution}", row.rule)
        for row in held
    ]
    rows += [(row.path, row.line, row.reason, row.rule) for row in left]
    for path, line, text, rule in sorted(rows):
        say(f"{path}:{line}: {text} [{rule}]")


def _count(number: int, what: str) -> str:
    """A number and its noun.

    >>> _count(1, "place"), _count(2, "place")
    ('1 place', '2 places')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"
