"""What the files of ontology/ promise: words, shapes that refuse, answers."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SKOS

from kg.iri import DEFAULT_BASE, KG, Namer
from kg.phrases import LANGUAGES
from kg.questions import Question, bind, load_questions

FOLDER = Path(__file__).parent.parent / "ontology"
QUESTIONS = load_questions(FOLDER / "questions")
STYLESHEET = Path(__file__).parent.parent / "kg" / "page" / "style.css"

# ---- Words ----


def test_every_term_has_a_label_and_a_definition_in_three_languages() -> None:
    graph = rdflib.Graph().parse(FOLDER / "kg.ttl")
    terms = {s for s in graph.subjects(RDF.type) if str(s).startswith(KG)}
    assert len(terms) > 110
    for term in terms:
        for predicate in (SKOS.prefLabel, SKOS.definition):
            tags = [str(getattr(o, "language", "")) for o in graph.objects(term, predicate)]
            assert sorted(tags) == ["en", "zh-Hans", "zh-Hant"], (term, predicate)


def test_the_ontology_says_what_it_is() -> None:
    graph = rdflib.Graph().parse(FOLDER / "kg.ttl")
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(header) == KG.removesuffix("#")
    licence = graph.value(header, rdflib.DCTERMS.license)
    assert str(licence) == "https://www.apache.org/licenses/LICENSE-2.0"
    assert graph.value(header, OWL.versionInfo)


@pytest.mark.parametrize("name", ["kg.ttl", "align.ttl"])
def test_there_are_no_blank_nodes(name: str) -> None:
    graph = rdflib.Graph().parse(FOLDER / name)
    assert not [t for triple in graph for t in triple if isinstance(t, rdflib.BNode)]


def test_every_word_of_a_built_graph_is_declared(graph: Path) -> None:
    declared = set(rdflib.Graph().parse(FOLDER / "kg.ttl").subjects(RDF.type))
    used = {
        node.value
        for quad in ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS)
        for node in (quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(KG)
    }
    assert len(used) > 60
    assert {word for word in used if rdflib.URIRef(word) not in declared} == set()


# ---- Shapes ----

PREFIXES = "".join(f"@prefix {p}: <{i}> .\n" for p, i in sorted(Namer().prefixes.items()))

#: One relation and one figure, one read from a document and one from a table, written by hand.
GOOD = """
d:nvidia a kg:Company ; skos:prefLabel "Nvidia"@en ; kg:curated true .
d:openai a kg:Company ; skos:prefLabel "OpenAI"@en ; kg:curated true .
s:wire a prov:Entity ; dct:title "A deal"@en ; dct:publisher "The Wire" .
s:table a prov:Entity ; dct:title "A table" ; kg:file "data/figures.csv" .
deal:one a kg:Deal .
c:one a kg:Claim ; rdf:subject d:nvidia ; rdf:predicate kg:investsIn ; rdf:object d:openai ;
    kg:polarity kg:asserted ; kg:status kg:announced ; kg:deal deal:one ;
    kg:amountLow 1.0 ; kg:amountHigh 2.0 ; kg:currency "USD" ; kg:qualifier kg:exact ;
    kg:amountScope kg:ownAmount ; kg:when "2025-09"^^edtf:EDTF ;
    kg:from "2025-09-01"^^xsd:date ; kg:until "2025-09-30"^^xsd:date ;
    prov:wasQuotedFrom s:wire ; kg:extractor "rules" ; kg:confidence 0.9 ; kg:evidence e:one .
e:one a oa:SpecificResource ; oa:hasSource s:wire ; oa:hasSelector e:one-quote , e:one-position .
e:one-quote a oa:TextQuoteSelector ; oa:exact "Nvidia would invest" .
e:one-position a oa:TextPositionSelector ; oa:start 0 ; oa:end 19 .
c:two a kg:Claim , kg:Figure ; rdf:subject d:openai ; kg:measure kg:capacityGW ;
    kg:polarity kg:asserted ; kg:valueLow 4.5 ; kg:valueHigh 4.5 ; kg:unit "GW" ;
    kg:qualifier kg:about ; kg:amountScope kg:ownAmount ;
    prov:wasQuotedFrom s:table ; kg:extractor "table" ; kg:confidence 1.0 ; kg:evidence e:two .
e:two a oa:SpecificResource ; oa:hasSource s:table ; oa:hasSelector e:two-quote , e:two-row .
e:two-quote a oa:TextQuoteSelector ; oa:exact "id: 2" .
e:two-row a kg:RowSelector ; kg:file "data/figures.csv" ; kg:row 2 ; kg:columns "id" .
"""


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "shapes.ttl")


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "kg.ttl")


def findings(turtle: str, shapes: rdflib.Graph, vocabulary: rdflib.Graph) -> dict[str, str]:
    """What validation says of a graph: message → severity."""
    data = rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle")
    _, report, _ = pyshacl.validate(data + vocabulary, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    sh = rdflib.SH
    return {
        str(message): str(report.value(result, sh.resultSeverity)).rpartition("#")[2]
        for result in report.subjects(RDF.type, sh.ValidationResult)
        for message in report.objects(result, sh.resultMessage)
    }


def test_a_good_claim_and_a_good_figure_pass(
    shapes: rdflib.Graph, vocabulary: rdflib.Graph
) -> None:
    assert findings(GOOD, shapes, vocabulary) == {}


BAD = [
    ("kg:amountLow 1.0", "kg:amountLow 3.0", "not above the upper bound"),
    ("kg:valueLow 4.5", "kg:valueLow 9.5", "not above the upper bound"),
    ("kg:amountLow 1.0", 'kg:amountLow "one"', "lower bound that is a decimal"),
    ("kg:amountLow 1.0", "kg:amountLow -1.0", "payment of zero or more"),
    ('kg:currency "USD"', 'kg:currency "dollars"', "ISO 4217"),
    ('kg:unit "GW" ;', "", "expected a unit"),
    ("kg:qualifier kg:exact ;", "", "expected a qualifier"),
    ("kg:qualifier kg:exact", "kg:qualifier kg:roughly", "qualifier of the ontology"),
    ("kg:amountScope kg:ownAmount ; kg:when", "kg:when", "own or joint"),
    ("kg:ownAmount ; kg:when", "kg:jointAmount ; kg:when", "share a joint amount"),
    ("kg:polarity kg:asserted ; kg:status", "kg:status", "exactly one polarity"),
    ("kg:asserted ; kg:status", "kg:asserted , kg:denied ; kg:status", "exactly one polarity"),
    ("kg:status kg:announced", "kg:status kg:hoped", "status of the ontology"),
    ("prov:wasQuotedFrom s:wire ;", "", "exactly one source"),
    ("prov:wasQuotedFrom s:wire", "prov:wasQuotedFrom s:unknown", "source that is described"),
    ("kg:evidence e:one .", "kg:note 'none' .", "exactly one piece of evidence"),
    ("rdf:subject d:nvidia ;", "", "exactly one subject"),
    ("rdf:object d:openai ;", "", "exactly one object"),
    ("rdf:object d:openai", "rdf:object d:nvidia", "two different things"),
    ("kg:investsIn", "kg:likes", "relation of the ontology"),
    ("kg:investsIn", "kg:investsIn , kg:supplies", "exactly one relation"),
    ("rdf:predicate kg:investsIn ;", "", "either a relation"),
    ("kg:measure kg:capacityGW", "kg:measure kg:beauty", "measure of the ontology"),
    ("kg:valueLow 4.5 ; kg:valueHigh 4.5 ;", "", "have a value"),
    ("kg:confidence 0.9", "kg:confidence 1.9", "from 0 to 1"),
    ('"2025-09-01"^^xsd:date', '"2025-10-01"^^xsd:date', "not after the last"),
    ('"2025-09-01"^^xsd:date', '"2025-09"', "first day"),
    ('"2025-09"^^edtf:EDTF', '"2025-09"', "as EDTF"),
    ("e:one-quote , e:one-position .", "e:one-quote .", "a quote and its place"),
    ("e:one-quote , e:one-position .", "e:one-position , e:two-row .", "one quote among"),
    ('"Nvidia would invest"', '""', "not empty"),
    ("oa:start 0", "oa:start 19", "start before the end"),
    ("oa:start 0", "oa:start -1", "start before the end"),
    ("kg:row 2", "kg:row 0", "row's line"),
    ('; kg:columns "id"', "", "columns read"),
    ("deal:one a kg:Deal .", "deal:one a kg:Deal . deal:two a kg:Deal .", "claim about the deal"),
    ("deal:one a kg:Deal .", "", "deal that is described"),
    ("a kg:Deal .", "a kg:Deal ; kg:partOfDeal deal:none .", "umbrella"),
    ("d:openai a kg:Company ;", "d:openai a kg:Band ;", "class of the ontology"),
    ('skos:prefLabel "Nvidia"@en ;', "", "one name in each language"),
    ('"Nvidia"@en', '"Nvidia"@en , "NVIDIA"@en', "one name in each language"),
    (' ; dct:publisher "The Wire"', "", "a publisher"),
]


@pytest.mark.parametrize(("before", "after", "message"), BAD, ids=lambda text: str(text)[:30])
def test_what_is_wrong_is_refused_by_name(
    before: str, after: str, message: str, shapes: rdflib.Graph, vocabulary: rdflib.Graph
) -> None:
    assert before in GOOD
    found = findings(GOOD.replace(before, after, 1), shapes, vocabulary)
    assert [m for m, severity in found.items() if message in m and severity == "Violation"], found


@pytest.mark.parametrize(
    ("before", "message"),
    [('kg:currency "USD" ;', "expected a currency"), ('dct:title "A deal"@en ;', "a title")],
)
def test_what_a_source_may_leave_out_is_a_warning(
    before: str, message: str, shapes: rdflib.Graph, vocabulary: rdflib.Graph
) -> None:
    found = findings(GOOD.replace(before, "", 1), shapes, vocabulary)
    assert list(found.values()) == ["Warning"]
    assert message in next(iter(found))


def test_every_shape_says_what_it_expects(shapes: rdflib.Graph) -> None:
    """A shape that others only test with, in sh:or, has no finding of its own to word."""
    helpers = {"Has", "Is"}
    for shape in shapes.subjects(RDF.type, rdflib.SH.PropertyShape):
        name = str(shape).rpartition("#")[2]
        if not any(name.startswith(h) and name[len(h) :][:1].isupper() for h in helpers):
            messages = list(shapes.objects(shape, rdflib.SH.message))
            assert [getattr(m, "language", None) for m in messages] == ["en"], name
            assert str(messages[0]).startswith("expected"), name


# ---- Questions, asked of facts written by hand ----

#: A circle of three, a pair that pays each other, a joint sum, a rumour, a denial, an end.
FACTS = """
d:nvidia a kg:Company ; skos:prefLabel "Nvidia"@en .
d:openai a kg:Company ; skos:prefLabel "OpenAI"@en .
d:oracle a kg:Company ; skos:prefLabel "Oracle"@en .
d:softbank a kg:Company ; skos:prefLabel "SoftBank"@en .
d:arm a kg:Company ; skos:prefLabel "Arm"@en ; kg:parent d:softbank .
d:stargate a kg:Project ; skos:prefLabel "Stargate"@en .
d:abilene a kg:Project ; skos:prefLabel "Abilene"@en ; kg:parent d:stargate .
d:dojo a kg:Project ; skos:prefLabel "Dojo"@en .
d:world-model a kg:Concept ; skos:prefLabel "world model"@en .
d:darpa a kg:GovernmentBody ; skos:prefLabel "DARPA"@en .
d:sora a kg:Product ; skos:prefLabel "Sora"@en .
s:a dct:publisher "A" . s:b dct:publisher "B" . s:seed dct:publisher "Seed" .
d:nvidia kg:paysTo d:openai ; kg:investsIn d:openai .
d:openai kg:paysTo d:oracle , d:nvidia . d:oracle kg:paysTo d:nvidia ; kg:supplies d:openai .
"""


def claim(name: str, source: str, ends: str, more: str = "") -> str:
    polarity = "" if "kg:polarity" in more else "kg:polarity kg:asserted ; "
    subject, predicate, object_ = ends.split()
    return (
        f"c:{name} a kg:Claim ; rdf:subject {subject} ; rdf:predicate {predicate} ; "
        f"rdf:object {object_} ; {polarity}prov:wasQuotedFrom {source} ; kg:evidence e:{name}"
        f"{' ; ' + more if more else ''} .\n"
        f'e:{name} oa:hasSelector e:{name}-quote . e:{name}-quote oa:exact "{name}" .\n'
    )


def figure(name: str, source: str, subject: str, measure: str, more: str) -> str:
    return (
        f"c:{name} a kg:Claim , kg:Figure ; rdf:subject {subject} ; kg:measure {measure} ; "
        f"kg:polarity kg:asserted ; prov:wasQuotedFrom {source} ; {more} .\n"
    )


def usd(billions: int, scope: str = "own") -> str:
    value = f'"{billions}000000000"^^xsd:decimal'
    return (
        f'kg:amountLow {value} ; kg:amountHigh {value} ; kg:currency "USD" ; '
        f"kg:amountScope kg:{scope}Amount"
    )


#: What would be worked out, of one round trip and one conflict; the ids are the defaults.
LOOP, DEAL = "loop:7bc40d1285dec1f7897c", "deal:01e0082fbb985e00b70c"
WORKED_OUT = f"""
{LOOP} a kg:MoneyLoop ; kg:rank 1 ; kg:length 2 ; kg:timeOrder "in-time" ;
    rdfs:label "Nvidia → OpenAI → Nvidia"@en , "英伟达 → OpenAI → 英伟达"@zh-hans ;
    kg:hop loop:one , loop:two ; kg:breaksWithout {DEAL} ;
    kg:stateSum loop:announced , loop:committed , loop:completed .
loop:announced kg:reaching kg:announced ; kg:usdLow 1 ; kg:usdHigh 2 .
loop:committed kg:reaching kg:committed .
loop:completed kg:reaching kg:completed .
loop:two kg:position 2 ; kg:flow flow:back .
loop:one kg:position 1 ; kg:flow flow:there .
flow:there kg:payer d:nvidia ; kg:payee d:openai ; kg:voices 2 ; kg:bestClaim c:n1 ;
    kg:carriedBy {DEAL} ; kg:stateSum flow:announced , flow:committed , flow:completed .
flow:announced kg:reaching kg:announced .
flow:committed kg:reaching kg:committed ; kg:usdLow 5 .
flow:completed kg:reaching kg:completed .
flow:back kg:payer d:openai ; kg:payee d:nvidia ; kg:voices 1 ; kg:bestClaim c:o1 ;
    kg:stateSum flow:announced2 , flow:committed2 , flow:completed2 .
flow:announced2 kg:reaching kg:announced .
flow:committed2 kg:reaching kg:committed .
flow:completed2 kg:reaching kg:completed .
d:nvidia kg:paid flow:all ; kg:circular flow:part .
flow:all kg:stateSum flow:all-announced .
flow:all-announced kg:reaching kg:announced ; kg:usdLow 9 .
flow:part kg:stateSum flow:part-announced .
flow:part-announced kg:reaching kg:announced ; kg:usdLow 7 ; kg:usdHigh 8 .
{DEAL} kg:stage stage:two , stage:one .
stage:one kg:position 1 ; kg:status kg:announced ; kg:from "2025-01-01"^^xsd:date .
stage:two kg:position 2 ; kg:status kg:lapsed ; kg:usdHigh 3 .
c:t1 a kg:Claim ; rdf:subject d:arm ; rdf:predicate kg:supplies ; rdf:object d:openai ;
    kg:deal {DEAL} ; kg:polarity kg:asserted .
c:n2 kg:supersedes c:n1 .
conflict:k a kg:Conflict ; kg:rank 1 ; kg:conflictKind kg:sumConflict ;
    kg:side conflict:k-2 , conflict:k-1 .
conflict:k-1 kg:position 1 ; kg:voices 2 ; kg:claim c:n2 .
conflict:k-2 kg:position 2 ; kg:voices 1 ; kg:says "completed" ; kg:claim c:n1 , c:n3 .
edge:b a kg:Edge ; kg:edgeFrom d:nvidia ; kg:edgeRelation kg:investsIn ; kg:edgeTo d:openai ;
    kg:voices 2 ; kg:claimCount 3 ; kg:quotedShare 0 ; kg:bestClaim c:n1 .
edge:a a kg:Edge ; kg:edgeFrom d:oracle ; kg:edgeRelation kg:supplies ; kg:edgeTo d:openai ;
    kg:voices 1 ; kg:claimCount 4 ; kg:quotedShare 0.5 ; kg:bestClaim c:o1 .
"""
NV_OA = "d:nvidia kg:investsIn d:openai"
TOLD = "".join(
    [
        claim("n1", "s:a", NV_OA, f"kg:deal deal:x ; kg:status kg:completed ; {usd(30)}"),
        claim("n2", "s:b", NV_OA, f"kg:deal deal:x ; kg:status kg:lapsed ; {usd(100)}"),
        claim("n3", "s:b", NV_OA, f"kg:deal deal:y ; kg:status kg:announced ; {usd(10)}"),
        claim("n4", "s:b", NV_OA, 'kg:status kg:rumoured ; kg:attributionText "people"'),
        claim("o1", "s:a", "d:oracle kg:supplies d:openai", f'kg:product "GPUs" ; {usd(300)}'),
        claim("s1", "s:a", "d:softbank kg:participatesIn d:stargate", "kg:jointGroup g:j"),
        claim("s2", "s:a", "d:openai kg:participatesIn d:stargate", "kg:jointGroup g:j"),
        claim("d1", "s:b", "d:openai kg:terminates d:dojo", "prov:wasAttributedTo d:arm"),
        claim("d2", "s:seed", "d:softbank kg:investsIn d:dojo", usd(2)),
        claim("w1", "s:a", "d:darpa kg:proposes d:world-model"),
        claim("w2", "s:b", "d:sora kg:embodies d:world-model"),
        claim("x1", "s:b", "d:arm kg:supplies d:openai", "kg:polarity kg:denied"),
        claim("x2", "s:a", "d:openai kg:lendsTo d:arm", f"kg:deal deal:z ; {usd(5)}"),
        figure("f1", "s:a", "d:stargate", "kg:budget", usd(500)),
        figure("f2", "s:a", "d:abilene", "kg:capacityGW", 'kg:valueLow 1.2 ; kg:unit "GW"'),
        figure("f3", "s:a", "d:openai", "kg:revenue", f'{usd(10)} ; kg:when "2025"^^edtf:EDTF'),
        figure("f4", "s:b", "d:openai", "kg:revenue", f'{usd(13)} ; kg:when "2025"^^edtf:EDTF'),
        "deal:x a kg:Deal . deal:y a kg:Deal ; kg:partOfDeal deal:x . deal:z a kg:Deal .\n",
        "d:arm kg:leads d:openai .\n",
        WORKED_OUT,
    ]
)

#: Question → a column, and what stands in it, in order.
ANSWERS: dict[str, tuple[str, list[str]]] = {
    "added-by": ("claim", ["d2"]),
    "between": ("quote", ["n1", "n2", "n3", "n4"]),
    "chip-suppliers": ("supplierName", ["Oracle"]),
    "circular-money": ("circularHigh", ["8"]),
    "circle-of": ("hop2Name", ["", "Oracle"]),
    "claims-by-status": ("status", ["rumoured", "announced", "completed", "lapsed"]),
    "compute-for": ("claim", ["o1"]),
    "concept-map": ("thingName", ["Sora", "DARPA"]),
    "concept-origin": ("name", ["Sora", "DARPA"]),
    "conflicts": ("claim", ["n2", "n1", "n3"]),
    "deal-conflicts": ("kind", ["amounts", "statuses"]),
    "deal-stages": ("status", ["announced", "lapsed"]),
    "denials": ("claim", ["x1"]),
    "edge-trust": ("claim", ["o1", "n1"]),
    "figure-conflicts": ("low", ["13000000000"]),
    "figures-of": ("claim", ["f3", "f4"]),
    "flows-of": ("committedLow", ["5", ""]),
    "funders-of": ("claim", ["n1", "n2", "n3", "n4"]),
    "group-money": ("direction", ["is paid"]),
    "joint-sums": ("subjectName", ["OpenAI", "SoftBank"]),
    "lapsed": ("claim", ["n2"]),
    "largest-claims": ("claim", ["o1", "n2", "n1", "n3", "x2", "d2"]),
    "largest-deals": ("deal", ["y"]),
    "loop-breakers": ("loops", ["1"]),
    "loop-hops": ("quote", ["n1", "o1"]),
    "loops": ("path", ["Nvidia → OpenAI → Nvidia"]),
    "loops-through": ("announcedHigh", ["2"]),
    "money-returns": ("aName", ["Nvidia"]),
    "money-triangles": ("cName", ["Oracle"]),
    "one-source": ("claim", ["o1"]),
    "only-announced": ("claim", ["n3", "n4"]),
    "parts-of": ("partName", ["Abilene"]),
    "people": ("relation", ["leads"]),
    "project-parts": ("claim", ["f1", "s2", "s1"]),
    "rumours": ("saidBy", ["people"]),
    "said-by": ("whoName", ["Arm"]),
    "superseded": ("later", ["n2"]),
    "terminated": ("told", ["ended", "investsIn"]),
    "timeline-of": ("status", ["lapsed", "announced"]),
    "umbrella-deals": ("role", ["whole", "whole", "part"]),
}


OX_TERM = ox.NamedNode | ox.Literal


def plain(term: object) -> str:
    """A value, an IRI by what follows its folder; alike for both engines."""
    if term is None:
        return ""
    text = term.value if isinstance(term, OX_TERM) else str(term)
    return text.rpartition("/")[2] if text.startswith(DEFAULT_BASE) else text


@pytest.fixture(scope="module")
def facts(vocabulary: rdflib.Graph) -> rdflib.Graph:
    return rdflib.Graph().parse(data=PREFIXES + FACTS + TOLD, format="turtle") + vocabulary


@pytest.fixture(scope="module")
def engine(facts: rdflib.Graph) -> ox.Store:
    store = ox.Store()
    store.load(facts.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return store


def test_every_question_has_an_answer_by_hand() -> None:
    assert set(ANSWERS) == set(QUESTIONS)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_question_answers_what_was_written_by_hand(
    name: str, facts: rdflib.Graph, engine: ox.Store
) -> None:
    column, expected = ANSWERS[name]
    rows = engine.query(QUESTIONS[name].text)
    assert isinstance(rows, ox.QuerySolutions)
    values = [v.value for v in rows.variables]
    answer = [[plain(row[v]) for v in values] for row in rows]
    assert [row[values.index(column)] for row in answer] == expected
    same = facts.query(QUESTIONS[name].text)
    assert [[plain(v) for v in row] for row in same] == answer  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_the_order_of_rows_leaves_nothing_to_chance(name: str) -> None:
    """Rows that tie would come in an engine's own order; the last key is what tells rows apart."""
    text = QUESTIONS[name].text
    selected = set(re.findall(r"\?(\w+)", text[text.index("SELECT") : text.index("WHERE")]))
    keys = re.findall(r"\?(\w+)", text.rpartition("ORDER BY")[2])
    ends = {"claim", "claimB", "deal", "organisation"} & selected
    assert not ends or set(keys) & ends, keys


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_questions_use_nothing_that_engines_do_differently(name: str) -> None:
    text = re.sub(r"^#.*", "", QUESTIONS[name].text, flags=re.MULTILINE)
    assert not re.search(r"GROUP_CONCAT|\bSAMPLE\b|\bNOW\(|\bRAND\(|\bUUID|[)\w][*?]\s", text)


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS.values() if q.params], ids=lambda q: q.name
)
def test_a_parameter_stands_in_its_line_by_default(question: Question) -> None:
    for parameter in question.params:
        assert f"VALUES ?{parameter.name} {{ {parameter.default} }}" in question.text
        assert set(parameter.meanings) == set(LANGUAGES)
        other = bind(question, {parameter.name: "nobody"}, Namer())
        assert "/nobody> }" in other
