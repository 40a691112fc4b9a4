"""From a flat stream of blocks to a page: headings, passages, tables, code blocks and what governs each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..graph.model import Diagnostic, Heading
from .inline import Inline
from .page import Construct, Fence, Page, Passage, PassageKind, Table
from .positions import Lines, Part, runs

BlockKind = Literal["open", "close", "paragraph", "heading", "table", "code", "rule", "html"]

_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_ITEM = re.compile(r"[>\s]*(?:[-+*]|\d{1,9}[.)])(?=\s|\Z)")


class Block(NamedTuple):
    """One block of the stream; ``open`` and ``close`` enclose the blocks of a container."""

    kind: BlockKind
    line: int = 0
    """0-based first line."""
    end: int = 0
    """0-based line after the last."""
    name: str = ""
    """Of a container: ``list``, ``ordered``, ``item``, ``quote``, ``footnote``; of code: the first word of its info."""
    level: int = 0
    """Of a heading."""
    text: str = ""
    """Of code and html."""
    parts: tuple[Part, ...] = ()
    """Source of a paragraph or heading, or the content lines of code."""
    rows: tuple[tuple[Part, ...], ...] = ()
    """Cells of a table, the header row first."""


@dataclass(slots=True)
class _Frame:
    """A container that is open: what its blocks inherit."""

    name: str
    section: int
    trail: list[int]
    """Indices of the headings above, outermost first."""
    lead: int = -1
    """The paragraph before the list this frame stands in."""
    last: int = -1
    """The nearest paragraph so far."""
    first: int = -1
    """First passage of an item."""
    parent: int = -1
    floor: int = 0
    """Length of the trail when the container was opened: headings outside it are never closed by one inside."""
    depth: int = 0
    quote: int = 0
    ordered: bool = False
    kind: PassageKind = "paragraph"


class Outline:
    """Collects the page while the blocks go by, in document order."""

    def __init__(self, lines: Lines, read: Callable[[str], Inline]) -> None:
        self.lines = lines
        self.read = read
        self.headings: list[Heading] = []
        self.passages: list[Passage] = []
        self.tables: list[Table] = []
        self.fences: list[Fence] = []
        self.constructs: list[Construct] = []
        self.comments: list[tuple[int, str]] = []
        self.limited: list[int] = []
        self.covered = bytearray(len(lines.starts))
        self.frames = [_Frame("root", -1, [])]

    def add(self, blocks: Iterable[Block]) -> None:
        """Take in the blocks of a document."""
        steps = {
            "open": self._open,
            "close": self._close,
            "paragraph": self._paragraph,
            "heading": self._heading,
            "table": self._table,
            "code": self._code,
            "rule": self._rule,
            "html": self._html,
        }
        for block in blocks:
            steps[block.kind](block)

    def page(self, front: str, diagnostics: Sequence[Diagnostic]) -> Page:
        """The finished page; lines that nothing claimed become constructs."""
        self._name_the_rest()
        self.construct("unread", len(self.lines.starts), self.lines.total)
        return Page(
            tuple(self.headings),
            tuple(self.passages),
            tuple(self.tables),
            tuple(self.fences),
            tuple(sorted(self.constructs, key=lambda construct: (construct.line, construct.end_line))),
            front,
            self.lines.total,
            tuple(diagnostics),
            tuple(sorted(self.comments)),
        )

    def construct(self, kind: str, line: int, end: int) -> None:
        """Note that 0-based lines ``line`` to ``end`` (exclusive) carry no passage."""
        if end > line:
            self.constructs.append(Construct(kind, line + 1, end))
            self._cover(line, end)

    def _cover(self, line: int, end: int) -> None:
        self.covered[line:end] = b"\1" * (min(end, len(self.covered)) - line)

    def _open(self, block: Block) -> None:
        outer = self.frames[-1]
        frame = _Frame(
            block.name,
            outer.section,
            list(outer.trail),
            outer.lead,
            outer.last,
            outer.first,
            outer.parent,
            len(outer.trail),
            outer.depth,
            outer.quote,
            outer.ordered,
            outer.kind,
        )
        if block.name == "quote":
            frame.quote += 1
        elif block.name == "footnote":
            frame.kind = "footnote"
        elif block.name == "item":
            frame.first = -1
        else:
            frame.kind, frame.ordered = "item", block.name == "ordered"
            frame.depth += 1
            frame.lead, frame.parent = outer.last, outer.first
        self.frames.append(frame)

    def _close(self, _block: Block) -> None:
        self.frames.pop()

    def _heading(self, block: Block) -> None:
        frame = self.frames[-1]
        while len(frame.trail) > frame.floor and self.headings[frame.trail[-1]].level >= block.level:
            frame.trail.pop()
        parent = frame.trail[-1] if frame.trail else -1
        frame.section = len(self.headings)
        frame.trail.append(frame.section)
        self.headings.append(Heading(block.line + 1, block.level, "", parent))
        frame.last = -1
        if block.parts:
            passage = self._passage("heading", block.parts)
            self.headings[-1] = Heading(block.line + 1, block.level, passage.text, parent)
            last = block.parts[-1].line + 1
            self.construct("setext-underline", last, block.end)
        else:
            self.construct("empty-heading", block.line, block.end)

    def _paragraph(self, block: Block) -> None:
        if not block.parts:
            self.construct("blank", block.line, block.end)
            return
        frame = self.frames[-1]
        parts, checked = block.parts, None
        if frame.kind == "item" and frame.first < 0 and frame.name == "item":
            parts, checked = self._task(parts)
        passage = self._passage(frame.kind, parts, checked)
        frame.last = passage.ordinal

    def _task(self, parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], bool | None]:
        line, start, end = parts[0]
        box = _TASK.match(self.lines.text, start, end)
        if box is None:
            return parts, None
        return (Part(line, box.end(), end), *parts[1:]), box[1] != " "

    def _passage(
        self,
        kind: PassageKind,
        parts: tuple[Part, ...],
        checked: bool | None = None,
        cell: tuple[int, int, int] = (-1, -1, -1),
    ) -> Passage:
        frame, lines = self.frames[-1], self.lines
        inline, escaped = self._inline(kind, parts)
        span = lines.span(parts[0], parts[-1])
        ordinal = len(self.passages)
        in_list = frame.depth > 0
        passage = Passage(
            ordinal,
            kind,
            inline.text,
            span,
            (span,) if len(parts) == 1 else tuple([lines.span(part, part) for part in parts]),
            tuple(runs(lines, parts, inline.pieces, escaped)),
            inline.marks,
            frame.section,
            frame.last if kind == "cell" else frame.lead,
            (frame.first if frame.first >= 0 else frame.parent) if in_list else -1,
            frame.depth,
            frame.quote,
            frame.ordered,
            checked,
            *cell,
        )
        self.passages.append(passage)
        self._cover(parts[0].line, parts[-1].line + 1)
        if in_list and frame.first < 0:
            self._first(ordinal)
        return passage

    def _inline(self, kind: PassageKind, parts: tuple[Part, ...]) -> tuple[Inline, bool]:
        """What source reads as, and whether it is a cell that gave up the ``\\`` of ``\\|`` (GFM, section 4.10)."""
        text, line = self.lines.text, parts[0].line + 1
        content = "\n".join([text[start:end] for _, start, end in parts])
        escaped = kind == "cell" and "\\|" in content
        inline = self.read(content.replace("\\|", "|") if escaped else content)
        if inline.limited:
            self.limited.append(line)
        for offset, comment in inline.comments:
            self.comments.append((line + content.count("\n", 0, offset), comment))
        return inline, escaped

    def _first(self, ordinal: int) -> None:
        """The innermost open item has its first passage; containers inside it see it too."""
        for frame in reversed(self.frames):
            frame.first = ordinal
            if frame.name == "item":
                return

    def _table(self, block: Block) -> None:
        frame = self.frames[-1]
        number = len(self.tables)
        rows: list[tuple[int, ...]] = []
        for index, row in enumerate(block.rows):
            rows.append(tuple(self._cell(cell, (number, index, column)) for column, cell in enumerate(row)))
            if rows[-1].count(-1) == len(row):
                self.construct("empty-row", row[0].line, row[0].line + 1)
        self.tables.append(Table(tuple(rows), frame.last, frame.section))
        self.construct("table-rule", block.line + 1, block.line + 2)

    def _cell(self, cell: Part, place: tuple[int, int, int]) -> int:
        return self._passage("cell", (cell,), cell=place).ordinal if cell.end > cell.start else -1

    def _code(self, block: Block) -> None:
        frame, parts = self.frames[-1], block.parts
        first = parts[0].line if parts else block.line + 1
        columns = tuple(part.start - self.lines.starts[part.line] + 1 for part in parts)
        self.fences.append(Fence(block.name, block.text, first + 1, columns, frame.section, frame.last, frame.quote))
        self.construct("fence-marker", block.line, first)
        self._cover(first, first + len(parts))
        self.construct("fence-marker", first + len(parts), block.end)

    def _rule(self, block: Block) -> None:
        self.construct("rule", block.line, block.end)

    def _html(self, block: Block) -> None:
        self.construct("html", block.line, block.end)
        for comment in _COMMENT.finditer(block.text):
            line = block.line + 1 + block.text.count("\n", 0, comment.start())
            self.comments.append((line, comment[1].strip()))

    def _name_the_rest(self) -> None:
        """Lines that only open or continue a container, or hold nothing but white space wider than Markdown's."""
        text, starts = self.lines.text, (*self.lines.starts, len(self.lines.text) + 1)
        line = self.covered.find(0)
        while line >= 0:
            content = text[starts[line] : starts[line + 1] - 1]
            if content.strip(" \t"):
                kind = "empty-item" if _ITEM.match(content) else "empty-quote" if ">" in content else "blank"
                self.construct(kind, line, line + 1)
            line = self.covered.find(0, line + 1)
