"""Figures of an entity that may be set beside each other over time.

Values belong to one series when they measure the same in the same unit and, where the measure is of
a period (see kg.ontology.Measure), for stretches of time of one length. What several sources tell
alike is one value; what they tell differently stays beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from kg.claim import Amount, Claim
from kg.ontology import Ontology
from kg.times import parse_edtf
from kg.view import Network

#: How far a value is a fact, in the order of legends: told of a time that was there, told ahead of
#: its time or of a plan, on hearsay alone, denied or over.
KINDS = ("told", "ahead", "rumour", "void")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value for one time, with all claims that tell it alike.

    Args:
        claims: ids, sorted.
        amount: as the first of them tells it; at least one of its bounds is known.
        first, last: the days that it is told for.
        edtf: these in the source's precision.
        kind: one of KINDS.
        odds: whether another value of the series cannot be true with it.
    """

    claims: tuple[str, ...]
    amount: Amount
    first: date
    last: date
    edtf: str
    kind: str
    odds: bool = False

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Low and high as far as they are told: an open end counts as the other one."""
        low, high = self.amount.low, self.amount.high
        some = low if low is not None else high
        assert some is not None
        return (some if low is None else low), (some if high is None else high)

    @property
    def time(self) -> tuple[date, date]:
        """What orders values: times that begin together are told apart by their ends."""
        return self.first, self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of one measure for at least two times.

    Args:
        measure: its code.
        unit: an amount that says currency or unit and what it is paid per; its bounds say nothing.
        months: the length of the stretches that the values are of; 0 where each is of a moment.
        values: by time.
    """

    measure: str
    unit: Amount
    months: int
    values: tuple[Value, ...]


def series_of(entity: str, net: Network, ontology: Ontology) -> tuple[Series, ...]:
    """The series of an entity, in the ontology's order of measures.

    Shared sums are left out, for they are no figure of one entity; so are values without a time and
    measures of which two values need not speak of the same.

    Args:
        entity: its id.
        net: claims, sources and conflicts.
        ontology: the measures and statuses.
    """
    groups: dict[tuple[int, str, str, str, str, int], list[Value]] = defaultdict(list)
    newest = max((d for s in net.sources.values() if (d := _told(s.issued))), default=None)
    for claim in (net.claims[i] for i in net.figures.get(entity, ())):
        measure, amount, days = ontology.measures.get(claim.measure), claim.amount, _days(claim)
        if measure is None or not measure.comparable or claim.joint or days is None:
            continue
        if amount is None or not _drawable(amount):
            continue
        months = _months(*days) if measure.per_period else 0
        unit = (amount.unit or "", amount.currency or "", amount.period or "")
        value = Value(
            claims=(claim.id,),
            amount=amount,
            first=days[0],
            last=days[1],
            edtf=claim.when.edtf if claim.when else "",
            # An undated source can know no more than the newest that is dated.
            kind=_kind(claim, days, months, _told(_issued(claim, net)) or newest, ontology),
        )
        groups[measure.order, measure.code, *unit, months].append(value)
    return tuple(
        Series(measure=key[1], unit=values[0].amount, months=key[-1], values=_merged(values, net))
        for key, values in sorted(groups.items())
        if len({v.time for v in values}) > 1
    )


def spine(values: Sequence[Value]) -> list[list[Value]]:
    """Values time by time, without times that hold another: "2025" tells no order within 2025."""
    times = sorted({v.time for v in values}, key=_middle)
    kept = [t for t in times if not any(_holds(t, other) for other in times)]
    return [[v for v in values if v.time == t] for t in kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How a series goes.

    Args:
        way: "up" or "down" where all that is told last lies beyond all that is told first, or
            "even": nothing can be said.
        first, last: the values between which it goes, each of one time.
        ahead: what is told ahead of the latest time after that; empty without it.
        odds: the times for which values cannot be true together.
    """

    way: str
    first: tuple[Value, ...]
    last: tuple[Value, ...]
    ahead: tuple[Value, ...]
    odds: tuple[str, ...]


def trend(series: Series) -> Trend:
    """The trend of what is told as a fact; of the rest too where that is of one time only."""
    kinds: tuple[tuple[str, ...], ...] = (("told",), ("told", "ahead"), KINDS)
    for wanted in kinds:
        values = [v for v in series.values if v.kind in wanted]
        steps = spine(values)
        if len(steps) > 1:
            break
    else:  # all times hold one another
        steps = [[v for v in values if v.time == t] for t in (values[0].time, values[-1].time)]
    first, last = steps[0], steps[-1]
    low_first, high_first = _hull(first)
    low_last, high_last = _hull(last)
    way = "up" if low_last > high_first else "down" if high_last < low_first else "even"
    later = [
        v for v in series.values if v.kind == "ahead" and v not in last and v.last > last[0].last
    ]
    latest = max((v.time for v in later), default=None)
    return Trend(
        way=way,
        first=tuple(first),
        last=tuple(last),
        ahead=tuple(v for v in later if v.time == latest),
        odds=tuple(dict.fromkeys(v.edtf for v in series.values if v.odds)),
    )


def _hull(values: Sequence[Value]) -> tuple[Decimal, Decimal]:
    """Between which bounds all lie; without end where one is open."""
    lows = [v.amount.low for v in values]
    highs = [v.amount.high for v in values]
    endless = Decimal("Infinity")
    return (
        min(-endless if b is None else b for b in lows),
        max(endless if b is None else b for b in highs),
    )


def _merged(values: Sequence[Value], net: Network) -> tuple[Value, ...]:
    """What is told alike as one value, by time and size; odds with others of these alone."""
    inside = {i for v in values for i in v.claims}
    alike: dict[tuple[object, ...], Value] = {}
    for value in sorted(values, key=lambda v: v.claims):
        key = (value.time, value.amount.low, value.amount.high, value.kind)
        before = alike.get(key, value)
        alike[key] = replace(
            before,
            claims=tuple(sorted({*before.claims, *value.claims})),
            amount=value.amount if value.amount.qualifier == "exact" else before.amount,
        )
    found = (
        replace(v, odds=any(inside & {*net.conflicts.get(i, ())} for i in v.claims))
        for v in alike.values()
    )
    return tuple(sorted(found, key=lambda v: (v.time, v.bounds, v.claims)))


def _kind(
    claim: Claim,
    days: tuple[date, date],
    months: int,
    told_on: date | None,
    ontology: Ontology,
) -> str:
    """One of KINDS."""
    status = ontology.statuses.get(claim.status)
    if claim.negated or (status is not None and status.over):
        return "void"
    if status is not None and not status.live:
        return "rumour"
    # A year's figure told within the year is a forecast; of a month, sources tell the rate so far.
    due = days[1] if months > 1 else days[0]
    early = told_on is not None and told_on < due
    done = max((s.order for s in ontology.statuses.values() if s.live), default=0)
    planned = status is not None and status.order < done
    return "ahead" if planned or early else "told"


def _told(issued: str) -> date | None:
    """The last day on which a source can have appeared."""
    when = parse_edtf(issued)
    return when.last if when else None


def _drawable(amount: Amount) -> bool:
    bounds = [b for b in (amount.low, amount.high) if b is not None]
    return bool(bounds) and all(b.is_finite() for b in bounds)


def _days(claim: Claim) -> tuple[date, date] | None:
    """First and last day of its time; one that is open at one end is the day at the other."""
    when = claim.when
    days = [d for d in (when.first, when.last) if d is not None] if when else []
    return (days[0], max(days)) if days else None


def _issued(claim: Claim, net: Network) -> str:
    return net.sources[claim.evidence.source].issued


def _months(first: date, last: date) -> int:
    """The length of a stretch in months, at least one.

    >>> _months(date(2025, 1, 1), date(2025, 9, 30)), _months(date(2025, 2, 3), date(2025, 2, 3))
    (9, 1)
    """
    return max(1, round(((last - first) + timedelta(1)).days / 30.44))


def _middle(time: tuple[date, date]) -> tuple[int, date]:
    return time[0].toordinal() + time[1].toordinal(), time[0]


def _holds(time: tuple[date, date], other: tuple[date, date]) -> bool:
    return time != other and time[0] <= other[0] and other[1] <= time[1]
