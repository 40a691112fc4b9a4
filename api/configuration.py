"""Reading ``naysay.toml``, ``.naysay.toml`` and ``[tool.naysay]`` of ``pyproject.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from ..graph.model import PrecedencePolicy, Severity
from ..ingest.directives import Suppression
from ..queries.parts import Part
from .misuse import CannotRun
from .setting_kinds import Fault, table_faults
from .settings import SETTINGS
from .toml_lines import Place, line_of, lines_in

FILES: Final = ("naysay.toml", ".naysay.toml", "pyproject.toml")
"""Where a configuration may stand, in the order of precedence within one folder."""
BASELINE: Final = ".naysay-baseline.json"
"""Name of the baseline beside the configuration, else at the root of the set."""
_OWN_TABLE: Final = ("tool", "naysay")


class Override(NamedTuple):
    """What is otherwise in some documents; None and nothing where it is as everywhere."""

    paths: tuple[str, ...]
    """Patterns as in ``.gitignore``, from the configuration or from the folder that is read."""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    """Rules that are ignored here as well."""
    fail_on: Severity | None = None
    fail_confidence: float | None = None
    min_level: Severity | None = None


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of one documentation set; paths are absolute."""

    source: Path | None = None
    """The file that says so, None without one."""
    roots: tuple[Path, ...] = ()
    """Folders that hold the documents; empty means the folder of the configuration."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    vocabulary: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = "error"
    fail_confidence: float = 0.8
    min_level: Severity = "note"
    precedence: PrecedencePolicy = "strict"
    allow: tuple[Suppression, ...] = ()
    """What the project lets stand; the path of each is that of ``source``."""
    overrides: tuple[Override, ...] = ()
    """In the order of the file: later ones win."""
    sources: tuple[Part, ...] = ()
    """What is read in place of ``roots``; empty for one set of one folder."""
    folder: str = ""
    """Without a file: the folder of the set as the configuration saw it when a store was made."""
    stated: Mapping[str, Any] = field(default_factory=dict[str, Any], compare=False, repr=False)
    """What ``source`` states, as it is written there."""
    lines: Mapping[Place, int] = field(default_factory=dict[Place, int], compare=False, repr=False)
    """The line in ``source`` of each setting that it states."""


def nearest_root(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that is configured or is a git working tree; None without one."""
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if configured_by(candidate) is not None or (candidate / ".git").exists():
            return candidate
    return None


def configured_by(folder: Path) -> Path | None:
    """The file that configures ``folder`` itself, None without one.

    A ``pyproject.toml`` counts only when it has a table ``[tool.naysay]``.
    """
    for name in FILES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or _has_own_table(path)):
            return path
    return None


def configuration_for(start: Path) -> Configuration:
    """The configuration in force at ``start``: the nearest one at or above it, the defaults without one.

    Raises:
        CannotRun: with every mistake in the file, each with its line.
    """
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        path = configured_by(candidate)
        if path is not None:
            return read(path)
    return Configuration()


def read(path: Path) -> Configuration:
    """The configuration that one file states.

    Raises:
        CannotRun: with every mistake in the file, each with its line.
    """
    text = _text(path)
    content = _toml(path, text)
    own = _OWN_TABLE if path.name == "pyproject.toml" else ()
    lines = {place[len(own) :]: line for place, line in lines_in(text).items() if place[: len(own)] == own}
    table = _table(content, own)
    faults = list(_faults(table, path.parent))
    if faults:
        raise CannotRun([f"{path}:{line_of(lines, fault.place or ())}: {fault.text}" for fault in faults])
    values = {key: _value(key, value, path, lines) for key, value in table.items()}
    given: dict[str, Any] = {_FIELDS.get(key, key.replace("-", "_")): value for key, value in values.items()}
    return replace(Configuration(source=path, stated=table, lines=lines), **given)


def folder_of(configuration: Configuration, root: Path) -> str:
    """The folder of a set below ``root`` as its configuration sees it, empty for the configuration's own."""
    if configuration.source is None:
        return configuration.folder
    beside = os.path.relpath(root, configuration.source.parent)
    return "" if beside == "." else Path(beside).as_posix()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CannotRun([f"{path}: the configuration cannot be read ({reason}); mend or remove the file"]) from error


def _toml(path: Path, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found.group(1) if found else str(text.rstrip().count("\n") + 1)
        raise CannotRun([f"{path}:{line}: not TOML: {error}"]) from error
    except RecursionError as error:
        raise CannotRun([f"{path}: not a configuration: values are nested too deeply"]) from error


def _has_own_table(path: Path) -> bool:
    """Whether a ``pyproject.toml`` speaks of naysay, also when it is broken."""
    text = _text(path)
    if not re.search(r"^\s*\[+\s*tool\s*\.\s*[\"']?naysay\b", text, re.MULTILINE):
        return "naysay" in text and _OWN_TABLE in _quietly(path, text)
    return True


def _quietly(path: Path, text: str) -> Mapping[Place, int]:
    """The places of a text; those of none where it is no TOML, which is another tool's matter."""
    try:
        _toml(path, text)
    except CannotRun:
        return {}
    return lines_in(text)


def _table(content: Mapping[str, Any], way: tuple[str, ...]) -> Mapping[str, Any]:
    for name in way:
        found: object = content.get(name)
        content = cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}
    return content


def _faults(table: Mapping[str, Any], folder: Path) -> Iterator[Fault]:
    """Everything that is wrong with a configuration, in the order of the file, then what does not go together."""
    yield from table_faults(SETTINGS, table, folder)
    roots, sources = table.get("roots"), table.get("source")
    if roots and sources:
        yield Fault(("roots",), '"roots" and [[source]] do not go together; name each folder as a [[source]]')
    elif isinstance(roots, list) and len(cast("list[object]", roots)) > 1:
        for number, root in enumerate(cast("list[object]", roots)):
            if isinstance(root, str) and not (folder / root).resolve().is_relative_to(folder.resolve()):
                text = f'"roots" names {root!r}, which lies outside; name each folder as a [[source]], with a name'
                yield Fault(("roots", number), text)


_FIELDS: Final = {"override": "overrides", "source": "sources"}
"""Settings that are written one by one and kept as many."""


def _value(key: str, value: Any, path: Path, lines: Mapping[Place, int]) -> object:
    match key:
        case "roots":
            return tuple(path.parent / item for item in value)
        case "vocabulary":
            return path.parent / value
        case "allow":
            return tuple(_allowed(row, path, line_of(lines, (key, n))) for n, row in enumerate(value))
        case "override":
            return tuple(map(_override, value))
        case "source":
            return tuple(_source(row, path.parent) for row in value)
        case _:
            return _plain(value)


def _plain(value: Any) -> Any:
    """A value as it is kept: lists as tuples, whole numbers as the fractions that they may be."""
    if isinstance(value, list):
        return tuple(cast("list[str]", value))
    return float(value) if isinstance(value, int) else value


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _override(row: Mapping[str, Any]) -> Override:
    given = {key.replace("-", "_"): _plain(value) for key, value in row.items() if key != "path"}
    return Override(_several(row["path"]), **given)


def _source(row: Mapping[str, Any], folder: Path) -> Part:
    return Part(
        row["name"],
        Path(os.path.normpath(folder / row["path"])),
        _plain(row.get("include", [])),
        _plain(row.get("exclude", [])),
    )


def _allowed(row: Mapping[str, Any], path: Path, line: int) -> Suppression:
    return Suppression(
        rules=_several(row.get("rule", [])),
        reason=row["reason"],
        path=str(path),
        line=line,
        where="configuration",
        owner=row.get("owner", ""),
        until=str(row.get("until", "")),
        conflict=row.get("id", ""),
        files=row.get("path", ""),
    )
