"""What one clause states."""

from __future__ import annotations

from typing import NamedTuple

from ..graph.model import Modality, Polarity


class Statement(NamedTuple):
    """One clause, read; offsets are into the passage's text."""

    subject: str
    """As written; empty when the clause has none of its own."""
    relation: str
    object: str
    polarity: Polarity
    modality: Modality
    condition: str
    past: bool
    """Told in the past tense ("was", "used to")."""
    marker: str
    """The word that carries polarity or state: ``not``, ``disabled``, ``only``."""
    quantifier: str
    """``only``, ``all``, ``no`` or empty."""
    start: int
    end: int
