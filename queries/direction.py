"""Asymmetric relations that are stated both ways, and orders that lead back to their start (NS701)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..graph.model import Claim
from ..ingest.words import LIGHT, clean, core, is_identifier, terms
from .facts import place_iri
from .gate import separated
from .linkage import Linkage
from .ruleset import Hit


class Arrow(NamedTuple):
    """One live statement that a relation leads from one named thing to another."""

    relation: str
    """``depends on``, ``runs before``, ``owns``, ``contains`` or ``replaces``."""
    origin: frozenset[str]
    """Terms of the thing's name."""
    target: frozenset[str]
    names: tuple[str, str]
    """Both as written."""
    claim: Claim


_RELATIONS: Mapping[str, str] = {
    "depend-on": "depends on",
    "depend-upon": "depends on",
    "own": "owns",
    "contain": "contains",
    "comprise": "contains",
    "precede": "runs before",
    "supersede": "replaces",
    "replace": "replaces",
}
"""Relation of a claim to the asymmetric one that it states; the passive leads the other way."""
_ORDERED = frozenset({"run", "start", "happen", "execute", "come", "go", "deploy", "begin", "apply", "install"})
_TELLING = frozenset({"is", *_ORDERED, *_RELATIONS, *(f"{verb}:passive" for verb in (*_ORDERED, *_RELATIONS))})
_WHEN = re.compile(r"(?:(?:strictly|always|only|immediately)\s+)?(before|after)\s+(.+)", re.IGNORECASE)
_PART = re.compile(r"(?:a\s+)?part\s+of\s+(.+)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(.+)", re.IGNORECASE)
_NAME_ENDS = re.compile(
    r"\s(?:for|in|on|at|when|via|with|if|until|through|by|from|during|within|because|while|only)\s|[(:]"
)
_SEVERAL = re.compile(
    r"\s(?:and|or|nor|as|plus|to)\s|,|/(?=[A-Z])|→|\+|&|\b(?:its own|each other|itself|one another)\b"
)
_POINTING = re.compile(
    r"(?:this|that|these|those|it|they|he|she|we|you|all|any|every|each|some|no|many|most|other|another|which|both)\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 5
_CIRCLED = frozenset({"depends on", "runs before"})
"""Relations of which a longer circle is a fault too."""
_LONGEST_CIRCLE = 6
_LARGEST_KNOT = 40
"""Names beyond which what leads to each other is a style of writing, not a circle."""


def direction(linkage: Linkage, rule: str) -> Iterator[Hit]:
    """Pairs of statements that lead opposite ways, and circles of three or more."""
    arrows: defaultdict[str, dict[tuple[frozenset[str], frozenset[str]], list[Arrow]]] = defaultdict(dict)
    for reading in linkage.readings.values():
        for arrow in _arrows(reading.claims):
            arrows[arrow.relation].setdefault((arrow.origin, arrow.target), []).append(arrow)
    for relation, found in sorted(arrows.items()):
        yield from _both_ways(found, rule)
        if relation in _CIRCLED:
            yield from _circles(found, rule)


def _arrows(claims: Iterable[Claim]) -> Iterator[Arrow]:
    for claim in claims:
        if claim.relation in _TELLING and claim.subject_from == "own words" and _stands(claim):
            read = _read(claim)
            if read is not None:
                relation, first, second = read
                origin, target = _named(first), _named(second)
                if origin and target and origin != target:
                    yield Arrow(relation, origin, target, (clean(first), clean(second)), claim)


def _stands(claim: Claim) -> bool:
    return (
        claim.standing == "live"
        and claim.polarity == "affirmed"
        and not claim.condition
        and claim.modality not in {"permission", "plan"}
    )


def _read(claim: Claim) -> tuple[str, str, str] | None:
    """Relation, origin and target of a claim; None for one that states no asymmetric relation."""
    verb, _, passive = claim.relation.partition(":")
    if verb in _ORDERED:
        if (when := _WHEN.match(claim.object)) is None:
            return None
        other = _cut(when[2])
        before = when[1].lower() == "before"
        return ("runs before", claim.subject, other) if before else ("runs before", other, claim.subject)
    if verb == "is" and (whole := _PART.match(claim.object)) is not None:
        return "contains", _cut(whole[1]), claim.subject
    if not passive and verb in _RELATIONS:
        return _RELATIONS[verb], claim.subject, _cut(claim.object)
    agent = _BY.search(claim.object) if passive else None
    return (_RELATIONS[verb], _cut(agent[1]), claim.subject) if agent else None


def _cut(text: str) -> str:
    return _NAME_ENDS.split(core(text), maxsplit=1)[0] if not _SEVERAL.search(text) else ""


def _named(text: str) -> frozenset[str]:
    """The terms of a name that tells one thing from others: an identifier, or two telling words; else none."""
    plain = clean(text)
    if _POINTING.match(plain) or _SEVERAL.search(plain):
        return frozenset()
    found = terms(plain)
    telling = found - LIGHT
    exact = any(is_identifier(word) for word in plain.split())
    return found if telling and (exact or len(telling) > 1) and len(found) <= _LONGEST_NAME else frozenset()


def _both_ways(arrows: Mapping[tuple[frozenset[str], frozenset[str]], Sequence[Arrow]], rule: str) -> Iterator[Hit]:
    for (origin, target), there in arrows.items():
        back = arrows.get((target, origin), ()) if sorted(origin) < sorted(target) else ()
        for a in there:
            for b in back:
                if not separated(a.claim, b.claim):
                    yield _hit((a, b), rule)


def _circles(arrows: Mapping[tuple[frozenset[str], frozenset[str]], Sequence[Arrow]], rule: str) -> Iterator[Hit]:
    """The shortest circle of each knot of names that lead to each other, when no two of them do so directly."""
    if len({origin for origin, _ in arrows} & {target for _, target in arrows}) <= 2:
        return
    import networkx as nx

    graph: nx.DiGraph[tuple[str, ...]] = nx.DiGraph()
    named = {(tuple(sorted(a)), tuple(sorted(b))): found[0] for (a, b), found in arrows.items()}
    graph.add_edges_from(sorted(named))
    for knot in sorted(map(sorted, nx.strongly_connected_components(graph))):
        if 2 < len(knot) <= _LARGEST_KNOT:
            circles = map(_from_least, nx.simple_cycles(graph.subgraph(knot), length_bound=_LONGEST_CIRCLE))
            shortest = min(circles, key=lambda circle: (len(circle), circle), default=list[tuple[str, ...]]())
            steps = [named[step] for step in pairwise([*shortest, *shortest[:1]])]
            if len(steps) > 2 and not any(separated(a.claim, b.claim) for a, b in pairwise(steps)):
                yield _hit(steps, rule)


def _from_least(circle: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    start = circle.index(min(circle))
    return circle[start:] + circle[:start]


def _hit(steps: Sequence[Arrow], rule: str) -> Hit:
    said = "; ".join(f"“{a.names[0]}” {a.relation} “{a.names[1]}”" for a in steps)
    return Hit(
        rule, "", tuple(place_iri(a.claim.path, a.claim.span) for a in steps),
        why=f"This leads back to its start: {said}.",
        repair="Decide which way it goes, and turn the other statement round or take it out.",
    )  # fmt: skip
