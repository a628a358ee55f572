"""The guard refuses what any reading of a query shows; Oxigraph itself is the judge of that."""

from __future__ import annotations

import time
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, QueryRefused
from kg.guard import MAX_DEPTH, require_harmless

#: Oxigraph refuses this port before it opens a connection: what it says shows that it would have.
SERVICE = "SERVICE <http://127.0.0.1:9/> {?x ?y ?z}"
STORE = ox.Store()


def calls_out(text: str) -> bool:
    """Whether Oxigraph reads a SERVICE in a query and would call it."""
    try:
        answer = STORE.query(text)
        list(answer)  # type: ignore[arg-type]
    except OSError as error:
        return "port 9" in str(error)
    except (SyntaxError, ValueError, RuntimeError, TypeError):
        pass
    return False


ENTANGLED = [
    # Escapes that only some engines decode before they read strings.
    f'SELECT * {{ BIND("\\u0022" AS ?x) {SERVICE} }} #"',
    f'SELECT * {{ ?s <http://a\\u0041#x> "\\u0022" . {SERVICE} }} #"',
    # A comparison and a comment, or an IRI.
    f'SELECT * {{ VALUES (?a ?b) {{ (1 2) }} FILTER(?a<?b#x>"""\n) {SERVICE} #"""\n }}',
    # A long string, or an empty one beside another.
    f'SELECT * {{ VALUES ?x {{ """a" }} {SERVICE} }}',
    # A quote in a name.
    f"PREFIX e: <x:> SELECT * {{ ?s e:it\\'s ?o . {SERVICE} }} #'",
    f"SELECT * {{{SERVICE}}}",
    f"SELECT * {{ #\r{SERVICE} }}",
    "SELECT * { service?x {?a ?b ?c} }",
    # Right after a number or a truth value, and with the next word right behind.
    *(
        f"SELECT * {{ ?s ?p {value}{SERVICE} }}"
        for value in ("1", "-1", "1.0", "1e5", "true", "1.")
    ),
    *(
        f"SELECT * {{ SERVICE{next_}{{}} }}"
        for next_ in ("SILENT<x:>", "SILENT ?x", "SILENTe:a", "é:a")
    ),
    "SELECT * { SERVICE#\n<http://127.0.0.1:9/> {?a ?b ?c} }",
]


@pytest.mark.parametrize("text", ENTANGLED)
def test_a_call_out_is_refused_however_it_is_hidden(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        require_harmless(text)


def test_oxigraph_does_read_some_of_them_as_calls() -> None:
    assert sum(map(calls_out, ENTANGLED)) >= 4


PIECES = st.sampled_from(
    [
        *('"', '"""', "'", "'''", "\\", "\\u0022", "\\u0027", "\\u003e", "<", ">", "#", "\n", "\r"),
        *("<x:a>", "<x:a#b>", "<x:it's>", "?a", "?a<?b", "e:x", "e:x\\'", "{", "}", "(", ")", "."),
        *("true", "2.5", "SERVICESILENT<http://127.0.0.1:9/>{}"),
        *(" ", SERVICE, SERVICE, "FILTER(", "BIND(", " AS ?n)", "VALUES ?v {", "1", "a", "@en"),
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=24).map("".join))
@example('BIND("\\u0022" AS ?n)' + SERVICE)
def test_what_passes_calls_nobody(body: str) -> None:
    for text in (
        f"PREFIX e: <x:> SELECT * {{ {body} }}",
        f'PREFIX e: <x:> SELECT * {{ {body} }} #"""',
        f"PREFIX e: <x:> SELECT * {{ VALUES (?a ?b) {{ (1 2) }} FILTER(?a<?b{body}",
    ):
        try:
            require_harmless(text)
        except QueryError:
            continue
        assert not calls_out(text)


@pytest.mark.parametrize(
    "text",
    [
        'ASK { ?s ?p "SERVICE <x:y>" }',
        "ASK { ?s ?p '''it's a SERVICE <x:y>''' }",
        "ASK { ?s ?p <https://example.org/SERVICE> }",
        "ASK { ?s ?p <https://example.org/service#x> }",
        "ASK { ?s e:service ?o }",
        "ASK { ?service ?load ?from }",
        "PREFIX dataservice: <x:> ASK { ?s dataservice:a e:my-service , e:2service }",
        "ASK { ?s ?p ?o } # SERVICE <x:y>",
        'ASK { ?s ?p "\\"" , "SERVICE <x:y>" }',
        "ASK { FILTER(?a < ?b && ?c > ?d) ?s ?p 'SERVICE <x:y>' }",
        "SELECT * { " + "{} " * 200 + "}",
    ],
)
def test_words_that_are_no_keywords_pass(text: str) -> None:
    require_harmless(text)


BASE = "http://e.example/a/query"
OURS = {"http://e.example/a/g", "http://e.example/", BASE}


@pytest.mark.parametrize(
    "text",
    [
        *(f"ASK FROM <{iri}> {{}}" for iri in ("g", "./g", "../", "/", "//e.example/", "")),
        "ASK FROM NAMED <g> FROM <http://e.example/a/g> {}",
        # A base that no dataset clause depends on.
        "BASE <http://elsewhere.example/> ASK FROM <http://e.example/a/g> {}",
    ],
)
def test_a_relative_graph_is_ours_when_the_base_makes_it_so(text: str) -> None:
    assert require_harmless(text, OURS.__contains__, base=BASE)


@pytest.mark.parametrize(
    "text",
    [
        *(f"ASK FROM <{iri}> {{}}" for iri in ("other", "../g", "http:g", "//[x", "file:g")),
        "ASK FROM <g> FROM <other> {}",
        # The text has a base of its own, however it is written.
        "BASE <http://elsewhere.example/> ASK FROM <g> {}",
        "base<http://elsewhere.example/> ASK FROM <g> {}",
        "BASE #\n<http://elsewhere.example/> ASK FROM <g> {}",
        "\\u0042ASE <http://elsewhere.example/> ASK FROM <g> {}",
    ],
)
def test_a_relative_graph_that_may_be_another_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="FROM"):
        require_harmless(text, OURS.__contains__, base=BASE)


def test_without_a_base_a_relative_graph_is_refused() -> None:
    with pytest.raises(QueryRefused, match="FROM"):
        require_harmless("ASK FROM <g> {}", OURS.__contains__)


@pytest.mark.parametrize("brackets", ["()", "{}", "[]"])
def test_depth_counts_in_every_reading(brackets: str) -> None:
    opening, closing = brackets[0], brackets[1]
    require_harmless("SELECT " + opening * MAX_DEPTH + closing * MAX_DEPTH)
    deep = opening * (MAX_DEPTH + 1)
    for text in (deep, f"?a<?b#x>{deep}", f'"\\u0022"{deep}#"', f"e:x\\){deep}"):
        with pytest.raises(QueryError, match="deep"):
            require_harmless(text)


@pytest.mark.parametrize(
    "unit", ["(", '"""', '"""\\', "'", "<", "<x:", "#", "\\", "SERVICE ", '""" SERVICE ', "() "]
)
def test_long_texts_are_judged_soon(unit: str) -> None:
    text = (unit * 400_000)[:400_000]
    began = time.process_time()
    with suppress(QueryError):
        require_harmless(text)
    # No bar of speed, but quadratic work would take minutes.
    assert time.process_time() - began < 60
