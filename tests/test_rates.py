"""Dollars from other currencies: by the rate of the day, beside the original."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.claim import Amount, When
from kg.errors import Refused
from kg.rates import Rates, Usd, load_rates

TABLE = """\
currency,date,usd,source
CNY,2024-12-31,0.137,a
CNY,2023-12-31,0.141,a
EUR,2025-01-02,1.03,b
"""


@pytest.fixture
def rates(tmp_path: Path) -> Rates:
    path = tmp_path / "rates.csv"
    path.write_text(TABLE, encoding="utf-8")
    return load_rates(path)


def cny(low: str | None, high: str | None) -> Amount:
    bounds = [None if b is None else Decimal(b) for b in (low, high)]
    return Amount(low=bounds[0], high=bounds[1], currency="CNY", text="…")


@pytest.mark.parametrize(
    ("when", "rate"),
    [
        ("2025-06-01", "0.137"),  # the last known
        ("2024-12-31", "0.137"),  # of that very day
        ("2024-12-30", "0.141"),
        ("2020-01-01", "0.141"),  # nothing earlier is known
        (None, "0.137"),
    ],
)
def test_the_last_rate_known_on_the_day_counts(rates: Rates, when: str | None, rate: str) -> None:
    day = None if when is None else date.fromisoformat(when)
    usd = rates.to_usd(cny("100", "100"), When(when, day, day) if when else None)
    assert usd is not None
    assert usd.rate == Decimal(rate)
    assert usd.high == 100 * Decimal(rate)


def test_open_bounds_stay_open(rates: Rates) -> None:
    over = rates.to_usd(cny("400000000", None))
    assert over is not None
    assert (over.low, over.high) == (Decimal("54800000.000"), None)
    assert over.figure == over.low


def test_dollars_need_no_rate() -> None:
    amount = Amount(low=None, high=Decimal(5), currency="USD")
    assert Rates().to_usd(amount) == Usd(None, Decimal(5))


@pytest.mark.parametrize(
    "amount",
    [
        None,
        Amount(low=Decimal(5), high=None, unit="percent"),
        Amount(low=Decimal(5), high=None),  # its currency is not said
        Amount(low=Decimal(5), high=None, currency="XAU"),
        Amount(low=None, high=None, currency="USD", text="an undisclosed sum"),
    ],
)
def test_what_has_no_value_in_dollars(rates: Rates, amount: Amount | None) -> None:
    assert rates.to_usd(amount) is None


def test_without_a_table_only_dollars_count(tmp_path: Path) -> None:
    assert load_rates(tmp_path / "none.csv") == Rates()


@pytest.mark.parametrize(
    "bad", ["CNY,2024,0.1", "CNY,2024-01-01,-1", ",2024-01-01,1", "CNY,2024-01-01"]
)
def test_a_broken_row_is_named(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(f"currency,date,usd\n{bad}\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"rates\.csv:2"):
        load_rates(path)
