"""``naysay init``: everything that a set needs to be checked, with comments that say what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

import typer

from ...ingest.files import discover
from ..configuration import BASELINE, configured_by
from ..console import emit
from ..discovery import Found, documentation_in
from ..misuse import CannotRun
from ..reports.plain import one_line
from ..reports.wording import counted
from ..settings import schema_text

CONFIGURATION: Final = "naysay.toml"
VOCABULARY: Final = "vocabulary.ttl"
SCHEMA: Final = ".naysay/naysay.schema.json"
"""Beside the configuration, so that editors find it offline and in the edition that is installed."""

Where = Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder to set up.")]
WithBaseline = Annotated[
    bool, typer.Option("--baseline", help="Take the conflicts that there are as known: only new ones will fail.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what is there.")]


def init(context: typer.Context, folder: Where = Path(), baseline: WithBaseline = False, force: Force = False) -> None:
    """Find the documents, and write a commented configuration and vocabulary.

    The files are naysay.toml, vocabulary.ttl and a schema for editors. What exists is left alone, unless forced.
    """
    if not folder.is_dir():
        raise CannotRun([f"{folder}: no such folder; make it first"])
    found = documentation_in(folder)
    texts = {CONFIGURATION: _configuration(found), VOCABULARY: _starter(VOCABULARY), SCHEMA: schema_text()}
    _must_be_new(folder, texts, force)
    if baseline and not found and not any(discover(folder)):
        raise CannotRun([f"{folder}: no Markdown files, so there is nothing to keep a baseline of"])
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    emit([*(f"wrote {one_line(str(folder / name))}" for name in texts), *map(one_line, _read(found))])
    if baseline:
        _keep(context, [str(folder / one.folder) for one in found] or [str(folder)])
    emit(_next(folder, baseline))


def _must_be_new(folder: Path, texts: Mapping[str, str], force: bool) -> None:
    """Nothing is lost: a file that is there is one that this command wrote and nobody changed, or it is in the way."""
    there = [folder / name for name in (CONFIGURATION, VOCABULARY) if (folder / name).exists()]
    schema = folder / SCHEMA
    if schema.exists() and schema.read_bytes() != texts[SCHEMA].encode():
        there.append(schema)
    other = configured_by(folder)
    if other is not None and other not in there:
        there.append(other)
    if there and not force:
        raise CannotRun([f"{path}: exists already; edit it, move it away, or overwrite with --force" for path in there])


def _starter(name: str) -> str:
    return files("naysay.api.starter").joinpath(name).read_text(encoding="utf-8")


def _configuration(found: Sequence[Found]) -> str:
    """The starter with the folders that were found; with none, or the whole folder, nothing needs to be said."""
    text = _starter(CONFIGURATION)
    if not found or found[0].folder == ".":
        return text
    roots = json.dumps([one.folder for one in found], ensure_ascii=False)
    return re.sub(r"^# roots = .*$", lambda _: f"roots = {roots}", text, count=1, flags=re.MULTILINE)


def _read(found: Sequence[Found]) -> Iterator[str]:
    for one in found:
        name = "this folder" if one.folder == "." else f"{one.folder}/"
        yield f"reads {name} ({one.because}): {counted(one.documents, 'document')}"
    if not found:
        yield "reads every Markdown file of this folder: no documentation folder was recognised; name yours as roots"


def _keep(context: typer.Context, paths: Sequence[str]) -> None:
    from .baseline import baseline

    baseline(context, "write", list(paths), reason="there when naysay was switched on")


def _next(folder: Path, kept: bool) -> Iterator[str]:
    place = "" if folder.resolve() == Path.cwd().resolve() else f", in {folder}"
    yield one_line(f"Next{place}:")
    yield "  naysay check             what contradicts what"
    if not kept:
        yield "  naysay baseline write    take what there is as known, so that only new conflicts fail"
    yield f"  {VOCABULARY:<23}  name there what it mixes up; `naysay entities` shows what it learned"
    yield f"  commit {CONFIGURATION}, {VOCABULARY}, {SCHEMA}{f', {BASELINE}' if kept else ''}"
