"""Check the positions of every passage of a folder of Markdown files against markdown-it itself.

Usage: python benchmarks/check_spans.py FOLDER

For each file: the source at each run is the passage's text; the source at the segments, parsed on its own, reads as
the inline tokens that markdown-it finds in the whole document; passages do not overlap; every line that is not blank
belongs to a passage, a code block or a construct.  Prints the faults and exits 1 if there are any.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from naysay.ingest.markdown import parse
from naysay.ingest.page import Page, Passage

LINE_END = re.compile(r"\r\n|\r|\n")
SPACES = re.compile(r"[ \t]+")
INDENTATION = re.compile(r"\n[ \t]+")
BOX = re.compile(r"\[[ xX]\][ \t]+")


def oracle() -> MarkdownIt:
    """The parser that the reading is held against."""
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin, inline=False, move_to_end=False)


def plain(tokens: Sequence[Token]) -> str:
    """Text and code of inline tokens, line breaks as one space, HTML left out."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(plain(token.children or ()))
    return "".join(parts)


def squeezed(text: str) -> str:
    """Text with each stretch of spaces made one."""
    return SPACES.sub(" ", text).strip(" ")


def tokens_of(text: str, env: dict[str, Any]) -> list[tuple[int, str, str]]:
    """(line, content, plain text) of each inline token of a document that is not empty, cells with their pipes."""
    parser = oracle()
    found = [token for token in parser.parse(text, env) if token.type == "inline" and token.content]
    return [((token.map or [0])[0] + 1, token.content, reading_of(token, parser, env)) for token in found]


def reading_of(token: Token, parser: MarkdownIt, env: dict[str, Any]) -> str:
    """The plain text of an inline token, deep indentation of its later lines left out (CommonMark 0.31.2, section 4.8).

    markdown-it leaves that out of text but keeps it inside code spans, where it counts as their spaces.
    """
    content = INDENTATION.sub("\n", token.content)
    if content == token.content:
        return plain(token.children or ())
    return plain(parser.parseInline(content, env)[0].children or ())


def segments(lines: Sequence[str], passage: Passage) -> str:
    """The source at a passage's segments, joined with line ends."""
    cut = "\n".join(lines[part.line - 1][part.column - 1 : part.end_column - 1] for part in passage.segments)
    cut = cut.replace("\0", "\ufffd")
    return cut.replace("\\|", "|") if passage.kind == "cell" else cut


def run_faults(lines: Sequence[str], page: Page) -> Iterator[str]:
    """Runs whose source differs from the text, and text that is out of order."""
    for passage in page.passages:
        for run in passage.runs:
            cut = lines[run.line - 1][run.column - 1 : run.column - 1 + run.length]
            if cut != passage.text[run.start : run.start + run.length] or not run.length:
                yield f"{passage.span}: run {run} is {cut!r}"


def overlap_faults(page: Page) -> Iterator[str]:
    """Passages that share source."""
    spans = sorted(part for passage in page.passages for part in passage.segments)
    for left, right in pairwise(spans):
        if (left.end_line, left.end_column) > (right.line, right.column):
            yield f"{left} overlaps {right}"


def coverage_faults(lines: Sequence[str], page: Page) -> Iterator[str]:
    """Lines that nothing claims."""
    claimed = {line for passage in page.passages for line in range(passage.span.line, passage.span.end_line + 1)}
    claimed |= {line for fence in page.fences for line in range(fence.line, fence.line + len(fence.columns))}
    claimed |= {line for rest in page.constructs for line in range(rest.line, rest.end_line + 1)}
    for number, line in enumerate(lines, 1):
        if line.strip(" \t") and number not in claimed:
            yield f"line {number} belongs to nothing: {line[:60]!r}"


def text_faults(text: str, lines: Sequence[str], page: Page) -> Iterator[str]:
    """Passages whose segments read differently from the tokens of the whole document."""
    front = sum(item.end_line for item in page.constructs if item.kind == "front-matter")
    env: dict[str, Any] = {}
    expected = tokens_of("\n" * front + "\n".join(lines[front:]), env)
    parser = oracle()
    if len(expected) != len(page.passages):
        yield f"{len(page.passages)} passages, {len(expected)} inline tokens"
        return
    for passage, (line, _, reading) in zip(page.passages, expected, strict=True):
        children = parser.parseInline(segments(lines, passage), env)[0].children or []
        if passage.checked is not None:
            reading = BOX.sub("", reading, count=1)
        if squeezed(plain(children)) != squeezed(reading) or passage.span.line != line:
            yield f"{passage.span}: {plain(children)!r} is not {reading!r} of line {line}"


def faults(text: str) -> Iterator[str]:
    """Everything that is wrong with the reading of one text."""
    text = text.removeprefix("\ufeff")
    page = parse(text)
    lines = LINE_END.split(text)
    yield from run_faults(lines, page)
    yield from overlap_faults(page)
    yield from coverage_faults(lines, page)
    yield from text_faults(text, lines, page)


def main(folder: str) -> int:
    """Check each file under a folder; the number of faults is printed last."""
    count = 0
    for file in sorted(Path(folder).rglob("*.md")):
        for fault in faults(file.read_bytes().decode("utf-8-sig")):
            count += 1
            print(f"{file}: {fault}")
    print(f"{count} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
