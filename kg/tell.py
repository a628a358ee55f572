"""How what was worked out is told: as values for programs, and the words that lines are made of.

The same values are behind the commands, the Python functions and the pages. Names and states are
in the language asked for; sums are said by kg.phrases. Lines for people are in kg.lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.analysis import Analysis
from kg.claim import Amount, Claim, plain
from kg.conflicts import Conflict, Side
from kg.deals import explain_deal
from kg.diff import Diff
from kg.interval import Interval
from kg.loops import Actor, Hop, MoneyLoop
from kg.money import Flow, Position
from kg.phrases import Phrases
from kg.roles import Role
from kg.timeline import Event


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the results of one analysis in one language.

    Args:
        analysis: what was worked out.
        phrases: how sums are said.
        language: "en", "zh-Hans" or "zh-Hant".
        roles: the roles that conflicts speak of, for their labels.
    """

    analysis: Analysis
    phrases: Phrases
    language: str = "en"
    roles: tuple[Role, ...] = ()

    def name(self, entity: str) -> str:
        """The name of an entity."""
        known = self.analysis.books.corpus.entities.get(entity)
        return known.label(self.language) if known else entity

    def status(self, code: str) -> str:
        """The name of a status."""
        known = self.analysis.books.ontology.statuses.get(code)
        return known.label(self.language) if known else code

    def sum(self, interval: Interval | None, currency: str = "USD") -> str:
        """An interval in words: "up to $10bn"; "–" when no sum is told."""
        if interval is None or (interval.low == 0 and interval.high is None):
            return "–"
        if interval.empty:
            return "0"
        low = None if interval.low == 0 else interval.low
        amount = Amount(low=low, high=interval.high, currency=currency)
        return self.phrases.amount(amount, self.language)

    def claim_line(self, claim: Claim, amount: bool = True) -> str:
        """A claim as a short sentence: who, what, whom, and how much if `amount`."""
        ontology = self.analysis.books.ontology
        term = ontology.relations.get(claim.relation) or ontology.measures.get(claim.measure)
        words = [self.name(claim.subject.entity), term.label(self.language) if term else ""]
        if claim.negated:
            words.insert(1, "✗")
        if claim.object is not None:
            words.append(self.name(claim.object.entity))
        if amount and claim.amount is not None:
            words.append(self.phrases.amount(claim.amount, self.language))
        return " ".join(w for w in words if w)

    def source_line(self, claim: Claim) -> str:
        """Who published a claim, and when."""
        source = self.analysis.books.corpus.sources.get(claim.evidence.source)
        if source is None:
            return claim.evidence.source
        parts = [source.publisher, source.title, source.issued or "undated"]
        return ", ".join(p for p in parts if p)

    def claim(self, claim_id: str) -> dict[str, Any]:
        """A claim with its evidence."""
        claim = self.get(claim_id)
        source = self.analysis.books.corpus.sources.get(claim.evidence.source)
        told = self.analysis.books.told(claim)
        return {
            "id": claim.id,
            "says": self.claim_line(claim),
            "status": claim.status,
            "time": claim.when.edtf if claim.when else None,
            "told": told.isoformat() if told else None,
            "amount": claim.amount.text if claim.amount else None,
            "usd": _bounds(self.analysis.books.usd(claim)),
            "quote": claim.evidence.quote,
            "start": claim.evidence.start,
            "end": claim.evidence.end,
            "file": claim.evidence.file or (source.file if source else ""),
            "row": claim.evidence.row,
            "source": claim.evidence.source,
            "publisher": source.publisher if source else "",
            "issued": source.issued if source else "",
            "url": source.url if source else "",
            "attributed_to": claim.attributed_to.name if claim.attributed_to else None,
            "rejected": claim.id in self.analysis.books.corpus.rejected,
        }

    def position(self, position: Position) -> dict[str, Any]:
        """What a deal stands at."""
        return {
            "deal": position.deal,
            "status": position.status,
            "since": position.since.isoformat() if position.since else None,
            "usd": _bounds(position.usd),
            "original": _bounds(position.original),
            "currency": position.currency or None,
            "joint": position.joint,
            "claims": list(position.claims),
            "superseded": list(position.superseded),
        }

    def hop(self, hop: Hop) -> dict[str, Any]:
        """A payment of a loop with its deals and its best evidence."""
        return {
            "payer": hop.flow.payer,
            "payee": hop.flow.payee,
            "at_least": _levels(hop.at_least),
            "money": _levels(hop.flow.money),
            "voices": hop.voices,
            "rumoured": hop.rumoured,
            "sole_deal": hop.sole or None,
            "deals": [self.position(p) for p in hop.flow.positions],
            "evidence": self.claim(hop.best),
        }

    def flow(self, flow: Flow) -> dict[str, Any]:
        """What one party pays another over all their deals."""
        books = self.analysis.books
        return {
            "payer": flow.payer,
            "payee": flow.payee,
            "names": [self.name(flow.payer), self.name(flow.payee)],
            "money": _levels(flow.money),
            "at_least": _levels({s: books.at_least(flow.positions, s) for s in books.steps()}),
            "since": flow.since.isoformat() if flow.since else None,
            "voices": len(self.analysis.voices.of(books.claims[c] for c in flow.claims)),
            "deals": [self.position(p) for p in flow.positions],
            "evidence": self.claim(books.best(books.claims[c] for c in flow.claims).id),
        }

    def loop(self, rank: int, loop: MoneyLoop) -> dict[str, Any]:
        """A loop with everything that it rests on."""
        return {
            "rank": rank,
            "id": loop.id,
            "parties": list(loop.parties),
            "names": [self.name(p) for p in loop.parties],
            "length": len(loop.hops),
            "bottleneck": _levels(loop.at_least),
            "order": loop.order,
            "closed_on": loop.closed_on.isoformat() if loop.closed_on else None,
            "closed_by": loop.closed_by or None,
            "rumoured_hops": loop.rumoured,
            "single_source_hops": loop.single,
            "breaks_without": list(loop.breaks),
            "hops": [self.hop(h) for h in loop.hops],
        }

    def actor(self, actor: Actor) -> dict[str, Any]:
        """How much of what a party pays can come back."""
        return {
            "entity": actor.entity,
            "name": self.name(actor.entity),
            "paid": _levels(actor.paid),
            "circular": _levels(actor.circular),
            "loops": actor.loops,
            "component": list(actor.component),
        }

    def conflict(self, rank: int, conflict: Conflict) -> dict[str, Any]:
        """A conflict with its sides."""
        kind = self.analysis.books.ontology.conflicts[conflict.kind]
        return {
            "rank": rank,
            "id": conflict.id,
            "kind": conflict.kind,
            "subject": conflict.subject or None,
            "predicate": conflict.predicate,
            "object": conflict.object or None,
            "deal": conflict.deal or None,
            "decided": conflict.decided,
            "resolved_by": kind.notes.get(self.language, ""),
            "sides": [
                {
                    "says": self.side(conflict, side),
                    "usd": _bounds(side.usd),
                    "voices": list(side.voices),
                    "rejected": side.rejected,
                    "claims": [self.claim(c) for c in side.claims],
                }
                for side in conflict.sides
            ],
        }

    def event(self, event: Event) -> dict[str, Any]:
        """A line of a timeline."""
        return {
            "day": event.day.isoformat() if event.day else None,
            "kind": event.kind,
            "status": event.status or None,
            "says": self.claim_line(self.get(event.claim)),
            "usd": _bounds(event.usd),
            "deal": event.deal or None,
            "voices": event.voices,
            "claims": list(event.claims),
            "evidence": self.claim(event.claim),
        }

    def deal(self, deal_id: str) -> dict[str, Any]:
        """A deal: its life, its claims and why they are together, its parts."""
        books = self.analysis.books
        deal = books.corpus.deals[deal_id]
        claims = [books.claims[c] for c in deal.claims if c in books.claims]
        known = set(deal.claims)
        return {
            "id": deal.id,
            "why": deal.why,
            "part_of": deal.part_of or None,
            "parts": [d.id for d in books.corpus.deals.values() if d.part_of == deal.id],
            "stages": [self.position(p) for p in self.analysis.lives.get(deal_id, ())],
            "superseded": [
                {"later": a, "earlier": b} for a, b in self.analysis.superseded if a in known
            ],
            "joined": [
                {"claim": p.left, "to": p.right, "because": p.verdict.why}
                for p in explain_deal(claims, books.ontology, books.corpus.sources)
            ],
            "voices": list(self.analysis.voices.of(claims)),
            "claims": [self.claim(c) for c in deal.claims],
        }

    def stats(self) -> dict[str, Any]:
        """What the graph holds, and how far it can be trusted."""
        told = self.analysis.stats
        return {
            "counts": dict(told.counts),
            "claims_by_relation": dict(told.relations),
            "claims_by_status": dict(told.statuses),
            "conflicts_by_kind": dict(told.conflicts),
            "edges_by_independent_sources": {str(n): e for n, e in told.voices.items()},
            "usd_by_status": _levels(told.money),
            "loops_by_length": {str(n): e for n, e in told.lengths.items()},
        }

    def diff(self, change: Diff) -> dict[str, Any]:
        """What changed from one build to another, by ids."""
        named = {
            name: {"new": [*came], "gone": [*went]}
            for name, (came, went) in (
                ("sources", change.sources),
                ("entities", change.entities),
                ("claims", change.claims),
                ("loops", change.loops),
                ("conflicts", change.conflicts),
            )
        }
        edges = {"new": [*map(list, change.edges[0])], "gone": [*map(list, change.edges[1])]}
        return {
            **named,
            "edges": edges,
            "deals": [
                {
                    "deal": c.deal,
                    "before": self.position(c.before) if c.before else None,
                    "after": self.position(c.after) if c.after else None,
                }
                for c in change.deals
            ],
        }

    def side(self, conflict: Conflict, side: Side) -> str:
        """What a side says, in words."""
        if conflict.kind == "statuses":
            return self.status(side.says)
        if conflict.kind == "holders":
            return self.name(side.says)
        if conflict.kind == "roles":
            labels = {r.code: r.labels for r in self.roles}.get(side.says, {})
            return labels.get(self.language) or labels.get("en") or side.says
        if side.usd is None:
            return side.says
        amount = self.get(side.claims[0]).amount
        if amount is not None and not amount.money:
            return self.phrases.amount(amount, self.language)
        return self.sum(side.usd)

    def get(self, claim_id: str) -> Claim:
        """A claim by its id."""
        return self.analysis.by_id[claim_id]


def _bounds(interval: Interval | None) -> dict[str, str | None] | None:
    """Exact decimals as text; None for what no source bounds."""
    if interval is None:
        return None
    return {"low": plain(interval.low), "high": _plain(interval.high)}


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _levels(sums: Mapping[str, Interval]) -> dict[str, dict[str, str | None] | None]:
    return {status: _bounds(interval) for status, interval in sums.items()}
