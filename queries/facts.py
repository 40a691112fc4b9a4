"""What rules can see, as triples for a small store in memory: comparisons, documents, references and uses of terms.

Everything stands in the default graph.  Sides of a hit are IRIs of claims, or of places: a document's IRI with the
lines and columns of what stands there, which ``place_of`` reads back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..graph import iris
from ..graph.model import Claim, Span
from ..graph.nquads import literal
from ..ingest.values import kind_of
from .gate import DIMENSIONS_THAT_SPLIT

if TYPE_CHECKING:
    from pyoxigraph import Store

    from .comparison import Comparison
    from .linkage import Citation, Linkage
    from .terms import TermUse

COMPARISON: str = f"{iris.BASE}comparison:"
TWO_SIDED = frozenset({"task", "whole", "state", "act", "existence", "presence"})
"""Kinds of comparison whose two sides have opposite polarity."""
FILLED = frozenset({"value", "setting", "path", "sample", "version", "choice"})
"""Kinds of comparison between two values."""
GAP_DIMENSIONS = DIMENSIONS_THAT_SPLIT & {"environment", "platform", "actor"}
"""Dimensions on which a limit may be missing; phases and steps order work and limit nothing."""
_PLACE = re.compile(r"#(?:[a-z]+-)?L(\d+)\.(\d+)-L(\d+)\.(\d+)$")


class Place(NamedTuple):
    """Where a side of a hit stands when it is no claim."""

    path: str
    span: Span


def place_iri(path: str, span: Span, kind: str = "") -> str:
    """The IRI of a place in a document.

    >>> place_iri("a.md", Span(3, 1, 3, 9))
    'urn:naysay:docs:a.md#L3.1-L3.9'
    """
    return f"{iris.document_iri(path)}#{kind and kind + '-'}{span}"


def place_of(iri: str) -> Place | None:
    """The place that an IRI names; None for the IRI of a claim; line 1 for that of a document.

    >>> place_of("urn:naysay:docs:a.md#reference-L3.1-L3.9")
    Place(path='a.md', span=Span(line=3, column=1, end_line=3, end_column=9))
    """
    if match := _PLACE.search(iri):
        return Place(iris.path_of(iri), Span(*map(int, match.groups())))
    return None if "#" in iri else Place(iris.path_of(iri), Span(1, 1, 1, 1))


def comparison_iri(number: int) -> str:
    """The IRI of a comparison, counted from 1 in the order given."""
    return f"{COMPARISON}{number}"


def comparison_facts(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """Each comparison as N-Quads lines, and the claims that take part in one."""
    seen: set[str] = set()
    for number, comparison in enumerate(comparisons, start=1):
        yield from _comparison(comparison_iri(number), comparison)
        for claim in (comparison.a.claim, comparison.b.claim):
            iri = iris.claim_iri(claim)
            if iri not in seen:
                seen.add(iri)
                yield from _claim(iri, claim)


def _comparison(iri: str, one: Comparison) -> Iterator[str]:
    first, second = iris.claim_iri(one.a.claim), iris.claim_iri(one.b.claim)
    yield _link(iri, iris.TYPE, iris.COMPARISON)
    yield _link(iri, iris.FIRST, first)
    yield _link(iri, iris.SECOND, second)
    yield from _texts(iri, ((iris.KIND, one.kind), (iris.ASPECT, aspect_of(one)), (iris.LINKED, one.linked)))
    if one.kind in TWO_SIDED and _narrower(one):
        yield _text(iri, iris.EXCEPTION, "general against specific")
    if one.kind in FILLED and one.a.value:
        yield _text(iri, iris.VALUE_KIND, kind_of(one.a.value))
    for dimension, value, without in scope_gaps(one):
        yield _text(iri, iris.SCOPE_GAP, f"{dimension}={value}")
        yield _link(iri, iris.UNSCOPED, iris.claim_iri(without))


def aspect_of(one: Comparison) -> str:
    """What a comparison is about: the second part of its key."""
    parts = one.a.key.split("|")
    return parts[1] if len(parts) > 1 else ""


def _narrower(one: Comparison) -> bool:
    """Whether what is affirmed is strictly narrower than what is denied."""
    a, b = (one.a.object, one.b.object) if one.a.object else (one.a.subject, one.b.subject)
    return bool(b.terms) and b.terms < a.terms


def scope_gaps(one: Comparison) -> Iterator[tuple[str, str, Claim]]:
    """(dimension, value, claim without it) for each limit of one claim when the other has none at all."""
    for scoped, other in ((one.a.claim, one.b.claim), (one.b.claim, one.a.claim)):
        if not any(term.dimension in GAP_DIMENSIONS for term in other.scope):
            for term in scoped.scope:
                if term.dimension in GAP_DIMENSIONS:
                    yield term.dimension, term.value, other


def _claim(iri: str, claim: Claim) -> Iterator[str]:
    yield _link(iri, iris.TYPE, iris.CLAIM)
    yield _link(iri, iris.IN_DOCUMENT, iris.document_iri(claim.path))
    yield _link(iri, iris.HAS_RELATION, iris.relation_iri(claim.relation))
    always = (
        (iris.SUBJECT, claim.subject), (iris.OBJECT, claim.object), (iris.VALUE, claim.value),
        (iris.POLARITY, claim.polarity), (iris.MODALITY, claim.modality), (iris.MARKER, claim.marker.lower()),
        (iris.QUANTIFIER, claim.quantifier), (iris.TOPIC, claim.topic), (iris.EXTRACTOR, claim.extractor),
        (iris.SPAN, f"{claim.path}#{claim.span}"),
    )  # fmt: skip
    yield from (_text(iri, predicate, text) for predicate, text in always)
    yield from _texts(iri, ((iris.CONDITION, claim.condition),))


def document_facts(linkage: Linkage) -> Iterator[str]:
    """Each document and each of its references."""
    for path, reading in linkage.readings.items():
        document = reading.document
        iri = iris.document_iri(path)
        yield _link(iri, iris.TYPE, iris.DOCUMENT)
        pairs = (
            (iris.PATH, path), (iris.IDENTIFIER, document.number), (iris.LINEAGE, document.family),
            (iris.STANDING, document.standing), (iris.STATUS, document.status), (iris.TITLE, document.title),
            (iris.DATE, document.date),
        )  # fmt: skip
        yield from _texts(iri, pairs)
    for citation in linkage.citations:
        yield from _reference(citation)


def _reference(citation: Citation) -> Iterator[str]:
    reference, resolution = citation.reference, citation.resolution
    iri = place_iri(citation.path, reference.span, "reference")
    yield _link(iri, iris.TYPE, iris.REFERENCE)
    yield _link(iri, iris.FROM, iris.document_iri(citation.path))
    if resolution.path:
        yield _link(iri, iris.TO, iris.document_iri(resolution.path))
    pairs = (
        (iris.TARGET, reference.target), (iris.PURPOSE, reference.role), (iris.KIND, reference.kind),
        (iris.STANDING, reference.standing), (iris.STATE, resolution.state),
        (iris.SPAN, f"{citation.path}#{reference.span}"),
    )  # fmt: skip
    yield from _texts(iri, pairs)


def term_facts(uses: Iterable[TermUse]) -> Iterator[str]:
    """Each use of a deprecated name or a banned wording."""
    for use in uses:
        iri = place_iri(use.path, use.span, "use")
        yield _link(iri, iris.TYPE, iris.TERM_USE)
        yield _link(iri, iris.IN_DOCUMENT, iris.document_iri(use.path))
        pairs = (
            (iris.USED_LABEL, use.label), (iris.MANNER, use.manner), (iris.SPAN, f"{use.path}#{use.span}"),
            (iris.GIVEN_UP_BY, f"{use.ban.path}#L{use.ban.span.line}"),
        )  # fmt: skip
        yield from _texts(iri, pairs)


def store_of(lines: Iterable[str]) -> Store:
    """A store in memory that holds the facts."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load("\n".join(lines).encode("utf-8", "replace"), format=RdfFormat.N_QUADS)
    return store


def _texts(iri: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (_text(iri, predicate, text) for predicate, text in pairs if text)


def _text(iri: str, predicate: str, text: str) -> str:
    return f"<{iri}> <{predicate}> {literal(text)} ."


def _link(iri: str, predicate: str, other: str) -> str:
    return f"<{iri}> <{predicate}> <{other}> ."
