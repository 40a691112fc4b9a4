"""The arguments and options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ...graph.model import PrecedencePolicy, Severity
from ..console import Colour as ColourChoice

ListingFormat = Literal["text", "json", "jsonl"]

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DIR|FILE]...", help="Folders or files; the set around the working folder without any."),
]
Store = Annotated[
    Path | None,
    typer.Option("--store", metavar="PATH", envvar="NAYSAY_STORE", help="Use a graph kept by `ingest` instead of DIR."),
]
Vocabulary = Annotated[
    Path | None,
    typer.Option("--vocabulary", metavar="FILE", envvar="NAYSAY_VOCABULARY", help="SKOS names and kinds, in Turtle."),
]
Include = Annotated[
    list[str] | None, typer.Option("--include", metavar="GLOB", help="Read only what matches; may be repeated.")
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Leave out what matches; may be repeated.")
]
NoIgnore = Annotated[bool, typer.Option("--no-ignore", help="Read files that .gitignore leaves out, too.")]
Workers = Annotated[
    int, typer.Option("--workers", min=0, envvar="NAYSAY_WORKERS", help="Processes that read; 0 chooses.")
]
Cache = Annotated[
    str,
    typer.Option(
        "--cache", metavar="DIR|off", envvar="NAYSAY_CACHE", help="Keep what was read in DIR; the user's own without."
    ),
]
Format = Annotated[ListingFormat, typer.Option("--format", help="How the answer is written.")]
Colour = Annotated[ColourChoice, typer.Option("--color", envvar="NAYSAY_COLOR", help="When to colour the text.")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Draw with ASCII characters only.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing about the run itself.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Name every skipped file and reached limit.")]
NoProjectRules = Annotated[bool, typer.Option("--no-project-rules", help="Leave the rules in .naysay/rules aside.")]
FailOn = Annotated[
    Severity | None,
    typer.Option("--fail-on", envvar="NAYSAY_FAIL_ON", help="Least severity that makes the exit code 1."),
]
FailConfidence = Annotated[
    float | None,
    typer.Option(
        "--fail-confidence",
        min=0,
        max=1,
        envvar="NAYSAY_FAIL_CONFIDENCE",
        help="Least confidence that makes the exit code 1.",
    ),
]
MinLevel = Annotated[
    Severity | None, typer.Option("--min-level", envvar="NAYSAY_MIN_LEVEL", help="Least severity that is shown.")
]
Precedence = Annotated[
    PrecedencePolicy | None,
    typer.Option(
        "--precedence",
        envvar="NAYSAY_PRECEDENCE",
        help="What makes a conflict a note: a stated precedence (strict), or status, version, date and scope too.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE", envvar="NAYSAY_SELECT", help="Only these rules, by id or its beginning."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="RULE", envvar="NAYSAY_IGNORE", help="Not these rules."),
]


def rule_ids(given: list[str] | None) -> tuple[str, ...]:
    """Rule ids of a repeatable option that also takes several, with commas between them.

    >>> rule_ids(["NS501,NS2"])
    ('NS501', 'NS2')
    """
    return tuple(name.strip().upper() for item in given or () for name in item.split(",") if name.strip())
