"""Real Chromium (Debian's), and pages opened in it from files with the network off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.draw import page_html
from kg.ontology import load_ontology
from kg.site import write_page, write_site
from kg.view import network
from tests import circle, page_corpus
from tests.test_site import workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

Open = Callable[..., "Page"]

STORY = """
[[story]]
title = "All of it"
text = "First words"
view = ""
[[story]]
title = "The circle"
text = "Second words"
view = "view=loops&least=completed"
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, or fail where KG_REQUIRE_BROWSER is 1."""
    path = next((p for n in ("chromium", "chromium-browser") if (p := shutil.which(n))), None)
    why = "no Chromium here (apt install chromium): the pages are not opened"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path, why = None, "playwright is not installed (pip install playwright)"
    if path is None:
        if os.environ.get("KG_REQUIRE_BROWSER") == "1":
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a file and, when the test ends, complains of errors and of anything asked elsewhere."""
    wrong: list[str] = []
    contexts = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            wrong.append(request.url)

    def opened(path: Path, state: str = "lang=en", **options: Any) -> Page:
        wanted: dict[str, Any] = {"viewport": {"width": 1280, "height": 850}, "offline": True}
        context = browser.new_context(**wanted | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", said)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("dialog", lambda d: wrong.append(f"dialog: {d.message}"))
        page.on("request", asked)
        page.goto(path.as_uri() + ("#" + state if state else ""))
        # The graph's page asks for its evidence after the first drawing; pages of text do not.
        page.wait_for_selector("html[data-arrived], body.text", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as one file."""
    net = network(page_corpus.corpus(), load_ontology(), texts={"briefing": page_corpus.TEXT})
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_text(page_html(net, load_ontology()), encoding="utf-8", newline="\n")
    return path


def overlapping(labels: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Labels that share a pixel, as the page says it has drawn them."""
    return [
        (a["lines"][0], b["lines"][0])
        for a, b in combinations(labels, 2)
        if a["rect"][0] < b["rect"][2]
        and b["rect"][0] < a["rect"][2]
        and a["rect"][1] < b["rect"][3]
        and b["rect"][1] < a["rect"][3]
    ]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a folder."""
    root = tmp_path_factory.mktemp("site")
    write_site(page_corpus.corpus(), load_ontology(), workspace(root), root / "site")
    return root / "site"


@pytest.fixture(scope="session")
def money(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The circle as one file and as a folder, side by side."""
    root = circle.write(tmp_path_factory.mktemp("money"))
    (root / "kg.toml").write_text(circle.CONFIG + STORY, "utf-8")
    kg.build_graph(root)
    g = kg.open(root)
    write_page(g.corpus, g.ontology, g.workspace, root / "one.html")
    write_site(g.corpus, g.ontology, g.workspace, root / "site")
    return root


@pytest.fixture(scope="session")
def axe() -> str:
    """The script, which leaves `axe` in a page."""
    module = pytest.importorskip("axe_playwright_python.sync_playwright")
    return str(module.Axe().axe_script)
