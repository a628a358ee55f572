"""Linking: which thing a name stands for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Claim, Decision, Entity, Evidence, Mention
from kg.ledger import Ledger
from kg.link import Gazetteer, Linked, link, load_spelling
from kg.ontology import Ontology, load_ontology

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(ROOT / "ontology")


SPELLING = load_spelling(ROOT / "ontology")
ENTITIES = {
    e.id: e
    for e in (
        Entity(
            id="nvidia",
            type="Company",
            labels={"en": "Nvidia", "zh-Hans": "英伟达", "zh-Hant": "輝達"},
            aliases=("NVIDIA Corporation",),
        ),
        Entity(
            id="softbank",
            type="Company",
            labels={"en": "SoftBank Group", "zh-Hans": "软银集团"},
        ),
        Entity(
            id="darpa",
            type="GovernmentBody",
            labels={"en": "DARPA", "zh-Hans": "美国国防高级研究计划局"},
        ),
        Entity(id="microsoft", type="Company", labels={"en": "Microsoft", "zh-Hans": "微软"}),
        Entity(id="azure", type="Product", labels={"en": "Azure"}),
        Entity(id="sora", type="Product", labels={"en": "Sora"}),
        Entity(id="sora-2", type="Product", labels={"en": "Sora 2"}),
        Entity(id="atlas-fund", type="Fund", labels={"en": "Atlas"}),
        Entity(id="atlas-project", type="Project", labels={"en": "Atlas"}),
    )
}


def says(subject: str, relation: str, object: str, source: str = "a", start: int = 0) -> Claim:
    return Claim(
        kind="relation",
        subject=Mention(subject),
        relation=relation,
        object=Mention(object),
        evidence=Evidence(source=source, quote="…", start=start, end=start + 9),
    )


def linked(ontology: Ontology, *claims: Claim, decisions: tuple[Decision, ...] = ()) -> Linked:
    return link(claims, ENTITIES, Ledger(decisions), ontology, SPELLING)


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Nvidia", "nvidia"),
        ("NVIDIA", "nvidia"),
        ("ＮＶＩＤＩＡ", "nvidia"),
        ("英伟达", "nvidia"),
        ("英偉達", "nvidia"),
        ("輝達", "nvidia"),
        ("辉达", "nvidia"),
        ("英伟达公司", "nvidia"),
        ("Nvidia Corp.", "nvidia"),
        ("軟銀", "softbank"),
        ("软银集团", "softbank"),
        ("SoftBank", "softbank"),
        ("美国国防高级研究计划局（DARPA）", "darpa"),
        ("the DARPA", "darpa"),
        ("微软 Azure", "azure"),
        ("Sora2", "sora-2"),
        ("Sora", "sora"),
        ("“Sora”", "sora"),
        ("Soraya", None),
        ("Atlas", None),
    ],
)
def test_spellings_of_one_name(name: str, entity: str | None) -> None:
    assert Gazetteer(ENTITIES.values(), SPELLING, Ledger()).find(name) == entity


def test_namesakes_are_told_apart_by_what_fits() -> None:
    gazetteer = Gazetteer(ENTITIES.values(), SPELLING, Ledger())
    assert gazetteer.find("Atlas", ("Fund", "Company")) == "atlas-fund"
    assert gazetteer.find("Atlas", ("Project",)) == "atlas-project"


def test_where_a_company_fits_the_owner_of_a_part_is_meant() -> None:
    gazetteer = Gazetteer(ENTITIES.values(), SPELLING, Ledger())
    assert gazetteer.find("微软 Azure", ("Company",)) == "microsoft"


def test_an_unknown_name_becomes_a_new_entity_that_says_so(ontology: Ontology) -> None:
    result = linked(ontology, says("港巷资本", "investsIn", "Nvidia"))
    subject = result.claims[0].subject.entity
    new = result.entities[subject]
    assert (new.curated, new.type) == (False, "Company")
    assert new.labels == {"zh-Hans": "港巷资本", "zh-Hant": "港巷資本"}
    assert result.claims[0].object == Mention("Nvidia", entity="nvidia")


def test_one_new_name_in_two_scripts_and_forms_is_one_entity(ontology: Ontology) -> None:
    result = linked(
        ontology,
        says("港巷资本", "investsIn", "Nvidia", "a"),
        says("港巷資本集團", "investsIn", "SoftBank", "b"),
    )
    assert len({c.subject.entity for c in result.claims}) == 1


def test_a_short_form_counts_in_its_own_source_only(ontology: Ontology) -> None:
    result = linked(
        ontology,
        says("Larkfield Compute", "investsIn", "Nvidia", "a", 0),
        says("Larkfield", "lendsTo", "Nvidia", "a", 50),
        says("Larkfield", "lendsTo", "Nvidia", "b", 0),
    )
    long, short, elsewhere = (c.subject.entity for c in result.claims)
    assert long == short
    assert elsewhere != long


@pytest.mark.parametrize(
    ("relation", "kind"),
    [("participatesIn", "Project"), ("develops", "Product"), ("investsIn", "Company")],
)
def test_a_new_object_is_of_the_class_that_is_usual(
    ontology: Ontology, relation: str, kind: str
) -> None:
    result = linked(ontology, says("Nvidia", relation, "Zorvane"))
    object_ = result.claims[0].object
    assert object_ is not None
    assert result.entities[object_.entity].type == kind


def test_what_has_no_name_is_of_its_source_alone(ontology: Ontology) -> None:
    def builds(who: str, source: str) -> Claim:
        claim = says(who, "participatesIn", "second furnace", source)
        return replace(claim, object=Mention("second furnace", unnamed=True))

    result = linked(ontology, builds("Nvidia", "a"), builds("SoftBank", "a"), builds("Nvidia", "b"))
    here, again, elsewhere = (c.object.entity for c in result.claims if c.object)
    assert here == again
    assert elsewhere != here
    assert {result.entities[e].type for e in (here, elsewhere)} == {"Project"}


def test_a_market_without_a_name_is_the_same_in_all_sources(ontology: Ontology) -> None:
    plants = Mention("nuclear plants", "Concept", unnamed=True)
    told = [
        replace(
            says("Nvidia", "investsIn", "SoftBank", source), kind="figure", relation="",
            object=None, measure="marketShare", subject=plants,
        )
        for source in ("a", "b")
    ]  # fmt: skip
    first, second = (c.subject.entity for c in linked(ontology, *told).claims)
    assert first == second


def test_same_joins_and_different_keeps_apart(ontology: Ontology) -> None:
    claim = says("黄氏芯片", "supplies", "SoftBank")
    same = Decision(kind="same", left="nvidia", right="黄氏芯片")
    assert linked(ontology, claim, decisions=(same,)).claims[0].subject.entity == "nvidia"
    claim = says("Nvidia", "supplies", "SoftBank")
    different = Decision(kind="different", left="nvidia", right="Nvidia")
    assert linked(ontology, claim, decisions=(different,)).claims[0].subject.entity != "nvidia"


def test_two_entities_that_are_the_same_become_one_with_all_names(ontology: Ontology) -> None:
    decision = Decision(kind="same", left="microsoft", right="azure")
    result = linked(ontology, says("Azure", "supplies", "Nvidia"), decisions=(decision,))
    assert result.claims[0].subject.entity == "microsoft"
    assert "azure" not in result.entities
    assert "Azure" in result.entities["microsoft"].aliases


def test_decisions_without_use_are_reported(ontology: Ontology) -> None:
    decision = Decision(kind="same", left="nobody", right="noone", line=7)
    assert linked(ontology, decisions=(decision,)).unused == (decision,)


NAMES = ["Larkfield", "Larkfield Compute", "Nvidia", "港巷资本", "港巷資本", "Sora", "微软"]


@given(st.permutations([(s, o) for s in NAMES[:4] for o in NAMES[3:] if s != o]))
def test_the_order_of_claims_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    ontology = load_ontology(ROOT / "ontology")
    ordered = linked(ontology, *(says(s, "supplies", o) for s, o in sorted(pairs)))
    shuffled = linked(ontology, *(says(s, "supplies", o) for s, o in pairs))
    assert shuffled.entities == ordered.entities
    assert {c.id for c in shuffled.claims} == {c.id for c in ordered.claims}
