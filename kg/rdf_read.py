"""The way back from triples to claims: what kg.rdf wrote becomes the same plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.claim import Amount, Claim, Corpus, Deal, Decision, Entity, Evidence, Mention, Source, When
from kg.iri import KG, PREFIXES, Namer
from kg.ontology import Ontology

RDF, OA, PROV, DCT, SKOS = (PREFIXES[p] for p in ("rdf", "oa", "prov", "dct", "skos"))
_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


def read_corpus(path: Path, ontology: Ontology, namer: Namer) -> Corpus:
    """Reads a graph that kg built.

    Args:
        path: graph.nq.
        ontology: turns IRIs of terms into codes.
        namer: turns IRIs of the data into identifiers.

    Returns:
        Entities, sources, claims, deals and the decisions that reject claims; what is derived from
        them is left out, since it follows.
    """
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    worked_out = {namer.iri("graph", name) for name in ("derived", "analysis")}
    skip = {KG.removesuffix("#"), *worked_out}
    for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and graph.value in skip:
            continue
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or isinstance(value, Triple):
            continue
        if isinstance(value, Literal) and value.language:
            if quad.predicate.value == SKOS + "prefLabel":
                labels[subject.value][_TAGS.get(value.language, value.language)] = value.value
            continue
        nodes[subject.value][quad.predicate.value].append(value.value)
    return _Reader(nodes, labels, ontology, namer).corpus()


class _Reader:
    """Turns the triples of each node into the value it was written from."""

    def __init__(
        self,
        nodes: Mapping[str, Mapping[str, list[str]]],
        labels: Mapping[str, Mapping[str, str]],
        ontology: Ontology,
        namer: Namer,
    ) -> None:
        self.nodes, self.labels, self.namer = nodes, labels, namer
        terms = (
            *ontology.types.values(),
            *ontology.relations.values(),
            *ontology.measures.values(),
            *ontology.statuses.values(),
            *ontology.qualifiers.values(),
        )
        self.codes = {t.iri: t.code for t in terms}

    def corpus(self) -> Corpus:
        kinds: dict[str, dict[str, str]] = {"d": {}, "s": {}, "c": {}, "deal": {}}
        for iri in sorted(self.nodes):
            known = self.namer.local(iri)
            if known and known[0] in kinds:
                kinds[known[0]][known[1]] = iri
        claims = tuple(self._claim(iri) for iri in kinds["c"].values())
        members: dict[str, list[str]] = defaultdict(list)
        for claim, local in zip(claims, kinds["c"], strict=True):
            if claim.deal:
                members[claim.deal].append(local)
        decisions = tuple(
            Decision(
                kind="reject",
                left=local,
                reason=self._one(iri, KG + "decisionReason"),
                by=self._one(iri, KG + "decidedBy"),
                date=self._one(iri, KG + "decidedOn"),
            )
            for local, iri in kinds["c"].items()
            if self._one(iri, KG + "rejected")
        )
        return Corpus(
            entities={local: self._entity(local, iri) for local, iri in kinds["d"].items()},
            sources={local: self._source(local, iri) for local, iri in kinds["s"].items()},
            claims=claims,
            deals={
                local: Deal(
                    id=local,
                    claims=tuple(sorted(members[local])),
                    part_of=self._local(iri, KG + "partOfDeal"),
                    why=self._one(iri, PREFIXES["rdfs"] + "comment"),
                )
                for local, iri in kinds["deal"].items()
            },
            decisions=decisions,
        )

    def _entity(self, local: str, iri: str) -> Entity:
        return Entity(
            id=local,
            type=self._code(iri, RDF + "type"),
            labels=dict(sorted(self.labels[iri].items())),
            aliases=tuple(sorted(self.nodes[iri].get(SKOS + "altLabel", ()))),
            country=self._one(iri, KG + "country"),
            ticker=self._one(iri, KG + "ticker"),
            wikidata=self._one(iri, KG + "wikidata"),
            parent=self._local(iri, KG + "parent"),
            curated=self._one(iri, KG + "curated") != "false",
        )

    def _source(self, local: str, iri: str) -> Source:
        restates = (self.namer.local(r) for r in self.nodes[iri].get(KG + "restates", ()))
        return Source(
            id=local,
            title=self._one(iri, DCT + "title"),
            publisher=self._one(iri, DCT + "publisher"),
            issued=self._one(iri, DCT + "issued"),
            url=self._one(iri, DCT + "source"),
            language=self._one(iri, DCT + "language"),
            kind=self._one(iri, DCT + "type"),
            sha256=self._one(iri, KG + "sha256"),
            file=self._one(iri, KG + "file"),
            restates=tuple(sorted(r[1] for r in restates if r)),
        )

    def _claim(self, iri: str) -> Claim:
        measure = self._code(iri, KG + "measure")
        kind: OneOf["relation", "figure"] = "figure" if measure else "relation"
        object_ = self._local(iri, RDF + "object")
        share = self._one(iri, KG + "sharePercent")
        who = self._one(iri, KG + "attributionText")
        by = self._local(iri, PROV + "wasAttributedTo")
        when = self._one(iri, KG + "when")
        return Claim(
            kind=kind,
            subject=Mention(
                self._one(iri, KG + "subjectText"), entity=self._local(iri, RDF + "subject")
            ),
            relation=self._code(iri, RDF + "predicate"),
            object=Mention(self._one(iri, KG + "objectText"), entity=object_) if object_ else None,
            measure=measure,
            evidence=self._evidence(iri),
            amount=self._amount(iri),
            share=Decimal(share) if share else None,
            when=When(when, self._day(iri, "from"), self._day(iri, "until")) if when else None,
            status=self._code(iri, KG + "status"),
            negated=self._one(iri, KG + "polarity") == KG + "denied",
            joint=self._one(iri, KG + "jointToken"),
            product=self._one(iri, KG + "product"),
            attributed_to=Mention(who, entity=by) if who else None,
            extractor=self._one(iri, KG + "extractor"),
            confidence=Decimal(self._one(iri, KG + "confidence") or "1"),
            note=self._one(iri, KG + "note"),
            deal=self._local(iri, KG + "deal"),
            umbrella=self._one(iri, KG + "umbrella"),
            part_of=self._one(iri, KG + "partOf"),
            key=self._one(iri, KG + "key"),
        )

    def _amount(self, iri: str) -> Amount | None:
        qualifier = self._code(iri, KG + "qualifier")
        if not qualifier:
            return None
        unit = self._one(iri, KG + "unit") or None
        name = "amount" if unit is None else "value"
        low, high = (self._one(iri, f"{KG}{name}{end}") for end in ("Low", "High"))
        return Amount(
            low=Decimal(low) if low else None,
            high=Decimal(high) if high else None,
            currency=self._one(iri, KG + "currency") or None,
            unit=unit,
            qualifier=qualifier,
            text=self._one(iri, KG + "amountText"),
            period=self._one(iri, KG + "amountPeriod") or None,
        )

    def _evidence(self, claim: str) -> Evidence:
        me = self._one(claim, KG + "evidence")
        quote = f"{me}-quote"
        place, row = f"{me}-position", f"{me}-row"
        start, end = self._one(place, OA + "start"), self._one(place, OA + "end")
        line = self._one(row, KG + "row")
        columns = self._one(row, KG + "columns")
        return Evidence(
            source=self._local(me, OA + "hasSource"),
            quote=self._one(quote, OA + "exact"),
            start=int(start) if start else None,
            end=int(end) if end else None,
            file=self._one(row, KG + "file"),
            row=int(line) if line else None,
            columns=tuple(columns.split("|")) if columns else (),
        )

    def _one(self, iri: str, predicate: str) -> str:
        values = self.nodes[iri].get(predicate) if iri in self.nodes else None
        return values[0] if values else ""

    def _code(self, iri: str, predicate: str) -> str:
        values = self.nodes[iri].get(predicate, ()) if iri in self.nodes else ()
        return next((self.codes[v] for v in values if v in self.codes), "")

    def _local(self, iri: str, predicate: str) -> str:
        known = self.namer.local(self._one(iri, predicate))
        return known[1] if known else ""

    def _day(self, iri: str, name: str) -> date | None:
        text = self._one(iri, KG + name)
        return date.fromisoformat(text) if text else None
