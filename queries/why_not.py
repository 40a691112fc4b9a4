"""Why two lines are not reported together: what was understood of each, and what keeps them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Protocol

from ..graph.model import Claim, Reading
from ..ingest.lexicon import Lexicon
from ..ingest.words import terms
from .aspect import Aspect
from .aspects import aspects_of
from .candidates import compared
from .comparison import Comparison, Surroundings
from .comparisons import BUCKET_LIMIT, compare
from .confidence import confidence
from .corpus import Corpus
from .facts import TWO_SIDED, comparison_facts, store_of
from .gate import same_thing, separated
from .linkage import Linkage
from .listings import lines_of
from .rule_file import load
from .ruleset import run

NEAREST = 3
"""Pairs of keys shown when no key is shared."""


class Line(Protocol):
    """A line of a document of the set."""

    @property
    def path(self) -> str:
        """Path of the document, as the set knows it."""
        ...

    @property
    def line(self) -> int:
        """1-based."""
        ...


def why_not(corpus: Corpus, first: Line, second: Line) -> Iterator[str]:
    """What is known of two lines, and the gate that separates them or the comparison that they make."""
    linkage = corpus.linkage
    sides: list[list[Claim]] = []
    for name, place in (("A", first), ("B", second)):
        claims = _claims_at(linkage, place)
        sides.append(claims)
        yield from _side(name, place, claims, linkage)
    yield ""
    if not sides[0] or not sides[1]:
        yield "Nothing to compare: a line without a claim takes part in no comparison."
        return
    everything = compared(linkage)
    for (i, a), (j, b) in product(enumerate(sides[0], 1), enumerate(sides[1], 1)):
        yield f"A{i} against B{j}"
        yield from (f"  {line}" for line in _verdict(a, b, everything, linkage))


def _claims_at(linkage: Linkage, place: Line) -> list[Claim]:
    reading = linkage.readings.get(place.path)
    found = [c for c in reading.claims if c.span.line <= place.line <= c.span.end_line] if reading else []
    return sorted(found, key=lambda c: (c.span, c.relation, c.object, c.subject))


def _side(name: str, place: Line, claims: Sequence[Claim], linkage: Linkage) -> Iterator[str]:
    yield f"{name}  {place.path}:{place.line}"
    lines = lines_of(linkage.texts.get(place.path, ""))
    if 0 < place.line <= len(lines) and lines[place.line - 1].strip():
        yield f"    {lines[place.line - 1].strip()}"
    for number, claim in enumerate(claims, 1):
        yield f"  {name}{number} {told(claim)}"
        yield from (f"     {line}" for line in _circumstances(claim, linkage.lexicon))
    if not claims:
        yield f"  no claim: {_silence(linkage.readings.get(place.path), place.line)}"


def told(claim: Claim) -> str:
    """A claim in one line: subject, relation, object, and how it is meant.

    >>> from ..graph.model import Span
    >>> told(Claim("a.md", 0, Span(1, 1, 1, 9), "relay", "has", "port", polarity="denied"))
    '“relay” — has — “port” (denied fact, live)'
    """
    parts = [f"“{claim.subject}”", claim.relation, *([f"“{claim.object}”"] if claim.object else [])]
    value = f" = {claim.value}" if claim.value else ""
    return f"{' — '.join(parts)}{value} ({claim.polarity} {claim.modality}, {claim.standing})"


def _circumstances(claim: Claim, lexicon: Lexicon) -> Iterator[str]:
    if claim.subject_from != "own words":
        yield f"subject from the {claim.subject_from}"
    scope = ", ".join(f"{t.dimension}={t.value} ({t.source})" for t in claim.scope)
    yield f"scope: {scope or 'none stated'}"
    if claim.condition:
        yield f"on condition: {claim.condition}"
    aspects = list(aspects_of(claim, lexicon))
    for aspect in aspects:
        yield f"filed under {aspect.key}" + (f", because {aspect.step}" if aspect.step else "")
    if not aspects:
        yield "filed under no key: what it is about has no name of its own, or its value cannot be compared"


def _silence(reading: Reading | None, line: int) -> str:
    if reading is None:
        return "the set has no such document"
    for row in reading.silences:
        if row.line <= line <= row.end_line:
            return _SILENCES.get(row.reason, row.reason)
    return "the line is blank, markup, or beyond the end"


_SILENCES = {
    "question": "a question",
    "quote": "a quotation",
    "hypothetical": "a hypothetical case",
    "history": "history",
    "example": "an example",
    "heading": "a heading",
    "navigation": "a pointer to another place",
    "label": "a label without content",
    "fragment": "a fragment",
    "code": "code whose form states nothing",
    "unparsed": "its form was not understood",
}


def _verdict(a: Claim, b: Claim, everything: Sequence[Comparison], linkage: Linkage) -> Iterator[str]:
    """The comparison that two claims make in the set, or everything that keeps them from it."""
    made = [c for c in everything if {id(c.a.claim), id(c.b.claim)} == {id(a), id(b)}]
    if made:
        yield from _compared(made, linkage)
        return
    if reason := separated(a, b):
        yield f"kept apart by the gate: {reason}"
    left, right = list(aspects_of(a, linkage.lexicon)), list(aspects_of(b, linkage.lexicon))
    shared = sorted({x.key for x in left} & {y.key for y in right})
    if not shared:
        yield from _apart(left, right)
    for key in shared:
        for x, y in product((x for x in left if x.key == key), (y for y in right if y.key == key)):
            yield f"both under {key}: {_refusal(x, y, linkage)}"


def _compared(made: Sequence[Comparison], linkage: Linkage) -> Iterator[str]:
    hits = list(run([rule for rule in load() if rule.query], store_of(comparison_facts(made)), linkage))
    for one in made:
        yield f"compared as {one.kind} under {one.a.key}: {one.thing.how}; {one.governed.how}"
        yield f"confidence {confidence(one, hits[0].rule if hits else ''):.2f}"
        if one.gap:
            yield f"only one of them states its {one.gap}"
    for hit in hits:
        yield f"reported by {hit.rule}: {hit.why}" + (f" (also {', '.join(hit.also)})" if hit.also else "")
    if not hits:
        yield "no rule finds them incompatible"


def _apart(left: Sequence[Aspect], right: Sequence[Aspect]) -> Iterator[str]:
    """That no key is shared, and the keys that come nearest."""
    yield "no key in common: they are about different things, or say different kinds of things about them"
    pairs = sorted({(-_alike(x.key, y.key), x.key, y.key) for x, y in product(left, right)})
    for score, x, y in pairs[:NEAREST]:
        if score:
            yield f"nearest keys: {x} and {y}"


def _alike(a: str, b: str) -> int:
    """How many parts two keys share, the last counting double.

    >>> _alike("act|possession|token", "act|need|token"), _alike("state|enabled|relay", "act|need|token")
    (3, 0)
    """
    x, y = a.split("|"), b.split("|")
    return sum(p == q for p, q in zip(x, y, strict=False)) + (x[-1] == y[-1])


def _refusal(x: Aspect, y: Aspect, linkage: Linkage) -> str:
    """Why two aspects of one key make no comparison."""
    size = _size(x.key, linkage)
    if size > BUCKET_LIMIT and not x.key.startswith("existence"):
        return f"{size} claims share the key, more than {BUCKET_LIMIT}: it says too little to compare by"
    if x.kind in TWO_SIDED and x.affirmed == y.affirmed:
        return f"they agree: both {'affirm' if x.affirmed else 'deny'} it"
    if x.value and x.value == y.value and x.kind not in TWO_SIDED:
        return "they agree: the same value"
    if list(compare([x.claim, y.claim], _around(linkage))):
        return "alone they would be compared, but here the role is filled so often that it is a list"
    return _mismatch(x, y, linkage)


def _mismatch(x: Aspect, y: Aspect, linkage: Linkage) -> str:
    around = _around(linkage)
    thing = same_thing(x.subject, y.subject, linkage.lexicon)
    governed = same_thing(x.object, y.object, linkage.lexicon)
    if x.object and y.object and not governed.score:
        return f"what is said of them differs: {_words(x.object.terms)} against {_words(y.object.terms)}"
    if not thing.score:
        return f"they are about different things: {_words(x.subject.terms)} against {_words(y.subject.terms)}"
    tie = around.link(x.claim, y.claim) or "neither cites the other"
    weight = linkage.lexicon.specificity(thing.shared | governed.shared)
    return f"too little in common to be sure: the shared words weigh {weight:.1f} nats; documents: {tie}"


def _size(key: str, linkage: Linkage) -> int:
    counts = Counter(a.key for c in _live(linkage) for a in aspects_of(c, linkage.lexicon) if a.key == key)
    return counts[key]


def _live(linkage: Linkage) -> Iterator[Claim]:
    return (c for r in linkage.readings.values() for c in r.claims if c.standing == "live")


def _around(linkage: Linkage) -> Surroundings:
    titles = {path: terms(r.document.title) for path, r in linkage.readings.items()}
    return Surroundings(titles, linkage.cited(), linkage.lexicon)


def _words(terms: Iterable[str]) -> str:
    return f"“{' '.join(sorted(terms))}”" if terms else "nothing named"
