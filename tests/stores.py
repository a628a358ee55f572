"""Stores of other people, started for a test: the Oxigraph server and Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.workspace import StoreSettings

#: The password of a Virtuoso that a test makes, and its variable.
SECRET_ENV, SECRET = "KG_TEST_STORE_PASSWORD", "dba"

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], url: str, log: Path) -> Iterator[None]:
    """A server, until it answers and until the test is over."""
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + 90
        while True:
            assert process.poll() is None, log.read_text()
            try:
                urllib.request.urlopen(url, timeout=5)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[StoreSettings]:
    """The Oxigraph server, a package of the tests."""
    program = Path(sys.executable).parent / "oxigraph"
    place = f"127.0.0.1:{free_port()}"
    command = [str(program), "serve", "--location", str(folder / "data"), "--bind", place]
    with running(command, f"http://{place}/", folder / "log"):
        yield StoreSettings(
            kind="sparql", query=f"http://{place}/query", graphs=f"http://{place}/store"
        )


@contextmanager
def virtuoso(folder: Path) -> Iterator[StoreSettings]:
    """Virtuoso, where the system has it (on Debian the package virtuoso-opensource)."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed")
    http = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, http=http, sql=free_port()))
    command = [program, "+foreground", "+configfile", str(ini)]
    url = f"http://127.0.0.1:{http}/sparql"
    with running(command, f"{url}?query=ASK%20%7B%7D", folder / "log"):
        yield StoreSettings(
            kind="sparql",
            query=url,
            graphs=f"http://127.0.0.1:{http}/sparql-graph-crud-auth",
            auth="digest",
            user="dba",
            secret_env=SECRET_ENV,
        )
