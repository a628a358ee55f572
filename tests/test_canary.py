"""Nothing that is asked or read makes kg call out or open a file that it was not given.

A listener counts connections; a file holds a secret. Queries and documents name both in every way
that is known to make some tool follow.
"""

from __future__ import annotations

import io
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import KgError
from tests.serving import Server, serving

SECRET = "the-secret-4711"


@dataclass
class Canary:
    """A listener that nobody should find, and a file that nobody should read."""

    url: str
    file: Path
    calls: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> tuple[str, str]:
        return self.url, self.file.as_uri()


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    file = tmp_path_factory.mktemp("secret") / "secret.nt"
    file.write_text(f'<x:s> <x:p> "{SECRET}" .\n')
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Canary(f"http://127.0.0.1:{listener.getsockname()[1]}/x", file)

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        found.calls.append(connection.recv(200).decode("latin-1"))

        threading.Thread(target=listen, daemon=True).start()
        yield found
        listener.shutdown(socket.SHUT_RDWR)


def documents(canary: Canary) -> dict[str, bytes]:
    """Documents that name the canary and the secret in every way."""
    url, file = canary.addresses
    news = "Larkfield invested $5 million in Example Energy on 3 May 2025."
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{file}"><!ENTITY u SYSTEM "{url}">]>'
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n else "") + ";" * 1}{"&a;" * 9}">'
        for n in range(9)
    )
    html = (
        f'{entity}<html><head><base href="{url}"><link rel=stylesheet href="{url}">'
        f'<meta http-equiv=refresh content="0;url={url}"><script src="{url}"></script>'
        f'<link rel=canonical href="{url}"></head><body><p>{news} &e; &u;</p><img src="{url}">'
        f'<iframe src="{file}"></iframe><xi:include href="{file}" parse="text"/></body></html>'
    )
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{entity}<w:document xmlns:w='
            '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
            f"{news} &e; &u;</w:t></w:r></w:p></w:body></w:document>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships/attachedTemplate" Target="{url}" TargetMode="External"/>'
            "</Relationships>",
        )
    sheet = f'=WEBSERVICE("{url}"),=HYPERLINK("{file}"),\'{file}\'#$A.A1'
    return {
        "page.html": html.encode(),
        "bomb.html": (bomb + f"]><p>&a8; {news}</p>").encode(),
        "word.docx": word.getvalue(),
        "front.md": (
            f"---\ntitle: !!python/object/apply:urllib.request.urlopen ['{url}']\n"
            f"url: {file}\ndate: 2025-05-04\n---\n{news} ![]({url}) <img src='{url}'>\n"
        ).encode(),
        "alias.md": b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ntitle: t\n---\n"
        + news.encode(),
        "lines.jsonl": (
            json.dumps({"@context": url, "title": "t", "text": news, "url": file}) + "\n"
        ).encode(),
        "plain.txt": f"Title\ndate: 2025-05-04\n{news} {url} {file} {sheet}\n".encode(),
    }


@pytest.fixture(scope="module")
def workspace(canary: Canary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canary") / "w"
    CliRunner().invoke(cli, ["init", str(folder)])
    for name, data in documents(canary).items():
        (folder / "data" / "documents" / name).write_bytes(data)
    (folder / "data" / "documents" / "link.txt").symlink_to(canary.file)
    result = CliRunner().invoke(cli, ["build", "-q", "-w", str(folder)])
    assert result.exit_code == 0, result.output
    result = CliRunner().invoke(cli, ["site", "-w", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


def test_documents_and_their_site_reach_for_nothing(workspace: Path, canary: Canary) -> None:
    assert canary.calls == []
    for path in workspace.rglob("*"):
        if path.is_file() and not path.is_symlink():
            assert SECRET.encode() not in path.read_bytes(), path


def queries(canary: Canary) -> list[str]:
    return [
        text.replace("ADDRESS", address)
        for address in canary.addresses
        for text in (
            "LOAD <ADDRESS>",
            "LOAD SILENT <ADDRESS> INTO GRAPH <x:g>",
            "SELECT * FROM <ADDRESS> { ?s ?p ?o }",
            "SELECT * FROM NAMED <ADDRESS> { GRAPH ?g { ?s ?p ?o } }",
            "BASE <ADDRESS> SELECT * FROM <> { ?s ?p ?o }",
            "PREFIX x: <ADDRESS> SELECT * FROM x: { ?s ?p ?o }",
            r"SELECT * FR\u004FM <ADDRESS> { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p ?o } FROM <ADDRESS> WHERE { ?s ?p ?o }",
            "DESCRIBE <ADDRESS>",
            "SELECT * { GRAPH <ADDRESS> { ?s ?p ?o } }",
            "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
            "SELECT * { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
            "SELECT * { VALUES ?x { <ADDRESS> } SERVICE ?x { ?s ?p ?o } }",
            r"SELECT * { \u0053ERVICE <ADDRESS> { ?s ?p ?o } }",
            "ASK { } # \r SERVICE <ADDRESS> {}",
            "SELECT (<ADDRESS>(?s) AS ?x) { ?s ?p ?o } LIMIT 1",
            "INSERT DATA { <x:s> <x:p> <ADDRESS> }",
            "SELECT * { ?s ?p ?o FILTER(STRDT('<!DOCTYPE x SYSTEM \"ADDRESS\"><x/>',"
            " <http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>) = ?o) }",
        )
    ]


@pytest.fixture(scope="module")
def server(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(workspace, tmp_path_factory.mktemp("log") / "stderr") as running:
        yield running


def test_no_query_to_the_server_reaches_out(server: Server, canary: Canary) -> None:
    for text in queries(canary):
        for reply in (server.ask(text), server.post(text), server.form(query=text)):
            assert SECRET not in reply.text
    for address in canary.addresses:
        for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri"):
            reply = server.form(query="SELECT * { ?s ?p ?o }", **{name: address})
            assert SECRET not in reply.text
        assert SECRET not in server.get(f"/questions/funders-of?entity=%3C{address}%3E").text
    assert canary.calls == []


def test_the_server_gives_no_file_but_the_sites(
    server: Server, workspace: Path, canary: Canary
) -> None:
    (workspace / "site" / "out.nt").symlink_to(canary.file)
    up = "/.." * 12
    for path in ("/out.nt", f"{up}{canary.file}", f"/entity{up}{canary.file}", f"/{canary.file}"):
        for way in (path, path.replace("..", "%2e%2e"), path.replace("/", "%2f")):
            assert SECRET not in server.get(way if way.startswith("/") else "/" + way).text
    assert server.get("/kg.toml").status == 404


def test_no_query_of_the_command_line_reaches_out(workspace: Path, canary: Canary) -> None:
    for text in queries(canary):
        result = CliRunner().invoke(cli, ["query", text, "-w", str(workspace)])
        assert SECRET not in result.output
    assert canary.calls == []


def test_no_query_from_python_reaches_out(workspace: Path, canary: Canary) -> None:
    graph = kg.open(str(workspace))
    for text in queries(canary):
        with suppress(KgError):
            assert SECRET not in str(list(graph.query(text)))
    assert canary.calls == []
