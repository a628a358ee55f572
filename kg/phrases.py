"""What the pages say, and how they write amounts, in English and both Chinese scripts.

The words are data (kg/page/strings/*.toml, a file for each part of the pages); nothing here depends
on the machine's locale.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from kg.claim import Amount
from kg.rates import Usd

#: BCP 47 tags of the languages that pages speak, and their names in themselves.
LANGUAGES = {"zh-Hans": "中文", "zh-Hant": "繁體", "en": "English"}
#: ISO 8601 durations that a sum can be paid per → key of the phrase.
PERIODS = {"P1M": "per_month", "P1Y": "per_year", "P3M": "per_quarter"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts by key and language.

    Args:
        texts: all of them.
        parts: name of a file → the keys that it holds, so that a page takes only what it says.
    """

    texts: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def part(self, *names: str) -> dict[str, Mapping[str, str]]:
        """The texts of some parts."""
        return {key: self.texts[key] for name in names for key in self.parts[name]}

    def say(self, key: str, language: str, **values: object) -> str:
        """A text with its {names} filled in; the key itself when it is unknown."""
        by_language = self.texts.get(key, {})
        text = by_language.get(language) or by_language.get("en") or key
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def amount(self, amount: Amount, language: str) -> str:
        """An interval with its qualifier, currency or unit, in the steps of the language.

        >>> from decimal import Decimal
        >>> up_to = Amount(low=None, high=Decimal("1e11"), currency="USD", qualifier="up_to")
        >>> phrases = load_phrases()
        >>> phrases.amount(up_to, "en"), phrases.amount(up_to, "zh-Hans")
        ('up to $100bn', '最多1000亿美元')
        """
        low, high = amount.low, amount.high
        bounds = [b for b in (low, high) if b is not None]
        if not bounds:
            return amount.text
        unit = amount.unit or amount.currency or ""
        value = self._unit(self.number(bounds[-1], language), unit, amount.money, language)
        if low is not None and high is not None and low != high:
            first = self.number(low, language)
            value = self._unit(
                f"{first}–{self.number(high, language)}", unit, amount.money, language
            )
        qualifier = amount.qualifier
        if qualifier in ("", "exact") and None in (low, high):
            qualifier = "at_least" if high is None else "up_to"
        value = self.say(f"q_{qualifier or 'exact'}", language, value=value)
        if amount.period in PERIODS:
            value = self.say(PERIODS[amount.period], language, value=value)
        return value

    def usd(self, usd: Usd, language: str, qualifier: str = "exact") -> str:
        """A sum in US dollars."""
        return self.amount(
            Amount(low=usd.low, high=usd.high, currency="USD", qualifier=qualifier), language
        )

    def number(self, number: Decimal, language: str) -> str:
        """Three digits and a step of the language: 1.5tn, 6.6bn, 1.5万亿, 66亿.

        >>> load_phrases().number(Decimal("36111773"), "zh-Hant")
        '3611萬'
        """
        steps = [
            (power, word)
            for power in (12, 9, 8, 6, 4)
            if (word := self.texts.get(f"step_{power}", {}).get(language))
        ]
        for power, word in steps:
            if abs(number) >= Decimal(10) ** power:
                return _digits(number.scaleb(-power)) + word
        return _digits(number, group=True)

    def _unit(self, number: str, unit: str, money: bool, language: str) -> str:
        if not unit:
            return number
        key = f"currency_{unit}" if money else f"unit_{unit}"
        if key in self.texts:
            return self.say(key, language, n=number)
        return f"{unit} {number}" if money else f"{number} {unit}"


def _digits(number: Decimal, group: bool = False) -> str:
    """At most two decimals below 10, one below 100, none above; no trailing zeros."""
    places = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    if group and number == number.to_integral_value():
        return f"{number:,.0f}"
    text = f"{number:,.{places}f}" if group else f"{number:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def load_phrases() -> Phrases:
    """Reads the packaged texts.

    Raises:
        ValueError: two files hold the same key.
    """
    texts: dict[str, Mapping[str, str]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for path in sorted((Path(__file__).parent / "page" / "strings").glob("*.toml")):
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := texts.keys() & found.keys():
            raise ValueError(f"{path}: {', '.join(sorted(twice))}: said by another file too")
        texts |= found
        parts[path.stem] = tuple(found)
    return Phrases(texts, parts)
