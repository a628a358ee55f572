"""Claims as triples: what the graph says, and how.

Every node has an IRI that follows from content; there are no blank nodes, so the graph can be
sorted and compared byte by byte. One named graph per source; entities, deals and what is derived
have graphs of their own. The vocabulary is in ontology/kg.ttl. kg.rdf_read is the way back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import __version__
from kg.claim import Amount, Claim, Corpus, Deal, Entity, Evidence, Source, plain
from kg.iri import KG, PREFIXES, Namer, digest
from kg.ontology import Ontology, Relation
from kg.times import parse_edtf

RDF, OA, PROV, DCT, SKOS, XSD = (PREFIXES[p] for p in ("rdf", "oa", "prov", "dct", "skos", "xsd"))
TYPE = NamedNode(RDF + "type")
_ABSOLUTE = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def term(name: str) -> NamedNode:
    """A term of the ontology by its local name."""
    return NamedNode(KG + name)


def decimal(number: Decimal) -> Literal:
    """A number in the canonical form of xsd:decimal, which every engine keeps."""
    text = plain(number)
    return Literal("0" if text == "-0" else text, datatype=NamedNode(XSD + "decimal"))


def day(value: date) -> Literal:
    """A day as xsd:date; partial dates never come here."""
    return Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))


def is_live(claim: Claim, corpus: Corpus, ontology: Ontology) -> bool:
    """Whether a claim supports a plain edge.

    It is asserted, not rejected in the ledger, and its status, if it has one, is one that the
    ontology calls live; a relation that is itself about an ending holds in any status.
    """
    if claim.kind != "relation" or claim.negated or claim.id in corpus.rejected:
        return False
    relation = ontology.relations.get(claim.relation)
    if relation is None:
        return False
    status = ontology.statuses.get(claim.status)
    return relation.about_ending or status is None or status.live


def payments(claim: Claim, corpus: Corpus, ontology: Ontology) -> tuple[str, str] | None:
    """Payer and payee of a claim as entity ids; None when no money flows.

    Ideas, markets and sectors are in no money flow, whatever is claimed of them.
    """
    relation = ontology.relations.get(claim.relation)
    if relation is None or claim.object is None:
        return None
    ends = (claim.subject.entity, claim.object.entity)
    if any(e not in corpus.entities or corpus.entities[e].type == "Concept" for e in ends):
        return None
    flow = relation.money_flow
    own = claim.amount is not None and claim.amount.money and not claim.joint
    if flow == "subject-to-object" or (flow == "own-amount" and own):
        return ends
    return ends[::-1] if flow == "object-to-subject" else None


def edges(corpus: Corpus, ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    """The plain edges that live claims support: subject id, code, object id."""
    for claim in corpus.claims:
        if not is_live(claim, corpus, ontology) or claim.object is None:
            continue
        relation: Relation = ontology.relations[claim.relation]
        subject, object_ = claim.subject.entity, claim.object.entity
        for code in (relation.code, *relation.supers):
            yield subject, code, object_
            if relation.symmetric:
                yield object_, code, subject
        if pair := payments(claim, corpus, ontology):
            yield pair[0], "paysTo", pair[1]


def quads(corpus: Corpus, ontology: Ontology, namer: Namer) -> Iterator[Quad]:
    """Everything the graph says.

    Args:
        corpus: linked claims with their entities, sources and deals.
        ontology: its terms, and its own triples, which queries use for labels.
        namer: makes the IRIs of the data.

    Yields:
        Quads, in no particular order, some more than once.
    """
    vocabulary = NamedNode(KG.removesuffix("#"))
    for triple in parse(path=str(ontology.folder / "kg.ttl"), format=RdfFormat.TURTLE):
        yield Quad(triple.subject, triple.predicate, triple.object, vocabulary)
    writer = _Writer(corpus, ontology, namer)
    for entity in corpus.entities.values():
        yield from writer.entity(entity)
    for source in corpus.sources.values():
        yield from writer.source(source)
    for deal in corpus.deals.values():
        yield from writer.deal(deal)
    for claim in corpus.claims:
        yield from writer.claim(claim)
    derived = NamedNode(namer.iri("graph", "derived"))
    for subject, code, object_ in set(edges(corpus, ontology)):
        yield Quad(writer.node("d", subject), term(code), writer.node("d", object_), derived)


class _Writer:
    """Writes one kind of thing after the other."""

    def __init__(self, corpus: Corpus, ontology: Ontology, namer: Namer) -> None:
        self.corpus, self.ontology, self.namer = corpus, ontology, namer
        self.rejections = {d.left: d for d in corpus.decisions if d.kind == "reject"}

    def node(self, kind: str, local: str) -> NamedNode:
        return NamedNode(self.namer.iri(kind, local))

    def entity(self, entity: Entity) -> Iterator[Quad]:
        graph = self.node("graph", "entities")
        me = self.node("d", entity.id)
        kind = self.ontology.types.get(entity.type)
        yield Quad(me, TYPE, NamedNode(kind.iri if kind else KG + "Entity"), graph)
        for tag, label in entity.labels.items():
            label_ = Literal(label, language=tag.lower())
            yield Quad(me, NamedNode(SKOS + "prefLabel"), label_, graph)
        for alias in entity.aliases:
            yield Quad(me, NamedNode(SKOS + "altLabel"), Literal(alias), graph)
        for name in ("country", "ticker", "wikidata"):
            if value := getattr(entity, name):
                yield Quad(me, term(name), Literal(value), graph)
        if entity.parent:
            yield Quad(me, term("parent"), self.node("d", entity.parent), graph)
        yield Quad(me, term("curated"), boolean(entity.curated), graph)

    def source(self, source: Source) -> Iterator[Quad]:
        me = graph = self.node("s", source.id)
        yield Quad(me, TYPE, NamedNode(PROV + "Entity"), graph)
        for name, value in (
            (DCT + "title", source.title),
            (DCT + "publisher", source.publisher),
            (DCT + "language", source.language),
            (DCT + "type", source.kind),
            (KG + "sha256", source.sha256),
            (KG + "file", source.file),
        ):
            if value:
                yield Quad(me, NamedNode(name), Literal(value), graph)
        if source.issued:
            yield Quad(me, NamedNode(DCT + "issued"), _edtf(source.issued), graph)
        if _ABSOLUTE.fullmatch(source.url):
            yield Quad(me, NamedNode(DCT + "source"), NamedNode(source.url), graph)
        elif source.url:  # what is no address is kept as it is written, never made one
            yield Quad(me, NamedNode(DCT + "source"), Literal(source.url), graph)
        for other in source.restates:
            yield Quad(me, term("restates"), self.node("s", other), graph)

    def deal(self, deal: Deal) -> Iterator[Quad]:
        graph = self.node("graph", "deals")
        me = self.node("deal", deal.id)
        yield Quad(me, TYPE, term("Deal"), graph)
        if deal.why:
            yield Quad(me, NamedNode(PREFIXES["rdfs"] + "comment"), Literal(deal.why), graph)
        if deal.part_of:
            yield Quad(me, term("partOfDeal"), self.node("deal", deal.part_of), graph)

    def claim(self, claim: Claim) -> Iterator[Quad]:
        graph = self.node("s", claim.evidence.source)
        for predicate, value in self._about(claim):
            yield Quad(self.node("c", claim.id), predicate, value, graph)
        yield from self._evidence(claim, graph)

    def _about(self, claim: Claim) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        yield TYPE, term("Claim")
        yield NamedNode(RDF + "subject"), self.node("d", claim.subject.entity)
        yield term("subjectText"), Literal(claim.subject.name)
        if claim.kind == "figure":
            yield TYPE, term("Figure")
            yield term("measure"), NamedNode(self.ontology.measures[claim.measure].iri)
        elif claim.object is not None:
            relation = self.ontology.relations[claim.relation]
            yield NamedNode(RDF + "predicate"), NamedNode(relation.iri)
            yield NamedNode(RDF + "object"), self.node("d", claim.object.entity)
            yield term("objectText"), Literal(claim.object.name)
        yield term("polarity"), term("denied" if claim.negated else "asserted")
        if claim.status:
            yield term("status"), NamedNode(self.ontology.statuses[claim.status].iri)
        if claim.amount is not None:
            yield from self._amount(claim.amount, claim)
        if claim.joint:
            group = digest(claim.evidence.source, claim.joint)
            yield term("jointGroup"), self.node("g", group)
            yield term("jointToken"), Literal(claim.joint)
        if claim.share is not None:
            yield term("sharePercent"), decimal(claim.share)
        if claim.when is not None:
            yield term("when"), _edtf(claim.when.edtf, always=True)
            if claim.when.first:
                yield term("from"), day(claim.when.first)
            if claim.when.last:
                yield term("until"), day(claim.when.last)
        source = self.node("s", claim.evidence.source)
        yield NamedNode(PROV + "wasQuotedFrom"), source
        run = self.node("run", f"{claim.extractor}-{__version__}")
        yield NamedNode(PROV + "wasGeneratedBy"), run
        if claim.attributed_to is not None:
            yield term("attributionText"), Literal(claim.attributed_to.name)
            if claim.attributed_to.entity:
                who = self.node("d", claim.attributed_to.entity)
                yield NamedNode(PROV + "wasAttributedTo"), who
        yield term("extractor"), Literal(claim.extractor)
        yield term("confidence"), decimal(claim.confidence)
        yield term("evidence"), self.node("e", _evidence_id(claim.evidence))
        for name in ("product", "note", "key", "umbrella"):
            if text := getattr(claim, name):
                yield term(name), Literal(text)
        if claim.part_of:
            yield term("partOf"), Literal(claim.part_of)
        if claim.deal:
            yield term("deal"), self.node("deal", claim.deal)
        if decision := self.rejections.get(claim.id):
            yield term("rejected"), boolean(True)
            for name, text in (
                ("decisionReason", decision.reason),
                ("decidedBy", decision.by),
                ("decidedOn", decision.date),
            ):
                if text:
                    yield term(name), Literal(text)

    def _amount(
        self, amount: Amount, claim: Claim
    ) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        name = "amount" if amount.money else "value"
        for end, bound in (("Low", amount.low), ("High", amount.high)):
            if bound is not None:
                yield term(name + end), decimal(bound)
        if amount.currency:
            yield term("currency"), Literal(amount.currency)
        if amount.unit is not None:
            yield term("unit"), Literal(amount.unit)
        yield term("qualifier"), NamedNode(self.ontology.qualifiers[amount.qualifier].iri)
        if amount.text:
            yield term("amountText"), Literal(amount.text)
        if amount.period:
            period = Literal(amount.period, datatype=NamedNode(XSD + "duration"))
            yield term("amountPeriod"), period
        yield term("amountScope"), term("jointAmount" if claim.joint else "ownAmount")

    def _evidence(self, claim: Claim, graph: NamedNode) -> Iterator[Quad]:
        e = claim.evidence
        local = _evidence_id(e)
        me, quote = self.node("e", local), self.node("e", f"{local}-quote")
        selector = NamedNode(OA + "hasSelector")
        yield Quad(me, TYPE, NamedNode(OA + "SpecificResource"), graph)
        yield Quad(me, NamedNode(OA + "hasSource"), self.node("s", e.source), graph)
        yield Quad(me, selector, quote, graph)
        yield Quad(quote, TYPE, NamedNode(OA + "TextQuoteSelector"), graph)
        yield Quad(quote, NamedNode(OA + "exact"), Literal(e.quote), graph)
        if e.start is not None and e.end is not None:
            place = self.node("e", f"{local}-position")
            yield Quad(me, selector, place, graph)
            yield Quad(place, TYPE, NamedNode(OA + "TextPositionSelector"), graph)
            yield Quad(place, NamedNode(OA + "start"), integer(e.start), graph)
            yield Quad(place, NamedNode(OA + "end"), integer(e.end), graph)
        if e.row is not None:
            place = self.node("e", f"{local}-row")
            yield Quad(me, selector, place, graph)
            yield Quad(place, TYPE, term("RowSelector"), graph)
            yield Quad(place, term("file"), Literal(e.file), graph)
            yield Quad(place, term("row"), integer(e.row), graph)
            yield Quad(place, term("columns"), Literal("|".join(e.columns)), graph)


def _evidence_id(e: Evidence) -> str:
    return digest(e.source, e.file, str(e.row), str(e.start), str(e.end), e.quote)


def integer(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))


def _edtf(text: str, always: bool = False) -> Literal:
    """A time; one that is a whole day is an xsd:date, unless it should always be EDTF."""
    when = parse_edtf(text)
    if not always and when is not None and when.first == when.last and len(text) == 10:
        return Literal(text, datatype=NamedNode(XSD + "date"))
    return Literal(text, datatype=NamedNode(PREFIXES["edtf"] + "EDTF"))


def write_nquads(statements: Iterable[Quad], path: Path) -> int:
    """Writes quads as sorted, unique N-Quads lines; the file appears whole or not at all.

    Args:
        statements: quads without blank nodes.
        path: the file.

    Returns:
        The number of lines.
    """
    lines = sorted({f"{quad} .\n".encode() for quad in statements})
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.writelines(lines)
    beside.replace(path)
    return len(lines)
