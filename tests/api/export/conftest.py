"""Views to export: a small one, a large one, and one whose every text is hostile."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from naysay.graph.views import View, ViewEdge, ViewNode

HERE = Path(__file__).parent
CONTROLS = ["a\x00b", "tab\there", "line\nbreak", "\x1b[31m", "nel\x85", "\u202egnp.exe", "\ud800", "\ufffe", "\u2028"]
FOLDERS = ("adr", "guides", "ops", "ops/runbooks", "platform/identity", "platform/network")


@pytest.fixture(scope="session")
def payloads() -> list[str]:
    found: list[str] = json.loads((HERE / "payloads.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def small_view() -> View:
    nodes = (
        ViewNode(
            "conflict:c1", "NS201 gateway port", "conflict", "conflicting-value", 2, "ops/a.md", 4, "8080 or 9090"
        ),
        ViewNode("document:ops/a.md", "ops/a.md", "document", "ops", 1, "ops/a.md", 0, "1 sides"),
        ViewNode("document:ops/b.md", "ops/b.md", "document", "ops", 1, "ops/b.md", 0, "1 sides"),
        ViewNode("term:alone", "alone", "term", "", 1, "", 0, ""),
    )
    edges = (
        ViewEdge("edge:1", "conflict:c1", "document:ops/a.md", "side", "L4", 1, "The gateway listens on 8080."),
        ViewEdge("edge:2", "conflict:c1", "document:ops/b.md", "side", "L9", 1, "The gateway listens on 9090."),
        ViewEdge("edge:3", "document:ops/b.md", "document:ops/a.md", "supersedes", "supersedes", 2, ""),
        ViewEdge("edge:4", "document:ops/b.md", "document:ops/a.md", "mention", "mention", 1, ""),
        ViewEdge("edge:5", "document:ops/b.md", "document:ops/b.md", "denied", "not itself", 1, ""),
    )
    return View("conflicts", "Where the documents conflict", nodes, edges)


@pytest.fixture(scope="session")
def hostile_view(payloads: list[str]) -> View:
    texts = [*payloads, *CONTROLS]
    nodes = tuple(
        ViewNode(
            f"term:{number:03d}{text}", text, "term", text, 1 + number % 7, f"{text}/{number % 9}.md", number, text
        )
        for number, text in enumerate(texts)
    )
    edges = tuple(
        ViewEdge(f"edge:{number:03d}{text}", one.id, two.id, text, text, 1, text)
        for number, (text, one, two) in enumerate(zip(texts, nodes, nodes[1:] + nodes[:1], strict=True))
    )
    return View('x"><script>alert(1)</script>', "</title><script>alert(1)</script>", nodes, edges)


@pytest.fixture(scope="session")
def large_view() -> View:
    """2,000 nodes: 200 documents, 600 conflicts between them and 1,200 terms."""
    chance = random.Random(7)
    paths = [f"{chance.choice(FOLDERS)}/{number:03d}-policy.md" for number in range(200)]
    documents = [ViewNode(f"document:{path}", path, "document", "", 3, path, 0, "") for path in paths]
    conflicts: list[ViewNode] = []
    edges: list[ViewEdge] = []
    for number in range(600):
        one, two = chance.sample(paths, 2)
        key = f"conflict:{number:04x}"
        size = 2 + number % 3
        conflicts.append(ViewNode(key, f"NS201 port {number}", "conflict", "conflicting-value", size, one, 3, "why"))
        for side, path in enumerate((one, two)):
            edges.append(ViewEdge(f"edge:{number:04x}{side}", key, f"document:{path}", "side", "L3", 1, "quote"))
    terms = [ViewNode(f"term:{n:04d}", f"term {n}", "term", "", 1 + n % 40, paths[n % 200], 2, "") for n in range(1200)]
    nodes = tuple(sorted([*documents, *conflicts, *terms]))
    return View("conflicts", "Where the documents conflict", nodes, tuple(sorted(edges)))


@pytest.fixture(scope="session")
def conflict_rows(large_view: View, payloads: list[str]) -> list[Mapping[str, object]]:
    """A row of ``check --format jsonl`` for each conflict of the large view; the first ones are hostile."""
    ends: dict[str, list[str]] = {}
    for edge in large_view.edges:
        ends.setdefault(edge.source, []).append(edge.target.removeprefix("document:"))
    names = [node.id.removeprefix("conflict:") for node in large_view.nodes if node.kind == "conflict"]
    rows: list[Mapping[str, object]] = []
    for number, name in enumerate(names):
        text = payloads[number] if number < len(payloads) else f"statement {number}"
        sides = [_side(path, f"{text} {letter}") for path, letter in zip(ends[f"conflict:{name}"], "ab", strict=True)]
        rows.append(_row(name, text, number, sides))
    return rows


def _side(path: str, quote: str) -> dict[str, object]:
    scope = [{"dimension": "environment", "value": quote, "source": "heading"}]
    place = {"file": path, "line": 3, "column": 1, "line_end": 3}
    return {**place, "quote": quote, "standing": "live", "scope": scope, "headings": [quote, "Limits"]}


def _row(name: str, text: str, number: int, sides: list[dict[str, object]]) -> dict[str, object]:
    return {
        "id": name,
        "type": "conflicting-value" if number % 2 else "negation",
        "rule": "NS201" if number % 2 else "NS101",
        "severity": ("error", "warning", "note")[number % 3],
        "confidence": 0.9,
        "subject": text,
        "a": sides[0],
        "b": sides[1],
        "why": text,
        "witness": {"environment": text},
        "repair": text,
        "also": [text],
    }
