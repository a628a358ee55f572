"""A story is saved views with words; a broken step is named, one that lost its view is found."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.check import check_graph
from kg.errors import WorkspaceError
from kg.finding import Finding
from kg.story import read_story
from kg.workspace import load_workspace
from tests import circle

STEP = {"title": {"en": "One", "zh-Hans": "一"}, "text": "Words", "view": "#view=loops"}


def test_a_text_without_languages_is_english_and_the_view_loses_its_hash() -> None:
    assert read_story(Path("kg.toml"), [STEP]) == (
        {
            "title": {"en": "One", "zh-Hans": "一"},
            "text": {"en": "Words"},
            "view": "view=loops",
        },
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"titel": "x"}, "unknown titel"),
        ({"title": {"zh-Hans": "一"}}, "title: expected"),
        ({"text": ""}, "text: expected"),
        ({"view": 3}, "view = 3"),
    ],
)
def test_a_broken_step_is_named_with_its_number(change: dict[str, object], says: str) -> None:
    with pytest.raises(WorkspaceError, match=says) as caught:
        read_story(Path("kg.toml"), [STEP, STEP | change])
    assert "kg.toml: [[story]] 2" in str(caught.value)


def unnamed(root: Path, views: tuple[str, ...], claims: str = circle.CLAIMS) -> list[Finding]:
    """What a check says of a story of these views, over the circle."""
    circle.write(root, claims)
    step = '\n[[story]]\ntitle = "x"\ntext = "y"\nview = "{}"\n'
    text = circle.CONFIG + "".join(step.format(view) for view in views)
    (root / "kg.toml").write_text(text, "utf-8")
    kg.build_graph(root)
    g, place = kg.open(root), load_workspace(root)
    report = check_graph(place.graph, g.ontology, place.namer, root, g.rates, place.story)
    assert all(f.code == "story-names-nothing" for f in report.findings), report.as_text()
    return [f for f in report.findings if f.severity == "error"]


def test_check_finds_a_view_of_what_is_not_there(tmp_path: Path) -> None:
    views = ("node=alder&edge=alder investsIn birch", "view=loops&loop=gone", "node=nobody")
    assert [(f.subject, f.found) for f in unnamed(tmp_path, views)] == [
        ("[[story]] 2", "loop gone"),
        ("[[story]] 3", "node nobody"),
    ]


def test_an_edge_is_called_as_the_page_calls_it(tmp_path: Path) -> None:
    """However a claim tells of two that compete, the page has one line, its ends in order."""
    claims = circle.CLAIMS + "r7,cedar,competesWith,alder,,,,,,2024-08-01,announced,three\n"
    views = ("edge=alder competesWith cedar", "edge=cedar competesWith alder")
    assert [f.found for f in unnamed(tmp_path, views, claims)] == ["edge cedar competesWith alder"]
