"""An engine that reads nothing: the commands are tested against values written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from naysay.api.engine import Place, ProgressHook, Request
from naysay.api.misuse import CannotRun
from naysay.api.view import QuestionNotUnderstood
from naysay.graph.model import (
    Claim,
    Conflict,
    Diagnostic,
    Document,
    Entity,
    LabelEvidence,
    Modality,
    Polarity,
    PrecedencePolicy,
    Reading,
    Reference,
    ScopeTerm,
    Severity,
    Side,
    Silence,
    Span,
)
from naysay.queries.change import Change
from naysay.queries.linkage import Linkage, link
from naysay.queries.revision import Revision
from naysay.queries.rule_file import Rule
from naysay.queries.rule_tests import RuleOutcome
from naysay.queries.triage import Mark

RUNBOOK = """# Runbook

## Login problems

Sessions expire after 30 minutes of inactivity.

Is that long enough?
"""
DECISION = """# ADR-0007

## Decision

The Auth Service session timeout is 15 minutes, see [the runbook](../ops/runbook.md).
"""
RULE = Rule(
    "NS202",
    "conflicting-number",
    "error",
    "comparison",
    (),
    "",
    0,
    "",
    (),
    (),
    "# conflicting-number\n\nTwo numbers for one role. Only one of them\ncan hold.\n\n## Why it hurts\n\nIt does.\n",
    Path("NS202-conflicting-number.md"),
)
TEXTS = {"adr/0007-session.md": DECISION, "ops/runbook.md": RUNBOOK}


@dataclass(frozen=True, slots=True)
class FakeCorpus:
    """A documentation set of two documents that disagree."""

    root: str
    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]
    entities: tuple[Entity, ...]
    texts: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def linkage(self) -> Linkage:
        """The readings, linked as ever."""
        return link(self.readings, self.texts)


@dataclass(frozen=True, slots=True)
class FakeStance:
    """The runbook's timeout as the answer to a question."""

    conflicts: tuple[str, ...]
    who: str = "Auth Service"
    what: str = "session timeout 30 minutes"
    polarity: Polarity = "affirmed"
    modality: Modality = "fact"
    scope: tuple[ScopeTerm, ...] = (ScopeTerm("environment", "production", "heading"),)
    path: str = "ops/runbook.md"
    line: int = 5
    quote: str = "Sessions expire after 30 minutes of inactivity."


@dataclass(frozen=True, slots=True)
class FakeAnswer:
    """A table of one stance."""

    conflicts: tuple[str, ...]
    reading: str = "what is the session timeout of Auth Service"

    @property
    def stances(self) -> Sequence[FakeStance]:
        """The one row."""
        return (FakeStance(self.conflicts),)


@dataclass(slots=True)
class FakeEngine:
    """Gives back what it was made with, and keeps what it was asked."""

    conflicts: tuple[Conflict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: BaseException | None = None
    empty: bool = False
    requests: list[Request] = field(default_factory=list[Request])
    rules: list[Path | None] = field(default_factory=list[Path | None])
    policies: list[PrecedencePolicy] = field(default_factory=list[PrecedencePolicy])

    def load(self, request: Request, progress: ProgressHook | None = None) -> FakeCorpus:
        """The two documents, below the first path."""
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        if progress is not None:
            progress("read", 2, 2)
        root = str(request.paths[0]) if request.paths else "."
        return FakeCorpus(root, (), (), (), {}) if self.empty else corpus(root, self.diagnostics)

    def find(
        self, corpus: object, rules: Path | None = None, precedence: PrecedencePolicy = "strict"
    ) -> tuple[Conflict, ...]:
        """The conflicts that it was made with."""
        self.rules.append(rules)
        self.policies.append(precedence)
        return self.conflicts

    def revision(self, start: Path, name: str, merge_base: bool) -> Revision:
        """No revision: these documents have no history."""
        raise CannotRun([f"{name}: no such commit"])

    def change(
        self,
        corpus: object,
        at: Revision,
        request: Request,
        rules: Path | None = None,
        precedence: PrecedencePolicy = "strict",
    ) -> Change:
        """Nothing but news."""
        self.rules.append(rules)
        return Change(self.conflicts, {row.id: Mark("new") for row in self.conflicts}, (), (), (), (), 0)

    def explain_rule(self, rule_id: str, rules: Path | None = None) -> str:
        """The text of the one rule there is."""
        if rule_id != "NS202":
            raise CannotRun([f"{rule_id}: no such rule"])
        return "# Conflicting number\n\nTwo numbers for one role.\n"

    def rules_of(self, folder: Path | None = None) -> tuple[Rule, ...]:
        """The one rule there is."""
        return (RULE,)

    def ask(self, corpus: object, conflicts: Sequence[Conflict], question: str) -> FakeAnswer:
        """One stance, for the one question that it understands."""
        if "timeout" not in question:
            raise QuestionNotUnderstood("no known form of question fits", ["Auth Service"])
        return FakeAnswer(tuple(each.id for each in conflicts))

    def why_not(self, corpus: object, first: Place, second: Place) -> Sequence[str]:
        """The two places."""
        return (f"{first.path} line {first.line}", f"{second.path} line {second.line}", "scopes are disjoint")

    def rule_outcomes(self, folder: Path | None) -> Sequence[RuleOutcome]:
        """One example that behaves, and one that does not in a folder of one's own."""
        good = RuleOutcome("NS202", "two timeouts", True, True, "NS202.md:9", ("NS202",))
        bad = RuleOutcome("OWN001", "one word", True, False, f"{folder}/own.md:7", ())
        return (good,) if folder is None else (good, bad)


def corpus(root: str, diagnostics: tuple[Diagnostic, ...] = ()) -> FakeCorpus:
    """Two documents with a claim each, a question and a reference."""
    runbook = Reading(
        Document("ops/runbook.md", "0" * 32, "Runbook", lines=7, content_lines=4),
        claims=(claim("ops/runbook.md", 5, 1, 48, "30 minutes"),),
        silences=(Silence(1, 1, "heading"), Silence(3, 3, "heading"), Silence(7, 7, "question")),
    )
    decision = Reading(
        Document("adr/0007-session.md", "1" * 32, "ADR-0007", status="accepted", lines=5, content_lines=3),
        claims=(claim("adr/0007-session.md", 5, 1, 47, "15 minutes"),),
        silences=(Silence(1, 1, "heading"), Silence(3, 3, "heading")),
        references=(
            Reference(Span(5, 53, 5, 85), "../ops/runbook.md", "link", "authority"),
            Reference(Span(5, 1, 5, 4), "0099", "number", "mention"),
        ),
    )
    entity = Entity(
        "Auth Service",
        kind="component",
        aliases=("login service",),
        deprecated=("Gatekeeper",),
        evidence=(LabelEvidence("Gatekeeper", "Auth Service", "renamed", "adr/0007-session.md", 5),),
        mentions=(("adr/0007-session.md", 1), ("ops/runbook.md", 2)),
    )
    readings = (decision, runbook)
    return FakeCorpus(root, tuple(each.document for each in readings), readings, (entity,), TEXTS, diagnostics)


def claim(path: str, line: int, column: int, end: int, value: str) -> Claim:
    """A session timeout, as a heading's subject has it."""
    return Claim(
        path=path,
        passage=2,
        span=Span(line, column, line, end),
        subject="Auth Service",
        relation="session-timeout",
        object=value,
        value=value,
        scope=(ScopeTerm("environment", "production", "heading"),),
        subject_from="heading",
    )


def conflict(
    number: int = 1, severity: Severity = "error", confidence: float = 0.9, rule: str = "NS202", sides: int = 2
) -> Conflict:
    """The two timeouts; further sides repeat the runbook's."""
    decision = Side(
        "adr/0007-session.md",
        Span(5, 37, 5, 47),
        "15 minutes",
        ("ADR-0007", "Decision"),
        "live",
        (),
        "accepted",
        "2026-03-02",
        claim("adr/0007-session.md", 5, 37, 47, "15 minutes"),
    )
    runbook = Side(
        "ops/runbook.md",
        Span(5, 23, 5, 33),
        "30 minutes",
        ("Runbook", "Login problems"),
        "live",
        (ScopeTerm("environment", "production", "heading"),),
        "",
        "2024-11-19",
        claim("ops/runbook.md", 5, 23, 33, "30 minutes"),
    )
    return Conflict(
        id=f"{number:08x}",
        type="conflicting-number",
        rule=rule,
        severity=severity,
        confidence=confidence,
        subject="Auth Service session timeout",
        sides=(decision, *[runbook] * (sides - 1)),
        why="a session timeout has one value; 1800 s ≠ 900 s after unit conversion",
        witness=(("environment", "production"),),
        repair='change ops/runbook.md:5 to "15 minutes", or supersede ADR-0007 if 30 is right',
        authority="A outranks B: accepted, and 468 days newer",
        proof="ASK { ?a ?b ?c }",
        also=("NS201",),
        derivation=("30 minutes is 1800 s", "15 minutes is 900 s"),
        features=(("same unit", 0.5),),
    )
