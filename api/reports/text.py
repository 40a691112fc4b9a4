"""The ``text`` report: conflicts with both sides, then the figures; over fifty, the ten best and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...graph.model import Conflict
from .finding import SEVERITIES, Report
from .paint import paint
from .plain import Look, clip, columns, one_line
from .two_sided import block
from .wording import counted, grouped

MANY = 50
"""More conflicts than this are summed up unless all are asked for."""
BEST = 10


def render(report: Report, look: Look, everything: bool = False, statistics: bool = False) -> Iterator[str]:
    """Lines without their line ends; ``statistics`` gives the table alone."""
    summed = statistics or (len(report.conflicts) > MANY and not everything)
    shown = () if statistics else report.conflicts[:BEST] if summed else report.conflicts
    for conflict in shown:
        yield from block(conflict, report.sources, look)
        yield ""
    if summed and report.conflicts:
        yield from table(report.conflicts)
        yield ""
    if summed and not statistics:
        yield from _go_on(report, len(shown))
        yield ""
    yield summary(report, look)


def table(conflicts: tuple[Conflict, ...]) -> Iterator[str]:
    """Conflicts by rule and severity, the most frequent gravest first."""
    counts = Counter((conflict.rule, conflict.type, conflict.severity) for conflict in conflicts)
    kinds = sorted({(rule, kind) for rule, kind, _ in counts})
    rows = [(rule, kind, [counts[rule, kind, level] for level in SEVERITIES]) for rule, kind in kinds]
    rows.sort(key=lambda row: ([-number for number in row[2]], row[0]))
    wide = max(columns(_cell(kind)) for _, kind, _ in rows)
    yield f"{'rule':<12} {'type':<{wide}}" + "".join(f"  {level + 's':>8}" for level in SEVERITIES)
    for rule, kind, numbers in rows:
        name = _cell(kind) + " " * (wide - columns(_cell(kind)))
        yield f"{clip(one_line(rule), 12):<12} {name}" + "".join(f"  {grouped(number):>8}" for number in numbers)


def _cell(kind: str) -> str:
    return clip(one_line(kind), 50)


def summary(report: Report, look: Look) -> str:
    """The last line: what was found, in how much text, and what is not shown."""
    number = len(report.conflicts)
    kinds = ", ".join(counted(report.count(level), level) for level in SEVERITIES if report.count(level))
    found = f"Found {counted(number, 'conflict')}" + (f" ({kinds})" if kinds else "") if number else "Found no conflict"
    text = f"{found} in {counted(report.documents, 'document')}, {counted(report.claims, 'claim')}"
    dot = f" {look.glyphs.dot} "
    if report.hidden:
        text += f"{dot}{grouped(report.hidden)} less sure or less grave not shown (--all)"
    if report.skipped:
        text += f"{dot}{counted(report.skipped, 'file')} skipped (--verbose)"
    return paint(text, "strong", look)


def _go_on(report: Report, shown: int) -> Iterator[str]:
    """The commands that show the rest."""
    best = report.conflicts[0]
    commands = {
        "naysay check DIR --all": "every conflict",
        f"naysay check DIR --select {best.rule} --all": "those of one rule",
        "naysay check DIR --format jsonl": "one conflict a line",
        f"naysay explain {best.id} DIR": "one conflict in full",
    }
    yield f"Shown: the {shown} best of {grouped(len(report.conflicts))}. Go on, with what was given for DIR, by"
    wide = max(map(len, commands))
    for command, purpose in commands.items():
        yield f"  {command:<{wide}}  {purpose}"
