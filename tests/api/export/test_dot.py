"""DOT as Graphviz reads it back."""

from __future__ import annotations

import shutil
import subprocess
from xml.etree import ElementTree

import pytest

from naysay.api.export import dot
from naysay.api.export.text import shortened
from naysay.graph.views import View

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("dot") is None,
        reason="needs Graphviz to read DOT back; naysay does without it, and .ci/run installs it",
    ),
]


def graphviz(text: str, *command: str) -> str:
    return subprocess.run(command, input=text, check=True, capture_output=True, encoding="utf-8", timeout=120).stdout


@pytest.mark.parametrize("name", ["small_view", "large_view", "hostile_view"])
def test_graphviz_reads_every_node_and_edge(name: str, request: pytest.FixtureRequest) -> None:
    view: View = request.getfixturevalue(name)
    nodes, edges, *_ = graphviz("".join(dot.render(view)), "gc", "-n", "-e").split()
    assert (int(nodes), int(edges)) == (len(view.nodes), len(view.edges))


def test_labels_are_drawn_as_written(hostile_view: View) -> None:
    drawn = graphviz("".join(dot.render(hostile_view)), "dot", "-Tsvg")
    tree = ElementTree.fromstring(drawn)
    texts = {element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")}
    wanted = {shortened(node.label, dot.LABEL_LIMIT) for node in hostile_view.nodes}
    assert {text.replace("\xa0", " ") for text in texts if text} >= {text for text in wanted if text}
    assert not list(tree.iter("{http://www.w3.org/2000/svg}script"))
    assert not [element for element in tree.iter() if element.get("{http://www.w3.org/1999/xlink}href")]
