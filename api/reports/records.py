"""Findings as plain values: the rows of the machine-readable reports (``docs/schema/report.schema.json``)."""

from __future__ import annotations

from collections.abc import Mapping

from ...graph.model import Claim, Conflict, Diagnostic, Document, Entity, Reference, ScopeTerm, Side
from ...queries.triage import Mark
from ..engine import Answer, Stance
from .wording import readable

SCHEMA_VERSION = 1


def conflict_record(conflict: Conflict) -> dict[str, object]:
    """One conflict; ``sides`` is there only when there are more than the two strongest, ``b`` is None for one side."""
    sides = [side_record(side) for side in conflict.sides]
    record: dict[str, object] = {
        "id": conflict.id,
        "type": conflict.type,
        "rule": conflict.rule,
        "severity": conflict.severity,
        "confidence": round(conflict.confidence, 3),
        "subject": conflict.subject,
        "a": sides[0],
        "b": sides[1] if len(sides) > 1 else None,
        "why": readable(conflict.why),
        "witness": dict(conflict.witness),
        "authority": conflict.authority,
        "repair": readable(conflict.repair),
        "also": list(conflict.also),
        "features": dict(conflict.features),
    }
    return record | ({"sides": sides} if len(sides) > 2 else {})


def mark_record(mark: Mark) -> dict[str, object]:
    """How a conflict is to be taken; nothing where it was neither compared with a base nor accepted.

    >>> mark_record(Mark("new side"))
    {'mark': 'new side'}
    """
    record: dict[str, object] = {"mark": mark.novelty} if mark.novelty else {}
    if mark.was:
        record["was"] = mark.was
    if mark.acceptance is None:
        return record
    where, reason, path, line, owner, until = mark.acceptance
    accepted = {"where": where, "reason": reason, "file": path, "line": line, "owner": owner, "until": until}
    return record | {"accepted": accepted}


def full_record(conflict: Conflict) -> dict[str, object]:
    """One conflict with all that is known of it."""
    return conflict_record(conflict) | {
        "proof": conflict.proof,
        "derivation": list(conflict.derivation),
    }


def side_record(side: Side) -> dict[str, object]:
    """One statement of a conflict; lines and columns are 1-based, columns count Unicode code points."""
    return {
        "file": side.path,
        "line": side.span.line,
        "column": side.span.column,
        "line_end": side.span.end_line,
        "quote": side.quote,
        "headings": list(side.headings),
        "standing": side.standing,
        "status": side.status,
        "date": side.date,
        "scope": scope_record(side.scope),
    }


def scope_record(scope: tuple[ScopeTerm, ...]) -> list[dict[str, str]]:
    """The terms of a scope, in order.

    >>> scope_record((ScopeTerm("environment", "dev", "heading"),))
    [{'dimension': 'environment', 'value': 'dev', 'source': 'heading'}]
    """
    return [{"dimension": term.dimension, "value": term.value, "source": term.source} for term in scope]


def claim_record(claim: Claim, quote: str) -> dict[str, object]:
    """One claim with the source text at its span."""
    return {
        "file": claim.path,
        "line": claim.span.line,
        "line_end": claim.span.end_line,
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "standing": claim.standing,
        "scope": scope_record(claim.scope),
        "condition": claim.condition,
        "subject_from": claim.subject_from,
        "extractor": claim.extractor,
        "quote": quote,
    }


def stance_record(stance: Stance) -> dict[str, object]:
    """One row of the answer to a question."""
    return {
        "who": stance.who,
        "what": stance.what,
        "polarity": stance.polarity,
        "modality": stance.modality,
        "scope": scope_record(stance.scope),
        "file": stance.path,
        "line": stance.line,
        "quote": stance.quote,
        "conflicts": list(stance.conflicts),
    }


def answer_record(question: str, answer: Answer) -> dict[str, object]:
    """The answer to a question."""
    return {
        "question": question,
        "reading": answer.reading,
        "stances": [stance_record(stance) for stance in answer.stances],
    }


def entity_record(entity: Entity) -> dict[str, object]:
    """One entity, its other names with their evidence, and how often each document mentions it."""
    return {
        "name": entity.name,
        "kind": entity.kind,
        "aliases": list(entity.aliases),
        "deprecated": list(entity.deprecated),
        "broader": list(entity.broader),
        "evidence": [
            {"label": row.label, "other": row.other, "kind": row.kind, "file": row.path, "line": row.line}
            for row in entity.evidence
        ],
        "mentions": [{"file": path, "count": count} for path, count in entity.mentions],
    }


def document_record(document: Document) -> dict[str, object]:
    """One document and what it says about itself."""
    return {
        "file": document.path,
        "title": document.title,
        "number": document.number,
        "family": document.family,
        "status": document.status,
        "standing": document.standing,
        "owners": list(document.owners),
        "date": document.date,
        "lines": document.lines,
        "content_lines": document.content_lines,
    }


def reference_record(path: str, reference: Reference) -> dict[str, object]:
    """One citation; ``resolved`` is empty when it names no document of the set."""
    return {
        "file": path,
        "line": reference.span.line,
        "column": reference.span.column,
        "target": reference.target,
        "kind": reference.kind,
        "role": reference.role,
        "standing": reference.standing,
        "resolved": reference.resolved,
    }


def diagnostic_record(diagnostic: Diagnostic) -> dict[str, object]:
    """Something about the run itself.

    >>> diagnostic_record(Diagnostic("NS001", "a.md", 0, "not readable"))["file"]
    'a.md'
    """
    return {
        "rule": diagnostic.rule,
        "file": diagnostic.path,
        "line": diagnostic.line,
        "message": diagnostic.message,
    }


def envelope(version: str, content: Mapping[str, object]) -> dict[str, object]:
    """What every ``json`` answer begins with, then its content.

    >>> envelope("1.2.3", {"claims": []})["schema_version"]
    1
    """
    return {"schema_version": SCHEMA_VERSION, "tool": {"name": "naysay", "version": version}, **content}
