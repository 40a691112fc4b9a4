"""SPARQL results as an aligned table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from .paint import paint
from .plain import Look, clip, columns, one_line
from .wording import counted

_WIDEST = 60


def render(results: dict[str, Any], look: Look) -> Iterator[str]:
    """Results in the JSON form of the W3C (SPARQL 1.1 Query Results JSON Format) as lines; ASK gives yes or no."""
    if "boolean" in results:
        yield "yes" if results["boolean"] else "no"
        return
    names = cast("list[str]", results["head"]["vars"])
    rows = [[_value(row.get(name), look) for name in names] for row in results["results"]["bindings"]]
    widths = [max(columns(row[at]) for row in [names, *rows]) for at in range(len(names))]
    if rows:
        yield paint(_aligned(names, widths), "strong", look)
    for row in rows:
        yield _aligned(row, widths)
    yield counted(len(rows), "row")


def _value(term: dict[str, str] | None, look: Look) -> str:
    return clip(one_line(term["value"], look.ascii), _WIDEST, look.glyphs.dots) if term else ""


def _aligned(row: list[str], widths: list[int]) -> str:
    padded = (value + " " * (width - columns(value)) for value, width in zip(row, widths, strict=True))
    line = "  ".join(padded).rstrip()
    return f"./{line}" if line.startswith(":") else line
