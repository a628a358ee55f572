"""The commands that ask: `kg query`, `kg questions`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from kg.cli import choice, in_language, in_workspace
from kg.errors import KgError
from kg.iri import shorten
from kg.printing import as_json, text_table
from kg.workspace import Workspace, find_workspace, load_workspace

if TYPE_CHECKING:
    from kg.questions import Question

#: Rows of a table in the terminal, unless asked otherwise.
MOST_ROWS = 1000


def _questions(workspace: Workspace) -> dict[str, Question]:
    from kg.questions import load_questions

    return load_questions(workspace.ontology_folder / "questions")


def _here(ctx: click.Context) -> Workspace:
    """The workspace that a half-typed command line means."""
    given = ctx.params.get("workspace")
    return given if isinstance(given, Workspace) else load_workspace(find_workspace(Path()))


def _complete_text(ctx: click.Context, _param: object, incomplete: str) -> list[CompletionItem]:
    """The names of the saved questions."""
    try:
        found = _questions(_here(ctx))
    except KgError:
        return []
    return [
        CompletionItem(n, help=q.title("en")) for n, q in found.items() if n.startswith(incomplete)
    ]


def _complete_value(ctx: click.Context, _param: object, incomplete: str) -> list[CompletionItem]:
    """--NAME of a question's parameters; after it, the entities that begin like this."""
    try:
        workspace = _here(ctx)
        question = _questions(workspace).get(ctx.params.get("text") or "")
    except KgError:
        return []
    if question is None:
        return []
    before = (ctx.params.get("parameters") or ("",))[-1]
    names = [p.name for p in question.params]
    name, equals, start = incomplete.partition("=")
    if before.startswith("--") and before[2:] in names:
        name, head, start = before[2:], "", incomplete
    elif equals:
        head = name + "="
    else:
        options = [(f"--{p.name}", p.meanings.get("en", "")) for p in question.params]
        return [CompletionItem(o, help=h) for o, h in options if o.startswith(incomplete)]
    wanted = next((p for p in question.params if p.name == name), None)
    if wanted is None or not wanted.default.startswith("d:"):
        return []
    return [CompletionItem(head + i, help=label) for i, label in _entities(workspace, start)]


def _entities(workspace: Workspace, start: str) -> Iterator[tuple[str, str]]:
    """Entities whose id begins so, with their English name."""
    from kg.engines import open_engine
    from kg.query import Query, ask

    base = workspace.namer.iri("d", "")
    text = "SELECT ?e ?l { ?e skos:prefLabel ?l FILTER(LANG(?l) = 'en') } ORDER BY ?e"
    try:
        rows = ask(open_engine(workspace), Query(text=text), workspace.namer)
        for row in rows:
            local = row["e"].value.removeprefix(base)
            if local.startswith(start):
                yield local, row["l"].value
    except KgError:
        return


class _QueryCommand(click.Command):
    """`kg query QUESTION --NAME VALUE`: a question's parameters are its options."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        own = _complete_value(ctx, None, incomplete) if incomplete.startswith("-") else []
        return own + super().shell_complete(ctx, incomplete)


@click.command(
    cls=_QueryCommand,
    context_settings={"ignore_unknown_options": True},
    epilog="Example: kg query 'SELECT ?who ?whom { ?who kg:investsIn ?whom }'",
)
@click.argument("text", required=False, shell_complete=_complete_text)
@click.argument(
    "parameters",
    nargs=-1,
    type=click.UNPROCESSED,
    metavar="[--NAME VALUE]...",
    shell_complete=_complete_value,
)
@click.option("-f", "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_workspace
@click.option(
    "--format",
    "fmt",
    type=choice("table", "csv", "tsv", "json", "xml", "ttl", "nt", "rdfxml", "jsonld"),
    help="Default: table, or ttl for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(0),
    help=f"Cut longer answers, and say so. Default: {MOST_ROWS} for tables, else 0: no limit.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop after so long; 0: never.",
)
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=1024,
    show_default=True,
    metavar="MIB",
    help="Stop when it takes more; 0: no limit.",
)
@click.option("--explain", is_flag=True, help="Show the plan, what each pattern matches, the time.")
def query(
    text: str | None,
    parameters: tuple[str, ...],
    file: Path | None,
    workspace: Workspace,
    fmt: str | None,
    max_rows: int | None,
    timeout: float,
    memory: int,
    explain: bool,
) -> None:
    """Ask the graph: SPARQL, a file, or the name of a saved question.

    The prefixes kg, d (entities), c (claims), s (sources), rdf, rdfs, skos, prov, oa, dct, xsd and
    a few more are known. Questions take parameters: kg query funders-of --entity anthropic
    """
    from kg.service import Limits, ask_apart

    workspace.require_store()
    if (text is None) == (file is None):
        raise click.UsageError("give a query, a question's name, or -f FILE")
    text = _text(workspace, text, file, parameters)
    engine = _engine(workspace)
    if explain:
        from kg.plan import explain as explained

        click.echo(explained(engine(), text, workspace.namer), nl=False)
        return
    limits = Limits(timeout, memory << 20)
    run = partial(ask_apart, engine, namer=workspace.namer, limits=limits)
    asked = _query(text, fmt, max_rows)
    if fmt in (None, "table"):
        pieces: list[bytes] = []
        done = run(asked, write=pieces.append)
        answer = b"".join(pieces)
        if done.kind == "rows":
            click.echo(_table(answer, workspace), nl=False)
        else:
            click.echo(answer.decode().rstrip("\n"))
    else:
        out = _Lines()
        done = run(asked, write=out.write)
        out.close()
    if done.cut is not None:
        click.echo(f"cut: the first {done.cut:,} only; for all of them: --max-rows 0", err=True)


class _Lines:
    """Bytes to stdout as they come, with an end of line at the end."""

    def __init__(self) -> None:
        self.out = sys.stdout.buffer
        self.last = b""

    def write(self, data: bytes) -> None:
        if data:
            self.out.write(data)
            self.last = data[-1:]

    def close(self) -> None:
        if self.last not in (b"", b"\n"):
            self.out.write(b"\n")
        self.out.flush()


def _query(text: str, fmt: str | None, max_rows: int | None) -> Any:
    """The query with the format that fits whichever kind of answer comes."""
    from kg.answer import ROWS
    from kg.query import Query

    if fmt in (None, "table"):
        rows, triples = "tsv", "" if fmt else "ttl"
        most = MOST_ROWS if max_rows is None else max_rows
    else:
        rows, triples = (fmt, "") if fmt in ROWS else ("", fmt)
        most = max_rows or 0
        if fmt == "xml":
            triples = "rdfxml"
    return Query(text=text, rows=rows, triples=triples, max_rows=most)


def _engine(workspace: Workspace) -> Any:
    from kg.engines import open_engine

    return partial(open_engine, workspace)


def _text(
    workspace: Workspace, text: str | None, file: Path | None, parameters: Sequence[str]
) -> str:
    """The SPARQL that is meant."""
    from kg.questions import bind

    if file is not None:
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{file}: expected UTF-8: {error}") from None
    assert text is not None
    given = dict(_parameters(parameters))
    if "{" not in text:
        found = _questions(workspace)
        if text not in found:
            raise click.ClickException(
                f"no question {text!r}, and no query either; list them with: kg questions"
            )
        return bind(found[text], given, workspace.namer)
    if given:
        raise click.UsageError("parameters belong to saved questions")
    return text


def _parameters(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """--NAME VALUE, --NAME=VALUE or NAME=VALUE."""
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not equals:
            if not word.startswith("--"):
                raise click.UsageError(f"{word!r}: expected --NAME VALUE or NAME=VALUE")
            value = next(rest, "")
            if not value:
                raise click.UsageError(f"{word}: expected a value behind it")
        yield name, value


def _table(answer: bytes, workspace: Workspace) -> str:
    """Rows in TSV as a table for a terminal."""
    import pyoxigraph as ox

    rows = ox.parse_query_results(answer, ox.QueryResultsFormat.TSV)
    assert isinstance(rows, ox.QuerySolutions)
    prefixes = workspace.namer.prefixes
    head = [v.value for v in rows.variables]
    return text_table(head, [[_cell(value, prefixes) for value in row] for row in rows])


def _cell(value: object, prefixes: Mapping[str, str]) -> str:
    """A term as people read it: IRIs by prefix, literals without datatype."""
    if value is None:
        return ""
    text = str(getattr(value, "value", value))
    return shorten(text, prefixes) if type(value).__name__ == "NamedNode" else text


@click.command(epilog="Example: kg questions funders-of --language zh-Hans")
@click.argument("name", required=False, shell_complete=_complete_text)
@in_workspace
@in_language
@click.option("--format", "fmt", type=choice("table", "json"), default="table", show_default=True)
def questions(name: str | None, workspace: Workspace, language: str, fmt: str) -> None:
    """List the saved questions; with a NAME, tell all about one."""
    found = _questions(workspace)
    if name is not None and name not in found:
        raise click.ClickException(f"no question {name!r}; list them with: kg questions")
    if fmt == "json":
        rows = [q.as_dict() for q in found.values()]
        shown = rows if name is None else found[name].as_dict() | {"query": found[name].text}
        click.echo(as_json(shown), nl=False)
    elif name is not None:
        click.echo(_told(found[name], language), nl=False)
    else:
        table = [
            (q.name, q.title(language), " ".join(f"{p.name}={p.default}" for p in q.params))
            for q in found.values()
        ]
        click.echo(text_table(("question", "asks", "parameters"), table), nl=False)


def _told(question: Question, language: str) -> str:
    """What a question asks, what its parameters mean, and its query."""
    texts = question.descriptions
    lines = [question.title(language), texts.get(language) or texts.get("en") or "", ""]
    for p in question.params:
        meaning = p.meanings.get(language) or p.meanings.get("en") or ""
        lines.append(f"--{p.name}  {meaning} [default: {p.default}]")
    query = "\n".join(x for x in question.text.splitlines() if not x.startswith("#"))
    return "\n".join([*lines, "", query.strip()]) + "\n"
