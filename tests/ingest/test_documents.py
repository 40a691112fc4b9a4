"""What a document says about itself, in each form that documents use, and how far a banner reaches."""

from __future__ import annotations

import pytest

from naysay.graph.model import Document, Standing
from naysay.ingest.banners import Banner, banner_reach
from naysay.ingest.document import describe, identity
from naysay.ingest.front_matter import entries
from naysay.ingest.markdown import parse


def document(text: str, path: str = "12-lamp.md") -> Document:
    page = parse(text)
    front = entries(page.front, 2)[0] if page.front else ()
    return describe(path, "0", page, front)


def banners(text: str) -> tuple[Banner, ...]:
    return banner_reach(parse(text))


@pytest.mark.parametrize(
    ("path", "number", "family"),
    [
        ("12-lamp.md", "12", ""),
        ("a/0012a-lamp-v3-notes.md", "0012a", "v3"),
        ("40-2-lamp.md", "40-2", ""),
        ("adr/ADR-0007-lamp.md", "ADR-0007", ""),
        ("0007.md", "0007", ""),
        ("2026-01-05-retro.md", "", ""),
        ("20260105-retro.md", "", ""),
        ("phase-2-lamp.md", "", ""),
        ("lamp-v2.md", "", "v2"),
        ("README.md", "", ""),
    ],
)
def test_number_and_family_come_from_the_file_name(path: str, number: str, family: str) -> None:
    assert identity(path) == (number, family)


def test_the_title_is_stated_else_the_first_top_heading_else_the_file_name() -> None:
    assert document("---\ntitle: Lamp plan\n---\n\n# Other\n").title == "Lamp plan"
    assert document("## Low\n\n# Lamp *plan*\n").title == "Lamp plan"
    assert document("no heading\n").title == "12-lamp"


@pytest.mark.parametrize(
    ("text", "status", "line"),
    [
        ("---\nowner: Kim\nstatus: In Review\n---\n# Lamp\n", "in review", 3),
        ("# Lamp\n\n**Status:** Draft. To be read by Kim.\n", "draft", 3),
        ("# Lamp\n\n**Owner**: Kim  \n**Status**: In *progress*  \n**Date**: 2026-01-02\n", "in progress", 4),
        ("# Lamp\n\n- Status: Accepted\n", "accepted", 3),
        ("# Lamp\n\n> **Status** Draft v2\n", "draft v2", 3),
        ("# Lamp\n\n## Status: Superseded (one lamp for all)\n", "superseded (one lamp for all)", 3),
        ("# Lamp\n\n## Status\n\nAccepted\n\n## Context\n", "accepted", 5),
        ("# Lamp\n\n| Field | Value |\n|---|---|\n| Status | Proposed |\n", "proposed", 5),
        ("# Lamp\n\n| Owner | Status |\n|---|---|\n| Kim | Proposed |\n", "proposed", 5),
        ("# Lamp\n\nOwner: Kim | Status: Active | Date: 2026-01-02\n", "active", 3),
        ("# Lamp\n\n> **Update (2026-01):** Deprecated. Use candles.\n", "deprecated", 3),
    ],
)
def test_a_status_is_found_in_all_its_forms(text: str, status: str, line: int) -> None:
    found = document(text)
    assert (found.status, found.status_line) == (status, line)


@pytest.mark.parametrize(
    "text",
    [
        "# Lamp\n\n## Login page\n\n**Status:** not started\n",
        "# Lamp\n\nThe status of the lamp: broken.\n",
        "# Lamp\n\n```\nStatus: on\n```\n",
    ],
)
def test_the_status_of_something_else_is_not_the_status_of_the_document(text: str) -> None:
    assert document(text).status == ""


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("---\nstatus: deprecated\n---\n# Lamp\n", "superseded"),
        ("---\nsuperseded_by: 13-candle.md\n---\n# Lamp\n", "superseded"),
        ("---\nsuperseded_by: 13-candle.md\nstatus: active\n---\n# Lamp\n", "live"),
        ("# Lamp\n\n**Status:** ❌ Archived (see 13)\n", "historical"),
        ("# Lamp\n\n**Status:** Implemented (supersedes 7)\n", "live"),
        ("# Lamp\n\n**Status:** Draft\n", "live"),
        ("# Lamp\n\n**Status:** Proposed\n", "live"),
        ("# Lamp\n\n## Status: Superseded (by a candle)\n\nText.\n", "superseded"),
        ("# Lamp _(Archived)_\n\nText.\n", "historical"),
        ("# Lamp DEPRECATED (see 13)\n\nText.\n", "superseded"),
        ("# Lamp _(partially archived)_\n\nText.\n", "live"),
        ("# Deprecated API removal\n\nText.\n", "live"),
        ("> **⚠️ WITHDRAWN – REPLACED BY [13](13-candle.md)**\n\n# Lamp\n", "superseded"),
        ("# Lamp\n\n> **Notice:** This runbook is superseded by `13-candle.md`.\n", "superseded"),
        ("# Lamp\n\n> **Notice:** Every step that burns a `wick` is deprecated.\n", "live"),
        ("# Lamp\n\nThis document is kept for historical context only.\n", "historical"),
        ("# Lamp\n\n> **Note:** Work moved on. Keep this file for history.\n", "historical"),
        ("# Lamp\n\n> This page keeps lamp names for their historical charm.\n", "live"),
        ("# Lamp\n\n> Note: by now this document is mostly superseded, see `13-candle.md`.\n", "live"),
        ("# Lamp\n\nStatements in this document are superseded by the decision below.\n", "live"),
        ("# Lamp\n\n> This page is historical where wicks are meant.\n", "live"),
        ("# Lamp\n\n**Historical context:** lamps burned oil.\n", "live"),
        ("# Lamp\n\n> Superseded terms: wick, oil.\n", "live"),
        ("# Lamp\n\n## Old flow\n\n> **Deprecated:** use the new flow.\n", "live"),
    ],
)
def test_only_a_statement_about_the_whole_document_mutes_it(text: str, standing: Standing) -> None:
    assert document(text).standing == standing


def test_a_banner_over_a_section_governs_that_section() -> None:
    text = (
        "# Lamp\n\n## New flow\n\nx\n\n## Old flow\n\n> **Deprecated:** use the\n> new flow.\n\n### Steps (archived)\n"
    )
    assert banners(text) == (
        Banner(9, 10, "superseded", "section", (), 2),
        Banner(12, 12, "historical", "section", (), 3),
    )


def test_a_banner_that_names_terms_governs_those_terms() -> None:
    text = "# Lamp\n\n> **Update (2026-01):** The `wick` and “oil can” forms are deprecated; use `led`.\n"
    assert banners(text) == (Banner(3, 3, "historical", "terms", ("wick", "oil can"), 0),)


def test_a_banner_over_the_document_says_where_it_stands() -> None:
    assert banners("# Lamp\n\nText.\n\n> This plan is retired.\n") == (Banner(5, 5, "superseded", "document", (), 0),)


def test_owners_are_named_one_by_one() -> None:
    assert document("---\nowners: [kim, lee]\n---\n# Lamp\n").owners == ("kim", "lee")
    assert document("# Lamp\n\n**Owners:** @kim, Team Light / lee\n").owners == ("kim", "Team Light", "lee")
    assert document("# Lamp\n\nThe owner pays.\n").owners == ()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("---\ncreated: 2025-03-01\nlast_reviewed: 2026-02-03\n---\n# Lamp\n\nBuilt 2027-01-01.\n", "2026-02-03"),
        ("# Lamp\n\n**Last updated:** Nov 6, 2025\n", "2025-11-06"),
        ("# Lamp\n\nDate: 6 March 2026\n", "2026-03-06"),
        ("# Lamp\n\n> **Update (2026-01):** moved.\n", "2026-01"),
        ("# Lamp\n\nStatus: Done (2026-02-17)\n", "2026-02-17"),
        ("# Lamp\n\nOn 2026-02-17 the lamp fell.\n", ""),
    ],
)
def test_the_date_is_the_latest_that_the_document_states_about_itself(text: str, date: str) -> None:
    assert document(text).date == date


def test_content_lines_leave_out_blank_lines_front_matter_and_fence_markers() -> None:
    found = document("---\nstatus: x\n---\n# Lamp\n\ntext\ntext\n\n```\ncode\n\ncode\n```\n")
    assert found.content_lines == 5
    assert found.digest == "0"
