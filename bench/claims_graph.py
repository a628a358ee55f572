"""A made-up graph of claims for benchmarks, the same for the same size, and questions about it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kg.iri import PREFIXES, Namer

_WORDS = ("equity", "stake", "round", "lease", "chips", "order", "tranche", "warrant", "note")

#: Questions, each of another kind of work for an engine.
QUESTIONS = {
    "one claim": "SELECT ?p ?o { c:1234 ?p ?o }",
    "two hops, filters": (
        "SELECT ?a ?b ?high ?day { ?c rdf:subject ?a ; rdf:object ?b ; kg:amountHigh ?high ;"
        " kg:from ?day . ?b kg:country 'US'"
        " FILTER(?high > 900000 && ?day >= '2023-01-01'^^xsd:date) }"
    ),
    "sum per payer": (
        "SELECT ?a (SUM(?high) AS ?sum) (COUNT(*) AS ?n) { ?c rdf:predicate kg:investsIn ;"
        " rdf:subject ?a ; kg:amountHigh ?high } GROUP BY ?a"
    ),
    "below one owner": "SELECT (COUNT(*) AS ?n) { ?x kg:subsidiaryOf+ d:company-0 }",
    "all owners": "SELECT (COUNT(*) AS ?n) { ?x kg:subsidiaryOf+ ?y }",
    "rings of three": (
        "SELECT ?a ?b ?c { ?a kg:investsIn ?b . ?b kg:investsIn ?c . ?c kg:investsIn ?a"
        " FILTER(STR(?a) < STR(?b) && STR(?a) < STR(?c)) }"
    ),
    "rings of three, counted": (
        "SELECT (COUNT(*) AS ?n) { ?a kg:investsIn ?b . ?b kg:investsIn ?c . ?c kg:investsIn ?a }"
    ),
    "largest, owner if known": (
        "SELECT ?c ?high ?owner { ?c kg:amountHigh ?high ; rdf:subject ?a"
        " OPTIONAL { ?a kg:subsidiaryOf ?owner } } ORDER BY DESC(?high) ?c LIMIT 20"
    ),
    "all counted": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "words in quotes": (
        "SELECT (COUNT(*) AS ?n) { ?c oa:exact ?q"
        " FILTER(REGEX(?q, 'chips order|warrant note', 'i')) }"
    ),
    "every claim, five columns": (
        "SELECT ?c ?a ?b ?high ?day { ?c rdf:subject ?a ; rdf:object ?b ; kg:amountHigh ?high ;"
        " kg:from ?day }"
    ),
}


def write_graph(path: Path, triples: int) -> None:
    """Writes a graph of about so many triples as N-Quads.

    Args:
        path: the file.
        triples: its size; nine of ten are of claims, of which each has nine.
    """
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_lines(triples))


def _lines(triples: int) -> Iterator[str]:
    chance = random.Random(7)
    names = Namer().prefixes
    kg, d, c = names["kg"], names["d"], names["c"]
    rdf, xsd = PREFIXES["rdf"], PREFIXES["xsd"]
    companies, claims = triples // 40, triples // 10
    graph = f"<{names['graph']}bench>"

    def some_company() -> int:
        return int(companies * chance.random() ** 2.5)  # a few have most deals

    for n in range(companies):
        me = f"<{d}company-{n}>"
        yield f"{me} <{rdf}type> <{kg}Company> {graph} .\n"
        yield f'{me} <{kg}country> "{chance.choice(("US", "CN", "JP", "KR", "TW"))}" {graph} .\n'
        if n and chance.random() < 0.5:
            yield f"{me} <{kg}subsidiaryOf> <{d}company-{int(n * chance.random())}> {graph} .\n"
    for n in range(claims):
        me = f"<{c}{n}>"
        a, b = f"<{d}company-{some_company()}>", f"<{d}company-{some_company()}>"
        relation = f"<{kg}{chance.choice(('investsIn', 'investsIn', 'supplies', 'lendsTo'))}>"
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(3900))
        quote = " ".join(chance.choice(_WORDS) for _ in range(10))
        yield f"{a} {relation} {b} {graph} .\n"
        yield f"{me} <{rdf}type> <{kg}Claim> {graph} .\n"
        yield f"{me} <{rdf}subject> {a} {graph} .\n"
        yield f"{me} <{rdf}predicate> {relation} {graph} .\n"
        yield f"{me} <{rdf}object> {b} {graph} .\n"
        high = round(10 ** (3 + 3 * chance.random()), 2)
        yield f'{me} <{kg}amountHigh> "{high}"^^<{xsd}decimal> {graph} .\n'
        yield f'{me} <{kg}from> "{day}"^^<{xsd}date> {graph} .\n'
        yield f'{me} <{kg}currency> "USD" {graph} .\n'
        yield f'{me} <{PREFIXES["oa"]}exact> "{quote}"@en {graph} .\n'
