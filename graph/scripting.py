"""The graph for scripts that speak rdflib: its interface, with Oxigraph answering."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from pyoxigraph import Store
from rdflib import Dataset


def dataset_of(graph: Store) -> Dataset:
    """A store as an rdflib dataset, whose default graph is the union of all; nothing is copied.

    >>> from naysay.graph.store import open_memory
    >>> len(dataset_of(open_memory(['<urn:a> <urn:b> "c" <urn:g> .'])))
    1
    """
    return Dataset(store=OxigraphStore(store=graph), default_union=True)
