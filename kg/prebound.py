"""Values for variables, given beside a query: rdflib's initBindings.

They are written into the query as VALUES at the head of its outermost group, where filters and
aggregates see them as rdflib's own engine would have it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import rdflib
from rdflib.term import Identifier

from kg.query import masked
from kg.terms import to_oxigraph

_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_SHORT = re.compile(r"\bCONSTRUCT\s+(?:FROM\s.*?)?WHERE\b", re.IGNORECASE | re.DOTALL)


def with_bindings(query: str, bindings: Mapping[str, Identifier]) -> str | None:
    """A query with values for some of its variables.

    Args:
        query: SPARQL 1.1.
        bindings: variable → term.

    Returns:
        None when the outermost group cannot be told, or a blank node is given: then another engine
        must do it.
    """
    if not bindings:
        return query
    if any(isinstance(term, rdflib.BNode) for term in bindings.values()):
        return None
    bare = masked(query)
    form = _FORM.search(bare)
    if form is None or form[1].upper() == "DESCRIBE" or _SHORT.search(bare):
        return None
    if form[1].upper() == "CONSTRUCT":
        where = _WHERE.search(bare, form.end())
        place = where.end() if where else -1
    else:
        place = bare.find("{", form.end()) + 1
        if "EXISTS" in bare[form.end() : place].upper():
            return None
    # A group that is one subquery takes no VALUES beside it.
    if place <= 0 or _FORM.match(bare[place:].lstrip()):
        return None
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(to_oxigraph(term)) for term in bindings.values())
    return f"{query[:place]} VALUES ({names}) {{ ({terms}) }} {query[place:]}"
