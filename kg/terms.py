"""Terms and rows of Oxigraph as rdflib's, both ways, quickly.

rdflib's constructors check and parse every term, which takes longer than most queries. What comes
from a store has been checked, so terms are made directly, with the same attributes: a test compares
them with what the constructors give.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence
from datetime import date
from decimal import Decimal
from typing import IO, Any, cast

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.query import Result, ResultRow
from rdflib.term import Identifier, Node, Variable

from kg.garbage import no_cycles
from kg.iri import PREFIXES

_new = str.__new__
#: Datatype → rdflib's IRI of it, which lexical forms rdflib leaves as they are, their value.
_KNOWN: dict[str, tuple[rdflib.URIRef, re.Pattern[str], Callable[[str], Any]]] = {
    str(datatype): (datatype, re.compile(canonical), value)
    for datatype, canonical, value in (
        (XSD.integer, r"0|-?[1-9]\d{0,17}", int),
        (XSD.decimal, r"(?:0|-?[1-9]\d{0,17})(?:\.\d{0,17}[1-9])?", Decimal),
        (XSD.date, r"[12]\d{3}-\d\d-\d\d", date.fromisoformat),
        (XSD.boolean, "true|false", "true".__eq__),
    )
}
_STRING, _BOOLEAN = str(XSD.string), str(XSD.boolean)
_INTEGER, _DECIMAL, _DOUBLE = str(XSD.integer), str(XSD.decimal), str(XSD.double)


def to_rdflib(term: Any) -> Any:
    """An Oxigraph term as rdflib's; a string is plain, whichever way it was stored."""
    kind = type(term)
    if kind is ox.NamedNode:
        return _new(rdflib.URIRef, term.value)
    if kind is ox.Literal:
        return _literal(term)
    if kind is ox.BlankNode:
        return rdflib.BNode(term.value)
    if kind is ox.DefaultGraph:
        return DATASET_DEFAULT_GRAPH_ID
    raise TypeError(f"no rdflib term for {term!r}")


def _literal(term: ox.Literal) -> rdflib.Literal:
    return _literal_of(term.value, term.language, term.datatype.value)


def _literal_of(text: str, language: str | None, datatype: str) -> rdflib.Literal:
    if language:
        return _made(text, language, None, text, None)
    if datatype == _STRING:
        return _made(text, None, None, text, None)
    known = _KNOWN.get(datatype)
    if known is not None and known[1].fullmatch(text):
        try:
            return _made(text, None, known[0], known[2](text), False)
        except ValueError:  # 30 February
            pass
    return rdflib.Literal(text, datatype=rdflib.URIRef(datatype))


def _made(
    text: str, language: str | None, datatype: Any, value: Any, ill_typed: bool | None
) -> rdflib.Literal:
    made = _new(rdflib.Literal, text)
    made._language, made._datatype = language, datatype
    made._value, made._ill_typed = value, ill_typed
    return made


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


#: Rows that are taken one by one: who wants the first only need not wait for all.
_FEW = 4
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def read_tsv_term(text: str) -> Any:
    """A term of SPARQL results in TSV as rdflib's; None for "", which is not bound.

    https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv
    """
    if not text:
        return None
    first = text[0]
    if first == "<" and not text.startswith("<<"):
        return _new(rdflib.URIRef, text[1:-1])
    if first == '"':
        end = text.rindex('"')
        lexical, rest = text[1:end], text[end + 1 :]
        if "\\" in lexical:
            lexical = _ESCAPED.sub(_unescaped, lexical)
        if rest.startswith("@"):
            return _literal_of(lexical, rest[1:], "")
        return _literal_of(lexical, None, rest[3:-1] if rest else _STRING)
    if text.startswith("_:"):
        return rdflib.BNode(text[2:])
    if text in ("true", "false"):
        return _literal_of(text, None, _BOOLEAN)
    if first in "+-.0123456789":  # as Turtle abbreviates numbers
        kind = _DOUBLE if "e" in text or "E" in text else _DECIMAL if "." in text else _INTEGER
        return _literal_of(text, None, kind)
    raise TypeError(f"no rdflib term for {text!r}")


class _Known(dict[str, Any]):
    """Terms by their text in TSV: most stand in many rows."""

    def __missing__(self, text: str) -> Any:
        term = self[text] = read_tsv_term(text)
        return term


def _unescaped(match: re.Match[str]) -> str:
    found = match[1]
    return chr(int(found[1:], 16)) if len(found) > 1 else _PLAIN.get(found, found)


class _Lines(io.RawIOBase):
    """Takes TSV as Oxigraph writes it and gives each whole line on, the head left out."""

    def __init__(self, take: Callable[[list[str]], None]) -> None:
        self.take = take
        self.left = b""
        self.head = True

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        *lines, self.left = (self.left + bytes(data)).split(b"\n")
        if self.head and lines:
            self.head = False
            del lines[0]
        self.take(b"\n".join(lines).decode().split("\n") if lines else [])
        return len(data)


class Solutions(Result):
    """Rows of a SELECT as rdflib gives them, kept to be read again.

    The first are turned into rdflib's one by one as they are read; the rest at once, by way of TSV,
    which takes less than half the time.
    """

    def __init__(self, answer: ox.QuerySolutions) -> None:
        super().__init__("SELECT")
        self.vars = [Variable(v.value) for v in answer.variables]
        self._answer: ox.QuerySolutions | None = answer
        self._labels = {str(v): n for n, v in enumerate(self.vars)}
        self._rows: list[ResultRow] = []
        #: By which a notebook shortens IRIs.
        self.prefixes: Mapping[str, str] = PREFIXES

    def __iter__(self) -> Iterator[ResultRow]:
        yield from self._rows
        while self._answer is not None and len(self._rows) < _FEW:
            solution = next(self._answer, None)
            if solution is None:
                self._answer = None
                return
            yield self._row([None if t is None else to_rdflib(t) for t in solution])
        if self._answer is not None:
            self._take_rest(self._answer)
            self._answer = None
            yield from self._rows[_FEW:]

    def _row(self, terms: Iterable[Any]) -> ResultRow:
        row = tuple.__new__(ResultRow, terms)
        row.labels = self._labels
        self._rows.append(row)
        return row

    def _take_rest(self, answer: ox.QuerySolutions) -> None:
        term, rows, labels = _Known().__getitem__, self._rows, self._labels

        def take(lines: list[str]) -> None:
            for line in lines:
                row = tuple.__new__(ResultRow, map(term, line.split("\t")))
                row.labels = labels
                rows.append(row)

        # Terms and rows make no cycles: looking for some among them would double the time.
        with no_cycles():
            output = cast("IO[bytes]", _Lines(take))
            answer.serialize(output=output, format=ox.QueryResultsFormat.TSV)

    def __len__(self) -> int:
        for _ in self if self._answer is not None else ():
            pass
        return len(self._rows)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    @property
    def bindings(self) -> MutableSequence[Mapping[Variable, Identifier]]:
        """Every row as a mapping, what is not bound left out."""
        assert self.vars is not None
        names = self.vars
        return [{v: t for v, t in zip(names, row, strict=True) if t is not None} for row in self]

    @bindings.setter
    def bindings(self, value: Any) -> None:
        raise AttributeError("the rows of a store's answer cannot be changed")

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from kg.notebook import table

        assert self.vars is not None
        return table([str(v) for v in self.vars], self, self.prefixes)
