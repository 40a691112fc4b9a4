"""What became of a set since a revision, as text: the counts, what moved, and how claims changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...graph.model import Claim, Conflict
from ...queries.claim_changes import ClaimChange, counts_of
from .finding import Report, Since
from .paint import paint
from .plain import Look, clip, one_line, place
from .wording import counted, grouped, headline, saying

_MODALITIES = {"obligation": "must", "recommendation": "should", "permission": "may", "fact": "is", "plan": "will"}


def render(report: Report, since: Since, look: Look) -> Iterator[str]:
    """The lines below a report of what is new."""
    yield from _listed(report, since, look)
    yield paint(one_line(_conflicts(report, since), look.ascii), "strong", look)
    claims = ", ".join(f"{grouped(n)} {kind}" for kind, n in counts_of(since.claims).items() if n)
    changed = counted(since.documents, "document") + " changed" if since.documents else "no document changed"
    yield f"{changed}{look.glyphs.dot.join('  ')}claims: {claims or 'as they were'}"
    if since.effects:
        yield from _effects(since, look)


def _conflicts(report: Report, since: Since) -> str:
    """What became of the conflicts, in one line."""
    news = [report.mark(row).novelty for row in report.conflicts]
    numbers = {
        "new": news.count("new"),
        "with a new side": news.count("new side"),
        "closed": len(report.closed),
        "moved": len(since.moved),
        "known": len(since.known),
    }
    told = ", ".join(f"{grouped(n)} {name}" for name, n in numbers.items() if n or name in {"new", "closed"})
    name = since.name if since.commit.startswith(since.name) else f"{since.name} ({since.commit[:12]})"
    return f"Since {name}: {told}"


def _effects(since: Since, look: Look) -> Iterator[str]:
    number = counted(len(since.effects), "conflict")
    more = "" if since.list_effects else " (--lexicon-effects)"
    yield f"note: {number} between documents that did not change, as names and references around them did{more}"
    if since.list_effects:
        yield from (_row(row, look) for row in since.effects)


def _listed(report: Report, since: Since, look: Look) -> Iterator[str]:
    """What is listed only when it is asked for."""
    if not since.list_claims:
        return
    for row in since.moved:
        yield f"moved: {_row(row, look).strip()}"
    for change in since.claims:
        yield from _claim(change, since, report, look)
    yield ""


def _row(row: Conflict, look: Look) -> str:
    places = ", ".join(f"{place(side.path, look.ascii)}:{side.span.line}" for side in row.sides[:2])
    return clip(one_line(f"  {row.rule} {headline(row, 300)} ({places}) [{row.id}]", look.ascii), look.width)


def _claim(change: ClaimChange, since: Since, report: Report, look: Look) -> Iterator[str]:
    """One change of a claim: where it stands, what it holds, and what it was."""
    claim = change.now or change.before
    assert claim is not None
    sources = report.sources if change.now else since.sources
    quote = one_line(sources.quote(claim.path, claim.span), look.ascii)
    where = f"{place(claim.path, look.ascii)}:{claim.span.line}"
    yield clip(f"{change.kind}: {where}: {quote}", look.width, look.glyphs.dots)
    if change.before and change.now:
        yield clip(f"  {'; '.join(_differences(change.before, change.now))}", look.width, look.glyphs.dots)


def _differences(before: Claim, now: Claim) -> Iterator[str]:
    """What is not as it was, each as "before, now"."""
    if before.modality != now.modality:
        yield f"{_MODALITIES[before.modality]} before, {_MODALITIES[now.modality]} now"
    for limits in _pairs(before, now):
        yield one_line(f"{limits[0] or 'everywhere'} before, {limits[1] or 'everywhere'} now")
    if (before.polarity, before.object) != (now.polarity, now.object):
        yield one_line(f"before: {before.subject} {saying(before)}; now: {now.subject} {saying(now)}")


def _pairs(before: Claim, now: Claim) -> Iterable[tuple[str, str]]:
    told = [", ".join([*sorted(f"{t.dimension}={t.value}" for t in c.scope), c.condition][:4]) for c in (before, now)]
    return [(told[0].strip(", "), told[1].strip(", "))] if told[0] != told[1] else []
