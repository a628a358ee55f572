"""Claims as triples: no blank nodes, edges from live claims only, and a way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Amount, Claim, Corpus, Decision, Entity, Evidence, Mention, Source
from kg.iri import KG, Namer
from kg.ontology import Ontology
from kg.rdf import edges, is_live, payments, quads, write_nquads
from kg.rdf_read import read_corpus


def stripped(claim: Claim) -> Claim:
    """A claim without what RDF does not keep: the offsets and classes of its names."""

    def bare(mention: Mention | None) -> Mention | None:
        return None if mention is None else Mention(mention.name, entity=mention.entity)

    subject = bare(claim.subject)
    assert subject is not None
    said_by = bare(claim.attributed_to)
    return replace(claim, subject=subject, object=bare(claim.object), attributed_to=said_by)


def test_reading_what_was_written_gives_the_corpus_back(
    graph: Path, corpus: Corpus, ontology: Ontology, namer: Namer
) -> None:
    found = read_corpus(graph, ontology, namer)
    assert dict(found.entities) == dict(sorted(corpus.entities.items()))
    assert dict(found.sources) == dict(sorted(corpus.sources.items()))
    assert dict(found.deals) == dict(corpus.deals)
    assert list(found.claims) == [stripped(c) for c in corpus.claims]


def test_lines_are_sorted_unique_and_the_same_each_time(
    graph: Path, corpus: Corpus, ontology: Ontology, namer: Namer, tmp_path: Path
) -> None:
    lines = graph.read_bytes().splitlines()
    assert lines == sorted(set(lines))
    shuffled = replace(corpus, claims=corpus.claims[::-1])
    write_nquads(quads(shuffled, ontology, namer), tmp_path / "again.nq")
    assert (tmp_path / "again.nq").read_bytes() == graph.read_bytes()


def test_there_are_no_blank_nodes(graph: Path) -> None:
    for quad in ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_every_source_has_its_own_graph(graph: Path, corpus: Corpus, namer: Namer) -> None:
    graphs = {
        q.graph_name.value
        for q in ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS)
        if isinstance(q.graph_name, ox.NamedNode)
    }
    own = {namer.iri("s", source) for source in corpus.sources}
    others = {namer.iri("graph", g) for g in ("entities", "deals", "derived")}
    assert graphs == own | others | {KG.removesuffix("#")}


@pytest.mark.parametrize(
    ("change", "live"),
    [
        ({}, True),
        ({"status": "completed"}, True),
        ({"status": "announced"}, True),
        ({"status": "rumoured"}, False),
        ({"status": "lapsed"}, False),
        ({"status": "terminated"}, False),
        ({"status": "terminated", "relation": "terminates"}, True),
        ({"negated": True}, False),
        ({"kind": "figure", "measure": "revenue", "relation": ""}, False),
    ],
    ids=str,
)
def test_which_claims_support_an_edge(
    change: dict[str, object], live: bool, corpus: Corpus, ontology: Ontology
) -> None:
    claim = Claim(
        kind="relation",
        subject=Mention("Nvidia", entity="nvidia"),
        relation="investsIn",
        object=Mention("OpenAI", entity="openai"),
        evidence=Evidence(source="wire", quote="…"),
    )
    claim = replace(claim, **change)  # type: ignore[arg-type]
    assert is_live(claim, corpus, ontology) is live
    rejected = replace(corpus, decisions=(Decision(kind="reject", left=claim.id),))
    assert not is_live(claim, rejected, ontology)


def paid(corpus: Corpus, ontology: Ontology, relation: str, **more: object) -> object:
    ends = more.pop("ends", ("nvidia", "openai"))
    assert isinstance(ends, tuple)
    claim = Claim(
        kind="relation",
        subject=Mention(ends[0], entity=ends[0]),
        relation=relation,
        object=Mention(ends[1], entity=ends[1]),
        evidence=Evidence(source="wire", quote="…"),
    )
    return payments(replace(claim, **more), corpus, ontology)  # type: ignore[arg-type]


def test_who_pays_whom(corpus: Corpus, ontology: Ontology) -> None:
    forth, back = ("nvidia", "openai"), ("openai", "nvidia")
    assert paid(corpus, ontology, "investsIn") == forth
    assert paid(corpus, ontology, "supplies") == back
    assert paid(corpus, ontology, "competesWith") is None
    own = Amount(low=None, high=None, currency="USD")
    assert paid(corpus, ontology, "participatesIn") is None
    assert paid(corpus, ontology, "participatesIn", amount=own) == forth
    assert paid(corpus, ontology, "participatesIn", amount=own, joint="j") is None


def test_ideas_are_in_no_money_flow(corpus: Corpus, ontology: Ontology) -> None:
    assert paid(corpus, ontology, "investsIn", ends=("nvidia", "world-model")) is None


def test_a_symmetric_relation_holds_both_ways(corpus: Corpus, ontology: Ontology) -> None:
    found = set(edges(corpus, ontology))
    assert {("google", "competesWith", "openai"), ("openai", "competesWith", "google")} <= found


def test_super_properties_are_derived(corpus: Corpus, ontology: Ontology) -> None:
    assert ("nvidia", "funds", "openai") in set(edges(corpus, ontology))


def test_an_address_that_is_none_stays_a_text(
    corpus: Corpus, ontology: Ontology, namer: Namer, tmp_path: Path
) -> None:
    odd = Source(id="odd", title="t", url='javascript:alert("1") <x>')
    with_odd = replace(corpus, sources={**corpus.sources, "odd": odd})
    path = tmp_path / "g.nq"
    write_nquads(quads(with_odd, ontology, namer), path)
    assert read_corpus(path, ontology, namer).sources["odd"] == odd


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)


@given(texts, texts, texts)
def test_any_text_survives(name: str, alias: str, quote: str) -> None:
    from kg.ontology import load_ontology

    ontology = load_ontology(Path(__file__).parent.parent / "ontology")
    namer = Namer()
    entity = Entity(id=name, type="Company", labels={"en": name}, aliases=(alias,))
    claim = Claim(
        kind="figure",
        subject=Mention(alias, entity=name),
        measure="revenue",
        amount=Amount(low=None, high=None, currency="USD", text=quote),
        evidence=Evidence(source="s", quote=quote, start=0, end=len(quote)),
        extractor="rules",
        note=alias,
    )
    whole = Corpus(
        entities={name: entity}, sources={"s": Source(id="s", title=quote)}, claims=(claim,)
    )
    lines = "".join(f"{q} .\n" for q in quads(whole, ontology, namer))
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g.nq"
        path.write_text(lines, "utf-8", newline="")
        found = read_corpus(path, ontology, namer)
    assert dict(found.entities) == {name: entity}
    assert found.claims == (stripped(claim),)
