"""What the listing commands and the service show: claims about a thing, sources and references."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..graph.model import Claim, Entity, Reading, Reference, Span

if TYPE_CHECKING:
    from .linkage import Linkage

_WORDS = re.compile(r"[^\W_]+")
_LINE_END = re.compile(r"\r\n|\r|\n")


def source_at(lines: list[str], span: Span) -> str:
    """The source text of a span, its line ends as one line feed each.

    >>> source_at(["one two", "three"], Span(1, 5, 2, 6))
    'two\\nthree'
    """
    taken = lines[span.line - 1 : span.end_line]
    if not taken:
        return ""
    if span.line == span.end_line:
        return taken[0][span.column - 1 : span.end_column - 1]
    last = taken[-1][: span.end_column - 1]
    return "\n".join([taken[0][span.column - 1 :], *taken[1:-1], last])


def lines_of(text: str) -> list[str]:
    """Source lines as Markdown counts them.

    >>> lines_of("a\\r\\nb\\u2028c")
    ['a', 'b\\u2028c']
    """
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def claims_of(
    readings: Iterable[Reading], about: Collection[str] = (), documents: Collection[str] | None = None
) -> Iterator[Claim]:
    """Claims in the order of the text, of all or of the named documents; ``about`` keeps those that name a label."""
    folded = [_folded(label) for label in about]
    for reading in readings:
        if documents is not None and reading.document.path not in documents:
            continue
        for claim in sorted(reading.claims, key=lambda claim: (claim.span, claim.relation, claim.object)):
            if not folded or _names(claim, folded):
                yield claim


def labels_of(name: str, entities: Iterable[Entity]) -> tuple[str, ...]:
    """Every name of the entity that bears ``name``, whatever its case; ``name`` alone when none does."""
    wanted = _folded(name)
    for entity in entities:
        labels = (entity.name, *entity.aliases, *entity.deprecated)
        if wanted in map(_folded, labels):
            return labels
    return (name,)


def _names(claim: Claim, labels: list[str]) -> bool:
    """Whether a label stands in the claim's subject, object or topic as whole words."""
    told = [f" {_folded(part)} " for part in (claim.subject, claim.object, claim.topic)]
    return any(f" {label} " in part for label in labels for part in told)


def _folded(label: str) -> str:
    """A label's words in lower case.

    >>> _folded("The Auth-Service")
    'the auth service'
    """
    return " ".join(_WORDS.findall(label.casefold()))


def references_of(linkage: Linkage, documents: Collection[str] | None = None) -> Iterator[tuple[str, Reference]]:
    """Every reference with the path that holds it and the document that it names, in the order of the text."""
    for citation in linkage.citations:
        if documents is None or citation.path in documents:
            yield citation.path, replace(citation.reference, resolved=citation.resolution.path)


def links_of(linkage: Linkage) -> Iterator[tuple[str, str, str]]:
    """Every reference that names a document of the set, as (from path, to path, role)."""
    for path, reference in references_of(linkage):
        if reference.resolved:
            yield path, reference.resolved, reference.role
