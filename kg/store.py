"""Stores: one rdflib API over four kinds of engine.

- "rdflib": rdflib's own store and query engine, to compare with.
- "memory": Oxigraph in memory.
- "oxigraph": Oxigraph in a folder.
- "sparql": a store elsewhere, over HTTP.

Under the rdflib API, engines answer queries themselves. `Literal("x")` and
`Literal("x", datatype=XSD.string)` are one term for them and two for rdflib; here the plain one is
given, whichever was stored.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.graph import Graph
from rdflib.query import Result
from rdflib.store import VALID_STORE, Store
from rdflib.term import Identifier, Node

from kg.engines import open_disk_engine
from kg.errors import QueryError, WorkspaceError
from kg.guard import require_harmless
from kg.iri import PREFIXES
from kg.prebound import with_bindings
from kg.query import Engine, OxigraphEngine, speaks_of_graphs, with_prefixes
from kg.terms import Solutions, to_oxigraph, to_rdflib

KINDS = ("rdflib", "memory", "oxigraph", "sparql")


class GraphStore:
    """A graph that can be asked.

    Args:
        kind: one of KINDS.
        engine: what answers, None for "rdflib".
    """

    def __init__(self, kind: str, engine: Engine | None) -> None:
        self.kind, self.engine = kind, engine
        #: The graph under rdflib's API; its default graph is the union of all.
        self.graph: Graph = (
            rdflib.Dataset(default_union=True)
            if engine is None
            else Graph(store=EngineStore(engine))
        )

    def load(self, path: Path) -> None:
        """Adds the quads of an N-Quads file to a store in memory, all or none."""
        if isinstance(self.engine, OxigraphEngine):
            self.engine.store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
            return
        # rdflib's own parser takes ten times as long for the same terms.
        dataset = self.graph
        if not isinstance(dataset, rdflib.Dataset):
            raise WorkspaceError(f"{path}: a store elsewhere is filled by kg build")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
            name = to_rdflib(quad.graph_name)
            dataset.store.add(_triple(quad.triple), dataset.graph(name))

    def query(self, text: str, **options: Any) -> Result:
        """Asks SPARQL 1.1.

        Raises:
            QueryError: the query cannot be parsed, or fails.
        """
        try:
            return self.graph.query(text, **options)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query failed: {error}") from None


def open_store(kind: str, path: Path | None = None) -> GraphStore:
    """Opens a store.

    Args:
        kind: "rdflib", "memory", or "oxigraph".
        path: the folder of an "oxigraph" store, opened for reading.

    Raises:
        WorkspaceError: there is no such store.
    """
    if kind == "rdflib":
        return GraphStore(kind, None)
    if kind == "memory":
        return GraphStore(kind, OxigraphEngine(ox.Store()))
    if kind == "oxigraph" and path is not None:
        return GraphStore(kind, open_disk_engine(path))
    raise WorkspaceError(f"store {kind!r}: expected rdflib, memory, or oxigraph with its folder")


def load_disk(graph: Path, folder: Path) -> None:
    """Makes a new disk store of an N-Quads file."""
    if folder.exists():
        shutil.rmtree(folder)
    engine = ox.Store(str(folder))
    engine.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    engine.optimize()
    engine.flush()


class EngineStore(Store):
    """An engine behind rdflib's Store interface, read as the union of its graphs.

    Interface: https://rdflib.readthedocs.io/en/stable/apidocs/rdflib.store.html
    """

    context_aware = False
    formula_aware = False
    transaction_aware = False
    graph_aware = False

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.names = {p: rdflib.URIRef(i) for p, i in PREFIXES.items()}

    def open(self, configuration: Any, create: bool = False) -> int:
        return VALID_STORE

    def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:
        raise TypeError("this graph is built from documents and tables: change them, and build")

    remove = add

    def triples(
        self, triple_pattern: Any, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[None]]]:
        for triple in self.engine.triples(*_pattern(triple_pattern)):
            yield _triple(triple), iter(())

    def __len__(self, context: Any = None) -> int:
        return sum(1 for _ in self.engine.triples(None, None, None))

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:
        if override or prefix not in self.names:
            self.names[prefix] = namespace

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        return next((p for p, n in self.names.items() if n == namespace), None)

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        return self.names.get(prefix)

    def namespaces(self) -> Iterator[tuple[str, rdflib.URIRef]]:
        yield from self.names.items()

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Identifier],
        queryGraph: str,
        **_: Any,
    ) -> Result:
        if not isinstance(query, str):  # prepared by rdflib, which keeps the text
            original = getattr(query, "_original_args", None)
            if original is None:
                raise QueryError("give the query as text, or what prepareQuery made of it")
            query, initNs = original[0], {**initNs, **original[1]}
        names = {p: str(n) for p, n in {**self.names, **initNs}.items() if p}
        names_graphs = require_harmless(query, self.engine.has_graph, names)
        text = with_bindings(query, initBindings)
        if text is None:
            if names_graphs:
                raise QueryError("initBindings cannot be put into this query; write them as VALUES")
            raise NotImplementedError  # rdflib's own engine can
        union = not (names_graphs and speaks_of_graphs(query))
        return to_result(self.engine.query(with_prefixes(text, names), union=union))


def to_result(answer: Any) -> Result:
    """An engine's answer as rdflib's."""
    if isinstance(answer, ox.QueryBoolean):
        result = Result("ASK")
        result.askAnswer = bool(answer)
        return result
    if isinstance(answer, ox.QueryTriples):
        result = Result("CONSTRUCT")
        result.graph = Graph()
        for triple in answer:
            result.graph.add(_triple(triple))
        return result
    return Solutions(answer)


def _pattern(triple: Iterable[Node | None]) -> tuple[Any, Any, Any]:
    subject, predicate, object_ = (None if t is None else to_oxigraph(t) for t in triple)
    return subject, predicate, object_


def _triple(triple: Any) -> Any:
    return to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)
