"""``naysay export``: the graph for other tools, and pictures of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from naysay import __version__

from ...graph.model import Conflict
from ..console import write_pieces
from ..misuse import CannotRun
from ..reports.records import conflict_record
from ..statements import ViewName, encoded, of_view, published, statements
from . import options
from .opening import Choice, Opened, opened

RdfFormat = Literal["turtle", "trig", "nquads", "jsonld"]
ExportFormat = Literal[
    "turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "dot", "mermaid", "cytoscape", "svg", "html"
]
Kind = Annotated[
    ExportFormat,
    typer.Option("--format", help="RDF formats hold the graph; the others a view of it."),
]
View = Annotated[
    ViewName | None,
    typer.Option("--view", help="What is drawn, conflicts unless said; of RDF only that part is written."),
]
Out = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]
Profile = Annotated[
    Literal["core", "full"], typer.Option("--profile", help="full adds to RDF where each claim is quoted from.")
]


def export(
    context: typer.Context,
    paths: options.Paths = None,
    kind: Kind = "html",
    view: View = None,
    output: Out = None,
    profile: Profile = "core",
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    store: options.Store = None,
    workers: options.Workers = 0,
    no_project_rules: options.NoProjectRules = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the graph, or a picture of it."""
    if output is not None and not output.absolute().parent.is_dir():
        raise CannotRun([f"{output}: its folder does not exist; make it first"])
    choice = Choice(
        tuple(paths or ()), store, vocabulary, include or (), exclude or (), no_ignore, workers, False, quiet, verbose
    )
    found = opened(context, choice)
    conflicts = found.engine.find(found.corpus, found.rules(not no_project_rules))
    if kind in get_args(RdfFormat):
        pieces = _rdf(found, conflicts, kind, view, profile)
    else:
        pieces = _picture(found, conflicts, kind, view or "conflicts")
    write_pieces(pieces, output)


def _rdf(
    found: Opened, conflicts: tuple[Conflict, ...], kind: str, view: ViewName | None, profile: str
) -> Iterator[str]:
    from ..export import rdf

    if profile == "full":
        lines = published(found.corpus, conflicts, __version__)
    else:
        lines = statements(found.corpus, conflicts)
    return rdf.render(encoded(of_view(lines, view)), kind)  # type: ignore[arg-type]


def _picture(found: Opened, conflicts: tuple[Conflict, ...], kind: str, name: ViewName) -> Iterator[str]:
    from ...graph.views import claims_view, conflicts_view, documents_view, entities_view
    from ...queries.listings import links_of
    from ..export import FORMATS, html

    corpus = found.corpus
    match name:
        case "claims":
            view = claims_view(corpus.readings)
        case "conflicts":
            view = conflicts_view(conflicts)
        case "documents":
            view = documents_view(corpus.readings, tuple(links_of(corpus.linkage)))
        case "entities":
            view = entities_view(corpus.entities, corpus.readings)
    if kind != "html":
        return FORMATS[kind](view)
    summary = {
        "documents": len(corpus.documents),
        "claims": sum(len(reading.claims) for reading in corpus.readings),
        "entities": len(corpus.entities),
        "conflicts": len(conflicts),
    }
    return html.render(list(map(conflict_record, conflicts)), view, title=view.title, summary=summary)
