"""The site: a folder that opens by double-click, where every link leads somewhere."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from kg.claim import Corpus
from kg.errors import WorkspaceError
from kg.iri import Namer
from kg.ontology import load_ontology
from kg.site import site_files, write_page, write_site
from kg.workspace import Workspace
from tests import hostile, page_corpus
from tests.test_draw import Page

ONTOLOGY = load_ontology()


def workspace(root: Path, **titles: str) -> Workspace:
    return Workspace(
        root=root,
        titles=titles or {"en": "Sample"},
        namer=Namer(),
        documents=root / "data" / "documents",
        tables=root / "data",
        ontology_folder=ONTOLOGY.folder,
        output=root / "build",
    )


def texts(corpus: Corpus, at: Workspace) -> dict[str, str]:
    return {n: t for n, t in site_files(corpus, ONTOLOGY, at) if isinstance(t, str)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("root")
    return texts(page_corpus.corpus(), workspace(root))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("root")
    return texts(hostile.corpus(), workspace(root))


def text_pages(files: dict[str, str]) -> dict[str, Page]:
    return {n: Page(t) for n, t in files.items() if n.endswith(".html") and n != "index.html"}


def test_every_entity_has_a_page_whose_address_follows_from_its_iri(files: dict[str, str]) -> None:
    for entity in page_corpus.ENTITIES:
        kind_and_id = Namer().iri("d", entity.id).removeprefix(Namer().base)
        assert f"{kind_and_id}.html" in files


@pytest.mark.parametrize("sample", ["files", "bad"])
def test_every_link_within_the_site_leads_somewhere(
    request: pytest.FixtureRequest, sample: str
) -> None:
    found: dict[str, str] = request.getfixturevalue(sample)
    checked = 0
    for name, page in text_pages(found).items():
        for _, attrs in page.elements:
            for address in (attrs.get("href"), attrs.get("src")):
                if address is None or urlsplit(address).scheme:
                    continue
                target = unquote(urlsplit(urljoin(f"/{name}", address)).path)[1:]
                assert target in found, (name, address)
                checked += 1
    assert checked > 100


def test_an_entity_page_tells_relations_evidence_figures_and_names(files: dict[str, str]) -> None:
    page = files["entity/openai.html"]
    for said in (
        "Nvidia said it would invest up to $100 billion in OpenAI",
        "A wire story",
        "up to $100bn",
        "最多1000亿美元",
        "2025-09-22",
        "data/claims.csv",
        "估值",
    ):
        assert said in page


def test_an_entity_page_describes_the_entity_in_json_ld(files: dict[str, str]) -> None:
    page = Page(files["entity/nvidia.html"])
    described = next(json.loads(t) for _, a, t in page.inside if a["type"] == "application/ld+json")
    assert described["@id"] == "https://kg.example/entity/nvidia"
    assert {"@value": "英伟达", "@language": "zh-Hans"} in described["name"]
    assert described["sameAs"] == "http://www.wikidata.org/entity/Q182477"


@pytest.mark.parametrize("sample", ["files", "bad"])
def test_pages_of_text_run_one_script_of_ours_and_nothing_else(
    request: pytest.FixtureRequest, sample: str
) -> None:
    for name, page in text_pages(request.getfixturevalue(sample)).items():
        runs = [
            a for t, a in page.elements if t == "script" and a.get("type") != "application/ld+json"
        ]
        assert [unquote(a["src"]).removeprefix("../") for a in runs] == ["assets/site.js"], name
        assert not [t for t, _ in page.elements if t in ("img", "iframe", "base", "object")]
        assert not [a for _, a in page.elements if any(k.startswith("on") for k in a)], name
        assert not [
            a["href"]
            for _, a in page.elements
            if re.match(r"\s*(java|data:t|vb)", a.get("href", ""))
        ]


def test_hostile_texts_are_shown_as_they_are(bad: dict[str, str]) -> None:
    sources = bad["sources.html"]
    assert "&lt;img src=x onerror=window.hacked=1&gt;" in sources
    assert "{{ 7 * 7 }}" in sources


def test_every_source_and_every_claim_is_told(files: dict[str, str]) -> None:
    assert all(s.title in files["sources.html"] for s in page_corpus.SOURCES)
    pages = "".join(t for n, t in files.items() if n.startswith("entity/"))
    assert all(f'id="c-{c.id}"' in pages for c in page_corpus.CLAIMS)


def test_the_same_corpus_gives_the_same_bytes(files: dict[str, str], tmp_path: Path) -> None:
    turned = page_corpus.corpus(page_corpus.CLAIMS[::-1])
    assert dict(site_files(turned, ONTOLOGY, workspace(tmp_path))) == files


def test_the_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    place.output.mkdir()
    place.graph.write_text("", encoding="utf-8")
    folder = tmp_path / "site"
    write_site(page_corpus.corpus(), ONTOLOGY, place, folder)
    (folder / "entity" / "old.html").write_text("gone", encoding="utf-8")
    write_site(page_corpus.corpus(), ONTOLOGY, place, folder)
    assert not (folder / "entity" / "old.html").exists()
    assert (folder / "graph.nq").exists()
    assert 'href="graph.nq"' in (folder / "downloads.html").read_text("utf-8")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="holds other files"):
        write_site(page_corpus.corpus(), ONTOLOGY, workspace(tmp_path), tmp_path)
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "mine"


def test_without_a_built_graph_nothing_to_download(files: dict[str, str]) -> None:
    assert "downloads.html" not in files
    assert not [n for n, t in files.items() if n.endswith(".html") and "downloads.html" in t]


def test_every_page_leads_to_the_files_of_a_built_graph_and_tells_their_hashes(
    tmp_path: Path, graph: Path, corpus: Corpus
) -> None:
    place = workspace(tmp_path)
    place.output.mkdir()
    shutil.copyfile(graph, place.graph)
    found = dict(site_files(corpus, ONTOLOGY, place))
    pages = {n: t for n, t in found.items() if n.endswith(".html") and isinstance(t, str)}
    assert all('downloads.html"' in text for text in pages.values())
    links = [a["href"] for t, a in Page(pages["downloads.html"]).elements if "download" in a]
    assert links == ["graph.nq", "graph.ttl", "claims.csv", "graph.graphml", "entities.ftm.json"]
    for name in links:
        data = found[name]
        assert isinstance(data, bytes)
        assert hashlib.sha256(data).hexdigest() in pages["downloads.html"]
    assert found == dict(site_files(corpus, ONTOLOGY, place))


def test_the_single_page_carries_the_workspace_s_title(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "graph.html"
    write_page(page_corpus.corpus(), ONTOLOGY, workspace(tmp_path, en="Mine"), path)
    html = path.read_text("utf-8")
    assert "<title>Mine</title>" in html
    assert [p.name for p in path.parent.iterdir()] == ["graph.html"]


def test_quotes_stand_in_their_sentence_when_the_document_is_there(tmp_path: Path) -> None:
    pytest.importorskip("kg.documents")
    file = tmp_path / "data" / "documents" / "briefing.txt"
    file.parent.mkdir(parents=True)
    file.write_text(page_corpus.TEXT, encoding="utf-8")
    found = dict(site_files(page_corpus.corpus(), ONTOLOGY, workspace(tmp_path)))
    assert "step by step" in found["entity/openai.html"]
