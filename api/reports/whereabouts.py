"""Where a documentation set lies in its repository: the paths and links that a build server resolves."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ...queries.parts import Part


class Whereabouts(NamedTuple):
    """Turns the path of a document, which is relative to its set, into one that is relative to the repository."""

    prefix: str = ""
    """The folder of the set in its repository, with a slash at its end; empty for the repository itself."""
    web: str = ""
    """What a path is put behind to be seen in a browser; empty where links stay relative."""

    folders: tuple[tuple[str, str], ...] = ()
    """(beginning of the paths of a source, its folder in the repository), each with a slash at its end."""

    def path(self, document: str) -> str:
        """Relative to the repository, with forward slashes; that of another repository begins with its name.

        >>> Whereabouts("docs/").path("a.md"), Whereabouts("", "", (("hand/", "book/"),)).path("hand/a.md")
        ('docs/a.md', 'book/a.md')
        """
        for beginning, folder in self.folders:
            if document.startswith(beginning):
                return folder + document.removeprefix(beginning)
        return self.prefix + document

    def uri(self, document: str) -> str:
        """The path as a relative URI reference (RFC 3986); a byte that is not UTF-8 is kept as its escape.

        >>> Whereabouts().uri("a b/é#1.md")
        'a%20b/%C3%A9%231.md'
        """
        escaped = quote(os.fsencode(self.path(document)), safe="/")
        return f"./{escaped}" if escaped.startswith("/") else escaped

    def link(self, document: str, line: int) -> str:
        """A link to a line: into the source as a build server shows it, else relative.

        >>> Whereabouts().link("a.md", 5), Whereabouts(web="https://host/o/r/blob/c0ffee/").link("a.md", 5)
        ('a.md#L5', 'https://host/o/r/blob/c0ffee/a.md?plain=1#L5')
        """
        return f"{self.web}{self.uri(document)}{'?plain=1' if self.web else ''}#L{line}"


def whereabouts(root: Path, environment: Mapping[str, str], parts: Sequence[Part] = ()) -> Whereabouts:
    """Of a set, by the git working tree around its folder, else by the working folder, and what a build server says."""
    top = _working_tree(root)
    base = top or Path.cwd()
    inside = root.is_relative_to(base) and root != base
    prefix = f"{root.relative_to(base).as_posix()}/" if inside else ""
    return Whereabouts(prefix, _web(environment) if top else "", tuple(_folders(parts, base.resolve())))


def _folders(parts: Sequence[Part], base: Path) -> Iterator[tuple[str, str]]:
    for part in parts:
        place = part.path.resolve()
        if place.is_relative_to(base):
            beside = place.relative_to(base).as_posix()
            yield f"{part.name}/", "" if beside == "." else f"{beside}/"
        else:
            yield f"{part.name}/", f"{part.name}/"


def _working_tree(folder: Path) -> Path | None:
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def _web(environment: Mapping[str, str]) -> str:
    """Of the commit that is being built, on GitHub or GitLab; empty elsewhere.

    >>> _web({"GITHUB_SERVER_URL": "https://host", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "c0ffee"})
    'https://host/o/r/blob/c0ffee/'
    """
    github = [environment.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    if all(github):
        return f"{github[0]}/{github[1]}/blob/{github[2]}/"
    gitlab = [environment.get(f"CI_{name}", "") for name in ("PROJECT_URL", "COMMIT_SHA")]
    return f"{gitlab[0]}/-/blob/{gitlab[1]}/" if all(gitlab) else ""
