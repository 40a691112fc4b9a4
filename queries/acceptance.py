"""Which conflicts somebody lets stand, and which of the suppressions that say so are expired, unused or mistaken."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from ..graph.model import Conflict, Diagnostic, Span
from ..graph.spelling import nearest
from ..ingest.directives import Suppression
from ..ingest.suppressions import MALFORMED, suppressions
from .triage import Acceptance

_CONFLICT_ID = re.compile(r"[0-9a-f]{8,16}")
UNUSED = "NS002"
EXPIRED = "NS003"


class Rulebook(NamedTuple):
    """The rules of a run, as far as suppressions name them."""

    names: Mapping[str, str]
    """Id by name and by id, of every rule that was run."""
    whole: bool = True
    """Whether a rule that is not among them is unknown; false when a project's own rules were left aside."""


class Accepted(NamedTuple):
    """What suppressions came to."""

    by_id: Mapping[str, Acceptance]
    """The conflicts that somebody lets stand, by their ids."""
    diagnostics: tuple[Diagnostic, ...]
    """NS002 unused, NS003 expired, NS004 not followed; by file and line."""


def stated_in(texts: Mapping[str, str]) -> tuple[tuple[Suppression, ...], tuple[Diagnostic, ...]]:
    """The suppressions of documents given as texts by path, and those that cannot be followed."""
    found = [one for path in sorted(texts) for one in suppressions(path, texts[path])]
    return (
        tuple(one for one in found if isinstance(one, Suppression)),
        tuple(one for one in found if isinstance(one, Diagnostic)),
    )


def accepted(
    conflicts: Sequence[Conflict], given: Iterable[Suppression], day: str, rules: Rulebook, folder: str = ""
) -> Accepted:
    """The conflicts that some suppressions cover on a day (ISO 8601).

    A conflict is covered when any of its statements stands on a covered line.  ``folder`` is the folder of the set as
    the configuration sees it (``docs``), since the patterns of a configuration may be written from either.
    """
    named, faults = _named(given, rules)
    by_path = _by_path(conflicts)
    by_id: dict[str, Acceptance] = {}
    for one, name in named:
        within = by_path.get(one.path, ()) if one.where == "document" else conflicts
        meant = (c for c in within if name in ("", c.rule, c.id) and one.conflict in ("", c.id))
        covered = [c for c in meant if _covers(one, c, folder)]
        if one.until and one.until < day:
            faults.append(_expired(one, name, bool(covered)))
        elif not covered:
            faults.append(_unused(one, name))
        else:
            for conflict in covered:
                by_id.setdefault(conflict.id, _acceptance(one))
    return Accepted(by_id, tuple(sorted(faults, key=lambda row: (row.path, row.line, row.rule, row.message))))


def _named(given: Iterable[Suppression], rules: Rulebook) -> tuple[list[tuple[Suppression, str]], list[Diagnostic]]:
    """Each suppression with each id that it names, documents first; and the names that are nobody's."""
    named: list[tuple[Suppression, str]] = []
    faults: list[Diagnostic] = []
    for one in sorted(given, key=lambda one: (one.where != "document", one.path, one.line)):
        for name in one.rules or ("",):
            known = name if not name or _CONFLICT_ID.fullmatch(name) else rules.names.get(name.upper())
            known = rules.names.get(name) if known is None else known
            if known is not None:
                named.append((one, known))
            elif rules.whole or name.upper().startswith("NS"):
                faults.append(_unknown(one, name, rules))
    return named, faults


def _unknown(one: Suppression, name: str, rules: Rulebook) -> Diagnostic:
    hint = nearest(name.upper(), rules.names) or nearest(name, rules.names) or "`naysay rule RULE` explains those known"
    return Diagnostic(MALFORMED, one.path, one.line, f'this suppression does not count: unknown rule "{name}"; {hint}')


def _by_path(conflicts: Iterable[Conflict]) -> Mapping[str, Sequence[Conflict]]:
    out: defaultdict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        for path in {path for path, _ in _statements(conflict)}:
            out[path].append(conflict)
    return out


def _statements(conflict: Conflict) -> Iterator[tuple[str, Span]]:
    """(path, span) of every statement that takes part, those not shown too."""
    yield from ((side.path, side.span) for side in (*conflict.sides, *conflict.more))


def _covers(one: Suppression, conflict: Conflict, folder: str) -> bool:
    if one.where == "document":
        last = one.last or sys.maxsize
        return any(p == one.path and s.line <= last and s.end_line >= one.first for p, s in _statements(conflict))
    if not one.files:
        return True
    pattern = GitIgnoreSpec.from_lines([one.files])
    paths = {p for p, _ in _statements(conflict)}
    return any(pattern.match_file(p) or (folder and pattern.match_file(f"{folder}/{p}")) for p in paths)


def _acceptance(one: Suppression) -> Acceptance:
    return Acceptance(one.where, one.reason, one.path, one.line, one.owner, one.until)


def _expired(one: Suppression, name: str, covers: bool) -> Diagnostic:
    owner = f" by {one.owner}" if one.owner else ""
    then = "decide again, then move the date or remove it" if covers else "nothing is found here any more: remove it"
    return Diagnostic(EXPIRED, one.path, one.line, f"{_what(one, name)} was allowed{owner} until {one.until}; {then}")


def _unused(one: Suppression, name: str) -> Diagnostic:
    return Diagnostic(
        UNUSED, one.path, one.line, f"{_what(one, name)} is allowed here and not found; remove the suppression"
    )


def _what(one: Suppression, name: str) -> str:
    return " ".join(filter(None, (name, one.conflict))) or "every rule"
