"""Suppressions in documents: the literate cases, and that no comment makes the reader raise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.literate import Case, cases, faults

from naysay.graph.model import Diagnostic
from naysay.ingest.directives import Directive, Suppression, directive, written
from naysay.ingest.suppressions import suppressions

CASES = list(cases(Path(__file__).with_name("suppressions"), "covers"))
words = st.text(st.characters(codec="utf-8", exclude_characters="\"'"), max_size=20).map(lambda t: " ".join(t.split()))
directives = st.builds(
    Directive,
    st.sampled_from(["allow", "off"]),
    st.lists(st.from_regex(r"NS[0-9]{3}", fullmatch=True), min_size=1, max_size=3, unique=True).map(tuple),
    st.fixed_dictionaries(
        {"reason": words.filter(bool)}, optional={"owner": words, "until": st.dates().map(lambda day: day.isoformat())}
    ),
)


def told(one: Suppression | Diagnostic) -> str:
    if isinstance(one, Suppression):
        return f"{','.join(one.rules)} {one.first} {one.last}"
    return f"fault {one.line}: {one.message.removeprefix('this suppression does not count: ')}"


def test_the_cases_are_whole() -> None:
    assert CASES
    assert list(faults(CASES)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_suppression_covers_what_its_place_says(case: Case) -> None:
    [(path, text)] = case.documents.items()
    assert tuple(map(told, suppressions(path, text))) == case.expected


@given(directives)
def test_a_written_directive_is_read_as_it_was(one: Directive) -> None:
    assert directive(written(one)) == one


@given(st.text())
def test_no_comment_makes_the_reader_raise_anything_else(text: str) -> None:
    for one in suppressions("a.md", f"text <!-- naysay: {text} -->\n"):
        assert isinstance(one, Suppression) or one.message


piece = st.sampled_from(
    [
        "# A\n",
        "## B\n",
        "- a\n",
        "  - b\n",
        "> q\n",
        "| a |\n|---|\n| b |\n",
        "```\n",
        "text\n",
        "\n",
        "---\n",
        "\t",
        "  ",
    ]
    + [f"<!-- naysay: {said} -->\n" for said in ("allow NS201 reason=r", "off NS201 reason=r", "on", "alow", "")]
    + ["<!-- naysay: allow", "naysay: [", "naysay: {allow: [{rule: [a]}]}\n"]
)


@given(st.lists(piece, max_size=14).map("".join))
def test_any_document_is_read(text: str) -> None:
    last = text.count("\n") + 1
    for one in suppressions("a.md", text):
        assert 1 <= one.line <= last
        if isinstance(one, Suppression):
            assert one.reason
            assert one.last == 0 or 1 <= one.first <= one.last <= last
