"""The graph of a documentation set as canonical N-Quads: what the exports, queries and stores are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Literal

from ..graph import iris
from ..graph.encode import derived_quads, document_quads
from ..graph.model import Conflict
from ..queries.listings import links_of
from .engine import Corpus

ViewName = Literal["claims", "conflicts", "documents", "entities"]

_DERIVED: dict[ViewName, str] = {"conflicts": "conflicts", "entities": "entities", "documents": "links"}


def statements(corpus: Corpus, conflicts: Sequence[Conflict], view: ViewName | None = None) -> Iterator[str]:
    """Every statement, or those of one view, sorted, without line ends."""
    if view is not None:
        return of_view(corpus, conflicts, view)
    return merge(*(document_quads(reading) for reading in corpus.readings), derived(corpus, conflicts))


def derived(corpus: Corpus, conflicts: Sequence[Conflict]) -> Iterator[str]:
    """What follows from the whole set: entities, conflicts and links, sorted."""
    return derived_quads(corpus.entities, conflicts, links_of(corpus.linkage))


def published(corpus: Corpus, conflicts: Sequence[Conflict], tool: str, view: ViewName | None = None) -> Iterator[str]:
    """Every statement, with where each claim is quoted from and by which version of naysay, sorted."""
    from ..graph.publish import published_quads

    if view not in (None, "claims"):
        return of_view(corpus, conflicts, view)
    quads = (published_quads(each, corpus.texts[each.document.path], tool) for each in corpus.readings)
    return merge(*quads) if view else merge(*quads, derived(corpus, conflicts))


def of_view(corpus: Corpus, conflicts: Sequence[Conflict], view: ViewName) -> Iterator[str]:
    """The statements of one view's graph, sorted; ``claims`` are the graphs of the documents."""
    if view == "claims":
        return merge(*(document_quads(reading) for reading in corpus.readings))
    graph = f" <{iris.graph_iri(_DERIVED[view])}> ."
    return (line for line in derived(corpus, conflicts) if line.endswith(graph))


def encoded(lines: Iterator[str]) -> bytes:
    """The statements as the bytes of an N-Quads document."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
