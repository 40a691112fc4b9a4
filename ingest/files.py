"""Finding Markdown files under a folder and reading them, whatever they turn out to be."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol

from pathspec import GitIgnoreSpec

from ..graph.model import Diagnostic
from .metadata import SUFFIXES as METADATA_SUFFIXES
from .metadata import metadata_beside

SUFFIXES = (".md", ".markdown")
OWN_IGNORE_FILE = ".naysayignore"
IGNORE_FILES = (".gitignore", OWN_IGNORE_FILE)
SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
"""Folders that hold other people's files; those whose name starts with a dot are skipped as well."""
SIZE_CAP = 5_000_000
"""Bytes of one file that are read."""

_CONTROLS = bytes(range(9)) + bytes(range(14, 32))


class Source(NamedTuple):
    """The decoded text of one file."""

    path: str
    """Relative to the root, with forward slashes."""
    text: str
    digest: str
    """blake2b-128 of the bytes, hexadecimal."""
    data: int
    """Size in bytes."""
    diagnostics: tuple[Diagnostic, ...] = ()


class Entry(NamedTuple):
    """One entry of a folder, as far as discovery asks."""

    name: str
    folder: bool = False
    link: bool = False
    regular: bool = True
    """A file, and neither a link nor a pipe."""


class Tree(Protocol):
    """A tree of files, on disk or at a revision; paths are relative to its root, folders end with a slash."""

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds, ``""`` for the root; nothing where there is no such folder."""
        ...

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file; none where it cannot be read."""
        ...

    def identity(self, path: str) -> str:
        """The file that a path leads to once links are followed; equal for two paths to one file."""
        ...


class FilesOnDisk(NamedTuple):
    """The tree of files below a folder."""

    root: Path
    ignores: Mapping[str, Sequence[str]] | None = None
    """Lines of the ``.naysayignore`` files by their absolute paths, in place of those on disk."""

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds."""
        found = self._entries(folder)
        if self.ignores is None:
            return found
        stated = [Entry(OWN_IGNORE_FILE)] if str(self.root / folder / OWN_IGNORE_FILE) in self.ignores else []
        return [entry for entry in found if entry.name != OWN_IGNORE_FILE] + stated

    def _entries(self, folder: str) -> list[Entry]:
        try:
            with os.scandir(self.root / folder) as found:
                return [
                    Entry(e.name, e.is_dir(follow_symlinks=False), e.is_symlink(), e.is_file(follow_symlinks=False))
                    for e in found
                ]
        except OSError:
            return []

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file; none where it cannot be read."""
        stated = (self.ignores or {}).get(str(self.root / path))
        if stated is not None:
            return stated
        try:
            return (self.root / path).read_text("utf-8-sig", "surrogateescape").splitlines()
        except OSError:
            return []

    def identity(self, path: str) -> str:
        """The file that a path leads to once links are followed."""
        return os.path.realpath(self.root / path)


class _Rules(NamedTuple):
    """The ignore file of one folder; it speaks of paths relative to that folder."""

    folder: str
    spec: GitIgnoreSpec


def discover(
    root: Path,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    ignore: bool = True,
    ignores: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Path]:
    """Markdown files under ``root``, and metadata files beside them, in the order of their paths (compared in NFC).

    ``include`` and ``exclude`` are patterns in gitignore syntax, relative to the root.  With ``include`` only files
    that match are yielded, and a pattern that spells a suffix (``*.mdx``) admits it; ``exclude`` always wins.
    ``ignore`` turns the ``.gitignore`` and ``.naysayignore`` files of the root and its folders on.  Links to folders
    are never followed; a link to a file that is found anyway is left out.  Other entries with a Markdown name are
    yielded whatever they are, so that ``read_source`` can say what is wrong with them.  ``ignores`` has the lines of
    ``.naysayignore`` files by their absolute paths, in place of those on disk.
    """
    for path in selected(FilesOnDisk(root, ignores), include=include, exclude=exclude, ignore=ignore):
        yield root / path


def selected(
    tree: Tree, *, include: Sequence[str] = (), exclude: Sequence[str] = (), ignore: bool = True
) -> Iterator[str]:
    """The paths that ``discover`` yields, of any tree."""
    suffixes = SUFFIXES + tuple(os.path.splitext(pattern)[1].lower() for pattern in include if "." in pattern)
    wanted = GitIgnoreSpec.from_lines(include or ("*",))
    unwanted = GitIgnoreSpec.from_lines(exclude)
    known = (*filter(None, suffixes), *METADATA_SUFFIXES)
    walked = {
        path: entry
        for path, entry in _walk(tree, ignore)
        if path.lower().endswith(known) and wanted.match_file(path) and not unwanted.match_file(path)
    }
    found = [path for path in walked if path.lower().endswith(tuple(filter(None, suffixes)))]
    documents = frozenset(found)
    found += metadata_beside((path for path in walked if path not in documents), found)
    links = {path for path in found if walked[path].link}
    files = {tree.identity(path) for path in found if path not in links}
    for path in sorted(found, key=_order):
        if path not in links or tree.identity(path) not in files:
            yield path


def read_source(root: Path, file: Path, cap: int = SIZE_CAP) -> Source | Diagnostic:
    """One file's text, or why there is none: NS001 unreadable, NS010 not UTF-8, NS011 larger than ``cap`` bytes.

    Never raises for a bad file and never waits for one: only regular files are opened.
    """
    path = relative(root, file)
    try:
        data = _read(file, os.path.realpath(root), cap)
    except OSError as error:
        return Diagnostic("NS001", path, 0, _reason(error))
    return source_of(path, data, cap)


def source_of(path: str, data: bytes, cap: int = SIZE_CAP) -> Source | Diagnostic:
    """The text of a file's bytes, or why there is none: NS010 not UTF-8, NS011 more than ``cap`` bytes."""
    if len(data) > cap:
        return Diagnostic("NS011", path, 0, f"larger than {cap} bytes, not read")
    fault = _encoding_fault(data)
    if fault:
        return Diagnostic("NS010", path, 0, fault)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Diagnostic("NS010", path, line, f"not UTF-8: byte 0x{data[error.start]:02x}; save the file as UTF-8")
    notes = tuple(_notes(path, text))
    return Source(path, text, blake2b(data, digest_size=16).hexdigest(), len(data), notes)


def _notes(path: str, text: str) -> Iterator[Diagnostic]:
    at = text.find("\0")
    if at >= 0:
        yield Diagnostic("NS010", path, text.count("\n", 0, at) + 1, "NUL characters, read as U+FFFD")


def relative(root: Path, file: Path) -> str:
    """A file's path below the root with forward slashes; its own path if it stands elsewhere.

    >>> relative(Path("docs"), Path("docs/a/b.md"))
    'a/b.md'
    """
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def _order(path: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", path), path


def _walk(tree: Tree, ignore: bool) -> Iterator[tuple[str, Entry]]:
    """Files that no ignore file excludes, with their relative paths."""
    waiting: list[tuple[str, tuple[_Rules, ...]]] = [("", ())]
    while waiting:
        folder, rules = waiting.pop()
        entries = tree.entries(folder)
        if ignore:
            rules = (*rules, *_rules_of(tree, folder, entries))
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.folder:
                if not _skipped(entry.name) and not _ignored(path + "/", rules):
                    waiting.append((path + "/", rules))
            elif not _ignored(path, rules):
                yield path, entry


def _skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED_FOLDERS


def _rules_of(tree: Tree, folder: str, entries: Sequence[Entry]) -> Iterator[_Rules]:
    present = {entry.name for entry in entries if entry.regular}
    for name in IGNORE_FILES:
        if name in present:
            yield _Rules(folder, GitIgnoreSpec.from_lines(tree.lines(f"{folder}{name}")))


def _ignored(path: str, rules: tuple[_Rules, ...]) -> bool:
    """The last ignore file that has something to say decides, the innermost folder's first."""
    for folder, spec in reversed(rules):
        verdict = spec.check_file(path[len(folder) :]).include
        if verdict is not None:
            return verdict
    return False


def _read(file: Path, root: str, cap: int) -> bytes:
    """At most ``cap`` + 1 bytes of a regular file.  A link is resolved first, so that the open itself follows none."""
    target = os.path.realpath(file) if file.is_symlink() else str(file)
    if target != str(file) and not target.startswith(root.rstrip(os.sep) + os.sep):
        raise OSError(errno.EXDEV, "a link that leads out of the folder")
    if not stat.S_ISREG(os.lstat(target).st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(target, flags), "rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return opened.read(cap + 1)


def _reason(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def _encoding_fault(data: bytes) -> str:
    """Why bytes are no UTF-8 text although they may decode; empty if nothing speaks against it."""
    head = data[:8000]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16 or UTF-32 text; save the file as UTF-8"
    if b"\0" not in head or controls * 100 <= len(head):
        return ""
    if max(head[0::2].count(0), head[1::2].count(0)) * 3 >= len(head):
        return "looks like UTF-16 or UTF-32 text without a byte order mark; save the file as UTF-8"
    return "a binary file; exclude it or save its text as UTF-8"
