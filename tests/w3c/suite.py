"""The W3C's SPARQL 1.1 tests: reads their manifests, asks their queries, judges the answers."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from kg.answer import evaluate
from kg.errors import QueryError
from kg.iri import Namer
from kg.query import OxigraphEngine, Query
from tests.w3c import answers
from tests.w3c.pack import QUERIES, SUITE

#: Where the suite is published: what its relative IRIs are resolved against.
HOME = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")


class Bare(Namer):
    """Knows no prefixes: a name whose prefix a test does not declare is an error."""

    @property
    def prefixes(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a query; files are named as in the zip.

    Args:
        name: folder and identifier in the manifest.
        kind: its class, such as "QueryEvaluationTest".
        query: the file of the query.
        data: files that make up the default graph.
        graphs: files of named graphs, each named by its IRI.
        result: the file of what is expected; "" for tests of syntax.
    """

    name: str
    kind: str
    query: str
    data: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    result: str = ""


@cache
def files() -> Mapping[str, bytes]:
    """What the zip holds, by name."""
    with zipfile.ZipFile(SUITE) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def text(name: str) -> str:
    """A file as text."""
    return files()[name].decode()


def manifest(folder: str) -> rdflib.Graph:
    """The triples of a folder's manifest; files are named by their IRIs below HOME."""
    name = f"{folder}/manifest.ttl"
    return rdflib.Graph().parse(data=files()[name], format="turtle", publicID=HOME + name)


def entries(graph: rdflib.Graph) -> list[Node]:
    """The tests of a manifest, in its order."""
    return [test for start in graph.objects(None, MF.entries) for test in RdfList(graph, start)]


def cases(kinds: Collection[str]) -> list[Case]:
    """The tests of these kinds about queries, in the order of folders and manifests."""
    return [
        case
        for folder in QUERIES
        for graph in [manifest(folder)]
        for test in entries(graph)
        if (case := _case(folder, graph, test)).kind in kinds
    ]


def _case(folder: str, graph: rdflib.Graph, test: Node) -> Case:
    action = graph.value(test, MF.action)
    result = graph.value(test, MF.result)
    return Case(
        f"{folder}/{_fragment(test)}",
        _fragment(graph.value(test, rdflib.RDF.type)),
        _file(graph.value(action, QT.query, default=action)),
        tuple(map(_file, graph.objects(action, QT.data))),
        tuple(map(_file, graph.objects(action, QT.graphData))),
        _file(result) if result else "",
    )


def _fragment(iri: Node | None) -> str:
    return str(iri).partition("#")[2]


def _file(iri: Node | None) -> str:
    return str(iri).removeprefix(HOME)


def engine(case: Case) -> OxigraphEngine:
    """An engine over a test's dataset."""
    store = ox.Store()
    for name in case.data:
        _load(store, name, ox.DefaultGraph())
    for name in case.graphs:
        _load(store, name, ox.NamedNode(HOME + name))
    return OxigraphEngine(store)


def _load(store: ox.Store, name: str, graph: ox.NamedNode | ox.DefaultGraph) -> None:
    chosen = ox.RdfFormat.from_extension(PurePosixPath(name).suffix[1:])
    store.load(files()[name], format=chosen, base_iri=HOME + name, to_graph=graph)


def answer(case: Case, engine: OxigraphEngine, rows: str = "xml") -> tuple[str, bytes]:
    """What kg's query service answers: the kind of answer, and its bytes.

    Raises:
        QueryError: it does not answer.
    """
    query = Query(text=text(case.query), rows=rows, union=False, base=HOME + case.query)
    pieces: list[bytes] = []
    outcome = evaluate(engine, query, Bare(), pieces.append)
    return outcome.kind, b"".join(pieces)


@cache
def fault(case: Case) -> str:
    """What is wrong with the answer to a test's query; "" when it is as expected."""
    suffix = Path(case.result).suffix[1:]
    rows = {"srj": "json", "csv": "csv", "tsv": "tsv"}.get(suffix, "xml")
    try:
        kind, found = answer(case, engine(case), rows)
    except QueryError as error:
        return f"no answer: {error}"
    expected = files()[case.result]
    if kind == "triples":
        return answers.graph_difference(expected, found, HOME + case.result)
    wanted = answers.read(expected, suffix, HOME + case.result)
    given = answers.read(found, {"json": "srj", "xml": "srx"}.get(rows, rows))
    return answers.difference(wanted, given, ordered=answers.is_ordered(text(case.query)))
