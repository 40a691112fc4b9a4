"""Names are equal only where a document says so, and no longer once two deny it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from naysay.ingest.lexicon import Lexicon, Vocabulary, fold, learn
from naysay.ingest.reading import read_document


def learned(*texts: str, vocabulary: Vocabulary | None = None) -> Lexicon:
    return learn([read_document(f"docs/{i}.md", f"# Page\n\n{text}\n", "") for i, text in enumerate(texts)], vocabulary)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("MailCourier (formerly PostRunner) delivers mail.", "PostRunner", "MailCourier"),
        ("MailCourier, previously called PostRunner, delivers mail.", "PostRunner", "MailCourier"),
        ("Rename PostRunner to MailCourier in all charts.", "PostRunner", "MailCourier"),
        ("PostRunner was renamed to MailCourier.", "PostRunner", "MailCourier"),
        ("PostRunner is now called MailCourier.", "PostRunner", "MailCourier"),
        ("Use the term MailCourier: prefer MailCourier over PostRunner.", "PostRunner", "MailCourier"),
        ("MailCourier, also known as MailBee, delivers mail.", "MailBee", "MailCourier"),
        ("The Mail Transfer Agent (MTA) delivers mail.", "MTA", "Mail Transfer Agent"),
    ],
)
def test_a_stated_equivalence_is_learned(text: str, old: str, new: str) -> None:
    assert learned(text).name(old) == new


@pytest.mark.parametrize(
    "text",
    [
        "MailCourier and PostRunner deliver mail.",
        "MailCourier (PostRunner) delivers mail.",
        "MailCourier replaces nothing. PostRunner delivers mail.",
        "MailCourier uses PostRunner.",
        "We prefer MailCourier over PostRunner.",
        "MailCourier delivers mail (see PostRunner).",
    ],
)
def test_standing_together_is_no_equivalence(text: str) -> None:
    found = learned(text)
    assert found.name("PostRunner") == "PostRunner"
    assert not found.canonical


def test_a_rename_deprecates_with_its_line_and_an_alias_does_not() -> None:
    found = learned(
        "MailCourier (formerly PostRunner) delivers mail.", "MailCourier, also known as MailBee, delivers mail."
    )
    ((label, evidence),) = found.deprecated.items()
    assert (label, evidence.path, evidence.line) == (fold("PostRunner"), "docs/0.md", 3)


def test_renames_are_followed_to_the_end() -> None:
    found = learned("MailCourier (formerly PostRunner) runs.", "MailBee (formerly MailCourier) runs.")
    assert found.name("PostRunner") == found.name("MailCourier") == "MailBee"


def test_a_circle_of_renames_ends() -> None:
    found = learned("MailCourier (formerly PostRunner) runs.", "PostRunner (formerly MailCourier) runs.")
    assert found.name("PostRunner") in {"PostRunner", "MailCourier"}


ALIAS = "MailCourier, also known as MailBee, delivers mail."
DENIAL = "MailCourier is not MailBee."


def test_one_denial_is_not_enough() -> None:
    found = learned(ALIAS, DENIAL, DENIAL.replace("MailBee.", "MailWasp."))
    assert found.name("MailBee") == "MailCourier"
    assert found.denied == ()


def test_two_denials_drop_a_learned_name_and_are_listed() -> None:
    found = learned(ALIAS, DENIAL, "MailBee is not MailCourier.")
    assert found.name("MailBee") == "MailBee"
    assert {(one.kind, one.path, one.line) for one in found.denied} == {
        ("denied", "docs/1.md", 3),
        ("denied", "docs/2.md", 3),
    }


def test_a_declared_name_outweighs_a_learned_one() -> None:
    words = Vocabulary(preferred={fold("MailBee"): "Mail Bee"}, deprecated={fold("PostRunner"): "Mail Bee"})
    found = learned(ALIAS, vocabulary=words)
    assert found.name("mailbee") == "Mail Bee"
    assert found.deprecated[fold("PostRunner")].label == "Mail Bee"


def test_broader_names_are_found_in_two_steps() -> None:
    edges: Mapping[str, tuple[str, ...]] = {
        "token": ("credential",),
        "credential": ("secret",),
        "secret": ("thing", "token"),
    }
    found = learned("Text.", vocabulary=Vocabulary(broader=edges))
    assert found.broader("token") == ("credential", "secret")
    assert found.broader("Token", 1) == ()
    assert found.broader("token", 9) == ("credential", "secret", "thing", "token")


def test_the_digest_is_that_of_the_knowledge() -> None:
    assert learned(ALIAS).digest() == learned(ALIAS).digest() != learned(DENIAL).digest()


def test_rare_words_weigh_most() -> None:
    found = learned("The relay is enabled.", "The relay keeps a spool.")
    assert found.weight("spool") > found.weight("relay") > 0
    assert found.specificity(["spool", "relay"]) == found.weight("spool") + found.weight("relay")
