"""Rules over references, numbers and names: each kind of fault, and where its sides stand."""

from collections.abc import Mapping

import pytest

from naysay.queries.algorithms import FUNCTIONS
from naysay.queries.corpus import read_texts
from naysay.queries.facts import place_of
from naysay.queries.ruleset import Hit

INDEX = "# Index\n\nThe table below lists every document of this set.\n\n- [20](20-queue.md)\n- [21](21-archive.md)\n"


def found(function: str, documents: Mapping[str, str]) -> list[Hit]:
    return sorted(FUNCTIONS[function](read_texts(documents).linkage, "NS999"))


def places(hit: Hit) -> list[str]:
    known = [place_of(side) for side in hit.sides]
    return [f"{place.path}:{place.span.line}" for place in known if place is not None]


def test_a_draft_that_replaces_an_accepted_document() -> None:
    (hit,) = found(
        "broken_supersession",
        {
            "21-new.md": "---\nstatus: draft\nreplaces: 20-old.md\n---\n\n# 21 – New\n",
            "20-old.md": "# 20 – Old\n\n**Status:** Accepted\n",
        },
    )
    assert places(hit) == ["21-new.md:3", "20-old.md:3"]
    assert "only a draft" in hit.why


def test_a_missing_successor_stands_against_the_index() -> None:
    documents = {"00-index.md": INDEX, "20-queue.md": "# 20 – Queue\n", "21-archive.md": "# 21 – Archive\n"}
    documents["22-new.md"] = "---\nsupersedes: 19-gone.md\n---\n\n# 22 – New\n"
    (hit,) = found("broken_supersession", documents)
    assert places(hit) == ["22-new.md:2", "00-index.md:3"]


def test_two_versions_that_are_both_in_force() -> None:
    text = "# Naming\n\n### Normative specification (closed)\n\nNames are short.\n"
    (hit,) = found("broken_supersession", {"50-naming.md": text, "50-naming-v2.md": text})
    assert places(hit) == ["50-naming-v2.md:3", "50-naming.md:3"]


def test_a_circle_of_three() -> None:
    def page(number: int, other: int) -> str:
        return f"# {number} – Page\n\n**Status:** Superseded by [{other}-page.md]({other}-page.md)\n"

    pages = {"40-page.md": page(40, 41), "41-page.md": page(41, 42), "42-page.md": page(42, 40)}
    (hit,) = found("broken_supersession", pages)
    assert places(hit) == ["42-page.md:3", "40-page.md:3", "41-page.md:3"]


def test_a_title_with_the_number_of_another_document() -> None:
    (hit,) = found(
        "overloaded_term",
        {"10-queue.md": "# 10 – Queue\n", "12-limits.md": "---\ntitle: 10 - Limits\n---\n\n## Intent\n\nTen.\n"},
    )
    assert places(hit) == ["12-limits.md:2", "10-queue.md:1"]
    assert hit.repair == "Write 12 in the title."


@pytest.mark.parametrize(("opening", "severity"), [("", ""), ("This document (17) covers the queue only.", "note")])
def test_a_number_that_two_documents_bear(opening: str, severity: str) -> None:
    documents = {"17-queue.md": f"# 17 – Queue\n\n{opening}\n", "17-archive.md": "# 17 – Archive\n"}
    (hit,) = found("overloaded_term", documents)
    assert hit.severity == severity


def test_a_number_of_many_documents_is_a_family() -> None:
    names = ("queue", "archive", "ports", "rooms")
    assert found("overloaded_term", {f"17-{name}.md": f"# 17 – {name.title()}\n" for name in names}) == []


def test_a_label_of_two_names() -> None:
    (hit,) = found(
        "overloaded_term",
        {
            "a.md": "# A\n\nMailCourier (formerly PostRunner) delivers mail.\n",
            "b.md": "# B\n\nBuildFarm (formerly PostRunner) compiles.\n",
        },
    )
    assert places(hit) == ["a.md:3", "b.md:3"]
    assert "PostRunner" in hit.why


def test_a_missing_document_stands_against_the_nearest_one() -> None:
    (hit,) = found(
        "dangling_reference",
        {
            "20-mail-queue.md": "# 20 – Mail queue\n",
            "21-archive.md": "# 21 – Archive\n\nSee [20-mail-queues.md](20-mail-queues.md).\n",
        },
    )
    assert places(hit) == ["21-archive.md:3", "20-mail-queue.md:1"]
    assert "the nearest is 20-mail-queue.md" in hit.why


def test_a_missing_document_without_a_nearest_one_stands_against_the_index() -> None:
    documents = {"00-index.md": INDEX, "20-queue.md": "# 20 – Queue\n"}
    documents["21-archive.md"] = "# 21 – Archive\n\nSee [33-x.md](33-x.md).\n"
    (hit,) = found("dangling_reference", documents)
    assert places(hit) == ["21-archive.md:3", "00-index.md:3"]


@pytest.mark.parametrize("anchor", ['<a id="limits"></a>', "<a id=limits></a>", "<a class=x NAME='limits'>"])
def test_an_anchor_that_html_sets_exists(anchor: str) -> None:
    documents = {"a.md": "# A\n\nSee [limits](b.md#limits).\n", "b.md": f"# B\n\n{anchor}\n\nTen.\n"}
    assert found("dangling_reference", documents) == []


def test_a_bare_number_that_a_live_document_also_bears_is_no_stale_citation() -> None:
    documents = {
        "30-delivery.md": "# 30 – Delivery\n\nCopied per 29.\n\nLimits are defined in [29-old.md](29-old.md).\n",
        "29-old.md": "# 29 – Old\n\n**Status:** Superseded by [29-new-v2.md](29-new-v2.md)\n",
        "29-new-v2.md": "# 29 – New\n",
    }
    (hit,) = found("stale_restatement", documents)
    assert places(hit) == ["30-delivery.md:5", "29-old.md:3"]
    assert hit.repair.startswith("Cite 29-new-v2.md in its place")
