"""What a change brings: the conflicts and claims of a set against those of a base revision.

Identity is that of ``queries.identity``: a conflict is known when the base has its id.  So nothing that leaves the
words of statements alone makes news: names of files, lines, line breaks, the order of sections and items.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..graph.model import Claim, Conflict, PrecedencePolicy, Side
from ..ingest.lexicon import learn, shared
from .brought import lines_brought
from .claim_changes import ClaimChange, claim_changes
from .corpus import Corpus
from .findings import find
from .revision import Base
from .slots import Slots
from .triage import Mark

Find = Callable[[Corpus], tuple[Conflict, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two revisions of a set, both judged with one lexicon."""

    conflicts: tuple[Conflict, ...]
    """All of the later one that the change itself brings or leaves, best first."""
    marks: Mapping[str, Mark]
    """Of each of them by its id."""
    closed: tuple[Conflict, ...]
    """Those of the base that are gone."""
    moved: tuple[Conflict, ...]
    """Known ones with a statement that stands in another document than before, or is worded anew."""
    effects: tuple[Conflict, ...]
    """Those between untouched documents: they appear only because names or weights changed their meaning."""
    claims: tuple[ClaimChange, ...]
    documents: int
    """Documents that were added, removed, renamed or rewritten."""
    texts: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """The documents of the base by their paths there."""
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict[str, frozenset[int]], repr=False)
    """The lines that the change brings, by the path of each document that it touched."""
    before: tuple[Conflict, ...] = ()
    """All conflicts of the base."""
    paths: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Path in the base to path now, for documents that have another one."""


def change(now: Corpus, base: Base, rules: Path | None = None, precedence: PrecedencePolicy = "strict") -> Change:
    """What changed since a base; ``rules`` is a folder of a project's own rules, ``precedence`` as in ``find``.

    Raises RuleError when a rule cannot be read.
    """
    lexicon = learn(base.corpus.readings, now.vocabulary)
    before, after = shared(lexicon, base.corpus.readings, now.readings)

    def finding(corpus: Corpus) -> tuple[Conflict, ...]:
        return find(corpus, rules=rules, precedence=precedence)

    was = finding(replace(base.corpus, taught=before))
    found = finding(replace(now, taught=after))
    own = found if now.lexicon.digest() == after.digest() else finding(now)
    return compared(base, now, was, found, own)


def compared(
    base: Base, now: Corpus, was: Sequence[Conflict], found: Sequence[Conflict], own: Sequence[Conflict]
) -> Change:
    """The change between two sets with these conflicts; ``own`` are those that the set has by its own lexicon."""
    matcher = _Matcher(base, now, was, found)
    marks = {row.id: matcher.mark(row) for row in found}
    effects = {row.id for row in found if marks[row.id].novelty == "new" and not matcher.touched(row)}
    reworded = {mark.was for mark in marks.values()}
    known = {row.id for row in (*was, *found)}
    return Change(
        conflicts=tuple(row for row in found if row.id not in effects),
        marks={key: mark for key, mark in marks.items() if key not in effects},
        closed=tuple(row for row in was if row.id not in marks and row.id not in reworded),
        moved=tuple(row for row in found if marks[row.id].novelty == "known" and matcher.elsewhere(row)),
        effects=(
            *(row for row in found if row.id in effects),
            *(row for row in own if row.id not in known),
        ),
        claims=_claims(base, now),
        documents=len(base.touched) + len(_gone(base, now)),
        texts=base.corpus.texts,
        lines={path: lines_brought(base.text_before(path), now.texts[path]) for path in sorted(base.touched)},
        before=tuple(was),
        paths=base.renames,
    )


def _gone(base: Base, now: Corpus) -> frozenset[str]:
    """Documents of the base that no document takes the place of."""
    return frozenset(path for path in base.corpus.texts if base.path_now(path) not in now.texts)


def _claims(base: Base, now: Corpus) -> tuple[ClaimChange, ...]:
    def of(corpus: Corpus, wanted: Callable[[str], bool]) -> Iterator[Claim]:
        for reading in corpus.readings:
            if wanted(reading.document.path):
                yield from reading.claims

    gone = _gone(base, now)
    before = of(base.corpus, lambda path: path in gone or base.path_now(path) in base.touched)
    return claim_changes(before, of(now, lambda path: path in base.touched), base.path_now)


def statements(conflict: Conflict) -> tuple[Side, ...]:
    """All statements of a conflict, shown or not."""
    return (*conflict.sides, *conflict.more)


class _Matcher:
    """Tells news from what the base knows."""

    def __init__(self, base: Base, now: Corpus, was: Iterable[Conflict], found: Iterable[Conflict]) -> None:
        self.base = base
        self.known = {row.id: row for row in was}
        self.slots = Slots(base.corpus.texts, now.texts)
        present = {row.id for row in found}
        self.reworded = _only(self._candidates(present, found))

    def mark(self, row: Conflict) -> Mark:
        """What a conflict of the later revision is against the base."""
        before = self.known.get(row.id)
        if before is None:
            was = self.reworded.get(row.id, "")
            return Mark("known", was=was) if was else Mark("new")
        return Mark("new side" if self._joined(before, row) else "known")

    def touched(self, row: Conflict) -> bool:
        """Whether a statement of a conflict stands in a document that the change touched."""
        return any(side.path in self.base.touched for side in statements(row))

    def elsewhere(self, row: Conflict) -> bool:
        """Whether a known conflict is worded anew, or stands in other documents than before."""
        before = self.known.get(row.id)
        return before is None or {s.path for s in statements(before)} != {s.path for s in statements(row)}

    def _joined(self, before: Conflict, row: Conflict) -> bool:
        """Whether a position is held by more statements than before, one of them where the base has none."""
        had, has = Counter(self._held_before(before)), Counter((s.position, s.path) for s in statements(row))
        more = {position for position, n in _by_position(has).items() if n > _by_position(had)[position]}
        return any(
            n > had[position, path] and position in more and path in self.base.touched
            for (position, path), n in has.items()
        )

    def _held_before(self, row: Conflict) -> Iterator[tuple[str, str]]:
        return ((side.position, self.base.path_now(side.path)) for side in statements(row))

    def _candidates(self, present: set[str], found: Iterable[Conflict]) -> Iterator[tuple[str, str]]:
        """(id now, id before) of conflicts that may be one, worded anew; the kind of fault may be another by that."""
        gone = [row for row in self.known.values() if row.id not in present]
        for row in found:
            if row.id not in self.known and self.touched(row):
                yield from ((row.id, old.id) for old in gone if self._same_places(old, row))

    def _same_places(self, old: Conflict, new: Conflict) -> bool:
        """Whether each position of one has its counterpart in the other: the same, or one in the same place."""
        left, right = _held(old), _held(new)
        for held in [*left]:
            if held in right:
                del left[held], right[held]
        if len(left) != len(right):
            return False
        rest = [*right.values()]
        for sides in left.values():
            partner = next((other for other in rest if self._meet(sides, other)), None)
            if partner is None:
                return False
            rest.remove(partner)
        return True

    def _meet(self, old: Iterable[Side], new: Sequence[Side]) -> bool:
        return any(self.slots.same(a, b, self.base.path_now(a.path)) for a in old for b in new)


def _held(row: Conflict) -> dict[str, list[Side]]:
    """The statements of a conflict by the positions that they hold."""
    out: defaultdict[str, list[Side]] = defaultdict(list)
    for side in statements(row):
        out[side.position].append(side)
    return dict(out)


def _by_position(statements_of: Mapping[tuple[str, str], int]) -> Counter[str]:
    out: Counter[str] = Counter()
    for (position, _), n in statements_of.items():
        out[position] += n
    return out


def _only(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The pairs of which neither member has a second partner."""
    found = list(pairs)
    left, right = Counter(a for a, _ in found), Counter(b for _, b in found)
    return {a: b for a, b in found if left[a] == 1 and right[b] == 1}
