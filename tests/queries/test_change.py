"""What a change brings: new, known, closed and moved conflicts, and what became of claims."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from naysay.queries.change import Change, change
from naysay.queries.claim_changes import counts_of
from naysay.queries.corpus import read_texts
from naysay.queries.revision import between

HANDBOOK = """# Handbook

## Gateway

- The gateway must not accept anonymous requests.
- The gateway listens on port 8443.
- Session timeout: 15 minutes.
"""
OPERATIONS = """# Operations

The [handbook](handbook.md) holds.

## Gateway

- The gateway accepts anonymous requests.
"""
OTHER = "# Notes\n\nThe bakery opens at nine.\n"
SET = {"handbook.md": HANDBOOK, "operations.md": OPERATIONS, "notes.md": OTHER}
AGREED = {**SET, "operations.md": OPERATIONS.replace("accepts anonymous", "logs all")}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> Change:
    """The change between two sets given as texts."""
    later = read_texts(now)
    return change(later, between(read_texts(before), later))


def news(found: Change) -> list[str]:
    """What is new, by rule and novelty."""
    rows = [(row.rule, found.marks[row.id].novelty) for row in found.conflicts]
    return [f"{rule} {novelty}" for rule, novelty in rows if novelty != "known"]


def claims(found: Change) -> dict[str, int]:
    """The kinds of changes of claims that occur."""
    return {kind: n for kind, n in counts_of(found.claims).items() if n}


def edited(path: str, old: str, new: str, start: Mapping[str, str] = SET) -> dict[str, str]:
    """A set with one text altered."""
    assert old in start[path]
    return {**start, path: start[path].replace(old, new)}


def test_nothing_changed() -> None:
    found = changed(SET, SET)
    assert (news(found), found.closed, found.moved, found.effects, found.claims, found.documents) == (
        [], (), (), (), (), 0,
    )  # fmt: skip
    assert [mark.novelty for mark in found.marks.values()] == ["known"]


def test_a_planted_contradiction_is_new_and_closes_again() -> None:
    planted = changed(AGREED, SET)
    assert len(news(planted)) == 1
    assert planted.closed == ()
    mended = changed(SET, AGREED)
    assert news(mended) == []
    assert [row.id for row in mended.closed] == [row.id for row in planted.conflicts]


def test_a_renamed_file_moves_its_conflict() -> None:
    moved = {"guide/handbook.md": HANDBOOK, "operations.md": OPERATIONS.replace("(handbook", "(guide/handbook")}
    found = changed(SET, {**moved, "notes.md": OTHER})
    assert (news(found), found.closed, claims(found)) == ([], (), {})
    assert len(found.moved) == 1


def test_a_statement_that_moves_to_another_document_is_no_news() -> None:
    line = "- The gateway accepts anonymous requests.\n"
    now = {**SET, "operations.md": OPERATIONS.replace(line, ""), "notes.md": f"{OTHER}\n## Gateway\n\n{line}"}
    found = changed(SET, now)
    assert (news(found), found.closed, claims(found)) == ([], (), {})
    assert len(found.moved) == 1


def test_one_more_statement_of_a_known_conflict_is_a_new_side() -> None:
    found = changed(SET, {**SET, "notes.md": f"{OTHER}\n## Gateway\n\n- The gateway accepts anonymous requests.\n"})
    assert [line.partition(" ")[2] for line in news(found)] == ["new side"]
    assert all(mark.counts for mark in found.marks.values())


def test_a_statement_worded_anew_is_the_same_conflict() -> None:
    now = edited("operations.md", "accepts anonymous requests", "accepts anonymous requests in dev")
    found = changed(SET, now)
    before = changed(SET, SET).conflicts[0]
    assert (news(found), found.closed) == ([], ())
    assert [found.marks[row.id].was for row in found.moved] == [before.id]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("must not accept", "should not accept", "weakened"),
        ("must not accept", "must accept", "reversed"),
        ("anonymous requests", "anonymous requests in production", "narrowed"),
        ("port 8443", "port 9443", "changed"),
    ],
)
def test_kinds_of_changes_of_claims(old: str, new: str, kind: str) -> None:
    alone = {"handbook.md": HANDBOOK}
    there = changed(alone, edited("handbook.md", old, new, alone))
    assert kind in claims(there)
    back = {"weakened": "strengthened", "narrowed": "widened"}.get(kind, kind)
    assert back in claims(changed(edited("handbook.md", old, new, alone), alone))


def test_claims_come_and_go_with_their_documents() -> None:
    alone = {"notes.md": OTHER}
    assert set(claims(changed(alone, SET))) == {"added"}
    assert set(claims(changed(SET, alone))) == {"removed"}


OLD_NAME = {
    "a.md": "# Relay\n\nThe MailRelay must not store messages.\n",
    "b.md": "# Store\n\nThe PostHub stores messages.\n",
    "c.md": "# Names\n\nA page of names.\n",
}


def test_an_alias_that_a_change_states_counts_for_both_revisions() -> None:
    """Two old documents clash only by the new name: that is an effect, and no news."""
    now = {**OLD_NAME, "c.md": "# Names\n\nMailRelay (formerly PostHub) is the name.\n"}
    found = changed(OLD_NAME, now)
    assert all(any(side.path == "c.md" for side in row.sides) for row in found.conflicts if found.marks[row.id].counts)


def test_news_between_untouched_documents_is_an_effect() -> None:
    planted = changed(AGREED, SET)
    base = between(read_texts(AGREED), read_texts(SET))
    assert base.touched == {"operations.md"}
    assert planted.effects == ()
