"""Figures of an entity over time as small charts: where everything goes; the template draws it.

A mark is as wide as the period that its figure is told for and as high as its interval, so that a
month's revenue is not taken for a year's and a vague figure is seen to be vague. Nothing is joined
by a line and nothing is averaged: sources that disagree stay beside each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from kg.claim import Amount, Claim
from kg.ontology import Ontology
from kg.phrases import LANGUAGES, Phrases
from kg.svg import wide

#: A chart in its own units; at 320 pixels, the narrowest phone's column, a unit is a pixel.
WIDTH, HEIGHT = 320.0, 170.0
LEFT, RIGHT, TOP, BOTTOM = 62.0, 10.0, 18.0, 22.0
TEXT = 11.5
#: The narrowest and the lowest mark, so that a day or an exact sum can be seen.
THIN, FLAT = 7.0, 4.0
#: How far an interval reaches on that is open at one end.
OPEN = 22.0

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A figure: a box from x to x + width and from y down to y + height.

    Args:
        claim: id of the claim.
        over, under: the interval is open above, below.
        expected: the figure is no fact yet: announced, or for a time after the source was written.
        against: another claim cannot be true with it.
        tells: the sum by language; label: where it is written, None where there is no room.
    """

    claim: str
    x: float
    y: float
    width: float
    height: float
    over: bool
    under: bool
    expected: bool
    against: bool
    tells: Texts
    label: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All figures of one measure and unit.

    Args:
        measure: its code.
        marks: in order of time.
        levels: heights with what they stand for, by language.
        times: places with the years or months that begin there, and where these are written.
        first, last: the months between which all figures lie.
    """

    measure: str
    marks: tuple[Mark, ...]
    levels: tuple[tuple[float, Texts], ...]
    times: tuple[tuple[float, float, str], ...]
    first: str
    last: str


def charts(
    ids: Iterable[str],
    claims: Mapping[str, Claim],
    issued: Mapping[str, str],
    against: Mapping[str, Sequence[str]],
    ontology: Ontology,
    phrases: Phrases,
) -> list[Chart]:
    """The charts of an entity, in the ontology's order of measures.

    Args:
        ids: of its figures.
        claims: by id.
        issued: id of a claim → when its source appeared, EDTF.
        against: id of a claim → claims that cannot be true with it.
        ontology: says which measures can be compared over time.
        phrases: how sums are said.

    Returns:
        One for each measure and unit with figures of two times or more.
    """
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for i in ids:
        claim, measure = claims[i], ontology.measures.get(claims[i].measure)
        amount, when = claim.amount, claim.when
        if claim.negated or measure is None or not measure.comparable:
            continue
        if amount is None or amount.low is None is amount.high or not when or not when.first:
            continue
        unit = amount.unit or amount.currency or ""
        grouped[claim.measure, unit, amount.period or ""].append(i)
    order = {code: n for n, code in enumerate(ontology.measures)}
    found = []
    for key, group in sorted(grouped.items(), key=lambda g: (order[g[0][0]], g[0])):
        told = {i: claims[i] for i in group}
        if len({_span(c) for c in told.values()}) > 1:
            found.append(_chart(key[0], told, issued, against, phrases))
    return found


def _chart(
    measure: str,
    told: Mapping[str, Claim],
    issued: Mapping[str, str],
    against: Mapping[str, Sequence[str]],
    phrases: Phrases,
) -> Chart:
    spans = {i: _span(c) for i, c in told.items()}
    start, end = min(a for a, _ in spans.values()), max(b for _, b in spans.values())
    levels = _levels(max(_top(c.amount) for c in told.values() if c.amount))
    top = levels[-1]

    def at(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - start).days / max((end - start).days, 1)

    def height(value: Decimal) -> float:
        return HEIGHT - BOTTOM - float(value / top) * (HEIGHT - TOP - BOTTOM)

    marks = []
    for i, claim in sorted(told.items(), key=lambda c: (spans[c[0]], c[0])):
        a, b = (at(day) for day in spans[i])
        middle = (a + b) / 2
        width = max(b - a, THIN)
        x = min(max(middle - width / 2, LEFT), WIDTH - RIGHT - width)
        amount = claim.amount
        assert amount is not None
        low, high = amount.low, amount.high
        y = height(high if high is not None else low or Decimal(0))
        base = height(low if low is not None else high or Decimal(0))
        marks.append(
            Mark(
                claim=i,
                x=round(x, 1),
                y=round(min(y, base - FLAT / 2) if base - y >= FLAT else (y + base - FLAT) / 2, 1),
                width=round(width, 1),
                height=round(max(base - y, FLAT), 1),
                over=high is None,
                under=low is None,
                expected=claim.status == "announced" or _ahead(spans[i][0], issued.get(i, "")),
                against=bool(against.get(i)),
                tells={tag: phrases.amount(amount, tag) for tag in LANGUAGES},
            )
        )
    unit = next(c.amount for c in told.values() if c.amount)
    return Chart(
        measure=measure,
        marks=tuple(_labelled(marks)),
        levels=tuple((round(height(v), 1), _words(v, unit, phrases)) for v in levels),
        times=_spaced([(round(at(day), 1), text) for day, text in _times(start, end)]),
        first=f"{start:%Y-%m}",
        last=f"{end:%Y-%m}",
    )


def _span(claim: Claim) -> tuple[date, date]:
    assert claim.when is not None
    assert claim.when.first is not None
    return claim.when.first, max(claim.when.last or claim.when.first, claim.when.first)


def _ahead(first: date, issued: str) -> bool:
    """Whether a period began only after its source appeared; EDTF days sort as texts."""
    return bool(issued) and first.isoformat()[: len(issued)] > issued


def _top(amount: Amount) -> Decimal:
    return max(abs(b) for b in (amount.low, amount.high) if b is not None)


def _levels(most: Decimal) -> list[Decimal]:
    """Nothing, and two to four round steps, the last of them not below `most`.

    >>> [int(level) for level in _levels(Decimal(852))]
    [0, 500, 1000]
    """
    if most <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(10) ** math.floor(math.log10(most) - 0.31)
    step = next(
        s * power
        for s in (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
        if s * power * 4 >= most
    )
    return [step * n for n in range(math.ceil(most / step) + 1)]


def _times(start: date, end: date) -> list[tuple[date, str]]:
    """Beginnings of years; of months, where there are not two years."""
    years = [date(y, 1, 1) for y in range(start.year, end.year + 1)]
    inside = [day for day in years if start <= day <= end]
    if len(inside) > 1:
        return [(day, str(day.year)) for day in inside]
    months = [date(day.year, m, 1) for day in years for m in range(1, 13)]
    return [(day, f"{day:%Y-%m}") for day in months if start <= day <= end]


def _spaced(ticks: Sequence[tuple[float, str]]) -> tuple[tuple[float, float, str], ...]:
    """As many ticks as have room to be written beside each other, in equal steps."""
    half = max((wide(text, TEXT) for _, text in ticks), default=0.0) / 2
    placed = [(x, min(max(x, LEFT + half), WIDTH - half), text) for x, text in ticks]
    for step in range(1, len(placed) + 1):
        kept = placed[::step]
        if all(b[1] - a[1] >= 2 * half + 4 for a, b in pairwise(kept)):
            return tuple((x, round(at, 1), text) for x, at, text in kept)
    return ()


def _words(value: Decimal, unit: Amount, phrases: Phrases) -> Texts:
    exact = replace(unit, low=value, high=value, qualifier="exact", text="", period=None)
    return {tag: phrases.amount(exact, tag) for tag in LANGUAGES}


def _labelled(marks: Sequence[Mark]) -> list[Mark]:
    """The largest figures first: each is written above its mark where that hits nothing."""
    taken = [_room(m) for m in marks]
    placed: dict[str, tuple[float, float]] = {}
    for mark in sorted(marks, key=lambda m: (m.y, m.claim)):
        half = max(wide(text, TEXT) for text in mark.tells.values()) / 2
        x = min(max(mark.x + mark.width / 2, LEFT + half), WIDTH - RIGHT - half)
        y = mark.y - 5 - (OPEN if mark.over else 0)
        box = (x - half, y - TEXT, x + half, y + 2)
        own = _room(mark)
        free = all(t == own or not _meet(box, t) for t in taken)
        if free and box[1] >= 0 and box[0] >= LEFT:
            placed[mark.claim] = (round(x, 1), round(y, 1))
            taken.append(box)
    return [replace(m, label=placed.get(m.claim)) for m in marks]


def _room(mark: Mark) -> _Box:
    """What a mark takes with its arrow."""
    up, down = OPEN * mark.over, OPEN * mark.under
    return mark.x, mark.y - up, mark.x + mark.width, mark.y + mark.height + down


_Box = tuple[float, float, float, float]


def _meet(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
