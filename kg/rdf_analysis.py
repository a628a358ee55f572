"""What is worked out from the claims, as triples of one named graph.

Loops with their hops in order, money flows with their sums, stages of deals, conflicts with their
sides, the trust of edges: SPARQL can ask for all that the commands print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg.analysis import Analysis
from kg.conflicts import Conflict
from kg.interval import Interval
from kg.iri import PREFIXES, Namer, digest
from kg.loops import MoneyLoop
from kg.money import Flow, Position
from kg.rdf import TYPE, boolean, day, decimal, integer, term
from kg.trust import EdgeTrust

#: Languages that loops are named in.
LANGUAGES = ("en", "zh-Hans", "zh-Hant")

_Pairs = Iterator[tuple[NamedNode, NamedNode | Literal]]


def analysis_quads(analysis: Analysis, namer: Namer) -> Iterator[Quad]:
    """Everything that was worked out.

    Args:
        analysis: of the corpus that the graph is of.
        namer: makes the IRIs of the data.

    Yields:
        Quads of the graph "analysis", in no particular order.
    """
    writer = _Writer(analysis, namer)
    graph = NamedNode(namer.iri("graph", "analysis"))
    for subject, predicate, value in writer.triples():
        yield Quad(subject, predicate, value, graph)


class _Writer:
    """Writes one kind of thing after the other."""

    def __init__(self, analysis: Analysis, namer: Namer) -> None:
        self.analysis, self.namer = analysis, namer
        self.books = analysis.books
        self.hops = {(h.flow.payer, h.flow.payee): h for loop in analysis.loops for h in loop.hops}

    def node(self, kind: str, local: str) -> NamedNode:
        return NamedNode(self.namer.iri(kind, local))

    def triples(self) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        a = self.analysis
        for deal, life in a.lives.items():
            for n, position in enumerate(life, 1):
                local = f"{deal}-{n}"
                yield self.node("deal", deal), term("stage"), self.node("stage", local)
                yield from self._all(self.node("stage", local), self._stage(n, position))
        for later, earlier in a.superseded:
            yield self.node("c", later), term("supersedes"), self.node("c", earlier)
        for flow in a.flows.values():
            me = self.node("flow", _flow_id(flow))
            yield from self._all(me, self._flow(flow))
            levels = {s: self.books.at_least(flow.positions, s) for s in self.books.steps()}
            yield from self._sums(me, levels)
        for rank, loop in enumerate(a.loops, 1):
            me = self.node("loop", loop.id)
            yield from self._all(me, self._loop(rank, loop))
            yield from self._sums(me, loop.at_least)
            for n, hop in enumerate(loop.hops, 1):
                step = self.node("loop", f"{loop.id}-{n}")
                yield me, term("hop"), step
                yield step, TYPE, term("Hop")
                yield step, term("position"), integer(n)
                yield step, term("flow"), self.node("flow", _flow_id(hop.flow))
        for actor in a.actors:
            me = self.node("d", actor.entity)
            for name, sums in (("paid", actor.paid), ("circular", actor.circular)):
                node = self.node("flow", f"{actor.entity}-{name}")
                yield me, term(name), node
                yield from self._sums(node, sums)
        for rank, conflict in enumerate(a.conflicts, 1):
            yield from self._conflict(rank, conflict)
        for edge in a.edges:
            local = digest("edge", edge.subject, edge.relation, edge.object)
            yield from self._all(self.node("edge", local), self._edge(edge))

    def _all(
        self, me: NamedNode, pairs: _Pairs
    ) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        for predicate, value in pairs:
            yield me, predicate, value

    def _sums(
        self, me: NamedNode, sums: Mapping[str, Interval]
    ) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        for status, interval in sums.items():
            node = NamedNode(f"{me.value}-{status}")
            yield me, term("stateSum"), node
            yield node, TYPE, term("StateSum")
            yield node, term("reaching"), self._status(status)
            yield from self._all(node, _usd(interval))

    def _stage(self, n: int, position: Position) -> _Pairs:
        yield TYPE, term("Stage")
        yield term("position"), integer(n)
        yield term("status"), self._status(position.status)
        if position.since:
            yield term("from"), day(position.since)
        if position.usd:
            yield from _usd(position.usd)
        if position.original:
            yield term("originalLow"), decimal(position.original.low)
            if position.original.high is not None:
                yield term("originalHigh"), decimal(position.original.high)
            yield term("originalCurrency"), Literal(position.currency)

    def _flow(self, flow: Flow) -> _Pairs:
        yield TYPE, term("Flow")
        yield term("payer"), self.node("d", flow.payer)
        yield term("payee"), self.node("d", flow.payee)
        claims = [self.books.claims[c] for c in flow.claims]
        yield term("voices"), integer(len(self.analysis.voices.of(claims)))
        yield term("bestClaim"), self.node("c", self.books.best(claims).id)
        standing = [p for p in flow.positions if not self.books.is_over(p.status)]
        for position in standing:
            yield term("carriedBy"), self.node("deal", position.deal)
        if hop := self.hops.get((flow.payer, flow.payee)):
            yield term("rumourOnly"), boolean(hop.rumoured)

    def _loop(self, rank: int, loop: MoneyLoop) -> _Pairs:
        yield TYPE, term("MoneyLoop")
        for language in LANGUAGES:
            names = [self._name(p, language) for p in loop.parties]
            label = Literal(" → ".join([*names, names[0]]), language=language.lower())
            yield NamedNode(PREFIXES["rdfs"] + "label"), label
        yield term("rank"), integer(rank)
        yield term("length"), integer(len(loop.hops))
        yield term("timeOrder"), Literal(loop.order)
        if loop.closed_on:
            yield term("closedOn"), day(loop.closed_on)
            yield term("closedBy"), self.node("c", loop.closed_by)
        for deal in loop.breaks:
            yield term("breaksWithout"), self.node("deal", deal)

    def _conflict(
        self, rank: int, conflict: Conflict
    ) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        me = self.node("conflict", conflict.id)
        yield me, TYPE, term("Conflict")
        yield me, term("rank"), integer(rank)
        kind = self.books.ontology.conflicts[conflict.kind]
        yield me, term("conflictKind"), NamedNode(kind.iri)
        for entity in (conflict.subject, conflict.object):
            if entity:
                yield me, term("concerns"), self.node("d", entity)
        if conflict.deal:
            yield me, term("deal"), self.node("deal", conflict.deal)
        yield me, term("decided"), boolean(conflict.decided)
        for n, side in enumerate(conflict.sides, 1):
            node = self.node("conflict", f"{conflict.id}-{n}")
            yield me, term("side"), node
            yield node, TYPE, term("Side")
            yield node, term("position"), integer(n)
            yield node, term("voices"), integer(len(side.voices))
            if side.says:
                yield node, term("says"), Literal(side.says)
            if side.rejected:
                yield node, term("rejected"), boolean(True)
            for claim in side.claims:
                yield node, term("claim"), self.node("c", claim)

    def _edge(self, edge: EdgeTrust) -> _Pairs:
        yield TYPE, term("Edge")
        yield term("edgeFrom"), self.node("d", edge.subject)
        yield term("edgeRelation"), NamedNode(self.books.ontology.relations[edge.relation].iri)
        yield term("edgeTo"), self.node("d", edge.object)
        yield term("voices"), integer(edge.voices)
        yield term("claimCount"), integer(len(edge.claims))
        yield term("bestClaim"), self.node("c", edge.best)
        yield term("quotedShare"), decimal(edge.quoted)

    def _name(self, entity: str, language: str) -> str:
        known = self.books.corpus.entities.get(entity)
        return known.label(language) if known else entity

    def _status(self, code: str) -> NamedNode:
        return NamedNode(self.books.ontology.statuses[code].iri)


def _flow_id(flow: Flow) -> str:
    return digest("flow", flow.payer, flow.payee)


def _usd(interval: Interval) -> _Pairs:
    yield term("usdLow"), decimal(interval.low)
    if interval.high is not None:
        yield term("usdHigh"), decimal(interval.high)
