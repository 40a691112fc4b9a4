"""What a store keeps of the folder it was made from, so that it answers as the folder did.

These are the declared vocabulary, the settings that decide what a check reports, the project's own rules, and the way
from the store to the folder.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from ..graph.manifest import read_manifest
from .configuration import Configuration, Override, folder_of
from .misuse import CannotRun

VOCABULARY: Final = "vocabulary"
SETTINGS: Final = "settings"
ROOT: Final = "root"
RULE: Final = "rule:"
OVERRIDES: Final = "overrides"
FOLDER: Final = "folder"
_KEPT = ("fail_on", "fail_confidence", "min_level", "select", "ignore", "precedence", FOLDER)


def facts_of(
    root: Path, store: Path, configuration: Configuration, vocabulary: Path | None, rules: Path | None
) -> dict[str, str]:
    """The facts by their names; they are the same wherever folder and store are moved together."""
    settings: dict[str, object] = {name: getattr(configuration, name) for name in _KEPT if name != FOLDER}
    settings |= {
        OVERRIDES: [override._asdict() for override in configuration.overrides],
        FOLDER: folder_of(configuration, root.absolute()),
    }
    facts = {ROOT: _way(store, root), SETTINGS: json.dumps(settings, sort_keys=True)}
    if vocabulary is not None:
        facts[VOCABULARY] = vocabulary.read_text(encoding="utf-8-sig")
    for path in sorted(rules.glob("*.md")) if rules else ():
        facts[RULE + path.name] = path.read_text(encoding="utf-8-sig")
    return facts


def _way(store: Path, root: Path) -> str:
    """The way from the store to the folder; the folder itself where no way leads there."""
    try:
        return Path(os.path.relpath(root, store.absolute())).as_posix()
    except ValueError:
        return root.as_posix()


def kept_by(store: Path) -> Mapping[str, str]:
    """The facts of a store.

    Raises CannotRun where there is no store, StoreError for one that cannot be read.
    """
    manifest = read_manifest(store) if store.is_dir() else None
    if manifest is None:
        raise CannotRun([f"{store}: no such store; make one with `naysay ingest DIR --store {store}`"])
    return manifest.facts


def settings_in(facts: Mapping[str, str]) -> Configuration:
    """The settings in force when the store was made."""
    given: dict[str, Any] = json.loads(facts.get(SETTINGS, "{}"))
    overrides = tuple(Override(**_tuples(row)) for row in given.pop(OVERRIDES, []))
    values = {name: value for name, value in _tuples(given).items() if name in _KEPT}
    return replace(Configuration(), overrides=overrides, **values)


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(cast("list[str]", value)) if isinstance(value, list) else value for name, value in row.items()}


def rules_in(facts: Mapping[str, str]) -> Path | None:
    """The project's own rules, as files of a folder that is removed when the command ends; None without any."""
    names = [name for name in facts if name.startswith(RULE)]
    if not names:
        return None
    folder = Path(tempfile.mkdtemp(prefix="naysay-rules-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in names:
        (folder / Path(name.removeprefix(RULE)).name).write_text(facts[name], encoding="utf-8")
    return folder
