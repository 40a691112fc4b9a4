"""What a page says about its text: passages and their context, tables, code and everything that is none of these."""

from __future__ import annotations

import pytest

from naysay.graph.model import Heading
from naysay.ingest.markdown import parse
from naysay.ingest.page import Construct, Fence, Mark, Page, Passage, Run


def texts(page: Page) -> list[str]:
    """Plain texts of the passages."""
    return [passage.text for passage in page.passages]


def only(text: str) -> Passage:
    """The single passage of a text."""
    (passage,) = parse(text).passages
    return passage


def constructs(text: str) -> list[tuple[str, int, int]]:
    """Kinds and lines of the constructs of a text."""
    return [(found.kind, found.line, found.end_line) for found in parse(text).constructs]


def test_headings_know_their_parents_and_sections() -> None:
    page = parse("intro\n\n# A\n\n### B\ntext\n\nC\n---\n\n# D\n")
    assert page.headings == (
        Heading(3, 1, "A", -1),
        Heading(5, 3, "B", 0),
        Heading(8, 2, "C", 0),
        Heading(11, 1, "D", -1),
    )
    assert [(passage.text, passage.section) for passage in page.passages] == [
        ("intro", -1),
        ("A", 0),
        ("B", 1),
        ("text", 1),
        ("C", 2),
        ("D", 3),
    ]


def test_a_heading_in_a_quote_does_not_govern_what_follows_it() -> None:
    page = parse("# A\n\n> # B\n> inside\n\noutside\n")
    assert page.headings[1] == Heading(3, 1, "B", 0)
    assert [(passage.text, passage.section, passage.quote) for passage in page.passages][2:] == [
        ("inside", 1, 1),
        ("outside", 0, 0),
    ]


def test_the_lead_is_the_paragraph_before_the_list_in_its_section() -> None:
    page = parse("The cluster enforces:\n\n- a\n- b\n\n  more\n\n# H\n\n- c\n")
    leads = {passage.text: passage.lead for passage in page.passages}
    assert leads == {"The cluster enforces:": -1, "a": 0, "b": 0, "more": 0, "H": -1, "c": -1}


def test_nested_items_know_their_parents() -> None:
    page = parse("Lead:\n\n- a\n  1. b\n\n     more\n  - c\n- d\n")
    found = [(item.text, item.parent, item.lead, item.depth, item.ordered) for item in page.passages[1:]]
    assert found == [
        ("a", -1, 0, 1, False),
        ("b", 1, 1, 2, True),
        ("more", 2, 1, 2, True),
        ("c", 1, 1, 2, False),
        ("d", -1, 0, 1, False),
    ]


@pytest.mark.parametrize(
    ("text", "plain", "checked", "column"),
    [
        ("- [ ] open", "open", False, 7),
        ("- [x] done", "done", True, 7),
        ("1. [X]  done", "done", True, 9),
        ("> - [x] **done**", "done", True, 9),
        ("- [x]", "[x]", None, 3),
        ("- [x](u)", "x", None, 3),
        ("[x] no item", "[x] no item", None, 1),
    ],
)
def test_task_boxes(text: str, plain: str, checked: bool | None, column: int) -> None:
    passage = only(text)
    assert (passage.text, passage.checked, passage.span.column) == (plain, checked, column)


def test_only_the_first_paragraph_of_an_item_has_a_box() -> None:
    assert [passage.checked for passage in parse("- [x] a\n\n  [ ] b\n").passages] == [True, None]


def test_tables_keep_rows_columns_and_leads() -> None:
    page = parse("# H\n\nPorts:\n\n| name | port |\n|---|--:|\n| api | `80` |\n| | x | cut |\n| only\n")
    (table,) = page.tables
    assert table.rows == ((2, 3), (4, 5), (-1, 6), (7,))
    assert (table.lead, table.section) == (1, 0)
    assert [(cell.text, cell.row, cell.column, cell.lead) for cell in page.passages[2:]] == [
        ("name", 0, 0, 1),
        ("port", 0, 1, 1),
        ("api", 1, 0, 1),
        ("80", 1, 1, 1),
        ("x", 2, 1, 1),
        ("only", 3, 0, 1),
    ]
    assert constructs("a | b\n--|--\n | | \n") == [("table-rule", 2, 2), ("empty-row", 3, 3)]


def test_a_cell_gives_up_the_backslash_of_its_pipes() -> None:
    cell = parse("| a |\n|---|\n| x \\| `y\\|z` |\n").passages[1]
    assert cell.text == "x | y|z"
    assert cell.runs == (Run(0, 2, 3, 3), Run(2, 2, 3, 6), Run(4, 1, 3, 9), Run(5, 2, 3, 11))


def test_fences_say_where_their_lines_stand() -> None:
    page = parse("Set:\n\n- in\n\n  ```YAML title=x\n  a: 1\n\n    b: 2\n  ```\n")
    assert page.fences == (Fence("yaml", "a: 1\n\n  b: 2", 6, (3, 1, 3), -1, 1, 0),)
    assert Construct("fence-marker", 5, 5) in page.constructs
    assert Construct("fence-marker", 9, 9) in page.constructs


def test_code_blocks_of_other_kinds() -> None:
    assert parse("> ~~~\n> x\n").fences == (Fence("", "x", 2, (3,), -1, -1, 1),)
    assert parse("a\n\n    x\n\n    y\n").fences == (Fence("", "x\n\ny", 3, (5, 1, 5), -1, 0, 0),)
    assert parse("```\n```\n").fences == (Fence("", "", 2, (), -1, -1, 0),)


def test_front_matter_stands_at_the_start_only() -> None:
    page = parse("---\ntitle: A\n# note\n---\n# B\n")
    assert (page.front, page.headings, page.passages[0].span.line) == ("title: A\n# note", (Heading(5, 1, "B", -1),), 5)
    assert page.constructs == (Construct("front-matter", 1, 4),)
    assert parse("\n---\ntitle: A\n---\n").front == ""
    assert parse("---\ntitle: A\n").front == ""
    assert parse("---\n\nprose\n\n---\n").front == ""


def test_lines_without_passages_are_named() -> None:
    text = "***\n\n[a]: /u\n\n<div>\nx\n</div>\n\nT\n==\n\n-\n- x\n\n>\n\n#\n"
    assert constructs(text) == [
        ("rule", 1, 1),
        ("reference-definition", 3, 3),
        ("html", 5, 7),
        ("setext-underline", 10, 10),
        ("empty-item", 12, 12),
        ("empty-quote", 15, 15),
        ("empty-heading", 17, 17),
    ]


def test_white_space_that_is_not_blank() -> None:
    assert constructs("\u00a0\n\n> \u2028\n\n\u3000\na\n") == [("blank", 1, 1), ("blank", 3, 3), ("blank", 5, 5)]


def test_comments_are_kept_apart() -> None:
    page = parse("<!-- one\ntwo -->\n\na <!-- three --> b\n")
    assert page.comments == ((1, "one\ntwo"), (4, "three"))
    assert texts(page) == ["a  b"]


def test_marks_cover_the_plain_text() -> None:
    passage = only("**a `b`** [c *d*](x.md) ![e](f.png) ~~g~~ <https://h.example>")
    assert passage.text == "a b c d e g https://h.example"
    assert sorted(passage.marks) == [
        Mark("code", 2, 3),
        Mark("em", 6, 7),
        Mark("image", 8, 9, "f.png"),
        Mark("link", 4, 7, "x.md"),
        Mark("link", 12, 29, "https://h.example"),
        Mark("strike", 10, 11),
        Mark("strong", 0, 3),
    ]


@pytest.mark.parametrize(
    ("text", "plain", "runs"),
    [
        ("a\\*b", "a*b", [(0, 1, 1, 1), (1, 2, 1, 3)]),
        ("a&amp;b", "a&b", [(0, 1, 1, 1), (2, 1, 1, 7)]),
        ("a\nb", "a b", [(0, 1, 1, 1), (2, 1, 2, 1)]),
        ("a  \nb", "a\nb", [(0, 1, 1, 1), (2, 1, 2, 1)]),
        ("`` a`b ``", "a`b", [(0, 3, 1, 4)]),
        ("`a\nb`", "a b", [(0, 1, 1, 2), (2, 1, 2, 1)]),
        ("2 * 3", "2 * 3", [(0, 5, 1, 1)]),
        ("a<br>b", "a\nb", [(0, 1, 1, 1), (2, 1, 1, 6)]),
        ("a <b>c</b> <env>", "a c <env>", [(0, 2, 1, 1), (2, 1, 1, 6), (3, 6, 1, 11)]),
        ("> a\n> b", "a b", [(0, 1, 1, 3), (2, 1, 2, 3)]),
        ("a\0b", "a\ufffdb", [(0, 1, 1, 1), (2, 1, 1, 3)]),
        ("\t\U0001f600 x", None, []),
        ("- \U0001f600 *x*", "\U0001f600 x", [(0, 2, 1, 3), (2, 1, 1, 6)]),
    ],
)
def test_runs_are_one_to_one(text: str, plain: str | None, runs: list[tuple[int, int, int, int]]) -> None:
    page = parse(text)
    if plain is None:
        assert page.passages == ()
        return
    assert page.passages[0].text == plain
    assert [tuple(run) for run in page.passages[0].runs] == runs


def test_positions_are_those_of_the_text_as_written() -> None:
    page = parse("\ufeff# A\r\n\r- \tb\u2028c\r\n  d\n")
    assert [str(passage.span) for passage in page.passages] == ["L1.3-L1.4", "L3.4-L4.4"]
    assert page.passages[1].text == "b\u2028c d"
    assert page.lines == 4


def test_footnotes() -> None:
    page = parse("Claim.[^a]\n\n[^a]: Because\n    of this.\n")
    assert [(passage.kind, passage.text) for passage in page.passages] == [
        ("paragraph", "Claim."),
        ("footnote", "Because of this."),
    ]


def test_locate_finds_the_words_of_a_passage() -> None:
    passage = only("The **cluster**\nhas `no` keys")
    start = passage.text.index("no keys")
    assert str(passage.locate(start, start + 7)) == "L2.6-L2.14"


@pytest.mark.parametrize(("text", "lines"), [("", 0), ("\n", 1), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("a\r\rb", 3)])
def test_lines_are_counted(text: str, lines: int) -> None:
    assert parse(text).lines == lines
