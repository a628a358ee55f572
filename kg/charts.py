"""Where everything of a small chart of figures over time goes; the template draws it.

A value is as wide as the time that it is told for and as high as its interval, with a mark in the
middle whose shape says how far it is a fact. An open end is an arrow. Nothing is averaged: values
of several sources stand beside each other, and a band spans what is told from time to time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kg.axes import calendar, levels, ticks
from kg.claim import Amount
from kg.phrases import LANGUAGES, Phrases
from kg.series import Series, Value, spine
from kg.svg import wide

#: A chart in its own units: in the column of a phone 360 pixels wide a unit is 0.94 of a pixel.
WIDTH, HEIGHT = 340.0, 210.0
TOP, RIGHT, BOTTOM = 26.0, 10.0, 24.0
#: Height of its letters, at least 11 pixels there.
TEXT = 12.0
#: Half a mark, and the length of an arrow.
MARK, ARROW = 5.0, 13.0

Texts = Mapping[str, str]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A value in words: at x and y, from there ("start"), around it or up to it."""

    x: float
    y: float
    anchor: str
    texts: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value as drawn.

    Args:
        value: what is told.
        x: the middle of its time; left, right: its ends.
        top, bottom: the heights of its bounds, equal for one number.
        up, down: lengths of the arrows at an open end, 0 without one.
        label: None where there is no room for it.
    """

    value: Value
    x: float
    left: float
    right: float
    top: float
    bottom: float
    up: float
    down: float
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A series as drawn.

    Args:
        series: what is drawn.
        left: where the time begins, right of the names of the heights.
        points: by time.
        levels: round heights and what they stand for.
        ticks: where a year or month begins, and its name; "" where there is no room for that.
        band: corners of the band, empty for a series whose times all hold each other.
        odds: x and both ends of the lines between values that cannot be true together.
    """

    series: Series
    left: float
    points: tuple[Point, ...]
    levels: tuple[tuple[float, Texts], ...]
    ticks: tuple[tuple[float, str], ...]
    band: tuple[tuple[float, float], ...]
    odds: tuple[tuple[float, float, float], ...]


def chart(series: Series, phrases: Phrases) -> Chart:
    """Draws a series.

    Args:
        series: at least one value.
        phrases: how numbers are said in each language.
    """
    heights = levels([b for v in series.values for b in v.bounds])
    names = [_words(series.unit, phrases, low=h, high=h) for h in heights]
    left = round(max(_wide(texts) for texts in names) + 9, 1)
    step, start, end = calendar(
        min(v.first for v in series.values),
        max(v.last for v in series.values),
        lambda name: int((WIDTH - RIGHT - left) / (wide(name, TEXT) + 8)),
    )

    def x(day: int) -> float:
        return _round(left + (WIDTH - RIGHT - left) * (day - start) / (end - start))

    def y(number: Decimal) -> float:
        share = float((number - heights[0]) / (heights[-1] - heights[0]))
        return _round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM))

    points = [_point(v, x, y) for v in series.values]
    return Chart(
        series=series,
        left=left,
        points=tuple(_labelled(points, series, left, phrases)),
        levels=tuple((y(h), texts) for h, texts in zip(heights, names, strict=True)),
        ticks=tuple(
            (x(day), name if x(day) + 3 + wide(name, TEXT) <= WIDTH else "")
            for day, name in ticks(step, start, end)
        ),
        band=tuple(_band(points)),
        odds=tuple(_odds(points)),
    )


def _point(value: Value, x: Callable[[int], float], y: Callable[[Decimal], float]) -> Point:
    left, right = x(value.first.toordinal()), x(value.last.toordinal() + 1)
    low, high = value.bounds
    top, bottom = y(high), y(low)
    one = low == high
    amount = value.amount
    up = amount.high is None or (one and amount.qualifier in ("more_than", "at_least"))
    down = amount.low is None or (one and amount.qualifier in ("less_than", "up_to"))
    return Point(
        value=value,
        x=_round((left + right) / 2),
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        up=ARROW if up else 0.0,
        down=ARROW if down else 0.0,
    )


def _band(points: Sequence[Point]) -> Iterator[tuple[float, float]]:
    """Around what is told as fact or ahead: along the upper bounds and back along the lower."""
    at = {id(p.value): p for p in points if p.value.kind in ("told", "ahead")}
    steps = [[at[id(v)] for v in step] for step in spine([p.value for p in at.values()])]
    if len(steps) > 1:
        yield from ((step[0].x, min(p.top for p in step)) for step in steps)
        yield from ((step[0].x, max(p.bottom for p in step)) for step in reversed(steps))


def _odds(points: Sequence[Point]) -> Iterator[tuple[float, float, float]]:
    times: dict[tuple[date, date], list[Point]] = {}
    for point in points:
        if point.value.odds:
            times.setdefault(point.value.time, []).append(point)
    for told in times.values():
        if len(told) > 1:
            yield told[0].x, min(p.top for p in told), max(p.bottom for p in told)


def _labelled(
    points: Sequence[Point], series: Series, left: float, phrases: Phrases
) -> Iterator[Point]:
    """Each with its value in words, beside its mark where that hits nothing.

    The last and the first value come first, then the highest, then the later ones.
    """
    taken = [box for p in points for box in _room(p)]
    highest = max(points, key=lambda p: -p.top)
    found: dict[int, Label] = {}
    for n in dict.fromkeys(
        [len(points) - 1, 0, points.index(highest), *range(len(points) - 1, -1, -1)]
    ):
        point, amount = points[n], points[n].value.amount
        texts = _words(series.unit, phrases, amount.low, amount.high, amount.qualifier)
        for label, box in _places(point, texts, left):
            inside = (
                left <= box[0] and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT - BOTTOM
            )
            own = _distance(box, point) - 3
            if (
                inside
                and all(own <= _distance(box, p) for p in points)
                and not any(_meet(box, other) for other in taken)
            ):
                found[n] = label
                taken.append(box)
                break
    for n, point in enumerate(points):
        yield replace(point, label=found.get(n))


def _places(point: Point, texts: Texts, left: float) -> Iterator[tuple[Label, Box]]:
    """Above, below, right and left of a mark: where a label may stand and the room it takes."""
    width = _wide(texts)
    low, high = left + width / 2, WIDTH - width / 2
    for y in (point.top - MARK - point.up - 4, point.bottom + MARK + point.down + TEXT):
        x = _round(min(max(point.x, low), high))
        yield (
            Label(x=x, y=_round(y), anchor="middle", texts=texts),
            (x - width / 2, y - TEXT, x + width / 2, y + 3),
        )
    for y in dict.fromkeys((point.top, point.bottom)):
        y = _round(y + TEXT / 3)
        right = _round(max(point.x + MARK, point.right) + 4)
        before = _round(min(point.x - MARK, point.left) - 4)
        yield (
            Label(x=right, y=y, anchor="start", texts=texts),
            (right, y - TEXT, right + width, y + 3),
        )
        yield (
            Label(x=before, y=y, anchor="end", texts=texts),
            (before - width, y - TEXT, before, y + 3),
        )


def _room(point: Point) -> Iterator[Box]:
    """What a value takes: its marks and arrows, and the lines along its time."""
    yield (
        point.x - MARK,
        point.top - MARK - point.up,
        point.x + MARK,
        point.bottom + MARK + point.down,
    )
    for y in {point.top, point.bottom}:
        yield point.left, y - 1, point.right, y + 1


def _distance(box: Box, point: Point) -> float:
    """From a label to the nearer mark of a value: a label belongs to the mark it is nearest to."""
    aside = max(box[0] - point.x, 0.0, point.x - box[2])
    return min(
        math.hypot(aside, max(box[1] - y, 0.0, y - box[3])) for y in (point.top, point.bottom)
    )


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _words(
    unit: Amount,
    phrases: Phrases,
    low: Decimal | None,
    high: Decimal | None,
    qualifier: str = "exact",
) -> Texts:
    """An amount without its unit, which the heading says; but a percentage stays one."""
    percent = "percent" if unit.unit == "percent" else None
    bare = Amount(low=low, high=high, unit=percent, qualifier=qualifier)
    return {tag: phrases.amount(bare, tag) for tag in LANGUAGES}


def _wide(texts: Texts) -> float:
    return max(wide(text, TEXT) for text in texts.values())


def _round(number: float) -> float:
    """One decimal: more would differ from machine to machine."""
    return round(number, 1) + 0.0
