"""Questions are understood by a fixed grammar, answered with evidence, and refused when they fit nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Required, TypedDict, cast

import pytest

from naysay.graph.model import Conflict
from naysay.ingest.vocabulary import parse_vocabulary
from naysay.queries.ask import Answer, NotUnderstood, answer
from naysay.queries.asked import FORMS, FormHelp, parse_question
from naysay.queries.corpus import Corpus, load, read_texts
from naysay.queries.findings import find

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class Line(TypedDict):
    file: str
    line: int
    quote: str


class Row(TypedDict, total=False):
    question: Required[str]
    expect: list[Line]
    exclude: list[Line]
    refused: bool


ROWS = [cast(Row, json.loads(line)) for line in (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
ANSWERED = [row for row in ROWS if not row.get("refused")]
REFUSED = [row["question"] for row in ROWS if row.get("refused")]

VOCABULARY = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:x:key> a skos:Concept ; skos:prefLabel "badge" ; skos:narrower <urn:x:card> .
<urn:x:card> a skos:Concept ; skos:prefLabel "chip card" .
"""


@pytest.fixture(scope="module")
def example() -> tuple[Corpus, tuple[Conflict, ...]]:
    corpus = load([EXAMPLES / "backlog"], vocabulary=EXAMPLES / "vocabulary.ttl")
    return corpus, find(corpus)


def places(found: Answer) -> set[tuple[str, int]]:
    return {(one.path, one.line) for one in found.stances}


def asked(question: str, vocabulary: str = "", **texts: str) -> Answer:
    words = parse_vocabulary(vocabulary, "vocabulary") if vocabulary else None
    return answer(read_texts({f"{name}.md": text for name, text in texts.items()}, words), (), question)


@pytest.mark.parametrize("row", ANSWERED, ids=lambda row: row["question"])
def test_the_example_shows_every_expected_row(example: tuple[Corpus, tuple[Conflict, ...]], row: Row) -> None:
    found = places(answer(*example, row["question"]))
    assert {(one["file"], one["line"]) for one in row.get("expect", [])} <= found
    assert not {(one["file"], one["line"]) for one in row.get("exclude", [])} & found


@pytest.mark.parametrize(
    "question", [*REFUSED, "", "?", "is it supported?", "who has?", "where does run?", "what is the of?"]
)
def test_nonsense_is_refused(example: tuple[Corpus, tuple[Conflict, ...]], question: str) -> None:
    with pytest.raises(NotUnderstood):
        answer(*example, question)


def test_quotes_stand_in_the_source_and_conflicts_are_marked(example: tuple[Corpus, tuple[Conflict, ...]]) -> None:
    corpus, conflicts = example
    found = answer(corpus, conflicts, "which is the source of truth for database passwords?")
    assert all(one.quote.split("\n")[0] in corpus.texts[one.path] for one in found.stances)
    known = {conflict.id for conflict in conflicts}
    assert all(one.conflicts and set(one.conflicts) <= known for one in found.stances)


def test_a_misspelt_name_is_answered_with_near_ones(example: tuple[Corpus, tuple[Conflict, ...]]) -> None:
    with pytest.raises(NotUnderstood) as refused:
        answer(*example, "what is the port of Hoper?")
    assert "Hopper" in refused.value.nearest
    assert "Hoper" in str(refused.value)


def test_a_narrower_concept_counts_as_the_thing() -> None:
    texts = {"a": "# Gate\n\nThe porter holds a chip card.\n", "b": "# Hall\n\nThe guest has no badge.\n"}
    assert places(asked("who has a badge?", VOCABULARY, **texts)) == {("a.md", 3), ("b.md", 3)}
    assert places(asked("who has a badge?", **texts)) == {("b.md", 3)}


def test_a_denial_of_the_narrower_is_no_answer_about_another_thing() -> None:
    texts = {"a": "# Gate\n\nThe porter holds a chip card reader.\n", "b": "# Hall\n\nThe guest has no badge.\n"}
    assert places(asked("who has a badge?", VOCABULARY, **texts)) == {("b.md", 3)}


def test_only_what_stands_is_shown() -> None:
    texts = {
        "a": "# Relay\n\nThe mail relay is enabled.\n",
        "b": "# Old relay\n\n> **Status:** Superseded by a.md\n\nThe mail relay is disabled.\n",
    }
    assert places(asked("is the mail relay enabled?", **texts)) == {("a.md", 3)}


def test_a_limit_leaves_out_what_is_limited_to_something_else() -> None:
    text = "# Relay\n\nThe mail relay is enabled in staging.\n\n## More\n\nThe mail relay is disabled in production.\n"
    found = asked("is the mail relay enabled in staging?", a=text)
    assert [(one.line, one.polarity) for one in found.stances] == [(3, "affirmed")]
    assert {one.polarity for one in asked("is the mail relay enabled?", a=text).stances} == {"affirmed", "denied"}


def test_a_yes_or_no_question_names_its_subject() -> None:
    text = "# Hall\n\nThe guest has no badge.\n\n## Staff\n\nThe porter has a badge.\n"
    assert [one.who for one in asked("does the guest have a badge?", a=text).stances] == ["guest"]


def test_something_known_of_which_nothing_is_said_is_an_empty_answer() -> None:
    found = asked("where does the mail relay run?", a="# Relay\n\nThe mail relay is enabled.\n")
    assert found.stances == ()
    assert "mail relay" in found.reading


def test_a_shipped_question_is_asked_in_its_own_words(example: tuple[Corpus, tuple[Conflict, ...]]) -> None:
    found = answer(*example, "What is superseded but still cited?")
    assert ("010-principles.md", 49) in places(found)
    assert "superseded-but-cited" in found.reading


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_every_documented_form_is_read_as_itself(form: FormHelp) -> None:
    read = parse_question(form.example, {"share"})
    assert read is not None
    assert read.form == form.form


def test_the_forms_are_documented() -> None:
    page = (EXAMPLES.parent / "docs" / "questions.md").read_text(encoding="utf-8")
    for form in FORMS:
        row = f"| {form.pattern.replace('|', chr(92) + '|')} | {form.example} | {form.answer} |"
        assert row in page
