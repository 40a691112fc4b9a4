"""One conflict as text: its sides one under the other, each with its place, its words and what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph.model import Conflict, Side
from ...queries.triage import UNMARKED, Mark
from .excerpt import Excerpt, Sources, excerpts
from .paint import paint
from .plain import Look, clip, clip_start, columns, one_line, place, visible, wrapped
from .wording import accepted_by, headline, readable, saying, scope_words

_SHOWN_SIDES = 3
_MARGIN = "  "
_LONGEST_STATE = 32


def block(
    conflict: Conflict,
    sources: Sources,
    look: Look,
    every_side: bool = False,
    target: int | None = None,
    mark: Mark = UNMARKED,
) -> Iterator[str]:
    """The lines of one conflict: the side to change first and marked ``^``, then the others, marked ``-``.

    Sides come strongest first, and the second holds something else than the first: that is the one to change, unless
    ``target`` names another.  More than three sides are cut to two unless ``every_side`` asks for all.
    """
    first = min(1, len(conflict.sides) - 1) if target is None else target
    order = [first, *(at for at in range(len(conflict.sides)) if at != first)]
    if not every_side and len(order) > _SHOWN_SIDES:
        order = order[:2]
    yield _headline(conflict, look)
    gutter = max(3, *(len(str(conflict.sides[at].span.end_line)) for at in order))
    for rank, at in enumerate(order):
        yield from _side(conflict.sides[at], _letter(at), rank == 0, gutter, sources, look)
    if len(order) < len(conflict.sides):
        more = f"{look.glyphs.dots} and {len(conflict.sides) - len(order)} more (naysay explain {conflict.id})"
        yield f"{' ' * gutter} {look.glyphs.bar} {more}"
    yield f"{_MARGIN}{look.glyphs.bar}"
    yield from _notes(conflict, mark, look)
    yield from _settled(conflict, conflict.sides[first], mark, look)
    yield from _identity(conflict, mark, look)


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else f"side {at + 1}"


def _headline(conflict: Conflict, look: Look) -> str:
    mark = f"{conflict.severity}[{visible(conflict.rule, look.ascii)}]"
    room = look.width - columns(mark) - 2
    text = clip(one_line(headline(conflict, room), look.ascii), room, look.glyphs.dots)
    return f"{paint(mark, conflict.severity, look)}: {paint(text, 'strong', look)}"


def _side(side: Side, letter: str, target: bool, gutter: int, sources: Sources, look: Look) -> Iterator[str]:
    yield from _place(side, target, gutter, look)
    room = look.width - gutter - 3
    shown = excerpts(side, sources, room, look)
    for excerpt in shown[:-1]:
        yield from _marked(excerpt, target, (), gutter, look)
    yield from _marked(shown[-1], target, _label(side, letter, look), gutter, look)
    hidden = side.span.end_line - shown[-1].number
    if hidden > 0:
        more = f"{look.glyphs.dots} and {hidden} more line{'s' if hidden > 1 else ''}"
        yield f"{' ' * gutter} {look.glyphs.bar} {paint(more, 'dim', look)}"


def _place(side: Side, target: bool, gutter: int, look: Look) -> Iterator[str]:
    """``┌─ path:line:column   headings   status · date``; headings go to a line of their own where room is short."""
    glyphs = look.glyphs
    corner = f"{_MARGIN}{glyphs.first if target else glyphs.next} "
    position = f":{side.span.line}:{side.span.column}"
    path = clip_start(place(side.path, look.ascii), look.width - columns(corner) - len(position), glyphs.dots)
    state = _state(side, look)
    room = look.width - columns(corner) - columns(path + position) - columns(state) - 6
    crumbs = _crumbs(side.headings, max(room, 12), look)
    start = f"{corner}{paint(path + position, 'strong', look)}"
    if room >= 12 and columns(crumbs) <= room and not crumbs.endswith(glyphs.dots):
        gap = " " * (room - columns(crumbs) + 3)
        yield f"{start}   {crumbs}{gap}{state}"
        return
    yield start
    below = f"{' ' * gutter} {glyphs.bar} "
    left = look.width - columns(below) - columns(state) - 3
    yield f"{below}{_crumbs(side.headings, left, look)}   {state}"


def _state(side: Side, look: Look) -> str:
    """Standing when it is not live, status and date as the document states them."""
    standing = [] if side.standing in ("live", side.status) else [side.standing]
    status = [side.status] if side.status else [] if standing else ["(no status)"]
    parts = [*standing, *status, *([side.date] if side.date else [])]
    return clip(one_line(f" {look.glyphs.dot} ".join(parts), look.ascii), _LONGEST_STATE, look.glyphs.dots)


def _crumbs(headings: tuple[str, ...], room: int, look: Look) -> str:
    """The heading path in at most ``room`` columns: middle headings give way first, then the start of the last."""
    glyphs = look.glyphs
    names = [one_line(heading, look.ascii) for heading in headings]
    tries = [names]
    if len(names) > 2:
        tries.append([names[0], glyphs.dots, names[-1]])
    if len(names) > 1:
        tries.append([glyphs.dots, names[-1]])
    for parts in tries:
        text = glyphs.crumb.join(parts)
        if columns(text) <= room:
            return text
    return clip(names[-1], room, glyphs.dots)


def _label(side: Side, letter: str, look: Look) -> tuple[str, ...]:
    """What the side holds, then the scope it holds it in."""
    claim = side.claim
    held = letter
    if claim is not None:
        held = f"{letter} {saying(claim)}"
    scope = scope_words(side.scope)
    return tuple(one_line(part, look.ascii) for part in (held, f"[{scope}]" if scope else "") if part)


def _marked(excerpt: Excerpt, target: bool, label: tuple[str, ...], gutter: int, look: Look) -> Iterator[str]:
    """The source line, then the marks under its words; of the label, what does not fit beside them stands below."""
    bar = look.glyphs.bar
    style = "target" if target else "other"
    yield f"{excerpt.number:>{gutter}} {bar} {excerpt.text}"
    marks = ("^" if target else "-") * excerpt.marked
    start = f"{' ' * gutter} {bar} "
    room = look.width - columns(start)
    beside, below = _split(label, room - excerpt.offset - len(marks))
    yield start + " " * excerpt.offset + paint(marks + beside, style, look)
    for line in wrapped(below, room) if below else ():
        yield start + paint(line, style, look)


def _split(label: tuple[str, ...], room: int) -> tuple[str, str]:
    """The parts of a label that fit beside the marks, each after a space, and the rest."""
    for count in range(len(label), 0, -1):
        beside = "".join(f" {part}" for part in label[:count])
        if columns(beside) <= room:
            return beside, " ".join(label[count:])
    return "", " ".join(label)


def _notes(conflict: Conflict, mark: Mark, look: Look) -> Iterator[str]:
    witness = ", ".join(f"{dimension}={value}" for dimension, value in conflict.witness)
    rows = {
        "new": "a statement that the base lacks has joined this known conflict" if mark.novelty == "new side" else "",
        "why": "" if _tells_all(conflict, look) else conflict.why,
        "authority": conflict.authority,
        "witness": witness,
        "help": conflict.repair,
    }
    for name, text in rows.items():
        if text:
            yield from _note(f"{name}: ", readable(text), look)


def _settled(conflict: Conflict, target: Side, mark: Mark, look: Look) -> Iterator[str]:
    """Who accepted the conflict, else how it can be accepted."""
    if mark.acceptance is not None:
        where = f"{mark.acceptance.path}:{mark.acceptance.line}"
        yield from _note("accepted: ", f"{where}: {accepted_by(mark.acceptance)}", look)
    elif mark.novelty != "known":
        comment = f'`<!-- naysay: allow {conflict.rule} reason="{look.glyphs.dots}" -->`'
        yield from _note("suppress: ", f"{comment} above line {target.span.line}, or a baseline entry", look)


def _identity(conflict: Conflict, mark: Mark, look: Look) -> Iterator[str]:
    parts = [conflict.id, *([mark.novelty] if mark.novelty else []), f"confidence {conflict.confidence:.2f}"]
    parts += [f"also {', '.join(conflict.also)}"] if conflict.also else []
    yield from _note("id ", f" {look.glyphs.dot} ".join([*parts, f"`naysay explain {conflict.rule}`"]), look)


def _tells_all(conflict: Conflict, look: Look) -> bool:
    """Whether the headline holds the whole reason, so that it need not be said again."""
    room = look.width - columns(f"{conflict.severity}[{visible(conflict.rule, look.ascii)}]: ")
    whole = one_line(readable(conflict.why), look.ascii).removesuffix(".")
    line = one_line(headline(conflict, room), look.ascii)
    return line[1:].startswith(whole[1:]) and columns(whole) <= room


def _note(name: str, text: str, look: Look) -> Iterator[str]:
    start = f"{_MARGIN}= {name}"
    first, *more = wrapped(one_line(text, look.ascii), look.width - len(start))
    yield f"{_MARGIN}= {paint(name.rstrip(), 'strong', look)} {first}"
    indent = f"{_MARGIN}{look.glyphs.bar} "
    for line in more:
        yield indent + " " * (len(start) - columns(indent)) + line
