"""Identity of findings: each id is a pure function of one state of the set, and of nothing but what is said."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from ..graph.model import Claim, Document
from ..ingest.words import clean

_OF_DOCUMENTS = frozenset({"front-matter", "document", "index"})
"""Claims about a document: its title or number is their subject, in words of their own."""


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _plain(text: str) -> str:
    return " ".join(clean(text).lower().split())


def position(claim: Claim) -> str:
    """What a claim holds, wherever it stands: its own words for subject, relation and object, before any linking."""
    own = (
        claim.subject
        if claim.subject_from in {"own words", "row key", "label", "key path"} or claim.extractor in _OF_DOCUMENTS
        else ""
    )
    scope = ";".join(f"{t.dimension}={t.value}" for t in claim.scope if t.source == "stated")
    said = claim.value or _plain(claim.object)
    return _hash(_plain(own), claim.relation, said, claim.polarity, claim.modality, scope)


def text_position(kind: str, text: str) -> str:
    """The position of a statement that is no claim: a title, a citation, the use of a name."""
    return _hash(kind, _plain(text))


def conflict_id(fault: str, positions: Sequence[str]) -> str:
    """The id of a conflict: the kind of fault and the positions that clash, no path and no line."""
    return _hash(fault, *sorted(set(positions)))


def side_id(held: str, document: Document | None, path: str, ordinal: int) -> str:
    """The id of one side: its position, its document by number and family, and its place among equals there."""
    name = f"{document.number}{document.family}" if document and document.number else path.rpartition("/")[2]
    return _hash(held, name, str(ordinal))
