"""The entities of a set: names that documents set apart, with their aliases, evidence and every mention."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Entity, LabelEvidence, Reading
from .english import BASES, FINITE, MODALS
from .lexicon import Lexicon, fold
from .short_forms import names_kind, short_forms
from .words import STOP, is_identifier, stem

MIN_DOCUMENTS = 2
"""A label that only one document sets apart is an entity when something else speaks for it: a title or an alias."""
REPEATED = 3
"""Lines on which a document sets a label apart as code that make it an entity though no other document knows it."""
MAX_WORDS = 5
SUBSTRING_LENGTH = 5
"""Labels of at least this many characters are found inside longer words too, as a plain search finds them."""


class _Candidate(NamedTuple):
    labels: Counter[str]
    documents: set[str]
    forms: set[str]


def entities_of(readings: Sequence[Reading], texts: Mapping[str, str], lexicon: Lexicon) -> Iterator[Entity]:
    """Every entity, sorted by name."""
    groups = _candidates(readings, lexicon)
    kept = {key: found for key, found in groups.items() if _is_entity(key, found, lexicon)}
    labels = {label: key for key, found in kept.items() for label in found.labels}
    counted = _mentions(labels, texts)
    evidence = _evidence(kept, lexicon)
    short = _short_forms(readings, labels)
    for key in sorted(kept, key=lambda k: (_name(k, kept[k], lexicon).lower(), k)):
        yield _entity(
            key, kept[key], counted.get(key, Counter()), [*evidence.get(key, []), *short.get(key, [])], lexicon
        )


def _candidates(readings: Iterable[Reading], lexicon: Lexicon) -> dict[str, _Candidate]:
    groups: dict[str, _Candidate] = {}
    together: dict[str, str] = {}

    def add(label: str, path: str, form: str) -> None:
        key = fold(lexicon.canonical.get(fold(label), label))
        if key:
            key = together.setdefault(_written_together(label), key)
            found = groups.setdefault(key, _Candidate(Counter(), set(), set()))
            found.labels[label] += 1
            found.documents.add(path)
            found.forms.add(form)

    for reading in readings:
        path = reading.document.path
        for mention in reading.mentions:
            if _nameable(mention.label):
                add(mention.label, path, mention.form)
        for label in _subjects(reading):
            add(label, path, "subject")
        for label in _declared_names(reading):
            add(label, path, "code")
        for e in reading.evidence:
            if e.kind != "denied":
                add(e.label, path, "alias")
                add(e.other, path, "alias")
    for name in sorted(set(lexicon.vocabulary.preferred.values())):
        add(name, "", "declared")
    return groups


@lru_cache(maxsize=100_000)
def _written_together(label: str) -> str:
    """A label without its gaps: "mail gate", "mail-gate" and "MailGates" are one name.

    >>> {_written_together(label) for label in ("Mail Gate", "mail-gates", "MailGate", "mail_gate")}
    {'mailgate'}
    """
    return stem(label.replace(" ", "-"))


def _subjects(reading: Reading) -> Iterator[str]:
    """What a document makes statements about, in words of its own, each once."""
    found = {
        part
        for claim in reading.claims
        if claim.subject_from in {"own words", "row key", "label"}
        and claim.extractor in {"prose", "role", "item", "table"}
        for part in re.split(r"\s*(?:\+|&|,| and | or )\s*", claim.subject)
    }
    yield from sorted(
        label
        for label in found
        if 0 < len(label.split()) <= SUBJECT_WORDS and _nameable(label) and _is_noun_phrase(label)
    )


def _declared_names(reading: Reading) -> Iterator[str]:
    """What the samples of a document call by name: the values of ``name`` and of keys that end in it."""
    for claim in reading.claims:
        named = claim.extractor == "code" and _NAME_KEY.search(claim.relation) and is_identifier(claim.object)
        if named and _nameable(claim.object):
            yield claim.object


_NAME_KEY = re.compile(r"(?::n|[a-z]N)ame$")

SUBJECT_WORDS = 3
"""Longer subjects are descriptions, not names."""


def _is_noun_phrase(label: str) -> bool:
    words = [w.lower() for w in label.split()]
    return not any((w in FINITE and w not in BASES) or w in STOP or w in MODALS for w in words) and label[0].isalnum()


def _nameable(label: str) -> bool:
    words = label.split()
    return (
        0 < len(words) <= MAX_WORDS
        and len(label) > 2
        and (any(c.isalpha() for c in label) or _ADDRESS.fullmatch(label) is not None)
        and not label.startswith(("$", "--", "./"))
    )


_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d+)?")
"""An IPv4 address or block: the name of a host."""


def _is_entity(key: str, found: _Candidate, lexicon: Lexicon) -> bool:
    if found.forms & {"declared", "alias"}:
        return True
    if len(found.documents) < MIN_DOCUMENTS:
        return "code" in found.forms and found.labels.total() >= REPEATED
    best = found.labels.most_common(1)[0][0]
    return (
        "code" in found.forms
        or ("proper" in found.forms and is_identifier(best))
        or len(found.forms) > 1
        or len(found.documents) > 3
    )


def _name(key: str, found: _Candidate, lexicon: Lexicon) -> str:
    for label in found.labels:
        named = lexicon.canonical.get(fold(label))
        if named is not None:
            return named
    return min(found.labels, key=lambda label: (-found.labels[label], len(label), label))


def _evidence(kept: Mapping[str, _Candidate], lexicon: Lexicon) -> dict[str, list[LabelEvidence]]:
    out: defaultdict[str, list[LabelEvidence]] = defaultdict(list)
    for e in lexicon.evidence:
        if e.kind != "denied":
            key = fold(lexicon.canonical.get(fold(e.other), e.label))
            if key in kept:
                out[key].append(e)
    return out


def _short_forms(readings: Iterable[Reading], labels: Mapping[str, str]) -> dict[str, list[LabelEvidence]]:
    """Short forms of each entity's names, and longer ones of which a name is short, each where it is first used."""
    first: dict[tuple[str, str], LabelEvidence] = {}
    documents: Counter[tuple[str, str]] = Counter()
    for reading in readings:
        lines: dict[str, int] = {}
        for mention in reading.mentions:
            if mention.label in labels:
                lines.setdefault(mention.label, mention.line)
        for found in short_forms(reading.document.path, lines):
            pair = labels[found.other], labels[found.label]
            first.setdefault(pair, found)
            documents[pair] += 1
    whole: Counter[str] = Counter()
    for (short, _), count in documents.items():
        whole[short] += count
    out: defaultdict[str, list[LabelEvidence]] = defaultdict(list)
    for (short, long), found in first.items():
        if documents[short, long] >= PREVAILING * whole[short] or names_kind(found.label, found.other):
            out[short].append(found)
            out[long].append(found)
    return out


PREVAILING = 0.4
"""Share of the documents that use a part of a name in which it stands for one name; below it, it is short for none."""


def _mentions(labels: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Mentions of each group by document, found case-insensitively in one pass over each text."""
    from ahocorasick_rs import AhoCorasick, Implementation

    words = sorted({label.lower() for label in labels})
    keys = {label.lower(): key for label, key in sorted(labels.items())}
    if not words:
        return {}
    automaton = AhoCorasick(words, implementation=Implementation.ContiguousNFA)
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(texts):
        text = texts[path].lower()
        for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            word = words[number]
            if len(word) >= SUBSTRING_LENGTH or _stands_alone(text, start, end):
                out[keys[word]][path] += 1
    return out


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _entity(
    key: str, found: _Candidate, counted: Counter[str], evidence: list[LabelEvidence], lexicon: Lexicon
) -> Entity:
    name = _name(key, found, lexicon)
    deprecated = sorted(
        label for label in found.labels if fold(label) in lexicon.deprecated and fold(label) != fold(name)
    )
    used = {label for row in evidence if row.kind == "short form" for label in (row.label, row.other)}
    aliases = sorted(label for label in used.union(found.labels) if label != name and label not in deprecated)
    return Entity(
        name=name,
        kind=lexicon.vocabulary.kinds.get(name, ""),
        aliases=tuple(aliases),
        deprecated=tuple(deprecated),
        broader=lexicon.broader(name, 1),
        evidence=tuple(sorted(set(evidence))),
        mentions=tuple(sorted(counted.items())),
    )
