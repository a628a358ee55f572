"""Amounts in words: the steps, names and order of each language, and bounds that stay bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.claim import Amount
from kg.phrases import load_phrases

PHRASES = load_phrases()


def amount(low: str | None, high: str | None, **more: str) -> Amount:
    bounds = [None if b is None else Decimal(b) for b in (low, high)]
    fields = {"currency": "USD"} if "unit" not in more else {}
    return Amount(low=bounds[0], high=bounds[1], **fields | more)


@pytest.mark.parametrize(
    ("value", "en", "hans", "hant"),
    [
        (amount("1e12", "1e12"), "$1tn", "1万亿美元", "1兆美元"),
        (amount("6.6e9", "6.6e9"), "$6.6bn", "66亿美元", "66億美元"),
        (amount("350000000", "350000000"), "$350m", "3.5亿美元", "3.5億美元"),
        (amount("12345", "12345"), "$12,345", "1.23万美元", "1.23萬美元"),
        (amount(None, "1e11", qualifier="up_to"), "up to $100bn",
         "最多1000亿美元", "最多1000億美元"),
        (amount("4e8", None, qualifier="more_than", currency="CNY"),
         "over CN¥400m", "超4亿元人民币", "超4億元人民幣"),
        (amount("2e9", "3e9", qualifier="about"), "about $2bn–3bn",
         "约20亿–30亿美元", "約20億–30億美元"),
        (amount("4e8", None), "at least $400m", "至少4亿美元", "至少4億美元"),
        (amount("6", "6", unit="percent"), "6 %", "6%", "6%"),
        (amount("4.5", "4.5", unit="GW"), "4.5 GW", "4.5 GW", "4.5 GW"),
        (amount("1500", "1500", unit="count"), "1,500", "1,500", "1,500"),
        (amount("5e6", "5e6", period="P1M"), "$5m a month", "每月500万美元", "每月500萬美元"),
        (amount("5e6", "5e6", currency="XAU"), "XAU 5m", "XAU 500万", "XAU 500萬"),
        (amount("5e6", "5e6", currency=""), "5m", "500万", "500萬"),
        (amount(None, None, text="an undisclosed sum"), *["an undisclosed sum"] * 3),
    ],
)  # fmt: skip
def test_amounts(value: Amount, en: str, hans: str, hant: str) -> None:
    said = [PHRASES.amount(value, tag) for tag in ("en", "zh-Hans", "zh-Hant")]
    assert said == [en, hans, hant]


def test_an_unknown_language_is_answered_in_english() -> None:
    assert PHRASES.say("graph", "fr") == "Graph"


def test_an_unknown_key_says_itself() -> None:
    assert PHRASES.say("no_such_key", "en") == "no_such_key"


def test_texts_are_filled_in() -> None:
    assert PHRASES.say("n_relations", "zh-Hans", n=45) == "45 条关系"
