"""`kg serve` from outside: the protocol, formats, errors, addresses, caching, who may ask."""

from __future__ import annotations

import gzip
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from tests.serving import Reply, Server, serving

ROWS = "SELECT ?a ?b WHERE { ?a kg:supplies ?b } ORDER BY ?a ?b"
GRAPH = "CONSTRUCT WHERE { ?a kg:supplies ?b }"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workspace, built, with a small site."""
    folder = tmp_path_factory.mktemp("serve") / "w"
    for arguments in (["init", str(folder)], ["build", "-q", "-w", str(folder)]):
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output
    (folder / "site" / "entity").mkdir(parents=True)
    (folder / "site" / "index.html").write_text("<title>the site</title>")
    (folder / "site" / "entity" / "larkfield.html").write_text("<title>Larkfield</title>")
    return folder


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("log") / "stderr"
    with serving(built, log, "--timeout", "5", "--max-mib", "1") as running:
        yield running


def test_three_ways_of_asking(server: Server) -> None:
    by_get, by_post, by_form = server.ask(ROWS), server.post(ROWS), server.form(query=ROWS)
    assert by_get.status == by_post.status == by_form.status == 200
    assert by_get.rows == by_post.rows == by_form.rows != []


@pytest.mark.parametrize(
    ("accept", "media_type", "begins"),
    [
        ("", "application/sparql-results+json", "{"),
        ("*/*", "application/sparql-results+json", "{"),
        ("application/json", "application/sparql-results+json", "{"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("application/xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv; charset=utf-8", "a,b"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?a\t?b"),
        (
            "text/csv;q=0.1, text/tab-separated-values;q=0.9",
            "text/tab-separated-values; charset=utf-8",
            "?a",
        ),
        ("text/html, */*;q=0.1", "application/sparql-results+json", "{"),
    ],
)
def test_rows_in_the_format_asked_for(
    server: Server, accept: str, media_type: str, begins: str
) -> None:
    reply = server.ask(ROWS, Accept=accept)
    assert (reply.status, reply.headers["content-type"]) == (200, media_type)
    assert reply.text.startswith(begins)


@pytest.mark.parametrize(
    ("accept", "media_type", "format_"),
    [
        ("", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_graphs_in_the_format_asked_for(
    server: Server, accept: str, media_type: str, format_: ox.RdfFormat
) -> None:
    reply = server.ask(GRAPH, Accept=accept)
    assert (reply.status, reply.headers["content-type"].split(";")[0]) == (200, media_type)
    assert len(list(ox.parse(reply.body, format=format_))) == len(server.ask(ROWS).rows)


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "application/ld+json"])
def test_a_format_that_there_is_not(server: Server, accept: str) -> None:
    reply = server.ask(ROWS, Accept=accept)
    assert reply.status == 406
    assert_problem(reply)


def test_a_format_in_the_address_for_those_who_cannot_send_headers(server: Server) -> None:
    assert server.get("/questions/funders-of?entity=larkfield&format=csv").text.startswith("funder")


def assert_problem(reply: Reply) -> None:
    """The body is a problem as RFC 9457 has it, with the status of the response."""
    assert reply.headers["content-type"] == "application/problem+json"
    body = reply.json()
    assert body["status"] == reply.status
    assert body["title"]
    assert body["detail"]


def test_a_mistake_is_shown_where_it_is(server: Server) -> None:
    reply = server.ask("SELECT ?a\nWHERE { ?a kg:supplies }")
    assert reply.status == 400
    assert_problem(reply)
    assert "line 2" in reply.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { d:a kg:b d:c }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "LOAD <http://127.0.0.1:1/x>",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        r"SELECT * { S\u0045RVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:1/x> { ?s ?p ?o }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    ],
)
def test_what_does_more_than_read_the_graph_is_refused(server: Server, text: str) -> None:
    for reply in (server.ask(text), server.post(text), server.form(query=text)):
        assert reply.status == 403
        assert_problem(reply)


@pytest.mark.parametrize("text", ["INSERT DATA { d:a kg:b d:c }", "ASK {}", "\xff"])
def test_updates_are_refused_in_each_way_of_sending_them(server: Server, text: str) -> None:
    replies = [
        server.post(text, "application/sparql-update"),
        server.form(update=text),
        server.form(update=text, query="ASK {}"),
        server.get(f"/sparql?update={text.encode().hex()}"),
    ]
    assert {r.status for r in replies} == {403}


QUERY_TYPE = {"Content-Type": "application/sparql-query"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
LATIN_1 = {"Content-Type": "application/sparql-query; charset=latin-1"}


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("POST", "/sparql", "ASK {}", {}, 415),
        ("POST", "/sparql", "ASK {}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", "ASK {}", LATIN_1, 415),
        ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", QUERY_TYPE, 400),
        ("POST", "/sparql", "query=%FF", FORM_TYPE, 400),
        ("POST", "/sparql", "", FORM_TYPE, 400),
        ("POST", "/sparql?query=ASK%20%7B%7D", "ASK {}", QUERY_TYPE, 400),
        ("GET", "/sparql?query=%FF", None, {}, 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, {}, 400),
        ("GET", "/sparql?q=1", None, {}, 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=http%3A%2F%2Fx%2F", None, {}, 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&format=png", None, {}, 406),
        ("PUT", "/sparql", "ASK {}", {}, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("GET", "/nowhere", None, {}, 404),
        ("GET", "/questions/nowhere", None, {}, 404),
        ("GET", "/questions/funders-of?whom=x", None, {}, 400),
        ("GET", "/questions/funders-of?entity=%7D%20INSERT%20%7B", None, {}, 400),
        ("GET", "/../kg.toml", None, {}, 404),
        ("GET", "/%2e%2e/kg.toml", None, {}, 404),
    ],
)  # fmt: skip
def test_requests_that_are_none(
    server: Server,
    method: str,
    path: str,
    body: bytes | str | None,
    headers: dict[str, str],
    status: int,
) -> None:
    reply = server.send(method, path, body, headers)
    assert reply.status == status
    assert_problem(reply)


def test_the_dataset_of_a_query_is_made_of_the_workspaces_graphs(server: Server) -> None:
    rows = server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
    graph = next(r["g"] for r in rows if "/source/" in r["g"])
    count = "SELECT (COUNT(*) AS ?n) {{ {} }}"
    plain = server.ask(count.format(f"GRAPH <{graph}> {{ ?s ?p ?o }}")).rows
    by_text = server.ask(f"SELECT (COUNT(*) AS ?n) FROM <{graph}> {{ ?s ?p ?o }}").rows
    by_name = server.ask(
        "SELECT (COUNT(*) AS ?n) FROM s:" + graph.rsplit("/", 1)[1] + " { ?s ?p ?o }"
    ).rows
    by_parameter = server.form(query=count.format("?s ?p ?o"), **{"default-graph-uri": graph}).rows
    named = server.form(
        query=count.format("GRAPH ?g { ?s ?p ?o }"), **{"named-graph-uri": graph}
    ).rows
    assert plain == by_text == by_name == by_parameter == named
    assert plain != server.ask(count.format("?s ?p ?o")).rows
    in_a_comment = server.ask(f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # FROM <{graph}>").rows
    assert in_a_comment == server.ask(count.format("?s ?p ?o")).rows


def test_an_answer_that_is_too_long_is_cut_and_says_so(server: Server) -> None:
    text = "SELECT ?a ?b ?c ?d WHERE { ?a ?b ?c . ?d a ?t } LIMIT 60000"
    for accept in ("application/json", "text/csv", "application/sparql-results+xml"):
        reply = server.ask(text, Accept=accept)
        assert reply.status == 206
        unit, _, span = reply.headers["content-range"].partition(" ")
        assert unit == "rows"
        last = int(span.removeprefix("0-").removesuffix("/*"))
        assert "etag" not in reply.headers
        if accept == "application/json":
            assert len(reply.rows) == last + 1
        elif accept == "text/csv":
            assert reply.text.count("\r\n") == last + 2
        else:
            found = ox.parse_query_results(reply.body, ox.QueryResultsFormat.XML)
            assert len(list(found)) == last + 1  # type: ignore[arg-type]
    text = "CONSTRUCT { ?a ?b ?d } WHERE { ?a ?b ?c . ?d a ?t } LIMIT 20000"
    graph = server.ask(text, Accept="text/turtle")
    assert graph.status == 206
    kept = int(graph.headers["content-range"].removeprefix("triples 0-").removesuffix("/*")) + 1
    assert len(list(ox.parse(graph.body, format=ox.RdfFormat.TURTLE))) == kept


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    first = server.ask(ROWS)
    again = server.ask(ROWS, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = server.ask(ROWS, If_None_Match=first.headers["etag"], Accept="text/csv")
    assert other.status == 200


@pytest.mark.parametrize("text", ["SELECT (RAND() AS ?x) {}", "SELECT (struuid() AS ?x) {}"])
def test_what_answers_anew_each_time_is_not_kept(server: Server, text: str) -> None:
    first, second = server.ask(text), server.ask(text)
    assert first.rows != second.rows
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers


def test_gzip_for_those_who_take_it(server: Server) -> None:
    text = "SELECT * { ?s ?p ?o } LIMIT 500"
    plain, packed = server.ask(text), server.ask(text, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body)
    assert len(gzip.decompress(packed.body)) == len(plain.body)
    assert "Accept-Encoding" in plain.headers["vary"]


def test_what_the_service_is(server: Server) -> None:
    reply = server.get("/sparql", Accept="text/turtle")
    store = ox.Store()
    store.load(reply.body, format=ox.RdfFormat.TURTLE)
    assert store.query(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ASK { ?s a sd:Service ;"
        " sd:endpoint ?s ; sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset ?d }"
    )


def test_what_the_data_is(server: Server) -> None:
    reply = server.get("/.well-known/void", Accept="application/n-triples")
    store = ox.Store()
    store.load(reply.body, format=ox.RdfFormat.N_TRIPLES)
    void = "PREFIX void: <http://rdfs.org/ns/void#> "
    (row,) = store.query(void + "SELECT ?n { ?d a void:Dataset ; void:triples ?n }")  # type: ignore[misc]
    (count,) = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    assert row["n"].value == count["n"]
    claims = "<https://w3id.org/kg-claims/ns#Claim>"
    assert store.query(void + f"ASK {{ ?d void:classPartition [ void:class {claims} ] }}")


def test_the_saved_questions_are_addresses(server: Server) -> None:
    listed = {q["name"]: q for q in server.get("/questions").json()}
    assert listed["funders-of"]["titles"]["zh-Hans"]
    assert [p["name"] for p in listed["funders-of"]["parameters"]] == ["entity"]
    reply = server.get(listed["funders-of"]["address"] + "?entity=larkfield")
    assert (reply.status, bool(reply.rows)) == (200, True)
    assert "VALUES ?entity" in server.get("/questions/funders-of.rq").text


def test_an_entity_is_a_page_or_triples(server: Server) -> None:
    page = server.get("/entity/larkfield", Accept="text/html")
    assert (page.status, page.headers["location"]) == (303, "/entity/larkfield.html")
    assert "Larkfield" in server.get("/entity/larkfield.html").text
    turtle = server.get("/entity/larkfield", Accept="text/turtle")
    assert "skos:prefLabel" in turtle.text


def test_the_site_is_served(server: Server) -> None:
    assert "the site" in server.get("/").text
    assert server.get("/index.html").headers["x-content-type-options"] == "nosniff"


def test_health(server: Server) -> None:
    reply = server.get("/health")
    assert (reply.status, reply.json()["status"]) == (200, "ok")


def test_another_host_is_turned_away(server: Server) -> None:
    """A page of another name that is made to point here (DNS rebinding) cannot read the graph."""
    reply = server.ask("ASK {}", Host="evil.example")
    assert reply.status == 421
    assert_problem(reply)
    assert server.ask("ASK {}", Host="localhost:1").status == 200


def test_pages_of_other_origins_cannot_read_answers(server: Server) -> None:
    reply = server.ask("ASK {}", Origin="https://other.example")
    assert not [name for name in reply.headers if name.startswith("access-control")]


def test_head_has_no_body(server: Server) -> None:
    reply = server.send("HEAD", "/sparql?query=ASK%20%7B%7D")
    assert (reply.status, reply.body) == (200, b"")


def test_each_request_is_a_line_of_the_log(server: Server) -> None:
    server.ask("ASK { <x:logged> ?p ?o }")
    deadline = time.monotonic() + 10
    while "x:logged" not in server.log.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    line = next(x for x in server.log.read_text().splitlines() if "x:logged" in x)
    said = json.loads(line)
    assert (said["method"], said["path"], said["status"]) == ("GET", "/sparql", 200)
    assert {"at", "client", "ms", "bytes", "query"} <= set(said)


def test_a_token_is_asked_for(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", KG_SERVE_TOKEN="s3cret-词") as server:
        assert server.get("/health").status == 200
        refused = server.ask("ASK {}")
        assert refused.status == 401
        assert_problem(refused)
        assert "Bearer" in refused.headers["www-authenticate"]
        assert server.get("/").status == 401
        assert server.ask("ASK {}", Authorization="Bearer wrong").status == 401
        token = "s3cret-词".encode().decode("latin-1")
        assert server.ask("ASK {}", Authorization=f"Bearer {token}").status == 200


def test_pages_of_an_origin_may_be_let_in(built: Path, tmp_path: Path) -> None:
    origin = "https://friend.example"
    with serving(built, tmp_path / "log", "--cors", origin) as server:
        assert server.ask("ASK {}", Origin=origin).headers["access-control-allow-origin"] == origin
        other = server.ask("ASK {}", Origin="https://other.example")
        assert "access-control-allow-origin" not in other.headers


def test_a_new_build_is_taken_over(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(built, folder)
    text = "ASK { d:larkfield kg:supplies d:brand-new-customer }"
    with serving(folder, tmp_path / "log") as server:
        first = server.ask(text)
        assert first.json()["boolean"] is False
        graph = folder / "build" / "graph.nq"
        quads = graph.read_text("utf-8")
        d, k = "https://kg.example/entity/", "https://w3id.org/kg-claims/ns#"
        (folder / "build" / "new").write_text(
            f"<{d}larkfield> <{k}supplies> <{d}brand-new-customer> <https://x.example/> .\n{quads}",
            "utf-8",
        )
        (folder / "build" / "new").rename(graph)
        deadline = time.monotonic() + 20
        while not (reply := server.ask(text)).json()["boolean"]:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert reply.headers["etag"] != first.headers["etag"]


def test_it_stops_when_told_and_leaves_nothing_behind(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", "--timeout", "60") as server:
        group = f"kg serve -w {built} --port 0 --timeout 60"
        assert (
            subprocess.run(["pgrep", "-f", group], stdout=subprocess.PIPE).stdout.count(b"\n") >= 3
        )
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) == 0
        deadline = time.monotonic() + 10
        while subprocess.run(["pgrep", "-f", group], stdout=subprocess.PIPE).stdout:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_port_that_is_taken_is_named(built: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "kg", "serve", "-w", str(built), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert port in done.stderr
    assert "--port" in done.stderr
