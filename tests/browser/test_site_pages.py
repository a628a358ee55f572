"""The site's folder in real Chromium, opened by double-click, with the network off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open, overlapping

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
    assert page.inner_text("h1") == "英伟达"
    assert page.title().startswith("英伟达")
    page.click("nav >> text=来源")
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


DEMO = Path(__file__).parent.parent.parent / "site"


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("width", [360, 1280])
def test_charts_can_be_read_on_every_screen(open_page: Open, lang: str, width: int) -> None:
    page = open_page(
        DEMO / "entity" / "openai.html", f"lang={lang}", viewport={"width": width, "height": 800}
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    texts = page.evaluate(
        """[...document.querySelectorAll(".chart svg")].map((svg) =>
          [...svg.querySelectorAll("text")]
            .filter((x) => getComputedStyle(x).display !== "none")
            .map((x) => {
              const { left, top, right, bottom, height } = x.getBoundingClientRect();
              return { lines: [x.textContent], rect: [left, top, right, bottom], height };
            }))"""
    )
    assert len(texts) > 4
    for chart in texts:
        assert overlapping(chart) == []
        assert all(text["height"] >= 11 for text in chart)
        assert all(text["rect"][0] >= 0 and text["rect"][2] <= width for text in chart)


def test_a_mark_of_a_chart_leads_to_its_evidence(open_page: Open) -> None:
    page = open_page(DEMO / "entity" / "openai.html")
    mark = page.locator(".chart .mark").first
    claim = str(mark.get_attribute("data-keep")).removeprefix("at=")
    assert not page.is_visible(f"#{claim}")
    mark.click()
    assert page.is_visible(f"#{claim}.at")


@pytest.mark.parametrize("width", [360, 1280])
def test_downloads_are_listed_and_lie_beside_the_page(open_page: Open, width: int) -> None:
    page = open_page(DEMO / "index.html", viewport={"width": width, "height": 800})
    page.click("#views >> text=Downloads")
    assert page.inner_text("h1") == "Downloads"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    names = page.locator("h2 a").all_inner_texts()
    assert names == ["graph.nq", "graph.ttl", "claims.csv", "graph.graphml"]
    assert all((DEMO / name).is_file() for name in names)
