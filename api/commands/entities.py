"""``naysay entities``: the things that the documents name."""

from __future__ import annotations

from functools import partial

import typer

from ..reports import entities as as_text
from ..reports.records import entity_record
from . import options
from .listing import write_rows
from .opening import Choice, opened, screen


def entities(
    context: typer.Context,
    paths: options.Paths = None,
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
    """List the things that the documents name.

    Each with its kind, its other names and the lines that state them, and its mentions.
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
    rows = opened(context, choice).corpus.entities
    look = screen(colour, ascii_only)
    write_rows(kind, "entities", map(entity_record, rows), partial(as_text.render, rows, look))
