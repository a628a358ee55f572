"""Times in running text and in tables, as EDTF strings with the days they cover.

How times are said is in ontology/lexicon/times.toml; here is what the parts of a pattern make.
Beside level 1 of EDTF (https://www.loc.gov/standards/datetime/) halves and quarters are written
2025-H1 and 2025-Q3, as people read them. A time that no calendar has is no time.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.claim import When
from kg.errors import WorkspaceError
from kg.numerals import dates_in_digits
from kg.ontology import packaged_ontology
from kg.text import fold
from kg.time_parts import MAKERS, RELATIVE_TO_LAST, Parts, TimePattern, TimeWords

_PART = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|[Hh](?P<half>[12])|[Qq](?P<quarter>[1-4])))?"
)
#: A year, a month or a day in Chinese numerals.
_IN_WORDS = re.compile("[〇零一二三四五六七八九十][年月日]")
_DECADE = re.compile(r"(\d{3})X")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time and where it stands."""

    start: int
    end: int
    when: When


@lru_cache(maxsize=4)
def load_times(folder: Path) -> TimeWords:
    """Reads lexicon/times.toml of an ontology folder.

    Raises:
        WorkspaceError: it is missing or broken.
    """
    path = folder / "lexicon" / "times.toml"
    try:
        text = path.read_text("utf-8")
        data: dict[str, Any] = tomllib.loads(text)
        hours = "|".join(map(re.escape, data["hours"]["words"]))
        hours = f"(?:(?:{hours})?{data['hours']['clock']}|{hours})"
        named = {"hours": hours, **data["expressions"]}
        between, listed = (
            re.compile(rf"\s?(?:{'|'.join(map(re.escape, data[name]['words']))})\s?", re.IGNORECASE)
            for name in ("between", "listed")
        )
        patterns = []
        for entry in data["times"]:
            try:
                patterns.append(_pattern(entry, named))
            except (KeyError, ValueError, re.error) as error:
                line = text.count("\n", 0, max(0, text.find(str(entry.get("pattern", ""))))) + 1
                raise WorkspaceError(f"{path}:{line}: {error}") from None
        lists = ("years", "months", "weekdays", "ordinals", "halves", "lengths", "counts")
        words = {name: data[name] for name in lists}
        return TimeWords(
            patterns=patterns,
            same_year=frozenset(data["same_year"]["words"]),
            between=between,
            listed=listed,
            ahead=(
                _alternatives(data["ahead"]["before"], r"\s?\Z"),
                _alternatives(data["ahead"]["after"]),
                _alternatives([data["ahead"]["unless"]], r"\Z"),
            ),
            **words,
        )
    except (OSError, KeyError, ValueError, re.error) as error:
        raise WorkspaceError(f"{path}: {error}") from None


def _alternatives(expressions: Sequence[str], end: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(expressions)}){end}", re.IGNORECASE)


def _is_ahead(folded: str, start: int, end: int, words: TimeWords) -> bool:
    """Whether the words around a time without a year tell that it lies ahead."""
    before, after, unless = words.ahead
    clause = folded[max(0, start - 90) : start]
    if before.search(clause):
        return True
    return after.match(folded, end) is not None and unless.search(clause) is None


def _pattern(entry: Mapping[str, Any], named: Mapping[str, str]) -> TimePattern:
    """An entry of times.toml.

    Args:
        named: name → the expression that "{name}" stands for.

    Raises:
        ValueError: it says something that would never match.
    """
    if entry["is"] not in MAKERS:
        raise ValueError(f"is = {entry['is']!r}: expected one of {', '.join(MAKERS)}")
    text = entry["pattern"]
    for name, expression in named.items():
        text = text.replace(f"{{{name}}}", expression)
    regex = re.compile(text, re.IGNORECASE)
    needs = entry.get("needs", [])
    fit = isinstance(needs, list) and all(
        isinstance(word, str) and word and word == word.lower() for word in needs
    )
    if not fit:
        raise ValueError(f"needs = {needs!r}: expected words in small letters")
    return TimePattern(
        regex, entry["is"], tuple(needs), entry.get("unit", ""), entry.get("shift", 0)
    )


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
    folded: str | None = None,
) -> list[TimeSpan]:
    """The times in a text, in order, not overlapping.

    Args:
        text: a sentence or more, as read; offsets count in it.
        language: tag; the words of all languages are tried in any case.
        today: the day the text was written; without it "last month" is no time.
        folder: the ontology folder; the packaged one when None.
        previous: the time said last before this text, which "the same period" repeats.
        folded: the text folded, for callers that have it.
    """
    words = load_times(folder or packaged_ontology())
    folded = fold(text) if folded is None else folded
    if _IN_WORDS.search(folded):
        digits, places = dates_in_digits(folded)
        if digits != folded:
            found = find_times(digits, language, today, folder, previous, digits)
            return [replace(t, start=places[t.start], end=places[t.end]) for t in found]
    taken: list[tuple[int, int, str, Parts]] = []
    low = folded.lower()
    # Most patterns are not even tried: looking for a word is some twenty times quicker.
    told = {n for word, numbers in words.needed.items() if word in low for n in numbers}
    for number in sorted(told):
        regex, kind, _, unit, shift = words.patterns[number]
        for match in regex.finditer(folded):
            start, end = match.span()
            if any(s < end and start < e for s, e, _, _ in taken):
                continue
            parts = Parts(match, words, today, unit, shift)
            parts.last = previous
            # What no calendar has leaves its place to other patterns.
            if kind in RELATIVE_TO_LAST or parts.of_last or parse_edtf(MAKERS[kind](parts) or ""):
                taken.append((start, end, kind, parts))
    spans: list[TimeSpan] = []
    begins: tuple[str, Parts] | None = None
    for start, end, kind, parts in sorted(taken, key=lambda t: t[:2]):
        last = spans[-1] if spans else None
        parts.last = last.when if last else previous
        ranged = last is not None and words.between.fullmatch(folded, last.end, start) is not None
        if ranged or (last and words.listed.fullmatch(folded, last.end, start)):
            parts.since = parts.last
        elif parts.year() is None:
            parts.ahead = _is_ahead(folded, start, end, words)
        when = parse_edtf(MAKERS[kind](parts) or "")
        if when is None:
            continue
        whole = _range(_begun(begins, parts, last, when), when) if ranged and last else None
        if last is not None and whole is not None:
            spans[-1] = replace(last, end=end, when=whole)
        else:
            spans.append(TimeSpan(start, end, when))
        begins = kind, parts
    return spans


def _begun(begins: tuple[str, Parts] | None, ends: Parts, first: TimeSpan, last: When) -> When:
    """The first end of a range, which may take its year from the second: 4月30日至2018年7月29日."""
    if begins is None or begins[1].year() or not ends.years():
        return first.when
    kind, parts = begins
    parts.until = last
    return parse_edtf(MAKERS[kind](parts) or "") or first.when


def _range(first: When, last: When) -> When | None:
    """From one time to another, as one."""
    if "/" in first.edtf or "/" in last.edtf:
        return None
    return parse_edtf(f"{first.edtf}/{last.edtf}")
