"""The circumstances of a place: what its headings, its own line and the opening of its document make of it.

What stands in a dated section, in a section that the opening calls legacy, or in a list of finished work may hold no
longer without anybody being wrong; what tells the reader to do something is meant to hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..graph.model import Claim, Document
from ..ingest.words import terms
from .comparison import Comparison
from .linkage import Linkage
from .mindful import OPENING_LINES
from .places import source_line

_TICKED = re.compile(r"✅|✔|^\s*(?:[-*+]|\d+[.)])\s+\[[xX]\]")
_PAST = re.compile(
    r"\s*(?:[-*+]|\d+[.)]|\|)\s*\W*(?:added|created|updated|moved|renamed|modified|introduced|refactored|wrapped"
    r"|implemented|authored|shipped|delivered|landed)\b",
    re.IGNORECASE,
)
_COMPLETED = re.compile(r"^\W*(?:complete|completed|done|finished|delivered|shipped)\b", re.IGNORECASE)
_OF_WORK_DONE = re.compile(
    r"✅|\b(?:delivered|completed|shipped|files?\b.*\b(?:changed|modified|created|touched|made)"
    r"|changes?\b.*\b(?:made|done))\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d-\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:19|20)\d\d\b"
    r"|\b(?:inventory|snapshot|as of|current (?:state|status)|as-is)\b",
    re.IGNORECASE,
)
_OF_ONE_MOMENT = re.compile(r"\b(?:review|audit|assessment|retrospective|minutes|lessons learned)\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"\b(?:active|maintained|living|normative|canonical|in force)\b", re.IGNORECASE)
_CALLS_LEGACY = re.compile(
    r"\bsections\b[^.\n]{0,100}\b(?:legacy|histor\w+|pre-\w+|outdated|obsolete"
    r"|deprecated|superseded|due for (?:a )?rewrite)\b"
    r"|\b(?:legacy|historical|outdated|obsolete|deprecated|superseded)\b[^.\n]{0,40}\bsections\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\W*(?:root cause|trigger|impact|symptoms?|observations?|observed|findings?|issue|problem|context|background"
    r"|incident|cause|what happened)\b[\w ()]{0,30}:",
    re.IGNORECASE,
)
_VERB = (
    r"(?:add|apply|build|call|check|configure|create|deploy|enable|ensure|execute|expose|follow|import|install|keep|open"
    r"|point|register|run|set|start|use|wire|write)"
)
_INSTRUCTS = re.compile(
    rf"\b(?:must|shall|should|ensure|required|always|belongs?)\b|^\W*(?:\d+[.)]\s*)?(?:\*\*[^*]+\*\*:?\s*)?{_VERB}\b",
    re.IGNORECASE,
)
_COMMAND = re.compile(r"^\s*\$ |\s--[a-z][\w-]*")
_DEFERRED = re.compile(r"\b(?:deferred|on hold|parked|postponed|reference design)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\w[`*]*-[a-z]+(?:ed|en)$")
_NOUN = re.compile(r"[`*]*\s+[`*]*\w")
_PROGRESS = frozenset({"task", "whole", "state", "record", "decided"})
"""Kinds of comparison that a deferred design does not excuse: they say how far it is."""
_OPENING = 20_000
"""Characters that hold the opening lines of any document."""
_FEWEST = 2
"""Words of such a note that must stand there."""
_EMPTY_HERE = terms("section sections below above legacy historical document update note treat describe reference")
_AROUND = 3
"""Lines before and after a place that may show that a note on some sections means its section."""


class Circumstances:
    """The circumstances of places of one set, as names of features (``confidence.NAMED``)."""

    def __init__(self, linkage: Linkage) -> None:
        self.linkage = linkage
        self._legacy: dict[str, tuple[frozenset[str], ...]] = {}

    def of_use(self, path: str, line: int) -> Iterator[str]:
        """What speaks for or against a use of a name, or a citation, being meant to hold."""
        text = source_line(self.linkage, path, line)
        titles = [*_titles(self.linkage.document(path), line)]
        if self._tells_finished_work(path, text, titles):
            yield "record of finished work"
        if any(_DATED.search(title) for title in titles):
            yield "dated section"
        document = self.linkage.document(path)
        if _OF_ONE_MOMENT.search(f"{document.title} {path.replace('-', ' ')}"):
            yield "review of one moment"
        if _IN_FORCE.search(document.status):
            yield "calls itself in force"
        if _HAPPENED.match(text):
            yield "tells what happened"
        if self._instructs(path, line, text):
            yield "instructs"
        if self._is_called_legacy(path, line):
            yield "section called legacy"

    def of_comparison(self, comparison: Comparison) -> Comparison:
        """The comparison, with what speaks against one of its sides being meant to hold."""
        sides = (comparison.a.claim, comparison.b.claim)
        found: list[str] = []
        if any(self._is_called_legacy(side.path, side.span.line) for side in sides):
            found.append("section called legacy")
        if comparison.kind not in _PROGRESS and any(self._is_deferred(side.path) for side in sides):
            found.append("deferred design")
        if comparison.kind == "authority" and any(map(self._is_told_in_a_label, sides)):
            found.append("authority in a label")
        return replace(comparison, evidence=(*comparison.evidence, *found)) if found else comparison

    def _is_told_in_a_label(self, claim: Claim) -> bool:
        """Whether a claim is no more than an attribute of what it is about: "Vault-managed keys"."""
        line = source_line(self.linkage, claim.path, claim.span.end_line)
        end = claim.span.end_column - 1
        return _ATTRIBUTE.search(line, 0, end) is not None and _NOUN.match(line, end) is not None

    def _is_deferred(self, path: str) -> bool:
        return _DEFERRED.search(self.linkage.document(path).status) is not None

    def _tells_finished_work(self, path: str, text: str, titles: Sequence[str]) -> bool:
        """Whether a line tells what was done once: it is ticked off, or its heading or its document calls it done."""
        if _TICKED.search(text) or _PAST.match(text) or _COMPLETED.search(self.linkage.document(path).status):
            return True
        return any(_OF_WORK_DONE.search(title) for title in titles)

    def _instructs(self, path: str, line: int, text: str) -> bool:
        if self.linkage.lines[path].standing(line) == "code":
            return _COMMAND.search(text) is not None
        return _INSTRUCTS.search(text) is not None

    def _is_called_legacy(self, path: str, line: int) -> bool:
        """Whether the opening of a document calls some sections legacy, in words that also stand around a line."""
        if path not in self._legacy:
            self._legacy[path] = tuple(self._called_legacy(path))
        if not self._legacy[path] or line <= OPENING_LINES:
            return False
        near = (source_line(self.linkage, path, number) for number in range(line - _AROUND, line + _AROUND + 1))
        said = " ".join((*near, *_titles(self.linkage.document(path), line)))
        words = _words(said)
        return any(len(called & words) >= min(_FEWEST, len(called)) for called in self._legacy[path])

    def _called_legacy(self, path: str) -> Iterator[frozenset[str]]:
        """The words by which the opening of a document names sections that it calls legacy."""
        for text in self.linkage.texts[path][:_OPENING].splitlines()[:OPENING_LINES]:
            match = _CALLS_LEGACY.search(text) if "ections" in text else None
            if match is not None:
                sentence = text[text.rfind(". ", 0, match.start()) + 1 : match.end()]
                if words := _words(sentence):
                    yield words


def _words(text: str) -> frozenset[str]:
    """The content words of a text, those within compounds apart."""
    return terms(re.sub(r"[-/_.*`]", " ", text)) - _EMPTY_HERE


def _titles(document: Document, line: int) -> Iterator[str]:
    """The headings above a line, the nearest first, without the title."""
    at = max((i for i, heading in enumerate(document.headings) if heading.line <= line), default=-1)
    while at >= 0 and document.headings[at].level > 1:
        yield document.headings[at].title
        at = document.headings[at].parent
