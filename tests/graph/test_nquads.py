"""Lines of N-Quads are the bytes that Oxigraph itself writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from tests.graph.samples import RAW

from naysay.graph.nquads import REPLACEMENT, Statements, decimal, integer, literal

EDGES = "".join(map(chr, range(0xA0))) + "\u2028\u2029\ufeff\ufffd\ufffe\uffff\U0001fffe\U0001f600\U0010ffff"


def oxigraph_line(term: Literal) -> str:
    quad = Quad(NamedNode("urn:s"), NamedNode("urn:p"), term, NamedNode("urn:g"))
    return (serialize([quad], format=RdfFormat.N_QUADS) or b"").decode()


def our_line(term: str) -> str:
    return f"<urn:s> <urn:p> {term} <urn:g> .\n"


@given(RAW)
def test_a_literal_is_escaped_as_oxigraph_does(text: str) -> None:
    assert our_line(literal(text)) == oxigraph_line(Literal(text))


@pytest.mark.parametrize("character", EDGES)
def test_every_character_at_an_edge_is_escaped_as_oxigraph_does(character: str) -> None:
    assert our_line(literal(f"a{character}b")) == oxigraph_line(Literal(f"a{character}b"))


@given(RAW)
def test_a_literal_is_read_back_as_it_was(text: str) -> None:
    (quad,) = parse(our_line(literal(text)).encode(), format=RdfFormat.N_QUADS)
    assert isinstance(quad.object, Literal)
    assert quad.object.value == text


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert literal("a\udcffb") == f'"a{REPLACEMENT}b"'


@given(st.floats(min_value=0, max_value=1))
def test_the_store_does_not_rewrite_a_decimal(value: float) -> None:
    line = our_line(decimal(value))
    store = Store()
    store.load(line.encode(), format=RdfFormat.N_QUADS)
    assert store.dump(format=RdfFormat.N_QUADS) == line.encode()
    (quad,) = store
    assert isinstance(quad.object, Literal)
    assert float(quad.object.value) == pytest.approx(value, abs=5e-5)


@given(st.integers(min_value=-(2**62), max_value=2**62))
def test_the_store_does_not_rewrite_an_integer(value: int) -> None:
    line = our_line(integer(value))
    store = Store()
    store.load(line.encode(), format=RdfFormat.N_QUADS)
    assert store.dump(format=RdfFormat.N_QUADS) == line.encode()


def test_statements_are_sorted_and_said_once_and_empty_texts_are_left_out() -> None:
    statements = Statements("urn:g")
    statements.text("urn:b", "urn:p", "x")
    statements.link("urn:a", "urn:p", "urn:o")
    statements.text("urn:b", "urn:p", "x")
    statements.text("urn:c", "urn:p", "")
    statements.link("urn:c", "urn:p", "")
    assert list(statements.sorted()) == ["<urn:a> <urn:p> <urn:o> <urn:g> .", '<urn:b> <urn:p> "x" <urn:g> .']
