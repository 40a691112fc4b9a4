"""Edits that leave what a documentation set says as it is: what people do to files without changing a statement.

Each edit is a function of one document's text and a source of chance, or of a whole set.  An edit of the lay-out that
would alter what Markdown makes of the text is left out: the rendered page is compared.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from markdown_it import MarkdownIt

Edit = Callable[[str, Random], str]
_RENDERED = MarkdownIt("commonmark").enable("table")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_ITEM = re.compile(r"^(\s*)([-*+])(\s+)(?=\S)")
_PLAIN = re.compile(r"^[A-Za-z(“\"*`\[]")
_HEADING = re.compile(r"^(#{1,6})\s")
_RULE_ROW = re.compile(r"^\s*\|?[\s:|-]+\|[\s:|-]*$")


def rewrapped(text: str, chance: Random, width: int = 60) -> str:
    """Paragraphs and list items wrapped at another width, where the page stays the same."""
    out: list[str] = []
    for block, body in _blocks(text):
        out += _wrapped(block, width) if body else block
    return _same_page(text, "\n".join(out))


def _wrapped(block: list[str], width: int) -> list[str]:
    """The lines of one paragraph or of items without nesting, each wrapped anew."""
    if any(line.endswith(("  ", "\\")) or "|" in line or "<" in line for line in block):
        return block
    out: list[str] = []
    for unit in _units(block):
        item = _ITEM.match(unit[0])
        lead = item[0] if item else ""
        words = " ".join(line.strip() for line in [unit[0][len(lead) :], *unit[1:]])
        inner = " " * len(lead)
        wrapped = textwrap.wrap(
            words, width, initial_indent=lead, subsequent_indent=inner, break_long_words=False, break_on_hyphens=False
        )
        out += wrapped or unit
    return out


def _units(block: list[str]) -> list[list[str]]:
    """A block's paragraphs: a new one begins with every item."""
    units: list[list[str]] = []
    for line in block:
        if not units or _ITEM.match(line):
            units.append([line])
        else:
            units[-1].append(line)
    return units


def _blocks(text: str) -> list[tuple[list[str], bool]]:
    """Runs of lines between blank ones, and whether each is plain text or items of one level."""
    out: list[tuple[list[str], bool]] = []
    fence = ""
    front = text.startswith("---")
    run: list[str] = []

    def close() -> None:
        if run:
            out.append((run[:], not front and all(_is_text(line, n) for n, line in enumerate(run))))
            run.clear()

    for n, line in enumerate(text.split("\n")):
        mark = _FENCE.match(line.lstrip())
        if fence or mark or front:
            close()
            out.append(([line], False))
            if front:
                front = n == 0 or line.strip() != "---"
            elif fence:
                fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
            elif mark:
                fence = mark[1]
        elif not line.strip():
            close()
            out.append(([line], False))
        else:
            run.append(line)
    close()
    return out


def _is_text(line: str, n: int) -> bool:
    item = _ITEM.match(line)
    if item:
        return not item[1] and bool(_PLAIN.match(line[item.end() :]))
    return bool(_PLAIN.match(line.strip())) and (n > 0 or not line.startswith(" ")) and not _HEADING.match(line)


def sections_moved(text: str, chance: Random) -> str:
    """Sections of the second level in another order; what stands before the first of them stays."""
    lines = text.split("\n")
    starts = [n for n in _outside_fences(lines) if lines[n].startswith("## ")]
    if len(starts) < 3 or any(lines[n].startswith("# ") for n in _outside_fences(lines) if n > starts[0]):
        return text
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    parts = [[*part, ""] if part[-1].strip() else part for part in parts]
    chance.shuffle(parts)
    return "\n".join([*lines[: starts[0]], *(line for part in parts for line in part)])


def items_reordered(text: str, chance: Random) -> str:
    """The items of bullet lists without nesting in another order."""
    out: list[str] = []
    for block, body in _blocks(text):
        units = _units(block)
        if body and len(units) > 1 and all(_ITEM.match(unit[0]) for unit in units):
            chance.shuffle(units)
            block = [line for unit in units for line in unit]
        out += block
    return "\n".join(out)


def rows_reordered(text: str, chance: Random) -> str:
    """The rows of tables in another order, the header left alone."""
    lines = text.split("\n")
    inside = set(_outside_fences(lines))
    n = 0
    while n < len(lines) - 1:
        if n in inside and "|" in lines[n] and _RULE_ROW.match(lines[n + 1]) and "-" in lines[n + 1]:
            end = n + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            rows = lines[n + 2 : end]
            chance.shuffle(rows)
            lines[n + 2 : end] = rows
            n = end
        n += 1
    return "\n".join(lines)


def marks_changed(text: str, chance: Random) -> str:
    """Other bullets and other marks of emphasis, where the page stays the same."""
    bullet = chance.choice("*+-")
    out: list[str] = []
    lines = text.split("\n")
    inside = set(_outside_fences(lines))
    for n, line in enumerate(lines):
        if n in inside and "`" not in line:
            line = re.sub(r"(?<![\w*])\*\*(?=\S)([^*`_]+?)(?<=\S)\*\*(?![\w*])", r"__\1__", line)
            line = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*`_]+?)(?<=[^\s*])\*(?![\w*])", r"_\1_", line)
        out.append(_ITEM.sub(rf"\g<1>{bullet}\g<3>", line) if n in inside else line)
    return _same_page(text, "\n".join(out))


def line_ends_changed(text: str, chance: Random) -> str:
    """Line ends as Windows writes them."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _outside_fences(lines: list[str]) -> list[int]:
    """The numbers of lines that do not stand in fenced code, front matter or comments."""
    out: list[int] = []
    fence = ""
    front = bool(lines) and lines[0].strip() == "---"
    for n, line in enumerate(lines):
        mark = _FENCE.match(line.lstrip())
        if front:
            front = n == 0 or line.strip() != "---"
        elif fence:
            fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
        elif mark:
            fence = mark[1]
        else:
            out.append(n)
    return out


def _same_page(before: str, after: str) -> str:
    """The edited text where Markdown makes the same page of it, else the text as it was."""
    return after if _page(before) == _page(after) else before


def _page(text: str) -> str:
    return " ".join(_RENDERED.render(text).split())


def renamed(texts: Mapping[str, str], path: str) -> dict[str, str]:
    """A set with one file under another name of the same number, and every mention of the name with it."""
    folder, slash, name = path.rpartition("/")
    number = re.match(r"\d+[a-z]?-", name)
    new = f"{number[0]}page-{name[number.end() :]}" if number else f"page-{name}"
    stem, new_stem = (re.escape(name.rsplit(".", 1)[0]), new.rsplit(".", 1)[0])
    mention = re.compile(rf"(?<![\w-]){stem}(?![\w-])")
    return {
        (f"{folder}{slash}{new}" if known == path else known): mention.sub(new_stem, text)
        for known, text in texts.items()
    }


EDITS: Mapping[str, Edit] = {
    "re-wrap at 60": partial(rewrapped, width=60),
    "re-wrap at 100": partial(rewrapped, width=100),
    "move sections": sections_moved,
    "reorder items": items_reordered,
    "reorder rows": rows_reordered,
    "change bullets and emphasis": marks_changed,
    "change line ends": line_ends_changed,
}
