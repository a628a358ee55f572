"""Intervals of money: what is added, taken out or compared stays true of every sum inside."""

from __future__ import annotations

from decimal import Decimal
from itertools import starmap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.interval import UNKNOWN, Interval, smallest, total

NUMBERS = st.integers(0, 1000).map(Decimal)
Known = tuple[Interval, Decimal]


def _known(low: Decimal, width: Decimal | None, inside: Decimal) -> Known:
    """An interval and one sum in it."""
    if width is None:
        return Interval(low, None), low + inside
    return Interval(low, low + width), low + min(width, inside)


#: An interval, and the sum that it stands for, which nobody tells.
known_sums = st.builds(_known, NUMBERS, st.none() | NUMBERS, NUMBERS)
intervals = known_sums.map(lambda k: k[0])


def holds(interval: Interval, value: Decimal) -> bool:
    return interval.low <= value and (interval.high is None or value <= interval.high)


def contains(outer: Interval, inner: Interval) -> bool:
    if outer.high is None:
        return outer.low <= inner.low
    return outer.low <= inner.low and inner.high is not None and inner.high <= outer.high


@given(intervals, intervals, intervals)
def test_the_order_of_adding_does_not_matter(a: Interval, b: Interval, c: Interval) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c) == total([c, a, b])


@given(intervals)
def test_nothing_added_or_taken_out_changes_nothing(a: Interval) -> None:
    assert a + Interval() == a
    assert a.less(Interval()) == a


@given(known_sums, known_sums)
def test_a_sum_lies_in_the_sum_of_the_intervals(a: Known, b: Known) -> None:
    assert holds(a[0] + b[0], a[1] + b[1])


@given(known_sums, known_sums)
def test_what_is_left_lies_in_what_the_intervals_leave(a: Known, b: Known) -> None:
    assert holds(a[0].less(b[0]), max(a[1] - b[1], Decimal(0)))


@given(intervals, intervals)
def test_what_is_left_is_never_negative_and_never_above_the_whole(a: Interval, b: Interval) -> None:
    left = a.less(b)
    assert 0 <= left.low <= a.low
    assert left.high is None or left.high >= left.low
    if a.high is None:
        assert left.high is None
    else:
        assert left.high is not None
        assert left.high <= a.high


@given(intervals, intervals)
def test_a_hull_holds_both_and_nothing_beyond(a: Interval, b: Interval) -> None:
    hull = a.hull(b)
    assert contains(hull, a)
    assert contains(hull, b)
    assert hull == b.hull(a)
    assert hull.low in (a.low, b.low)
    assert hull.high in (a.high, b.high)


@given(intervals, intervals, intervals)
def test_hulls_can_be_taken_in_any_order(a: Interval, b: Interval, c: Interval) -> None:
    assert a.hull(b).hull(c) == a.hull(b.hull(c))
    assert a.hull(a) == a


@given(st.lists(known_sums, min_size=1, max_size=6))
def test_the_smallest_sum_lies_in_the_smallest_interval(known: list[Known]) -> None:
    assert holds(smallest(i for i, _ in known), min(v for _, v in known))


@given(st.lists(intervals, min_size=1, max_size=6))
def test_an_unknown_sum_bounds_the_smallest_from_below_only(known: list[Interval]) -> None:
    with_unknown = smallest([*known, UNKNOWN])
    assert with_unknown.low == 0
    assert with_unknown.high == smallest(known).high


@pytest.mark.parametrize(
    ("sums", "low", "high"),
    [
        ([(3, 5), (4, 4)], 3, 4),
        ([(3, None), (0, 2)], 0, 2),
        ([(3, None), (1, None)], 1, None),
        ([(7, 9)], 7, 9),
        ([], 0, None),
    ],
)
def test_the_smallest_of_several(
    sums: list[tuple[int, int | None]], low: int, high: int | None
) -> None:
    made = starmap(_interval, sums)
    assert smallest(made) == _interval(low, high)


@pytest.mark.parametrize(
    ("whole", "part", "left"),
    [
        ((500, 500), (40, 60), (440, 460)),
        ((500, 500), (0, None), (0, 500)),
        ((500, None), (40, 60), (440, None)),
        ((50, 50), (60, 70), (0, 0)),
        ((0, 50), (20, 20), (0, 30)),
        ((0, None), (20, 20), (0, None)),
    ],
)
def test_what_is_left_of_a_whole(
    whole: tuple[int, int | None], part: tuple[int, int | None], left: tuple[int, int | None]
) -> None:
    assert _interval(*whole).less(_interval(*part)) == _interval(*left)


def test_an_interval_is_ranked_by_what_it_can_be_at_most_else_by_what_it_is_at_least() -> None:
    assert _interval(3, 5).figure == 5
    assert _interval(3, None).figure == 3
    assert UNKNOWN.figure == 0


def test_only_nothing_at_all_is_empty() -> None:
    assert Interval().empty
    assert total([]).empty
    assert not UNKNOWN.empty
    assert not _interval(0, 1).empty
    assert not _interval(1, 1).empty


def _interval(low: int, high: int | None) -> Interval:
    return Interval(Decimal(low), None if high is None else Decimal(high))
