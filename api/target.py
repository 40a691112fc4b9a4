"""From the paths on the command line to the documents to read and the part of them to report on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..queries.parts import Part
from .configuration import Configuration, configuration_for, configured_by, nearest_root
from .mirror import IN_PLACE, Mirror
from .misuse import CannotRun
from .toml_lines import line_of


@dataclass(frozen=True, slots=True)
class Target:
    """What one command reads, and what of it the user asked about."""

    paths: tuple[Path, ...]
    """Folders and files to read."""
    focus: tuple[Path, ...]
    """Files and folders that a reported conflict must touch; empty for everything."""
    configuration: Configuration
    parts: tuple[Part, ...] = ()
    """The sources of the configuration, when they are what is read; ``paths`` is then the folder that they hang in."""


def target_of(given: Sequence[str], only_these: bool = False, settings: Mirror = IN_PLACE) -> Target:
    """Folders are read as they are; a file is read with the set it belongs to, unless ``only_these``.

    The set is the nearest folder at or above the files that has a configuration or is a git working tree, else the
    files' common folder.  Without any path it is the set that the working folder belongs to.  ``settings`` holds the
    configuration.

    Raises:
        CannotRun: naming every path that does not exist, or every mistake in the configuration.
    """
    _must_exist(given)
    paths = [settled(Path(path)) for path in given]
    if not paths:
        return _whole_set(Path.cwd().resolve(), (), settings)
    if only_these or all(path.is_dir() for path in paths):
        configuration = configuration_for(settings.there(_common(paths)))
        return Target(tuple(paths), (), settings.seen_from_here(configuration))
    return _whole_set(_common(paths), tuple(paths), settings)


def starts_of(given: Sequence[str]) -> tuple[Path, ...]:
    """The folders of some paths, the working folder without any.  Raises CannotRun for paths that do not exist."""
    _must_exist(given)
    paths = [settled(Path(path)) for path in given] or [Path.cwd().resolve()]
    return tuple(path if path.is_dir() else path.parent for path in paths)


def touches(path: str, root: Path, focus: Sequence[Path]) -> bool:
    """Whether a document, named relative to ``root``, is one of the files or lies in one of the folders.

    >>> touches("a/b.md", Path("/r"), [Path("/r/a")]), touches("ab.md", Path("/r"), [Path("/r/a")])
    (True, False)
    """
    full = Path(os.path.normpath(root / path))
    return any(full.is_relative_to(os.path.normpath(some)) for some in focus)


def _whole_set(start: Path, focus: tuple[Path, ...], settings: Mirror) -> Target:
    place = settings.there(start)
    root = nearest_root(place) or place
    configuration = configuration_for(root)
    own = configured_by(root) is not None
    if own and configuration.sources:
        return _of_sources(settings.seen_from_here(configuration), root, focus)
    paths = configuration.roots if own and configuration.roots else (root,)
    return Target(tuple(settings.here(path) for path in paths), focus, settings.seen_from_here(configuration))


def _of_sources(configuration: Configuration, root: Path, focus: tuple[Path, ...]) -> Target:
    """The sources as one set.  Raises CannotRun for those that are not there."""
    parts = configuration.sources
    missing = [
        f"{configuration.source}:{line_of(configuration.lines, ('source', number, 'path'))}: [[source]]: there is no "
        f"folder {part.path}; clone it there, or mend the path"
        for number, part in enumerate(parts)
        if not part.path.is_dir()
    ]
    if missing:
        raise CannotRun(missing)
    return Target((root,), tuple(_in_set(path, root, parts) for path in focus), configuration, parts)


def _in_set(path: Path, root: Path, parts: Sequence[Part]) -> Path:
    """Where a file of a source stands in the set, below its name; the file itself when it is of none."""
    homes = [(part.path.resolve(), part) for part in parts if path.is_relative_to(part.path.resolve())]
    if not homes:
        return path
    home, part = max(homes, key=lambda pair: len(pair[0].parts))
    return root / part.name / path.relative_to(home)


def settled(path: Path) -> Path:
    """An absolute path whose folders are no links; a file keeps the name it was given by."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _common(paths: Sequence[Path]) -> Path:
    folders = [os.path.normpath(path if path.is_dir() else path.parent) for path in paths]
    return Path(os.path.commonpath(folders))


def _must_exist(given: Sequence[str]) -> None:
    missing = [path for path in given if not Path(path).exists()]
    if missing:
        raise CannotRun([f"{path}: no such file or folder; check the spelling" for path in missing])
