"""Terms are made quickly, and are what rdflib's own constructors would have made."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import XSD

from kg.terms import Solutions, read_tsv_term, to_oxigraph, to_rdflib

DATATYPES = [
    *(XSD.string, XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date, XSD.dateTime),
    *(XSD.gYear, XSD.gYearMonth, XSD.duration, XSD.anyURI, XSD.nonNegativeInteger),
    rdflib.URIRef("http://id.loc.gov/datatypes/edtf/EDTF"),
]
FORMS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda d: f"{d:f}"),
    st.floats().map(str),
    st.dates().map(str),
    st.sampled_from(
        ["true", "false", "1", "0", "01", "1.50", "-0", "2025-02-30", "INF", "1e5", ""]
    ),
)


def slots(literal: rdflib.Literal) -> tuple[object, ...]:
    return str(literal), literal.language, literal.datatype, repr(literal.value), literal.ill_typed


def plain(literal: ox.Literal) -> rdflib.Literal:
    """What rdflib makes of it, a string being plain."""
    if literal.language:
        return rdflib.Literal(literal.value, lang=literal.language)
    if literal.datatype.value == str(XSD.string):
        return rdflib.Literal(literal.value)
    return rdflib.Literal(literal.value, datatype=rdflib.URIRef(literal.datatype.value))


@given(FORMS, st.sampled_from(DATATYPES))
def test_a_literal_is_what_rdflib_makes_of_it(form: str, datatype: rdflib.URIRef) -> None:
    found = ox.Literal(form, datatype=ox.NamedNode(datatype))
    assert slots(to_rdflib(found)) == slots(plain(found))


TERMS = st.one_of(
    st.builds(
        lambda f, d: ox.Literal(f, datatype=ox.NamedNode(d)), FORMS, st.sampled_from(DATATYPES)
    ),
    st.builds(
        lambda f, tag: ox.Literal(f, language=tag), FORMS, st.sampled_from(["en", "zh-hans"])
    ),
    st.integers(0, 99).map(lambda n: ox.NamedNode(f"https://kg.example/实体/{n}?a=b#c")),
    st.integers(0, 99).map(lambda n: ox.BlankNode(f"b{n}")),
)


@given(st.lists(TERMS, max_size=30))
def test_rows_are_the_same_one_by_one_and_at_once(terms: list[ox.Literal]) -> None:
    store = ox.Store()
    for n, term in enumerate(terms):
        store.add(ox.Quad(ox.NamedNode(f"x:{n:03}"), ox.NamedNode("x:p"), term))
    text = "SELECT ?s ?o ?unbound { ?s <x:p> ?o } ORDER BY ?s"
    expected = [[to_rdflib(t) if t is not None else None for t in row] for row in store.query(text)]  # type: ignore[union-attr]
    solutions = Solutions(store.query(text))  # type: ignore[arg-type]
    assert [list(row) for row in solutions] == expected
    assert [list(row) for row in solutions] == expected
    for row, wanted in zip(solutions, expected, strict=True):
        if isinstance(wanted[1], rdflib.Literal):
            assert slots(row[1]) == slots(wanted[1])  # type: ignore[arg-type]


def test_a_row_is_rdflibs() -> None:
    store = ox.Store()
    for n in range(100):
        store.add(ox.Quad(ox.NamedNode(f"x:{n:03}"), ox.NamedNode("x:p"), ox.Literal(n)))
    solutions = Solutions(store.query("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"))  # type: ignore[arg-type]
    first = next(iter(solutions))
    assert isinstance(first, rdflib.query.ResultRow)
    assert (first.s, first["o"], first[1]) == (rdflib.URIRef("x:000"), *[rdflib.Literal(0)] * 2)
    assert (len(solutions), bool(solutions)) == (100, True)
    assert list(solutions)[99].asdict() == {"s": rdflib.URIRef("x:099"), "o": rdflib.Literal(99)}
    assert (solutions.serialize(format="csv") or b"").count(b"\r\n") == 101
    assert "%s %s" % first == "x:000 0"  # noqa: UP031 - rows are tuples, as rdflib's examples use them


def test_no_rows() -> None:
    solutions = Solutions(ox.Store().query("SELECT * { ?s ?p ?o }"))  # type: ignore[arg-type]
    assert (list(solutions), len(solutions), bool(solutions), solutions.bindings) == (
        [],
        0,
        False,
        [],
    )


@pytest.mark.parametrize(
    "term",
    [
        rdflib.URIRef("https://kg.example/x"),
        rdflib.Literal("x"),
        rdflib.Literal("x", lang="zh-hans"),
        rdflib.Literal("1.5", datatype=XSD.decimal),
        rdflib.Literal("2025-01-02", datatype=XSD.date),
        rdflib.BNode("b"),
    ],
)
def test_terms_survive_both_ways(term: rdflib.term.Identifier) -> None:
    assert to_rdflib(to_oxigraph(term)) == term


def test_what_is_no_term_of_rdflib_is_named() -> None:
    with pytest.raises(TypeError, match="<<"):
        read_tsv_term("<<( <x:a> <x:b> <x:c> )>>")
