"""Settings in running text: keys and values in code spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..graph.model import Claim
from .context import inherit, scope_of
from .page import Mark, Passage
from .statement import Statement
from .values import normalise
from .writer import Writer

_INLINE_PAIR = re.compile(r"^([A-Za-z_][\w.\-/]*[\w])\s*(?:=|:\s)\s*[\"']?([^\"'\s,;]+)[\"']?$")

_ASSIGNED = re.compile(
    r"\s+(?:is|are|was|defaults to|now sources from|sources from|is sourced from|comes from|is now|equals|is set to"
    r"|must be|to|=|:|→)\s+"
    r"(?:the\s+)?$"
)


def settings(passage: Passage, writer: Writer) -> Iterator[Claim]:
    """Two code spans joined by a word that assigns.

    "`KEY` is `value`", "sets `KEY` to `value`", "`KEY` sources from `value`".
    """
    codes = [m for m in passage.marks if m.kind == "code"]
    for left, right in pairwise(codes):
        between = passage.text[left.end : right.start]
        key, value = passage.text[left.start : left.end], passage.text[right.start : right.end]
        if len(between) < 24 and _ASSIGNED.match(between) and _KEY.match(key) and normalise(value):
            yield writer.make(
                writer.subject,
                f"open:{key.rpartition('.')[2]}",
                value,
                value=normalise(value),
                start=left.start,
                end=right.end,
                subject_from=writer.subject_from,
                extractor="key-value",
            )


_KEY = re.compile(r"^(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|[a-z]+[A-Z]\w+|[\w-]+(?:\.[\w-]+)+)$")

_DEFAULT = re.compile(r"\bdefaults?\b", re.IGNORECASE)

_CLAUSE_END = re.compile(r"[.;]\s|\s[—–]\s|,\s(?:but|while|whereas)\s")

_MENTIONED = re.compile(
    r"(?:\b(?:treats?|interprets?|considers?|if|when|whether|unless|without|instead of|rather than|avoid\w*|not"
    r"|no longer|until|from|like|e\.g\.?,?|such as|for example,?|or)"
    r"|\((?:set|use|pass|with|via|export))\s+(?:a |an |the )?$",
    re.IGNORECASE,
)
"""Words before a pair that is only spoken of: a case, a way out, what was before."""


def inline_pairs(passage: Passage, writer: Writer, found: Sequence[Statement]) -> Iterator[Claim]:
    """`key=value` and `key: value` in code spans, each with what its own clause says of it."""
    for mark in passage.marks:
        if mark.kind != "code":
            continue
        match = _INLINE_PAIR.match(passage.text[mark.start : mark.end])
        if match and len(match[1]) > 2 and "//" not in match[0]:
            yield _pair(passage, writer, found, mark, match)


def _pair(passage: Passage, writer: Writer, found: Sequence[Statement], mark: Mark, match: re.Match[str]) -> Claim:
    parents, _, key = match[1].rpartition(".")
    if "/" in match[1]:
        parents, key = "", match[1]
    own = next((s.subject for s in found if s.start <= mark.start < s.end and len(s.subject.split()) <= 5), "")
    start, end = _clause(passage.text, mark)
    claim = writer.make(
        parents or own,
        f"open:{key}",
        match[2],
        value=normalise(match[2]),
        start=mark.start,
        end=mark.end,
        subject_from="key path" if parents else "",
        extractor="key-value",
        marker="default" if _DEFAULT.search(passage.text, start, end) else "",
    )
    mentioned = claim.standing == "live" and _MENTIONED.search(passage.text, max(0, mark.start - 24), mark.start)
    scope = inherit(claim.scope, scope_of(passage.text[start:end], "stated"))
    return replace(claim, scope=scope, standing="hypothetical" if mentioned else claim.standing)


def _clause(text: str, mark: Mark) -> tuple[int, int]:
    """The clause that a code span stands in."""
    before = [m.end() for m in _CLAUSE_END.finditer(text, 0, mark.start)]
    after = _CLAUSE_END.search(text, mark.end)
    return (before[-1] if before else 0), (after.start() if after else len(text))
