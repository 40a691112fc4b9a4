"""Whether a passage that names a thing knows that the thing is gone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from ..graph.model import Reading, Span
from ..ingest.context import heading_role, lead_role
from .lines import Lines

_KNOWING = tuple(
    """former previous renam legacy histor deprecat obsolete supersed retire original replac alias remov delet dropp
    migrat exist eliminat decommission ~~ ❌ earlier before stale unused refactor convert disable split compat
    transition interim fallback orphan broken snapshot reintroduc""".split()
)
_KNOWING_WORDS = re.compile(
    r"\b(?:old(?:er)?|aka|mov(?:e|ed|ing)|gone|was|were|if|once|used|gaps?)\b|\bfix|merged?\b|no longer|used to"
    r"|instead of|rather than|clean.?up"
)
"""In lower case: what a text that speaks of an end has, as parts of words and as whole ones."""
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|without|avoid|cannot|stop|forbid\w*|ban(?:s|ned)?)\b|n['’]t\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\W{0,4}(?:\w+\s+){0,2}(?:(?:is|are|do|does|has|have|must|should|will|can)\s+(?:not|never)\b|\w+n['’]t\b|cannot\b)"
)
_BLANKET = re.compile(
    r"\b(?:references?|mentions?|sections?|terms?|below)\b.*\b(?:histor|legacy|preserved|archiv)"
    r"|\b(?:histor|legacy|archiv)\w*\b.*\b(?:references?|mentions?|sections?|terms?|below)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:remov|delet|retir|dropp?|decommission|deprecat|uninstall|eliminat|replac)(?:e|es|ed|ing|s)?\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_FILE = re.compile(r"/[\w.-]+/|\w\.(?:ya?ml|json|[jt]sx?|py|go|sh|toml)\b")
_RECORD = re.compile(r"post-?mortem|incident|outage|snapshot|\(generated\)|changelog", re.IGNORECASE)
_LISTED = re.compile(r"[-*+|>]|\d+[.)]|```|~~~")
OPENING_LINES = 40
"""Lines in which a document says how the rest of it is meant."""
_DEPRECATED = re.compile(
    r"^\W*(?:stability: 0|status\W+)?\W*(?:deprecated|removed|obsolete)\b|\bstability: 0\b", re.IGNORECASE
)
_OPENING_OF_SECTION = 12
"""Lines after a heading that speak of the section as a whole."""
_WRAPPED = 30
"""Columns from the left within which a sentence may have begun on the line above."""
_BESIDE = 3
_NEAR = 12
"""Lines around a statement of an end in which the same name belongs to its story, within its section."""


def is_record(reading: Reading) -> bool:
    """Whether a document records one moment: an incident, a snapshot, a generated list."""
    return bool(_RECORD.search(reading.document.title) or _RECORD.search(reading.document.path))


def _knowing(text: str) -> bool:
    """Whether some words speak of an end or a change."""
    low = text.lower()
    return any(part in low for part in _KNOWING) or _KNOWING_WORDS.search(low) is not None


class Page:
    """One document as far as it shows how a name in it is meant."""

    def __init__(self, lines: Lines) -> None:
        self.reading = lines.reading
        self.text = lines.text
        self.lines = lines.source
        self.standing = lines.standing

        self._by_line = lines
        self._knowing_sections: dict[int, bool] = {}

    def line_around(self, offset: int) -> tuple[int, int]:
        """Where the line begins and ends in which an offset of the text lies."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end

    def in_force(self, start: int, end: int) -> Span | None:
        """The span of a name that stands as if the thing were in force; None when the words around it know better."""
        line = self._by_line.line_of(start)
        column = start - self._by_line.starts[line - 1]
        if self.standing(line) not in {"live", "plain", "code"} or self._knows(line):
            return None
        return None if self._denies(line, column, column + end - start) else self._by_line.span_of(start, end)

    def ends_wholly(self, line: int) -> bool:
        """Whether a statement on a line, that something is gone, holds for more than one file or one moment."""
        if is_record(self.reading) or _FILE.search(self.lead(line)):
            return False
        return self.standing(line) in {"live", "plain", "historical", "superseded"}

    def tells(self, own: list[int], line: int, thing: str) -> bool:
        """Whether the document itself says that a thing is gone: near by, or in its opening for all that follows."""
        if any(self._is_near(stated, line) or self._mutes_rest(stated) for stated in own):
            return True
        if self._plans_end(line, thing):
            return True
        words = [word.lower() for word in re.findall(r"[A-Za-z]{4,}", thing)]
        return any(any(word in text.lower() for word in words) for text in self._blankets)

    def _plans_end(self, line: int, thing: str) -> bool:
        """Whether a line near by, in the same section, tells to remove the thing or says that it was."""
        first, last = max(1, line - _NEAR), min(len(self.lines), line + _NEAR)
        for number in range(first, last + 1):
            at = self.lines[number - 1].find(thing)
            if at >= 0 and self._section(number) == self._section(line) and _ENDS.search(self.lines[number - 1][:at]):
                return True
        return False

    def _is_near(self, line: int, other: int) -> bool:
        """Whether two lines belong to one story: side by side, or in one section."""
        return abs(line - other) <= _BESIDE or (
            abs(line - other) <= _NEAR and self._section(line) == self._section(other)
        )

    @cached_property
    def _blankets(self) -> list[str]:
        """The lines of the opening that call what follows historical."""
        return [text for text in self.lines[:OPENING_LINES] if _BLANKET.search(text)]

    def _mutes_rest(self, line: int) -> bool:
        return line <= OPENING_LINES and any(_BLANKET.search(text) for text in self.lines[line - 1 : line + 3])

    def _denies(self, line: int, start: int, end: int) -> bool:
        """Whether a negation governs a name: it goes before it in the sentence, or follows at once."""
        words = self.lines[line - 1]
        above = self.lines[line - 2].strip() + " " if line > 1 and start < _WRAPPED else ""
        before = re.split(r"[.;:,](?=\s)", (above + words[:start])[-70:])[-1]
        return bool(_NEGATION.search(before) or _DENIED.match(words, end))

    def _knows(self, line: int) -> bool:
        """Whether the words on a line, the headings above it below the title, or its lead-in speak of an end."""
        if _knowing(self.lines[line - 1]):
            return True
        section = self._section(line)
        if section not in self._knowing_sections:
            self._knowing_sections[section] = self._is_knowing(section)
        if self._knowing_sections[section]:
            return True
        lead = self.lead(line)
        return bool(lead) and (lead_role(lead).standing != "live" or lead_role(lead).flips or _knowing(lead))

    def _is_knowing(self, section: int) -> bool:
        """Whether the headings of a section below the title, or its opening, speak of an end."""
        titles = [*self._headings(section)][:-1]
        return any(heading_role(title).standing != "live" or _knowing(title) for title in titles) or self._ends_here(
            section
        )

    def _ends_here(self, at: int) -> bool:
        """Whether a section, or one above it, opens by saying that its matter is deprecated."""
        headings = self.reading.document.headings
        while at >= 0 and headings[at].level > 1:
            first = headings[at].line
            if any(_DEPRECATED.search(text) for text in self.lines[first : first + _OPENING_OF_SECTION]):
                return True
            at = headings[at].parent
        return False

    def _section(self, line: int) -> int:
        """Index of the heading that governs a line, -1 above the first."""
        return bisect_right(self.reading.document.headings, line, key=lambda heading: heading.line) - 1

    def _headings(self, at: int) -> Iterator[str]:
        """The title of a section and those of the sections around it, the nearest first."""
        headings = self.reading.document.headings
        while at >= 0:
            yield headings[at].title
            at = headings[at].parent

    def lead(self, line: int) -> str:
        """The line that introduces the list, table or block in which a line stands."""
        for number in range(line - 1, max(0, line - 25), -1):
            text = self.lines[number - 1].strip()
            if self.standing(number) == "code":
                continue
            if text.endswith((":", ":**")):
                return text
            if text and not _LISTED.match(text):
                return ""
        return ""
