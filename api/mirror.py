"""The settings of a set as they stand at a git revision: the files that say so, in a folder of their own.

A change is judged by the rules that were there before it, unless the user trusts it with them.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import tomllib
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .configuration import BASELINE, FILES, Configuration, configured_by
from .failures import problems
from .misuse import CannotRun

if TYPE_CHECKING:
    from ..ingest.git import BlobReader
    from ..queries.revision import Revision

OWN_FOLDER = ".naysay"
IGNORE_FILE = ".naysayignore"
_CAP = 5_000_000
"""Bytes of one file of settings that are read."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """A folder that holds the settings of a working tree as they stood; paths keep their places in it."""

    folder: Path
    top: Path
    """The working tree."""
    name: str = ""
    """What the user calls the revision."""
    ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The lines of its ignore files by their absolute paths in the working tree."""
    placeholder: Path | None = None
    """A configuration that is none: it only ends the search for one."""

    def there(self, path: Path) -> Path:
        """Where the settings for a path of the working tree stand."""
        return self.folder / path.relative_to(self.top)

    def here(self, path: Path) -> Path:
        """The path in the working tree of a path in the mirror."""
        return self.top / path.relative_to(self.folder) if path.is_relative_to(self.folder) else path

    def seen_from_here(self, configuration: Configuration) -> Configuration:
        """A configuration of the mirror with the paths of the working tree; what it has to read stays in the mirror."""
        source = configuration.source
        if source is None:
            return configuration
        if source == self.placeholder:
            return Configuration()
        return replace(
            configuration,
            source=self.here(source),
            roots=tuple(map(self.here, configuration.roots)),
            allow=tuple(replace(one, path=str(self.here(Path(one.path)))) for one in configuration.allow),
        )

    @contextmanager
    def named(self) -> Generator[None]:
        """Tell of faults in the mirrored files by the revision that holds them."""
        try:
            yield
        except Exception as error:
            told = problems(error)
            if not any(str(self.folder) in line for line in told):
                raise
            raise CannotRun([line.replace(f"{self.folder}/", f"{self.name}:") for line in told]) from error


IN_PLACE = Mirror(Path("/"), Path("/"))
"""The settings as they stand in the working tree."""


def mirrored(at: Revision, starts: Sequence[Path], named: Sequence[Path] = ()) -> Mirror:
    """The settings at a revision for some folders of the working tree; the mirror goes when the command ends.

    ``named`` are further files, by their absolute paths; those outside the repository are left alone.

    Raises CannotRun for a folder that is not in the repository, GitError for objects that are missing.
    """
    top = at.repository.top.resolve()
    if outside := [start for start in starts if not start.is_relative_to(top)]:
        raise CannotRun([f"{path}: not in the repository {top}; check it by itself" for path in outside])
    folder = Path(tempfile.mkdtemp(prefix="naysay-settings-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / ".git").mkdir()
    (folder / OWN_FOLDER / "rules").mkdir(parents=True)
    with at.repository.blobs() as blobs:
        for start in starts:
            place = start.relative_to(top)
            (folder / place).mkdir(parents=True, exist_ok=True)
            for above in (place, *place.parents):
                _settings(at, "" if above == Path() else f"{above.as_posix()}/", folder, blobs)
        for path in named:
            if path.is_relative_to(top):
                _place(at, path.relative_to(top).as_posix(), folder, blobs)
        ignores = {
            str(top / path): tuple(blobs.read(blob.oid, _CAP).decode("utf-8-sig", "surrogateescape").splitlines())
            for path, blob in at.files.items()
            if path.rpartition("/")[2] == IGNORE_FILE and not blob.link
        }
    placeholder = None if configured_by(folder) else folder / FILES[0]
    if placeholder:
        placeholder.write_text("# no configuration: nothing above this folder counts\n", "utf-8")
    return Mirror(folder, top, at.name, ignores, placeholder)


def _settings(at: Revision, above: str, folder: Path, blobs: BlobReader) -> None:
    """Write the configuration of one folder, what it names, and the project's own rules."""
    for name in FILES:
        if f"{above}{name}" in at.files:
            _write(at, f"{above}{name}", folder, blobs)
            for named in _named(folder / f"{above}{name}"):
                _place(at, f"{above}{named}".rstrip("/"), folder, blobs)
    _place(at, f"{above}{BASELINE}", folder, blobs)
    for path in at.files:
        if path.startswith(f"{above}{OWN_FOLDER}/"):
            _write(at, path, folder, blobs)


def _named(configuration: Path) -> Iterator[str]:
    """Every text in a configuration: those that are paths have to be there."""
    with suppress(tomllib.TOMLDecodeError, UnicodeDecodeError):
        yield from _texts(tomllib.loads(configuration.read_text("utf-8-sig")))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(cast("dict[str, object]", value).values()))
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)


def _place(at: Revision, path: str, folder: Path, blobs: BlobReader) -> None:
    """Write a file, or make a folder, if the revision has one at a path."""
    if path in at.files:
        _write(at, path, folder, blobs)
    elif ".." not in path.split("/") and any(known.startswith(f"{path}/") for known in at.files):
        (folder / path).mkdir(parents=True, exist_ok=True)


def _write(at: Revision, path: str, folder: Path, blobs: BlobReader) -> None:
    blob = at.files[path]
    if not blob.link and ".." not in path.split("/"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(blobs.read(blob.oid, _CAP))
