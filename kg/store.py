"""Stores: one rdflib API over three engines.

- "memory": rdflib's own store and query engine.
- "oxigraph": Oxigraph in memory.
- "disk": Oxigraph in a folder.

Under the rdflib API, Oxigraph answers queries itself: terms are turned into rdflib's only where a
caller looks at them. `Literal("x")` and `Literal("x", datatype=XSD.string)` are one term for
Oxigraph and two for rdflib; here the plain one is given, whichever was stored.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, Graph
from rdflib.query import Result
from rdflib.store import VALID_STORE, Store
from rdflib.term import Identifier, Node, Variable

from kg.errors import QueryError, WorkspaceError
from kg.iri import PREFIXES

_STRING = PREFIXES["xsd"] + "string"
KINDS = ("memory", "oxigraph", "disk")


class GraphStore:
    """A graph that can be asked.

    Args:
        kind: one of KINDS.
        graph: the graph under rdflib's API; its default graph is the union of all.
        engine: the Oxigraph store below, None for "memory".
    """

    def __init__(self, kind: str, graph: Graph, engine: ox.Store | None) -> None:
        self.kind, self.graph, self.engine = kind, graph, engine

    def load(self, path: Path) -> None:
        """Adds the quads of an N-Quads file, all or none."""
        if self.engine is not None:
            self.engine.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        else:
            # rdflib's own parser takes ten times as long for the same terms.
            dataset = self.graph
            assert isinstance(dataset, rdflib.Dataset)
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
                name = to_rdflib(quad.graph_name)
                dataset.store.add(_triple(quad), dataset.graph(name))

    def query(self, text: str, **options: Any) -> Result:
        """Asks SPARQL 1.1.

        Raises:
            QueryError: the query cannot be parsed.
        """
        try:
            return self.graph.query(text, **options)
        except SyntaxError as error:
            raise QueryError(str(error)) from None

    def __len__(self) -> int:
        return len(self.graph) if self.engine is None else len(self.engine)


def open_store(kind: str, path: Path | None = None, read_only: bool = False) -> GraphStore:
    """Opens a store.

    Args:
        kind: one of KINDS.
        path: the folder of a "disk" store.
        read_only: open a "disk" store that others may read at the same time.

    Raises:
        WorkspaceError: there is no such store.
    """
    if kind == "memory":
        return GraphStore(kind, rdflib.Dataset(default_union=True), None)
    if kind == "oxigraph":
        engine = ox.Store()
    elif kind == "disk" and path is not None:
        engine = open_disk(path, read_only)
    else:
        raise WorkspaceError(f"store {kind!r}: expected one of {', '.join(KINDS)}")
    return GraphStore(kind, Graph(store=OxigraphStore(engine)), engine)


def open_disk(path: Path, read_only: bool) -> ox.Store:
    """The Oxigraph store in a folder."""
    try:
        return ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
    except OSError as error:
        raise WorkspaceError(f"{path}: not a readable store: {error}; run: kg build") from None


def load_disk(graph: Path, folder: Path) -> None:
    """Makes a new disk store of an N-Quads file."""
    if folder.exists():
        shutil.rmtree(folder)
    engine = ox.Store(str(folder))
    engine.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    engine.optimize()
    engine.flush()


class OxigraphStore(Store):
    """An Oxigraph store behind rdflib's Store interface, read as the union of its graphs.

    Interface: https://rdflib.readthedocs.io/en/stable/apidocs/rdflib.store.html
    """

    context_aware = False
    formula_aware = False
    transaction_aware = False
    graph_aware = False

    def __init__(self, engine: ox.Store) -> None:
        super().__init__()
        self.engine = engine
        self.names = {p: rdflib.URIRef(i) for p, i in PREFIXES.items()}

    def open(self, configuration: Any, create: bool = False) -> int:
        return VALID_STORE

    def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:
        subject, predicate, object_ = (to_oxigraph(t) for t in triple)
        self.engine.add(ox.Quad(subject, predicate, object_, ox.DefaultGraph()))

    def remove(self, triple: Any, context: Any = None) -> None:
        for quad in list(self.engine.quads_for_pattern(*_pattern(triple), None)):
            self.engine.remove(quad)

    def triples(
        self, triple_pattern: Any, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[None]]]:
        seen: set[Any] = set()
        for quad in self.engine.quads_for_pattern(*_pattern(triple_pattern), None):
            triple = (quad.subject, quad.predicate, quad.object)
            if triple not in seen:  # a triple of two graphs is one of their union
                seen.add(triple)
                yield _triple(quad), iter(())

    def __len__(self, context: Any = None) -> int:
        return sum(1 for _ in self.triples((None, None, None)))

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
        if not isinstance(query, str):
            raise NotImplementedError  # a query prepared by rdflib is rdflib's to answer
        if initBindings and _AGGREGATE.search(query):
            raise NotImplementedError  # a VALUES after the query would be joined too late
        answer = self.engine.query(
            query + _values(initBindings),
            use_default_graph_as_union=True,
            prefixes={p: str(n) for p, n in {**self.names, **initNs}.items() if p},
        )
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
        return _Solutions(answer)


class _Solutions(Result):
    """SELECT results that are turned into rdflib's terms as they are read."""

    def __init__(self, answer: ox.QuerySolutions) -> None:
        super().__init__("SELECT")
        self.vars = [Variable(v.value) for v in answer.variables]
        self.bindings = self._rows(answer)

    def _rows(self, answer: ox.QuerySolutions) -> Generator[dict[Variable, Identifier], None, None]:
        assert self.vars is not None
        names = list(zip(self.vars, answer.variables, strict=True))
        for row in answer:
            yield {v: to_rdflib(row[o]) for v, o in names if row[o] is not None}


def to_rdflib(term: Any) -> Any:
    """An Oxigraph term as rdflib's."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype == _STRING:
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(datatype))
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.DefaultGraph):
        return DATASET_DEFAULT_GRAPH_ID
    raise TypeError(f"no rdflib term for {term!r}")


def to_oxigraph(term: Node) -> Any:
    """An rdflib term as Oxigraph's."""
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        if term.datatype is None:
            return ox.Literal(str(term))
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    raise TypeError(f"no Oxigraph term for {term!r}")


_AGGREGATE = re.compile(r"\b(?:GROUP\s+BY|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\b", re.I)


def _values(bindings: Mapping[str, Identifier]) -> str:
    """Bindings as a VALUES clause, which SPARQL joins with what the query matches."""
    if not bindings:
        return ""
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(to_oxigraph(term)) for term in bindings.values())
    return f"\nVALUES ({names}) {{ ({terms}) }}"


def _pattern(triple: Iterable[Node | None]) -> tuple[Any, Any, Any]:
    subject, predicate, object_ = (None if t is None else to_oxigraph(t) for t in triple)
    return subject, predicate, object_


def _triple(quad: Any) -> Any:
    return to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)
