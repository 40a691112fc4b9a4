"""The page as text: its policy fits its scripts, its data comes back, nothing in it can break out."""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from naysay.api.export import html
from naysay.api.export.layout import layout
from naysay.graph.views import View, ViewNode

SOURCES = Path(html.__file__).parent


class Page(HTMLParser):
    """What a browser would find in the page: the text of scripts, styles and the policy."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.blocks: dict[str, str] = {}
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.policy = ""
        self.title = ""
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self._open: tuple[str, str] = ("", "")
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        self.names |= values.keys()
        self._open = (tag, values.get("id") or "")
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ("", "")

    def handle_data(self, data: str) -> None:
        tag, name = self._open
        if tag == "script" and name:
            self.blocks[name] = self.blocks.get(name, "") + data
        elif tag == "script":
            self.scripts.append(data)
        elif tag == "style":
            self.styles.append(data)
        elif tag == "title":
            self.title += data


@pytest.fixture(scope="module")
def page(conflict_rows: Sequence[Mapping[str, object]], hostile_view: View) -> Page:
    title = "<script>alert('title')</script>"
    return Page("".join(html.render(conflict_rows, hostile_view, title=title, summary={"<b>": "</script>"})))


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_pages_own_script_and_style_only(page: Page) -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
    assert rules["default-src"] == rules["connect-src"] == "'none'"
    assert rules["script-src"].split() == [digest(script) for script in page.scripts]
    assert rules["style-src"].split() == [digest(style) for style in page.styles]
    assert len(page.scripts) == len(html.SCRIPTS)
    assert len(page.styles) == 1


def test_no_markup_acts_by_itself(page: Page) -> None:
    assert not {name for name in page.names if name.startswith("on") or name in ("style", "src", "srcdoc")}
    assert not page.tags & {"iframe", "img", "object", "embed", "link", "base", "svg"}
    assert page.title == "<script>alert('title')</script>"


def test_the_conflicts_come_back(page: Page, conflict_rows: Sequence[Mapping[str, object]]) -> None:
    found = json.loads(page.blocks["conflicts-data"])
    assert json.loads(json.dumps(found)) == json.loads(html.embedded(list(conflict_rows)))
    assert [row["id"] for row in found] == [row["id"] for row in conflict_rows]
    assert json.loads(page.blocks["summary-data"]) == {"<b>": "</script>"}


def test_data_blocks_hold_no_markup(page: Page) -> None:
    for text in page.blocks.values():
        assert not re.search("[<>&\u2028\u2029\x00-\x08]", text)


def test_the_graph_has_every_node_and_edge(page: Page, hostile_view: View) -> None:
    found: dict[str, Any] = json.loads(page.blocks["graph-data"])
    assert (len(found["nodes"]), len(found["edges"])) == (len(hostile_view.nodes), len(hostile_view.edges))
    assert sorted(row[7] for row in found["regions"] if row[7] >= 0) == list(range(len(hostile_view.nodes)))


def test_the_overview_shows_at_most_three_hundred_places(large_view: View) -> None:
    places = layout(large_view)
    found = html.unfolded(places)
    assert 100 < shown(found, [place.parent for place in places.places]) <= html.OVERVIEW


def test_a_crowd_in_one_folder_is_put_in_ranges() -> None:
    nodes = tuple(ViewNode(f"n{n:05d}", "x", "term", "", 1, f"{n:05d}.md", 0, "") for n in range(5000))
    places = layout(View("v", "V", nodes, ()))
    assert 100 < shown(html.unfolded(places), [place.parent for place in places.places]) <= html.OVERVIEW


def test_documents_are_unfolded_all_or_none(large_view: View, small_view: View) -> None:
    for view, wanted in ((large_view, {False}), (small_view, {True})):
        places = layout(view)
        found = html.unfolded(places)
        discs = {n for n, place in enumerate(places.places) if place.region.kind == "document"}
        assert {number in found for number in discs} == wanted


def test_the_same_input_gives_the_same_bytes(conflict_rows: Sequence[Mapping[str, object]], large_view: View) -> None:
    one, two = (
        "".join(html.render(conflict_rows, large_view, title="T", summary={"documents": 200})) for _ in range(2)
    )
    assert one == two


def test_an_empty_report_is_a_page() -> None:
    assert "".join(html.render([], View("none", "Nothing", (), ()), title="T", summary={})).endswith("</html>\n")


@pytest.mark.parametrize("name", html.SCRIPTS)
def test_the_scripts_never_parse_text_as_markup(name: str) -> None:
    text = (SOURCES / name).read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|import\(", text
    )
    assert "</script" not in text
    assert text.startswith("// @ts-check\n")


@pytest.mark.slow
def test_the_scripts_are_well_typed(node_modules: Path) -> None:
    options = [
        "--noEmit",
        "--checkJs",
        "--allowJs",
        "--strict",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom,dom.iterable",
    ]
    command = [str(node_modules / ".bin" / "tsc"), *options, "--types", "", *html.SCRIPTS]
    done = subprocess.run(command, cwd=SOURCES, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout


def shown(opened: set[int], parents: list[int]) -> int:
    """Places that stand in the picture and are not unfolded themselves."""
    visible = {0}
    for number, parent in enumerate(parents):
        if parent in opened and parent in visible:
            visible.add(number)
    return len(visible - opened)
