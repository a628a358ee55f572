"""Commands that draw the graph, and the one that checks it before it is shown."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import choice, in_workspace
from kg.workspace import Workspace


@click.command(epilog="Example: kg view -o graph.html --no-open")
@in_workspace
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--open/--no-open", "show", default=True, help="Open it in the browser.")
def view(workspace: Workspace, output: Path | None, show: bool) -> None:
    """Draw the graph as one self-contained HTML page.

    It works with the network off and holds every claim with its evidence, in four views, which the
    address names behind "#", with whatever else is chosen, so that a link restores them:

    \b
    view=graph       the largest relations; filters; ways between two
    view=loops       money that can come back, as of a day, by state
    view=conflicts   claims that cannot all be true, side by side
    view=table       all claims: sort, filter, save as CSV

    "Tell me the story" walks through the views that kg.toml saves, such as:

    \b
    [[story]]
    title = { en = "The circle", zh-Hans = "循环" }
    text = { en = "Each arrow goes from payer to payee." }
    view = "view=loops&least=completed"
    """
    from kg.graph import KnowledgeGraph
    from kg.site import write_page

    g = KnowledgeGraph(workspace)
    path = (output or workspace.output / "graph.html").resolve()
    write_page(g.corpus, g.ontology, workspace, path)
    click.echo(path)
    if show:
        _open(path)


@click.command(epilog="Example: kg site -o public")
@in_workspace
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path))
@click.option("--open/--no-open", "show", default=False, help="Open it in the browser.")
def site(workspace: Workspace, output: Path | None, show: bool) -> None:
    """Write the static site: the graph, all claims, a page for each entity and source.

    A folder that any web server can serve and that opens by double-click. index.html is the page of
    `kg view` with its views of the graph, loops, conflicts and the table, the view that asks the
    graph in SPARQL, and the story of kg.toml. Beside it are pages of entities, sources, the method
    and downloads. An earlier site in the folder is replaced as a whole; a folder with other files
    is left alone.
    """
    from kg.graph import KnowledgeGraph
    from kg.site import write_site

    g = KnowledgeGraph(workspace)
    folder = (output or workspace.root / "site").resolve()
    write_site(g.corpus, g.ontology, workspace, folder)
    click.echo(folder / "index.html")
    if show:
        _open(folder / "index.html")


@click.command(epilog="Example: kg check --format json")
@in_workspace
@click.option("--format", "fmt", type=choice("text", "json"), default="text", show_default=True)
@click.option(
    "--lexicon", is_flag=True, help="Check the words of extraction alone; needs no build."
)
@click.option(
    "--gold",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Annotated articles: also name patterns that never fire on them.",
)
def check(workspace: Workspace, fmt: str, lexicon: bool, gold: Path | None) -> None:
    """Check the built graph: shapes, quotes, amounts, edges. Exit code 1 when something fails.

    Quotes are compared with their documents, rows with their tables; edges, loops, sums and
    conflicts are worked out anew. Steps of the story in kg.toml may name only what is there:

    \b
    error: story-names-nothing: the view names what the graph does not have
        of        [[story]] 3
        found     loop eb85bac32adb17fb40df

    The words of extraction (ontology/lexicon) are checked too: patterns that are none, that stand
    twice or contradict each other, words that nothing uses.

    Then open the page with `kg view`, choose the view anew, and copy what stands behind "#" in its
    address to `view =`.
    """
    from kg.check import check_graph
    from kg.extract.lint import lint, pattern_count
    from kg.finding import CheckReport
    from kg.rates import load_rates

    ontology = workspace.load_ontology()
    words = tuple(lint(ontology, gold))
    counts = {"patterns": pattern_count(ontology)}
    if not lexicon:
        workspace.require_build()
        graph = check_graph(
            workspace.graph,
            ontology,
            workspace.namer,
            workspace.root,
            load_rates(workspace.rates),
            workspace.story,
        )
        words, counts = (*graph.findings, *words), {**graph.counts, **counts}
    report = CheckReport(words, counts)
    click.echo(report.as_json() if fmt == "json" else report.as_text(), nl=False)
    if not report.ok:
        sys.exit(1)


def _open(path: Path) -> None:
    """Opens a page where there is a screen; elsewhere its path has been printed."""
    import os
    import webbrowser

    if (
        sys.platform in ("darwin", "win32")
        or os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
    ):
        webbrowser.open(path.as_uri())
