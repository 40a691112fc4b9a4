"""Decisions in running text: what is left open, and which option is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ..graph.model import Claim
from .words import clean
from .writer import Writer

_OPEN_DECISION = re.compile(
    r"^\W*(?:\[ \]\s*)?(?:decide|choose|confirm|clarify|determine|agree|pick|resolve|define)\b\s+(?:on\s+)?"
    r"(?:(?:whether|if|which|who|how|where|between|minimum|the)\b)?\s*(.+)$",
    re.IGNORECASE,
)

_WHETHER = re.compile(r"\b(?:whether|if|which|or|vs\.?|between)\b", re.IGNORECASE)

_WHETHER_ITEM = re.compile(r"\W*(?:\[ \]\s*)?whether\b\s+(\S.*)$", re.IGNORECASE)

_OPEN_SECTION = re.compile(
    r"\b(?:open|unresolved|outstanding|pending)\s+(?:\w+\s+)?(?:questions?|decisions?)\b|\bclarifications?\b"
    r"|\bdecisions? (?:needed|pending|required|to (?:make|take|be made))\b|\bto be (?:decided|clarified)\b",
    re.IGNORECASE,
)

_ANSWERED = re.compile(r"\b(?:answered|resolved|decided)\b|\bdecision\s*:|\?\W*(?:yes|no)\b", re.IGNORECASE)

_DECISIONS = re.compile(
    r"\W*(?:(?:key|architectur\w+|design|locked|accepted|final|technical|main|core|product)\s+)*"
    r"(?:decisions?(?:\s+(?:made|taken|records?|log|summary))?|resolution|decided)(?:\s*\([^)]*\))?\W*$",
    re.IGNORECASE,
)
"""A heading, label or column over what is decided."""

_TBD = re.compile(r"\b(?:TBD|TBC|to be (?:decided|determined|confirmed)|undecided|open question)\b", re.IGNORECASE)

_TBD_PARTS = ("tbd", "tbc", "to be ", "undecided", "open question")
"""What a text that says so has at least one of, in lower case."""


def open_decisions(text: str, writer: Writer) -> Iterator[Claim]:
    """What a text leaves to be decided: "Decide whether …", "Whether …", an open question, "TBD"."""
    for claim in _undecided(text, writer):
        if _ANSWERED.search(text) is None:
            yield claim


def _undecided(text: str, writer: Writer) -> Iterator[Claim]:
    match = _OPEN_DECISION.match(text)
    if match and _WHETHER.search(text) and not text.rstrip().endswith(".md"):
        yield _left_open(match[1], text, writer)
    elif asked := _WHETHER_ITEM.match(text) if _asks(writer) else None:
        yield _left_open(asked[1], text, writer)
    elif "?" in text and any(map(_heads_questions, writer.frame.section.titles[-2:])):
        yield _left_open(text.partition("?")[0], text, writer)
    elif len(text) < 160 and (tbd := _to_be_decided(text)) is not None:
        yield writer.make(
            clean(text[: tbd.start()]), "is-decided", "", polarity="denied", modality="plan", start=0, end=len(text)
        )


def _to_be_decided(text: str) -> re.Match[str] | None:
    low = text.lower()
    return _TBD.search(text) if any(part in low for part in _TBD_PARTS) else None


def _asks(writer: Writer) -> bool:
    """Whether a passage is an item of what is asked or to be done, not of what somebody weighs."""
    passage = writer.passage
    return passage.kind == "item" and (
        passage.checked is False
        or writer.frame.role.standing == "question"
        or any(map(_heads_questions, writer.frame.section.titles[-2:]))
    )


@lru_cache(maxsize=1_000)
def _heads_questions(title: str) -> bool:
    return _OPEN_SECTION.search(title) is not None


def _left_open(matter: str, text: str, writer: Writer) -> Claim:
    return writer.make("", "is-decided", clean(matter), polarity="denied", modality="plan", start=0, end=len(text))


def heads_decisions(title: str) -> bool:
    """Whether a heading, label or column stands over what is decided.

    >>> [heads_decisions(t) for t in ("Architecture decisions (ADRs)", "Decision", "Decisions needed")]
    [True, True, False]
    """
    return _DECISIONS.fullmatch(title) is not None


def settled(text: str, writer: Writer, label: str, start: int) -> Iterator[Claim]:
    """What a text puts forward as decided: under "Decision:" or in a section of decisions."""
    under = writer.frame.section.titles
    if label and (heads_decisions(label) or "(decided)" in label.lower()):
        yield writer.make("", "is-decided", clean(text[start:]), start=start, end=len(text))
    elif under and heads_decisions(under[-1]) and 3 < len(text.split()) < 60 and "?" not in text:
        yield writer.make("", "is-decided", clean(text), start=0, end=len(text))


_DECIDED = re.compile(
    r"\b[Dd]ecision(?:\s*\([^)]*\))?\s*(?::|is)\s*(?:to (?:use|take) )?((?:[Oo]ption|[Aa]lternative|[Vv]ariant)\s+\w+)"
)


def decided(text: str, writer: Writer, label: str) -> Iterator[Claim]:
    """Decisions for an option: "Decision: Option B"."""
    for match in _DECIDED.finditer(text) if "ecision" in text else ():
        matter = label if label and not label.lower().startswith("decision") else writer.frame.subject
        claim = writer.make(
            matter,
            "decided",
            match[1],
            value=f"name:{match[1].lower()}",
            start=match.start(),
            end=match.end(),
            extractor="role",
        )
        yield replace(claim, scope=tuple(t for t in claim.scope if t.dimension != "option"))
