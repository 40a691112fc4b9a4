"""References to documents and sections of the set that do not exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache, lru_cache, partial
from typing import NamedTuple

from ..graph.model import Document
from ..ingest.library import resolve_anchor, slugs
from .facts import place_iri
from .linkage import Citation, Linkage
from .places import catalogue, line_iri, title_line
from .ruleset import Hit

_HTML_ANCHOR = re.compile(
    r"""\b(?:id|name)\s*=\s*["'](?P<quoted>[^"']+)["']|<a\s[^<>]*?\b(?:id|name)\s*=\s*(?P<bare>[^\s"'<>=`]+)""",
    re.IGNORECASE,
)


class Lapse(NamedTuple):
    """A live reference that leads nowhere."""

    citation: Citation
    missing: bool
    """The document does not exist; else it does, and has no such section."""


def dangling_reference(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """One hit for each document and target: the citing place, and the nearest thing that does exist."""
    seen: set[tuple[str, str]] = set()
    index = cache(partial(catalogue, linkage))
    for citation, missing in lapses(linkage):
        if (citation.path, citation.reference.target) not in seen:
            seen.add((citation.path, citation.reference.target))
            yield _document(citation, linkage, index, rule) if missing else _anchor(citation, linkage, rule)


def lapses(linkage: Linkage) -> Iterator[Lapse]:
    """Every live reference to a document or section that does not exist, in the order of documents and lines."""
    if is_excerpt(linkage):
        return
    for citation in linkage.citations:
        if citation.reference.role in {"supersedes", "superseded-by"}:
            continue
        missing = citation.resolution.state == "dangling"
        lost = citation.resolution.state == "resolved" and lost_anchor(citation, linkage)
        if (missing or lost) and is_live(citation, linkage):
            yield Lapse(citation, missing)


def is_excerpt(linkage: Linkage) -> bool:
    """Whether most documents that the set cites are not in it: a part of a larger set, in which nothing can dangle."""
    missing = {c.reference.target.partition("#")[0] for c in linkage.citations if c.resolution.state == "dangling"}
    present = {c.resolution.path for c in linkage.citations if c.resolution.path and c.resolution.path != c.path}
    return len(missing) > max(len(present), EXCERPT)


EXCERPT = 5
"""Up to this many missing documents a set still counts as whole."""


def is_live(citation: Citation, linkage: Linkage) -> bool:
    """Whether a reference stands in live text."""
    reading = linkage.readings[citation.path]
    if reading.document.standing != "live" or citation.reference.standing != "live":
        return False
    return linkage.lines[citation.path].standing(citation.reference.span.line) in {"live", "plain", "hypothetical"}


def _document(citation: Citation, linkage: Linkage, index: Callable[[], str], rule: str) -> Hit:
    path, reference, resolution = citation
    near = nearest_name(reference.target, linkage)
    other = linkage.document(near or path)
    known = f"; the nearest is {near}" if near else ""
    place = "" if near else index()
    return Hit(
        rule, "", (place_iri(path, reference.span), place or line_iri(linkage, other.path, title_line(linkage, other))),
        why=f"{path} cites {reference.target}, and there is {resolution.how}{known}.",
        repair=f"Cite {near}, if that is meant." if near else "Write the document, or drop the reference.",
    )  # fmt: skip


def nearest_name(target: str, linkage: Linkage) -> str:
    """The document whose file name is most like the missing one's."""
    name = target.partition("#")[0].rpartition("/")[2].lower()
    words = _words(name)
    names = {base: path for path in linkage.readings if words & _words(base := path.rpartition("/")[2].lower())}
    found = get_close_matches(name, names, n=1, cutoff=0.72)
    return names[found[0]] if found else ""


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.sub(r"s$", "", word) for word in re.split(r"[-_.]", name) if len(word) > 3 or word.isdigit())


def lost_anchor(citation: Citation, linkage: Linkage) -> bool:
    """Whether the document that a reference names lacks the section that it names."""
    anchor = citation.reference.target.partition("#")[2]
    if not anchor or citation.reference.kind not in {"link", "anchor", "path"}:
        return False
    document = linkage.document(citation.resolution.path)
    if resolve_anchor(document, anchor):
        return False
    return anchor not in {m["quoted"] or m["bare"] for m in _HTML_ANCHOR.finditer(linkage.texts[document.path])}


def _anchor(citation: Citation, linkage: Linkage, rule: str) -> Hit:
    path, reference, resolution = citation
    anchor = reference.target.partition("#")[2]
    document = linkage.document(resolution.path)
    line, title = _nearest_heading(document, anchor)
    known = f"; the nearest is “{title}”" if title else ""
    return Hit(
        rule, "", (place_iri(path, reference.span), line_iri(linkage, document.path, line)),
        why=f"{path} cites the section #{anchor} of {document.path}, which has no such section{known}.",
        repair="Correct the anchor." if title else "Name a section that exists, or drop the anchor.",
    )  # fmt: skip


def _nearest_heading(document: Document, anchor: str) -> tuple[int, str]:
    """Line and title of the heading whose anchor is most like one; line 1 when none is."""
    by = dict(zip(slugs(document.headings), document.headings, strict=True))
    found = get_close_matches(anchor.lower(), by, n=1, cutoff=0.5) or _sharing(anchor.lower(), list(by))
    return (by[found[0]].line, by[found[0]].title) if found else (1, "")


def _sharing(anchor: str, known: list[str]) -> list[str]:
    """Anchors that share a word of four letters or more, in the order of the headings."""
    words = {re.sub(r"s$", "", word) for word in anchor.split("-") if len(word) > 3}
    return [slug for slug in known if words & {re.sub(r"s$", "", word) for word in slug.split("-")}]
