"""Claims from task boxes and status marks: what is done and what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ..graph.model import Claim, Standing
from .context import inherit, scope_of
from .english import STATES
from .frame import Frame, topic_of
from .page import Passage
from .progress import leading_id, numbered, progress_of, stated_status, without_mark
from .words import clean, tokens

MADE_SO = {
    "deploy": ("is-deployed", True), "provision": ("is-deployed", True), "install": ("is-deployed", True),
    "enable": ("is-enabled", True), "disable": ("is-enabled", False), "remove": ("is-present", False),
    "delete": ("is-present", False), "drop": ("is-present", False), "retire": ("is-present", False),
    "implement": ("is-implemented", True), "build": ("is-implemented", True), "create": ("is-present", True),
    "add": ("is-present", True),
}  # fmt: skip
"""Verbs in their base form: the state that they bring about, and whether it is so afterwards."""
_LABELLED = re.compile(r"\W*(?:[\w./-]+\s+){0,3}[\w./-]+:\s+")
_NUMBERING = re.compile(r"^\W*\d+(?:\.\d+)*[a-z]?[.)]\s+")
_TRAILING = re.compile(
    r"(?:\s[–—-]\s*|\s+\(?|:\s*)(not (?:yet )?(?:implemented|done|started|deployed)[\w\s]{0,12}\)"
    r"|[✅❌⏳🟡🔴🟢⏸☑✔✘✗]️?\s*[\w\s]{0,30}\)?"
    r"|(?:not started|done|completed?|in progress|blocked|pending)\.?)\s*$",
    re.IGNORECASE,
)


_WANTED = re.compile(
    r"\b(?:propos\w+|targets?|desired|vision|to-be|recommend\w*|benefits?|pros|cons|advantages?|comparisons?|vs"
    r"|mitigations?|wishes)\b",
    re.IGNORECASE,
)
"""What headings say under which a mark praises or wishes and does not report."""
_MARKS = ("not", "done", "complete", "progress", "blocked", "pending", *"✅❌⏳🟡🔴🟢⏸☑✔✘✗")
"""What a text has at least one of, in lower case, when it ends in a mark."""


@lru_cache(maxsize=1_000)
def _praises(title: str) -> bool:
    return _WANTED.search(title) is not None


def _trailing(text: str) -> re.Match[str] | None:
    low = text.lower()
    return _TRAILING.search(text) if any(mark in low for mark in _MARKS) else None


def task_claims(passage: Passage, frame: Frame, standing: Standing) -> Iterator[Claim]:
    """What a task box, or an item, heading or status line with a status mark, says about its task."""
    text = passage.text.strip()
    if (said := _stated(passage, frame, text)) is not None:
        yield from _section_status(said, passage, frame, standing)
        return
    state, body, decided = _state(passage, text, frame)
    if not state or not body:
        return
    body = _NUMBERING.sub("", body) if passage.kind == "heading" else body
    known = leading_id(body)
    label, rest = _named(body)
    if passage.kind == "heading" and len(label.split()) > 8:
        return
    done = state == "done"
    claim = _claim(passage, frame, standing, label, "is-done", rest, affirmed=done, decided=decided)
    yield replace(claim, extractor="listed") if text == body and not decided and passage.kind == "item" else claim
    if decided or known:
        named = re.sub(r"^\W*" + re.escape(known) + r"\W*", "", body) if known else body
        yield from state_of_task(named, done, passage, frame, standing, decided=decided)


def _stated(passage: Passage, frame: Frame, text: str) -> str | None:
    """What a status line below a section's heading says; None for any other passage."""
    if passage.kind not in {"paragraph", "item"} or passage.depth > 1 or len(frame.section.titles) < 2:
        return None
    said = stated_status(text)
    return said if said and passage.checked is None else None


def _section_status(said: str, passage: Passage, frame: Frame, standing: Standing) -> Iterator[Claim]:
    """How far the thing that a heading names is, by the status line under it."""
    title = without_mark(frame.section.titles[-1])[0]
    label, rest = _named(title)
    first = next((t.low for t in tokens(said)), "")
    state = STATES.get(first)
    if not label or len(label.split()) > 8:
        return
    if progress := progress_of(said):
        claim = _claim(passage, frame, standing, label, "is-done", rest, affirmed=progress == "done", decided=False)
        yield replace(claim, subject_from="heading")
    if state is not None and state.relation != "implemented":
        claim = _claim(
            passage, frame, standing, label, f"is-{state.relation}", first, affirmed=state.positive, decided=False
        )
        yield replace(claim, subject_from="heading", marker=first)


def state_of_task(
    text: str, done: bool, passage: Passage, frame: Frame, standing: Standing, *, decided: bool
) -> Iterator[Claim]:
    """What a finished or open task says of the thing that it deploys, removes or enables."""
    if (label := _LABELLED.match(text)) is not None and (text[label.end() :].partition(" ")[0].lower()) in MADE_SO:
        text = text[label.end() :]
    words = tokens(text)
    if len(words) < 2 or words[0].low not in MADE_SO:
        return
    relation, positive = MADE_SO[words[0].low]
    rest = re.split(r"[;:(]|\.\s|\s[–—]\s", text[words[0].end :], maxsplit=1)[0]
    thing, _, place = rest.partition(" from ")
    thing, joint, where = thing.partition(" in ")
    thing = re.sub(r"\s+(?:with|for|to|via|by|on|of)\s*$", "", thing)
    if clean(thing) and (done or positive):
        said = f"{words[0].low} from {place}" if place else f"{words[0].low}{joint}{where}"
        yield _claim(passage, frame, standing, clean(thing), relation, said, affirmed=done == positive, decided=decided)


def _state(passage: Passage, text: str, frame: Frame) -> tuple[str, str, bool]:
    """(done or open, the text without its mark, whether a box says so)."""
    if passage.checked is not None:
        return ("done" if passage.checked else "open"), text, True
    if passage.kind == "heading":
        body, mark = without_mark(text)
        return progress_of(mark), body, False
    if passage.kind != "item":
        return "", "", False
    if any(map(_praises, frame.section.titles[-2:])):
        return "", "", False
    if text[:1] in "✅❌⏳🟡🔴🟢⏸☑✔✘✗" and len(text) > 3:
        return progress_of(text[:2]), text[1:].lstrip("️ ").strip(), False
    if (match := _trailing(text)) is not None and match.start() > 4:
        return progress_of(match[1]), text[: match.start()].strip(), False
    if frame.role.progress and passage.depth < 2 and not text.endswith((":", "?")):
        return frame.role.progress, text, False
    return "", "", False


def _named(body: str) -> tuple[str, str]:
    """What a task is called, its id, its number in a plan or its name, and what else tells it from others."""
    if known := leading_id(body):
        return known, ""
    number, rest = numbered(body)
    return (number.capitalize(), clean(rest)[:80]) if number else _label(body)


def _label(body: str) -> tuple[str, str]:
    """The short name of a task, its bold lead or its first clause, and what stands after its colon."""
    parts = re.split(r"(\s[–—]\s|:\s|\.\s|\s\()", body, maxsplit=1)
    described = len(parts) > 1 and parts[1].startswith(":")
    return clean(parts[0]), clean(re.split(r"[;(]|\.\s|\s[–—]\s", parts[2], maxsplit=1)[0])[:80] if described else ""


def _claim(
    passage: Passage,
    frame: Frame,
    standing: Standing,
    subject: str,
    relation: str,
    obj: str,
    *,
    affirmed: bool,
    decided: bool,
) -> Claim:
    return Claim(
        path=frame.path,
        passage=passage.ordinal,
        span=passage.span,
        subject=subject,
        relation=relation,
        object=obj,
        polarity="affirmed" if affirmed else "denied",
        standing=standing,
        scope=inherit(frame.scope, scope_of(passage.text, "stated")),
        extractor="task" if decided else "mark",
        topic=topic_of(frame.section),
    )
