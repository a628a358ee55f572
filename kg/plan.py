"""What a query does: its algebra, how much each pattern matches alone, how long it takes.

Oxigraph tells no plan from Python and chooses its own order of joins, so this shows what it starts
from: the algebra of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlAlgebra) as rdflib
translates it, with the number of triples for each pattern.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.term import Node, Variable

from kg.errors import QueryError
from kg.iri import Namer
from kg.query import Engine, Query, ask, prepare

#: Matches of a pattern are counted up to here.
MOST = 1_000_000


def explain(engine: Engine, text: str, namer: Namer) -> str:
    """The plan of a query, line by line, and what it took to answer it.

    Args:
        engine: holds the graph.
        text: SPARQL 1.1.
        namer: knows the prefixes.

    Raises:
        QueryError: it cannot be parsed, is not allowed, or fails.
    """
    began = time.perf_counter()
    ready = prepare(text, namer, engine.has_graph)
    guarded = time.perf_counter()
    answer = ask(engine, Query(text=text), namer)
    first, count = None, 0
    if isinstance(answer, ox.QueryBoolean):
        found = str(bool(answer)).lower()
    else:
        for _ in answer:
            first = first or time.perf_counter()
            count += 1
        found = f"{count:,} {'triples' if isinstance(answer, ox.QueryTriples) else 'rows'}"
    done = time.perf_counter()
    graph = Graph()
    for prefix, iri in namer.prefixes.items():
        graph.bind(prefix, iri)
    try:
        algebra = translateQuery(parseQuery(ready.text)).algebra
    except Exception as error:  # rdflib's parser raises its own kinds and fails on some SPARQL 1.1
        raise QueryError(f"rdflib cannot translate this query: {error}") from None
    lines = list(_tree(algebra, engine, graph, 0))
    times = [f"guard {(guarded - began) * 1000:.1f} ms"]
    if first is not None:
        times.append(f"first {(first - guarded) * 1000:.1f} ms")
    times.append(f"all {(done - guarded) * 1000:.1f} ms")
    return "\n".join([*lines, "", f"{found}; {', '.join(times)}"]) + "\n"


def _tree(part: Any, engine: Engine, graph: Graph, depth: int) -> Iterator[str]:
    """The lines of a part of the algebra, what it works on below it."""
    if not isinstance(part, CompValue) or isinstance(part, Expr):
        return
    indent = "  " * depth
    if part.name == "BGP":
        yield f"{indent}BGP"
        for triple in part.triples:
            written = " ".join(_term(t, graph) for t in triple)
            yield f"{indent}  {_count(triple, engine):>9}  {written}"
        return
    if part.name == "values":
        rows = part.res or [{}]
        yield f"{indent}VALUES {' '.join(v.n3() for v in rows[0])}: {len(part.res):,}"
        return
    said = ""
    if part.name in ("Project", "SelectQuery", "Distinct") and part.PV:
        said = " ".join(v.n3() for v in part.PV)
    elif part.name == "Slice":
        said = f"from {part.start or 0}, at most {part.length}"
    elif part.name == "Graph":
        said = _term(part.term, graph)
    elif part.name == "Extend":
        said = part.var.n3()
    yield f"{indent}{part.name} {said}".rstrip()
    for below in ("p", "p1", "p2", "part"):
        value = part.get(below)
        if isinstance(value, CompValue):
            yield from _tree(value, engine, graph, depth + 1)


def _term(term: Any, graph: Graph) -> str:
    written = term.n3(graph.namespace_manager) if hasattr(term, "n3") else str(term)
    return str(written)


def _count(triple: Any, engine: Engine) -> str:
    """How many triples a pattern matches, its variables and paths taken alone."""
    names: dict[Node, str] = {}

    def part(term: Any) -> str:
        if isinstance(term, Variable) or type(term).__name__ == "BNode":
            return names.setdefault(term, f"?v{len(names)}")
        return str(term.n3())

    text = f"SELECT * {{ {' '.join(map(part, triple))} }}"
    try:
        count = sum(1 for _ in islice(engine.query(text, union=True), MOST))
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return "?"
    return f"{count:,}" + ("+" if count == MOST else "")
