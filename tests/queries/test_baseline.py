"""The baseline's file is read as it was written, and its mistakes are told with their lines."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.api.fakes import conflict

from naysay.queries.baseline import BaselineError, Entry, compared, decoded, encoded, pruned

ids = st.text("0123456789abcdef", min_size=4, max_size=10)
entries = st.lists(
    st.builds(
        Entry,
        ids,
        st.lists(ids, min_size=1, max_size=4, unique=True).map(lambda sides: tuple(sorted(sides))),
        st.just("NS201"),
        st.text(max_size=9),
        st.text(),
        st.text(),
        st.text(),
    ),
    unique_by=lambda entry: entry.id,
    max_size=6,
)
HEAD = '[{"naysay-baseline": 1}'


def row(name: str, side: str = "s1") -> str:
    return f',{{"id": "{name}", "rule": "NS201", "sides": ["{side}"]}}'


@given(entries)
def test_a_baseline_is_read_as_it_was_written(given_entries: list[Entry]) -> None:
    text = encoded(given_entries)
    assert decoded(text) == tuple(sorted(given_entries))
    assert len(json.loads(text)) == len(given_entries) + 1
    assert encoded(decoded(text.replace("\n", "\r\n"))) == text


@given(entries, ids)
def test_one_more_entry_alters_one_line(given_entries: list[Entry], name: str) -> None:
    others = [entry for entry in given_entries if entry.id != name]
    before, after = (encoded(some).split("\n") for some in (others, [*others, Entry(name, ("s",), "NS201")]))
    [added] = [line for line in after if line not in before]
    after.remove(added)
    assert after == before


@given(st.text())
def test_no_text_makes_the_reader_raise_anything_else(text: str) -> None:
    for tried in (text, f"{HEAD}\n,{{{text}\n]\n"):
        with pytest.raises(BaselineError):
            decoded(tried)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([HEAD, row("b"), row("a"), "]"], "3: the entry a is out of order; `naysay baseline prune` mends that"),
        ([HEAD, row("a"), row("a"), "]"], "3: the entry a is given twice; `naysay baseline prune` mends that"),
        ([HEAD, row("a")], "2: the last line must be ], alone; was the file cut off?"),
        ([HEAD, ',{"id": "a"}', "]"], '2: "rule" is missing'),
        ([HEAD, ',{"id": "a", "rule": 1, "sides": ["s"]}', "]"], '2: "rule" must be a text'),
        ([HEAD, "x", "]"], "2: not an entry, which stands on one line and begins with ,{"),
        (['[{"naysay-baseline": 2}', "]"], "1: version 2 of the format is not known here; "),
        (["[]"], "1: not a baseline, which begins with "),
        (
            [HEAD, "<<<<<<< ours", row("a"), "=======", row("b"), ">>>>>>> theirs", "]"],
            "2: a merge conflict is left here",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(lines: list[str], fault: str) -> None:
    with pytest.raises(BaselineError) as caught:
        decoded("\n".join(lines))
    assert str(caught.value).startswith(fault)


def test_what_a_merge_leaves_out_of_order_is_mended() -> None:
    text = "\n".join([HEAD, row("b"), row("a"), row("b", "s2"), "]"])
    assert [(entry.id, entry.sides) for entry in decoded(text, mend=True)] == [("a", ("s1",)), ("b", ("s1", "s2"))]


def test_a_conflict_is_known_with_its_sides() -> None:
    from dataclasses import replace

    now = [replace(conflict(number), side_ids=("s1", "s2")) for number in (1, 2, 3)]
    known = [
        Entry(now[0].id, ("s1", "s2", "s3"), "NS202"),
        Entry(now[1].id, ("s1",), "NS202"),
        Entry("gone", ("s",), "NS1"),
    ]
    found = compared(now, known)
    assert [found.novelty[one.id] for one in now] == ["known", "new side", "new"]
    assert [entry.id for entry in found.stale] == ["gone"]
    assert [entry.sides for entry in pruned(now, known)] == [("s1", "s2"), ("s1",)]
