"""What the tests of extraction share: the engine, made once, and documents from a string."""

from datetime import date
from functools import cache
from typing import Any

from kg.claim import Claim, Document, Source
from kg.extract.proposals import Name, Part
from kg.extract.rules import RulesExtractor
from kg.ontology import load_ontology
from kg.text import fold, lines, script_of, view


@cache
def engine() -> RulesExtractor:
    return RulesExtractor(ontology=load_ontology(), names={})


def document(text: str, language: str = "", **fields: Any) -> Document:
    tag = language or ("en" if script_of(text) == "en" else "zh-Hans")
    return Document(
        source=Source(id="test"), text=text, language=tag, date=date(2025, 6, 10), **fields
    )


def claims(text: str, language: str = "") -> list[Claim]:
    """The claims of a text below a headline that says nothing."""
    return list(
        engine().extract(
            document(f"要闻\n{text}" if max(text) >= "一" else f"News\n{text}", language)
        )
    )


def said(text: str, language: str = "") -> set[tuple[str, str, str]]:
    """Subject, relation and object of what is asserted."""
    return {
        (c.subject.name, c.relation, c.object.name)
        for c in claims(text, language)
        if c.object is not None and not c.negated
    }


def names(text: str) -> list[tuple[str, str]]:
    """The names of a one-paragraph document and their classes."""
    folded = fold(text)
    views = [view(folded, s.start, s.end) for s in lines(text)]
    parts = [Part(v.text, script_of(v.text)) for v in views]
    found: list[list[Name]] = engine().finder.find(parts)
    return [
        (text[slice(*v.span(n.start, n.end))], n.type)
        for v, row in zip(views, found, strict=True)
        for n in row
    ]
