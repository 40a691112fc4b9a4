"""How the conflicts of one run are to be taken: against what the set is known to have, and what people let stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..graph.model import Conflict, Diagnostic, Severity
from ..ingest.directives import Suppression
from .acceptance import EXPIRED, UNUSED, Rulebook, accepted, stated_in
from .baseline import STALE, Entry, compared, stale_diagnostics
from .precedent import UNTRUSTED, Precedent, told_apart
from .triage import UNMARKED, Mark, Novelty, milder

GRAVITY: Mapping[str, Severity] = {EXPIRED: "error", STALE: "note", UNTRUSTED: "note"}
"""How grave a diagnostic about suppressions or the baseline is; a warning where nothing is said."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a set besides its texts."""

    day: str
    """The day of the run, ISO 8601: it decides what is expired and is printed nowhere."""
    rules: Rulebook
    configured: tuple[Suppression, ...] = ()
    folder: str = ""
    """The folder of the set as the configuration sees it."""
    baseline: tuple[Entry, ...] | None = None
    baseline_path: str = ""
    """For messages."""
    all_read: bool = True
    """Whether the run saw all that configuration and baseline speak of, so that what is not found is gone."""
    documents_whole: bool = True
    """Whether the run saw what the documents speak of; not so when some are read without the set around them."""
    precedent: Precedent | None = None
    """The state of the set that it is compared with: what was already to be told there is not told again."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the conflicts of one run are to be taken."""

    marks: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    """By the id of a conflict; those about which nothing is known are left out."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Suppressions that are unused, expired or mistaken, and entries of the baseline that no longer occur."""


def judge(conflicts: Sequence[Conflict], texts: Mapping[str, str], known: Known) -> Judgement:
    """All the conflicts of a set, with the texts of its documents by path, under what else is known."""
    stated, faults = stated_in(texts)
    earlier = known.precedent
    if earlier is not None and earlier.binding:
        believed = told_apart(stated, texts, stated_in(earlier.texts)[0], earlier)
        stated, faults = believed.old, (*faults, *believed.diagnostics(earlier.name))
    standing = accepted(conflicts, (*stated, *known.configured), known.day, known.rules, known.folder)
    found = compared(conflicts, known.baseline or ())
    novelty: Mapping[str, Novelty] = {} if known.baseline is None else found.novelty
    marks = {c.id: Mark(novelty.get(c.id, ""), standing.by_id.get(c.id)) for c in conflicts}
    stale = stale_diagnostics(known.baseline_path, found) if known.baseline is not None and known.all_read else ()
    texts_at = frozenset(texts)
    told = (row for row in standing.diagnostics if row.rule != UNUSED or _surely_unused(row, texts_at, known))
    rows = (*sorted([*faults, *told], key=lambda row: (row.path, row.line, row.message)), *stale)
    if earlier is not None:
        there = judge(earlier.conflicts, earlier.texts, replace(known, precedent=None))
        rows = tuple(earlier.without_known(rows, there.diagnostics))
    return Judgement({id_: mark for id_, mark in marks.items() if mark != UNMARKED}, rows)


def _surely_unused(row: Diagnostic, documents: frozenset[str], known: Known) -> bool:
    return known.documents_whole if row.path in documents else known.all_read


def joined(marks: Mapping[str, Mark], others: Mapping[str, Mark]) -> dict[str, Mark]:
    """The marks of two comparisons, by id: known to either is known, and accepted in either is accepted."""
    return {
        id_: Mark(milder(one.novelty, other.novelty), one.acceptance or other.acceptance, one.was or other.was)
        for id_ in sorted({*marks, *others})
        for one, other in [(marks.get(id_, UNMARKED), others.get(id_, UNMARKED))]
    }


def gravity(diagnostic: Diagnostic) -> Severity:
    """How grave a diagnostic about a suppression or the baseline is."""
    return GRAVITY.get(diagnostic.rule, "warning")
