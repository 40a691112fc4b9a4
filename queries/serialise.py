"""Results as bytes, cut at the row and size limits before the first byte leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Body(NamedTuple):
    """A serialised result; ``rows`` counts solutions or triples."""

    content: bytes
    rows: int
    truncated: bool


def serialise(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    form: str,
    *,
    rows: int,
    size: int,
    prefixes: Mapping[str, str],
) -> Body:
    """Serialise at most ``rows`` rows in at most ``size`` bytes; ``form`` is a name of ``outcome.Format``."""
    if isinstance(result, ox.QueryBoolean):
        return Body(result.serialize(format=_RESULTS[form]) or b"", 1, False)
    if isinstance(result, ox.QueryTriples):
        return _triples(result, form, rows, size, prefixes)
    return _solutions(result, form, rows, size)


def _solutions(result: ox.QuerySolutions, form: str, rows: int, size: int) -> Body:
    head = "\t".join(str(variable) for variable in result.variables)
    lines, truncated = _take(("\t".join(map(_term, row)) for row in result), rows, size)
    while True:
        content = _transcode(head, lines, form)
        if len(content) <= size or not lines:
            return Body(content, len(lines), truncated)
        lines, truncated = lines[: len(lines) * size // (len(content) + 1)], True


def _take(lines: Iterator[str], rows: int, size: int) -> tuple[list[str], bool]:
    """The first lines within both limits, and whether there were more."""
    taken: list[str] = []
    for line in lines:
        size -= len(line)
        if len(taken) >= rows or size < 0:
            return taken, True
        taken.append(line)
    return taken, False


def _transcode(head: str, lines: list[str], form: str) -> bytes:
    # The engine serialises results whole or not at all; its own reader turns the cut rows into results again.
    table = "\n".join([head, *lines, ""]).encode()
    content = ox.parse_query_results(table, format=ox.QueryResultsFormat.TSV).serialize(format=_RESULTS[form]) or b""
    return _well_formed(content) if form == "xml" else content


def _term(term: Term | None) -> str:
    """A term as SPARQL 1.1 TSV writes it, an empty field for an unbound one."""
    if isinstance(term, ox.Triple):
        return f"<<( {_term(term.subject)} {_term(term.predicate)} {_term(term.object)} )>>"
    return "" if term is None else str(term)


def _well_formed(xml: bytes) -> bytes:
    r"""XML 1.0 cannot hold control characters, and its readers turn a bare CR into LF.

    >>> _well_formed(b"a\x01b\rc")
    b'a\xef\xbf\xbdb&#xD;c'
    """
    return _NOT_XML.sub("\ufffd".encode(), xml).replace(b"\r", b"&#xD;")


def _triples(result: ox.QueryTriples, form: str, rows: int, size: int, prefixes: Mapping[str, str]) -> Body:
    found: Iterator[ox.Triple] = iter(result)
    triples = list(islice(found, rows + 1))
    truncated = len(triples) > rows
    triples = triples[:rows]
    while True:
        content = _graph(triples, form, prefixes)
        if len(content) <= size or not triples:
            return Body(content, len(triples), truncated)
        triples, truncated = triples[: len(triples) * size // (len(content) + 1)], True


def _graph(triples: list[ox.Triple], form: str, prefixes: Mapping[str, str]) -> bytes:
    named = dict(prefixes) if form in ("turtle", "rdfxml") else None
    try:
        content = ox.serialize(triples, format=_GRAPHS[form], prefixes=named) or b""
    except ValueError:
        # A prefix declared with a relative IRI is fine in a query with BASE and no prefix for a document.
        content = ox.serialize(triples, format=_GRAPHS[form]) or b""
    return _well_formed(content) if form == "rdfxml" else content
