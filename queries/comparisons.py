"""Comparisons: pairs of claims that meet under one key, pass the gate and differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..graph.model import Claim
from .aspect import Aspect
from .aspects import aspects_of
from .bans import ban_comparison
from .comparison import Comparison, Surroundings
from .gate import separated
from .same_act import act_comparison, decision_comparison, exclusive_comparison
from .same_authority import authority_comparison, nearest
from .same_filler import (
    bound,
    cardinality_comparison,
    decided_comparison,
    role_comparison,
    sample_comparison,
    setting_comparison,
    value_comparison,
    version_comparison,
)
from .same_path import path_comparison, path_pairs
from .same_presence import presence_comparison
from .same_state import existence_comparison, state_comparison, task_comparison, whole_comparison
from .strength import strength_comparison

BUCKET_LIMIT = 800
"""Claims under one key beyond which the key says too little to compare by."""

FEW_VALUES = 2
"""A setting with more values than this has several bearers, so that a pair needs one in common."""

MANY_FILLERS = 3
"""A role with this many fillers for one subject in one document is a list, not a value."""


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
            found = _within(bucket, around)
            yield from nearest(found) if key.startswith("authority|") else found


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
            found = decision_comparison(a, b, around)
            if found is not None:
                yield found
    for a in alone:
        for b in rest:
            found = exclusive_comparison(a, b, around)
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
    elif bucket[0].kind == "path":
        yield from path_pairs(bucket)
    elif bucket[0].kind == "sample":
        yield from _two_fillers(_of_single_sections(bucket))
    elif bucket[0].kind == "setting" and len({a.value for a in bucket}) > FEW_VALUES:
        yield from ((a, b) for a, b in _two_fillers(bucket) if bound(a, b))
    elif bucket[0].kind in {"value", "version", "setting", "decided"}:
        yield from _two_fillers(bucket)
    else:
        yield from ((a, b) for i, a in enumerate(bucket) for b in bucket[i + 1 :])


_POLAR = frozenset({"state", "task", "whole", "act", "existence", "presence", "cardinality", "literal"})


def _of_single_sections(bucket: Sequence[Aspect]) -> Sequence[Aspect]:
    """The aspects of sections that give one value only; others show a contrast."""
    values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for a in bucket:
        values[a.claim.path, a.claim.topic].add(a.value)
    return [a for a in bucket if len(values[a.claim.path, a.claim.topic]) == 1]


def _two_fillers(bucket: Sequence[Aspect]) -> Iterator[tuple[Aspect, Aspect]]:
    """Pairs of different values, unless some document fills the role many times: then it is a list."""
    fillers: defaultdict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    for a in bucket:
        fillers[a.claim.path, a.subject.terms].add(a.value)
    if any(len(found) >= MANY_FILLERS for found in fillers.values()):
        return
    if (
        bucket
        and bucket[0].kind == "setting"
        and len({a.value for a in bucket if a.claim.extractor != "code"}) > MANY_FILLERS
    ):
        return
    yield from ((a, b) for i, a in enumerate(bucket) for b in bucket[i + 1 :] if a.value != b.value)


_JUDGES: Mapping[str, Callable[[Aspect, Aspect, Surroundings], Comparison | None]] = {
    "task": task_comparison,
    "whole": whole_comparison,
    "state": state_comparison,
    "act": act_comparison,
    "existence": existence_comparison,
    "presence": presence_comparison,
    "cardinality": cardinality_comparison,
    "value": value_comparison,
    "version": version_comparison,
    "setting": setting_comparison,
    "role": role_comparison,
    "authority": authority_comparison,
    "decided": decided_comparison,
    "path": path_comparison,
    "literal": ban_comparison,
    "strength": strength_comparison,
    "sample": sample_comparison,
}
