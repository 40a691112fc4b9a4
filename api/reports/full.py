"""One conflict in full: every side, how it was derived, and the query that proves it."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph.model import Conflict
from .excerpt import Sources
from .paint import paint
from .plain import Look, one_line, visible, wrapped
from .two_sided import block


def render(conflict: Conflict, sources: Sources, look: Look) -> Iterator[str]:
    """Lines without their line ends."""
    yield from block(conflict, sources, look, every_side=True)
    if conflict.derivation:
        yield ""
        yield paint("How it was derived", "strong", look)
        for step in conflict.derivation:
            yield from _item(step, look)
    if conflict.features:
        from ...queries.confidence import weight

        yield ""
        yield paint("What its confidence rests on", "strong", look)
        for name, value in conflict.features:
            yield from _item(f"{name}: {value:g} ({weight(name) * value:+.2f})", look)
    if conflict.proof:
        yield ""
        yield paint("Proof: this query is true while the conflict stands", "strong", look)
        for line in conflict.proof.strip().splitlines():
            yield f"  {look.glyphs.bar} {visible(line, look.ascii)}"


def _item(text: str, look: Look) -> Iterator[str]:
    first, *more = wrapped(one_line(text, look.ascii), look.width - 4)
    yield f"  {look.glyphs.dot} {first}"
    for line in more:
        yield f"  {look.glyphs.bar} {line}"
