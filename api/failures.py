"""From an exception to the lines a user reads: what, where, and how to mend it."""

from __future__ import annotations

from .misuse import CannotRun

_TELLING = frozenset({"Misuse", "StoreError", "GitError", "WorkerUnavailable", "RuleError", "QuestionNotUnderstood"})
"""Errors of the lower layers whose text is meant for the user; by name, so that nothing is imported to tell."""


def problems(error: Exception) -> list[str]:
    """One line for each problem.

    >>> problems(CannotRun(["a.toml:1: unknown setting"]))
    ['a.toml:1: unknown setting']
    >>> problems(PermissionError(13, "Permission denied", "a.md"))
    ['a.md: Permission denied; check the path and its permissions']
    """
    if isinstance(error, CannotRun):
        return list(error.problems)
    if type(error).__name__ in _TELLING:
        return str(error).splitlines()
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return [f"{place}{error.strerror}; check the path and its permissions"]
    if isinstance(error, MemoryError):
        return ["not enough memory; read fewer documents, or raise the limit of this process"]
    return [_usage(error) or _internal(error)]


def _usage(error: Exception) -> str:
    """The message of a mistake on the command line, empty for other errors."""
    from typer import TyperException

    if not isinstance(error, TyperException):
        return ""
    context: object = getattr(error, "ctx", None)
    command: object = getattr(context, "command_path", "naysay")
    return f"{error.format_message()} Try `{command} --help`."


def _internal(error: Exception) -> str:
    hint = "please report it with the output of NAYSAY_DEBUG=1, which shows where"
    return f"internal error, {type(error).__name__}: {error}; {hint}"
