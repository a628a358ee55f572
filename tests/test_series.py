"""Figures over time: what may be set beside each other, how far it is a fact, and how it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.claim import Claim, Corpus, Source
from kg.ontology import load_ontology
from kg.series import Series, Value, series_of, spine, trend
from kg.view import network
from tests import page_corpus
from tests.page_figures import LATE, figure, usd

ONTOLOGY = load_ontology()


def series(*claims: Claim, issued: str = LATE.issued) -> tuple[Series, ...]:
    sources = (*page_corpus.SOURCES, replace(LATE, issued=issued), Source(id="undated"))
    corpus = Corpus(entities={}, sources={s.id: s for s in sources}, claims=claims)
    return series_of("openai", network(corpus, ONTOLOGY), ONTOLOGY)


def only(*claims: Claim) -> Series:
    (found,) = series(*claims)
    return found


def told(values: list[Value] | tuple[Value, ...]) -> list[str]:
    return [v.edtf for v in values]


def test_a_year_s_revenue_is_not_set_beside_a_quarter_s() -> None:
    found = series(
        figure("revenue", "2024", usd("4e9")),
        figure("revenue", "2025", usd("13e9")),
        figure("revenue", "2025-Q1", usd("2e9")),
        figure("revenue", "2025-04/2025-06", usd("3e9")),
        figure("revenue", "2025-01/2025-09", usd("9e9")),
    )
    assert [(s.months, told(s.values)) for s in found] == [
        (3, ["2025-Q1", "2025-04/2025-06"]),
        (12, ["2024", "2025"]),
    ]


def test_what_is_of_a_moment_is_one_series_whatever_the_precision_of_its_time() -> None:
    times = ("2023", "2024-10", "2025-03-31")
    assert told(only(*(figure("valuation", t, usd("1e9")) for t in times)).values) == [*times]


@pytest.mark.parametrize(
    "other",
    [
        figure("valuation", "2025", usd("5e9", currency="CNY")),
        figure("valuation", "2025", usd("5e9", period="P1M")),
        figure("capex", "2025", usd("5e9")),
        figure("marketShare", "2025", usd("5e9")),
        figure("unheard", "2025", usd("5e9")),
        figure("valuation", "2024-01/2024-12", usd("6e9")),  # the same time
        figure("valuation", "2025", usd("5e9"), joint="with others"),
        figure("valuation", "2025", usd(None, None, text="undisclosed")),
        figure("valuation", "2025", usd("NaN")),
        figure("valuation", "", usd("5e9")),
    ],
)
def test_what_cannot_be_compared_is_in_no_series(other: Claim) -> None:
    assert series(figure("valuation", "2024", usd("1e9")), other) == ()


def test_measures_of_which_two_values_need_not_speak_of_the_same_have_no_series() -> None:
    assert series(*(figure("other", t, usd("1e9")) for t in ("2024", "2025"))) == ()


def test_sources_that_agree_are_one_value_and_sources_that_do_not_are_several() -> None:
    found = only(
        figure("revenue", "2025-H1", usd("5e9", qualifier="about")),
        figure("revenue", "2025-01/2025-06", usd("5e9"), "wire"),
        figure("revenue", "2025-H1", usd("9e9"), "undated"),
        figure("revenue", "2024-H1", usd("1e9")),
    )
    assert [(len(v.claims), v.odds, v.amount.qualifier) for v in found.values] == [
        (1, False, "exact"),
        (2, True, "exact"),
        (1, True, "exact"),
    ]


@pytest.mark.parametrize(
    ("measure", "when", "more", "kind"),
    [
        ("revenue", "2026", {}, "told"),
        ("revenue", "2028", {}, "ahead"),  # the year was to come
        ("revenue", "2027", {}, "ahead"),  # it was not over
        ("revenue", "2027-06", {}, "told"),  # of a month, the rate so far
        ("valuation", "2027", {}, "told"),  # a moment in the year
        ("valuation", "2028", {}, "ahead"),
        ("revenue", "2028", {"source": "undated"}, "ahead"),  # later than any source
        ("revenue", "2026", {"source": "undated"}, "told"),
        ("revenue", "2026", {"status": "announced"}, "ahead"),
        ("revenue", "2026", {"status": "committed"}, "ahead"),
        ("revenue", "2026", {"status": "completed"}, "told"),
        ("revenue", "2026", {"status": "rumoured"}, "rumour"),
        ("revenue", "2026", {"status": "lapsed"}, "void"),
        ("revenue", "2026", {"negated": True}, "void"),
    ],
)
def test_how_far_a_value_is_a_fact(
    measure: str, when: str, more: dict[str, str], kind: str
) -> None:
    before = "2020" + when[4:]
    found = only(figure(measure, before, usd("1e9")), figure(measure, when, usd("2e9"), **more))
    assert found.values[-1].kind == kind


def test_without_any_dated_source_nothing_is_known_to_be_ahead() -> None:
    claims = [figure("revenue", t, usd("1e9"), "undated") for t in ("2024", "2999")]
    sources = {"undated": Source(id="undated")}
    corpus = Corpus(entities={}, sources=sources, claims=tuple(claims))
    (found,) = series_of("openai", network(corpus, ONTOLOGY), ONTOLOGY)
    assert [v.kind for v in found.values] == ["told", "told"]


def test_a_time_that_holds_another_tells_no_order() -> None:
    found = only(*(figure("valuation", t, usd("1e9")) for t in ("2025", "2025-02", "2025-10")))
    assert [told(step) for step in spine(found.values)] == [["2025-02"], ["2025-10"]]


@pytest.mark.parametrize(
    ("first", "last", "way"),
    [
        (usd("1e9"), usd("2e9"), "up"),
        (usd("2e9"), usd("1e9"), "down"),
        (usd("1e9"), usd("1e9"), "even"),
        (usd("1e9", "3e9"), usd("2e9"), "even"),  # it may have gone either way
        (usd("1e9"), usd("2e9", None), "up"),
        (usd("3e9"), usd("2e9", None), "even"),
        (usd(None, "1e9"), usd("2e9"), "up"),
        (usd("2e9"), usd(None, "1e9"), "down"),
        (usd("1e9"), usd(None, "2e9"), "even"),
    ],
)
def test_a_trend_is_told_where_all_bounds_agree_on_it(
    first: object, last: object, way: str
) -> None:
    values = [figure("valuation", t, a) for t, a in (("2024", first), ("2025", last))]  # type: ignore[arg-type]
    assert trend(only(*values)).way == way


def test_a_trend_is_of_what_is_told_as_fact_and_names_what_is_expected_and_disputed() -> None:
    found = trend(
        only(
            figure("revenue", "2023", usd("1e9")),
            figure("revenue", "2025", usd("3e9")),
            figure("revenue", "2025", usd("4e9"), "undated"),
            figure("revenue", "2026", usd("90e9"), status="rumoured"),
            figure("revenue", "2028", usd("70e9")),
        )
    )
    assert (found.way, told(found.first), told(found.last)) == ("up", ["2023"], ["2025", "2025"])
    assert (told(found.ahead), found.odds) == (["2028"], ("2025",))


def test_where_all_times_hold_one_another_the_first_and_the_last_to_begin_are_named() -> None:
    found = trend(only(*(figure("budget", t, usd("1e9")) for t in ("2025", "2025/2029"))))
    assert (told(found.first), told(found.last), found.way) == (["2025"], ["2025/2029"], "even")
