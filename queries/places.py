"""Places in documents that stand for a whole document: its title, its status, a line with its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..graph.model import Document, Span
from .facts import place_iri
from .linkage import Linkage

_OPENING_LINES = 40
_LISTS_ALL = re.compile(r"lists? (?:every|all)(?: the)? (?:documents?|pages?|files?|backlogs?)\b")
_WHOLE = re.compile(r"\s*(?:#{1,6}\s|\||```|~~~|---\s*$|===\s*$)")
"""Lines that are blocks by themselves: headings, rows, fences, rules."""
_BEGINS = re.compile(rf"{_WHOLE.pattern}|\s*(?:>\s*)*(?:[-*+]\s|\d+[.)]\s|(?:\*\*|__)[^*_]{{1,30}}:)|\s*>")
_LINE_END = re.compile(r"\r\n|\r|\n")


def source_line(linkage: Linkage, path: str, number: int) -> str:
    """A line of a document's source, empty past its end."""
    source = linkage.lines[path].source if path in linkage.lines else ()
    return source[number - 1] if 0 < number <= len(source) else ""


def line_span(linkage: Linkage, path: str, number: int) -> Span:
    """The text of a line, without the blanks around it."""
    line = source_line(linkage, path, number)
    left = len(line) - len(line.lstrip())
    return Span(number, left + 1, number, max(len(line.rstrip()), left) + 1)


def block_at(lines: Sequence[str], number: int) -> str:
    """The paragraph, item or row that a line belongs to, whatever its line breaks.

    A line that begins with a label ("**Status:** …") begins a block, as an item does.

    >>> block_at(["- one", "- two", "  and more", "", "end"], 2)
    '- two and more'
    """
    first = last = number - 1
    while first > 0 and lines[first].strip() and not _BEGINS.match(lines[first]) and _goes_on(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _goes_on(lines[last]) and lines[last + 1].strip():
        if _BEGINS.match(lines[last + 1]):
            break
        last += 1
    return " ".join(line.strip() for line in lines[first : last + 1])


def _goes_on(line: str) -> bool:
    """Whether the next line may belong to the same block."""
    return bool(line.strip()) and not _WHOLE.match(line)


def line_iri(linkage: Linkage, path: str, number: int) -> str:
    """The IRI of a line of a document."""
    return place_iri(path, line_span(linkage, path, number))


def title_line(linkage: Linkage, document: Document) -> int:
    """The line near the top that bears a document's title, else its first heading, else its first line."""
    wanted = " ".join(re.findall(r"\w+", document.title))
    for number in range(1, min(document.lines, _OPENING_LINES) + 1):
        if wanted and wanted in " ".join(re.findall(r"\w+", source_line(linkage, document.path, number))):
            return number
    return document.headings[0].line if document.headings else 1


def standing_line(linkage: Linkage, document: Document) -> int:
    """The line that says how a document stands: that it is replaced, else its status, else its title."""
    return document.standing_line or document.status_line or title_line(linkage, document)


def catalogue(linkage: Linkage) -> str:
    """The IRI of the line that says that it lists every document of the set; empty when none does."""
    for path, text in linkage.texts.items():
        if linkage.document(path).standing == "live" and (match := _LISTS_ALL.search(text)):
            return line_iri(linkage, path, len(_LINE_END.findall(text, 0, match.start())) + 1)
    return ""
