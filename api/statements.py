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


def statements(corpus: Corpus, conflicts: Sequence[Conflict]) -> Iterator[str]:
    """Every statement, sorted, without line ends."""
    return merge(*(document_quads(reading) for reading in corpus.readings), derived(corpus, conflicts))


def derived(corpus: Corpus, conflicts: Sequence[Conflict]) -> Iterator[str]:
    """What follows from the whole set: entities, conflicts and links, sorted."""
    return derived_quads(corpus.entities, conflicts, links_of(corpus.linkage))


def published(corpus: Corpus, conflicts: Sequence[Conflict], tool: str) -> Iterator[str]:
    """Every statement, with where each claim is quoted from and by which version of naysay, sorted."""
    from ..graph.publish import published_quads

    quads = (published_quads(each, corpus.texts[each.document.path], tool) for each in corpus.readings)
    return merge(*quads, derived(corpus, conflicts))


def of_view(lines: Iterator[str], view: ViewName | None) -> Iterator[str]:
    """The statements of one view's graph; ``claims`` are the graphs of the documents, None keeps everything."""
    if view is None:
        return lines
    graphs = {name: f" <{iris.graph_iri(name)}> ." for name in iris.DERIVED_GRAPHS}
    if view == "claims":
        return (line for line in lines if not line.endswith(tuple(graphs.values())))
    return (line for line in lines if line.endswith(graphs[_DERIVED[view]]))


def encoded(lines: Iterator[str]) -> bytes:
    """The statements as the bytes of an N-Quads document."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
