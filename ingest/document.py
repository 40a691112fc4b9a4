"""What a document is and says about itself: number, title, status, standing, owners, date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..graph.model import Document, Standing
from .banners import Banner, banner_reach, opens_with_standing
from .front_matter import Entry
from .opening import Labelled, labelled
from .page import Page

__all__ = ["Banner", "banner_reach", "describe", "identity"]

_DATED = re.compile(r"\d{4}[-_.](?:0\d|1[0-2])(?:[-_.]|$)|\d{8}(?:\D|$)")
_NUMBER = re.compile(r"(?P<number>\d{1,5}[a-z]?(?:-\d{1,2}(?=[-_.]\D|$))?)(?=[-_. ]|$)")
_SERIES = re.compile(r"(?P<series>[A-Za-z]{1,8})[-_ ]?(?P<number>\d{1,5}[a-z]?)(?=[-_. ]|$)")
_SERIES_WORDS = frozenset({"adr", "rfc", "dr", "kep", "pep", "tep", "prd", "frd", "sop", "std"})
_FAMILY = re.compile(r"[-_.](v\d+)(?=[-_.]|$)", re.IGNORECASE)
_STATUS_LABELS = frozenset({"status", "document status", "doc status", "backlog status", "state", "lifecycle"})
_OWNER_KEYS = frozenset(
    {"owner", "owners", "author", "authors", "maintainer", "maintainers", "owning team", "team", "dri"}
)
_DATE_KEYS = frozenset(
    {"date", "created", "updated", "modified", "reviewed", "last updated", "last update", "last reviewed",
     "last modified", "last revised", "revised", "update", "status update", "decided", "decision date",
     "published", "last verified"}
)  # fmt: skip
_ISO = re.compile(r"(?<![\d-])(\d{4})[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?(?![\d-])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WORDED = re.compile(
    r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\s+)?"
    + _MONTH
    + r"(?:\s+(?P<after>\d{1,2})(?:st|nd|rd|th)?,?)?\s+(?P<year>\d{4})\b",
    re.IGNORECASE,
)


class _Status(NamedTuple):
    text: str = ""
    line: int = 0


def describe(path: str, digest: str, page: Page, entries: Sequence[Entry]) -> Document:
    """The document at ``path``: its identity from the file name, the rest from what its opening states."""
    number, family = identity(path)
    labels = tuple(labelled(page))
    status = _status(entries, labels)
    standing, standing_line = _standing(page, entries, status)
    return Document(
        path=path,
        digest=digest,
        title=_title(path, page, entries),
        number=number,
        family=family,
        status=status.text,
        status_line=status.line,
        standing=standing,
        standing_line=standing_line,
        owners=_owners(entries, labels),
        date=_date(entries, labels),
        headings=page.headings,
        lines=page.lines,
        content_lines=_content_lines(page),
    )


def identity(path: str) -> tuple[str, str]:
    """Number and family of a file name; a date is no number.

    >>> identity("a/12-lamp-v2.md"), identity("adr/ADR-0007-use-x.md"), identity("2026-01-05-retro.md")
    (('12', 'v2'), ('ADR-0007', ''), ('', ''))
    """
    stem = _stem(path)
    family = _FAMILY.search(stem)
    return _number(stem), family[1].lower() if family else ""


def _number(stem: str) -> str:
    if _DATED.match(stem):
        return ""
    plain, series = _NUMBER.match(stem), _SERIES.match(stem)
    if plain:
        return plain["number"]
    if series and (series["series"].lower() in _SERIES_WORDS or len(series["number"]) > 2):
        return f"{series['series'].upper()}-{series['number']}"
    return ""


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _front(entries: Iterable[Entry], keys: Iterable[str]) -> Iterator[Entry]:
    """The entries with one of the keys, at the top or one level under it; ``-`` and ``_`` are spaces."""
    wanted = frozenset(keys)
    for entry in entries:
        leaf = re.sub(r"[-_]", " ", entry.key.rpartition(".")[2]).lower()
        if leaf in wanted and entry.key.count(".") < 2 and entry.value.strip():
            yield entry


def _title(path: str, page: Page, entries: Sequence[Entry]) -> str:
    stated = next(_front((entry for entry in entries if "." not in entry.key), ("title",)), None)
    if stated:
        return stated.value.strip()
    first = next((heading.title for heading in page.headings if heading.level == 1 and heading.title.strip()), "")
    return first.strip() or _stem(path)


def _status(entries: Sequence[Entry], labels: Sequence[Labelled]) -> _Status:
    for entry in _front(entries, ("status", "state", "lifecycle")):
        return _Status(_short(entry.value), entry.line)
    for label in labels:
        if label.label in _STATUS_LABELS and re.search(r"[A-Za-z]{4}", label.value) and not label.value.endswith(":"):
            return _Status(_short(label.value), label.line)
    for label in labels:
        if label.label in ("update", "status update") and opens_with_standing(label.value):
            return _Status(_short(label.value), label.line)
    return _Status()


def _short(text: str) -> str:
    """The status without decoration, cut after its first sentence.

    >>> _short("**Draft**. To be reviewed")
    'draft'
    """
    plain = " ".join(re.sub(r"[*_`]+", "", text).split())
    return re.split(r"(?<=[\w)])\.(?:\s|$)|;\s(?![^(]*\))|\s\|\s", plain, maxsplit=1)[0][:120].strip().lower()


def _standing(page: Page, entries: Sequence[Entry], status: _Status) -> tuple[Standing, int]:
    """What the status or a banner makes of the whole document, and on which line.

    A named successor counts when no status objects.
    """
    stated = opens_with_standing(status.text)
    if stated:
        return stated, status.line
    for banner in banner_reach(page):
        if banner.scope == "document":
            return banner.standing, banner.line
    successor = next(_front(entries, ("superseded by", "replaced by", "supersededby", "replacedby")), None)
    return ("superseded", successor.line) if successor and not status.text else ("live", 0)


def _owners(entries: Sequence[Entry], labels: Sequence[Labelled]) -> tuple[str, ...]:
    stated = [entry.value for entry in _front(entries, _OWNER_KEYS)]
    stated = stated or [label.value for label in labels if label.label in _OWNER_KEYS]
    names = (part.strip(" *_`@.") for value in stated for part in re.split(r"[,;&]|\s/\s|\band\b", value))
    return tuple(dict.fromkeys(name for name in names if name))


def _date(entries: Sequence[Entry], labels: Sequence[Labelled]) -> str:
    texts = [entry.value for entry in _front(entries, _DATE_KEYS)]
    for label in labels:
        if label.label in _DATE_KEYS:
            texts.append(label.note or label.value)
        elif label.label == "status":
            texts.append(f"{label.note} {label.value[:80]}")
    return max((date for text in texts for date in dates(text)), default="")


def dates(text: str) -> Iterator[str]:
    """The dates in a text in ISO 8601, to the precision they are written with.

    >>> list(dates("2026-01; Nov 6, 2025")), list(dates("6 March 2026"))
    (['2026-01', '2025-11-06'], ['2026-03-06'])
    """
    for match in _ISO.finditer(text):
        yield "-".join(part for part in match.groups() if part)
    for match in _WORDED.finditer(text):
        month = _MONTHS.index(match["month"].lower()) + 1
        day = match["before"] or match["after"]
        yield f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day and 0 < int(day) < 32 else "")


def _content_lines(page: Page) -> int:
    """Non-blank lines outside front matter and fence markers, from what the page lists."""
    spans = (span for passage in page.passages for span in passage.segments)
    lines = {line for span in spans for line in range(span.line, span.end_line + 1)}
    for fence in page.fences:
        lines.update(fence.line + index for index, text in enumerate(fence.text.split("\n")) if text.strip())
    for construct in page.constructs:
        if construct.kind not in ("fence-marker", "front-matter"):
            lines.update(range(construct.line, construct.end_line + 1))
    return len(lines)
