"""Texts made to hurt: each is read in bounded time, nothing is lost without a word, and nothing raises."""

from __future__ import annotations

import pytest

from naysay.ingest.markdown import INLINE_NESTING, NESTING, parse
from naysay.ingest.page import Page


def rules(page: Page) -> set[str]:
    """Rules of the diagnostics."""
    return {diagnostic.rule for diagnostic in page.diagnostics}


@pytest.mark.parametrize("prefix", ["> ", ">", "- ", "1. ", "> - "])
def test_ten_thousand_containers_on_a_line(prefix: str) -> None:
    page = parse(f"{prefix * 10_000}deep\n\nafter\n", "a.md")
    assert rules(page) == {"NS011"}
    assert page.diagnostics[0].path == "a.md"
    assert page.passages[-1].text == "after"
    assert page.passages[0].text.endswith("deep")


def test_ten_thousand_nested_lines_keep_what_follows() -> None:
    text = "".join(f"{' ' * (2 * depth)}- item {depth}\n" for depth in range(1_500)) + "\n# After\n"
    page = parse(text)
    assert rules(page) == {"NS011"}
    assert page.headings[-1].title == "After"
    assert "item 1499" in page.passages[-2].text


def test_nesting_within_the_limit_is_no_fault() -> None:
    page = parse("> " * (NESTING - 1) + "deep")
    assert (page.diagnostics, page.passages[0].quote) == ((), NESTING - 1)


def test_five_megabytes_on_one_line() -> None:
    page = parse("word *x* " * 550_000 + "\n\nafter\n")
    assert rules(page) == {"NS011"}
    assert [passage.span.line for passage in page.passages] == [1, 3]


def test_millions_of_lines() -> None:
    page = parse("a\n" * 2_500_000)
    assert rules(page) == {"NS011"}
    assert page.lines == 2_500_000
    assert page.constructs[-1] == ("unread", 200_001, 2_500_000)


def test_a_table_that_would_fill_itself_up() -> None:
    page = parse("|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + "|a\n" * 3000)
    assert len(page.passages) == 4000


@pytest.mark.parametrize(
    "text",
    [
        "[a" * 20_000,
        "[" * 20_000 + "a" + "]" * 20_000,
        "![" * 5_000 + "x" + "](u)" * 5_000,
        "*a **a " * 5_000 + "b" + " a** a*" * 5_000,
        "*a_ " * 10_000,
        "".join("e" + "`" * length for length in range(1, 300)),
        "[a](<" * 9_000,
        '[a](b "' * 7_000,
        "a <!-- b " * 5_000,
        "a <![CDATA[ " * 4_000,
        "&" * 40_000,
        "\\" * 40_000,
        "a|b\n" + "-|" * 20_000 + " " * 40_000 + "x",
        "[a\n" * 5_000,
        "".join(f"[r{number}]: /u{number}\n" for number in range(5_000)),
        "# a\n" * 5_000,
        "~~a " * 10_000,
    ],
)
def test_markup_made_to_be_slow(text: str) -> None:
    page = parse(text)
    assert page.passages or page.constructs
    assert rules(page) <= {"NS011"}


def test_a_reached_bracket_limit_is_told() -> None:
    assert rules(parse("[" * (INLINE_NESTING + 9) + "a" + "](u)" * (INLINE_NESTING + 9))) == {"NS011"}
    assert rules(parse("[[a](b)](c)")) == set()
