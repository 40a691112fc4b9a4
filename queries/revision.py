"""A set as it stood at a git revision, beside the set as it stands now: its claims come from git's objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import new as hasher
from pathlib import Path
from typing import NamedTuple

from ..graph.model import Diagnostic, Reading
from ..ingest.cache import Cache
from ..ingest.files import Source, selected, source_of
from ..ingest.git import Blob, BlobReader, Repository, repository
from ..ingest.git_tree import FilesOfCommit
from ..ingest.metadata import is_metadata, states_records
from ..ingest.renames import renames
from .corpus import Corpus, cap_of, readings_of
from .uncollected import uncollected


class Revision(NamedTuple):
    """A commit of the repository that holds a documentation set."""

    repository: Repository
    name: str
    """As the user calls it."""
    commit: str
    files: Mapping[str, Blob]
    """By path below the top of the working tree."""


class Selection(NamedTuple):
    """Which files of a tree belong to a set."""

    paths: tuple[Path, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignore: bool = True


@dataclass(frozen=True, slots=True)
class Base:
    """What a set is compared with."""

    corpus: Corpus
    renames: Mapping[str, str]
    """Path in the base to path now, for documents that have another one."""
    touched: frozenset[str]
    """Documents, by their path now, that were added or renamed, or whose text differs."""
    read: int = 0
    """Documents of the base that had to be read; the others are the same now."""

    def path_now(self, path: str) -> str:
        """The path now of a document of the base."""
        return self.renames.get(path, path)

    def text_before(self, path: str) -> str:
        """What the base says in the place of a document of now; empty where it has none."""
        was = next((old for old, new in self.renames.items() if new == path), path)
        return self.corpus.texts.get(was, "")


def revision(start: Path, name: str, merge_base: bool = False) -> Revision:
    """The commit that a name stands for, or the one at which HEAD left the branch of that name.

    Raises GitError where there is no repository, no such commit, or where it is not held.
    """
    found = repository(start)
    commit = found.merge_base(name) if merge_base else found.commit(name)
    return Revision(found, name, commit, found.files(commit))


@uncollected()
def base_of(now: Corpus, at: Revision, selection: Selection, *, workers: int = 0, cache: Cache | None = None) -> Base:
    """The set at a revision, by the rules that selected the set as it is now.  Raises GitError for missing objects.

    A document whose path and bytes are the same is not read again: a reading is a pure function of both.
    """
    with at.repository.blobs() as blobs:
        same, changed, faults = _sources(now, at, selection, blobs)
    readings = {r.document.path: r for r in (*same, *readings_of(changed, workers, cache))}
    texts = {path: now.texts[path] for path in (r.document.path for r in same)}
    texts |= {source.path: source.text for source in changed}
    ordered = tuple(readings[path] for path in sorted(readings))
    found = {*faults, *(d for r in ordered for d in r.diagnostics)}
    corpus = Corpus(now.root, ordered, texts, tuple(sorted(found)), now.vocabulary)
    return between(corpus, now, len(changed))


def between(before: Corpus, now: Corpus, read: int = 0) -> Base:
    """The base that one state of a set is for another."""
    gone = {path: text for path, text in before.texts.items() if path not in now.texts}
    new = {path: text for path, text in now.texts.items() if path not in before.texts}
    touched = {path for path, text in now.texts.items() if path in new or _other(text, before.texts[path])}
    return Base(before, renames(gone, new), frozenset(touched), read)


def _other(a: str, b: str) -> bool:
    """Whether two texts differ in more than their line ends."""
    return a != b and a.replace("\r\n", "\n") != b.replace("\r\n", "\n")


def _sources(
    now: Corpus, at: Revision, selection: Selection, blobs: BlobReader
) -> tuple[list[Reading], list[Source], list[Diagnostic]]:
    """The readings that still hold, the sources that have to be read, and why others cannot be."""
    read = {reading.document.path: reading for reading in now.readings}
    hashed = at.repository.object_format
    same: list[Reading] = []
    changed: list[Source] = []
    faults: list[Diagnostic] = []
    for path, oid in _selected(now, at, selection, blobs):
        known = read.get(path)
        if known and oid == _oid(now.texts[path], hashed):
            same.append(known)
            continue
        source = source_of(path, blobs.read(oid, cap_of(path)), cap_of(path))
        if isinstance(source, Diagnostic):
            faults.append(source)
        elif known and known.document.digest == source.digest:
            same.append(known)
        elif not is_metadata(path) or states_records(source.text):
            changed.append(source)
            faults.extend(source.diagnostics)
    return same, changed, faults


def _selected(now: Corpus, at: Revision, selection: Selection, blobs: BlobReader) -> Iterator[tuple[str, str]]:
    """(path below the root of the set, object id) of each file of the set at a revision."""
    top, root = at.repository.top.resolve(), Path(now.root).resolve()
    above = _below(top, root)
    everything = FilesOfCommit(at.files, "", blobs)
    found: dict[str, str] = {}
    for given in selection.paths:
        place = _below(top, given.resolve() if given.is_dir() else given.parent.resolve() / given.name)
        paths = [place]
        if given.is_dir():
            tree = FilesOfCommit(at.files, place, blobs)
            chosen = selected(tree, include=selection.include, exclude=selection.exclude, ignore=selection.ignore)
            paths = [f"{place}/{path}" if place else path for path in chosen]
        for path in paths:
            blob = at.files.get(everything.identity(path))
            if blob is not None and not blob.link:
                found[path.removeprefix(f"{above}/") if above else path] = blob.oid
    yield from sorted(found.items())


def _below(top: Path, path: Path) -> str:
    """A path below the top of the repository, "" for the top itself.

    Raises ValueError for a path elsewhere; ``check`` opens the repository at the root of the set.
    """
    place = path.relative_to(top).as_posix()
    return "" if place == "." else place


def _oid(text: str, hashed: str) -> str:
    """The id that git gives to a text in UTF-8 without a byte order mark.

    >>> _oid("hello\\n", "sha1")
    'ce013625030ba8dba906f756967f9e9ca394464a'
    """
    data = text.encode("utf-8")
    return hasher(hashed, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
