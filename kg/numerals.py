"""Numbers as people write them, in digits, Chinese numerals and English words, as exact intervals.

Everything works on text in simplified script and half-width signs (kg.text.fold).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"〇": 0, "两": 2}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
)
_UNITS = "一二两三四五六七八九"
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH = {w: n for n, w in enumerate(_ONES)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}

HAN = "零〇一二两三四五六七八九十百千万亿兆壹贰叁肆伍陆柒捌玖拾佰仟"
#: Before a magnitude a comma with one or two digits is a decimal one: €1,5 billion, 12,5亿.
_COMMA = r"\d{1,3},\d{1,2}(?=[\s-]?(?:[百千]?[万亿]|[a-z]+illion|[mb]n\b)|\Z)"
ARABIC = rf"{_COMMA}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+|\.(?=[万亿]))?"
ENGLISH = "|".join(sorted(_ENGLISH, key=len, reverse=True))
#: Digits once more behind what multiplies the first ones: 6亿5,000万, 1兆2,000亿, 3万2,500.
_PART = r"\d(?:,?\d{3}|\d{0,3})(?![\d,.])"
_MIXED = (
    rf"\d{{1,3}}(?:,?\d{{3}})*\s?(?:兆\s?{_PART}\s?[多余]?亿(?:\s?{_PART}\s?[多余]?万)?"
    rf"|亿\s?{_PART}\s?[多余]?万(?:{_PART}(?![万亿兆]))?|万(?:\d,?\d{{3}}(?![\d,.万亿兆])|\d千(?:\d百)?))"
)
#: A Chinese number: digits or numerals, maybe vague, with what multiplies it.
CHINESE = (
    rf"(?:{_MIXED}|(?:{ARABIC})\s?(?:个(?=亿))?[多余几来]?[十百千]?(?:[万亿]|兆(?!瓦))*多?"
    rf"|[数几上][十百千]?[十百千万亿兆]+|[{HAN}]+(?:个(?=亿))?[多余几来]?(?:[万亿]|兆(?!瓦))*多?)级?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """An interval of numbers; `vague` when the words say a range without naming its ends."""

    low: Decimal
    high: Decimal | None
    vague: bool = False

    def times(self, factor: Decimal) -> Number:
        """The interval scaled."""
        high = None if self.high is None else self.high * factor
        return Number(self.low * factor, high, self.vague)


def parse_number(text: str) -> Number | None:
    """Reads a number without unit; None when it is none.

    >>> parse_number("12亿").low, parse_number("二十多亿").high, parse_number("数十亿").high
    (Decimal('1200000000'), Decimal('3000000000'), Decimal('10000000000'))
    >>> parse_number("6亿5,000万").low, parse_number("3万2,500").low
    (Decimal('650000000'), Decimal('32500'))
    >>> parse_number("两三亿").low, parse_number("十七八亿").high
    (Decimal('200000000'), Decimal('1800000000'))
    >>> parse_number("12,500").low, parse_number("half"), parse_number("H100")
    (Decimal('12500'), Number(low=Decimal('0.5'), high=Decimal('0.5'), vague=False), None)
    """
    text = text.strip().replace(" ", "").replace("个", "").removesuffix("级").casefold()
    if text in ("half", "half a", "halfa", "半"):
        return Number(Decimal("0.5"), Decimal("0.5"))
    if text in _ENGLISH:
        return _exact(Decimal(_ENGLISH[text]))
    if match := re.fullmatch(r"([数几上])([十百千万亿兆]+)", text):
        unit = _scale(match[2])
        if match[1] == "上":
            return Number(unit, None, vague=True)
        return Number(2 * unit, 10 * unit, vague=True)
    if re.fullmatch(_MIXED, text):
        return _mixed(text)
    match = re.fullmatch(
        rf"(?P<digits>{ARABIC})(?P<more>[多余几来]?)(?P<scale>[十百千万亿兆]*)(?P<after>多?)", text
    )
    if match:
        value = in_digits(match["digits"])
        return _vague(value, _scale(match["scale"]), match["more"], match["after"])
    match = re.fullmatch(rf"(?P<han>[{HAN}]+?)(?P<more>[多余几来])(?P<scale>[万亿兆]*)", text)
    if match and (whole := _han(match["han"])) is not None:
        return _vague(whole, _scale(match["scale"]), match["more"], "")
    if match := re.fullmatch(
        rf"(?P<ten>十?)(?P<low>[{_UNITS}])(?P<high>[{_UNITS}])(?P<scale>[十百千万亿兆]+)", text
    ):
        low, high = (_DIGITS[match[end]] + 10 * bool(match["ten"]) for end in ("low", "high"))
        if 0 < high - low <= 2:  # 两三亿, 六七千万, 十七八亿, 三五百万
            scale = _scale(match["scale"])
            return Number(low * scale, high * scale, vague=True)
    whole = _han(text)
    return None if whole is None else _exact(whole)


def in_digits(text: str) -> Decimal:
    """The value of Arabic digits with commas, between thousands or before decimals.

    >>> in_digits("12,500"), in_digits("12,5")
    (Decimal('12500'), Decimal('12.5'))
    """
    return Decimal(re.sub(r",(?=\d{1,2}\Z)", ".", text).replace(",", ""))


def _mixed(text: str) -> Number:
    """The sum of 6亿 and 5,000万; vague as its last part is."""
    low = high = Decimal()
    vague = False
    for digits, more, scale in re.findall(r"([\d,]+)([多余]?)([百千万亿兆]?)", text):
        part = _vague(in_digits(digits), _scale(scale), more, "")
        low, high, vague = low + part.low, high + (part.high or part.low), vague or part.vague
    return Number(low, high, vague)


def _exact(value: Decimal) -> Number:
    return Number(value, value)


def _vague(value: Decimal, scale: Decimal, more: str, after: str) -> Number:
    """130多亿 lies between 130 and 140, 4亿多 between 4 and 5: one step of the last digit said;
    三千来万 lies about 3000, it may be below."""
    if not more and not after:
        return _exact(value * scale)
    if more == "来":
        return Number(value * scale, value * scale, vague=True)
    step = Decimal(1)
    while more and value % (step * 10) == 0 and value >= step * 10:
        step *= 10
    return Number(value * scale, (value + step) * scale, vague=True)


def _scale(text: str) -> Decimal:
    """百万 is a hundred times ten thousand."""
    product = Decimal(1)
    for char in text:
        product *= _PLACES.get(char) or _MYRIADS[char]
    return product


def _han(text: str) -> Decimal | None:
    """A whole number in Chinese numerals: 三千五百万, 二〇二五, 十二."""
    if not text or any(c not in HAN for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _PLACES:
            section += (digit or 1) * _PLACES[char]
            digit = 0
        else:
            unit = _MYRIADS[char]
            section += digit
            if section == 0 and total:  # 万亿: the myriad so far is multiplied
                total *= unit
            else:
                total = (total + (section or 1)) * unit if unit > total else total + section * unit
            section = digit = 0
    return Decimal(total + section + digit)


#: A date in Chinese numerals: 二零二五年五月十四日, 五月十四日; a month alone where a date stands.
_DATE = re.compile(
    "(?P<year>[一二][〇零九][〇零一二三四五六七八九]{2})(?=年)"
    "|(?<![十\\d])(?P<month>十?[一二三四五六七八九]|十)(?=月(?:[一二三四五六七八九十]{1,3}日|[,底初]))"
    "|(?<=[年于])(?P<later>十?[一二三四五六七八九]|十)(?=月(?!份?[一二三四五六七八九十]))"
    "|(?<=月)(?P<day>[一二三四五六七八九十]{1,3})(?=日)"
)


def dates_in_digits(text: str) -> tuple[str, list[int]]:
    """A text with its dates in Arabic digits, and where each of its characters stood before.

    Args:
        text: folded.

    >>> dates_in_digits("于二零二五年五月十四日")[0]
    '于2025年5月14日'
    """
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in _DATE.finditer(text):
        value = _han(match.group())
        digits = match.group() if value is None else str(int(value))
        parts += (text[at : match.start()], digits)
        places += range(at, match.start())
        places += [match.start()] * len(digits)
        at = match.end()
    return "".join((*parts, text[at:])), [*places, *range(at, len(text) + 1)]
