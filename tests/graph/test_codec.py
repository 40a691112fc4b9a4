"""Readings survive the way through bytes; nothing else is taken for one."""

import zlib
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.graph.samples import gateway, reading

from naysay.graph.codec import JSON, MESSAGE_PACK, VERSION, CodecError, dumps, loads
from naysay.graph.model import Claim, Document, Reading, Span

WORDS = ["gateway", "cluster", "identity", "replicas", "namespace", "issuer", "volume", "region", "token", "queue"]


@settings(max_examples=150, deadline=None)
@given(st.from_type(Reading))
def test_any_reading_comes_back_as_it_was(read: Reading) -> None:
    assert loads(dumps(read)) == read
    assert dumps(loads(dumps(read))) == dumps(read)


def test_a_file_name_that_is_not_utf8_comes_back() -> None:
    read = reading("caf\udce9.md")
    data = dumps(read)
    assert data[1] == JSON
    assert loads(data) == read


def test_a_field_that_an_older_writer_did_not_know_takes_its_default() -> None:
    old = {"document": {"path": "a.md", "digest": "00", "title": "A"}, "gone": 1}
    data = bytes((VERSION, MESSAGE_PACK)) + zlib.compress(msgspec.msgpack.encode(old))
    assert loads(data) == Reading(Document("a.md", "00", "A"))


def test_eighty_claims_of_a_ten_kilobyte_document_take_less_than_twelve_kilobytes() -> None:
    claims = [
        Claim(
            "guides/handbook.md",
            number,
            Span(number, 1, number, 90),
            f"{WORDS[number % 10]} {WORDS[number // 10]} {number}",
            "requires",
            f"the {WORDS[number * 7 % 10]} of the {WORDS[number * 3 % 10]} to be {number * 7919 % 10007}",
        )
        for number in range(80)
    ]
    assert len(dumps(reading("guides/handbook.md", *claims))) < 12_000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        bytes((VERSION + 1, MESSAGE_PACK)) + zlib.compress(b"\x80"),
        bytes((VERSION, 0)) + zlib.compress(b"\x80"),
        bytes((VERSION, MESSAGE_PACK)) + b"no zlib",
        bytes((VERSION, MESSAGE_PACK)) + zlib.compress(b"\x80"),
        bytes((VERSION, JSON)) + zlib.compress(b'{"document": 3}'),
        bytes((VERSION, JSON)) + zlib.compress(b"[" * 100_000),
        dumps(gateway())[:-3],
        dumps(gateway()) + b"more",
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(CodecError, match="not a stored reading"):
        loads(data)


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    wrong = msgspec.to_builtins(replace(gateway(), silences=()))
    wrong["claims"][0]["polarity"] = "perhaps"
    data = bytes((VERSION, MESSAGE_PACK)) + zlib.compress(msgspec.msgpack.encode(wrong))
    with pytest.raises(CodecError, match="perhaps"):
        loads(data)
