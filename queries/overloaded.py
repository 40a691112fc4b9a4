"""One name for two things: numbers that two documents bear, labels tied to two names, terms defined twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ..graph.model import Document, LabelEvidence, Span
from ..ingest.lexicon import fold
from ..ingest.words import LIGHT, terms
from .facts import place_iri
from .linkage import Linkage
from .misnamed import declared_ids, miscited_titles
from .places import line_iri, source_line, title_line
from .ruleset import Hit

MANY = 4
"""From this many documents on, a number names a family of documents and not one."""
_TITLE_NUMBER = re.compile(
    r"^\W*(?:(?:backlog|adr|document|doc|rfc)(?: item)?\s*[#/:-]?\s*)?#?0*(\d{2,4}[a-z]?)"
    r"(?=\s+\S|\s*[–—:]|\s+-)(?!\s*[–—-]\s*\d)",
    re.IGNORECASE,
)
_COVERS = re.compile(r"\bthis (?:document|doc|file|backlog|page)\b[^.\n]{0,40}\bcovers\b", re.IGNORECASE)
_REDIRECT = re.compile(r"\b(?:redirect|moved|renamed|backup|copy|completed)\b", re.IGNORECASE)
_DEFINITION = re.compile(
    r"^[ \t]*(?:[-*+]\s+|\d+[.)]\s+)?"
    r"(?:(?P<a>\*\*|__)(?P<term>[A-Za-z][\w -]{2,30}?)(?:(?P=a)\s*:|:(?P=a)|(?P=a)\s+[—–-]|(?P=a)\s+(?:is|means)\b)"
    r"|(?:An?|The)\s+(?P<b>\*\*|__)(?P<named>[A-Za-z][\w -]{2,30})(?P=b)\s+(?:is|means))\s*(?:an?|the)\s+"
    r"(?P<text>(?:[^.\n;]|\n(?![ \t]*(?:\n|[-*+#>|]|\d+[.)]))){6,140})",
    re.MULTILINE,
)


def overloaded_term(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Numbers, ids, labels and terms that mean two things, and citations that name one document and lead to another."""
    yield from _title_numbers(linkage, rule)
    yield from _shared_numbers(linkage, rule)
    yield from _two_names(linkage, rule)
    yield from _two_definitions(linkage, rule)
    yield from declared_ids(linkage, rule)
    yield from miscited_titles(linkage, rule)


def _title_numbers(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """A title that bears another number than the file, when another document has that number."""
    by: defaultdict[str, list[Document]] = defaultdict(list)
    for reading in linkage.readings.values():
        by[reading.document.number.lstrip("0")].append(reading.document)
    for path, reading in linkage.readings.items():
        document = reading.document
        match = _TITLE_NUMBER.match(document.title)
        own = document.number.lstrip("0")
        if match is None or not re.fullmatch(r"\d+[a-z]?", own) or own == match[1] or own.startswith(match[1]):
            continue
        others = [one for one in by.get(match[1], ()) if not one.family]
        others.sort(key=lambda one: _REDIRECT.search(one.title) is not None)
        if others:
            other = others[0]
            yield Hit(
                rule, "", (_title(linkage, document), _title(linkage, other)),
                why=f"The title of {path} says {match[1]}, its file {document.number}; {match[1]} is {other.path}.",
                repair=f"Write {document.number} in the title.",
            )  # fmt: skip


def _shared_numbers(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Two documents of one folder with one number and nothing else in common, neither of which cites the other."""
    groups: defaultdict[tuple[str, str, str], list[Document]] = defaultdict(list)
    for path, reading in linkage.readings.items():
        document = reading.document
        if document.number and document.standing == "live" and not _REDIRECT.search(f"{document.title} {path}"):
            groups[path.rpartition("/")[0], document.number, document.family].append(document)
    cited = linkage.cited()
    for (_, number, _), found in sorted(groups.items()):
        if len(found) >= MANY:
            continue
        for a, b in combinations(found, 2):
            tied = (a.path, b.path) in cited or (b.path, a.path) in cited
            if not tied and not _name_words(a) & _name_words(b):
                settled = any(_COVERS.search(linkage.texts[one.path][:1500]) for one in (a, b))
                yield Hit(
                    rule, "", (_title(linkage, a), _title(linkage, b)),
                    why=f"{number} names two documents: “{a.title}” and “{b.title}”.",
                    repair=f"Give one of them another number, or say at the top of each which {number} it is.",
                    severity="note" if settled else "",
                    evidence=() if number in a.title and number in b.title else ("number of the file alone",),
                )  # fmt: skip


def _title(linkage: Linkage, document: Document) -> str:
    return line_iri(linkage, document.path, title_line(linkage, document))


def _name_words(document: Document) -> frozenset[str]:
    """Words of the file name below its number."""
    name = document.path.rpartition("/")[2].rpartition(".")[0].removeprefix(document.number)
    return frozenset(word for word in re.split(r"[-_.]", name.lower()) if len(word) > 2)


def _two_names(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """A label that one line ties to one name and another line to another."""
    by: defaultdict[str, list[LabelEvidence]] = defaultdict(list)
    for evidence in linkage.lexicon.evidence:
        live = linkage.readings[evidence.path].document.standing == "live"
        if evidence.kind != "denied" and live and "/" not in evidence.label and not _alternative(evidence, linkage):
            by[fold(evidence.other)].append(evidence)
    for _, found in sorted(by.items()):
        for a, b in combinations(sorted(found, key=lambda e: (e.path, e.line)), 2):
            if _different(a.label, b.label, linkage):
                yield Hit(
                    rule, "", (line_iri(linkage, a.path, a.line), line_iri(linkage, b.path, b.line)),
                    why=f"“{a.other}” stands for “{a.label}” and for “{b.label}”.",
                    repair=f"Keep “{a.other}” for one of them.",
                )  # fmt: skip
                break


def _alternative(evidence: LabelEvidence, linkage: Linkage) -> bool:
    """Whether the line offers one thing or the other: "X (or Y)" names two things."""
    line = source_line(linkage, evidence.path, evidence.line)
    return re.search(rf"\(or\s+\W*{re.escape(evidence.other)}", line) is not None


def _different(a: str, b: str, linkage: Linkage) -> bool:
    lexicon = linkage.lexicon
    if terms(a) & terms(b) or fold(lexicon.name(a)) == fold(lexicon.name(b)):
        return False
    short, long = sorted((re.sub(r"\W", "", a).lower(), re.sub(r"\W", "", b).lower()), key=len)
    return short not in long


class _Definition(NamedTuple):
    term: str
    text: str
    path: str
    span: Span


def _two_definitions(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """A term that two documents define without one word in common; a definition that is repeated counts once."""
    by: defaultdict[str, list[_Definition]] = defaultdict(list)
    for path, text in linkage.texts.items():
        for one in _definitions(path, text, linkage):
            by[fold(one.term)].append(one)
    for _, everywhere in sorted(by.items()):
        found = list({one.text: one for one in reversed(everywhere)}.values())[::-1]
        clashing = [(a, b) for a, b in combinations(found, 2) if a.path != b.path and _unlike(a, b)]
        if clashing and len(clashing) == sum(a.path != b.path for a, b in combinations(found, 2)):
            a, b = clashing[0]
            yield Hit(
                rule, "", (place_iri(a.path, a.span), place_iri(b.path, b.span)),
                why=f"“{a.term}” is defined as “{a.text}” and as “{b.text}”.",
                repair=f"Give one of the two another name, or qualify “{a.term}” in both.",
            )  # fmt: skip


def _definitions(path: str, text: str, linkage: Linkage) -> Iterator[_Definition]:
    reading = linkage.readings[path]
    if reading.document.standing != "live" or ("**" not in text and "__" not in text):
        return
    lines = linkage.lines[path]
    for match in _DEFINITION.finditer(text):
        term = match["term"] or match["named"]
        if lines.standing(lines.line_of(match.start())) in {"live", "plain"}:
            left = len(match[0]) - len(match[0].lstrip())
            span = lines.span_of(match.start() + left, match.end())
            yield _Definition(term, " ".join(match["text"].split()), path, span)


def _unlike(a: _Definition, b: _Definition) -> bool:
    """Whether two definitions have no content word in common, the term's own words and empty nouns left out."""
    own = terms(a.term) | LIGHT
    first, second = terms(a.text) - own, terms(b.text) - own
    return len(first) > 1 and len(second) > 1 and not first & second
