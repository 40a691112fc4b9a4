"""Readings and findings as N-Quads: the same statements for every reader and the same bytes on every run."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse
from rdflib import Dataset
from tests.graph.samples import GATEWAY, LINKS, PORTS, TEXT, conflict, entities, gateway, port_claim, ports, reading

from naysay.graph import iris
from naysay.graph.encode import derived_quads, document_quads
from naysay.graph.model import Conflict, Entity, Reading, Span
from naysay.graph.publish import line_starts, offsets, published_quads
from naysay.graph.store import dump, open_memory

CLAIM = iris.claim_iri(port_claim())


def stated(lines: list[str], subject: str) -> set[tuple[str, str]]:
    """The (predicate, value) pairs that some lines state of a subject."""
    quads = parse("\n".join(lines).encode(), format=RdfFormat.N_QUADS)
    return {
        (quad.predicate.value, quad.object.value)
        for quad in quads
        if quad.subject == NamedNode(subject) and isinstance(quad.object, NamedNode | Literal)
    }


def test_a_claim_is_one_node_with_flat_properties() -> None:
    assert stated(list(document_quads(gateway())), CLAIM) == {
        (iris.TYPE, iris.CLAIM),
        (iris.IN_DOCUMENT, iris.document_iri(GATEWAY)),
        (iris.SPAN, f"{GATEWAY}#L3.1-L3.33"),
        (iris.SUBJECT, "gateway"),
        (iris.HAS_RELATION, iris.relation_iri("port")),
        (iris.OBJECT, "8443"),
        (iris.VALUE, "8443"),
        (iris.POLARITY, "affirmed"),
        (iris.MODALITY, "fact"),
        (iris.STANDING, "live"),
        (iris.EXTRACTOR, "prose"),
        (iris.INHERITED_SCOPE, "env=dev"),
    }


def test_a_document_says_what_it_says_about_itself_in_its_own_graph() -> None:
    lines = list(document_quads(gateway()))
    document = iris.document_iri(GATEWAY)
    assert all(line.endswith(f" <{document}> .") for line in lines)
    assert {
        (iris.TITLE, "Edge gateway"),
        (iris.IDENTIFIER, "12"),
        (iris.OWNER, "Edge team"),
        (iris.STATUS, "accepted"),
        (iris.CITES, "ports.md"),
    } <= stated(lines, document)


def test_what_only_some_claims_have_is_said_where_they_have_it() -> None:
    claim = replace(
        port_claim(), subject_from="heading", condition="in dev", topic="Ports", marker="still", quantifier="only"
    )
    assert {
        (iris.SUBJECT_FROM, "heading"),
        (iris.CONDITION, "in dev"),
        (iris.TOPIC, "Ports"),
        (iris.MARKER, "still"),
        (iris.QUANTIFIER, "only"),
    } <= stated(list(document_quads(reading(GATEWAY, claim))), iris.claim_iri(claim))


def test_an_entity_is_a_concept_with_its_names_and_their_evidence() -> None:
    lines = list(derived_quads(entities()))
    said = stated(lines, iris.entity_iri("Edge Gateway"))
    evidence = iris.evidence_iri(entities()[0].evidence[0])
    assert said == {
        (iris.TYPE, iris.CONCEPT),
        (iris.TYPE, iris.ENTITY),
        (iris.IN_SCHEME, iris.scheme_iri()),
        (iris.PREF_LABEL, "Edge Gateway"),
        (iris.ALT_LABEL, "gateway"),
        (iris.DEPRECATED_LABEL, "Front Door"),
        (iris.KIND, "service"),
        (iris.BROADER, iris.entity_iri("Gateway")),
        (iris.MENTIONED_IN, iris.document_iri(GATEWAY)),
        (iris.EVIDENCE, evidence),
    }
    assert (iris.SPAN, f"{GATEWAY}#L4") in stated(lines, evidence)


def test_a_conflict_has_its_sides_and_they_lead_to_the_claims() -> None:
    lines = list(derived_quads((), [conflict()]))
    iri = iris.conflict_iri("c0ffee")
    first, second = iris.side_iri("c0ffee", 1), iris.side_iri("c0ffee", 2)
    assert {
        (iris.FAULT, "conflicting-value"),
        (iris.RULE, "NS201"),
        (iris.ALSO, "NS101"),
        (iris.SEVERITY, "error"),
        (iris.CONFIDENCE, "0.85"),
        (iris.WITNESS, "env=dev"),
        (iris.PROOF, "ASK { ?a ?b ?c }"),
        (iris.DERIVATION, "1. both are filed under gateway, port"),
        (iris.HAS_SIDE, first),
        (iris.HAS_SIDE, second),
    } <= stated(lines, iri)
    assert {
        (iris.ORDINAL, "1"),
        (iris.OF_CLAIM, CLAIM),
        (iris.QUOTE, "listens on port 8443"),
        (iris.HEADING, "Edge gateway > Ports"),
        (iris.SIDE_ID, "5e1f"),
        (iris.INHERITED_SCOPE, "env=dev"),
    } <= stated(lines, first)
    assert (iris.IN_DOCUMENT, iris.document_iri(PORTS)) in stated(lines, second)


def test_links_say_which_document_replaces_which() -> None:
    lines = list(derived_quads(links=[*LINKS, (PORTS, GATEWAY, "authority")]))
    assert stated(lines, iris.document_iri(GATEWAY)) == {
        (iris.REPLACES, iris.document_iri(PORTS)),
        (iris.REFERENCES, iris.document_iri(PORTS)),
    }
    assert stated(lines, iris.document_iri(PORTS)) == {
        (iris.IS_REPLACED_BY, iris.document_iri(GATEWAY)),
        (iris.DEFERS_TO, iris.document_iri(GATEWAY)),
    }


@settings(max_examples=60, deadline=None)
@given(st.from_type(Reading))
def test_the_store_gives_back_the_very_lines_of_any_reading(read: Reading) -> None:
    lines = list(document_quads(read))
    assert lines == sorted(set(lines))
    assert list(dump(open_memory(lines))) == [f"{line}\n".encode() for line in lines]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.from_type(Entity), max_size=3), st.lists(st.from_type(Conflict), max_size=2))
def test_the_store_gives_back_the_very_lines_of_any_findings(named: list[Entity], found: list[Conflict]) -> None:
    confident = [replace(one, confidence=0.5) for one in found]
    lines = list(derived_quads(named, confident))
    assert list(dump(open_memory(lines))) == [f"{line}\n".encode() for line in lines]
    assert lines == list(derived_quads(named[::-1], confident[::-1]))


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own reader uses what it deprecates
def test_rdflib_reads_the_same_statements_as_oxigraph() -> None:
    lines = [*document_quads(gateway()), *derived_quads(entities(), [conflict()], LINKS)]
    dataset = Dataset()
    dataset.parse(data="\n".join(lines) + "\n", format="nquads")
    theirs = {tuple(term.n3() for term in quad[:3]) for quad in dataset.quads()}
    ours = {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in open_memory(lines)}
    typed = f"^^<{iris.DECIMAL}>", f"^^<{iris.INTEGER}>"
    assert {row for row in theirs if not row[2].endswith(typed)} == {row for row in ours if not row[2].endswith(typed)}
    assert len(theirs) == len(ours) == len(lines)


def test_nothing_is_a_blank_node() -> None:
    lines = [*published_quads(gateway(), TEXT, "1.0"), *derived_quads(entities(), [conflict()], LINKS)]
    terms = [term for quad in open_memory(lines) for term in (quad.subject, quad.object)]
    assert not [term for term in terms if isinstance(term, BlankNode)]


def test_a_claim_said_twice_in_the_same_words_and_place_is_one_node() -> None:
    once = list(document_quads(reading(GATEWAY, port_claim())))
    assert list(document_quads(reading(GATEWAY, port_claim(), port_claim()))) == once


def test_the_published_form_quotes_the_source_exactly() -> None:
    lines = list(published_quads(gateway(), TEXT, "1.0"))
    assert set(document_quads(gateway())) < set(lines)
    assert lines == sorted(set(lines))
    assert {(iris.EXACT, "The gateway listens on port 8443"), (iris.PREFIX, "# Edge gateway\n\n")} <= stated(
        lines, f"{CLAIM}-quote"
    )
    start, end = TEXT.index("The gateway"), TEXT.index(".\nIt")
    assert {(iris.START, str(start)), (iris.END, str(end))} <= stated(lines, f"{CLAIM}-position")
    assert (iris.WAS_QUOTED_FROM, iris.document_iri(GATEWAY)) in stated(lines, CLAIM)


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        ("a\r\nbc\r\n", Span(2, 1, 2, 3), "bc"),
        ("a\rbc\rd", Span(3, 1, 3, 2), "d"),
        ("a\u2028b\vc\nd", Span(2, 1, 2, 2), "d"),
        ("\U0001f600 x\ny", Span(1, 3, 1, 4), "x"),
        ("ab\ncd\n", Span(1, 2, 2, 2), "b\nc"),
        ("ab", Span(7, 1, 9, 1), ""),
    ],
)
def test_offsets_count_code_points_and_markdown_lines(text: str, span: Span, words: str) -> None:
    first, last = offsets(span, line_starts(text), len(text))
    assert text[first:last] == words


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_bytes_do_not_depend_on_the_hash_seed(seed: str, root: Path) -> None:
    program = (
        "import sys\n"
        "from naysay.graph.codec import dumps\n"
        "from naysay.graph.encode import derived_quads, document_quads\n"
        "from naysay.graph.views import claims_view, entities_view\n"
        "from tests.graph.samples import *\n"
        "read = [gateway(), ports()]\n"
        "print(*document_quads(gateway()), *derived_quads(entities(), [conflict()], LINKS), sep='\\n')\n"
        "print(claims_view(read), entities_view(entities(), read), dumps(gateway()).hex())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root / '.src'}{os.pathsep}{root}"}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    expected = [*document_quads(gateway()), *derived_quads(entities(), [conflict()], LINKS)]
    lines = ran.stdout.decode().split("\n")
    assert lines[: len(expected)] == expected
    assert lines[len(expected)] == _views_and_bytes()


def _views_and_bytes() -> str:
    from naysay.graph.codec import dumps
    from naysay.graph.views import claims_view, entities_view

    read = [gateway(), ports()]
    return f"{claims_view(read)} {entities_view(entities(), read)} {dumps(gateway()).hex()}"
