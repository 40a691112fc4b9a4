"""What the scanners of structured code blocks share: the value they yield, and what a comment says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BAD = re.compile(
    r"\W*(?:[❌✗✘🚫⛔]"
    r"|(?:wrong|incorrect|bad|anti-?pattern|don['’]?t(?: do this)?|do not do this|not this|before)"
    r"(?=\s*(?:$|[:(–—!/]|- |example|practice|pattern|way)))",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\W*(?:[✅✓✔]"
    r"|(?:correct|right|good|better|do this|preferred|recommended|after|fixed)"
    r"(?=\s*(?:$|[:(–—!/]|- |example|practice|pattern|way)))",
    re.IGNORECASE,
)


class KeyValue(NamedTuple):
    """One key and its value in a structured code block, at its place in the document."""

    path: tuple[str, ...]
    """The keys from the outside in; list positions are left out, ``name:`` of a list item or kind and name of a
    manifest stand for them: ``("Deployment/web", "spec", "replicas")``."""
    value: str
    """The text of the scalar without its quotes, never typed."""
    line: int
    column: int
    """1-based, of the value, in code points; a quoted value starts after its quote."""
    end_column: int
    """Exclusive."""
    comment: str = ""
    """The comment at the end of the line, without its sign."""
    example_bad: bool = False
    """A comment marks the value as the wrong way, or as how it was before."""
    item: bool = False
    """One item of a list: its siblings have the same path."""


class Row(NamedTuple):
    """A value as a scanner finds it, by line index and offsets in the block's own text."""

    path: tuple[str, ...]
    value: str
    offset: int
    """0-based line of the block's text."""
    start: int
    end: int
    comment: str = ""
    bad: bool = False
    item: bool = False


def placed(rows: Iterator[Row], first_line: int, columns: Sequence[int]) -> Iterator[KeyValue]:
    """The rows at their source lines and columns; ``columns`` has the source column of each line's start."""
    for row in rows:
        base = columns[row.offset] if row.offset < len(columns) else 1
        start, end = base + row.start, base + row.end
        yield KeyValue(row.path, row.value, first_line + row.offset, start, end, row.comment, row.bad, row.item)


def verdict(comment: str) -> bool | None:
    """What a comment says about the lines it stands over: True for the wrong way, False for the right one.

    >>> verdict("❌ WRONG: shared"), verdict("After (fixed)"), verdict("before you deploy, read this")
    (True, False, None)
    """
    if _BAD.match(comment):
        return True
    return False if _GOOD.match(comment) else None


def unquoted(text: str, start: int) -> tuple[str, int, int]:
    """A scalar's text without its quotes, and the offsets of that text when the scalar starts at ``start``.

    >>> unquoted('"a b"', 4)
    ('a b', 5, 8)
    """
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1], start + 1, start + len(text) - 1
    return text, start, start + len(text)


def known(value: str) -> bool:
    """Whether a scalar says a value: templates, references, command output and ellipses do not.

    >>> known("8080"), known("{{ .Values.port }}"), known("...")
    (True, False, False)
    """
    return bool(value) and "{{" not in value and "$(" not in value and value.strip(". …") != "" and value[0] not in "*`"
