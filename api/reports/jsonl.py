"""The ``jsonl`` report: one conflict a line, best first."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .finding import Report
from .json_report import unobeyed
from .records import conflict_record, mark_record


def render(report: Report) -> Iterator[str]:
    """Lines without their line ends."""
    return (encoded(conflict_record(conflict) | mark_record(report.mark(conflict))) for conflict in report.conflicts)


def encoded(record: dict[str, object]) -> str:
    """One JSON object on one line.

    >>> encoded({"quote": "é\\u2028"})
    '{"quote": "é\\\\u2028"}'
    """
    return unobeyed(json.dumps(record, ensure_ascii=False))
