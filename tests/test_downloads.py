"""Files to take away: they hold the same graph, and the page tells their sizes and hashes."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest

from kg.claim import Corpus
from kg.downloads import FILES, READ, Download, downloads, pack
from kg.export import FORMATS, export
from kg.iri import Namer
from kg.ontology import Ontology
from kg.phrases import load_phrases
from kg.rdf import is_live


@pytest.fixture(scope="module")
def files(graph: Path, ontology: Ontology) -> dict[str, Download]:
    return {f.fmt: f for f in downloads(graph, ontology, Namer())}


def test_every_file_has_a_format_a_use_and_a_way_to_read_it() -> None:
    assert set(FILES.values()) == set(READ) <= set(FORMATS)
    texts = load_phrases().texts
    assert {f"download_{fmt}" for fmt in READ} == {k for k in texts if k.startswith("download_")}


def test_turtle_holds_the_triples_of_the_quads(files: dict[str, Download], graph: Path) -> None:
    assert files["nq"].data == graph.read_bytes()
    quads = ox.parse(files["nq"].data, format=ox.RdfFormat.N_QUADS)
    triples = ox.parse(files["ttl"].data, format=ox.RdfFormat.TURTLE)
    assert {q.triple for q in triples} == {q.triple for q in quads}


def test_tables_and_networks_hold_the_claims(
    files: dict[str, Download], corpus: Corpus, ontology: Ontology
) -> None:
    rows = list(csv.DictReader(io.StringIO(files["csv"].data.decode("utf-8-sig"))))
    assert [r["claim"] for r in rows] == sorted(c.id for c in corpus.claims)
    network = networkx.parse_graphml(files["graphml"].data.decode())
    live = [c for c in corpus.claims if c.object and is_live(c, corpus, ontology)]
    assert network.number_of_edges() == len(live)


def test_each_line_reads_its_file(
    files: dict[str, Download], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    packed = [replace(f, name=f"{f.name}.gz", data=pack(f.data)) for f in files.values()]
    for file in (*files.values(), *(f for f in packed if f.fmt != "nq")):
        Path(file.name).write_bytes(file.data)
        names = ("gzip", "json", "networkx", "pandas", "pyoxigraph", "rdflib")
        found: dict[str, Any] = {name: import_module(name) for name in names}
        exec(file.read, found)
        held: dict[str, Callable[[dict[str, Any]], dict[str, int]]] = {
            "nq": lambda f: {"n_quads": len(f["store"])},
            "ttl": lambda f: {"n_triples": len(f["graph"])},
            "csv": lambda f: {"n_rows": len(f["claims"])},
            "graphml": lambda f: {
                "n_nodes": f["graph"].number_of_nodes(),
                "n_edges": f["graph"].number_of_edges(),
            },
            "ftm": lambda f: {"n_objects": len(f["things"])},
        }
        assert held[file.fmt](found) == file.counts, file.name


def test_a_large_file_is_packed_and_the_graph_itself_is_not(
    graph: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.downloads.LARGE", 1000)
    found = {f.fmt: f for f in downloads(graph, ontology, Namer())}
    assert [f.name for f in found.values()] == [
        "graph.nq", "graph.ttl.gz", "claims.csv.gz", "graph.graphml.gz", "entities.ftm.json.gz",
    ]  # fmt: skip
    assert found["nq"].data == graph.read_bytes()
    assert gzip.decompress(found["ttl"].data) == export(graph, ontology, Namer(), "ttl")
    assert found["ttl"].data[3:8] == bytes(5)  # neither a name nor a time


def test_a_file_tells_its_hash_and_its_size() -> None:
    file = Download("x", "nq", b"a" * 1500)
    assert file.sha256 == hashlib.sha256(b"a" * 1500).hexdigest()
    assert file.size == "1.5 kB"
    assert Download("x", "nq", b"a" * 2_500_000).size == "2.5 MB"
