"""IRIs give their names back, are valid, and every term of ours is in the vocabulary."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import URIRef
from tests.graph.samples import credentials_claim, port_claim

from naysay.graph import document_vocabulary, iris
from naysay.graph.model import ScopeTerm

PATHS = st.text(min_size=1) | st.sampled_from(["a b.md", "ü/é.md", "a#b?c%41.md", "caf\udce9.md", "a:b.md", "x\ny.md"])


def constants() -> dict[str, str]:
    return {name: value for name, value in vars(iris).items() if name.isupper() and isinstance(value, str)}


def test_every_own_term_is_in_the_vocabulary_and_the_other_way_round() -> None:
    used = {value for value in constants().values() if value.startswith(iris.VOCABULARY) and value != iris.VOCABULARY}
    documented = {iri for iri, values in document_vocabulary.read_terms().items() if iris.COMMENT in values}
    shapes = {iris.VOCABULARY + name for name in ("ClaimShape", "ConflictShape", "SideShape")}
    assert used == documented - shapes - {iris.VOCABULARY.removesuffix("#")}


def test_every_iri_is_spelled_once() -> None:
    values = list(constants().values())
    assert sorted(values) == sorted(set(values))


@given(PATHS)
def test_a_document_gives_its_path_back(path: str) -> None:
    if not any("\ud800" <= character <= "\udc7f" or "\udd00" <= character <= "\udfff" for character in path):
        assert iris.path_of(iris.document_iri(path)) == path
        assert iris.path_of(iris.document_iri(path) + "#claim-12") == path


@given(PATHS)
def test_an_iri_needs_no_escape(path: str) -> None:
    iri = iris.document_iri(path)
    assert NamedNode(iri).value == iri
    assert URIRef(iri).n3() == f"<{iri}>"
    assert iri.isascii()


@given(st.sampled_from(["has", "open:grab", "open:lässt los", "open:a/b:c"]))
def test_a_relation_gives_its_id_back(relation: str) -> None:
    assert iris.relation_id(iris.relation_iri(relation)) == relation


def test_a_claim_is_named_by_all_that_it_says_but_not_by_its_passage() -> None:
    claim = port_claim()
    assert iris.claim_iri(replace(claim, passage=9)) == iris.claim_iri(claim)
    others = [
        credentials_claim(),
        replace(claim, object="1"),
        replace(claim, polarity="denied"),
        replace(claim, scope=(ScopeTerm("env", "dev", "stated"),)),
        replace(claim, condition="on fire"),
        replace(claim, topic="ports"),
        replace(claim, marker="no longer"),
        replace(claim, quantifier="only"),
    ]
    assert len({iris.claim_iri(one) for one in [claim, *others]}) == len(others) + 1


@pytest.mark.parametrize("name", ["", "vocabulary", "graph", "a b", "a/b"])
def test_a_set_cannot_have_a_name_that_would_mix_iris_up(name: str) -> None:
    with pytest.raises(ValueError, match="not a name for a set"):
        iris.document_iri("a.md", name)
