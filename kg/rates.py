"""US dollars from other currencies, by a dated table: always beside the original, never over it."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.claim import Amount, When
from kg.errors import Refused


@dataclass(frozen=True, slots=True)
class Usd:
    """A sum in US dollars.

    Args:
        low, high: bounds, None where the original is open.
        rate: US dollars per unit of the original's currency; 1 for dollars.
        on: the day of the rate, None for dollars.
    """

    low: Decimal | None
    high: Decimal | None
    rate: Decimal = Decimal(1)
    on: date | None = None

    @property
    def figure(self) -> Decimal:
        """One number to rank and draw by: the upper bound, else the lower one."""
        return self.high if self.high is not None else self.low or Decimal(0)


@dataclass(frozen=True, slots=True)
class Rates:
    """Exchange rates: currency → (day, US dollars per unit), days ascending."""

    table: Mapping[str, tuple[tuple[date, Decimal], ...]] = field(default_factory=dict)

    def to_usd(self, amount: Amount | None, when: When | None = None) -> Usd | None:
        """The amount in US dollars at the last rate known on the day, else at the first after it.

        Args:
            amount: a sum of money; anything else has no value in dollars.
            when: the claim's time; its first day counts, and the latest rate without one.

        Returns:
            None when it is no money, its currency is not said, or no rate is known.
        """
        if amount is None or not amount.money or (amount.low is None and amount.high is None):
            return None
        if amount.currency == "USD":
            return Usd(amount.low, amount.high)
        known = self.table.get(amount.currency or "")
        if not known:
            return None
        day = None if when is None else when.first or when.last
        place = len(known) if day is None else bisect_right(known, (day, Decimal("Infinity")))
        on, rate = known[max(place - 1, 0)]
        return Usd(
            None if amount.low is None else amount.low * rate,
            None if amount.high is None else amount.high * rate,
            rate,
            on,
        )


def load_rates(path: Path) -> Rates:
    """Reads a table with the columns currency, date and usd (dollars per unit).

    Args:
        path: a CSV file in UTF-8; other columns (the source of a rate) are for its readers. When it
            is missing, only dollars have a value in dollars.

    Raises:
        Refused: a row has no currency, no date (YYYY-MM-DD) or no positive rate.
    """
    found: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    if not path.is_file():
        return Rates()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            try:
                currency, on = row["currency"].strip(), date.fromisoformat(row["date"].strip())
                rate = Decimal(row["usd"].strip())
                if not (currency and rate > 0 and rate.is_finite()):
                    raise ValueError
            except (KeyError, AttributeError, ValueError, InvalidOperation):
                raise Refused(
                    "bad-rate",
                    "a rate needs currency, date (YYYY-MM-DD) and usd, a positive number",
                    file=path.name,
                    line=line,
                ) from None
            found[currency].append((on, rate))
    return Rates({currency: tuple(sorted(rows)) for currency, rows in sorted(found.items())})
