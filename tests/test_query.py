"""Queries only read this graph; questions take parameters that are read, never pasted."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.answer import evaluate
from kg.engines import open_disk_engine
from kg.errors import QueryError, QueryUnacceptable, WorkspaceError
from kg.iri import Namer
from kg.printing import text_table
from kg.query import OxigraphEngine, Query, prepare
from kg.questions import Parameter, Question, bind, load_questions
from kg.store import load_disk

NAMER = Namer()


@pytest.fixture(scope="module")
def disk(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query") / "store"
    load_disk(graph, folder)
    return folder


def ask(disk: Path, text: str, rows: str = "tsv", triples: str = "ttl") -> str:
    """The answer as text."""
    pieces: list[bytes] = []
    evaluate(
        open_disk_engine(disk), Query(text=text, rows=rows, triples=triples), NAMER, pieces.append
    )
    return b"".join(pieces).decode()


PLACES = OxigraphEngine(ox.Store())
PLACES.store.load(
    b"<x:default> <x:is> <x:here> .\n<x:named> <x:is> <x:here> <http://e.example/a/g> .",
    format=ox.RdfFormat.N_QUADS,
)
HERE = "{ ?s <x:is> <x:here> }"


@pytest.mark.parametrize(
    ("text", "union", "base", "found"),
    [
        ("SELECT ?s " + HERE, True, "", {"<x:default>", "<x:named>"}),
        ("SELECT ?s " + HERE, False, "", {"<x:default>"}),
        ("SELECT ?s FROM <http://e.example/a/g> " + HERE, True, "", {"<x:named>"}),
        ("SELECT ?s FROM <g> " + HERE, True, "http://e.example/a/q", {"<x:named>"}),
        ("SELECT ?s { GRAPH <g> " + HERE + " }", False, "http://e.example/a/q", {"<x:named>"}),
    ],
)
def test_the_dataset_is_the_one_asked_for(
    text: str, union: bool, base: str, found: set[str]
) -> None:
    pieces: list[bytes] = []
    evaluate(PLACES, Query(text=text, rows="tsv", union=union, base=base), NAMER, pieces.append)
    assert set(b"".join(pieces).decode().splitlines()[1:]) == found


FORBIDDEN = [
    "INSERT DATA { d:a kg:b d:c }",
    "DELETE WHERE { ?s ?p ?o }",
    "LOAD <file:///etc/passwd>",
    "CLEAR ALL",
    "DROP GRAPH <x:y>",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <x:y> { ?s ?p ?o }",
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
    r"SELECT * { S\u0045RVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    r"SELECT * { \U00000053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { # comment\nSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * {?s ?p ?o}" + " SERVICE<http://127.0.0.1/>{?s ?p ?o}",
    "SELECT " + "(" * 100 + "1" + ")" * 100,
    "SELECT * { ?s ?p '" + "x" * 1_000_000 + "' }",
]


@pytest.mark.parametrize("text", FORBIDDEN, ids=lambda t: t[:50])
def test_what_could_write_reach_out_or_crash_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        prepare(text, NAMER)


@pytest.mark.parametrize(
    "text",
    [
        'ASK { ?s ?p "FROM" }',
        "ASK { ?s ?p 'SERVICE <x:y>' }",
        "ASK { ?s kg:from ?from }",
        "ASK { ?s ?p ?o } # DELETE this comment",
        "ASK { ?s ?p <https://example.org/LOAD/DROP> }",
        'ASK { ?s ?p """a " quote and INSERT""" }',
        "SELECT ?service WHERE { ?service ?load ?o }",
    ],
)
def test_words_in_strings_names_and_comments_are_no_keywords(text: str, disk: Path) -> None:
    prepare(text, NAMER)
    ask(disk, text)


@given(st.text(max_size=80))
def test_the_guard_survives_any_text(text: str) -> None:
    try:
        prepare(text, NAMER)
    except QueryError:
        return


def test_prefixes_need_not_be_declared(disk: Path) -> None:
    assert ask(disk, "ASK { d:nvidia kg:investsIn d:openai }") == "true"
    own = "PREFIX d: <https://elsewhere.example/> ASK { d:nvidia kg:investsIn ?x }"
    assert ask(disk, own) == "false"


def test_a_mistake_is_shown_where_it_is(disk: Path) -> None:
    with pytest.raises(QueryError) as caught:
        ask(disk, "SELECT ?who\nWHERE { ?who kg:investsIn }")
    message = str(caught.value)
    assert "line 2" in message
    assert "WHERE { ?who kg:investsIn }" in message
    assert message.splitlines()[-1].strip() == "^"


def test_a_format_that_does_not_fit_is_named(disk: Path) -> None:
    with pytest.raises(QueryUnacceptable, match="json, xml, csv, tsv"):
        ask(disk, "SELECT * { ?s ?p ?o }", rows="")
    with pytest.raises(QueryUnacceptable, match="ttl, nt, rdfxml, jsonld"):
        ask(disk, "CONSTRUCT WHERE { ?s kg:investsIn ?o }", triples="")


def test_rows_in_each_format(disk: Path) -> None:
    text = "SELECT ?who WHERE { ?who kg:investsIn d:openai }"
    nvidia = "https://kg.example/entity/nvidia"
    assert ask(disk, text, "csv").splitlines() == ["who", nvidia]
    assert ask(disk, text, "tsv").splitlines() == ["?who", f"<{nvidia}>"]
    assert nvidia in ask(disk, text, "json")
    assert nvidia in ask(disk, text, "xml")


def test_triples_are_sorted(disk: Path) -> None:
    text = "CONSTRUCT WHERE { ?s kg:competesWith ?o }"
    lines = ask(disk, text, triples="nt").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 2


QUESTION = Question(
    "q",
    "SELECT ?x WHERE {\n  VALUES ?entity { d:openai }\n  ?x kg:investsIn ?entity\n}",
    {"en": "Who?"},
    {},
    (Parameter("entity", "d:openai"),),
)


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("anthropic", "<https://kg.example/entity/anthropic>"),
        ("d:anthropic", "<https://kg.example/entity/anthropic>"),
        ("kg:announced", "<https://w3id.org/kg-claims/ns#announced>"),
        ("<https://example.org/x>", "<https://example.org/x>"),
        ("星际之门", "<https://kg.example/entity/星际之门>"),
        ("12.5", "12.5"),
        ('"a text"', '"a text"'),
    ],
)
def test_a_parameter_is_read(value: str, term: str) -> None:
    assert f"VALUES ?entity {{ {term} }}" in bind(QUESTION, {"entity": value}, NAMER)


@pytest.mark.parametrize(
    "value",
    [
        "} ?s ?p ?o {",
        "d:x } INSERT {",
        "<a> <b>",
        'x" . ?s ?p "',
        "nowhere:x",
        "",
        "<javascript:\n>",
    ],
)
def test_a_value_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(QueryError):
        bind(QUESTION, {"entity": value}, NAMER)


def test_an_unknown_parameter_is_named() -> None:
    with pytest.raises(QueryError, match="entity"):
        bind(QUESTION, {"whom": "openai"}, NAMER)


def test_a_question_without_a_title_or_its_parameter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("ASK {}", "utf-8")
    with pytest.raises(WorkspaceError, match="title@en"):
        load_questions(tmp_path)
    (tmp_path / "a.rq").write_text("# title@en: x\n# param who: d:a | x\nASK {}", "utf-8")
    with pytest.raises(WorkspaceError, match="VALUES"):
        load_questions(tmp_path)


def test_a_table_is_aligned_whatever_the_script() -> None:
    table = text_table(("name", "sum"), [("英伟达", "1"), ("OpenAI", "22")])
    assert table.splitlines() == ["name    sum", "──────  ───", "英伟达  1", "OpenAI  22", "2 rows"]


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in text_table(("a",), [("\x1b[31mred",)])
