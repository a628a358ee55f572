"""The site's folder in real Chromium, opened by double-click, with the network off."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.claim import Corpus
from kg.ontology import load_ontology
from kg.phrases import LANGUAGES
from kg.site import write_site
from tests.browser.conftest import Open, overlapping
from tests.browser.test_accessibility import violations
from tests.page_figures import FIGURES, LATE, UNDATED
from tests.test_site import workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def test_the_graph_opens_from_the_folder(open_page: Open, site: Path) -> None:
    page = open_page(site / "index.html")
    page.wait_for_timeout(300)
    assert overlapping(page.evaluate("kgPage.labels()")) == []
    page.click('[data-key="nvidia investsIn openai"]')
    assert page.locator("#list .claim").count() == 4


def test_language_and_theme_go_along_from_page_to_page(open_page: Open, site: Path) -> None:
    page = open_page(site / "index.html", "lang=zh-Hans&theme=dark&node=nvidia")
    page.click("#list a:has-text('单独页面')")
    page.wait_for_load_state()  # its script, which translates it, comes last
    assert page.inner_text("h1") == "英伟达"
    assert page.title().startswith("英伟达")
    page.click("nav >> text=来源")
    page.wait_for_load_state()
    assert page.inner_text("h1") == "来源"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click("nav >> text=图谱")
    page.wait_for_selector("#list .row")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


def test_an_entity_page_leads_to_its_evidence_and_back_to_the_graph(
    open_page: Open, site: Path
) -> None:
    page = open_page(site / "entity" / "openai.html")
    page.click("summary:has-text('Nvidia')")
    assert page.is_visible("mark:has-text('Nvidia said it would invest')")
    page.click("text=Show in the graph")
    assert page.inner_text("#list h2") == "OpenAI"


def test_a_claim_leads_to_its_source(open_page: Open, site: Path) -> None:
    page = open_page(site / "entity" / "openai.html")
    page.click("summary:has-text('Nvidia')")
    page.click("details[open] >> text=A wire story >> nth=0")
    assert page.inner_text("li.at a") == "A wire story"


@pytest.mark.parametrize("name", ["entities", "sources", "about"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_text_fit_the_window(open_page: Open, site: Path, name: str, width: int) -> None:
    page = open_page(site / f"{name}.html", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in ("中文", "繁體", "English"):
        page.click(f"text={button}")
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, graph: Path) -> Path:
    """The sample with a built graph, so with files to download, and with figures over time."""
    root = tmp_path_factory.mktemp("built")
    place = workspace(root)
    place.output.mkdir()
    shutil.copyfile(graph, place.graph)
    sources = {**corpus.sources, LATE.id: LATE, UNDATED.id: UNDATED}
    more = replace(corpus, sources=sources, claims=(*corpus.claims, *FIGURES))
    write_site(more, load_ontology(), place, root / "site")
    return root / "site"


TEXTS = """
[...document.querySelectorAll(".chart svg")].map((svg) => [
  [...svg.querySelectorAll("text")].filter((x) => x.checkVisibility()).map((x) => {
    const { left, top, right, bottom } = x.getBoundingClientRect();
    // The letters are as high as the font says, times what the picture is shrunk by.
    const size = parseFloat(getComputedStyle(x).fontSize) * x.getScreenCTM().a;
    return { lines: [x.textContent], rect: [left, top, right, bottom], size };
  }),
  [...svg.querySelectorAll(".mark")].map((x) => {
    const { left, top, right, bottom } = x.getBoundingClientRect();
    return { lines: ["a mark"], rect: [left, top, right, bottom] };
  }),
])
"""


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_charts_can_be_read_on_every_screen(
    open_page: Open, built: Path, lang: str, width: int
) -> None:
    page = open_page(
        built / "entity" / "openai.html", f"lang={lang}", viewport={"width": width, "height": 800}
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    charts = page.evaluate(TEXTS)
    assert len(charts) == 4
    for texts, marks in charts:
        assert len(texts) > 6
        assert overlapping(texts) == []
        assert not [(a, b) for a, b in overlapping([*texts, *marks]) if {a, b} > {"a mark"}]
        assert all(text["size"] >= 11 for text in texts)
        assert all(text["rect"][0] >= 0 and text["rect"][2] <= width for text in texts)


def test_a_point_of_a_chart_leads_to_its_evidence_again_and_again(
    open_page: Open, built: Path
) -> None:
    page = open_page(built / "entity" / "openai.html", "lang=zh-Hans&theme=dark")
    link = page.locator(".chart a").first
    claim = str(link.get_attribute("data-keep")).removeprefix("at=")
    assert not page.is_visible(f"#{claim}")
    for _ in range(2):
        link.locator(".hit").click()
        page.wait_for_selector(f"#{claim}.at")
        page.evaluate("(id) => document.getElementById(id).closest('details').open = false", claim)
    page.reload()
    page.wait_for_selector(f"#{claim}.at")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


def test_a_point_is_told_in_the_reader_s_language(open_page: Open, built: Path) -> None:
    page = open_page(built / "entity" / "openai.html")
    shown = "document.querySelector('.chart a title').textContent"
    assert "reported" in page.evaluate(shown)
    page.click("text=繁體")
    assert "已報告" in page.evaluate(shown)


@pytest.mark.parametrize("name", ["entity/openai", "downloads"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_charts_and_downloads(
    open_page: Open, built: Path, axe: str, name: str, theme: str
) -> None:
    for lang in LANGUAGES:
        state = f"lang={lang}&theme={theme}"
        page = open_page(built / f"{name}.html", state, reduced_motion="reduce")
        page.evaluate(axe)
        assert violations(page) == []


def test_without_script_the_charts_are_in_english(built: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((built / "entity" / "openai.html").as_uri())
    assert page.is_visible(".chart text:has-text('852bn')")
    assert not page.is_visible(".chart text:has-text('8520亿')")
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_downloads_are_listed_and_lie_beside_the_page(
    open_page: Open, built: Path, width: int
) -> None:
    page = open_page(built / "index.html", "lang=zh-Hant", viewport={"width": width, "height": 800})
    page.click("#views >> text=下載")
    assert page.inner_text("h1") == "下載"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    names = page.locator("h2 a").all_inner_texts()
    assert names == ["graph.nq", "graph.ttl", "claims.csv", "graph.graphml", "entities.ftm.json"]
    assert all((built / name).is_file() for name in names)


def test_the_single_page_offers_no_downloads(open_page: Open, single: Path) -> None:
    assert open_page(single).locator("a:has-text('Downloads')").count() == 0


@pytest.mark.parametrize("name", ["entity/openai", "sources", "about", "downloads", "index"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_paper_has_no_menus_and_dark_ink_whatever_the_theme(
    open_page: Open, built: Path, name: str, theme: str
) -> None:
    page = open_page(built / f"{name}.html", f"lang=en&theme={theme}")
    page.emulate_media(media="print")
    for menu in (".views", ".tools", ".filters", ".search", ".zoom"):
        assert page.locator(f"{menu}:visible").count() == 0
    colors = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colors == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_evidence_is_printed_with_the_addresses_of_its_sources(
    open_page: Open, built: Path
) -> None:
    page = open_page(built / "entity" / "openai.html")
    text = printed(page)
    assert "Nvidia said it would invest up to $100 billion" in text
    assert "https://wire.example/story?a=1&b=2" in text
    assert "file:" not in text
    assert page.locator("details[open]").count() == 0  # afterwards all is as it was
    assert "https://wire.example/story?a=1&b=2" in printed(open_page(built / "sources.html"))


@pytest.mark.parametrize("view", ["node=openai", "view=table", "view=conflicts"])
def test_the_graph_is_printed_with_what_stands_beside_it(
    open_page: Open, built: Path, view: str
) -> None:
    page = open_page(built / "index.html", f"lang=en&{view}")
    page.wait_for_timeout(300)
    page.emulate_media(media="print")
    cut = page.evaluate(
        """[...document.querySelectorAll(".panel, .scroller, .conflicts")]
          .filter((x) => x.checkVisibility() && x.scrollHeight > x.clientHeight + 1).length"""
    )
    assert cut == 0
    assert page.is_visible("#graph canvas") == (view == "node=openai")
    assert "OpenAI" in printed(page)


def printed(page: Page) -> str:
    """The text of the page on A4."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return "".join(p.extract_text() for p in pages).replace("\n", "")
