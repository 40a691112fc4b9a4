"""Every way out of the graph, one module per format; each renders the same bytes for the same view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ...graph.views import View
from . import cytoscape, dot, gexf, graphml, mermaid, svg

FORMATS: Mapping[str, Callable[[View], Iterator[str]]] = {
    "cytoscape": cytoscape.render,
    "dot": dot.render,
    "gexf": gexf.render,
    "graphml": graphml.render,
    "mermaid": mermaid.render,
    "svg": svg.render,
}
"""Formats of a view by name, sorted; ``html`` also needs the conflicts and ``rdf`` the statements."""
