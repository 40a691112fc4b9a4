"""The RDF syntaxes as rdflib and pyld read them back."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyld has no types of its own.

from __future__ import annotations

import json

import pytest
from pyld import jsonld
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Identifier, Node

from naysay.api.export import rdf

pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SKOS = "http://www.w3.org/2004/02/skos/core#"
NQUADS = "\n".join(
    (
        '<urn:d:b> <http://purl.org/dc/terms/title> "B" <urn:g:2> .',
        f"<urn:d:a> <{rdf.PREFIXES['rdf']}type> <{SKOS}Concept> <urn:g:1> .",
        f'<urn:d:a> <{SKOS}prefLabel> "an <\\u0062>, a \\"quote\\" and a \\\\ \\u2028"@en <urn:g:1> .',
        f'<urn:d:a> <{SKOS}altLabel> "01"^^<{rdf.PREFIXES["xsd"]}integer> <urn:g:1> .',
        f'<urn:d:a> <{SKOS}altLabel> "01"^^<{rdf.PREFIXES["xsd"]}integer> <urn:g:2> .',
        f"<urn:d:a> <{SKOS}broader> <urn:d:b> .",
        f"<urn:d:a> <{SKOS}broader> <skos:b> .",
        f'<urn:d:a> <{SKOS}note> "" <urn:g:1> .',
        f"<{SKOS}a%2Fb> <{SKOS}1x> <{SKOS}> <urn:g:1> .",
    )
)
SOURCE = f"{NQUADS}\n".encode()


def rendered(syntax: rdf.Syntax) -> str:
    return "".join(rdf.render(SOURCE, syntax))


def quads(text: str, form: str) -> set[tuple[str, ...]]:
    """Subject, predicate, object and graph of every statement as rdflib reads it; no graph is an empty name."""
    data = Dataset()
    data.parse(data=text, format=form)
    return {
        (_name(row[0]), _name(row[1]), _name(row[2]), "" if row[3] == DATASET_DEFAULT_GRAPH_ID else _name(row[3]))
        for row in data.quads((None, None, None, None))
    }


def _name(term: Node | None) -> str:
    return term.n3() if isinstance(term, Identifier) else ""


def expanded(text: str) -> str:
    """The N-Quads of a JSON-LD document as pyld finds them."""
    return str(jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"}))


def test_nquads_are_sorted_and_whole() -> None:
    lines = rendered("nquads").splitlines()
    assert lines == sorted(NQUADS.split("\n"))
    assert quads(rendered("nquads"), "nquads") == quads(NQUADS, "nquads")


def test_trig_holds_every_quad() -> None:
    assert quads(rendered("trig"), "trig") == quads(NQUADS, "nquads")


def test_turtle_holds_the_union_of_the_graphs() -> None:
    graph = Graph().parse(data=rendered("turtle"), format="turtle")
    assert {tuple(map(_name, row)) for row in graph} == {row[:3] for row in quads(NQUADS, "nquads")}
    assert len(graph) == 8


def test_jsonld_expands_to_the_same_quads() -> None:
    assert quads(expanded(rendered("jsonld")), "nquads") == quads(NQUADS, "nquads")


def test_jsonld_carries_its_context_and_leaves_out_an_ambiguous_prefix() -> None:
    context = json.loads(rendered("jsonld"))["@context"]
    assert "skos" not in context
    assert context["xsd"] == rdf.PREFIXES["xsd"]


@pytest.mark.parametrize("syntax", rdf.SYNTAXES)
def test_the_order_of_the_statements_does_not_matter(syntax: rdf.Syntax) -> None:
    backwards = "\n".join(["", *reversed(NQUADS.split("\n")), ""]).encode()
    assert "".join(rdf.render(backwards, syntax)) == rendered(syntax)


@pytest.mark.parametrize("syntax", rdf.SYNTAXES)
def test_an_empty_graph_is_rendered(syntax: rdf.Syntax) -> None:
    assert "http" not in "".join(rdf.render(b"", syntax)) or syntax in ("jsonld", "turtle", "trig")


@pytest.mark.parametrize("syntax", ["jsonld", "trig", "turtle"])
def test_what_is_not_nquads_is_refused(syntax: rdf.Syntax) -> None:
    with pytest.raises(SyntaxError):
        list(rdf.render(b"<urn:a> <urn:b> .\n", syntax))
