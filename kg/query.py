"""Queries: the workspace's prefixes, what is not allowed, the engine that answers.

Whoever asks (command line, Python, endpoint, tests) goes through `prepare`, and whoever wants the
answer written goes through `kg.answer`. This module needs Oxigraph only: `kg query` should not wait
for rdflib to be imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import pyoxigraph as ox

from kg.errors import QueryError, QueryRefused
from kg.guard import require_harmless
from kg.iri import Namer


class Engine(Protocol):
    """What answers queries: Oxigraph here, or another store elsewhere."""

    def query(
        self,
        text: str,
        *,
        union: bool,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        base: str = "",
    ) -> Any:
        """What Oxigraph's `Store.query` gives: solutions, a truth value or triples.

        Args:
            text: SPARQL 1.1 with all its prefixes.
            union: the default graph is the union of all.
            default, named: IRIs of graphs that make up the dataset instead.
            base: what relative IRIs are resolved against; "" resolves none.

        Raises:
            SyntaxError: it cannot be parsed.
        """

    def has_graph(self, iri: str) -> bool:
        """Whether it holds a named graph."""

    def triples(self, subject: Any, predicate: Any, obj: Any) -> Iterator[ox.Triple]:
        """The triples of all graphs that match, each once; None matches any term."""


class OxigraphEngine:
    """An Oxigraph store as an engine."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def query(
        self,
        text: str,
        *,
        union: bool,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        base: str = "",
    ) -> Any:
        if default or named:
            return self.store.query(
                text,
                base_iri=base or None,
                default_graph=[ox.NamedNode(g) for g in default],
                named_graphs=[ox.NamedNode(g) for g in named],
            )
        return self.store.query(text, base_iri=base or None, use_default_graph_as_union=union)

    def has_graph(self, iri: str) -> bool:
        try:
            return self.store.contains_named_graph(ox.NamedNode(iri))
        except ValueError:  # no IRI at all
            return False

    def triples(self, subject: Any, predicate: Any, obj: Any) -> Iterator[ox.Triple]:
        seen: set[ox.Triple] = set()
        for quad in self.store.quads_for_pattern(subject, predicate, obj, None):
            triple = quad.triple
            if triple not in seen:  # a triple of two graphs is one of their union
                seen.add(triple)
                yield triple


#: What no prefix is looked for in: comments, IRIs, strings.
_OPAQUE = re.compile(
    r"#[^\n\r]*"
    r"|<[^<>\"{}|^`\\\s]*>"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''"
    r"|\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'",
    re.DOTALL,
)
_PREFIXED = re.compile(r"(?<![\w?$:-])([A-Za-z][\w-]*):(?=[\w%\\]|\s|$)")
_DECLARED = re.compile(r"PREFIX\s+([\w-]*):", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)


def masked(text: str) -> str:
    """A query with its comments, IRIs and strings blanked out; what is left keeps its place."""
    return _OPAQUE.sub(lambda match: " " * len(match[0]), text)


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """A query that declares those of the prefixes that it uses and does not declare itself."""
    bare = masked(text)
    declared = set(_DECLARED.findall(bare))
    used = set(_PREFIXED.findall(bare)) - declared
    lines = [f"PREFIX {p}: <{prefixes[p]}>" for p in sorted(used) if p in prefixes]
    # On one line, so that the lines of error messages are those of the query.
    return " ".join([*lines, text]) if lines else text


def speaks_of_graphs(text: str) -> bool:
    """Whether FROM stands in a query, outside of comments and strings."""
    return _FROM.search(masked(text)) is not None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that may be run.

    Args:
        text: with all its prefixes; lines are those of the original.
        added: the number of characters put before the original's first line.
        union: whether its default graph is the union of all; else it names its graphs itself.
    """

    text: str
    added: int = 0
    union: bool = True


def prepare(
    text: str,
    namer: Namer,
    is_ours: Callable[[str], bool] = lambda iri: False,
    base: str = "",
) -> Prepared:
    """A query with the prefixes it uses, once it is clear that it only reads this graph.

    Args:
        text: SPARQL 1.1.
        namer: knows the workspace's prefixes.
        is_ours: whether an IRI names a graph of the workspace, which FROM may name.
        base: what relative IRIs are resolved against.

    Raises:
        QueryRefused: it updates, calls another service or names graphs that are not ours: such a
            query could write, or reach the network or files.
        QueryError: it is too long or nested too deeply: it could crash the engine.
    """
    if len(text) <= _SHORT:
        try:
            return _of_no_graph(text, namer, base)
        except QueryRefused:
            pass  # it may name graphs: which ones are ours, the engine knows
    names_graphs = require_harmless(text, is_ours, namer.prefixes, base)
    whole = with_prefixes(text, namer.prefixes)
    union = not (names_graphs and speaks_of_graphs(text))
    return Prepared(whole, len(whole) - len(text), union)


#: Characters of queries that are kept prepared, because they come again.
_SHORT = 4000


@lru_cache(1000)
def _of_no_graph(text: str, namer: Namer, base: str) -> Prepared:
    """A query that names no graphs: then it is the same for every engine."""
    require_harmless(text, prefixes=namer.prefixes, base=base)
    whole = with_prefixes(text, namer.prefixes)
    return Prepared(whole, len(whole) - len(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked, and how the answer is to be written.

    Args:
        text: SPARQL 1.1; the workspace's prefixes need not be declared.
        rows: a key of ROWS for rows and truth values; "" takes none of them.
        triples: a key of TRIPLES for graphs; "" takes none of them.
        default, named: IRIs of graphs that make up the dataset.
        union: when they are empty, the default graph is the union of all; else it is the store's.
        base: what relative IRIs are resolved against; "" is the base of the workspace's data.
        max_bytes: cut the answer when it is longer; 0 writes it all, as it comes.
        max_rows: likewise.
    """

    text: str
    rows: str = "json"
    triples: str = "ttl"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    union: bool = True
    base: str = ""
    max_bytes: int = 0
    max_rows: int = 0


def ask(engine: Engine, query: Query, namer: Namer) -> Any:
    """What the engine answers, as it gives it.

    Raises:
        QueryError: the query or its dataset is not allowed, or cannot be parsed; the message shows
            where.
    """
    for graph in (*query.default, *query.named):
        if not engine.has_graph(graph):
            raise QueryError(f"{graph}: no graph of this workspace")
    base = query.base or namer.base
    ready = prepare(query.text, namer, engine.has_graph, base)
    with failures(query.text, ready.added):
        return engine.query(
            ready.text,
            union=query.union and ready.union,
            default=query.default,
            named=query.named,
            base=base,
        )


class failures:
    """Oxigraph's exceptions become QueryErrors."""

    def __init__(self, text: str, added: int) -> None:
        self.text, self.added = text, added

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, SyntaxError):
            raise QueryError(_explained(str(error), self.text, self.added)) from None
        if isinstance(error, ValueError | RuntimeError) or type(error) is OSError:
            raise QueryError(f"the query failed: {error}") from None


def _explained(message: str, text: str, added: int) -> str:
    """The parser's message with the line it means and a mark under the column."""
    match = re.search(r"at (\d+):(\d+)", message)
    if not match:
        return message
    line, column = int(match[1]), int(match[2])
    if line == 1:
        column = max(1, column - added)
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    # The parser lists every character class that could stand here: the plain tokens say enough.
    tokens = list(dict.fromkeys(re.findall(r'"[^"\\s]+"', message)))[:12]
    said = "expected one of " + " ".join(tokens) if len(tokens) > 1 else message.split(": ", 1)[-1]
    if len(shown) > 200:  # a line of a program: the place says where
        return f"line {line}, column {column}: {said}"
    return f"line {line}, column {column}: {said}\n  {shown}\n  {' ' * (column - 1)}^"
