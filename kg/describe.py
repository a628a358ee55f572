"""What the endpoint and its data are, in RDF.

The service: https://www.w3.org/TR/sparql11-service-description/ ; the data: https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.answer import ROWS, TRIPLES
from kg.iri import PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
}
_PREFIXES = {**PREFIXES, "sd": _SD, "void": _VOID, "formats": _FORMATS}

#: What the description of the data asks the graph: rows of a term and a number.
COUNTS = {
    "triples": "SELECT ?x (COUNT(*) AS ?n) { ?s ?p ?o BIND('' AS ?x) } GROUP BY ?x",
    "subjects": "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o BIND('' AS ?x) } GROUP BY ?x",
    "classes": "SELECT ?x (COUNT(*) AS ?n) { ?s a ?x } GROUP BY ?x ORDER BY DESC(?n) STR(?x)",
    "properties": "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x ORDER BY DESC(?n) STR(?x)",
    "graphs": "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?x { ?s ?p ?o } } GROUP BY ?x ORDER BY STR(?x)",
}


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _number(value: int) -> ox.Literal:
    return ox.Literal(value)


def service(endpoint: str, void: str) -> list[ox.Triple]:
    """The description of the service.

    Args:
        endpoint: its address.
        void: the address of the description of its data.
    """
    me, data = _node(endpoint), _node(void + "#dataset")
    found = [
        (me, _node(PREFIXES["rdf"] + "type"), _node(_SD + "Service")),
        (me, _node(_SD + "endpoint"), me),
        (me, _node(_SD + "supportedLanguage"), _node(_SD + "SPARQL11Query")),
        (me, _node(_SD + "feature"), _node(_SD + "UnionDefaultGraph")),
        (me, _node(_SD + "defaultDataset"), data),
        (data, _node(PREFIXES["rdf"] + "type"), _node(_SD + "Dataset")),
        (data, _node(_SD + "defaultGraph"), _node(void + "#graph")),
        (_node(void + "#graph"), _node(PREFIXES["rdf"] + "type"), _node(_SD + "Graph")),
    ]
    found += [
        (me, _node(_SD + "resultFormat"), _node(_FORMATS + _FORMAT_NAMES[code]))
        for code in [*ROWS, *TRIPLES]
    ]
    return [ox.Triple(*t) for t in found]


def dataset(
    endpoint: str,
    void: str,
    titles: Mapping[str, str],
    counts: Mapping[str, Iterable[tuple[str, int]]],
) -> list[ox.Triple]:
    """The description of the data.

    Args:
        endpoint: the address where it can be asked.
        void: the address of this description.
        titles: language → title of the workspace.
        counts: for each of COUNTS, IRIs and numbers.
    """
    me = _node(void + "#dataset")
    triples = [
        ox.Triple(me, _node(PREFIXES["rdf"] + "type"), _node(_VOID + "Dataset")),
        ox.Triple(me, _node(_VOID + "sparqlEndpoint"), _node(endpoint)),
        *(
            ox.Triple(me, _node(PREFIXES["dct"] + "title"), ox.Literal(title, language=language))
            for language, title in sorted(titles.items())
        ),
    ]
    for name, prop in (("triples", "triples"), ("subjects", "distinctSubjects")):
        for _, number in counts[name]:
            triples.append(ox.Triple(me, _node(_VOID + prop), _number(number)))
    parts = (
        ("classes", "classPartition", "class", "entities"),
        ("properties", "propertyPartition", "property", "triples"),
    )
    for name, partition, term, unit in parts:
        for n, (iri, number) in enumerate(counts[name], 1):
            part = _node(f"{void}#{term}-{n}")
            triples += [
                ox.Triple(me, _node(_VOID + partition), part),
                ox.Triple(part, _node(_VOID + term), _node(iri)),
                ox.Triple(part, _node(_VOID + unit), _number(number)),
            ]
    named = [
        ox.Triple(me, _node(_SD + "namedGraph"), _node(f"{void}#graph-{n}"))
        for n, _ in enumerate(counts["graphs"], 1)
    ]
    for n, (iri, number) in enumerate(counts["graphs"], 1):
        part = _node(f"{void}#graph-{n}")
        named += [
            ox.Triple(part, _node(_SD + "name"), _node(iri)),
            ox.Triple(part, _node(_VOID + "triples"), _number(number)),
        ]
    return triples + named


def written(triples: Iterable[ox.Triple], code: str) -> bytes:
    """Triples in a format: a key of TRIPLES."""
    prefixes = _PREFIXES if code in ("ttl", "rdfxml") else None
    return ox.serialize(triples, format=TRIPLES[code][0], prefixes=prefixes) or b""
