"""Places in documents that stand for a whole document: its title, its status, a line with its text."""

from __future__ import annotations

import re

from ..graph.model import Document, Span
from .facts import place_iri
from .linkage import Linkage

_OPENING_LINES = 40
_LISTS_ALL = re.compile(r"lists? (?:every|all)(?: the)? (?:documents?|pages?|files?|backlogs?)\b")
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
