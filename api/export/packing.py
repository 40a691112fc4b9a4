"""Circles packed into a circle without overlap, deterministically.

The method is the front chain of Wang, Wang, Dai and Wang, "Visualization of large hierarchical data by circle
packing" (CHI 2006); a circle is added where the chain is nearest to the circles that it is tied to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import hypot, sqrt
from typing import NamedTuple

_SLACK = 1e-6
_STEPS = 80


class Circle(NamedTuple):
    """A disc: its centre and radius."""

    x: float
    y: float
    r: float


def packed(radii: Sequence[float], ties: Sequence[Mapping[int, float]]) -> list[Circle]:
    """Touching circles of these radii, which must not grow; ``ties[i]`` weighs the circles that i should be near.

    >>> [round(circle.x, 3) for circle in packed([1.0, 1.0], [{}, {}])]
    [0.0, 2.0]
    """
    placed: list[Circle] = []
    ring: list[int] = []
    for index, radius in enumerate(radii):
        if index < 2:
            placed.append(Circle(placed[0].r + radius if placed else 0.0, 0.0, radius))
            ring.append(index)
            continue
        ring = _turned(ring, placed, _centre(placed, ties[index]))
        circle, ring = _fitted(ring, placed, radius)
        placed.append(circle)
        ring.insert(1, index)
    return placed


def enclosing(circles: Sequence[Circle]) -> Circle:
    """A circle around all of them, within about a per cent of the smallest (Badoiu and Clarkson, 2003).

    >>> enclosing([Circle(0.0, 0.0, 2.0)])
    Circle(x=0.0, y=0.0, r=2.0)
    """
    x, y = circles[0].x, circles[0].y
    radius, far = _reach(circles, x, y)
    best = Circle(x, y, radius)
    for step in range(2, _STEPS):
        gap = hypot(far.x - x, far.y - y)
        if gap == 0.0:
            break
        share = (1.0 + far.r / gap) / step
        x, y = x + (far.x - x) * share, y + (far.y - y) * share
        radius, far = _reach(circles, x, y)
        if radius < best.r:
            best = Circle(x, y, radius)
    return best


def _reach(circles: Sequence[Circle], x: float, y: float) -> tuple[float, Circle]:
    """How far the circles reach from a point, and the one that reaches furthest."""
    reaches = [hypot(one_x - x, one_y - y) + r for one_x, one_y, r in circles]
    furthest = max(reaches)
    return furthest, circles[reaches.index(furthest)]


def _centre(placed: Sequence[Circle], ties: Mapping[int, float]) -> tuple[float, float]:
    """Where a circle should go: the weighted mean of the placed circles it is tied to, else the first one."""
    known = [(placed[other], weight) for other, weight in ties.items() if other < len(placed)]
    if not known:
        return placed[0].x, placed[0].y
    total = sum(weight for _, weight in known)
    return sum(one.x * weight for one, weight in known) / total, sum(one.y * weight for one, weight in known) / total


def _turned(ring: Sequence[int], placed: Sequence[Circle], centre: tuple[float, float]) -> list[int]:
    """The chain turned so that its first pair is the one nearest to the centre."""
    x, y = centre
    best, least = 0, -1.0
    for position, index in enumerate(ring):
        one, two = placed[index], placed[ring[(position + 1) % len(ring)]]
        share = one.r / (one.r + two.r)
        distance = hypot(one.x + (two.x - one.x) * share - x, one.y + (two.y - one.y) * share - y)
        if least < 0.0 or distance < least - _SLACK:
            best, least = position, distance
    return [*ring[best:], *ring[:best]]


def _fitted(ring: list[int], placed: Sequence[Circle], radius: float) -> tuple[Circle, list[int]]:
    """The new circle against the chain's first pair; a circle in its way takes the place of one of the pair."""
    while True:
        circle = _tangent(placed[ring[0]], placed[ring[1]], radius)
        hit = _nearest_hit(circle, ring, placed)
        if hit == 0:
            return circle, ring
        ring = [ring[0], *ring[hit:]] if hit - 1 <= len(ring) - hit else [ring[hit], *ring[1:hit]]


def _nearest_hit(circle: Circle, ring: Sequence[int], placed: Sequence[Circle]) -> int:
    """Position in the chain of the overlapping circle that is fewest steps from the first pair; 0 for none."""
    size = len(ring)
    found = (position for position in _outward(size) if _overlap(circle, placed[ring[position]]))
    return next(found, 0)


def _outward(size: int) -> Iterable[int]:
    """Positions of the chain in the order of their distance from its first pair.

    >>> list(_outward(7))
    [2, 6, 3, 5, 4]
    """
    for step in range(2, (size + 1) // 2 + 1):
        if step < size and step <= size - step + 1:
            yield step
        if step < size - step + 1:
            yield size - step + 1


def _overlap(one: Circle, two: Circle) -> bool:
    dx, dy, reach = one.x - two.x, one.y - two.y, one.r + two.r - _SLACK
    return dx * dx + dy * dy < reach * reach


def _tangent(one: Circle, two: Circle, radius: float) -> Circle:
    """The circle that touches both, on the right of the way from one to two."""
    dx, dy = two.x - one.x, two.y - one.y
    across = hypot(dx, dy) or _SLACK
    near, far = one.r + radius, two.r + radius
    along = (across * across + near * near - far * far) / (2.0 * across)
    aside = sqrt(max(0.0, near * near - along * along))
    ux, uy = dx / across, dy / across
    return Circle(one.x + ux * along + uy * aside, one.y + uy * along - ux * aside, radius)
