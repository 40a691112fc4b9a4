"""What the place of a use says of its being meant to hold: features of findings, told by small sets of documents."""

from __future__ import annotations

import pytest

from naysay.queries.findings import find_in

REMOVED = "# What changed in spring\n\n- Removed `tools/mail/drain-queue.sh`; the queue empties itself.\n"


def features(page: str, rule: str = "NS402") -> set[str]:
    """The features of the one finding of a rule about a page that uses what was removed."""
    found = [c for c in find_in({"docs/page.md": page, "docs/changes.md": REMOVED}) if c.rule == rule]
    assert len(found) == 1
    return {name for name, _ in found[0].features}


@pytest.mark.parametrize(
    ("page", "feature"),
    [
        ("# Mail\n\n## Plan\n\n- [x] Wrap `tools/mail/drain-queue.sh` in a timer\n", "record of finished work"),
        ("# Mail\n\n## Files modified\n\n- `tools/mail/drain-queue.sh` has a timer\n", "record of finished work"),
        (
            "# Mail\n\n**Status:** Completed\n\nThe timer calls `tools/mail/drain-queue.sh`.\n",
            "record of finished work",
        ),
        ("# Mail\n\n## State (2024-05-02)\n\nThe timer calls `tools/mail/drain-queue.sh`.\n", "dated section"),
        ("# Mail\n\n## Facts\n\n- **Root cause:** `tools/mail/drain-queue.sh` runs twice.\n", "tells what happened"),
        ("# Mail\n\n## Steps\n\n1. Run `tools/mail/drain-queue.sh` each night.\n", "instructs"),
        ("# Mail review\n\n## Timers\n\nA timer calls `tools/mail/drain-queue.sh`.\n", "review of one moment"),
        (
            "# Mail\n\n**Status:** Active\n\n## Timers\n\nOne calls `tools/mail/drain-queue.sh`.\n",
            "calls itself in force",
        ),
        ("# Mail\n\n```sh\n$ tools/mail/drain-queue.sh --all\n```\n", "instructs"),
    ],
)
def test_place_of_a_use(page: str, feature: str) -> None:
    assert feature in features(page)


@pytest.mark.parametrize("status", ["Implemented", "Active"])
def test_a_design_that_is_implemented_still_holds(status: str) -> None:
    page = f"# Mail\n\n**Status:** {status}\n\n## Design\n\nThe timer calls `tools/mail/drain-queue.sh`.\n"
    assert not features(page) & {"record of finished work", "dated section", "tells what happened"}


def test_a_note_on_some_sections_reaches_those_it_describes() -> None:
    opening = "# Mail\n\nTreat the “night timer” sections below as legacy.\n" + "\nMail goes out at once.\n" * 20
    legacy = "## Night timer\n\nThe timer calls `tools/mail/drain-queue.sh`.\n"
    other = "## Queue\n\nThe operator calls `tools/mail/drain-queue.sh`.\n"
    assert "section called legacy" in features(opening + legacy)
    assert "section called legacy" not in features(opening + other)


def test_a_deferred_design_is_named() -> None:
    pages = {
        "docs/ports.md": (
            "# Port table\n\n**Status:** Reference design (deferred)\n\n"
            "The port table is the source of truth for service ports.\n"
        ),
        "docs/chart.md": "# Chart\n\nThe chart values are the source of truth for service ports.\n",
    }
    found = [c for c in find_in(pages) if c.rule == "NS205"]
    assert len(found) == 1
    assert "deferred design" in dict(found[0].features)


@pytest.mark.parametrize(
    ("status", "boxes", "feature"),
    [("Completed", " ", "nothing ticked"), ("Completed", "x ", ""), ("TODO", "x", "all parts")],
)
def test_a_list_none_of_which_is_ticked_is_told_apart(status: str, boxes: str, feature: str) -> None:
    tasks = "".join(f"- [{boxes[i % len(boxes)]}] {task}\n" for i, task in enumerate(("Read", "Sort", "Send", "Store")))
    page = f"# Mail importer\n\n**Status:** {status}\n\n## Tasks\n\n{tasks}"
    found = [c for c in find_in({"docs/importer.md": page}) if c.rule == "NS401"]
    assert len(found) == 1
    assert {name for name, _ in found[0].features} & {"nothing ticked", "all parts"} == ({feature} - {""})


@pytest.mark.parametrize(
    ("said", "in_a_label"),
    [("The relay starts with Vault-managed mail keys.", True), ("The mail keys are Vault-managed.", False)],
)
def test_an_authority_told_in_a_label_is_named(said: str, *, in_a_label: bool) -> None:
    pages = {
        "docs/keys.md": "# Keys\n\nThe KeyMaker is the source of truth for mail keys.\n",
        "docs/relay.md": f"# Relay\n\nSee [keys](keys.md).\n\n{said}\n",
    }
    found = [c for c in find_in(pages) if c.rule == "NS205"]
    assert len(found) == 1
    assert ("authority in a label" in dict(found[0].features)) == in_a_label
