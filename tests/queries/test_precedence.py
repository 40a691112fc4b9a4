"""Statements of precedence: who wins, whom they settle, and what they do to a finding."""

from __future__ import annotations

import pytest

from naysay.queries.authority import UNDECIDED
from naysay.queries.corpus import read_texts
from naysay.queries.findings import find, find_in
from naysay.queries.precedence import precedences, settled

OTHER = "# 20 – Archive\n\nThe archive port is 9200.\n"


def stated(sentence: str) -> list[tuple[str, str]]:
    documents = {"10-queue.md": f"# 10 – Queue\n\n{sentence}\n", "20-archive.md": OTHER}
    return [(one.winner, one.loser) for one in precedences(read_texts(documents).linkage)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("If [20](20-archive.md) contradicts this page, this page wins.", [("10-queue.md", "20-archive.md")]),
        (
            "The page 20-archive.md is historical; if it contradicts this file, **this file wins**.",
            [("10-queue.md", "20-archive.md")],
        ),
        ("Where older documents conflict, this document takes precedence.", [("10-queue.md", "")]),
        ("[20-archive.md](20-archive.md) takes precedence over this document.", [("20-archive.md", "10-queue.md")]),
        ("- Flags take precedence over variables.", [("Flags", "variables")]),
        ("The flag overrides the setting.", [("flag", "setting")]),
        ("Which one wins?", []),
        ("If flags take precedence over variables, the log says so.", []),
        ("The last writer wins.", []),
        ("Use the override template.", []),
    ],
)
def test_who_wins(sentence: str, found: list[tuple[str, str]]) -> None:
    assert stated(sentence) == found


def test_a_disputed_precedence_settles_nothing() -> None:
    documents = {
        "10-queue.md": "# 10 – Queue\n\nIf [20](20-archive.md) contradicts this page, this page wins.\n",
        "20-archive.md": "# 20 – Archive\n\nIf [10](10-queue.md) contradicts this page, this page wins.\n",
    }
    assert settled(read_texts(documents).linkage) == {}


def test_a_stated_precedence_lowers_a_finding_and_explains_it() -> None:
    wins = "If [20-archive.md](20-archive.md) contradicts this page, this page wins.\n"
    queue = "# 10 – Queue\n\n{}The mail gateway must not keep message logs.\n"
    archive = "# 20 – Archive\n\nThe mail gateway must keep message logs.\n"
    (loud,) = find_in({"10-queue.md": queue.format(""), "20-archive.md": archive})
    (quiet,) = find_in({"10-queue.md": queue.format(wins + "\n"), "20-archive.md": archive})
    assert (loud.severity, quiet.severity) == ("error", "note")
    assert (loud.rule, loud.id) == (quiet.rule, quiet.id)
    assert quiet.authority == "10-queue.md:3 says that 10-queue.md wins over 20-archive.md"


KEEPS = "The mail gateway must keep message logs.\n"
KEEPS_NOT = "The mail gateway must not keep message logs.\n"


@pytest.mark.parametrize(
    ("queue", "archive", "authority"),
    [
        (
            "**Status:** Draft\n\n",
            "**Status:** Accepted\n\n",
            "20-archive.md is accepted, 10-queue.md is draft",
        ),
        (
            "**Date:** 2024-05-01\n\n",
            "**Date:** 2025-05-01\n\n",
            "20-archive.md is dated 2025-05-01, 10-queue.md 2024-05-01",
        ),
        ("", "", UNDECIDED),
    ],
)
def test_only_a_defeasible_policy_takes_the_order_of_documents_for_settled(
    queue: str, archive: str, authority: str
) -> None:
    documents = {
        "10-queue.md": f"# 10 – Queue\n\n{queue}{KEEPS_NOT}",
        "20-archive.md": f"# 20 – Archive\n\n{archive}{KEEPS}",
    }
    corpus = read_texts(documents)
    (strict,), (defeasible,) = find(corpus), find(corpus, precedence="defeasible")
    assert strict.severity == "error"
    assert defeasible.severity == ("note" if queue else "error")
    assert strict.authority == defeasible.authority == authority
    assert strict.id == defeasible.id


def test_a_narrower_scope_goes_first_and_settles_under_a_defeasible_policy() -> None:
    documents = {
        "10-queue.md": f"# 10 – Queue\n\n{KEEPS_NOT}",
        "20-archive.md": "# 20 – Archive\n\nIn staging, the mail gateway must keep message logs.\n",
    }
    corpus = read_texts(documents)
    (strict,), (defeasible,) = find(corpus), find(corpus, precedence="defeasible")
    assert (strict.severity, defeasible.severity) == ("error", "note")
    assert strict.authority == "20-archive.md:3 speaks of environment staging alone, 10-queue.md:3 of every one"


def test_a_set_states_its_precedences_once() -> None:
    linkage = read_texts({"10-queue.md": "# 10 – Queue\n", "20-archive.md": OTHER}).linkage
    assert precedences(linkage) is precedences(linkage)
