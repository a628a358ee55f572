"""Round numbers and dates for the axes of a chart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

#: Months between ticks: a month, a quarter, half a year, then years.
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 60000)


def levels(numbers: Sequence[Decimal]) -> list[Decimal]:
    """A few round numbers, nothing among them, that hold all the others between them.

    >>> [int(level) for level in levels([Decimal(852), Decimal(-90)])]
    [-500, 0, 500, 1000]
    >>> [float(level) for level in levels([Decimal("3.5")])]
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    low, high = min(Decimal(0), *numbers), max(Decimal(0), *numbers)
    span = high - low or Decimal(1)
    power = Decimal(1).scaleb(span.adjusted() - 1)
    step = next(n * power for n in map(Decimal, (5, 10, 20, 50)) if n * power * 4 >= span)
    first = math.floor(low / step)
    return [step * n for n in range(first, max(math.ceil(high / step), first + 1) + 1)]


def calendar(first: date, last: date, room: Callable[[str], int]) -> tuple[int, int, int]:
    """Months between ticks, and the days where an axis of time begins and ends.

    Args:
        first, last: days that the axis holds.
        room: how many names as long as this one stand beside each other.

    Returns:
        The smallest step whose ticks can all be named; the ordinals of a day with a tick that
        begins the axis, and of the day after its last one, which begins a month or a year.

    >>> step, start, end = calendar(date(2023, 2, 1), date(2026, 3, 31), lambda name: 6)
    >>> step, date.fromordinal(start), date.fromordinal(end)
    (12, datetime.date(2023, 1, 1), datetime.date(2027, 1, 1))
    """
    begin, after, step = 0, 0, 0
    for step in _STEPS:
        unit = 12 if step >= 12 else 1
        begin = max((first.year * 12 + first.month - 1) // step * step, 12)
        after = -(-(last.year * 12 + last.month) // unit) * unit
        if after - begin <= step * room("0000" if unit == 12 else "0000-00"):
            break
    return step, _day(begin), _day(after)


def ticks(step: int, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Days where a month or year begins, a step apart, and their names.

    >>> [name for _, name in ticks(6, date(2024, 3, 1).toordinal(), date(2025, 9, 1).toordinal())]
    ['2024-07', '2025-01', '2025-07']
    """
    first = date.fromordinal(start)
    month = first.year * 12 + first.month - 1
    month += -month % step
    while (day := _day(month)) < end:
        year, rest = divmod(month, 12)
        yield day, f"{year:04}" if step >= 12 else f"{year:04}-{rest + 1:02}"
        month += step


def _day(month: int) -> int:
    """The first day of a month counted from the year 0; also of the one after the last year."""
    year, rest = divmod(month, 12)
    return date(year, rest + 1, 1).toordinal() if year <= 9999 else date.max.toordinal() + 1
