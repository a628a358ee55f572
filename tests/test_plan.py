"""The plan of a query: its algebra, what each pattern matches alone, what it took."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.engines import open_memory_engine
from kg.errors import QueryError
from kg.iri import Namer
from kg.plan import explain
from kg.query import Engine


@pytest.fixture(scope="module")
def engine(graph: Path) -> Engine:
    return open_memory_engine(graph)


def test_each_pattern_has_its_number(engine: Engine) -> None:
    text = "SELECT ?a { ?a kg:investsIn d:openai OPTIONAL { ?a kg:ticker ?t } } LIMIT 5"
    plan = explain(engine, text, Namer())
    assert "LeftJoin" in plan
    assert any(line.split() == ["1", "?a", "kg:investsIn", "d:openai"] for line in plan.split("\n"))
    assert "Slice from 0, at most 5" in plan
    assert "1 rows" in plan
    assert "guard" in plan


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ASK { ?a kg:investsIn/kg:ticker ?b }", "false"),
        ("CONSTRUCT WHERE { ?a kg:investsIn ?b }", "triples"),
        ("SELECT ?x { VALUES ?x { 1 2 3 } }", "VALUES ?x: 3"),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?t } } GROUP BY ?g", "Graph ?g"),
    ],
)
def test_every_kind_of_query_has_one(engine: Engine, text: str, says: str) -> None:
    assert says in explain(engine, text, Namer())


def test_what_is_not_allowed_is_not_explained(engine: Engine) -> None:
    with pytest.raises(QueryError):
        explain(engine, "SELECT * { SERVICE <x:y> { ?s ?p ?o } }", Namer())
