"""Of claims of one sentence that cannot all hold the surer ones stay."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from kg.claim import Claim
from kg.errors import WorkspaceError
from kg.extract.lint import lint
from kg.extract.measures import Deals, load_deals
from kg.extract.outdone import outdone
from kg.ontology import load_ontology, packaged_ontology
from tests.extracting import claims, said

DEALS = Deals(
    {}, frozenset(), frozenset(), frozenset(),
    frozenset(("investsIn", "lendsTo", "grantsTo")), frozenset(("lendsTo",)),
    {"acquires": ["supplies"]},
)  # fmt: skip


def _relations(text: str) -> list[Claim]:
    return [c for c in claims(text) if c.kind == "relation"]


@pytest.mark.parametrize(
    "text",
    [
        "Francisco Partners agreed to sell Macrobond to Hg Capital, per Reuters.",
        "TPG Telecom sold Vision Network to Vocus Group, whose owners are Macquarie and KKR.",
    ],
)
def test_who_sells_a_firm_supplies_no_goods(text: str) -> None:
    found = _relations(text)
    assert "acquires" in {c.relation for c in found}
    assert "supplies" not in {c.relation for c in found}


@pytest.mark.parametrize(
    ("share", "relation"), [("70%", "acquires"), ("half", "acquires"), ("19%", "investsIn")]
)
def test_half_or_more_is_acquired_and_less_is_invested_in(share: str, relation: str) -> None:
    text = f"Jollibee is to buy {share} of bubble tea chain Sweetlung for HK$1.1 billion."
    assert {c.relation for c in _relations(text)} == {relation}


def test_who_sells_goods_still_does() -> None:
    assert said("Orbix Labs sells turbines to Vocus Group.") == {
        ("Orbix Labs", "supplies", "Vocus Group")
    }


def test_one_sum_goes_from_one_to_another_in_one_way() -> None:
    found = _relations("OCBC and DBS have granted a S$310 million green loan to Orbix Labs.")
    assert {(c.subject.name, c.relation) for c in found} == {
        ("OCBC", "lendsTo"),
        ("DBS", "lendsTo"),
    }


def _of(claim: Claim, relation: str, confidence: str) -> Claim:
    return replace(claim, relation=relation, confidence=Decimal(confidence))


def test_two_as_sure_as_each_other_and_two_sums_stay() -> None:
    (one,) = _relations("DBS lent Orbix Labs $5 million.")
    assert one.amount is not None
    equal = [_of(one, "lendsTo", "0.9"), _of(one, "investsIn", "0.9")]
    assert outdone(equal, DEALS) == {}
    surer = [_of(one, "lendsTo", "0.9"), _of(one, "investsIn", "0.8")]
    assert outdone(surer, DEALS) == {1: "its sum is surer to be lendsTo"}
    other = replace(surer[1], amount=replace(one.amount, high=Decimal(6_000_000)))
    assert outdone([surer[0], other], DEALS) == {}
    without_sums = [replace(c, amount=None) for c in surer]
    assert outdone(without_sums, DEALS) == {}


def test_a_denial_outdoes_nothing_and_is_never_outdone() -> None:
    (one,) = _relations("DBS lent Orbix Labs $5 million.")
    denied = replace(_of(one, "lendsTo", "0.9"), negated=True)
    assert outdone([denied, _of(one, "investsIn", "0.8")], DEALS) == {}
    assert outdone([_of(one, "investsIn", "0.95"), denied], DEALS) == {}


def test_of_two_that_are_said_to_lend_to_each_other_the_surer_does() -> None:
    (one,) = _relations("DBS lent Orbix Labs $5 million.")
    assert one.object is not None
    back = replace(one, subject=one.object, object=one.subject, confidence=Decimal("0.7"))
    assert outdone([one, back], DEALS) == {1: "it is surer the other way round"}
    assert outdone([one, replace(back, confidence=one.confidence)], DEALS) == {}
    both = [_of(one, "investsIn", "0.9"), _of(back, "investsIn", "0.7")]
    assert outdone(both, DEALS) == {}  # firms may own parts of each other


def test_a_relation_that_the_ontology_lacks_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    copytree(packaged_ontology(), folder)
    path = folder / "lexicon" / "deals.toml"
    path.write_text(path.read_text("utf-8").replace('["supplies"]', '["suplies"]'), "utf-8")
    found = [f.message for f in lint(load_ontology(folder)) if f.code == "lexicon-code"]
    assert any(m.startswith("suplies: no relation of kg.ttl") for m in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('acquires = "investsIn"', 'acquires = "investIn"'),
        ('"lendsTo", "subsidiaryOf"', '"lendTo", "subsidiaryOf"'),
    ],
)
def test_codes_that_decide_by_share_or_direction_are_known(
    tmp_path: Path, old: str, new: str
) -> None:
    folder = tmp_path / "ontology"
    copytree(packaged_ontology(), folder)
    path = folder / "lexicon" / "deals.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    found = [f.message for f in lint(load_ontology(folder)) if f.code == "lexicon-code"]
    strange = new.removeprefix("acquires = ").split(",")[0].strip('"')
    assert any(m.startswith(f"{strange}: no relation of kg.ttl") for m in found)


def test_a_relation_for_smaller_shares_that_is_no_code_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    copytree(packaged_ontology(), folder)
    path = folder / "lexicon" / "deals.toml"
    path.write_text(path.read_text("utf-8").replace('= "investsIn"', "= 7"), "utf-8")
    with pytest.raises(
        WorkspaceError, match=r"deals\.toml: control\.acquires: expected a relation"
    ):
        load_deals(folder)


def test_goods_that_are_no_list_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    copytree(packaged_ontology(), folder)
    path = folder / "lexicon" / "deals.toml"
    path.write_text(path.read_text("utf-8").replace('["supplies"]', "7"), "utf-8")
    with pytest.raises(WorkspaceError, match=r"goods\.acquires"):
        load_deals(folder)
