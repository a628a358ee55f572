"""Sums of money that are known as intervals, and what may be done with them.

>>> paid = Interval(Decimal(3), Decimal(5)) + Interval(Decimal(1), None)
>>> paid
Interval(low=Decimal('4'), high=None)
>>> Interval(Decimal(500), Decimal(500)).less(Interval(Decimal(40), Decimal(60)))
Interval(low=Decimal('440'), high=Decimal('460'))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """At least `low`, at most `high`; `high` is None when no source bounds it.

    Nothing at all is Interval(); a payment whose sum nobody tells is UNKNOWN.
    """

    low: Decimal = _NONE
    high: Decimal | None = _NONE

    def __add__(self, other: Interval) -> Interval:
        open_ = self.high is None or other.high is None
        high = None if open_ else (self.high or _NONE) + (other.high or _NONE)
        return Interval(self.low + other.low, high)

    def less(self, part: Interval) -> Interval:
        """What is left when a part is taken out; never below nothing."""
        low = _NONE if part.high is None else max(_NONE, self.low - part.high)
        high = None if self.high is None else max(_NONE, self.high - part.low)
        return Interval(low if high is None else min(low, high), high)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        open_ = self.high is None or other.high is None
        high = None if open_ else max(self.high or _NONE, other.high or _NONE)
        return Interval(min(self.low, other.low), high)

    @property
    def figure(self) -> Decimal:
        """One number to rank by: the upper bound, else the lower one."""
        return self.low if self.high is None else self.high

    @property
    def empty(self) -> bool:
        """Whether it is nothing at all."""
        return self.low == 0 and self.high == 0


UNKNOWN = Interval(_NONE, None)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of all."""
    result = Interval()
    for interval in intervals:
        result += interval
    return result


def smallest(intervals: Iterable[Interval]) -> Interval:
    """The interval of the smallest of several sums; an unknown sum does not bound it from above."""
    known = list(intervals)
    highs = [i.high for i in known if i.high is not None]
    return Interval(min((i.low for i in known), default=_NONE), min(highs, default=None))
