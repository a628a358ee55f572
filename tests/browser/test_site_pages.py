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
