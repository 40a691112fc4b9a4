"""A set that is read from several folders or repositories, each under a name of its own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Part(NamedTuple):
    """One folder of a set; the paths of its documents begin with its name, wherever the folder lies."""

    name: str
    path: Path
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def named(self, path: str) -> str:
        """The path in the set of a path below the folder.

        >>> Part("handbook", Path("../handbook/docs")).named("a/b.md")
        'handbook/a/b.md'
        """
        return f"{self.name}/{path}"
