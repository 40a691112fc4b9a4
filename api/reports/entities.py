"""Entities as text: each name with its kind, its other names and the lines that tie them to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...graph.model import Entity
from .paint import paint
from .plain import Look, clip, one_line
from .wording import counted


def render(entities: Sequence[Entity], look: Look) -> Iterator[str]:
    """One block an entity; the evidence names the line that states the equivalence."""
    for entity in entities:
        yield from _block(entity, look)
    yield f"{len(entities)} entit{'y' if len(entities) == 1 else 'ies'}"


def _block(entity: Entity, look: Look) -> Iterator[str]:
    mentions = sum(count for _, count in entity.mentions)
    seen = f"{counted(mentions, 'mention')} in {counted(len(entity.mentions), 'document')}"
    kind = f" ({entity.kind})" if entity.kind else ""
    yield paint(_line([entity.name + kind, seen], 0, look), "strong", look)
    for title, names in (("also", entity.aliases), ("formerly", entity.deprecated), ("within", entity.broader)):
        if names:
            yield _line([f"{title} {', '.join(names)}"], 4, look)
    for row in entity.evidence:
        told = f"{row.kind}: {row.label} {look.glyphs.dot} {row.other}"
        yield paint(_line([f"{row.path}:{row.line}", told], 6, look), "dim", look)


def _line(parts: Iterable[str], indent: int, look: Look) -> str:
    shown = "  ".join(one_line(part, look.ascii) for part in parts)
    shown = f"./{shown}" if not indent and shown.startswith(":") else shown
    return " " * indent + clip(shown, look.width - indent, look.glyphs.dots)
