"""Every setting of ``naysay.toml``: one table that validates a configuration, describes it to editors and lists it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from ..graph.model import PrecedencePolicy
from ..ingest.directives import reason_fault
from .setting_kinds import (
    PATTERN,
    RULE,
    SOURCE_NAME,
    Choice,
    Day,
    Fault,
    Schema,
    Setting,
    Share,
    Tables,
    Text,
    Texts,
    is_file,
    is_folder,
    object_schema,
)

LEVELS: Final = ("error", "warning", "note")

_PATTERNS: Final = Texts(PATTERN)
_RULES: Final = Texts(RULE)
_FOLDER: Final = Text('the path of a folder, as in {key} = "docs"', check=is_folder)

JUDGING: Final = (
    Setting("select", _RULES, "Only these rules, by id or its beginning; all of them when left out.", []),
    Setting("ignore", _RULES, "Not these rules, by id or its beginning.", []),
    Setting("fail-on", Choice(LEVELS), "The least severity that makes the exit code 1.", "error"),
    Setting("fail-confidence", Share(), "The least confidence that makes the exit code 1.", 0.8),
    Setting("min-level", Choice(LEVELS), "The least severity that is shown.", "note"),
)
"""Settings that may differ from folder to folder."""

OVERRIDE: Final = (
    Setting(
        "path",
        Texts(PATTERN, single=True, least=1),
        "The documents it is about: patterns as in .gitignore.",
        required='says not what it is about; give it a path, as in path = "archive/"',
    ),
    *(
        Setting(one.name, one.kind, f"{one.about[:-1]}, in these documents.")
        if one.name != "ignore"
        else Setting("ignore", _RULES, "Neither these rules, in these documents.")
        for one in JUDGING
    ),
)

SOURCE: Final = (
    Setting(
        "name",
        SOURCE_NAME,
        "What the paths of its documents begin with in reports.",
        required='has no name, with which its paths begin in reports; add name = "…"',
    ),
    Setting(
        "path",
        Text('the path of a folder, as in {key} = "docs"'),
        "The folder that is read.",
        required='has no folder to read; add path = "…"',
    ),
    Setting("include", _PATTERNS, "Of this source read only what matches, in place of the include of the whole."),
    Setting("exclude", _PATTERNS, "Of this source leave out what matches, in place of the exclude of the whole."),
)

ALLOW: Final = (
    Setting("rule", Texts(Text(), single=True, least=1), "The rules it is about, by id or name."),
    Setting("id", Text(), "The one conflict it is about."),
    Setting("path", PATTERN, "The documents it is about: a pattern as in .gitignore."),
    Setting(
        "reason", Text(), "Why the conflicts may stand.",
        required=reason_fault("").replace('reason="…"', 'reason = "…"'),
    ),
    Setting("owner", Text(), "Who looks after it."),
    Setting("until", Day(), "The last day on which it holds."),
)  # fmt: skip


def _names_once(tables: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """A name stands for one source, on file systems that do not tell cases apart, too."""
    seen: set[str] = set()
    for number, table in enumerate(tables):
        name = str(table["name"])
        if name.lower() in seen:
            text = f'[[source]]: "name" is {name!r} for the second time; give each source its own'
            yield Fault((number, "name"), text, deep=True)
        seen.add(name.lower())


SETTINGS: Final = (
    Setting("roots", Texts(_FOLDER), "Folders that hold the documents; the configuration's own when left out.", []),
    Setting("include", _PATTERNS, "Read only what matches one of these patterns as in .gitignore.", []),
    Setting("exclude", _PATTERNS, "Leave out what matches one of these patterns as in .gitignore.", []),
    Setting(
        "vocabulary",
        Text('the path of a Turtle file, as in {key} = "vocabulary.ttl"', check=is_file),
        "Names, other names and kinds of what the documents speak of, in SKOS (Turtle).",
    ),
    *JUDGING,
    Setting(
        "precedence",
        Choice(get_args(PrecedencePolicy)),
        "What makes a conflict a note: a stated precedence, or status, version, date and scope too.",
        "strict",
    ),
    Setting(
        "allow",
        Tables(ALLOW, ("rule", "id", "path"), "says not what is allowed; give it a rule, an id or a path"),
        "Conflicts that the project lets stand, each with the reason.",
    ),
    Setting("override", Tables(OVERRIDE), "What is otherwise in some folders; later ones win over earlier ones."),
    Setting(
        "source",
        Tables(SOURCE, check=_names_once),
        "Folders or repositories that are read as one set, in place of roots.",
    ),
)

TITLE: Final = "Settings of naysay (naysay.toml, or [tool.naysay] of pyproject.toml)"


def schema() -> Schema:
    """The JSON Schema of a configuration."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        **object_schema(SETTINGS),
    }


def schema_text() -> str:
    """The schema as a file."""
    import json

    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
