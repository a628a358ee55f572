"""The page as a file: it asks nothing of any network, and no text of the data becomes markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.downloads import FILES
from kg.draw import PAGE, PARTS, page_files, page_html, script, style, vis_network
from kg.ontology import load_ontology
from kg.pagedata import edge_values
from kg.phrases import LANGUAGES, load_phrases
from kg.series import KINDS
from kg.view import Network, network
from kg.web import as_json, file_name, page_name, safe_url
from tests import hostile, page_corpus
from tests.page_data import read_data

ONTOLOGY = load_ontology()


class Page(HTMLParser):
    """Elements with their attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: list[tuple[str, dict[str, str], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {k: v or "" for k, v in attrs}
        self.elements.append((tag, found))
        if tag in ("script", "style"):
            self.inside.append((tag, found, ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and self.inside:
            tag, attrs, text = self.inside[-1]
            self.inside[-1] = tag, attrs, text + data

    def script(self, name: str) -> str:
        """A script that the page unpacks."""
        packed = next(t for _, a, t in self.inside if a.get("id") == f"pack-{name}")
        return zlib.decompress(base64.b64decode(packed)).decode("utf-8")

    def data(self, name: str) -> Any:
        """What a script leaves for the page."""
        return read_data(self.script(name), name)


@pytest.fixture(scope="module")
def net() -> Network:
    return network(page_corpus.corpus(), ONTOLOGY, texts={"briefing": page_corpus.TEXT})


@pytest.fixture(scope="module")
def page(net: Network) -> Page:
    return Page(page_html(net, ONTOLOGY))


@pytest.fixture(scope="module")
def bad() -> Page:
    return Page(page_html(network(hostile.corpus(), ONTOLOGY), ONTOLOGY))


def shape(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(attrs)) for tag, attrs in page.elements]


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    for tag, attrs in page.elements:
        assert not attrs.get("src"), tag
        assert tag != "link" or attrs["href"] == "data:,"


def test_the_policy_allows_our_texts_and_nothing_else(page: Page) -> None:
    policy = next(a["content"] for t, a in page.elements if "http-equiv" in a)
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    found = set(re.findall(r"'sha256-([^']+)'", policy))
    runs = [text for _, attrs, text in page.inside if attrs.get("type") != "text/plain"]
    assert len(runs) == 2  # the style, and the script that unpacks the others
    packed = [attrs["id"].removeprefix("pack-") for _, attrs, _ in page.inside if "id" in attrs]
    assert packed == ["vis-network", "kg-graph", "app", "kg-evidence"]
    runs += [page.script(name) for name in packed]
    hashes = {base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in runs}
    assert hashes == found


def test_scripts_hold_nothing_that_a_browser_would_read_otherwise() -> None:
    for text in (vis_network(), script(), style()):
        assert "\r" not in text
        assert not re.search(r"</(script|style)|<!--", text, re.IGNORECASE)


def test_hostile_texts_add_no_element_and_no_attribute(page: Page, bad: Page) -> None:
    assert shape(bad) == shape(page)


def test_hostile_texts_arrive_as_they_are(bad: Page) -> None:
    labels = [n["labels"]["en"] for n in bad.data("kg-graph")["nodes"]]
    assert bad.data("kg-evidence")["nodes"]["x__proto__"]["country"] == "__proto__"
    assert set(labels) == set(hostile.STRINGS)
    quotes = {c["quote"] for c in bad.data("kg-evidence")["claims"].values()}
    assert quotes == set(hostile.STRINGS)


def test_an_address_that_is_no_web_address_is_not_passed_on(bad: Page) -> None:
    assert not any("url" in s for s in bad.data("kg-evidence")["sources"].values())


def test_every_claim_and_source_is_in_the_page(page: Page, net: Network) -> None:
    evidence = page.data("kg-evidence")
    assert set(evidence["claims"]) == set(net.claims)
    assert set(evidence["sources"]) == set(net.sources)


def test_each_claim_has_quote_source_amount_status_and_place(page: Page) -> None:
    claims = page.data("kg-evidence")["claims"].values()
    claim = next(c for c in claims if c["quote"].startswith("Nvidia said"))
    assert claim["amount"] == {
        "en": "up to $100bn",
        "zh-Hans": "最多1000亿美元",
        "zh-Hant": "最多1000億美元",
    }
    assert claim["words"] == "up to $100 billion"
    assert (claim["source"], claim["status"], claim["when"]) == (
        "briefing",
        "announced",
        "2025-09-22",
    )
    assert (claim["start"], claim["end"]) == (0, 56)  # the first character counts


def test_edges_keep_their_rank_and_parallel_ones_part(net: Network) -> None:
    edges = edge_values(net, ONTOLOGY, load_phrases())
    ids = [f"{e['from']} {e['relation']} {e['to']}" for e in edges]
    assert ids == [e.id for e in net.edges]
    between = [e for e in edges if {e["from"], e["to"]} == {"google", "openai"}]
    assert len(between) == 2
    assert len({e["bend"] * (1 if e["from"] == "google" else -1) for e in between}) == 2


def test_every_node_in_the_first_picture_has_a_place(page: Page) -> None:
    graph = page.data("kg-graph")
    ends = {i for e in graph["edges"] for i in (e["from"], e["to"])}
    assert len(graph["stages"]) == 1
    assert set(graph["stages"][0]["at"]) == ends
    assert set(page.data("kg-evidence")["stages"][-1]["at"]) == ends
    assert graph["options"]["physics"] == {"enabled": False}


def test_the_page_is_the_same_every_time(net: Network) -> None:
    assert page_html(net, ONTOLOGY) == page_html(net, ONTOLOGY)


def test_as_files_the_page_shares_its_scripts(net: Network) -> None:
    files = page_files(net, ONTOLOGY)
    found = Page(files["index.html"])
    wanted = [a["src"] for t, a in found.elements if t == "script"]
    wanted += [a["href"] for t, a in found.elements if a.get("rel") == "stylesheet"]
    assert set(files) - {"index.html"} - set(wanted) == {"assets/kg-evidence.js"}
    assert all(not text for _, _, text in found.inside)


def test_an_empty_corpus_is_a_page_too() -> None:
    from kg.claim import Corpus

    empty = network(Corpus(entities={}, sources={}, claims=()), ONTOLOGY)
    assert Page(page_html(empty, ONTOLOGY)).data("kg-graph")["edges"] == []


@pytest.mark.parametrize("text", hostile.STRINGS)
def test_json_in_a_script_reads_back_and_closes_nothing(text: str) -> None:
    written = as_json({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not re.search("[<\u2028\u2029]", written)


@pytest.mark.parametrize("text", hostile.STRINGS)
def test_no_hostile_address_is_followed(text: str) -> None:
    assert safe_url(text) == ""


@pytest.mark.parametrize("text", [*hostile.STRINGS, "..", ".", "a/../b", "CON\\x"])
def test_an_entity_s_file_stays_in_its_folder(text: str) -> None:
    from urllib.parse import unquote

    name = file_name(text)
    assert "/" not in name and "\\" not in name and "\x00" not in name
    assert not name.startswith(".")
    assert unquote(page_name(text)) == f"entity/{name}"


def test_every_text_is_in_every_language() -> None:
    lacking = [
        k
        for k, v in load_phrases().texts.items()
        if not k.startswith("step_") and set(v) != set(LANGUAGES)
    ]
    assert lacking == []


def test_every_text_that_the_script_says_exists_and_none_is_left_over() -> None:
    phrases = load_phrases()
    # What the view that asks says is in a script of its own: see test_page_sparql.
    texts = set(phrases.texts) - set(phrases.parts["sparql"])
    code = script() + "".join(p.read_text("utf-8") for p in sorted(PAGE.glob("*.j2")))
    for module in ("phrases", "pagedata", "site", "draw", "words", "downloads"):
        code += (PAGE.parent / f"{module}.py").read_text("utf-8")
    said = set(re.findall(r"\b(?:t|say|heading|fact|slider|handle)\(\"(\w+)\"\W", code))
    assert said - texts - {"download_", "mark_"} == set()
    used = set(re.findall(r"\w+", code))
    # Keys that are put together from a code.
    families = ("q_", "currency_", "unit_", "step_", "per_", "order_", "asserted")
    codes = {f"download_{fmt}" for fmt in FILES.values()} | {f"mark_{kind}" for kind in KINDS}
    codes |= {f"chart_{way}" for way in ("up", "down", "even")}
    assert codes <= texts
    assert {k for k in texts - used - codes if not k.startswith(families)} == set()


def test_the_script_makes_no_markup_from_texts() -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", script()
    )


def test_all_parts_of_the_script_are_joined() -> None:
    own = {p.stem for p in PAGE.glob("*.js") if not p.stem.startswith("sparql")}
    assert own == {*PARTS, "site", "load"}
    assert all((PAGE / f"{p}.js").read_text("utf-8").count("\n") < 300 for p in PARTS)


def test_pyvis_is_known_to_one_module() -> None:
    kg = Path(page_corpus.__file__).parent.parent / "kg"
    using = [
        p.name
        for p in kg.rglob("*.py")
        if re.search(r"import pyvis|from pyvis", p.read_text("utf-8"))
    ]
    assert using == ["draw.py"]
