"""What stops a command before it has an answer."""

from __future__ import annotations

from collections.abc import Sequence


class CannotRun(Exception):
    """Arguments, configuration or files that a command cannot work with; all problems at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)
        """Each says what, where and how to mend it."""

    def __str__(self) -> str:
        return "\n".join(self.problems)


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint that names the known word most like ``word``; empty when none is near.

    >>> nearest("exlude", ["include", "exclude"])
    'did you mean "exclude"?'
    >>> nearest("zzz", ["include"])
    ''
    """
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f'did you mean "{near[0]}"?' if near else ""
