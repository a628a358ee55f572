"""When two answers are the same: what judges the engine is judged itself."""

from __future__ import annotations

import pytest

from tests.w3c.answers import difference, graph_difference, is_ordered, read


def same(wanted: str, found: str, *, ordered: bool = False, suffix: str = "tsv") -> bool:
    one, other = (read(text.encode(), suffix) for text in (wanted, found))
    return not difference(one, other, ordered=ordered)


def typed(value: str, datatype: str) -> str:
    return f'?x\n"{value}"^^<http://www.w3.org/2001/XMLSchema#{datatype}>\n'


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("2.0", "decimal"), ("2.00", "decimal")),
        (("+2", "integer"), ("02", "integer")),
        (("1.0e6", "double"), ("1000000", "double")),
        (("NaN", "float"), ("NaN", "float")),
        (("1", "boolean"), ("true", "boolean")),
        (("no number", "integer"), ("no number", "integer")),
    ],
)
def test_values_of_one_datatype_are_the_same(
    wanted: tuple[str, str], found: tuple[str, str]
) -> None:
    assert same(typed(*wanted), typed(*found))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("2", "integer"), ("3", "integer")),
        (("2", "integer"), ("2.0", "decimal")),
        (("2", "integer"), ("2", "double")),
        (("2", "float"), ("2", "double")),
        (("2", "string"), ("02", "string")),
        (("1", "boolean"), ("1", "integer")),
        (("2000-01-01Z", "date"), ("2000-01-01", "date")),
    ],
)
def test_other_values_or_datatypes_differ(wanted: tuple[str, str], found: tuple[str, str]) -> None:
    assert not same(typed(*wanted), typed(*found))


def test_blank_nodes_are_renamed_one_to_one() -> None:
    assert same("?x\t?y\n_:a\t_:b\n_:b\t_:a\n", "?x\t?y\n_:c\t_:d\n_:d\t_:c\n")
    assert same("?x\t?y\n_:a\t1\n_:b\t2\n", "?x\t?y\n_:b\t2\n_:a\t1\n")
    assert not same("?x\t?y\n_:a\t_:a\n", "?x\t?y\n_:a\t_:b\n")
    assert not same("?x\t?y\n_:a\t_:b\n", "?x\t?y\n_:a\t_:a\n")
    assert not same("?x\n_:a\n", "?x\n<x:a>\n")


def test_rows_are_a_multiset() -> None:
    assert same("?x\n1\n2\n2\n", "?x\n2\n1\n2\n")
    assert not same("?x\n1\n2\n2\n", "?x\n1\n1\n2\n")
    assert not same("?x\n1\n", "?x\n1\n1\n")
    assert not same("?x\n1\n1\n", "?x\n1\n")


def test_order_counts_when_it_is_asked_for() -> None:
    assert same("?x\n1\n2\n", "?x\n1\n2\n", ordered=True)
    assert not same("?x\n1\n2\n", "?x\n2\n1\n", ordered=True)
    assert is_ordered("SELECT * { ?s ?p ?o } order  by ?s")
    assert not is_ordered("SELECT * { { SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 1 } ?s ?q ?r }")


def test_the_order_of_variables_does_not_count_but_they_do() -> None:
    assert same("?x\t?y\n1\t2\n", "?y\t?x\n2\t1\n")
    assert not same("?x\n", "?x\t?y\n")
    assert not same("?x\t?y\n1\t\n", "?x\t?y\n\t1\n")


def test_cells_of_csv_are_strings_or_numbers() -> None:
    assert same("x\n1.0E6\n", "x\n1000000\n", suffix="csv")
    assert same("x\n_:a\n", "x\n_:b\n", suffix="csv")
    assert not same('x\n"4,4"\n', "x\n4.4\n", suffix="csv")
    assert not same("x\na\n", "x\nA\n", suffix="csv")


def test_graphs_are_the_same_when_they_are_isomorphic() -> None:
    assert not graph_difference(b"<a> <b> [ <c> 1 ] .", b"<a> <b> _:x . _:x <c> 01 .", "http://e/")
    assert graph_difference(b"<a> <b> [ <c> 1 ] .", b"<a> <b> [ <c> 2 ] .", "http://e/")
