"""The façade: a built workspace from a notebook."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import MissingExtra, QueryError, WorkspaceError
from kg.workspace import init_workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph") / "w"
    init_workspace(folder)
    kg.build_graph(folder)
    return folder


@pytest.fixture
def graph(folder: Path) -> kg.KnowledgeGraph:
    return kg.open(folder)


def test_all_names_can_be_imported() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None


def test_a_query_gives_rdflib_results(graph: kg.KnowledgeGraph) -> None:
    rows = list(graph.query("SELECT ?who WHERE { ?who kg:supplies d:larkfield }"))
    assert str(rows[0].who).endswith("/quarrystone")  # type: ignore[union-attr]


def test_a_saved_question_with_a_parameter(graph: kg.KnowledgeGraph) -> None:
    rows = list(graph.query("compute-for", entity="larkfield"))
    assert len(rows) >= 1
    with pytest.raises(QueryError, match="no question"):
        graph.query("no-such-question")
    with pytest.raises(QueryError, match="saved questions"):
        graph.query("ASK {}", entity="x")


def test_the_graph_is_rdflibs(graph: kg.KnowledgeGraph) -> None:
    assert len(set(graph.graph.predicates())) > 10


def test_claims_can_be_chosen(graph: kg.KnowledgeGraph) -> None:
    chosen = graph.claims(relation="supplies", object="larkfield", status="committed")
    assert {c.subject.entity for c in chosen} >= {"quarrystone"}
    assert graph.claims(source="no-such-source") == []


def test_claims_as_a_data_frame(graph: kg.KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    frame = graph.to_pandas()
    assert len(frame) == len(graph.corpus.claims)
    assert "quote" in frame.columns


def test_a_missing_library_is_named(
    graph: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"kg-claims\[pandas\]"):
        graph.to_pandas()


def test_extracting_without_a_workspace(folder: Path) -> None:
    path = folder / "data" / "documents" / "example.md"
    text = path.read_text("utf-8")
    claims = list(kg.extract_claims(path))
    assert claims
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in claims)


def test_where_nothing_is_built(tmp_path: Path) -> None:
    init_workspace(tmp_path / "new")
    with pytest.raises(WorkspaceError, match="kg build"):
        kg.open(tmp_path / "new")
