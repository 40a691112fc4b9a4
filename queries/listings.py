"""What the listing commands and the service show: claims about a thing, and the ledger of silences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..graph.model import Claim, Entity, Reading, Reference, Span

if TYPE_CHECKING:
    from .linkage import Linkage

_WORDS = re.compile(r"[^\W_]+")
_OWN = re.compile(r"[\s>]*(?:```|~~~|\[[^\]]+\]:|<)")
"""The start of a fence marker, a link definition or HTML."""
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
    return _LINE_END.split(text)


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


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the content lines of some documents went."""

    content: int
    """Non-blank lines outside front matter and fence markers."""
    claimed: int
    """Content lines that a claim rests on."""
    silent: tuple[tuple[str, int], ...]
    """(reason, content lines), the most frequent first; with ``claimed`` they sum to ``content``."""


def ledger(readings: Iterable[Reading], texts: Mapping[str, str], documents: Collection[str] | None = None) -> Ledger:
    """Count each content line once: as claimed when a claim rests on it, else under its first silence's reason.

    Of the lines that have neither, those that say something are ``unparsed`` (the rest of a passage of which another
    line was understood), the others Markdown's own: ``markup``.
    """
    content = claimed = 0
    reasons: Counter[str] = Counter()
    for reading in readings:
        if documents is not None and reading.document.path not in documents:
            continue
        lines, silent = _accounted(reading, _written(texts[reading.document.path]))
        content += reading.document.content_lines
        claimed += lines
        reasons.update(silent)
    rows = sorted(((reason, number) for reason, number in reasons.items() if number), key=lambda row: (-row[1], row[0]))
    return Ledger(content, claimed, tuple(rows))


def _accounted(reading: Reading, written: Mapping[int, str]) -> tuple[int, Counter[str]]:
    """How many written lines carry a claim, and the reasons of the others."""
    claimed = {line for claim in reading.claims for line in range(claim.span.line, claim.span.end_line + 1)}
    silent: dict[int, str] = {}
    for row in reading.silences:
        for line in range(row.line, row.end_line + 1):
            if line in written and line not in claimed:
                silent.setdefault(line, row.reason)
    counts = Counter(silent.values())
    carrying = len(claimed & written.keys())
    left = reading.document.content_lines - carrying - len(silent)
    worded = sum(_says(text) for at, text in written.items() if at not in claimed and at not in silent)
    counts["unparsed"] += min(left, worded)
    counts["markup"] += left - min(left, worded)
    return carrying, counts


def _says(line: str) -> bool:
    """Whether a line holds words and is no fence marker, link definition or HTML.

    >>> [_says(line) for line in ("words", "|---|", "```yaml", "[a]: b.md", "<!-- c -->")]
    [True, False, False, False, False]
    """
    return bool(_WORDS.search(line)) and not _OWN.match(line)


def _written(text: str) -> dict[int, str]:
    """The lines that are neither blank nor front matter, by their numbers.

    >>> _written("---\\na: b\\n---\\n\\nwords")
    {5: 'words'}
    """
    lines = lines_of(text)
    start = 0
    if lines[0].rstrip() == "---":
        closing = (at for at, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "..."))
        start = next(closing, 0)
    return {at: line for at, line in enumerate(lines, 1) if at > start and line.strip()}


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
