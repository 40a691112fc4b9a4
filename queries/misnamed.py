"""Documents that declare one id, and citations that give one document's title and another's address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from ..graph.model import Document
from ..ingest.words import LIGHT, terms
from .facts import place_iri
from .linkage import Citation, Linkage
from .places import line_iri, source_line, title_line
from .ruleset import Hit

_TITLE_ID = re.compile(r"\W*(?P<kind>ADR|RFC|RFD|PEP|KEP|DEP|TDR|PRD)[\s#-]*0*(?P<number>\d{1,5})\b")
_DECLARED = re.compile(
    r"^(?:id|doc[-_ ]?id|document[-_ ]id|adr|rfc)[ \t]*:[ \t]*[\"']?(?P<id>[A-Za-z]*[-_ ]?\d+)[\"']?[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_FENCE = "---"
_SAID_AFTER = re.compile(
    r"[`*\]]{0,3}(?:\([^()\s]*\))?\s+(?:\((?P<bracket>[^()\n`/]{4,80})\)|[“\"](?P<quoted>[^”\"\n`/]{4,80})[”\"])"
)
_ADDRESS = re.compile(r"[`/#]|\.\w")
_NUMBER = re.compile(r"v?[\d.]+[a-z]?")


def declared_ids(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Live documents of one folder that declare one id, in the front matter or the title, and are two documents."""
    by: defaultdict[tuple[str, str, str], list[tuple[int, Document]]] = defaultdict(list)
    for path, reading in linkage.readings.items():
        document = reading.document
        if document.standing == "live" and path.endswith(".md"):
            for known, line in _ids(document, linkage):
                by[path.rpartition("/")[0], known, document.family].append((line, document))
    tied = _replacing(linkage)
    for (_, known, _), found in sorted(by.items(), key=lambda item: item[0]):
        for (line, a), (other, b) in combinations(found, 2):
            if a.path != b.path and terms(a.title) != terms(b.title) and frozenset((a.path, b.path)) not in tied:
                yield Hit(
                    rule, "", (line_iri(linkage, a.path, line), line_iri(linkage, b.path, other)),
                    why=f"“{a.title}” and “{b.title}” both declare the id {known}.",
                    repair="Give one of them another id, or say which one replaces the other.",
                )  # fmt: skip


def _ids(document: Document, linkage: Linkage) -> Iterator[tuple[str, int]]:
    """The ids that a document declares, kind and number without filling, each with its line."""
    if title := _TITLE_ID.match(document.title):
        yield f"{title['kind']}-{title['number']}", title_line(linkage, document)
    text = linkage.texts[document.path]
    end = text.find(f"\n{_FENCE}", len(_FENCE)) if text.startswith(_FENCE) else -1
    for match in _DECLARED.finditer(text, 0, end) if end > 0 else ():
        kind, number = re.fullmatch(r"([A-Za-z]*)[-_ ]?0*(\d+)", match["id"]).groups()  # type: ignore[union-attr]
        yield f"{kind.upper() or 'id'}-{number}", text.count("\n", 0, match.start()) + 1


def _replacing(linkage: Linkage) -> frozenset[frozenset[str]]:
    """The pairs of documents of which one says that it replaces the other."""
    roles = {"supersedes", "superseded-by"}
    return frozenset(frozenset((c.path, c.resolution.path)) for c in linkage.citations if c.reference.role in roles)


def miscited_titles(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Live citations that name one document by its title and lead to another, which has no word of that title."""
    titled = _by_title(linkage)
    for citation in linkage.citations:
        target = citation.resolution.path
        if not target or target == citation.path or citation.reference.standing != "live":
            continue
        words = _words(_said(citation, linkage))
        meant = titled.get(words, "") if len(words) > 1 else ""
        if meant in {"", target, citation.path} or linkage.document(citation.path).standing != "live":
            continue
        cited, other = linkage.document(target), linkage.document(meant)
        if words & _names(cited) or (cited.number and cited.number == other.number):
            continue
        yield Hit(
            rule, "",
            (place_iri(citation.path, citation.reference.span), line_iri(linkage, target, title_line(linkage, cited))),
            why=f"The citation gives the title of {meant} and leads to {target}, “{cited.title}”.",
            repair=f"Cite {meant}, or give the title of {target}.",
        )  # fmt: skip


def _by_title(linkage: Linkage) -> Mapping[frozenset[str], str]:
    """Path of the one document that bears a title, by the title's words."""
    found: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for path, reading in linkage.readings.items():
        found[_words(reading.document.title)].append(path)
    return {words: paths[0] for words, paths in found.items() if len(paths) == 1}


def _said(citation: Citation, linkage: Linkage) -> str:
    """How a citation names its document beside its address: the text of the link, or what follows it at once."""
    span = citation.reference.span
    if span.line != span.end_line:
        return ""
    line = source_line(linkage, citation.path, span.line)
    text = line[span.column - 1 : span.end_column - 1]
    if citation.reference.kind == "link" and not _ADDRESS.search(text) and len(_words(text)) > 1:
        return text
    after = _SAID_AFTER.match(line, span.end_column - 1)
    return (after["bracket"] or after["quoted"]) if after else ""


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in terms(title) - LIGHT if not _NUMBER.fullmatch(word)) if title else frozenset()


def _names(document: Document) -> frozenset[str]:
    """The words by which a document may be called: its title, its headings and its path."""
    named = [document.title, re.sub(r"[-_/.]", " ", document.path), *(heading.title for heading in document.headings)]
    return frozenset[str]().union(*map(_words, named))
