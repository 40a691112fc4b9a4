"""Metadata files beside documents: what ``catalog-info.yaml`` or ``0007-x.yaml`` states about Markdown that they name.

Only small files with a name that says so are read, and only when they state a title, a status, an owner or a version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from os.path import splitext

from ..graph.model import Claim, Document, Reading
from .document import describe
from .front_matter import Entry, entries
from .page import Page
from .records import RECORD_KEYS, record_of

SUFFIXES = (".yaml", ".yml", ".toml", ".json")
SIZE_CAP = 64_000
"""Bytes of a metadata file that are read; a larger one holds data."""
_NAMES = frozenset({"metadata", "meta", "catalog-info", "mkdocs", "antora", "book", "document", "docinfo"})
"""Names under which tools keep what a folder of documents is."""
_STATES = re.compile(
    r"^[ \t{]{0,6}[\"']?(?:title|site_name|status|state|lifecycle|owners?|version)[\"']?[ \t]*[:=][ \t]*\S",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = frozenset({"path", "file", "document", "doc", "href", "source"})
"""Keys whose value names the document that their neighbours speak of."""


def is_metadata(path: str) -> bool:
    """Whether a path is that of a metadata file.

    >>> is_metadata("docs/catalog-info.yaml"), is_metadata("docs/page.md")
    (True, False)
    """
    return path.lower().endswith(SUFFIXES)


def metadata_beside(paths: Iterable[str], documents: Iterable[str]) -> Iterator[str]:
    """Those of some paths that are metadata of the documents beside them.

    JSON of a document's name is as a rule a rendering of the document, so it counts only under a name of metadata.

    >>> list(metadata_beside(["a/7-x.yaml", "a/values.yaml", "a/meta.yml", "b/meta.yml"], ["a/7-x.md"]))
    ['a/7-x.yaml', 'a/meta.yml']
    """
    stems = {splitext(document)[0] for document in documents}
    folders = {stem.rpartition("/")[0] for stem in stems}
    for path in paths:
        stem = splitext(path)[0]
        folder, _, name = stem.rpartition("/")
        own = stem in stems and not path.lower().endswith(".json")
        if is_metadata(path) and (own or (name.lower() in _NAMES and folder in folders)):
            yield path


def states_records(text: str) -> bool:
    """Whether a metadata file says anything about a document.

    >>> states_records('{"status": "draft"}'), states_records("replicas: 3")
    (True, False)
    """
    return _STATES.search(text) is not None


def read_metadata(path: str, text: str, digest: str) -> Reading:
    """A metadata file as a document without passages, with its records about the Markdown that it names."""
    found, faults = entries(text.replace("\t", " "), 1)
    page = Page((), (), (), (), (), "", text.count("\n") + 1)
    document = describe(path, digest, page, found)
    named = next((e.value for e in found if e.key in {"site_name", "metadata.title", "metadata.name"}), "")
    if document.title == splitext(path.rpartition("/")[2])[0] and named:
        document = replace(document, title=named.strip())
    told = tuple(d._replace(path=path, message=d.message.replace("front matter", "metadata", 1)) for d in faults)
    return Reading(document=document, claims=tuple(_records(path, document, found)), diagnostics=told)


def _records(path: str, document: Document, found: Sequence[Entry]) -> Iterator[Claim]:
    """What the entries state about the document that the file, or a group of them, names."""
    for group in _groups(found):
        about = next((e.value for e in group if _leaf(e) in _NAMED and e.value.lower().endswith(".md")), "")
        if not about and any("." in e.key and e.key.partition(".")[0] not in {"metadata", "spec"} for e in group):
            continue
        for entry in group:
            if _leaf(entry) in RECORD_KEYS and (claim := record_of(document, RECORD_KEYS[_leaf(entry)], entry)):
                yield replace(claim, subject=about or _companion(path), subject_from="link", extractor="index")


def _groups(found: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries under one parent key; where a key comes again, the next item of a list has begun."""
    group: list[Entry] = []
    for entry in found:
        parent = entry.key.rpartition(".")[0]
        if group and (group[0].key.rpartition(".")[0] != parent or any(e.key == entry.key for e in group)):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _leaf(entry: Entry) -> str:
    return entry.key.rpartition(".")[2].lower()


def _companion(path: str) -> str:
    """The document that a file speaks of by its place: that of its name, or the first page of its folder."""
    stem = splitext(path)[0]
    folder, _, name = stem.rpartition("/")
    return (folder or "README") if name.lower() in _NAMES else stem
