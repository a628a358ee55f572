"""Two claims of one relation between the same parties: one transaction, two, or open."""

from __future__ import annotations

from datetime import date

import pytest

from kg.claim import Amount, Claim
from kg.same_deal import Match, alike, compare
from tests.test_deals import ONTOLOGY, claim, usd


def match(a: Claim, b: Claim, **issued: date) -> str:
    relation = ONTOLOGY.relations[a.relation]
    verdicts = [compare(x, y, relation, issued) for x, y in ((a, b), (b, a))]
    assert verdicts[0].match == verdicts[1].match
    assert all(v.why for v in verdicts)
    return verdicts[0].match.name


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # sums and times
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(30.3), "2026-09-01"), "SAME"),
        (claim("x", usd(30), "2024-02-27"), claim("y", usd(30), "2026-09-01"), "APART"),
        (claim("x", usd(30)), claim("y", usd(30)), "SAME"),
        (claim("x", usd(30)), claim("y", usd(21, 30)), "SAME"),
        (claim("x", usd(10, None)), claim("y", usd(20, None)), "APART"),
        (claim("x", usd(10, None)), claim("y", usd(14)), "PERHAPS"),
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(40), "2026-03-01"), "LIKELY"),
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(61), "2026-03-01"), "APART"),
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(40), "2026-06-01"), "APART"),
        (claim("x", None, "2026-02-27"), claim("y", usd(40), "2026-04-01"), "LIKELY"),
        (claim("x", None, "2026-02-27"), claim("y", usd(40), "2026-09-01"), "APART"),
        (claim("x", None, "2026"), claim("y", usd(40), "2026-09-01"), "PERHAPS"),
        (claim("x", None), claim("y", usd(40), "2026-09-01"), "PERHAPS"),
        (claim("x", usd(40)), claim("y", None, "2026-09-01"), "OPEN"),
        (claim("x", usd(40), "../2032"), claim("y", usd(40), "2026-09-01"), "SAME"),
        # what is supplied
        (
            claim("x", usd(90), "2026", product="6 GW of GPUs"),
            claim("y", usd(None, 300), product="6 gigawatts"),
            "SAME",
        ),
        (
            claim("x", None, "2026-01", product="750 MW"),
            claim("y", None, "2026-01", product="6 GW"),
            "APART",
        ),
        # shares
        (
            claim("x", relation="holdsStakeIn", product="about 27%"),
            claim("y", usd(135), "2025-10", relation="holdsStakeIn", product="27% stake"),
            "SAME",
        ),
        (
            claim("x", None, "2025-10-28", relation="holdsStakeIn", product="27%"),
            claim("y", None, "2025-10-28", relation="holdsStakeIn", product="32.5%"),
            "APART",
        ),
        # what holds once, wholes and parts, lists
        (claim("x", relation="develops"), claim("y", None, "2019", relation="develops"), "SAME"),
        (claim("x", usd(8), umbrella="u"), claim("y", usd(8), part_of="v"), "APART"),
        (claim("x", usd(8), part_of="u"), claim("y", usd(8), part_of="v"), "APART"),
        (claim("x", usd(8), product="chips"), claim("x", usd(8), product="cloud"), "APART"),
        (claim("x", usd(8), product="chips"), claim("y", usd(8), product="cloud"), "SAME"),
    ],
)
def test_two_claims_stand_to_each_other(a: Claim, b: Claim, expected: str) -> None:
    assert match(a, b) == expected


def test_what_was_published_long_before_is_another_deal() -> None:
    old, new = claim("x", None), claim("y", usd(40), "2026-09-01")
    assert match(old, new, x=date(2025, 1, 1), y=date(2026, 9, 2)) == "APART"
    assert match(old, new, x=date(2026, 8, 1), y=date(2026, 9, 2)) == "PERHAPS"
    assert match(old, new, x=date(2025, 1, 1)) == "PERHAPS"  # y may have told it as a plan


def test_sums_in_other_currencies_or_periods_are_not_compared() -> None:
    yuan = Amount(low=usd(3).low, high=usd(3).high, currency="CNY")
    assert match(claim("x", usd(380), "2025"), claim("y", yuan, "2025")) == "PERHAPS"
    monthly = Amount(low=usd(3).low, high=usd(3).high, currency="USD", period="P1M")
    assert match(claim("x", usd(3.5), "2025-02-01"), claim("y", monthly, "2025-02-01")) == "LIKELY"
    assert match(claim("x", usd(3), "2025-02-01"), claim("y", monthly, "2025-02-01")) == "SAME"


def test_the_nearer_of_two_sums_is_closer() -> None:
    relation = ONTOLOGY.relations["investsIn"]
    first = claim("x", usd(700), "2025-09")
    near = compare(first, claim("y", usd(600), "2025-09"), relation, {})
    far = compare(first, claim("z", usd(433), "2025-10"), relation, {})
    assert near.match == far.match == Match.LIKELY
    assert near.closeness > far.closeness > 0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (usd(100), usd(None, 100), True),
        (usd(100), usd(None, 60), False),
        (usd(None, 100), usd(None, 60), False),
        (usd(None, 100), usd(None, 90), True),
        (usd(0.4, None), usd(38), False),
        (usd(2, 3), usd(2.4), True),
    ],
)
def test_two_sums_may_be_one(a: Amount, b: Amount, expected: bool) -> None:
    assert alike(a, b) == alike(b, a) == expected
