"""The ontology: every word in three languages, money flow and style for every relation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store

from kg.errors import WorkspaceError
from kg.iri import PREFIXES
from kg.ontology import Ontology, Term, load_ontology
from kg.questions import load_questions

FOLDER = Path(__file__).parent.parent / "ontology"
RELATIONS = {
    *("investsIn", "grantsTo", "lendsTo", "acquires", "holdsStakeIn", "supplies", "participatesIn"),
    *("partnersWith", "competesWith", "develops", "proposes", "publishes", "terminates", "founded"),
    *("leads", "subsidiaryOf", "embodies"),
}
MEASURES = {
    *("valuation", "revenue", "netLoss", "netIncome", "rdSpending", "computeCost", "capex"),
    *("budget", "monthlyActiveUsers", "marketShare", "headcount", "salary", "capacityGW"),
    *("chips", "growthRate", "other"),
}


def test_the_words_of_the_design(ontology: Ontology) -> None:
    assert set(ontology.relations) == RELATIONS
    assert set(ontology.measures) == MEASURES
    assert list(ontology.statuses) == [
        *("rumoured", "announced", "committed", "completed", "terminated", "lapsed")
    ]
    assert set(ontology.qualifiers) == {
        *("exact", "about", "up_to", "at_least", "more_than", "less_than")
    }
    assert {"Company", "Person", "Concept"} <= set(ontology.types)


def test_every_word_has_a_label_and_a_definition_in_three_languages(ontology: Ontology) -> None:
    terms: list[Term] = [
        *ontology.types.values(),
        *ontology.relations.values(),
        *ontology.measures.values(),
        *ontology.statuses.values(),
        *ontology.qualifiers.values(),
    ]
    for term in terms:
        for texts in (term.labels, term.definitions):
            assert set(texts) == {"en", "zh-Hans", "zh-Hant"}, term.code


def test_money_flows_as_the_design_says(ontology: Ontology) -> None:
    flows = {code: r.money_flow for code, r in ontology.relations.items()}
    assert {c for c, f in flows.items() if f == "subject-to-object"} == {
        *("investsIn", "grantsTo", "lendsTo", "acquires")
    }
    assert {c for c, f in flows.items() if f == "object-to-subject"} == {"supplies"}
    assert {c for c, f in flows.items() if f == "own-amount"} == {"participatesIn"}
    assert {c for c, r in ontology.relations.items() if "funds" in r.supers} == {
        *("investsIn", "grantsTo", "lendsTo")
    }
    assert {c for c, r in ontology.relations.items() if r.symmetric} == {
        *("partnersWith", "competesWith")
    }


def test_what_makes_an_edge(ontology: Ontology) -> None:
    assert {c for c, s in ontology.statuses.items() if s.live} == {
        *("announced", "committed", "completed")
    }
    assert {c for c, r in ontology.relations.items() if r.about_ending} == {"terminates"}


def test_relations_can_be_told_apart_when_drawn(ontology: Ontology) -> None:
    styles = [(r.color, r.line_style) for r in ontology.relations.values()]
    assert len(set(styles)) == len(styles)
    assert all(color.startswith("#") and len(color) == 7 for color, _ in styles)


def test_adding_a_relation_needs_no_python(tmp_path: Path) -> None:
    text = (FOLDER / "kg.ttl").read_text("utf-8")
    text += (
        'kg:insures a owl:ObjectProperty , kg:Relation ; skos:notation "insures" ;\n'
        '  skos:prefLabel "insures"@en ; kg:moneyFlow kg:objectToSubject ; kg:order 99 .\n'
    )
    (tmp_path / "kg.ttl").write_text(text, "utf-8")
    assert load_ontology(tmp_path).relations["insures"].money_flow == "object-to-subject"


def changed(old: str, new: str) -> Callable[[str], str]:
    """Says something else once in a text that says the old."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (changed("kg:moneyFlow kg:subjectToObject ;", ""), "kg:moneyFlow"),
        (lambda t: t + "\nnot turtle", "not valid Turtle"),
        (changed('kg:color "#', 'kg:color "url(//evil.example)#'), 'color .*expected "#rrggbb"'),
        (changed('kg:color "#', 'kg:color "#fff;'), 'color .*expected "#rrggbb"'),
        (changed('kg:shape "dot"', 'kg:shape "image"'), "Company>: shape 'image': expected one of"),
        (changed('kg:lineStyle "solid"', 'kg:lineStyle "9 3"'), "lineStyle '9 3': expected one of"),
        (changed("kg:order 1", 'kg:order "1; x"'), "order '1; x': expected a whole number"),
        (
            changed("kg:usualObject kg:Product", "kg:usualObject kg:Person"),
            "develops>: kg:usualObject Person: expected one of",
        ),
        (changed('notation "supplies"', 'notation "a b"'), "notation 'a b': expected a letter"),
    ],
)
def test_a_broken_ontology_is_named(
    tmp_path: Path, change: Callable[[str], str], message: str
) -> None:
    text = (FOLDER / "kg.ttl").read_text("utf-8")
    (tmp_path / "kg.ttl").write_text(change(text), "utf-8")
    with pytest.raises(WorkspaceError, match=message) as caught:
        load_ontology(tmp_path)
    assert str(tmp_path / "kg.ttl") in str(caught.value)


def test_a_missing_ontology_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"kg\.ttl"):
        load_ontology(tmp_path)


@pytest.mark.parametrize("name", ["kg.ttl", "align.ttl", "shapes.ttl"])
def test_every_file_is_turtle(name: str) -> None:
    assert len(rdflib.Graph().parse(FOLDER / name)) > 20


def test_alignments_speak_of_terms_that_exist() -> None:
    graph = rdflib.Graph().parse(FOLDER / "kg.ttl")
    known = set(graph.subjects())
    for subject in rdflib.Graph().parse(FOLDER / "align.ttl").subjects():
        assert not str(subject).startswith(PREFIXES["kg"]) or subject in known, subject


QUESTIONS = load_questions(FOLDER / "questions")


def test_there_are_questions_enough() -> None:
    assert len(QUESTIONS) >= 15


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_has_titles_and_any_tool_can_run_it(name: str) -> None:
    question = QUESTIONS[name]
    for texts in (question.titles, question.descriptions):
        assert set(texts) == {"en", "zh-Hans", "zh-Hant"}
    Store().query(question.text)
    rdflib.Graph().query(question.text)
