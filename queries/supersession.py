"""What replaces what: citations of replaced documents as an authority, and chains of replacement that do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple

from ..graph.model import Document
from .facts import place_iri
from .linkage import Citation, Linkage
from .places import catalogue, line_iri, source_line, standing_line, title_line
from .ruleset import Hit

_OWNS_UP = re.compile(
    r"supersed|histor|legacy|\bold(?:er)?\b|previous|former|deprecat|obsolete|archiv|retired|replac|origin|earlier|was\b|were\b|outdated"
    r"|evol|migrat|rename|moved|before\b|snapshot|background|\bv1\b",
    re.IGNORECASE,
)
_CALLS_IT_GONE = re.compile(r"supersed|histor|legacy|deprecat|obsolete|archiv|retired|outdated", re.IGNORECASE)
_IN_FORCE = re.compile(
    r"\b(?:normative|authoritative|canonical|source of truth|in force|accepted|active|approved|adopted"
    r"|current (?:design|contract|target|specification|architecture|document))\b",
    re.IGNORECASE,
)
_NOT_IN_FORCE = re.compile(
    r"supersed|histor|deprecat|obsolete|archiv|\bnot (?:normative|authoritative|canonical|the)|no longer|draft"
    r"|propos|redirect|see \S*v\d|moved|older links|keep \w+ links|target file",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"^\W*(?:draft|proposed|proposal|rfc|under review|in review)\b", re.IGNORECASE)
_ACCEPTED = re.compile(
    r"^\W*(?:accepted|approved|adopted|active|in force|implemented|final|canonical|authoritative)\b", re.IGNORECASE
)
_OPENING_LINES = 25
_GONE = frozenset({"superseded", "historical"})


class Replacement(NamedTuple):
    """One statement that a document replaces another."""

    new: str
    old: str
    stated_in: str
    iri: str
    """The place that states it."""


def stale_citations(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Live passages that cite, as an authority, a document that is superseded or historical."""
    replacements = _replacements(linkage)
    known = {(r.new, r.old) for r in replacements}
    told = _told_at_the_top(linkage)
    seen: set[tuple[str, str]] = set()
    for citation in linkage.citations:
        path, target = citation.path, citation.resolution.path
        if not target or target == path or (path, target) in known | seen or not _as_authority(citation, linkage):
            continue
        seen.add((path, target))
        if (path, target) in told:
            continue
        document = linkage.document(target)
        successor = next((r.new for r in replacements if r.old == target), "")
        instead = f"Cite {successor} in its place" if successor else "Cite what holds now"
        stands = line_iri(linkage, target, standing_line(linkage, document))
        yield Hit(
            rule, "", (place_iri(path, citation.reference.span), stands),
            why=f"{path} cites {target} as the authority, and {target} calls itself {document.standing}.",
            repair=f"{instead}, or say that the citation is historical.",
        )  # fmt: skip


def _told_at_the_top(linkage: Linkage) -> frozenset[tuple[str, str]]:
    """(citing path, cited path) where the opening of a document says, of one it cites, that it is history."""
    return frozenset(
        (path, resolution.path)
        for path, reference, resolution in linkage.citations
        if resolution.path
        and reference.span.line <= _OPENING_LINES
        and linkage.document(resolution.path).standing in _GONE
        and _CALLS_IT_GONE.search(source_line(linkage, path, reference.span.line).replace(reference.target, ""))
    )


def _as_authority(citation: Citation, linkage: Linkage) -> bool:
    reference = citation.reference
    citing, cited = linkage.document(citation.path), linkage.document(citation.resolution.path)
    if reference.role != "authority" or cited.standing not in _GONE:
        return False
    line = reference.span.line
    if reference.standing != "live" or citing.standing != "live":
        return False
    if linkage.lines[citation.path].standing(line) not in {"live", "plain"}:
        return False
    if _OWNS_UP.search(source_line(linkage, citation.path, line).replace(reference.target, "")):
        return False
    return reference.kind != "number" or not _live_namesakes(cited, linkage)


def _live_namesakes(document: Document, linkage: Linkage) -> bool:
    """Whether a live document bears the number of one that is not: a bare number may mean either."""
    others = (reading.document for reading in linkage.readings.values())
    return any(one.number == document.number and one.path != document.path and one.standing == "live" for one in others)


def broken_supersession(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Documents that replace what is missing, each other, or what still calls itself in force."""
    replacements = _replacements(linkage)
    yield from _missing(linkage, rule)
    yield from _cycles(replacements, rule)
    yield from _one_sided(replacements, linkage, rule)
    yield from _both_in_force(replacements, linkage, rule)


def _replacements(linkage: Linkage) -> tuple[Replacement, ...]:
    found: dict[tuple[str, str, str], Replacement] = {}
    for path, reference, resolution in linkage.citations:
        if resolution.path and resolution.path != path and reference.role in {"supersedes", "superseded-by"}:
            new, old = (path, resolution.path) if reference.role == "supersedes" else (resolution.path, path)
            found.setdefault((new, old, path), Replacement(new, old, path, place_iri(path, reference.span)))
    return tuple(found[key] for key in sorted(found))


def _missing(linkage: Linkage, rule: str) -> Iterator[Hit]:
    for path, reference, resolution in linkage.citations:
        if resolution.state == "dangling" and reference.role in {"supersedes", "superseded-by"}:
            act = "replaces" if reference.role == "supersedes" else "is replaced by"
            known = catalogue(linkage) or line_iri(linkage, path, title_line(linkage, linkage.document(path)))
            yield Hit(
                rule, "", (place_iri(path, reference.span), known),
                why=f"{path} says that it {act} {reference.target}, which does not exist.",
                repair="Name the document that is meant, or drop the statement.",
            )  # fmt: skip


def _cycles(replacements: tuple[Replacement, ...], rule: str) -> Iterator[Hit]:
    if not _lead_back(replacements):
        return
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edges_from((r.old, r.new) for r in replacements)
    for component in sorted(map(sorted, networkx.strongly_connected_components(graph))):
        if len(component) > 1:
            inside = [r for r in replacements if r.new in component and r.old in component]
            yield Hit(
                rule, "", tuple(dict.fromkeys(r.iri for r in inside)),
                why=f"{', '.join(component)} replace each other in a circle: none of them holds.",
                repair="Decide which one holds, and take the other statements back.",
            )  # fmt: skip


def _lead_back(replacements: tuple[Replacement, ...]) -> bool:
    """Whether some document replaces itself by way of others."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for one in replacements:
        order.add(one.new, one.old)
    try:
        order.prepare()
    except CycleError:
        return True
    return False


def _one_sided(replacements: tuple[Replacement, ...], linkage: Linkage, rule: str) -> Iterator[Hit]:
    """A replaces B, and B does not know: it is live and says that it is in force, or it is accepted and A a draft."""
    acknowledged = {(r.new, r.old) for r in replacements if r.stated_in == r.old}
    for one in replacements:
        old, new = linkage.document(one.old), linkage.document(one.new)
        live = old.standing == new.standing == "live"
        if one.stated_in != one.new or (one.new, one.old) in acknowledged or not live:
            continue
        draft = bool(_DRAFT.match(new.status) and _ACCEPTED.match(old.status))
        line = _in_force_line(linkage, old)
        if draft or line:
            what = f"replaces {one.old}, "
            what += "and is only a draft while that is accepted" if draft else "which still calls itself in force"
            yield Hit(
                rule, "", (one.iri, line_iri(linkage, one.old, line or standing_line(linkage, old))),
                why=f"{one.new} {what}.",
                repair=f"Mark {one.old} as superseded, or take the statement in {one.new} back.",
            )  # fmt: skip


def _in_force_line(linkage: Linkage, document: Document) -> int:
    """The line near the top on which a document calls itself in force; 0 without one."""
    if _NOT_IN_FORCE.search(document.status):
        return 0
    if _ACCEPTED.match(document.status):
        return document.status_line
    for number in range(1, min(document.lines, _OPENING_LINES) + 1):
        line = source_line(linkage, document.path, number)
        if _says_in_force(line):
            return number
    return 0


def _says_in_force(line: str) -> bool:
    """Whether a line says of its own document that it is in force.

    >>> _says_in_force("**Status:** Accepted, normative"), _says_in_force("The port table is the source of truth.")
    (True, False)
    """
    if re.match(r"#+ .*\b(?:normative|authoritative|canonical) (?:spec|contract|definition)", line, re.IGNORECASE):
        return True
    own = re.search(r"\bstatus\b|\bthis (?:document|doc|file|backlog|page|version|spec\w*|adr)\b", line, re.IGNORECASE)
    return own is not None and _IN_FORCE.search(line, own.start()) is not None and not _NOT_IN_FORCE.search(line)


def _both_in_force(replacements: tuple[Replacement, ...], linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Two versions of one document, both in force by their own opening, and neither says that it replaces the other."""
    stated = {frozenset((r.new, r.old)) for r in replacements}
    for older, newer in _versions(linkage):
        if frozenset((older.path, newer.path)) in stated or older.standing != "live" or newer.standing != "live":
            continue
        first, second = _in_force_line(linkage, older), _in_force_line(linkage, newer)
        if first and second and not _mentions(linkage, older, newer):
            yield Hit(
                rule, "", (line_iri(linkage, newer.path, second), line_iri(linkage, older.path, first)),
                why=f"{older.path} and {newer.path} are versions of one document, and both say that they are in force.",
                repair=f"Mark {older.path} as superseded by {newer.path}.",
            )  # fmt: skip


def _mentions(linkage: Linkage, older: Document, newer: Document) -> bool:
    """Whether the opening of the older one points to the newer one."""
    early = (c for c in linkage.citations if c.reference.span.line <= _OPENING_LINES)
    return any(c.path == older.path and c.resolution.path == newer.path for c in early)


def _versions(linkage: Linkage) -> Iterator[tuple[Document, Document]]:
    """Documents whose file names differ in their lineage mark only, the older one first."""
    stems: dict[tuple[str, str], list[tuple[int, Document]]] = {}
    for path, reading in linkage.readings.items():
        folder, _, name = path.rpartition("/")
        family = reading.document.family.lower()
        stem = name.lower().replace(f"-{family}", "") if family else name.lower()
        version = int(re.sub(r"\D", "", family) or 1)
        stems.setdefault((folder, stem), []).append((version, reading.document))
    for _, found in sorted(stems.items()):
        ordered = sorted(found, key=lambda pair: pair[0])
        for (_, older), (_, newer) in pairwise(ordered):
            yield older, newer
