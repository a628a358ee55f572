"""What the parts of a matched time make: EDTF strings, by the kinds of lexicon/times.toml."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kg.claim import When
from kg.numerals import parse_number


class TimePattern(NamedTuple):
    """A way of saying a time.

    Args:
        regex: what is matched.
        kind: one of MAKERS.
        needs: words of which one stands in every match, in small letters; empty when unknown.
        unit, shift: of a relative time.
    """

    regex: re.Pattern[str]
    kind: str
    needs: tuple[str, ...]
    unit: str
    shift: int


@dataclass(frozen=True, slots=True)
class TimeWords:
    """times.toml, compiled: patterns in order of precedence, and word lists.

    `ahead` is what tells of a time that it lies ahead: before it, behind it, and before it what
    makes the words behind it tell nothing. `needed` is word → the numbers of the patterns that it
    is enough for to be tried; "" stands in every text.
    """

    patterns: Sequence[TimePattern]
    years: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    ordinals: Mapping[str, int]
    halves: Mapping[str, int]
    lengths: Mapping[str, int]
    counts: Mapping[str, int]
    same_year: frozenset[str]
    between: re.Pattern[str]
    listed: re.Pattern[str]
    ahead: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
    needed: Mapping[str, Sequence[int]] = field(init=False)

    def __post_init__(self) -> None:
        needed: dict[str, list[int]] = {}
        for number, pattern in enumerate(self.patterns):
            for word in pattern.needs or ("",):
                needed.setdefault(word, []).append(number)
        object.__setattr__(self, "needed", needed)


class Parts:
    """What a pattern caught, as numbers."""

    def __init__(
        self, match: re.Match[str], words: TimeWords, today: date | None, unit: str, shift: int
    ) -> None:
        self.groups = {k: v.casefold() for k, v in match.groupdict().items() if v}
        self.text = match.group().casefold()
        self.words, self.today, self.unit, self.shift = words, today, unit, shift
        #: The time said before in the text, that from which this one ends a range or goes on a
        #: list, and that which ends the range that this one begins.
        self.last: When | None = None
        self.since: When | None = None
        self.until: When | None = None
        self.ahead = False
        self.of_last = self.groups.get("y") in words.same_year

    def _word(self, names: Sequence[str], words: Mapping[str, int]) -> int | None:
        for name in names:
            if value := self.groups.get(name):
                return int(value) if value.isdigit() else words.get(value)
        return None

    def years(self) -> list[int]:
        """The years said in numbers, in order; R is one counted from 1911, as Taiwan counts."""
        counted = [int(self.groups["R"]) + 1911] if "R" in self.groups else []
        return counted + [int(self.groups[g]) for g in ("Y", "Y2", "Y3", "Y4") if g in self.groups]

    def year(self) -> int | None:
        """The year said, in numbers or as "last year"."""
        if years := self.years():
            return years[0]
        word = self.groups.get("y", "")
        if self.of_last:
            return self.last.first.year if self.last and self.last.first else None
        if word in self.words.years and self.today:
            return self.today.year + self.words.years[word]
        return None

    def after(self, month: int, day: int = 1) -> int | None:
        """The year in which a range ends whose end does not say it."""
        if self.since is None or self.since.first is None:
            return None
        begins = self.since.first
        return begins.year + ((month, day) < (begins.month, begins.day))

    def before(self, month: int, day: int = 1) -> int | None:
        """The year in which a range begins of which only the end says it."""
        if self.until is None or self.until.first is None:
            return None
        ends = self.until.first
        return ends.year - ((month, day) > (ends.month, ends.day))

    @property
    def month(self) -> int | None:
        return self._word(("M", "N"), self.words.months)

    @property
    def day(self) -> int | None:
        return self._word(("D", "d"), {})

    @property
    def quarter(self) -> int | None:
        return self._word(("Q", "q", "q2", "q3"), self.words.ordinals)

    @property
    def half(self) -> int | None:
        return self._word(("H", "h", "h2"), self.words.halves)

    @property
    def weekday(self) -> int | None:
        return self._word(("W",), self.words.weekdays)

    def latest(self, month: int, day: int | None = None) -> int | None:
        """The year in which a month (or day) was last, seen from today; when the words around it
        tell that it lies ahead, in which it is next."""
        if self.today is None:
            return None
        today = self.today.month, self.today.day
        if self.ahead:
            return self.today.year + ((month, day or 31) < today)
        return self.today.year - ((month, day or 1) > today)

    def near(self, first: int, last: int) -> int | None:
        """This year, unless the months from one to another begin more than half a year ahead: then
        last year; next year when they are over and the words around tell that they lie ahead."""
        if self.today is None:
            # Undated, a text goes on in the year that it spoke of.
            return self.last.first.year if self.last and self.last.first else None
        if self.ahead:
            return self.today.year + (last < self.today.month)
        return self.today.year - (first - self.today.month > 6)


def _date(p: Parts) -> str | None:
    if p.month is None or p.day is None:
        return None
    year = p.year() or p.before(p.month, p.day)
    year = year or p.after(p.month, p.day) or p.latest(p.month, p.day)
    return f"{year:04}-{p.month:02}-{p.day:02}" if year else None


def _month(p: Parts) -> str | None:
    if p.month is None:
        return None
    year = p.year() or p.before(p.month) or p.after(p.month, 31) or p.latest(p.month)
    return f"{year:04}-{p.month:02}" if year else None


def _months(p: Parts) -> str | None:
    """From one month to another: 2019年1-6月; three that are a quarter by its name."""
    last = p._word(("M2", "N2"), p.words.months)
    if p.month is None or last is None or not 1 <= p.month < last <= 12:
        return None
    year = p.year() or p.latest(p.month)
    if year and last % 3 == 0 and last - p.month == 2:
        return f"{year:04}-Q{last // 3}"
    return f"{year:04}-{p.month:02}/{year:04}-{last:02}" if year else None


def _year(p: Parts) -> str | None:
    year = p.year()
    return f"{year:04}" if year else None


def _year_word(p: Parts) -> str | None:
    year = p.year()
    if year is None and p.today is not None and "y" not in p.groups:
        year = p.today.year + p.words.years.get(p.text, 0)
    return f"{year:04}" if year else None


def _whole_year(p: Parts) -> str | None:
    """The year of the time said before, unless that is long ago; else that of the text."""
    if p.today is None:
        return None
    told = p.last.first.year if p.last and p.last.first else p.today.year
    return f"{told if abs(told - p.today.year) <= _LATE else p.today.year:04}"


def _quarter(p: Parts) -> str | None:
    if p.quarter is None:
        return None
    year = p.year() or p.near(p.quarter * 3 - 2, p.quarter * 3)
    return f"{year:04}-Q{p.quarter}" if year else None


def _half(p: Parts) -> str | None:
    if p.half is None:
        return None
    year = p.year() or p.near(p.half * 6 - 5, p.half * 6)
    return f"{year:04}-H{p.half}" if year else None


def _nine_months(p: Parts) -> str | None:
    year = p.year() or (p.today.year if p.today else None)
    return f"{year:04}-01/{year:04}-09" if year else None


def _ended(p: Parts) -> str | None:
    """A period by its length and last month: "six months ended 30 September 2025"."""
    size = p.words.lengths.get(p.groups["L"])
    if p.month is None or size is None or not 1 <= p.month <= 12:
        return None
    year = p.year() or p.latest(p.month, 28)
    if year is None:
        return None
    if p.month % size == 0:
        names = {3: f"-Q{p.month // 3}", 6: f"-H{p.month // 6}", 12: ""}
        if size in names:
            return f"{year:04}{names[size]}"
    count = year * 12 + p.month - size
    return f"{count // 12:04}-{count % 12 + 1:02}/{year:04}-{p.month:02}"


def _ago(p: Parts) -> str | None:
    """So many years, months, weeks or days before the text was written."""
    number = p._word(("n",), p.words.counts)
    if number is None or p.today is None:
        return None
    unit = p.groups["U"]
    if unit in ("年", "year"):
        return f"{p.today.year - number:04}"
    if unit in ("个月", "month"):
        count = p.today.year * 12 + p.today.month - 1 - number
        return f"{count // 12:04}-{count % 12 + 1:02}"
    if unit in ("天", "日", "day"):
        return (p.today - timedelta(days=number)).isoformat()
    return None


def _window(p: Parts) -> str | None:
    """When a plan filed today may be carried out, about: a working day is taken for 7/5 days."""
    wait, size = (parse_number(p.groups[name]) for name in ("n", "m"))
    if p.today is None or wait is None or size is None or wait.low is None or size.low is None:
        return None
    first = p.today + timedelta(days=round(int(wait.low) * 7 / 5))
    if p.groups["V"] == "个月":
        count = first.year * 12 + first.month - 1 + int(size.low)
        year, month = count // 12, count % 12 + 1
        last = date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
    else:
        last = first + timedelta(days=int(size.low))
    return f"{first.isoformat()}~/{last.isoformat()}~"


def _early(p: Parts) -> str | None:
    year = 2000 + int(p.groups["YY"])
    if p.month is None:
        return f"{year:04}"  # FY25
    return f"{year:04}-{p.month:02}" + (f"-{p.day:02}" if p.day else "")


def _day(p: Parts) -> str | None:
    """That day of the month said before; without one the latest such day."""
    if p.day is None:
        return None
    listed = "D" in p.groups
    if listed and p.last and p.last.first and p.last.last == p.last.first:
        return p.last.first.replace(day=1).isoformat()[:8] + f"{p.day:02}"
    if p.today is None or not 1 <= p.day <= 31:
        return None
    day = p.today
    while day.day != p.day:  # two months away at most: of two in a row, one has 31 days
        day += timedelta(days=1 if p.ahead else -1)
    return day.isoformat()


def _same(p: Parts) -> str | None:
    return p.last.edtf if p.last else None


def _same_day(p: Parts) -> str | None:
    day = p.last is not None and p.last.first == p.last.last
    return p.last.edtf if p.last and day else None


def _range(p: Parts) -> str | None:
    years = p.years()
    return f"{years[0]:04}/{years[1]:04}" if len(years) == 2 else None


def _since(p: Parts) -> str | None:
    start = _month(p) if p.month else _year(p)
    return f"{start}/.." if start else None


def _until(p: Parts) -> str | None:
    year = _year(p)
    return f"../{year}" if year else None


def _decade(p: Parts) -> str | None:
    return p.groups["Y"] + "X"


def _weekday(p: Parts) -> str | None:
    """The last such day that is not after today, or the next that is not before it; with a shift,
    that of another week."""
    if p.today is None or p.weekday is None:
        return None
    if p.shift:
        monday = p.today - timedelta(days=p.today.isoweekday() - 1)
        return (monday + timedelta(weeks=p.shift, days=p.weekday - 1)).isoformat()
    if p.ahead:
        return (p.today + timedelta(days=(p.weekday - p.today.isoweekday()) % 7)).isoformat()
    return (p.today - timedelta(days=(p.today.isoweekday() - p.weekday) % 7)).isoformat()


def _relative(p: Parts) -> str | None:
    if p.today is None:
        return None
    if p.unit == "day":
        return (p.today + timedelta(days=p.shift)).isoformat()
    if p.unit == "week":
        monday = p.today - timedelta(days=p.today.isoweekday() - 1) + timedelta(weeks=p.shift)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if p.unit == "quarter":
        count = p.today.year * 4 + (p.today.month - 1) // 3 + p.shift
        return f"{count // 4:04}-Q{count % 4 + 1}"
    count = p.today.year * 12 + p.today.month - 1 + p.shift
    return f"{count // 12:04}-{count % 12 + 1:02}"


#: So many years around that of the text are of late.
_LATE = 2

MAKERS: Mapping[str, Callable[[Parts], str | None]] = {
    "date": _date,
    "month": _month,
    "months": _months,
    "year": _year,
    "year-word": _year_word,
    "whole-year": _whole_year,
    "quarter": _quarter,
    "half": _half,
    "nine-months": _nine_months,
    "range": _range,
    "since": _since,
    "until": _until,
    "decade": _decade,
    "weekday": _weekday,
    "relative": _relative,
    "ended": _ended,
    "ago": _ago,
    "window": _window,
    "early": _early,
    "day": _day,
    "same": _same,
    "same-day": _same_day,
    "nothing": lambda _: None,
}

#: Kinds that take their place whatever was said before: they are made in the order of the text.
RELATIVE_TO_LAST = frozenset(("same", "same-day", "day", "nothing"))
