"""Keys and values of code blocks in YAML, JSON, TOML, INI, env, properties, HCL and shell.

The scanners read line by line and never raise: a sample that is no whole text of its language gives the
values that can be read, and the other lines are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from .assignments import assignment_rows, shell_rows
from .json_lines import json_rows
from .key_values import KeyValue, Row, placed
from .page import Fence
from .yaml_lines import yaml_rows

__all__ = ["KeyValue", "key_values"]

_YAML = frozenset({"yaml", "yml"})
_JSON = frozenset({"json", "jsonc", "json5"})
_ASSIGN = frozenset({"toml", "env", "dotenv", "hcl", "terraform", "tf", "conf"})
_COLON = frozenset({"ini", "properties", "cfg"})
_SHELL = frozenset({"bash", "sh", "shell", "zsh", "console", "dockerfile"})

MAX_LINE = 4_000
"""Lines longer than this are generated data and are passed over."""


def key_values(fence: Fence) -> Iterator[KeyValue]:
    """The keys and values of a code block whose info string names a structured language; nothing for others.

    >>> fence = Fence("yaml", "web:\\n  port: 80  # plain", 7, (1, 1), -1, -1, 0)
    >>> [(pair.path, pair.value, pair.line, pair.column, pair.comment) for pair in key_values(fence)]
    [(('web', 'port'), '80', 8, 9, 'plain')]
    """
    yield from placed(_rows(fence.info, fence.text), fence.line, fence.columns)


def _rows(info: str, text: str) -> Iterator[Row]:
    lines = [line if len(line) <= MAX_LINE else "" for line in text.split("\n")]
    if info in _YAML:
        return yaml_rows(lines)
    if info in _JSON:
        return json_rows("\n".join(lines))
    if info in _ASSIGN or info in _COLON:
        return assignment_rows(lines, colon=info in _COLON)
    if info in _SHELL:
        return shell_rows(lines)
    return iter(())
