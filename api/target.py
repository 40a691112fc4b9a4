"""From the paths on the command line to the documents to read and the part of them to report on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .configuration import Configuration, configuration_for, configured_by, nearest_root
from .misuse import CannotRun


@dataclass(frozen=True, slots=True)
class Target:
    """What one command reads, and what of it the user asked about."""

    paths: tuple[Path, ...]
    """Folders and files to read."""
    focus: tuple[Path, ...]
    """Files and folders that a reported conflict must touch; empty for everything."""
    configuration: Configuration


def target_of(given: Sequence[str], only_these: bool = False) -> Target:
    """Folders are read as they are; a file is read with the set it belongs to, unless ``only_these``.

    The set is the nearest folder at or above the files that has a configuration or is a git working tree, else the
    files' common folder.  Without any path it is the set that the working folder belongs to.

    Raises:
        CannotRun: naming every path that does not exist, or every mistake in the configuration.
    """
    _must_exist(given)
    paths = [_settled(Path(path)) for path in given]
    if not paths:
        return _whole_set(Path.cwd().resolve(), ())
    if only_these or all(path.is_dir() for path in paths):
        return Target(tuple(paths), (), configuration_for(_common(paths)))
    return _whole_set(_common(paths), tuple(paths))


def touches(path: str, root: Path, focus: Sequence[Path]) -> bool:
    """Whether a document, named relative to ``root``, is one of the files or lies in one of the folders.

    >>> touches("a/b.md", Path("/r"), [Path("/r/a")]), touches("ab.md", Path("/r"), [Path("/r/a")])
    (True, False)
    """
    full = Path(os.path.normpath(root / path))
    return any(full.is_relative_to(os.path.normpath(some)) for some in focus)


def _whole_set(start: Path, focus: tuple[Path, ...]) -> Target:
    root = nearest_root(start) or start
    configuration = configuration_for(root)
    own = configured_by(root) is not None
    return Target(configuration.roots if own and configuration.roots else (root,), focus, configuration)


def _settled(path: Path) -> Path:
    """An absolute path whose folders are no links; a file keeps the name it was given by."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _common(paths: Sequence[Path]) -> Path:
    folders = [os.path.normpath(path if path.is_dir() else path.parent) for path in paths]
    return Path(os.path.commonpath(folders))


def _must_exist(given: Sequence[str]) -> None:
    missing = [path for path in given if not Path(path).exists()]
    if missing:
        raise CannotRun([f"{path}: no such file or folder; check the spelling" for path in missing])
