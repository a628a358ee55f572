"""Whatever is asked, it ends, the server goes on, and a short question beside it is answered."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from kg.cli import cli
from tests.hostile_queries import ENDLESS, SHARP
from tests.serving import Server, serving

#: Seconds and MiB that a query may take here.
SECONDS, MIB = 2, 192


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "w"
    CliRunner().invoke(cli, ["init", str(folder)])
    CliRunner().invoke(cli, ["build", "-q", "-w", str(folder)])
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("<title>the site</title>")
    return folder


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("log") / "stderr"
    options = ("--timeout", str(SECONDS), "--memory", str(MIB), "--no-log")
    with serving(built, log, *options) as running:
        yield running
        assert running.process.poll() is None
        assert log.read_text().count("Traceback") == 0


@pytest.mark.parametrize("name", ENDLESS)
def test_a_query_without_end_is_stopped(server: Server, name: str) -> None:
    reply = server.post(ENDLESS[name])
    assert reply.status in (503, 504, 507)
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["status"] == reply.status
    assert server.ask("ASK {}").json()["boolean"] is True


@pytest.mark.parametrize("name", SHARP)
def test_a_sharp_query_hurts_nobody(server: Server, name: str) -> None:
    reply = server.post(SHARP[name])
    assert reply.status in (200, 400, 403, 504, 507)
    if reply.status != 200:
        assert reply.json()["detail"]
    assert server.ask("ASK {}").json()["boolean"] is True


def test_a_long_query_is_answered(server: Server) -> None:
    values = " ".join(f"'{n:020}'" for n in range(17_000))
    text = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}"
    assert len(text) > 380_000
    assert server.post(text).rows == [{"n": "17000"}]
    assert server.form(query=text).rows == [{"n": "17000"}]


def test_too_much_at_once_is_told(server: Server) -> None:
    """More long queries than there are places: some are turned away, all get an answer."""
    found: list[int] = []

    def ask() -> None:
        found.append(server.post(ENDLESS["cartesian"]).status)

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS * 0.75)
    assert server.ask("ASK {}").status == 200
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert set(found) == {503, 504}


def test_slow_clients_keep_nobody_waiting(server: Server) -> None:
    slow = []
    for _ in range(50):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n")
        slow.append(connection)
    try:
        for connection in slow:
            connection.sendall(b"Content-Type: application/sparql-query\r\n\r\nASK")
        assert server.ask("ASK {}").status == 200
    finally:
        for connection in slow:
            connection.close()


def test_readers_that_do_not_read_keep_nobody_waiting(server: Server) -> None:
    text = quote("SELECT * { ?a ?b ?c . ?d a ?t } LIMIT 20000")
    slow = []
    for _ in range(20):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        slow.append(connection)
    try:
        time.sleep(1)
        assert server.ask("ASK {}").status == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_query_ends_when_its_client_leaves(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", "--timeout", "600", "--slow", "1") as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", f"/sparql?query={quote(ENDLESS['cartesian'])}")
        time.sleep(1.5)
        connection.close()
        deadline = time.monotonic() + 20
        # The only place for long queries is free again, long before the clock would free it.
        while '"status": 499' not in server.log.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert server.ask("ASK {}").status == 200


@pytest.mark.parametrize(
    ("name", "says"), [("cartesian", "seconds"), ("a string doubled forty times", "memory")]
)
def test_the_command_line_stops_them_too(built: Path, name: str, says: str) -> None:
    options = ["--timeout", "2", "--memory", "128", "-w", str(built)]
    result = CliRunner().invoke(cli, ["query", ENDLESS[name], *options])
    assert result.exit_code == 1
    assert says in result.output


def test_the_owner_may_lift_the_limits(built: Path) -> None:
    options = ["--timeout", "0", "--memory", "0", "-w", str(built)]
    result = CliRunner().invoke(cli, ["query", "SELECT (1 AS ?x) {}", *options])
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "1 row")


def test_ctrl_c_ends_a_query_at_once(built: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", ENDLESS["VALUES crossed"], "-w", str(built)]
    # Tests that a shell runs in the background ignore Ctrl-C, and so would what they start.
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asking = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        signal.signal(signal.SIGINT, ignored)
    time.sleep(2)
    asking.send_signal(signal.SIGINT)
    try:
        assert asking.wait(20) != 0
    finally:
        asking.kill()
