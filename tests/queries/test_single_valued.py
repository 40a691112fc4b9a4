"""A relation takes one value where the vocabulary says so, or where a set tells nearly every subject alike."""

from __future__ import annotations

from naysay.ingest.vocabulary import parse_vocabulary
from naysay.queries.corpus import read_texts
from naysay.queries.findings import find

FUNCTIONAL = """@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:reports a owl:FunctionalProperty ; skos:prefLabel "reports to" .
:dock a owl:FunctionalProperty ; skos:prefLabel "dock" .
"""
TEAMS = {
    "docs/a.md": "# Teams\n\nThe lantern crew reports to Harbourmaster.\n",
    "docs/b.md": "# Offices\n\nThe lantern crew reports to Quartermaster.\n",
}


def table(head: str, *rows: tuple[str, str]) -> str:
    lines = [f"| Ship | {head} |", "|---|---|", *(f"| {ship} | {value} |" for ship, value in rows)]
    return "# Ships\n\n" + "\n".join(lines) + "\n"


def conflicts(texts: dict[str, str], vocabulary: str = "") -> list[str]:
    words = parse_vocabulary(vocabulary, "vocabulary.ttl") if vocabulary else None
    return [found.rule for found in find(read_texts(texts, vocabulary=words))]


def test_a_verb_that_the_vocabulary_gives_one_object_cannot_have_two() -> None:
    assert conflicts(TEAMS, FUNCTIONAL) == ["NS201"]
    assert conflicts(TEAMS) == []


def test_a_column_that_the_vocabulary_calls_functional_is_compared() -> None:
    texts = {
        "docs/a.md": table("Dock", ("sloop-1", "north-dock")),
        "docs/b.md": table("Dock", ("sloop-1", "east-dock")),
    }
    assert conflicts(texts, FUNCTIONAL) == ["NS201"]
    assert conflicts(texts) == []


def test_a_column_that_a_set_fills_alike_is_learned_and_the_stray_value_found() -> None:
    rows = [(f"sloop-{n}", f"dock-{n}") for n in range(12)]
    stray = [*rows[:-1], ("sloop-11", "yard-7")]
    texts = {"docs/a.md": table("Dock", *rows), "docs/b.md": table("Dock", *stray)}
    (found,) = find(read_texts(texts))
    assert found.rule == "NS201"
    assert any("one value for 11 of 12 subjects" in step for step in found.derivation)


def test_a_column_that_often_differs_is_not_learned() -> None:
    rows = [(f"sloop-{n}", f"dock-{n}") for n in range(12)]
    other = [(ship, value if n % 3 else f"yard-{n}") for n, (ship, value) in enumerate(rows)]
    assert conflicts({"docs/a.md": table("Dock", *rows), "docs/b.md": table("Dock", *other)}) == []
