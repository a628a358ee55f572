"""The domain, read from ontology/kg.ttl: classes, relations, measures, statuses, qualifiers.

Nothing about the domain is written in Python: a relation, a colour or a language that is added to
kg.ttl is known to every part of kg that asks here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import WorkspaceError
from kg.iri import KG, PREFIXES
from kg.looks import expected

#: IRIs of the four ways in which a relation moves money → the words used in code.
FLOWS = {
    KG + "subjectToObject": "subject-to-object",
    KG + "objectToSubject": "object-to-subject",
    KG + "ownAmountOnly": "own-amount",
    KG + "noFlow": "none",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the ontology.

    Args:
        code: the notation used in tables, JSON and Python.
        iri: what the graph uses.
        labels, definitions, notes: language tag ("en", "zh-Hans", "zh-Hant") → text.
        order: place in legends and lists.
        color: "#rrggbb", "" when the ontology gives none.
    """

    code: str
    iri: str
    labels: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    order: int = 0
    color: str = ""

    def label(self, language: str) -> str:
        """The label in a language, else in English, else the code."""
        return self.labels.get(language) or self.labels.get("en") or self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityType(Term):
    """A class of entities.

    Args:
        shape: how a page draws it.
        supers: codes of the classes above it.
        shareable: whether several parties can have such a thing at one time: a technology.
        agent: whether it acts, pays and is paid in its own name.
    """

    shape: str = "dot"
    supers: tuple[str, ...] = ()
    shareable: bool = False
    agent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Term):
    """A relation between two entities.

    Args:
        money_flow: who pays: "subject-to-object", "object-to-subject", "own-amount" (the subject
            pays when the amount is its own, not joint) or "none".
        symmetric: whether it holds in both directions.
        line_style: "solid", "dashed" or "dashdot"; what is no longer live is drawn dotted.
        supers: codes of the properties above it ("funds").
        subject_types, object_types: codes of classes that fit; empty when any does. Of the object's
            the usual one stands first: a new thing of which nothing tells the class is of that.
        about_ending: whether the relation itself says that something ended, so that the status
            "terminated" fulfils it.
        standing: whether it holds between two parties once, whatever is told of it.
        sole: "subject" or "object" where there is one at a time (who ends a project had it), or "".
    """

    money_flow: str = "none"
    symmetric: bool = False
    line_style: str = "solid"
    supers: tuple[str, ...] = ()
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    about_ending: bool = False
    sole: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Term):
    """A state of a claim.

    Args:
        live: whether such a claim supports a plain edge.
        over: whether it ends the deal.
        assumed: whether a claim whose source marks no state is taken to be in this one.
        excludes: codes of states that cannot stand beside this one at one date.
    """

    live: bool = True
    over: bool = False
    assumed: bool = False
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Term):
    """What a figure measures.

    Args:
        comparable: whether two values of one entity and one time speak of the same thing; a growth
            rate may be that of sales or of losses.
        total: whether the value is of the whole, whatever time it is told for: a budget.
        per_period: whether it is of a stretch of time: a quarter's revenue is no year's.
    """

    comparable: bool = True
    total: bool = False
    per_period: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """All terms by code, and the folder they were read from."""

    folder: Path
    types: Mapping[str, EntityType]
    relations: Mapping[str, Relation]
    measures: Mapping[str, Measure]
    statuses: Mapping[str, Status]
    qualifiers: Mapping[str, Term]
    conflicts: Mapping[str, Term]

    @property
    def assumed_status(self) -> str:
        """The code of the status of a claim whose source marks none."""
        return next((c for c, s in self.statuses.items() if s.assumed), next(iter(self.statuses)))


def packaged_ontology() -> Path:
    """The ontology/ that comes with kg: inside a wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    inside = package / "_ontology"
    return inside if inside.is_dir() else package.parent / "ontology"


def load_ontology(folder: Path | None = None) -> Ontology:
    """Reads kg.ttl.

    Args:
        folder: a folder with kg.ttl; the packaged one when None.

    Raises:
        WorkspaceError: kg.ttl is missing, is no Turtle, a relation lacks its money flow, or a
            colour, shape, line style, order or code is none.
    """
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    folder = packaged_ontology() if folder is None else folder
    path = folder / "kg.ttl"
    facts: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                facts[quad.subject.value][quad.predicate.value].append(quad.object)
    except FileNotFoundError:
        raise WorkspaceError(f"{path}: no such file; an ontology folder holds kg.ttl") from None
    except SyntaxError as error:
        raise WorkspaceError(f"{path}: not valid Turtle: {error}") from None
    return _Reader(path, facts).ontology(folder)


class _Reader:
    """Turns the triples of kg.ttl, by subject and predicate, into terms."""

    def __init__(self, path: Path, facts: Mapping[str, Mapping[str, list[Any]]]) -> None:
        self.path = path
        self.facts = facts

    def ontology(self, folder: Path) -> Ontology:
        types = {
            c: EntityType(
                **self._term(iri),
                shape=self._fitting(iri, KG + "shape") or "dot",
                supers=self._codes(self._closure(iri, PREFIXES["rdfs"] + "subClassOf")),
                shareable=self._one(iri, KG + "shareable") == "true",
                agent=self._one(iri, KG + "agent") == "true",
            )
            for c, iri in self._coded(PREFIXES["owl"] + "Class")
            if KG + "Entity" in self._closure(iri, PREFIXES["rdfs"] + "subClassOf")
        }
        relations = {c: self._relation(iri) for c, iri in self._coded(KG + "Relation")}
        return Ontology(
            folder=folder,
            types=_ordered(types),
            relations=_ordered(relations),
            measures=_ordered(
                {
                    c: Measure(
                        **self._term(iri),
                        comparable=self._one(iri, KG + "comparable") != "false",
                        total=self._one(iri, KG + "total") == "true",
                        per_period=self._one(iri, KG + "perPeriod") == "true",
                    )
                    for c, iri in self._coded(KG + "Measure")
                }
            ),
            statuses=_ordered(
                {
                    c: Status(
                        **self._term(iri),
                        live=self._one(iri, KG + "live") != "false",
                        over=self._one(iri, KG + "over") == "true",
                        assumed=self._one(iri, KG + "assumed") == "true",
                        excludes=self._codes(self._all(iri, KG + "excludes")),
                    )
                    for c, iri in self._coded(KG + "Status")
                }
            ),
            qualifiers=_ordered(self._terms("Qualifier")),
            conflicts=_ordered(self._terms("ConflictKind")),
        )

    def _relation(self, iri: str) -> Relation:
        flow = FLOWS.get(self._one(iri, KG + "moneyFlow"))
        if flow is None:
            raise WorkspaceError(
                f"{self.path}: relation <{iri}> needs kg:moneyFlow, one of "
                + ", ".join("kg:" + f.removeprefix(KG) for f in FLOWS)
            )
        return Relation(
            **self._term(iri),
            money_flow=flow,
            symmetric=PREFIXES["owl"] + "SymmetricProperty" in self._all(iri, _TYPE),
            line_style=self._fitting(iri, KG + "lineStyle") or "solid",
            supers=self._codes(self._closure(iri, PREFIXES["rdfs"] + "subPropertyOf")),
            subject_types=self._codes(self._all(iri, PREFIXES["schema"] + "domainIncludes")),
            object_types=self._object_types(iri),
            about_ending=self._one(iri, KG + "aboutEnding") == "true",
            sole=self._one(iri, KG + "sole"),
            standing=self._one(iri, KG + "standing") == "true",
        )

    def _object_types(self, iri: str) -> tuple[str, ...]:
        usual = self._codes(self._all(iri, KG + "usualObject"))
        types = self._codes(self._all(iri, PREFIXES["schema"] + "rangeIncludes"))
        if strange := sorted(set(usual) - set(types)):
            raise WorkspaceError(
                f"{self.path}: relation <{iri}>: kg:usualObject {', '.join(strange)}: expected one "
                f"of its schema:rangeIncludes: {', '.join(types) or 'none is given'}"
            )
        return tuple(sorted(types, key=lambda code: (code not in usual, code)))

    def _terms(self, kind: str) -> dict[str, Term]:
        return {c: Term(**self._term(iri)) for c, iri in self._coded(KG + kind)}

    def _term(self, iri: str) -> dict[str, Any]:
        return {
            "code": self._fitting(iri, _NOTATION),
            "iri": iri,
            "labels": self._texts(iri, PREFIXES["skos"] + "prefLabel"),
            "definitions": self._texts(iri, PREFIXES["skos"] + "definition"),
            "notes": self._texts(iri, PREFIXES["skos"] + "scopeNote"),
            "order": int(self._fitting(iri, KG + "order") or 0),
            "color": self._fitting(iri, KG + "color"),
        }

    def _coded(self, type_iri: str) -> list[tuple[str, str]]:
        """Code and IRI of everything of a type that has a code, sorted."""
        found = [i for i, p in self.facts.items() if type_iri in self._all(i, _TYPE)]
        return sorted((self._code(i), i) for i in found if self._code(i))

    def _code(self, iri: str) -> str:
        return self._one(iri, _NOTATION)

    def _codes(self, iris: list[str]) -> tuple[str, ...]:
        return tuple(sorted(c for c in map(self._code, iris) if c))

    def _closure(self, iri: str, predicate: str) -> list[str]:
        """Everything above a term, itself left out."""
        seen: list[str] = []
        queue = self._all(iri, predicate)
        while queue:
            above = queue.pop(0)
            if above not in seen:
                seen.append(above)
                queue += self._all(above, predicate)
        return seen

    def _all(self, iri: str, predicate: str) -> list[str]:
        return [str(getattr(o, "value", o)) for o in self.facts.get(iri, {}).get(predicate, [])]

    def _one(self, iri: str, predicate: str) -> str:
        return next(iter(self._all(iri, predicate)), "")

    def _fitting(self, iri: str, predicate: str) -> str:
        """A value that has a form of its own, "" without one."""
        value = self._one(iri, predicate)
        name = predicate.rpartition("#")[2]
        if value and (wanted := expected(name, value)):
            raise WorkspaceError(f"{self.path}: <{iri}>: {name} {value!r}: expected {wanted}")
        return value

    def _texts(self, iri: str, predicate: str) -> dict[str, str]:
        values = self.facts.get(iri, {}).get(predicate, [])
        return {_bcp47(str(v.language)): v.value for v in values if getattr(v, "language", None)}


_TYPE = PREFIXES["rdf"] + "type"
_NOTATION = PREFIXES["skos"] + "notation"


def _bcp47(tag: str) -> str:
    """Parsers lower-case language tags; a script is written in title case (RFC 5646, 2.1.1)."""
    return "-".join(p.title() if i and len(p) == 4 else p for i, p in enumerate(tag.split("-")))


_T = TypeVar("_T", bound=Term)


def _ordered(terms: Mapping[str, _T]) -> dict[str, _T]:
    return dict(sorted(terms.items(), key=lambda item: (item[1].order, item[0])))
