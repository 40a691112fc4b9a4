"""Short forms: the name that a document uses for a thing once it has given the longer one.

A text names a thing in full and then by a part of the name: "the MailGate controller … MailGate", "`ops/bin/send.sh` …
`send.sh`".  A part counts when the document uses it as a label too and only one longer label of the document has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..graph.model import LabelEvidence
from .words import stem

_SHORTEST = 3
_KINDS = frozenset("controller operator server service cluster pod app application component repository".split())
"""Nouns that say what kind of thing a name names: "the MailGate controller" is MailGate."""


def short_forms(path: str, lines: Mapping[str, int]) -> Iterator[LabelEvidence]:
    """Each short form with the label that it stands for; ``lines`` gives the first line of each label of a document.

    >>> [(e.label, e.other) for e in short_forms("a.md", {"MailGate controller": 3, "MailGate": 9, "relay": 4})]
    [('MailGate controller', 'MailGate')]
    """
    longer: defaultdict[str, set[str]] = defaultdict(set)
    for label in lines:
        for part in _parts(label):
            if len(part) < _SHORTEST or part not in lines:
                continue
            if names_kind(label, part):
                yield LabelEvidence(label, part, "short form", path, lines[label])
            else:
                longer[part].add(label)
    for short, labels in sorted(longer.items()):
        if len({stem(label.replace(" ", "-")) for label in labels}) == 1:
            label = min(labels)
            yield LabelEvidence(label, short, "short form", path, lines[label])


def names_kind(label: str, part: str) -> bool:
    """Whether a label adds to a part of it only what kind of thing it is."""
    return label.removeprefix(part).strip() in _KINDS


def _parts(label: str) -> Iterator[str]:
    """What a label may be cut to.

    A name of several words loses its first or its last; a path keeps its last part; an identifier loses
    leading parts while two are left, a dotted one its first.

    >>> [list(_parts(label)) for label in ("Mail Gate controller", "ops/bin/send.sh", "edge-mail-gate", "mail-gate")]
    [['Gate controller', 'Mail Gate'], ['send.sh'], ['mail-gate'], []]
    """
    if " " in label:
        yield label.partition(" ")[2]
        yield label.rpartition(" ")[0]
    elif "/" in label:
        yield label.rpartition("/")[2]
    elif "-" in label:
        while label.count("-") > 1:
            label = label.partition("-")[2]
            yield label
    elif "." in label:
        yield label.partition(".")[2]
