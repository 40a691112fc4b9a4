"""Comparisons of what a text announces with what the list or table under it has."""

from __future__ import annotations

from collections.abc import Iterator

from ..graph.model import Claim
from ..ingest.counts import COUNTS
from ..ingest.words import EMPTY, phrase
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match
from .linkage import Linkage


def counted_comparisons(linkage: Linkage, around: Surroundings) -> Iterator[Comparison]:
    """Each announced count that its list or table does not have."""
    for path in sorted(linkage.readings):
        claims = [c for c in linkage.readings[path].claims if c.relation == COUNTS and c.standing == "live"]
        listed = {c.passage: c for c in claims if c.extractor == "listed"}
        for claim in claims:
            other = listed.get(claim.passage)
            if claim.extractor == "announced" and other is not None and other.value != claim.value:
                match = Match(1.0, phrase(claim.subject).terms, "the list under the announcement")
                yield made("listed", _aspect(claim), _aspect(other), match, match, around)


def _aspect(claim: Claim) -> Aspect:
    what = phrase(claim.subject)
    return Aspect(claim, "listed", f"listed|{claim.subject}", what, EMPTY, True, claim.value)
