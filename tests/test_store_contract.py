"""One contract for every store: the same terms, the same rows, the same report of the shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SKOS, XSD

from kg.errors import QueryError, WorkspaceError
from kg.iri import KG, Namer
from kg.query import prepare
from kg.questions import load_questions
from kg.store import KINDS, GraphStore, load_disk, open_store, to_oxigraph, to_rdflib

D = rdflib.Namespace("https://kg.example/entity/")
K = rdflib.Namespace(KG)
QUESTIONS = load_questions(Path(__file__).parent.parent / "ontology" / "questions")


@pytest.fixture(scope="module")
def stores(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, GraphStore]:
    folder = tmp_path_factory.mktemp("disk") / "store"
    load_disk(graph, folder)
    opened = {}
    for kind in KINDS:
        opened[kind] = open_store(kind, folder, read_only=kind == "disk")
        if kind != "disk":
            opened[kind].load(graph)
    return opened


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, stores: dict[str, GraphStore]) -> GraphStore:
    return stores[request.param]


def test_every_store_is_tested() -> None:
    assert KINDS == ("memory", "oxigraph", "disk")


def test_all_stores_hold_the_same_triples(stores: dict[str, GraphStore]) -> None:
    triples = {kind: set(store.graph.triples((None, None, None))) for kind, store in stores.items()}
    assert triples["oxigraph"] == triples["memory"] == triples["disk"]
    assert len(triples["memory"]) > 500


def test_the_default_graph_is_the_union(store: GraphStore) -> None:
    assert (D.nvidia, K.investsIn, D.openai) in store.graph
    assert store.query(f"ASK {{ <{D.nvidia}> <{K.investsIn}> <{D.openai}> }}").askAnswer


def test_plain_strings_are_plain(store: GraphStore) -> None:
    rows = list(store.query(f"SELECT ?t WHERE {{ <{D.nvidia}> <{K.ticker}> ?t }}"))
    assert [r[0] for r in rows] == [rdflib.Literal("NVDA")]  # type: ignore[index]
    assert rows[0][0].datatype is None  # type: ignore[index, union-attr]


def test_language_tags_are_equal_whatever_their_case(store: GraphStore) -> None:
    labels = set(store.graph.objects(D.nvidia, SKOS.prefLabel))
    assert rdflib.Literal("英伟达", lang="zh-hans") in labels


def test_decimals_are_equal_and_numbers(store: GraphStore) -> None:
    text = f"SELECT ?h WHERE {{ ?c <{K.amountHigh}> ?h }} ORDER BY DESC(?h) LIMIT 1"
    (row,) = store.query(text)
    assert row[0] == rdflib.Literal("900000000000", datatype=XSD.decimal)  # type: ignore[index]


def test_bindings_given_beforehand_count(store: GraphStore) -> None:
    rows = store.query(
        "SELECT ?who WHERE { ?who ?how ?whom }", initBindings={"how": K.investsIn, "whom": D.openai}
    )
    assert {r[0] for r in rows} == {D.nvidia}  # type: ignore[index]


def test_a_result_can_be_read_twice(store: GraphStore) -> None:
    result = store.query(f"SELECT ?who WHERE {{ ?who <{K.investsIn}> <{D.openai}> }}")
    assert len(list(result)) == len(list(result)) == 1
    assert len(result) == 1


def test_construct_gives_a_graph(store: GraphStore) -> None:
    result = store.query(f"CONSTRUCT {{ ?a <{K.funds}> ?b }} WHERE {{ ?a <{K.investsIn}> ?b }}")
    assert result.graph is not None
    assert (D.nvidia, K.funds, D.openai) in result.graph


def test_prefixes_are_known(store: GraphStore) -> None:
    assert store.query(prepare("ASK { d:nvidia kg:investsIn d:openai }", Namer()).text).askAnswer


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_has_the_same_rows_everywhere(
    name: str, stores: dict[str, GraphStore]
) -> None:
    text = prepare(QUESTIONS[name].text, Namer()).text
    rows = {kind: [tuple(r) for r in store.query(text)] for kind, store in stores.items()}  # type: ignore[arg-type]
    assert rows["oxigraph"] == rows["memory"]
    assert rows["disk"] == rows["memory"]


def test_the_shapes_are_satisfied_everywhere(store: GraphStore) -> None:
    import pyshacl

    shapes = rdflib.Graph().parse(Path(__file__).parent.parent / "ontology" / "shapes.ttl")
    plain = rdflib.Graph()
    for triple in store.graph.triples((None, None, None)):
        plain.add(triple)
    conforms, _, text = pyshacl.validate(plain, shacl_graph=shapes)
    assert conforms, text


def test_a_query_that_cannot_be_parsed(stores: dict[str, GraphStore]) -> None:
    for kind in ("oxigraph", "disk"):
        with pytest.raises(QueryError):
            stores[kind].query("SELECT WHERE {")


@pytest.mark.parametrize(
    "term",
    [
        rdflib.URIRef("https://kg.example/x"),
        rdflib.Literal("x"),
        rdflib.Literal("x", lang="zh-hans"),
        rdflib.Literal("1.5", datatype=XSD.decimal),
        rdflib.Literal("2025-01-02", datatype=XSD.date),
    ],
)
def test_terms_survive_both_ways(term: rdflib.term.Identifier) -> None:
    assert to_rdflib(to_oxigraph(term)) == term


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(WorkspaceError, match="memory, oxigraph, disk"):
        open_store("cloud")


def test_a_missing_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="kg build"):
        open_store("disk", tmp_path / "none", read_only=True)
