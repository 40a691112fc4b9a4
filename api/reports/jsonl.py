"""The ``jsonl`` report: one conflict a line, best first."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .finding import Report
from .records import conflict_record


def render(report: Report) -> Iterator[str]:
    """Lines without their line ends."""
    return (encoded(conflict_record(conflict)) for conflict in report.conflicts)


def encoded(record: dict[str, object]) -> str:
    """One JSON object on one line; lone surrogates are escaped, since no encoding carries them.

    >>> encoded({"quote": "é\\u2028"})
    '{"quote": "é\\\\u2028"}'
    """
    text = json.dumps(record, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return text if text.isascii() or _encodable(text) else json.dumps(record)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
