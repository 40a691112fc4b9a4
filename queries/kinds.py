"""Things that are said to be of two kinds that exclude each other (NS702)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from ..graph.model import Claim
from ..ingest.lexicon import Lexicon
from ..ingest.words import LIGHT, Phrase, clean, core, is_identifier, terms
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, separated

_EXCLUSIVE = (
    "deployment statefulset daemonset cronjob".split(),
    "secret configmap".split(),
    "counter gauge histogram".split(),
    "command event query".split(),
    "queue topic".split(),
    "class function enum".split(),
    "library microservice".split(),
    "monolith microservice".split(),
)
"""Kinds of which one thing is one only, in groups."""
_KINDS = frozenset(kind for group in _EXCLUSIVE for kind in group)
_PAIRS = frozenset(frozenset(pair) for group in _EXCLUSIVE for pair in combinations(group, 2))
_KIND = re.compile(
    r"(?:an?\s+|one\s+)?(?:(?!of\b|in\b|for\b|to\b)[\w-]+\s+){0,2}?(" + "|".join(sorted(_KINDS)) + r")"
    r"(?=$|[;:(]|\.(?!\w)|\s\(|,\s*(?:not|which|that|so|and)\b|\s(?:that|which|in|with|for|on|by|from|running|named)\s)",
    re.IGNORECASE,
)
_AS = re.compile(
    r"(?:implemented|deployed|packaged|realised|realized|modelled|modeled)\s+as\s+(an?\s.+)", re.IGNORECASE
)
_LONGEST_NAME = 4


def kind_comparisons(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Pairs of statements that give one named thing two kinds that exclude each other."""
    found: defaultdict[frozenset[str], list[Aspect]] = defaultdict(list)
    for claim in claims:
        if claim.relation in _TELLING and claim.standing == "live" and _stands(claim):
            for kind in _kinds(claim, around.lexicon):
                name = _name(claim.subject, around.lexicon)
                if name:
                    found[name].append(_aspect(claim, name, kind))
    for name in sorted(found, key=sorted):
        for a, b in combinations(found[name], 2):
            if _exclusive(a.value, b.value, around.lexicon) and not separated(a.claim, b.claim):
                match = Match(1.0, name, "the same name")
                yield made("kind", a, b, match, match, around)


_TELLING = frozenset({"is", "is-implemented", "is-deployed", "run-as", "open:kind", "open:type"})


def _stands(claim: Claim) -> bool:
    return (
        claim.polarity == "affirmed"
        and claim.modality == "fact"
        and not claim.condition
        and claim.subject_from in {"own words", "row key"}
        and claim.extractor != "code"
    )


def _aspect(claim: Claim, name: frozenset[str], kind: str) -> Aspect:
    thing = Phrase("", name)
    return Aspect(claim, "kind", f"kind|{' '.join(sorted(name))}", thing, thing, True, kind)


def _kinds(claim: Claim, lexicon: Lexicon) -> Iterator[str]:
    """The kind that a claim gives its subject: one of the table, or one that the vocabulary keeps apart."""
    text = claim.object
    if claim.relation.startswith("is-"):
        match = _AS.match(text)
        if match is None:
            return
        text = match[1]
    if (match := _KIND.match(text)) is not None:
        yield match[1].lower()
    elif lexicon.vocabulary.disjoint:
        name = lexicon.name(clean(core(text)))
        if any(name in pair for pair in lexicon.vocabulary.disjoint):
            yield name


def _exclusive(a: str, b: str, lexicon: Lexicon) -> bool:
    declared = lexicon.vocabulary.disjoint
    return frozenset({a, b}) in _PAIRS or (a, b) in declared or (b, a) in declared


def _name(subject: str, lexicon: Lexicon) -> frozenset[str]:
    """The telling terms of a name; none for a phrase that names nothing in particular."""
    plain = clean(subject)
    if lexicon.vocabulary.preferred and lexicon.name(plain) in lexicon.vocabulary.kinds:
        return terms(lexicon.name(plain))
    return _spelled(plain)


@lru_cache(maxsize=20_000)
def _spelled(name: str) -> frozenset[str]:
    """The terms of a name that holds an identifier.

    >>> sorted(_spelled("ledger-writer service")), sorted(_spelled("the writer"))
    (['ledgerwriter'], [])
    """
    words = name.split()
    if len(words) > _LONGEST_NAME or "<" in name or "*" in name or not any(map(is_identifier, words)):
        return frozenset()
    return terms(name) - LIGHT
