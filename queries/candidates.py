"""All the pairs of statements of a set that could clash, whatever makes them comparable."""

from __future__ import annotations

from ..ingest.words import terms
from .answers import answer_comparisons
from .choices import choice_comparisons
from .circumstances import Circumstances
from .comparison import Comparison, Surroundings
from .comparisons import compare
from .counted import counted_comparisons
from .enumerated import enumerated_comparisons
from .exceptions import exception_comparisons
from .forms import form_comparisons
from .implied import implied_comparisons
from .kinds import kind_comparisons
from .linkage import Linkage
from .plans import plan_comparisons
from .quantified import quantified_comparisons
from .records import record_comparisons
from .restated import restated_comparisons


def compared(linkage: Linkage) -> list[Comparison]:
    """The comparisons of a linked set, in a fixed order."""
    titles = {path: terms(r.document.title) for path, r in linkage.readings.items()}
    around = Surroundings(titles, linkage.cited(), linkage.lexicon)
    claims = [c for r in linkage.readings.values() for c in r.claims]
    found = [
        *compare(claims, around),
        *record_comparisons(linkage),
        *answer_comparisons(linkage, around),
        *form_comparisons(claims, around),
        *choice_comparisons(claims, around),
        *kind_comparisons(claims, around),
        *quantified_comparisons(claims, around),
        *enumerated_comparisons(claims, around),
        *exception_comparisons(claims, around),
        *counted_comparisons(linkage, around),
        *restated_comparisons(linkage, around),
        *implied_comparisons(claims, around),
        *plan_comparisons(linkage, around),
    ]
    circumstances = Circumstances(linkage)
    return [circumstances.of_comparison(one) for one in found]
