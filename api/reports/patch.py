"""What a repair changes, as a unified diff that ``patch`` and ``git apply`` take."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from .plain import Look, visible

_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
_PLAIN = "\x1b[0m"
_OPEN_END = "\\ No newline at end of file"


def patch(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """The lines of a diff between two editions of a UTF-8 file, without their line feeds; exact on all else.

    >>> list(patch("a.md", b"one\\ntwo", b"one\\nthree"))[2:]
    ['@@ -1,2 +1,2 @@', ' one', '-two', '\\\\ No newline at end of file', '+three', '\\\\ No newline at end of file']
    """
    rows = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    for row in rows:
        if row.endswith("\n"):
            yield row[:-1]
        else:
            yield from (row, _OPEN_END)


def _lines(data: bytes) -> list[str]:
    """Lines as diffs count them: they end at line feeds only, which they keep."""
    parts = data.decode("utf-8").split("\n")
    return [*(f"{part}\n" for part in parts[:-1]), *filter(None, parts[-1:])]


def on_screen(rows: Iterator[str], look: Look) -> Iterator[str]:
    """A diff for people: coloured, and with nothing in it that a terminal would obey."""
    for number, row in enumerate(rows):
        told = row[:1] + visible(row[1:].replace("\t", "    "), look.ascii)
        colour = _COLOURS.get(row[:1], "") if look.colour and number > 1 else ""
        yield f"{colour}{told}{_PLAIN}" if colour else told
