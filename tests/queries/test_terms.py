"""Which uses of a given-up name or wording are meant, and which are not."""

import pytest

from naysay.queries.corpus import read_texts
from naysay.queries.lines import Lines
from naysay.queries.linkage import Linkage
from naysay.queries.terms import banned_uses, deprecated_uses
from naysay.queries.wordings import bans

GLOSSARY = "# Glossary\n\nTerminology: prefer MailCourier over PostRunner.\n"


def linked(page: str, ban: str = GLOSSARY) -> Linkage:
    return read_texts({"docs/glossary.md": ban, "docs/page.md": f"# Page\n\n{page}\n"}).linkage


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("PostRunner writes to the archive.", "live"),
        ("The `PostRunner` writes to the archive.", "live"),
        ("The old PostRunner wrote to the archive.", "historical"),
        ("The vendor says “PostRunner is fast”.", "quoted"),
        ("## History\n\nPostRunner writes to the archive.", "historical"),
        ("```yaml\nname: PostRunner\n```", "code"),
    ],
)
def test_how_a_deprecated_name_is_used(text: str, manner: str) -> None:
    assert [use.manner for use in deprecated_uses(linked(text))] == [manner]


@pytest.mark.parametrize("text", ["See `deploy/PostRunner/base`.", "PostRunnerPool is full.", "A postrunner is fast."])
def test_a_part_of_another_name_is_no_use(text: str) -> None:
    assert deprecated_uses(linked(text)) == ()


def test_common_words_are_never_deprecated() -> None:
    ban = "# Glossary\n\nThe Runner was renamed to Courier.\n"
    assert [use for use in deprecated_uses(linked("Every Runner has a queue.", ban)) if use.label == "Runner"] == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ('Do not use the term "post office"; write "mail gateway".', ["post office"]),
        ("Avoid calling review desks “mail gateway” or “mail hub”.", ["mail gateway", "mail hub"]),
        ("Any language that implies “delivery guaranteed” must be removed.", ["delivery guaranteed"]),
        ("“zero-install” must become “browser-first”.", ["zero-install"]),
        ("Never say “it just works”.", ["it just works"]),
        ('The term "post office" is common.', []),
        ('Do not use the word "post".', []),
        ("Do not use the term post office.", []),
    ],
)
def test_what_a_sentence_bans(text: str, labels: list[str]) -> None:
    page = f"# Plan\n\n{text}\n"
    reading = read_texts({"plan.md": page}).readings[0]
    assert [ban.label for ban in bans(Lines(reading, page))] == labels


def test_a_ban_tells_what_to_write() -> None:
    page = '# Plan\n\n- Do not use the term "post office"; write "mail gateway".\n'
    (ban,) = bans(Lines(read_texts({"plan.md": page}).readings[0], page))
    assert (ban.better, ban.span.line, ban.about) == ("mail gateway", 3, frozenset())


@pytest.mark.parametrize(
    ("text", "manners"),
    [
        ("The post office checks it.", ["live"]),
        ("Post offices check it.", ["live"]),
        ("It is not a post office.", ["historical"]),
        ('Three pages say "post office".', ["quoted"]),
        ("The post officer checks it.", []),
    ],
)
def test_how_a_banned_wording_is_used(text: str, manners: list[str]) -> None:
    ban = '# Glossary\n\nDo not use the term "post office".\n'
    assert [use.manner for use in banned_uses(linked(text, ban))] == manners
