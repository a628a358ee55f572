"""Answers as the suite writes them, and when two of them are the same.

- Rows are a multiset; their order counts where the outermost query has ORDER BY.
- Blank nodes are the same under a renaming, one to one, of all of them at once.
- Literals are the same when they are equal as terms, or when both are of the same one of VALUES and
  have the same value: "2.0"^^xsd:decimal is "2.00"^^xsd:decimal, but no "2"^^xsd:integer.
- CSV has no datatypes: cells are the same when they are equal as strings, or both numbers of the
  same value.
- Graphs are isomorphic as rdflib has it, which compares literals of the standard's datatypes in
  their canonical form.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox
import rdflib
from rdflib.compare import isomorphic
from rdflib.term import Node

RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
XSD = "http://www.w3.org/2001/XMLSchema#"
#: Datatypes that are compared by value → how it is read. NaN is the same as NaN here.
VALUES: Mapping[str, Callable[[str], Hashable]] = {
    XSD + "integer": Decimal,
    XSD + "decimal": Decimal,
    XSD + "double": lambda text: str(float(text)),
    XSD + "float": lambda text: str(float(text)),
    XSD + "boolean": lambda text: {"0": "false", "1": "true"}.get(text, text),
}

#: Variable → what it is bound to, as a key: equal keys are the same.
Row = Mapping[str, Hashable]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer in rows; a truth value is a table of one cell."""

    variables: frozenset[str]
    rows: tuple[Row, ...]


def read(data: bytes, suffix: str, base: str = "") -> Table:
    """The answer that a file holds.

    Args:
        data: the file.
        suffix: "srx", "srj", "tsv", "csv", or "ttl" for rows that are written as RDF.
        base: what IRIs in RDF are resolved against.
    """
    if suffix == "csv":
        return _read_csv(data)
    if suffix == "ttl":
        return _read_rdf(data, base)
    answer = ox.parse_query_results(data, ox.QueryResultsFormat.from_extension(suffix))
    if isinstance(answer, ox.QueryBoolean):
        return Table(frozenset(["boolean"]), ({"boolean": bool(answer)},))
    names = [v.value for v in answer.variables]
    rows = tuple({n: key(s[n]) for n in names if s[n] is not None} for s in answer)
    return Table(frozenset(names), rows)


def _read_csv(data: bytes) -> Table:
    names, *lines = csv.reader(io.StringIO(data.decode()))
    rows = tuple(
        {
            name: ox.BlankNode(cell[2:]) if cell.startswith("_:") else _number(cell)
            for name, cell in zip(names, line, strict=True)
            if cell
        }
        for line in lines
    )
    return Table(frozenset(names), rows)


def _number(cell: str) -> Hashable:
    return Decimal(cell) if re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", cell) else cell


def _read_rdf(data: bytes, base: str) -> Table:
    graph = rdflib.Graph().parse(data=data, format="turtle", publicID=base)
    rows = tuple(
        {
            str(graph.value(b, RS.variable)): key(_term(graph.value(b, RS.value)))
            for b in graph.objects(solution, RS.binding)
        }
        for solution in graph.objects(None, RS.solution)
    )
    return Table(frozenset(map(str, graph.objects(None, RS.resultVariable))), rows)


def _term(node: Node | None) -> ox.NamedNode | ox.Literal:
    if isinstance(node, rdflib.Literal):
        return ox.Literal(str(node), datatype=ox.NamedNode(node.datatype or XSD + "string"))
    return ox.NamedNode(str(node))


def key(term: Hashable) -> Hashable:
    """A term, or for a literal of VALUES its datatype and value."""
    if not isinstance(term, ox.Literal) or term.datatype.value not in VALUES:
        return term
    try:
        return term.datatype.value, VALUES[term.datatype.value](term.value)
    except (ValueError, ArithmeticError):  # ill-typed
        return term


def is_ordered(query: str) -> bool:
    """Whether the order of a query's rows counts: ORDER BY after the last closing brace."""
    return re.search(r"\bORDER\s+BY\b", query.rpartition("}")[2], re.IGNORECASE) is not None


def difference(wanted: Table, found: Table, *, ordered: bool) -> str:
    """What sets two answers apart; "" for none."""
    if wanted.variables != found.variables:
        return f"variables: wanted {sorted(wanted.variables)}, found {sorted(found.variables)}"
    if len(wanted.rows) != len(found.rows) or not _match(wanted.rows, found.rows, ordered, {}):
        return "\n".join(["rows: wanted", *map(str, wanted.rows), "found", *map(str, found.rows)])
    return ""


Renaming = Mapping[ox.BlankNode, ox.BlankNode]


def _match(wanted: Sequence[Row], found: Sequence[Row], ordered: bool, renaming: Renaming) -> bool:
    """Whether the rows pair off under a renaming of blank nodes that extends this one."""
    if not wanted:
        return True
    tried: list[Row] = []
    for place, row in enumerate(found[:1] if ordered else found):
        if row in tried:
            continue
        tried.append(row)
        wider = _renamed(wanted[0], row, renaming)
        rest = [*found[:place], *found[place + 1 :]]
        if wider is not None and _match(wanted[1:], rest, ordered, wider):
            return True
    return False


def _renamed(wanted: Row, found: Row, renaming: Renaming) -> Renaming | None:
    """The renaming, extended so that two rows are the same; None when they cannot be."""
    if wanted.keys() != found.keys():
        return None
    wider = dict(renaming)
    for one, other in ((wanted[name], found[name]) for name in wanted):
        if isinstance(one, ox.BlankNode) and isinstance(other, ox.BlankNode):
            if wider.setdefault(one, other) != other:
                return None
        elif one != other:
            return None
    return wider if len(set(wider.values())) == len(wider) else None


def graph_difference(wanted: bytes, found: bytes, base: str) -> str:
    """What sets two graphs in Turtle apart; "" when they are isomorphic."""
    one, other = (
        rdflib.Graph().parse(data=data, format="turtle", publicID=base) for data in (wanted, found)
    )
    if isomorphic(one, other):
        return ""
    return f"wanted\n{one.serialize()}\nfound\n{other.serialize()}"
