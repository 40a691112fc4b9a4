"""Comparisons of what documents say about documents: an index against the document, a status against the body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from ..graph.model import Claim, Reference
from ..ingest.records import CLASHES
from ..ingest.values import compatible
from ..ingest.words import EMPTY, phrase
from .aspect import Aspect
from .comparison import Comparison
from .gate import Match
from .linkage import Linkage

_WORK_IS_DONE = re.compile(r"\W*(?:completed?|done|finished|closed|resolved|fixed)\b", re.IGNORECASE)
"""A status of the work that a document plans; it stays so when the result is replaced later."""


def record_comparisons(linkage: Linkage) -> Iterator[Comparison]:
    """Pairs of statements about one document's status, owner or version that cannot both hold."""
    found: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for path, reading in linkage.readings.items():
        for claim in reading.claims:
            if claim.extractor in {"front-matter", "document"}:
                found[path, claim.relation].append(claim)
            elif claim.extractor == "index" and claim.standing == "live":
                target = linkage.library.resolve(path, Reference(claim.span, claim.subject, "link", "mention")).path
                if target and target != path:
                    found[target, claim.relation].append(claim)
    for key in sorted(found):
        yield from _within(found[key], key[0])


def _within(claims: list[Claim], path: str) -> Iterator[Comparison]:
    own = [c for c in claims if c.extractor != "index"]
    if own and own[0].relation == "open:owner":
        everyone = " ".join(c.object for c in own)
        own = [replace(own[0], object=everyone)]
        claims = [*own, *(c for c in claims if c.extractor == "index")]
    for a in own:
        for b in claims:
            if b is not a and (b.extractor == "index" or (b.path, b.span) > (a.path, a.span)) and _clash(a, b):
                yield _comparison(a, b, path)


def _clash(a: Claim, b: Claim) -> bool:
    if a.relation == "has-status":
        return frozenset((a.value, b.value)) in CLASHES and not _done_and_replaced(a, b)
    if a.relation == "open:version":
        return not compatible(a.value, b.value)
    return not phrase(a.object).terms & phrase(b.object).terms


def _done_and_replaced(a: Claim, b: Claim) -> bool:
    """Whether one side says that the work is done and the other that what came of it is superseded."""
    dead = {a.value, b.value} == {"dead", "done"}
    return dead and any(one.value == "done" and _WORK_IS_DONE.match(one.object) for one in (a, b))


def _comparison(a: Claim, b: Claim, path: str) -> Comparison:
    kind = "record" if a.relation == "has-status" else "value"
    match = Match(1.0, frozenset(), "the same document")
    one, other = (
        Aspect(c, "record", f"record|{c.relation}|{path}", phrase(c.subject), EMPTY, True, c.value) for c in (a, b)
    )
    return Comparison(kind, one, other, match, match, "same document" if a.path == b.path else "cites", 8.0, "")
