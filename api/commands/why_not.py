"""``naysay why-not``: why two lines are not reported as a conflict."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated

import typer

from ..engine import Place
from ..misuse import CannotRun
from ..reports.plain import visible
from . import options
from .claims import matching
from .listing import write_object
from .opening import Choice, Opened, opened

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")
Side = Annotated[str, typer.Argument(metavar="FILE:LINE", help="A line of a document.")]


def why_not(
    context: typer.Context,
    first: Side,
    second: Side,
    paths: options.Paths = None,
    kind: options.Format = "text",
    vocabulary: options.Vocabulary = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    no_ignore: options.NoIgnore = False,
    store: options.Store = None,
    workers: options.Workers = 0,
    cache: options.Cache = "",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show what keeps two lines apart.

    The claims or silences of both lines, their keys and scopes, and the gate that separated them.
    """
    places = [_place(text) for text in (first, second)]
    choice = Choice(
        tuple(paths or ()),
        store,
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
    lines = found.engine.why_not(found.corpus, *(_known(place, found) for place in places))
    content: dict[str, object] = {"lines": list(lines)}
    write_object(kind, content, partial(map, visible, lines))


def _place(text: str) -> Place:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise CannotRun([f"{text}: not a line of a document; write it as FILE:LINE"])
    return Place(found["path"], int(found["line"]))


def _known(place: Place, found: Opened) -> Place:
    """The place with the path that the set knows it by."""
    named = matching(place.path, found)
    if len(named) != 1:
        what = "no document of the set" if not named else f"{len(named)} documents end so; give more of the path"
        raise CannotRun([f"{place.path}: {what}"])
    return Place(named[0], place.line)
