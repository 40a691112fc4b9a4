"""Mermaid flowcharts as Mermaid's own parser reads them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from naysay.api.export import mermaid
from naysay.api.export.selection import largest
from naysay.graph.views import View, ViewEdge, ViewNode

READER = Path(__file__).with_name("mermaid.mjs")


def parsed(*texts: str) -> list[dict[str, object]]:
    """The counts that Mermaid finds in each diagram; a diagram it refuses fails the test."""
    done = subprocess.run(
        ["node", str(READER)], input=json.dumps(texts), capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("node_modules")
def test_mermaid_reads_every_node_and_edge(small_view: View, hostile_view: View, large_view: View) -> None:
    small, hostile, large = parsed(*("".join(mermaid.render(view)) for view in (small_view, hostile_view, large_view)))
    assert (small["nodes"], small["edges"]) == (len(small_view.nodes), len(small_view.edges))
    assert (hostile["nodes"], hostile["edges"]) == (len(hostile_view.nodes), len(hostile_view.edges))
    part = largest(large_view, mermaid.MAX_NODES, mermaid.MAX_EDGES).view
    assert (large["nodes"], large["edges"]) == (len(part.nodes), len(part.edges))


def test_a_large_view_is_cut_and_says_so(large_view: View) -> None:
    text = "".join(mermaid.render(large_view))
    assert len(text.encode("utf-16-le")) // 2 <= mermaid.MAX_CHARACTERS
    assert re.search(r"Cut to the largest conflicts: \d+ of 2,000 nodes and \d+ of 1,200 edges are shown", text)


def test_long_labels_are_cut_to_the_limit_of_characters() -> None:
    nodes = tuple(ViewNode(f"n{n:03d}", "\N{GRINNING FACE}" * 90, "term", "", 1, "", 0, "") for n in range(300))
    edges = tuple(
        ViewEdge(f"e{n:03d}", f"n{n % 300:03d}", f"n{n * 7 % 300:03d}", "denied", "#" * 90, 1, "") for n in range(600)
    )
    text = "".join(mermaid.render(View("v", "V", nodes, edges)))
    assert len(text.encode("utf-16-le")) // 2 <= mermaid.MAX_CHARACTERS
    assert "Cut to the largest" in text


def test_a_view_that_fits_says_nothing_of_a_cut(small_view: View) -> None:
    assert "Cut" not in "".join(mermaid.render(small_view))
