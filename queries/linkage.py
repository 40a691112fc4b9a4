"""A set of documents with everything linked: names learned and references resolved, as rules about documents see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..graph.model import Document, Reading, Reference
from ..ingest.lexicon import Lexicon, learn
from ..ingest.library import Library, Resolution, library_of
from .lines import Lines


class Citation(NamedTuple):
    """A reference, the document it stands in and what it names."""

    path: str
    reference: Reference
    resolution: Resolution


@dataclass(frozen=True, slots=True, eq=False)
class Linkage:
    """One set of documents, linked; two are the same only when they are one object."""

    readings: Mapping[str, Reading]
    """By path, in the order of the paths."""
    texts: Mapping[str, str]
    """The source text of each document by its path."""
    lines: Mapping[str, Lines]
    """The same by line, for each document by its path."""
    lexicon: Lexicon
    library: Library
    citations: tuple[Citation, ...]
    """In the order of documents and lines."""

    def document(self, path: str) -> Document:
        """The document at a path; ``KeyError`` when the set has none there."""
        return self.readings[path].document

    def cited(self) -> frozenset[tuple[str, str]]:
        """(citing path, cited path) of every resolved reference to another document."""
        pairs = ((c.path, c.resolution.path) for c in self.citations)
        return frozenset((a, b) for a, b in pairs if b and a != b)

    def citations_from(self) -> Mapping[str, Sequence[Citation]]:
        """The references of each document that has some."""
        out: defaultdict[str, list[Citation]] = defaultdict(list)
        for citation in self.citations:
            out[citation.path].append(citation)
        return out


def link(readings: Iterable[Reading], texts: Mapping[str, str], lexicon: Lexicon | None = None) -> Linkage:
    """Link a set of readings; the lexicon is learned from them unless one is given."""
    ordered = sorted(readings, key=lambda one: one.document.path)
    references = [(one.document.path, reference) for one in ordered for reference in one.references]
    library = library_of([one.document for one in ordered], references)
    return Linkage(
        readings={one.document.path: one for one in ordered},
        texts=texts,
        lines={one.document.path: Lines(one, texts.get(one.document.path, "")) for one in ordered},
        lexicon=lexicon or learn(ordered),
        library=library,
        citations=tuple(Citation(path, ref, library.resolve(path, ref)) for path, ref in references),
    )
