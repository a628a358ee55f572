"""Queries: the workspace's prefixes, saved questions and their parameters, what is not allowed.

This module needs Oxigraph only: `kg query` should not wait for rdflib to be imported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.errors import QueryError, WorkspaceError
from kg.guard import require_harmless
from kg.iri import KINDS, Namer

_META = re.compile(r"^#\s*(?P<key>title|description)@(?P<tag>[A-Za-z-]+):\s*(?P<text>.+)$")
_PARAM = re.compile(r"^#\s*param\s+(?P<name>\w+):\s*(?P<default>.+?)\s*(?:\|\s*(?P<meaning>.*))?$")
_MEANING = re.compile(r"^#\s*param@(?P<tag>[A-Za-z-]+)\s+(?P<name>\w+):\s*(?P<meaning>.+)$")
_VALUE_LINE = r"(VALUES\s+\?{name}\s*\{{)[^}}]*(\}})"
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


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank of a question: its name, what stands in it by default, what it means by language."""

    name: str
    default: str
    meanings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A saved query with titles and descriptions by language tag."""

    name: str
    text: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    params: tuple[Parameter, ...] = ()

    def title(self, language: str) -> str:
        """The title in a language, else in English, else the name."""
        return self.titles.get(language) or self.titles.get("en") or self.name


def load_questions(folder: Path) -> dict[str, Question]:
    """The questions of a folder by name, sorted.

    Each is a file NAME.rq that any SPARQL tool can run. Comments at its head say more:
    `# title@en: …`, `# description@zh-Hans: …`, `# param entity: d:openai | the funded one`, and in
    other languages `# param@zh-Hans entity: …`; a parameter is a line
    `VALUES ?entity { d:openai }` of the query.

    Raises:
        WorkspaceError: a file has no English title or no line for a parameter.
    """
    found = {}
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        texts: dict[str, dict[str, str]] = {"title": {}, "description": {}}
        params: dict[str, Parameter] = {}
        meanings: dict[str, dict[str, str]] = defaultdict(dict)
        for line in text.splitlines():
            if match := _META.match(line):
                texts[match["key"]][match["tag"]] = match["text"].strip()
            elif match := _PARAM.match(line):
                name = match["name"]
                params[name] = Parameter(name, match["default"], meanings[name])
                if match["meaning"]:
                    meanings[name]["en"] = match["meaning"]
            elif match := _MEANING.match(line):
                meanings[match["name"]][match["tag"]] = match["meaning"].strip()
        if "en" not in texts["title"]:
            raise WorkspaceError(f"{path}: expected a line `# title@en: …`")
        for p in params.values():
            if not re.search(_VALUE_LINE.format(name=p.name), text):
                raise WorkspaceError(f"{path}: expected a line `VALUES ?{p.name} {{ … }}`")
        found[path.stem] = Question(
            path.stem, text, texts["title"], texts["description"], tuple(params.values())
        )
    return found


def bind(question: Question, values: Mapping[str, str], namer: Namer) -> str:
    """The question's query with other values for its parameters.

    Args:
        question: a saved question.
        values: parameter → an entity's id ("openai"), a prefixed name ("kg:announced"), an IRI in
            angle brackets, a number or a "string" in quotes. It is read, never pasted.
        namer: makes IRIs of ids.

    Raises:
        QueryError: there is no such parameter, or a value is none of these.
    """
    text = question.text
    known = {p.name: p for p in question.params}
    for name, value in values.items():
        if name not in known:
            names = ", ".join(known) or "none"
            raise QueryError(f"{question.name} has no parameter {name!r}; it has: {names}")
        term = _term(value.strip(), known[name], namer)
        line = re.compile(_VALUE_LINE.format(name=re.escape(name)))
        match = line.search(text)
        assert match is not None  # load_questions saw to it
        text = f"{text[: match.start()]}{match[1]} {term} {match[2]}{text[match.end() :]}"
    return text


def _term(value: str, parameter: Parameter, namer: Namer) -> str:
    """A value as a SPARQL term."""
    if re.fullmatch(r"<[^<>\"{}|^`\\\s]+>", value):
        return value
    if re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return value
    if match := re.fullmatch(r"([a-z]+):([\w.~%-]+)", value):
        prefix, local = match.groups()
        if prefix in namer.prefixes:
            return f"<{namer.prefixes[prefix]}{local}>"
        raise QueryError(f"{value!r}: unknown prefix {prefix}; known: {', '.join(namer.prefixes)}")
    if match := re.fullmatch(r'"([^"\\\n\r]*)"', value):
        return value
    if parameter.default.startswith('"') and not re.search(r'["\\\n\r]', value):
        return f'"{value}"'
    if re.fullmatch(r"[\w.~-]+", value):
        kind = parameter.default.partition(":")[0]
        return f"<{namer.iri(kind if kind in KINDS else 'd', value)}>"
    raise QueryError(f"{value!r}: expected an id, a prefixed name, an <IRI> or a number")


def prepare(text: str, namer: Namer) -> str:
    """A query with the prefixes it uses, once it is clear that it only reads this graph.

    Args:
        text: SPARQL 1.1.
        namer: knows the workspace's prefixes.

    Raises:
        QueryError: it updates, calls another service, names graphs of its own or is nested too
            deeply: such a query could write, reach the network or files, or crash.
    """
    require_harmless(text)
    bare = _OPAQUE.sub(" ", text)
    declared = set(_DECLARED.findall(bare))
    used = set(_PREFIXED.findall(bare)) - declared
    lines = [f"PREFIX {p}: <{namer.prefixes[p]}>" for p in sorted(used) if p in namer.prefixes]
    # One line, so that the lines of error messages are those of the query.
    return " ".join([*lines, text]) if lines else text


class Store:
    """A disk store opened for asking; rows come as Oxigraph's terms."""

    def __init__(self, path: Path, namer: Namer) -> None:
        self.path, self.namer = path, namer

    @cached_property
    def _engine(self):  # type: ignore[no-untyped-def]
        import pyoxigraph

        try:
            return pyoxigraph.Store.read_only(str(self.path))
        except OSError as error:
            raise WorkspaceError(
                f"{self.path}: no readable store: {error}; run: kg build"
            ) from None

    def run(self, text: str):  # type: ignore[no-untyped-def]
        """What Oxigraph answers.

        Raises:
            QueryError: the query is not allowed or cannot be parsed; the message shows where.
        """
        query = prepare(text, self.namer)
        try:
            return self._engine.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(_explained(str(error), query, text)) from None
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query failed: {error}") from None


def _explained(message: str, query: str, text: str) -> str:
    """The parser's message with the line it means and a mark under the column."""
    match = re.search(r"at (\d+):(\d+)", message)
    if not match:
        return message
    line, column = int(match[1]), int(match[2])
    added = len(query) - len(text)
    if line == 1:
        column = max(1, column - added)
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    # The parser lists every character class that could stand here: the plain tokens say enough.
    tokens = list(dict.fromkeys(re.findall(r'"[^"\\s]+"', message)))[:12]
    said = "expected one of " + " ".join(tokens) if len(tokens) > 1 else message.split(": ", 1)[-1]
    return f"line {line}, column {column}: {said}\n  {shown}\n  {' ' * (column - 1)}^"


def ask(store: Path, text: str, namer: Namer, fmt: str | None = None) -> str:
    """Asks a built store and writes the answer.

    Args:
        store: folder of a disk store.
        text: SPARQL 1.1; the workspace's prefixes need not be declared.
        namer: knows the prefixes.
        fmt: table, csv, tsv, json, xml for rows and truth values; ttl, nt for triples; None takes
            table or ttl.

    Raises:
        QueryError: the query or the format does not fit.
    """
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, serialize

    answer = Store(store, namer).run(text)
    if isinstance(answer, QueryTriples):
        formats = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
        chosen = formats.get(fmt or "ttl")
        if chosen is None:
            raise QueryError(f"{fmt}: this query makes triples; expected ttl or nt")
        triples = sorted(set(answer), key=str)
        prefixes = namer.prefixes if chosen is RdfFormat.TURTLE else None
        data = serialize(triples, format=chosen, prefixes=prefixes)
        return (data or b"").decode()
    if fmt in ("ttl", "nt"):
        raise QueryError(f"{fmt}: this query gives rows; expected table, csv, tsv, json or xml")
    if fmt in (None, "table"):
        if isinstance(answer, QueryBoolean):
            return f"{bool(answer)}\n".lower()
        head = [v.value for v in answer.variables]
        rows = [[_cell(value, namer) for value in row] for row in answer]
        return text_table(head, rows)
    if isinstance(answer, QueryBoolean) and fmt in ("csv", "tsv"):
        return f"{bool(answer)}\n".lower()
    formats_ = {
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }
    written: bytes = answer.serialize(format=formats_[fmt])
    text_out = written.decode()
    return text_out if text_out.endswith("\n") else text_out + "\n"


def _cell(value: object, namer: Namer) -> str:
    """A term as people read it: IRIs by prefix, literals without datatype."""
    if value is None:
        return ""
    text = str(getattr(value, "value", value))
    if type(value).__name__ != "NamedNode":
        return text
    for prefix, iri in sorted(namer.prefixes.items(), key=lambda p: -len(p[1])):
        if text.startswith(iri) and "/" not in text[len(iri) :]:
            return f"{prefix}:{text[len(iri) :]}"
    return text


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], widest: int = 60) -> str:
    """A table for a terminal, columns aligned whatever the script; long cells are cut with …

    Args:
        head: names of the columns.
        rows: cells; control characters in them are shown as spaces.
        widest: columns of a terminal that one column of the table takes at most.
    """
    cells = [[_cut(" ".join(str(c).split()), widest) for c in row] for row in [head, *rows]]
    cells = [["".join(ch if ch.isprintable() else " " for ch in c) for c in row] for row in cells]
    widths = [max(_width(row[n]) for row in cells) for n in range(len(head))]

    def line(row: Sequence[str]) -> str:
        padded = (c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True))
        return "  ".join(padded).rstrip()

    rule = "  ".join("─" * w for w in widths)
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([line(cells[0]), rule, *map(line, cells[1:]), count]) + "\n"


def _width(text: str) -> int:
    """Columns of a terminal that a text takes: ideographs take two."""
    from unicodedata import east_asian_width

    return len(text) + sum(east_asian_width(c) in "WF" for c in text)


def _cut(text: str, widest: int) -> str:
    if len(text) * 2 <= widest or _width(text) <= widest:
        return text
    while _width(text) > widest - 1:
        text = text[: max(1, len(text) - max(1, (_width(text) - widest) // 2))]
    return text + "…"
