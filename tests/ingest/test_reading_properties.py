"""Whatever the text, reading ends, raises nothing and points only at what stands in the text."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naysay.graph.model import LabelEvidence, Reading, Span
from naysay.ingest.clauses import clauses, sentences
from naysay.ingest.labels import label_evidence
from naysay.ingest.markdown import parse
from naysay.ingest.progress import leading_id, progress_of
from naysay.ingest.reading import read_document
from naysay.ingest.records import status_class
from naysay.ingest.roles import roles
from naysay.ingest.statements import statements
from naysay.ingest.values import compatible, normalise

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = """\
the a relay gateway is are not no never must should may will cannot isn't isn’t doesn't has have
keeps uses own single only all none neither nor enabled disabled required optional done open if
unless when in dev staging production phase 2 v1.10 30s 14 days 7-14 20Gi port 8025 source of truth
for per cluster each formerly (formerly renamed to also known as decide whether TBD MAIL-17 Mail
Gateway mail-gateway `a=b` **Label**: ✅ ❌ [x] [ ] → — ; : . , ? ! ( ) [ ] “ ” " | - * # > ``` ---
~~old~~ 2025-01-02 {env} <env> * e.g. Status: Draft Superseded by [a](b.md) | --- |""".split()
phrases = st.lists(st.sampled_from([*WORDS, "\n", "\n\n", "\n- ", "\n| ", "\n## ", "\n> "]), max_size=40).map(" ".join)
texts = st.one_of(st.text(max_size=200), phrases, st.text(alphabet=string.printable + "“”‘’—✅", max_size=200))
values = st.one_of(
    texts,
    st.builds(
        "{}{}{}".format,
        st.integers(0, 10**7),
        st.sampled_from(["", " ", "-"]),
        st.sampled_from(["s", "min", "GiB", "%", "nodes", ""]),
    ),
    st.builds("{}-{} s".format, st.integers(0, 99), st.integers(0, 99)),
    st.from_regex(r"v?[0-9]{1,3}(\.([0-9]{1,3}|x)){1,3}", fullmatch=True),
    st.from_regex(r"[a-z]{1,4}[-/](<env>|\*|\{x\}|[a-z]{1,4})", fullmatch=True),
)


@QUIET
@given(texts)
def test_statements_stay_within_the_text(text: str) -> None:
    for piece in (*sentences(text), *clauses(text)):
        assert 0 <= piece.start < piece.end <= len(text)
    for one in statements(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.relation != ""


@QUIET
@given(texts)
def test_roles_stay_within_the_text(text: str) -> None:
    for one in roles(text):
        assert 0 <= one.start < one.end <= len(text)


@QUIET
@given(values, values)
def test_compatible_is_symmetric_and_reflexive(left: str, right: str) -> None:
    a, b = normalise(left), normalise(right)
    assert compatible(a, a)
    assert compatible(a, b) == compatible(b, a)


@QUIET
@given(values)
def test_a_normalised_value_has_a_kind(text: str) -> None:
    value = normalise(text)
    assert value == "" or value.partition(":")[1] == ":"
    assert normalise(f" {text}\t") == value


@QUIET
@given(texts)
def test_words_of_state_have_closed_answers(text: str) -> None:
    assert status_class(text) in {"", "planned", "doing", "done", "in force", "dead"}
    assert progress_of(text) in {"", "done", "open"}
    assert leading_id(text) in text


@QUIET
@given(texts)
def test_evidence_names_two_labels_of_the_text(text: str) -> None:
    found: list[LabelEvidence] = [e for passage in parse(text).passages for e in label_evidence("a.md", passage)]
    assert all(
        e.label and e.other and e.label != e.other and 1 <= e.line <= text.count("\n") + text.count("\r") + 1
        for e in found
    )


@QUIET
@given(texts)
def test_every_claim_points_at_text(text: str) -> None:
    lines = parse(text).lines
    reading = read_document("docs/a.md", text, "")
    assert reading == read_document("docs/a.md", text, "")
    for claim in reading.claims:
        assert pointed_at(text, claim.span).strip() != "", claim
        assert 1 <= claim.span.line <= claim.span.end_line <= lines
    assert all(1 <= silence.line <= silence.end_line <= lines for silence in reading.silences)


def pointed_at(text: str, span: Span) -> str:
    """The source that a span names."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[span.line - 1 : span.end_line]
    assert len(lines) == span.end_line - span.line + 1, f"{span} leaves the text"
    assert span.column >= 1
    assert span.end_column <= len(lines[-1]) + 1, f"{span} leaves its line"
    lines[-1] = lines[-1][: span.end_column - 1]
    return "\n".join([lines[0][span.column - 1 :], *lines[1:]])


LONG = 3_000
HOSTILE = {
    "a word": "A" * 20_000 + " (was ",
    "a dotted name": "a." * 10_000 + " (was ",
    "a name of dashes": "a-" * 10_000 + " (formerly ",
    "tabs": "a" + "\t" * 20_000 + "but b",
    "opened brackets": "(" * 20_000,
    "closed brackets": "a ) " * LONG,
    "quotes": '"a “b ' * LONG,
    "negations": "no not never " * LONG,
    "verbs": "is has must keeps " * LONG,
    "conditions": "if a unless b when c " * LONG,
    "digits": "1" * 20_000,
    "groups of digits": "1,111" * LONG,
    "its own": "a b c with their own d e " * 500,
    "source of truth": "source of truth for a b " * 500,
    "renames": "rename Aa to Bb (formerly Cc) " * LONG,
    "control characters": "a\x00b\x01c\x1b\x7f\u200b\u2028 is not d " * 500,
    "decide whether": "decide whether a or " * LONG,
    "pairs": "`a=b` is `c` " * LONG,
    "marks": "✅ ❌ ⏳ " * LONG,
    "labels": "a: b: " * LONG,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_text_made_to_hurt_is_read(text: str) -> None:
    reading: Reading = read_document("docs/a.md", text, "")
    assert reading.document.lines >= 1
    assert reading.claims or reading.silences


@pytest.mark.parametrize("space", [" ", "\t", "\u2003"])
def test_a_run_of_spaces_is_passed_over(space: str) -> None:
    text = f"The relay{space * 20_000}is enabled"
    assert [(one.subject, one.relation) for one in statements(text)] == [("relay", "is-enabled")]
    assert (list(roles(text)), normalise(text), progress_of(text), status_class(text)) == ([], "", "", "")


def test_brackets_need_no_partner() -> None:
    reading = read_document("docs/a.md", "The relay) is required by [the gateway.\n", "")
    assert [(claim.relation, claim.polarity) for claim in reading.claims] == [("is-required", "affirmed")]
