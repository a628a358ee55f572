"""The network that pages draw: edges that stand for claims, and never count a sum twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.claim import Claim, Decision
from kg.iri import Namer
from kg.ontology import load_ontology
from kg.rates import Rates
from kg.view import Edge, Network, around, network
from tests.page_corpus import CLAIMS, TEXT, corpus, relation, row, usd

ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def net() -> Network:
    return network(corpus(), ONTOLOGY, texts={"briefing": TEXT})


def edge(net: Network, id: str) -> Edge:
    return next(e for e in net.edges if e.id == id)


def only(*claims: Claim) -> Edge:
    (found,) = network(corpus(claims), ONTOLOGY).edges
    return found


def test_an_edge_stands_for_all_claims_of_it(net: Network) -> None:
    found = edge(net, "nvidia investsIn openai")
    assert len(found.claims) == 4
    assert found.sources == 1  # the briefing restates the wire: one voice


def test_the_figure_is_the_largest_of_one_claim_never_a_sum(net: Network) -> None:
    found = edge(net, "nvidia investsIn openai")
    assert found.figure == Decimal("100e9")
    assert net.claims[found.largest].amount is not None
    # … and the status told with it is that claim's, not the furthest of any claim.
    assert found.status == "announced"


def test_a_rumour_is_kept_but_ranks_behind_what_lives(net: Network) -> None:
    rumour = edge(net, "mgx investsIn openai")
    assert not rumour.live
    assert net.edges[-1] == rumour
    assert rumour.figure == Decimal("900e9")


def test_a_dead_claim_gives_a_live_edge_no_figure() -> None:
    found = only(
        relation("nvidia", "investsIn", "openai", row(2), usd("100"), status="lapsed"),
        relation("nvidia", "investsIn", "openai", row(3), usd("30"), status="completed"),
    )
    assert (found.live, found.figure, found.status) == (True, Decimal("30e9"), "completed")


def test_an_own_sum_ranks_before_a_joint_one_of_the_same_size() -> None:
    found = only(
        relation("nvidia", "investsIn", "openai", row(2), usd("5"), joint="j"),
        relation("nvidia", "investsIn", "openai", row(3), usd("5")),
    )
    assert not found.joint


def test_a_denial_is_shown_and_supports_nothing(net: Network) -> None:
    found = edge(net, "google supplies openai")
    assert found.denied
    assert found.live  # another claim asserts it
    denial = only(relation("google", "supplies", "openai", row(2), usd("1"), negated=True))
    assert (denial.live, denial.figure, denial.denied) == (False, None, True)


def test_a_denial_and_an_assertion_conflict(net: Network) -> None:
    denial = next(i for i, c in net.claims.items() if c.negated)
    assert denial in net.conflicts
    assert all(denial in net.conflicts[other] for other in net.conflicts[denial])


def test_two_sums_of_one_deal_conflict_when_no_value_fits_both(net: Network) -> None:
    sums = {i for i, c in net.claims.items() if c.deal == "d1"}
    assert len(sums) == 2
    assert all(set(net.conflicts[i]) == sums - {i} for i in sums)


def test_sums_of_different_deals_or_of_overlapping_bounds_do_not_conflict() -> None:
    apart = [relation("nvidia", "investsIn", "openai", row(n), usd(str(n))) for n in (2, 3)]
    bounds = usd("5", low=None, qualifier="up_to")
    inside = [
        relation("nvidia", "investsIn", "openai", row(4), bounds, deal="x"),
        relation("nvidia", "investsIn", "openai", row(5), usd("4"), deal="x"),
    ]
    assert network(corpus((*apart, *inside)), ONTOLOGY).conflicts == {}


def test_a_symmetric_relation_told_both_ways_is_one_edge(net: Network) -> None:
    assert len(edge(net, "google competesWith openai").claims) == 2
    assert not any(e.id == "openai competesWith google" for e in net.edges)


def test_rejected_claims_are_gone() -> None:
    from dataclasses import replace

    whole = corpus()
    gone = tuple(Decision(kind="reject", left=c.id) for c in CLAIMS if c.relation == "acquires")
    without = replace(whole, decisions=gone)
    assert not any(e.relation == "acquires" for e in network(without, ONTOLOGY).edges)


def test_every_claim_is_reached_from_an_edge_or_a_figure(net: Network) -> None:
    reached = {c for e in net.edges for c in e.claims} | {
        c for f in net.figures.values() for c in f
    }
    assert reached == {c.id for c in CLAIMS} == set(net.claims)


def test_every_entity_is_a_node_with_its_iri_and_degree(net: Network) -> None:
    assert set(net.nodes) >= {"nvidia", "openai", "lone"}
    assert net.nodes["lone"].degree == 0
    assert net.nodes["openai"].iri == Namer().iri("d", "openai")


def test_other_currencies_count_by_their_rate_only() -> None:
    from datetime import date

    rates = Rates({"CNY": ((date(2024, 1, 1), Decimal("0.14")),)})
    acquired = edge(network(corpus(), ONTOLOGY, rates=rates), "nvidia acquires mgx")
    assert acquired.figure == Decimal("0.98e9")
    assert edge(network(corpus(), ONTOLOGY), "nvidia acquires mgx").figure is None


def test_a_quote_is_shown_in_its_paragraph(net: Network) -> None:
    quoted = next(c for c in net.claims.values() if c.evidence.quote.startswith("Nvidia said"))
    assert net.contexts[quoted.id] == (
        "",
        ", step by step. OpenAI denied that Google supplies it.",
    )


def test_a_document_that_changed_since_the_build_gives_no_context() -> None:
    assert network(corpus(), ONTOLOGY, texts={"briefing": "Something else."}).contexts == {}


def test_long_surroundings_are_cut() -> None:
    before, after = around("a" * 500 + "QUOTE" + "b" * 500, 500, 505)
    assert before.startswith("…a") and after.endswith("b…")
    assert len(before) == len(after) == 161


def test_the_order_of_claims_changes_nothing() -> None:
    turned = network(corpus(CLAIMS[::-1]), ONTOLOGY, texts={"briefing": TEXT})
    assert turned == network(corpus(), ONTOLOGY, texts={"briefing": TEXT})
