"""Banners: statements of a document about its own standing, and how far each of them reaches.

A banner mutes the whole document only when it opens with the word ("Superseded by …") or names the document
("this page is kept for historical context").  One that names a term or stands in a section reaches no further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..graph.model import Standing
from .opening import MAX_LINE, Line, opening_sections, source_lines
from .page import Page, Passage

_WORD = r"(?P<word>superseded|replaced|deprecated|obsoleted?|archived|retired|withdrawn|abandoned|historical|legacy)"
_AFTER = (
    r"(?=\s*(?:$|[:.,;!(\[*_–—/|]|-\s|by\b|in favou?r\b|as of\b|since\b|on \d|see\b|and\b|but\b|in \d{4}"
    r"|(?:reference|record|document|doc|view|snapshot|archive|page|file|backlog|adr)\b))"
)
_LEAD_IN = (
    r"[\W_]*(?:(?:status|state|lifecycle|notice|note|update|important|warning|banner)\b"
    r"\s*(?:\([^)]*\))?\s*[:–—-]?[\W_]*)*(?:fully |now |already |officially |this is )?"
)
_OPENS = re.compile(_LEAD_IN + _WORD + r"\b" + _AFTER, re.IGNORECASE)
_NOT_OPEN = re.compile(_LEAD_IN + r"(?:historical (?:context|notes?|background)\b(?! only)|legacy[:,])", re.IGNORECASE)
_THING = (
    r"(?:document|doc|file|backlog(?: (?:item|entry))?|adr|page|note(?:book)?|proposal|spec(?:ification)?|rfc|plan"
    r"|design|guide|runbook|record|article|epic|ticket)"
)
_START = r"(?:^|[.;:!?–—>)\]”\"]\s*[*_]*|\b(?:and|but|so|because|therefore|since)\s+)"
_THIS = r"(?:this|the)\s+(?:(?:v\d+|[a-z]+) ){0,2}(?:[“\"'][^”\"']{1,40}[”\"'] )?" + _THING
_NAMES = re.compile(
    _START + _THIS + r"\b[^.;:!?]{0,30}?\b(?:is|was|has been|remains?|stays|kept|retained|preserved)\b"
    r"(?![^.;]{0,20}\b(?:not|partially|partly|largely|mostly)\b)"
    r"(?P<middle>[^.;]{0,40}?)\b(?P<word>superseded|replaced|deprecated|obsoleted?|archived?|retired|withdrawn"
    r"|historical"
    r"|not normative)\b(?! (?:where|when|if|for|in|only (?:where|when|for|in)|terms?|names?|notes?|labels?)\b)",
    re.IGNORECASE,
)
_KEEP = re.compile(
    _START + r"(?:keep|kept|leave|retain(?:ed)?|preserved?|treat|read)\s+(?:(?:it|(?:this|the)\s+" + _THING + r")\s+)?"
    r"(?:only |purely |unchanged |here )?(?:for|as)\s+(?:purely |an? )?"
    r"(?P<word>histor(?:y|ical)|archiv(?:al|e)|archaeolog)",
    re.IGNORECASE,
)
_OF_NAMES = re.compile(r"\b(?:references?|mentions?)\s+(?:to|of|in|below|above)\b", re.IGNORECASE)
_LIMITED = re.compile(r"\b(?:superseded|deprecated|obsolete|retired|historical|archived|legacy)\b", re.IGNORECASE)
_TITLE_BRACKET = re.compile(
    r"[(\[]\s*(?:fully |now )?" + _WORD + r"\b(?!\s+(?:\w+\s+)?(?:apis?|code|data|terms?|names?)\b)", re.IGNORECASE
)
_TITLE_CAPITALS = re.compile(
    r"\b(?P<word>SUPERSEDED|DEPRECATED|OBSOLETE|ARCHIVED|RETIRED|WITHDRAWN|HISTORICAL)\b(?=\W*(?:$|[(]|BY\b))"
)
_TITLE_BY = re.compile(r"\b(?P<word>superseded|replaced) by\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘]([^”\"’]{2,40})[”\"’]")
_REFERENCES_TO = re.compile(
    r"\b(?:references?|mentions?) to ([\w./*-]+)"
    r"|\b(?:any|all|residual|remaining) ([A-Z][\w.-]+) (?:references?|mentions?|wording)"
)
_BANNER_START = re.compile(
    r"[\W_]*(?:status|update|note|notice|deprecat\w+|important|warning|superseded|historical|archived|legacy"
    r"|terminology)\b",
    re.IGNORECASE,
)

_STEM = re.compile("supersed|replaced|deprecat|obsolet|archiv|retired|withdrawn|abandoned|histor|legacy|not normative")
_EARLY = 2
"""A sentence that names the document speaks for it down to this section; later ones retell."""


class Banner(NamedTuple):
    """A statement about standing, and what it governs."""

    line: int
    end_line: int
    """The banner's own last line."""
    standing: Standing
    scope: Literal["document", "section", "terms"]
    terms: tuple[str, ...] = ()
    """The names it governs when its scope is ``terms``: code spans and quoted names."""
    section: int = -1
    """Index of the section it stands in; a ``section`` banner governs it and the sections below it."""


def standing_of(word: str) -> Standing:
    """The standing that a word gives.

    >>> standing_of("Deprecated"), standing_of("archived")
    ('superseded', 'historical')
    """
    return "historical" if word.lower().startswith(("hist", "arch", "legacy", "not norm")) else "superseded"


def opens_with_standing(text: str) -> Standing | None:
    """The standing that a status or banner opens with; None when its first words say something else.

    >>> opens_with_standing("Superseded (one instance for all)"), opens_with_standing("Implemented (supersedes 12)")
    ('superseded', None)
    """
    match = _OPENS.match(text)
    return standing_of(match["word"]) if match and not _NOT_OPEN.match(text) else None


def names_document(text: str) -> Standing | None:
    """The standing that a text gives to the whole document it stands in.

    >>> names_document("This page is kept for historical context.")
    'historical'
    >>> names_document("Names in this page are historical.")
    """
    match = _NAMES.search(text) or _KEEP.search(text)
    if match is None or _OF_NAMES.search(text, text.rfind(". ", 0, match.start()) + 1, match.end()):
        return None
    return standing_of(match["word"])


def title_standing(title: str) -> Standing | None:
    """The standing that a heading gives to what stands under it: ``Old flow (archived)``.

    >>> title_standing("Build cache DEPRECATED (see 12)"), title_standing("Deprecated API removal")
    ('superseded', None)
    """
    match = _TITLE_BRACKET.search(title) or _TITLE_CAPITALS.search(title) or _TITLE_BY.search(title)
    return standing_of(match["word"]) if match else None


def banner_reach(page: Page) -> tuple[Banner, ...]:
    """Every banner of the page with its reach, in source order."""
    own = opening_sections(page)
    found = [*_headings(page, own)]
    for passage in page.passages:
        if passage.table >= 0 or passage.kind not in ("paragraph", "item"):
            continue
        if passage.section > _EARLY and passage.kind == "item" and not passage.quote and passage.section not in own:
            continue
        if _STEM.search(passage.text.lower()):
            found += _passage(passage, own)
    return tuple(sorted(found))


def _headings(page: Page, own: frozenset[int]) -> Iterator[Banner]:
    for index, heading in enumerate(page.headings):
        standing = title_standing(heading.title)
        if standing is not None:
            whole = index in own and (index == 0 or heading.level == 1)
            yield Banner(heading.line, heading.line, standing, "document" if whole else "section", (), index)


def _passage(passage: Passage, own: frozenset[int]) -> Iterator[Banner]:
    lines = passage.span.line, passage.span.end_line
    if passage.section in own:
        standing = _document_standing(passage)
        if standing is not None:
            yield Banner(*lines, standing, "document", (), passage.section)
            return
    elif not passage.depth:
        named = names_document(passage.text[:MAX_LINE]) if passage.section <= _EARLY else None
        standing = named or (opens_with_standing(passage.text) if _is_banner(passage) else None)
        if standing is not None:
            yield Banner(*lines, standing, "document" if named else "section", (), passage.section)
            return
    terms = tuple(dict.fromkeys(_terms(passage))) if _is_banner(passage) or passage.section in own else ()
    if terms:
        yield Banner(*lines, "historical", "terms", terms, passage.section)


def _document_standing(passage: Passage) -> Standing | None:
    """A list item or plain sentence must name the document; a banner or a status line may open with the word."""
    for line in source_lines(passage):
        if _may_open(line):
            standing = opens_with_standing(line.text)
            if standing is not None:
                return standing
    return names_document(passage.text[:MAX_LINE])


def _may_open(line: Line) -> bool:
    first = line.line == line.passage.span.line
    status = re.match(r"[\W_]*status\b", line.text, re.IGNORECASE) is not None
    return status or (first and _is_banner(line.passage) and not line.passage.depth)


def _is_banner(passage: Passage) -> bool:
    strong = bool(passage.marks) and passage.marks[0].kind in ("strong", "em") and passage.marks[0].start <= 3
    labelled = _BANNER_START.match(passage.text) is not None
    return passage.quote > 0 or (strong and labelled) or (labelled and passage.kind == "paragraph")


def _terms(passage: Passage) -> Iterator[str]:
    """The names in those sentences that speak of standing; what follows "use" or "by" is the successor, no term."""
    for match in _LIMITED.finditer(passage.text, 0, MAX_LINE):
        start = max(passage.text.rfind(mark, 0, match.start()) for mark in (". ", "; ", ": ", "! ")) + 1
        for mark in passage.marks:
            if mark.kind == "code" and start <= mark.start < match.start():
                yield passage.text[mark.start : mark.end].strip()
        sentence = passage.text[start : match.start()]
        yield from _QUOTED.findall(sentence)
        for groups in _REFERENCES_TO.findall(sentence):
            yield from (group.strip("“”\"'`.,") for group in groups if group)
