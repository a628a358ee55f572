"""Claims survive JSON whole; the flat form is what scorers read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Amount, Claim, Evidence, Mention, When
from kg.jsonl import from_json, row, to_json

numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2)
amounts = st.builds(
    Amount,
    low=numbers,
    high=numbers,
    currency=st.none() | st.sampled_from(["USD", "CNY"]),
    unit=st.none() | st.just("percent"),
    qualifier=st.sampled_from(["exact", "about"]),
    text=st.text(),
    period=st.none() | st.just("P1M"),
)
mentions = st.builds(Mention, st.text(), st.text(), st.none() | st.integers(0), st.none())
claims = st.builds(
    Claim,
    kind=st.sampled_from(["relation", "figure"]),
    subject=mentions,
    object=st.none() | mentions,
    evidence=st.builds(
        Evidence,
        source=st.text(),
        quote=st.text(),
        start=st.none() | st.integers(0),
        columns=st.lists(st.text()).map(tuple),
    ),
    amount=st.none() | amounts,
    share=numbers,
    when=st.none() | st.builds(When, st.text(), st.none() | st.dates(), st.none() | st.dates()),
    negated=st.booleans(),
    confidence=st.decimals(0, 1, places=3),
    joint=st.text(),
)


@given(claims)
def test_reading_what_was_written_gives_the_claim_back(claim: Claim) -> None:
    assert from_json(json.loads(json.dumps(to_json(claim)))) == claim


def test_the_flat_form() -> None:
    claim = Claim(
        kind="relation",
        subject=Mention("港巷资本", start=0, end=4),
        relation="investsIn",
        object=Mention("云岫算力"),
        evidence=Evidence(source="s", quote="…", start=0, end=20),
        amount=Amount(low=Decimal("4E+8"), high=None, currency="USD", qualifier="more_than"),
        when=When("2025-09", date(2025, 9, 1), date(2025, 9, 30)),
        status="announced",
        joint="a",
        share=Decimal("6.5"),
        confidence=Decimal("0.9"),
    )
    assert row(claim, "article") == {
        "doc": "article",
        "kind": "relation",
        "subject": "港巷资本",
        "relation": "investsIn",
        "object": "云岫算力",
        "start": 0,
        "end": 20,
        "quote": "…",
        "amount": {"min": 400000000, "max": None, "currency": "USD", "qualifier": "more_than"},
        "value": 6.5,
        "unit": "percent",
        "time": "2025-09",
        "status": "announced",
        "joint": "a",
        "confidence": 0.9,
    }


def test_a_figure_that_is_no_money_has_a_value_and_a_unit() -> None:
    claim = Claim(
        kind="figure",
        subject=Mention("ChatGPT"),
        measure="monthlyActiveUsers",
        evidence=Evidence(source="s", quote="…", start=0, end=1),
        amount=Amount(low=Decimal(12), high=Decimal(12), unit="count"),
    )
    flat = row(claim, "a")
    assert (flat["measure"], flat["value"], flat["unit"]) == ("monthlyActiveUsers", 12, "count")
    assert "amount" not in flat
    assert row(replace(claim, negated=True), "a")["negated"] is True
