"""The W3C's protocol tests, sent to a real `kg serve`: queries are answered, updates refused."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.term import Node

from kg.store import load_disk
from tests.serving import Reply, Server, serving
from tests.w3c import suite
from tests.w3c.suite import MF

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
MANIFEST = suite.manifest("protocol")
TESTS = {str(t).rpartition("#")[2]: t for t in suite.entries(MANIFEST)}
#: They change the graph, which `kg serve` never does.
UPDATES = sorted(n for n in TESTS if n.startswith("update_"))
QUERIES = sorted(n for n in TESTS if n not in UPDATES)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the suite's graphs."""
    folder = tmp_path_factory.mktemp("protocol")
    (folder / "kg.toml").touch()
    (folder / "site").mkdir()
    (folder / "site" / "index.html").touch()
    # The suite's data0 is empty, and a file of quads holds no empty graph: no test looks inside.
    lines = [f"<x:s> <x:p> <x:o> <{DATA.format(0)}> .\n"]
    for n in (1, 2, 3):
        triples = ox.parse(suite.files()[f"protocol/data{n}.nt"], format=ox.RdfFormat.N_TRIPLES)
        lines += [f"{t.subject} {t.predicate} {t.object} <{DATA.format(n)}> .\n" for t in triples]
    (folder / "build").mkdir()
    (folder / "build" / "graph.nq").write_text("".join(lines), "utf-8")
    load_disk(folder / "build" / "graph.nq", folder / "build" / "store")
    with serving(folder, folder / "log") as running:
        yield running


def requests(name: str) -> list[Node]:
    action = MANIFEST.value(TESTS[name], MF.action)
    first = MANIFEST.value(action, HT.requests)
    assert first is not None
    return list(Collection(MANIFEST, first))


def send(server: Server, request: Node) -> Reply:
    """Sends a request of the manifest."""
    body = MANIFEST.value(request, HT.body)
    data = None
    if body is not None:
        encoding = str(MANIFEST.value(body, CNT.characterEncoding))
        data = str(MANIFEST.value(body, CNT.chars)).encode(encoding)
    headers = MANIFEST.value(request, HT.headers)
    named = {
        str(MANIFEST.value(h, HT.fieldName)): str(MANIFEST.value(h, HT.fieldValue))
        for h in (Collection(MANIFEST, headers) if headers else ())
    }
    path = str(MANIFEST.value(request, HT.absolutePath))
    return server.send(str(MANIFEST.value(request, HT.methodName)), path, data, named)


def test_every_test_of_the_manifest_is_there() -> None:
    assert (len(QUERIES), len(UPDATES)) == (27, 7)


@pytest.mark.parametrize("name", QUERIES)
def test_the_protocol(server: Server, name: str) -> None:
    for request in requests(name):
        reply = send(server, request)
        expected = MANIFEST.value(request, HT.resp)
        statuses = {str(s)[-3:] for s in MANIFEST.objects(expected, MF.expectedStatus)}
        assert f"{reply.status // 100}xx" in statuses, reply.text
        kind = str(MANIFEST.value(expected, MF.expectedFormat))
        if kind == "boolean":
            wanted = MANIFEST.value(expected, MF.expectedBoolean)
            assert reply.json()["boolean"] in (
                (True, False) if wanted is None else (str(wanted) == "true",)
            )
        elif kind == "tabular":
            assert reply.json()["results"]["bindings"]
        elif kind == "RDF":
            assert reply.headers["content-type"].startswith("text/turtle")
            list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("name", UPDATES)
def test_updates_are_refused(server: Server, name: str) -> None:
    """Such a test updates, then asks what has changed: here nothing ever does."""
    update, *_ = requests(name)
    reply = send(server, update)
    assert reply.status == 403, reply.text
    assert reply.json()["status"] == 403
