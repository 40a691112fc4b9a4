"""A report with one conflict of each sort, for the formats that build servers read."""

from __future__ import annotations

from dataclasses import replace

from tests.api.fakes import RULE, TEXTS, conflict

from naysay.api.reports.excerpt import Sources
from naysay.api.reports.finding import Report
from naysay.api.reports.whereabouts import Whereabouts
from naysay.graph.model import Conflict, Diagnostic, Side, Span
from naysay.queries.triage import Acceptance, Mark

EVIL = (
    "::error::x\x1b]0;t\x07 ##[group]y ##vso[task]z `|` <img src=x onerror=alert(1)> @team #1 [a](1) {0} \u202e &amp;"
)
"""What a document may hold against a build log, a page and a parser."""
MARKS = {
    "00000001": Mark("new"),
    "00000002": Mark("new side"),
    "00000003": Mark("known"),
    "00000004": Mark("new", Acceptance("document", "agreed for now", "ops/runbook.md", 3, "ops", "2027-03-01")),
    "00000005": Mark("known", Acceptance("configuration", "legacy", "naysay.toml", 12)),
}


def every_sort() -> Report:
    """New, new side, known, accepted in a document, accepted in the configuration; one closed; one file unread."""
    found = (
        conflict(1),
        conflict(2, "warning", 0.6, sides=3),
        conflict(3),
        conflict(4),
        conflict(5, "note"),
    )
    return Report(
        found,
        found,
        (Diagnostic("NS001", "gone.md", 0, "cannot be read"), Diagnostic("NS020", "ops/runbook.md", 5, "two of 7")),
        documents=2,
        claims=2,
        gating=1,
        version="0.1.0",
        sources=Sources(TEXTS),
        skipped=1,
        marks=MARKS,
        closed=(conflict(6),),
        compared=True,
        changed={"adr/0007-session.md": {5}},
        failing=frozenset({"00000001"}),
        paths=tuple(TEXTS),
        rules=(RULE,),
        whereabouts=Whereabouts("docs/"),
    )


def hostile(text: str = EVIL, path: str = "a b\n::c,d:#é.md") -> Report:
    """One conflict in which every text, and a path, is hostile."""
    found = conflict()
    evil = Side(path, Span(1, 1, 1, len(text) + 1), text, (text,), "live", (), text, text)
    row = replace(found, sides=(found.sides[0], evil), subject=text, why=text, repair=text, authority=text)
    return of(row, texts={**TEXTS, path: text})


def of(*found: Conflict, texts: dict[str, str] | None = None) -> Report:
    """A report of some conflicts, all of which fail the check."""
    ids = frozenset(row.id for row in found)
    return Report(
        found,
        found,
        (),
        2,
        2,
        len(found),
        "0.1.0",
        Sources(texts or TEXTS),
        failing=ids,
        paths=tuple(texts or TEXTS),
        rules=(RULE,),
    )
