"""Settings that another setting demands: "`mode=relay` must run with `retries=5`" against a sample with other retries.

The subject of such a demand is itself a setting.  It holds for every sample that has that setting, so the sibling keys
of one sample say whether it is met; no shared name is needed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..graph.model import Claim
from ..ingest.values import compatible, kind_of, normalise
from ..ingest.words import Phrase, phrase, stem
from .aspect import Aspect
from .comparison import Comparison, Surroundings, made
from .gate import Match, separated

_SETTING = re.compile(r"([\w-]+(?:\.[\w-]+)*)\s*[=:]\s*([\w.-]+)")

_Siblings = Mapping[str, list[Claim]]
"""The settings of one mapping of a sample, by folded key."""


def implied_comparisons(claims: Iterable[Claim], around: Surroundings) -> Iterator[Comparison]:
    """Each sample that has a setting, and not the one that it demands."""
    live = [c for c in claims if c.standing == "live" and c.value and c.relation.startswith("open:")]
    demands = [(c, match) for c in live if c.extractor == "key-value" and (match := _SETTING.fullmatch(c.subject))]
    if not demands:
        return
    samples = _samples(live, {_key(match[1]) for _, match in demands})
    for demand, match in demands:
        for siblings in samples[_key(match[1])]:
            yield from _unmet(demand, match, siblings, around)


def _samples(live: Iterable[Claim], keys: set[str]) -> Mapping[str, list[_Siblings]]:
    """The mappings of samples that have one of some keys, by that key."""
    mappings: defaultdict[tuple[str, str, str], defaultdict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in live:
        if claim.extractor == "code":
            mappings[claim.path, claim.topic, claim.subject][_key(claim.relation[5:])].append(claim)
    found: defaultdict[str, list[_Siblings]] = defaultdict(list)
    for siblings in mappings.values():
        for key in keys & siblings.keys():
            found[key].append(siblings)
    return found


def _unmet(demand: Claim, match: re.Match[str], siblings: _Siblings, around: Surroundings) -> Iterator[Comparison]:
    given, told = siblings[_key(match[1])], siblings.get(_key(demand.relation[5:]), [])
    if len(given) != 1 or len(told) != 1 or given[0].value != normalise(match[2]):
        return
    sample, key = told[0], phrase(demand.relation[5:])
    if _key(match[1]) == _key(demand.relation[5:]) or not around.link(demand, sample):
        return
    if kind_of(demand.value) != kind_of(sample.value) or compatible(demand.value, sample.value):
        return
    if not separated(demand, sample):
        thing = phrase(demand.subject)
        same = Match(1.0, thing.terms | key.terms, "the sample has the setting that demands it")
        yield made("setting", _aspect(demand, thing, key), _aspect(sample, thing, key), same, same, around)


def _aspect(claim: Claim, thing: Phrase, key: Phrase) -> Aspect:
    return Aspect(claim, "setting", f"implied|{claim.relation[5:]}", thing, key, True, claim.value)


def _key(name: str) -> str:
    """A key, however it is spelled: `run_mode` and `spec.runMode` are one."""
    return stem(re.sub(r"[_-]", "", name.rpartition(".")[2]).lower())
