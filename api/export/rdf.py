"""The RDF graph as Turtle, TriG, N-Quads or JSON-LD, from its N-Quads and with the same bytes on every run."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Literal

import pyoxigraph as ox

Syntax = Literal["jsonld", "nquads", "trig", "turtle"]
SYNTAXES: tuple[Syntax, ...] = ("jsonld", "nquads", "trig", "turtle")
PREFIXES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_Node = dict[str, object]


def render(nquads: bytes, syntax: Syntax, prefixes: Mapping[str, str] = PREFIXES) -> Iterator[str]:
    """The statements of an N-Quads document, sorted; Turtle, which has no named graphs, holds the union of all.

    Raises SyntaxError when the bytes are not N-Quads.
    """
    lines = sorted({line for line in map(bytes.strip, nquads.split(b"\n")) if line and not line.startswith(b"#")})
    if syntax == "nquads":
        return _nquads(lines)
    if syntax == "turtle":
        return _serialized(_union(lines), ox.RdfFormat.TURTLE, prefixes)
    graphs = _by_graph(lines)
    if syntax == "trig":
        quads = (quad for part in graphs.values() for quad in _quads(part))
        return _serialized(quads, ox.RdfFormat.TRIG, prefixes)
    return _jsonld(graphs, _unambiguous(lines, prefixes))


def _nquads(lines: Iterable[bytes]) -> Iterator[str]:
    return (line.decode("utf-8") + "\n" for line in lines)


def _quads(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    return iter(ox.parse(b"\n".join(lines), ox.RdfFormat.N_QUADS))


def _union(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    last: ox.Triple | None = None
    for quad in _quads(lines):
        if quad.triple != last:
            last = quad.triple
            yield last


def _by_graph(lines: list[bytes]) -> dict[str, list[bytes]]:
    """Lines by the name of their graph, the default graph (an empty name) first."""
    found: dict[str, list[bytes]] = {}
    for line, quad in zip(lines, _quads(lines), strict=True):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else _name(quad.graph_name)
        found.setdefault(name, []).append(line)
    return dict(sorted(found.items()))


def _serialized(
    rows: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, prefixes: Mapping[str, str]
) -> Iterator[str]:
    text = ox.serialize(rows, format=form, prefixes=dict(sorted(prefixes.items()))) or b""
    yield from text.decode("utf-8").splitlines(keepends=True)


def _unambiguous(lines: Iterable[bytes], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that are no scheme of an IRI in the data: JSON-LD would expand such an IRI (JSON-LD 1.1, 5.2.2)."""
    schemes = {match.decode() for line in lines for match in re.findall(rb"<([A-Za-z][A-Za-z0-9+.-]*):", line)}
    return {name: iri for name, iri in sorted(prefixes.items()) if name not in schemes}


def _jsonld(graphs: Mapping[str, list[bytes]], prefixes: Mapping[str, str]) -> Iterator[str]:
    yield f'{{"@context": {json.dumps(prefixes, indent=1)},\n"@graph": ['
    separator = "\n"
    for name, lines in graphs.items():
        nodes = list(_nodes(_quads(lines), prefixes))
        rows = nodes if not name else [{"@id": _compact(name, prefixes), "@graph": nodes}]
        for row in rows:
            yield separator + json.dumps(row, ensure_ascii=False)
            separator = ",\n"
    yield "\n]}\n"


def _nodes(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> Iterator[_Node]:
    """One node object for each run of quads with one subject."""
    for subject, part in groupby(quads, key=lambda quad: _name(quad.subject)):
        properties: defaultdict[str, list[object]] = defaultdict(list)
        for quad in part:
            key, value = _property(quad, prefixes)
            properties[key].append(value)
        yield {"@id": _compact(subject, prefixes), **properties}


def _property(quad: ox.Quad, prefixes: Mapping[str, str]) -> tuple[str, object]:
    if quad.predicate.value == _TYPE and not isinstance(quad.object, ox.Literal):
        return "@type", _compact(_name(quad.object), prefixes)
    return _compact(quad.predicate.value, prefixes), _value(quad.object, prefixes)


def _value(term: object, prefixes: Mapping[str, str]) -> object:
    if not isinstance(term, ox.Literal):
        return {"@id": _compact(_name(term), prefixes)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": _compact(term.datatype.value, prefixes)}


def _name(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if isinstance(term, ox.NamedNode):
        return term.value
    raise ValueError(f"a term that JSON-LD 1.1 cannot carry: {term}")


def _compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """``prefix:local`` where a prefix fits and the rest is a plain name.

    >>> _compact("http://www.w3.org/2004/02/skos/core#broader", PREFIXES)
    'skos:broader'
    """
    for name, start in prefixes.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
            return f"{name}:{iri[len(start) :]}"
    return iri
