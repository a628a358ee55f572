"""Tables of what was worked out: a head and rows of text, for a terminal or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.conflicts import Conflict
from kg.lines import SHORT, about, circle
from kg.loops import Actor, MoneyLoop
from kg.money import Flow
from kg.tell import Teller
from kg.timeline import Event

Table = tuple[Sequence[str], list[Sequence[str]]]


def loop_rows(teller: Teller, ranked: Iterable[tuple[int, MoneyLoop]]) -> Table:
    """Loops with their rank: what can go round at most in each state, and what they rest on."""
    steps = teller.analysis.books.steps()[1:]
    head = ("#", "loop", *(f"{teller.status(s)}+" for s in steps), "order", "closed on",
            "one source", "rumours", "id")  # fmt: skip
    rows = [
        (
            str(n),
            circle(teller, loop),
            *(teller.sum(loop.at_least[s]) for s in steps),
            loop.order,
            loop.closed_on.isoformat() if loop.closed_on else "–",
            f"{loop.single}/{len(loop.hops)}",
            f"{loop.rumoured}/{len(loop.hops)}",
            loop.id[:SHORT],
        )
        for n, loop in ranked
    ]
    return head, list(rows)


def actor_rows(teller: Teller, actors: Iterable[Actor]) -> Table:
    """What each party pays, and how much of it can come back."""
    steps = teller.analysis.books.steps()[1:]
    head = ["party", "loops"]
    for s in steps:
        head += [f"{teller.status(s)}+ paid", "can come back"]
    rows = []
    for a in actors:
        row = [teller.name(a.entity), str(a.loops)]
        for s in steps:
            row += [teller.sum(a.paid[s]), teller.sum(a.circular[s])]
        rows.append(row)
    return head, list(rows)


def flow_rows(teller: Teller, flows: Iterable[Flow]) -> Table:
    """Who pays whom: the money of all their deals by the status that it has come to."""
    books = teller.analysis.books
    codes = list(books.ontology.statuses)
    head = ("payer", "payee", *map(teller.status, codes), "deals", "without a sum", "sources",
            "since")  # fmt: skip
    rows = [
        (
            teller.name(f.payer),
            teller.name(f.payee),
            *(teller.sum(f.money[c]) if c in f.money else "" for c in codes),
            str(len(f.positions)),
            str(sum(p.usd is None for p in f.positions)),
            str(len(teller.analysis.voices.of(books.claims[c] for c in f.claims))),
            f.since.isoformat() if f.since else "–",
        )
        for f in flows
    ]
    return head, list(rows)


def conflict_rows(teller: Teller, ranked: Iterable[tuple[int, Conflict]]) -> Table:
    """Conflicts with their rank, a line each."""
    kinds = teller.analysis.books.ontology.conflicts
    head = ("#", "conflict", "about", "sides", "independent sources", "decided", "id")
    rows = [
        (
            str(n),
            kinds[c.kind].label(teller.language),
            about(teller, c),
            " | ".join(teller.side(c, side) for side in c.sides),
            " | ".join(str(len(side.voices)) for side in c.sides),
            "yes" if c.decided else "",
            c.id[:SHORT],
        )
        for n, c in ranked
    ]
    return head, list(rows)


def event_rows(teller: Teller, events: Iterable[Event]) -> Table:
    """A timeline, a line for each event."""
    head = ("day", "status", "what", "sum", "sources", "deal", "claim")
    rows = [
        (
            e.day.isoformat() if e.day else "–",
            teller.status(e.status) if e.status else "",
            teller.claim_line(teller.get(e.claim), amount=not e.deal),
            teller.sum(e.usd) if e.deal else "",
            str(e.voices),
            e.deal[:SHORT],
            e.claim[:SHORT],
        )
        for e in events
    ]
    return head, list(rows)
