"""The map: everything once, nothing over another, the same for the same view."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.api.export.layout import Layout, layout
from naysay.api.export.packing import Circle, enclosing, packed
from naysay.api.export.regions import regions, walk
from naysay.graph.views import View, ViewNode

RADII = st.lists(st.floats(0.5, 60.0), min_size=1, max_size=60).map(lambda radii: sorted(radii, reverse=True))


@given(RADII, st.data())
def test_packed_circles_do_not_overlap(radii: list[float], data: st.DataObject) -> None:
    ties = [{data.draw(st.integers(0, len(radii) - 1)): 1.0} if index % 3 == 0 else {} for index in range(len(radii))]
    circles = packed(radii, ties)
    assert [circle.r for circle in circles] == radii
    assert all(apart(one, two) > -1e-3 for one, two in combinations(circles, 2))


@given(RADII)
def test_the_enclosing_circle_holds_all_and_is_nearly_the_smallest(radii: list[float]) -> None:
    circles = packed(radii, [{} for _ in radii])
    around = enclosing(circles)
    assert all(hypot(one.x - around.x, one.y - around.y) + one.r <= around.r * 1.000001 for one in circles)
    spread = max((hypot(a.x - b.x, a.y - b.y) + a.r + b.r for a, b in combinations(circles, 2)), default=2 * radii[0])
    assert around.r <= spread / 3**0.5 * 1.05 + 1e-6


@pytest.mark.parametrize("name", ["small_view", "large_view", "hostile_view"])
def test_every_node_stands_once_inside_its_parent(name: str, request: pytest.FixtureRequest) -> None:
    view: View = request.getfixturevalue(name)
    found = layout(view)
    assert sorted(found.of_node) == list(range(len(view.nodes)))
    for place in found.places[1:]:
        around = found.places[place.parent].circle
        assert hypot(place.circle.x - around.x, place.circle.y - around.y) + place.circle.r <= around.r + 1e-3
    assert not overlapping(found)


def test_the_layout_does_not_depend_on_the_run(large_view: View) -> None:
    assert layout(large_view) == layout(large_view)


def test_many_siblings_are_put_in_ranges_by_name() -> None:
    nodes = tuple(ViewNode(f"n{n:04d}", "x", "term", "", 1 + n % 9, f"{n:04d}-a.md", 0, "") for n in range(3000))
    tree = regions(View("v", "V", nodes, ()), fan=20)
    assert max(len(region.inside) for region in walk(tree)) <= 20
    assert sum(region.node >= 0 for region in walk(tree)) == tree.count == 3000
    assert [region.label for region in tree.inside][:2] == ["0000 – 0149", "0150 – 0299"]
    assert {region.kind for region in tree.inside} == {"range"}


def test_a_deep_path_is_cut_to_a_bounded_depth() -> None:
    nodes = tuple(ViewNode(f"n{n}", "x", "term", "", 1, "/".join(["d", *["e"] * n, "f.md"]), 0, "") for n in range(900))
    places = layout(View("v", "V", nodes, ()))
    assert len(places.of_node) == 900


def test_keys_are_unique(large_view: View) -> None:
    keys = [place.region.key for place in layout(large_view).places]
    assert len(keys) == len(set(keys))


def apart(one: Circle, two: Circle) -> float:
    return hypot(one.x - two.x, one.y - two.y) - one.r - two.r


def overlapping(found: Layout) -> list[tuple[str, str]]:
    siblings: dict[int, list[int]] = {}
    for index, place in enumerate(found.places):
        siblings.setdefault(place.parent, []).append(index)
    pairs = (pair for group in siblings.values() for pair in combinations(group, 2))
    places = found.places
    return [
        (places[a].region.key, places[b].region.key)
        for a, b in pairs
        if apart(places[a].circle, places[b].circle) < -1e-3
    ]
