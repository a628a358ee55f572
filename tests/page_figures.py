"""Figures over time for the tests of the charts: every way in which a value can be told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.claim import Amount, Claim, Evidence, Mention, Source
from kg.iri import digest
from kg.times import parse_edtf

#: A source that appeared after all other times here; one whose time is not known.
LATE, UNDATED = Source(id="late", title="A late look", issued="2027-06"), Source(id="undated")


def usd(low: str | None, high: str | None = "", **more: Any) -> Amount:
    """Dollars: one number, or two bounds of which None is an open one."""
    bounds = [None if b is None else Decimal(b) for b in (low, low if high == "" else high)]
    return Amount(low=bounds[0], high=bounds[1], **{"currency": "USD"} | more)


def figure(
    measure: str, when: str, amount: Amount, source: str = "late", text: str = "x", **more: Any
) -> Claim:
    """What a source tells of OpenAI, in a row of its own."""
    row = int(digest(measure, when, repr(amount), source)[:6], 16)
    return Claim(
        kind="figure",
        subject=Mention("openai", entity="openai"),
        measure=measure,
        amount=amount,
        when=parse_edtf(when),
        evidence=Evidence(
            source=source, quote=text, file="data/figures.csv", row=row, columns=("x",)
        ),
        **more,
    )


#: A crowded chart, one by year with every kind of value, one by quarter, and one of no money.
FIGURES = (
    figure("valuation", "2023", usd("27e9")),
    figure("valuation", "2024-10", usd("157e9")),
    figure("valuation", "2025-02", usd("260e9")),
    figure("valuation", "2025-03", usd("300e9")),
    figure("valuation", "2025-03", usd("300e9"), "wire"),
    figure("valuation", "2026-02", usd(None, "830e9", qualifier="up_to")),
    figure("valuation", "2026-02", usd("730e9"), "undated"),
    figure("valuation", "2026-02", usd("850e9", None, qualifier="more_than")),
    figure("valuation", "2026-03-31", usd("852e9")),
    figure("revenue", "2024", usd("3.7e9", qualifier="about")),
    figure("revenue", "2025", usd("12e9", "13e9", qualifier="about")),
    figure("revenue", "2025", usd("20e9"), "undated"),
    figure("revenue", "2026", usd("25e9"), status="rumoured"),
    figure("revenue", "2026", usd("40e9"), negated=True),
    figure("revenue", "2028", usd("70e9", None, qualifier="at_least")),
    figure("revenue", "2026-01/2026-03", usd("6e9")),
    figure("revenue", "2026-04/2026-06", usd("8e9")),
    figure("headcount", "2024-05-01", Amount(low=Decimal(1500), high=Decimal(1500), unit="count")),
    figure("headcount", "2025-05-01", Amount(low=Decimal(3000), high=Decimal(3000), unit="count")),
)
