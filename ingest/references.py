"""References of one document to others: links, paths in the text, numbered citations, and what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..graph.model import Reference, Span, Standing
from .banners import banner_reach
from .front_matter import Entry, entries
from .opening import opening_sections
from .page import Page, Passage

_PATH = re.compile(
    r"(?<![\w/:.@~%*{}<>$‑-])(?:\.{1,2}/){0,9}/?(?:[\w.@+‑-]{1,99}/){0,15}[\w@+‑-][\w.@+‑-]{0,150}"
    r"\.(?:md|mdx|markdown)\b(?![\w/*-]|\.\w)(?:#[\w-]+)?",
    re.IGNORECASE,
)
_NUMBER = r"\d{2,4}(?:[a-z](?!\d))?(?:[-‑–]\d{1,2}(?!\d))?(?:[-‑]?[vV]\d{1,2})?"
_MORE = r"(?:\s*(?:,|/|&|\+|;|,?\s+and|,?\s+or)\s*" + _NUMBER + r"(?![\w%.]?\d|%))*"
_LIST = re.compile(r"(?:(?<![\w.:/$€£~≤≥<>=+*%-])|(?<=[A-Za-z][/#-]))" + _NUMBER + _MORE + r"(?![\w%*]|\.\d|:\d|-\d)")
_SERIES = re.compile(
    r"\b(backlogs?|adrs?|documents?|docs?|specs?|proposals?|decisions?|rfcs?|keps?|peps?)"
    r"(?:\s*[/#-]\s*|\s+#?)[\W_]*$",
    re.IGNORECASE,
)
_CITING = re.compile(
    r"(?:\b(?:per|see|see also|follows?|following|supersedes|replaces|superseded by|replaced by|defined in|described in"
    r"|specified in|tracked in|supersedes:|replaces:|related:"
    r"|with|to|under|extends|refines|from|in|by|of|via)\s+|[(\[])$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\dv\d|[-‑]v\d", re.IGNORECASE)
_ONE = re.compile(_NUMBER, re.IGNORECASE)
_TWO_DIGITS = re.compile(r"\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d-")
_THREE = re.compile(r"\d{3}(?!\d)")
_NOT_A_CITATION = re.compile(
    r"[)\]]?\s*(?:%|ms\b|s\b|sec|min|hours?\b|h\b|days?\b|weeks?\b|months?\b|years?\b|[kmgt]i?b?\b|bytes?\b|px\b"
    r"|lines?\b|items?\b|users?\b"
    r"|requests?\b|tests?\b|files?\b|errors?\b|pods?\b|nodes?\b|connections?\b|responses?\b|chars?|tokens?\b"
    r"|rows?\b|documents?\b"
    r"|services?\b|cores?\b|events?\b|concurrent|on\s|status|[A-Z]{2,}\b|×|x\s)",
)
_NUMERIC_WORLD = re.compile(
    r"(?:https?|status|limits?|rate|phases?|steps?|waves?|codes?|errors?|ports?|return(?:s|ed)?|respon\w+|tcp|udp"
    r"|uid|gid"
    r"|chmod|line|max|min|version)\b\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:to be (?:written|created|added)|tbd|not yet (?:written|created)|will be (?:created|added|written)"
    r"|future|planned"
    r"|new (?:file|doc|document|page|backlog)|create|add|adds|write|writing|scaffold|generate[sd]?|rename[ds]?|renaming"
    r"|move[ds]? (?:to|into)|propos\w+|placeholder|example|e\.g|for instance|such as|template|stub|output"
    r"|produces?|emits?"
    r"|todo|should (?:outline|describe|cover|define)|needs an?|if (?:present|it exists)"
    r"|should (?:exist|be created)|doesn['’]t exist|does not exist|missing|no such)\b",
    re.IGNORECASE,
)
_REMOVED = re.compile(
    r"\b(?:delet\w+|remov\w+|dropp\w+|retir\w+|formerly|previously|used to be|was in|old|legacy|gone|archived"
    r"|moved|merged|split|consolidated|historical(?:ly)?|former|cleanup|clean up)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:superseded|replaced|obsoleted|deprecated|archived|retired)\b[^.;]{0,40}?\b(?:by|in favou?r of|see)\b"
    r"[^.;]{0,80}$"
    r"|\b(?:moved|migrated) (?:to|into)\b[^.;]{0,40}$|\bnow lives? in\b[^.;]{0,40}$|\bsuccessor\W*$",
    re.IGNORECASE,
)
_SUPERSEDES = re.compile(
    r"(?:^[\W_]*|[(;,|]\s*|\bthis (?:document|doc|file|backlog|adr|page|spec|proposal|plan)\b[^.;]{0,30}\s)"
    r"(?:fully |partially )?(?:supersedes|replaces|obsoletes)\b(?:(?!\bby\b)(?:[^.;]|\.(?=\w))){0,120}$",
    re.IGNORECASE,
)
_SUPERSEDES_LABEL = re.compile(r"^[\W_]*(?:supersedes|replaces|obsoletes)\s*:", re.IGNORECASE)
_PARTLY = re.compile(
    r"\b(?:parts?|portions?|sections?|some) of\W*(?:\w+\W)?$|\bpart(?:ial)?ly\W+\w*\W*$", re.IGNORECASE
)
_PARTLY_AFTER = re.compile(r"\W{0,4}(?:part(?:ial)?ly|in part)\b", re.IGNORECASE)
_BY_LABEL = re.compile(r"[\W_]*(?:superseded|replaced) by\b", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:use|see|prefer|follow|consult)\b[^.;]{0,40}$", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"(?:\b(?:as )?(?:per|defined (?:in|by)|specified (?:in|by)|governed by|mandated by|required by|according to"
    r"|in line with"
    r"|follows?|following|conform(?:s|ing)? (?:to|with)|compl(?:y|ies|iant) with|align(?:s|ed)? (?:with|to))"
    r"|\b(?:source of truth|authoritative|canonical|normative)\b[^.;]{0,40}?(?:\bis|\bin|[:=(–—-]))"
    r"[\s\W_]*(?:the |backlog[s/ ]*|adr\W*)?$",
    re.IGNORECASE,
)
_FOR_AUTHORITY = re.compile(
    r"[^.;]{0,30}\b(?:for the (?:\w+ ){0,3}(?:contract|source of truth|definition|specification|rules?|policy)"
    r"|(?:is|as|are) (?:the )?(?:\w+ )?(?:source of truth|authoritative|canonical|normative)\b)",
    re.IGNORECASE,
)
_FRONT_ROLES = {
    "supersedes": "supersedes", "replaces": "supersedes", "obsoletes": "supersedes",
    "superseded by": "superseded-by", "replaced by": "superseded-by", "supersededby": "superseded-by",
    "replacedby": "superseded-by", "obsoleted by": "superseded-by",
}  # fmt: skip
_FRONT_MENTIONS = frozenset(
    {
        "related",
        "relates to",
        "depends on",
        "dependencies",
        "see also",
        "refs",
        "references",
        "parent",
        "links",
        "amends",
    }
)
_SERIES_KEPT = frozenset({"ADR", "RFC", "KEP", "PEP"})


MAX_TEXT = 20_000
"""Passages longer than this are data, not prose: references are read from their links alone."""


class _Hit(NamedTuple):
    """A reference in a passage's plain text."""

    start: int
    end: int
    target: str
    kind: str


def references(page: Page) -> Iterator[Reference]:
    """Every reference the page makes, in source order: links, named files and numbered citations.

    A number is a citation only in the words of one ("per 12", "backlog 12", "12-v2", "(12)" with three digits);
    whether a document has it is the resolver's question.  Front matter gives ``supersedes`` and its kin.
    """
    if page.front:
        for entry in entries(page.front, 2)[0]:
            yield from _front(entry)
    banner_lines = {line for b in banner_reach(page) if b.scope == "document" for line in range(b.line, b.end_line + 1)}
    own = opening_sections(page)
    for passage in page.passages:
        if not _may_cite(passage):
            continue
        speaks_of_itself = passage.span.line in banner_lines
        for hit in _hits(passage):
            role = _role(passage, hit, speaks_of_itself, passage.section in own)
            standing = _standing(page, passage, hit) if role in ("mention", "authority") else "live"
            yield Reference(passage.locate(hit.start, hit.end), hit.target, hit.kind, role, standing)


def _front(entry: Entry) -> Iterator[Reference]:
    key = re.sub(r"[-_]", " ", entry.key.rpartition(".")[2]).lower()
    role = _FRONT_ROLES.get(key, "mention" if key in _FRONT_MENTIONS else "")
    value = entry.value.strip()
    if not role or not value:
        return
    number = re.fullmatch(r"(?:[A-Za-z]{1,8}[-/ #]{0,2})?\d{1,5}[a-z]?(?:-?v\d+)?", value)
    path = _PATH.fullmatch(value)
    if number or path or re.fullmatch(r"[\w./-]*\d[\w./-]*", value):
        span = Span(entry.line, entry.column, entry.end_line, entry.end_column)
        yield Reference(span, value, "number" if number else "path", role)


def _may_cite(passage: Passage) -> bool:
    """A cheap look before the patterns: most passages cite nothing."""
    text = passage.text
    if ".m" in text or ".M" in text or _TWO_DIGITS.search(text):
        return True
    return any(mark.kind == "link" for mark in passage.marks)


def _hits(passage: Passage) -> Iterator[_Hit]:
    """References in order; what a link covers is not read again as text."""
    text = passage.text
    taken: list[tuple[int, int]] = []
    hits: list[_Hit] = []
    for mark in passage.marks:
        if mark.kind == "link" and mark.target:
            kind = "anchor" if mark.target.startswith("#") else "link"
            hits.append(_Hit(mark.start, mark.end, mark.target, kind))
        if mark.kind in ("link", "image"):
            taken.append((mark.start, mark.end))
    if len(text) > MAX_TEXT:
        yield from sorted(hits)
        return
    if ".m" in text or ".M" in text:
        hits += _free((_Hit(m.start(), m.end(), m[0].replace("‑", "-"), "path") for m in _PATH.finditer(text)), taken)
    if passage.kind != "heading" and _TWO_DIGITS.search(text):
        hits += _numbers(passage, taken)
    yield from sorted(hits)


def _free(hits: Iterator[_Hit], taken: list[tuple[int, int]]) -> Iterator[_Hit]:
    for hit in hits:
        if not any(start < hit.end and hit.start < end for start, end in taken):
            taken.append((hit.start, hit.end))
            yield hit


def _numbers(passage: Passage, taken: list[tuple[int, int]]) -> Iterator[_Hit]:
    """Lists of numbers that are cited: after a series word, with a version mark, or after a citing word."""
    text = passage.text
    code = [(mark.start, mark.end) for mark in passage.marks if mark.kind == "code"]
    for match in _LIST.finditer(text):
        before = text[max(0, match.start() - 28) : match.start()]
        series = _SERIES.search(before)
        if series or _VERSION.search(match[0]) or _weak(text, match, before, code):
            yield from _free((_cited(match, one, series) for one in _ONE.finditer(match[0])), taken)


def _weak(text: str, match: re.Match[str], before: str, code: list[tuple[int, int]]) -> bool:
    """A bare number counts as cited only with three digits, after a citing word, and when it measures nothing."""
    if not _THREE.match(match[0]) or any(start <= match.start() < end for start, end in code):
        return False
    if _YEAR.match(match[0]):
        return False
    slashed = re.fullmatch(r"\d{3}[a-z]?(?:/\d{3}[a-z]?)+", match[0]) is not None
    if not slashed and not _CITING.search(before):
        return False
    return not _NOT_A_CITATION.match(text, match.end()) and not _NUMERIC_WORLD.search(before)


def _cited(match: re.Match[str], one: re.Match[str], series: re.Match[str] | None) -> _Hit:
    """One number of the list; ADR and RFC stay with their number, so that ``RFC 7`` is not ``ADR 7``."""
    start = match.start() + one.start()
    target = one[0].replace("‑", "-").replace("–", "-")
    word = series[1].upper().removesuffix("S") if series else ""
    return _Hit(start, start + len(one[0]), f"{word}-{target}" if word in _SERIES_KEPT else target, "number")


def _standing(page: Page, passage: Passage, hit: _Hit) -> Standing:
    """Future, removed and struck out files are no live references; an address or a number stays one."""
    if hit.kind not in ("link", "path") or "://" in hit.target:
        return "live"
    before, after = passage.text[max(0, hit.start - 70) : hit.start], passage.text[hit.end : hit.end + 50]
    if any(mark.kind == "strike" and mark.start < hit.end and hit.start < mark.end for mark in passage.marks):
        return "historical"
    context = f"{before} {after} {_context(page, passage)}"
    if _REMOVED.search(context):
        return "historical"
    if _FUTURE.search(context):
        return "hypothetical"
    return "live"


def _context(page: Page, passage: Passage) -> str:
    """The words that govern a passage: its lead-in, its parent item, its heading and the rest of its table row."""
    lead = page.passages[passage.lead].text if 0 <= passage.lead < len(page.passages) else ""
    parent = page.passages[passage.parent].text if 0 <= passage.parent < len(page.passages) else ""
    heading = page.headings[passage.section].title if passage.section >= 0 else ""
    row = page.tables[passage.table].rows[passage.row] if passage.table >= 0 else ()
    cells = " ".join(page.passages[cell].text for cell in row if cell >= 0 and cell != passage.ordinal)
    return " ".join((lead[-120:], parent[:120], heading, cells[:200]))


def _role(passage: Passage, hit: _Hit, banner: bool, own: bool) -> str:
    before, after = passage.text[max(0, hit.start - 160) : hit.start], passage.text[hit.end : hit.end + 100]
    if passage.table < 0 and (own or banner):
        line = passage.text[_line_start(passage, hit.start) : hit.start]
        if _SUPERSEDES_LABEL.search(line) or _SUPERSEDES.search(before):
            return "mention" if _PARTLY.search(before) or _PARTLY_AFTER.match(after) else "supersedes"
        if (banner or _BY_LABEL.match(line)) and _BY.search(before):
            return "superseded-by"
        if banner and _INSTEAD.search(before) and "instead" in after:
            return "superseded-by"
    if _AUTHORITY.search(before) or (_FOR_AUTHORITY.match(after) and hit.kind != "anchor"):
        return "authority"
    return "mention"


def _line_start(passage: Passage, offset: int) -> int:
    """Where the source line begins that holds the offset."""
    line = next((run.line for run in reversed(passage.runs) if run.start <= offset), -1)
    return min((run.start for run in passage.runs if run.line == line and run.start <= offset), default=0)
