"""``naysay ingest``: the graph kept on disk, with the bytes it was read from."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Annotated

import typer

from naysay import __version__

from ...graph.model import Document, Reading
from ..console import emit, say
from ..engine import Corpus
from ..kept import facts_of
from ..misuse import CannotRun
from ..reports.plain import one_line
from ..reports.wording import counted
from ..statements import derived
from . import options
from .opening import Choice, opened

Target = Annotated[Path | None, typer.Option("--store", metavar="PATH", help="The folder to keep the graph in.")]


def ingest(
    context: typer.Context,
    paths: options.Paths = None,
    store: Target = None,
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    no_project_rules: options.NoProjectRules = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Keep the graph on disk.

    Later commands take `--store PATH` in place of the folder. A second run rewrites only what changed.
    """
    from ...graph.store import Context, Source, write_store

    if store is None:
        raise CannotRun(["no store; say where to keep the graph with --store PATH"])
    choice = Choice(
        tuple(paths or ()),
        None,
        vocabulary,
        include or (),
        exclude or (),
        no_ignore,
        workers,
        False,
        quiet,
        verbose,
        cache,
    )
    found = opened(context, choice)
    corpus = found.corpus
    rules = found.rules(not no_project_rules)
    conflicts = found.conflicts(not no_project_rules)
    sources = [Source(reading, _bytes(corpus, reading)) for reading in corpus.readings]
    settings = found.target.configuration
    words = vocabulary or settings.vocabulary
    facts = facts_of(Path(corpus.root), store, settings, words, rules)
    kept = Context(__version__, facts=facts, diagnostics=corpus.diagnostics)
    changes = write_store(store, sources, derived(corpus, conflicts), kept)
    counts = {name: len(rows) for name, rows in changes._asdict().items()}
    emit([f"{one_line(str(store))}: " + ", ".join(f"{number} {name}" for name, number in counts.items())])
    if not quiet:
        say(f"kept {counted(len(sources), 'document')}; go on with `naysay check --store {store}`")


def _bytes(corpus: Corpus, reading: Reading) -> bytes:
    """The bytes that were read; the text in UTF-8 when the file has changed since."""
    try:
        data = (Path(corpus.root) / reading.document.path).read_bytes()
    except OSError:
        data = b""
    return data if _is_read(data, reading.document) else corpus.texts[reading.document.path].encode()


def _is_read(data: bytes, document: Document) -> bool:
    return blake2b(data, digest_size=16).hexdigest() == document.digest
