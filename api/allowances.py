"""The ``[[allow]]`` tables of a configuration: conflicts that the whole project lets stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from ..graph.spelling import nearest
from ..ingest.directives import Suppression, day_fault, reason_fault

KEYS = ("rule", "id", "path", "reason", "owner", "until")
_TARGETS = ("rule", "id", "path")


def allowance_problems(rows: object, text: str) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of each mistake in the tables of a configuration's text."""
    lines = _lines(text)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in cast("list[object]", rows)):
        yield (lines or [1])[0], '"allow" must be a list of tables, as in [[allow]] with rule = "NS201"'
        return
    for number, row in enumerate(cast("list[dict[str, object]]", rows)):
        for key, problem in _row_problems(row):
            yield _line(text, lines, number, key), f"[[allow]]: {problem}"


def allowances(rows: Sequence[Mapping[str, object]], path: Path, text: str) -> tuple[Suppression, ...]:
    """The tables, in which nothing is wrong, as suppressions; their path is that of the configuration."""
    lines = _lines(text)
    return tuple(
        Suppression(
            rules=_rules(row),
            reason=str(row["reason"]),
            path=str(path),
            line=_line(text, lines, number, ""),
            where="configuration",
            owner=str(row.get("owner", "")),
            until=str(row.get("until", "")),
            conflict=str(row.get("id", "")),
            files=str(row.get("path", "")),
        )
        for number, row in enumerate(rows)
    )


def _rules(row: Mapping[str, object]) -> tuple[str, ...]:
    given = row.get("rule", [])
    return (given,) if isinstance(given, str) else tuple(cast("list[str]", given))


def _row_problems(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it) of one table; the key is empty for what concerns the whole."""
    for key, value in row.items():
        if key not in KEYS:
            yield key, f'unknown key "{key}"; {nearest(key, KEYS) or "known are " + ", ".join(KEYS)}'
        elif key == "until":
            if fault := _until_fault(value):
                yield key, fault
        elif key == "rule" and isinstance(value, list):
            if not value or not all(isinstance(item, str) for item in cast("list[object]", value)):
                yield key, '"rule" must be a rule id or a list of them'
        elif not isinstance(value, str) or not value.strip():
            yield key, f'"{key}" must be a text, as in {key} = "…"'
    if not any(key in row for key in _TARGETS):
        yield "", "says not what is allowed; give it a rule, an id or a path"
    if "reason" not in row:
        yield "", reason_fault("").replace('reason="…"', 'reason = "…"')


def _until_fault(value: object) -> str:
    if isinstance(value, str) or type(value) is date:
        return day_fault(str(value))
    return f'"until" must be a day, as in until = "2027-03-01", not {value!r}'


def _lines(text: str) -> list[int]:
    """Lines on which the tables begin; the line of the key where they are written as one array."""
    lines = text.split("\n")
    heads = [
        n for n, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*(?:tool\s*\.\s*naysay\s*\.\s*)?allow\s*\]\]", line)
    ]
    return heads or [n for n, line in enumerate(lines, 1) if re.match(r"\s*\[?allow\s*[=\]]", line)]


def _line(text: str, heads: Sequence[int], number: int, key: str) -> int:
    """The line of a key in the table of a number, else of the table itself."""
    head = heads[min(number, len(heads) - 1)] if heads else 1
    end = heads[number + 1] - 1 if number + 1 < len(heads) else None
    if key and number < len(heads):
        for n, line in enumerate(text.split("\n")[head:end], head + 1):
            if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
                return n
    return head
