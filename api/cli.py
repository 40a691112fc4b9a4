"""The command ``naysay``: the way in, the exit codes, and the one place where errors become messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from naysay import __version__

if TYPE_CHECKING:
    from .engine import Engine

CLEAN, FOUND, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: nothing gates, something gates, no answer, stopped by the user."""


def main(arguments: Sequence[str] | None = None, engine: Engine | None = None) -> int:
    """Run one command and return its exit code; no input makes it raise."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]):
        print(f"naysay {__version__}")
        return CLEAN
    try:
        return _run(given, engine)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        from .console import abandon_stdout

        abandon_stdout()
        return CLEAN
    except Exception as error:
        if os.environ.get("NAYSAY_DEBUG") == "1":
            raise
        return _failed(error)


def _run(given: list[str], engine: Engine | None) -> int:
    """Run the command; without any, show the help and fail."""
    from .commands import run

    result = run(given or ["--help"], engine)
    return COULD_NOT_RUN if not given else result if isinstance(result, int) else CLEAN


def _failed(error: Exception) -> int:
    """Say what went wrong, in one line a problem; an error of ours is named as such."""
    from .console import say
    from .failures import problems

    for line in problems(error):
        say(f"error: {line}")
    return COULD_NOT_RUN


if __name__ == "__main__":
    sys.exit(main())
