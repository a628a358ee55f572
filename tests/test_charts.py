"""Figures over time: where marks stand, and that nothing is drawn that no source says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TEXT, TOP, WIDTH, Chart, charts
from kg.claim import Amount, Claim, Evidence, Mention
from kg.ontology import load_ontology
from kg.phrases import LANGUAGES, load_phrases
from kg.svg import wide
from kg.times import parse_edtf

ONTOLOGY, PHRASES = load_ontology(), load_phrases()


def figure(
    when: str, low: str = "", high: str = "", measure: str = "valuation", unit: str = "USD"
) -> Claim:
    bounds = [Decimal(b) if b else None for b in (low, high)]
    money = unit.isupper() and len(unit) == 3
    return Claim(
        kind="figure",
        subject=Mention("Alder", entity="alder"),
        measure=measure,
        evidence=Evidence(source="s", quote=f"{when} {low} {high}", file="f.csv", row=1),
        amount=Amount(
            low=bounds[0],
            high=bounds[1],
            currency=unit if money else None,
            unit=None if money else unit,
        ),
        when=parse_edtf(when),
    )


def drawn(*figures: Claim, issued: str = "", against: tuple[int, ...] = ()) -> list[Chart]:
    claims = {f"f{n}": claim for n, claim in enumerate(figures)}
    return charts(
        claims,
        claims,
        dict.fromkeys(claims, issued),
        {f"f{n}": ("other",) for n in against},
        ONTOLOGY,
        PHRASES,
    )


def test_a_mark_is_as_wide_as_its_period_and_as_high_as_its_interval() -> None:
    (chart,) = drawn(figure("2024", "100", "100"), figure("2025-01", "50", "200"))
    year, month = chart.marks
    assert year.width == pytest.approx(12 * month.width, rel=0.1)
    assert year.height < month.height
    assert year.x + year.width <= month.x + 1
    # Half way between the bottom and the top.
    middle = (chart.levels[0][0] + chart.levels[-1][0]) / 2
    assert chart.levels[-1][1]["en"] == "$200"
    assert year.y + year.height / 2 == pytest.approx(middle, abs=0.2)


def test_an_open_end_is_shown_as_one() -> None:
    (chart,) = drawn(figure("2024", "100", ""), figure("2025", "", "100"))
    over, under = chart.marks
    assert (over.over, over.under) == (True, False)
    assert (under.over, under.under) == (False, True)


def test_what_is_no_fact_yet_looks_otherwise() -> None:
    plan = replace(figure("2024", "1", "1"), status="announced")
    (chart,) = drawn(plan, figure("2025", "2", "2"), figure("2027", "3", "3"), issued="2025-11-03")
    assert [m.expected for m in chart.marks] == [True, False, True]


def test_figures_that_contradict_each_other_stay_beside_each_other() -> None:
    same = figure("2025", "5", "5"), figure("2025", "9", "9")
    (chart,) = drawn(*same, figure("2024", "1", "1"), against=(0, 1))
    assert [m.against for m in chart.marks] == [False, True, True]
    assert len({(m.x, m.y) for m in chart.marks}) == 3


@pytest.mark.parametrize(
    "figures",
    [
        (figure("2024", "1", "1"),),
        (figure("2024", "1", "1"), figure("2024", "2", "2")),  # no time goes by
        (figure("2024", "1", "1", "other"), figure("2025", "2", "2", "other")),
        (figure("2024", "1", "1"), figure("2025", "2", "2", unit="EUR")),
        (figure("2024", "1", "1"), figure("2025", "2", "2", "revenue")),
        (figure("2024", "1", "1"), figure("", "2", "2")),
        (figure("2024", "1", "1"), figure("2025")),
        (figure("2024", "1", "1"), replace(figure("2025", "2", "2"), negated=True)),
    ],
)
def test_there_is_no_chart_of_what_cannot_be_compared_over_time(figures: tuple[Claim, ...]) -> None:
    assert drawn(*figures) == []


def test_levels_are_round_and_said_in_every_language() -> None:
    (chart,) = drawn(figure("2024", "852e9", "852e9"), figure("2025", "27e9", "27e9"))
    assert [texts["en"] for _, texts in chart.levels] == ["$0", "$500bn", "$1tn"]
    assert all(set(texts) == set(LANGUAGES) for _, texts in chart.levels)


days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
values = st.decimals(0, 10**13, places=2)


@st.composite
def figures(draw: st.DrawFn) -> Claim:
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 800)))
    low, high = sorted([draw(values), draw(values)])
    shape = draw(st.sampled_from(["both", "low", "high"]))
    return figure(
        f"{first}/{last}", "" if shape == "high" else str(low), "" if shape == "low" else str(high)
    )


@given(st.lists(figures(), min_size=2, max_size=14))
def test_everything_stays_in_its_place(told: list[Claim]) -> None:
    for chart in drawn(*told):
        assert len(chart.marks) == len(told)
        for mark in chart.marks:
            assert mark.x + 0.1 >= LEFT
            assert mark.x + mark.width <= WIDTH - RIGHT + 0.1
            assert TOP - 2.1 <= mark.y <= mark.y + mark.height <= HEIGHT - BOTTOM + 2.1
        heights = [y for y, _ in chart.levels]
        assert heights == sorted(heights, reverse=True)
        assert 2 <= len(heights) <= 5
        boxes = [
            (x - w / 2, y - TEXT, x + w / 2, y)
            for m in chart.marks
            if m.label
            for x, y, w in [(*m.label, max(wide(t, TEXT) for t in m.tells.values()))]
        ]
        for a, b in combinations(boxes, 2):
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for one, other in pairwise(chart.times):
            assert other[1] - one[1] >= wide(one[2], TEXT)
