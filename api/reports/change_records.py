"""What became of a set since a revision, as plain values of the machine-readable reports."""

from __future__ import annotations

from ...graph.model import Claim
from ...queries.claim_changes import ClaimChange, counts_of
from .excerpt import Sources
from .finding import Report, Since
from .records import claim_record, conflict_record


def change_record(report: Report, since: Since) -> dict[str, object]:
    """The counts of conflicts and claims, the conflicts that are not in the report, and every change of a claim."""
    novelties = [report.mark(row).novelty for row in report.conflicts]
    return {
        "since": since.name,
        "commit": since.commit,
        "documents": since.documents,
        "conflicts": {
            "new": novelties.count("new"),
            "new_side": novelties.count("new side"),
            "closed": len(report.closed),
            "moved": len(since.moved),
            "known": len(since.known),
            "lexicon_effects": len(since.effects),
        },
        "claims": {kind.replace("-", "_"): number for kind, number in counts_of(since.claims).items()},
        "moved": [row.id for row in since.moved],
        "lexicon_effects": [conflict_record(row) for row in since.effects] if since.list_effects else [],
        "claim_changes": [_claim_change(change, report.sources, since.sources) for change in since.claims],
    }


def _claim_change(change: ClaimChange, now: Sources, before: Sources) -> dict[str, object]:
    return {
        "kind": change.kind,
        "before": _quoted(change.before, before),
        "now": _quoted(change.now, now),
    }


def _quoted(claim: Claim | None, sources: Sources) -> dict[str, object] | None:
    return claim_record(claim, sources.quote(claim.path, claim.span)) if claim else None
