"""A project's own rules: their queries pass the gate and run in a process that can be killed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..graph import iris
from ..graph.model import Diagnostic
from .facts import Place, comparison_facts, document_facts, place_of, term_facts
from .outcome import Answer, Busy, Cancelled, Exhausted, Limits, Outcome, Refused, SyntaxRejected, TimedOut
from .rule_file import Rule, RuleError, load
from .ruleset import Hit, hits_from, reported
from .terms import banned_uses, deprecated_uses
from .worker import QueryWorker

if TYPE_CHECKING:
    from .comparison import Comparison
    from .linkage import Linkage


def project_hits(
    folder: Path, comparisons: Sequence[Comparison], linkage: Linkage, limits: Limits | None = None
) -> tuple[tuple[Rule, ...], tuple[Hit, ...]]:
    """The rules of a project's folder and what they find.

    Raises RuleError for rules that cannot be read, for those that were refused, failed or had to be ended, and for
    those whose sides are no statements.
    """
    rules = load(folder)
    uses = chain(deprecated_uses(linkage), banned_uses(linkage))
    facts = chain(comparison_facts(comparisons), document_facts(linkage), term_facts(uses))
    hits, faults = run_project_rules(rules, facts, limits)
    if faults := (*faults, *_no_statements(rules, hits, comparisons, linkage)):
        raise RuleError(faults)
    return rules, tuple(reported(hits, rules))


def _no_statements(
    rules: Iterable[Rule], hits: Iterable[Hit], comparisons: Iterable[Comparison], linkage: Linkage
) -> Iterator[Diagnostic]:
    """The rules with a side that is neither a claim of a comparison nor a place in a document."""
    claims = {iris.claim_iri(side.claim) for one in comparisons for side in (one.a, one.b)}
    first: dict[str, str] = {}
    for hit in hits:
        for side in hit.sides:
            if side not in claims and place_in(side, linkage) is None:
                first.setdefault(hit.rule, side)
    for rule in rules:
        if rule.id in first:
            message = f"a side of what it finds is no claim or place of the documents: {first[rule.id]!r}"
            yield Diagnostic("NS012", str(rule.path), rule.query_line, message)


def place_in(iri: str, linkage: Linkage) -> Place | None:
    """The place that an IRI names in a document of the set; None for everything else."""
    place = place_of(iri) if iri.startswith(iris.BASE) else None
    return place if place and place.path in linkage.readings else None


def run_project_rules(
    rules: Sequence[Rule], facts: Iterable[str], limits: Limits | None = None
) -> tuple[tuple[Hit, ...], tuple[Diagnostic, ...]]:
    """The hits of foreign rules over the facts, and what could not run, with the rule's file and line.

    Raises WorkerUnavailable on a system that cannot fork.
    """
    hits: list[Hit] = []
    faults: list[Diagnostic] = []
    if rules:
        snapshot = "".join(f"{line}\n" for line in facts).encode("utf-8", "replace")
        with QueryWorker(snapshot, limits=limits) as worker:
            for rule in rules:
                outcome = worker.run(rule.query, "json", base_prefixes=iris.PREFIXES)
                if fault := fault_of(rule, outcome):
                    faults.append(fault)
                elif isinstance(outcome, Answer):
                    hits += hits_from(rule.id, _rows(outcome.body))
    return tuple(hits), tuple(faults)


def fault_of(rule: Rule, outcome: Outcome) -> Diagnostic | None:
    """What a rule's outcome means for the run: None for a whole answer."""
    line, message = _explained(outcome)
    return Diagnostic("NS012", str(rule.path), rule.query_line + line - 1, message) if message else None


def _explained(outcome: Outcome) -> tuple[int, str]:
    match outcome:
        case Refused(reason, line, _):
            return line, reason
        case SyntaxRejected(line, _, message):
            return line, message
        case TimedOut(seconds):
            return 1, f"ended after {seconds:g} seconds"
        case Exhausted(resource):
            return 1, f"ended: it used up its {resource}"
        case Busy() | Cancelled():
            return 1, "did not run"
        case Answer(kind="SELECT", truncated=False, body=body):
            return 1, "" if _has_sides(body) else "a rule must SELECT ?a and ?b, or ?side"
        case Answer(truncated=True):
            return 1, "gives more rows than a rule may"
        case Answer():
            return 1, "a rule must be a SELECT"


def _has_sides(body: bytes) -> bool:
    names = set(json.loads(body)["head"]["vars"])
    return {"a", "b"} <= names or "side" in names


def _rows(body: bytes) -> Iterator[dict[str, str]]:
    document: dict[str, Any] = json.loads(body)
    for binding in document["results"]["bindings"]:
        yield {name: str(term["value"]) for name, term in binding.items()}
