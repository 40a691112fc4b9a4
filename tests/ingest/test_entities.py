"""The things that documents name: their names, where these come from, and every mention."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from naysay.graph.model import Entity
from naysay.ingest.entities import SUBSTRING_LENGTH, entities_of
from naysay.ingest.lexicon import Vocabulary, fold, learn
from naysay.ingest.reading import read_document

TEXTS: Mapping[str, str] = {
    "docs/a.md": "# Mail gateway\n\nMailCourier (formerly PostRunner) delivers mail.\n\n"
    "`spool-volume` keeps it, as POSTRUNNER did.\n",
    "docs/b.md": "# Operations\n\n**MailCourier** writes to `spool-volume`. "
    "MailCouriers come and go.\n\nMailCourier, also known as MailBee.\n",
}


def entities(texts: Mapping[str, str], vocabulary: Vocabulary | None = None) -> dict[str, Entity]:
    readings = [read_document(path, text, "") for path, text in texts.items()]
    return {one.name: one for one in entities_of(readings, texts, learn(readings, vocabulary))}


def test_names_of_one_thing_are_one_entity() -> None:
    found = entities(TEXTS)["MailCourier"]
    assert "MailBee" in found.aliases
    assert found.deprecated == ("PostRunner",)
    assert "PostRunner" not in found.aliases
    assert {(one.kind, one.path, one.line) for one in found.evidence} == {
        ("renamed", "docs/a.md", 3),
        ("alias", "docs/b.md", 5),
    }


def test_a_mark_after_a_new_name_is_no_part_of_it() -> None:
    reading = read_document("docs/a.md", "# Mail\n\n- Rename `PostRunner` → `MailCourier` **COMPLETED**\n", "")
    assert [(one.label, one.other) for one in reading.evidence] == [("MailCourier", "PostRunner")]


def test_a_label_of_one_document_alone_is_no_entity() -> None:
    assert "queue-runner" not in entities({**TEXTS, "docs/c.md": "# C\n\n`queue-runner` runs.\n"})
    assert "spool-volume" in entities(TEXTS)


def test_a_declared_concept_is_one_even_unmentioned() -> None:
    words = Vocabulary(
        preferred={fold("Back office"): "Back office"},
        kinds={"Back office": "Team"},
        broader={"Back office": ("Company",)},
    )
    found = entities(TEXTS, words)["Back office"]
    assert (found.kind, found.broader, found.mentions) == ("Team", ("Company",), ())


def test_mentions_hold_what_a_plain_search_finds() -> None:
    for one in entities(TEXTS).values():
        for path, text in TEXTS.items():
            assert dict(one.mentions).get(path, 0) >= plain_count(one, text), one.name


def plain_count(entity: Entity, text: str) -> int:
    """What a search for the preferred name without regard to case finds; shorter names must stand alone."""
    return text.lower().count(entity.name.lower()) if len(entity.name) >= SUBSTRING_LENGTH else 0


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["MailCourier", "`spool-volume`", "mailcourier", "SPOOL-VOLUME", "and", "\n\n"]), max_size=20
    ).map(" ".join)
)
def test_no_mention_is_lost(more: str) -> None:
    texts = {**TEXTS, "docs/c.md": f"# C\n\n{more}\n"}
    found = entities(texts)
    for name in ("MailCourier", "spool-volume"):
        assert dict(found[name].mentions).get("docs/c.md", 0) >= more.lower().count(name.lower())


def test_entities_are_sorted_and_the_same_for_any_order() -> None:
    names = list(entities(TEXTS))
    assert names == sorted(names, key=str.lower)
    assert entities(dict(reversed(list(TEXTS.items())))) == entities(TEXTS)


def test_spellings_with_and_without_gaps_are_one_entity() -> None:
    texts = {
        "a.md": "# A\n\n`mail-gate` takes mail, and **Mail Gate** sorts it.\n",
        "b.md": "# B\n\nThe `MailGate` is fast.\n",
    }
    (one,) = (e for e in entities(texts).values() if "mail-gate" in (e.name, *e.aliases))
    assert {"mail-gate", "Mail Gate", "MailGate"} <= {one.name, *one.aliases}


def test_a_label_that_one_document_uses_again_and_again_is_an_entity() -> None:
    text = "# C\n\n`queue-runner` runs.\n\n`queue-runner` waits.\n\nThen `queue-runner` ends.\n"
    assert "queue-runner" in entities({**TEXTS, "docs/c.md": text})


def test_a_short_form_is_an_alias_where_the_whole_name_stands() -> None:
    text = "# C\n\nWe deploy `edge-mail-gate` there.\n\nThe `mail-gate` is small.\n"
    found = entities({"c.md": text, "d.md": text})
    assert "mail-gate" in found["edge-mail-gate"].aliases
    assert {row.kind for row in found["edge-mail-gate"].evidence} == {"short form"}


def test_a_part_of_many_names_is_short_for_none() -> None:
    text = "# C\n\nWe deploy `edge-mail-gate`, `core-mail-gate` and `test-mail-gate`.\n\nThe `mail-gate` is small.\n"
    found = entities({"c.md": text, "d.md": text})
    assert "mail-gate" not in found["edge-mail-gate"].aliases
