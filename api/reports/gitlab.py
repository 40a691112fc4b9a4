"""The ``gitlab`` report: Code Quality, which GitLab compares with that of the target branch by fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ...graph.model import Conflict, Severity
from .finding import Report
from .json_report import encoded
from .plain import visible
from .telling import others, title

_SEVERITIES: Mapping[Severity, str] = {"error": "critical", "warning": "minor", "note": "info"}


def render(report: Report) -> Iterator[str]:
    """Lines without their line ends.

    What was accepted is left out.  What is long known is not: were it missing, GitLab would call it resolved.
    """
    seen: Counter[str] = Counter()
    rows: list[Mapping[str, object]] = []
    for conflict in report.conflicts:
        if report.mark(conflict).acceptance is None:
            seen[conflict.id] += 1
            rows.append(_issue(conflict, report, seen[conflict.id]))
    yield encoded(rows)


def _issue(conflict: Conflict, report: Report, ordinal: int) -> Mapping[str, object]:
    """One finding; GitLab drops all but the first of equal fingerprints, so that a repeated id gets its ordinal."""
    at = report.target(conflict)
    target = conflict.sides[at]
    against = ", ".join(
        visible(f"{report.whereabouts.path(side.path)}:{side.span.line}") for side in others(conflict, at)
    )
    return {
        "description": title(conflict) + (f" (against {against})" if against else ""),
        "check_name": conflict.rule,
        "fingerprint": conflict.id if ordinal == 1 else f"{conflict.id}-{ordinal}",
        "severity": _SEVERITIES[conflict.severity],
        "location": {
            "path": visible(report.whereabouts.path(target.path)),
            "lines": {"begin": max(1, target.span.line), "end": max(1, target.span.line, target.span.end_line)},
        },
    }
