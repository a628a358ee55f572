"""A notebook shows answers as tables and a graph as its page; nothing in them reaches out."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
import rdflib
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.notebook import MOST_ROWS, frame, table
from tests.hostile import STRINGS


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    folder = tmp_path_factory.mktemp("notebook") / "w"
    CliRunner().invoke(cli, ["init", str(folder)])
    CliRunner().invoke(cli, ["build", "-q", "-w", str(folder)])
    return kg.open(str(folder))


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_an_answer_is_a_table(graph: kg.KnowledgeGraph) -> None:
    shown = graph.query("SELECT ?a ?b WHERE { ?a kg:supplies ?b }")._repr_html_()
    tags = [tag for tag, _ in Tags(shown).found]
    assert tags.count("th") == 2
    assert "a" in tags
    assert "Larkfield" in shown or "larkfield" in shown


def test_a_graph_is_its_page_in_a_frame(graph: kg.KnowledgeGraph) -> None:
    ((tag, attributes),) = Tags(graph._repr_html_()).found
    assert tag == "iframe"
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
    assert "<title>" in (attributes["srcdoc"] or "")


@pytest.mark.parametrize("text", STRINGS)
def test_whatever_a_term_holds_is_text(text: str) -> None:
    row = [rdflib.Literal(text), rdflib.URIRef(text), None]
    tags = {tag for tag, _ in Tags(table([text, "b", "c"], [row])).found}
    assert tags <= {"table", "thead", "tbody", "tr", "th", "td"}
    ((tag, attributes),) = Tags(frame(text)).found
    assert (tag, set(attributes)) == ("iframe", {"srcdoc", "sandbox", "width", "height", "style"})


def test_a_long_answer_is_cut_and_says_so() -> None:
    shown = table(["n"], [[n] for n in range(MOST_ROWS + 1)])
    assert shown.count("<tr>") == MOST_ROWS + 1
    assert f"the first {MOST_ROWS} rows" in shown
