"""A declared vocabulary is read whole or not at all, and all its faults are told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from naysay.ingest.lexicon import fold
from naysay.ingest.vocabulary import MOST_FAULTS, VocabularyError, parse_vocabulary, read_vocabulary

PREFIXES = """@prefix : <urn:t:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix own: <urn:naysay:vocabulary#> .
"""
WORDS = (
    PREFIXES
    + """
:token a :Secret ; skos:prefLabel "session token" ; skos:altLabel "token" ; skos:hiddenLabel "cookie" .
:token skos:broader :credential .
:credential a skos:Concept ; skos:prefLabel "credential" ; skos:narrower :key .
:key skos:prefLabel "signing key" ; own:deprecatedLabel "secret key" ; owl:disjointWith :token .
:port a owl:FunctionalProperty ; skos:prefLabel "port" .
"""
)


def test_everything_declared_is_there() -> None:
    words = parse_vocabulary(WORDS, "w.ttl")
    assert words.preferred[fold("Tokens")] == words.preferred[fold("session token")] == "session token"
    assert words.deprecated == {fold("cookie"): "session token", fold("secret key"): "signing key"}
    assert words.kinds == {"session token": "Secret"}
    assert words.broader == {"session token": ("credential",), "signing key": ("credential",)}
    assert words.disjoint == {("signing key", "session token"), ("session token", "signing key")}
    assert words.functional == {fold("port")}


def test_all_faults_are_told_at_once() -> None:
    text = PREFIXES + (
        ':a skos:prefLabel "relay" ; skos:broader :none .\n:b skos:prefLabel "spool" ; skos:altLabel "Relays" .\n'
        ':c skos:prefLabel "queue" ; skos:narrower :gone .\n'
    )
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary(text, "w.ttl")
    assert caught.value.faults == [
        "w.ttl:5: <urn:t:a> is broader of <urn:t:none>, which has no skos:prefLabel; give it one",
        "w.ttl:6: “Relays” is a label of 2 concepts (urn:t:a, urn:t:b); leave it with one",
        "w.ttl:7: <urn:t:c> is narrower of <urn:t:gone>, which has no skos:prefLabel; give it one",
    ]
    assert str(caught.value) == "\n".join(caught.value.faults)


def test_a_mistake_of_syntax_is_told_with_its_line() -> None:
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary(PREFIXES + ':a skos:prefLabel "relay" .\n:b skos:prefLabel relay .\n', "w.ttl")
    assert caught.value.faults[0].startswith("w.ttl:6: not Turtle: ")


def test_every_mistake_of_syntax_is_told_at_once() -> None:
    wrong = ':a skos:prefLabel "relay .\n:b skos:prefLabel "spool" .\n:c ; .\n:d a none:Concept .\n'
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary(PREFIXES + wrong, "w.ttl")
    first = PREFIXES.count("\n") + 1
    assert [int(fault.split(":")[1]) for fault in caught.value.faults] == [first, first + 2, first + 3]


def test_a_text_that_is_no_turtle_is_given_up_in_time() -> None:
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary("no turtle .\n" * 5_000, "w.ttl")
    assert len(caught.value.faults) == MOST_FAULTS


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="cannot read the vocabulary"):
        read_vocabulary(tmp_path / "none.ttl")
    (tmp_path / "w.ttl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(VocabularyError, match="cannot read the vocabulary"):
        read_vocabulary(tmp_path / "w.ttl")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "w.ttl").write_text("\ufeff" + WORDS, encoding="utf-8")
    assert read_vocabulary(tmp_path / "w.ttl") == parse_vocabulary(WORDS, "w.ttl")
