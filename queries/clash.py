"""Whether a conflict is one even without some of its statements."""

from __future__ import annotations

from collections.abc import Callable

from ..graph.model import Conflict, Side
from .identity import position


def held(side: Side) -> str:
    """What one side of a conflict holds, wherever it stands."""
    return position(side.claim) if side.claim else side.quote


def clashes_without(conflict: Conflict, dropped: Callable[[str], bool]) -> bool:
    """Whether the statements of a conflict still contradict each other when those of some documents are dropped.

    They do while two different things are held.  A conflict in which one thing alone is held stands with any statement
    that is left.
    """
    sides = (*conflict.sides, *conflict.more)
    everything = {held(side) for side in sides}
    left = {held(side) for side in sides if not dropped(side.path)}
    return len(left) >= min(2, len(everything))
