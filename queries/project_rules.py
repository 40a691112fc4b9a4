"""A project's own rules: their queries pass the gate and run in a process that can be killed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..graph import iris
from ..graph.model import Diagnostic
from .facts import comparison_facts, document_facts, term_facts
from .outcome import Answer, Busy, Cancelled, Exhausted, Limits, Outcome, Refused, SyntaxRejected, TimedOut
from .rule_file import Rule, RuleError, load
from .ruleset import Hit, hits_from, reported
from .terms import banned_uses, deprecated_uses
from .worker import QueryWorker

if TYPE_CHECKING:
    from .comparisons import Comparison
    from .linkage import Linkage


def project_hits(
    folder: Path, comparisons: Iterable[Comparison], linkage: Linkage, limits: Limits | None = None
) -> tuple[tuple[Rule, ...], tuple[Hit, ...]]:
    """The rules of a project's folder and what they find.

    Raises RuleError for rules that cannot be read, and for those that were refused, failed or had to be ended.
    """
    rules = load(folder)
    uses = chain(deprecated_uses(linkage), banned_uses(linkage))
    facts = chain(comparison_facts(comparisons), document_facts(linkage), term_facts(uses))
    hits, faults = run_project_rules(rules, facts, limits)
    if faults:
        raise RuleError(faults)
    return rules, tuple(reported(hits, rules))


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
                if isinstance(outcome, Answer) and outcome.kind == "SELECT":
                    hits += hits_from(rule.id, _rows(outcome.body))
                if fault := fault_of(rule, outcome):
                    faults.append(fault)
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
        case Answer(kind="SELECT", truncated=False):
            return 1, ""
        case Answer(truncated=True):
            return 1, "gives more rows than a rule may"
        case Answer():
            return 1, "a rule must be a SELECT"


def _rows(body: bytes) -> Iterator[dict[str, str]]:
    document: dict[str, Any] = json.loads(body)
    for binding in document["results"]["bindings"]:
        yield {name: str(term["value"]) for name, term in binding.items()}
