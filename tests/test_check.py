"""Checks find what was altered: a quote, a bound, an edge, a row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg.build import build
from kg.check import check_graph, failing_claims, shacl
from kg.claim import Corpus
from kg.finding import CheckReport
from kg.iri import KG, Namer
from kg.ontology import Ontology
from kg.rates import load_rates
from kg.rdf import quads
from kg.terms import to_rdflib
from kg.workspace import Workspace, init_workspace, load_workspace


@pytest.fixture
def built(tmp_path: Path) -> Workspace:
    init_workspace(tmp_path / "w")
    workspace = load_workspace(tmp_path / "w")
    build(workspace)
    return workspace


def check(workspace: Workspace) -> CheckReport:
    ontology = workspace.load_ontology()
    return check_graph(
        workspace.graph, ontology, workspace.namer, workspace.root, load_rates(workspace.rates)
    )


def alter(workspace: Workspace, change: Callable[[str], str]) -> None:
    before = workspace.graph.read_text("utf-8")
    after = change(before)
    assert after != before
    workspace.graph.write_text(after, "utf-8", newline="")


def codes(report: CheckReport) -> set[str]:
    return {f.code for f in report.findings if f.severity == "error"}


def test_a_fresh_build_passes(built: Workspace) -> None:
    report = check(built)
    assert report.ok, report.as_text()
    assert report.counts["quotes"] >= 4
    assert report.as_text().startswith("passed: 0 errors")


def test_a_quote_with_one_letter_changed(built: Workspace) -> None:
    alter(built, lambda text: text.replace('"Larkfield Compute said', '"Larkfield Compute sard'))
    report = check(built)
    assert "quote-not-in-text" in codes(report)
    text = report.as_text()
    assert "data/documents/example.md" in text
    assert "Larkfield Compute said" in text
    assert "Larkfield Compute sard" in text


def test_bounds_that_were_swapped(built: Workspace) -> None:
    low, high = f"<{KG}amountLow>", f"<{KG}amountHigh>"

    def swap(text: str) -> str:
        lines = text.splitlines(keepends=True)
        claim = next(x.split(" ")[0] for x in lines if high in x)
        return (
            "".join(
                re.sub(r'"[\d.]+"', '"99"' if low in x else '"1"', x)
                if x.startswith(claim) and (low in x or high in x)
                else x
                for x in lines
            )
            + f'{claim} {low} "99"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
        )

    alter(built, swap)
    report = check(built)
    assert "breaks-a-shape" in codes(report)
    assert "not above the upper bound" in report.as_text()


def test_an_edge_without_a_claim(built: Workspace) -> None:
    namer = built.namer
    edge = (
        f"<{namer.iri('d', 'larkfield')}> <{KG}acquires> <{namer.iri('d', 'quarrystone')}> "
        f"<{namer.iri('graph', 'derived')}> .\n"
    )
    alter(built, lambda text: text + edge)
    report = check(built)
    assert codes(report) == {"edge-without-claim"}


def test_an_edge_whose_claim_is_gone(built: Workspace) -> None:
    claims = re.compile(r"^<https://kg\.example/claim/.*example-press-release>.*\n", re.MULTILINE)
    alter(built, lambda text: claims.sub("", text))
    assert "edge-without-claim" in codes(check(built))


def test_a_claim_whose_edge_is_gone(built: Workspace) -> None:
    derived = re.compile(r"^.*graph/derived> \.\n", re.MULTILINE)
    alter(built, lambda text: derived.sub("", text))
    assert codes(check(built)) == {"claim-without-edge"}


def test_a_row_that_no_longer_says_so(built: Workspace) -> None:
    table = built.tables / "claims.csv"
    table.write_text(table.read_text("utf-8").replace("accelerator", "memory"), "utf-8")
    report = check(built)
    assert codes(report) == {"row-differs"}
    assert "data/claims.csv:2" in report.as_text()


def test_a_document_that_is_gone(built: Workspace) -> None:
    (built.documents / "example.md").unlink()
    assert codes(check(built)) == {"document-missing"}


def test_the_report_for_programs(built: Workspace) -> None:
    data = json.loads(check(built).as_json())
    assert data["ok"] is True
    assert data["findings"] == []


def test_a_valid_corpus_has_no_failing_claims(
    corpus: Corpus, ontology: Ontology, namer: Namer
) -> None:
    assert failing_claims(corpus, ontology, namer) == {}


def test_a_claim_that_breaks_a_shape_is_named(
    corpus: Corpus, ontology: Ontology, namer: Namer
) -> None:
    from dataclasses import replace
    from decimal import Decimal

    doubtful = replace(corpus.claims[0], confidence=Decimal(7))
    broken = replace(corpus, claims=(doubtful, *corpus.claims[1:]))
    assert failing_claims(broken, ontology, namer) == {
        doubtful.id: "expected a confidence from 0 to 1"
    }


def test_shapes_are_rewritten_to_find_the_same(
    corpus: Corpus, ontology: Ontology, namer: Namer
) -> None:
    """Against pySHACL with the shapes as they stand, over a graph with many faults."""
    broken = []
    for number, quad in enumerate(sorted(quads(corpus, ontology, namer), key=str)):
        literal = isinstance(quad.object, ox.Literal)
        if number % 11 == 0 and literal:
            broken.append(ox.Quad(quad.subject, quad.predicate, ox.Literal("x"), quad.graph_name))
        elif number % 13:
            broken.append(quad)
    graph = rdflib.Graph()
    for quad in broken:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    shapes = rdflib.Graph().parse(ontology.folder / "shapes.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    sh = rdflib.SH
    expected = {
        (str(report.value(result, sh.focusNode)), str(report.value(result, sh.resultMessage)))
        for result in report.subjects(rdflib.RDF.type, sh.ValidationResult)
    }
    assert len(expected) > 20
    assert {(f.subject, f.message) for f in shacl(broken, ontology)} == expected
