"""Several sums side by side: lists that share a unit, and two that are the ends of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claim import Amount
from kg.numerals import ARABIC, Number, in_digits
from kg.value_words import ValueWords


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """An amount and where it stands.

    Args:
        start, end: offsets of the whole expression, qualifier included.
        amount: what it says.
        before, after: characters around it that say its currency once more ("人民币5亿元",
            "5亿元人民币" where 元 means no other).
        joint: the words say that the sum is several parties' together.
        each: the words say that the sum is each party's own.
    """

    start: int
    end: int
    amount: Amount
    before: int = 0
    after: int = 0
    joint: bool = False
    each: bool = False

    @property
    def reach(self) -> tuple[int, int]:
        """Offsets with what says the currency once more."""
        return self.start - self.before, self.end + self.after


def list_before(
    folded: str,
    left: int,
    pending: Sequence[tuple[int, int, Number, bool]],
    number: Number,
    end: int,
) -> list[tuple[int, int, Number]]:
    """Numbers of a list or range that take unit and magnitude from its last one: 9.8/14.6/21.3亿元.

    The magnitude of the last is applied when an earlier number has none of its own.
    """
    parts: list[tuple[int, int, Number]] = []
    match = re.search(r"[万亿兆]+$", folded[left:end]) or re.search(
        r"[a-z]+$", folded[left:end], re.I
    )
    scale = Decimal(1)
    digits = re.match(rf"\D*?({ARABIC})", folded[left:end])
    if digits and match:
        said = in_digits(digits[1])
        scale = number.low / said if said else scale
    right = left
    for start, close, value, scaled in reversed(pending):
        between = folded[close:right]
        range_ = r"\s?(?:[/、]|[-–—~]|至|到|to|and)\s?(?:[A-Z]{0,3}[$€£¥₹])?"
        if not re.fullmatch(range_, between) and not (
            scaled and between.strip() in ("及", "和", "与")
        ):
            break
        own = scaled or re.search(r"[万亿兆]|\d\s?[a-z]", folded[start:close], re.I)
        parts.insert(0, (start, close, value if own else value.times(scale)))
        right = start
    return parts


def goes_on(folded: str, last: AmountSpan | None, start: int, end: int, words: ValueWords) -> bool:
    """Whether a number is one more sum of a list whose first names the currency: 2.5亿元、1.2亿。

    Args:
        last: the sum before it.
        start, end: where the number stands; what is counted in something else goes on after it.
    """
    if last is None or last.amount.currency is None:
        return False
    between = last.reach[1], start
    listed = words.listed[0].fullmatch(folded, *between) or RANGE.fullmatch(folded, *between)
    return bool(listed) and bool(words.listed[1].match(folded, end))


RANGE = re.compile(r"\s?(?:[-–—~]|至|到|to)\s?|\s(?:to|and)\s", re.IGNORECASE)


def joined_ranges(text: str, folded: str, spans: Sequence[AmountSpan]) -> list[AmountSpan]:
    """The sums of a text, those that are the two ends of one joined: "$2bn to $3bn"."""

    def one(first: AmountSpan, second: AmountSpan) -> bool:
        if not RANGE.fullmatch(folded, first.reach[1], second.reach[0]):
            return False
        opened = re.search(r"\b(?:between|from)\s*$", folded[: first.start], re.IGNORECASE)
        return folded[first.end : second.start].strip() != "and" or opened is not None

    return _joined(text, spans, one)


def joined_limits(
    text: str, folded: str, spans: Sequence[AmountSpan], words: ValueWords
) -> list[AmountSpan]:
    """The sums of a text, two limits of one joined: "at least $2bn and at most $3bn"."""

    def one(first: AmountSpan, second: AmountSpan) -> bool:
        limits = first.amount.high is None and second.amount.low is None
        between = first.reach[1], second.reach[0]
        return limits and words.limits.fullmatch(folded, *between) is not None

    return _joined(text, spans, one)


def _joined(
    text: str, spans: Sequence[AmountSpan], one: Callable[[AmountSpan, AmountSpan], bool]
) -> list[AmountSpan]:
    joined: list[AmountSpan] = []
    for span in spans:
        if joined and _rises(joined[-1].amount, span.amount) and one(joined[-1], span):
            first = joined.pop()
            amount = replace(
                span.amount,
                low=_least(first.amount),
                qualifier=span.amount.qualifier if _closed(first.amount) else "exact",
                text=text[first.start : span.end].strip(),
            )
            joined.append(replace(span, start=first.start, before=first.before, amount=amount))
        else:
            joined.append(span)
    return joined


def _closed(amount: Amount) -> bool:
    return amount.low is not None and amount.high is not None


def _least(first: Amount) -> Decimal | None:
    """The lower end of a range: "可达130亿至150亿元" is at least 13bn."""
    return first.high if first.low is None else first.low


def _rises(first: Amount, second: Amount) -> bool:
    """Whether one sum may be the lower end of what another is the upper end of."""
    low, high = _least(first), second.high
    return low is not None and high is not None and low < high and first.currency == second.currency
