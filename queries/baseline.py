"""The conflicts that a set is known to have: a committed file with one of them on each line.

The file is a JSON array.  Its first element tells the version of the format; each further one is a conflict on a line
of its own that begins with its comma, so that adding or removing a conflict alters one line and no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from ..graph.model import Conflict, Diagnostic
from .triage import Novelty

VERSION = 1
STALE = "NS005"
_HEAD = json.dumps({"naysay-baseline": VERSION})
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_TEXTS = ("id", "rule", "type", "summary", "reason", "owner")
_NEEDED = ("id", "rule", "sides")


class Entry(NamedTuple):
    """One known conflict."""

    id: str
    sides: tuple[str, ...]
    """Ids of its statements, sorted."""
    rule: str
    type: str = ""
    summary: str = ""
    """What it is about, for people; nothing depends on it."""
    reason: str = ""
    owner: str = ""


class BaselineError(Exception):
    """A baseline that cannot be used; ``faults`` are (line, message), all at once."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__(*faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(f"{line}: {message}" for line, message in self.faults)


class Compared(NamedTuple):
    """What a set is against its baseline."""

    novelty: Mapping[str, Novelty]
    """By the id of each conflict."""
    stale: tuple[Entry, ...]
    """Entries that no longer occur."""


def encoded(entries: Iterable[Entry]) -> str:
    """The file's text, entries sorted by id.

    >>> print(encoded([Entry("0f", ("a1", "b2"), "NS201", "conflicting-value", "port: 80 against 81")]), end="")
    [{"naysay-baseline": 1}
    ,{"id": "0f", "rule": "NS201", "type": "conflicting-value", "sides": ["a1", "b2"], "summary": "port: 80 against 81"}
    ]
    """
    lines = [f",{_line(entry)}" for entry in sorted(entries)]
    return "\n".join([f"[{_HEAD}", *lines, "]", ""])


def _line(entry: Entry) -> str:
    row: dict[str, object] = {"id": entry.id, "rule": entry.rule, "type": entry.type, "sides": list(entry.sides)}
    texts = {"summary": entry.summary, "reason": entry.reason, "owner": entry.owner}
    row |= {key: value for key, value in texts.items() if value}
    text = json.dumps(row, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(row)


def decoded(text: str, mend: bool = False) -> tuple[Entry, ...]:
    """The entries of a file, sorted by id.

    ``mend`` accepts what a merge leaves behind, entries out of order or given twice, which are joined.
    Raises BaselineError with every fault and its line.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n").split("\n")
    faults = [
        (
            n,
            "a merge conflict is left here; keep the lines of both sides and remove the markers, then run "
            "`naysay baseline prune`",
        )
        for n, line in enumerate(lines, 1)
        if line.startswith(_MARKERS)
    ]
    if not faults:
        faults = list(_frame_faults(lines))
    if faults:
        raise BaselineError(faults)
    entries: list[Entry] = []
    for number, line in enumerate(lines[1:-1], 2):
        found = _entry(line)
        if isinstance(found, Entry):
            if not mend and entries and found.id <= entries[-1].id:
                faults.append((number, _disorder(found, entries)))
            entries.append(found)
        else:
            faults.append((number, found))
    if faults:
        raise BaselineError(faults)
    return _joined(entries)


def _frame_faults(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    try:
        head = json.loads(lines[0].removeprefix("["))
    except (ValueError, RecursionError):
        head = None
    version: object = cast("dict[str, object]", head).get("naysay-baseline") if isinstance(head, dict) else None
    if not lines[0].startswith("[{") or version is None:
        yield 1, f"not a baseline, which begins with [{_HEAD}; write it anew with `naysay baseline write`"
    elif version != VERSION:
        yield 1, f"version {version!r} of the format is not known here; write it anew with `naysay baseline write`"
    elif len(lines) < 2 or lines[-1].strip() != "]":
        yield len(lines), "the last line must be ], alone; was the file cut off?"


def _entry(line: str) -> Entry | str:
    """The entry of one line, or what is wrong with it."""
    if not line.startswith(",{"):
        return "not an entry, which stands on one line and begins with ,{"
    try:
        row: Any = json.loads(line[1:])
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}" if isinstance(error, ValueError) else "not JSON: nested too deeply"
    wrong = [key for key in _TEXTS if not isinstance(row.get(key, ""), str)]
    missing = [key for key in _NEEDED if not row.get(key)]
    sides = row.get("sides")
    if missing or wrong:
        return f'"{missing[0]}" is missing' if missing else f'"{wrong[0]}" must be a text'
    if not isinstance(sides, list) or not all(isinstance(side, str) for side in cast("list[object]", sides)):
        return '"sides" must be a list of texts'
    return Entry(sides=tuple(sorted(set(cast("list[str]", sides)))), **{key: row.get(key, "") for key in _TEXTS})


def _disorder(entry: Entry, before: Sequence[Entry]) -> str:
    what = "given twice" if any(entry.id == other.id for other in before) else "out of order"
    return f"the entry {entry.id} is {what}; `naysay baseline prune` mends that"


def _joined(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by id; those given twice with the sides of both."""
    by_id: dict[str, Entry] = {}
    for entry in sorted(entries):
        first = by_id.get(entry.id, entry)
        by_id[entry.id] = first._replace(
            sides=tuple(sorted({*first.sides, *entry.sides})),
            reason=first.reason or entry.reason,
            owner=first.owner or entry.owner,
        )
    return tuple(by_id.values())


def entry_of(conflict: Conflict, summary: str, known: Mapping[str, Entry], reason: str = "", owner: str = "") -> Entry:
    """A conflict as an entry; reason and owner of a known one stay."""
    before = known.get(conflict.id)
    return Entry(
        id=conflict.id,
        sides=conflict.side_ids,
        rule=conflict.rule,
        type=conflict.type,
        summary=summary,
        reason=(before.reason if before else "") or reason,
        owner=(before.owner if before else "") or owner,
    )


def compared(conflicts: Iterable[Conflict], entries: Iterable[Entry]) -> Compared:
    """Each conflict as known, known with a new side, or new; and the entries that none of them is."""
    known = {entry.id: entry for entry in entries}
    novelty: dict[str, Novelty] = {}
    for conflict in conflicts:
        entry = known.get(conflict.id)
        if entry is None:
            novelty[conflict.id] = "new"
        else:
            novelty[conflict.id] = "known" if set(conflict.side_ids) <= set(entry.sides) else "new side"
    return Compared(novelty, tuple(entry for entry in known.values() if entry.id not in novelty))


def pruned(conflicts: Iterable[Conflict], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, and of each the sides, that still occur."""
    now = {conflict.id: frozenset(conflict.side_ids) for conflict in conflicts}
    kept = (
        entry._replace(sides=tuple(s for s in entry.sides if s in now[entry.id]))
        for entry in entries
        if entry.id in now
    )
    return tuple(entry for entry in kept if entry.sides)


def stale_diagnostics(path: str, compared_to: Compared) -> Iterator[Diagnostic]:
    """One line for all the entries that no longer occur."""
    number = len(compared_to.stale)
    if number:
        said = "1 entry no longer occurs" if number == 1 else f"{number} entries no longer occur"
        yield Diagnostic(STALE, path, 0, f"{said}; `naysay baseline prune` removes what is gone")
