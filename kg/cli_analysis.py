"""The commands that tell what was worked out: loops, conflicts, explain, timeline, stats, diff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from kg.cli import choice, in_language, in_workspace
from kg.graph import KnowledgeGraph
from kg.printing import as_json, as_rows, write
from kg.workspace import Workspace


def day(_ctx: click.Context, _param: click.Parameter, value: datetime | None) -> date | None:
    """A day without its hour."""
    return value.date() if value else None


@click.command(epilog="Example: kg loops --as-of 2025-12-31 --status committed --entity nvidia")
@in_workspace
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), callback=day, help="What was told by this day."
)
@click.option("--status", default="", help="What a deal must have come to at least: announced …")
@click.option(
    "--max-length", type=click.IntRange(2, 12), default=6, show_default=True, help="Most hops."
)
@click.option(
    "--min-length", type=click.IntRange(2, 12), default=2, show_default=True, help="Fewest hops."
)
@click.option("--entity", multiple=True, help="Only loops through this party; can be repeated.")
@click.option("--group", is_flag=True, help="Take parts of a company for the company.")
@click.option("--without", multiple=True, metavar="DEAL", help="As if this deal had lapsed.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="0: all.")
@click.option("--evidence", is_flag=True, help="Show every hop with its deals and best quote.")
@click.option("--actors", is_flag=True, help="How much of what each party pays can come back.")
@in_language
@click.option(
    "--format",
    "fmt",
    type=choice("table", "json", "csv", "svg"),
    default="table",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Else stdout")
def loops(
    workspace: Workspace,
    as_of: date | None,
    status: str,
    max_length: int,
    min_length: int,
    entity: tuple[str, ...],
    group: bool,
    without: tuple[str, ...],
    limit: int,
    evidence: bool,
    actors: bool,
    language: str,
    fmt: str,
    output: Path | None,
) -> None:
    """Show money that can come back to whoever paid it.

    A loop is worth its narrowest hop, here in US dollars, for money that has come at least as far
    as each state: announced, committed, completed.
    """
    from kg.lookup import find_entity, find_thing

    g = KnowledgeGraph(workspace)
    gone = [find_thing(g.analysis, w) for w in without]
    if wrong := [i for kind, i in gone if kind != "deal"]:
        raise click.UsageError(f"--without {wrong[0]}: expected a deal; kg timeline shows them")
    options: dict[str, Any] = {
        "as_of": as_of,
        "status": status,
        "group": group,
        "without": frozenset(i for _, i in gone),
    }
    found = g.loops(max_length=max_length, **options)
    if actors:
        _tell_actors(g, g.actors(found, **options), language, fmt, output)
        return
    parties = [find_entity(g.corpus, e) for e in entity]
    ranked = [
        (n, loop)
        for n, loop in enumerate(found, 1)
        if len(loop.hops) >= min_length and all(p in loop.parties for p in parties)
    ]
    shown = ranked[:limit] if limit else ranked
    teller = g.teller(language)
    if fmt == "json":
        write(as_json([teller.loop(n, loop) for n, loop in shown]), output)
    elif fmt == "svg":
        from kg.picture import loops_picture

        write(loops_picture(teller, shown), output)
    elif evidence and fmt == "table":
        from kg.lines import loop_lines

        blocks = ("\n".join(loop_lines(teller, n, loop)) + "\n" for n, loop in shown)
        write("\n".join(blocks), output)
    else:
        from kg.rows import loop_rows

        write(as_rows(*loop_rows(teller, shown), fmt), output)
    trips = sum(len(loop.hops) == 2 for _, loop in ranked)
    click.echo(
        f"{len(shown)} of {len(ranked)} loops shown; {trips} of them are round trips of two; "
        "sums are what can go round at most, in US dollars",
        err=True,
    )


@click.command(epilog="Example: kg flows openai --as-of 2025-12-31")
@in_workspace
@click.argument("entity", required=False, default="")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), callback=day, help="What was told by this day."
)
@click.option("--group", is_flag=True, help="Take parts of a company for the company.")
@click.option("--limit", type=click.IntRange(0), default=0, help="Show so many; 0: all.")
@in_language
@click.option(
    "--format", "fmt", type=choice("table", "json", "csv"), default="table", show_default=True
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Else stdout")
def flows(
    workspace: Workspace,
    entity: str,
    as_of: date | None,
    group: bool,
    limit: int,
    language: str,
    fmt: str,
    output: Path | None,
) -> None:
    """Tell who pays whom over all their deals, by the state of the money, in US dollars.

    ENTITY, an id or any name, keeps the payments by it and to it.
    """
    from kg.lookup import find_entity
    from kg.rows import flow_rows

    g = KnowledgeGraph(workspace)
    party = find_entity(g.corpus, entity) if entity else ""
    found = [
        f for f in g.flows(as_of=as_of, group=group) if not party or party in (f.payer, f.payee)
    ]
    shown = found[:limit] if limit else found
    teller = g.teller(language)
    if fmt == "json":
        write(as_json([teller.flow(f) for f in shown]), output)
    else:
        write(as_rows(*flow_rows(teller, shown), fmt), output)
    click.echo(f"{len(shown)} of {len(found)} pairs of parties shown", err=True)


@click.command(epilog="Example: kg conflicts --kind sums --entity stargate")
@in_workspace
@click.option("--kind", default="", help="sums, statuses, denial, roles, holders or figures.")
@click.option("--entity", default="", help="Only conflicts about this.")
@click.option("--open", "undecided", is_flag=True, help="Only those that no decision settles.")
@click.option("--limit", type=click.IntRange(0), default=0, help="Show so many; 0: all.")
@in_language
@click.option(
    "--format",
    "fmt",
    type=choice("text", "table", "json", "csv"),
    default="text",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Else stdout")
def conflicts(
    workspace: Workspace,
    kind: str,
    entity: str,
    undecided: bool,
    limit: int,
    language: str,
    fmt: str,
    output: Path | None,
) -> None:
    """Show claims that cannot all be true, side by side."""
    from kg.conflicts import parties
    from kg.lines import conflict_lines
    from kg.lookup import find_entity
    from kg.rows import conflict_rows

    g = KnowledgeGraph(workspace)
    kinds = g.ontology.conflicts
    if kind and kind not in kinds:
        raise click.UsageError(f"--kind {kind}: expected one of {', '.join(kinds)}")
    about = find_entity(g.corpus, entity) if entity else ""
    ranked = [
        (n, c)
        for n, c in enumerate(g.conflicts(), 1)
        if (not kind or c.kind == kind)
        and (not about or about in parties(c, g.analysis.by_id))
        and not (undecided and c.decided)
    ]
    shown = ranked[:limit] if limit else ranked
    teller = g.teller(language)
    if fmt == "json":
        write(as_json([teller.conflict(n, c) for n, c in shown]), output)
    elif fmt == "text":
        blocks = ("\n".join(conflict_lines(teller, n, c)) + "\n" for n, c in shown)
        write("\n".join(blocks), output)
    else:
        write(as_rows(*conflict_rows(teller, shown), fmt), output)
    click.echo(f"{len(shown)} of {len(ranked)} conflicts shown", err=True)


@click.command(epilog="Example: kg explain c0049")
@in_workspace
@click.argument("thing")
@in_language
@click.option("--format", "fmt", type=choice("text", "json"), default="text", show_default=True)
def explain(workspace: Workspace, thing: str, language: str, fmt: str) -> None:
    """Say why: a deal, a claim, a loop or a conflict.

    THING is an id or its beginning, as the other commands show it, or the id of a table's row.
    """
    from kg.lines import claim_lines, conflict_lines, deal_lines, loop_lines

    g = KnowledgeGraph(workspace)
    kind, found = g.find(thing)
    if fmt == "json":
        write(as_json(g.explain(thing, language)), None)
        return
    teller = g.teller(language)
    if kind == "deal":
        lines: Iterable[str] = deal_lines(teller, found)
    elif kind == "claim":
        lines = claim_lines(teller, teller.get(found))
    elif kind == "loop":
        lines = next(
            loop_lines(teller, n, x) for n, x in enumerate(g.analysis.loops, 1) if x.id == found
        )
    else:
        lines = next(
            conflict_lines(teller, n, x)
            for n, x in enumerate(g.analysis.conflicts, 1)
            if x.id == found
        )
    click.echo("\n".join(lines))


@click.command(epilog="Example: kg timeline OpenAI --from 2025-01-01")
@in_workspace
@click.argument("entity")
@click.option(
    "--from", "start", type=click.DateTime(["%Y-%m-%d"]), callback=day, help="The first day."
)
@click.option(
    "--until", "end", type=click.DateTime(["%Y-%m-%d"]), callback=day, help="The last day."
)
@in_language
@click.option(
    "--format", "fmt", type=choice("table", "json", "csv"), default="table", show_default=True
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Else stdout")
def timeline(
    workspace: Workspace,
    entity: str,
    start: date | None,
    end: date | None,
    language: str,
    fmt: str,
    output: Path | None,
) -> None:
    """Tell what happened to a party or a project: its deals' stages, its figures, denials.

    ENTITY is an id, a name or an alias, in any script.
    """
    from kg.rows import event_rows

    g = KnowledgeGraph(workspace)
    events = [
        e
        for e in g.timeline(entity)
        if (start is None or (e.day is not None and e.day >= start))
        and (end is None or (e.day is not None and e.day <= end))
    ]
    teller = g.teller(language)
    if fmt == "json":
        write(as_json([teller.event(e) for e in events]), output)
    else:
        write(as_rows(*event_rows(teller, events), fmt), output)


@click.command(epilog="Example: kg stats --format json")
@in_workspace
@in_language
@click.option("--format", "fmt", type=choice("text", "json"), default="text", show_default=True)
def stats(workspace: Workspace, language: str, fmt: str) -> None:
    """Count what the graph holds, and how well it is documented."""
    from kg.lines import stats_lines

    g = KnowledgeGraph(workspace)
    if fmt == "json":
        click.echo(as_json(g.teller(language).stats()), nl=False)
    else:
        click.echo("\n".join(stats_lines(g.teller(language))))


@click.command(epilog="Example: kg diff before.nq (a copy of build/graph.nq, made before kg build)")
@in_workspace
@click.argument("before", type=click.Path(exists=True, path_type=Path))
@click.argument("after", required=False, type=click.Path(exists=True, path_type=Path))
@in_language
@click.option("--format", "fmt", type=choice("text", "json"), default="text", show_default=True)
def diff(workspace: Workspace, before: Path, after: Path | None, language: str, fmt: str) -> None:
    """Say what changed from one build to another: what a new document brought.

    BEFORE and AFTER are graphs (graph.nq), or folders that hold one; AFTER is this workspace's
    build when it is left out. Exit code 0 whether they differ or not.
    """
    from kg.lines import diff_lines

    g = KnowledgeGraph(workspace)
    old, new = g.read(before), g.read(after) if after else g.analysis
    change = g.diff(old, new)
    if fmt == "json":
        click.echo(as_json(g.teller(language).diff(change)), nl=False)
    else:
        tellers = g.teller(language, old), g.teller(language, new)
        click.echo("\n".join(diff_lines(*tellers, change)))


def _tell_actors(
    g: KnowledgeGraph, found: Sequence[Any], language: str, fmt: str, output: Path | None
) -> None:
    from kg.rows import actor_rows

    teller = g.teller(language)
    if fmt == "svg":
        raise click.UsageError("--actors has no picture; use table, csv or json")
    if fmt == "json":
        write(as_json([teller.actor(a) for a in found]), output)
    else:
        write(as_rows(*actor_rows(teller, found), fmt), output)
