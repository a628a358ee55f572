"""Answers, written: rows, truth values and graphs in every format, whole or cut."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryUnacceptable
from kg.iri import Namer
from kg.query import Engine, Query, ask, failures

#: Formats of rows and truth values: code → Oxigraph's, media type.
ROWS: Mapping[str, tuple[ox.QueryResultsFormat, str]] = {
    "json": (ox.QueryResultsFormat.JSON, "application/sparql-results+json"),
    "xml": (ox.QueryResultsFormat.XML, "application/sparql-results+xml"),
    "csv": (ox.QueryResultsFormat.CSV, "text/csv; charset=utf-8"),
    "tsv": (ox.QueryResultsFormat.TSV, "text/tab-separated-values; charset=utf-8"),
}
#: Formats of triples.
TRIPLES: Mapping[str, tuple[ox.RdfFormat, str]] = {
    "ttl": (ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
    "nt": (ox.RdfFormat.N_TRIPLES, "application/n-triples"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "application/rdf+xml"),
    "jsonld": (ox.RdfFormat.JSON_LD, "application/ld+json"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What kind of answer was written.

    Args:
        kind: "rows", "boolean" or "triples".
        media_type: of what was written.
        cut: the number of rows or triples that were kept of an answer that was too long, else None.
    """

    kind: str
    media_type: str
    cut: int | None = None


def evaluate(
    engine: Engine, query: Query, namer: Namer, write: Callable[[bytes], object]
) -> Outcome:
    """Answers a query and writes the answer.

    Args:
        engine: holds the graph.
        query: what is asked.
        namer: knows the prefixes.
        write: given the answer piece by piece; with a limit in one piece, when it is whole.

    Raises:
        QueryError: the query cannot be parsed, is not allowed, or fails.
        QueryUnacceptable: its answer has none of the formats asked for.
    """
    answer = ask(engine, query, namer)
    if isinstance(answer, ox.QueryTriples):
        return _write_triples(answer, query, namer, write)
    if query.rows not in ROWS:
        raise QueryUnacceptable(
            f"{query.triples}: this query gives rows; expected one of {', '.join(ROWS)}"
        )
    chosen, media_type = ROWS[query.rows]
    if isinstance(answer, ox.QueryBoolean):
        write(answer.serialize(format=chosen) or b"")
        return Outcome(kind="boolean", media_type=media_type)
    cut = None
    if not query.max_bytes and not query.max_rows:
        with failures(query.text, 0):
            answer.serialize(output=_Writer(write), format=chosen)
    else:
        with failures(query.text, 0):
            whole, cut = _within(engine, answer, query, namer)
        write(whole)
    return Outcome(kind="rows", media_type=media_type, cut=cut)


class _Writer(io.RawIOBase):
    """What Oxigraph writes into; says how much it took."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.take = write

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.take(bytes(data))
        return len(data)


class _Full(Exception):
    """The limit of an answer is reached."""


def _within(engine: Engine, answer: Any, query: Query, namer: Namer) -> tuple[bytes, int | None]:
    """The rows as bytes within the limits, and their number when they were cut."""
    chosen, _ = ROWS[query.rows]
    pieces: list[bytes] = []
    size = 0

    def keep(data: bytes) -> None:
        nonlocal size
        size += len(data)
        pieces.append(data)
        if query.max_bytes and size > query.max_bytes:
            raise _Full

    # Rows can be counted only in lines: TSV has one a line, whatever they hold.
    if not query.max_rows:
        try:
            answer.serialize(output=_Writer(keep), format=chosen)
            return b"".join(pieces), None
        except _Full:
            answer = ask(engine, query, namer)
            pieces, size = [], 0
    lines = 0

    def keep_lines(data: bytes) -> None:
        nonlocal lines
        lines += data.count(b"\n")
        keep(data)
        if query.max_rows and lines > query.max_rows + 1:  # the first line names the variables
            raise _Full

    try:
        answer.serialize(output=_Writer(keep_lines), format=ox.QueryResultsFormat.TSV)
        full = False
    except _Full:
        full = True
    table = b"".join(pieces)
    kept = table.count(b"\n") - 1
    if query.max_rows and kept > query.max_rows:
        full, kept = True, query.max_rows
    if full:
        table = b"\n".join(table.split(b"\n")[: kept + 1]) + b"\n"
    if query.rows != "tsv":
        rows = ox.parse_query_results(table, ox.QueryResultsFormat.TSV)
        table = rows.serialize(format=chosen) or b""
    return table, kept if full else None


def _write_triples(
    answer: Iterable[ox.Triple], query: Query, namer: Namer, write: Callable[[bytes], object]
) -> Outcome:
    if query.triples not in TRIPLES:
        raise QueryUnacceptable(
            f"{query.rows}: this query makes triples; expected one of {', '.join(TRIPLES)}"
        )
    chosen, media_type = TRIPLES[query.triples]
    with failures(query.text, 0):
        triples = sorted(set(answer), key=str)
    whole = len(triples)
    if query.max_rows:
        triples = triples[: query.max_rows]
    if query.max_bytes:
        sizes = accumulate(len(str(triple).encode()) for triple in triples)
        triples = triples[: sum(size <= query.max_bytes for size in sizes)]
    prefixes = dict(namer.prefixes) if query.triples in ("ttl", "rdfxml") else None
    write(ox.serialize(triples, format=chosen, prefixes=prefixes) or b"")
    cut = len(triples) if len(triples) < whole else None
    return Outcome(kind="triples", media_type=media_type, cut=cut)
