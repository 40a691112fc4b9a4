"""Writing the rows of a listing command in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from naysay import __version__

from ..console import emit
from ..reports.json_report import encoded
from ..reports.jsonl import encoded as encoded_line
from ..reports.records import envelope
from .options import ListingFormat


def write_rows(
    kind: ListingFormat, name: str, rows: Iterable[dict[str, object]], text: Callable[[], Iterator[str]]
) -> None:
    """Write rows as text, as one JSON object that holds them under ``name``, or one a line."""
    match kind:
        case "text":
            emit(text())
        case "json":
            emit([encoded(envelope(__version__, {name: list(rows)}))], utf8=True)
        case "jsonl":
            emit(chain(map(encoded_line, rows)), utf8=True)


def write_object(kind: ListingFormat, content: dict[str, object], text: Callable[[], Iterator[str]]) -> None:
    """Write one object as text or as JSON; ``jsonl`` is the same object on one line."""
    match kind:
        case "text":
            emit(text())
        case "json":
            emit([encoded(envelope(__version__, content))], utf8=True)
        case "jsonl":
            emit([encoded_line(envelope(__version__, content))], utf8=True)
