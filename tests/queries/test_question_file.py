"""The shipped questions can be read, use the graph's own terms, and give the rows that they show on the example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from naysay.graph.model import Conflict
from naysay.queries.ask import answer
from naysay.queries.corpus import Corpus, load
from naysay.queries.findings import find
from naysay.queries.question_file import Question, Row, graph_of, rows_of, shipped_questions

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
QUERIES = [one for one in shipped_questions() if one.query]


@pytest.fixture(scope="module")
def example() -> tuple[Corpus, tuple[Conflict, ...]]:
    corpus = load([EXAMPLES / "backlog"], vocabulary=EXAMPLES / "vocabulary.ttl")
    return corpus, find(corpus)


def like(found: list[Row], expected: Row) -> bool:
    return any(row == expected or row._replace(what="") == expected for row in found)


def test_four_questions_are_shipped() -> None:
    assert [one.name for one in shipped_questions()] == [
        "names-that-mean-two-things", "superseded-but-cited", "two-sources-of-truth", "who-has-cluster-credentials",
    ]  # fmt: skip
    assert all(one.expected for one in shipped_questions())


@pytest.mark.parametrize("question", QUERIES, ids=lambda one: one.name)
def test_a_query_gives_the_rows_it_shows(example: tuple[Corpus, tuple[Conflict, ...]], question: Question) -> None:
    found = list(rows_of(question, graph_of(*example)))
    assert [row for row in question.expected if not like(found, row)] == []
    assert len(found) == len(question.expected)


def test_the_question_of_credentials_gives_the_rows_it_shows(example: tuple[Corpus, tuple[Conflict, ...]]) -> None:
    question = next(one for one in shipped_questions() if not one.query)
    found = [Row(one.who, one.what, one.path, one.line) for one in answer(*example, question.question).stances]
    assert [row for row in question.expected if not like(found, row)] == []


@pytest.mark.parametrize("question", QUERIES, ids=lambda one: one.name)
def test_a_query_uses_terms_of_the_vocabulary(question: Question) -> None:
    vocabulary = (ROOT / "graph" / "vocabulary.ttl").read_text(encoding="utf-8")
    defined = set(re.findall(r"^:(\w+) a ", vocabulary, re.MULTILINE))
    assert set(re.findall(r"\bnv:(\w+)", question.query)) <= defined
