"""``naysay cache``: the folder of derived data that makes the next run short."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from ...ingest.cache import LIMIT, Cache
from ..caching import OFF, cache_folder
from ..misuse import CannotRun
from . import options
from .listing import write_object

Action = Annotated[
    Literal["show", "trim", "clear"],
    typer.Argument(help="Say how large it is; remove what was used longest ago; remove everything."),
]
MaxSize = Annotated[str, typer.Option("--max-size", metavar="SIZE", help="What trim leaves, as in 200MB or 1GB.")]
_SIZE = re.compile(r"(\d+)\s*([KMG]?)B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}


def cache(
    action: Action = "show",
    folder: options.Cache = "",
    max_size: MaxSize = "",
    format_name: options.Format = "text",
) -> None:
    """Show, trim or clear the folder of what earlier runs have read.

    Everything in it can be derived again: removing it costs time and nothing else.
    """
    place = cache_folder(folder)
    if place is None:
        raise CannotRun([f"--cache {OFF}: there is no folder to {action}; name one, or leave the option out"])
    kept = Cache(place)
    if max_size and action != "trim":
        raise CannotRun([f"--max-size {max_size}: only trim takes a size; `naysay cache trim --max-size {max_size}`"])
    removed = _emptied(kept) if action == "clear" else kept.trim(_bytes(max_size)) if action == "trim" else 0
    found = list(kept.entries())
    size = sum(entry.size for entry in found)
    content: dict[str, object] = {"folder": str(place), "entries": len(found), "bytes": size, "removed_bytes": removed}
    write_object(format_name, content, lambda: iter([_told(place, len(found), size, removed)]))


def _emptied(kept: Cache) -> int:
    size = sum(entry.size for entry in kept.entries())
    kept.clear()
    return size


def _told(place: Path, entries: int, size: int, removed: int) -> str:
    gone = f", {_readable(removed)} removed" if removed else ""
    return f"{place}: {entries} entries, {_readable(size)}{gone}"


def _bytes(text: str) -> int:
    """Bytes of a size such as 200MB; raises CannotRun for anything else.

    >>> _bytes("1GB"), _bytes("20 kb"), _bytes("") == LIMIT
    (1000000000, 20000, True)
    """
    found = _SIZE.fullmatch(text.strip())
    if text and not found:
        raise CannotRun([f"--max-size {text}: not a size; write it as 200MB or 1GB"])
    return int(found[1]) * _UNITS[found[2].upper()] if found else LIMIT


def _readable(size: int) -> str:
    """A size in a unit that keeps it short.

    >>> _readable(8_400_000), _readable(12)
    ('8.4 MB', '12 B')
    """
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} B"
