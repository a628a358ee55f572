"""Cycles in arrays: all of them, each once, as a walk over every path finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import cycles as module
from kg.cycles import cycles

Arc = tuple[int, int]
Graph = tuple[int, list[Arc]]


def found(arcs: Sequence[Arc], nodes: int, max_length: int) -> list[tuple[int, ...]]:
    """What `cycles` finds, in the order in which it comes."""
    ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
    return [
        tuple(int(n) for n in row)
        for some in cycles(ends[:, 0], ends[:, 1], nodes, max_length)
        for row in some
    ]


def walked(arcs: Sequence[Arc], max_length: int) -> list[tuple[int, ...]]:
    """All simple cycles by walking every path from its smallest node, depth first."""
    after: dict[int, set[int]] = {}
    for a, b in arcs:
        after.setdefault(a, set()).add(b)
    result = []

    def walk(path: list[int]) -> None:
        for node in after.get(path[-1], ()):
            if node == path[0] and len(path) > 1:
                result.append(tuple(path))
            elif node > path[0] and node not in path and len(path) < max_length:
                walk([*path, node])

    for start in sorted(after):
        walk([start])
    return sorted(result)


@st.composite
def graphs(draw: Callable[[st.SearchStrategy[int]], int]) -> Graph:
    """1 to 9 nodes and up to 30 arcs, loops of one node and repeats among them."""
    nodes = draw(st.integers(1, 9))
    node = st.integers(0, nodes - 1)
    count = draw(st.integers(0, 30))
    return nodes, [(draw(node), draw(node)) for _ in range(count)]


@settings(max_examples=1000)
@given(graphs(), st.integers(1, 8))
def test_every_cycle_is_found_once_from_its_smallest_node(graph: Graph, max_length: int) -> None:
    nodes, arcs = graph
    assert sorted(found(arcs, nodes, max_length)) == walked(arcs, min(max_length, nodes))


@given(graphs(), st.integers(1, 8), st.randoms())
def test_the_order_of_arcs_does_not_matter(graph: Graph, max_length: int, random: object) -> None:
    nodes, arcs = graph
    shuffled = [*arcs, *arcs[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(found(shuffled, nodes, max_length)) == set(found(arcs, nodes, max_length))


@settings(max_examples=300)
@given(graphs(), st.integers(2, 8), st.integers(1, 12))
def test_walks_that_are_split_into_portions_find_the_same(
    graph: Graph, max_length: int, most: int
) -> None:
    nodes, arcs = graph
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST", most)
        assert sorted(found(arcs, nodes, max_length)) == walked(arcs, max_length)


def test_small_portions_hold_few_cycles_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = np.array(list(permutations(range(7), 2)), dtype=np.int64)
    whole = list(cycles(ends[:, 0], ends[:, 1], 7, 6))
    monkeypatch.setattr(module, "_MOST", 4)
    portions = list(cycles(ends[:, 0], ends[:, 1], 7, 6))
    assert len(portions) > 10 * len(whole)
    assert sum(map(len, portions)) == sum(map(len, whole))


@pytest.mark.parametrize(
    ("max_length", "count"),
    [(0, 0), (1, 0), (2, 15), (3, 55), (4, 145), (5, 289), (6, 409), (9, 409)],
)
def test_a_complete_graph_of_six_nodes_has_as_many_cycles_as_combinatorics_says(
    max_length: int, count: int
) -> None:
    arcs = list(permutations(range(6), 2))
    rows = found(arcs, 6, max_length)
    assert len(rows) == len(set(rows)) == count


def test_arrays_hold_cycles_of_one_length() -> None:
    ends = np.array(list(permutations(range(5), 2)), dtype=np.int64)
    lengths = [some.shape[1] for some in cycles(ends[:, 0], ends[:, 1], 5, 5)]
    assert set(lengths) == {2, 3, 4, 5}


@pytest.mark.parametrize("nodes", [0, 1, 5])
def test_without_arcs_there_is_no_cycle(nodes: int) -> None:
    assert found([], nodes, 6) == []


def test_arcs_that_lead_nowhere_or_to_themselves_make_no_cycle() -> None:
    assert found([(0, 0), (1, 2), (2, 3), (1, 3), (3, 3)], 4, 6) == []


def test_a_pair_that_pays_each_other_is_one_cycle() -> None:
    assert found([(2, 1), (1, 2), (2, 1)], 3, 6) == [(1, 2)]


def test_both_directions_of_a_ring_are_two_cycles() -> None:
    ring = [(n, (n + 1) % 4) for n in range(4)]
    rows = found([*ring, *((b, a) for a, b in ring)], 4, 4)
    assert sorted(r for r in rows if len(r) == 4) == [(0, 1, 2, 3), (0, 3, 2, 1)]


def test_a_cycle_longer_than_asked_for_is_not_found() -> None:
    ring = [(n, (n + 1) % 7) for n in range(7)]
    assert found(ring, 7, 6) == []
    assert found(ring, 7, 7) == [tuple(range(7))]


def test_through_a_hub_go_all_round_trips_and_nothing_else() -> None:
    hub = 12
    spokes = [(hub, n) for n in range(25) if n != hub]
    star = [*spokes, *((b, a) for a, b in spokes)]
    assert sorted(found(star, 25, 6)) == sorted(
        (min(n, hub), max(n, hub)) for n in range(25) if n != hub
    )


def test_through_a_hub_go_the_cycles_over_any_of_its_neighbours() -> None:
    hub, others = 0, range(1, 9)
    arcs = [(hub, n) for n in others] + [(n, hub) for n in others]
    arcs += [(a, b) for a, b in combinations(others, 2)]  # an order: no cycle without the hub
    rows = found(arcs, 9, 4)
    assert sorted(rows) == walked(arcs, 4)
    assert all(row[0] == hub for row in rows)
    assert len(rows) == 8 + 28 + 56
