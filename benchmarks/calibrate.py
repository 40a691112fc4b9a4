"""Learn the weights of the confidence model from judged reports, and say how well they hold.

    naysay check DIR --format jsonl --all > found.jsonl
    python benchmarks/calibrate.py collect found.jsonl NAME VERDICTS.jsonl…   # {"id", "verdict", "cause"} a line
    python benchmarks/calibrate.py refresh found.jsonl                        # features as the reports have them now
    python benchmarks/calibrate.py report                                     # cross-validated, writes nothing
    python benchmarks/calibrate.py train                                      # writes queries/confidence.json

``collect`` keeps the verdicts on reports that ``found.jsonl`` holds as ``benchmarks/verdicts/NAME.jsonl``, with the
features that the reports have now; what was kept before and is no longer reported stays as it was.  Of several verdicts
on one report the weightiest judge's holds.  ``train`` learns from all kept verdicts: a logistic model, drawn towards
the priors of ``naysay.queries.confidence`` and held to their signs, in which reports of one cause count less the more
they are, and verdicts of single readers less than a panel's.  Cross-validation never tests a cause on what was learned
from it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from verdicts import BANDS, FOLDER, JUDGES, groups, kept, kept_row, precision, rows, write

from naysay.queries.confidence import LEARNED, MEASURED, NAMED, prior_of

PULL = 0.2
"""How strongly a weight is drawn to its prior: as if a weight were off by more than 2.2 log-odds one time in three."""
ARGUABLE = 0.5
"""What an arguable report counts for."""
FOLDS = 10
SWEEPS = 60
TOUCHED = 0.02
"""A weight that readings move by less is left at its prior."""
Features = Mapping[str, float]


class Judged(NamedTuple):
    """A judged report as the model sees it."""

    features: Features
    real: float
    """1 when it is real."""
    group: str
    share: float
    """What it counts for: the larger its group, the less."""
    severity: str
    verdict: str


def judged(found: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """The rows that are kept and not overruled, as examples."""
    sizes = Counter(row["group"] for row in found)
    return [
        Judged(
            row["features"], _real(row), row["group"],
            sizes[row["group"]] ** -0.5 * JUDGES[row["judge"]],
            row["severity"], row["verdict"],
        )
        for row in found
        if "overruled" not in row
    ]  # fmt: skip


def _real(row: Mapping[str, Any]) -> float:
    return ARGUABLE if row["verdict"] == "arguable" else float(row["verdict"] == "real")


def probability(weights: Mapping[str, float], features: Features) -> float:
    """The model: the share of reports with these features that are real."""
    total = sum((weights[n] if n in weights else prior_of(n).weight) * x for n, x in features.items())
    return 1 / (1 + math.exp(-total))


def fit(examples: Sequence[Judged], pull: float = PULL) -> dict[str, float]:
    """Weights by coordinate-wise Newton steps: the same examples give the same weights."""
    names = sorted({name for one in examples for name in one.features})
    having = {n: [(i, one.features[n]) for i, one in enumerate(examples) if n in one.features] for n in names}
    weights = {name: prior_of(name).weight for name in names}
    totals = [sum(weights[n] * x for n, x in one.features.items()) for one in examples]
    for _ in range(SWEEPS):
        for name in names:
            prior = prior_of(name)
            slope, bend = pull * (weights[name] - prior.weight), pull
            for i, x in having[name]:
                p = 1 / (1 + math.exp(-totals[i]))
                slope += examples[i].share * x * (p - examples[i].real)
                bend += examples[i].share * x * x * p * (1 - p)
            new = weights[name] - slope / bend
            new = max(new, 0.0) if prior.sign > 0 else min(new, 0.0) if prior.sign < 0 else new
            for i, x in having[name]:
                totals[i] += (new - weights[name]) * x
            weights[name] = new
    return weights


def held_out(examples: Sequence[Judged], pull: float = PULL) -> list[float]:
    """For each example the probability given by weights learned without its fold."""
    folds = [int(hashlib.blake2b(one.group.encode(), digest_size=4).hexdigest(), 16) % FOLDS for one in examples]
    models = {fold: fit([e for e, f in zip(examples, folds, strict=True) if f != fold], pull) for fold in set(folds)}
    return [probability(models[fold], one.features) for one, fold in zip(examples, folds, strict=True)]


def print_reliability(title: str, examples: Sequence[Judged], given: Sequence[float]) -> None:
    """Brier score, and how many reports of each band are real."""
    pairs = list(zip(examples, given, strict=True))
    brier = sum((p - one.real) ** 2 for one, p in pairs) / len(pairs)
    print(f"{title}: Brier {brier:.3f}, {len({one.group for one in examples})} causes")
    for low, high in BANDS:
        inside = [(one, p) for one, p in pairs if low <= round(p, 2) < high]
        mean = sum(p for _, p in inside) / max(1, len(inside))
        errors = [one.verdict for one, _ in inside if one.severity == "error"]
        share = precision((one.verdict for one, _ in inside), 0)
        print(f"  {low:.1f}–{min(high, 1):.1f}: real {share}, said {mean:.2f}; errors: {precision(errors, 0)}")


def report(options: argparse.Namespace) -> int:
    """Print how well the model holds on causes that it has not seen, for several pulls."""
    examples = judged(kept(options.without))
    print(f"{len(examples)} judged reports: {dict(sorted(Counter(one.verdict for one in examples).items()))}")
    print_reliability("priors alone", examples, [probability({}, one.features) for one in examples])
    for pull in options.pull or [PULL]:
        print_reliability(f"cross-validated, pull {pull:g}", examples, held_out(examples, pull))
    weights = fit(examples)
    print_reliability("fitted (not held out)", examples, [probability(weights, one.features) for one in examples])
    counts = Counter(name for one in examples for name in one.features)
    for name, weight in sorted(weights.items(), key=lambda item: -abs(item[1] - prior_of(item[0]).weight)):
        known = "" if name in NAMED or name in MEASURED else "  NOT IN THE TABLES"
        print(f"  {name:24} {prior_of(name).weight:+.2f} -> {weight:+.2f}  in {counts[name]} reports{known}")
    return 0


def train(options: argparse.Namespace) -> int:
    """Write the weights that judged reports move."""
    examples = judged(kept(options.without))
    weights = {
        name: round(weight, 3)
        for name, weight in sorted(fit(examples).items())
        if (name in NAMED or name in MEASURED) and abs(weight - prior_of(name).weight) >= TOUCHED
    }
    causes = len({one.group for one in examples})
    told = {"reports": len(examples), "causes": causes, "pull": PULL, "without": sorted(options.without)}
    LEARNED.write_text(json.dumps({"trained_on": told, "weights": weights}, indent=1) + "\n", "utf-8")
    print(f"{len(weights)} weights from {len(examples)} reports: {LEARNED}")
    return 0


def collect(options: argparse.Namespace) -> int:
    """Keep the verdicts on reports of a state."""
    found = {row["id"]: row for row in rows(options.found)}
    together = groups(list(found.values()))
    given: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for path in options.verdicts:
        for row in rows(path):
            given[_whole(row["id"], found)] |= row
    lost = given.pop("", None)
    target = FOLDER / f"{options.name}.jsonl"
    before = {row["id"]: row for row in rows(target)} if target.exists() else {}
    now = {
        key: kept_row(
            found[key], together[key], row["verdict"], row.get("cause", ""), "author" if options.authors else "reader"
        )
        for key, row in given.items()
    }
    write(target, (row for _, row in sorted((before | now).items())))
    print(f"{len(now)} verdicts kept{', others are on reports that this state lacks' if lost else ''}: {target}")
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Give the kept verdicts the features and severity that their reports have now; the confidence stays as judged."""
    found = {row["id"]: row for row in rows(options.found)}
    together = groups(list(found.values()))
    fresh = 0
    for path in sorted(FOLDER.glob("*.jsonl")):
        before = rows(path)
        now = [_refreshed(row, found.get(_whole(row["id"], found)), together) for row in before]
        fresh += sum(a != b for a, b in zip(before, now, strict=True))
        write(path, now)
    print(f"{fresh} verdicts changed")
    return 0


def _refreshed(row: dict[str, Any], report: Mapping[str, Any] | None, together: Mapping[str, str]) -> dict[str, Any]:
    if report is None:
        return row
    return row | {name: report[name] for name in ("severity", "features")} | {"group": together[report["id"]]}


def _whole(given: str, found: Mapping[str, object]) -> str:
    """The one id that begins as given; empty without one."""
    if given in found:
        return given
    begun = [key for key in found if key.startswith(given)]
    return begun[0] if len(begun) == 1 and len(given) >= 8 else ""


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("collect")
    one.add_argument("found", type=Path)
    one.add_argument("name")
    one.add_argument("verdicts", type=Path, nargs="+")
    one.add_argument("--authors", action="store_true", help="judged by whoever wrote the rules, not blind")
    one.set_defaults(run=collect)
    fresh = commands.add_parser("refresh")
    fresh.add_argument("found", type=Path)
    fresh.set_defaults(run=refresh)
    two = commands.add_parser("report")
    two.add_argument("--pull", type=float, action="append", help="to compare; may be repeated")
    two.set_defaults(run=report)
    three = commands.add_parser("train")
    three.set_defaults(run=train)
    for command in (two, three):
        command.add_argument("--without", action="append", default=[], help="a file of verdicts to keep for testing")
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
