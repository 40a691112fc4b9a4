"""``naysay explain``: a rule in its own words, or one conflict in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ...graph.model import Conflict
from ..misuse import CannotRun
from ..reports import full
from ..reports.excerpt import Sources
from ..reports.plain import visible
from ..reports.records import full_record
from . import options
from .listing import write_object
from .opening import Choice, engine_of, opened, own_rules, screen

_RULE = re.compile(r"[A-Z]{2,5}\d{1,4}|(?i:ns\d{3})")
"""Conflict ids are in lower case, so that a project's own rule is told from one by its capitals."""

What = Annotated[str, typer.Argument(metavar="RULE|CONFLICT-ID", help="Such as NS501, or the id of a report.")]
RuleId = Annotated[str, typer.Argument(metavar="RULE", help="Such as NS501.")]


def explain(
    context: typer.Context,
    what: What,
    paths: options.Paths = None,
    kind: options.Format = "text",
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    store: options.Store = None,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    no_project_rules: options.NoProjectRules = False,
    colour: options.Colour = "auto",
    ascii_only: options.Ascii = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Explain a rule, or one conflict in full.

    A conflict is shown with every side, its derivation, its proof and its repair.
    """
    if _RULE.fullmatch(what):
        _explain_rule(context, what.upper(), kind, paths or (), store)
        return
    choice = Choice(
        tuple(paths or ()),
        store,
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
    found = opened(context, choice)
    conflict = _with_id(what, found.conflicts(not no_project_rules))
    text = partial(full.render, conflict, Sources(found.corpus.texts), screen(colour, ascii_only))
    write_object(kind, {"conflict": full_record(conflict)}, text)


def rule(context: typer.Context, rule_id: RuleId, kind: options.Format = "text") -> None:
    """Explain a rule.

    What it finds, why it hurts, an example, and what to write instead.
    """
    _explain_rule(context, rule_id.upper(), kind)


def _explain_rule(
    context: typer.Context,
    rule_id: str,
    kind: options.ListingFormat,
    given: Sequence[str] = (),
    store: Path | None = None,
) -> None:
    text = engine_of(context).explain_rule(rule_id, own_rules(given, store))
    write_object(kind, {"rule": rule_id, "text": text}, lambda: (visible(line) for line in text.rstrip().split("\n")))


def _with_id(given: str, conflicts: Sequence[Conflict]) -> Conflict:
    """The one conflict whose id begins as given.

    Raises:
        CannotRun: when none or several do.
    """
    wanted = given.removesuffix("…").lower()
    found = [conflict for conflict in conflicts if conflict.id.lower().startswith(wanted)]
    exact = [conflict for conflict in found if conflict.id.lower() == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise CannotRun([f"{given}: {len(found)} conflicts have an id that begins so; give more of it"])
    raise CannotRun(
        [f"{given}: no such rule or conflict among the {len(conflicts)} found; `naysay check --all` lists their ids"]
    )
