"""A picture of a view as SVG 1.1: folders and documents as discs, what stands in them inside, edges across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import cos, hypot, pi, sin
from typing import NamedTuple

from ...graph.views import View, ViewEdge, ViewNode
from .layout import Layout, Place, Spacing, layout
from .lettering import Board, Label, box, fitted
from .packing import Circle
from .palette import EDGE_INK, EDGE_NAMES, edge_role, node_role
from .selection import largest
from .text import shortened, xml

MAX_NODES = 140
MAX_EDGES = 400
_SPACING = Spacing(least=21.0, growth=4.5, gap=5.0, margin=12.0)
_LEAST_HEIGHT = 420.0
_SIDE = 280.0
_EDGE = 32.0
_HEAD = 92.0
_GROUPS = 12
_FONT_SIZE = 9.5
_FONT = "font-family=\"'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif\""
_INK, _MUTED = "#1c2430", "#5a6573"


class Frame(NamedTuple):
    """The sheet and the map's centre on it."""

    width: float
    height: float
    x: float
    y: float

    def moved(self, circle: Circle) -> Circle:
        """A circle of the map on the sheet."""
        return Circle(circle.x + self.x, circle.y + self.y, circle.r)


def render(view: View) -> Iterator[str]:
    """The largest part of the view with its title, its legend and a note on what was cut."""
    chosen = largest(view, MAX_NODES, MAX_EDGES)
    part = chosen.view
    places = layout(part, _SPACING, depth=1)
    frame = _frame(places)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    size = f'width="{_n(frame.width)}" height="{_n(frame.height)}" viewBox="0 0 {_n(frame.width)} {_n(frame.height)}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title note" {_FONT}>\n'
    yield f'<title id="title">{xml(view.title)}</title>\n<desc id="note">{xml(_note(chosen.notice(), part))}</desc>\n'
    yield f'<rect width="{_n(frame.width)}" height="{_n(frame.height)}" fill="#ffffff"/>\n'
    yield from _discs(places, frame)
    yield from _edges(part, places, frame)
    yield from _nodes(part, places, frame)
    yield from _labels(part, places, frame)
    yield from _heading(view.title, _note(chosen.notice(), part))
    yield from _legend(part, frame)
    yield "</svg>\n"


def _frame(places: Layout) -> Frame:
    circles = [place.circle for place in places.places[1:]] or [places.places[0].circle]
    left, right = min(one.x - one.r for one in circles), max(one.x + one.r for one in circles)
    top, bottom = min(one.y - one.r for one in circles), max(one.y + one.r for one in circles)
    height = max(bottom - top, _LEAST_HEIGHT)
    return Frame(right - left + 2 * _EDGE + _SIDE, height + _EDGE + _HEAD, _EDGE - left, _HEAD - top)


def _note(notice: str, part: View) -> str:
    return notice or f"All {len(part.nodes):,} nodes and {len(part.edges):,} edges."


def _discs(places: Layout, frame: Frame) -> Iterator[str]:
    yield '<g id="discs" stroke="#cfd6df" stroke-width="1">\n'
    for place in places.places[1:]:
        if place.region.node < 0:
            circle = frame.moved(place.circle)
            fill = "#f5f7f9" if place.region.kind == "folder" else "#eaeef3"
            yield f'<circle {_at(circle)} fill="{fill}"><title>{xml(_disc_title(place))}</title></circle>\n'
    yield "</g>\n"


def _disc_title(place: Place) -> str:
    return f"{place.region.label}: {place.region.count:,} nodes"


def _edges(part: View, places: Layout, frame: Frame) -> Iterator[str]:
    index = {node.id: number for number, node in enumerate(part.nodes)}
    yield '<g id="edges" fill="none" stroke-linecap="round">\n'
    for edge in part.edges:
        one = frame.moved(places.places[places.of_node[index[edge.source]]].circle)
        two = frame.moved(places.places[places.of_node[index[edge.target]]].circle)
        yield f'<path d="{_curve(one, two)}" {_stroke(edge)}><title>{xml(_edge_title(edge))}</title></path>\n'
    yield "</g>\n"


def _curve(one: Circle, two: Circle) -> str:
    """A shallow arc from rim to rim; a loop where both are the same."""
    dx, dy = two.x - one.x, two.y - one.y
    far = hypot(dx, dy)
    if far <= one.r + two.r:
        return f"M{_n(one.x - one.r)} {_n(one.y)}A{_n(one.r)} {_n(one.r)} 0 1 1 {_n(one.x)} {_n(one.y - one.r)}"
    start_x, start_y = one.x + dx * one.r / far, one.y + dy * one.r / far
    end_x, end_y = two.x - dx * two.r / far, two.y - dy * two.r / far
    bend_x, bend_y = (start_x + end_x) / 2 - dy * 0.14, (start_y + end_y) / 2 + dx * 0.14
    return f"M{_n(start_x)} {_n(start_y)}Q{_n(bend_x)} {_n(bend_y)} {_n(end_x)} {_n(end_y)}"


def _stroke(edge: ViewEdge) -> str:
    role = edge_role(edge.kind)
    dash = ' stroke-dasharray="5 4"' if role == "denied" else ""
    width = min(5.0, 1.0 + 0.5 * (edge.weight - 1))
    return f'stroke="{EDGE_INK[role]}" stroke-opacity="0.45" stroke-width="{_n(width)}"{dash}'


def _edge_title(edge: ViewEdge) -> str:
    return shortened(" · ".join(part for part in (edge.label, edge.detail) if part), 300)


def _nodes(part: View, places: Layout, frame: Frame) -> Iterator[str]:
    yield '<g id="nodes" stroke="#ffffff" stroke-width="1.5">\n'
    for number, node in enumerate(part.nodes):
        circle = frame.moved(places.places[places.of_node[number]].circle)
        yield f'<circle {_at(circle)} fill="{node_role(node.kind).fill}"><title>{xml(_title(node))}</title></circle>\n'
    yield "</g>\n"


def _title(node: ViewNode) -> str:
    where = f"{node.path}:{node.line}" if node.line else node.path
    return shortened(" · ".join(part for part in (node.label, node.group, where, node.detail) if part), 400)


def _labels(part: View, places: Layout, frame: Frame) -> Iterator[str]:
    board = Board()
    yield '<g id="labels" text-anchor="middle" stroke-linejoin="round">\n'
    for place in places.places[1:]:
        if place.region.node < 0:
            yield from _disc_label(place, board, frame)
        else:
            text = _short(part.nodes[place.region.node])
            for label in fitted(text, frame.moved(place.circle), _FONT_SIZE):
                yield _text(label, 'fill="#ffffff"')
    yield "</g>\n"


def _disc_label(place: Place, board: Board, frame: Frame) -> Iterator[str]:
    circle = frame.moved(place.circle)
    size = 13.0 if place.region.kind == "folder" else 10.5
    text = shortened(place.region.label, max(12, int(circle.r / 2.8)))
    for angle in (0.0, pi, -0.5, 0.5):
        label = Label(text, circle.x + sin(angle) * circle.r, circle.y - cos(angle) * circle.r, size)
        if board.take(box(label)):
            yield _text(label, f'fill="{_INK}" font-weight="600" {_HALO}')
            return


def _short(node: ViewNode) -> str:
    """A document by its file name, anything else by its label."""
    return shortened(node.label.rpartition("/")[2] if node.kind == "document" else node.label, 60)


_HALO = 'stroke="#ffffff" stroke-width="3.5" paint-order="stroke"'


def _text(label: Label, style: str) -> str:
    place = f'x="{_n(label.x)}" y="{_n(label.y + label.size * 0.35)}" font-size="{_n(label.size)}"'
    return f"<text {place} {style}>{xml(label.text)}</text>\n"


def _heading(title: str, note: str) -> Iterator[str]:
    yield f'<text x="{_n(_EDGE)}" y="44" font-size="24" font-weight="700" fill="{_INK}">{xml(title)}</text>\n'
    yield f'<text x="{_n(_EDGE)}" y="68" font-size="13" fill="{_MUTED}">{xml(note)}</text>\n'


def _legend(part: View, frame: Frame) -> Iterator[str]:
    left, top = frame.width - _SIDE + 8, _HEAD + 8
    yield f'<g id="legend" font-size="12" fill="{_INK}">\n'
    kinds = Counter(node.kind for node in part.nodes)
    for kind, count in sorted(kinds.items()):
        yield f'<circle cx="{_n(left + 7)}" cy="{_n(top)}" r="7" fill="{node_role(kind).fill}"/>'
        name = f'{node_role(kind).plural} <tspan fill="{_MUTED}">{count:,}</tspan>'
        yield f'<text x="{_n(left + 24)}" y="{_n(top + 4)}">{name}</text>\n'
        top += 24
    for role, count in sorted(Counter(edge_role(edge.kind) for edge in part.edges).items()):
        dash = ' stroke-dasharray="5 4"' if role == "denied" else ""
        yield f'<path d="M{_n(left)} {_n(top)}h16" stroke="{EDGE_INK[role]}" stroke-width="2"{dash}/>'
        name = f'{EDGE_NAMES[role]} <tspan fill="{_MUTED}">{count:,}</tspan>'
        yield f'<text x="{_n(left + 24)}" y="{_n(top + 4)}">{name}</text>\n'
        top += 24
    yield from _groups(part, left, top + 16)
    yield "</g>\n"


def _groups(part: View, left: float, top: float) -> Iterator[str]:
    """The most frequent groups of the nodes that are not documents, or of the documents when there is nothing else."""
    others = [node for node in part.nodes if node.kind != "document"] or list(part.nodes)
    rows = sorted((-count, group) for group, count in Counter(node.group for node in others).items())
    for less, group in rows[:_GROUPS]:
        count = -less
        name = xml(shortened(group or "no group", 34))
        yield f'<text x="{_n(left)}" y="{_n(top)}">{name} <tspan fill="{_MUTED}">{count:,}</tspan></text>\n'
        top += 19
    if len(rows) > _GROUPS:
        yield f'<text x="{_n(left)}" y="{_n(top)}" fill="{_MUTED}">and {len(rows) - _GROUPS:,} more groups</text>\n'


def _at(circle: Circle) -> str:
    return f'cx="{_n(circle.x)}" cy="{_n(circle.y)}" r="{_n(circle.r)}"'


def _n(value: float) -> str:
    """A number with at most one decimal, never ``-0``.

    >>> _n(2.0), _n(1.26), _n(-0.01)
    ('2', '1.3', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
