"""``naysay init``: a configuration and a vocabulary to begin with, both with comments that say what to do."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from ..console import emit
from ..misuse import CannotRun
from ..reports.plain import one_line

STARTERS = {"naysay.toml": "naysay.toml", "vocabulary.ttl": "vocabulary.ttl"}
"""File written to file shipped in ``api/starter``."""

Where = Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder to set up.")]


def init(folder: Where = Path()) -> None:
    """Write a commented configuration and vocabulary.

    The files are naysay.toml and vocabulary.ttl; nothing that exists is overwritten.
    """
    if not folder.is_dir():
        raise CannotRun([f"{folder}: no such folder; make it first"])
    there = [folder / name for name in STARTERS if (folder / name).exists()]
    if there:
        raise CannotRun([f"{path}: exists already; move it away, or edit it" for path in there])
    for name, shipped in STARTERS.items():
        text = files("naysay.api.starter").joinpath(shipped).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    written = [f"wrote {one_line(str(folder / name))}" for name in STARTERS]
    emit([*written, "Next: `naysay check`, then name in vocabulary.ttl what it mixes up."])
