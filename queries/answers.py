"""Open decisions, and the statements elsewhere that settle them.

What is open asks in words of its own ("whether A or B"), so no aspect joins it to its answer.  The two are joined by
how much of what the answer says is asked: the weight of the words they share, and the part of each that they are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Claim, Span
from ..ingest.words import EMPTY, Phrase, terms
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, disjoint
from .linkage import Linkage
from .listings import source_at

_NEEDED: Mapping[str, float] = {"same document": 3.5, "cites": 4.5}
"""Nats that the shared words must weigh."""
_PART_OF_ANSWER = 0.42
_PART_OF_QUESTION = 0.15
_FEWEST = 3
"""Words that the two must share."""
_UNDECIDED = re.compile(
    r"\b(?:whether|vs\.?|versus|tbd|tbc|decide|confirm|clarify|options?|either|propos\w+|candidates?|pending|if we"
    r"|open (?:question|decision)s?|prefer\w*|recommend\w*|could|might|depends)\b|\?",
    re.IGNORECASE,
)
_OPEN_PLACE = re.compile(
    r"\bquestions?\b|\bclarification|\bnext steps?\b|\bfollow-?ups?\b|\boptions?\b|\balternatives?\b|\bopen\b"
    r"|\bdecisions? (?:needed|pending|required)|\bto-?do\b|\bproposals?\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"(?<!e\.g)(?<!vs)[.;]\s")
_ALTERNATIVES = re.compile(r"\b(?:vs\.?|versus|or|rather than)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"(?:to|is|are|can|may|should|must|ever|do|does|gets?|needs?|will)\b", re.IGNORECASE)
_OPEN_ENDED = re.compile(r"\b(?:which|how|what|who|where|when)\b", re.IGNORECASE)
_PROGRESS = re.compile(
    r"\bprogress\b|\bstatus\b|\bgaps?\b|\bdependenc|\bcurrent\b|\bchecklist\b|\bissues?\b|\bfindings?\b", re.IGNORECASE
)
_ASKING = re.compile(r"\W*(?:what|which|who|how|where|when)\b", re.IGNORECASE)
_EXCLUDING = re.compile(r"\bnever\b|\bonly\b|, not\b|\bnon-negotiable\b", re.IGNORECASE)
_BY_DEFAULT = re.compile(r"\bdefaults?\b|\bnormally\b|\busually\b", re.IGNORECASE)
"""What lays down the ordinary case and leaves exceptions open."""
_RULING = frozenset({"is-required", "is-allowed", "is-supported", "is-enabled"})


class _Statement(NamedTuple):
    """A claim with the content words of everything it says."""

    claim: Claim
    terms: frozenset[str]


def answer_comparisons(linkage: Linkage, around: Surroundings) -> Iterator[Comparison]:
    """For each open decision the statement that settles it best, if any does."""
    asked = [c for r in linkage.readings.values() for c in r.claims if _is_open(c) and _has_answers(_matter(c))]
    settling = _Settling(linkage)
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in linkage.cited():
        cited[one].add(other)
        cited[other].add(one)
    for question in asked:
        words = terms(_matter(question))
        for group in ((question.path,), sorted(cited[question.path])):
            found = (
                candidate
                for path in group
                for answer in settling.sharing(path, words)
                if (candidate := _compared(answer, question, around)) is not None
                and _lays_down(answer.claim, settling.says(answer.claim))
            )
            best = max(found, key=_strength, default=None)
            if best is not None:
                default = _BY_DEFAULT.search(settling.line(best.a.claim)) is not None
                yield replace(best, evidence=("a default answers",)) if default else best
                break


def _strength(c: Comparison) -> tuple[float, str, Span]:
    return c.thing.score * c.specificity, c.a.claim.path, c.a.claim.span


def _is_open(claim: Claim) -> bool:
    return (
        claim.relation == "is-decided"
        and claim.polarity == "denied"
        and bool(claim.object)
        and claim.standing in {"live", "question", "hypothetical"}
    )


def _matter(question: Claim) -> str:
    """What an open decision asks, without the remarks behind it."""
    return _FIRST.split(question.object, maxsplit=1)[0]


def _has_answers(matter: str) -> bool:
    """Whether a question can be answered by one statement: by yes or no, or by one of the things it names."""
    if _ALTERNATIVES.search(matter):
        return True
    return _YES_OR_NO.search(matter) is not None and not _OPEN_ENDED.search(matter)


class _Settling:
    """The statements of each document that can settle a decision, by their words; read when first asked for."""

    def __init__(self, linkage: Linkage) -> None:
        self.linkage = linkage
        self.known: dict[str, tuple[list[_Statement], Mapping[str, list[int]]]] = {}

    def sharing(self, path: str, words: frozenset[str]) -> Iterator[_Statement]:
        """Statements of a document that share enough of some words."""
        if path not in self.known:
            self.known[path] = self._read(path)
        statements, places = self.known[path]
        counts = Counter(i for word in words for i in places.get(word, ()))
        yield from (statements[i] for i, shared in counts.items() if shared >= _FEWEST)

    def says(self, claim: Claim) -> str:
        """The source text of a claim."""
        return source_at(self.linkage.lines[claim.path].source, claim.span)

    def line(self, claim: Claim) -> str:
        """The line on which a claim begins, with the label before it."""
        return self.linkage.lines[claim.path].source[claim.span.line - 1]

    def _read(self, path: str) -> tuple[list[_Statement], Mapping[str, list[int]]]:
        found = [_Statement(c, _said(c)) for c in self.linkage.readings[path].claims if _settles(c)]
        places: defaultdict[str, list[int]] = defaultdict(list)
        for i, one in enumerate(found):
            for word in one.terms:
                places[word].append(i)
        return found, places


def _said(claim: Claim) -> frozenset[str]:
    subject = terms(claim.subject) if claim.subject_from == "own words" else frozenset[str]()
    return subject | terms(claim.object) | terms(claim.condition)


@lru_cache(maxsize=20_000)
def _is_open_place(topic: str) -> bool:
    return _OPEN_PLACE.search(topic) is not None


@lru_cache(maxsize=20_000)
def _tells_progress(topic: str) -> bool:
    return _PROGRESS.search(topic) is not None


def _settles(claim: Claim) -> bool:
    """Whether a claim can lay something down: a decision, a demand, or a plain statement of what is."""
    if claim.standing != "live" or claim.modality in {"plan", "permission"} or _is_open_place(claim.topic):
        return False
    if claim.relation == "is-decided":
        return claim.polarity == "affirmed"
    if claim.extractor != "prose":
        return False
    if claim.modality == "obligation":
        return claim.subject_from == "own words" or claim.polarity == "denied"
    return claim.subject_from == "own words" and not _tells_progress(claim.topic)


def _lays_down(claim: Claim, text: str) -> bool:
    """Whether the words of a claim leave no way round it: a decision, a demand, "required", "only", "never"."""
    ruled = claim.relation in {"is-decided", *_RULING} or claim.modality == "obligation"
    if _UNDECIDED.search(text) or _ASKING.match(text):
        return False
    return ruled or _EXCLUDING.search(text) is not None


def _compared(answer: _Statement, question: Claim, around: Surroundings) -> Comparison | None:
    claim = answer.claim
    link = around.link(claim, question)
    if link not in _NEEDED or (claim.path == question.path and claim.topic == question.topic):
        return None
    asked, said = terms(_matter(question)), answer.terms
    shared = asked & said
    weight = around.lexicon.specificity(shared)
    part = weight / max(around.lexicon.specificity(said), 1.0)
    if weight * part < _NEEDED[link] or part < _PART_OF_ANSWER or disjoint(claim.scope, question.scope):
        return None
    if weight < _PART_OF_QUESTION * around.lexicon.specificity(asked):
        return None
    match = Match(round(0.75 + part / 4, 2), shared, "the answer says what is asked")
    a = Aspect(claim, "answer", "answer|", Phrase("", said), EMPTY, True)
    b = Aspect(question, "answer", "answer|", Phrase("", asked), EMPTY, False)
    return made("answer", a, b, match, match, around)
