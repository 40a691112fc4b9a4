"""The vocabulary is sound RDF without blank nodes, its page is up to date, and its shapes hold."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from tests.graph.samples import LINKS, conflict, entities, gateway, ports

from naysay.graph import document_vocabulary, iris
from naysay.graph.encode import derived_quads, document_quads


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(document_vocabulary.VOCABULARY, format="turtle")


@pytest.fixture
def lines() -> list[str]:
    documents = [*document_quads(gateway()), *document_quads(ports())]
    return [*documents, *derived_quads(entities(), [conflict()], LINKS)]


def validated(lines: list[str], shapes: Graph) -> tuple[bool, str]:
    triples = [line.rpartition(" <")[0] + " .\n" for line in lines]
    graph = Graph().parse(data="".join(triples), format="nt")
    validate = cast("Callable[..., tuple[bool, Graph, str]]", pyshacl.validate)  # pyright: ignore[reportUnknownMemberType]  its own type has gaps
    conforms, _, text = validate(graph, shacl_graph=shapes)
    return conforms, text


def test_the_page_is_up_to_date(root: Path) -> None:
    assert (root / "docs" / "graph.md").read_text(encoding="utf-8") == document_vocabulary.page()


def test_the_page_is_written_where_it_is_asked_to_be(tmp_path: Path) -> None:
    document_vocabulary.main([str(tmp_path / "graph.md")])
    assert (tmp_path / "graph.md").read_bytes() == document_vocabulary.page().encode()


def test_every_term_has_a_label_and_a_comment(vocabulary: Graph) -> None:
    terms = {
        subject
        for kind in (OWL.Class, OWL.DatatypeProperty, OWL.ObjectProperty)
        for subject in vocabulary.subjects(RDF.type, kind)
    }
    assert terms
    for term in terms:
        assert len(list(vocabulary.objects(term, RDFS.label))) == 1
        assert len(list(vocabulary.objects(term, RDFS.comment))) == 1


def test_the_vocabulary_names_its_version_and_has_no_blank_node(vocabulary: Graph) -> None:
    ontology = URIRef(iris.VOCABULARY.removesuffix("#"))
    assert vocabulary.value(ontology, OWL.versionIRI)
    assert not [term for triple in vocabulary for term in triple if isinstance(term, BNode)]


def test_encoded_claims_and_conflicts_fit_the_shapes(lines: list[str], vocabulary: Graph) -> None:
    conforms, text = validated(lines, vocabulary)
    assert conforms, text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('#polarity> "denied"', '#polarity> "perhaps"'),
        ("#L4.1-L4.31", "#nowhere"),
        ('#confidence> "0.85"', '#confidence> "1.85"'),
        ('#severity> "error"', '#severity> "grave"'),
    ],
)
def test_the_shapes_refuse_what_is_wrong(old: str, new: str, lines: list[str], vocabulary: Graph) -> None:
    changed = [line.replace(old, new) for line in lines]
    assert changed != lines
    assert not validated(changed, vocabulary)[0]


@pytest.mark.parametrize(
    "term", ["span", "subject", "relation", "object", "polarity", "fault", "rule", "side", "quote"]
)
def test_the_shapes_miss_what_is_missing(term: str, lines: list[str], vocabulary: Graph) -> None:
    kept = [line for line in lines if f"<{iris.VOCABULARY}{term}>" not in line]
    assert not validated(kept, vocabulary)[0]
