"""The files of one commit below a folder, seen as the files of a folder on disk are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from posixpath import dirname, join, normpath

from .files import Entry
from .git import Blob, BlobReader

_STEPS = 8
"""Links that are followed one after another."""
_SIZE = 1_000_000
"""Bytes of an ignore file or a link that are read."""


class FilesOfCommit:
    """A tree of files (``files.Tree``) read from git's objects; paths are relative to ``folder``, "" for the top."""

    def __init__(self, files: Mapping[str, Blob], folder: str, blobs: BlobReader) -> None:
        self.prefix = f"{folder}/" if folder else ""
        self.blobs = blobs
        self.files = {path[len(self.prefix) :]: blob for path, blob in files.items() if path.startswith(self.prefix)}
        self.folders: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        for path, blob in self.files.items():
            self._place(path, blob.link)

    def _place(self, path: str, link: bool) -> None:
        """Enter a file in its folder, and the folder in those above it."""
        folder, _, name = path.rpartition("/")
        parent = f"{folder}/" if folder else ""
        self.folders[parent][name] = Entry(name, link=link, regular=not link)
        while folder:
            above, _, name = folder.rpartition("/")
            parent = f"{above}/" if above else ""
            if name in self.folders[parent]:
                return
            self.folders[parent][name] = Entry(name, folder=True, regular=False)
            folder = above

    def entries(self, folder: str) -> Sequence[Entry]:
        """What a folder holds."""
        return list(self.folders[folder].values()) if folder in self.folders else []

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file; none where there is no such file."""
        blob = self.files.get(path)
        return self._data(blob).decode("utf-8-sig", "surrogateescape").splitlines() if blob else []

    def identity(self, path: str) -> str:
        """The file that a path leads to once links are followed."""
        for _ in range(_STEPS):
            blob = self.files.get(path)
            if blob is None or not blob.link:
                break
            path = normpath(join(dirname(path), self._data(blob).decode("utf-8", "surrogateescape")))
        return path

    def _data(self, blob: Blob) -> bytes:
        return self.blobs.read(blob.oid, _SIZE)
