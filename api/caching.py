"""Where data that can be derived again is kept between runs."""

from __future__ import annotations

from pathlib import Path

OFF = "off"


def cache_folder(given: str = "") -> Path | None:
    """The folder that was asked for, else the platform's own for the user; None when ``off`` was.

    >>> cache_folder("off"), cache_folder("kept").name
    (None, 'kept')
    """
    if given == OFF:
        return None
    if given:
        return Path(given).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("naysay", appauthor=False)
