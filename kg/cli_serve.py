"""`kg serve`: the graph and its site over HTTP."""

from __future__ import annotations

import filecmp
import signal
import socket
import sys
from pathlib import Path

import click

from kg.cli import in_workspace
from kg.errors import MissingExtra, WorkspaceError
from kg.workspace import Workspace

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


@click.command(epilog="Example: kg serve --port 8080")
@in_workspace
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    default=8321,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0: any free one.",
)
@click.option(
    "--site",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The site to serve. Default: site/ of the workspace, made when it is not there.",
)
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    help="Stop a query after so long.",
)
@click.option(
    "--memory",
    default=256,
    show_default=True,
    type=click.IntRange(16),
    metavar="MIB",
    help="Stop a query that takes more, beyond the graph itself.",
)
@click.option(
    "--max-mib",
    default=8,
    show_default=True,
    type=click.IntRange(1, 1024),
    metavar="MIB",
    help="Cut answers that are longer: they come as 206.",
)
@click.option(
    "--workers",
    default=8,
    show_default=True,
    type=click.IntRange(3, 256),
    help="Queries that run at once, at least three.",
)
@click.option(
    "--slow",
    default=2,
    show_default=True,
    type=click.IntRange(1, 255),
    help="Of these, how many may take longer than a second.",
)
@click.option(
    "--token",
    envvar="KG_SERVE_TOKEN",
    default="",
    metavar="TEXT",
    help="Ask clients for it; better given as the environment variable KG_SERVE_TOKEN.",
)
@click.option(
    "--cors",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin read answers; * for all. May be repeated.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A further name that the server goes by. May be repeated.",
)
@click.option("--log/--no-log", default=True, help="A line of JSON for each request, on stderr.")
def serve(
    workspace: Workspace,
    host: str,
    port: int,
    folder: Path | None,
    timeout: float,
    memory: int,
    max_mib: int,
    workers: int,
    slow: int,
    token: str,
    origins: tuple[str, ...],
    hosts: tuple[str, ...],
    log: bool,
) -> None:
    """Serve the graph: a SPARQL 1.1 endpoint at /sparql, and the site.

    Saved questions are addresses: /questions/funders-of?entity=anthropic&format=csv. Queries only
    read; each runs in a process of its own with a limit of time and memory. A new build is taken
    over while the server runs. Stop it with Ctrl-C.
    """
    from kg.service import CAN_FORK, Limits

    workspace.require_build()
    if not CAN_FORK:
        raise WorkspaceError(
            "kg serve needs Linux, macOS or WSL: its queries run in forked processes"
        )
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError:
        raise MissingExtra("kg serve", "serve") from None
    from kg.pool import Sizes
    from kg.served import Served, start_root

    site = _site(workspace, folder)
    listening = _listen(host, port)
    limits = Limits(timeout, memory << 20)
    # Forked while this process has one thread; the server's libraries come after it.
    root = start_root(workspace, limits)

    from kg.access import Gate
    from kg.server import Settings, create_app

    served = Served(workspace, root, limits, Sizes(workers=workers, slow=min(slow, workers - 1)))
    settings = Settings(max_bytes=max_mib << 20, site=site, origins=origins)
    names = () if host in ("0.0.0.0", "::") and not hosts else {*_LOOPBACK, host.lower(), *hosts}
    app = Gate(create_app(served, settings), names, token, _to_stderr if log else None)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_graceful_shutdown=10,
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        # The server ends by itself on these, and raises them again when it has.
        signal.signal(number, lambda *_: None)
    place = listening.getsockname()
    shown = f"[{place[0]}]" if ":" in place[0] else place[0]
    click.echo(f"http://{shown}:{place[1]}/")
    click.echo(f"SPARQL: http://{shown}:{place[1]}/sparql  Stop: Ctrl-C", err=True)
    if host not in _LOOPBACK and not token:
        click.echo("warning: others can reach this, and no token is asked for", err=True)
    sys.stdout.flush()
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    if not server.started:
        raise WorkspaceError("the server could not start; the reason stands above")


def _site(workspace: Workspace, folder: Path | None) -> Path:
    """The folder of the site, made when there is none."""
    site = (folder or workspace.root / "site").resolve()
    if (site / "index.html").is_file():
        copy = site / "graph.nq"
        if not copy.is_file() or not filecmp.cmp(copy, workspace.graph):
            click.echo(f"warning: {site} is of another graph; renew it with: kg site", err=True)
        return site
    if folder is not None:
        raise WorkspaceError(f"{folder}: no index.html; make a site with: kg site -o {folder}")
    from kg.graph import KnowledgeGraph
    from kg.site import write_site

    click.echo(f"making the site: {site}", err=True)
    g = KnowledgeGraph(workspace)
    write_site(g.corpus, g.ontology, workspace, site)
    return site


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        raise WorkspaceError(
            f"{host}:{port}: cannot listen there: {error}; name another with --port"
        ) from None
    listening.set_inheritable(False)
    return listening


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
