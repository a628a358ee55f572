"""Sums of money and quantities in running text, as intervals with currency or unit.

The words (currencies, units, "about", "up to", "a year" …) are in ontology/lexicon/values.toml;
here is only how a number, what stands before it and what stands after it come together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.amount_lists import RANGE, AmountSpan, goes_on, joined_ranges, list_before
from kg.amount_spans import numbers_in, spans_of
from kg.numerals import ARABIC, Number
from kg.ontology import packaged_ontology
from kg.text import fold
from kg.value_words import ValueWords, load_values


def find_amounts(
    text: str,
    language: str,
    default_currency: str | None = None,
    folder: Path | None = None,
    folded: str | None = None,
) -> list[AmountSpan]:
    """The sums of money in a text, in order, not overlapping.

    Args:
        text: a sentence or more, as read; offsets count in it.
        language: tag, for what 元 and ¥ mean.
        default_currency: what a bare 元 means; by language when None.
        folder: the ontology folder; the packaged one when None.
        folded: the text folded, for callers that have it.

    Returns:
        One span for each sum; "9.8/14.6/21.3亿元" gives three.
    """
    words = load_values(folder or packaged_ontology())
    folded = fold(text) if folded is None else folded
    found: list[AmountSpan] = []
    last_currency: str | None = None
    shared: str | None = None
    pending: list[tuple[int, int, Number, bool]] = []  # numbers that may belong to the next one
    for start, end, number, scaled in numbers_in(folded, folder or packaged_ontology()):
        # "3亿人民币5年期": what the sum before is counted in is no sign before the next number.
        least = found[-1].reach[1] if found else 0
        symbol = words.symbols.search(folded, max(least, start - 8), start)
        if symbol and symbol.group().isalpha() and len(symbol.group()) == 1:
            # "R1.9bn" and "R450,000" are sums, but "R1" is a model.
            told = folded[end - 1 : end].isalpha() or "," in folded[start:end]
            symbol = symbol if told and symbol.group().isupper() else None
        code = None
        close = end
        left = start
        if symbol and _RANGE_AHEAD.match(folded, end) and not scaled:
            # "$3.5-4 billion": the second end says what both are counted in.
            shared = words.symbol_codes[symbol.group().strip(" -").casefold()]
            pending = [(symbol.start(), end, number, False)]
            continue
        if symbol:
            code = words.symbol_codes[symbol.group().strip(" -").casefold()]
            bare = symbol.group().strip(" -") == "$" and language.startswith("en")
            if bare and default_currency in words.dollar_places:
                code = default_currency
            left = symbol.start()
        elif after := words.currencies.match(folded, end):
            code = words.currency_codes[after["word"].casefold()]
            close = after.end()
        elif shared:
            code = shared
        shared = None
        # Of "9亿至10亿美元" the second end says what both are counted in.
        ends = _RANGE_AHEAD.match(folded, end) is not None
        if code is None and scaled and not ends and (
            goes_on(folded, found[-1] if found else None, start, end, words)
            or _is_bare(folded, start, end, words, pending)
        ):  # fmt: skip
            code = ""
        if code is None:
            pending = [*pending, (start, end, number, scaled)][-4:]
            continue
        # "HK$3.1亿港元" says its currency twice.
        if symbol and (again := words.currencies.match(folded, end)):
            close = again.end()
        local = code == "LOCAL" and found and found[-1].amount.currency is not None
        if local and RANGE.fullmatch(folded, found[-1].reach[1], start):
            code = ""  # 人民币20亿至24亿元: 元 is what the first end is counted in
        currency = _currency(code, language, default_currency, last_currency, words)
        last_currency = currency or last_currency
        parts = [*list_before(folded, left, pending, number, end), (left, close, number)]
        once = parts[0][0], close
        if symbol and close > end and not symbol.group().isascii():
            once = start, close
        elif currency == _currency("LOCAL", language, default_currency, None, words):
            once = parts[0][0], _unit_end(folded, end, close, words)
        found += spans_of(text, folded, parts, currency, words, once=once)
        pending = []
    return joined_ranges(text, folded, found)


_RANGE_AHEAD = re.compile(
    rf"\s?(?:[-–—~]|至|到|to)\s?(?:{ARABIC})\s?(?:[万亿兆]|[a-z]+illion|bn|mn|m\b|tn|crore|lakh)",
    re.IGNORECASE,
)


def _is_bare(
    folded: str,
    start: int,
    end: int,
    words: ValueWords,
    pending: Sequence[tuple[int, int, Number, bool]],
) -> bool:
    """Whether a number without a currency is money all the same."""
    if words.bare[1].match(folded, end) or words.units.match(folded, end):
        return False
    if words.bare[2].match(folded, end) or "个亿" in folded[start:end]:
        return True
    before = folded[max(0, start - 10) : start]
    for _, pattern in words.before:  # "亏了约二十亿": look past the qualifier
        if match := pattern.search(before):
            before = before[: match.start()]
            break
    return bool(words.bare[0].search(before.rstrip()))


def _currency(
    code: str,
    language: str,
    default_currency: str | None,
    last: str | None,
    words: ValueWords,
) -> str | None:
    defaults = words.defaults.get(language, words.defaults["en"])
    if code == "":
        return last or default_currency
    if code == "LOCAL":
        return default_currency or defaults["LOCAL"]
    if code == "AMBIGUOUS":
        return defaults["AMBIGUOUS"]
    return code


def _unit_end(folded: str, end: int, close: int, words: ValueWords) -> int:
    """Where the 元 of 元人民币 ends, which alone would say the same."""
    for at in range(end + 1, close):
        if words.currency_codes.get(folded[end:at].casefold()) == "LOCAL":
            return at
    return close
