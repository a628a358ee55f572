"""Loops, conflicts, ways between two, the story, in real Chromium, over a circle of money."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from tests.browser.conftest import Open, overlapping
from tests.page_data import read_data

pytestmark = pytest.mark.browser


@pytest.fixture(params=["one.html", "site/index.html"])
def place(money: Path, request: pytest.FixtureRequest) -> Path:
    path = money / request.param
    assert isinstance(path, Path)
    return path


def test_a_loop_shows_its_hops_in_order_with_their_evidence(open_page: Open, place: Path) -> None:
    page = open_page(place)
    page.click("#views >> text=Loops")
    assert page.locator("#list .ranked > li").count() == 1
    page.click("#list .row")
    page.wait_for_timeout(2600)  # the hops have lit one after the other
    hops = page.locator("#list .hop .who").all_inner_texts()
    assert [h.split(" → ")[0] for h in hops] == ["Alder", "Birch", "Cedar"]
    assert [h.split(" → ")[1] for h in hops] == ["Birch", "Cedar", "Alder"]
    assert page.locator("#list .hop blockquote").count() == 3
    assert page.locator("#list .hop .source a").count() == 3
    drawn = [x["lines"][0] for x in page.evaluate("kgPage.labels()") if x["kind"] == "edge"]
    assert {text.split(" · ")[0] for text in drawn} == {"1", "2", "3"}
    assert overlapping(page.evaluate("kgPage.labels()")) == []


def test_what_can_go_round_shrinks_with_the_state(open_page: Open, place: Path) -> None:
    page = open_page(place, "lang=en&view=loops")
    page.click("#list .row")
    rows = page.locator("#list .states tr").all_inner_texts()
    assert [r.split("\t")[0].strip() for r in rows] == ["announced", "committed", "completed"]
    assert "up to $5bn" in rows[0]
    assert "nothing yet" in rows[2]


def test_before_a_day_there_was_no_loop_yet(open_page: Open, place: Path) -> None:
    page = open_page(place, "lang=en&view=loops&asof=2024-05-31")
    assert "No loop fits" in page.inner_text("#list")
    page = open_page(place, "lang=en&view=loops&asof=2024-07-31")
    assert page.locator("#list .ranked > li").count() == 1
    page = open_page(place, "lang=en&view=loops&least=completed")
    assert "No loop fits" in page.inner_text("#list")


def test_a_hop_leads_to_all_its_deals(open_page: Open, place: Path) -> None:
    page = open_page(place, "lang=en&view=loops")
    page.click("#list .row")
    page.click("#list .hop .row >> nth=0")
    assert "flow=alder" in page.url
    assert page.locator("#list .deal .claim").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator("#list .hop").count() == 3


def test_conflicting_sides_stand_beside_each_other(open_page: Open, place: Path) -> None:
    page = open_page(place, "lang=en&view=conflicts")
    titles = page.locator("#list .row .who").all_inner_texts()
    assert "Birch net loss" in titles
    page.click("#list .row:has-text('net loss')")
    sides = page.locator("#conflicts .side").all_inner_texts()
    assert len(sides) == 2
    assert "$1bn" in sides[0] + sides[1] and "$3bn" in sides[0] + sides[1]
    boxes = [page.locator("#conflicts .side").nth(k).bounding_box() for k in (0, 1)]
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"]
    again = open_page(place, page.url.partition("#")[2])
    assert again.inner_text("#conflicts") == page.inner_text("#conflicts")


def test_the_bar_counts_what_the_view_shows(open_page: Open, place: Path) -> None:
    page = open_page(place, "lang=en&view=conflicts")
    bar = page.locator("#bar span").all_inner_texts()
    assert bar[:4] == ["2 of 2 conflicts", "sums differ: 1", "figures differ: 1", "4 claims"]
    page.uncheck("#filters label:has-text('sums differ') input")
    bar = page.locator("#bar span").all_inner_texts()
    assert bar[:3] == ["1 of 2 conflicts", "figures differ: 1", "2 claims"]
    page.click("[data-view=table]")
    assert page.locator("#bar span").all_inner_texts()[:3] == [
        *("8 of 8 claims", "4 of 5 entities", "4 sources")
    ]
    page.fill("#table input[type=search]", "Grove")
    page.wait_for_timeout(250)
    assert page.locator("#bar span").all_inner_texts()[:2] == ["1 of 8 claims", "2 of 5 entities"]
    page.click("[data-view=graph]")
    assert page.inner_text("#bar span >> nth=0") == "5 of 5 relations"


@pytest.mark.parametrize("width", [360, 390])
def test_the_menu_of_a_phone_comes_to_the_chosen_view(
    open_page: Open, money: Path, width: int
) -> None:
    options = {"viewport": {"width": width, "height": 700}}
    page = open_page(money / "site" / "index.html", "lang=en&view=table", **options)
    box = page.locator("[data-view=table]").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_way_between_two_follows_the_money_when_asked(open_page: Open, place: Path) -> None:
    page = open_page(place, "lang=en&path=alder~cedar")
    assert "Alder – Cedar" in page.inner_text("#list")
    page.check('[data-key="path money"]')
    assert "Alder – Birch – Cedar" in page.inner_text("#list")
    page = open_page(place, "lang=en&node=grove")
    page.click('[data-key="path from"]')
    page.fill("#search", "cedar cloud")
    page.keyboard.press("Enter")
    assert "Grove – Birch – Cedar" in page.inner_text("#list")


def test_the_story_walks_through_its_views_and_leaves_the_reader_there(
    open_page: Open, place: Path
) -> None:
    page = open_page(place)
    page.click("#tell")
    assert page.inner_text("#story h2") == "All of it"
    page.click('[data-key="story next"]')
    assert page.inner_text("#story h2") == "The circle"
    assert page.get_attribute("[data-view=loops]", "aria-pressed") == "true"
    page.click('[data-key="story next"]')
    assert page.locator("#story").is_hidden()
    assert "view=loops" in page.url and "story" not in page.url


def test_graphml_reloads_to_the_same_edges(open_page: Open, place: Path, tmp_path: Path) -> None:
    page = open_page(place)
    path = tmp_path / "kg.graphml"
    path.write_text(page.evaluate("kgPage.graphml()"), "utf-8")
    ElementTree.parse(path)
    read = nx.read_graphml(path, force_multigraph=True)
    found = {f"{a} {data['relation']} {b}" for a, b, data in read.edges(data=True)}
    assert found == set(page.evaluate("kgPage.shown()"))
    assert read.number_of_edges() == len(found)


def test_time_plays_up_to_the_last_relation(open_page: Open, place: Path) -> None:
    page = open_page(place)
    whole = page.evaluate("kgPage.shown()")
    page.click(".play")
    page.wait_for_timeout(100)
    assert len(page.evaluate("kgPage.shown()")) < len(whole)
    page.wait_for_timeout(2500)
    assert page.evaluate("kgPage.shown()") == whole


def test_one_publisher_s_relations_alone(open_page: Open, place: Path) -> None:
    page = open_page(place)
    page.fill('[data-key="publisher"]', "Second Post")
    assert page.evaluate("kgPage.shown()") == ["cedar supplies birch"]
    assert "publisher=Second" in page.url


def test_the_folder_asks_for_no_file_that_is_not_there(money: Path) -> None:
    graph = (money / "site" / "assets" / "kg-graph.js").read_text("utf-8")
    value = read_data(graph, "kg-graph")
    assert value["bundles"] == ["kg-conflicts", "kg-loops", "kg-sparql", "sparql"]
    for name in value["bundles"]:
        assert (money / "site" / "assets" / f"{name}.js").is_file()
