"""A documentation set, read and linked: what every question and every rule is put to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path

from ..graph.codec import CodecError, dumps, loads
from ..graph.model import Diagnostic, Document, Entity, Reading
from ..ingest.cache import Cache
from ..ingest.edition import edition
from ..ingest.entities import entities_of
from ..ingest.files import SIZE_CAP, Source, discover, read_source
from ..ingest.lexicon import Lexicon, Vocabulary, learn
from ..ingest.metadata import SIZE_CAP as METADATA_CAP
from ..ingest.metadata import is_metadata, states_records
from ..ingest.reading import read_document
from ..ingest.vocabulary import VocabularyError, parse_vocabulary, read_vocabulary
from .linkage import Linkage, link
from .parts import Part
from .uncollected import uncollected

Progress = Callable[[str, int, int], None]
"""(stage, done, total)."""

WORTH_A_POOL = 1_500_000
"""Source bytes from which a second process pays for itself."""


class Misuse(Exception):
    """The request cannot be carried out as it is put; the text says what, where and how to mend it."""


@dataclass(frozen=True)
class Corpus:
    """Everything known after reading; what is derived from it is computed when first asked for."""

    root: str
    readings: tuple[Reading, ...]
    """Sorted by path."""
    texts: Mapping[str, str] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    taught: Lexicon | None = None
    """The lexicon to judge by in place of the set's own."""

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, sorted by path."""
        return tuple(reading.document for reading in self.readings)

    @cached_property
    def lexicon(self) -> Lexicon:
        """What the set teaches as a whole, unless it is judged by something else."""
        return self.taught or learn(self.readings, self.vocabulary)

    @cached_property
    def linkage(self) -> Linkage:
        """References resolved and names linked."""
        return link(self.readings, self.texts, self.lexicon)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The things that the documents name."""
        return tuple(entities_of(self.readings, self.texts, self.lexicon))


@uncollected()
def load(
    paths: Sequence[Path],
    *,
    parts: Sequence[Part] = (),
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    vocabulary: Path | None = None,
    workers: int = 0,
    ignore: bool = True,
    ignores: Mapping[str, Sequence[str]] | None = None,
    store: Path | None = None,
    cache: Cache | None = None,
    before: Corpus | None = None,
    progress: Progress | None = None,
) -> Corpus:
    """Read a documentation set from folders, files or a store; what ``cache`` holds is not read again.

    Nor is a document that ``before``, an earlier state of the set, holds with the same bytes.
    ``parts`` are read in place of ``paths``, of which the first stays the root.
    ``ignores`` has the lines of ``.naysayignore`` files by their paths, in place of those on disk.
    Raises Misuse for a path that does not exist and a vocabulary or store that cannot be used.
    """
    words = _declared(lambda: read_vocabulary(vocabulary)) if vocabulary else None
    if store is not None:
        return _from_store(store, words)
    found_in = partial(discover, ignore=ignore, ignores=ignores)
    root, files = _files(paths, partial(found_in, include=include, exclude=exclude)) if not parts else (paths[0], [])
    sources, diagnostics = _read_parts(parts, found_in) if parts else _read_all(root, files)
    readings = tuple(_since(before, sources, partial(readings_of, workers=workers, cache=cache, progress=progress)))
    found = [*diagnostics, *(d for r in readings for d in r.diagnostics)]
    return Corpus(
        str(root), readings, {s.path: s.text for s in sources}, tuple(sorted(set(found))), words or Vocabulary()
    )


def read_texts(texts: Mapping[str, str], vocabulary: Vocabulary | None = None) -> Corpus:
    """A set given as texts by path."""
    readings = tuple(read_document(path, texts[path], "") for path in sorted(texts))
    return Corpus(
        "", readings, dict(texts), tuple(d for r in readings for d in r.diagnostics), vocabulary or Vocabulary()
    )


def _declared(given: Callable[[], Vocabulary]) -> Vocabulary:
    try:
        return given()
    except VocabularyError as error:
        raise Misuse(str(error)) from error


def _files(paths: Sequence[Path], found_in: Callable[[Path], Iterable[Path]]) -> tuple[Path, list[Path]]:
    missing = [p for p in paths if not p.exists() and not p.is_symlink()]
    if missing or not paths:
        raise Misuse(
            "\n".join(f"{p}: no such file or folder; check the spelling" for p in missing) or "no folder or file given"
        )
    folders = [p.resolve() if p.is_dir() else p.parent.resolve() for p in paths]
    root = Path(os.path.commonpath(folders)) if len(folders) > 1 else folders[0]
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(found_in(path.resolve())))
        else:
            found[path.parent.resolve() / path.name] = None
    return root, list(found)


def _read_all(root: Path, files: Iterable[Path]) -> tuple[list[Source], list[Diagnostic]]:
    sources: list[Source] = []
    faults: list[Diagnostic] = []
    for file in files:
        metadata = is_metadata(file.name)
        source = read_source(root, file, cap_of(file.name))
        if metadata and isinstance(source, Source) and not states_records(source.text):
            continue
        if isinstance(source, Source):
            sources.append(source)
            faults.extend(source.diagnostics)
        else:
            faults.append(source)
    return sorted(sources, key=lambda s: s.path), faults


def _read_parts(
    parts: Sequence[Part], found_in: Callable[..., Iterable[Path]]
) -> tuple[list[Source], list[Diagnostic]]:
    """The files of each part, under its name."""
    sources: list[Source] = []
    faults: list[Diagnostic] = []
    for part in parts:
        root, files = _files([part.path], partial(found_in, include=part.include, exclude=part.exclude))
        read, told = _read_all(root, files)
        sources += [source._replace(path=part.named(source.path)) for source in read]
        faults += [fault._replace(path=part.named(fault.path)) for fault in told]
    return sorted(sources, key=lambda s: s.path), faults


def cap_of(name: str) -> int:
    """Bytes of a file that are read, by its name."""
    return METADATA_CAP if is_metadata(name) else SIZE_CAP


def _since(
    before: Corpus | None, sources: Sequence[Source], read: Callable[[Sequence[Source]], Iterable[Reading]]
) -> Iterator[Reading]:
    """One reading for each source, in their order; those that an earlier state has are taken over."""
    held = {(r.document.path, r.document.digest): r for r in before.readings} if before else {}
    fresh = {r.document.path: r for r in read([s for s in sources if (s.path, s.digest) not in held])}
    for source in sources:
        yield held.get((source.path, source.digest)) or fresh[source.path]


def readings_of(
    sources: Sequence[Source], workers: int = 0, cache: Cache | None = None, progress: Progress | None = None
) -> Iterator[Reading]:
    """One reading for each source, in their order; what ``cache`` holds is not read again."""
    if cache is None:
        yield from _read(sources, workers, progress)
        return
    kept = {source.path: _kept(cache, source) for source in sources}
    fresh = _read([source for source in sources if kept[source.path] is None], workers, progress)
    for source in sources:
        reading = kept[source.path]
        if reading is None:
            reading = next(fresh)
            cache.put(_READINGS, _key(source), dumps(reading))
        yield reading
    cache.settle()


_READINGS = "readings"


def _kept(cache: Cache, source: Source) -> Reading | None:
    """The reading that an earlier run has left."""
    data = cache.get(_READINGS, _key(source))
    with suppress(CodecError):
        return loads(data) if data else None
    return None


def _key(source: Source) -> str:
    """A reading is a function of the program, the document's path and its bytes."""
    told = f"{edition('graph', 'ingest')}\0{source.path}\0{source.digest}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _read(sources: Sequence[Source], workers: int, progress: Progress | None) -> Iterator[Reading]:
    total = sum(s.data for s in sources)
    count = workers or (min(os.cpu_count() or 1, 4) if total >= WORTH_A_POOL else 1)
    if count > 1 and len(sources) > 1:
        yield from _in_parallel(sources, count, progress)
        return
    for done, source in enumerate(sources, 1):
        yield read_document(source.path, source.text, source.digest)
        if progress:
            progress("reading", done, len(sources))


def _in_parallel(sources: Sequence[Source], count: int, progress: Progress | None) -> Iterator[Reading]:
    """Readings by several processes, in the order of the sources; texts go out, compact readings come back."""
    import multiprocessing

    batches = _batches(sources, count * 12)
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    out: dict[str, Reading] = {}
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        for batch in pool.map(_read_batch, batches):
            for data in batch:
                reading = loads(data)
                out[reading.document.path] = reading
            if progress:
                progress("reading", len(out), len(sources))
    for source in sources:
        yield out[source.path]


def _batches(sources: Sequence[Source], count: int) -> list[list[tuple[str, str, str]]]:
    """Batches of about equal size, the largest documents dealt out first."""
    batches: list[list[tuple[str, str, str]]] = [[] for _ in range(count)]
    sizes = [0] * count
    for source in sorted(sources, key=lambda s: (-s.data, s.path)):
        smallest = sizes.index(min(sizes))
        batches[smallest].append((source.path, source.text, source.digest))
        sizes[smallest] += source.data
    return [b for b in batches if b]


@uncollected()
def _read_batch(batch: Sequence[tuple[str, str, str]]) -> list[bytes]:
    return [dumps(read_document(path, text, digest)) for path, text, digest in batch]


def _from_store(path: Path, words: Vocabulary | None) -> Corpus:
    from ..graph.manifest import StoreError
    from ..graph.store import open_store

    try:
        stored = open_store(path)
        readings = tuple(sorted(stored.readings(), key=lambda r: r.document.path))
        texts = {r.document.path: stored.data(r.document.path).decode("utf-8-sig", "replace") for r in readings}
    except StoreError as error:
        raise Misuse(str(error)) from error
    context = stored.manifest
    kept = context.facts.get("vocabulary", "")
    if kept and words is None:
        words = _declared(lambda: parse_vocabulary(kept, f"{path}: vocabulary"))
    root = os.path.normpath(path / context.facts.get("root", "."))
    return Corpus(root, readings, texts, tuple(context.diagnostics), words or Vocabulary())
