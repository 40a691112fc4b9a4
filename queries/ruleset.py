"""Running rules: hits from a store of facts and from graph algorithms, each set of statements once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from ..graph import iris
from .facts import COMPARISON
from .rule_file import Case, Rule, RuleError, load

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store

    from .linkage import Linkage

Witness = tuple[tuple[str, str], ...]


class Hit(NamedTuple):
    """What a rule found: statements that do not go together."""

    rule: str
    comparison: str
    """IRI of the comparison; empty for a rule over documents or names."""
    sides: tuple[str, ...]
    """IRIs of claims or of places (``facts.place_of``), in the order the rule gives them."""
    why: str
    witness: Witness = ()
    repair: str = ""
    severity: str = ""
    """When it differs from the rule's own."""
    also: tuple[str, ...] = ()
    """Other rules that found the same statements."""
    evidence: tuple[str, ...] = ()
    """What else speaks for or against it: names of features (``confidence.NAMED``)."""


def run(rules: Sequence[Rule], store: Store, linkage: Linkage | None = None) -> Iterator[Hit]:
    """Every hit of some shipped rules; rules that are functions need the linkage and are left out without it."""
    found = [hit for rule in rules for hit in hits_of(rule, store, linkage)]
    yield from reported(found, rules)


def hits_of(rule: Rule, store: Store, linkage: Linkage | None = None) -> Iterator[Hit]:
    """The hits of one shipped rule, in the order of their sides."""
    if rule.query:
        solutions = cast("QuerySolutions", store.query(rule.query, prefixes=iris.PREFIXES))
        names = [variable.value for variable in solutions.variables]
        rows = ({n: t.value for n in names if (t := row[n]) is not None} for row in solutions)
        yield from hits_from(rule.id, rows)
    elif linkage is not None:
        yield from sorted(function_named(rule.function)(linkage, rule.id))


def function_named(name: str) -> Callable[[Linkage, str], Iterator[Hit]]:
    """A function that a shipped rule names; ``KeyError`` for one that does not exist."""
    from . import algorithms

    return algorithms.FUNCTIONS[name]


def hits_from(rule: str, rows: Iterable[Mapping[str, str]]) -> Iterator[Hit]:
    """Solutions as hits: those with the same sides, and ``?side`` solutions with the same ``?group``, are one."""
    groups: defaultdict[tuple[str, ...], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        if "a" in row and "b" in row:
            groups[row["a"], row["b"]].append(row)
        elif "side" in row:
            groups[("", row.get("group", row["side"]))].append(row)
    for key in sorted(groups):
        group = sorted(groups[key], key=lambda row: (_number(row.get("comparison", "")), sorted(row.items())))
        sides = key if key[0] else tuple(sorted({row["side"] for row in group}))
        witness = tuple(sorted({pair for row in group for pair in _witness(row.get("witness", ""))}))
        first = group[0]
        yield Hit(rule, first.get("comparison", ""), sides, first.get("why", ""), witness, first.get("repair", ""))


def _number(iri: str) -> int:
    tail = iri.removeprefix(COMPARISON)
    return int(tail) if tail.isdecimal() else 0


def _witness(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(";"):
        dimension, equals, value = part.strip().partition("=")
        if equals:
            yield dimension, value


def reported(hits: Iterable[Hit], rules: Sequence[Rule]) -> Iterator[Hit]:
    """Each set of statements once, under the most specific rule that found it; the others go to ``also``.

    Of rules that do not supersede each other the one with the lowest id reports.
    """
    below = _superseded(rules)
    groups: defaultdict[frozenset[str], list[Hit]] = defaultdict(list)
    for hit in hits:
        groups[frozenset(hit.sides)].append(hit)
    for key in sorted(groups, key=sorted):
        group = sorted(groups[key])
        names = {hit.rule for hit in group}
        free = [hit for hit in group if not any(hit.rule in below.get(other, ()) for other in names)]
        best = (free or group)[0]
        others = names.union(*(hit.also for hit in group)) - {best.rule}
        yield best._replace(also=tuple(sorted(others)))


def _superseded(rules: Sequence[Rule]) -> Mapping[str, frozenset[str]]:
    """The rules below each rule, those below them included."""
    direct = {rule.id: rule.supersedes for rule in rules}

    def walk(rule: str, seen: frozenset[str]) -> frozenset[str]:
        for other in direct.get(rule, ()):
            if other not in seen:
                seen = walk(other, seen | {other})
        return seen

    return {rule: walk(rule, frozenset()) for rule in direct}


@cache
def by_id(folder: Path | None = None) -> Mapping[str, Rule]:
    """The rules of a folder by their ids."""
    return {rule.id: rule for rule in load(folder)}


def explain(rule_id: str, folder: Path | None = None) -> str:
    """A rule in its own words, as Markdown; ``KeyError`` for an unknown id."""
    rule = by_id().get(rule_id) or by_id(folder)[rule_id]
    head = f"# {rule.id} {rule.name} ({rule.severity})\n"
    return head + rule.text.partition("\n")[2]


__all__ = [
    "Case", "Hit", "Rule", "RuleError", "by_id", "explain", "function_named", "hits_from", "hits_of", "load",
    "reported", "run",
]  # fmt: skip
