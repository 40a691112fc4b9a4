"""The two-sided report: its exact bytes for some conflicts, and what holds for every document."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.api.fakes import TEXTS, conflict
from wcwidth import wcswidth

from naysay.api.reports import concise, full, text
from naysay.api.reports.excerpt import Sources
from naysay.api.reports.finding import Report
from naysay.api.reports.plain import Look, clip, clip_start, columns, visible, wrapped
from naysay.graph.model import Claim, Conflict, ScopeTerm, Side, Span

GOLDEN = Path(__file__).parent / "golden"
LONG = "the gateway keeps " + "very " * 40 + "many sessions for 30 minutes and then " + "drops " * 30 + "them."
HOSTILE = "\x1b[31m##[error]\u202eevil\u2066 ::add-mask::x\t\x00\x9b 日本語 👩\u200d👩\u200d👧 e\u0301"


def report(*conflicts: Conflict, texts: dict[str, str] | None = None) -> Report:
    """A report of these conflicts on the two documents."""
    sources = Sources(TEXTS if texts is None else texts)
    return Report(conflicts, conflicts, (), 2, 2, 0, "0.1.0", sources)


def changed(number: int, **fields: object) -> Conflict:
    """The two timeouts with one side made different."""
    found = conflict()
    sides = list(found.sides)
    sides[number] = replace(sides[number], **fields)  # type: ignore[arg-type]
    return replace(found, sides=tuple(sides))


def long_line() -> Report:
    start = LONG.index("30 minutes") + 1
    sides = changed(1, path="long.md", span=Span(1, start, 1, start + 10), headings=("Chapter " * 9, "Middle", "End"))
    return report(sides, texts={**TEXTS, "long.md": LONG})


def several_lines() -> Report:
    source = "# T\n\n- The limit of\n  one tenant, which\n  nobody has\n  raised so far,\n  is 30 minutes. More.\n"
    sides = changed(1, path="lines.md", span=Span(3, 3, 7, 17), standing="superseded", status="")
    return report(sides, texts={**TEXTS, "lines.md": source})


def hostile() -> Report:
    found = changed(1, path="h\nh\x1b.md", span=Span(1, 1, 1, len(HOSTILE) + 1), headings=(HOSTILE,), claim=None)
    return report(
        replace(found, subject=HOSTILE, why=HOSTILE, repair="a " * 80 + "##[error] ::x"),
        texts={**TEXTS, "h\nh\x1b.md": HOSTILE},
    )


CASES = {
    "two-sides": (report(conflict()), Look()),
    "ascii": (report(conflict()), Look(ascii=True)),
    "colour": (report(conflict()), Look(colour=True)),
    "five-sides": (report(conflict(sides=5)), Look()),
    "three-sides": (report(conflict(sides=3)), Look()),
    "long-line": (long_line(), Look()),
    "several-lines": (several_lines(), Look()),
    "hostile": (hostile(), Look()),
    "nothing": (report(), Look()),
}


@pytest.mark.parametrize("name", CASES)
def test_the_report_reads_as_it_was_accepted(name: str) -> None:
    found, look = CASES[name]
    assert "".join(f"{line}\n" for line in text.render(found, look)) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_one_conflict_in_full_reads_as_it_was_accepted() -> None:
    lines = full.render(conflict(sides=5), Sources(TEXTS), Look())
    assert "".join(f"{line}\n" for line in lines) == (GOLDEN / "full.txt").read_text("utf-8")


WORDS = st.text(max_size=60) | st.text("ab ##[:\t\x1b\u202e\u200d\ufe0f日é…👩", max_size=300)


def span(line: int, column: int, lines: int, width: int) -> Span:
    """A span by its extent."""
    return Span(line, column, line + lines, column + width)


SPANS = st.builds(
    span,
    st.integers(1, 5),
    st.integers(1, 200),
    st.integers(0, 4),
    st.integers(0, 200),
)
SCOPES = st.lists(st.builds(ScopeTerm, WORDS, WORDS, st.sampled_from(["stated", "heading"])), max_size=2).map(tuple)
CLAIMS = st.none() | st.builds(
    Claim, st.just("p"), st.just(0), SPANS, WORDS, WORDS, WORDS, polarity=st.sampled_from(["affirmed", "denied"])
)
SIDES = st.builds(
    Side,
    st.sampled_from(["p", "q"]) | WORDS,
    SPANS,
    WORDS,
    st.lists(WORDS, max_size=4).map(tuple),
    st.sampled_from(["live", "quoted"]),
    SCOPES,
    WORDS,
    WORDS,
    CLAIMS,
)
CONFLICTS = st.builds(
    Conflict,
    id=st.text("0123456789abcdef", min_size=8, max_size=32),
    type=WORDS,
    rule=st.text("NS0123456789", min_size=1, max_size=8),
    severity=st.sampled_from(["error", "warning", "note"]),
    confidence=st.floats(0, 1),
    subject=WORDS,
    sides=st.lists(SIDES, min_size=1, max_size=6).map(tuple),
    why=WORDS,
    witness=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    repair=WORDS,
    authority=WORDS,
    proof=WORDS,
    derivation=st.lists(WORDS, max_size=2).map(tuple),
)
_PROOF = "Proof: this query is true while the conflict stands"
LOOKS = st.builds(Look, ascii=st.booleans())


@settings(max_examples=60, deadline=None)
@given(CONFLICTS, WORDS, LOOKS)
@example(conflict(), "\u2764\ufe0f" * 90, Look())
def test_no_document_breaks_the_layout(found: Conflict, source: str, look: Look) -> None:
    texts = {"p": source, "q": "one\r\ntwo\rthree\nfour\nfive"}
    whole = [*full.render(found, Sources(texts), look)]
    query = whole.index(_PROOF) if _PROOF in whole else len(whole)
    lines = [*text.render(report(found, texts=texts), look), *whole]
    for line in [*lines[: len(lines) - len(whole)], *whole[:query]]:
        assert 0 <= wcswidth(line) <= 100, line
    for line in lines:
        assert line.isprintable() or "\u200d" in line or "\u200c" in line
        assert "##[" not in line
        assert not line.lstrip().removeprefix("::: ").startswith("::")
        assert line.isascii() or not look.ascii
    for line in lines[1:]:
        assert not line or re.match(r" *\d* ([|│=·-]|┌─|├─|-->|:::)|Found|How |What |Proof|error|warning|note", line)


@settings(max_examples=40, deadline=None)
@given(CONFLICTS, LOOKS)
def test_concise_is_one_inert_line(found: Conflict, look: Look) -> None:
    (line,) = concise.render(report(found), look)
    assert "\n" not in line
    assert not line.startswith("::")
    assert "##[" not in line


@given(WORDS, st.integers(3, 40))
def test_cuts_keep_to_their_room(words: str, room: int) -> None:
    shown = visible(words)
    assert columns(clip(shown, room)) <= room
    assert columns(clip_start(shown, room)) <= room
    assert all(columns(line) <= room for line in wrapped(shown, room))
    assert "".join(wrapped(shown, room)).replace(" ", "") == shown.replace(" ", "")


@given(st.text("abc ", min_size=150, max_size=400), st.data())
def test_the_marked_words_stay_in_the_window(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line.rstrip() or "x") - 1))
    words = line[start : start + 10].rstrip()
    side = changed(1, path="p", span=Span(1, start + 1, 1, start + 1 + max(1, len(words))))
    lines = list(text.render(report(side, texts={**TEXTS, "p": line}), Look()))
    at = lines[3].index("^") if "^" in lines[3] else 0
    marked = lines[2][at : at + lines[3].count("^")]
    assert marked.rstrip() == words or not line.strip() or not words
