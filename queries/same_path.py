"""Whether two claims say where the same files stand."""

from __future__ import annotations

from ..ingest.paths import displaced
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match


def path_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two schemes of paths for one file that differ by a folder beside their variable part."""
    if "plan" in (a.claim.modality, b.claim.modality):
        return None
    folder = displaced(a.value.partition(":")[2], b.value.partition(":")[2])
    if not folder:
        return None
    match = Match(1.0, a.subject.terms, f"the same path but for the folder {folder!r}")
    return made("path", a, b, match, match, around)
