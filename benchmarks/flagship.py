"""The case that started the project, on the documents it comes from: ``flagship.py FOLDER``.

Checks two documents of a set with ``flagship.ttl``: the ban and the grant of cluster credentials clash for want of a
scope; the clash goes when the ban names the automated executor, and turns into a prohibition when it names human
workspaces.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from naysay.graph.model import Conflict
from naysay.queries.corpus import Corpus, load
from naysay.queries.findings import find

BAN = ("505-agent-developer-v2.md", 426)
GRANT = ("626-ameide-devcontainer-service-coder.md", 133)
TO_EXECUTOR = "No cluster credentials inside the automated executor (AmeideCodingAgent) runtime."
TO_PEOPLE = "No cluster credentials inside human workspaces."
FOR_THE_EXECUTOR = "No cluster credentials inside the automated executor (AmeideCodingAgent) runtime."
FOR_PEOPLE = "No cluster credentials inside human workspaces."
VOCABULARY = Path(__file__).with_name("flagship.ttl")


def checked(source: Path, line: str | None, vocabulary: Path | None) -> tuple[Corpus, tuple[Conflict, ...]]:
    """The two documents alone, with the ban's line replaced when one is given."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (BAN[0], GRANT[0]):
            lines = (source / name).read_text("utf-8").split("\n")
            if line is not None and name == BAN[0]:
                lines[BAN[1] - 1] = f"- {line}"
            (Path(folder) / name).write_text("\n".join(lines), "utf-8")
        corpus = load([Path(folder)], vocabulary=vocabulary, workers=1)
        return corpus, find(corpus)


def pair(conflicts: Sequence[Conflict]) -> Conflict | None:
    """The conflict that joins the ban and the grant."""
    for conflict in conflicts:
        places = {(side.path, side.span.line) for side in conflict.sides}
        if BAN in places and GRANT in places:
            return conflict
    return None


def main(folder: str) -> int:
    """Print what each variant gives; 1 when one is not as it should be."""
    source, good = Path(folder), True
    for title, line, vocabulary, expected in (
        ("as written, with the vocabulary", None, VOCABULARY, {"NS501"}),
        ("as written, without", None, None, {"NS501"}),
        ("scoped to the executor", TO_EXECUTOR, VOCABULARY, set()),
        ("scoped to people", TO_PEOPLE, VOCABULARY, {"NS301", "NS302"}),
    ):
        corpus, conflicts = checked(source, line, vocabulary)
        found = pair(conflicts)
        right = found is None if not expected else found is not None and found.rule in expected
        good &= right
        said = f"{found.rule} {found.severity} {found.confidence} {dict(found.witness)}" if found else "no conflict"
        claim = next(c for c in corpus.readings[0].claims if c.span.line == BAN[1])
        scope = [f"{t.dimension}={t.value}" for t in claim.scope]
        print(f"{'ok ' if right else 'BAD'} {title}: {said}; claim of {claim.subject!r} {scope}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
