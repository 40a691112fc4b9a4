"""The ``json`` report: one object with the schema's version, the figures and every shown conflict."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from .change_records import change_record
from .finding import Report
from .records import conflict_record, diagnostic_record, envelope, mark_record

_OBEYED = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|(?<=##)\\[|(?<=##vso)\\[|(?<=##teamcity)\\["
)


def render(report: Report) -> Iterator[str]:
    """Lines without their line ends."""
    content: dict[str, object] = {
        "summary": _summary(report),
        "conflicts": [conflict_record(row) | mark_record(report.mark(row)) for row in report.conflicts],
        "diagnostics": [diagnostic_record(row) for row in report.diagnostics],
    }
    if report.compared:
        content["closed"] = [conflict_record(row) for row in report.closed]
    if report.since is not None:
        content["change"] = change_record(report, report.since)
    yield encoded(envelope(report.version, content))


def encoded(content: object) -> str:
    """Indented JSON.

    >>> print(encoded({"a": "é"}))
    {
      "a": "é"
    }
    """
    return unobeyed(json.dumps(content, ensure_ascii=False, indent=2))


def unobeyed(text: str) -> str:
    """JSON of the same value in which nothing is obeyed by a terminal or a build log that it is printed to.

    Escaped are the controls that JSON lets stand, bidirectional marks, line separators, the brackets of a build log's
    commands, and lone surrogates, which no encoding carries.

    >>> unobeyed('"##[error] \\x9b"')
    '"##\\\\u005berror] \\\\u009b"'
    """
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _summary(report: Report) -> dict[str, int]:
    figures = {
        "documents": report.documents,
        "claims": report.claims,
        "conflicts": len(report.conflicts),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "notes": report.count("note"),
        "hidden": report.hidden,
        "gating": report.gating,
        "skipped_files": report.skipped,
        "accepted": len(report.accepted),
    }
    news = {"new": len(report.open), "known": len(report.known), "closed": len(report.closed)}
    return figures | (news if report.compared else {})
