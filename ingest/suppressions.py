"""Suppressions in a document: what its comments and its front matter let stand, and which lines they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..graph.model import Diagnostic
from .directives import Directive, Malformed, Suppression, directive
from .front_suppressions import in_front_matter
from .markdown import parse
from .page import Page, Passage

MALFORMED = "NS004"
"""The id of a suppression that cannot be read and does not count."""

_WORTH_READING = re.compile(r"<!--\s*naysay\b|^[ \t{]*[\"']?naysay[\"']?\s*:", re.MULTILINE)
_UNSEEN = frozenset({"blank", "front-matter", "setext-underline"})
"""Lines that do not count as text above a comment."""
_MARKER = re.compile(r"[\s>]*(?:[-+*]|\d{1,9}[.)])\s+")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines(NamedTuple):
    """A range of lines, both ends included."""

    first: int
    last: int


class _Text(NamedTuple):
    """Something that stands above or below a comment."""

    lines: Lines
    passage: Passage | None = None
    heading: bool = False


def suppressions(path: str, text: str) -> Iterator[Suppression | Diagnostic]:
    """What a document lets stand, in the order of its lines; NS004 for each comment that cannot be followed.

    A comment inside a code block is text.  Nothing is raised.
    """
    if "naysay" not in text or not _WORTH_READING.search(text):
        return
    page = parse(text, path)
    for line, setting in in_front_matter(page.front):
        if isinstance(setting, Directive):
            yield _suppression(path, line, setting, Lines(1, 0))
        else:
            yield _fault(path, line, setting)
    reach = _Reach(page, text)
    ranges = _Ranges(path)
    for line, comment in page.comments:
        try:
            found = directive(comment)
            if found is not None and found.verb == "allow":
                yield _suppression(path, line, found, reach.of(line))
            elif found is not None:
                yield from ranges.take(line, found)
        except Malformed as error:
            yield _fault(path, line, str(error))
    yield from ranges.end()


def _suppression(path: str, line: int, found: Directive, lines: Lines) -> Suppression:
    return Suppression(
        rules=found.rules,
        reason=found.fields["reason"],
        path=path,
        line=line,
        owner=found.fields.get("owner", ""),
        until=found.fields.get("until", ""),
        first=lines.first,
        last=lines.last,
    )


def _fault(path: str, line: int, message: str) -> Diagnostic:
    return Diagnostic(MALFORMED, path, line, f"this suppression does not count: {message}")


class _Ranges:
    """The stretches between ``off`` and ``on``."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.open: dict[str, tuple[int, Directive]] = {}

    def take(self, line: int, found: Directive) -> Iterator[Suppression]:
        """One ``off`` or ``on``; raises Malformed when it does not follow what stands above it."""
        if found.verb == "off":
            twice = next((rule for rule in found.rules if rule in self.open), None)
            if twice is not None:
                raise Malformed(f"{twice} is off since line {self.open[twice][0]} already")
            self.open |= dict.fromkeys(found.rules, (line, found))
            return
        unopened = next((rule for rule in found.rules if rule not in self.open), None)
        if unopened is not None or not self.open:
            raise Malformed(f'{unopened or "no rule"} is off here; remove this "on", or write "off" above it')
        for rule in found.rules or tuple(self.open):
            yield self._closed(rule, line)

    def end(self) -> Iterator[Suppression]:
        """Those that hold to the end of the file."""
        for rule in tuple(self.open):
            yield self._closed(rule, 0)

    def _closed(self, rule: str, last: int) -> Suppression:
        line, found = self.open.pop(rule)
        return _suppression(self.path, line, found._replace(rules=(rule,)), Lines(line, last))


class _Reach:
    """Which lines a comment covers by where it stands; ``docs/suppressions.md`` has the rules in words."""

    def __init__(self, page: Page, text: str) -> None:
        self.page = page
        self.source = _LINE_END.split(text.removeprefix("\ufeff"))
        texts = [_Text(Lines(p.span.line, p.span.end_line), p, p.kind == "heading") for p in page.passages]
        texts += [
            _Text(Lines(one.line, one.end_line), heading=one.kind == "empty-heading")
            for one in page.constructs
            if one.kind not in _UNSEEN and not (one.kind == "html" and self._is_comment(one.line))
        ]
        self.texts = sorted(texts, key=lambda one: one.lines)

    def _is_comment(self, line: int) -> bool:
        return self.source[line - 1].lstrip(" \t>").startswith("<!--")

    def of(self, line: int) -> Lines:
        """The lines that a comment on a line covers."""
        around = next((t for t in self.texts if t.passage and t.lines.first <= line <= t.lines.last), None)
        if around is not None:
            return self._section(around.lines.first) if around.heading else around.lines
        above = [t for t in self.texts if t.lines.last < line]
        if not above:
            return Lines(1, 0)
        last = max(above, key=lambda t: t.lines.last)
        if last.heading:
            return self._section(last.lines.first)
        return self._item(line, above) or self._below(line)

    def _section(self, line: int) -> Lines:
        """A heading with all below it, up to the next heading of its level or a higher one."""
        headings = self.page.headings
        at = next(i for i, heading in enumerate(headings) if heading.line == line)
        after = (h.line - 1 for h in headings[at + 1 :] if h.level <= headings[at].level)
        return Lines(line, next(after, 0))

    def _item(self, line: int, above: list[_Text]) -> Lines | None:
        """The list item that a comment stands in, when no more text of that item follows."""
        column = self._column(line)
        following = next((t.lines.first for t in self.texts if t.lines.first > line), None)
        if column == 1 or (following is not None and self._column(following) >= column):
            return None
        items = (t for t in reversed(above) if t.passage and t.passage.depth)
        return next((t.lines for t in items if self._content_column(t) <= column), None)

    def _column(self, line: int) -> int:
        text = self.source[line - 1]
        return len(text) - len(text.lstrip(" \t>")) + 1

    def _content_column(self, item: _Text) -> int:
        marker = _MARKER.match(self.source[item.lines.first - 1])
        return marker.end() + 1 if marker else self._column(item.lines.first)

    def _below(self, line: int) -> Lines:
        """The block that follows: a paragraph, the text of a list item, a table, a code block."""
        below = next((t for t in self.texts if t.lines.first > line), None)
        if below is None:
            return Lines(line, line)
        if below.passage is None:
            fence = next((f for f in self.page.fences if f.line == below.lines.last + 1), None)
            return Lines(below.lines.first, fence.line + fence.text.count("\n")) if fence else below.lines
        if below.passage.table >= 0:
            rows = [t.lines for t in self.texts if t.passage and t.passage.table == below.passage.table]
            return Lines(below.lines.first, max(lines.last for lines in rows))
        return below.lines
