"""What a passage says is gone: the argument of the verb, and nothing that merely stands beside it."""

from __future__ import annotations

import pytest

from naysay.ingest.markdown import parse
from naysay.ingest.retirements import retirements


def gone(text: str) -> list[str]:
    found = (one for passage in parse(text).passages for one in retirements(passage))
    return [f"{one.thing} > {one.successor}" if one.successor else one.thing for one in found]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("`mail-relay` has been removed.", ["mail-relay"]),
        ("The `mail-relay` helper no longer exists.", ["mail-relay"]),
        ("MailRelay was deleted from the codebase.", ["MailRelay"]),
        ("The old `send.sh`, `poll.sh` and `drain.sh` scripts were retired.", ["send.sh", "poll.sh", "drain.sh"]),
        ("Hand delivery (`tools/carry.sh`, `tools/drop.sh`) is deprecated.", ["tools/carry.sh", "tools/drop.sh"]),
        ("`post.sh` runs `carry.sh`, and the former `poll.sh` was removed.", ["poll.sh"]),
        ("- 2031-05-02: Removed `tools/carry.sh` and `tools/drop.sh`.", ["tools/carry.sh", "tools/drop.sh"]),
        ("- Retired `mail-relay` in favour of `mail-courier`.", ["mail-relay"]),
        ("- Renamed `mail-relay` to `mail-courier`.", ["mail-relay > mail-courier"]),
        ("- [x] Move `mail/relay.yaml` → `mail/courier/`", ["mail/relay.yaml > mail/courier/"]),
        (
            "- ✅ Update the mail host from old.mail.example.org to mail.example.org",
            ["old.mail.example.org > mail.example.org"],
        ),
        ("- [x] Remove `tools/carry.sh` and `tools/drop.sh`.", ["tools/carry.sh", "tools/drop.sh"]),
        ("1. [x] **MAIL-7**: Delete the `mail-relay` release", ["mail-relay"]),
        ("Postbox and its runner no longer exist.", ["Postbox"]),
        ("Postbox-based delivery is deprecated.", ["Postbox"]),
        ("References to the `*-relay` releases are deprecated.", ["*-relay"]),
    ],
)
def test_what_is_gone(text: str, things: list[str]) -> None:
    assert gone(text) == things


@pytest.mark.parametrize(
    "text",
    [
        "`mail-relay` is in use.",
        "When `mail-relay` is removed, its queue is drained.",
        "`mail-relay` must be removed.",
        "`MAIL_HOST` has been removed from the sample.",
        "- Removed `MAIL_HOST` from the relay chart.",
        "- Removed duplicate `MAIL_HOST` lines.",
        "- Removed all `--mail` flags with fixed values.",
        "- Removed the `body` field.",
        "- [ ] Removed `mail-relay`.",
        "- [ ] Remove `mail-relay`.",
        "- Remove `mail-relay`.",
        "- [x] Remove `MAIL_HOST` from the relay chart.",
        "- [x] Verify that nothing removes `mail-relay`.",
        "- [ ] Move `mail/relay.yaml` → `mail/courier/`",
        "The overlays in `mail-relay` were removed.",
        "Tests around `mail-relay` were deleted.",
        "The button removed `mail-relay`.",
        "- Changed the order from `PreSync` to `PostSync`.",
        "The mail-relay was removed.",
        "The Postbox chart was removed.",
        "All `mail` listeners were removed.",
        "The `mail` listener is removed after the first letter.",
        "The `mail.read()` legacy `Text` interface is deprecated.",
        "- Removed Header Tab Rendering",
        "The temporary `mail-relay` alias was removed.",
    ],
)
def test_what_stays(text: str) -> None:
    assert gone(text) == []
