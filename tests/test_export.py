"""Exports: what other tools read back, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
import rdflib

from kg.claim import Corpus
from kg.export import COLUMNS, FORMATS, claim_rows, export
from kg.iri import Namer
from kg.ontology import Ontology


def written(graph: Path, ontology: Ontology, namer: Namer, fmt: str) -> bytes:
    return export(graph, ontology, namer, fmt)


@pytest.mark.parametrize("fmt", sorted(FORMATS))
def test_the_same_graph_gives_the_same_bytes(
    fmt: str, graph: Path, ontology: Ontology, namer: Namer
) -> None:
    first = written(graph, ontology, namer, fmt)
    assert first == written(graph, ontology, namer, fmt)
    assert len(first) > 200


@pytest.mark.parametrize(("fmt", "name"), [("nt", "nt"), ("ttl", "turtle"), ("jsonld", "json-ld")])
def test_rdflib_reads_all_triples_back(
    fmt: str, name: str, graph: Path, ontology: Ontology, namer: Namer
) -> None:
    expected = {q.triple for q in ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS)}
    read = rdflib.Dataset(default_union=True)
    read.parse(data=written(graph, ontology, namer, fmt), format=name)
    assert len(set(read.triples((None, None, None)))) == len(expected)


def test_trig_keeps_the_graphs(graph: Path, ontology: Ontology, namer: Namer) -> None:
    data = written(graph, ontology, namer, "trig")
    quads = set(ox.parse(data, format=ox.RdfFormat.TRIG))
    assert quads == set(ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS))


def test_in_rdf_12_a_claim_reifies_its_triple(
    graph: Path, corpus: Corpus, ontology: Ontology, namer: Namer
) -> None:
    data = written(graph, ontology, namer, "rdf12")
    triples = list(ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    reified = [t for t in triples if isinstance(t.object, ox.Triple)]
    assert len(reified) == sum(c.kind == "relation" for c in corpus.claims)
    assert not any(t.predicate.value.endswith("#predicate") for t in triples)


@pytest.mark.parametrize(("fmt", "read"), [("graphml", networkx.parse_graphml), ("gexf", None)])
def test_networkx_reads_the_network(
    fmt: str, read: object, graph: Path, ontology: Ontology, namer: Namer, tmp_path: Path
) -> None:
    path = tmp_path / f"x.{fmt}"
    path.write_bytes(written(graph, ontology, namer, fmt))
    network = networkx.read_graphml(path) if fmt == "graphml" else networkx.read_gexf(path)
    assert network.has_edge("nvidia", "openai")
    assert not network.has_edge("mgx", "openai")  # a rumour


def test_a_row_a_claim(corpus: Corpus, ontology: Ontology) -> None:
    rows = list(claim_rows(corpus, ontology))
    assert len(rows) == len(corpus.claims)
    assert all(tuple(r) == COLUMNS for r in rows)
    bought = next(r for r in rows if r["relation"] == "acquires")
    assert (bought["amount_low"], bought["currency"]) == ("7000000000", "CNY")


def test_cells_that_a_spreadsheet_would_run_are_text(
    graph: Path, ontology: Ontology, namer: Namer
) -> None:
    text = written(graph, ontology, namer, "csv").decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text)):
        assert not any(v[:1] in ("=", "+", "@", "-") for v in row.values())


def test_parquet_has_the_same_rows(
    graph: Path, corpus: Corpus, ontology: Ontology, namer: Namer
) -> None:
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(written(graph, ontology, namer, "parquet")))
    assert tuple(table.column_names) == COLUMNS
    assert table.num_rows == len(corpus.claims)


def test_follow_the_money(graph: Path, ontology: Ontology, namer: Namer) -> None:
    lines = written(graph, ontology, namer, "ftm").decode().splitlines()
    things = {t["id"]: t for t in map(json.loads, lines)}
    assert things["nvidia"]["schema"] == "Company"
    payments = [t for t in things.values() if t["schema"] == "Payment"]
    assert all(t["properties"]["payer"][0] in things for t in payments)
    assert not any("900000000000" in str(t) for t in payments)  # a rumour
