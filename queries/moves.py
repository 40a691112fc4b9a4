"""Where the documents went that a set cites and no longer has, as its git history and its working tree tell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ..ingest.files import SIZE_CAP
from ..ingest.git import GitError, Repository, repository
from ..ingest.renames import renames
from .linkage import Linkage


def moves(linkage: Linkage, root: Path) -> Mapping[str, str]:
    """Paths that are gone to what they became, seen from ``root``; empty when nothing is missed or there is no git.

    What was renamed since the last commit goes before what commits renamed.
    """
    if not any(c.reference.kind in {"link", "path"} and not c.resolution.path for c in linkage.citations):
        return {}
    try:
        found = repository(root)
        folder = root.resolve().relative_to(found.top.resolve()).as_posix()
        latest = _uncommitted(linkage, found, folder)
    except (GitError, ValueError):
        return {}
    known = {_below(folder, old): _below(folder, new) for old, new in found.renamed().items()}
    return {old: latest.get(new, new) for old, new in known.items()} | dict(latest)


def _uncommitted(linkage: Linkage, found: Repository, folder: str) -> Mapping[str, str]:
    files = {_below(folder, path): blob for path, blob in found.files(found.commit("HEAD")).items()}
    endings = {PurePosixPath(path).suffix for path in linkage.texts}
    missing = {
        path: blob.oid
        for path, blob in files.items()
        if path not in linkage.texts and not path.startswith("../") and PurePosixPath(path).suffix in endings
    }
    new = {path: text for path, text in linkage.texts.items() if path not in files}
    if not new:
        return {}
    with found.blobs() as blobs:
        gone = {path: blobs.read(oid, SIZE_CAP).decode("utf-8", "replace") for path, oid in missing.items()}
    return renames(gone, new)


def _below(folder: str, path: str) -> str:
    """A path below the top of a repository as seen from a folder below it.

    >>> _below("docs", "docs/a.md"), _below("docs", "b.md"), _below(".", "c.md")
    ('a.md', '../b.md', 'c.md')
    """
    return Path(os.path.relpath(path, folder)).as_posix()
