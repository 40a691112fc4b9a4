"""Whether two claims say where the same files stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..ingest.paths import displaced
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match


def path_pairs(bucket: Sequence[Aspect]) -> Iterator[tuple[Aspect, Aspect]]:
    """Pairs of schemes that differ by one folder, unless several folders are possible there: then each is a place."""
    folders: defaultdict[str, set[str]] = defaultdict(set)
    pairs: list[tuple[Aspect, Aspect]] = []
    for i, a in enumerate(bucket):
        for b in bucket[i + 1 :]:
            if folder := displaced(a.value, b.value):
                folders[min(a.value, b.value, key=len)].add(folder)
                pairs.append((a, b))
    for a, b in pairs:
        here = folders[min(a.value, b.value, key=len)]
        folder = displaced(a.value, b.value)
        if len(here) == 1 or f"{{{folder}}}" in a.value:
            yield a, b


def path_comparison(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two schemes of paths for one file that differ by a folder beside their variable part."""
    if "plan" in (a.claim.modality, b.claim.modality):
        return None
    folder = displaced(a.value.partition(":")[2], b.value.partition(":")[2])
    if not folder:
        return None
    match = Match(1.0, a.subject.terms, f"the same path but for the folder {folder!r}")
    return made("path", a, b, match, match, around)
