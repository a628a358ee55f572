"""The command line: each command calls one function of the library and prints what it gives.

Results go to stdout, progress and warnings to stderr; the exit code is 0 only on success, 1 when
something is wrong with the data, 2 when the command was called wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from kg import __version__
from kg.errors import KgError
from kg.workspace import Workspace, find_workspace, init_workspace, load_workspace

_F = TypeVar("_F", bound=Callable[..., Any])


class Commands(click.Group):
    """Shows commands in the order of a user's road, and kg's own errors without a traceback."""

    #: Commands of other modules, loaded when called: → the module, and the command before it.
    elsewhere: Mapping[str, tuple[str, str]] = {
        "extract": ("kg.cli_extract:extract", "build"),
        "query": ("kg.cli_query:query", "extract"),
        "questions": ("kg.cli_query:questions", "query"),
        "serve": ("kg.cli_serve:serve", "questions"),
        "loops": ("kg.cli_analysis:loops", "serve"),
        "flows": ("kg.cli_analysis:flows", "loops"),
        "conflicts": ("kg.cli_analysis:conflicts", "flows"),
        "explain": ("kg.cli_analysis:explain", "conflicts"),
        "timeline": ("kg.cli_analysis:timeline", "explain"),
        "stats": ("kg.cli_analysis:stats", "timeline"),
        "diff": ("kg.cli_analysis:diff", "stats"),
        "view": ("kg.cli_pages:view", "diff"),
        "site": ("kg.cli_pages:site", "view"),
        "check": ("kg.cli_pages:check", "site"),
        "eval": ("kg.cli_extract:evaluate", "export"),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = list(self.commands)
        for name, (_, before) in self.elsewhere.items():
            names.insert(names.index(before) + 1, name)
        return names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.elsewhere:
            module, _, name = self.elsewhere[cmd_name][0].partition(":")
            found: click.Command = getattr(import_module(module), name)
            return found
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="kg")
def cli() -> None:
    """Graphs of who funds, lends to, supplies and owns whom, with the evidence of every claim.

    Start with `kg init DIR`, put articles and tables into it, run `kg build`, then `kg view`.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def in_workspace(command: _F) -> _F:
    """Adds -w/--workspace; the command is given the Workspace."""
    return click.option(
        "-w",
        "--workspace",
        metavar="DIR",
        default=".",
        callback=lambda _ctx, _param, value: load_workspace(find_workspace(Path(value))),
        help="A folder with kg.toml, or one below it. Default: here.",
    )(command)


def choice(*names: str) -> click.Choice[str]:
    """One of some words."""
    return click.Choice(names)


def in_language(command: _F) -> _F:
    """Adds --language."""
    return click.option(
        "--language",
        type=choice("en", "zh-Hans", "zh-Hant"),
        default="en",
        show_default=True,
        help="Of names and states.",
    )(command)


@cli.command(epilog="Example: kg init my-graph && cd my-graph && kg build && kg view")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
def init(directory: Path) -> None:
    """Make a new workspace with an example document and table."""
    for path in init_workspace(directory):
        click.echo(path)
    click.echo(f"Next: cd {directory} && kg build && kg view", err=True)


@cli.command(epilog="Example: kg build --strict")
@in_workspace
@click.option("--strict", is_flag=True, help="Publish nothing when any input was refused.")
@click.option("--fresh", is_flag=True, help="Extract every document again.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes that read documents.  [default: one for each core]",
)
@click.option("--format", "fmt", type=choice("text", "json"), default="text", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def build(
    workspace: Workspace, strict: bool, fresh: bool, jobs: int | None, fmt: str, quiet: bool
) -> None:
    """Build the graph from documents and tables."""
    from kg.build import build as run
    from kg.jobs import cores

    with _progress(quiet) as progress:
        report = run(workspace, strict=strict, fresh=fresh, jobs=jobs or cores(), progress=progress)
    if fmt == "json":
        click.echo(report.as_json(), nl=False)
        return
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    for item in report.quarantined[:20]:
        place = item.file if item.line is None else f"{item.file}:{item.line}"
        click.echo(f"refused: {place}: {item.message} [{item.reason}]", err=True)
    if len(report.quarantined) > 20:
        click.echo(f"refused: … {len(report.quarantined) - 20} more", err=True)
    c = report.counts
    click.echo(
        f"{c['claims']} claims ({c['extracted']} read from documents) about {c['entities']} "
        f"entities from {c['sources']} sources, in {c['deals']} deals; "
        f"{len(report.quarantined)} inputs refused"
    )
    click.echo(f"graph:      {workspace.graph}")
    if report.published:
        counts = ", ".join(f"{n} {what}" for what, n in report.published.items())
        click.echo(f"store:      {workspace.keeps.query} (graphs: {counts})")
    click.echo(f"report:     {workspace.output / 'report.json'}")
    if report.quarantined:
        click.echo(f"refused:    {workspace.output / 'quarantine.jsonl'}")


@cli.command(epilog="Example: kg export --format graphml -o money.graphml")
@in_workspace
@click.option(
    "--format",
    "fmt",
    required=True,
    type=choice(
        "nt", "nq", "ttl", "trig", "jsonld", "rdf12", "graphml", "gexf", "csv", "parquet", "ftm"
    ),
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Else stdout")
def export(workspace: Workspace, fmt: str, output: Path | None) -> None:
    """Write the graph in another format."""
    from kg.export import export as run

    workspace.require_build()
    data = run(workspace.graph, workspace.load_ontology(), workspace.namer, fmt)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
        click.echo(output)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Shows the stage on one line of a terminal, and nothing in a log."""
    show = not quiet and sys.stderr.isatty()

    def report(stage: str, done: int, total: int) -> None:
        if show:
            count = f" {done}/{total}" if total > 1 else ""
            click.echo(f"\r\x1b[K{stage}{count}", err=True, nl=False)

    try:
        yield report
    finally:
        if show:
            click.echo("\r\x1b[K", err=True, nl=False)
