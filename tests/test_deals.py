"""Deals: which claims are about one transaction. Sums told twice are one sum."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Amount, Claim, Decision, Entity, Evidence, Mention
from kg.deals import explain_deal, group_deals, owner
from kg.ledger import Ledger
from kg.ontology import load_ontology
from kg.same_deal import meet
from kg.times import parse_edtf

ONTOLOGY = load_ontology(Path(__file__).parent.parent / "ontology")
ENTITIES = {
    e: Entity(id=e, type="Company", parent="amazon" if e == "aws" else "")
    for e in ("amazon", "aws", "nvidia", "openai", "softbank")
}


def usd(low: float | None, high: float | None = -1) -> Amount:
    """Billions of dollars; one number is an exact sum."""
    high = low if high == -1 else high
    bounds = [None if b is None else Decimal(str(b)) * 10**9 for b in (low, high)]
    return Amount(low=bounds[0], high=bounds[1], currency="USD")


def claim(
    source: str,
    amount: Amount | None = None,
    when: str = "",
    subject: str = "nvidia",
    object: str = "openai",
    **more: object,
) -> Claim:
    made = Claim(
        kind="relation",
        subject=Mention(subject, entity=subject),
        relation=str(more.pop("relation", "investsIn")),
        object=Mention(object, entity=object),
        evidence=Evidence(source=source, quote="…", file="t.csv", row=2),
        amount=amount,
        when=parse_edtf(when),
        key=f"{source}{amount}{when}{subject}{more}",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def deals(*claims: Claim) -> list[int]:
    """For each claim, which deal it is in, numbered by first appearance."""
    grouped, _ = group_deals(claims, ENTITIES, ONTOLOGY)
    seen: dict[str, int] = {}
    return [seen.setdefault(c.deal, len(seen)) for c in grouped]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (claim("x", usd(100), "2025-09-22"), claim("y", usd(None, 100), "2025-09"), True),
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(30), "2026-03-31"), True),
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(30.3), "2026-03-31"), True),
        (claim("x", usd(30), "2023-02"), claim("y", usd(30), "2026-03"), False),
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(40), "2026-03-01"), True),
        (claim("x", usd(30), "2026-02-27"), claim("x", usd(40), "2026-03-01"), False),
        (claim("x", usd(30), "2026-02-27"), claim("y", usd(40), "2026-09-01"), False),
        (claim("x", usd(30)), claim("y", usd(30)), True),
        (claim("x", usd(0.4, None), "2025"), claim("y", usd(38), "2025-11-03"), False),
        (claim("x", usd(None, 100), "2025-09"), claim("y", usd(30), "2026-02"), False),
        (claim("x", None, "2025"), claim("y", usd(30), "2025-03-31"), True),
        (
            claim("x", usd(80), "2025", relation="participatesIn"),
            claim("y", usd(500), "2025-01-21", relation="participatesIn"),
            True,
        ),
        (claim("x", usd(30)), claim("y", usd(40)), False),
        (claim("x", None, "2026-02-27"), claim("y", usd(30), "2026-03-31"), True),
        (claim("x", None), claim("y", usd(30), "2026-03-31"), True),
        (claim("x", usd(30)), claim("y", usd(30), relation="lendsTo"), False),
        (claim("x", usd(30)), claim("y", usd(30), subject="softbank"), False),
        (claim("x", usd(8), subject="aws"), claim("y", usd(8), subject="amazon"), True),
        (claim("x", usd(8), umbrella="u"), claim("y", usd(8), part_of="u"), False),
        (
            claim("x", None, "2026-01", relation="partnersWith"),
            claim("y", None, "2026-01", "openai", "nvidia", relation="partnersWith"),
            True,
        ),
    ],
)
def test_two_claims_are_about_one_deal(a: Claim, b: Claim, same: bool) -> None:
    assert (deals(a, b) == [0, 0]) is same


def test_a_vague_claim_joins_the_only_deal_that_it_can_be_about() -> None:
    vague = claim("x", None)
    one, other = claim("y", usd(30), "2026-03-31"), claim("z", usd(5), "2024-03-31")
    assert deals(vague, one) == [0, 0]
    assert deals(vague, one, other) == [0, 1, 2]


def test_a_vague_claim_does_not_bridge_two_deals() -> None:
    small, large = claim("x", usd(0.1), "2024-10"), claim("y", usd(100), "2025-09")
    vague = claim("z", None, "2025-08")
    numbers = deals(small, large, vague)
    assert numbers[0] != numbers[1]


def test_those_who_share_a_sum_share_the_deal() -> None:
    a = claim("x", usd(40), subject="nvidia", joint="loan")
    b = claim("x", usd(40), subject="softbank", joint="loan")
    assert deals(a, b) == [0, 0]


def test_two_joint_sums_of_one_source_stay_two_deals() -> None:
    a = claim("x", usd(40), "2026-03", joint="first")
    b = claim("x", usd(40), "2026-04", joint="second")
    told_vaguely = claim("y", usd(40), "2026-03")
    numbers = deals(a, b, told_vaguely)
    assert numbers[0] != numbers[1]


def test_a_denial_and_a_figure_belong_to_no_deal() -> None:
    denied = claim("x", usd(40), negated=True)
    grouped, found = group_deals([denied], ENTITIES, ONTOLOGY)
    assert (grouped[0].deal, found) == ("", {})


def test_parts_point_at_their_umbrella() -> None:
    whole = claim("x", usd(110), "2026-02", umbrella="round")
    part = claim("x", usd(30), "2026-02", part_of="round")
    grouped, found = group_deals([whole, part], ENTITIES, ONTOLOGY)
    assert found[grouped[1].deal].part_of == grouped[0].deal


amounts = st.none() | st.builds(usd, st.sampled_from([10, 30, 30.2, 100]))
some_claims = st.builds(
    claim,
    st.sampled_from(["x", "y", "z"]),
    amounts,
    st.sampled_from(["", "2025-09", "2025-10-01", "2026-09"]),
    st.sampled_from(["nvidia", "aws", "amazon"]),
    joint=st.sampled_from(["", "", "j"]),
)


@given(st.lists(some_claims, max_size=8), st.randoms())
def test_deals_do_not_depend_on_order(claims: list[Claim], random: object) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = {c.id: c.deal for c in group_deals(claims, ENTITIES, ONTOLOGY)[0]}
    second = {c.id: c.deal for c in group_deals(shuffled, ENTITIES, ONTOLOGY)[0]}
    assert first == second


@given(st.lists(some_claims, max_size=8))
def test_every_claim_is_in_exactly_one_deal(claims: list[Claim]) -> None:
    grouped, found = group_deals(claims, ENTITIES, ONTOLOGY)
    listed = [c for deal in found.values() for c in deal.claims]
    assert sorted(listed) == sorted({c.id for c in claims})
    assert all(c.id in found[c.deal].claims for c in grouped)


@given(amounts, amounts)
def test_meeting_is_symmetric(a: Amount | None, b: Amount | None) -> None:
    if a is not None and b is not None:
        assert meet(a, b) == meet(b, a)
        assert meet(a, a)


def decided(kind: str, a: Claim, b: Claim) -> Ledger:
    return Ledger((Decision(kind=kind, left=a.id, right=b.id),))


def test_a_person_can_join_and_part_deals() -> None:
    a, b = claim("x", usd(30), "2023-02"), claim("y", usd(30), "2026-03")
    grouped, _ = group_deals([a, b], ENTITIES, ONTOLOGY, decided("same-deal", a, b))
    assert len({c.deal for c in grouped}) == 1
    a, b = claim("x", usd(30), "2026-02-27"), claim("y", usd(30), "2026-03-31")
    grouped, _ = group_deals([a, b], ENTITIES, ONTOLOGY, decided("different-deal", a, b))
    assert len({c.deal for c in grouped}) == 2


def test_what_a_person_parts_is_not_bridged_by_a_third() -> None:
    a, b = claim("x", usd(30), "2026-02-27"), claim("y", usd(30), "2026-03-31")
    c = claim("z", usd(30), "2026-03-01")
    grouped, _ = group_deals([a, b, c], ENTITIES, ONTOLOGY, decided("different-deal", a, b))
    deals_of = {g.id: g.deal for g in grouped}
    assert deals_of[a.id] != deals_of[b.id]


def test_a_site_is_not_taken_for_the_project_that_it_belongs_to() -> None:
    entities = ENTITIES | {
        "stargate": Entity(id="stargate", type="Project"),
        "abilene": Entity(id="abilene", type="Project", parent="stargate"),
    }
    assert owner("abilene", entities, ONTOLOGY) == "abilene"
    assert owner("aws", entities, ONTOLOGY) == "amazon"


def test_a_deal_says_why_its_claims_are_together() -> None:
    a, b = claim("x", usd(30), "2026-02-27"), claim("y", usd(31), "2026-03-31")
    c = claim("z", usd(30))
    pairs = {p.left: p.verdict.why for p in explain_deal([c, b, a], ONTOLOGY, {})}
    assert len(pairs) == 2
    assert "32 days apart" in (pairs.get(a.id) or pairs[b.id])
    assert "no time told" in pairs[c.id]
