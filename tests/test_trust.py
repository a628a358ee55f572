"""Trust: what each edge stands on, and what the whole does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Analysis, analyse
from kg.claim import Claim
from kg.rdf import is_live, payments
from kg.trust import EdgeTrust, edge_trust
from kg.voices import Voices
from tests.money_claims import (
    ONTOLOGY,
    RATES,
    bn,
    books,
    claim_lists,
    corpus,
    figure,
    pays,
    quoted,
    says,
    usd,
)


def edges(*claims: Claim, **more: object) -> dict[tuple[str, str, str], EdgeTrust]:
    """The edges of a corpus; arguments as for corpus()."""
    b = books(*claims, **more)
    found = edge_trust(b, Voices(b.corpus))
    assert list(found) == sorted(found, key=lambda e: (e.relation, e.subject, e.object))
    return {(e.subject, e.relation, e.object): e for e in found}


def analysed(*claims: Claim, rejected: tuple[Claim, ...] = ()) -> Analysis:
    return analyse(corpus(*claims, rejected=rejected), ONTOLOGY, RATES)


# ---- Edges ----


def test_an_edge_stands_on_the_claims_and_voices_that_tell_it() -> None:
    claims = (
        pays("Wire:2025-01-01", "a", "b", usd(5)),
        pays("Wire:2025-02-01", "a", "b", usd(50)),
        quoted(pays("Post", "a", "b"), "a is said to pay b"),
    )
    (edge,) = edges(*claims).values()
    assert edge.claims == tuple(sorted(c.id for c in claims))
    assert edge.voices == 2
    assert edge.best == claims[1].id  # the larger of the two that tell a sum of their own
    assert edge.quoted == Decimal("0.333")


@pytest.mark.parametrize(("count", "share"), [(0, "0"), (1, "0.5"), (2, "1")])
def test_the_share_of_quotes_goes_from_none_to_all(count: int, share: str) -> None:
    claims = [
        quoted(c, "a pays b") if n < count else c
        for n, c in enumerate((pays("Wire", "a", "b"), pays("Post", "a", "b")))
    ]
    (edge,) = edges(*claims).values()
    assert edge.quoted == Decimal(share)


def test_an_edge_has_a_direction_and_a_relation() -> None:
    found = edges(
        pays("Wire", "a", "b"), pays("Wire", "b", "a"), says("Wire", "a", "supplies", "b")
    )
    assert list(found) == [("a", "investsIn", "b"), ("b", "investsIn", "a"), ("a", "supplies", "b")]


def test_a_relation_that_holds_both_ways_is_one_edge() -> None:
    found = edges(
        says("Wire", "nvidia", "partnersWith", "amazon"),
        says("Post", "amazon", "partnersWith", "nvidia"),
    )
    assert list(found) == [("amazon", "partnersWith", "nvidia")]
    assert found["amazon", "partnersWith", "nvidia"].voices == 2


@pytest.mark.parametrize("status", ["", *ONTOLOGY.statuses])
def test_only_claims_in_a_living_status_support_an_edge(status: str) -> None:
    alive = status == "" or ONTOLOGY.statuses[status].live
    assert len(edges(pays("Wire", "a", "b", status=status))) == alive
    assert alive == (status not in ("rumoured", "terminated", "lapsed"))
    ending = says("Wire", "google", "terminates", "stargate", status=status)
    assert len(edges(ending)) == 1  # it holds in any status


def test_what_does_not_support_an_edge_is_not_counted_for_it() -> None:
    claims = (
        pays("Wire", "a", "b", usd(5)),
        pays("Post", "a", "b", usd(500), "lapsed"),
        pays("Mail", "a", "b", usd(700)),
        pays("Echo", "a", "b", negated=True),
    )
    (edge,) = edges(*claims, rejected=[claims[2]]).values()
    assert (edge.claims, edge.voices, edge.best) == ((claims[0].id,), 1, claims[0].id)
    assert edges(figure("Wire", "a", "revenue", usd(5), "2025")) == {}


@settings(max_examples=200)
@given(claim_lists, st.randoms())
def test_edges_are_those_of_the_live_claims_in_any_order(
    claims: list[Claim], random: object
) -> None:
    found = edges(*claims)
    whole = corpus(*claims)
    told: dict[tuple[str, str, str], set[str]] = {}
    for c in whole.claims:
        if is_live(c, whole, ONTOLOGY) and c.object:
            told.setdefault((c.subject.entity, c.relation, c.object.entity), set()).add(c.id)
    assert {k: set(e.claims) for k, e in found.items()} == told
    assert all(e.best in e.claims and 0 < e.voices <= len(e.claims) for e in found.values())
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert edges(*shuffled) == found


# ---- The whole ----

SAMPLE = (
    quoted(pays("Wire:2025-03-01", "a", "b", usd(10), "completed"), "a pays b ten billion"),
    pays("Post:2025-03-01", "a", "b", usd(10), "completed", when="2025-03"),
    pays("Wire:2025-03-01", "b", "a", usd(7)),
    pays("Wire:2025-03-01", "b", "c", usd(40), joint="j"),
    pays("Wire:2025-03-01", "a", "c", usd(40), joint="j"),
    says("Wire:2025-03-01", "a", "partnersWith", "c"),
    says("Post:2025-03-01", "c", "partnersWith", "a", negated=True),
    figure("Wire:2025-03-01", "a", "revenue", usd(13), "2025"),
    figure("Post:2025-03-01", "a", "revenue", usd(20), "2025"),
)


def test_the_counts_of_a_graph() -> None:
    counts = analysed(*SAMPLE).stats.counts
    assert {k: counts[k] for k in counts if "entities" not in k} == {
        "sources": 2,
        "independent_sources": 2,
        "claims": 9,
        "relations": 6,
        "figures": 2,
        "denials": 1,
        "rejected": 0,
        "quoted_in_documents": 1,
        "with_sum": 7,
        "with_time": 3,
        "deals": 4,
        "deals_with_sum": 3,
        "edges": 5,
        "edges_of_one_source": 4,
        "loops": 1,
        "conflicts": 2,
        "conflicts_decided": 0,
    }


def test_counts_by_code_and_by_number() -> None:
    found = analysed(*SAMPLE).stats
    assert list(found.relations.items()) == [("investsIn", 5), ("partnersWith", 2)]
    assert dict(found.statuses) == {"completed": 2}
    assert dict(found.conflicts) == {"denial": 1, "figures": 1}
    assert dict(found.voices) == {1: 4, 2: 1}
    assert dict(found.lengths) == {2: 1}


def test_all_money_is_counted_once() -> None:
    assert dict(analysed(*SAMPLE).stats.money) == {"announced": bn(47), "completed": bn(10)}


def test_what_a_person_rejects_stays_in_the_count_and_carries_nothing() -> None:
    found = analysed(*SAMPLE, rejected=(SAMPLE[2], SAMPLE[7])).stats
    assert (found.counts["claims"], found.counts["rejected"]) == (9, 2)
    assert (found.counts["loops"], found.counts["edges"]) == (0, 4)
    assert (found.counts["conflicts"], found.counts["conflicts_decided"]) == (2, 1)
    assert dict(found.money) == {"announced": bn(40), "completed": bn(10)}


def test_a_graph_of_nothing_counts_nothing() -> None:
    found = analysed().stats
    assert {v for k, v in found.counts.items() if k != "entities"} == {0}
    assert (found.relations, found.voices, found.money, found.lengths) == ({}, {}, {}, {})


def test_entities_that_no_person_entered_are_counted_as_new() -> None:
    whole = corpus(*SAMPLE)
    brought = {**whole.entities, "a": replace(whole.entities["a"], curated=False)}
    counts = analyse(replace(whole, entities=brought), ONTOLOGY, RATES).stats.counts
    assert (counts["entities"], counts["new_entities"]) == (len(brought), 1)


@settings(max_examples=150)
@given(claim_lists)
def test_counts_fit_what_they_count(claims: list[Claim]) -> None:
    a = analysed(*claims)
    found = a.stats
    assert sum(found.relations.values()) == found.counts["claims"] == len(claims)
    assert sum(found.voices.values()) == found.counts["edges"] == len(a.edges)
    assert sum(found.lengths.values()) == found.counts["loops"] == len(a.loops)
    assert sum(found.conflicts.values()) == found.counts["conflicts"]
    assert found.voices.get(1, 0) == found.counts["edges_of_one_source"]
    for counted in (found.relations, found.statuses, found.conflicts):
        assert list(counted.values()) == sorted(counted.values(), reverse=True)
    assert list(found.money) == [s for s in ONTOLOGY.statuses if s in found.money]


# ---- Everything together ----


def test_an_analysis_holds_the_life_of_every_deal_and_what_took_the_place_of_what() -> None:
    first = pays("Wire:2025-01-01", "a", "b", usd(10), "announced")
    later = pays("Post:2025-06-01", "a", "b", usd(10), "completed")
    a = analysed(first, later)
    (life,) = a.lives.values()
    assert [(p.status, p.since) for p in life] == [
        ("announced", date(2025, 1, 1)),
        ("completed", date(2025, 6, 1)),
    ]
    assert a.superseded == ((later.id, first.id),)
    assert set(a.lives) == set(a.books.corpus.deals)
    assert list(a.flows) == [("a", "b")]


def test_a_deal_whose_claims_are_all_rejected_has_no_life() -> None:
    claim = pays("Wire", "a", "b", usd(10))
    a = analysed(claim, rejected=(claim,))
    assert (a.lives, a.flows, a.edges, a.loops) == ({}, {}, (), ())
    assert len(a.books.corpus.deals) == 1


@settings(max_examples=100)
@given(claim_lists)
def test_everybody_in_a_loop_pays_and_is_paid(claims: list[Claim]) -> None:
    a = analysed(*claims)
    known = {
        ends
        for c in a.books.corpus.claims
        if (ends := payments(c, a.books.corpus, ONTOLOGY)) and ends[0] != ends[1]
    }
    assert set(a.flows) == known
    for loop in a.loops:
        assert {(h.flow.payer, h.flow.payee) for h in loop.hops} <= known
        assert [h.flow.payee for h in loop.hops] == [*loop.parties[1:], loop.parties[0]]
