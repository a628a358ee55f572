"""Places of nodes: no two names on each other, the same picture every time, and quickly."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.layout import layout
from kg.names import Box, box, text_width, wrap

Links = list[tuple[str, str]]


def overlaps(at: dict[str, tuple[int, int]], boxes: dict[str, Box]) -> list[tuple[str, str]]:
    """Pairs whose boxes share more than the pixel that rounding may cost."""
    rects = {i: boxes[i].rect(*p) for i, p in at.items()}
    return [
        (a, b)
        for (a, r), (b, s) in combinations(rects.items(), 2)
        if r[0] + 1 < s[2] and s[0] + 1 < r[2] and r[1] + 1 < s[3] and s[1] + 1 < r[3]
    ]


def some_graph(nodes: int, seed: int = 1) -> tuple[Links, dict[str, Box]]:
    """A few hubs, many leaves, some parts that hang together with nothing else."""
    dice = random.Random(seed)
    links = [(f"n{i}", f"n{dice.randrange(max(1, int(i**0.7)))}") for i in range(1, nodes)]
    links += [(f"x{i}", f"y{i}") for i in range(nodes // 10)]
    names = sorted({i for link in links for i in link})
    return links, {i: box([wrap(f"Company {i} of Somewhere")], 8) for i in names}


@pytest.mark.parametrize("nodes", [2, 3, 10, 40, 150])
@pytest.mark.parametrize("frame", [None, (684.0, 734.0)])
def test_no_two_names_overlap(nodes: int, frame: tuple[float, float] | None) -> None:
    links, boxes = some_graph(nodes)
    at = layout(links, boxes, frame=frame)
    assert set(at) == {i for link in links for i in link}
    assert overlaps(at, boxes) == []


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=30))
def test_no_two_names_overlap_whatever_the_graph(pairs: list[tuple[int, int]]) -> None:
    links = [(f"n{a}", f"n{b}") for a, b in pairs]
    boxes = {f"n{i}": box([["x" * (3 * i)]], 6 + i) for i in range(13)}
    assert overlaps(layout(links, boxes, frame=(684, 734)), boxes) == []


def test_a_small_picture_stays_in_its_frame() -> None:
    links, boxes = some_graph(34)
    at = layout(links, boxes, frame=(684, 734))
    rects = [boxes[i].rect(*p) for i, p in at.items()]
    assert max(r[2] for r in rects) - min(r[0] for r in rects) <= 690
    assert max(r[3] for r in rects) - min(r[1] for r in rects) <= 740


def test_the_same_graph_gives_the_same_picture() -> None:
    links, boxes = some_graph(60)
    assert layout(links, boxes) == layout(list(links), dict(reversed(boxes.items())))


def test_a_larger_picture_resembles_the_smaller_one_it_grew_from() -> None:
    links, boxes = some_graph(80)
    few = layout(links[:40], boxes)
    many = layout(links, boxes, few)
    pairs = list(combinations(sorted(few), 2))
    same_side = sum((few[a][0] < few[b][0]) == (many[a][0] < many[b][0]) for a, b in pairs)
    assert same_side / len(pairs) > 0.75


def test_nothing_gives_nothing() -> None:
    assert layout([], {}) == {}


def test_a_thousand_nodes_take_seconds() -> None:
    links, boxes = some_graph(900)
    start = time.process_time()
    at = layout(links, boxes)
    assert len(at) > 1000
    assert time.process_time() - start < 10  # about 2 on an idle machine
    assert overlaps(at, boxes) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("OpenAI", ("OpenAI",)),
        ("Amazon Web Services", ("Amazon Web", "Services")),
        ("全球基础设施合伙公司", ("全球基础设", "施合伙公司")),
        ("Anthropic 美国数据中心", ("Anthropic 美", "国数据中心")),
        ("Incomprehensibilities", ("Incomprehensibilities",)),
    ],
)
def test_names_break_where_their_script_allows(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text) == lines


def test_very_long_names_are_cut_and_say_so() -> None:
    lines = wrap("one of the longest names that anybody ever gave to a fund of funds", lines=3)
    assert len(lines) == 3 and lines[-1].endswith("…")


def test_wide_characters_count_one_em_and_marks_nothing() -> None:
    assert text_width("英伟达", 10) == 30
    assert text_width("e\u0301", 10) == text_width("e", 10)
