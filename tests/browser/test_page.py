"""The graph page in real Chromium, opened by double-click: what a reader can do with it.

The fixture `open_page` fails a test on any console error and any request beyond the file.
"""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.claim import Claim, Corpus, Entity
from kg.draw import page_html
from kg.ontology import load_ontology
from kg.view import network
from tests import hostile
from tests.browser.conftest import Open, overlapping
from tests.page_corpus import relation, row, usd

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
EDGE = "nvidia investsIn openai"


def write(path: Path, corpus: Corpus) -> Path:
    ontology = load_ontology()
    path.write_text(page_html(network(corpus, ontology), ontology), encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About as many and as long names as real data has, in three scripts."""
    dice = random.Random(7)
    chinese = "人工智能数据中心云计算资本集团科技基础设施合作伙伴国际控股基金"
    entities = {
        f"e{i}": Entity(
            id=f"e{i}",
            type=dice.choice(["Company", "Project", "Fund", "Person"]),
            labels={
                "en": " ".join(
                    dice.sample(["Blue", "Data", "Holdings", "Capital", "AI", "Group"], 2)
                ),
                "zh-Hans": "".join(dice.sample(chinese, dice.randint(2, 9))),
                "zh-Hant": "".join(dice.sample(chinese, dice.randint(2, 9))),
            },
        )
        for i in range(120)
    }
    claims: list[Claim] = [
        relation(
            f"e{i}",
            dice.choice(["investsIn", "supplies", "lendsTo"]),
            f"e{dice.randrange(max(1, int(i**0.6)))}",
            row(i),
            usd(str(Decimal(500) / i)),
            status="announced",
        )
        for i in range(1, 120)
    ]
    path = tmp_path_factory.mktemp("crowded") / "graph.html"
    return write(path, Corpus(entities=entities, sources={}, claims=tuple(claims)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", ["single", "crowded"])
def test_the_first_picture_is_legible(
    open_page: Open, request: pytest.FixtureRequest, sample: str, language: str
) -> None:
    page = open_page(request.getfixturevalue(sample), f"lang={language}")
    page.wait_for_timeout(300)
    labels = page.evaluate("kgPage.labels()")
    names = [x for x in labels if x["kind"] == "node"]
    shown = page.evaluate("kgPage.shown().flatMap((e) => [e.split(' ')[0], e.split(' ')[2]])")
    assert {x["id"] for x in names} == set(shown)  # every name is there
    assert overlapping(labels) == []  # amounts neither lie on names nor on each other
    assert min(x["size"] for x in labels) >= 11
    assert all(
        x["rect"][0] >= 0 and x["rect"][1] >= 0 and x["rect"][2] <= 1280 - 232 - 336 for x in names
    )


@pytest.mark.parametrize("query", ["英伟达", "輝達", "Nvidia", "nvda", "英偉達", "NVI"])
def test_search_finds_any_name_in_any_script(open_page: Open, single: Path, query: str) -> None:
    page = open_page(single)
    page.fill("#search", query)
    assert page.inner_text("#found [role=option] >> nth=0").startswith("Nvidia")
    page.keyboard.press("Enter")
    assert page.inner_text("#list h2") == "Nvidia"
    assert "node=nvidia" in page.url


def test_search_says_when_there_is_nothing(open_page: Open, single: Path) -> None:
    page = open_page(single)
    page.fill("#search", "no such thing")
    assert page.inner_text("#found") == "Nothing is called that"


def test_a_click_on_a_line_shows_its_evidence(open_page: Open, single: Path) -> None:
    page = open_page(single)
    page.wait_for_timeout(200)
    start, end = page.evaluate("[kgPage.at('google'), kgPage.at('openai')]")
    label = page.evaluate("kgPage.labels().find((x) => x.id === 'google supplies openai')?.rect")
    x, y = (start["x"] + end["x"]) / 2, (start["y"] + end["y"]) / 2
    if label:
        x, y = (label[0] + label[2]) / 2, (label[1] + label[3]) / 2
    page.click("#graph", position={"x": x, "y": y})
    assert "supplies" in page.inner_text("#list .kicker >> nth=0")
    assert page.locator("#list .claim").count() >= 1


def test_every_edge_reaches_quote_date_amount_and_source(open_page: Open, single: Path) -> None:
    page = open_page(single)
    page.click(f'[data-key="{EDGE}"]')
    panel = page.inner_text("#list")
    assert "up to $100bn" in panel
    quotes = page.locator("#list blockquote mark").all_inner_texts()
    assert "Nvidia said it would invest up to $100 billion in OpenAI" in quotes
    assert any("step by step" in b for b in page.locator("blockquote").all_inner_texts())
    assert "2025-09-22" in panel
    link = page.locator("#list .source a >> nth=0")
    assert link.get_attribute("href") == "https://wire.example/story?a=1&b=2"
    assert "noopener" in (link.get_attribute("rel") or "")


def test_denials_and_conflicts_are_marked(open_page: Open, single: Path) -> None:
    page = open_page(single, "lang=en&edge=google supplies openai")
    assert page.locator("#list .claim.no").count() == 1
    assert "A source denies this." in page.inner_text("#list")
    page = open_page(single, f"lang=en&edge={EDGE}")
    assert page.inner_text("#list").count("Contradicted by 1 of the claims") == 2


def test_the_keyboard_alone_is_enough(open_page: Open, single: Path) -> None:
    page = open_page(single)
    page.focus("#list .row >> nth=0")
    first = page.evaluate("document.activeElement.dataset.key")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.dataset.key")
    assert second != first
    page.keyboard.press("Enter")
    assert page.locator("#list .claim").count() > 0
    assert page.evaluate("document.activeElement.className") == "back"
    page.keyboard.press("Escape")
    assert page.locator("#list .claim").count() == 0
    assert page.evaluate("document.activeElement.dataset.key") == second


def test_arrows_walk_through_the_picture(open_page: Open, single: Path) -> None:
    page = open_page(single, "lang=en&node=openai")
    page.focus("#graph")
    seen = {page.inner_text("#list h2")}
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
        seen.add(page.inner_text("#list h2"))
    assert len(seen) > 1


def test_a_large_picture_follows_the_hand_and_is_named_when_it_rests(
    open_page: Open, crowded: Path
) -> None:
    page = open_page(crowded, "lang=en&n=119")
    page.wait_for_timeout(300)
    for _ in range(4):
        page.click("#zoom-in")
    place = page.evaluate("kgPage.at('e1')")
    box = page.locator("#graph").bounding_box()
    assert box
    x, y = box["x"] + 8, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 30):
        page.mouse.move(x + 10 * step, y + 10 * step)
    # What came into sight above is drawn already.
    inked = """() => { const c = document.querySelector("#graph canvas");
        return c.getContext("2d").getImageData(0, 0, c.width, 200).data.some((v) => v > 0); }"""
    assert page.evaluate(inked)
    moved = page.evaluate("kgPage.at('e1')")
    assert (moved["x"] - place["x"], moved["y"] - place["y"]) == (290, 290)
    page.mouse.up()
    page.wait_for_timeout(100)
    labels = page.evaluate("kgPage.labels()")
    assert any(x["kind"] == "node" and x["rect"][1] < 200 for x in labels)
    assert overlapping(labels) == []


def test_the_legend_filters(open_page: Open, single: Path) -> None:
    page = open_page(single)
    assert "google supplies openai" in page.evaluate("kgPage.shown()")
    page.uncheck('[data-key="relation supplies"]')
    assert "google supplies openai" not in page.evaluate("kgPage.shown()")
    assert "relation=supplies" in page.url
    page.click('[data-key="reset"]')
    assert "google supplies openai" in page.evaluate("kgPage.shown()")


def test_the_slider_shows_the_largest_only(open_page: Open, single: Path) -> None:
    page = open_page(single, "lang=en&n=2")
    assert page.evaluate("kgPage.shown()") == [
        "mgx participatesIn stargate",
        "openai participatesIn stargate",
    ]
    assert page.locator("#list .row").count() == 2


@pytest.mark.parametrize(
    ("state", "gone"),
    [
        ("min=50000000000", "google supplies openai"),
        ("status=rumoured", "mgx investsIn openai"),
        ("type=Concept", "openai proposes world-model"),
        ("from=2025Q1", "nvidia acquires mgx"),
    ],
)
def test_the_other_filters(open_page: Open, single: Path, state: str, gone: str) -> None:
    assert gone in open_page(single).evaluate("kgPage.shown()")
    shown = open_page(single, f"lang=en&{state}").evaluate("kgPage.shown()")
    assert gone not in shown and EDGE in shown


@pytest.mark.parametrize(
    ("button", "relation_name", "title"),
    [("中文", "投资", "英伟达"), ("繁體", "投資", "輝達"), ("English", "invests in", "Nvidia")],
)
def test_the_language_switch(
    open_page: Open, single: Path, button: str, relation_name: str, title: str
) -> None:
    page = open_page(single)
    page.click(f"#languages >> text={button}")
    assert relation_name in page.inner_text("#filters")
    assert title in page.inner_text("#list")
    assert any(title in x["lines"] for x in page.evaluate("kgPage.labels()"))


def test_a_shared_link_restores_the_view(open_page: Open, single: Path) -> None:
    page = open_page(single)
    page.click("#languages >> text=中文")
    page.uncheck('[data-key="relation supplies"]')
    page.click(f'[data-key="{EDGE}"]')
    again = open_page(single, page.url.partition("#")[2])
    for seen in ("kgPage.shown()", "document.documentElement.lang"):
        assert again.evaluate(seen) == page.evaluate(seen)
    assert again.inner_text("#list") == page.inner_text("#list")


def test_the_table_holds_every_claim_and_opens_it(open_page: Open, single: Path) -> None:
    page = open_page(single)
    page.click("#views >> text=Table")
    assert page.locator("#table tbody tr").count() == 14
    page.fill("#table input[type=search]", "Stargate")
    page.wait_for_timeout(250)
    assert page.locator("#table tbody tr").count() == 2
    page.click("#table tbody button >> nth=0")
    assert "Stargate" in page.inner_text("#list h2")
    page.click("#table th button >> nth=0")
    assert page.get_attribute("#table th >> nth=0", "aria-sort") == "ascending"


def test_csv_of_what_is_shown_reloads_and_is_safe_to_open(open_page: Open, tmp_path: Path) -> None:
    page = open_page(write(tmp_path / "hostile.html", hostile.corpus()))
    text = page.evaluate("kgPage.csv()")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len({r["claim"] for r in rows}) == 2 * len(hostile.STRINGS)
    assert not any(value[:1] in "=+-@\t\r" for r in rows for value in r.values() if value)


def test_what_is_saved_of_hostile_texts_is_xml(open_page: Open, tmp_path: Path) -> None:
    page = open_page(write(tmp_path / "hostile.html", hostile.corpus()))
    ElementTree.fromstring(page.evaluate("kgPage.graphml()").partition("?>")[2])
    page.click("#save summary")
    with page.expect_download() as download:
        page.click("#svg")
    ElementTree.parse(download.value.path())


def test_saving_the_picture(open_page: Open, single: Path) -> None:
    page = open_page(single)
    page.wait_for_timeout(200)
    for button, start in (
        ("#png", b"\x89PNG"),
        ("#svg", b"<svg"),
        ("#csv", b"\xef\xbb\xbfsubject"),
        ("#graphml", b"<?xml"),
    ):
        page.click("#save summary")
        with page.expect_download() as download:
            page.click(button)
        assert Path(download.value.path()).read_bytes().startswith(start)


def test_hostile_texts_do_nothing(open_page: Open, tmp_path: Path) -> None:
    page = open_page(write(tmp_path / "hostile.html", hostile.corpus()))
    elements = page.evaluate("document.querySelectorAll('img, iframe, base, script').length")
    for index in range(0, len(hostile.STRINGS), 3):
        page.evaluate("(i) => kgPage.select('edge', kgPage.shown()[i])", index)
        page.evaluate("(i) => kgPage.select('node', 'e' + i)", index)
    page.fill("#search", "script")
    page.keyboard.press("Escape")
    page.click("#views >> text=Table")
    page.wait_for_timeout(200)
    assert page.evaluate("typeof window.hacked") == "undefined"
    counted = "document.querySelectorAll('img, iframe, base, script').length"
    assert page.evaluate(counted) == elements
    links = page.eval_on_selector_all("a[href]", "all => all.map((a) => a.protocol)")
    assert set(links) <= {"file:", "https:", "http:"}


def test_a_phone_shows_picture_and_list_without_sideways_scrolling(
    open_page: Open, single: Path
) -> None:
    page = open_page(single, viewport={"width": 390, "height": 844})
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert overlapping(page.evaluate("kgPage.labels()")) == []
    page.click("#show-filters")
    assert page.is_visible('[data-key="relation supplies"]')


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_their_ground(open_page: Open, single: Path, scheme: str) -> None:
    page = open_page(single, color_scheme=scheme)
    colors = page.evaluate(
        """["--ink", "--ink-soft", "--mute", "--accent", "--flag"].flatMap((ink) =>
          ["--paper", "--sheet", "--hover"].map((ground) => [ink, ground].map((name) =>
            getComputedStyle(document.documentElement).getPropertyValue(name).trim())))"""
    )
    for ink, ground in colors:
        assert contrast(ink, ground) >= 4.5, (ink, ground)


def contrast(a: str, b: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

    def light(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, bright = sorted((light(a), light(b)))
    return (bright + 0.05) / (dark + 0.05)
