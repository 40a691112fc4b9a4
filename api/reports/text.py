"""The ``text`` report: conflicts with both sides, then the figures; over fifty, the ten best and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...graph.model import Conflict
from . import change
from .finding import SEVERITIES, Report
from .paint import paint
from .plain import Look, clip, columns, one_line, wrapped
from .two_sided import block
from .wording import counted, grouped, headline

MANY = 50
"""More conflicts than this are summed up unless all are asked for."""
BEST = 10


def render(report: Report, look: Look, everything: bool = False, statistics: bool = False) -> Iterator[str]:
    """Lines without their line ends; ``statistics`` gives the table alone."""
    listed = report.listed
    summed = statistics or (len(listed) > MANY and not everything)
    shown = () if statistics else listed[:BEST] if summed else listed
    for conflict in shown:
        target, mark = report.target(conflict), report.mark(conflict)
        yield from block(conflict, report.sources, look, target=target, mark=mark)
        yield ""
    if summed and listed:
        yield from table(listed)
        yield ""
    if summed and not statistics:
        yield from _go_on(listed, len(shown))
        yield ""
    if report.closed and not statistics:
        yield from _closed(report.closed, look)
        yield ""
    for line in wrapped(summary(report, look), look.width):
        yield paint(line, "strong", look)
    if report.since is not None:
        yield from change.render(report, report.since, look)


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
    """The last words: what was found, in how much text, and what is not shown."""
    listed = report.listed
    levels = ((level, sum(row.severity == level for row in listed)) for level in SEVERITIES)
    kinds = ", ".join(counted(number, level) for level, number in levels if number)
    news = "new " if report.compared and not report.show_known else ""
    found = f"Found {counted(len(listed), f'{news}conflict')} ({kinds})" if listed else f"Found no {news}conflict"
    text = f"{found} in {counted(report.documents, 'document')}, {counted(report.claims, 'claim')}"
    return f" {look.glyphs.dot} ".join([text, *_not_listed(report)])


def _not_listed(report: Report) -> Iterator[str]:
    """What else there is, with the option that shows it."""
    if report.compared:
        option = " (--show-known)" if report.known and not report.show_known else ""
        yield f"{grouped(len(report.known))} known{option}"
        yield f"{grouped(len(report.closed))} closed"
    if report.accepted:
        yield f"{grouped(len(report.accepted))} accepted" + ("" if report.show_accepted else " (--show-accepted)")
    if report.hidden:
        yield f"{grouped(report.hidden)} less sure or less grave not shown (--all)"
    if report.skipped:
        yield f"{counted(report.skipped, 'file')} skipped (--verbose)"


def _closed(closed: tuple[Conflict, ...], look: Look) -> Iterator[str]:
    """Those of the base that are no more: what each said, and below it where."""
    dots = look.glyphs.dots
    yield "No longer there:"
    for row in closed[:BEST]:
        start, end = f"  {clip(one_line(row.rule, look.ascii), 12, dots)} ", f" [{clip(row.id, 32, dots)}]"
        room = look.width - columns(start) - columns(end)
        yield f"{start}{clip(one_line(headline(row, room), look.ascii), room, dots)}{end}"
        places = ", ".join(f"{side.path}:{side.span.line}" for side in row.sides[:2])
        yield f"      {clip(one_line(places, look.ascii), look.width - 6, dots)}"
    if len(closed) > BEST:
        yield f"  {dots} and {grouped(len(closed) - BEST)} more"


def _go_on(listed: tuple[Conflict, ...], shown: int) -> Iterator[str]:
    """The commands that show the rest."""
    best = listed[0]
    commands = {
        "naysay check DIR --all": "every conflict",
        f"naysay check DIR --select {best.rule} --all": "those of one rule",
        "naysay check DIR --format jsonl": "one conflict a line",
        f"naysay explain {best.id} DIR": "one conflict in full",
    }
    yield f"Shown: the {shown} best of {grouped(len(listed))}. Go on, with what was given for DIR, by"
    wide = max(map(len, commands))
    for command, purpose in commands.items():
        yield f"  {command:<{wide}}  {purpose}"
