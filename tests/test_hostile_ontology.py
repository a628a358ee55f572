"""Texts of an ontology are as foreign as those of the data: nothing that they hold runs."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.site import site_files, write_page
from tests import circle, hostile, hostile_ontology
from tests.test_draw import Page, shape

FORMATS = ("nt", "nq", "ttl", "trig", "jsonld", "rdf12", "graphml", "gexf", "csv", "ftm")


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = hostile_ontology.write(tmp_path_factory.mktemp("bad"))
    kg.build_graph(root)
    return root


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = circle.write(tmp_path_factory.mktemp("good"))
    kg.build_graph(root)
    return root


def ran(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments, "-w", str(root)])
    assert result.exit_code == 0, result.output
    return result.stdout


def page(root: Path) -> Page:
    g = kg.open(root)
    write_page(g.corpus, g.ontology, g.workspace, root / "one.html")
    return Page((root / "one.html").read_text("utf-8"))


def test_no_element_and_no_attribute_more(bad: Path, good: Path) -> None:
    ours = page(bad)
    assert shape(ours) == shape(page(good))
    graph = ours.data("kg-graph")
    labels = [t for r in graph["relations"].values() for t in r["labels"].values()]
    assert set(labels) <= set(hostile.STRINGS)
    assert len(set(labels)) > 20
    assert {step["text"]["en"] for step in graph["story"]} == set(hostile.STRINGS)


def test_pages_of_text_hold_them_as_text(bad: Path, good: Path) -> None:
    def pages(root: Path) -> dict[str, Page]:
        g = kg.open(root)
        files = site_files(g.corpus, g.ontology, g.workspace)
        return {
            name: Page(text)
            for name, text in files
            if isinstance(text, str) and name.endswith(".html")
        }

    expected = pages(good)
    found = pages(bad)
    assert set(found) == set(expected)
    for name, one in found.items():
        allowed = {tag for tag, _ in expected[name].elements} | {"span"}
        assert {tag for tag, _ in one.elements} <= allowed, name
        assert not [a for _, a in one.elements if any(k.startswith("on") for k in a)], name
        scripts = [a.get("src", "") for t, a in one.elements if t == "script"]
        assert scripts == [a.get("src", "") for t, a in expected[name].elements if t == "script"]


@pytest.mark.parametrize("fmt", FORMATS)
def test_exports_are_what_they_are_without(bad: Path, good: Path, fmt: str) -> None:
    text = ran(bad, "export", "--format", fmt)
    if fmt in ("graphml", "gexf"):
        ElementTree.fromstring(text)
    if fmt in ("graphml", "gexf", "csv", "ftm"):  # these say codes, never labels
        assert text == ran(good, "export", "--format", fmt)


@pytest.mark.parametrize("command", ["loops", "flows", "conflicts"])
@pytest.mark.parametrize("language", hostile_ontology.LANGUAGES)
def test_tables_for_a_spreadsheet_run_nothing(bad: Path, command: str, language: str) -> None:
    rows = list(
        csv.reader(io.StringIO(ran(bad, command, "--format", "csv", "--language", language)))
    )
    assert len(rows) > 1
    assert not [c for row in rows for c in row if re.match(r"[=+\-@\t\r]", c)]


@pytest.mark.parametrize("language", hostile_ontology.LANGUAGES)
def test_the_picture_of_loops_is_xml(bad: Path, language: str) -> None:
    root = ElementTree.fromstring(ran(bad, "loops", "--format", "svg", "--language", language))
    tags = {x.tag.rpartition("}")[2] for x in root.iter()}
    assert not tags & {"script", "a", "image", "foreignObject", "style"}


@pytest.mark.parametrize("arguments", [("questions",), ("loops",), ("conflicts",), ("check",)])
def test_a_terminal_is_sent_no_control_characters(bad: Path, arguments: tuple[str, ...]) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", ran(bad, *arguments))
