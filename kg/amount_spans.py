"""Numbers of a text, and what stands around a sum of them: bounds, period, sharing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.amount_lists import AmountSpan
from kg.claim import Amount
from kg.numerals import Number, parse_number
from kg.value_words import ValueWords, load_values

#: "turned over £38m" says what was turned over, not that it was more.
_PHRASAL = re.compile(r"\bturn(?:ed|s|ing)? over\s$", re.IGNORECASE)


@lru_cache(maxsize=8)
def numbers_in(folded: str, folder: Path) -> tuple[tuple[int, int, Number, bool], ...]:
    """The numbers of a text; kept, since sums and quantities are looked for in the same text."""
    return tuple(_read_numbers(folded, load_values(folder)))


def _read_numbers(folded: str, words: ValueWords) -> Iterator[tuple[int, int, Number, bool]]:
    """Every number with its magnitude: start, end, value, and whether it is 万 or more."""
    at = 0
    while begin := words.digit.search(folded, at):
        match = words.number.match(folded, begin.start())
        if match is None:
            at = begin.end()
            continue
        at = match.end()
        number: Number | None
        if match["latin"]:
            number = parse_number(match["number"])
            factor = words.magnitudes[match["latin"].casefold()]
        elif match["wordscale"]:
            number = parse_number("half" if match["word"].casefold()[0] == "h" else match["word"])
            factor = words.magnitudes[match["wordscale"].casefold()]
        elif match["vague"]:
            tens = {"tens": 10, "hundreds": 100, "dozens": 12}.get(match["vague"].casefold(), 1)
            low = 2 * tens if tens != 12 else 24
            number = Number(Decimal(low), Decimal(10 * tens), vague=True)
            factor = words.magnitudes[match["vaguescale"].casefold()]
        elif match["tens"]:
            number = parse_number(match["tens"])
            factor = Decimal(10)
            if number and match["halften"]:
                ones = parse_number(match["halften"])  # 一成半 is 15 %, 一成一 11 %
                tenth = ones.low if ones and ones.low < 1 else ones.low / 10 if ones else Decimal()
                number = Number(number.low + tenth, number.low + tenth)
        else:
            number = parse_number(match["chinese"] or match["spelled"])
            factor = Decimal(1)
        if number is not None:
            scaled = bool(match["chinese"]) and any(c in match["chinese"] for c in "万亿兆")
            yield match.start(), match.end(), number.times(factor), scaled


def spans_of(
    text: str,
    folded: str,
    parts: Sequence[tuple[int, int, Number]],
    currency: str | None,
    words: ValueWords,
    unit: str | None = None,
    once: tuple[int, int] | None = None,
) -> list[AmountSpan]:
    """Spans with qualifier, period and sharing read from the words around.

    Args:
        text, folded: the text, and folded; offsets count in both.
        parts: the numbers of a list that share a unit, each with where it begins and ends.
        currency, unit: what all of them are counted in; one of the two, or neither.
        words: of values.toml.
        once: the sum as far as it names its currency once ("人民币5亿元", "5亿元人民币").
    """
    first, last = parts[0][0], parts[-1][1]
    ahead = folded[max(0, first - 24) : first]
    left, qualifier = first, ""
    # Of "超过" and "不超过" the longer one is meant; words that only lead up to a sum are no part.
    said = [(len(ahead) - m.start(), q, m) for q, p in words.before if (m := p.search(ahead))]
    if _PHRASAL.search(ahead):
        said = []
    if said:
        size, qualifier, nearest = max(said, key=lambda s: s[:2])
        inside = qualifier != "exact" and nearest.group().strip().casefold() not in words.linking
        left = first - size * inside
    elif once:
        left = once[0]
    right = last
    if qualifier in ("", "exact"):
        for name, pattern in words.after:
            if match := pattern.match(folded, last):
                right, qualifier = match.end(), name
                break
    before = folded[max(0, left - 24) : left]
    period = None
    for name, earlier, later in words.periods:
        if match := later.match(folded, right):
            period, right = name, match.end()
            break
        if earlier.search(before) or earlier.search(ahead):
            period = name
            break
    joint = bool(words.joint[0].search(before) or words.joint[1].match(folded, right))
    each = bool(words.each[0].search(before) or words.each[1].match(folded, right))
    lead = left - first if once and left == once[0] else 0
    trail = last - once[1] if once and right == last else 0
    right -= trail
    spans = []
    for n, (start, end, number) in enumerate(parts):
        open_at = left if n == 0 else start
        close_at = right if n == len(parts) - 1 else end
        amount = Amount(
            **_bounds(number, qualifier),
            currency=currency,
            unit=unit,
            text=text[open_at:close_at].strip(),
            period=period,
        )
        spans.append(
            AmountSpan(
                open_at, close_at, amount,
                before=lead if n == 0 else 0, after=trail if n == len(parts) - 1 else 0,
                joint=joint and not each, each=each,
            )
        )  # fmt: skip
    return spans


def _bounds(number: Number, qualifier: str) -> dict[str, Any]:
    """Bounds and qualifier: a vague number is about; else the words before or after decide."""
    if qualifier in ("up_to", "less_than"):
        return {"low": None, "high": number.high or number.low, "qualifier": qualifier}
    if qualifier in ("more_than", "at_least") or number.high is None:
        return {"low": number.low, "high": None, "qualifier": qualifier or "at_least"}
    if qualifier == "about" or number.vague:
        return {"low": number.low, "high": number.high, "qualifier": "about"}
    return {"low": number.low, "high": number.high, "qualifier": "exact"}
