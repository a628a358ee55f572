"""What happened to an entity, in order: the stages of its deals, its figures, what was denied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.analysis import Analysis
from kg.claim import Claim
from kg.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a timeline.

    Args:
        day: when it was told or is dated; None when nothing dates it.
        kind: "stage" of a deal, "figure" or "denial".
        status: code of the status that the deal is in from then on; "" for the others.
        usd: what the deal then stands at in US dollars; None for the others, or without a sum.
        claim: id of the claim that shows it best.
        deal: id of the deal; "" for the others.
        claims: ids of all claims that say so.
        voices: how many independent sources say so.
    """

    day: date | None
    kind: str
    status: str
    usd: Interval | None
    claim: str
    deal: str
    claims: tuple[str, ...]
    voices: int


def timeline(analysis: Analysis, entity: str) -> tuple[Event, ...]:
    """The events of an entity, the earliest first, those without a day at the end.

    Args:
        analysis: of the corpus.
        entity: its id.
    """
    events = [*_stages(analysis, entity), *_others(analysis, entity)]
    return tuple(sorted(events, key=lambda e: (e.day or date.max, e.kind, e.deal, e.claim)))


def involves(claim: Claim, entity: str) -> bool:
    """Whether an entity is the subject or the object of a claim."""
    return entity in (claim.subject.entity, claim.object.entity if claim.object else "")


def _stages(analysis: Analysis, entity: str) -> Iterator[Event]:
    books = analysis.books
    mine: dict[str, list[Claim]] = {}
    for claim in books.claims.values():
        if claim.deal and involves(claim, entity):
            mine.setdefault(claim.deal, []).append(claim)
    for deal, claims in mine.items():
        for position in books.life(claims):
            told = [books.claims[c] for c in position.claims]
            yield Event(
                day=position.since,
                kind="stage",
                status=position.status,
                usd=position.usd,
                claim=books.best(told).id,
                deal=deal,
                claims=position.claims,
                voices=len(analysis.voices.of(told)),
            )


def _others(analysis: Analysis, entity: str) -> Iterator[Event]:
    for claim in analysis.books.corpus.claims:
        kind = "denial" if claim.negated else "figure" if claim.kind == "figure" else ""
        if kind and involves(claim, entity) and claim.id not in analysis.books.corpus.rejected:
            when = claim.when
            yield Event(
                day=(when.last or when.first) if when else analysis.books.published(claim),
                kind=kind,
                status=claim.status,
                usd=None,
                claim=claim.id,
                deal="",
                claims=(claim.id,),
                voices=1,
            )
