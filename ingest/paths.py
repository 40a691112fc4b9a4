"""Paths that hold a variable part: where the files of each environment, service or tenant stand.

``values/<env>/app.yaml`` and ``values/dev/app.yaml`` say one thing; ``values/env/<env>/app.yaml`` says another.  Two
documents that give such a scheme differently send their readers to different files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..graph.model import Claim, Span, Standing
from .english import ENVIRONMENTS
from .frame import Frame, topic_of
from .page import Fence, Passage

_STAGES = frozenset(name for name in ENVIRONMENTS if name not in {"ci", "test", "stage", "sandbox"})
"""Environments that a folder is named after; the others name folders of other kinds."""
_VARIABLE = re.compile(r"/(?:[<{$*]|(?:" + "|".join(sorted(_STAGES)) + r")/)")
_GONE = re.compile(
    r"\b(?:delet\w+|remov\w+|dropp\w+|retir\w+|formerly|previously|used to|was in|old|legacy|gone|archived|moved"
    r"|renam\w+|historical(?:ly)?|former|superseded|deprecated|instead of|no longer|wrong|not)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|to be (?:created|added|written)|planned|propos\w+|future|e\.g|for example|such as|would|could)\b",
    re.IGNORECASE,
)
_SEGMENT = r"(?:[\w.@+<>$*-]|\{[^{}\s/]*\})"
_PATH = re.compile(rf"(?<![\w/.:@{{}}<>$*~%-])(?:\./|/)?(?P<path>{_SEGMENT}+(?:/{_SEGMENT}+)+)(?::[\w./*{{}}<>-]+)?")
_PLACEHOLDER = re.compile(
    r"\$?\{\{?\s*\.?(?P<braced>[\w.,|-]+)\s*\}?\}|<(?P<angled>[\w. -]+)>|\$(?P<shell>\w+)|(?P<any>\*)"
)
_BESIDE = 70
"""Characters beside a path in which words say that it is gone or still to come."""
_SHORTEST = 4
"""Segments of the shortest path that tells one tree from another."""


class PathFound(NamedTuple):
    """A path with a variable part; offsets are into the text."""

    path: str
    scheme: str
    start: int
    end: int


def paths_in(text: str) -> Iterator[PathFound]:
    """The paths of a text that hold a variable part.

    >>> [found.scheme for found in paths_in("Values: `conf/values/<env>/app.yaml` and a/b/c.yaml")]
    ['conf/values/{env}/app.yaml']
    """
    if not has_variable(text):
        return
    for match in _PATH.finditer(text):
        path = match["path"].rstrip(".")
        scheme = scheme_of(path)
        if scheme:
            start = match.start("path")
            yield PathFound(path, scheme, start, start + len(path))


def has_variable(text: str) -> bool:
    """Whether some path of a text may hold a variable part: a cheap look before the patterns."""
    return "/" in text and _VARIABLE.search(text) is not None


@lru_cache(maxsize=10_000)
def scheme_of(path: str) -> str:
    """A path with its variable parts named alike; empty when it has none after its first segment, or is too short.

    >>> scheme_of("conf/values/{dev,staging}/app.yaml"), scheme_of("Conf/Values/prod/app.yaml")
    ('conf/values/{env}/app.yaml', 'conf/values/{env}/app.yaml')
    >>> scheme_of("conf/values/app.yaml"), scheme_of("primitives/$NAME/process.bpmn")
    ('', '')
    """
    segments = [_variable(segment) or segment.lower() for segment in path.split("/")]
    variable = [i for i, segment in enumerate(segments) if segment.startswith("{")]
    named = "." in segments[-1].strip(".") and not segments[-1].startswith("{")
    if not variable or variable[0] < 1 or len(segments) < _SHORTEST or not named:
        return ""
    return "/".join(segments)


def _variable(segment: str) -> str:
    """What a variable segment stands for, in braces; empty for a literal one."""
    if segment.lower() in _STAGES:
        return "{env}"
    match = _PLACEHOLDER.fullmatch(segment)
    if match is None:
        return ""
    name = (match["braced"] or match["angled"] or match["shell"] or "*").lower()
    options = re.split(r"[,|]", name)
    if name in {"env", "environment"} or all(option in _STAGES for option in options):
        return "{env}"
    return "{*}" if len(options) > 1 else f"{{{name}}}"


class PathReader:
    """Reads the paths of one document, each scheme once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen: set[tuple[str, Standing]] = set()

    def passage(self, passage: Passage, frame: Frame, standing: Standing) -> Iterator[Claim]:
        """The paths of running text and table cells."""
        for found in paths_in(passage.text):
            around = passage.text[max(0, found.start - _BESIDE) : found.end + _BESIDE]
            span = passage.locate(found.start, found.end)
            yield from self._claim(found, span, passage.ordinal, frame, standing, around)

    def fence(self, fence: Fence, frame: Frame, standing: Standing) -> Iterator[Claim]:
        """The paths of a code block, its comments included."""
        for offset, line in enumerate(fence.text.split("\n")):
            for found in paths_in(line):
                column = _column(fence.columns, offset)
                span = Span(fence.line + offset, column + found.start, fence.line + offset, column + found.end)
                yield from self._claim(found, span, -1, frame, standing, line)

    def _claim(
        self, found: PathFound, span: Span, passage: int, frame: Frame, standing: Standing, around: str
    ) -> Iterator[Claim]:
        held: Standing = standing
        if standing == "live" and _GONE.search(around):
            held = "historical"
        elif standing == "live" and _TO_COME.search(around):
            held = "hypothetical"
        if (found.scheme, held) in self.seen:
            return
        self.seen.add((found.scheme, held))
        yield Claim(
            path=self.path,
            passage=passage,
            span=span,
            subject=found.path.rpartition("/")[2],
            relation="open:path",
            object=found.path,
            value=f"path:{found.scheme}",
            modality="plan" if frame.role.planned else "fact",
            standing=held,
            extractor="path",
            topic=topic_of(frame.section),
        )


def _column(columns: Sequence[int], offset: int) -> int:
    return columns[offset] if offset < len(columns) else 1


def displaced(one: str, other: str) -> str:
    """The literal segment that one scheme has beside a variable part and the other lacks; empty when they differ more.

    >>> displaced("conf/{env}/app.yaml", "conf/env/{env}/app.yaml")
    'env'
    >>> displaced("conf/{env}/app.yaml", "conf/{env}/app.yaml"), displaced("a/{env}/b/x.md", "a/b/{env}/c/x.md")
    ('', '')
    """
    short, long = sorted((one.split("/"), other.split("/")), key=len)
    if len(long) != len(short) + 1:
        return ""
    for at, segment in enumerate(long):
        if segment.startswith("{") or long[:at] + long[at + 1 :] != short or at == 0:
            continue
        if any(0 <= near < len(long) and long[near].startswith("{") for near in (at - 1, at + 1)):
            return segment
    return ""
