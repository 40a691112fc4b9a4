"""``naysay query``: SPARQL on the graph, in a process that is ended when it takes too long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from ...graph.iris import PREFIXES
from ..console import emit, say
from ..misuse import CannotRun
from ..reports.jsonl import encoded
from ..reports.table import render
from ..statements import encoded as encoded_quads
from ..statements import statements
from . import options
from .opening import Choice, opened, screen

if TYPE_CHECKING:
    from ...queries.outcome import Answer, Outcome

Kind = Literal["text", "json", "jsonl", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld", "rdfxml"]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DIR] [QUERY]", help="The documents, and a SPARQL query unless --file gives it."),
]
File = Annotated[Path | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from a file.")]
Seconds = Annotated[float, typer.Option("--timeout", min=0.01, help="Seconds after which the query is ended.")]
Rows = Annotated[int, typer.Option("--rows", min=1, help="Rows after which the answer is cut.")]
ResultKind = Annotated[Kind, typer.Option("--format", help="How the answer is written.")]


def query(
    context: typer.Context,
    words: Words = None,
    file: File = None,
    kind: ResultKind = "text",
    seconds: Seconds = 10.0,
    rows: Rows = 10_000,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    store: options.Store = None,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    no_project_rules: options.NoProjectRules = False,
    ascii_only: options.Ascii = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Ask the graph in SPARQL.

    The query is read-only and cannot reach the network; `--timeout` and `--rows` bound it.
    """
    given, text, name = _split(words or [], file)
    choice = Choice(
        given, store, vocabulary, include or (), exclude or (), no_ignore, workers, False, quiet, verbose, cache
    )
    found = opened(context, choice)
    conflicts = found.conflicts(not no_project_rules)
    snapshot = encoded_quads(statements(found.corpus, conflicts))
    answer = _answer(_run(snapshot, text, kind, seconds, rows), name)
    if kind in ("text", "jsonl") and answer.kind in ("SELECT", "ASK"):
        table = json.loads(answer.body)
        emit(render(table, screen(ascii_only=ascii_only)) if kind == "text" else _lines(table), utf8=kind == "jsonl")
    else:
        emit([answer.body.decode("utf-8").removesuffix("\n")], utf8=True)
    if answer.truncated and not quiet:
        say(f"warning: the answer is cut after {answer.rows} rows; --rows sets another limit")


def _split(words: list[str], file: Path | None) -> tuple[tuple[str, ...], str, str]:
    """The folder, the query and what to call it in messages."""
    if file is not None:
        if len(words) > 1:
            raise CannotRun([f"{words[-1]}: a query beside --file {file}; use one of them"])
        return tuple(words), file.read_text(encoding="utf-8-sig"), str(file)
    if not words:
        raise CannotRun(["no query; write it after the folder, as in naysay query docs 'SELECT …', or use --file"])
    if len(words) > 2:
        raise CannotRun([f"{words[1]}: one folder and one query are expected; put the query in quotes"])
    return tuple(words[:-1]), words[-1], "query"


def _run(snapshot: bytes, text: str, kind: Kind, seconds: float, rows: int) -> Outcome:
    """The query in its own process; ``text`` and ``jsonl`` are made of the JSON results, or Turtle for graphs."""
    from ...queries.outcome import Limits, Refused
    from ...queries.sparql_gate import QueryRefused, admit
    from ...queries.worker import QueryWorker

    try:
        graph = admit(text, prefixes=PREFIXES).kind in ("CONSTRUCT", "DESCRIBE")
    except QueryRefused as refused:
        return Refused(refused.reason, refused.line, refused.column)
    form = ("turtle" if graph else "json") if kind in ("text", "jsonl") else kind
    with QueryWorker(snapshot, limits=Limits(seconds=seconds, rows=rows)) as worker:
        return worker.run(text, form, base_prefixes=PREFIXES)


def _answer(outcome: Outcome, name: str) -> Answer:
    """The answer; raises CannotRun with what to do for every other outcome."""
    from ...queries.outcome import Answer, Exhausted, Refused, SyntaxRejected, TimedOut

    match outcome:
        case Answer():
            return outcome
        case Refused(reason, line, column):
            raise CannotRun([f"{name}:{line}:{column}: refused: {reason}"])
        case SyntaxRejected(line, column, message):
            raise CannotRun([f"{name}:{line}:{column}: not SPARQL: {message}"])
        case TimedOut(seconds):
            raise CannotRun([f"{name}: ended after {seconds:g} s; make it narrower, or raise --timeout"])
        case Exhausted(reason):
            raise CannotRun([f"{name}: ended, it used up its {reason}; make it narrower"])
        case _:
            raise CannotRun([f"{name}: the query process was stopped; try again"])


def _lines(table: dict[str, Any]) -> Iterator[str]:
    if "boolean" in table:
        yield encoded({"boolean": table["boolean"]})
        return
    for row in cast("list[dict[str, dict[str, str]]]", table["results"]["bindings"]):
        yield encoded({name: term["value"] for name, term in row.items()})
