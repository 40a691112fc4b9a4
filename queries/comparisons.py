"""Comparisons: pairs of claims that meet under one key, pass the gate and differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..graph.model import Claim
from ..ingest.lexicon import Lexicon
from ..ingest.values import compatible, kind_of
from ..ingest.words import LIGHT, is_identifier, phrase, terms
from .aspects import Aspect, aspects_of
from .gate import Match, same_bearer, same_thing, scope_gap, separated, telling

BUCKET_LIMIT = 800
"""Claims under one key beyond which the key says too little to compare by."""
HUB = 40
"""A document cited by more than this many ties nothing together."""
COUPLED = 2
"""Documents that cite this many documents in common speak of related things (bibliographic coupling, Kessler 1963)."""
MANY_FILLERS = 3
"""A role with this many fillers for one subject in one document is a list, not a value."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims about one aspect that passed the gate and do not agree.

    In a comparison of opposite polarity ``a`` affirms and ``b`` denies.
    """

    kind: str
    a: Aspect
    b: Aspect
    thing: Match
    """How the two name what they are about."""
    governed: Match
    """How the two name what is governed; for states and values the same as ``thing``."""
    linked: str
    """``same document``, ``cites``, ``related`` or empty."""
    specificity: float
    """Weight of the words that the two share, in nats."""
    gap: str
    """A dimension of scope that one side states and the other does not."""


class Surroundings:
    """What the gate asks about documents: titles, and who cites whom."""

    def __init__(
        self, titles: Mapping[str, frozenset[str]], cited: frozenset[tuple[str, str]], lexicon: Lexicon
    ) -> None:
        self.titles = titles
        self.cited = cited
        self.lexicon = lexicon

        self.targets: defaultdict[str, set[str]] = defaultdict(set)
        counts = Counter(target for _, target in cited)
        for source, target in cited:
            if counts[target] <= HUB:
                self.targets[source].add(target)

    def link(self, a: Claim, b: Claim) -> str:
        """How two claims' documents are tied."""
        if a.path == b.path:
            return "same document"
        if (a.path, b.path) in self.cited or (b.path, a.path) in self.cited:
            return "cites"
        return "related" if len(self.targets[a.path] & self.targets[b.path]) >= COUPLED else ""


def compare(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Every comparison among some claims, in the order of their keys."""
    buckets: defaultdict[str, list[Aspect]] = defaultdict(list)
    for claim in claims:
        if claim.standing == "live" or (
            claim.relation == "is-decided" and claim.standing in {"question", "hypothetical"}
        ):
            for aspect in aspects_of(claim, around.lexicon):
                buckets[aspect.key].append(aspect)
    for key in sorted(buckets):
        bucket = buckets[key]
        if 1 < len(bucket) <= BUCKET_LIMIT or key.startswith("existence"):
            yield from _within(bucket, around)


def _within(bucket: Sequence[Aspect], around: Surroundings) -> Iterator[Comparison]:
    decisions = [a for a in bucket if a.kind == "decision"]
    alone = [a for a in bucket if a.kind == "exclusive"]
    rest = [a for a in bucket if a.kind not in {"decision", "exclusive"}]
    for a, b in _pairs(rest):
        judge = _JUDGES[a.kind]
        found = judge(a, b, around)
        if found is not None and not separated(a.claim, b.claim):
            yield found
    for b in decisions:
        for a in rest:
            found = _decision(a, b, around)
            if found is not None:
                yield found
    for a in alone:
        for b in rest:
            found = _exclusive(a, b, around)
            if found is not None and not separated(a.claim, b.claim):
                yield found


def _pairs(bucket: Sequence[Aspect]) -> Iterator[tuple[Aspect, Aspect]]:
    """Pairs that can differ: opposite polarities, or two fillers of one role."""
    if not bucket:
        return
    if bucket[0].kind in _POLAR:
        yes = [a for a in bucket if a.affirmed]
        for b in (a for a in bucket if not a.affirmed):
            yield from ((a, b) for a in yes)
    elif bucket[0].kind in {"value", "setting", "decided"}:
        yield from _two_fillers(bucket)
    else:
        yield from ((a, b) for i, a in enumerate(bucket) for b in bucket[i + 1 :])


_POLAR = frozenset({"state", "task", "act", "existence", "cardinality"})


def _two_fillers(bucket: Sequence[Aspect]) -> Iterator[tuple[Aspect, Aspect]]:
    """Pairs of different values, unless some document fills the role many times: then it is a list."""
    fillers: defaultdict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    for a in bucket:
        fillers[a.claim.path, a.subject.terms].add(a.value)
    if any(len(found) >= MANY_FILLERS for found in fillers.values()):
        return
    if bucket[0].kind == "setting" and len({a.value for a in bucket if a.claim.extractor != "code"}) > MANY_FILLERS:
        return
    yield from ((a, b) for i, a in enumerate(bucket) for b in bucket[i + 1 :] if a.value != b.value)


def _make(kind: str, a: Aspect, b: Aspect, thing: Match, governed: Match, around: Surroundings) -> Comparison:
    shared = thing.shared | governed.shared
    weight = around.lexicon.specificity(shared)
    return Comparison(
        kind, a, b, thing, governed, around.link(a.claim, b.claim), weight, scope_gap(a.claim.scope, b.claim.scope)
    )


def _task(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    if a.claim.path != b.claim.path and not _is_long_id(a.claim.subject):
        return None
    match = Match(1.0, a.subject.terms, "the same task")
    return _make("task", a, b, match, match, around)


def _is_long_id(label: str) -> bool:
    return " " not in label and len(label) >= 4 and "-" in label and label[0].isalpha()


def _state(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not thing.score or "plan" in (a.claim.modality, b.claim.modality) or _instructs(a.claim) != _instructs(b.claim):
        return None
    if (a.tail and b.tail and not _tails_meet(a.tail, b.tail)) or _default_against_override(a.claim, b.claim):
        return None
    if around.lexicon.specificity(thing.shared) < _needed(a, b, thing, around):
        return None
    return _make("state", a, b, thing, thing, around)


def _default_against_override(a: Claim, b: Claim) -> bool:
    """Whether one side says how a thing is by default and the other how it is in some case."""
    if ("default" in a.object) == ("default" in b.object):
        return False
    default, other = (a, b) if "default" in a.object else (b, a)
    here = {t.dimension for t in default.scope if t.source == "stated"}
    return any(t.source == "stated" and t.dimension not in here for t in other.scope)


def _stated(claim: Claim, dimension: str) -> set[str]:
    return {t.value for t in claim.scope if t.dimension == dimension and t.source == "stated"}


def _tails_meet(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two limits can be one: a word of each in common, or one word within another."""
    return bool(a & b) or any(x in y or y in x for x in a for y in b if len(min(x, y, key=len)) > 3)


def _needed(a: Aspect, b: Aspect, thing: Match, around: Surroundings) -> float:
    """How much the shared words must weigh: the looser two documents are tied, the more."""
    link = around.link(a.claim, b.claim)
    base = {"same document": 2.0, "cites": 2.8, "related": 3.2, "": 6.0}[link]
    if _stated(a.claim, "environment") & _stated(b.claim, "environment"):
        base -= 2.5
    if thing.score < 1.0:
        base = 99.0 if not link and a.claim.extractor in {"mark", "task"} else base + 0.8
    return base + (1.5 if "mark" in (a.claim.extractor, b.claim.extractor) and link != "same document" else 0.0)


def _instructs(claim: Claim) -> bool:
    """Whether a claim tells the reader to do something rather than how things are."""
    return claim.modality in {"obligation", "recommendation"} and not claim.relation.startswith("is-")


def _existence(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    if not a.subject.terms >= telling(b.subject) or len(telling(b.subject)) < 2:
        return None
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not thing.score or around.link(a.claim, b.claim) not in {"same document", "cites"} or a.claim.modality != "fact":
        return None
    if around.lexicon.specificity(thing.shared) < 7.0:
        return None
    return _make("existence", a, b, thing, thing, around)


def _cardinality(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not _is_named(a.claim.subject) or not _is_named(b.claim.subject):
        return None
    if not thing.score or a.object.terms & b.object.terms or around.lexicon.specificity(thing.shared) < 2.0:
        return None
    return _make("cardinality", a, b, thing, thing, around)


def _is_named(subject: str) -> bool:
    """Whether a phrase tells one thing from others: an identifier in it, or several telling words."""
    return any(is_identifier(word) for word in subject.split()) or len(phrase(subject).terms - LIGHT) > 1


def _act(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """An affirmed act ``a`` against a denied ``b``: what is denied must cover what is affirmed."""
    if a.claim.modality == "plan" and b.claim.modality == "fact":
        return None
    governed = _covered(a, b, around.lexicon)
    if not governed.score:
        return None
    titles = (around.titles.get(a.claim.path, frozenset()), around.titles.get(b.claim.path, frozenset()))
    bearer = same_bearer(a, b, titles, around.lexicon)
    if not bearer.score or (
        bearer.score <= 0.5 and (governed.score < 0.8 or around.lexicon.specificity(governed.shared) < 9.0)
    ):
        return None
    return _make("act", a, b, bearer, governed, around)


def _covered(a: Aspect, b: Aspect, lexicon: Lexicon) -> Match:
    """How far what ``b`` denies covers what ``a`` affirms."""
    if b.object.terms <= a.object.terms:
        return same_thing(a.object, b.object, lexicon)
    if a.step and b.object.head in a.object.terms:
        if len(b.object.terms - a.object.terms) > 1:
            return Match(0.0, frozenset(), "")
        missing = lexicon.specificity(b.object.terms - a.object.terms)
        return Match(max(0.3, 0.75 - 0.04 * missing), b.object.terms & a.object.terms, "the heading names the kind")
    return Match(0.0, frozenset(), "")


def _value(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    if kind_of(a.value) != kind_of(b.value) or compatible(a.value, b.value):
        return None
    if a.claim.extractor == b.claim.extractor == "code" or "plan" in (a.claim.modality, b.claim.modality):
        return None
    thing = same_thing(a.subject, b.subject, around.lexicon)
    if not a.subject.terms and not b.subject.terms and around.link(a.claim, b.claim):
        thing = Match(0.7, a.object.terms, "the set's own")
    if not thing.score or (a.subject.terms ^ b.subject.terms) - LIGHT:
        return None
    return _make("value", a, b, thing, thing, around)


def _setting(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    if kind_of(a.value) != kind_of(b.value) or compatible(a.value, b.value) or not around.link(a.claim, b.claim):
        return None
    if "code" in (a.claim.extractor, b.claim.extractor) and (
        a.claim.path != b.claim.path or a.claim.extractor == b.claim.extractor
    ):
        return None
    shared = a.subject.terms & b.subject.terms
    if not shared and not _sample_of(a, b):
        return None
    match = Match(0.9, a.object.terms, "the same setting")
    return _make("setting", a, b, match, match, around)


def _sample_of(a: Aspect, b: Aspect) -> bool:
    """Prose and a sample of one document about one environment variable."""
    return (
        a.claim.path == b.claim.path
        and a.claim.relation[5:].isupper()
        and "code" in (a.claim.extractor, b.claim.extractor)
    )


def _decided(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two exclusive options, each stated as the decision on one matter."""
    shared = a.subject.terms & b.subject.terms
    if not shared or not around.link(a.claim, b.claim):
        return None
    match = Match(0.9, shared, "decisions on one matter")
    return _make("decided", a, b, match, match, around)


def _role(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    governed = same_thing(a.object, b.object, around.lexicon)
    if not governed.score or not (a.affirmed and b.affirmed) or a.subject.terms & b.subject.terms:
        return None
    return _make("role", a, b, governed, governed, around)


def _authority(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """Two authorities for one matter, or one affirmed and denied."""
    shared = a.object.terms & b.object.terms
    small = min(len(a.object.terms), len(b.object.terms))
    if len(shared) * 2 < small + 1 or around.lexicon.specificity(shared) < 3.5:
        return None
    same = bool(a.subject.terms & b.subject.terms)
    if same == (a.affirmed == b.affirmed) or not (a.affirmed or b.affirmed):
        return None
    governed = Match(len(shared) / max(len(a.object.terms), len(b.object.terms)), shared, "the same matter")
    return _make("authority", a, b, governed, governed, around)


def _exclusive(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """What only ``a`` does, and another that does it too."""
    if (
        not b.affirmed
        or not b.subject.head
        or b.claim.subject_from != "own words"
        or b.claim.quantifier in {"only", "all"}
        or b.step
    ):
        return None
    if a.subject.terms & b.subject.terms or a.claim.relation.partition("-")[0] != b.claim.relation.partition("-")[0]:
        return None
    if not a.object.terms <= b.object.terms or b.claim.modality == "plan":
        return None
    governed = same_thing(a.object, b.object, around.lexicon)
    if not governed.score or around.lexicon.specificity(governed.shared) < 3.5:
        return None
    return _make("exclusive", a, b, governed, governed, around)


def _decision(a: Aspect, b: Aspect, around: Surroundings) -> Comparison | None:
    """A statement ``a`` that settles what ``b`` leaves open."""
    if a.claim.standing != "live" or a.claim.modality in {"plan", "permission"} or not around.link(a.claim, b.claim):
        return None
    if a.claim.path == b.claim.path and a.claim.passage == b.claim.passage:
        return None
    governed = (
        same_thing(a.object, b.object, around.lexicon)
        if b.object.terms
        else same_thing(a.subject, b.subject, around.lexicon)
    )
    bearer = same_thing(a.subject, b.subject, around.lexicon)
    if not a.subject.terms and not b.subject.terms:
        bearer = Match(0.8, frozenset(), "neither names who")
    if not governed.score or not bearer.score:
        return None
    return _make("decision", a, b, bearer, governed, around)


_JUDGES: Mapping[str, Callable[[Aspect, Aspect, Surroundings], Comparison | None]] = {
    "task": _task,
    "state": _state,
    "act": _act,
    "existence": _existence,
    "cardinality": _cardinality,
    "value": _value,
    "setting": _setting,
    "role": _role,
    "authority": _authority,
    "decided": _decided,
}


def title_terms(title: str) -> frozenset[str]:
    """Content words of a title."""
    return terms(title)
