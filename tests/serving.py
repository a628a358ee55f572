"""A real `kg serve` for tests: a process of its own, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said; names of headers are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def rows(self) -> list[dict[str, str]]:
        """Rows of SPARQL results in JSON: variable → value."""
        found = self.json()["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in found]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[str]
    log: Path

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        data = body.encode() if isinstance(body, str) else body
        connection.request(method, path, data, dict(headers or {}))
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        reply = Reply(answer.status, names, answer.read())
        connection.close()
        return reply

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, headers=_names(headers))

    def ask(self, text: str, **headers: str) -> Reply:
        """GET of a query."""
        return self.get(f"/sparql?query={quote(text)}", **headers)

    def post(self, text: str, kind: str = "application/sparql-query", **headers: str) -> Reply:
        named = {"Content-Type": kind, **_names(headers)}
        return self.send("POST", "/sparql", text, named)

    def form(self, **fields: str) -> Reply:
        return self.post(urlencode(fields), "application/x-www-form-urlencoded")


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def serving(workspace: Path, log: Path, *options: str, **environment: str) -> Iterator[Server]:
    """Serves a built workspace at a free port.

    Args:
        workspace: its folder.
        log: file for what it says on stderr.
        options: of `kg serve`.
        environment: variables for it.
    """
    command = [sys.executable, "-m", "kg", "serve", "-w", str(workspace), "--port", "0", *options]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), **environment}
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=env
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("http://"), log.read_text()
        port = int(line.rsplit(":", 1)[1].strip("/\n"))
        server = Server(port, process, log)
        server.get("/health", Authorization="Bearer none")  # it listens before it is ready
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            process.kill()
            process.communicate()
