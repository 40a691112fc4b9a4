"""The colours of the pictures, by what a node or an edge is; meaning never rests on colour alone."""

from __future__ import annotations

from typing import NamedTuple


class Role(NamedTuple):
    """How one kind of node is drawn and called."""

    name: str
    plural: str
    fill: str
    """Solid colour for a mark on white."""
    pale: str
    """Background behind dark text (contrast above 7:1 with #1c2430)."""


NODE_ROLES = {
    "alias": Role("alias", "other names", "#5f8f7b", "#dcebe4"),
    "conflict": Role("conflict", "conflicts", "#c2362f", "#f9dcd9"),
    "deprecated": Role("deprecated", "deprecated names", "#a9741f", "#f6e6c9"),
    "document": Role("document", "documents", "#45628f", "#dfe7f3"),
    "entity": Role("entity", "entities", "#2b7a78", "#d5ebea"),
    "term": Role("term", "terms", "#6a5f95", "#e5e1f0"),
}
_OTHER = Role("other", "others", "#6b7480", "#e6e9ed")
EDGE_NAMES = {
    "conflict": "statement in conflict",
    "denied": "denied",
    "replaces": "replaces",
    "plain": "affirmed or cited",
}
EDGE_INK = {"conflict": "#c2362f", "denied": "#c2362f", "replaces": "#a9741f", "plain": "#7d8794"}


def node_role(kind: str) -> Role:
    """The role of a kind of node; unknown kinds share one.

    >>> node_role("term").plural
    'terms'
    """
    return NODE_ROLES.get(kind, _OTHER)


def edge_role(kind: str) -> str:
    """``conflict``, ``denied``, ``replaces`` or ``plain``.

    >>> edge_role("superseded-by")
    'replaces'
    """
    if kind == "side":
        return "conflict"
    if kind in ("supersedes", "superseded-by", "deprecated"):
        return "replaces"
    return "denied" if kind == "denied" else "plain"
