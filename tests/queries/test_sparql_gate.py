"""The gate: what passes, what is refused and where, and that nothing at all breaks it."""

from __future__ import annotations

import itertools

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naysay.queries.sparql_gate import (
    MAX_DEPTH,
    MAX_TERM_DEPTH,
    Admission,
    GraphName,
    QueryRefused,
    admit,
    position,
)
from naysay.queries.sparql_tokens import MAX_BYTES, MAX_TOKENS

PREFIX = "PREFIX e: <http://example.org/> "

PASSES = {
    "SELECT * { ?s ?p ?o }": "SELECT",
    "select distinct ?s where { ?s ?p ?o }": "SELECT",
    "SELECTDISTINCT?s{?s ?p ?o}": "SELECT",
    "# a comment { ( [\nASK {}": "ASK",
    "BASE <http://example.org/> PREFIX : <x#> CONSTRUCT WHERE { :a :b :c }": "CONSTRUCT",
    "DESCRIBE <http://example.org/a>": "DESCRIBE",
    "ASK { ?s ?p \"SERVICE <x> { ( 'it\\'s' \\\" \" , '''a''b'''@en , \"\"\"\"c\\n{\"\"\" , '' }": "ASK",
    "ASK { ?s ?p 'LOAD'^^<http://example.org/SERVICE> . FILTER(?o<3&&?p>2.5e3) }": "ASK",
    "PREFIX service: <http://example.org/> ASK { service:load service:from ?o GRAPH service:g { ?a ?b ?c } }": "ASK",
    PREFIX + r"ASK { ?s e:a\'b ?o ; e:%41.b ?x ; (e:p|^e:q)*/e:r? [] }": "ASK",
    "ASK { << <a:a> <a:b> ?o >> ?p ?q . ?s ?p <<( <a:a> <a:b> 1 )>> . ?a ?b ?c {| ?d ?e |} }": "ASK",
}

REFUSED = {
    "": ("SELECT, ASK", 1, 1),
    "PREFIX e: <x:y>": ("SELECT, ASK", 1, 16),
    "PREFIX e <x:y> ASK {}": ("PREFIX needs", 1, 1),
    "INSERT DATA { <a:a> <a:b> 1 }": ("INSERT is refused", 1, 1),
    PREFIX + "\n delete where { ?s ?p ?o }": ("DELETE is refused", 2, 2),
    "LOAD <http://example.org/>": ("LOAD is refused", 1, 1),
    "DROP ALL": ("DROP is refused", 1, 1),
    "hello": ("SELECT, ASK", 1, 1),
    "ASK {\n  SERVICE <http://example.org/> {} }": ("SERVICE is refused", 2, 3),
    "ASK { serviceSILENT<http://example.org/>{} }": ("SERVICE is refused", 1, 7),
    "PREFIX e: <x:y> ASK { ?s ?p ?xGRAPH SERVICEe:a.b{} }": ("SERVICE is refused", 1, 37),
    "ASK { SERVICE?x{} }": ("SERVICE is refused", 1, 7),
    "PREFIX : <x:y> ASK { SERVICE:x {} }": ("SERVICE is refused", 1, 22),
    "ASK { ?s ?p trueSERVICE<x:y>{} }": ("SERVICE is refused", 1, 13),
    "ASK { ?s ?p 1SERVICE<x:y>{} }": ("SERVICE is refused", 1, 14),
    PREFIX + "ASK { ?s ?p e:a.b.SERVICE<x:y>{} }": ("SERVICE is refused", 1, 45),
    "ASK { ?s ?p 'unfinished }": ("unfinished string", 1, 13),
    "ASK { ?s ?p 'two\nlines' }": ("unfinished string", 1, 13),
    r"ASK { ?s ?p '\x' }": ("unfinished string", 1, 13),
    "ASK { ?s % ?o }": ("unexpected character '%'", 1, 10),
    "ASK { ?s ?p ?o ) }": ("')' closes nothing", 1, 16),
    "ASK {\r\n { ?s ?p ?o }": ("'{' is never closed", 1, 5),
    "ASK { ?s ?p ?o } \ud800": ("not encodable", 1, 18),
    "ASK FROM <g> {}": ("absolute IRI", 1, 10),
    "ASK FROM {}": ("FROM needs an IRI", 1, 10),
    "ASK FROM": ("FROM needs an IRI", 1, 5),
    "ASK { ?s e:p ?o }": ("prefix e: is not declared", 1, 10),
}


@pytest.mark.parametrize(("query", "kind"), PASSES.items())
def test_a_read_only_query_passes(query: str, kind: str) -> None:
    assert admit(query, prefixes={}).kind == kind


@pytest.mark.parametrize("query", PASSES)
def test_the_engine_reads_what_passes(query: str) -> None:
    store = ox.Store()
    store.query(query, base_iri="http://example.org/")
    assert len(store) == 0


@pytest.mark.parametrize(("query", "refusal"), REFUSED.items())
def test_everything_else_is_refused_at_its_place(query: str, refusal: tuple[str, int, int]) -> None:
    with pytest.raises(QueryRefused) as refused:
        admit(query, prefixes={})
    reason, line, column = refusal
    assert reason in refused.value.reason
    assert (refused.value.line, refused.value.column) == (line, column)


def test_size_is_counted_in_bytes_and_exactly() -> None:
    fill = MAX_BYTES - len("ASK {}#")
    assert admit("ASK {}#" + "x" * fill).tokens == 3
    for text in ("ASK {}#" + "x" * (fill + 1), "ASK {}#" + "é" * (fill // 2 + 1)):
        with pytest.raises(QueryRefused, match="65,536 bytes"):
            admit(text)


def test_tokens_are_counted_exactly() -> None:
    fits = MAX_TOKENS - len("SELECT * { FILTER ( 1 ) }".split())
    assert admit(f"SELECT * {{ FILTER({'!' * fits}1) }}").tokens == MAX_TOKENS
    with pytest.raises(QueryRefused, match="5,000 tokens"):
        admit(f"SELECT * {{ FILTER({'!' * (fits + 1)}1) }}")


def test_depth_is_counted_exactly() -> None:
    assert admit("SELECT * " + "{" * MAX_DEPTH + "}" * MAX_DEPTH).depth == MAX_DEPTH
    with pytest.raises(QueryRefused, match="nested too deep"):
        admit("SELECT * " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1))


@pytest.mark.parametrize(("opening", "inside", "closing"), [("(", "", ")"), ("[ ?q ", "1", "]"), ("^(", "?p", ")")])
def test_lists_and_nodes_and_paths_nest_less_deep(opening: str, inside: str, closing: str) -> None:
    def nested(times: int) -> str:
        return f"ASK {{ ?s ?p {opening * times}{inside}{closing * times} }}"

    assert admit(nested(MAX_TERM_DEPTH)).kind == "ASK"
    with pytest.raises(QueryRefused, match="nested too deep"):
        admit(nested(MAX_TERM_DEPTH + 1))


def test_an_expression_may_nest_deeper_than_a_list() -> None:
    assert admit(f"ASK {{ FILTER{'(' * 60}1{')' * 60} }}").depth == 61


def test_parentheses_that_read_as_an_address_count() -> None:
    with pytest.raises(QueryRefused, match="nested too deep"):
        admit(f"ASK {{ FILTER(1<{'(' * 100}1{')' * 100}>1) }}")


def test_graphs_of_the_query_are_named_with_their_place() -> None:
    query = PREFIX + r"SELECT * FROM <urn:a> FROM NAMED e:b\-c FROM NAMED <urn:\u0061b> { GRAPH ?g { ?s ?p ?o } }"
    names = admit(query).graphs
    assert [name.iri for name in names] == ["urn:a", "http://example.org/b-c", "urn:ab"]
    assert names[0] == GraphName("urn:a", 1, len(PREFIX) + 15)


def test_from_needs_no_space() -> None:
    assert [name.iri for name in admit(PREFIX + "ASKFROM<urn:a>FROM e:b{}").graphs] == ["urn:a", "http://example.org/b"]
    assert [name.iri for name in admit("PREFIX : <urn:> ASK FROM:g{}").graphs] == ["urn:g"]


def test_prefixes_may_be_declared_where_the_gate_does_not_see_it() -> None:
    assert admit("ASK FROM e:g FROM <urn:a> { e:a ?p ?o }").graphs == (GraphName("urn:a", 1, 19),)
    with pytest.raises(QueryRefused, match="prefix e: is not declared"):
        admit("ASK FROM e:g {}", prefixes={})


def test_a_graph_outside_the_snapshot_is_refused() -> None:
    inside = {"urn:a"}.__contains__
    assert admit("ASK FROM <urn:a> {}", in_snapshot=inside).kind == "ASK"
    with pytest.raises(QueryRefused, match="no such graph"):
        admit("ASK FROM <file:///etc/hostname> {}", in_snapshot=inside)


def test_prefixes_come_from_the_query_and_from_the_caller() -> None:
    assert admit("PREFIX a: <urn:a> PREFIX : <urn:b> ASK {}").prefixes == {"a": "urn:a", "": "urn:b"}
    assert admit("ASK FROM e:g { e:a e:b e:c }", prefixes={"e": "urn:"}).graphs[0].iri == "urn:g"


@pytest.mark.parametrize(
    ("text", "offset", "expected"), [("", 0, (1, 1)), ("a\rb\nc\r\nd", 7, (4, 1)), ("é😀x", 2, (1, 3))]
)
def test_positions_count_lines_and_code_points(text: str, offset: int, expected: tuple[int, int]) -> None:
    assert position(text, offset) == expected


PIECES = [
    *(
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "PREFIX",
        "BASE",
        "FROM",
        "NAMED",
        "SERVICE",
        "GRAPH",
        "LOAD",
        "FILTER",
    ),
    *(
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "<<",
        ">>",
        "<<(",
        ")>>",
        "{|",
        "|}",
        "<",
        ">",
        "'",
        '"',
        "'''",
        '"""',
        "\\",
        "\\u00",
    ),
    *(
        "?x",
        "$y",
        "e:",
        ":a",
        "<urn:a>",
        "_:b",
        "@en",
        "1.5e3",
        "#",
        "\n",
        "\r",
        "\0",
        ".",
        "*",
        "!",
        "+",
        "-",
        "%41",
        "é",
    ),
]


def judged(text: str) -> Admission | QueryRefused:
    try:
        return admit(text, prefixes={})
    except QueryRefused as refused:
        return refused


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200))
def test_any_text_is_admitted_or_refused(text: str) -> None:
    judgement = judged(text)
    if isinstance(judgement, QueryRefused):
        assert 1 <= judgement.line <= position(text, len(text))[0]
        assert judgement.column >= 1
        assert str(judgement).endswith(judgement.reason)
    else:
        assert judgement.depth <= MAX_DEPTH


@given(
    st.sampled_from(
        ["{", "(", "[", "!", "'", '"', "<", "<<", "{|", "\\", "a:", "a.", "1+", "?x ", '""', "'''", "@", "\ud83d"]
    )
)
def test_no_repetition_is_too_long_to_be_judged(piece: str) -> None:
    with pytest.raises(QueryRefused):
        admit("ASK { " + piece * (MAX_BYTES // len(piece)))


@given(st.text(alphabet="ab\"'\\ntu0 \r\n", max_size=30))
def test_a_string_ends_for_the_gate_where_it_ends_for_the_engine(text: str) -> None:
    """What the gate takes for the inside of a string must not be code to the engine."""
    query = f'ASK {{ ?s ?p "{text}" }}'
    try:
        ox.Store().query(query)
    except SyntaxError:
        return
    assert admit(query).kind == "ASK"


TERMS = ["e:a", "e:a.b", "_:b", "_:b.c", "1", "1.", "1.5", "1e3", "true", '"x"', '"x"@en', "?o", "e:", "<e:x>", "[]"]
GLUE = ["", ".", " ", "\n", "..", ";", "#\n", "-", "{}", ".e:c", "FILTER(1)", ".?x", "\u00b7", ":"]
SERVERS = ["<http://127.0.0.1:9/>", ":x", "?x", " e:x", "e:a.b"]


def engine_calls(store: ox.Store, query: str) -> bool:
    """Does the engine read SERVICE out of the query?  It refuses port 9 itself, so nobody is called."""
    try:
        store.query(query)
    except (OSError, RuntimeError):
        return True
    except SyntaxError:
        return False
    return False


@pytest.mark.parametrize("keyword", ["SERVICE", "sErvice"])
def test_the_engine_finds_no_service_that_the_gate_did_not_see(keyword: str) -> None:
    """The engine's parser needs no space around a keyword, so every way to glue one to its neighbours is tried."""
    prologue = "PREFIX : <http://127.0.0.1:9/> PREFIX e: <http://127.0.0.1:9/> "
    store = ox.Store()
    for value in ('"x"', '"x"@en', "1", "1.5", "1e3", "true", "e:a", "e:a.b", "e:", "<e:x>"):
        store.load(f"@prefix e: <http://127.0.0.1:9/> . e:s e:p {value} .".encode(), format=ox.RdfFormat.TURTLE)
    texts = (f"{term}{glue}{keyword}{server}" for term, glue, server in itertools.product(TERMS, GLUE, SERVERS))
    called = [query for text in texts if engine_calls(store, query := f"{prologue}ASK {{ ?s ?p {text}{{}} }}")]
    assert len(called) > 200
    for query in called:
        with pytest.raises(QueryRefused, match="SERVICE"):
            admit(query)
