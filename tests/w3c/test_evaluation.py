"""The W3C's tests of SPARQL 1.1 queries, through kg's guard, its preparation and its engine."""

from __future__ import annotations

import tomllib
from pathlib import Path, PurePosixPath

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, QueryRefused
from kg.query import OxigraphEngine, prepare
from tests.w3c import suite
from tests.w3c.pack import UPDATES
from tests.w3c.suite import Case

KNOWN: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("known_failures.toml").read_text("utf-8")
)
RESULT_FORMATS = ("csv-tsv-res/", "json-res/")
EVALUATION = suite.cases({"QueryEvaluationTest", "CSVResultFormatTest"})
QUERY_LANGUAGE = [c for c in EVALUATION if not c.name.startswith(RESULT_FORMATS)]
POSITIVE = suite.cases({"PositiveSyntaxTest11"})
NEGATIVE = suite.cases({"NegativeSyntaxTest11"})
REQUESTS = [name for name in suite.files() if PurePosixPath(name).suffix == ".ru"]
#: It calls a function that no engine has, and is answered with an error once it is parsed.
CALLS_A_FUNCTION = "syntax-query/test_4"
#: Updates of no operation, which only the parser refuses: they hold nothing but a prologue.
EMPTY = {f"syntax-update-1/syntax-update-{number}.ru" for number in (38, 39, 40)}


def test_no_test_is_left_out() -> None:
    assert len({c.name for c in EVALUATION}) == 235
    assert len({c.name for c in QUERY_LANGUAGE}) == 225
    assert len({c.name for c in POSITIVE}) == 63
    assert len({c.name for c in NEGATIVE}) == 40
    assert len(REQUESTS) == 148
    assert {name.partition("/")[0] for name in REQUESTS} == set(UPDATES)


def test_at_least_215_of_the_225_queries_are_answered_as_expected() -> None:
    assert sum(not suite.fault(case) for case in QUERY_LANGUAGE) >= 215


def test_a_known_failure_is_a_test_of_the_suite() -> None:
    assert set(KNOWN) <= {case.name for case in EVALUATION}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.name,
            # One that passes is reported, so that the list is never longer than the failures.
            marks=[pytest.mark.xfail(reason=KNOWN[case.name], raises=AssertionError, strict=True)]
            if case.name in KNOWN
            else [],
        )
        for case in EVALUATION
    ],
)
def test_the_answer_is_the_expected_one(case: Case) -> None:
    assert not suite.fault(case), suite.fault(case)


class AnyGraph(OxigraphEngine):
    """An empty store that says of every graph that it is there: FROM may name any."""

    def __init__(self) -> None:
        super().__init__(ox.Store())

    def has_graph(self, iri: str) -> bool:
        return True


@pytest.mark.parametrize(
    "case", [c for c in POSITIVE if c.name != CALLS_A_FUNCTION], ids=lambda c: c.name
)
def test_a_well_formed_query_is_answered(case: Case) -> None:
    suite.answer(case, AnyGraph())


def test_a_function_that_the_engine_lacks_is_named() -> None:
    (case,) = (c for c in POSITIVE if c.name == CALLS_A_FUNCTION)
    with pytest.raises(QueryError, match="function <http://example/function> is not supported"):
        suite.answer(case, AnyGraph())


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda c: c.name)
def test_an_ill_formed_query_is_an_error_of_the_parser(case: Case) -> None:
    with pytest.raises(QueryError, match=r"^line \d+, column \d+: "):
        suite.answer(case, AnyGraph())


@pytest.mark.parametrize("name", REQUESTS)
def test_an_update_is_never_run(name: str) -> None:
    with pytest.raises(QueryError):
        suite.answer(Case(name, "update", name), AnyGraph())


@pytest.mark.parametrize("name", [name for name in REQUESTS if name not in EMPTY])
def test_the_guard_refuses_an_update_before_any_engine_reads_it(name: str) -> None:
    with pytest.raises(QueryRefused):
        prepare(suite.text(name), suite.Bare(), lambda iri: True)
