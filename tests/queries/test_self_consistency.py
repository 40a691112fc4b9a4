"""What must not change what is found: a copy of the set, a set that is superseded, other words for the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from naysay.graph.model import Conflict
from naysay.queries.findings import find_in

BACKLOG = Path(__file__).parents[2] / "examples" / "backlog"
EXAMPLE: Mapping[str, str] = {path.name: path.read_text("utf-8") for path in sorted(BACKLOG.glob("*.md"))}
SMALL: Mapping[str, str] = {
    "gateway.md": "# Mail gateway\n\nSee [operations](operations.md).\n\nThe mail gateway keeps a message log.\n\n"
    "The greylisting filter is enabled.\n\n| Service | Timeout |\n|---|---|\n| mail-relay | 30 s |\n\n"
    "- [x] MAIL-17 Rotate the keys\n",
    "operations.md": "# Operations\n\nThe mail gateway keeps no message log.\n\n"
    "The greylisting filter is disabled.\n\n| Service | Timeout |\n|---|---|\n| mail-relay | 5 min |\n\n"
    "- [ ] MAIL-17 Rotate the keys\n\nRead [the limits](limits.md).\n",
    "runner.md": "# Build runner\n\nThe build runner must hold signing keys.\n",
    "security.md": "# Security\n\nThe build runner must not hold signing keys.\n",
}
AGREEING: Mapping[str, str] = {
    "relay.md": "# Mail relay\n\nThe mail relay listens on port 2525.\n\nThe mail relay must verify certificates.\n\n"
    "Greylisting is enabled.\n\n| Service | Timeout | Memory |\n|---|---|---|\n| mail-relay | 90 s | 1 GiB |\n\n"
    "The mail relay keeps no message log.\n",
}
SAID_AGAIN = [
    "The port of the mail relay is 2525.",
    "The relay for mail listens on port 2525 only.",
    "The mail relay is required to verify certificates.",
    "Certificates must be verified by the mail relay.",
    "Greylisting is on.",
    "Greylisting has been turned on.",
    "The mail relay does not keep a message log.",
    "No message log is kept by the mail relay.",
    "| Service | Timeout |\n|---|---|\n| mail-relay | 1.5 min |",
    "| Service | Timeout |\n|---|---|\n| mail-relay | 90000 ms |",
    "| Service | Memory |\n|---|---|\n| mail-relay | 1024 MiB |",
]
SETS = pytest.mark.parametrize("documents", [SMALL, EXAMPLE], ids=["small", "example"])


def found(documents: Mapping[str, str], folder: str) -> dict[str, Conflict]:
    return {one.id: one for one in find_in({f"{folder}/{name}": text for name, text in documents.items()})}


@SETS
def test_a_set_copied_beside_itself_has_the_same_conflicts_and_no_new_ones(documents: Mapping[str, str]) -> None:
    alone = found(documents, "one")
    doubled = {f"{folder}/{name}": text for folder in ("one", "two") for name, text in documents.items()}
    assert {one.id for one in find_in(doubled)} == set(alone)


def test_the_small_set_has_conflicts_of_several_kinds() -> None:
    assert {one.rule for one in found(SMALL, "one").values()} >= {"NS101", "NS102", "NS202", "NS301", "NS401", "NS901"}


@SETS
def test_a_set_that_is_superseded_as_a_whole_has_no_error(documents: Mapping[str, str]) -> None:
    withdrawn = {name: f"> **Superseded** by the 2027 handbook.\n\n{text}" for name, text in documents.items()}
    assert [one.why for one in found(withdrawn, "docs").values() if one.severity == "error"] == []


@pytest.mark.parametrize("again", SAID_AGAIN)
def test_the_same_in_other_words_or_units_is_no_conflict(again: str) -> None:
    documents = {**AGREEING, "notes.md": f"# Notes\n\nSee [the relay](relay.md).\n\n{again}\n"}
    assert [one.why for one in found(documents, "docs").values()] == []


def test_what_is_said_again_was_read() -> None:
    """The statements above are not silent for want of being understood: the opposite of each is a conflict."""
    against = "# Notes\n\nSee [the relay](relay.md).\n\nGreylisting is off.\n\nThe mail relay keeps a message log.\n\n"
    table = "| Service | Timeout | Memory |\n|---|---|---|\n| mail-relay | 2 min | 2 GiB |\n"
    rules = [one.rule for one in found({**AGREEING, "notes.md": against + table}, "docs").values()]
    assert {"NS101", "NS102", "NS202"} <= set(rules)
