"""The words of sums and quantities, read from ontology/lexicon/values.toml and compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import WorkspaceError
from kg.numerals import ARABIC, CHINESE, ENGLISH, HAN


@dataclass(frozen=True, slots=True)
class ValueWords:
    """values.toml, compiled; what `number` matches begins where `digit` does."""

    digit: re.Pattern[str]
    number: re.Pattern[str]
    magnitudes: Mapping[str, Decimal]
    symbols: re.Pattern[str]
    symbol_codes: Mapping[str, str]
    currencies: re.Pattern[str]
    currency_codes: Mapping[str, str]
    units: re.Pattern[str]
    unit_codes: Mapping[str, tuple[str, Decimal]]
    before: Sequence[tuple[str, re.Pattern[str]]]
    after: Sequence[tuple[str, re.Pattern[str]]]
    periods: Sequence[tuple[str, re.Pattern[str], re.Pattern[str]]]
    joint: tuple[re.Pattern[str], re.Pattern[str]]
    each: tuple[re.Pattern[str], re.Pattern[str]]
    linking: frozenset[str]
    bare: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
    limits: re.Pattern[str]
    listed: tuple[re.Pattern[str], re.Pattern[str]]
    defaults: Mapping[str, Mapping[str, str]]
    outlets: Mapping[str, Sequence[str]]
    dollars: Mapping[str, Sequence[str]]
    dollar_places: Mapping[str, Sequence[str]]
    dollar_homes: Sequence[str]


@lru_cache(maxsize=4)
def load_values(folder: Path) -> ValueWords:
    """Reads lexicon/values.toml of an ontology folder.

    Raises:
        WorkspaceError: it is missing or broken.
    """
    path = folder / "lexicon" / "values.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        return _compile(data)
    except (OSError, KeyError, ValueError) as error:
        raise WorkspaceError(f"{path}: {error}") from None


def _compile(data: Mapping[str, Any]) -> ValueWords:
    magnitudes = {
        w.casefold(): Decimal(f) for f, words in data["magnitudes"].items() for w in words
    }
    symbols = {w.casefold(): code for code, words in data["symbols"].items() for w in words}
    currencies = {w.casefold(): code for code, words in data["words"].items() for w in words}
    units: dict[str, tuple[str, Decimal]] = {}
    for unit, words in data["quantities"].items():
        name, _, divisor = unit.partition("/")
        for word in words:
            units[word.casefold()] = (name, 1 / Decimal(divisor or 1))
    latin = _any(magnitudes)
    vague = "tens|hundreds|several|dozens"
    # A number begins after no letter, unless the letters are a currency: SKr28bn, Rs.5 crore.
    letters = sorted(s for s in symbols if (s[-1].isalpha() or s[-1] == ".") and s.isascii())
    edges = ((r"\b" if s[0].isalpha() else "") + re.escape(s) for s in letters)
    after = "".join(f"|(?<={edge})" for edge in edges)
    number = re.compile(
        rf"(?:(?<![A-Za-z\d.])|(?<![\d.])(?=[{HAN}]){after})"
        rf"(?:(?P<number>{ARABIC})[ -]?(?P<latin>{latin})(?![A-Za-z])"
        rf"|(?P<word>half an?|half|(?:{ENGLISH}))[ -](?P<wordscale>{latin})(?![A-Za-z])"
        rf"|(?P<vague>{vague})(?: of)? (?P<vaguescale>{latin})(?![A-Za-z])"
        rf"|(?P<tens>[一二两三四五六七八九])成(?P<halften>[半一二三四五六七八九])?(?![为立本功交员品长就了份都套])"
        rf"|(?P<chinese>{CHINESE})"
        rf"|(?P<spelled>{ENGLISH})(?= )(?![A-Za-z]))",
        re.IGNORECASE,
    )
    return ValueWords(
        digit=re.compile(
            rf"[\d{HAN}数几上]|(?<![A-Za-z\d.])(?:half|{vague}|{ENGLISH})", re.IGNORECASE
        ),
        number=number,
        magnitudes=magnitudes,
        symbols=re.compile(rf"(?<![A-Za-z])(?:{_any(symbols)})\s?-?$", re.IGNORECASE),
        symbol_codes=symbols,
        currencies=re.compile(rf"\s?-?(?:of )?(?P<word>{_any(currencies)}){_WHOLE}", re.IGNORECASE),
        currency_codes=currencies,
        units=re.compile(rf"\s?-?(?P<word>{_any(units)}){_WHOLE}", re.IGNORECASE),
        unit_codes=units,
        before=[(q, _ending(words)) for q, words in data["before"].items()],
        after=[(q, _starting(words)) for q, words in data["after"].items()],
        periods=[
            (p, _ending(both["before"], 14), _starting(both["after"]))
            for p, both in data["periods"].items()
        ],
        joint=(_ending(data["joint"]["before"], 8), _starting(data["joint"]["after"])),
        each=(_ending(data["each"]["before"], 8), _starting(data["each"]["after"], 6)),
        linking=frozenset(w.casefold() for w in data["linking"]["words"]),
        bare=(
            _ending(data["bare"]["before"], 1),
            _starting(data["bare"]["not_after"]),
            re.compile("|".join(data["bare"]["then"])),
        ),
        limits=re.compile(rf"(?:{_any(data['limits']['between'])}|[\s,;、()])*", re.IGNORECASE),
        listed=(
            re.compile(_any(data["listed"]["between"])),
            re.compile(rf"(?:{_any(data['listed']['then'])}|\s*$)"),
        ),
        defaults=data["defaults"],
        outlets=data["outlets"],
        dollars=data["dollars"],
        dollar_places=data["dollar_places"],
        dollar_homes=data["dollar_homes"]["USD"],
    )


#: A Latin word ends where no letter follows; after an ideograph anything may.
_WHOLE = r"(?!(?<=[A-Za-z])[A-Za-z])"


def _any(words: Mapping[str, Any] | Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _ending(words: Sequence[str], gap: int = 0) -> re.Pattern[str]:
    """Matches at the end of what stands before a number; `gap` idle characters may follow."""
    idle = rf"[^,;:。，；：!?\d\n]{{0,{gap}}}" if gap else r"\s?"
    return re.compile(rf"(?:(?<![A-Za-z])(?=[A-Za-z])|(?![A-Za-z]))(?:{_any(words)}){idle}$", re.I)


def _starting(words: Sequence[str], gap: int = 0) -> re.Pattern[str]:
    idle = rf"[^,;:。，；：!?\d\n]{{0,{gap}}}" if gap else ""
    return re.compile(rf"\s?{idle}(?:{_any(words)}){_WHOLE}", re.I)
