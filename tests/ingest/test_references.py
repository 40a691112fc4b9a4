"""References: which words cite, what for, and which document of the set they name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from naysay.graph.model import Document, Heading, Reference, Span
from naysay.ingest.document import identity
from naysay.ingest.library import Library, learned_leading, library_of, resolve_anchor, slugs
from naysay.ingest.markdown import parse
from naysay.ingest.references import references

SPOT = Span(1, 1, 1, 2)


def found(text: str) -> list[tuple[str, str]]:
    return [(reference.kind, reference.target) for reference in references(parse(text))]


def role(text: str) -> str:
    return next(references(parse(text))).role


def link(target: str, kind: str = "link") -> Reference:
    return Reference(SPOT, target, kind, "mention")


def documents(*paths: str) -> list[Document]:
    return [Document(path, "0", path, *identity(path)) for path in paths]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [the lamp](./12-lamp.md#use).", [("link", "./12-lamp.md#use")]),
        ("See [above](#use).", [("anchor", "#use")]),
        ("See `docs/lamp.md` and 12-lamp.md.", [("path", "docs/lamp.md"), ("path", "12-lamp.md")]),
        ("[12-lamp.md](12-lamp.md)", [("link", "12-lamp.md")]),
        ("As per 771, twice.", [("number", "771")]),
        ("see 712-v2 and 713v2", [("number", "712-v2"), ("number", "713v2")]),
        ("Backlog 43 and backlog/44", [("number", "43"), ("number", "44")]),
        ("The rule (714) holds; 715/716 too.", [("number", "714"), ("number", "715"), ("number", "716")]),
        ("per ADR 07 it is", [("number", "ADR-07")]),
        ("Use docs/*.md or ~/x.md.", []),
    ],
)
def test_what_is_cited(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It answers in 200 ms with (404) errors on port 443.",
        "HTTP status (429) is returned.",
        "In 2026 we add 300 users, 128Mi and 10.20.300.4.",
        "The build of (2026-04) uses v1.200.",
        "`sleep 300` in `x[100]`",
        "## Phase 120",
    ],
)
def test_numbers_that_count_something_are_no_citations(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nsupersedes:\n  - 7-oil.md\n---\n# Lamp\n", "supersedes"),
        ("---\nreplaced-by: 7\n---\n# Lamp\n", "superseded-by"),
        ("# Lamp\n\n**Supersedes:** `7-oil.md` (kept)\n", "supersedes"),
        ("# Lamp\n\n**Status:** Implemented (supersedes backlog 77)\n", "supersedes"),
        ("# Lamp\n\n**Supersedes:** parts of `7-oil.md`\n", "mention"),
        ("# Lamp\n\n> **Superseded by [13](13-led.md)**\n", "superseded-by"),
        ("# Lamp\n\n> Deprecated: use `13-led.md` instead.\n", "superseded-by"),
        ("# Lamp\n\n## Why\n\nOil was replaced by [13](13-led.md) elsewhere.\n", "mention"),
        ("Ports are fixed, as defined in [13](13-led.md).", "authority"),
        ("See `13-led.md` for the contract.", "authority"),
        ("See `13-led.md` for colours.", "mention"),
    ],
)
def test_the_role_of_a_reference(text: str, expected: str) -> None:
    assert role(text) == expected


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("See [13](13-led.md).", "live"),
        ("- [ ] Create `13-led.md`", "hypothetical"),
        ("`13-led.md` (to be written)", "hypothetical"),
        ("~~`13-led.md`~~", "historical"),
        ("## Files removed\n\n- `13-led.md`", "historical"),
        ("| File | State |\n|---|---|\n| 13-led.md | TODO |", "hypothetical"),
    ],
)
def test_future_and_removed_files_are_not_cited_live(text: str, standing: str) -> None:
    assert next(references(parse(text))).standing == standing


def test_the_span_is_the_citation_in_the_source() -> None:
    reference = next(references(parse("> - as per **backlog 12**.\n")))
    assert reference.span == Span(1, 22, 1, 24)


@pytest.mark.parametrize(
    ("origin", "reference", "path", "how"),
    [
        ("a/12-lamp.md", link("../13-led.md"), "13-led.md", "relative"),
        ("a/12-lamp.md", link("a/14-oil.md"), "a/14-oil.md", "from the root"),
        ("a/12-lamp.md", link("docs/13-led.md", "path"), "13-led.md", "without the leading docs/"),
        ("a/12-lamp.md", link("../docs/a/14-oil.md"), "a/14-oil.md", "without the leading docs/"),
        ("13-led.md", link("14-oil.md"), "a/14-oil.md", "unique base name"),
        ("13-led.md", link("14-oil", "path"), "a/14-oil.md", "unique base name"),
        ("13-led.md", link("a/12%2Dlamp.md?x#y"), "a/12-lamp.md", "relative"),
        ("13-led.md", link("14", "number"), "a/14-oil.md", "unique number"),
        ("13-led.md", link("15-v2", "number"), "15-gas-v2.md", "unique number"),
        ("13-led.md", link("15", "number"), "15-gas.md", "the head of the documents with this number"),
        ("13-led.md", link("#use", "anchor"), "13-led.md", "same document"),
    ],
)
def test_a_reference_finds_its_document(origin: str, reference: Reference, path: str, how: str) -> None:
    library = Library(documents("13-led.md", "a/12-lamp.md", "a/14-oil.md", "15-gas.md", "15-gas-v2.md"), ["docs"])
    resolution = library.resolve(origin, reference)
    assert (resolution.path, resolution.state, resolution.how) == (path, "resolved", how)


@pytest.mark.parametrize(
    ("reference", "state"),
    [
        (link("16-sun.md"), "dangling"),
        (link("./a/16-sun.md"), "dangling"),
        (link("docs/16-sun.md", "path"), "dangling"),
        (link("16-sun.md", "path"), "dangling"),
        (link("sun.md", "path"), "outside"),
        (link("other/16-sun.md"), "outside"),
        (link("other/16-sun.md", "path"), "outside"),
        (link("../16-sun.md"), "outside"),
        (link("docs/<name>.md", "path"), "outside"),
        (link("docs/16-XX.md", "path"), "outside"),
        (link("https://a.example/16-sun.md"), "outside"),
        (link("mailto:kim@a.example"), "outside"),
        (link("/home/16-sun.md"), "outside"),
        (link("CONTRIBUTING.md"), "outside"),
        (link("main.go"), "outside"),
        (link("99", "number"), "outside"),
        (link("RFC-13", "number"), "outside"),
        (Reference(SPOT, "16-sun.md", "link", "mention", "hypothetical"), "outside"),
    ],
)
def test_only_a_reference_that_claims_to_be_in_the_set_dangles(reference: Reference, state: str) -> None:
    library = Library(documents("12-lamp.md", "13-led.md", "a/14-oil.md"), ["docs"])
    resolution = library.resolve("13-led.md", reference)
    assert (resolution.path, resolution.state) == ("", state)


def test_a_dangling_reference_offers_the_documents_of_its_number() -> None:
    library = Library(documents("12-lamp.md", "13-led.md"))
    assert library.resolve("13-led.md", link("12-lantern.md")).candidates == ("12-lamp.md",)


def test_one_name_or_number_for_several_documents_is_ambiguous() -> None:
    library = Library(documents("a/12-lamp.md", "b/12-lamp.md", "12-oil.md", "7-x.md"))
    assert library.resolve("7-x.md", link("c/12-lamp.md")).candidates == ("a/12-lamp.md", "b/12-lamp.md")
    resolution = library.resolve("7-x.md", link("12", "number"))
    assert (resolution.state, len(resolution.candidates)) == ("ambiguous", 3)


def test_a_series_number_names_only_its_series() -> None:
    library = Library(documents("adr/0007-lamp.md", "notes/7-oil.md", "RFC-0009-sun.md"))
    assert library.resolve("x.md", link("ADR-7", "number")).path == "adr/0007-lamp.md"
    assert library.resolve("x.md", link("RFC-9", "number")).path == "RFC-0009-sun.md"
    assert library.resolve("x.md", link("ADR-9", "number")).state == "outside"


def test_a_leading_folder_is_learned_from_many_references_that_resolve_without_it() -> None:
    names = [f"{number}-x.md" for number in range(10, 20)]
    cited = [("10-x.md", link(f"backlog/{name}", "path")) for name in names]
    cited += [("10-x.md", link(f"tools/{number}.md", "path")) for number in range(10)]
    cited += [("10-x.md", link(f"few/{name}", "path")) for name in names[:3]]
    assert learned_leading(documents(*names), cited) == ("backlog",)
    library = library_of(documents(*names), cited)
    assert library.resolve("10-x.md", link("backlog/19-x.md", "path")).path == "19-x.md"
    assert library.resolve("10-x.md", link("backlog/99-x.md", "path")).state == "dangling"


def test_anchors_follow_the_slugs_of_github() -> None:
    titles = ["What's *new*?", "A & b", "A & b", "A & b-1", "Über `uns`_x", "Named {#own}", "1. Erste: Schritte"]
    headings = tuple(Heading(line, 2, title, -1) for line, title in enumerate(titles, 1))
    assert list(slugs(headings)) == [
        "whats-new", "a--b", "a--b-1", "a--b-1-1", "über-uns_x", "named-own", "1-erste-schritte",
    ]  # fmt: skip
    document = Document("a.md", "0", "A", headings=headings)
    assert all(resolve_anchor(document, anchor) for anchor in ("#a--b-1", "own", "L10-L20", "%C3%BCber-uns_x", "top"))
    assert not resolve_anchor(document, "a-b")


def test_a_heading_with_pictures_has_an_anchor_that_ends_in_hyphens() -> None:
    document = Document("a.md", "0", "A", headings=(Heading(1, 2, "Status of builds", -1), Heading(2, 2, "Uses", -1)))
    assert all(resolve_anchor(document, anchor) for anchor in ("status-", "status--", "uses-"))
    assert not resolve_anchor(document, "stat-")


@pytest.mark.parametrize("unit", ["../", "a/", "123,", "[", "see ", "x.md/", "superseded ", "“a"])
def test_a_long_run_of_one_piece_is_read_without_references(unit: str) -> None:
    passage = parse("text").passages[0]
    text = unit * (30_000 // len(unit)) + " 13-led.md"
    page = replace(parse("text"), passages=(replace(passage, text=text),))
    assert list(references(page)) == []
