"""Linear-chain CRFs: against all ways, spelt out."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.batch import Batch
from kg.extract.chains import likeliest, shares

TAGS = 3


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_the_likeliest_way_and_the_shares_are_those_of_all_ways(
    seed: int, lengths: list[int]
) -> None:
    batch = Batch(["字" * n for n in sorted(lengths, reverse=True)])
    random = np.random.default_rng(seed)
    own, begin, step, end = (
        random.normal(size=size).astype(np.float32)
        for size in ((batch.size, TAGS), TAGS, (TAGS, TAGS), TAGS)
    )
    tags = likeliest(own, begin, step, end, batch)
    found = shares(own, begin, step, batch)
    for row in range(len(lengths)):
        places = batch.places(row)
        ways = {
            way: float(
                begin[way[0]]
                + sum(own[place, tag] for place, tag in zip(places, way, strict=True))
                + sum(step[a, b] for a, b in pairwise(way))
            )
            for way in product(range(TAGS), repeat=len(places))
        }
        assert tuple(tags[places]) == max(ways, key=lambda w: ways[w] + end[w[-1]])
        whole = sum(map(np.exp, ways.values()))
        for at, place in enumerate(places):
            for tag in range(TAGS):
                said = sum(np.exp(told) for way, told in ways.items() if way[at] == tag)
                share = found.to[place, tag] * found.on[place, tag]
                assert share == pytest.approx(said / whole, rel=1e-4)


def test_a_long_sentence_loses_nothing() -> None:
    batch = Batch(["字" * 240])
    own = np.full((240, TAGS), -300, dtype=np.float32)
    step = np.full((TAGS, TAGS), 30, dtype=np.float32)
    found = shares(own, np.zeros(TAGS, np.float32), step, batch)
    assert np.allclose((found.to * found.on).sum(axis=1), 1)
