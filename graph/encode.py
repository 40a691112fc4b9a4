"""Readings and findings as canonical N-Quads: one named graph per document, derived graphs of their own.

Lines come sorted and without line ends, each once; equal values give equal lines whatever the order they came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from . import iris
from .model import Claim, Conflict, Document, Entity, LabelEvidence, Reading, ScopeTerm, Side
from .nquads import Statements, decimal, integer, literal

LINK_PREDICATES: Final = {
    "supersedes": iris.REPLACES,
    "superseded-by": iris.IS_REPLACED_BY,
    "authority": iris.DEFERS_TO,
}
"""How the role of a resolved reference is said; any other is dcterms:references."""

A_CLAIM: Final = f"{iris.TYPE}> <{iris.CLAIM}>"


def document_quads(reading: Reading, source: str = iris.DEFAULT_SOURCE) -> Iterator[str]:
    """What one document says about itself and claims, in the graph that bears the document's IRI."""
    document = iris.document_iri(reading.document.path, source)
    statements = Statements(document)
    _describe_document(statements, document, reading.document)
    for reference in reading.references:
        statements.text(document, iris.CITES, reference.target)
    claims = {iris.claim_iri(claim, source): claim for claim in reading.claims}
    tail = f" <{document}> ."
    lines = [line for iri in sorted(claims) for line in _claim_lines(iri, claims[iri], document, tail)]
    return iter(sorted([*lines, *statements.sorted()]))


def derived_quads(
    entities: Iterable[Entity] = (),
    conflicts: Iterable[Conflict] = (),
    links: Iterable[tuple[str, str, str]] = (),
    source: str = iris.DEFAULT_SOURCE,
) -> Iterator[str]:
    """What follows from the whole set, in graphs of its own; ``links`` are (from path, to path, role)."""
    found, named, linked = (Statements(iris.graph_iri(name, source)) for name in iris.DERIVED_GRAPHS)
    for conflict in conflicts:
        _describe_conflict(found, conflict, source)
    for entity in entities:
        _describe_entity(named, entity, source)
    for origin, target, role in links:
        predicate = LINK_PREDICATES.get(role, iris.REFERENCES)
        linked.link(iris.document_iri(origin, source), predicate, iris.document_iri(target, source))
    return iter(sorted([*found.sorted(), *named.sorted(), *linked.sorted()]))


def _describe_document(to: Statements, iri: str, document: Document) -> None:
    to.link(iri, iris.TYPE, iris.DOCUMENT)
    to.text(iri, iris.PATH, document.path)
    to.text(iri, iris.DIGEST, document.digest)
    to.text(iri, iris.TITLE, document.title)
    to.text(iri, iris.IDENTIFIER, document.number)
    to.text(iri, iris.LINEAGE, document.family)
    to.text(iri, iris.STATUS, document.status)
    to.text(iri, iris.STANDING, document.standing)
    to.text(iri, iris.DATE, document.date)
    for owner in document.owners:
        to.text(iri, iris.OWNER, owner)


def _claim_lines(iri: str, claim: Claim, document: str, tail: str) -> list[str]:
    """The statements of one claim, written out and nearly in order for speed: a corpus has tens of thousands."""
    head = f"<{iri}> <"
    lines = [
        f"{head}{A_CLAIM}{tail}",
        f"{head}{iris.IN_DOCUMENT}> <{document}>{tail}",
        f"{head}{iris.EXTRACTOR}> {literal(claim.extractor)}{tail}",
        f'{head}{iris.MODALITY}> "{claim.modality}"{tail}',
        f"{head}{iris.OBJECT}> {literal(claim.object)}{tail}",
        f'{head}{iris.POLARITY}> "{claim.polarity}"{tail}',
        f"{head}{iris.HAS_RELATION}> <{iris.relation_iri(claim.relation)}>{tail}",
        f"{head}{iris.SPAN}> {literal(f'{claim.path}#{claim.span}')}{tail}",
        f'{head}{iris.STANDING}> "{claim.standing}"{tail}',
        f"{head}{iris.SUBJECT}> {literal(claim.subject)}{tail}",
    ]
    lines += [f"{head}{name}> {literal(text)}{tail}" for name, text in _options(claim)]
    return lines


def _options(claim: Claim) -> list[tuple[str, str]]:
    """What only some claims have; a subject in the claim's own words needs no statement of that."""
    found = list(dict.fromkeys((_scope_predicate(term), f"{term.dimension}={term.value}") for term in claim.scope))
    if claim.value:
        found.append((iris.VALUE, claim.value))
    if claim.condition:
        found.append((iris.CONDITION, claim.condition))
    if claim.topic:
        found.append((iris.TOPIC, claim.topic))
    if claim.marker:
        found.append((iris.MARKER, claim.marker))
    if claim.quantifier:
        found.append((iris.QUANTIFIER, claim.quantifier))
    if claim.subject_from != "own words":
        found.append((iris.SUBJECT_FROM, claim.subject_from))
    return found


def _scope_predicate(term: ScopeTerm) -> str:
    return iris.STATED_SCOPE if term.source == "stated" else iris.INHERITED_SCOPE


def _describe_entity(to: Statements, entity: Entity, source: str) -> None:
    iri = iris.entity_iri(entity.name, source)
    to.link(iris.scheme_iri(source), iris.TYPE, iris.CONCEPT_SCHEME)
    to.link(iri, iris.TYPE, iris.CONCEPT)
    to.link(iri, iris.TYPE, iris.ENTITY)
    to.link(iri, iris.IN_SCHEME, iris.scheme_iri(source))
    to.text(iri, iris.PREF_LABEL, entity.name)
    to.text(iri, iris.KIND, entity.kind)
    for alias in {*entity.aliases} - {entity.name}:
        to.text(iri, iris.ALT_LABEL, alias)
    for label in entity.deprecated:
        to.text(iri, iris.DEPRECATED_LABEL, label)
    for broader in entity.broader:
        to.link(iri, iris.BROADER, iris.entity_iri(broader, source))
    for path, _ in entity.mentions:
        to.link(iri, iris.MENTIONED_IN, iris.document_iri(path, source))
    for evidence in entity.evidence:
        to.link(iri, iris.EVIDENCE, _describe_evidence(to, evidence, source))


def _describe_evidence(to: Statements, evidence: LabelEvidence, source: str) -> str:
    iri = iris.evidence_iri(evidence, source)
    to.link(iri, iris.TYPE, iris.LABEL_EVIDENCE)
    to.text(iri, iris.NAMED_LABEL, evidence.label)
    to.text(iri, iris.TIED_LABEL, evidence.other)
    to.text(iri, iris.KIND, evidence.kind)
    to.text(iri, iris.SPAN, f"{evidence.path}#L{evidence.line}")
    if evidence.path:
        to.link(iri, iris.IN_DOCUMENT, iris.document_iri(evidence.path, source))
    return iri


def _describe_conflict(to: Statements, conflict: Conflict, source: str) -> None:
    iri = iris.conflict_iri(conflict.id, source)
    to.link(iri, iris.TYPE, iris.CONFLICT)
    to.text(iri, iris.FAULT, conflict.type)
    to.text(iri, iris.RULE, conflict.rule)
    to.text(iri, iris.SEVERITY, conflict.severity)
    to.add(iri, iris.CONFIDENCE, decimal(conflict.confidence))
    to.text(iri, iris.SUBJECT, conflict.subject)
    to.text(iri, iris.WHY, conflict.why)
    to.text(iri, iris.REPAIR, conflict.repair)
    to.text(iri, iris.AUTHORITY, conflict.authority)
    to.text(iri, iris.PROOF, conflict.proof)
    for dimension, value in conflict.witness:
        to.text(iri, iris.WITNESS, f"{dimension}={value}")
    for rule in conflict.also:
        to.text(iri, iris.ALSO, rule)
    for number, step in enumerate(conflict.derivation, start=1):
        to.text(iri, iris.DERIVATION, f"{number}. {step}")
    for number, side in enumerate(conflict.sides, start=1):
        to.link(iri, iris.HAS_SIDE, iris.side_iri(conflict.id, number, source))
        _describe_side(to, iris.side_iri(conflict.id, number, source), number, side, source)


def _describe_side(to: Statements, iri: str, number: int, side: Side, source: str) -> None:
    to.link(iri, iris.TYPE, iris.SIDE)
    to.add(iri, iris.ORDINAL, integer(number))
    to.link(iri, iris.IN_DOCUMENT, iris.document_iri(side.path, source))
    to.text(iri, iris.SPAN, f"{side.path}#{side.span}")
    to.add(iri, iris.QUOTE, literal(side.quote))
    to.text(iri, iris.HEADING, " > ".join(side.headings))
    to.text(iri, iris.STANDING, side.standing)
    to.text(iri, iris.STATUS, side.status)
    to.text(iri, iris.DATE, side.date)
    to.text(iri, iris.SIDE_ID, side.id)
    for term in side.scope:
        to.text(iri, _scope_predicate(term), f"{term.dimension}={term.value}")
    if side.claim is not None:
        to.link(iri, iris.OF_CLAIM, iris.claim_iri(side.claim, source))
