"""Stated equivalences between names: the only evidence an alias may rest on.

Recognised are "X (Y)" between names, "X (formerly Y)", "formerly X", "renamed from X to Y", "rename X to Y",
"prefer X over Y", "prefer X for what is described as Y", "X, previously called Y", "X, also known as Y" and denials
("X is not Y").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..graph.model import LabelEvidence, Mention
from .english import BASES
from .page import Page, Passage
from .words import clean, is_identifier, phrase

# The look-behind keeps a long word from being tried from each of its letters.
_NAME = (
    r"(?<![\w\-/@*])(?<!\w\.)[“\"`*]*([A-Za-z@][\w\-/@*]*(?:\.[\w\-/@*]+)*(?:[ ][A-Z][\w\-]*(?:\.\w+)*){0,3})[”\"`*]*"
)


class _Pair(NamedTuple):
    """A way to say that two names belong together."""

    kind: str
    needles: tuple[str, ...]
    """One of them stands in every text that the pattern finds something in; looking for them first is far cheaper."""
    pattern: re.Pattern[str]
    swap: bool
    """The name to use is the second one."""


_PAIRS = (
    _Pair(
        "renamed",
        ("formerly", "previously", "once", "was", "née"),
        re.compile(
            rf"{_NAME}\s*\(\s*(?:formerly|previously|once|was|née)\s+(?:known as\s+|called\s+|named\s+)?{_NAME}"
        ),
        False,
    ),
    _Pair(
        "renamed",
        ("formerly", "previously"),
        re.compile(rf"{_NAME},?\s+(?:formerly|previously)\s+(?:known as\s+|called\s+|named\s+){_NAME}"),
        False,
    ),
    _Pair(
        "renamed",
        ("enam",),
        re.compile(rf"\b[Rr]enam(?:ed?|es|ing)\s+(?:from\s+)?{_NAME}\s+(?:to|→|->)\s+{_NAME}"),
        True,
    ),
    _Pair(
        "renamed",
        ("renamed",),
        re.compile(rf"{_NAME}\s+(?:was|is|has been|were)\s+(?:now\s+)?renamed\s+(?:to\s+)?{_NAME}"),
        True,
    ),
    _Pair(
        "renamed",
        ("refer",),
        re.compile(rf"\b[Pp]refer\s+{_NAME}\s+(?:over|to|instead of|rather than)\s+{_NAME}"),
        False,
    ),
    _Pair(
        "renamed",
        ("refer",),
        re.compile(rf"\b[Pp]refer\s+{_NAME}\s+for\s+[^.;:]{{0,80}}?\b(?:called|described as|named|known as)\s+{_NAME}"),
        False,
    ),
    _Pair("renamed", (" now ",), re.compile(rf"{_NAME}\s+(?:is|are)\s+now\s+(?:called|named)\s+{_NAME}"), True),
    _Pair(
        "alias",
        ("or", "aka", "a.k.a.", "also"),
        re.compile(rf"{_NAME}\s*\(\s*(?:or|aka|a\.k\.a\.|also(?: known as| called)?)\s+{_NAME}"),
        False,
    ),
    _Pair(
        "alias",
        ("also known as", "aka", "a.k.a."),
        re.compile(rf"{_NAME},?\s+(?:also known as|aka|a\.k\.a\.)\s+{_NAME}"),
        False,
    ),
)
_ACRONYM_HINT = re.compile(r"\([“\"`]?[A-Z]{2,8}s?[”\"`]?\)|\b[A-Z]{2,8} \([A-Z]")
_ACRONYM = re.compile(rf"{_NAME}\s*\(\s*{_NAME}\s*\)")
_DENIED = re.compile(rf"{_NAME}\s+(?:is|are)\s+not\s+(?:the same as\s+|an alias (?:for|of)\s+)?{_NAME}\s*(?:[.;,)]|$)")
_HINTS = (
    "(or ", "former", "previous", "enam", "refer ", "aka", "a.k.a", "also known", "also called", "now called",
    "now named", "(was ", "(once ",
)  # fmt: skip
_DENIAL_HINT = re.compile(r"[A-Za-z”\"`*] (?:is|are) not ")
_GENERIC = frozenset(
    """the this it note notes todo done see e.g i.e optional default required new old current yes no ok v1 v2 v3 mvp
    only both all none tbd draft status phase step example examples etc when where local dev staging production prod
    now later pending""".split()
)


def label_evidence(path: str, passage: Passage) -> Iterator[LabelEvidence]:
    """Equivalences and renames that a passage states.  ``label`` is the name to use, ``other`` the other one."""
    text = passage.text
    if "(" in text and _ACRONYM_HINT.search(text):
        yield from _matches(path, passage, "alias", _ACRONYM, swap=False)
    if " not " in text and _DENIAL_HINT.search(text):
        yield from _denials(path, passage)
    if not any(hint in text for hint in _HINTS):
        return
    for pair in _PAIRS:
        if any(needle in text for needle in pair.needles):
            yield from _matches(path, passage, pair.kind, pair.pattern, swap=pair.swap)


def _matches(
    path: str, passage: Passage, kind: str, pattern: re.Pattern[str], *, swap: bool
) -> Iterator[LabelEvidence]:
    text = passage.text
    for match in pattern.finditer(text):
        left, right = _without_verb(clean(_before(passage, match.span(1)))), clean(_after(passage, match.span(2)))
        preferred, other = (right, left) if swap else (left, right)
        if _plausible(preferred, other, kind, match, passage):
            line = passage.locate(match.start(), match.end()).line
            yield LabelEvidence(preferred, other, kind, path, line)


def _before(passage: Passage, span: tuple[int, int]) -> str:
    """A matched name that ends at ``span``'s end, from the last edge of markup within it."""
    edges = [at for at in _edges(passage) if span[0] < at < span[1]]
    return passage.text[max(edges, default=span[0]) : span[1]]


def _after(passage: Passage, span: tuple[int, int]) -> str:
    """A matched name that begins at ``span``'s start, to the first edge of markup within it."""
    edges = [at for at in _edges(passage) if span[0] < at < span[1]]
    return passage.text[span[0] : min(edges, default=span[1])]


def _edges(passage: Passage) -> Iterator[int]:
    for mark in passage.marks:
        if mark.kind in {"code", "strong"}:
            yield from (mark.start, mark.end)


def _without_verb(name: str) -> str:
    """A name without a verb that opened its sentence: "Use MailGate" names MailGate."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in BASES else name


def _denials(path: str, passage: Passage) -> Iterator[LabelEvidence]:
    for match in _DENIED.finditer(passage.text):
        left, right = clean(match[1]), clean(match[2])
        if is_name(left) and is_name(right):
            yield LabelEvidence(left, right, "denied", path, passage.locate(match.start(), match.end()).line)


def is_name(label: str) -> bool:
    """Whether a label looks like a proper name or an identifier rather than a common phrase.

    >>> [is_name(x) for x in ("KubeProxy", "mail gateway", "Mail Gateway", "the", "x")]
    [True, False, True, False, False]
    """
    if label.lower() in _GENERIC or len(label) < 3:
        return False
    words = label.split()
    return is_identifier(label) or all(w[0].isupper() for w in words)


def _plausible(preferred: str, other: str, kind: str, match: re.Match[str], passage: Passage) -> bool:
    if not (is_name(preferred) and is_name(other)) or phrase(preferred) == phrase(other):
        return False
    if kind == "renamed":
        if match[0].lower().startswith("prefer") and not _NAMING.search(passage.text) and not _alike(preferred, other):
            return False
        return _specific(preferred) or _specific(other) or _marked(passage, match, 1) or _marked(passage, match, 2)
    if match.re is _ACRONYM:
        return _acronym(preferred, other) or _acronym(other, preferred)
    return True


_NAMING = re.compile(r"\b(?:term|name|naming|wording|called|described|renam\w+|terminology|label)\b", re.IGNORECASE)


def _alike(a: str, b: str) -> bool:
    """Whether two names share a word of theirs."""
    words = [set(re.findall(r"[A-Z]?[a-z]{3,}|[A-Z]{2,}", name)) for name in (a, b)]
    return bool(words[0] & words[1])


def _specific(name: str) -> bool:
    return is_identifier(name) or " " in name


def _marked(passage: Passage, match: re.Match[str], group: int) -> bool:
    """Whether a matched name stands in markup or quotation marks of its own."""
    start, end = match.span(group)
    text = passage.text
    quoted = (start > 0 and text[start - 1] in '“"`') or (end < len(text) and text[end] in '”"`')
    return quoted or any(m.kind in {"code", "strong"} and m.start <= start and end <= m.end for m in passage.marks)


def _acronym(short: str, long: str) -> bool:
    """Whether ``short`` is made of the initials of ``long``.

    >>> _acronym("CSI", "Container Storage Interface"), _acronym("IDC", "IntelligentDomainController")
    (True, True)
    """
    initials = "".join(w[0] for w in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", long)).upper()
    return len(short) >= 2 and short.isupper() and len(long) > len(short) + 3 and initials == short.upper()


def mentions(page: Page, title: str) -> Iterator[Mention]:
    """Labels in the forms that make them candidates for an entity."""
    if title:
        yield Mention(title, 1, "title")
    for passage in page.passages:
        line = passage.span.line
        for mark in passage.marks:
            if mark.kind in {"code", "strong"}:
                label = clean(passage.text[mark.start : mark.end])
                if 2 < len(label) <= 60 and len(label.split()) <= 5:
                    yield Mention(label, line, mark.kind)
        for name in _PROPER.findall(passage.text):
            yield Mention(name, line, "proper")
        if passage.kind != "heading":
            for name in _COMPOUND.findall(passage.text):
                yield Mention(name, line, "compound")


# Possessive repetitions: without them every lower-case word is tried once for each of its letters.
_PROPER = re.compile(
    r"\b(?:[A-Z][a-z0-9]++[A-Z][A-Za-z0-9]*+|[A-Z]{2,}+[a-z][A-Za-z]*+"
    r"|[a-z]++[A-Z][A-Za-z0-9]++)\b|(?<=[a-z,] )[A-Z][a-z]{3,}+\b"
)
_COMPOUND = re.compile(
    r"(?<=[a-z,(] )(?:(?!(?:NOT|MUST|NO|NEVER|ONLY|SHOULD|MAY|AND|OR)\b)[A-Z][\w-]*+ ){1,3}"
    r"(?:[A-Z][\w-]*+|[a-z]++-[a-z]++(?![\w-])"
    r"|(?:controller|operator|worker|server|client|gateway|proxy|service|cluster|chart|adapter)s?+(?!\w))"
)
"""Capitalised words in a row within a sentence, or such a word and what kind of thing it is: names of several words."""
