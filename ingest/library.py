"""Which document a reference names: resolution against one set of documents.

The order is: relative to the citing document, from the root, after dropping a leading folder that the set has
learned, by unique base name, by unique number.  Only a reference that claims to be in the set can dangle.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from posixpath import normpath
from typing import Literal, NamedTuple
from urllib.parse import unquote

from ..graph.model import Document, Heading, Reference

State = Literal["resolved", "ambiguous", "dangling", "outside"]

MIN_USES = 5
"""A leading folder is learned from at least this many references."""
MIN_SHARE = 0.6
"""… of which at least this share resolves once the folder is dropped."""
_EXTENSION = re.compile(r"\.(?:md|mdx|markdown)$", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_NUMBER = re.compile(
    r"(?:(?P<series>[A-Za-z]{1,8})-)?0*(?P<number>\d+[a-z]?(?:-\d{1,2})?)(?:-?(?P<family>v\d+))?$",
    re.IGNORECASE,
)
_STATED_ANCHOR = re.compile(r"\{#([\w-]+)\}\s*$")
_PATTERN = re.compile(r"(?:[A-Za-z]{1,8}-)?\d{2,5}[a-z]?[-_][a-z]", re.IGNORECASE)
_COMMON_NAMES = frozenset(
    {"readme", "index", "changelog", "contributing", "license", "security", "overview", "agents", "claude", "todo"}
)
"""Names that every folder may have: they say nothing about the set."""
_OPEN_TARGET = re.compile(r"[<>*{}$…]|\.\.\.|\bX{2,}|NNN|YYYY")
_SLUG_DROPPED = re.compile(r"[^\w\- ]", re.UNICODE)


class Resolution(NamedTuple):
    """What a reference names in the set."""

    path: str
    """The document's path; empty unless resolved."""
    state: State
    candidates: tuple[str, ...]
    """The documents it may mean, when there are several or none exactly."""
    how: str
    """The step that decided, in words."""


class Library:
    """The documents of one set, to look references up in.

    ``leading`` are the folders to drop from the front of a reference, as ``learned_leading`` finds them.
    """

    def __init__(self, documents: Sequence[Document], leading: Sequence[str] = ()) -> None:
        self.documents = {document.path: document for document in documents}
        self.leading = tuple(sorted(leading, key=len, reverse=True))
        self.folders = {part for path in self.documents for part in _folders(path)}
        self.names: dict[str, list[str]] = defaultdict(list)
        self.stems: dict[str, list[str]] = defaultdict(list)
        self.numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
        for document in sorted(documents, key=lambda one: one.path):
            name = document.path.rpartition("/")[2].lower()
            self.names[name].append(document.path)
            self.stems[_EXTENSION.sub("", name)].append(document.path)
            self._number(document)
        numbered = sum(1 for name in self.names if _PATTERN.match(name))
        self.numbered = numbered * 2 > len(self.names)
        """Most file names begin with a number: a name that does so claims to be in the set."""

    def _number(self, document: Document) -> None:
        match = _NUMBER.match(document.number) if document.number else None
        if match:
            series, number = (match["series"] or "").lower(), match["number"].lower()
            folder = re.match(r".*?([a-z]+?)s?$", document.path.rpartition("/")[0].rpartition("/")[2].lower())
            series = series or {"decision": "adr"}.get(folder[1], folder[1]) if folder else series
            for key in {(series, number), ("", number)}:
                self.numbers[key].append(document.path)

    def resolve(self, from_path: str, reference: Reference) -> Resolution:
        """The document that a reference of ``from_path`` names, or why there is none."""
        target, _, anchor = reference.target.partition("#")
        if not target:
            known = not anchor or from_path in self.documents
            return Resolution(from_path if known else "", "resolved" if known else "outside", (), "same document")
        if reference.kind == "number":
            return self._by_number(from_path, target)
        target = unquote(target.partition("?")[0])
        if _SCHEME.match(target) or (target.startswith(("/", "~")) and not self._rooted(target)):
            return Resolution("", "outside", (), "an address or an absolute path")
        found = self._located(from_path, target)
        return found or self._missing(from_path, reference, target)

    def _rooted(self, target: str) -> bool:
        return target.lstrip("/") in self.documents

    def _located(self, from_path: str, target: str) -> Resolution | None:
        for path, how in self.places(from_path, target):
            for known in (path, f"{path}.md", f"{path}/README.md", f"{path}/index.md"):
                if known in self.documents:
                    return Resolution(known, "resolved", (), how)
        name = target.rstrip("/").rpartition("/")[2].lower()
        named = self.names.get(name) or (self.stems.get(name) if _PATTERN.match(name) else None) or []
        if len(named) == 1 and self._base_name_may_decide(target, name):
            return Resolution(named[0], "resolved", (), "unique base name")
        if len(named) > 1 and self._base_name_may_decide(target, name):
            return Resolution("", "ambiguous", tuple(named), "several documents have this base name")
        return None

    def _base_name_may_decide(self, target: str, name: str) -> bool:
        """``README.md`` of an unknown folder is another file than the one README here."""
        return "/" not in target.strip("./") or _EXTENSION.sub("", name) not in _COMMON_NAMES

    def places(self, from_path: str, target: str) -> Iterator[tuple[str, str]]:
        """The paths a target can stand for, in the order of preference."""
        folder = from_path.rpartition("/")[0]
        relative = normpath(f"{folder}/{target}" if folder else target)
        yield relative, "relative"
        rooted = normpath(target.lstrip("/"))
        yield rooted, "from the root"
        for path in (rooted, re.sub(r"^(?:\.\./)+", "", relative)):
            for leading in self.leading:
                if path.startswith(leading + "/"):
                    yield path[len(leading) + 1 :], f"without the leading {leading}/"

    def _missing(self, from_path: str, reference: Reference, target: str) -> Resolution:
        near = self._near(target)
        if not _EXTENSION.search(target):
            return Resolution("", "outside", near, "not a document")
        if reference.standing != "live":
            return Resolution("", "outside", near, "stated as future, former or an example")
        reason = self._claim(from_path, reference, target)
        if reason:
            return Resolution("", "dangling", near, reason)
        return Resolution("", "outside", near, "claims no place in this set")

    def _near(self, target: str) -> tuple[str, ...]:
        """Documents with the number that the missing file's name begins with, the likest name first."""
        match = re.match(r"(?:([A-Za-z]{1,8})-)?0*(\d+[a-z]?)(?=[-_.])", target.rpartition("/")[2])
        same = self.numbers.get(((match[1] or "").lower(), match[2].lower()), ()) if match else ()
        return tuple(sorted(same, key=lambda path: (-_likeness(path, target), path)))

    def _claim(self, from_path: str, reference: Reference, target: str) -> str:
        """Why a missing file should be in the set; empty when nothing says so."""
        common = _stem(target).isupper() or _stem(target).lower() in _COMMON_NAMES
        if _OPEN_TARGET.search(target) or (common and self.numbered):
            return ""
        first = target.lstrip("./").partition("/")[0] if "/" in target.lstrip("./") else ""
        if any(target.lstrip("./").startswith(leading + "/") for leading in self.leading):
            return f"no document {target.rpartition('/')[2]} in the set"
        folder = from_path.rpartition("/")[0]
        place = normpath(f"{folder}/{target}" if folder else target)
        if reference.kind == "link":
            parent = place.rpartition("/")[0]
            return f"no file {place}" if not parent or parent in self.folders else ""
        name = target.rpartition("/")[2]
        if self.numbered and _PATTERN.match(name) and (not first or first in self.folders):
            return f"no document {name} in the set"
        return ""

    def _by_number(self, from_path: str, target: str) -> Resolution:
        """A number never dangles: in running text it may count something else."""
        match = _NUMBER.match(target)
        if match is None:
            return Resolution("", "outside", (), "not a document number")
        series, number, family = ((match[part] or "").lower() for part in ("series", "number", "family"))
        paths = self.numbers.get((series, number), [])
        if family:
            paths = [path for path in paths if self.documents[path].family == family]
        return self._chosen(from_path, list(dict.fromkeys(paths)), family)

    def _chosen(self, from_path: str, paths: list[str], family: str) -> Resolution:
        if not paths:
            return Resolution("", "outside", (), "no document has this number")
        if len(paths) == 1:
            return Resolution(paths[0], "resolved", (), "unique number")
        plain = [path for path in paths if not self.documents[path].family] if not family else paths
        heads = [path for path in plain if all(f"{_stem(other)}-".startswith(f"{_stem(path)}-") for other in plain)]
        if len(heads) == 1:
            return Resolution(heads[0], "resolved", tuple(paths), "the head of the documents with this number")
        if len({_stem(path) for path in paths}) == 1:
            folder = from_path.rpartition("/")[0]
            nearest = min(paths, key=lambda path: (path.rpartition("/")[0] != folder, len(path), path))
            return Resolution(nearest, "resolved", tuple(paths), "the nearest of equal file names with this number")
        return Resolution("", "ambiguous", tuple(paths), "several documents have this number")


def learned_leading(documents: Sequence[Document], cited: Iterable[tuple[str, Reference]]) -> tuple[str, ...]:
    """Leading folders under which no document lives and without which most references to them resolve.

    ``cited`` are (path of the citing document, reference).  Sets are often cited from the root of a repository
    of which they are one folder.
    """
    library = Library(documents)
    uses: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for _, reference in cited:
        target = re.sub(r"^(?:\.{0,2}/)+", "", reference.target.partition("#")[0])
        if reference.kind in ("link", "path") and _EXTENSION.search(target) and not _SCHEME.match(target):
            for leading in _folders(target):
                if leading not in library.folders and _stem(target).lower() not in _COMMON_NAMES:
                    uses[leading] += 1
                    hits[leading] += target[len(leading) + 1 :] in library.documents
    return tuple(sorted(name for name, count in uses.items() if count >= MIN_USES and hits[name] >= MIN_SHARE * count))


def library_of(documents: Sequence[Document], cited: Iterable[tuple[str, Reference]]) -> Library:
    """A library of the documents that knows the leading folders their own references teach."""
    return Library(documents, learned_leading(documents, cited))


def resolve_anchor(target_document: Document, anchor: str) -> bool:
    """Whether a heading of the document has the anchor.

    That is GitHub's slug of the heading (``_1`` for a repeated one too), or a stated ``{#id}``.  A slug that ends in a
    hyphen is that of a heading with pictures behind its words.
    Line anchors (``#L10-L20``) and ``#top`` always exist.  Anchors that HTML in the text sets are not known here.

    >>> resolve_anchor(Document("a.md", "0", "A", headings=(Heading(1, 1, "What's new?", -1),)), "whats-new")
    True
    """
    wanted = unquote(anchor).lstrip("#")
    if not wanted or re.fullmatch(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|top", wanted):
        return True
    matches = (_STATED_ANCHOR.search(heading.title) for heading in target_document.headings)
    known = {match[1].lower() for match in matches if match} | set(slugs(target_document.headings))
    low = wanted.lower()
    if low.endswith("-") and any(slug.startswith(f"{low.rstrip('-')}-") or slug == low.rstrip("-") for slug in known):
        return True
    return low in known or re.sub(r"_\d+$", "", low) in known


def slugs(headings: Sequence[Heading]) -> Iterator[str]:
    """GitHub's anchors of the headings in order: lower case, punctuation dropped, blanks to hyphens, then ``-1``.

    >>> list(slugs((Heading(1, 1, "A & b", -1), Heading(2, 1, "A & b", -1))))
    ['a--b', 'a--b-1']
    """
    seen: Counter[str] = Counter()
    for heading in headings:
        plain = _SLUG_DROPPED.sub("", heading.title.strip().lower()).replace(" ", "-")
        slug = plain if not seen[plain] else f"{plain}-{seen[plain]}"
        while slug != plain and slug in seen:
            seen[plain] += 1
            slug = f"{plain}-{seen[plain]}"
        seen[plain] += 1
        seen[slug] += slug != plain
        yield slug


def _folders(path: str) -> Iterator[str]:
    """The folders above a path, outermost first.

    >>> list(_folders("a/b/c.md"))
    ['a', 'a/b']
    """
    parts = path.split("/")[:-1]
    return ("/".join(parts[: index + 1]) for index in range(len(parts)))


def _likeness(path: str, other: str) -> int:
    """How many words two file names share.

    >>> _likeness("a/12-red-lamp.md", "12-lamp.md")
    2
    """
    return len(set(re.split(r"[-_.]", _stem(path))) & set(re.split(r"[-_.]", _stem(other))))


def _stem(path: str) -> str:
    return _EXTENSION.sub("", path.rpartition("/")[2])
