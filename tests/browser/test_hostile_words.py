"""An ontology of hostile texts in real Chromium, as one file and as a folder: nothing runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.site import write_page, write_site
from tests import hostile_ontology
from tests.browser.conftest import Open
from tests.hostile import STRINGS

pytestmark = pytest.mark.browser

#: What no page of ours has, and what a text that became markup would have made.
FOREIGN = """[...document.querySelectorAll("*")].filter((x) =>
  ["IMG", "IFRAME", "BASE", "OBJECT", "EMBED", "FORM"].includes(x.tagName) ||
  (x.protocol && !["file:", "https:", "http:"].includes(x.protocol)) ||
  [...x.attributes].some((a) => /^on/i.test(a.name)))
  .map((x) => x.outerHTML)"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = hostile_ontology.write(tmp_path_factory.mktemp("hostile"))
    kg.build_graph(root)
    g = kg.open(root)
    write_page(g.corpus, g.ontology, g.workspace, root / "one.html")
    write_site(g.corpus, g.ontology, g.workspace, root / "site")
    return root


@pytest.fixture(params=["one.html", "site/index.html"])
def place(hostile: Path, request: pytest.FixtureRequest) -> Path:
    path = hostile / request.param
    assert isinstance(path, Path)
    return path


@pytest.mark.parametrize("language", hostile_ontology.LANGUAGES)
def test_every_view_shows_them_as_text(open_page: Open, place: Path, language: str) -> None:
    page = open_page(place, f"lang={language}")
    seen = page.locator("#filters .choice .label").all_text_contents()
    assert set(seen) & set(STRINGS)
    for edge in page.evaluate("kgPage.shown()"):
        page.evaluate("(id) => kgPage.select('edge', id)", edge)
        page.evaluate("(id) => kgPage.select('node', id.split(' ')[0])", edge)
        assert page.evaluate(FOREIGN) == []
    for view in ("loops", "conflicts", "table"):
        page.click(f"[data-view={view}]")
        if view == "loops":
            page.click("#list .row")
            page.click("#list .hop .row >> nth=0")
        page.wait_for_timeout(100)
        assert page.evaluate(FOREIGN) == []
    assert page.evaluate("typeof window.hacked") == "undefined"
    page.click("#tell")
    for text in STRINGS:
        assert page.text_content("#story h2") == text
        page.click('[data-key="story next"]')
    assert page.evaluate("typeof window.hacked") == "undefined"


def test_what_fills_a_text_stays_as_it_is(open_page: Open, place: Path) -> None:
    assert open_page(place).evaluate("""kgPage.t("more", { n: "$&$'" })""") == "$&$' more"


def test_questions_are_texts_too(open_page: Open, hostile: Path) -> None:
    page = open_page(hostile / "site" / "index.html", "lang=en&view=sparql")
    page.wait_for_selector("#sparql button", state="attached")
    page.wait_for_timeout(500)
    assert page.evaluate(FOREIGN) == []
    assert page.evaluate("typeof window.hacked") == "undefined"


def test_what_is_saved_is_what_it_claims_to_be(open_page: Open, place: Path) -> None:
    page = open_page(place)
    for view in ("graph", "loops"):
        page.click(f"[data-view={view}]")
        rows = list(csv.reader(io.StringIO(page.evaluate("kgPage.csv()").removeprefix("\ufeff"))))
        assert len(rows) > 1
        assert not [c for row in rows for c in row if c[:1] in ("=", "+", "-", "@", "\t", "\r")]
        ElementTree.fromstring(page.evaluate("kgPage.graphml()").partition("?>")[2])
        page.click("#save summary")
        with page.expect_download() as download:
            page.click("#svg")
        saved = ElementTree.parse(download.value.path())
        assert not {x.tag.rpartition("}")[2] for x in saved.iter()} - {
            *("svg", "title", "rect", "path", "text")
        }


@pytest.mark.parametrize("name", ["entities", "sources", "about", "entity/birch"])
def test_pages_of_text(open_page: Open, hostile: Path, name: str) -> None:
    page = open_page(hostile / "site" / f"{name}.html")
    for button in ("中文", "繁體", "English"):
        page.click(f"text={button}")
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate(FOREIGN) == []
    assert page.evaluate("typeof window.hacked") == "undefined"
