"""The view that asks: what comes with it, and that the graph and the questions arrive whole."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pyoxigraph
import pytest

from kg.claim import Corpus
from kg.draw import PAGE, page_files, page_html
from kg.iri import Namer
from kg.ontology import Ontology
from kg.page_sparql import PARTS, VENDOR, engine_script, sparql_scripts, trig
from kg.phrases import load_phrases
from kg.questions import load_questions
from kg.view import network
from tests.test_draw import Page

ROOT = Path(__file__).parent.parent
QUESTIONS = load_questions(ROOT / "ontology" / "questions")
VENDORED = tomllib.loads((VENDOR / "vendored.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def scripts(graph: Path) -> dict[str, str]:
    return sparql_scripts(graph, QUESTIONS.values(), Namer(), load_phrases())


@pytest.fixture(scope="module")
def page(corpus: Corpus, ontology: Ontology, scripts: dict[str, str]) -> Page:
    return Page(page_html(network(corpus, ontology), ontology, more=scripts))


def test_what_others_wrote_is_what_was_written_down() -> None:
    files = {f["name"]: f["sha256"] for f in VENDORED["file"]}
    assert files.keys() | {"LICENSES.txt", "vendored.toml"} == {p.name for p in VENDOR.iterdir()}
    for name, digest in files.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_what_others_wrote_may_be_passed_on() -> None:
    licences = (VENDOR / "LICENSES.txt").read_text("utf-8")
    found = {p["name"]: p for p in VENDORED["package"]}
    wanted = json.loads((ROOT / "vendor" / "package.json").read_text("utf-8"))["dependencies"]
    assert wanted.items() <= {name: p["version"] for name, p in found.items()}.items()
    for name, package in found.items():
        assert set(package["licence"].split(" OR ")) & {"MIT", "Apache-2.0"}
        assert f"{name} {package['version']}: {package['licence']}" in licences


def test_others_code_makes_no_code_from_texts() -> None:
    for name in ("editor.js", "engine.js"):
        text = (VENDOR / name).read_text("utf-8")
        assert "\r" not in text
        assert not re.search(r"\beval\(|new Function|\bfetch\(\"|https?://(?!www\.w3\.org)", text)


def test_the_graph_in_the_page_is_the_graph(graph: Path, page: Page) -> None:
    text = page.data("kg-sparql")["graph"].encode()
    there = set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TRIG))
    built = set(pyoxigraph.parse(path=graph, format=pyoxigraph.RdfFormat.N_QUADS))
    assert there == built
    assert len(text) < 0.6 * graph.stat().st_size


def test_the_same_graph_is_the_same_text_whatever_its_order(graph: Path, tmp_path: Path) -> None:
    turned = tmp_path / "graph.nq"
    lines = graph.read_bytes().splitlines(keepends=True)
    graphs = {line.split(b" ")[-2] for line in lines}
    turned.write_bytes(
        b"".join(x for g in sorted(graphs, reverse=True) for x in lines if x.split(b" ")[-2] == g)
    )
    assert trig(turned, Namer().prefixes) == trig(graph, Namer().prefixes)


def test_questions_lose_nothing_that_an_engine_reads(page: Page) -> None:
    data = page.data("kg-sparql")
    known = "".join(f"PREFIX {p}: <{iri}> " for p, iri in data["prefixes"].items())
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.parse(data["graph"].encode(), format=pyoxigraph.RdfFormat.TRIG))
    assert [q["name"] for q in data["questions"]] == list(QUESTIONS)
    for question in data["questions"]:
        assert "#" not in question["text"].split("{")[0]
        rows, whole = (
            list(store.query(text, use_default_graph_as_union=True))  # type: ignore[arg-type]
            for text in (known + question["text"], QUESTIONS[question["name"]].text)
        )
        assert [str(r) for r in rows] == [str(r) for r in whole]


def test_the_policy_allows_the_engine_only_where_there_is_one(
    corpus: Corpus, ontology: Ontology, scripts: dict[str, str], page: Page
) -> None:
    net = network(corpus, ontology)
    with_it = [page_files(net, ontology, more=scripts)["index.html"]]
    without = page_files(net, ontology)["index.html"]
    for one in [page, *map(Page, with_it)]:
        policy = next(a["content"] for t, a in one.elements if "http-equiv" in a)
        assert "worker-src blob:" in policy
        assert "'wasm-unsafe-eval'" in policy
        assert "'unsafe-eval'" not in policy
    assert "blob:;" not in without.replace("img-src data: blob:;", "")
    assert "wasm" not in without


def test_all_parts_are_joined_and_short() -> None:
    assert {p.stem for p in PAGE.glob("sparql*.js")} == {*PARTS, "sparql_worker"}
    assert all((PAGE / f"{p}.js").read_text("utf-8").count("\n") < 300 for p in PARTS)


def test_every_text_that_the_view_says_exists_and_none_is_left_over() -> None:
    phrases = load_phrases()
    code = "".join((PAGE / f"{p}.js").read_text("utf-8") for p in PARTS)
    said = set(re.findall(r"\bt\(\"(\w+)\"", code))
    assert said - set(phrases.texts) == set()
    used = set(re.findall(r"\w+", code))
    assert {k for k in phrases.part("sparql") if k not in used} == set()


def test_the_view_makes_no_markup_from_texts() -> None:
    code = "".join((PAGE / f"{p}.js").read_text("utf-8") for p in (*PARTS, "sparql_worker"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", code)


def test_the_engine_is_the_same_for_every_graph() -> None:
    assert engine_script() == engine_script()
