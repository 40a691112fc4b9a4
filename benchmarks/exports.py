"""Write every export format of every view of a documentation set and read it back with somebody else's reader.

Usage: python benchmarks/exports.py FOLDER [--store PATH] [--format NAME]… [--view NAME]… [--keep FOLDER]

Prints a row for each: bytes, seconds to write, nodes and edges that the reader found, seconds to read.  RDF is read by
rdflib and pyld, GraphML and GEXF by networkx, DOT by Graphviz, Mermaid by Mermaid.  Exits 1 when a reader finds other
numbers than the graph has.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / ".src"), str(ROOT)]

import networkx as nx  # noqa: E402
from tests.api.export.test_html import Page  # noqa: E402
from tests.api.export.test_mermaid import parsed as parsed_mermaid  # noqa: E402

from naysay.api.commands.export import ExportFormat, RdfFormat, pieces, view_of  # noqa: E402
from naysay.api.engine import Corpus, Request  # noqa: E402
from naysay.api.export import mermaid, svg  # noqa: E402
from naysay.api.export.selection import largest  # noqa: E402
from naysay.api.shipped import Shipped  # noqa: E402
from naysay.api.statements import ViewName, statements  # noqa: E402
from naysay.graph.model import Conflict  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


class Counts(NamedTuple):
    """What a graph holds."""

    nodes: int
    edges: int


def from_networkx(graph: Any) -> Counts:
    return Counts(graph.number_of_nodes(), graph.number_of_edges())


def from_graphviz(text: str) -> Counts:
    done = subprocess.run(["gc", "-n", "-e"], input=text, capture_output=True, check=True, encoding="utf-8")
    nodes, edges, *_ = done.stdout.split()
    return Counts(int(nodes), int(edges))


def from_mermaid(text: str) -> Counts:
    found: dict[str, Any] = parsed_mermaid(text)[0]
    return Counts(found["nodes"], found["edges"])


def from_cytoscape(text: str) -> Counts:
    elements = json.loads(text)["elements"]
    return Counts(len(elements["nodes"]), len(elements["edges"]))


def from_svg(text: str) -> Counts:
    groups = {group.get("id"): len(group) for group in ElementTree.fromstring(text).iter(f"{SVG}g")}
    return Counts(groups["nodes"], groups["edges"])


def from_html(text: str) -> Counts:
    graph = json.loads(Page(text).blocks["graph-data"])
    return Counts(len(graph["nodes"]), len(graph["edges"]))


def from_rdflib(form: str) -> Callable[[str], Counts]:
    def read(text: str) -> Counts:
        from rdflib import Dataset

        data = Dataset()
        data.parse(data=text, format=form)
        rows = {(s.n3(), p.n3(), o.n3(), str(g) if form != "turtle" else "") for s, p, o, g in data.quads()}
        return quad_counts(rows)

    return read


def from_pyld(text: str) -> Counts:
    from pyld import jsonld

    data = jsonld.to_rdf(json.loads(text), {})
    rows = {
        (row["subject"]["value"], row["predicate"]["value"], _object(row["object"]), graph)
        for graph, found in data.items()
        for row in found
    }
    return quad_counts(rows)


def _object(term: dict[str, str]) -> str:
    return json.dumps(term, sort_keys=True) if term["type"] == "literal" else term["value"]


def quad_counts(rows: set[tuple[str, ...]]) -> Counts:
    """Distinct subjects and objects, and distinct statements."""
    return Counts(len({row[0] for row in rows} | {row[2] for row in rows}), len(rows))


READERS: dict[str, Callable[[str], Counts]] = {
    "turtle": from_rdflib("turtle"),
    "trig": from_rdflib("trig"),
    "nquads": from_rdflib("nquads"),
    "jsonld": from_pyld,
    "graphml": lambda text: from_networkx(nx.parse_graphml(text, force_multigraph=True)),
    "gexf": lambda text: from_networkx(nx.read_gexf(io.BytesIO(text.encode()))),
    "dot": from_graphviz,
    "mermaid": from_mermaid,
    "cytoscape": from_cytoscape,
    "svg": from_svg,
    "html": from_html,
}


def expected(corpus: Corpus, conflicts: tuple[Conflict, ...], kind: ExportFormat, name: ViewName) -> Counts:
    """What the graph itself holds, and of that what the format carries."""
    if kind in get_args(RdfFormat):
        lines = statements(corpus, conflicts, name)
        return quad_counts({_terms(line, kind) for line in lines})
    view = view_of(corpus, conflicts, name)
    limits = {"mermaid": (mermaid.MAX_NODES, mermaid.MAX_EDGES), "svg": (svg.MAX_NODES, svg.MAX_EDGES)}
    if kind in limits:
        view = largest(view, *limits[kind]).view
    return Counts(len(view.nodes), len(view.edges))


def _terms(line: str, kind: str) -> tuple[str, ...]:
    """Subject, predicate, object and graph of a canonical N-Quads line, as written; Turtle has no graphs."""
    subject, predicate, rest = line.split(" ", 2)
    value, _, graph = rest.removesuffix(" .").rpartition(" ")
    return subject, predicate, value, "" if kind == "turtle" else graph


def rows(corpus: Corpus, conflicts: tuple[Conflict, ...], options: argparse.Namespace) -> Iterator[bool]:
    for kind in options.format or get_args(ExportFormat):
        for name in options.view or get_args(ViewName):
            yield row(corpus, conflicts, kind, name, options.keep)


def row(corpus: Corpus, conflicts: tuple[Conflict, ...], kind: ExportFormat, name: ViewName, keep: Path | None) -> bool:
    begun = time.perf_counter()
    text = "".join(pieces(corpus, conflicts, kind, name))
    written = time.perf_counter() - begun
    if keep:
        (keep / f"{name}.{kind}").write_text(text, encoding="utf-8")
    begun = time.perf_counter()
    read = READERS[kind](text)
    seconds = time.perf_counter() - begun
    wanted = expected(corpus, conflicts, kind, name)
    good = read == wanted or (kind == "mermaid" and read.nodes <= wanted.nodes)
    told = "" if read == wanted else f"  {'cut from' if good else 'NOT'} {wanted.nodes:,} and {wanted.edges:,}"
    size = len(text.encode("utf-8", "surrogatepass"))
    print(
        f"{kind:<10} {name:<10} {size:>12,} {written:>8.2f} {read.nodes:>9,} {read.edges:>9,} {seconds:>8.2f}{told}",
        flush=True,
    )
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--format", action="append", choices=get_args(ExportFormat))
    parser.add_argument("--view", action="append", choices=get_args(ViewName))
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    engine = Shipped()
    corpus = engine.load(Request((options.folder.resolve(),) if options.folder else (), store=options.store))
    conflicts = engine.find(corpus)
    warnings.simplefilter("ignore", DeprecationWarning)
    print(f"{'format':<10} {'view':<10} {'bytes':>12} {'write s':>8} {'nodes':>9} {'edges':>9} {'read s':>8}")
    return 0 if all(list(rows(corpus, conflicts, options))) else 1


if __name__ == "__main__":
    sys.exit(main())
