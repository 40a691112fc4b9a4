"""The small files of a store: its manifest, its lock and the blobs that are named by their content.

A store is a folder: ``manifest.json``, ``lock``, ``blobs/`` and one ``graph-<hash>/`` of Oxigraph.  The manifest names
the graph folder and every blob, and is swapped in last, so a store is always the old state or the new one.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, cast

from .model import Diagnostic

SCHEMA: Final = 1
NAME: Final = "manifest.json"
LOCK: Final = "lock"
BLOBS: Final = "blobs"


class StoreError(Exception):
    """A store that cannot be opened or written; ``path`` is its folder, ``reason`` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a store holds of one document: names of blobs."""

    bytes: str
    """BLAKE2b-128 of the document's bytes."""
    reading: str
    """BLAKE2b-128 of its encoded reading."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of a store."""

    schema: int
    tool: str
    """Version of naysay that wrote it."""
    source: str
    """Name of the set of documents, part of every IRI."""
    graph: str
    """Folder of the graph, named by a hash of what is in it."""
    derived: str
    """Hash of the derived statements."""
    documents: Mapping[str, Entry]
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    """Texts that a later command needs to say the same again, such as the declared vocabulary."""
    diagnostics: tuple[Diagnostic, ...] = ()

    def blobs(self) -> frozenset[str]:
        """The names of all blobs that this state needs."""
        return frozenset(name for entry in self.documents.values() for name in (entry.bytes, entry.reading))


def digest_of(data: bytes) -> str:
    """The name of a blob.

    >>> digest_of(b"")
    'cae66941d9efbd404e4d88758ea67670'
    """
    return blake2b(data, digest_size=16).hexdigest()


def read_manifest(store: Path) -> Manifest | None:
    """The state of a store, None where there is none; StoreError for one that this version cannot read."""
    import msgspec

    try:
        values: Any = json.loads((store / NAME).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(store, f"{NAME} cannot be read: {error}") from error
    if not isinstance(values, dict) or cast("dict[str, object]", values).get("schema") != SCHEMA:
        raise StoreError(store, "written by another version; remove the folder and ingest again")
    try:
        return msgspec.convert(values, Manifest)
    except msgspec.ValidationError as error:
        raise StoreError(store, f"{NAME} is damaged: {error}; remove the folder and ingest again") from error


def write_manifest(store: Path, manifest: Manifest) -> None:
    """Make a state the store's state: written beside, synced, renamed, the folder synced."""
    text = json.dumps(asdict(manifest), sort_keys=True, indent=0, separators=(",", ":"))
    beside = store / f"{NAME}.part"
    with beside.open("wb") as file:
        file.write(text.encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(store / NAME)
    sync_folder(store)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where the system can say so."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_blob(store: Path, data: bytes) -> str:
    """Keep some bytes under the name of their content, which is returned; a blob that is there is left alone."""
    name = digest_of(data)
    place = _blob(store, name)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".part")
        beside.write_bytes(data)
        beside.replace(place)
    return name


def read_blob(store: Path, name: str) -> bytes:
    """The bytes of that name; StoreError when they are gone or are not what they were."""
    try:
        data = _blob(store, name).read_bytes()
    except OSError as error:
        raise StoreError(store, f"blob {name} cannot be read: {error.strerror}") from error
    if digest_of(data) != name:
        raise StoreError(store, f"blob {name} is damaged; remove the folder and ingest again")
    return data


def remove_blobs(store: Path, needed: frozenset[str]) -> None:
    """Remove the blobs that are not needed and those whose writing was cut short."""
    for place in sorted((store / BLOBS).glob("??/*")):
        if place.name not in needed:
            place.unlink()


@contextmanager
def locked(store: Path) -> Generator[None]:
    """Hold the store for writing; StoreError when another process holds it.  A killed process holds nothing."""
    handle = os.open(store / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise StoreError(store, "another process is writing to it") from error
        yield
    finally:
        os.close(handle)


def _blob(store: Path, name: str) -> Path:
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise StoreError(store, f"not the name of a blob: {name!r}")
    return store / BLOBS / name[:2] / name


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
