"""``naysay serve``: the graph over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from ..console import say
from . import options
from .opening import Choice, opened

Host = Annotated[str, typer.Option("--host", help="The address to listen on; others than loopback are seen by others.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")]


def serve(
    context: typer.Context,
    paths: options.Paths = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    store: options.Store = None,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    no_project_rules: options.NoProjectRules = False,
    precedence: options.Precedence = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Serve the graph over HTTP.

    SPARQL is at /sparql, the listings are under /api/v1, their description is at /docs.
    """
    from ..served import Served
    from ..server import serve as run
    from ..server import settings_for
    from ..service import create_app

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
    conflicts = found.conflicts(not no_project_rules, precedence)
    with Served(found.corpus, conflicts, found.engine) as served:
        run(create_app(served, settings_for(host)), host, port, announce=lambda address: say(f"serving {address}"))
