"""Closed lists: the values that a key may take, ``mode: fast | safe`` or "`mode` must be one of `fast`, `safe`"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..graph.model import Claim, Span, Standing
from .english import ENVIRONMENTS
from .frame import Frame, topic_of
from .page import Fence, Passage

ONE_OF = "oneof:"
"""Opens the comparable form of a closed list."""

_KEY = r"(?<![\w.$/@-])(?P<key>[A-Za-z_][\w./-]*(?:[a-z][A-Z]|[_/-]\w)[\w./-]*)[`\"'?]*"
_ITEM = r"[`\"'“]?(?!(?:or|and|etc)\b)[A-Za-z][\w.-]*\w[`\"'”]?"
_BARS = rf"(?P<list>{_ITEM}(?:\s*\|\s*{_ITEM})+)"
_SERIES = rf"(?P<list>{_ITEM}(?:\s*[,|/]\s*(?:(?:or|and)\s+)?{_ITEM})*(?:\s*[,|/]\s*|\s*,?\s+(?:or|and)\s+){_ITEM})"
_BARRED = re.compile(rf"{_KEY}\s*[:=]\s*[`\"'(\[]?{_BARS}(?=[`\"'”)\]]?\s*(?:$|[`\"'”)\],;.#–—]|//|\s\())")
_NAMED = re.compile(
    rf"{_KEY}(?i:\s*(?:\(?\s*(?:enum(?:eration)?|one of)\s*[:(]?\s*"
    rf"|(?:is|must be|can be|may be|should be|takes|accepts|supports|has to be)\s+(?:exactly\s+)?(?:one of|either)\s*"
    rf"(?:the values\s+)?[:(]?\s*)){_SERIES}"
)
_FIELD = re.compile(
    r"[\s\"'{(-]*(?:[\w.<>\[\]]+\s+)??(?P<key>[A-Za-z_]\w*(?:[a-z][A-Z]|_\w)\w*)(?=[\"'?]*(?:\s*[:=]|\s))"
)
_COMMENT = re.compile(rf"(?://|#)\s*(?P<list>{_ITEM}(?:\s*\|\s*{_ITEM})+|[a-z][\w-]+(?:,\s*[a-z][\w-]+){{2,}})\s*$")
_TAGGED = re.compile(r"json:\"(?P<key>\w+)")
_OPEN = re.compile(
    r"\s*[,|/]?\s*(?:etc|…|\.\.\.|and (?:more|others|so on)|or (?:any|other|another|similar))", re.IGNORECASE
)
_LOOSE = re.compile(r"(?:\be\.g\.?,?|\bsuch as|\bfor example,?|\blike|\bor|\bnot)\s*$", re.IGNORECASE)
_TYPES = frozenset(
    """null none undefined nil string str number int integer bool boolean float object array any void unknown never
    true false date list dict map""".split()
)
_COMPOUND = re.compile(r"[a-z][A-Z]|[_/-]\w")
"""A key of two words or more tells what it sets."""
_WORD = re.compile(r"[A-Za-z][\w.-]*\w")


class ChoicesFound(NamedTuple):
    """A key and the values that it may take; offsets are into the text."""

    key: str
    values: tuple[str, ...]
    start: int
    end: int


def choices(text: str) -> Iterator[ChoicesFound]:
    """The closed lists of a text.

    >>> [(c.key, c.values) for c in choices('retry_mode: "fast" | "safe"')]
    [('retry_mode', ('fast', 'safe'))]
    >>> [(c.key, c.values) for c in choices("retryMode must be one of fast, safe, or manual")]
    [('retryMode', ('fast', 'safe', 'manual'))]
    >>> list(choices("retryMode (e.g. fast | safe)")), list(choices("ownerTeam: Team | null"))
    ([], [])
    """
    if "|" in text:
        yield from _found(_BARRED, text)
    if "enum" in text or "one of" in text:
        yield from _found(_NAMED, text)


def may_choose(text: str) -> bool:
    """Whether a text may hold a closed list: a cheap look before the patterns."""
    return "|" in text or "enum" in text or "one of" in text


def commented(line: str) -> Iterator[ChoicesFound]:
    """The closed list in the comment behind a field of a code sample.

    >>> [(c.key, c.values) for c in commented("string retry_mode = 3;  // FAST | SAFE")]
    [('retry_mode', ('FAST', 'SAFE'))]
    """
    sign = max(line.rfind("#"), line.rfind("//"))
    comment = _COMMENT.match(line, sign) if sign > 0 else None
    field = _FIELD.match(line, 0, sign) if comment else None
    if comment and field and _is_closed(values := _values(comment)):
        tag = _TAGGED.search(line)
        yield ChoicesFound(tag["key"] if tag else field["key"], values, field.start("key"), comment.end("list"))


def _values(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(match["list"]) if word not in {"or", "and"})


def _is_closed(values: tuple[str, ...]) -> bool:
    """Whether values are choices: not types of values, and not one thing in several environments."""
    return (
        len(set(values)) > 1
        and not any(value.lower() in _TYPES for value in values)
        and len({_environment_left_out(value) for value in values}) > 1
    )


def _found(pattern: re.Pattern[str], text: str) -> Iterator[ChoicesFound]:
    for match in pattern.finditer(text):
        values = _values(match)
        if _OPEN.match(text, match.end()) or _LOOSE.search(text, 0, match.start("list")) or not _is_closed(values):
            continue
        key = match["key"] if "/" in match["key"] else match["key"].rpartition(".")[2]
        if _COMPOUND.search(key):
            yield ChoicesFound(key, values, match.start(), match.end())


def _environment_left_out(value: str) -> str:
    """A value without the environments that it names: values that differ in nothing else are of one thing."""
    return "-".join(part for part in re.split(r"[_.-]", value.lower()) if part not in ENVIRONMENTS or part == value)


def folded(name: str) -> str:
    """A name without its case and its separators.

    >>> folded("retry_mode") == folded("retryMode")
    True
    """
    return re.sub(r"[\W_]", "", name).lower()


def passage_choices(passage: Passage, frame: Frame, standing: Standing) -> Iterator[Claim]:
    """The closed lists of running text and table cells."""
    for found in choices(passage.text):
        span = passage.locate(found.start, found.end)
        yield _claim(found, span, passage.ordinal, frame, standing)


def fence_choices(fence: Fence, frame: Frame, standing: Standing) -> Iterator[Claim]:
    """The closed lists of a code sample, its comments included."""
    if "|" not in fence.text and "//" not in fence.text and "#" not in fence.text:
        return
    for offset, line in enumerate(fence.text.split("\n")):
        for found in (*choices(line), *commented(line)) if "|" in line or line.count(",") > 1 else ():
            column = fence.columns[offset] if offset < len(fence.columns) else 1
            at = fence.line + offset
            yield _claim(found, Span(at, column + found.start, at, column + found.end), -1, frame, standing)


def _claim(found: ChoicesFound, span: Span, passage: int, frame: Frame, standing: Standing) -> Claim:
    return Claim(
        path=frame.path,
        passage=passage,
        span=span,
        subject=frame.subject,
        relation=f"open:{found.key}",
        object=", ".join(found.values),
        value=ONE_OF + ",".join(sorted({folded(value) for value in found.values})),
        standing=standing,
        scope=frame.scope,
        subject_from=frame.subject_from or "title",
        extractor="choices",
        topic=topic_of(frame.section),
    )
