"""The commands: one module for each, registered here in the order that help shows them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated

import typer
from typer.main import get_command

from naysay import __version__

from ..engine import Engine

COMMANDS = {
    "check": "check",
    "watch": "watch",
    "fix": "fix",
    "baseline": "baseline",
    "ask": "ask",
    "explain": "explain",
    "rule": "explain",
    "claims": "claims",
    "entities": "entities",
    "why-not": "why_not",
    "ingest": "ingest",
    "query": "query",
    "export": "export",
    "serve": "serve",
    "test-rules": "rule_examples",
    "init": "init",
    "config": "config",
    "cache": "cache",
    "doctor": "doctor",
}
"""Command name to the module that holds it; its function bears the name of the command or of the module."""


def run(arguments: list[str], engine: Engine | None) -> object:
    """Run one command; what it returns is its exit code, None for 0.

    Only the module of a command that is known is imported; help and misspelt commands need them all.
    """
    app = typer.Typer(name="naysay", rich_markup_mode=None, pretty_exceptions_enable=False, help=_about.__doc__)
    app.callback()(_about)
    wanted = arguments[0] if arguments[0] in COMMANDS else None
    for name, module in COMMANDS.items():
        if wanted not in (None, name):
            continue
        held = import_module(f".{module}", __name__)
        command: Callable[..., None] = getattr(held, name.replace("-", "_"), None) or getattr(held, module)
        app.command(name)(command)
    return get_command(app).main(arguments, prog_name="naysay", standalone_mode=False, obj=engine)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"naysay {__version__}")
        raise typer.Exit


def _about(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Find where a documentation set contradicts itself, and who claims what.

    Exit codes: 0 clean, 1 conflicts that gate, 2 could not run, 130 interrupted.
    """
