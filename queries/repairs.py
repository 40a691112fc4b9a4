"""From conflicts to edits: what can be repaired without a person's judgement, and why the rest cannot.

A repair is safe when nothing but the fault changes: a name that was given up becomes the one that took its place, a
reference to a renamed document or section leads there again.  One with a ``caution`` may be right all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..graph.model import Conflict
from ..ingest.lexicon import fold
from ..ingest.library import slugs
from ..ingest.markdown import parse
from ..ingest.metadata import is_metadata
from ..ingest.placement import Place, Placement
from ..ingest.rewriting import Edit
from .lines import line_starts
from .linkage import Linkage
from .terms import TermUse, deprecated_uses, deprecations

TERM, REFERENCE = "NS601", "NS901"
REPAIRABLE = (TERM, REFERENCE)
"""The rules whose conflicts can be repaired."""

Excused = Collection[tuple[str, str, int]]
"""(rule, path, line) of what people let stand."""


class Repair(NamedTuple):
    """One edit that mends one place."""

    path: str
    edit: Edit
    line: int
    """1-based, for messages."""
    rule: str
    old: str
    """What stands there."""
    caution: str = ""
    """Why a person should look at it first; empty for a safe one."""


class Left(NamedTuple):
    """A place that is at fault and has no repair."""

    path: str
    line: int
    rule: str
    reason: str


class Plan(NamedTuple):
    """What to do with a set, in the order of paths and places; no two repairs overlap."""

    repairs: tuple[Repair, ...]
    left: tuple[Left, ...]


def excused(conflicts: Iterable[Conflict]) -> Excused:
    """The places of conflicts that somebody let stand."""
    places: set[tuple[str, str, int]] = set()
    for conflict in conflicts:
        where = [(side.path, side.span.line) for side in (*conflict.sides, *conflict.more)]
        places |= {(rule, path, line) for rule in (conflict.rule, *conflict.also) for path, line in where}
    return places


def plan(found: Iterable[Repair | Left]) -> Plan:
    """Repairs in order, each place once: of overlapping ones a safe one stays, then the one that begins first."""
    rows = list(found)
    kept: dict[str, list[Repair]] = defaultdict(list)
    for row in sorted({row for row in rows if isinstance(row, Repair)}, key=_rank):
        if not any(_overlap(row.edit, other.edit) for other in kept[row.path]):
            kept[row.path].append(row)
    repairs = sorted(row for path in kept for row in kept[path])
    return Plan(tuple(repairs), tuple(sorted({row for row in rows if isinstance(row, Left)})))


def _rank(repair: Repair) -> tuple[bool, str, int, int, str]:
    return bool(repair.caution), repair.path, repair.edit.start, -repair.edit.end, repair.edit.new


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def offset_of(starts: Sequence[int], line: int, column: int) -> int:
    """The offset of a 1-based line and column in a text whose lines start at some offsets."""
    return starts[line - 1] + column - 1


_UNSAID = {"code": "in code", "quote": "in a quotation", "front matter": "in front matter", "html": "in HTML"}
_MARKUP = re.compile(r"[|`*\[\]<>\\\n]")
_INLINE = re.compile(r"[^\]\n]*\](?:\(|\[[^\]\n]+\])")
"""The rest of a link that does not go by its text."""
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|[^aeiou]y)$", re.IGNORECASE)


def term_repairs(linkage: Linkage, standing: Excused = ()) -> Iterator[Repair | Left]:
    """The preferred name for each use of a deprecated one outside historical text, unless it may stand."""
    better = {ban.label: ban.better for ban in deprecations(linkage)}
    cited = {
        (c.resolution.path, c.reference.target.partition("#")[2].lower())
        for c in linkage.citations
        if c.resolution.path
    }
    by_path: defaultdict[str, list[TermUse]] = defaultdict(list)
    for use in deprecated_uses(linkage):
        if use.manner != "historical":
            by_path[use.path].append(use)
    for path, uses in by_path.items():
        page = parse(linkage.texts[path], path)
        document = _Document(path, linkage.texts[path], Placement(page), cited, _anchors(linkage, path))
        first = {use.label: use.span.line for use in reversed(uses) if use.manner == "live"}
        for use in uses:
            if (TERM, path, first.get(use.label, use.span.line)) not in standing:
                yield _renamed(use, _final(use.label, better), document)


def _anchors(linkage: Linkage, path: str) -> Mapping[int, str]:
    """The anchor of each heading by its line."""
    headings = linkage.document(path).headings
    return {heading.line: slug for heading, slug in zip(headings, slugs(headings), strict=True)}


def _final(label: str, better: Mapping[str, str]) -> str:
    """The name that no rename leads away from; empty when they lead in a circle.

    >>> _final("A", {"A": "B", "B": "C"}), _final("A", {"A": "B", "B": "A"})
    ('C', '')
    """
    names = {fold(name): new for name, new in better.items()}
    seen = {fold(label)}
    at = better[label]
    while fold(at) in names:
        if fold(at) in seen:
            return ""
        seen.add(fold(at))
        at = names[fold(at)]
    return at


class _Document(NamedTuple):
    """A document in which names are replaced."""

    path: str
    text: str
    placement: Placement
    cited: Collection[tuple[str, str]]
    """(path, anchor) of what the set cites."""
    anchors: Mapping[int, str]


def _renamed(use: TermUse, better: str, document: _Document) -> Repair | Left:
    span, text = use.span, document.text
    starts = line_starts(text)
    start = offset_of(starts, span.line, span.column)
    edit = Edit(start, start + len(use.label), better)
    place = document.placement.at(span)
    fault = _term_fault(edit, use, place, document)
    if fault:
        return Left(use.path, span.line, TERM, f"“{use.label}” {fault}")
    caution = "in metadata" if is_metadata(use.path) else _UNSAID.get(place.kind, "")
    if not caution and use.manner in {"quoted", "code"}:
        caution = "in a quotation" if use.manner == "quoted" else "in code"
    return Repair(use.path, edit, span.line, TERM, use.label, caution)


def _term_fault(edit: Edit, use: TermUse, place: Place, document: _Document) -> str:
    """Why a name cannot be replaced where it stands; empty when it can."""
    text, after = document.text, document.text[edit.end : edit.end + 1]
    if not edit.new:
        return "has no last name: the renames lead in a circle"
    if _MARKUP.search(edit.new):
        return f"would become “{edit.new}”, which would be read as markup"
    if text[edit.start : edit.end] != use.label:
        return "does not stand there as it was read"
    if place.kind == "markup" and not is_metadata(use.path):
        return "is part of an address or of markup"
    if text[edit.start - 1 : edit.start] == "#" or text[max(0, edit.start - 2) : edit.start] == "[[":
        return "is an anchor or the name of a page"
    if place.link and not _INLINE.match(text, edit.end):
        return "is the label that a reference definition goes by"
    if after in {"s", "S"} and _SIBILANT.search(edit.new):
        return f"stands in the plural, and that of “{edit.new}” is not known"
    anchor = document.anchors.get(use.span.line, "") if place.kind == "heading" else ""
    if (use.path, anchor) in document.cited and anchor:
        return f"stands in a heading that is cited as #{anchor}; rename both"
    return ""
