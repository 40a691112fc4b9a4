"""Uses of deprecated names and banned wordings in the documents' own words, and how each use is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..graph.model import LabelEvidence, Span
from ..ingest.lexicon import fold
from ..ingest.words import is_identifier, terms
from .lines import Lines
from .places import line_span, source_line
from .wordings import Ban, bans

if TYPE_CHECKING:
    from .linkage import Linkage


class TermUse(NamedTuple):
    """One place where a deprecated name or banned wording stands."""

    label: str
    path: str
    span: Span
    manner: str
    """live, quoted, historical or code."""
    ban: Ban
    """What gives the label up."""


_INSIDE = re.compile(r"[\w/@\\-]")
_NAMING = re.compile(
    r"renam|former|previous|\bnames?\b|naming|\bnamed\b|\bcall(?:ed)?\b|\bterm(?:s|inology)?\b|wording|deprecat"
    r"|\bknown as\b|described as",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"former|previous|renam|\bold\b|older|legacy|histor|deprecat|obsolete|supersed|retired|\baka\b|a\.k\.a|originally"
    r"|once called|\bwas called\b|no longer|used to|\bprefer\b|replac|instead of|rather than|alias|label for|clean.?up"
    r"|search for|search-and",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|without|avoid|cannot|stop|remove|drop|non)\b|n['’]t\b|\brather than\b"
    r"|\binstead of\b|\breplac",
    re.IGNORECASE,
)
_BLANKET = re.compile(
    r"\b(?:references?|mentions?|names?|wording|terms?|uses?)\b[^.\n]{0,80}\b(?:histor|legacy|deprecat|former)|"
    r"\b(?:histor|legacy|deprecat|former)\w*[^.\n]{0,40}\b(?:references?|mentions?|names?|terms?|labels?)\b",
    re.IGNORECASE,
)
_PAIRS = (("“", "”"), ("‘", "’"))


def deprecations(linkage: Linkage) -> Iterator[Ban]:
    """The names that the set, or its vocabulary, has given up: proper names and coined terms only."""
    stated = {fold(e.other): e for e in linkage.lexicon.evidence if e.kind == "renamed"}
    for label, declared in sorted(linkage.lexicon.deprecated.items()):
        evidence = stated.get(label) if not declared.path else declared
        if evidence is None or "/" in evidence.other or "/" in declared.label:
            continue
        if _proper(evidence.other) and _names(evidence, linkage):
            yield Ban(evidence.other, declared.label, frozenset(), evidence.path, _line_span(evidence, linkage))


def _proper(label: str) -> bool:
    return (is_identifier(label) and len(label) > 3) or (" " in label and any(c.isupper() for c in label))


def _names(evidence: LabelEvidence, linkage: Linkage) -> bool:
    """Whether the line speaks of names, not of using one thing in place of another."""
    reading = linkage.readings.get(evidence.path)
    line = source_line(linkage, evidence.path, evidence.line)
    if reading is None or reading.document.standing != "live":
        return False
    coined = evidence.other[0].isupper() and evidence.label[0].isupper()
    return bool(_NAMING.search(line)) or bool(coined and re.search(r"\bprefer\b", line, re.IGNORECASE))


def _line_span(evidence: LabelEvidence, linkage: Linkage) -> Span:
    return line_span(linkage, evidence.path, evidence.line)


def deprecated_uses(linkage: Linkage) -> tuple[TermUse, ...]:
    """Every use of a deprecated name outside the documents that give it up, in the order of documents and lines."""
    found = list(deprecations(linkage))
    giving = {(e.path, fold(e.other)) for e in linkage.lexicon.evidence if e.kind == "renamed"}
    uses = _uses(found, linkage, exact=True)
    return tuple(use for use in uses if (use.path, fold(use.label)) not in giving)


def banned_uses(linkage: Linkage) -> tuple[TermUse, ...]:
    """Every use of a banned wording outside the statement that bans it."""
    found = [ban for lines in linkage.lines.values() for ban in bans(lines)]
    return tuple(use for use in _uses(found, linkage, exact=False) if not _same_place(use))


def _same_place(use: TermUse) -> bool:
    ban = use.ban
    return use.path == ban.path and ban.span.line - 1 <= use.span.line <= ban.span.end_line + 1


def _uses(found: Sequence[Ban], linkage: Linkage, *, exact: bool) -> Iterator[TermUse]:
    if not found:
        return
    from ahocorasick_rs import AhoCorasick

    machine = AhoCorasick([ban.label.lower() for ban in found])
    for path, text in linkage.texts.items():
        low = text.lower()
        if len(low) != len(text):
            continue
        hits = machine.find_matches_as_indexes(low, overlapping=True)
        kept = [(start, end, found[i]) for i, start, end in hits if _stands_free(text, start, end)]
        if exact:
            kept = [hit for hit in kept if text[hit[0] : hit[1]] == hit[2].label]
        if kept:
            yield from _meant(sorted(kept), linkage.lines[path], exact=exact)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether a match is a whole word and no part of a path, an identifier or a file name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if after in {"s", "S"}:
        after = text[end + 1 : end + 2]
    dotted = after == "." and text[end + 1 : end + 2].isalnum()
    return not (_INSIDE.match(before) or before == "." or _INSIDE.match(after) or dotted)


def _meant(hits: Iterable[tuple[int, int, Ban]], lines: Lines, *, exact: bool) -> Iterator[TermUse]:
    text, starts, document = lines.text, lines.starts, lines.reading.document
    blanket = {ban.label for _, _, ban in hits if exact and _governed(ban.label, text)}
    for start, end, ban in hits:
        line = lines.line_of(start)
        past = document.standing != "live" or ban.label in blanket
        manner = "historical" if past else _standing_manner(lines.standing(line))
        if manner == "live":
            source = text[starts[line - 1] : starts[line] if line < len(starts) else len(text)]
            manner = _manner(source, start - starts[line - 1], end - starts[line - 1], ban, exact=exact)
        yield TermUse(ban.label, document.path, lines.span_of(start, end), manner, ban)


def _governed(label: str, text: str) -> bool:
    """Whether a line near the top says that the name stands in the document for historical reasons only."""
    return any(label in line and _BLANKET.search(line) for line in text[:4000].split("\n"))


def _standing_manner(standing: str) -> str:
    known = {"live": "live", "plain": "live", "code": "code", "quoted": "quoted"}
    return known.get(standing, "historical")


def _manner(line: str, start: int, end: int, ban: Ban, *, exact: bool) -> str:
    """How one use on a live line is meant."""
    before, after = line[:start], line[end:]
    if re.search(r"\]\([^)]*$|<[^>]*$|https?:\S*$", before):
        return "code"
    if _is_quoted(before, after):
        return "quoted"
    if exact:
        told = _PAST.search(line) or (ban.better and ban.better in line)
        return "historical" if told else "live"
    if before.count("`") % 2 and after.count("`") % 2:
        return "code"
    if _DENIAL.search(before[-50:]) or _PAST.search(line) or (ban.better and ban.better.lower() in line.lower()):
        return "historical"
    if not ban.about <= terms(line):
        return "quoted"
    return "live"


def _is_quoted(before: str, after: str) -> bool:
    if before.count('"') % 2 and '"' in after:
        return True
    return any(before.rfind(a) > before.rfind(b) and b in after for a, b in _PAIRS)
