"""The day of a run, which decides what has expired and is printed nowhere."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from .misuse import CannotRun


def today() -> str:
    """The day in UTC, ISO 8601: that of ``SOURCE_DATE_EPOCH`` where it is set.  Raises CannotRun for a bad one."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(given), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise CannotRun([f"SOURCE_DATE_EPOCH={given!r} is no number of seconds; mend or unset it"]) from None
