"""Decisions in running text: what is left open, and which option is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..graph.model import Claim
from .words import clean
from .writer import Writer

_OPEN_DECISION = re.compile(
    r"^\W*(?:\[ \]\s*)?(?:decide|choose|confirm|clarify|determine|agree|pick|resolve|define)\b\s+(?:on\s+)?"
    r"(?:(?:whether|if|which|who|how|where|between|minimum|the)\b)?\s*(.+)$",
    re.IGNORECASE,
)

_WHETHER = re.compile(r"\b(?:whether|if|which|or|vs\.?|between)\b", re.IGNORECASE)

_TBD = re.compile(r"\b(?:TBD|TBC|to be (?:decided|determined|confirmed)|undecided|open question)\b", re.IGNORECASE)


def open_decisions(text: str, writer: Writer) -> Iterator[Claim]:
    """What a text leaves to be decided: "Decide whether …", "TBD"."""
    match = _OPEN_DECISION.match(text)
    if match and _WHETHER.search(text) and not text.rstrip().endswith(".md"):
        yield writer.make("", "is-decided", clean(match[1]), polarity="denied", modality="plan", start=0, end=len(text))
    elif len(text) < 160 and (tbd := _TBD.search(text)) is not None:
        yield writer.make(
            clean(text[: tbd.start()]), "is-decided", "", polarity="denied", modality="plan", start=0, end=len(text)
        )


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
