"""The answer key, the questions and the vocabulary of the example backlog agree with its documents."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Required, TypedDict, cast

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BACKLOG = EXAMPLES / "backlog"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LABELS = {NamedNode(SKOS + name) for name in ("prefLabel", "altLabel", "hiddenLabel")}


class Side(TypedDict):
    file: str
    line: int
    quote: str


class Row(TypedDict, total=False):
    """A row of the answer key; label, type and why stand in every one."""

    id: Required[str]
    label: Required[str]
    type: Required[str]
    a: Required[Side]
    b: Required[Side]
    why: Required[str]


class Question(TypedDict, total=False):
    question: Required[str]
    expect: list[Side]
    exclude: list[Side]
    refused: bool


def lines_of(name: str) -> list[str]:
    return (EXAMPLES / name).read_text(encoding="utf-8").splitlines()


KEY = [cast(Row, json.loads(line)) for line in lines_of("backlog.key.jsonl")]
QUESTIONS = [cast(Question, json.loads(line)) for line in lines_of("questions.jsonl")]


def cited() -> list[Side]:
    keyed = [side for row in KEY for side in (row["a"], row["b"])]
    asked = [side for row in QUESTIONS for side in (*row.get("expect", []), *row.get("exclude", []))]
    return keyed + asked


def labelled(label: str) -> list[Row]:
    return [row for row in KEY if row["label"] == label]


def pairs(label: str) -> set[frozenset[tuple[str, int]]]:
    return {frozenset((side["file"], side["line"]) for side in (row["a"], row["b"])) for row in labelled(label)}


@pytest.mark.parametrize("side", cited(), ids=lambda side: f"{side['file']}:{side['line']}")
def test_every_quote_stands_on_its_line(side: Side) -> None:
    assert side["quote"] in lines_of(f"backlog/{side['file']}")[side["line"] - 1]


def test_documents_are_as_many_and_as_long_as_a_reader_can_bear() -> None:
    lengths = [path.read_text(encoding="utf-8").count("\n") for path in BACKLOG.glob("*.md")]
    assert 16 <= len(lengths) <= 20
    assert all(40 <= length <= 140 for length in lengths)


def test_ids_are_unique_and_labels_known() -> None:
    assert len({row["id"] for row in KEY}) == len(KEY)
    assert {row["label"] for row in KEY} == {"conflict", "near-miss"}
    assert all(row["why"] for row in KEY)


def test_conflicts_cover_the_types() -> None:
    conflicts = labelled("conflict")
    assert len(conflicts) >= 20
    assert len({row["type"] for row in conflicts}) >= 12
    assert all(re.fullmatch(r"NS\d{3}", row["type"]) for row in conflicts)


def test_near_misses_cover_the_kinds() -> None:
    near_misses = labelled("near-miss")
    assert len(near_misses) >= 20
    assert len({row["type"] for row in near_misses}) >= 12


def test_no_pair_is_both_a_conflict_and_a_near_miss() -> None:
    assert not pairs("conflict") & pairs("near-miss")


def test_questions_have_rows_or_are_refused() -> None:
    refused = [row for row in QUESTIONS if row.get("refused")]
    answered = [row for row in QUESTIONS if row.get("expect")]
    assert (len(answered), len(refused)) == (12, 4)
    assert len(QUESTIONS) == 16


def test_the_vocabulary_is_short_and_holds_labels_only() -> None:
    path = EXAMPLES / "vocabulary.ttl"
    quads = list(parse(path.read_bytes(), format=RdfFormat.TURTLE))
    labels = [quad.object.value for quad in quads if quad.predicate in LABELS and isinstance(quad.object, Literal)]
    assert len(lines_of("vocabulary.ttl")) <= 40
    assert len(labels) >= 7
    assert all(len(label.split()) <= 3 for label in labels)
