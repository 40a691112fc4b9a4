"""``naysay ask``: who says what."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ..misuse import CannotRun
from ..reports import stances
from ..reports.records import answer_record
from ..view import QuestionNotUnderstood
from . import options
from .listing import write_object
from .opening import Choice, opened, screen

Question = Annotated[str, typer.Argument(metavar="QUESTION", help='Such as "who has cluster credentials?".')]


def ask(
    context: typer.Context,
    question: Question,
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
    """Show who says what.

    The answer is a table of statements with their evidence; a question that fits no known form is refused.
    """
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
    conflicts = found.conflicts(not no_project_rules)
    try:
        answer = found.engine.ask(found.corpus, conflicts, question)
    except QuestionNotUnderstood as error:
        near = f"; near names: {', '.join(error.nearest)}" if error.nearest else ""
        raise CannotRun([f"{question}: {error}{near}"]) from error
    text = partial(stances.render, answer, screen(colour, ascii_only))
    write_object(kind, answer_record(question, answer), text)
