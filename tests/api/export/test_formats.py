"""What every format promises, whatever the view holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from naysay.api.export import FORMATS
from naysay.graph.views import View

DRAW = """
from naysay.api.export import FORMATS
from naysay.graph.views import View, ViewEdge, ViewNode
nodes = tuple(ViewNode(f"n{n}", f"l{n}", "term", "g", n % 5 + 1, f"d{n % 7}/f{n % 3}.md", n, "") for n in range(60))
edges = tuple(ViewEdge(f"e{n}", f"n{n}", f"n{n * 7 % 60}", "denied", "x", 1, "") for n in range(60))
for name, render in FORMATS.items():
    print(name, "".join(render(View("v", "V", nodes, edges))))
"""


def test_the_registry_is_sorted() -> None:
    assert list(FORMATS) == sorted(FORMATS)
    assert list(FORMATS) == ["cytoscape", "dot", "gexf", "graphml", "mermaid", "svg"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_view_leaves_no_unprintable_character(name: str, hostile_view: View) -> None:
    text = "".join(FORMATS[name](hostile_view))
    assert text.isascii() or not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff\ufffe]", text
    )
    assert text.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_view_is_rendered(name: str) -> None:
    assert "".join(FORMATS[name](View("none", "Nothing", (), ())))


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    def drawn(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.run([sys.executable, "-c", DRAW], env=environment, check=True, capture_output=True).stdout

    assert len(drawn("1")) > 20_000
    assert drawn("1") == drawn("2")
