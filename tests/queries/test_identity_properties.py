"""Ids and findings do not depend on where documents lie, in which order they are given, or who else is there."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from naysay.graph.model import Claim, Conflict, Span
from naysay.ingest.reading import read_document
from naysay.queries.findings import find_in
from naysay.queries.identity import Statement, conflict_id, document_name, position, side_ids, text_position

TABLE = "| Service | Timeout |\n|---|---|\n| mail-gateway | {} |\n\n"
SET: Mapping[str, str] = {
    "docs/gateway.md": "# Mail gateway\n\nSee [operations](operations.md).\n\nThe mail gateway keeps a message log.\n\n"
    f"The greylisting filter is enabled.\n\n{TABLE.format('30 s')}- [x] MAIL-17 Rotate the keys\n",
    "docs/operations.md": "# Operations\n\nThe mail gateway keeps no message log.\n\n"
    f"The greylisting filter is disabled.\n\n{TABLE.format('5 min')}- [ ] MAIL-17 Rotate the keys\n",
    "docs/runner.md": "# Build runner\n\nThe build runner must hold cluster credentials.\n\n"
    "The port table is the source of truth for service ports.\n",
    "docs/security.md": "# Security\n\n- No cluster credentials inside the build runner\n\n"
    "The chart values are the source of truth for service ports.\n",
}
LOGS: Mapping[str, str] = {
    "docs/gateway.md": "# Mail gateway\n\nThe mail gateway keeps a message log.\n",
    "docs/operations.md": "# Operations\n\nThe mail gateway keeps no message log.\n",
}
RULES = ["NS101", "NS102", "NS202", "NS205", "NS301", "NS401"]
words = st.lists(
    st.sampled_from("mail gateway relay keeps no a log is enabled disabled staging 30 s".split()),
    min_size=1,
    max_size=6,
).map(" ".join)
claims = st.builds(
    Claim,
    path=st.just("a.md"),
    passage=st.integers(0, 9),
    span=st.just(Span(1, 1, 1, 9)),
    subject=words,
    relation=words,
    object=words,
    polarity=st.sampled_from(["affirmed", "denied"]),
    subject_from=st.sampled_from(["own words", "heading", "row key"]),
)


def identities(found: tuple[Conflict, ...]) -> list[tuple[str, str, float]]:
    return sorted((one.id, one.rule, one.confidence) for one in found)


def in_folder(folder: str, documents: Mapping[str, str]) -> dict[str, str]:
    return {path.replace("docs/", folder): text for path, text in documents.items()}


def test_the_set_has_a_conflict_of_each_kind() -> None:
    assert sorted(one.rule for one in find_in(SET)) == RULES


@settings(max_examples=50, deadline=None)
@given(claims, st.integers(1, 999), st.integers(0, 999))
def test_a_position_knows_no_place(claim: Claim, line: int, passage: int) -> None:
    moved = replace(
        claim, path="elsewhere/b.md", span=Span(line, 3, line + 1, 7), passage=passage, topic="Other", extractor="table"
    )
    assert position(moved) == position(claim)
    flipped = replace(claim, polarity="denied" if claim.polarity == "affirmed" else "affirmed")
    assert position(flipped) != position(claim)


def test_a_position_forgets_case_and_articles() -> None:
    def at(subject: str, obj: str) -> str:
        return position(Claim("a.md", 0, Span(1, 1, 1, 2), subject, "keep", obj))

    assert at("The mail gateway", "a  Log") == at("mail Gateway", "log.")
    assert at("mail gateway", "log") != at("mail relay", "log")


@given(st.lists(st.text(max_size=8), max_size=5), st.randoms(use_true_random=False))
def test_a_conflict_id_knows_no_order(positions: list[str], shuffler: random.Random) -> None:
    shuffled = [*positions, *positions[:1]]
    shuffler.shuffle(shuffled)
    assert conflict_id("negation", shuffled) == conflict_id("negation", positions)
    assert conflict_id("negation", positions) != conflict_id("status", positions)


def test_a_side_id_knows_number_and_family_but_no_folder() -> None:
    def known(path: str) -> str:
        name = document_name(read_document(path, "# A\n", "").document, path)
        return side_ids({"": Statement("held", name, path, Span(1, 1, 1, 2))})[""]

    assert known("a/17-queue.md") == known("b/17-queue-renamed.md")
    assert known("a/17-queue.md") != known("a/17-queue-v2.md")
    assert known("a/queue.md") == known("b/queue.md") != known("b/other.md")
    assert (
        text_position("NS901", "See  This") == text_position("NS901", "see this") != text_position("NS402", "see this")
    )


statements = st.builds(
    Statement,
    st.sampled_from(["held", "denied"]),
    st.sampled_from(["17", "readme"]),
    st.sampled_from(["a.md", "b/a.md"]),
    st.builds(Span, st.integers(1, 20), st.integers(1, 3), st.just(30), st.just(1)),
)


@given(st.lists(statements, unique=True, max_size=8), st.integers(1, 99))
def test_side_ids_tell_equals_apart_and_know_no_line(given_statements: list[Statement], lines: int) -> None:
    before = side_ids({str(key): one for key, one in enumerate(given_statements)})
    assert len(set(before.values())) == len(given_statements)
    moved = {
        str(key): one._replace(span=one.span._replace(line=one.span.line + lines))
        for key, one in enumerate(given_statements)
    }
    assert side_ids(moved) == before


def test_one_more_statement_of_a_side_adds_one_id_and_alters_none() -> None:
    [before] = find_in(LOGS)
    again = {**LOGS, "docs/operations.md": LOGS["docs/operations.md"] + "\nThe mail gateway keeps no message log.\n"}
    [after] = find_in(again)
    assert after.id == before.id
    assert len(set(after.side_ids) - set(before.side_ids)) == 1
    assert set(before.side_ids) < set(after.side_ids)


def test_statements_that_are_not_shown_have_side_ids() -> None:
    copies = {f"docs/page-{number}.md": "# Page\n\nThe mail gateway keeps no message log.\n" for number in range(12)}
    [found] = find_in({**LOGS, **copies})
    assert len(found.sides) < len(found.side_ids) == 14
    assert {side.id for side in found.sides} <= set(found.side_ids)


@settings(max_examples=4, deadline=None)
@given(st.permutations(sorted(SET)))
def test_the_order_of_documents_does_not_matter(order: list[str]) -> None:
    assert find_in({path: SET[path] for path in order}) == find_in(SET)


def test_folders_do_not_matter() -> None:
    assert identities(find_in(in_folder("deep/er/", SET))) == identities(find_in(SET))


def test_lines_above_do_not_matter() -> None:
    later = {path: text.replace("\n\n", "\n\nThis page is short.\n\n", 1) for path, text in SET.items()}
    assert identities(find_in(later)) == identities(find_in(SET))


def test_a_copy_in_another_folder_adds_no_conflict() -> None:
    """The documents have no number: two documents with one number and two names are a fault of their own (NS602)."""
    doubled = find_in({**SET, **in_folder("copy/", SET)})
    assert sorted(one.id for one in doubled) == sorted(one.id for one in find_in(SET))


def test_superseded_documents_have_no_error() -> None:
    withdrawn = {
        path: text.replace("\n\n", "\n\n> **Superseded** by the handbook.\n\n", 1) for path, text in SET.items()
    }
    assert [one.rule for one in find_in(withdrawn) if one.severity == "error"] == []


def test_a_set_of_one_agrees_with_itself() -> None:
    for path, text in SET.items():
        alone = text.replace("[operations](operations.md)", "operations")
        assert find_in({path: alone, f"copy/{path}": alone}) == ()
