"""The answer to a question as text: who says what, in which scope, where, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..engine import Answer, Stance
from .paint import paint
from .plain import Look, clip, columns, one_line, place, wrapped
from .wording import counted, scope_words, verb_of


def render(answer: Answer, look: Look) -> Iterator[str]:
    """The reading that was chosen, then the stances under the thing they are about."""
    yield from wrapped(f"Read as: {one_line(answer.reading, look.ascii)}", look.width)
    for who, rows in groupby(answer.stances, key=lambda stance: stance.who):
        yield ""
        yield paint(clip(place(one_line(who), look.ascii), look.width, look.glyphs.dots), "strong", look)
        for row in rows:
            yield from _row(row, look)
    yield ""
    documents = {stance.path for stance in answer.stances}
    yield f"{counted(len(answer.stances), 'statement')} in {counted(len(documents), 'document')}"


def _row(stance: Stance, look: Look) -> Iterator[str]:
    scope = scope_words(stance.scope)
    held = f"{verb_of(stance.modality, stance.polarity)}: {stance.what}" + (f"  [{scope}]" if scope else "")
    yield from _indented("  ", held, look)
    yield from _indented(f"      {look.glyphs.bar} ", stance.quote, look)
    where = f"{stance.path}:{stance.line}"
    if stance.conflicts:
        where += f"  in conflict: {', '.join(stance.conflicts)}"
    yield from _indented("      ", where, look)


def _indented(start: str, text: str, look: Look) -> Iterator[str]:
    """The text under an indentation, never beginning as a build log's command does."""
    for line in wrapped(place(one_line(text), look.ascii), look.width - columns(start) - 2):
        yield start + (f"./{line}" if line.startswith(":") else line)
