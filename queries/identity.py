"""Identity of findings: each id is a pure function of one state of the set, and of nothing but what is said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import NamedTuple

from ..graph.model import Claim, Document, Span
from ..ingest.words import clean

_OF_DOCUMENTS = frozenset({"front-matter", "document", "index"})
"""Claims about a document: its title or number is their subject, in words of their own."""


_LEADING = re.compile(r"^[\s>]*(?:(?:[-*+]|\d+[.)]|#{1,6})\s+)?")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)")


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _plain(text: str) -> str:
    return " ".join(clean(text).lower().split())


def own_words(claim: Claim) -> str:
    """The subject where the statement itself names it; empty where it stands in a heading, a title or a lead-in."""
    named = claim.subject_from in {"own words", "row key", "label", "key path"} or claim.extractor in _OF_DOCUMENTS
    return _plain(claim.subject) if named else ""


def said(claim: Claim) -> str:
    """The object of a claim as it is compared: its normalised value, else its words."""
    return claim.value or _plain(claim.object)


def position(claim: Claim) -> str:
    """What a claim holds, wherever it stands: its own words for subject, relation and object, before any linking."""
    scope = ";".join(f"{t.dimension}={t.value}" for t in claim.scope if t.source == "stated")
    return _hash(own_words(claim), claim.relation, said(claim), claim.polarity, claim.modality, scope)


def text_position(kind: str, text: str) -> str:
    """The position of a statement that is no claim: a title, a citation, the use of a name; its marks do not count.

    >>> text_position("NS601", "- **One** [page](a.md)") == text_position("NS601", "* __One__ [page](b.md)")
    True
    """
    text = _LINK.sub(r"\1", _LEADING.sub("", text))
    return _hash(kind, _plain(_EMPHASIS.sub("", text)))


def conflict_id(fault: str, positions: Sequence[str]) -> str:
    """The id of a conflict: the kind of fault and the positions that clash, no path and no line."""
    return _hash(fault, *sorted(set(positions)))


class Statement(NamedTuple):
    """One statement that takes part in a conflict: what it holds, in which document, and where."""

    position: str
    document: str
    """The name of its document, which moving the file does not alter."""
    path: str
    span: Span


def document_name(document: Document, path: str) -> str:
    """What a document is known by wherever it lies: number and family, else the stem of its file's name.

    >>> document_name(Document("a/17-queue-v2.md", "", "Queue", number="17", family="v2"), "a/17-queue-v2.md")
    '17v2'
    """
    return f"{document.number}{document.family}" if document.number else PurePosixPath(path).stem


def side_ids(statements: Mapping[str, Statement]) -> dict[str, str]:
    """The id of each side of one conflict, by the keys given: its position, its document, its place among equals.

    Equals are the sides of this conflict that hold one position in documents of one name, in the order of the text.
    A like statement that takes no part in the conflict is not counted, so wherever it stands it alters no id.
    """
    equals: defaultdict[tuple[str, str], dict[tuple[str, Span], int]] = defaultdict(dict)
    for held, name, path, span in sorted(set(statements.values())):
        places = equals[held, name]
        places[path, span] = len(places)
    return {
        key: _hash(held, name, str(equals[held, name][path, span]))
        for key, (held, name, path, span) in statements.items()
    }
