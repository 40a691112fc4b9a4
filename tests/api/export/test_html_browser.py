"""The page in a real browser, opened from disk: it works, asks nobody, obeys its policy and runs no document's text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from naysay.api.export import html
from naysay.graph.views import View

SCRIPT = Path(__file__).with_name("browser.mjs")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (or CHROMIUM=path) to open the page; .ci/run installs it"),
]


def visited(page: Path, text: str, seek: str, folder: str = "") -> dict[str, Any]:
    """What the browser saw on its way through a page; screenshots go to the folder."""
    page.write_text(text, encoding="utf-8")
    environment = {**os.environ, "CHROMIUM": CHROMIUM, "SEEK": seek}
    command = ["node", str(SCRIPT), str(page), *([folder] if folder else [])]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=240)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def seen(
    node_modules: Path,
    tmp_path_factory: pytest.TempPathFactory,
    conflict_rows: Sequence[Mapping[str, object]],
    large_view: View,
) -> dict[str, Any]:
    text = "".join(
        html.render(conflict_rows, large_view, title="Conflicts", summary={"documents": 200, "claims": 1200})
    )
    folder = os.environ.get("NAYSAY_SCREENSHOTS", "")
    return visited(tmp_path_factory.mktemp("page") / "report.html", text, "term 77", folder)


@pytest.fixture(scope="module")
def hostile(
    node_modules: Path,
    tmp_path_factory: pytest.TempPathFactory,
    conflict_rows: Sequence[Mapping[str, object]],
    hostile_view: View,
    payloads: list[str],
) -> dict[str, Any]:
    assert len(payloads) >= 60
    summary = {text: text for text in payloads[:8]}
    text = "".join(html.render(conflict_rows, hostile_view, title=payloads[1], summary=summary))
    return visited(tmp_path_factory.mktemp("page") / "a page.html", text, "script")


def test_it_opens_without_error_request_or_violation(seen: dict[str, Any]) -> None:
    assert (seen["errors"], seen["requests"], seen["violations"], seen["dialogs"]) == ([], [], [], [])


def test_a_click_on_a_conflict_shows_both_quotes(
    seen: dict[str, Any], conflict_rows: Sequence[Mapping[str, Any]]
) -> None:
    row = conflict_rows[2]
    assert seen["second"]["id"] == f"#conflict-{row['id']}"
    assert seen["second"]["quotes"] == [row["a"]["quote"], row["b"]["quote"]]
    assert seen["linked"] == seen["second"]["quotes"]


def test_the_list_is_filtered_and_walked_by_keyboard(
    seen: dict[str, Any], conflict_rows: Sequence[Mapping[str, Any]]
) -> None:
    assert seen["listed"] == 100
    assert seen["after"] == f"#conflict-{conflict_rows[3]['id']}"
    assert seen["filtered"] == "1 of 600 conflicts"
    assert seen["typed"] == "300 of 600 conflicts"
    assert seen["severe"] == "400 of 600 conflicts"


def test_search_finds_a_node_and_pointing_names_it(seen: dict[str, Any]) -> None:
    assert seen["hits"][0] == "term 77\nterm"
    assert len(seen["hits"]) == 12
    assert all("77" in hit for hit in seen["hits"])
    assert seen["found"] == "term 77"
    assert seen["tip"].startswith(seen["found"])


def test_the_map_leads_to_the_evidence(seen: dict[str, Any]) -> None:
    assert len(seen["onMap"]) == 2


def test_the_overview_is_small_and_the_table_holds_the_rest(seen: dict[str, Any]) -> None:
    shown, _, rest = seen["overview"].partition(" of 2,000 nodes shown")
    assert int(shown) <= html.OVERVIEW
    assert "folded discs" in rest
    assert seen["rows"] == 100


def test_nothing_is_wider_than_a_small_screen(seen: dict[str, Any]) -> None:
    assert seen["sideways"] is False


@pytest.mark.parametrize("name", ["list", "map", "table", "dark list", "dark map"])
def test_axe_finds_nothing_serious(seen: dict[str, Any], name: str) -> None:
    assert seen["axe"][name] == []


def test_no_text_of_a_document_runs(hostile: dict[str, Any]) -> None:
    assert hostile["visited"] > 200
    assert (hostile["dialogs"], hostile["violations"], hostile["requests"], hostile["errors"]) == ([], [], [], [])
    assert hostile["hits"]
