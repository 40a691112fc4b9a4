"""Positions held against markdown-it itself: the CommonMark examples and invented texts."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from naysay.ingest import markdown
from naysay.ingest.inline import Inline
from naysay.ingest.page import Page

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)

INLINE = (
    *("a", "B c", "é", "\U0001f600", "1", " ", "  ", "\t", ".", ":", "-", '"', "x_y"),
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "~",
        "~~",
        "\\",
        "!",
        "[",
        "]",
        "(",
        ")",
        "](u)",
        "<",
        ">",
        "&",
        "&amp;",
        "&#65;",
    ),
    *(
        "**bold**",
        "`code`",
        "[a](b_c.md)",
        "[`n`](m)",
        "![i](j)",
        "<env>",
        "<br>",
        "<b>",
        "<https://e.example/>",
        "[r]",
        "\\|",
    ),
)
LINES = (
    *(
        "",
        "",
        "# ",
        "## ",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        ">",
        "- [ ] ",
        "- [x] ",
        "    ",
        "  ",
        "\t",
        "   - ",
        "> - ",
    ),
    *("```", "~~~ yaml", "---", "===", "| ", "|---|---|", "a | b", "--|--", "<div>", "<!-- c -->", "[r]: /u", "***"),
)
inlines = st.lists(st.sampled_from(INLINE), max_size=8).map("".join)
lines = st.tuples(st.sampled_from(LINES), inlines).map("".join)
documents = st.lists(st.tuples(lines, st.sampled_from(("\n", "\n", "\n", "\r\n", "\r"))).map("".join), max_size=14).map(
    "".join
)


def load() -> Callable[[str], Iterator[str]]:
    """The checks that also run over folders of documents."""
    found = importlib.util.spec_from_file_location("check_spans", ROOT / "benchmarks" / "check_spans.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    faults: Callable[[str], Iterator[str]] = module.faults
    return faults


faults = load()


@pytest.mark.slow
def test_the_commonmark_examples(node_modules: Path) -> None:
    spec = node_modules / "commonmark-spec" / "spec.txt"
    examples = [match.replace("→", "\t") for match in EXAMPLE.findall(spec.read_text("utf-8"))]
    assert len(examples) == 652
    assert [(text, fault) for text in examples for fault in faults(text)] == []


@settings(max_examples=400, deadline=None)
@example("- `a\n      b`\n")
@example("> - a\nlazy\n\n\t- b\n")
@example("| a |\n|---|\n| `x\\|y` \\| z | cut |\n")
@example("`\n|---|---|\n    `code`\n")
@example("***a** b*\n_c __d___\n~~~~~e~~~~~ f\n")
@given(documents)
def test_invented_documents(text: str) -> None:
    assert list(faults(text)) == []


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="a \n\t*_`[]()<>!&;\\#-+=|:~1.\r\0\ufeff\u2028\U0001f600", max_size=60))
def test_any_text_is_read_whole(text: str) -> None:
    page = markdown.parse(text)
    claimed = sum(len(passage.segments) for passage in page.passages) + len(page.fences) + len(page.constructs)
    assert bool(claimed) == bool(text.replace("\ufeff", "", text.startswith("\ufeff")).strip(" \t\r\n"))


def readings(page: Page) -> list[object]:
    """Everything that the two ways through inline content must agree on."""
    return [(passage.text, passage.runs, sorted(passage.marks)) for passage in page.passages]


def refused(_content: str, _definitions: bool) -> Inline | None:
    """No content is a common case."""
    return None


@settings(max_examples=400, deadline=None)
@example("a **b** (**c**) **d**: `e` [f_g](h) [`i`](j)")
@example("**a**b ** c ** **d.**e")
@given(inlines)
def test_the_short_way_reads_like_the_parser(content: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        short = [readings(markdown.parse(content + rest)) for rest in ("", "\n\n[r]: /u\n")]
        patch.setattr(markdown, "read_common", refused)
        assert short == [readings(markdown.parse(content + rest)) for rest in ("", "\n\n[r]: /u\n")]
