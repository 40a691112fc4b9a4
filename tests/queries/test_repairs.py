"""The repairs of ``repairs/*.md``, and what holds for every repair of every set."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.literate import Case, cases, faults

from naysay.ingest.rewriting import applied
from naysay.queries.corpus import read_texts
from naysay.queries.findings import find_in
from naysay.queries.reference_repairs import ALONE, Around, reference_repairs
from naysay.queries.repairs import Left, Plan, Repair, excused, plan, term_repairs

CASES = list(cases(Path(__file__).with_name("repairs"), "repairs"))
GLOSSARY = "# Glossary\n\nTerminology: prefer MailCourier over PostRunner.\n"


def planned(documents: Mapping[str, str], around: Around = ALONE) -> Plan:
    linkage = read_texts(documents).linkage
    return plan([*term_repairs(linkage), *reference_repairs(linkage, (), around)])


def mended(documents: Mapping[str, str], repairs: tuple[Repair, ...]) -> dict[str, str]:
    return {path: applied(text, [row.edit for row in repairs if row.path == path]) for path, text in documents.items()}


def shown(row: Repair | Left) -> str:
    if isinstance(row, Left):
        return f"{row.path}:{row.line}: left {row.reason}"
    return f"{row.path}:{row.line}: {row.old} -> {row.edit.new}" + (f" ? {row.caution}" if row.caution else "")


def rows(found: Plan) -> list[str]:
    return sorted([*map(shown, found.repairs), *map(shown, found.left)])


def test_the_cases_are_well_formed() -> None:
    assert list(faults(CASES)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.where}-{case.title}")
def test_repairs(case: Case) -> None:
    found = planned(case.documents)
    assert rows(found) == sorted(() if case.expected == ("none",) else case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.where}-{case.title}")
def test_what_was_mended_is_told_no_more_and_nothing_new_is(case: Case) -> None:
    found = planned(case.documents)
    safe = tuple(row for row in found.repairs if not row.caution)
    after = mended(case.documents, safe)
    assert {shown(row) for row in found.left} | {shown(row) for row in found.repairs if row.caution} == set(
        rows(planned(after))
    )
    assert told(after) <= told(case.documents)


def told(documents: Mapping[str, str]) -> set[tuple[str, str, int]]:
    """(rule, path, line) of every side of every conflict."""
    return {(row.rule, side.path, side.span.line) for row in find_in(documents) for side in row.sides}


WORDS = some.sampled_from(
    ["PostRunner", "MailCourier", "the", "spool", "𝒳", "é", "\t", "PostRunners", "`PostRunner`", "x/PostRunner"]
)
LINES = some.lists(WORDS, max_size=8).map(" ".join)
ENDS = some.sampled_from(["\n", "\r\n", "\r"])
STARTS = some.sampled_from(["", "- ", "> ", "## ", "1. ", "    ", "| ", "```\n"])


@given(some.lists(some.tuples(STARTS, LINES, ENDS), max_size=12), some.sampled_from(["", "# Backup\n\n"]))
@settings(max_examples=150, deadline=None)
def test_only_what_was_given_up_changes_and_a_second_run_changes_nothing(
    lines: list[tuple[str, str, str]], head: str
) -> None:
    text = head + "".join(start + line + end for start, line, end in lines)
    documents = {"glossary.md": GLOSSARY, "page.md": text}
    found = planned(documents)
    assert all(text[row.edit.start : row.edit.end] == row.old == "PostRunner" for row in found.repairs)
    for repairs in (found.repairs, tuple(row for row in found.repairs if not row.caution)):
        after = mended(documents, repairs)
        gone = len(repairs) * (len("PostRunner") - len("MailCourier"))
        assert len(after["page.md"]) == len(text) - gone
        assert after["page.md"].replace("MailCourier", "PostRunner") == text.replace("MailCourier", "PostRunner")
    again = planned(after).repairs
    assert not [row for row in again if not row.caution]


def test_a_rename_that_git_knows_is_safe() -> None:
    documents = {
        "10-queue.md": "# 10 – Queue\n\nSee [the log](12-log.md#size).\n",
        "a/55-journal.md": "# 55 – Journal\n\n## Size\n\nTen.\n",
        "11-archive.md": "# 11 – Archive\n\nSee [the queue](10-queue.md).\n",
    }
    assert [shown(row) for row in planned(documents, Around({"12-log.md": "a/55-journal.md"})).repairs] == [
        "10-queue.md:3: 12-log.md#size -> a/55-journal.md#size"
    ]


def test_a_file_that_is_there_but_was_not_read_is_no_fault() -> None:
    documents = {"a/10-queue.md": "# 10 – Queue\n", "11-log.md": "# 11 – Log\n\nSee [it](10-queue.md).\n"}
    assert planned(documents).repairs
    assert planned(documents, Around({}, "10-queue.md".__eq__)) == Plan((), ())


def test_what_somebody_let_stand_is_left_alone() -> None:
    documents = {"glossary.md": GLOSSARY, "page.md": "# Page\n\nPostRunner waits.\n\nPostRunner works.\n"}
    conflicts = [row for row in find_in(documents) if row.rule == "NS601"]
    assert list(term_repairs(read_texts(documents).linkage, excused(conflicts))) == []


def test_a_file_name_with_a_blank() -> None:
    documents = {
        "a/10 queue.md": "# 10 – Queue\n",
        "11-archive.md": "# 11 – Archive\n\nSee [one](<10 queue.md>) and [two](10%20queue.md).\n",
    }
    after = mended(documents, planned(documents).repairs)
    assert after["11-archive.md"].endswith("See [one](<a/10%20queue.md>) and [two](a/10%20queue.md).\n")
