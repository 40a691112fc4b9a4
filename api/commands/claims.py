"""``naysay claims``: what was understood, what was not and why, and what cites what."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ...graph.model import Claim
from ...queries.ledger import ledger
from ...queries.listings import claims_of, labels_of, references_of
from ..misuse import CannotRun
from ..reports import claims as as_text
from ..reports.excerpt import Sources
from ..reports.records import claim_record, reference_record
from ..target import touches
from . import options
from .listing import write_object, write_rows
from .opening import Choice, Opened, opened, screen

About = Annotated[str | None, typer.Option("--about", metavar="ENTITY", help="Only claims that name it, by any name.")]
Doc = Annotated[
    list[str] | None, typer.Option("--doc", metavar="FILE", help="Only claims of this document; may be repeated.")
]
Silences = Annotated[bool, typer.Option("--silences", help="What became no claim: content lines by reason.")]
References = Annotated[bool, typer.Option("--references", help="What the documents cite.")]


def claims(
    context: typer.Context,
    paths: options.Paths = None,
    about: About = None,
    doc: Doc = None,
    silences: Silences = False,
    references: References = False,
    kind: options.Format = "text",
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    store: options.Store = None,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    colour: options.Colour = "auto",
    ascii_only: options.Ascii = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List what the documents claim.

    `--silences` shows what became no claim and why, `--references` what the documents cite.
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
    documents = _documents(found, doc)
    look = screen(colour, ascii_only)
    if silences:
        counts = ledger(found.corpus.readings, found.corpus.texts, documents)
        content: dict[str, object] = {
            "content_lines": counts.content,
            "claim_lines": counts.claimed,
            "silences": dict(counts.silent),
            "constructs": {each.name: {"lines": each.lines, "claim_lines": each.claimed} for each in counts.constructs},
        }
        write_object(kind, content, partial(as_text.render_ledger, counts, look))
    elif references:
        rows = list(references_of(found.corpus.linkage, documents))
        records = (reference_record(path, row) for path, row in rows)
        write_rows(kind, "references", records, partial(as_text.render_references, rows, look))
    else:
        listed = list(_claims(found, about, documents))
        sources = Sources(found.corpus.texts)
        quoted = (claim_record(claim, sources.quote(claim.path, claim.span)) for claim in listed)
        write_rows(kind, "claims", quoted, partial(as_text.render, listed, look))


def _claims(found: Opened, about: str | None, documents: frozenset[str] | None) -> Iterator[Claim]:
    labels = labels_of(about, found.corpus.entities) if about else ()
    return claims_of(found.corpus.readings, labels, documents)


def _documents(found: Opened, doc: list[str] | None) -> frozenset[str] | None:
    """The documents that ``--doc`` or a FILE among the paths names; None for all."""
    if doc:
        named = {name: matching(name, found) for name in doc}
    else:
        known = [document.path for document in found.corpus.documents]
        root = Path(found.corpus.root).absolute()
        named = {str(path): [each for each in known if touches(each, root, [path])] for path in found.target.focus}
    missing = [name for name, got in named.items() if not got]
    if missing:
        raise CannotRun([f"{name}: no document of the set; is it ignored or not Markdown?" for name in missing])
    return frozenset(path for got in named.values() for path in got) if named else None


def matching(name: str, found: Opened) -> list[str]:
    """Documents by their path in the set, by a path from the working folder, or by the end of their path."""
    known = [document.path for document in found.corpus.documents]
    root = Path(found.corpus.root).absolute()
    relative = os.path.normpath(name).replace(os.sep, "/")
    from_here = Path(name).absolute()
    exact = [path for path in known if path == relative or Path(os.path.normpath(root / path)) == from_here]
    return exact or [path for path in known if path.endswith("/" + relative)]
