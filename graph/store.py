"""Stores of the graph: in memory, and on disk with the bytes that were read and the readings made of them.

On disk every state is a folder of its own that nothing changes afterwards: a new one starts as a checkpoint of the old
(hard links), is brought up to date and only then named by the manifest.  A reader keeps the state that it opened.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, NamedTuple, cast

from pyoxigraph import RdfFormat, Store

from . import iris
from .codec import CodecError, dumps, loads
from .encode import document_quads
from .manifest import (
    LOCK,
    SCHEMA,
    Entry,
    Manifest,
    StoreError,
    digest_of,
    locked,
    read_blob,
    read_manifest,
    remove_blobs,
    sync_folder,
    write_blob,
    write_manifest,
)
from .model import Diagnostic, Reading
from .nquads import LineReader

GRAPH_PREFIX: Final = "graph-"
REBUILD_SHARE: Final = 0.5
"""Share of changed documents from which a bulk load of everything is cheaper than updates."""


class Source(NamedTuple):
    """A document as it was read: what was understood and the bytes it was understood from."""

    reading: Reading
    data: bytes


class Changes(NamedTuple):
    """Paths that a write found new, different, gone or as they were; each sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


class Context(NamedTuple):
    """What a store keeps beside documents and statements."""

    tool: str
    """Version of naysay."""
    source: str = iris.DEFAULT_SOURCE
    facts: Mapping[str, str] = MappingProxyType({})
    """Texts that a later command needs to say the same again, such as the declared vocabulary."""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredCorpus:
    """One state of a store, opened read-only; it stays what it is while another process writes the next."""

    path: Path
    manifest: Manifest
    graph: Store = field(repr=False)

    def paths(self) -> tuple[str, ...]:
        """The paths of the documents, sorted."""
        return tuple(sorted(self.manifest.documents))

    def readings(self) -> Iterator[Reading]:
        """The readings in the order of their paths; raises StoreError for damaged ones."""
        return map(self.reading, self.paths())

    def reading(self, path: str) -> Reading:
        """The reading of one document; raises KeyError for a path that is not in the store."""
        try:
            return loads(read_blob(self.path, self.manifest.documents[path].reading))
        except CodecError as error:
            raise StoreError(self.path, f"the reading of {path} is of another version; ingest again") from error

    def data(self, path: str) -> bytes:
        """The bytes of one document as they were read; raises KeyError for a path that is not in the store."""
        return read_blob(self.path, self.manifest.documents[path].bytes)


def open_memory(nquads: Iterable[bytes | str]) -> Store:
    """A store in memory with the statements of lines that ``graph.encode`` made; line ends are optional."""
    store = Store()
    _load(store, nquads)
    return store


def dump(store: Store) -> Iterator[bytes]:
    """The statements of a store as canonical N-Quads, one sorted line after the other, each with its line end."""
    lines = store.dump(format=RdfFormat.N_QUADS) or b""
    return iter(sorted(lines.splitlines(keepends=True)))


def open_store(path: Path) -> StoredCorpus:
    """The present state of the store in a folder; raises StoreError when there is none or it is damaged."""
    manifest = read_manifest(path)
    if manifest is None:
        raise StoreError(path, "no store here; naysay ingest makes one")
    try:
        return StoredCorpus(path, manifest, Store.read_only(str(path / manifest.graph)))
    except (OSError, ValueError) as error:
        raise StoreError(path, f"the graph is damaged ({error}); remove the folder and ingest again") from error


def write_store(path: Path, sources: Sequence[Source], derived: Iterable[str], context: Context) -> Changes:
    """Make the store in a folder hold just these documents and derived statements.

    Documents whose bytes and reading are as before are left alone, and nothing at all is written when all are.
    Raises StoreError when the folder is something else, is of another version or is being written to.
    """
    _claim_folder(path)
    with locked(path):
        old = read_manifest(path)
        encoded = {one.reading.document.path: dumps(one.reading) for one in sources}
        lines = sorted(derived)
        new = _next_manifest(sources, encoded, lines, context)
        changes = _compare(old, new)
        if new != old:
            pairs = [(one, encoded[one.reading.document.path]) for one in sources]
            _replace_state(path, old, new, pairs, lines, changes)
        return changes


def _claim_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        names = {entry.name for entry in os.scandir(path)}
    except OSError as error:
        raise StoreError(path, error.strerror or str(error)) from error
    if names and LOCK not in names:
        raise StoreError(path, "the folder is not empty and is no store")


def _next_manifest(
    sources: Sequence[Source], encoded: Mapping[str, bytes], derived: Iterable[str], context: Context
) -> Manifest:
    entries = {
        one.reading.document.path: Entry(digest_of(one.data), digest_of(encoded[one.reading.document.path]))
        for one in sources
    }
    documents = dict(sorted(entries.items()))
    derived_hash = _hash_lines(derived)
    parts = (f"{path}\x1f{entry.bytes}\x1f{entry.reading}" for path, entry in documents.items())
    graph = GRAPH_PREFIX + _hash_lines((context.source, derived_hash, *parts))[:16]
    facts = dict(sorted(context.facts.items()))
    diagnostics = tuple(context.diagnostics)
    return Manifest(SCHEMA, context.tool, context.source, graph, derived_hash, documents, facts, diagnostics)


def _compare(old: Manifest | None, new: Manifest) -> Changes:
    before: Mapping[str, Entry] = old.documents if old and old.source == new.source else {}
    common = sorted(before.keys() & new.documents.keys())
    return Changes(
        added=tuple(sorted(new.documents.keys() - before.keys())),
        changed=tuple(path for path in common if before[path] != new.documents[path]),
        removed=tuple(sorted(before.keys() - new.documents.keys())),
        unchanged=tuple(path for path in common if before[path] == new.documents[path]),
    )


def _replace_state(
    path: Path,
    old: Manifest | None,
    new: Manifest,
    sources: Sequence[tuple[Source, bytes]],
    derived: Sequence[str],
    changes: Changes,
) -> None:
    _remove_leftovers(path, old)
    for source, encoded in sources:
        if source.reading.document.path not in changes.unchanged:
            write_blob(path, source.data)
            write_blob(path, encoded)
    if old is None or old.graph != new.graph:
        _build_graph(path, old, new, [source.reading for source, _ in sources], derived, changes)
    write_manifest(path, new)


def _remove_leftovers(path: Path, old: Manifest | None) -> None:
    """Remove what neither the present state nor a reader of it needs: the state before it, or one cut short."""
    remove_blobs(path, old.blobs() if old else frozenset())
    for folder in sorted(path.glob(f"{GRAPH_PREFIX}*")):
        if old is None or folder.name != old.graph:
            shutil.rmtree(folder)


def _build_graph(
    path: Path,
    old: Manifest | None,
    new: Manifest,
    readings: Sequence[Reading],
    derived: Sequence[str],
    changes: Changes,
) -> None:
    part = path / f"{new.graph}.part"
    touched = {*changes.added, *changes.changed}
    few = len(touched) + len(changes.removed) <= REBUILD_SHARE * len(readings)
    if not (old and few and old.source == new.source and _checkpoint(path / old.graph, part)):
        store = Store(str(part))
        _load(store, _all_lines(readings, derived, new.source))
    else:
        store = Store(str(part))
        _update_documents(store, [one for one in readings if one.document.path in touched], changes.removed, new.source)
        if old.derived != new.derived:
            _update_derived(store, derived, new.source)
    store.flush()
    del store
    part.rename(path / new.graph)
    sync_folder(path)


def _checkpoint(graph: Path, part: Path) -> bool:
    """Whether a copy of the graph could be made; a damaged one is built anew instead."""
    try:
        Store.read_only(str(graph)).backup(str(part))
    except (OSError, ValueError, RuntimeError):
        shutil.rmtree(part, ignore_errors=True)
        return False
    return True


def _update_documents(store: Store, readings: Iterable[Reading], removed: Iterable[str], source: str) -> None:
    for reading in readings:
        graph = iris.document_iri(reading.document.path, source)
        store.update(replacement([graph], document_quads(reading, source)))
    for path in removed:
        store.update(replacement([iris.document_iri(path, source)], ()))


def _update_derived(store: Store, lines: Iterable[str], source: str) -> None:
    store.update(replacement([iris.graph_iri(name, source) for name in iris.DERIVED_GRAPHS], lines))


def replacement(graphs: Sequence[str], lines: Iterable[str]) -> str:
    """One SPARQL update that empties some graphs and fills them with N-Quads lines that name one of them.

    >>> replacement(["urn:g"], ['<urn:a> <urn:b> "c" <urn:g> .'])
    'DROP SILENT GRAPH <urn:g>; INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> "c" . } }'
    """
    drops = "; ".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs)
    rows: dict[str, list[str]] = {graph: [] for graph in graphs}
    for line in lines:
        statement, _, tail = line.rpartition(" <")
        rows[tail.removesuffix("> .")].append(f"{statement} .")
    blocks = " ".join(f"GRAPH <{graph}> {{ {' '.join(found)} }}" for graph, found in rows.items() if found)
    return f"{drops}; INSERT DATA {{ {blocks} }}" if blocks else drops


def _all_lines(readings: Iterable[Reading], derived: Iterable[str], source: str) -> Iterator[str]:
    for reading in readings:
        yield from document_quads(reading, source)
    yield from derived


def _load(store: Store, lines: Iterable[bytes | str]) -> None:
    # Lenient skips the check of IRIs, a third of the time: iris makes them and percent-encodes every other character.
    store.bulk_load(input=cast("IO[bytes]", LineReader(lines)), format=RdfFormat.N_QUADS, lenient=True)


def _hash_lines(lines: Iterable[str]) -> str:
    state = blake2b(digest_size=16)
    for line in lines:
        state.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return state.hexdigest()
