"""One self-contained page with the conflicts and a map of a view; it opens from disk and never asks the network."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import cast

from ...graph.views import View
from .layout import Layout, layout
from .palette import NODE_ROLES, edge_role
from .regions import Region
from .text import visible, xml

OVERVIEW = 300
"""Places the map shows before anything is unfolded."""
SCRIPTS = ("dom.js", "fold.js", "map.js", "paint.js", "evidence.js", "list.js", "panel.js", "page.js")
"""The page's scripts in the order they run; they share one scope."""
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def render(
    conflicts: Sequence[Mapping[str, object]], view: View, *, title: str, summary: Mapping[str, object]
) -> Iterator[str]:
    """The page; ``conflicts`` are the objects of ``check --format jsonl``, ``summary`` is shown as name and value."""
    style, scripts = _source("page.css"), [_source(name) for name in SCRIPTS]
    texts = {
        "title": xml(title),
        "policy": xml(policy(style, scripts)),
        "style": f"<style>{style}</style>",
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    blocks = {"conflicts-data": list(conflicts), "summary-data": dict(summary), "graph-data": graph(view)}
    for piece in _source("page.html").split("@@"):
        if piece == "data":
            yield from (_block(name, value) for name, value in blocks.items())
        else:
            yield texts.get(piece, piece)


def policy(style: str, scripts: Sequence[str]) -> str:
    """The page's Content Security Policy (CSP 3): its own script and style by their hash, nothing else.

    >>> policy("", [])[:40]
    "default-src 'none'; script-src ; style-s"
    """
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; connect-src 'none'; img-src 'none'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def graph(view: View) -> dict[str, object]:
    """The view with its map as rows of plain values, in the order that ``fold.js`` reads."""
    places = layout(view)
    index = {node.id: number for number, node in enumerate(view.nodes)}
    return {
        "name": view.name,
        "title": view.title,
        "kinds": {kind: role.plural for kind, role in NODE_ROLES.items()},
        "nodes": [list(node) for node in view.nodes],
        "edges": [
            [index[edge.source], index[edge.target], edge_role(edge.kind), edge.label, edge.weight, edge.detail]
            for edge in view.edges
        ],
        "regions": [
            [place.parent, place.region.kind, place.region.label, *_rounded(place.circle), *_counts(place.region)]
            for place in places.places
        ],
        "open": sorted(unfolded(places)),
    }


def unfolded(places: Layout, limit: int = OVERVIEW) -> set[int]:
    """The discs that are open at first, while at most ``limit`` places show.

    From the outside in, larger ones earlier; documents only if every document can be, so that like is seen by like.
    """
    inside: dict[int, list[int]] = {}
    for number, place in enumerate(places.places):
        inside.setdefault(place.parent, []).append(number)
    found: set[int] = set()
    shown, level = 1, [0] if 0 in inside else []
    while level:
        for number in sorted(level, key=lambda one: (-places.places[one].region.size, one)):
            more = len(inside[number]) - 1
            if shown + more <= limit and (number == 0 or places.places[number].region.kind != "document"):
                found.add(number)
                shown += more
        level = [child for number in level if number in found for child in inside[number] if child in inside]
    return found | _all_documents(places, inside, found, limit - shown)


def _all_documents(places: Layout, inside: dict[int, list[int]], found: set[int], room: int) -> set[int]:
    documents = {one for one in inside if one >= 0 and places.places[one].region.kind == "document"}
    if any(places.places[one].parent not in found for one in documents):
        return set()
    more = sum(len(inside[one]) - 1 for one in documents)
    return documents if more <= room else set()


def _rounded(circle: tuple[float, float, float]) -> list[float]:
    return [round(value, 1) + 0.0 for value in circle]


def _counts(region: Region) -> list[int]:
    return [region.count, region.node]


def _block(name: str, value: object) -> str:
    return f'<script type="application/json" id="{name}">{embedded(value)}</script>\n'


def embedded(value: object) -> str:
    """JSON that is safe inside a script element: no markup can start or end in it.

    >>> embedded({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


def _clean(value: object) -> object:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        rows = cast("Mapping[object, object]", value)
        return {visible(str(key)): _clean(one) for key, one in rows.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(one) for one in cast("Sequence[object]", value)]
    return value


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _source(name: str) -> str:
    return files(__name__.rpartition(".")[0]).joinpath(name).read_text(encoding="utf-8")
