"""Closed word lists of general English that carry polarity, modality, state and time.

Nothing here belongs to one documentation set; words of a domain belong in a vocabulary file.
"""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    """A state word: the relation it states and whether it affirms or denies it."""

    relation: str
    positive: bool
    explicit: bool = True
    """False for an antonym of the relation's own word ("disabled" for ``enabled``)."""


def _states() -> dict[str, State]:
    table: dict[str, State] = {}
    for relation, yes, no in (
        ("enabled", "enabled on activated", "disabled off deactivated"),
        ("supported", "supported", "unsupported"),
        ("required", "required mandatory needed necessary compulsory", "optional unnecessary unneeded"),
        ("allowed", "allowed permitted", "forbidden prohibited denied disallowed banned"),
        ("implemented", "implemented done complete completed finished delivered shipped landed", "unimplemented"),
        ("deployed", "deployed provisioned installed", "undeployed uninstalled"),
        ("committed", "committed tracked versioned", "gitignored ignored untracked"),
        (
            "present",
            "present",
            "removed deleted dropped retired decommissioned eliminated discontinued absent missing gone",
        ),
        ("current", "current", "deprecated obsolete superseded legacy outdated sunset"),
        ("automatic", "automatic automated", "manual"),
        ("public", "public", "private"),
        ("immutable", "immutable", "mutable"),
        ("synchronous", "synchronous", "asynchronous async"),
        ("encrypted", "encrypted", "unencrypted plaintext"),
        ("authenticated", "authenticated", "unauthenticated anonymous"),
        ("exposed", "exposed", "unexposed"),
    ):
        own = yes.split()[0]
        table.update({w: State(relation, True, w == own) for w in yes.split()})
        table.update({w: State(relation, False, False) for w in no.split()})
    return table


STATES = _states()
PROGRESS = frozenset({"implemented", "deployed", "present"})
"""Relations that describe how far something is, not what it is like."""

DONE_WORDS = frozenset(
    """done complete completed implemented shipped delivered deployed provisioned landed merged resolved fixed
    verified installed finished closed ✅ ☑ ✔ 🟢""".split()
)
OPEN_WORDS = frozenset(
    """pending blocked todo remaining planned deferred open tbd missing partial unresolved unstarted ⏳ ❌ ⏸ 🟡 🔴 ✘
    ✗""".split()
)
OPEN_PHRASES = ("not started", "to do", "in progress", "not yet", "not implemented", "not done", "on hold", "in flight")

MODALS = {
    "must": "obligation",
    "shall": "obligation",
    "should": "recommendation",
    "may": "permission",
    "can": "permission",
    "could": "permission",
    "might": "permission",
    "will": "plan",
    "would": "plan",
    "cannot": "permission",
    "can't": "permission",
    "mustn't": "obligation",
    "shouldn't": "recommendation",
    "won't": "plan",
    "needs": "obligation",
}
NEGATED_FORMS = frozenset(
    """not never cannot can't mustn't shouldn't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't
    couldn't wouldn't neither nor""".split()
)
BE = frozenset(
    "is are was were be been being isn't aren't wasn't weren't remains remain stays stay becomes become".split()
)
PAST_BE = frozenset("was were wasn't weren't had".split())
DO = frozenset("do does did don't doesn't didn't".split())
HAVE = frozenset("have has had haven't hasn't".split())
DETERMINERS = frozenset("the a an this that these those its their our your each every all any some no both".split())
PREPOSITIONS = frozenset(
    """in on at to for from by with inside within under via per as into onto across through against during after before
    until without of over between behind outside than like using""".split()
)
SUBORDINATORS = frozenset(
    "if unless when whenever once where until while because since so although though whether".split()
)
CONDITION_WORDS = frozenset("if unless when whenever once until where only-if provided except".split())
HYPOTHETICAL = frozenset("would could might suppose imagine hypothetically".split())

_BASE_VERBS = """accept access adapt add address adopt aggregate align allocate allow annotate append apply archive
assign assume attach audit authenticate authorize avoid back bind block bootstrap break bring build bundle cache call
capture carry change check choose claim clean clear clone close collect combine commit communicate compare compile
complete compose compute configure confirm connect consolidate consume contain continue control convert copy
coordinate cover create cut decide declare decouple default define delegate delete deliver demand deny depend deploy
deprecate derive describe destroy detect determine disable disallow discover display document download drop duplicate
edit eliminate embed emit enable encapsulate encode encrypt end enforce enqueue ensure enter establish evaluate
execute exist expand expect explain expire expose extend extract fail fall feed fetch filter finish fix flow focus
follow forbid force forward free freeze gate gather generate get give go govern grant group guarantee guard handle
happen have hide hit hold host identify ignore implement import include increase inform ingest inherit initialize
inject insert inspect install instantiate integrate intercept introduce invoke isolate issue join keep know label land
launch lead leave let leverage limit link list listen live load lock log look lose maintain make manage map mark match
maintain measure merge migrate mirror model modify monitor mount move name need normalize notify observe obtain offer
omit open operate orchestrate order outlive output override own package parse pass patch perform permit persist pin
place plan point populate post prefer prepare preserve prevent print process produce prohibit project promote
propagate propose protect prove provide provision proxy prune publish pull push put query queue raise reach read
rebuild receive recommend reconcile record recreate redirect reduce refer reference refresh refuse register regenerate
reject release rely remain remove rename render repeat replace replicate report represent request require reserve
reset reside resolve respect respond restart restore restrict retain retire retry return reuse review revoke rewrite
roll rotate route run sample save scaffold scale schedule scope seed select send separate serve set share ship show
sign simplify sit skip sort source specify spin split stage stand standardize start state stay stop store stream strip
submit subscribe sunset supersede supply support switch sync synchronize tag take target terminate test throw tie
track transfer transform translate transport treat trigger trust try tunnel turn unify uninstall unlock update upgrade
upload use validate vary verify version visit wait warn watch win work wrap write yield reconcile decommission
centralize dispatch harden publish refactor relocate autodetect auto-detect guess""".split()

_IRREGULAR = {
    "bring": "brought", "build": "built", "break": "broke broken", "choose": "chose chosen", "cut": "cut",
    "drop": "dropped", "feed": "fed", "forbid": "forbade forbidden", "get": "got gotten", "give": "gave given",
    "go": "went gone goes", "have": "had has having", "hold": "held", "keep": "kept", "know": "knew known",
    "lead": "led", "leave": "left", "let": "let", "lose": "lost", "make": "made", "put": "put", "read": "read",
    "rewrite": "rewrote rewritten", "run": "ran run running", "send": "sent", "set": "set setting",
    "show": "showed shown", "spin": "spun", "split": "split", "stand": "stood", "take": "took taken",
    "throw": "threw thrown", "write": "wrote written", "win": "won", "bind": "bound", "find": "found",
    "fall": "fell fallen", "freeze": "froze frozen", "hide": "hid hidden", "hit": "hit", "sit": "sat",
    "deny": "denied denies", "rebuild": "rebuilt", "outlive": "outlived",
}  # fmt: skip
_DOUBLING = frozenset(
    """get put set run cut hit sit spin split drop ship stop skip strip tag log map pin plan wrap plug commit submit
    permit omit refer prefer defer embed scan trim stub control label model cancel let""".split()
)


def _inflect(base: str) -> tuple[set[str], set[str]]:
    """(third person and base, past and participle) forms of a regular verb."""
    if base.endswith("y") and base[-2] not in "aeiou":
        third, past, ing = base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    elif base.endswith("e"):
        third, past, ing = base + "s", base + "d", base[:-1] + "ing"
    else:
        double = base[-1] if base in _DOUBLING else ""
        third = base + ("es" if base.endswith(("s", "x", "ch", "sh", "o")) else "s")
        past, ing = base + double + "ed", base + double + "ing"
    return {base, third}, {past, ing}


def _verbs() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    finite: dict[str, str] = {}
    other: dict[str, str] = {}
    for base in _BASE_VERBS:
        now, past = _inflect(base)
        finite.update(dict.fromkeys(now, base))
        other.update(dict.fromkeys(past, base))
        other.update(dict.fromkeys(_IRREGULAR.get(base, "").split(), base))
    return finite, other, frozenset(_BASE_VERBS)


FINITE, PARTICIPLES, BASES = _verbs()
"""Surface form to lemma: present forms, and past or -ing forms."""

RETIRING = frozenset(
    """removed deleted retired dropped decommissioned eliminated deprecated superseded obsolete discontinued sunset
    gone""".split()
)
PAST_MARKS = frozenset("historical historically formerly previously earlier originally was used-to".split())
ENVIRONMENTS = {
    "local": "local", "dev": "dev", "development": "dev", "staging": "staging", "stage": "staging", "stg": "staging",
    "production": "production", "prod": "production", "preview": "preview", "previews": "preview", "ci": "ci",
    "qa": "qa", "uat": "uat", "sandbox": "sandbox", "test": "test",
}  # fmt: skip
"""Names of software environments, by their usual spellings."""
