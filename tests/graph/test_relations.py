"""The closed list of relations is complete, unambiguous and found by the words that documents use."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from naysay.graph import iris
from naysay.graph.document_vocabulary import VOCABULARY
from naysay.graph.relations import (
    COPULAS,
    LIST,
    families,
    family_of,
    inverse_relation_of,
    relation_of,
    relations,
    role_of,
    single_valued,
)


@pytest.mark.parametrize(
    ("phrase", "relation"),
    [
        ("has", "has"),
        ("having", "has"),
        ("uses", "uses"),
        ("is running on", "runs-on"),
        ("Runs  In", "runs-in"),
        ("runs with", "runs-with"),
        ("is deployed to", "deployed-to"),
        ("were deployed to", "deployed-to"),
        ("supports", "supports"),
        ("needs", "requires"),
        ("relies on", "depends-on"),
        ("supersedes", "replaces"),
        ("is the source of truth for", "is-source-of-truth-for"),
        ("subscribes to", "consumes"),
        ("synchronized from", "syncs-from"),
        ("is a", "is-kind-of"),
        ("is called", "named"),
        ("port", "port"),
        ("StorageClass", "storage-class"),
        ("container registry", "registry"),
        ("release", "publishes"),
    ],
)
def test_words_lead_to_their_relation(phrase: str, relation: str) -> None:
    found = relation_of(phrase)
    assert found is not None
    assert found.id == relation


@pytest.mark.parametrize(
    ("phrase", "relation"),
    [
        ("is owned by", "owns"),
        ("belongs to", "owns"),
        ("is used by", "uses"),
        ("mounted into", "mounts"),
        ("is replaced by", "replaces"),
        ("is stored in", "stores"),
        ("hosts", "runs-on"),
        ("after", "before"),
    ],
)
def test_words_that_turn_a_claim_round_lead_to_the_relation_they_turn(phrase: str, relation: str) -> None:
    found = inverse_relation_of(phrase)
    assert found is not None
    assert found.id == relation
    assert relation_of(phrase) is None


@pytest.mark.parametrize("phrase", ["", "is", "grabs", "is grabbed by", "has cluster"])
def test_other_words_lead_nowhere(phrase: str) -> None:
    assert relation_of(phrase) is None
    assert inverse_relation_of(phrase) is None


def test_a_noun_is_a_role_where_a_verb_is_spelled_alike() -> None:
    role, verb = role_of("release"), relation_of("release")
    assert (role and role.id, verb and verb.id) == ("version", "publishes")


def test_no_form_stands_for_two_relations() -> None:
    for chosen in (False, True):
        verbs = [one for one in relations().values() if one.role is chosen]
        counted = Counter(form for one in verbs for form in (*one.forms, *one.inverse_forms))
        assert [form for form, number in counted.items() if number > 1] == []


def test_every_relation_is_whole() -> None:
    for one in relations().values():
        assert one.label
        assert one.family
        assert one.denial
        assert one.comment
        assert one.forms
        assert all(form == " ".join(form.lower().split()) for form in (*one.forms, *one.inverse_forms))
        assert not (COPULAS - {"get", "gets"}) & {*one.forms, *one.inverse_forms}
        assert one.inverse == "" or relations()[one.inverse].inverse == one.id
        assert not (one.role and one.inverse_forms)


def test_possession_is_one_family_and_an_open_relation_is_its_own() -> None:
    assert families()["possession"] == {"has", "uses", "holds", "mounts", "receives", "runs-with", "carries"}
    assert family_of("runs-with") == "possession"
    assert family_of("open:grab") == "open:grab"
    assert sum(map(len, families().values())) == len(relations())


def test_roles_have_one_filler() -> None:
    roles = {one.id for one in relations().values() if one.role}
    assert {"port", "issuer", "registry", "namespace", "branch", "storage-class", "schedule", "status"} <= roles
    assert roles - single_valued() == {"value"}
    assert {one.id for one in relations().values() if one.inverse_single_valued} == {"owns", "is-source-of-truth-for"}


def test_the_list_uses_only_terms_of_the_vocabulary() -> None:
    from rdflib import Graph

    used = {str(predicate) for predicate in Graph().parse(LIST, format="turtle").predicates()}
    known = {str(subject) for subject in Graph().parse(VOCABULARY, format="turtle").subjects()}
    assert {term for term in used if term.startswith(iris.VOCABULARY)} <= known


def test_looking_up_a_relation_loads_no_rdflib(root: Path) -> None:
    program = (
        "import sys; from naysay.graph.relations import relation_of; relation_of('has'); "
        "print([name for name in ('rdflib', 'networkx') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(root / ".src")}, capture_output=True, check=True
    )
    assert ran.stdout.decode().strip() == "[]"
