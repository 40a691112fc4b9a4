"""Where everything in a picture stands: circles in circles, the same for the same view on every run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

from ...graph.views import View
from .packing import Circle, enclosing, packed
from .regions import DEPTH, FAN, Region, regions, ties_inside, walk

_SIZE_CAP = 150


class Spacing(NamedTuple):
    """How much room a picture gives; all in its own unit of length."""

    least: float = 5.0
    """Radius of a node of size 1."""
    growth: float = 1.6
    """What the root of a node's size adds to its radius."""
    gap: float = 2.0
    """Room kept free around a node."""
    margin: float = 5.0
    """Room between a disc's edge and what is inside, more for the disc's name."""


_USUAL = Spacing()


class Place(NamedTuple):
    """A region of the map and where it stands."""

    region: Region
    circle: Circle
    parent: int
    """Index in the layout; -1 for the root."""


class Layout(NamedTuple):
    """All places of a map, outer before inner; the root is centred at the origin."""

    places: tuple[Place, ...]
    of_node: Mapping[int, int]
    """Index in ``places`` of each node of the view."""


def layout(view: View, spacing: Spacing = _USUAL, fan: int = FAN, depth: int = DEPTH) -> Layout:
    """The map of a view, in O(n log n) for n nodes besides the packing of at most ``fan`` siblings at a time."""
    root = regions(view, fan, depth)
    ties = ties_inside(root, view)
    inner = _arranged(root, view, ties, spacing)
    return _placed(root, inner)


def _arranged(
    root: Region, view: View, ties: Mapping[str, Mapping[tuple[str, str], int]], spacing: Spacing
) -> dict[str, Circle]:
    """Each region's circle relative to the centre of the disc around it."""
    radius: dict[str, float] = {}
    inner: dict[str, Circle] = {root.key: Circle(0.0, 0.0, 0.0)}
    for region in reversed(list(walk(root))):
        if region.node >= 0:
            size = min(view.nodes[region.node].size, _SIZE_CAP)
            radius[region.key] = spacing.least + spacing.growth * sqrt(size)
            continue
        around = _inside(region, radius, ties.get(region.key, {}), spacing, inner)
        radius[region.key] = around
    inner[root.key] = Circle(0.0, 0.0, radius[root.key])
    return inner


def _inside(
    region: Region,
    radius: Mapping[str, float],
    ties: Mapping[tuple[str, str], int],
    spacing: Spacing,
    inner: dict[str, Circle],
) -> float:
    """Packs what a disc holds and returns the disc's radius."""
    ordered = sorted(region.inside, key=lambda one: (-radius[one.key], one.key))
    if not ordered:
        return spacing.least
    number = {one.key: index for index, one in enumerate(ordered)}
    near: list[defaultdict[int, float]] = [defaultdict(float) for _ in ordered]
    for (one, two), weight in ties.items():
        near[number[one]][number[two]] += weight
        near[number[two]][number[one]] += weight
    circles = packed([radius[one.key] + spacing.gap for one in ordered], near)
    around = enclosing(circles)
    for child, circle in zip(ordered, circles, strict=True):
        inner[child.key] = Circle(circle.x - around.x, circle.y - around.y, circle.r - spacing.gap)
    return around.r + spacing.margin


def _placed(root: Region, inner: Mapping[str, Circle]) -> Layout:
    places: list[Place] = []
    index: dict[str, int] = {}
    parents: dict[str, str] = {}
    for region in walk(root):
        parent = index.get(parents.get(region.key, ""), -1)
        origin = places[parent].circle if parent >= 0 else Circle(0.0, 0.0, 0.0)
        own = inner[region.key]
        index[region.key] = len(places)
        places.append(Place(region, Circle(own.x + origin.x, own.y + origin.y, own.r), parent))
        parents.update((child.key, region.key) for child in region.inside)
    return Layout(tuple(places), {place.region.node: at for at, place in enumerate(places) if place.region.node >= 0})
