"""The ledger of silences: where the content lines of some documents went, by reason and by what they are written as."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..graph.model import Reading
from .listings import lines_of

_WORDS = re.compile(r"[^\W_]+")
_OWN = re.compile(r"[\s>]*(?:```|~~~|\[[^\]]+\]:|<)")
"""The start of a fence marker, a link definition or HTML."""


class Construct(NamedTuple):
    """The content lines of one kind: prose, items, task boxes, table rows, quotes, headings or code."""

    name: str
    lines: int
    claimed: int
    """Those that a claim rests on."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the content lines of some documents went."""

    content: int
    """Non-blank lines outside front matter and fence markers."""
    claimed: int
    """Content lines that a claim rests on."""
    silent: tuple[tuple[str, int], ...]
    """(reason, content lines), the most frequent first; with ``claimed`` they sum to ``content``."""
    constructs: tuple[Construct, ...]
    """The same lines by what they are written as, the most frequent first."""


def ledger(readings: Iterable[Reading], texts: Mapping[str, str], documents: Collection[str] | None = None) -> Ledger:
    """Count each content line once: as claimed when a claim rests on it, else under its first silence's reason.

    Of the lines that have neither, those that say something are ``unparsed`` (the rest of a passage of which another
    line was understood), the others Markdown's own: ``markup``.
    """
    content = claimed = 0
    reasons: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    understood: Counter[str] = Counter()
    for reading in readings:
        if documents is not None and reading.document.path not in documents:
            continue
        written = _written(texts[reading.document.path])
        carrying = _carrying(reading) & written.keys()
        content += reading.document.content_lines
        claimed += len(carrying)
        reasons.update(_silent(reading, written, carrying))
        for line, form in constructs(written):
            forms[form] += 1
            understood[form] += line in carrying
    rows = sorted(((reason, number) for reason, number in reasons.items() if number), key=lambda row: (-row[1], row[0]))
    kinds = sorted(
        (Construct(form, n, understood[form]) for form, n in forms.items()), key=lambda c: (-c.lines, c.name)
    )
    return Ledger(content, claimed, tuple(rows), tuple(kinds))


def _carrying(reading: Reading) -> set[int]:
    return {line for claim in reading.claims for line in range(claim.span.line, claim.span.end_line + 1)}


def _silent(reading: Reading, written: Mapping[int, str], claimed: Collection[int]) -> Counter[str]:
    """The reasons of the written lines that carry no claim."""
    silent: dict[int, str] = {}
    for row in reading.silences:
        for line in range(row.line, row.end_line + 1):
            if line in written and line not in claimed:
                silent.setdefault(line, row.reason)
    counts = Counter(silent.values())
    left = reading.document.content_lines - len(claimed) - len(silent)
    worded = sum(_says(text) for at, text in written.items() if at not in claimed and at not in silent)
    counts["unparsed"] += min(left, worded)
    counts["markup"] += left - min(left, worded)
    return counts


_FORMS = (
    ("task box", re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s")),
    ("item", re.compile(r"\s*(?:[-*+]|\d+[.)])\s")),
    ("table row", re.compile(r"\s*\|")),
    ("quote", re.compile(r"\s*>")),
    ("heading", re.compile(r"\s{0,3}#{1,6}\s")),
)


def constructs(written: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """What each written line is written as, by its number.

    >>> list(constructs({1: "# A", 3: "- [ ] do", 4: "```sh", 5: "- x", 6: "```", 8: "words"}))
    [(1, 'heading'), (3, 'task box'), (4, 'code'), (5, 'code'), (6, 'code'), (8, 'prose')]
    """
    fence = ""
    for at, text in written.items():
        mark = _FENCE.match(text)
        if fence or mark:
            yield at, "code"
            if mark and (not fence or (mark[1].startswith(fence) and not mark[2].strip())):
                fence = "" if fence else mark[1]
        else:
            yield at, next((name for name, pattern in _FORMS if pattern.match(text)), "prose")


_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})(.*)")


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
