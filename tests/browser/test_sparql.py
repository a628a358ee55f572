"""SPARQL in the page, in real Chromium with the network off."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.claim import Corpus
from kg.draw import page_files, page_html
from kg.iri import Namer
from kg.ontology import Ontology
from kg.page_sparql import sparql_scripts
from kg.phrases import load_phrases
from kg.query import prepare
from kg.questions import load_questions
from kg.store import open_store
from kg.view import network
from tests.browser.conftest import Open

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

QUESTIONS = load_questions(Path(__file__).parent.parent.parent / "ontology" / "questions")
ASK = "async (query) => await kgPage.asking.ask(query)"


@pytest.fixture(scope="session")
def asking(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, ontology: Ontology, graph: Path
) -> Path:
    """The small corpus as one file and as a folder, side by side."""
    root = tmp_path_factory.mktemp("asking")
    net = network(corpus, ontology)
    more = sparql_scripts(graph, QUESTIONS.values(), Namer(), load_phrases())
    (root / "one.html").write_text(page_html(net, ontology, more=more), "utf-8", newline="\n")
    for name, text in page_files(net, ontology, more=more).items():
        path = root / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return root


def opened(open_page: Open, path: Path, state: str = "lang=en&view=sparql", **options: Any) -> Page:
    page = open_page(path, state, **options)
    page.wait_for_selector("#answer > *", timeout=30_000)
    page.evaluate("async () => await kgPage.asking.ready")
    return page


def type_anew(page: Page, text: str) -> None:
    page.locator("#ask-editor .cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("name", ["one.html", "site/index.html"])
def test_the_first_question_is_answered_when_the_view_opens(
    open_page: Open, asking: Path, name: str
) -> None:
    page = open_page(asking / name)
    assert page.locator("#sparql .cm-content").count() == 0  # nothing is started before
    page.click("[data-view=sparql]")
    page.wait_for_selector("#answer table", timeout=30_000)
    assert "kg:investsIn" in page.evaluate("kgPage.asking.text()")
    assert ["Nvidia", "OpenAI"] in [
        row.split("\t") for row in page.locator("#answer tbody tr").all_inner_texts()
    ]


def test_every_question_has_the_rows_of_rdflib(open_page: Open, asking: Path, graph: Path) -> None:
    page = opened(open_page, asking / "one.html")
    store = open_store("rdflib")
    store.load(graph)
    for name, question in QUESTIONS.items():
        found = page.evaluate(ASK, question.text)
        result = store.query(prepare(question.text, Namer()).text)
        told = json.loads(result.serialize(format="json") or b"")
        assert found["head"] == told["head"]["vars"], name
        # rdflib writes a group of nothing as a row of nothing.
        rows = [plain(r) for r in told["results"]["bindings"] if r]
        assert [plain(r) for r in found["rows"]] == rows, name


def plain(row: dict[str, dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """A row without what the two write differently: case of language tags, forms of numbers."""
    return {
        name: (
            term["type"],
            f"{float(term['value']):g}"
            if re.search("decimal|integer|double", term.get("datatype", ""))
            else term["value"],
            term.get("xml:lang", "").lower(),
        )
        for name, term in row.items()
    }


def test_a_question_of_the_menu_is_shown_asked_and_shared(open_page: Open, asking: Path) -> None:
    page = opened(open_page, asking / "one.html")
    page.click("#ask-list >> text=Who funds this entity")
    page.wait_for_selector("#answer th >> text=funder")
    assert page.locator("#ask-what h2").inner_text() == QUESTIONS["funders-of"].title("en")
    assert "ask=funders-of" in page.url
    page.fill("#ask-param-entity", "英伟达")
    page.keyboard.press("Tab")
    page.wait_for_selector("#answer >> text=Nothing in the graph")
    assert "d:nvidia" in page.evaluate("kgPage.asking.text()")
    assert page.locator("#ask-what h2").inner_text() == QUESTIONS["funders-of"].title("en")
    again = opened(open_page, asking / "one.html", page.url.split("#")[1])
    assert again.evaluate("kgPage.asking.text()") == page.evaluate("kgPage.asking.text()")


def test_what_somebody_is_writing_stays_when_the_text_settles(
    open_page: Open, asking: Path
) -> None:
    page = opened(open_page, asking / "one.html")
    page.evaluate("""() => {
        document.querySelector('#ask-list [data-name="funders-of"]').click();
        const field = document.querySelector("#ask-param-entity");
        field.focus();
        field.value = "英伟达";
    }""")
    page.wait_for_timeout(500)
    assert page.locator("#ask-param-entity").input_value() == "英伟达"


def test_the_editor_offers_entities_by_any_name_terms_and_variables(
    open_page: Open, asking: Path
) -> None:
    page = opened(open_page, asking / "one.html")
    for typed, offer in (
        ("英伟", "d:nvidia"),
        ("kg:invest", "kg:investsIn"),
        ("投资", "kg:investsIn"),
    ):
        type_anew(page, "SELECT * { ?who ")
        page.keyboard.type(typed)
        options = page.locator("#ask-editor .cm-tooltip-autocomplete li")
        options.first.wait_for()
        assert any(x.startswith(offer) for x in options.all_inner_texts()), typed
    offered = page.evaluate("kgPage.asking.offered('?w', 'SELECT ?who ?what {')")
    assert [x["label"] for x in offered] == ["?who", "?what"]


def test_a_slip_is_told_with_its_place(open_page: Open, asking: Path) -> None:
    page = opened(open_page, asking / "one.html")
    type_anew(page, "SELECT ?a\nWHERE { ?a kg:investsIn }")
    page.keyboard.press("Control+Enter")
    told = page.locator("#answer .warning")
    told.wait_for()
    assert told.inner_text().startswith("Line 2, column 25: not understood from here on: }")
    assert page.locator("#ask-editor .cm-lintRange-error, #ask-editor .cm-lintPoint-error").count()


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { d:a d:b d:c }",
        "LOAD <file:///etc/passwd>",
        "SELECT * { SERVICE <https://example.org/> { ?a ?b ?c } }",
        "SELECT * FROM <file:///etc/passwd> { SERVICE <http://127.0.0.1/> { } }",
    ],
)
def test_a_query_that_does_more_than_read_is_refused(
    open_page: Open, asking: Path, query: str
) -> None:
    page = opened(open_page, asking / "one.html")
    said = page.evaluate(
        "async (q) => kgPage.asking.ask(q).then(() => '', (e) => e.message)", query
    )
    assert said
    assert page.evaluate(ASK, "ASK {}")["truth"] is True


def test_a_question_that_takes_too_long_can_be_stopped(open_page: Open, asking: Path) -> None:
    page = opened(open_page, asking / "one.html")
    type_anew(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.keyboard.press("Control+Enter")
    page.click("#ask-stop")
    page.wait_for_selector("#answer >> text=Stopped.")
    assert page.evaluate(ASK, "ASK {}")["truth"] is True


def test_an_answer_is_drawn(open_page: Open, asking: Path) -> None:
    page = opened(open_page, asking / "one.html")
    page.click("#ask-tools .solid")
    shown = page.evaluate("kgPage.shown()")
    assert shown
    assert all(" investsIn " in edge for edge in shown)
    assert "view=" not in page.url


def test_triples_are_rows_and_can_be_drawn(open_page: Open, asking: Path) -> None:
    page = opened(open_page, asking / "one.html")
    query = "CONSTRUCT { ?a kg:investsIn ?b } WHERE { ?a kg:investsIn ?b }"
    answer = page.evaluate(ASK, query)
    assert {t[1]["value"] for t in answer["triples"]} == {Namer().prefixes["kg"] + "investsIn"}
    drawn = page.evaluate(f"async () => kgPage.asking.drawn(await kgPage.asking.ask('{query}'))")
    assert "nvidia investsIn openai" in drawn["edges"]


def test_an_entity_of_an_answer_opens_its_evidence_beside_it(open_page: Open, asking: Path) -> None:
    page = opened(open_page, asking / "one.html")
    page.click("#answer td button >> text=Nvidia")
    assert page.locator("#list h2").inner_text() == "Nvidia"
    assert page.locator("#answer table").is_visible()


def test_csv_is_safe_for_spreadsheets(open_page: Open, asking: Path) -> None:
    page = opened(open_page, asking / "one.html")
    query = """SELECT ?x { VALUES ?x { "=1+1" "a,\\"b\\"" } }"""
    text = page.evaluate(f"async (q) => kgPage.asking.csvOf(await ({ASK})(q))", query)
    assert text == '\ufeffx\r\n\'=1+1\r\n"a,""b"""\r\n'


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "javascript:alert(1)", "\u202egnp"]
)
def test_hostile_values_stay_text(open_page: Open, asking: Path, text: str) -> None:
    page = opened(open_page, asking / "one.html")
    type_anew(page, f'SELECT ?x ?y {{ VALUES ?x {{ "{text}" }} BIND(IRI("{text}") AS ?y) }}')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer th >> text=x")
    assert page.locator("#answer td").first.text_content() == text
    assert page.locator("#answer td img, #answer td a").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_the_view_fits_the_window(open_page: Open, asking: Path, width: int, lang: str) -> None:
    size = {"viewport": {"width": width, "height": 800}}
    page = opened(open_page, asking / "one.html", f"lang={lang}&view=sparql", **size)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#ask-run").inner_text() == load_phrases().say("ask_run", lang)
