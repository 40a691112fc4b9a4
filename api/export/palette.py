"""The colours of the pictures, by what a node or an edge is; meaning never rests on colour alone."""

from __future__ import annotations

from typing import NamedTuple


class Role(NamedTuple):
    """How one kind of node is called and drawn."""

    plural: str
    fill: str
    """Solid colour for a mark on white; white text on it is readable (contrast above 4.5:1)."""
    pale: str
    """Background behind dark text (contrast above 7:1 with #1c2430)."""


NODE_ROLES = {
    "alias": Role("other names", "#3d7560", "#dcebe4"),
    "conflict": Role("conflicts", "#c2362f", "#f9dcd9"),
    "deprecated": Role("deprecated names", "#93610f", "#f6e6c9"),
    "document": Role("documents", "#45628f", "#dfe7f3"),
    "entity": Role("entities", "#1f6f6d", "#d5ebea"),
    "term": Role("terms", "#6a5f95", "#e5e1f0"),
}
_OTHER = Role("others", "#5d6672", "#e6e9ed")
EDGE_NAMES = {
    "conflict": "statement in conflict",
    "denied": "denied",
    "replaces": "replaces",
    "plain": "affirmed or cited",
}
EDGE_INK = {"conflict": "#c2362f", "denied": "#c2362f", "replaces": "#93610f", "plain": "#7d8794"}


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
