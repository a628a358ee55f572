"""axe finds nothing in any view, in any language, light or dark: https://github.com/dequelabs/axe-core

What a machine can find, that is: names, roles, contrast, order of headings, landmarks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.phrases import LANGUAGES
from tests.browser.conftest import Open

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: A view's name → what stands behind "#"; "{loop}" and "{conflict}" are the first of each.
VIEWS = {
    "graph": "",
    "node": "node=birch",
    "edge": "edge=cedar supplies birch",
    "path": "path=alder~cedar&money=1",
    "filtered": "relation=supplies&min=1000000",
    "story": "story=1",
    "loops": "view=loops",
    "loop": "view=loops&loop={loop}",
    "conflicts": "view=conflicts",
    "conflict": "view=conflicts&conflict={conflict}",
    "table": "view=table",
    "ask": "view=sparql&ask=funders-of",
    "answer": "view=sparql&ask=money-triangles",
    "slip": "view=sparql&ask=SELECT",
    "answer and evidence": "view=sparql&ask=largest-claims&node=birch",
}
PAGES = ("entities.html", "entity/birch.html", "sources.html", "about.html", "downloads.html")


def violations(page: Page) -> list[str]:
    """What axe finds on a page that has it, each with the elements that it found it in."""
    # It would ask for style sheets again, which the page's policy forbids.
    found = page.evaluate("axe.run({ resultTypes: ['violations'], preload: false })")
    return [
        f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'][:4])}"
        for rule in found["violations"]
    ]


def test_axe_finds_what_is_planted(open_page: Open, single: Path, axe: str) -> None:
    page = open_page(single)
    page.evaluate(axe)
    page.evaluate("""() => {
        document.querySelector("#search").removeAttribute("aria-label");
        document.querySelector("#search").removeAttribute("placeholder");
        document.querySelector("#bar").style.color = "#cccccc"; }""")
    assert {found.split(":")[0] for found in violations(page)} >= {"label", "color-contrast"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(
    open_page: Open, money: Path, axe: str, language: str, theme: str
) -> None:
    keep = f"lang={language}&theme={theme}"
    page = open_page(money / "site" / "index.html", keep)
    page.evaluate(axe)
    loop = page.evaluate("kgData['kg-loops'].loops[0].id")
    conflict = page.evaluate("kgData['kg-conflicts'].conflicts[0].id")
    found = {}
    for name, state in VIEWS.items():
        state = state.replace("{loop}", loop).replace("{conflict}", conflict)
        page.evaluate("(state) => { location.hash = state; }", f"{keep}&{state}")
        page.wait_for_timeout(60)
        if "sparql" in state:
            page.wait_for_selector("#answer > *", timeout=30_000)
            page.wait_for_timeout(200)
        assert state.partition("=")[0] in page.url  # the page has kept what it could show
        found[name] = violations(page)
    for name in PAGES:
        page.goto((money / "site" / name).as_uri() + f"#{keep}")
        page.evaluate(axe)
        found[name] = violations(page)
    assert {name: some for name, some in found.items() if some} == {}
    assert len(found) == len(VIEWS) + len(PAGES)
