"""Kinds that exclude each other because the vocabulary says so, and rules for the broader of two of its concepts."""

from __future__ import annotations

from naysay.ingest.vocabulary import parse_vocabulary
from naysay.queries.corpus import read_texts
from naysay.queries.findings import find

WORDS = """@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:ferry skos:prefLabel "ferry" ; owl:disjointWith :tug .
:tug skos:prefLabel "tug" ; skos:altLabel "tow boat" .
:dredger skos:prefLabel "dredger" .
:lantern a :Ship ; skos:prefLabel "Lantern" .
:vessel skos:prefLabel "vessel" .
:barge skos:prefLabel "barge" ; skos:broader :vessel .
"""


def rules(first: str, second: str, vocabulary: str = WORDS) -> list[str]:
    words = parse_vocabulary(vocabulary, "vocabulary.ttl") if vocabulary else None
    texts = {"docs/a.md": f"# Ships\n\n{first}\n", "docs/b.md": f"# Harbour\n\nSee [ships](a.md).\n\n{second}\n"}
    return [found.rule for found in find(read_texts(texts, vocabulary=words))]


def test_two_kinds_that_the_vocabulary_keeps_apart_exclude_each_other() -> None:
    assert rules("`sloop-7` is a ferry.", "`sloop-7` is a tug.") == ["NS702"]


def test_another_name_of_a_kind_is_that_kind() -> None:
    assert rules("`sloop-7` is a ferry.", "`sloop-7` is a tow boat.") == ["NS702"]
    assert rules("`sloop-7` is a tug.", "`sloop-7` is a tow boat.") == []


def test_a_thing_of_the_vocabulary_needs_no_identifier_for_a_name() -> None:
    assert rules("Lantern is a ferry.", "Lantern is a tug.") == ["NS702"]


def test_kinds_that_nobody_keeps_apart_go_together() -> None:
    assert rules("`sloop-7` is a ferry.", "`sloop-7` is a dredger.") == []
    assert rules("`sloop-7` is a ferry.", "`sloop-7` is a tug.", vocabulary="") == []


def test_a_rule_for_a_concept_holds_for_the_narrower_ones() -> None:
    rule, case = "Every vessel must carry a signal flare.", "The barge does not carry a signal flare."
    assert "NS305" in rules(rule, case)
    assert "NS305" not in rules(rule, case, vocabulary="")
