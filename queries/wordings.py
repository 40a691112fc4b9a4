"""Decisions about words: which wording a live statement bans, and what it wants in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Reading, Span
from ..ingest.words import is_identifier, phrase, terms
from .lines import Lines


class Ban(NamedTuple):
    """A wording that a statement gives up."""

    label: str
    better: str
    """What to write in its place; empty when the statement does not say."""
    about: frozenset[str]
    """Stems of what must not be called so; empty when nothing may."""
    path: str
    span: Span


_Q = r"[“\"]([^”\"\n]{2,60}(?:\n[^”\"\n]{1,60})?)[”\"]"
_MORE = re.compile(rf"\s*(?:,|/|\bor\b|\band\b|,\s*or)\s*{_Q}")
_NOT = r"(?:avoid|do not|don['’]t|never|must not|should not|shouldn['’]t|mustn['’]t|stop)"
_WORDING = r"(?:terms?|words?|wordings?|phrases?|phrasings?|labels?|expressions?|language|names?|claims?|statements?)"
_SAYS = r"(?:impl(?:y|ies|ying)|says?|saying|claims?|claiming|suggest(?:s|ing)?|stat(?:es?|ing))"
_GONE = r"(?:be )?(?:removed|replaced|dropped|reworded|rewritten|deleted|changed|retired)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_NOT}\s+(?:call(?:ing)?|refer(?:ring)? to|describ(?:e|ing)|label(?:l?ing)?)\s+"
        rf"(?P<about>[^.;:“\"]{{2,60}}?)\s+(?:as\s+)?(?:an? )?{_Q}",
        rf"\b{_NOT}\s+(?:us(?:e|ing)|writ(?:e|ing))\s+(?:the\s+|any\s+)?(?:\w+\s+)?{_WORDING}\s+{_Q}",
        rf"\b{_NOT}\s+(?:say(?:ing)?|claim(?:ing)?|imply(?:ing)?)\s+(?:that\s+)?{_Q}",
        rf"\b{_WORDING}\s+(?:that|which)?\s*{_SAYS}\s+{_Q}\s+(?:must|should|has to|have to|needs? to)\s+{_GONE}",
        r"\b(?:remove|soften|drop|delete|rewrite|reword|update)\b[^.;“\"]{0,40}"
        rf"\b{_WORDING}\s+(?:that|which)?\s*{_SAYS}\s+{_Q}",
        rf"\b(?:remove|drop|delete|retire)\s+(?:any\s+|all\s+|the\s+)?{_Q}\s+{_WORDING}\b",
        rf"{_Q}\s+(?:must|should|has to)\s+(?:become|be (?:replaced|reworded|rewritten)\b)",
    )
)
_VERBS = (
    "avoid", "do not", "n't", "n’t", "never", "must", "should", "stop", "remove", "drop", "delete", "retire", "soften",
    "rewrite", "reword", "update", "has to",
)  # fmt: skip
_TOPICS = (
    "call", "refer", "describ", "label", "term", "word", "phras", "expression", "language", "name", "claim",
    "statement", "imply", "implies", "say", "become", "be re",
)  # fmt: skip
_BETTER = re.compile(
    rf"^[^.“\"]{{0,40}}\b(?:write|say|use|as|become|with|by|instead)\b[^.“\"]{{0,20}}{_Q}", re.IGNORECASE
)


def bans(lines: Lines) -> Iterator[Ban]:
    """The wordings that the live statements of one document ban, in the order of the patterns and lines."""
    places = list(_candidates(lines)) if lines.reading.document.standing == "live" else []
    seen: set[str] = set()
    for pattern in _PATTERNS:
        for first, last in places:
            for match in pattern.finditer(lines.text, first, last):
                if lines.standing(lines.line_of(match.start())) in {"live", "plain", "quoted"} and _one_block(match):
                    for ban in _banned(match, lines):
                        if ban.label not in seen:
                            seen.add(ban.label)
                            yield ban


def _candidates(lines: Lines) -> Iterator[tuple[int, int]]:
    """Ranges of three lines around each quotation outside code that has the words of a ban near it."""
    if '"' not in lines.text and "“" not in lines.text:
        return
    code: frozenset[int] | None = None
    bounds = [*lines.starts, len(lines.text), len(lines.text)]
    for index, line in enumerate(lines.source):
        if '"' in line or "“" in line:
            first, last = bounds[max(0, index - 1)], bounds[index + 2]
            window = lines.text[first:last].lower()
            if any(word in window for word in _VERBS) and any(word in window for word in _TOPICS):
                code = _code_lines(lines.reading) if code is None else code
                if index + 1 not in code:
                    yield first, last


def _code_lines(reading: Reading) -> frozenset[int]:
    """The lines on which blocks of code begin, and those of their claims."""
    silent = {silence.line for silence in reading.silences if silence.reason == "code"}
    return frozenset(silent | {claim.span.line for claim in reading.claims if claim.extractor == "code"})


def _one_block(match: re.Match[str]) -> bool:
    return "\n\n" not in match[0] and not re.search(r"\n\s*(?:[-*+|#]|\d+[.)])", match[0])


def _banned(match: re.Match[str], lines: Lines) -> Iterator[Ban]:
    quoted = [match[match.lastindex or 1]]
    end = match.end()
    while "about" in match.re.groupindex and (more := _MORE.match(lines.text, end)):
        quoted.append(more[1])
        end = more.end()
    rest = _BETTER.match(lines.text[end : end + 140])
    about = terms(match["about"]) if "about" in match.re.groupindex else frozenset[str]()
    span = lines.span_of(match.start(), end)
    for label in quoted:
        plain = " ".join(label.split())
        if specific_wording(plain):
            yield Ban(plain, rest[1] if rest else "", about, lines.reading.document.path, span)


@lru_cache(maxsize=1000)
def specific_wording(label: str) -> bool:
    """Whether a banned wording is a phrase or a coined term rather than a common word.

    >>> [specific_wording(w) for w in ("cloud desktop", "zero-install", "pod", "x → y")]
    [True, True, False, False]
    """
    words = label.split()
    if not 1 <= len(words) <= 8 or re.search(r"[`<>{}$→=|\[\]]", label):
        return False
    if len(words) > 1:
        return bool(phrase(label))
    return is_identifier(label) and len(label) > 5
