"""Plans that stand open where the same document, or another version of it, tells that they are carried out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..graph.model import Claim
from ..ingest.english import FINITE, PARTICIPLES
from ..ingest.progress import leading_id
from ..ingest.words import EMPTY, Phrase, phrase
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, contrasted, separated, telling
from .linkage import Linkage
from .mindful import Page
from .places import source_line

_ACTS: Mapping[str, str] = {
    **dict.fromkeys(
        """add create deploy implement introduce build provide install enable configure provision publish write make
        establish expose define register migrate""".split(),
        "make",
    ),
    **dict.fromkeys("remove delete drop retire decommission eliminate".split(), "end"),
}
_STATES: Mapping[str, str] = {"is-present": "make", "is-implemented": "make", "is-deployed": "make"}
_TAIL = re.compile(
    r"\s+(?P<how>for|in|on|from|to|at|with|via|so|that|using|across|as|under|into|through|per|by)\s|[,;:(—–→]"
)
_CARRIED_OUT = re.compile(r"\b(?:was|were|has been|have been|already|now)\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will be|is to be|are to be|(?:is|are) planned|planned to be)\b", re.IGNORECASE)
_TARGETS = re.compile(
    r"\b(?:deliverables?|success|metrics|objectives?|goals?|targets?|benefits?|criteria|acceptance|outcomes?|definition)\b",
    re.I,
)
_PARTS = re.compile(r"[^\W_]+")
_ENOUGH = 4.0
_ENOUGH_NARROWER = 5.0


class _Step(NamedTuple):
    """One act on one thing, as a claim says that it is done or still to do."""

    claim: Claim
    act: str
    """``make``, ``end``, or the base form of another verb."""
    thing: Phrase
    rest: frozenset[str]
    """Words that say where, for what or how."""


def plan_comparisons(linkage: Linkage, around: Surroundings) -> Iterator[Comparison]:
    """Acts that are planned in one place and told as done in another, of one document or of its versions."""
    families: defaultdict[str, list[Claim]] = defaultdict(list)
    for path, reading in linkage.readings.items():
        if reading.document.standing == "live":
            families[_lineage(path, reading.document.family)] += filter(_stands, reading.claims)
    for _, claims in sorted(families.items()):
        yield from _within(claims, linkage, around)


def _lineage(path: str, family: str) -> str:
    """What the versions of one document have in common: the path without its lineage mark."""
    return path.replace(f"-{family}.", ".") if family else path


def _stands(claim: Claim) -> bool:
    return claim.standing == "live" and not claim.condition


def _within(claims: Sequence[Claim], linkage: Linkage, around: Surroundings) -> Iterator[Comparison]:
    plans: defaultdict[tuple[str, str], list[_Step]] = defaultdict(list)
    for claim in claims:
        for step in _planned(claim, linkage):
            plans[step.act, step.thing.head].append(step)
    for claim in claims if plans else ():
        for state in _told(claim, linkage):
            for plan in plans.get((state.act, state.thing.head), ()):
                match = _match(plan, state, around)
                if match is not None and _comparable(claim, plan.claim) and not _is_target(claim, linkage):
                    yield made("plan", _aspect(state, True), _aspect(plan, False), match, match, around)


def _comparable(state: Claim, plan: Claim) -> bool:
    return not separated(state, plan) and not contrasted(state, plan)


def _planned(claim: Claim, linkage: Linkage) -> Iterator[_Step]:
    """What a claim says is still to be done."""
    verb, _, passive = claim.relation.partition(":")
    if verb == "is-done" and claim.polarity == "denied":
        act, text = _act_and_thing(claim)
        if act:
            yield from _step(claim, act, text)
    elif verb in _STATES and claim.extractor == "task":
        yield from _of_box(claim, done=False)
    elif passive and claim.modality == "plan" and _says(claim, _TO_COME, linkage):
        yield from _step(claim, _act(verb), claim.subject)


def _told(claim: Claim, linkage: Linkage) -> Iterator[_Step]:
    """What a claim says has been done."""
    verb, _, passive = claim.relation.partition(":")
    if verb == "is-done" and claim.polarity == "affirmed":
        act, text = _act_and_thing(claim)
        yield from _step(claim, act or "make", text)
    elif verb in _STATES and claim.extractor == "task":
        yield from _of_box(claim, done=True)
    elif verb in _STATES and claim.modality == "fact" and claim.extractor != "code":
        yield from _step(claim, "make" if claim.polarity == "affirmed" else "end", claim.subject)
    elif passive and claim.polarity == "affirmed" and claim.modality == "fact":
        yield from _step(claim, _act(verb), claim.subject) if _says(claim, _CARRIED_OUT, linkage) else ()


def _says(claim: Claim, words: re.Pattern[str], linkage: Linkage) -> bool:
    return words.search(source_line(linkage, claim.path, claim.span.line)) is not None


def _of_box(claim: Claim, *, done: bool) -> Iterator[_Step]:
    """The act that a ticked or open box names, told as the state that it brings about."""
    verb, _, rest = claim.object.partition(" ")
    act = _ACTS.get(verb)
    if act and ((claim.polarity == "affirmed") == (act == "make")) == done:
        yield from _step(claim, act, f"{claim.subject} {rest}")


def _act_and_thing(claim: Claim) -> tuple[str, str]:
    """The act and the thing of an item: "Add retries to the client"; no act for an item that only names a thing."""
    text = claim.subject.removeprefix(leading_id(claim.subject)).lstrip(" :–—-")
    first, _, rest = text.partition(" ")
    low = first.lower()
    act = _act(FINITE.get(low, PARTICIPLES.get(low, "")))
    return act, rest if act else text


def _act(verb: str) -> str:
    return _ACTS.get(verb, verb)


def _step(claim: Claim, act: str, text: str) -> Iterator[_Step]:
    tail = _TAIL.search(text)
    thing = phrase(text[: tail.start()] if tail else text)
    if thing.head:
        rest = frozenset(part.lower() for part in _PARTS.findall(text, tail.end())) if tail else frozenset[str]()
        yield _Step(claim, act, thing, rest)


def _is_target(claim: Claim, linkage: Linkage) -> bool:
    """Whether a mark stands in a list of what is to be reached: there it means that it counts, not that it is done."""
    if claim.extractor != "mark":
        return False
    lead = Page(linkage.lines[claim.path]).lead(claim.span.line)
    return _TARGETS.search(f"{lead} {claim.topic.partition(' › ')[0]}") is not None


def _match(plan: _Step, state: _Step, around: Surroundings) -> Match | None:
    """How well the two name one thing in one place; None for two things."""
    one, other = telling(plan.thing), telling(state.thing)
    shared = one & other
    weight = around.lexicon.specificity(shared)
    if one == other:
        enough, score, how = _ENOUGH, 1.0, "the same words"
    elif one <= other or other <= one:
        enough, score, how = _ENOUGH_NARROWER, 0.8, "one is the other with more words"
    else:
        return None
    if weight < enough or not _meet(plan.rest, state.rest):
        return None
    return Match(score, shared, how)


def _meet(plan: frozenset[str], state: frozenset[str]) -> bool:
    """Whether what is said further of the two can be one: a word in common, or nothing that the plan is limited to."""
    return not plan or bool(plan & state)


def _aspect(step: _Step, done: bool) -> Aspect:
    return Aspect(step.claim, "plan", f"plan|{step.act}|{step.thing.head}", step.thing, EMPTY, done)
