"""A conflict as a question to the graph that anyone can ask again."""

from __future__ import annotations

from collections.abc import Sequence

from ..graph import iris
from ..graph.model import Claim, Side
from ..graph.nquads import literal


def proof_of(sides: Sequence[Side]) -> str:
    """A SPARQL ASK that is true while both statements stand in the graph as they were read."""
    claims = [side.claim for side in sides[:2] if side.claim is not None]
    if len(claims) < 2:
        return f"ASK {{ {' '.join(_document(side) for side in sides[:2])} }}"
    return f"ASK {{ {' '.join(_claim(claim) for claim in claims)} }}"


def _claim(claim: Claim) -> str:
    pairs = ((iris.POLARITY, claim.polarity), (iris.SUBJECT, claim.subject), (iris.OBJECT, claim.object))
    said = " ; ".join(f"<{predicate}> {literal(text)}" for predicate, text in pairs if text)
    return f"GRAPH <{iris.document_iri(claim.path)}> {{ <{iris.claim_iri(claim)}> {said} }}"


def _document(side: Side) -> str:
    iri = iris.document_iri(side.path)
    return f"GRAPH <{iri}> {{ <{iri}> <{iris.TYPE}> <{iris.DOCUMENT}> }}"
