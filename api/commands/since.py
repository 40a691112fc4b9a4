"""The options of ``check`` that compare with a revision, and the report that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...graph.model import Conflict, PrecedencePolicy
from ..mirror import IN_PLACE
from ..misuse import CannotRun
from ..reports import finding
from ..reports.excerpt import Sources
from ..reports.finding import Report
from ..target import settled, touches
from ..verdict import Policy, chosen, shown
from .opening import Opened, Since

if TYPE_CHECKING:
    from ...queries.change import Change
    from ...queries.judgement import Judgement
    from ...queries.precedent import Precedent
    from ...queries.triage import Mark

SinceRef = Annotated[
    str | None, typer.Option("--since", metavar="REF", help="Only what is new since a commit, a branch or a tag.")
]
MergeBase = Annotated[
    str | None, typer.Option("--since-merge-base", metavar="BRANCH", help="Only what is new since HEAD left a branch.")
]
TrustHead = Annotated[
    bool, typer.Option("--trust-head", help="With --since: settings, rules, suppressions and baseline as they are now.")
]
Effects = Annotated[
    bool, typer.Option("--lexicon-effects", help="With --since: list what new names do to untouched documents.")
]
Changes = Annotated[bool, typer.Option("--changes", help="With --since: list what became of claims.")]


@dataclass(frozen=True, slots=True)
class View:
    """What a report since a revision lists beside the news."""

    effects: bool = False
    claims: bool = False


def since_of(
    name: str | None, branch: str | None, trust_head: bool, view: View, baseline: Path | None = None
) -> Since | None:
    """The revision that the options name, None without one.  Raises CannotRun for options that do not go together."""
    if name is not None and branch is not None:
        raise CannotRun([f"--since {name} and --since-merge-base {branch} are both given; use one of them"])
    given = name if name is not None else branch
    if given is None and (trust_head or view != View()):
        raise CannotRun(["--trust-head, --lexicon-effects and --changes need --since REF; add it"])
    named = () if baseline is None else (settled(baseline),)
    return None if given is None else Since(given, branch is not None, trust_head, named)


def found_since(found: Opened, rules: Path | None, precedence: PrecedencePolicy | None) -> Change:
    """What the set brings against its base, with the project's own rules in a folder."""
    assert found.base is not None
    policy = precedence or found.target.configuration.precedence
    with found.settings.named():
        return found.engine.change(found.corpus, found.base, found.request, rules, policy)


def precedent_of(found: Opened, change: Change) -> Precedent:
    """The state of the set that a change started from; it binds unless the user trusts the change."""
    from ...queries.precedent import Precedent

    assert found.base is not None
    binding = found.settings is not IN_PLACE
    return Precedent(found.base.name, change.before, change.texts, change.paths, binding)


def joined_marks(judgement: Judgement, change: Change | None) -> Mapping[str, Mark]:
    """How each conflict is to be taken by suppressions, baseline and base together."""
    from ...queries.judgement import joined

    return joined(change.marks, judgement.marks) if change else judgement.marks


def compared(report: Report, change: Change, found: Opened, policy: Policy, view: View) -> Report:
    """A report of the conflicts of a change, with what became of the rest."""
    assert found.base is not None
    root, focus = Path(found.corpus.root).absolute(), found.target.focus

    def seen(rows: Sequence[Conflict]) -> tuple[Conflict, ...]:
        touching = [row for row in rows if not focus or any(touches(side.path, root, focus) for side in row.sides)]
        return shown(chosen(touching, policy), policy)

    since = finding.Since(
        name=found.base.name,
        commit=found.base.commit,
        documents=change.documents,
        known=report.known,
        moved=seen(change.moved),
        effects=seen(change.effects),
        list_effects=view.effects,
        claims=change.claims,
        list_claims=view.claims,
        sources=Sources(change.texts),
    )
    return replace(report, compared=True, closed=seen(change.closed), changed=change.lines, since=since)
