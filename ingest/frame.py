"""What governs a passage: its section, its lead-in and the subject that they lend it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..graph.model import ScopeTerm
from .context import Role, Section


class Frame(NamedTuple):
    """What governs a passage: its section, its lead-in and the subject it inherits."""

    path: str
    section: Section
    role: Role
    subject: str
    subject_from: str
    verb: str
    """Lemma of a lead-in such as "The cluster enforces:"; empty otherwise."""
    scope: tuple[ScopeTerm, ...]


@lru_cache(maxsize=1_000)
def topic_of(section: Section) -> str:
    """The governing headings below the title, nearest first."""
    return " › ".join(reversed(section.titles[1:]))
