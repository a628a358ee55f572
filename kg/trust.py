"""How well the graph is documented: each edge, and the whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.claim import Claim
from kg.conflicts import Conflict
from kg.interval import Interval
from kg.loops import MoneyLoop
from kg.money import Books
from kg.rdf import is_live
from kg.voices import Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeTrust:
    """What a plain edge stands on.

    Args:
        subject, relation, object: the edge; a symmetric one has its ends in order.
        claims: ids of the live claims that support it.
        voices: how many independent sources tell it.
        best: id of the claim that shows it best.
        quoted: share of its claims whose quote stands in a document, 0 to 1, to 3 decimals.
    """

    subject: str
    relation: str
    object: str
    claims: tuple[str, ...]
    voices: int
    best: str
    quoted: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What a graph holds, and how far it can be trusted.

    Args:
        counts: what → how many.
        relations, statuses, conflicts: code → how many claims, claims, conflicts.
        voices: number of independent sources → how many edges have so many.
        money: code of a status → all money there in US dollars, nothing counted twice.
        lengths: length of a loop → how many.
    """

    counts: Mapping[str, int]
    relations: Mapping[str, int]
    statuses: Mapping[str, int]
    conflicts: Mapping[str, int]
    voices: Mapping[int, int]
    money: Mapping[str, Interval]
    lengths: Mapping[int, int]


def edge_trust(books: Books, voices: Voices) -> tuple[EdgeTrust, ...]:
    """The plain edges with what they stand on, by relation, subject, object.

    Args:
        books: the corpus, read as money.
        voices: who is independent of whom.
    """
    edges: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in books.claims.values():
        if claim.object is None or not is_live(claim, books.corpus, books.ontology):
            continue
        ends = [claim.subject.entity, claim.object.entity]
        if books.ontology.relations[claim.relation].symmetric:
            ends.sort()
        edges[claim.relation, ends[0], ends[1]].append(claim)
    return tuple(
        EdgeTrust(
            subject=subject,
            relation=relation,
            object=object_,
            claims=tuple(sorted(c.id for c in claims)),
            voices=len(voices.of(claims)),
            best=books.best(claims).id,
            quoted=_share(claims),
        )
        for (relation, subject, object_), claims in sorted(edges.items())
    )


def stats(
    books: Books,
    voices: Voices,
    edges: Sequence[EdgeTrust],
    loops: Sequence[MoneyLoop],
    conflicts: Sequence[Conflict],
) -> Stats:
    """Counts a graph and what speaks for it.

    Args:
        books: the corpus, read as money.
        voices: who is independent of whom.
        edges, loops, conflicts: of the same corpus.
    """
    corpus = books.corpus
    claims = corpus.claims
    positions = books.paid(c for c in books.claims.values() if books.moves(c))
    return Stats(
        counts={
            "entities": len(corpus.entities),
            "new_entities": sum(not e.curated for e in corpus.entities.values()),
            "sources": len({c.evidence.source for c in claims}),
            "independent_sources": len(voices.of(claims)),
            "claims": len(claims),
            "relations": sum(c.kind == "relation" and not c.negated for c in claims),
            "figures": sum(c.kind == "figure" and not c.negated for c in claims),
            "denials": sum(c.negated for c in claims),
            "rejected": len(corpus.rejected),
            "quoted_in_documents": sum(c.evidence.start is not None for c in claims),
            "with_sum": sum(c.amount is not None and c.amount.money for c in claims),
            "with_time": sum(c.when is not None for c in claims),
            "deals": len(corpus.deals),
            "deals_with_sum": sum(p.usd is not None for p in positions),
            "edges": len(edges),
            "edges_of_one_source": sum(e.voices < 2 for e in edges),
            "loops": len(loops),
            "conflicts": len(conflicts),
            "conflicts_decided": sum(c.decided for c in conflicts),
        },
        relations=_counted(c.relation for c in claims if c.relation),
        statuses=_counted(c.status for c in claims if c.status),
        conflicts=_counted(c.kind for c in conflicts),
        voices=dict(sorted(Counter(e.voices for e in edges).items())),
        money=books.sums(positions),
        lengths=dict(sorted(Counter(len(loop.hops) for loop in loops).items())),
    )


def _share(claims: Sequence[Claim]) -> Decimal:
    quoted = sum(c.evidence.start is not None for c in claims)
    return round(Decimal(quoted) / len(claims), 3)


def _counted(codes: Iterable[str]) -> dict[str, int]:
    """The most first."""
    return dict(sorted(Counter(codes).items(), key=lambda item: (-item[1], item[0])))
