"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.numerals import Number, dates_in_digits, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,500", 12500),
        ("3.5", 3.5),
        ("三千五百万", 35_000_000),
        ("两亿三千万", 230_000_000),
        ("十二", 12),
        ("二〇二五", 2025),
        ("一万亿", 10**12),
        ("5千万", 50_000_000),
        ("1.2万亿", 1.2e12),
        ("1兆", 10**12),
        ("百亿级", 10**10),
        ("seven", 7),
        ("half", 0.5),
    ],
)
def test_an_exact_number(text: str, value: float) -> None:
    assert parse_number(text) == Number(Decimal(str(value)), Decimal(str(value)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("二十多亿", 2 * 10**9, 3 * 10**9),
        ("130多亿", 130 * 10**8, 140 * 10**8),
        ("10多亿", 10 * 10**8, 20 * 10**8),
        ("十几亿", 10 * 10**8, 20 * 10**8),
        ("4亿多", 4 * 10**8, 5 * 10**8),
        ("数亿", 2 * 10**8, 10**9),
        ("数十亿", 2 * 10**9, 10**10),
        ("上百亿", 10**10, None),
    ],
)
def test_a_vague_number_is_an_interval(text: str, low: int, high: int | None) -> None:
    number = parse_number(text)
    assert number is not None
    assert number == Number(Decimal(low), None if high is None else Decimal(high), vague=True)


@pytest.mark.parametrize("text", ["", "H100", "GB", "亿万富翁", "many"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**15))
def test_digits_with_and_without_separators(number: int) -> None:
    assert (
        parse_number(f"{number:,}")
        == parse_number(str(number))
        == Number(Decimal(number), Decimal(number))
    )


@given(st.integers(1, 9999), st.sampled_from([("万", 4), ("亿", 8), ("万亿", 12), ("百万", 6)]))
def test_what_follows_a_number_multiplies_it(number: int, scale: tuple[str, int]) -> None:
    value = Decimal(number) * 10 ** scale[1]
    assert parse_number(f"{number}{scale[0]}") == Number(value, value)


@given(st.text("二零〇一九十年月日于, 2a", max_size=30))
def test_dates_in_digits_know_where_they_stood(text: str) -> None:
    digits, places = dates_in_digits(text)
    assert len(places) == len(digits) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)
    assert all(text[p] == c or c.isdigit() for c, p in zip(digits, places, strict=False))
