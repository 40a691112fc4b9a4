"""What stops a command before it has an answer."""

from __future__ import annotations

from collections.abc import Sequence

from ..graph.spelling import nearest as nearest


class CannotRun(Exception):
    """Arguments, configuration or files that a command cannot work with; all problems at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)
        """Each says what, where and how to mend it."""

    def __str__(self) -> str:
        return "\n".join(self.problems)
