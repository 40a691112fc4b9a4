"""The ``json`` report: one object with the schema's version, the figures and every shown conflict."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .finding import Report
from .records import conflict_record, diagnostic_record, envelope


def render(report: Report) -> Iterator[str]:
    """Lines without their line ends."""
    content: dict[str, object] = {
        "summary": _summary(report),
        "conflicts": [conflict_record(conflict) for conflict in report.conflicts],
        "diagnostics": [diagnostic_record(row) for row in report.diagnostics],
    }
    yield encoded(envelope(report.version, content))


def encoded(content: dict[str, object]) -> str:
    """Indented JSON; what UTF-8 cannot carry stays escaped.

    >>> print(encoded({"a": "é"}))
    {
      "a": "é"
    }
    """
    text = json.dumps(content, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(content, indent=2)
    return text


def _summary(report: Report) -> dict[str, int]:
    return {
        "documents": report.documents,
        "claims": report.claims,
        "conflicts": len(report.conflicts),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "notes": report.count("note"),
        "hidden": report.hidden,
        "gating": report.gating,
        "skipped_files": report.skipped,
    }
