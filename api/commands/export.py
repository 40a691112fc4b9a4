"""``naysay export``: the graph for other tools, and pictures of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from naysay import __version__

from ...graph.model import Conflict
from ..console import write_pieces
from ..misuse import CannotRun
from ..reports.records import conflict_record
from ..statements import ViewName, encoded, published, statements
from . import options
from .opening import Choice, opened

if TYPE_CHECKING:
    from ...graph.views import View as Picture
    from ..engine import Corpus

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
    cache: options.Cache = "",
    no_project_rules: options.NoProjectRules = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the graph, or a picture of it."""
    if output is not None and not output.absolute().parent.is_dir():
        raise CannotRun([f"{output}: its folder does not exist; make it first"])
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
    write_pieces(pieces(found.corpus, conflicts, kind, view, profile), output)


def pieces(
    corpus: Corpus, conflicts: tuple[Conflict, ...], kind: ExportFormat, view: ViewName | None, profile: str = "core"
) -> Iterator[str]:
    """The text of one format: all statements or those of one view in RDF, else a picture of a view."""
    if kind in get_args(RdfFormat):
        from ..export import rdf

        full = profile == "full"
        lines = published(corpus, conflicts, __version__, view) if full else statements(corpus, conflicts, view)
        return rdf.render(encoded(lines), kind)  # type: ignore[arg-type]
    drawn = view_of(corpus, conflicts, view or "conflicts")
    if kind != "html":
        from ..export import FORMATS

        return FORMATS[kind](drawn)
    from ..export import html

    return html.render(
        list(map(conflict_record, conflicts)), drawn, title=drawn.title, summary=_summary(corpus, conflicts)
    )


def view_of(corpus: Corpus, conflicts: tuple[Conflict, ...], name: ViewName) -> Picture:
    """One picture of the graph as plain values."""
    from ...graph.views import claims_view, conflicts_view, documents_view, entities_view
    from ...queries.listings import links_of

    match name:
        case "claims":
            return claims_view(corpus.readings)
        case "conflicts":
            return conflicts_view(conflicts)
        case "documents":
            return documents_view(corpus.readings, tuple(links_of(corpus.linkage)))
        case "entities":
            return entities_view(corpus.entities, corpus.readings)


def _summary(corpus: Corpus, conflicts: tuple[Conflict, ...]) -> dict[str, object]:
    return {
        "documents": len(corpus.documents),
        "claims": sum(len(reading.claims) for reading in corpus.readings),
        "entities": len(corpus.entities),
        "conflicts": len(conflicts),
    }
