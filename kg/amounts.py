"""Sums of money and quantities in running text, as intervals with currency or unit.

The words (currencies, units, "about", "up to", "a year" …) are in ontology/lexicon/values.toml;
here is only how a number, what stands before it and what stands after it come together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.amount_lists import AmountSpan, goes_on, joined_limits, joined_ranges, list_before
from kg.claim import Amount
from kg.numerals import ARABIC, Number, parse_number
from kg.ontology import packaged_ontology
from kg.text import fold
from kg.value_words import ValueWords, load_values


def local_currency(text: str, language: str, folder: Path | None = None) -> str:
    """What a bare 元 or $ means in a text: the outlet's currency, told by words of its place.

    Args:
        text: a whole document.
        language: its tag.
        folder: the ontology folder; the packaged one when None.

    >>> local_currency("港股上市公司公布", "zh-Hant"), local_currency("公司公告", "zh-Hans")
    ('HKD', 'CNY')
    """
    words = load_values(folder or packaged_ontology())
    default = words.defaults.get(language, words.defaults["en"])["LOCAL"]
    if language.startswith("en"):
        return _local_dollar(text, words) or default
    if language != "zh-Hant":
        return default
    folded = fold(text)
    best, votes = _voted(folded, words.outlets)
    return best if votes[best] > votes.get(default, 0) else default


#: So far into a text its dateline ends.
_DATELINE = 400
#: An American dollar that says so: beside it a bare one is somebody else's.
_AMERICAN = re.compile(r"(?<![A-Z])USD?\$|\bUSD\b")
#: Another that says whose it is: beside it a bare one is American.
_TOLD = re.compile(r"(?<![A-Z])(?!USD?\$)[A-Z]{1,3}\$|\b(?:CAD|AUD|NZD)\b")


def _local_dollar(text: str, words: ValueWords) -> str:
    """Whose a bare $ is in an English text, told by its dateline, "HALIFAX, N.S. -"; where others
    are called American also by the places it names."""
    if _TOLD.search(text):
        return ""
    for code, cues in words.dollars.items():
        if any(cue in text[:_DATELINE] for cue in cues):
            return code
    if not _AMERICAN.search(text):
        return ""
    best, votes = _voted(text, words.dollar_places)
    return best if votes[best] else ""


def _voted(text: str, cues: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, int]]:
    """For which currency most words of a text speak, and how many for each."""
    votes = {code: sum(map(text.count, words)) for code, words in cues.items()}
    return max(sorted(votes), key=lambda code: votes[code]), votes


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
    for start, end, number, scaled in _numbers(folded, folder or packaged_ontology()):
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
        if code is None and scaled and (
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
        currency = _currency(code, language, default_currency, last_currency, words)
        last_currency = currency or last_currency
        parts = [*list_before(folded, left, pending, number, end), (left, close, number)]
        once = parts[0][0], close
        if symbol and close > end and not symbol.group().isascii():
            once = start, close
        elif currency == _currency("LOCAL", language, default_currency, None, words):
            once = parts[0][0], _unit_end(folded, end, close, words)
        found += _spans(text, folded, parts, currency, words, once=once)
        pending = []
    return joined_ranges(text, folded, found)


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


_RANGE_AHEAD = re.compile(
    rf"\s?(?:[-–—~]|至|到|to)\s?(?:{ARABIC})\s?(?:[万亿兆]|[a-z]+illion|bn|mn|m\b|tn)",
    re.IGNORECASE,
)

#: "turned over £38m" says what was turned over, not that it was more.
_PHRASAL = re.compile(r"\bturn(?:ed|s|ing)? over\s$", re.IGNORECASE)

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
    for start, end, number, _ in _numbers(folded, folder or packaged_ontology()):
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
        found += _spans(text, folded, [(left, close, number.times(factor))], None, words, unit)
    return found


@lru_cache(maxsize=8)
def _numbers(folded: str, folder: Path) -> tuple[tuple[int, int, Number, bool], ...]:
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
    if words.bare[2].match(folded, end):
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


def _spans(
    text: str,
    folded: str,
    parts: Sequence[tuple[int, int, Number]],
    currency: str | None,
    words: ValueWords,
    unit: str | None = None,
    once: tuple[int, int] | None = None,
) -> list[AmountSpan]:
    """Spans with qualifier, period and sharing read from the words around.

    `once`: the sum as far as it names its currency once ("人民币5亿元", "5亿元人民币").
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
