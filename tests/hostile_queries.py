"""Queries made to hurt: each would run for hours, eat all memory, crash the engine or reach out."""

from __future__ import annotations

_MANY = " ".join(map(str, range(2000)))
_DOUBLING = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))

#: They take time or memory without end; the server must stop them.
ENDLESS = {
    "cartesian": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "cartesian in an ASK": (
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?e), STR(?h)) = 'x') }"
    ),
    # Counted, since a fast machine sends as many rows as it may before its time is up.
    "distinct pairs": (
        "SELECT (COUNT(*) AS ?n)"
        " { SELECT DISTINCT ?a ?c ?d ?f ?g ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"
    ),
    "sorted pairs": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(?c) ?f ?i",
    "VALUES crossed": (
        f"SELECT (SUM(?a * ?b * ?c) AS ?n) {{ VALUES ?a {{ {_MANY} }} VALUES ?b {{ {_MANY} }}"
        f" VALUES ?c {{ {_MANY} }} }}"
    ),
    "paths from anywhere to anywhere": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:>|^!<x:>)* ?b . ?b (!<x:>|^!<x:>)* ?c ."
        " ?c (!<x:>|^!<x:>)+ ?d }"
    ),
    "MINUS without a shared name": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?x ?y ?z MINUS { ?g ?h ?i . ?j ?k ?l } }"
    ),
    "a graph of all pairs": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a group that holds everything": (
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f), STR(?i))) AS ?n)"
        " { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ),
    "a string doubled forty times": (
        f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('{'x' * 64}' AS ?x0) {_DOUBLING} }}"
    ),
    "subqueries in subqueries": (
        "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?a ?f { ?a ?b ?c . ?d ?e ?f } }"
        " { SELECT DISTINCT ?g ?l { ?g ?h ?i . ?j ?k ?l } } }"
    ),
    "a regular expression for each pair": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
        " FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '^(a+)+(b|c|d)*(x+x+)+y$', 'i')) }"
    ),
}

#: They end at once, in whatever way, or are refused.
SHARP = {
    "a catastrophic regular expression": (
        f"SELECT (REGEX('{'a' * 5000}!', '^(a+)+$') AS ?x) {{ }}"
    ),
    "a regular expression that grows": (
        "SELECT (REGEX('a', '((((a{1,100}){1,100}){1,100}){1,100}){1,100}') AS ?x) {}"
    ),
    "100,000 brackets": f"SELECT ({'(' * 100_000}1{')' * 100_000} AS ?x) {{}}",
    "100,000 braces": f"SELECT * {'{' * 100_000}{'}' * 100_000}",
    "100,000 square brackets": f"ASK {{ ?s ?p {'[ ?p ' * 100_000}1{' ]' * 100_000} }}",
    "100,000 negations": f"ASK {{ FILTER({'!' * 100_000}true) }}",
    "100,000 signs": f"ASK {{ FILTER({'- ' * 100_000}1 > 0) }}",
    "a sum of 200,000": f"SELECT (1{'+1' * 200_000} AS ?x) {{}}",
    "200,000 alternatives": f"ASK {{ FILTER(true{'||true' * 140_000}) }}",
    "a path of 100,000 steps": f"ASK {{ <x:a> <x:>{'/<x:>' * 100_000} <x:b> }}",
    "60,000 unions": f"ASK {{ {{}}{' UNION {}' * 60_000} }}",
    "30,000 optionals": f"ASK {{ {'OPTIONAL { ?s ?p ?o } ' * 30_000} }}",
    "an escaped keyword": r"SELECT * { S\u0045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "an escaped keyword, long": r"SELECT * { \U00000053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "an escaped quote": (
        'SELECT * { BIND("\\u0022" AS ?x) SERVICE <http://127.0.0.1:9/> {?a ?b ?c} } #"'
    ),
    "a million characters": f"ASK {{ ?s ?p '{'x' * 999_900}' }}",
    "more than a million": f"ASK {{ ?s ?p '{'x' * 1_000_001}' }}",
    "nothing": "",
    "no text": "\x00\x01\x02",
}
