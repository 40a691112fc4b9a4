"""``naysay check``: the conflicts of a documentation set."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from naysay import __version__

from ...graph.model import Conflict, Diagnostic, Severity
from ...queries.triage import UNMARKED, Mark, counting
from ..console import emit, say
from ..misuse import CannotRun
from ..reports.excerpt import Sources
from ..reports.finding import Report
from ..reports.job_summary import append_summary
from ..reports.plain import Look
from ..reports.whereabouts import whereabouts
from ..target import settled, touches
from ..verdict import Policy, chosen, failing, grave, overriding, shown
from . import options
from . import since as against
from .formats import FOLLOWING_THE_TERMINAL, FORMATS, LISTING_RULES, outputs, renders, write_file
from .known import BaselineFile, baseline_of, gravity_of, judged, policy_of, say_judged
from .opening import Choice, Opened, opened, screen, unread

if TYPE_CHECKING:
    from ...queries.baseline import Entry
    from ...queries.judgement import Judgement

Output = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="FORMAT[=FILE]", help="Write a report to a file, too; may be repeated."),
]
FormatName = Annotated[
    str | None, typer.Option("--format", metavar="|".join(FORMATS), help="How the report is written; text without.")
]
ShowKnown = Annotated[bool, typer.Option("--show-known", help="List the conflicts that the base has, too.")]
ShowAccepted = Annotated[bool, typer.Option("--show-accepted", help="List the conflicts that were accepted, too.")]
OnlyThese = Annotated[bool, typer.Option("--only-these", help="Read the given files alone.")]
Everything = Annotated[bool, typer.Option("--all", help="Every conflict, the less sure ones too.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Only the figures, by rule.")]
NoBaseline = Annotated[bool, typer.Option("--no-baseline", help="Leave the baseline aside.")]
Ratchet = Annotated[bool, typer.Option("--ratchet", help="Fail when there are more conflicts than in the baseline.")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever was found.")]


def check(
    context: typer.Context,
    paths: options.Paths = None,
    format_name: FormatName = None,
    output: Output = None,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    only_these: OnlyThese = False,
    store: options.Store = None,
    fail_on: options.FailOn = None,
    fail_confidence: options.FailConfidence = None,
    min_level: options.MinLevel = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    precedence: options.Precedence = None,
    everything: Everything = False,
    statistics: Statistics = False,
    baseline: BaselineFile = None,
    no_baseline: NoBaseline = False,
    ratchet: Ratchet = False,
    show_known: ShowKnown = False,
    show_accepted: ShowAccepted = False,
    exit_zero: ExitZero = False,
    since: against.SinceRef = None,
    since_merge_base: against.MergeBase = None,
    trust_head: against.TrustHead = False,
    lexicon_effects: against.Effects = False,
    changes: against.Changes = False,
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
    With --since only what a change brings is shown, and only that fails.
    """
    given = tuple(paths or ())
    wanted = outputs(format_name, output or ())
    view = against.View(lexicon_effects, changes)
    base = against.since_of(since, since_merge_base, trust_head, view, baseline)
    choice = Choice(
        given, store, vocabulary, include or (), exclude or (), no_ignore, workers, only_these, quiet, verbose, cache,
        base,
    )  # fmt: skip
    found = opened(context, choice)
    used = _baseline(found, baseline, no_baseline, ratchet)
    policy = _policy(found, fail_on, fail_confidence, min_level, select, ignore, everything)
    rules = found.rules(not no_project_rules)
    known = found.engine.rules_of(rules) if wanted.formats & LISTING_RULES else ()
    change = against.found_since(found, rules, precedence) if found.base else None
    conflicts = change.conflicts if change else found.conflicts(not no_project_rules, precedence)
    aside = change.effects if change else ()
    precedent = against.precedent_of(found, change) if change else None
    judgement, entries = judged(found, choice, (*conflicts, *aside), rules, used, precedent)
    told = _told(found, judgement.diagnostics, policy)
    report = replace(
        _report(found, policy, conflicts, against.joined_marks(judgement, change)),
        diagnostics=(*found.corpus.diagnostics, *told),
        compared=entries is not None,
        rules=tuple(rule for rule in known if policy.selects(rule.id)),
        show_known=show_known,
        show_accepted=show_accepted,
    )
    if change:
        report = against.compared(report, change, found, policy, view)
    _notice_unread(found, quiet)
    say_judged(told, quiet)
    more = ratchet and _grown(chosen(conflicts, policy), judgement, entries or (), policy)
    on_screen = renders(screen(colour, ascii_only), everything, statistics)
    emit(on_screen[wanted.screen](report), utf8=wanted.screen not in FOLLOWING_THE_TERMINAL)
    for kind, path in wanted.files:
        write_file(path, renders(Look(ascii=ascii_only), everything, statistics)[kind](report))
    if "github" in wanted.formats:
        append_summary(report, os.environ)
    fails = report.gating or more or any(grave(gravity_of(row), policy.at(row.path)) for row in told)
    raise typer.Exit(1 if fails and not exit_zero else 0)


def _baseline(found: Opened, given: Path | None, left_aside: bool, ratchet: bool) -> Path | None:
    """The baseline to use: the one that was named, the one of the set when there is one, None without."""
    if left_aside and (given is not None or ratchet):
        raise CannotRun([f"--no-baseline and {'--ratchet' if ratchet else '--baseline'} contradict each other"])
    path = baseline_of(found.target, given, found.corpus.root)
    there = found.settings.there(settled(path)) if given is None else path
    used = not left_aside and (given is not None or ratchet or there.exists())
    return path if used else None


def _told(found: Opened, diagnostics: Sequence[Diagnostic], policy: Policy) -> tuple[Diagnostic, ...]:
    """What there is to say of suppressions and the baseline, as far as its rules and the given files are asked for."""
    root, focus = Path(found.corpus.root).absolute(), found.target.focus
    wanted = (row for row in diagnostics if policy.at(row.path).selects(row.rule))
    return tuple(row for row in wanted if not focus or touches(row.path, root, focus))


def _grown(conflicts: Sequence[Conflict], judgement: Judgement, entries: Sequence[Entry], policy: Policy) -> bool:
    """Whether there are more conflicts than the baseline has; says so."""
    now = sum(judgement.marks.get(row.id, UNMARKED).acceptance is None for row in conflicts)
    then = sum(policy.selects(entry.rule) for entry in entries)
    if now > then:
        say(f"error: the number of conflicts grew from {then} in the baseline to {now} (--ratchet); --all lists them")
    return now > then


def _policy(
    found: Opened,
    fail_on: Severity | None,
    fail_confidence: float | None,
    min_level: Severity | None,
    select: list[str] | None,
    ignore: list[str] | None,
    everything: bool,
) -> Policy:
    """The command line's choices, for every folder, else those of the configuration."""
    given = {
        "fail_on": fail_on,
        "fail_confidence": fail_confidence,
        "min_level": min_level,
        "select": options.rule_ids(select) or None,
        "ignore": options.rule_ids(ignore) or None,
    }
    said: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    configured = policy_of(found.target.configuration, Path(found.corpus.root))
    overrides = overriding(configured.overrides, said.__contains__)
    return replace(configured, everything=everything, overrides=overrides, **said)


def _report(
    found: Opened,
    policy: Policy,
    conflicts: tuple[Conflict, ...],
    marks: Mapping[str, Mark] | None = None,
) -> Report:
    corpus, focus = found.corpus, found.target.focus
    root = Path(corpus.root).absolute()
    touching = [row for row in conflicts if not focus or any(touches(side.path, root, focus) for side in row.sides)]
    selected = chosen(touching, policy)
    gating = failing(counting(selected, marks or {}), policy)
    return Report(
        conflicts=shown(selected, policy),
        found=selected,
        diagnostics=corpus.diagnostics,
        documents=len(corpus.documents),
        claims=sum(len(reading.claims) for reading in corpus.readings),
        gating=len(gating),
        version=__version__,
        sources=Sources(corpus.texts),
        skipped=len(unread(corpus)),
        marks=marks or {},
        failing=frozenset(row.id for row in gating),
        paths=tuple(document.path for document in corpus.documents),
        whereabouts=whereabouts(root, os.environ, found.target.parts),
    )


def _notice_unread(found: Opened, quiet: bool) -> None:
    """Name the given files that were not read: a clean report says nothing about them."""
    root = Path(found.corpus.root).absolute()
    documents = [document.path for document in found.corpus.documents]
    for path in () if quiet else found.target.focus:
        if not any(touches(document, root, [path]) for document in documents):
            say(f"warning: {path}: not among the documents read; it is ignored, excluded or not Markdown")
