"""Which side outranks the other, and by what the documents say of themselves."""

from __future__ import annotations

from itertools import permutations

import pytest

from naysay.graph.model import Document, Reading, Side, Span
from naysay.queries.authority import rank
from naysay.queries.linkage import Linkage, link


def linkage_of(*documents: Document) -> Linkage:
    return link([Reading(one) for one in documents], {one.path: "" for one in documents})


def side(document: Document, line: int = 3) -> Side:
    return Side(document.path, Span(line, 1, line, 9), "", (), "live", (), document.status, document.date)


@pytest.mark.parametrize(
    ("strong", "weak", "reason"),
    [
        (
            Document("z.md", "", "Z", status="accepted"),
            Document("a.md", "", "A", status="draft"),
            "z.md is accepted, a.md is draft",
        ),
        (Document("z.md", "", "Z", status="active"), Document("a.md", "", "A"), "z.md is active, a.md is unmarked"),
        (Document("z.md", "", "Z"), Document("a.md", "", "A", status="proposed"), "z.md is unmarked, a.md is proposed"),
        (
            Document("17-q-v2.md", "", "Q", number="17", family="v2"),
            Document("17-q.md", "", "Q", number="17"),
            "17-q-v2.md is the later version of 17",
        ),
        (
            Document("z.md", "", "Z", date="2025-03-01"),
            Document("a.md", "", "A", date="2024-12-31"),
            "z.md is dated 2025-03-01, a.md 2024-12-31",
        ),
    ],
)
def test_what_is_stated_decides(strong: Document, weak: Document, reason: str) -> None:
    known = linkage_of(strong, weak)
    for order in permutations([side(strong), side(weak)]):
        ranked = rank(order, known)
        assert [one.path for one in ranked.sides] == [strong.path, weak.path]
        assert ranked.reason == reason
        assert ranked.repair == f"change {weak.path}:3 to agree with {strong.path}:3"


def test_status_comes_before_date() -> None:
    old, new = (
        Document("a.md", "", "A", status="accepted", date="2020-01-01"),
        Document("b.md", "", "B", status="draft", date="2025-01-01"),
    )
    assert rank([side(new), side(old)], linkage_of(old, new)).sides[0].path == "a.md"


def test_equals_are_left_to_people() -> None:
    one, other = Document("a.md", "", "A", status="accepted"), Document("b.md", "", "B", status="accepted")
    ranked = rank([side(other), side(one)], linkage_of(one, other))
    assert ranked.reason == "undecided (same rank, same date): a person must choose"
    assert ranked.repair == "change b.md:3 to agree with a.md:3, or a.md:3 to agree with b.md:3"
    assert [each.path for each in ranked.sides] == ["a.md", "b.md"]


def test_one_document_does_not_outrank_itself() -> None:
    document = Document("a.md", "", "A", status="accepted")
    ranked = rank([side(document, 9), side(document, 3)], linkage_of(document))
    assert [each.span.line for each in ranked.sides] == [3, 9]
    assert ranked.repair == "change a.md:9 to agree with a.md:3, or a.md:3 to agree with a.md:9"
