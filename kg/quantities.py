"""Quantities in running text, and sums or quantities of which a cell holds one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kg.amount_lists import AmountSpan, joined_limits
from kg.amount_spans import numbers_in, spans_of
from kg.amounts import find_amounts
from kg.claim import Amount
from kg.numerals import Number, parse_number
from kg.ontology import packaged_ontology
from kg.text import fold
from kg.value_words import load_values

#: "三成", "四成半", "五成一"
_TENTHS = re.compile("[^成]{1,3}成[半一二两三四五六七八九]?")
#: What is counted may be a model's name: "40,000 GB300".
_MODEL = re.compile(r"\s?([A-Z][A-Za-z]*\d+[A-Za-z]*)")


def find_quantities(
    text: str,
    language: str = "en",
    folder: Path | None = None,
    sums: Sequence[AmountSpan] | None = None,
    folded: str | None = None,
) -> list[AmountSpan]:
    """What is counted or measured and is no money: percentages, gigawatts, chips, people …

    Args:
        text: a sentence or more, as read.
        language: tag; the words of all languages are tried in any case.
        folder: the ontology folder; the packaged one when None.
        sums: what find_amounts found in the same text; looked for anew when None.
        folded: the text folded, for callers that have it.
    """
    words = load_values(folder or packaged_ontology())
    folded = fold(text) if folded is None else folded
    if sums is None:
        sums = find_amounts(text, language, None, folder, folded)
    money = [s.reach for s in sums]
    starts = [s for s, _ in money]
    found: list[AmountSpan] = []
    for start, end, number, _ in numbers_in(folded, folder or packaged_ontology()):
        at = bisect_right(starts, start) - 1
        if at >= 0 and money[at][1] > start:
            continue
        if folded[start:end] == "一":  # 同一家, 一个: an article, no count
            continue
        left, close, unit = start, end, ""
        factor = Decimal(1)
        if folded[start - 3 : start] == "百分之":
            left, unit = start - 3, "percent"
        elif _TENTHS.fullmatch(folded, start, end):
            unit = "percent"
        elif after := words.units.match(folded, end):
            unit, factor = words.unit_codes[after["word"].casefold()]
            close = after.end()
        elif after := _MODEL.match(folded, end):
            unit, close = after[1], after.end(1)  # "40,000 GB300"
        if not unit:
            continue
        if folded[left - 1 : left] in ("-", "−") and folded[left - 2 : left - 1] in ("", " ", "("):
            number, left = Number(-number.low, -number.low), left - 1
        found += spans_of(text, folded, [(left, close, number.times(factor))], None, words, unit)
    return found


def parse_amount(
    text: str, language: str = "en", currency: str | None = None, folder: Path | None = None
) -> Amount | None:
    """Reads a cell such as "up to $100bn" or "超4亿美元"; None when it holds no one sum.

    A plain number is taken as a sum in `currency`.
    """
    spans = find_amounts(text, language, currency, folder)
    words = load_values(folder or packaged_ontology())
    spans = joined_limits(text, fold(text), spans, words)
    if len(spans) == 1:
        found = spans[0].amount
        return replace(found, currency=found.currency or currency, text=text.strip())
    number = parse_number(fold(text)) if not spans else None
    if number is None:
        return None
    return Amount(low=number.low, high=number.high, currency=currency, text=text.strip())
