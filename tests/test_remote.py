"""Stores elsewhere: what a build sends, what is said when it goes wrong, what is believed."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.build import build
from kg.cli import cli
from kg.errors import BuildError, KgError, QueryError, WorkspaceError
from kg.iri import Namer
from kg.query import Query, ask
from kg.remote import Published, RemoteEngine, _delete, _put, publish
from kg.workspace import StoreSettings, Workspace, init_workspace, load_workspace
from tests.stores import oxigraph_server

NAMER = Namer()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSettings]:
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as found:
        yield found


def quads(path: Path, **graphs: int) -> Path:
    """A file of quads: graph → number of triples."""
    lines = [
        f"<x:s> <x:p> <x:{name}-{n}> <x:{name}> .\n" for name, k in graphs.items() for n in range(k)
    ]
    path.write_text("".join(sorted(lines)))
    return path


def sizes(settings: StoreSettings) -> dict[str, int]:
    """Graph → number of triples, the note of what was published left out."""
    rows = RemoteEngine(settings).query(
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", union=True
    )
    found = {row["g"].value: int(row["n"].value) for row in rows}
    return {name: n for name, n in found.items() if not name.endswith("manifest")}


def test_only_what_changed_is_sent(settings: StoreSettings, tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    assert publish(settings, quads(file, a=3, b=2), NAMER) == Published(2, 0, 0)
    assert sizes(settings) == {"x:a": 3, "x:b": 2}
    assert publish(settings, file, NAMER) == Published(0, 0, 2)
    assert publish(settings, quads(file, a=3, b=1, c=1), NAMER) == Published(2, 0, 1)
    assert sizes(settings) == {"x:a": 3, "x:b": 1, "x:c": 1}
    assert publish(settings, quads(file, a=3), NAMER) == Published(0, 2, 1)
    assert sizes(settings) == {"x:a": 3}


def test_graphs_of_others_are_left_alone(settings: StoreSettings, tmp_path: Path) -> None:
    client = RemoteEngine(settings).client
    theirs = {"graph": "x:theirs"}
    client.send(
        "PUT",
        settings.graphs,
        params=theirs,
        data=b"<x:a> <x:b> <x:c> .\n",
        headers={"Content-Type": "application/n-triples"},
    )
    publish(settings, quads(tmp_path / "graph.nq", a=1), NAMER)
    assert sizes(settings)["x:theirs"] == 1
    client.send("DELETE", settings.graphs, params=theirs)


def test_a_build_that_was_cut_off_is_put_right(
    settings: StoreSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "graph.nq"
    publish(settings, quads(file, a=1, b=1), NAMER)
    import kg.remote

    real, sent = kg.remote._put, []

    def fails(client: object, url: str, name: str, data: bytes) -> None:
        sent.append(name)
        if len(sent) > 2:
            raise BuildError("the connection broke")
        real(client, url, name, data)  # type: ignore[arg-type]

    monkeypatch.setattr("kg.remote._put", fails)
    with pytest.raises(BuildError, match="broke"):
        publish(settings, quads(file, a=2, c=2, d=2), NAMER)
    monkeypatch.undo()
    publish(settings, quads(file, a=2), NAMER)
    assert sizes(settings) == {"x:a": 2}


def test_a_workspace_is_built_into_it_and_asked(settings: StoreSettings, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    CliRunner().invoke(cli, ["init", str(folder)])
    config = folder / "kg.toml"
    text = config.read_text("utf-8")
    store = f'[workspace]\nstore = "sparql+{settings.query}"'
    text = text.replace("[workspace]", store, 1) + f'\n[store]\ngraphs = "{settings.graphs}"\n'
    config.write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["build", "-w", str(folder)])
    assert result.exit_code == 0, result.output
    assert f"{settings.query} (graphs: " in result.output
    assert not (folder / "build" / "store").exists()
    result = CliRunner().invoke(cli, ["build", "-w", str(folder)])
    assert "(graphs: 0 put, 0 deleted, " in result.output
    shutil.rmtree(folder / "build")  # who asks need not have built
    text = "SELECT ?a ?b WHERE { ?a kg:supplies ?b }"
    result = CliRunner().invoke(cli, ["query", text, "-w", str(folder)])
    assert "d:larkfield" in result.output
    result = CliRunner().invoke(
        cli, ["query", "funders-of", "--entity", "larkfield", "-w", str(folder)]
    )
    assert result.exit_code == 0, result.output
    opened = kg.open(str(folder))
    assert len(opened.query(text)) > 0
    assert len(set(opened.graph.subjects())) > 10
    with pytest.raises(WorkspaceError, match="kg build"):
        opened.claims()


def remote_workspace(folder: Path, more: str) -> Workspace:
    """The example workspace over a store elsewhere, at an address where nothing is."""
    init_workspace(folder)
    config = folder / "kg.toml"
    store = '[workspace]\nstore = "sparql+http://127.0.0.1:9/sparql"'
    text = config.read_text("utf-8").replace("[workspace]", store, 1)
    config.write_text(f"{text}\n{more}", "utf-8")
    return load_workspace(folder)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("", r"\[store\] graphs ="),
        (
            '[store]\ngraphs = "http://127.0.0.1:9/"\nauth = "bearer"\ntoken_env = "KG_NO_SUCH"',
            "KG_NO_SUCH",
        ),
    ],
)
def test_what_cannot_be_published_is_not_built(tmp_path: Path, more: str, says: str) -> None:
    workspace = remote_workspace(tmp_path / "w", more)
    with pytest.raises(KgError, match=says):
        build(workspace)
    assert not workspace.output.exists()


def test_what_was_not_published_is_built_all_the_same(tmp_path: Path) -> None:
    workspace = remote_workspace(tmp_path / "w", '[store]\ngraphs = "http://127.0.0.1:9/"')
    with pytest.raises(BuildError, match="is it running") as caught:
        build(workspace)
    assert f"{workspace.graph} is built; the store is not up to date" in str(caught.value)
    assert workspace.graph.exists()


def test_a_workspace_in_memory_needs_no_store(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    CliRunner().invoke(cli, ["init", str(folder)])
    config = folder / "kg.toml"
    config.write_text(
        config.read_text("utf-8").replace("[workspace]", '[workspace]\nstore = "memory"', 1),
        "utf-8",
    )
    assert CliRunner().invoke(cli, ["build", "-q", "-w", str(folder)]).exit_code == 0
    assert not (folder / "build" / "store").exists()
    result = CliRunner().invoke(cli, ["query", "ASK { ?a kg:supplies ?b }", "-w", str(folder)])
    assert "true" in result.output


Answer = tuple[int, dict[str, str], bytes]
#: The headers of what the server below was asked.
HEARD: list[Message] = []


@pytest.fixture
def pretender() -> Iterator[Callable[[Answer], StoreSettings]]:
    """A server that answers what a test says, whatever it is asked."""
    held: list[Answer] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            HEARD.append(self.headers)
            status, headers, body = held[-1]
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_PUT = do_DELETE = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/sparql"

    def answers(answer: Answer) -> StoreSettings:
        held.append(answer)
        return StoreSettings(kind="sparql", query=url, graphs=url)

    yield answers
    server.shutdown()


JSON = {"Content-Type": "application/sparql-results+json"}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((500, {"Content-Type": "text/html"}, b"<h1>Out of\n order</h1>"), "500: <h1>Out of order"),
        ((401, {}, b""), "answered 401"),
        ((200, {"Content-Type": "text/html"}, b"<p>Welcome"), "expected results of SPARQL"),
        ((200, {}, b"{}"), "of no type"),
        ((200, JSON, b"{ nonsense"), "cannot be read"),
        ((401, {}, b""), r"\[store\] auth, user, password_env"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "points to http://127.0.0.1:9/"),
        ((206, JSON, b"{}"), "answered 206"),
        ((200, {**JSON, "X-SPARQL-MaxRows": "10000"}, b"{}"), "stopped after 10000 rows"),
        ((200, {**JSON, "X-SQL-State": "S1TAT"}, b"{}"), "a part of the answer only"),
    ],
)
def test_an_answer_that_is_none_is_told(
    pretender: Callable[[Answer], StoreSettings], answer: Answer, says: str
) -> None:
    engine = RemoteEngine(pretender(answer))
    with pytest.raises(QueryError, match=says):
        ask(engine, Query(text="SELECT * { ?s ?p ?o }"), NAMER)


def test_an_endless_answer_is_not_read_to_its_end(
    pretender: Callable[[Answer], StoreSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.remote.MOST", 1000)
    engine = RemoteEngine(pretender((200, JSON, b" " * 100_000)))
    with pytest.raises(WorkspaceError, match="longer than 1,000 bytes"):
        ask(engine, Query(text="ASK {}"), NAMER)


def test_a_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.remote._WAIT", (1, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/sparql"
        with pytest.raises(WorkspaceError, match="timed out"):
            ask(RemoteEngine(StoreSettings(kind="sparql", query=url)), Query(text="ASK {}"), NAMER)


@pytest.mark.parametrize("status", [400, 401, 403, 405, 413, 500])
def test_a_graph_that_is_not_taken_is_named(
    pretender: Callable[[Answer], StoreSettings], status: int
) -> None:
    settings = pretender((status, {}, b"<p>no\n"))
    with pytest.raises(BuildError, match=f"PUT of the graph x:a: .* answered {status}: <p>no"):
        _put(RemoteEngine(settings).client, settings.graphs, "x:a", b"")
    with pytest.raises(BuildError, match=f"DELETE of the graph x:a: .* answered {status}"):
        _delete(RemoteEngine(settings).client, settings.graphs, "x:a")


def test_a_secret_is_sent_to_the_store_and_shown_nowhere(
    pretender: Callable[[Answer], StoreSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TEST_TOKEN", "a-secret")
    settings = replace(pretender((403, {}, b"no")), auth="bearer", secret_env="KG_TEST_TOKEN")
    with pytest.raises(QueryError) as caught:
        ask(RemoteEngine(settings), Query(text="ASK {}"), NAMER)
    assert "a-secret" not in str(caught.value)
    assert HEARD[-1]["Authorization"] == "Bearer a-secret"


def test_a_store_that_takes_no_graphs(
    pretender: Callable[[Answer], StoreSettings], tmp_path: Path
) -> None:
    none = (200, JSON, b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}')
    file = quads(tmp_path / "graph.nq", a=1)
    settings = pretender(none)
    with pytest.raises(BuildError, match="graphs ="):
        publish(replace(settings, graphs=""), file, NAMER)


def test_a_store_that_is_not_there() -> None:
    engine = RemoteEngine(StoreSettings(kind="sparql", query="http://127.0.0.1:9/sparql"))
    with pytest.raises(WorkspaceError, match=r"is it running\? kg.toml"):
        ask(engine, Query(text="ASK {}"), NAMER)


@pytest.mark.parametrize(
    "text",
    [
        "DEFINE input:inference 'x' ASK {}",
        "SELECT bif:exit() { }",
        "SELECT (<http://127.0.0.1/f>() AS ?x) { }",
        "SELECT (IF(true, 1, <bif:http_get>('http://127.0.0.1/')) AS ?x) { }",
        r"SELECT (IF(true, 1, <\u0062if:exec>('x')) AS ?x) { }",
        "PREFIX f: <sql:> SELECT * { VALUES ?x {} BIND(f:anything() AS ?y) }",
        "SELECT * { ?s <bif:contains> 'x' }",
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }",
        "INSERT DATA { <x:a> <x:b> <x:c> }",
    ],
)
def test_commands_of_other_servers_are_not_sent(
    pretender: Callable[[Answer], StoreSettings], text: str
) -> None:
    engine = RemoteEngine(pretender((500, {}, b"")))
    HEARD.clear()
    with pytest.raises(QueryError) as caught:
        ask(engine, Query(text=text), NAMER)
    assert not HEARD or "FROM" in text, caught.value  # whether it is a graph of ours was asked


def test_a_secret_stands_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = StoreSettings(
        kind="sparql", query="http://127.0.0.1:9/", auth="basic", user="u", secret_env="KG_NO_SUCH"
    )
    with pytest.raises(WorkspaceError, match="KG_NO_SUCH"):
        RemoteEngine(settings)
    monkeypatch.setenv("KG_NO_SUCH", "密码")
    assert RemoteEngine(settings).client.session.auth is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[workspace]\nstore = "mysql"', "oxigraph"),
        ('[workspace]\nstore = "sparql+ftp://x/"', "with http"),
        ('[workspace]\nstore = "sparql+"', "with http"),
        ('[workspace]\nstore = "sparql+http://[x/"', "with http"),
        ('[workspace]\nstore = "sparql+http://x:99999/"', "with http"),
        ('[workspace]\nstore = "sparql+http://x/"\n[store]\ngraphs = 3', "text in quotes"),
        ('[workspace]\nstore = "sparql+http://x/"\n[store]\nuser = "u"', "user without auth"),
        (
            '[workspace]\nstore = "sparql+http://x/"\n[store]\nauth = "bearer"\npassword_env = "P"',
            "expected token_env",
        ),
        (
            '[workspace]\nstore = "sparql+http://x/"\n[store]\nauth = "basic"\npassword_env = "P"',
            "expected password_env, user",
        ),
        ('store = "memory"', r"expected a section \[store\]"),
        ('[workspace]\nstore = "sparql+http://u:p@x/"', "password_env"),
        ('[workspace]\nstore = "sparql+http://x/"\n[store]\nauth = "magic"', "digest"),
        ('[workspace]\nstore = "sparql+http://x/"\n[store]\nauth = "basic"', "password_env"),
        ('[workspace]\nstore = "sparql+http://x/"\n[store]\npassword = "p"', "unknown key"),
        ('[store]\ngraphs = "http://x/"', "belongs to"),
    ],
)
def test_what_kg_toml_says_wrongly_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "kg.toml").write_text(text, "utf-8")
    with pytest.raises(KgError, match=says):
        load_workspace(tmp_path)
