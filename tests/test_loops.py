"""Loops of money: every one, once, with what can go round in it, whatever the order of claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import loops as module
from kg.analysis import analyse
from kg.claim import Claim, Corpus
from kg.interval import UNKNOWN, Interval
from kg.loops import MoneyLoop, TooManyLoops, actors, broken_by, find_loops
from kg.money import Books, Flow
from kg.rdf import payments
from kg.voices import Voices
from tests.money_claims import ONTOLOGY, RATES, bn, books, claim_lists, corpus, pays, says, usd

Pair = tuple[str, str]
Flows = Mapping[Pair, Flow]

RANK = {code: s.order for code, s in ONTOLOGY.statuses.items()}
OVER = {code for code, s in ONTOLOGY.statuses.items() if s.over}
STEPS = tuple(s for s in RANK if s not in OVER)
DAYS = (date(2025, 2, 28), date(2025, 6, 14), date(2025, 9, 20), date(2025, 12, 31))


def loops(b: Books, **more: object) -> tuple[MoneyLoop, ...]:
    return find_loops(b, Voices(b.corpus), **more)  # type: ignore[arg-type]


def only(found: Sequence[MoneyLoop]) -> MoneyLoop:
    assert len(found) == 1
    return found[0]


# ---- The same, worked out in another way ----


def reaches(status: str, least: str) -> bool:
    return status not in OVER and RANK[status] >= RANK[least]


def standing(flows: Flows, least: str) -> dict[Pair, Flow]:
    return {
        pair: flow
        for pair, flow in flows.items()
        if any(reaches(p.status, least) for p in flow.positions)
    }


def walked(arcs: Iterable[Pair], max_length: int) -> set[tuple[str, ...]]:
    """All simple cycles by walking every path from its smallest party, depth first."""
    known = set(arcs)
    result = set()

    def walk(path: tuple[str, ...]) -> None:
        for a, b in known:
            if a != path[-1]:
                continue
            if b == path[0]:
                result.add(path)
            elif b > path[0] and b not in path and len(path) < max_length:
                walk((*path, b))

    for start in {a for a, _ in known}:
        walk((start,))
    return result


def turned(parties: Sequence[str]) -> tuple[str, ...]:
    """The parties of a loop from the smallest on."""
    start = parties.index(min(parties))
    return (*parties[start:], *parties[:start])


def around(parties: Sequence[str]) -> list[Pair]:
    return list(pairwise((*parties, parties[0])))


def moved(flow: Flow, least: str) -> Interval:
    """What has come so far in a flow, deal by deal."""
    far = [p for p in flow.positions if reaches(p.status, least)]
    told = [p.usd for p in far if p.usd is not None]
    if far and not told:
        return UNKNOWN
    low, high = Decimal(0), Decimal(0)
    open_ = False
    for sum_ in told:
        low += sum_.low
        open_ = open_ or sum_.high is None
        high += sum_.high or 0
    return Interval(low, None if open_ else high)


def bottleneck(hops: Iterable[Flow], status: str) -> Interval:
    sums = [moved(f, status) for f in hops]
    highs = [s.high for s in sums if s.high is not None]
    return Interval(min(s.low for s in sums), min(highs) if highs else None)


def first_told(b: Books, flow: Flow, least: str) -> list[tuple[date, str]]:
    """When each claim of a flow that came so far was told."""
    return [
        (day, c)
        for c in flow.claims
        if reaches(b.claims[c].status or "announced", least) and (day := b.told(b.claims[c]))
    ]


def spans(b: Books, flow: Flow, least: str) -> list[tuple[date, date]]:
    """For each deal that came so far, from its first day to its last."""
    found = []
    for position in flow.positions:
        days: list[date] = []
        for claim in (b.claims[c] for c in position.claims):
            told = claim.when and (claim.when.first or claim.when.last)
            day = told or b.told(claim)
            if day:
                days += [day, max(day, (claim.when and claim.when.last) or day)]
        if days and reaches(position.status, least):
            found.append((min(days), max(days)))
    return found


def can_follow(hops: Sequence[Sequence[tuple[date, date]]]) -> bool:
    """Whether a deal can be taken of each hop, and a day of each, none before the one ahead."""
    for chosen in product(*(h for h in hops if h)):
        begins = [max(begin for begin, _ in chosen[: n + 1]) for n in range(len(chosen))]
        if all(day <= end for day, (_, end) in zip(begins, chosen, strict=True)):
            return True
    return False


# ---- Random corpora ----


@settings(max_examples=1000)
@given(claim_lists, st.sampled_from(STEPS), st.sampled_from((2, 3, 6)), st.booleans())
def test_every_loop_of_standing_flows_is_found_once_with_what_can_go_round(
    claims: list[Claim], least: str, max_length: int, said: bool
) -> None:
    b = books(*claims)
    status = least if said else ""
    least = least if said else ONTOLOGY.assumed_status
    found = loops(b, status=status, max_length=max_length)
    flows = standing(b.flows(), least)
    cycles = [turned(loop.parties) for loop in found]
    assert len(cycles) == len(set(cycles))
    assert set(cycles) == walked(flows, max_length)
    for loop in found:
        pairs = around(loop.parties)
        assert [(h.flow.payer, h.flow.payee) for h in loop.hops] == pairs
        hops = [flows[pair] for pair in pairs]
        assert loop.at_least == {s: bottleneck(hops, s) for s in STEPS}
        told = [first_told(b, f, least) for f in hops]
        days = [min(t)[0] for t in told if t]
        assert loop.closed_on == (max(days) if len(days) == len(hops) else None)
        if loop.closed_on:
            assert (loop.closed_on, loop.closed_by) in [claim for t in told for claim in t]
        else:
            assert loop.closed_by == ""


@settings(max_examples=300)
@given(claim_lists, st.randoms())
def test_loops_do_not_depend_on_the_order_of_claims(claims: list[Claim], random: object) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = books(*claims), books(*shuffled)
    found = loops(one)
    assert loops(other) == found
    assert actors(other, found) == actors(one, found)


@settings(max_examples=300)
@given(claim_lists, st.sampled_from(DAYS), st.sampled_from(STEPS))
def test_loops_as_of_a_day_are_those_of_what_was_told_by_then(
    claims: list[Claim], day: date, least: str
) -> None:
    b = books(*claims)
    known = tuple(c for c in b.corpus.claims if (told := b.told(c)) and told <= day)
    then = Books(replace(b.corpus, claims=known), ONTOLOGY, RATES)
    found = {turned(x.parties): x for x in loops(b, status=least, as_of=day)}
    alone = {turned(x.parties): x for x in loops(then, status=least)}
    assert found.keys() == alone.keys()
    for parties, loop in found.items():
        assert loop.at_least == alone[parties].at_least
        assert loop.closed_on is not None
        assert loop.closed_on <= day


@settings(max_examples=250)
@given(claim_lists, st.sampled_from(STEPS))
def test_a_loop_is_broken_by_just_the_deals_it_names(claims: list[Claim], least: str) -> None:
    b = books(*claims)
    found = loops(b, status=least)
    for deal in sorted({p.deal for x in found for h in x.hops for p in h.flow.positions}):
        left = {x.id for x in loops(b, status=least, without={deal})}
        assert {x.id for x in found if deal in x.breaks} == {x.id for x in found} - left
        assert broken_by(found).get(deal, 0) == len(found) - len(left)


@settings(max_examples=300)
@given(claim_lists, st.sampled_from(STEPS))
def test_loops_that_tell_their_sums_come_first_then_much_money_then_few_hops(
    claims: list[Claim], least: str
) -> None:
    found = loops(books(*claims), status=least)
    keys = []
    for loop in found:
        silent = sum(moved(h.flow, least) == UNKNOWN for h in loop.hops)
        sum_ = loop.at_least[least]
        keys.append((silent, -(sum_.low if sum_.high is None else sum_.high), len(loop.hops)))
    assert keys == sorted(keys)


@settings(max_examples=300)
@given(claim_lists, st.sampled_from(STEPS))
def test_a_loop_is_ordered_in_time_when_its_deals_can_follow_each_other(
    claims: list[Claim], least: str
) -> None:
    b = books(*claims)
    for loop in loops(b, status=least):
        hops = [spans(b, h.flow, least) for h in loop.hops]
        turns = [(*hops[n:], *hops[:n]) for n in range(len(hops))]
        if not any(map(can_follow, turns)):
            assert loop.order == "topological"
        else:
            assert loop.order == ("in-time" if all(hops) else "undated")
            assert can_follow(hops)


@settings(max_examples=300)
@given(claim_lists, st.none() | st.sampled_from(DAYS))
def test_actors_are_those_whose_money_can_come_back(
    claims: list[Claim], as_of: date | None
) -> None:
    b = books(*claims)
    flows = standing(b.flows(as_of), "announced")
    reach = {a: {y for x, y in flows if x == a} for a in {n for pair in flows for n in pair}}
    for middle, start in product(sorted(reach), repeat=2):
        if middle in reach[start]:
            reach[start] |= reach[middle]
    found = {a.entity: a for a in actors(b, loops(b, as_of=as_of), as_of=as_of)}
    assert found.keys() == {a for a in reach if a in reach[a]}
    cycles = walked(flows, 6)
    for entity, actor in found.items():
        assert set(actor.component) == {x for x in reach[entity] if entity in reach[x]}
        assert actor.loops == sum(entity in parties for parties in cycles)
        mine = [
            (ends[1], c)
            for c in b.claims.values()
            if (ends := payments(c, b.corpus, ONTOLOGY)) and ends[0] == entity and ends in flows
        ]
        all_ = b.paid([c for _, c in mine], as_of)
        back = b.paid([c for payee, c in mine if payee in actor.component], as_of)
        assert actor.paid == {s: b.at_least(all_, s) for s in STEPS}
        assert actor.circular == {s: b.at_least(back, s) for s in STEPS}


# ---- A circle of three ----

CIRCLE = (
    pays("Wire", "nvidia", "openai", usd(100), "announced"),
    pays("Wire", "nvidia", "openai", usd(30), "completed"),
    pays("Wire", "nvidia", "openai", usd(7), "rumoured"),
    says("Wire", "oracle", "supplies", "openai", usd(None, 300), "committed"),
    says("Wire", "nvidia", "supplies", "oracle", usd(40, None), "committed"),
)


def test_a_circle_of_three_is_valued_in_every_state_by_its_narrowest_hop() -> None:
    loop = only(loops(books(*CIRCLE)))
    assert loop.parties == ("nvidia", "openai", "oracle")
    assert loop.at_least == {
        "rumoured": bn(0, 137),
        "announced": bn(0, 130),
        "committed": bn(0, 30),
        "completed": Interval(),
    }


def test_a_hop_tells_what_came_so_far_deal_by_deal() -> None:
    first, second, third = only(loops(books(*CIRCLE))).hops
    assert first.at_least == {
        "rumoured": bn(137),
        "announced": bn(130),
        "committed": bn(30),
        "completed": bn(30),
    }
    assert second.at_least["committed"] == bn(0, 300)
    assert third.at_least["committed"] == bn(40, None)
    assert third.at_least["completed"] == Interval()


def test_a_hop_without_a_sum_bounds_nothing_from_above() -> None:
    claims = (pays("Wire", "a", "b", usd(5)), pays("Wire", "b", "a"))
    loop = only(loops(books(*claims)))
    assert loop.hops[1].at_least["announced"] == UNKNOWN
    assert loop.at_least["announced"] == bn(0, 5)
    assert loop.at_least["committed"] == Interval()


def test_two_parties_that_pay_each_other_are_a_round_trip() -> None:
    claims = (*CIRCLE, says("Wire", "nvidia", "supplies", "openai", usd(10), "committed"))
    found = loops(books(*claims), max_length=2)
    assert only(found).parties == ("nvidia", "openai")
    assert only(found).at_least["announced"] == bn(10)
    assert [len(x.hops) for x in loops(books(*claims))] == [3, 2]


def test_nobody_is_in_a_loop_with_himself() -> None:
    assert loops(books(pays("Wire", "a", "a", usd(5)))) == ()


def test_ideas_move_no_money() -> None:
    claims = (pays("Wire", "a", "scaling", usd(5)), pays("Wire", "scaling", "a", usd(5)))
    assert loops(books(*claims)) == ()


def test_a_loop_has_one_id_wherever_it_starts_and_whatever_pays_in_it() -> None:
    early = (pays("Wire", "a", "b", when="2024-01"), pays("Wire", "b", "a", when="2025-01"))
    late = (pays("Post", "a", "b", usd(1), when="2025-01"), pays("Wire", "b", "a", when="2024-01"))
    one, other = only(loops(books(*early))), only(loops(books(*late)))
    assert (one.parties, other.parties) == (("a", "b"), ("b", "a"))
    assert one.id == other.id


# ---- Time ----


def ring(*days: str) -> Books:
    """a pays b pays c pays a, each on a day, by a source without one."""
    pairs = (("a", "b"), ("b", "c"), ("c", "a"))
    return books(*(pays("Wire", *p, usd(5), when=day) for p, day in zip(pairs, days, strict=True)))


@pytest.mark.parametrize(
    ("days", "order", "first"),
    [
        (("2025-01-01", "2025-03-01", "2025-06-01"), "in-time", "a"),
        (("2025-03-01", "2025-06-01", "2025-01-01"), "in-time", "c"),
        (("2025-01-01", "2025-01-01", "2025-01-01"), "in-time", "a"),
        (("2025-01-01", "2025-06-01", "2025-03-01"), "topological", "a"),
        (("2025-01-01", "2025-06-01", "2025"), "in-time", "a"),
        (("2025-02/2025-12", "2025-06-01", "2025-03-01"), "in-time", "c"),
    ],
)
def test_a_loop_starts_with_its_earliest_hop_when_the_others_can_follow(
    days: tuple[str, str, str], order: str, first: str
) -> None:
    loop = only(loops(ring(*days)))
    assert (loop.order, loop.parties[0]) == (order, first)


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("2025-01-01", "", "2025-06-01"), "undated"),
        (("2025-06-01", "", "2025-03-01"), "undated"),
        (("", "", ""), "undated"),
        (("2025-01-01", "2025-06-01", "2025-03-01"), "topological"),
    ],
)
def test_a_hop_without_a_date_excludes_nothing(days: tuple[str, str, str], order: str) -> None:
    assert only(loops(ring(*days))).order == order


def test_any_deal_of_a_hop_may_be_the_one_that_follows() -> None:
    claims = ring("2025-01-01", "2025-06-01", "2025-03-01").claims.values()
    assert only(loops(books(*claims))).order == "topological"
    again = pays("Wire", "c", "a", usd(50), when="2025-09-01")
    assert only(loops(books(*claims, again))).order == "in-time"


def test_a_loop_is_closed_on_the_day_on_which_its_last_hop_was_told() -> None:
    claims = (
        pays("Wire:2025-02-03", "a", "b", usd(5), "rumoured"),
        pays("Wire:2025-05-04", "a", "b", usd(5), "committed"),
        pays("Wire:2025-03-01", "b", "a", usd(5), "announced"),
        pays("Post:2025-08-01", "b", "a", usd(5), "announced"),
    )
    b = books(*claims)
    assert only(loops(b, status="rumoured")).closed_on == date(2025, 3, 1)
    loop = only(loops(b))
    assert (loop.closed_on, loop.closed_by) == (date(2025, 5, 4), claims[1].id)
    assert loops(b, as_of=date(2025, 5, 3)) == ()
    assert only(loops(b, as_of=date(2025, 5, 4))).id == loop.id


def test_without_a_day_for_a_hop_nobody_knows_when_the_loop_was_closed() -> None:
    loop = only(loops(ring("2025-01-01", "2025-02-01", "")))
    assert (loop.closed_on, loop.closed_by) == (None, "")


# ---- How far the money is ----


def test_a_loop_of_rumours_is_shown_only_when_rumours_are_asked_for() -> None:
    b = books(
        pays("Wire", "a", "b", usd(5), "rumoured"),
        pays("Wire", "b", "c", usd(5), "rumoured"),
        pays("Wire", "c", "a", usd(5), "completed"),
    )
    assert loops(b) == ()
    loop = only(loops(b, status="rumoured"))
    assert loop.rumoured == 2
    assert [h.rumoured for h in loop.hops] == [True, True, False]
    assert loop.at_least["rumoured"] == bn(5)
    assert loop.at_least["announced"] == Interval()


def test_a_hop_does_not_rest_on_rumours_when_one_of_its_deals_is_announced() -> None:
    b = books(
        pays("Wire", "a", "b", usd(5), "rumoured"),
        pays("Wire", "a", "b", usd(50), "announced"),
        pays("Wire", "b", "a", usd(5)),
    )
    assert only(loops(b, status="rumoured")).rumoured == 0


@pytest.mark.parametrize("end", sorted(OVER))
@pytest.mark.parametrize("least", ["", "rumoured"])
def test_a_deal_that_is_over_closes_no_loop(end: str, least: str) -> None:
    going = (pays("Wire:2025-01-01", "a", "b", usd(5)), pays("Wire:2025-01-01", "b", "a", usd(5)))
    ended = pays("Wire:2025-09-01", "a", "b", usd(5), end)
    b = books(*going, ended)
    assert loops(b, status=least) == ()
    assert len(loops(b, status=least, as_of=date(2025, 8, 31))) == 1
    assert len(loops(books(*going), status=least)) == 1


def test_what_is_denied_or_rejected_closes_no_loop() -> None:
    there, back = pays("Wire", "a", "b", usd(5)), pays("Wire", "b", "a", usd(5))
    assert loops(books(there, replace(back, negated=True))) == ()
    assert loops(books(there, back, rejected=[back])) == ()
    assert len(loops(books(there, back))) == 1


# ---- What breaks a loop ----


def test_a_loop_that_rests_on_one_deal_breaks_when_it_lapses() -> None:
    b = books(*CIRCLE)
    loop = only(loops(b))
    there, delivered = loop.breaks
    assert {there, delivered} == {loop.hops[1].sole, loop.hops[2].sole}
    assert loop.hops[0].sole == ""  # three deals
    assert loops(b, without={there}) == ()
    assert loops(b, without={delivered}) == ()
    for position in loop.hops[0].flow.positions:
        assert len(loops(b, without={position.deal})) == 1


def test_a_rumour_does_not_carry_a_loop_of_announced_deals() -> None:
    b = books(
        pays("Wire", "a", "b", usd(5), "announced"),
        pays("Wire", "a", "b", usd(50), "rumoured"),
        pays("Wire", "b", "a", usd(5)),
    )
    loop = only(loops(b))
    announced = next(p.deal for p in loop.hops[0].flow.positions if p.status == "announced")
    assert loops(b, without={announced}) == ()
    assert announced in loop.breaks


def test_deals_are_listed_by_how_many_loops_they_break() -> None:
    b = books(
        pays("Wire", "a", "b", usd(5)),
        pays("Wire", "b", "a", usd(5)),
        pays("Wire", "b", "c", usd(5)),
        pays("Wire", "c", "a", usd(5)),
    )
    found = loops(b)
    deal = {(f.payer, f.payee): f.positions[0].deal for f in b.flows().values()}
    counts = broken_by(found)
    assert counts[deal["a", "b"]] == 2
    assert next(iter(counts)) == deal["a", "b"]
    assert list(counts)[1:] == sorted(deal[p] for p in (("b", "a"), ("b", "c"), ("c", "a")))
    assert list(counts.values()) == [2, 1, 1, 1]


def test_a_deal_that_carries_two_hops_of_a_loop_breaks_it_once() -> None:
    b = books(
        pays("Wire", "a", "b", usd(9), joint="j"),
        pays("Wire", "b", "a", usd(9), joint="j"),
    )
    loop = only(loops(b))
    assert len(set(loop.breaks)) == 1
    assert broken_by([loop]) == {loop.breaks[0]: 1}
    assert broken_by([]) == {}


# ---- Groups of companies ----

CLOUD = (
    says("Wire", "aws", "supplies", "openai", usd(38), "committed"),
    pays("Wire", "amazon", "openai", usd(8)),
    pays("Wire", "amazon", "aws", usd(1)),
    pays("Wire", "aws", "zoox", usd(1)),
)


def test_parts_of_a_company_count_as_the_company_when_asked_for() -> None:
    b = books(*CLOUD)
    assert loops(b, max_length=2) == ()
    loop = only(loops(b, group=True))
    assert loop.parties == ("amazon", "openai")
    assert loop.at_least["announced"] == bn(8)


def test_payments_inside_a_group_are_no_loop() -> None:
    b = books(pays("Wire", "amazon", "aws", usd(1)), pays("Wire", "aws", "amazon", usd(1)))
    assert [x.parties for x in loops(b)] == [("amazon", "aws")]
    assert loops(b, group=True) == ()


def test_the_actors_of_groups_are_groups() -> None:
    b = books(*CLOUD)
    found = actors(b, loops(b, group=True), group=True)
    assert [a.entity for a in found] == ["openai", "amazon"]
    assert found[0].circular["announced"] == bn(38)


# ---- Ranking, actors, voices ----


def test_loops_that_tell_all_sums_come_first_then_the_larger_then_the_shorter() -> None:
    b = books(
        *(pays("Wire", *p, usd(500)) for p in (("a", "b"), ("b", "a"))),
        *(pays("Wire", *p, usd(5)) for p in (("c", "d"), ("d", "c"))),
        *(pays("Wire", *p, usd(5)) for p in (("d", "e"), ("e", "c"))),
        pays("Wire", "e", "f", usd(900)),
        pays("Wire", "f", "e"),
    )
    assert [turned(x.parties) for x in loops(b)] == [
        ("a", "b"),
        ("c", "d"),
        ("c", "d", "e"),
        ("e", "f"),
    ]


def test_an_open_sum_is_a_sum() -> None:
    b = books(
        pays("Wire", "a", "b", usd(9, None)),
        pays("Wire", "b", "a", usd(9, None)),
        pays("Wire", "c", "d", usd(500)),
        pays("Wire", "d", "c"),
    )
    assert [turned(x.parties) for x in loops(b)] == [("a", "b"), ("c", "d")]
    assert loops(b)[0].at_least["announced"] == bn(9, None)


def test_an_actor_pays_much_and_some_of_it_can_come_back() -> None:
    b = books(
        pays("Wire", "a", "b", usd(10), "completed"),
        pays("Wire", "a", "c", usd(20)),
        pays("Wire", "b", "a", usd(6)),
    )
    found = actors(b, loops(b))
    assert [a.entity for a in found] == ["a", "b"]
    assert found[0].paid["announced"] == bn(30)
    assert found[0].circular["announced"] == bn(10)
    assert found[0].circular["completed"] == bn(10)
    assert found[1].circular["completed"] == Interval()
    assert found[0].component == found[1].component == ("a", "b")
    assert found[0].loops == 1


def test_a_joint_sum_is_counted_once_for_who_pays_it_to_several() -> None:
    b = books(
        pays("Wire", "a", "b", usd(40), joint="j"),
        pays("Wire", "a", "c", usd(40), joint="j"),
        pays("Wire", "b", "a", usd(50)),
        pays("Wire", "c", "a", usd(60)),
    )
    found = loops(b)
    assert [x.at_least["announced"] for x in found] == [bn(0, 40), bn(0, 40)]
    first = {a.entity: a for a in actors(b, found)}["a"]
    assert first.paid["announced"] == first.circular["announced"] == bn(40)
    assert first.loops == 2


def test_actors_forget_what_is_taken_to_have_lapsed() -> None:
    b = books(*CIRCLE)
    gone = {only(loops(b)).breaks[0]}
    assert actors(b, loops(b, without=gone), without=gone) == ()
    assert {a.entity for a in actors(b, loops(b))} == {"nvidia", "openai", "oracle"}


def test_an_actor_whose_deal_goes_on_after_its_end_was_told_stands_where_the_flow_stands() -> None:
    b = books(
        pays("Wire:2025-01-01", "a", "b", usd(5), "committed"),
        pays("Wire:2025-06-01", "a", "b", usd(5), "lapsed"),
        pays("Wire:2025-12-01", "a", "b", None, "announced"),
        pays("Wire:2025-01-01", "b", "a", usd(7)),
        same=[(0, 1), (0, 2)],
    )
    found = loops(b)
    flow = b.flows()["a", "b"]
    actor = {x.entity: x for x in actors(b, found)}["a"]
    assert actor.paid == {s: b.at_least(flow.positions, s) for s in STEPS}


def test_a_hop_tells_who_speaks_for_it_and_shows_it_best() -> None:
    shared = pays("Post", "a", "b", usd(40), "completed", joint="j")
    own = pays("Wire", "a", "b", usd(4), "announced")
    claims = (
        shared,
        own,
        pays("Wire", "a", "c", usd(40), joint="j"),
        pays("Wire", "b", "a", usd(5)),
    )
    there, back = sorted(only(loops(books(*claims))).hops, key=lambda h: h.flow.payer)
    assert there.best == own.id
    assert (there.voices, back.voices) == (2, 1)
    assert only(loops(books(*claims))).single == 1


# ---- Too many ----


def test_more_loops_than_can_be_listed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    names = "abcd"
    b = books(*(pays("Wire", x, y, usd(5)) for x, y in product(names, names) if x != y))
    monkeypatch.setattr(module, "MOST_LOOPS", 14)
    assert len(loops(b, max_length=3)) == 14
    with pytest.raises(TooManyLoops, match="more than 14 loops of up to 4 hops"):
        loops(b, max_length=4)


def test_an_analysis_takes_shorter_loops_when_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = "abcd"
    full: Corpus = corpus(*(pays("Wire", x, y, usd(5)) for x, y in product(names, names) if x != y))
    whole = analyse(full, ONTOLOGY, RATES)
    assert (whole.max_length, len(whole.loops)) == (6, 20)
    monkeypatch.setattr(module, "MOST_LOOPS", 7)
    short = analyse(full, ONTOLOGY, RATES)
    assert (short.max_length, len(short.loops)) == (2, 6)
    monkeypatch.setattr(module, "MOST_LOOPS", 5)
    assert analyse(full, ONTOLOGY, RATES).loops == ()
