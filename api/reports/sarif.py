"""The ``sarif`` report: SARIF 2.1.0 (OASIS) in the profile that code scanning on GitHub reads.

Limits are GitHub's: of the results of a run it shows 5 000, so that no more are written and what is left out is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...graph.model import Conflict, Diagnostic
from .finding import Report
from .json_report import encoded
from .plain import one_line
from .sarif_result import Result, physical_location, result
from .sarif_rules import descriptors
from .telling import worst_first
from .wording import grouped

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RESULTS = 5_000
"""Results of a run that code scanning shows; it refuses more than 25 000."""
_ROOT = "%SRCROOT%"


def render(report: Report, open_only: bool = False) -> Iterator[str]:
    """Lines without their line ends.

    ``open_only`` leaves out what was accepted and what is no more: code scanning on GitHub reads neither
    ``suppressions`` nor ``baselineState``, and would open an alert for each.
    """
    yield encoded({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, open_only)]})


def _run(report: Report, open_only: bool) -> Mapping[str, object]:
    standing = tuple(row for row in report.conflicts if not open_only or report.mark(row).acceptance is None)
    closed = () if open_only else report.closed
    present = _graves(report, standing)
    absent = closed[: RESULTS - len(present)]
    rules = descriptors(report.rules, [*present, *absent])
    places = {str(rule["id"]): at for at, rule in enumerate(rules)}
    left_out = len(standing) + len(closed) - len(present) - len(absent)
    return {
        "tool": {
            "driver": {
                "name": "naysay",
                "semanticVersion": report.version,
                "rules": rules,
                "notifications": [{"id": rule} for rule in _notified(report, left_out)],
            }
        },
        "automationDetails": {"id": f"naysay/{report.whereabouts.prefix}"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository"}}},
        "invocations": [
            {
                "executionSuccessful": report.skipped == 0,
                "toolExecutionNotifications": list(_notifications(report, left_out)),
            }
        ],
        "results": [
            *(result(row, report, places[row.rule]) for row in present),
            *(_absent(result(row, report, places[row.rule])) for row in absent),
        ],
    }


def _graves(report: Report, standing: tuple[Conflict, ...]) -> Sequence[Conflict]:
    """All of them, or the gravest in the order of the report."""
    if len(standing) <= RESULTS:
        return standing
    kept = {id(row) for row in worst_first(report, standing)[:RESULTS]}
    return [row for row in standing if id(row) in kept]


def _absent(found: Result) -> Result:
    return {**found, "baselineState": "absent"}


def _notified(report: Report, left_out: int) -> list[str]:
    return sorted({row.rule for row in report.diagnostics} | ({"NS011"} if left_out else set()))


def _notifications(report: Report, left_out: int) -> Iterator[Mapping[str, object]]:
    """What the run has to say about itself: files that were not read, limits that were reached."""
    read = set(report.paths)
    for row in report.diagnostics:
        yield {
            "level": "note" if row.path in read else "warning",
            "descriptor": {"id": row.rule},
            "message": {"text": one_line(row.message) or row.rule},
            "locations": [{"physicalLocation": _place(row, report)}],
        }
    if left_out:
        text = f"{grouped(left_out)} conflicts are left out; these are the {grouped(RESULTS)} gravest"
        yield {"level": "warning", "descriptor": {"id": "NS011"}, "message": {"text": text}}


def _place(row: Diagnostic, report: Report) -> Mapping[str, object]:
    return physical_location(row.path, report, {"startLine": row.line} if row.line > 0 else None)
