"""The SVG picture: well formed, inert, counted, and no label over another."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.api.export import svg
from naysay.api.export.lettering import Board, Box, Label, box, fitted, width
from naysay.api.export.packing import Circle
from naysay.api.export.palette import NODE_ROLES, node_role
from naysay.api.export.selection import largest
from naysay.graph.views import View

NS = "{http://www.w3.org/2000/svg}"


def parsed(view: View) -> ElementTree.Element:
    return ElementTree.fromstring("".join(svg.render(view)))


def group(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return list(next(one for one in tree.iter(f"{NS}g") if one.get("id") == name))


@pytest.mark.parametrize("name", ["small_view", "large_view", "hostile_view"])
def test_every_chosen_node_and_edge_is_drawn(name: str, request: pytest.FixtureRequest) -> None:
    view: View = request.getfixturevalue(name)
    part = largest(view, svg.MAX_NODES, svg.MAX_EDGES).view
    tree = parsed(view)
    assert (len(group(tree, "nodes")), len(group(tree, "edges"))) == (len(part.nodes), len(part.edges))


def test_a_cut_is_said_in_the_picture(large_view: View, small_view: View) -> None:
    texts = [one.text or "" for one in parsed(large_view).iter(f"{NS}text")]
    assert any(text.startswith("Cut to the largest conflicts: ") for text in texts)
    assert "All 4 nodes and 5 edges." in [one.text for one in parsed(small_view).iter(f"{NS}text")]


def test_the_legend_counts_what_is_drawn(large_view: View) -> None:
    part = largest(large_view, svg.MAX_NODES, svg.MAX_EDGES).view
    conflicts = sum(node.kind == "conflict" for node in part.nodes)
    lines = ["".join(one.itertext()) for one in group(parsed(large_view), "legend") if one.tag == f"{NS}text"]
    assert f"conflicts {conflicts:,}" in lines
    assert f"statement in conflict {len(part.edges):,}" in lines


def test_nothing_in_it_acts(hostile_view: View) -> None:
    tags = {one.tag.removeprefix(NS) for one in parsed(hostile_view).iter()}
    assert tags == {"circle", "desc", "g", "path", "rect", "svg", "text", "title", "tspan"}
    names = {name for one in parsed(hostile_view).iter() for name in one.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name}


def test_labels_of_discs_do_not_cover_each_other(large_view: View) -> None:
    labels = [one for one in group(parsed(large_view), "labels") if one.get("font-weight") == "600"]
    boxes = [_box(one) for one in labels]
    assert len(boxes) > 10
    assert not [pair for pair in combinations(boxes, 2) if _touch(*pair)]


@given(st.text(max_size=50), st.floats(12.0, 60.0))
def test_a_fitted_label_stays_inside_its_circle(text: str, radius: float) -> None:
    for label in fitted(text, Circle(0.0, 0.0, radius), 9.5):
        corner = box(label)
        assert max(abs(corner.left), abs(corner.right)) <= radius
        assert width(label.text, 9.5) <= 2 * radius


def test_a_board_refuses_what_is_taken() -> None:
    board = Board()
    assert board.take(Box(0, 0, 200, 10))
    assert not board.take(Box(190, 5, 300, 20))
    assert board.take(Box(201, 0, 300, 10))


@pytest.mark.parametrize("kind", [*NODE_ROLES, "other"])
def test_text_on_a_mark_is_readable(kind: str) -> None:
    role = node_role(kind)
    assert _contrast("#ffffff", role.fill) >= 4.5
    assert _contrast("#1c2430", role.pale) >= 7


def _contrast(one: str, two: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _box(element: ElementTree.Element) -> Box:
    size = float(element.get("font-size", ""))
    label = Label(element.text or "", float(element.get("x", "")), float(element.get("y", "")) - size * 0.35, size)
    left, top, right, bottom = box(label)
    return Box(left + 0.1, top + 0.1, right - 0.1, bottom - 0.1)


def _touch(one: Box, two: Box) -> bool:
    return one.left < two.right and two.left < one.right and one.top < two.bottom and two.top < one.bottom
