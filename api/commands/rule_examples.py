"""``naysay test-rules``: run the examples that stand in the rules' own files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..console import emit
from ..misuse import CannotRun
from ..reports.plain import one_line, place
from ..reports.wording import counted
from .opening import engine_of

if TYPE_CHECKING:
    from ...queries.rule_tests import RuleOutcome

Where = Annotated[
    Path | None, typer.Argument(metavar="[DIR]", help="A folder of rules; .naysay/rules when there is one, else ours.")
]


def rule_examples(context: typer.Context, folder: Where = None) -> None:
    """Run the examples of the rules.

    An example must be reported, an instead must not; exits with 1 when one does not behave.
    """
    own = Path(".naysay") / "rules"
    chosen = folder or (own if own.is_dir() else None)
    if chosen is not None and not chosen.is_dir():
        raise CannotRun([f"{chosen}: no such folder; name the folder that holds the rules"])
    outcomes = list(engine_of(context).rule_outcomes(chosen))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    emit(map(_line, failed))
    rules = len({outcome.rule for outcome in outcomes})
    emit([f"{counted(rules, 'rule')}, {counted(len(outcomes), 'example')}, {len(failed)} not as the rule says"])
    raise typer.Exit(1 if failed else 0)


def _line(outcome: RuleOutcome) -> str:
    said = "must be reported and is not" if outcome.must_fire else "must not be reported and is"
    found = f" (reported: {', '.join(outcome.found)})" if outcome.found else ""
    return place(one_line(f"{outcome.where}: {outcome.rule} {outcome.case}: {said}{found}"))
