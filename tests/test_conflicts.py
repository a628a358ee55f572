"""Conflicts: claims that cannot all be true stand side by side, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claim import Amount, Claim
from kg.conflicts import Conflict, against, find_conflicts, parties
from kg.errors import WorkspaceError
from kg.interval import Interval
from kg.roles import load_roles
from kg.voices import Voices
from tests.money_claims import (
    BILLION,
    ONTOLOGY,
    bn,
    books,
    claim_lists,
    figure,
    pays,
    quoted,
    says,
    usd,
)

ROLES = load_roles(ONTOLOGY.folder)


def conflicts(*claims: Claim, **more: Any) -> tuple[Conflict, ...]:
    """All conflicts of a corpus; arguments as for corpus()."""
    b = books(*claims, **more)
    return find_conflicts(b, Voices(b.corpus), ROLES)


def only(found: tuple[Conflict, ...], kind: str) -> Conflict:
    """The one conflict, which is of this kind."""
    assert [c.kind for c in found] == [kind]
    return found[0]


def sides(conflict: Conflict) -> dict[str, set[str]]:
    """What each side says, and by which claims."""
    return {s.says: set(s.claims) for s in conflict.sides}


def ids(*claims: Claim) -> set[str]:
    return {c.id for c in claims}


def test_there_are_six_kinds_and_the_ontology_names_them() -> None:
    assert list(ONTOLOGY.conflicts) == [
        "sums",
        "statuses",
        "denial",
        "roles",
        "holders",
        "figures",
    ]


def test_claims_that_agree_are_no_conflict() -> None:
    assert conflicts() == ()
    assert conflicts(pays("Wire", "a", "b", usd(5)), pays("Post", "a", "b", usd(5))) == ()


# ---- Sums ----


def two_sums(one: Amount, other: Amount, **more: Any) -> tuple[Conflict, ...]:
    """Two sums of one deal, told within weeks."""
    return conflicts(
        pays("Wire:2025-01-01", "a", "b", one, **more),
        pays("Post:2025-01-20", "a", "b", other, **more),
        one_deal=True,
    )


def test_sums_of_one_deal_that_do_not_meet() -> None:
    low = pays("Wire:2025-01-01", "a", "b", usd(10))
    high = pays("Post:2025-01-20", "a", "b", usd(30))
    found = only(conflicts(low, high, one_deal=True), "sums")
    assert (found.subject, found.predicate, found.object) == ("a", "investsIn", "b")
    assert found.deal
    assert found.spread == 20 * BILLION
    assert {s.usd for s in found.sides} == {bn(10), bn(30)}
    assert {s.says for s in found.sides} == {""}
    assert parties(found, {c.id: c for c in (low, high)}) == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (usd(100), usd(102), False),  # rounding and rates
        (usd(102), usd(100), False),
        (usd(100), usd("102.1"), True),
        (usd(90, 100), usd(95, 110), False),
        (usd(None, 100), usd(30), False),
        (usd(None, 100), usd(110), True),
        (usd(100, None), usd(500), False),
        (usd(100, None), usd(90), True),
        (usd(None, None), usd(90), False),
        (usd(10), usd(30, period="P1Y"), False),  # a year's part of the whole
        (usd(10), replace(usd(8), currency="CNY"), True),  # two billion
        (usd(2), replace(usd(8), currency="CNY"), False),
        (usd(1), replace(usd(8), currency="XAU"), False),  # of no known value
        (usd(10), replace(usd(30), unit="GW", currency=None), False),
    ],
)
def test_sums_meet_within_two_percent(one: Amount, other: Amount, differ: bool) -> None:
    assert [c.kind for c in two_sums(one, other)] == ["sums"] * differ
    assert [c.kind for c in two_sums(other, one)] == ["sums"] * differ


def test_what_a_later_claim_took_the_place_of_is_history() -> None:
    first = pays("Wire:2025-01-01", "a", "b", usd(10))
    assert conflicts(first, pays("Post:2025-06-01", "a", "b", usd(30)), one_deal=True) == ()
    further = pays("Post:2025-01-20", "a", "b", usd(30), "completed")
    assert conflicts(first, further, one_deal=True) == ()


def test_sums_of_two_deals_are_no_conflict() -> None:
    assert conflicts(pays("Wire", "a", "b", usd(10)), pays("Post", "a", "b", usd(30))) == ()


def test_joint_sums_are_set_against_joint_ones_only() -> None:
    own = pays("Wire:2025-01-01", "a", "b", usd(10))
    joint = pays("Post:2025-01-20", "a", "b", usd(30), joint="j")
    more = pays("Mail:2025-01-20", "a", "b", usd(90), joint="k")
    assert conflicts(own, joint, one_deal=True) == ()
    found = only(conflicts(own, joint, more, one_deal=True), "sums")
    assert {c for s in found.sides for c in s.claims} == ids(joint, more)


def test_a_source_that_contradicts_itself_on_a_sum_is_shown() -> None:
    found = conflicts(
        pays("Wire:2025-01-01", "a", "b", usd(10)),
        pays("Wire:2025-01-01", "a", "b", usd(30)),
        one_deal=True,
    )
    assert only(found, "sums").sides[0].voices == ("wire",)


def test_sums_fall_into_as_many_sides_as_do_not_meet() -> None:
    claims = [
        pays(f"{who}:2025-01-0{n}", "a", "b", usd(sum_))
        for n, (who, sum_) in enumerate((("A", "10"), ("B", "10.1"), ("C", "30"), ("D", "90")), 1)
    ]
    found = only(conflicts(*claims, one_deal=True), "sums")
    assert found.sides[0].usd == bn(10, "10.1")
    assert [len(s.claims) for s in found.sides] == [2, 1, 1]
    assert found.spread == Decimal("79.9") * BILLION


def test_a_conflict_of_a_joint_sum_names_only_the_ends_that_all_share() -> None:
    found = only(
        conflicts(
            pays("Wire:2025-01-01", "a", "c", usd(40), joint="j"),
            pays("Wire:2025-01-01", "b", "c", usd(40), joint="j"),
            pays("Post:2025-01-02", "a", "c", usd(90), joint="k"),
            same=[(0, 2)],
        ),
        "sums",
    )
    assert (found.subject, found.object) == ("", "c")


# ---- Statuses ----


def test_a_deal_that_is_over_by_one_source_and_goes_on_by_another() -> None:
    ended = pays("Wire:2025-06-01", "a", "b", usd(10), "lapsed")
    going = pays("Post:2025-06-01", "a", "b", usd(10), "committed")
    found = only(conflicts(ended, going, one_deal=True), "statuses")
    assert sides(found) == {"lapsed": ids(ended), "committed": ids(going)}
    assert found.spread == 0
    assert all(s.usd is None for s in found.sides)


@pytest.mark.parametrize(
    ("end", "going", "differ"),
    [
        ("2025-06-01", "2025-05-31", False),  # it ended after that was told
        ("2025-06-01", "2025-06-01", True),
        ("2025-06-01", "2025-06-02", True),
        ("", "2025-06-02", True),  # nobody knows which came first
        ("2025-06-01", "", True),
    ],
)
@pytest.mark.parametrize("over", ["lapsed", "terminated"])
@pytest.mark.parametrize("live", ["", "rumoured", "announced", "committed", "completed"])
def test_an_end_that_was_published_after_all_that_says_otherwise_is_no_conflict(
    end: str, going: str, differ: bool, over: str, live: str
) -> None:
    found = conflicts(
        pays(f"Wire:{end}", "a", "b", usd(10), over),
        pays(f"Post:{going}", "a", "b", usd(10), live),
        one_deal=True,
    )
    assert [c.kind for c in found] == ["statuses"] * differ


def test_only_those_who_speak_as_late_as_the_end_stand_against_it() -> None:
    early = pays("Post:2025-01-01", "a", "b", usd(10), "announced")
    late = pays("Mail:2025-09-01", "a", "b", usd(10), "announced")
    ended = pays("Wire:2025-06-01", "a", "b", usd(10), "lapsed")
    found = only(conflicts(early, late, ended, one_deal=True), "statuses")
    assert sides(found) == {"announced": ids(late), "lapsed": ids(ended)}


@pytest.mark.parametrize(
    ("rumour", "done", "differ"),
    [
        ("2025-01-01", "2025-06-01", False),
        ("2025-06-01", "2025-06-01", True),
        ("2025-09-01", "2025-06-01", True),
    ],
)
def test_a_rumour_of_what_others_called_done_before(rumour: str, done: str, differ: bool) -> None:
    found = conflicts(
        pays(f"Wire:{rumour}", "a", "b", usd(10), "rumoured"),
        pays(f"Post:{done}", "a", "b", usd(10), "completed"),
        one_deal=True,
    )
    assert [c.kind for c in found] == ["statuses"] * differ


@pytest.mark.parametrize(
    ("one", "other"),
    [("lapsed", "terminated"), ("rumoured", "announced"), ("announced", "completed"), ("", "")],
)
def test_statuses_that_can_stand_side_by_side(one: str, other: str) -> None:
    claims = pays("Wire", "a", "b", usd(10), one), pays("Post", "a", "b", usd(10), other)
    assert conflicts(*claims, one_deal=True) == ()


def test_a_relation_that_is_about_an_ending_is_fulfilled_by_it() -> None:
    claims = (
        says("Wire", "a", "terminates", "stargate", status="terminated"),
        says("Post", "a", "terminates", "stargate", status="announced"),
    )
    assert conflicts(*claims) == ()


def test_one_source_that_tells_a_deal_and_its_end_does_not_contradict_itself() -> None:
    claims = (
        pays("Wire:2025-06-01", "a", "b", usd(10), "announced"),
        pays("Wire:2025-06-01", "a", "b", usd(10), "lapsed"),
    )
    assert conflicts(*claims, one_deal=True) == ()


# ---- Denials ----


def test_what_one_asserts_and_another_denies() -> None:
    yes = says("Wire", "google", "supplies", "openai")
    no = says("Post", "google", "supplies", "openai", negated=True)
    found = only(conflicts(yes, no), "denial")
    assert sides(found) == {"asserted": ids(yes), "denied": ids(no)}
    assert (found.subject, found.predicate, found.object) == ("google", "supplies", "openai")
    assert found.deal == ""


@pytest.mark.parametrize(
    ("asserted", "denied", "differ"),
    [
        ("chips", "chips", True),
        ("chips", "", True),
        ("", "chips", True),
        ("chips", "power", False),
    ],
)
def test_a_denial_of_another_product_denies_nothing(
    asserted: str, denied: str, differ: bool
) -> None:
    found = conflicts(
        says("Wire", "google", "supplies", "openai", product=asserted),
        says("Post", "google", "supplies", "openai", product=denied, negated=True),
    )
    assert [c.kind for c in found] == ["denial"] * differ


def test_only_the_claims_of_a_product_that_both_speak_of_stand_against_each_other() -> None:
    yes = [says("Wire", "google", "supplies", "openai", product=p) for p in ("chips", "cars")]
    no = [
        says("Post", "google", "supplies", "openai", product=p, negated=True)
        for p in ("chips", "power")
    ]
    found = only(conflicts(*yes, *no), "denial")
    assert sides(found) == {"asserted": ids(yes[0]), "denied": ids(no[0])}


@pytest.mark.parametrize(
    "denied",
    [
        says("Post", "openai", "supplies", "google", negated=True),
        says("Post", "google", "investsIn", "openai", negated=True),
        says("Post", "google", "supplies", "oracle", negated=True),
    ],
)
def test_a_denial_of_something_else_is_no_conflict(denied: Claim) -> None:
    assert conflicts(says("Wire", "google", "supplies", "openai"), denied) == ()


def test_a_relation_that_holds_both_ways_is_denied_both_ways() -> None:
    yes = says("Wire", "google", "partnersWith", "openai")
    no = says("Post", "openai", "partnersWith", "google", negated=True)
    assert only(conflicts(yes, no), "denial").predicate == "partnersWith"


def test_two_denials_are_no_conflict() -> None:
    no = [says(s, "google", "supplies", "openai", negated=True) for s in ("Wire", "Post")]
    assert conflicts(*no) == ()


def test_a_source_that_denies_what_it_asserts_is_shown() -> None:
    found = conflicts(
        says("Wire", "google", "supplies", "openai"),
        says("Wire", "google", "supplies", "openai", negated=True),
    )
    assert only(found, "denial").kind == "denial"


def test_a_figure_can_be_denied() -> None:
    found = only(
        conflicts(
            figure("Wire", "openai", "revenue", usd(13), "2025"),
            figure("Post", "openai", "revenue", usd(13), "2025", negated=True),
        ),
        "denial",
    )
    assert (found.subject, found.predicate, found.object) == ("openai", "revenue", "")


def test_a_denial_of_a_figure_of_another_year_denies_nothing() -> None:
    yes = figure("Wire", "openai", "revenue", usd(13), "2025")
    assert conflicts(yes, figure("Post", "openai", "revenue", usd(4), "2023", negated=True)) == ()


# ---- Roles ----


def test_a_party_that_funds_a_project_by_one_source_and_brings_no_money_by_another() -> None:
    funder = says("Wire", "nvidia", "participatesIn", "stargate", product="equity funder")
    partner = says("Post", "nvidia", "participatesIn", "stargate", product="technology partner")
    found = only(conflicts(funder, partner), "roles")
    assert sides(found) == {"funder": ids(funder), "partner": ids(partner)}
    assert (found.subject, found.object, found.deal) == ("nvidia", "stargate", "")


@pytest.mark.parametrize(
    "funder",
    [
        says("Wire", "nvidia", "investsIn", "stargate"),
        says("Wire", "nvidia", "lendsTo", "stargate"),
        says("Wire", "nvidia", "participatesIn", "stargate", usd(5)),
        says("Wire", "nvidia", "participatesIn", "stargate", product="An Equity Partner of it"),
        says("Wire", "nvidia", "participatesIn", "stargate", product="初始出资方"),
    ],
)
def test_a_role_is_shown_by_a_relation_by_money_or_by_words(funder: Claim) -> None:
    partner = says("Post", "nvidia", "participatesIn", "stargate", product="技术合作伙伴")
    assert only(conflicts(funder, partner), "roles").predicate


@pytest.mark.parametrize(
    "other",
    [
        says("Post", "nvidia", "participatesIn", "tigris", product="technology partner"),
        says("Post", "oracle", "participatesIn", "stargate", product="technology partner"),
        says("Post", "nvidia", "participatesIn", "stargate", product="a party"),
        says("Post", "nvidia", "participatesIn", "stargate"),
        says("Post", "nvidia", "participatesIn", "stargate", usd(5), product="technology partner"),
        says("Wire", "nvidia", "participatesIn", "stargate", product="technology partner"),
    ],
    ids=["project", "party", "no-role", "silent", "both-roles", "same-source"],
)
def test_roles_that_do_not_exclude_each_other(other: Claim) -> None:
    funder = says("Wire", "nvidia", "investsIn", "stargate")
    assert [c.kind for c in conflicts(funder, other)] == []


def test_roles_are_those_in_a_project() -> None:
    claims = (
        says("Wire", "nvidia", "investsIn", "openai"),
        says("Post", "nvidia", "partnersWith", "openai", product="technology partner"),
    )
    assert conflicts(*claims) == ()


def test_a_denied_role_is_no_role() -> None:
    claims = (
        says("Wire", "nvidia", "investsIn", "stargate", negated=True),
        says("Post", "nvidia", "participatesIn", "stargate", product="technology partner"),
    )
    assert conflicts(*claims) == ()


# ---- Holders ----


@pytest.mark.parametrize(
    ("relation", "ends"),
    [
        ("develops", (("google", "gemini"), ("openai", "gemini"))),
        ("acquires", (("google", "a"), ("openai", "a"))),
        ("subsidiaryOf", (("a", "google"), ("a", "openai"))),
    ],
)
def test_what_one_party_has_at_a_time_is_told_of_two(
    relation: str, ends: tuple[tuple[str, str], tuple[str, str]]
) -> None:
    one = says("Wire", ends[0][0], relation, ends[0][1])
    other = says("Post", ends[1][0], relation, ends[1][1])
    found = only(conflicts(one, other), "holders")
    assert sides(found) == {"google": ids(one), "openai": ids(other)}
    assert found.predicate == relation


def test_whoever_ends_a_project_had_it() -> None:
    ends = says("Wire", "google", "terminates", "gemini")
    makes = says("Post", "openai", "develops", "gemini")
    assert sides(only(conflicts(ends, makes), "holders")).keys() == {"google", "openai"}
    assert conflicts(ends, says("Post", "google", "develops", "gemini")) == ()


def test_a_buyer_need_not_have_made_what_it_buys() -> None:
    bought = says("Wire", "google", "acquires", "gemini")
    assert conflicts(bought, says("Post", "openai", "develops", "gemini")) == ()


def test_companies_of_one_group_hold_it_together() -> None:
    one = says("Wire", "google", "develops", "gemini")
    other = says("Post", "deepmind", "develops", "gemini")
    third = says("Mail", "openai", "develops", "gemini")
    assert conflicts(one, other) == ()
    found = only(conflicts(one, other, third), "holders")
    assert sides(found) == {"google": ids(one, other), "openai": ids(third)}
    alone = only(conflicts(other, third), "holders")
    assert sides(alone) == {"deepmind": ids(other), "openai": ids(third)}


def test_co_holders_whom_one_sentence_names_hold_it_together() -> None:
    text = "Google and OpenAI develop Gemini."
    one = says("Wire", "google", "develops", "gemini")
    other = says("Wire", "openai", "develops", "gemini")
    assert len(conflicts(one, replace(other, evidence=replace(other.evidence, source="Post")))) == 1
    together = [quoted(c, text) for c in (one, other)]
    assert conflicts(*together) == ()
    alone = says("Post", "openai", "develops", "gemini")
    assert conflicts(*together, alone) == ()
    third = says("Post", "microsoft", "develops", "gemini")
    assert len(only(conflicts(*together, third), "holders").sides) == 3


def test_those_who_share_one_sum_hold_it_together() -> None:
    text = "Each in its own sentence."
    shared = [
        replace(quoted(says("Wire", who, "acquires", "a", usd(40)), text + who), joint="j")
        for who in ("google", "openai")
    ]
    again = says("Post", "google", "acquires", "a", usd(40))
    assert conflicts(*shared, again) == ()
    apart = [replace(c, joint="") for c in shared]
    assert [c.kind for c in conflicts(*apart, again)] == ["holders"]


@pytest.mark.parametrize("shared", ["transformer", "scaling"])
def test_a_technology_can_have_several_developers(shared: str) -> None:
    claims = [says(s, who, "develops", shared) for s, who in (("Wire", "google"), ("Post", "a"))]
    assert conflicts(*claims) == ()


@pytest.mark.parametrize("end", ["lapsed", "terminated"])
def test_a_purchase_that_lapsed_holds_nothing(end: str) -> None:
    one = says("Wire", "google", "acquires", "a", usd(5), end)
    other = says("Post", "openai", "acquires", "a", usd(5))
    assert conflicts(one, other) == ()


def test_a_denied_holder_holds_nothing() -> None:
    one = says("Wire", "google", "develops", "gemini", negated=True)
    assert conflicts(one, says("Post", "openai", "develops", "gemini")) == ()


def test_one_source_that_names_two_holders_means_both() -> None:
    claims = [says("Wire", who, "develops", "gemini") for who in ("google", "openai")]
    assert conflicts(*claims) == ()


# ---- Figures ----

PEOPLE = Amount(low=Decimal(700), high=Decimal(700), unit="people")


def test_figures_of_one_measure_and_time_that_do_not_meet() -> None:
    low = figure("Wire", "openai", "revenue", usd(13), "2025")
    high = figure("Post", "openai", "revenue", usd(20), "2025")
    found = only(conflicts(low, high), "figures")
    assert (found.subject, found.predicate, found.object) == ("openai", "revenue", "")
    assert (found.deal, found.spread) == ("", Decimal(7) * BILLION)


@pytest.mark.parametrize(
    "other",
    [
        figure("Post", "openai", "revenue", usd(20), "2024"),
        figure("Post", "openai", "revenue", usd(20), "2025-H1"),
        figure("Post", "openai", "revenue", usd(20)),  # of no time
        figure("Post", "oracle", "revenue", usd(20), "2025"),
        figure("Post", "openai", "netLoss", usd(20), "2025"),
        figure("Post", "openai", "revenue", usd("13.2"), "2025"),
        figure("Post", "openai", "revenue", usd(10, 15), "2025"),
        figure("Post", "openai", "revenue", usd(20), "2025", joint="j"),
        figure("Post", "openai", "revenue", PEOPLE, "2025"),  # in another unit
    ],
    ids=["year", "half", "undated", "company", "measure", "rounded", "range", "joint", "unit"],
)
def test_figures_that_can_stand_side_by_side(other: Claim) -> None:
    assert conflicts(figure("Wire", "openai", "revenue", usd(13), "2025"), other) == ()


def test_a_budget_is_of_the_whole_whatever_period_it_is_told_for() -> None:
    one = figure("Wire", "stargate", "budget", usd(500), "2025")
    other = figure("Post", "stargate", "budget", usd(100), "2025/2029")
    undated = figure("Mail", "stargate", "budget", usd(500))
    found = only(conflicts(one, other, undated), "figures")
    assert {frozenset(s.claims) for s in found.sides} == {
        frozenset(ids(one, undated)),
        frozenset(ids(other)),
    }


@pytest.mark.parametrize("measure", sorted(ONTOLOGY.measures))
def test_figures_that_are_not_comparable_are_set_against_nothing(measure: str) -> None:
    claims = (
        figure("Wire", "openai", measure, replace(PEOPLE, unit="percent"), "2025"),
        figure(
            *("Post", "openai", measure),
            Amount(low=Decimal(9), high=Decimal(9), unit="percent"),
            "2025",
        ),
    )
    assert len(conflicts(*claims)) == ONTOLOGY.measures[measure].comparable
    assert {m for m, x in ONTOLOGY.measures.items() if not x.comparable} == {
        "marketShare",
        "growthRate",
        "other",
    }


def test_figures_that_are_no_money_are_shown_in_their_own_unit_and_come_to_no_dollars() -> None:
    found = only(
        conflicts(
            figure("Wire", "openai", "headcount", PEOPLE, "2025"),
            figure(
                "Post", "openai", "headcount", replace(PEOPLE, high=None, low=Decimal(9000)), "2025"
            ),
        ),
        "figures",
    )
    assert {s.usd for s in found.sides} == {
        Interval(Decimal(700), Decimal(700)),
        Interval(Decimal(9000), None),
    }
    assert found.spread == 0


def test_a_source_that_tells_two_figures_means_both() -> None:
    claims = [figure("Wire", "openai", "revenue", usd(n), "2025") for n in (13, 20)]
    assert conflicts(*claims) == ()


# ---- What people decide ----


def test_a_conflict_is_decided_when_decisions_leave_one_side() -> None:
    low = pays("Wire:2025-01-01", "a", "b", usd(10))
    high = pays("Post:2025-01-20", "a", "b", usd(30))
    again = pays("Mail:2025-01-20", "a", "b", usd(30))
    claims = (low, high, again)
    open_ = only(conflicts(*claims, one_deal=True), "sums")
    assert not open_.decided
    half = only(conflicts(*claims, one_deal=True, rejected=[high]), "sums")
    assert not half.decided
    assert not any(s.rejected for s in half.sides)
    done = only(conflicts(*claims, one_deal=True, rejected=[high, again]), "sums")
    assert done.decided
    assert [s.rejected for s in done.sides] == [False, True]
    assert set(done.sides[1].claims) == ids(high, again)
    assert open_.id == half.id == done.id


@pytest.mark.parametrize(
    "claims",
    [
        (
            pays("Wire:2025-06-01", "a", "b", usd(10), "lapsed"),
            pays("Post:2025-06-01", "a", "b", usd(10), "committed"),
        ),
        (
            says("Wire", "google", "supplies", "openai"),
            says("Post", "google", "supplies", "openai", negated=True),
        ),
        (
            says("Wire", "nvidia", "investsIn", "stargate"),
            says("Post", "nvidia", "participatesIn", "stargate", product="technology partner"),
        ),
        (
            says("Wire", "google", "develops", "gemini"),
            says("Post", "openai", "develops", "gemini"),
        ),
        (
            figure("Wire", "openai", "revenue", usd(13), "2025"),
            figure("Post", "openai", "revenue", usd(20), "2025"),
        ),
    ],
    ids=["statuses", "denial", "roles", "holders", "figures"],
)
def test_every_kind_can_be_decided(claims: tuple[Claim, Claim]) -> None:
    (open_,) = conflicts(*claims)
    assert not open_.decided
    for rejected in claims:
        (done,) = conflicts(*claims, rejected=[rejected])
        assert done.decided
        assert done.id == open_.id
        assert [s.rejected for s in done.sides] == [False, True]
        assert set(done.sides[1].claims) == ids(rejected)


def test_conflicts_about_much_money_come_first_and_decided_ones_last() -> None:
    def pair(payer: str, one: int, other: int) -> list[Claim]:
        return [
            pays("Wire", payer, "b", usd(one), when="2025-01-01"),
            pays("Post", payer, "b", usd(other), when="2025-01-02"),
        ]

    small, large, done = pair("a", 10, 19), pair("c", 100, 180), pair("d", 500, 900)
    denied = [says(s, "e", "supplies", "f", negated=s == "Post") for s in ("Wire", "Post")]
    found = conflicts(*small, *large, *done, *denied, rejected=done[:1])
    assert [(c.subject, c.decided) for c in found] == [
        ("c", False),
        ("a", False),
        ("e", False),
        ("d", True),
    ]


# ---- Sides ----


def test_the_side_with_most_independent_voices_comes_first() -> None:
    copies = [pays(f"Wire:2025-01-0{n}", "a", "b", usd(30)) for n in (1, 2, 3)]
    others = [pays(f"{who}:2025-01-04", "a", "b", usd(10)) for who in ("Post", "Mail")]
    found = only(conflicts(*copies, *others, one_deal=True), "sums")
    assert [s.voices for s in found.sides] == [("mail", "post"), ("wire",)]
    assert [len(s.claims) for s in found.sides] == [2, 3]
    told = conflicts(
        *copies, *others, one_deal=True, restates=[("Post:2025-01-04", "Mail:2025-01-04")]
    )
    assert [len(s.claims) for s in only(told, "sums").sides] == [3, 2]


def test_against_gives_each_claim_those_on_other_sides() -> None:
    claims = [
        pays(f"{who}:2025-01-02", "a", "b", usd(sum_))
        for who, sum_ in (("A", 10), ("B", 10), ("C", 30), ("D", 90))
    ]
    one, two, three, four = (c.id for c in claims)
    found = against(conflicts(*claims, one_deal=True))
    assert list(found) == sorted(found)
    assert {c: set(others) for c, others in found.items()} == {
        one: {three, four},
        two: {three, four},
        three: {one, two, four},
        four: {one, two, three},
    }
    assert against([]) == {}


extra_claims = st.lists(
    st.one_of(
        st.builds(
            says,
            st.sampled_from(("P:2025-03-05", "Q:2025-09-20", "R")),
            st.sampled_from("abc"),
            st.sampled_from(("supplies", "partnersWith")),
            st.sampled_from("abc"),
            product=st.sampled_from(("", "chips", "power")),
            negated=st.booleans(),
        ),
        st.builds(
            says,
            st.sampled_from(("P:2025-03-05", "Q:2025-09-20", "R")),
            st.sampled_from(("google", "deepmind", "openai")),
            st.sampled_from(("participatesIn", "develops", "terminates", "investsIn")),
            st.sampled_from(("stargate", "gemini")),
            st.sampled_from((None, usd(5))),
            product=st.sampled_from(("", "funding partner", "technology partner")),
        ),
        st.builds(
            figure,
            st.sampled_from(("P:2025-03-05", "Q:2025-09-20", "R")),
            st.sampled_from("ab"),
            st.sampled_from(("revenue", "budget", "headcount")),
            st.sampled_from((usd(5), usd(9), usd(None, 7), PEOPLE)),
            st.sampled_from(("", "2024", "2025")),
        ),
    ),
    max_size=12,
)


@settings(max_examples=300)
@given(claim_lists, extra_claims, st.randoms())
def test_conflicts_do_not_depend_on_the_order_of_claims(
    payments: list[Claim], others: list[Claim], random: object
) -> None:
    claims = list({c.id: c for c in (*payments, *others)}.values())
    expected = conflicts(*claims)
    random.shuffle(claims)  # type: ignore[attr-defined]
    assert conflicts(*claims) == expected


@settings(max_examples=300)
@given(claim_lists, extra_claims)
def test_every_conflict_has_two_sides_that_share_no_claim(
    payments: list[Claim], others: list[Claim]
) -> None:
    claims = {c.id: c for c in (*payments, *others)}
    found = conflicts(*claims.values())
    assert len({c.id for c in found}) == len(found)
    for conflict in found:
        assert conflict.kind in ONTOLOGY.conflicts
        assert len(conflict.sides) > 1
        told = [c for side in conflict.sides for c in side.claims]
        assert len(told) == len(set(told))
        assert all(side.claims and side.voices for side in conflict.sides)
        counts = [len(side.voices) for side in conflict.sides]
        assert counts == sorted(counts, reverse=True)
        if conflict.kind == "sums":
            assert all(s.usd is not None for s in conflict.sides)
            deals = {c.deal for c in books(*claims.values()).corpus.claims if c.id in told}
            assert deals == {conflict.deal}


# ---- The roles that exclude each other ----


def test_roles_are_read_from_the_ontology() -> None:
    assert [r.code for r in ROLES] == ["funder", "partner"]
    assert ROLES[0].labels["zh-Hans"] == "出资方"
    assert (ROLES[0].money, ROLES[1].money) == (True, False)


def test_without_a_file_of_roles_there_are_none(tmp_path: Path) -> None:
    assert load_roles(tmp_path) == ()


ROLE = """\
[funder]
label = { en = "funder" }
relations = ["investsIn"]
money = true
words = ["backer"]
"""


@pytest.mark.parametrize(
    "broken",
    [
        *(ROLE.replace(line, "") for line in ROLE.splitlines(keepends=True)[1:]),
        ROLE.replace("[funder]", "[funder"),
        ROLE.replace('["investsIn"]', "3"),
        'funder = "investsIn"\n',
    ],
)
def test_a_role_that_lacks_something_is_refused_with_the_file_and_the_remedy(
    tmp_path: Path, broken: str
) -> None:
    path = tmp_path / "lexicon" / "roles.toml"
    path.parent.mkdir()
    path.write_text(ROLE, encoding="utf-8")
    assert [r.code for r in load_roles(tmp_path)] == ["funder"]
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"roles\.toml.*a role needs label, relations"):
        load_roles(tmp_path)


@pytest.mark.parametrize(
    "broken",
    [
        ROLE.replace('{ en = "funder" }', '"funder"'),
        ROLE.replace('["investsIn"]', '"investsIn"'),
        ROLE.replace('["backer"]', '"backer"'),
    ],
)
def test_a_role_whose_lists_are_no_lists_is_refused(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "lexicon" / "roles.toml"
    path.parent.mkdir()
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"roles\.toml"):
        load_roles(tmp_path)
