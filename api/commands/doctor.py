"""``naysay doctor``: what this installation has, and what would stop it."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import typer

from naysay import __version__

from ..configuration import configuration_for
from ..misuse import CannotRun
from ..reports.paint import paint
from ..reports.plain import Look, one_line
from . import options
from .listing import write_object
from .opening import screen

PACKAGES = (
    "ahocorasick-rs", "fastapi", "markdown-it-py", "networkx", "oxrdflib", "pathspec", "pyoxigraph", "pyyaml", "rdflib",
    "rich", "typer", "uvicorn", "wcwidth",
)  # fmt: skip


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    value: str
    good: bool = True


def doctor(
    store: options.Store = None,
    kind: options.Format = "text",
    colour: options.Colour = "auto",
    ascii_only: options.Ascii = False,
) -> None:
    """Show versions, limits and settings.

    Exits with 2 when something would stop a command.
    """
    findings = [*_versions(), *_limits(), _scratch(), _configuration(), *([_store(store)] if store else [])]
    content: dict[str, object] = {
        "findings": [{"name": row.name, "value": row.value, "good": row.good} for row in findings]
    }
    write_object(kind, content, partial(_text, findings, screen(colour, ascii_only)))
    raise typer.Exit(0 if all(row.good for row in findings) else 2)


def _text(findings: list[Finding], look: Look) -> Iterator[str]:
    for row in findings:
        mark = "ok     " if row.good else "problem"
        yield f"{paint(mark, 'dim' if row.good else 'error', look)} {row.name:<20} {one_line(row.value, look.ascii)}"


def _versions() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    yield Finding("naysay", __version__)
    yield Finding("python", sys.version.split()[0], sys.version_info >= (3, 11))
    for name in PACKAGES:
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            yield Finding(name, "not installed; run `pip install naysay` again", False)


def _limits() -> Iterator[Finding]:
    yield Finding("processors", str(os.cpu_count() or 1))
    yield Finding("locale", f"{locale.getpreferredencoding(False)}, output {sys.stdout.encoding}")
    can_fork = hasattr(os, "fork")
    yield Finding("query worker", "forked, with limits" if can_fork else "spawned, weaker memory limit")
    try:
        import resource
    except ImportError:
        return
    for name, limit in (("address space", resource.RLIMIT_AS), ("open files", resource.RLIMIT_NOFILE)):
        soft, _ = resource.getrlimit(limit)
        yield Finding(name, "unlimited" if soft == resource.RLIM_INFINITY else str(soft))


def _scratch() -> Finding:
    import tempfile

    try:
        with tempfile.TemporaryFile():
            return Finding("temporary folder", tempfile.gettempdir())
    except OSError as error:
        return Finding("temporary folder", f"not writable ({error.strerror}); set TMPDIR", False)


def _configuration() -> Finding:
    try:
        source = configuration_for(Path.cwd()).source
    except CannotRun as error:
        return Finding("configuration", "; ".join(error.problems), False)
    return Finding("configuration", str(source) if source else "none, the defaults hold")


def _store(store: Path) -> Finding:
    if not store.is_dir():
        return Finding("store", f"{store}: no such folder; `naysay ingest DIR --store {store}` makes one", False)
    try:
        from pyoxigraph import Store

        return Finding("store", f"{store}: {len(Store.read_only(str(store)))} statements")
    except OSError as error:
        return Finding("store", f"{store}: cannot be opened ({error}); make it again with `naysay ingest`", False)
