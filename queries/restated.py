"""Tasks told twice in other words: one finished, one open, and every telling word of the shorter within the longer.

Two lists of one page, or of two pages of which one cites the other, seldom repeat a task word by word: "Add retry
logic" stands beside "retry logic for transient failures".  No key joins them; the words of the shorter one do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..graph.model import Claim
from ..ingest.english import BASES, FINITE, PARTICIPLES
from ..ingest.progress import leading_id
from ..ingest.words import EMPTY, phrase
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, contrasted, separated
from .linkage import Linkage
from .states import MAKING, NEGATED, task_words

_NEEDED: Mapping[str, float] = {"same document": 6.5, "cites": 14.0}
"""Nats that the shorter task's words must weigh."""
_FEW_WORDS = 2.5
"""Nats more when there are only three of them."""
_FEWEST = 3
_EVERYTHING = re.compile(r"\b(?:each|every|all|any|other|more|further|additional|remaining)\b", re.IGNORECASE)
_SOURCES = frozenset({"task", "mark", "listed", "table"})
_ONE_SIDED = re.compile(r"\b(?:or|if|when|optional\w*|later|future|e\.g|instead)\b|\?", re.IGNORECASE)


class _Task(NamedTuple):
    """A claim that something is done or open, with the words of all that it says."""

    claim: Claim
    name: frozenset[str]
    """Of its name alone."""
    words: frozenset[str]
    rarest: str
    verb: str
    """The verb that opens it; empty for a noun phrase and for a verb that says no more than "make"."""
    text: str


class _Done:
    """The finished tasks of a document by their words."""

    __slots__ = ("by_rarest", "by_word")

    def __init__(self, tasks: Iterable[_Task]) -> None:
        self.by_word: defaultdict[str, list[_Task]] = defaultdict(list)
        self.by_rarest: defaultdict[str, list[_Task]] = defaultdict(list)
        for task in tasks:
            self.by_rarest[task.rarest].append(task)
            for word in task.words:
                self.by_word[word].append(task)

    def candidates(self, other: _Task) -> Iterator[tuple[_Task, _Task]]:
        """(shorter, longer) of each pair in which the shorter's name stands within the longer."""
        for task in self.by_word.get(other.rarest, ()):
            if len(task.name) > len(other.name) and other.name <= task.words:
                yield other, task
        for word in other.words & self.by_rarest.keys():
            for task in self.by_rarest[word]:
                if len(task.name) <= len(other.name) and task.name <= other.words:
                    yield task, other


def restated_comparisons(linkage: Linkage, around: Surroundings) -> Iterator[Comparison]:
    """A finished and an open task that are one."""
    tasks = {path: _tasks(linkage, path, around) for path in linkage.readings}
    finished = {path: _Done(found[True]) for path, found in tasks.items() if found[True]}
    pairs = {(path, path) for path in finished} | {pair for a, b in around.cited for pair in ((a, b), (b, a))}
    for done, unfinished in sorted(pairs):
        if done in finished and unfinished in tasks:
            link = "same document" if done == unfinished else "cites"
            for task in tasks[unfinished][False]:
                for short, long in finished[done].candidates(task):
                    if _one_task(short, long, link, around) and not separated(short.claim, long.claim):
                        yield _comparison(long if short is task else short, task, short, around)


def _tasks(linkage: Linkage, path: str, around: Surroundings) -> defaultdict[bool, list[_Task]]:
    """The tasks of a document by whether they are done."""
    found: defaultdict[bool, list[_Task]] = defaultdict(list)
    for claim in linkage.readings[path].claims:
        told = claim.relation == "is-done" and claim.standing == "live" and claim.extractor in _SOURCES
        if told and (task := _task(claim, around)) is not None:
            found[claim.polarity == "affirmed"].append(task)
    return found


def _task(claim: Claim, around: Surroundings) -> _Task | None:
    more = "" if claim.extractor == "table" else claim.object
    name = task_words(claim.subject) | (task_words(more) if more and leading_id(claim.subject) else frozenset[str]())
    if len(name) < _FEWEST or NEGATED.search(claim.subject) or _ONE_SIDED.search(claim.subject):
        return None
    first = claim.subject.partition(" ")[0].lower()
    verb = first if first in BASES else FINITE.get(first, "") or PARTICIPLES.get(first, "")
    words = name | task_words(more) if more else name
    rarest = max(name, key=lambda word: (around.lexicon.weight(word), word))
    return _Task(claim, name, words, rarest, "" if verb in MAKING else verb, f"{claim.subject} {more}")


def _one_task(short: _Task, long: _Task, link: str, around: Surroundings) -> bool:
    needed = _NEEDED[link] + (_FEW_WORDS if len(short.name) == _FEWEST else 0.0)
    if around.lexicon.specificity(short.name) < needed or contrasted(short.claim, long.claim):
        return False
    if short.verb != long.verb and not (long.verb in short.name or (short.verb in long.words and not long.verb)):
        return False
    ids = leading_id(short.claim.subject), leading_id(long.claim.subject)
    if (ids[0] and ids[1] and ids[0] != ids[1]) or task_words(short.claim.subject) == task_words(long.claim.subject):
        return False
    return bool(_EVERYTHING.search(short.text)) == bool(_EVERYTHING.search(long.text))


def _comparison(a: _Task, b: _Task, short: _Task, around: Surroundings) -> Comparison:
    share = len(short.name) / len(a.name | b.name)
    match = Match(round(0.6 + 0.4 * share, 2), short.name, "one task in other words")
    one, other = (
        Aspect(t.claim, "task", f"restated|{' '.join(sorted(short.name))}", phrase(t.claim.subject), EMPTY, done)
        for t, done in ((a, True), (b, False))
    )
    return made("task", one, other, match, match, around)
