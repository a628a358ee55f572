"""Times in running text and in tables, as EDTF strings with the days they cover.

How times are said is in ontology/lexicon/times.toml; here is what the parts of a pattern make.
Beside level 1 of EDTF (https://www.loc.gov/standards/datetime/) halves and quarters are written
2025-H1 and 2025-Q3, as people read them. A time that no calendar has is no time.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.claim import When
from kg.errors import WorkspaceError
from kg.ontology import packaged_ontology
from kg.text import fold

_PART = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|[Hh](?P<half>[12])|[Qq](?P<quarter>[1-4])))?"
)
_DECADE = re.compile(r"(\d{3})X")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time and where it stands."""

    start: int
    end: int
    when: When


@dataclass(frozen=True, slots=True)
class TimeWords:
    """times.toml, compiled."""

    patterns: Sequence[tuple[re.Pattern[str], str, str, int]]
    years: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    ordinals: Mapping[str, int]
    halves: Mapping[str, int]


@lru_cache(maxsize=4)
def load_times(folder: Path) -> TimeWords:
    """Reads lexicon/times.toml of an ontology folder.

    Raises:
        WorkspaceError: it is missing or broken.
    """
    path = folder / "lexicon" / "times.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        patterns = []
        for entry in data["times"]:
            if entry["is"] not in _MAKERS:
                raise ValueError(f"is = {entry['is']!r}: expected one of {', '.join(_MAKERS)}")
            regex = re.compile(entry["pattern"], re.IGNORECASE)
            patterns.append((regex, entry["is"], entry.get("unit", ""), entry.get("shift", 0)))
        words = {name: data[name] for name in ("years", "months", "weekdays", "ordinals", "halves")}
        return TimeWords(patterns=patterns, **words)
    except (OSError, KeyError, ValueError, re.error) as error:
        raise WorkspaceError(f"{path}: {error}") from None


def parse_edtf(text: str) -> When | None:
    """A time written as EDTF; None when it is none or no calendar has it.

    >>> parse_edtf("2025-02"), parse_edtf("2025-02-30")
    (When(edtf='2025-02', first=datetime.date(2025, 2, 1), last=datetime.date(2025, 2, 28)), None)
    >>> parse_edtf("2027/..").first, parse_edtf("2025-H1").last, parse_edtf("2025?").edtf
    (datetime.date(2027, 1, 1), datetime.date(2025, 6, 30), '2025?')
    """
    text = text.strip()
    ends = text.split("/")
    if not text or len(ends) > 2:
        return None
    days = [_days(end) for end in ends]
    if any(d is None for d in days):
        return None
    first, last = days[0], days[-1]
    assert first is not None
    assert last is not None
    if first == (None, None) == last:
        return None
    if len(ends) == 2 and first[0] and last[1] and first[0] > last[1]:
        return None
    return When(text, first[0], last[1])


def _days(text: str) -> tuple[date | None, date | None] | None:
    """First and last day of one end of an interval; (None, None) when it is open."""
    if text in ("", ".."):
        return None, None
    plain = text.rstrip("~?%")
    if decade := _DECADE.fullmatch(plain):
        return date(int(decade[1] + "0"), 1, 1), date(int(decade[1] + "9"), 12, 31)
    match = _PART.fullmatch(plain)
    if not match:
        return None
    year = int(match["year"])
    try:
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return day, day
        if match["month"]:
            return _months(year, int(match["month"]), 1)
        if match["half"]:
            return _months(year, int(match["half"]) * 6 - 5, 6)
        if match["quarter"]:
            return _months(year, int(match["quarter"]) * 3 - 2, 3)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def find_times(
    text: str,
    language: str,
    today: date | None,
    folder: Path | None = None,
    previous: When | None = None,
) -> list[TimeSpan]:
    """The times in a text, in order, not overlapping.

    Args:
        text: a sentence or more, as read; offsets count in it.
        language: tag; the words of all languages are tried in any case.
        today: the day the text was written; without it "last month" is no time.
        folder: the ontology folder; the packaged one when None.
        previous: the time said last before this text, which "the same period" repeats.
    """
    words = load_times(folder or packaged_ontology())
    folded = fold(text)
    taken: list[tuple[int, int, When | None, bool]] = []
    for regex, kind, unit, shift in words.patterns:
        for match in regex.finditer(folded):
            start, end = match.span()
            if any(s < end and start < e for s, e, _, _ in taken):
                continue
            if kind in ("nothing", "same"):
                taken.append((start, end, None, kind == "same"))
                continue
            edtf = _MAKERS[kind](_Parts(match, words, today, unit, shift))
            when = parse_edtf(edtf) if edtf else None
            if when is not None:
                taken.append((start, end, when, False))
    spans: list[TimeSpan] = []
    for start, end, when, same in sorted(taken, key=lambda t: t[:2]):
        if same:
            when = spans[-1].when if spans else previous
        if when is not None:
            spans.append(TimeSpan(start, end, when))
    return spans


class _Parts:
    """What a pattern caught, as numbers."""

    def __init__(
        self, match: re.Match[str], words: TimeWords, today: date | None, unit: str, shift: int
    ) -> None:
        self.groups = {k: v.casefold() for k, v in match.groupdict().items() if v}
        self.text = match.group().casefold()
        self.words, self.today, self.unit, self.shift = words, today, unit, shift

    def _word(self, names: Sequence[str], words: Mapping[str, int]) -> int | None:
        for name in names:
            if value := self.groups.get(name):
                return int(value) if value.isdigit() else words.get(value)
        return None

    def years(self) -> list[int]:
        """The years said in numbers, in order."""
        return [int(self.groups[g]) for g in ("Y", "Y2", "Y3", "Y4") if g in self.groups]

    def year(self) -> int | None:
        """The year said, in numbers or as "last year"."""
        if years := self.years():
            return years[0]
        word = self.groups.get("y", "").replace("本年", "今年")
        if word in self.words.years and self.today:
            return self.today.year + self.words.years[word]
        return None

    @property
    def month(self) -> int | None:
        return self._word(("M", "N"), self.words.months)

    @property
    def day(self) -> int | None:
        return self._word(("D",), {})

    @property
    def quarter(self) -> int | None:
        return self._word(("Q", "q", "q2", "q3"), self.words.ordinals)

    @property
    def half(self) -> int | None:
        return self._word(("H", "h", "h2"), self.words.halves)

    @property
    def weekday(self) -> int | None:
        return self._word(("W",), self.words.weekdays)

    def latest(self, month: int, day: int = 1) -> int | None:
        """The year in which a month (and day) was last, seen from today."""
        if self.today is None:
            return None
        return self.today.year - ((month, day) > (self.today.month, self.today.day))

    def near(self, month: int) -> int | None:
        """This year, unless the period begins more than half a year ahead: then last year."""
        if self.today is None:
            return None
        return self.today.year - (month - self.today.month > 6)


def _date(p: _Parts) -> str | None:
    if p.month is None or p.day is None:
        return None
    year = p.year() or p.latest(p.month, p.day)
    return f"{year:04}-{p.month:02}-{p.day:02}" if year else None


def _month(p: _Parts) -> str | None:
    if p.month is None:
        return None
    year = p.year() or p.latest(p.month)
    return f"{year:04}-{p.month:02}" if year else None


def _year(p: _Parts) -> str | None:
    year = p.year()
    return f"{year:04}" if year else None


def _year_word(p: _Parts) -> str | None:
    if p.today is None:
        return None
    return f"{p.today.year + p.words.years[p.text]:04}"


def _quarter(p: _Parts) -> str | None:
    if p.quarter is None:
        return None
    year = p.year() or p.near(p.quarter * 3 - 2)
    return f"{year:04}-Q{p.quarter}" if year else None


def _half(p: _Parts) -> str | None:
    if p.half is None:
        return None
    year = p.year() or p.near(p.half * 6 - 5)
    return f"{year:04}-H{p.half}" if year else None


def _nine_months(p: _Parts) -> str | None:
    year = p.year()
    return f"{year:04}-01/{year:04}-09" if year else None


def _range(p: _Parts) -> str | None:
    years = p.years()
    return f"{years[0]:04}/{years[1]:04}" if len(years) == 2 else None


def _since(p: _Parts) -> str | None:
    start = _month(p) if p.month else _year(p)
    return f"{start}/.." if start else None


def _until(p: _Parts) -> str | None:
    year = _year(p)
    return f"../{year}" if year else None


def _decade(p: _Parts) -> str | None:
    return p.groups["Y"] + "X"


def _weekday(p: _Parts) -> str | None:
    """The last such day that is not after today; with a shift, that of an earlier week."""
    if p.today is None or p.weekday is None:
        return None
    if p.shift:
        monday = p.today - timedelta(days=p.today.isoweekday() - 1)
        return (monday + timedelta(weeks=p.shift, days=p.weekday - 1)).isoformat()
    return (p.today - timedelta(days=(p.today.isoweekday() - p.weekday) % 7)).isoformat()


def _relative(p: _Parts) -> str | None:
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


_MAKERS: Mapping[str, Callable[[_Parts], str | None]] = {
    "date": _date,
    "month": _month,
    "year": _year,
    "year-word": _year_word,
    "quarter": _quarter,
    "half": _half,
    "nine-months": _nine_months,
    "range": _range,
    "since": _since,
    "until": _until,
    "decade": _decade,
    "weekday": _weekday,
    "relative": _relative,
    "same": lambda _: None,
    "nothing": lambda _: None,
}
