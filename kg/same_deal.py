"""Whether two claims of one relation between the same parties are about one transaction.

What tells: the sum, the time, the share, the quantity that is supplied, the day on which each was
published. Two claims are of one deal, of two, or nothing separates them and nothing joins them:
then it depends on whether there is another deal that the vaguer of the two could be about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from kg.claim import Amount, Claim
from kg.ontology import Relation
from kg.quantities import find_quantities

#: A sum is told again for a year; another sum of one deal is told within weeks.
SAME_SUM_WITHIN = timedelta(days=366)
OTHER_SUM_WITHIN = timedelta(days=42)
NO_SUM_WITHIN = timedelta(days=60)
#: A time that is longer than a quarter dates no deal: "in 2025".
_QUARTER = timedelta(days=92)
#: A report can come out before the day that later ones give to the deal, by so much.
EARLY = timedelta(days=92)
#: Two statements of one sum differ by rounding and by the day's exchange rate.
_SLACK = 50
#: "More than 10 bn" is not said of 20 bn.
_OPEN = Decimal("1.5")
#: Shares are rounded, and told with and without what is still to come: 9 % and 10 %.
_ROUNDED = Decimal("0.875")
_EQUAL = Decimal("0.98")
#: Sums that nobody dates are one when they are nearly the same.
_NEARLY = Decimal("0.75")


class Match(IntEnum):
    """How two claims stand to each other.

    LIKELY is what is told of one time but with another sum, or with none; PERHAPS, what is too
    vague to be told apart; OPEN neither joins nor separates.
    """

    APART = 0
    OPEN = 1
    PERHAPS = 2
    LIKELY = 3
    SAME = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two claims stand to each other, and why, in a few words.

    `closeness`, from 0 to 1, is how near their sums are; 0 when one tells none.
    """

    match: Match
    why: str
    closeness: Decimal = Decimal(0)


def compare(a: Claim, b: Claim, relation: Relation, issued: Mapping[str, date]) -> Verdict:
    """Judges two claims of one relation between the same parties.

    Args:
        a, b: the claims, in any order.
        relation: theirs; a standing one holds once between two parties.
        issued: source → the day it was published, where known.
    """
    if a.product and b.product and a.product != b.product and _one_voice(a, b):
        return Verdict(Match.APART, "one source lists two products")
    if a.part_of != b.part_of and a.part_of and b.part_of:
        return Verdict(Match.APART, "parts of two umbrella deals")
    if (a.umbrella and b.part_of) or (a.part_of and b.umbrella):
        return Verdict(Match.APART, "one is the whole, the other a part of one")
    if relation.standing:
        return Verdict(Match.SAME, "it holds between two parties once")
    mine, yours = _share(a, relation), _share(b, relation)
    if mine is not None and yours is not None:
        told = f"shares of {mine.text} and {yours.text}"
        apart = _days_apart(a, b)
        rounded = apart is not None and apart <= OTHER_SUM_WITHIN and _precise(a) and _precise(b)
        same = _closeness(mine, yours) >= (_ROUNDED if rounded else _EQUAL)
        return Verdict(Match.SAME if same else Match.APART, told)
    sums = _money(a), _money(b)
    same_sum = (
        sums[0] is not None
        and sums[1] is not None
        and _comparable(sums[0], sums[1])
        and alike(sums[0], sums[1])
    )
    quantities = _quantities(a.product), _quantities(b.product)
    common = sorted(quantities[0].keys() & quantities[1].keys())
    if common and not same_sum:
        one, other = (q[common[0]] for q in quantities)
        told = f"{one.text} and {other.text}"
        return Verdict(Match.SAME if meet(one, other) else Match.APART, told)
    if _told_before(a, b, issued) or _told_before(b, a, issued):
        return Verdict(Match.APART, "one was told months before the other's day")
    return _by_sum_and_time(a, b, sums, same_sum)


def _by_sum_and_time(
    a: Claim, b: Claim, sums: tuple[Amount | None, Amount | None], same_sum: bool
) -> Verdict:
    apart = _days_apart(a, b)
    when = "no time told" if apart is None else f"{apart.days} days apart"
    close = apart is not None and _precise(a) and _precise(b)
    one, other = sums
    if one is not None and other is not None and _comparable(one, other):
        near = _closeness(one, other)
        if same_sum:
            if apart is None and near < _NEARLY:
                return Verdict(Match.PERHAPS, f"sums that meet, {when}", near)
            if apart is None or apart <= SAME_SUM_WITHIN:
                return Verdict(Match.SAME, f"like sums, {when}", near)
            return Verdict(Match.APART, f"like sums, but {when}")
        close = close and apart is not None and apart <= OTHER_SUM_WITHIN
        if close and near * 2 >= 1 and not _one_voice(a, b):
            return Verdict(Match.LIKELY, f"other sums, but {when}", near)
        return Verdict(Match.APART, f"other sums, {when}")
    if close and apart is not None and apart <= NO_SUM_WITHIN:
        return Verdict(Match.LIKELY, f"{when}, no sums to compare")
    if apart is None:
        vague = any(c.when is None and _money(c) is None for c in (a, b))
        return Verdict(Match.PERHAPS if vague else Match.OPEN, "nothing to compare")
    if apart == timedelta(0):
        return Verdict(Match.PERHAPS, "their times overlap, no sums to compare")
    return Verdict(Match.APART, f"{when}, no sums to compare")


def alike(a: Amount, b: Amount) -> bool:
    """Whether two amounts may be one sum: they meet, and neither is twice what the other names.

    Two sums that are both "up to" something are one when they are nearly the same.
    """
    near = _closeness(a, b)
    least = _NEARLY if a.low is None and b.low is None else Decimal("0.5")
    return near >= least and meet(_closed(a), _closed(b))


def meet(a: Amount, b: Amount) -> bool:
    """Whether two intervals of one currency (or one unit) share a value, rounding allowed for.

    Amounts in different currencies are not compared: they meet.
    """
    if (a.currency or a.unit) != (b.currency or b.unit) and a.currency and b.currency:
        return True
    bounds = [abs(x) for x in (a.low, a.high, b.low, b.high) if x is not None]
    slack = max(bounds, default=Decimal(0)) / _SLACK
    below = a.high is not None and b.low is not None and a.high + slack < b.low
    above = b.high is not None and a.low is not None and b.high + slack < a.low
    return not (below or above)


def _closed(amount: Amount) -> Amount:
    """An amount without an upper bound as it is meant: somewhat more than what it names."""
    if amount.high is not None or amount.low is None:
        return amount
    return replace(amount, high=amount.low * _OPEN)


def _closeness(a: Amount, b: Amount) -> Decimal:
    """The smaller of what two amounts name over the larger."""
    told = sorted(abs(x) for m in (a, b) if (x := m.high if m.high is not None else m.low))
    return told[0] / told[1] if len(told) == 2 else Decimal(0)


def _comparable(a: Amount, b: Amount) -> bool:
    """Whether two sums are of one currency, and both whole or per one period.

    Tables drop the period: a sum that is told with one and without is compared when it is the same.
    """
    if a.currency != b.currency:
        return False
    return a.period == b.period or (None in (a.period, b.period) and _closeness(a, b) == 1)


def _money(claim: Claim) -> Amount | None:
    return claim.amount if claim.amount is not None and claim.amount.money else None


def _one_voice(a: Claim, b: Claim) -> bool:
    return a.evidence.source == b.evidence.source


def _share(claim: Claim, relation: Relation) -> Amount | None:
    """The share of equity that a claim tells; "about 27%" is one where nothing is paid."""
    if claim.share is not None:
        return Amount(low=claim.share, high=claim.share, unit="percent", text=f"{claim.share:f} %")
    return dict(_told(claim.product)).get("percent") if relation.money_flow == "none" else None


def _quantities(product: str) -> dict[str, Amount]:
    """What is supplied, by unit; percentages say of what share, not how much."""
    return {unit: amount for unit, amount in _told(product) if unit != "percent"}


@lru_cache(maxsize=4096)
def _told(product: str) -> tuple[tuple[str, Amount], ...]:
    found: dict[str, Amount] = {}
    for span in find_quantities(product) if product else ():
        found.setdefault(span.amount.unit or "", span.amount)
    return tuple(sorted(found.items()))


def _precise(claim: Claim) -> bool:
    """Whether a claim is dated to a quarter or better; "in 2025" dates no deal."""
    if claim.when is None or claim.when.first is None or claim.when.last is None:
        return False
    return claim.when.last - claim.when.first <= _QUARTER


def _told_before(a: Claim, b: Claim, issued: Mapping[str, date]) -> bool:
    """Whether `a`, which says no time, was published long before `b` and what it tells."""
    days = issued.get(a.evidence.source), issued.get(b.evidence.source)
    span = _span(b)
    if a.when is not None or days[0] is None or days[1] is None or span is None:
        return False
    return days[0] + EARLY < min(span[0], days[1])


def _days_apart(a: Claim, b: Claim) -> timedelta | None:
    """Time between two claims; zero when they overlap, None when one is undated."""
    spans = _span(a), _span(b)
    if spans[0] is None or spans[1] is None:
        return None
    return max(spans[1][0] - spans[0][1], spans[0][0] - spans[1][1], timedelta(0))


def _span(claim: Claim) -> tuple[date, date] | None:
    """First and last day; "until 2032" dates no deal."""
    if claim.when is None or claim.when.first is None:
        return None
    return claim.when.first, max(claim.when.first, claim.when.last or claim.when.first)
