"""What is learned from the whole set: names with their evidence, term weights, entities; one value with a digest."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from ..graph.model import LabelEvidence, Reading
from .single_valued import Habit, single_valued_relations
from .words import Phrase, clean, core, phrase, terms, terms_of

FEW = 300
"""Below this many documents frequencies say little, so a set counts as this large."""


@lru_cache(maxsize=200_000)
def fold(label: str) -> str:
    """The form under which labels are equal: stems of all content words, in order of the alphabet.

    >>> fold("Service Accounts") == fold("service account")
    True
    """
    return " ".join(sorted(terms(label))) or label.lower()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Concepts that a user has declared in SKOS."""

    preferred: Mapping[str, str] = field(default_factory=dict[str, str])
    """Folded label to the preferred label of its concept."""
    deprecated: Mapping[str, str] = field(default_factory=dict[str, str])
    """Folded hidden or deprecated label to the preferred label."""
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Preferred label to the preferred labels of its broader concepts."""
    disjoint: frozenset[tuple[str, str]] = frozenset()
    functional: frozenset[str] = frozenset()
    """Folded labels of relations that have one value."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that linking needs to know; printable, and equal for equal sets of documents."""

    documents: int
    weights: Mapping[str, int]
    """Term to the number of documents whose claims use it."""
    canonical: Mapping[str, str]
    """Folded label to the name it stands for."""
    deprecated: Mapping[str, LabelEvidence]
    """Folded deprecated label to the line that deprecates it."""
    evidence: tuple[LabelEvidence, ...]
    denied: tuple[LabelEvidence, ...]
    """Learned equivalences that two documents deny: dropped, and listed."""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    single_valued: Mapping[str, Habit] = field(default_factory=dict[str, Habit])
    """Folded name of a relation to how the set tells it, for relations that it tells as having one value."""
    _by_terms: Mapping[frozenset[str], str] = field(init=False, repr=False, compare=False)
    """The names of ``canonical`` by the terms of their labels."""

    def __post_init__(self) -> None:
        names = {frozenset(label.split(" ")): name for label, name in self.canonical.items()}
        object.__setattr__(self, "_by_terms", names)

    def takes_one(self, relation: str) -> str:
        """Why a relation has one value for one subject: the vocabulary or the set says so; empty when neither does."""
        name = fold(relation)
        if name in self.vocabulary.functional:
            return "the vocabulary says that it has one value"
        return str(self.single_valued.get(name, ""))

    def weight(self, term: str) -> float:
        """Inverse document frequency of a term, in nats; a term of one document weighs most."""
        return math.log((max(self.documents, FEW) + 1) / (self.weights.get(term, 0) + 0.5))

    def specificity(self, shared: Iterable[str]) -> float:
        """Total weight of some terms, in nats."""
        return sum(self.weight(t) for t in shared)

    def link(self, text: str) -> Phrase:
        """The comparable form of a phrase, with names replaced by what they stand for."""
        found = phrase(text)
        name = self._by_terms.get(found.terms)
        return found if name is None else phrase(name)

    def name(self, text: str) -> str:
        """The preferred name of a phrase, or the phrase itself."""
        return self.canonical.get(fold(text), clean(text))

    def broader(self, text: str, steps: int = 2) -> tuple[str, ...]:
        """Names of the broader concepts of a phrase, nearest first."""
        edges = self.vocabulary.broader
        return _walk(edges, self.name(text), steps) if edges else ()

    def digest(self) -> str:
        """blake2b-128 over everything above, hexadecimal."""
        mark = blake2b(digest_size=16)
        for part in (sorted(self.weights.items()), sorted(self.canonical.items()), self.evidence, self.denied):
            mark.update(repr(part).encode())
        mark.update(repr(sorted(self.vocabulary.broader.items())).encode())
        mark.update(repr((sorted(self.vocabulary.functional), sorted(self.single_valued.items()))).encode())
        return mark.hexdigest()


def _walk(edges: Mapping[str, tuple[str, ...]], start: str, steps: int) -> tuple[str, ...]:
    out: list[str] = []
    level = [start]
    for _ in range(steps):
        level = [b for name in level for b in edges.get(name, ()) if b not in out]
        out += level
    return tuple(dict.fromkeys(out))


def learn(readings: Sequence[Reading], vocabulary: Vocabulary | None = None) -> Lexicon:
    """Learn names and weights from all readings together."""
    vocabulary = vocabulary or Vocabulary()
    names = _learned({e for r in readings for e in r.evidence}, vocabulary)
    return Lexicon(
        documents=len(readings),
        weights=_weights(readings),
        canonical=names.canonical,
        deprecated=names.deprecated,
        evidence=names.kept,
        denied=names.denied,
        vocabulary=vocabulary,
        single_valued=single_valued_relations(readings),
    )


def shared(base: Lexicon, before: Sequence[Reading], now: Sequence[Reading]) -> tuple[Lexicon, Lexicon]:
    """One lexicon to judge two revisions by, once for each: what the earlier one teaches, and the names of both.

    Names stand for the same in both; each cites the statements of names that it holds itself.  ``base`` is the
    lexicon of the readings ``before``.
    """
    stated = [{e for r in readings for e in r.evidence} for readings in (before, now)]
    named = {(fold(e.label), fold(e.other), e.kind) for e in stated[0]}
    added = {e for e in stated[1] if (fold(e.label), fold(e.other), e.kind) not in named}
    names = _learned(stated[0] | added, base.vocabulary)
    first, second = (
        replace(
            base,
            canonical=names.canonical,
            deprecated={label: e for label, e in own.deprecated.items() if label in names.deprecated},
            evidence=own.kept,
            denied=own.denied,
        )
        for own in (_learned(one, base.vocabulary) for one in stated)
    )
    return first, second


class _Names(NamedTuple):
    """What some statements say of names."""

    canonical: Mapping[str, str]
    deprecated: Mapping[str, LabelEvidence]
    kept: tuple[LabelEvidence, ...]
    denied: tuple[LabelEvidence, ...]


def _learned(stated: Iterable[LabelEvidence], vocabulary: Vocabulary) -> _Names:
    evidence = sorted(stated)
    denials = _denied_twice(evidence)
    kept = [e for e in evidence if e.kind != "denied" and frozenset((fold(e.label), fold(e.other))) not in denials]
    canonical, deprecated = _names(kept)
    canonical |= dict(vocabulary.preferred) | dict(vocabulary.deprecated)
    declared = {label: LabelEvidence(name, label, "renamed", "", 0) for label, name in vocabulary.deprecated.items()}
    dropped = tuple(e for e in evidence if e.kind == "denied" and frozenset((fold(e.label), fold(e.other))) in denials)
    return _Names(canonical, declared | deprecated, tuple(kept), dropped)


def _weights(readings: Sequence[Reading]) -> Counter[str]:
    out: Counter[str] = Counter()
    for reading in readings:
        out.update(_document_terms(reading))
    return out


def _document_terms(reading: Reading) -> frozenset[str]:
    """The terms that the claims of one document use, samples of code and values of cells aside."""
    said = {
        text
        for claim in reading.claims
        if claim.extractor not in {"code", "cell"}
        for text in (claim.subject, core(claim.object))
    }
    return terms_of(said)


def _denied_twice(evidence: Iterable[LabelEvidence]) -> frozenset[frozenset[str]]:
    by: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for e in evidence:
        if e.kind == "denied":
            by[frozenset((fold(e.label), fold(e.other)))].add(e.path)
    return frozenset(pair for pair, paths in by.items() if len(paths) > 1)


def _names(kept: Sequence[LabelEvidence]) -> tuple[dict[str, str], dict[str, LabelEvidence]]:
    """Folded label to name, by following renames and aliases to the name that no rename leads away from."""
    renamed = {fold(e.other): e for e in kept if e.kind == "renamed" and fold(e.other) != fold(e.label)}
    alias = {fold(e.other): e for e in kept if e.kind == "alias" and fold(e.other) != fold(e.label)}
    out: dict[str, str] = {}
    for start in [*renamed, *alias]:
        seen, at, name = {start}, start, ""
        while (step := renamed.get(at) or alias.get(at)) is not None and fold(step.label) not in seen:
            name, at = step.label, fold(step.label)
            seen.add(at)
        if name:
            out[start] = name
    return out, {label: e for label, e in renamed.items() if label in out}
