"""Where the documents of a repository lie, as far as names and the settings of other tools tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from ..ingest.files import SUFFIXES, discover, relative

NAMES: Final = frozenset(
    "adr adrs architecture backlog decisions design doc docs documentation guides handbook proposals rfc rfcs runbooks "
    "specs wiki".split()
)
"""Names of folders that hold documents, whatever their case."""
_ABOUT_THE_CODE: Final = frozenset(
    "agents authors changelog claude code_of_conduct contributing copying governance history license maintainers "
    "notice readme security support".split()
)
"""Names of files that every repository may have at its top."""
MANY: Final = 5
"""Documents at the top, others than those, from which on the whole folder is a documentation set."""
_CAP: Final = 200_000
"""Characters of another tool's settings that are looked at."""


class Found(NamedTuple):
    """A folder that holds documents."""

    folder: str
    """Relative, with forward slashes; ``.`` for the whole."""
    because: str
    documents: int


_MKDOCS: Final = (("mkdocs.yml", "mkdocs.yaml"), re.compile(r"^docs_dir:\s*[\"']?([^\"'#\n]+)", re.MULTILINE), "docs")
_BACKSTAGE: Final = (
    ("catalog-info.yaml", "catalog-info.yml"),
    re.compile(r"^\s*[\"']?backstage\.io/techdocs-ref[\"']?:\s*[\"']?dir:([^\"'#\n]+)", re.MULTILINE),
    "",
)
_MDBOOK: Final = (("book.toml",), re.compile(r"^src\s*=\s*[\"']([^\"'\n]+)", re.MULTILINE), "src")
"""(files, where they name a folder, the folder where they name none)."""


def documentation_in(folder: Path) -> tuple[Found, ...]:
    """The folders to read, none inside another, in the order of their names; none where nothing tells."""
    paths = [path for path in (relative(folder, file) for file in discover(folder)) if path.lower().endswith(SUFFIXES)]
    reasons = dict(_stated(folder))
    top = [path for path in paths if "/" not in path and PurePosixPath(path).stem.lower() not in _ABOUT_THE_CODE]
    if len(top) >= MANY:
        reasons["."] = f"{len(top)} documents at its top"
    for name in {path.partition("/")[0] for path in paths if "/" in path}:
        if name.lower() in NAMES:
            reasons.setdefault(name, "its name")
    return tuple(_outermost(reasons, paths))


def _outermost(reasons: Mapping[str, str], paths: list[str]) -> Iterator[Found]:
    taken: list[str] = []
    for place in sorted(reasons):
        count = len(paths) if place == "." else sum(path.startswith(f"{place}/") for path in paths)
        inside = any(outer == "." or place.startswith(f"{outer}/") for outer in taken)
        if count and not inside:
            taken.append(place)
            yield Found(place, reasons[place], count)


def _stated(folder: Path) -> Iterator[tuple[str, str]]:
    """(folder, reason) that the settings of other tools name; Backstage points to a folder that MkDocs describes."""
    for place, reason in _named(folder, "", *_BACKSTAGE):
        below = "" if place == "." else place
        yield from _named(folder, below, *_MKDOCS)
        yield _inside(below, "docs"), reason
        if below and not (folder / below / "docs").is_dir():
            yield below, reason
    yield from _named(folder, "", *_MKDOCS)
    yield from _named(folder, "", *_MDBOOK)


def _named(
    folder: Path, below: str, names: tuple[str, ...], pattern: re.Pattern[str], unless: str
) -> Iterator[tuple[str, str]]:
    for name in names:
        text = _text(folder / below / name)
        if text is None:
            continue
        match = pattern.search(text)
        place = _inside(below, match[1].strip() if match else unless) if match or unless else ""
        line = f":{text.count(chr(10), 0, match.start(1)) + 1}" if match else ""
        if place:
            yield place, f"{below}/{name}{line}" if below else f"{name}{line}"


def _inside(below: str, place: str) -> str:
    """A folder that settings in another name, ``.`` for the top; empty when it lies outside or cannot be written."""
    parts: list[str] = []
    for part in f"{below}/{place}".split("/"):
        if part == ".." and not parts:
            return ""
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    joined = "/".join(parts) or "."
    return joined if joined.isprintable() and not place.startswith("/") else ""


def _text(path: Path) -> str | None:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            return stream.read(_CAP) if path.is_file() else None
    except OSError:
        return None
