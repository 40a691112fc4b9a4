"""Rules that no query expresses: over the graph of references, over names and over wordings.

A function gives the hits of the rule whose file names it; their sides are places (``facts.place_iri``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from .dangling import dangling_reference
from .direction import direction
from .facts import place_iri
from .linkage import Linkage
from .overloaded import overloaded_term
from .precedence import competing_precedence
from .retired import stale_uses
from .ruleset import Hit
from .supersession import broken_supersession, stale_citations
from .terms import TermUse, banned_uses, deprecated_uses


def deprecated_term(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """One hit for each deprecated name and document: the line that gives the name up, and the first live use."""
    yield from _grouped(deprecated_uses(linkage), rule, "is deprecated", "name")


def forbidden_wording(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """One hit for each banned wording and document: the ban, and the first live use."""
    yield from _grouped(banned_uses(linkage), rule, "is not to be written", "wording")


def stale_restatement(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Citations of documents that are not in force, and uses of things that are gone."""
    yield from stale_citations(linkage, rule)
    yield from stale_uses(linkage, rule)


def _grouped(uses: tuple[TermUse, ...], rule: str, fault: str, what: str) -> Iterator[Hit]:
    live = sorted((u.ban.path, u.ban.span, u.label, u.path, u.span, u.ban.better) for u in uses if u.manner == "live")
    for key, group in groupby(live, key=lambda row: row[:4]):
        ban_path, ban_span, label, path = key
        found = list(group)
        more = len(found) - 1
        better = found[0][5]
        further = f", and {more} more below it" if more else ""
        instead = f"; the {what} to use is “{better}”" if better else ""
        yield Hit(
            rule, "", (place_iri(ban_path, ban_span), place_iri(path, found[0][4])),
            why=f"“{label}” {fault}, and stands in live text of {path}{further}{instead}.",
            repair=f"Write “{better}” in its place." if better else f"Reword the places that say “{label}”.",
        )  # fmt: skip


FUNCTIONS: Mapping[str, Callable[[Linkage, str], Iterator[Hit]]] = {
    "broken_supersession": broken_supersession,
    "competing_precedence": competing_precedence,
    "dangling_reference": dangling_reference,
    "deprecated_term": deprecated_term,
    "direction": direction,
    "forbidden_wording": forbidden_wording,
    "overloaded_term": overloaded_term,
    "stale_restatement": stale_restatement,
}
"""By the name that a rule's front matter gives."""
