"""Loops: money that can come back to whoever paid it.

A loop is a simple cycle of money flows. It is valued by its narrowest hop: per state of the money,
as an interval. It is found once, whoever it is told from. Round trips of two parties are loops of
length two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from kg.claim import Claim
from kg.errors import KgError
from kg.interval import Interval, smallest
from kg.iri import digest
from kg.money import Books, Flow
from kg.voices import Voices

#: More loops than this are no list that anyone reads, and would not fit a page.
MOST_LOOPS = 100_000


class TooManyLoops(KgError):
    """A graph has more loops than can be listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One payment of a loop.

    Args:
        flow: who pays whom, by which deals.
        at_least: code of a status → the money that has come so far, in US dollars.
        best: id of the claim that shows the hop best.
        voices: how many independent sources tell it.
        rumoured: whether only rumours tell it.
        sole: id of the one deal that carries it, "" when there are several: if it lapses, the loop
            breaks.
    """

    flow: Flow
    at_least: Mapping[str, Interval]
    best: str
    voices: int
    rumoured: bool
    sole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLoop:
    """Money that comes back.

    Args:
        id: identifier, a hash of the parties in order.
        hops: in order; the first is the earliest when the loop is ordered in time.
        at_least: code of a status → the bottleneck, in US dollars: what can go round at most.
        order: "in-time" when each deal can come after the one before it, else "topological", or
            "undated" when a hop has no date and the others do not exclude it.
        closed_on: the day on which the last missing hop was told, None when one has no date.
        closed_by: id of the claim that told it, "" without a day.
    """

    id: str
    hops: tuple[Hop, ...]
    at_least: Mapping[str, Interval]
    order: str
    closed_on: date | None
    closed_by: str

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the entities in order, each once."""
        return tuple(h.flow.payer for h in self.hops)

    @property
    def rumoured(self) -> int:
        """How many hops rest on rumours alone."""
        return sum(h.rumoured for h in self.hops)

    @property
    def single(self) -> int:
        """How many hops rest on one independent source."""
        return sum(h.voices < 2 for h in self.hops)

    @property
    def breaks(self) -> tuple[str, ...]:
        """Ids of the deals without any one of which the loop is broken."""
        return tuple(h.sole for h in self.hops if h.sole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """How much of what somebody pays can come back.

    Args:
        entity: its id.
        paid: code of a status → all it pays that has come so far, in US dollars.
        circular: the same for payments to those from whom money can come back, however far.
        loops: how many of the listed loops it is in.
        component: ids of all that money can reach from it and return from, itself among them.
    """

    entity: str
    paid: Mapping[str, Interval]
    circular: Mapping[str, Interval]
    loops: int
    component: tuple[str, ...]


def find_loops(
    books: Books,
    voices: Voices,
    *,
    max_length: int = 6,
    as_of: date | None = None,
    status: str = "",
    group: bool = False,
    without: Set[str] = frozenset(),
) -> tuple[MoneyLoop, ...]:
    """All loops of a corpus, the best first.

    Args:
        books: the corpus, read as money.
        voices: who is independent of whom.
        max_length: the most hops; 2 gives round trips only.
        as_of: only what was told by this day counts; everything when None.
        status: the least that a deal must have come to; the assumed status when "".
        group: parts of a company count as the company.
        without: ids of deals that are taken to have lapsed.

    Returns:
        Loops whose every hop tells its sum first, then by the bottleneck, then short before long.

    Raises:
        TooManyLoops: there are more than MOST_LOOPS.
    """
    least = status or books.ontology.assumed_status
    flows = _standing(books, books.flows(as_of, group=group, without=without), least)
    hops: dict[tuple[str, str], Hop] = {}
    found = []
    for parties in _cycles(flows, max_length):
        pairs = [*pairwise(parties), (parties[-1], parties[0])]
        for pair in pairs:
            if pair not in hops:
                hops[pair] = _hop(flows[pair], books, voices, least)
        found.append(_loop(parties, [hops[p] for p in pairs], books, least))
    return tuple(sorted(found, key=lambda loop: _rank(loop, least)))


def actors(
    books: Books,
    loops: Sequence[MoneyLoop],
    *,
    as_of: date | None = None,
    status: str = "",
    group: bool = False,
    without: Set[str] = frozenset(),
) -> tuple[Actor, ...]:
    """Everybody whose money can come back, who pays most of such money first.

    Args:
        books: the corpus, read as money.
        loops: as find_loops gave them for the same as_of, status, group and without.
        as_of, status, group, without: as for find_loops.
    """
    import networkx as nx

    least = status or books.ontology.assumed_status
    flows = _standing(books, books.flows(as_of, group=group, without=without), least)
    graph = nx.DiGraph(list(flows))
    counts = Counter(p for loop in loops for p in loop.parties)
    found = []
    for component in nx.strongly_connected_components(graph):
        if len(component) < 2:
            continue
        for payer in component:
            mine = [f for (a, _), f in flows.items() if a == payer]
            back = [f for f in mine if f.payee in component]
            found.append(
                Actor(
                    entity=payer,
                    paid=_levels(books, mine, as_of),
                    circular=_levels(books, back, as_of),
                    loops=counts[payer],
                    component=tuple(sorted(component)),
                )
            )
    return tuple(sorted(found, key=lambda a: (-a.circular[least].figure, a.entity)))


def broken_by(loops: Iterable[MoneyLoop]) -> dict[str, int]:
    """Deals without which loops are broken, and how many; the most first."""
    counts = Counter(deal for loop in loops for deal in set(loop.breaks))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _standing(
    books: Books, flows: Mapping[tuple[str, str], Flow], least: str
) -> dict[tuple[str, str], Flow]:
    """The flows of which some deal has come so far."""
    return {
        pair: flow
        for pair, flow in flows.items()
        if any(books.reaches(p.status, least) for p in flow.positions)
    }


def _cycles(flows: Iterable[tuple[str, str]], max_length: int) -> Iterable[tuple[str, ...]]:
    import numpy as np

    from kg.cycles import cycles

    arcs = sorted(flows)
    names = sorted({n for arc in arcs for n in arc})
    number = {n: i for i, n in enumerate(names)}
    ends = np.array([[number[a], number[b]] for a, b in arcs], dtype=np.int64).reshape(-1, 2)
    count = 0
    for some in cycles(ends[:, 0], ends[:, 1], len(names), max_length):
        count += len(some)
        if count > MOST_LOOPS:
            raise TooManyLoops(
                f"more than {MOST_LOOPS:,} loops of up to {max_length} hops; ask for shorter ones"
            )
        yield from (tuple(names[n] for n in row) for row in some)


def _hop(flow: Flow, books: Books, voices: Voices, least: str) -> Hop:
    claims = [books.claims[c] for c in flow.claims]
    standing = [p for p in flow.positions if not books.is_over(p.status)]
    firm = books.ontology.assumed_status
    carrying = [p.deal for p in standing if books.reaches(p.status, least)]
    return Hop(
        flow=flow,
        at_least={s: books.at_least(flow.positions, s) for s in books.steps()},
        best=books.best(books.claims[c] for p in standing for c in p.claims).id,
        voices=len(voices.of(claims)),
        rumoured=not any(books.reaches(p.status, firm) for p in standing),
        sole=carrying[0] if len(carrying) == 1 else "",
    )


def _loop(parties: Sequence[str], hops: list[Hop], books: Books, least: str) -> MoneyLoop:
    closing = [_first(h.flow, books, least) for h in hops]
    order, start = _order([_windows(h.flow, books, least) for h in hops])
    days = [c[0] for c in closing if c]
    closed = max((c for c in closing if c), default=None) if len(days) == len(hops) else None
    return MoneyLoop(
        id=digest("loop", *parties),
        hops=(*hops[start:], *hops[:start]),
        at_least={s: smallest(h.at_least[s] for h in hops) for s in books.steps()},
        order=order,
        closed_on=closed[0] if closed else None,
        closed_by=closed[1] if closed else "",
    )


def _first(flow: Flow, books: Books, least: str) -> tuple[date, str] | None:
    """The day and the claim by which a flow was first told to have come so far."""
    told = [
        (day, c)
        for c in flow.claims
        if books.reaches(books.status(books.claims[c]), least)
        and (day := books.told(books.claims[c]))
    ]
    return min(told, default=None)


def _windows(flow: Flow, books: Books, least: str) -> list[tuple[date, date]]:
    """When the deals of a flow were made or ran; none when nothing dates them."""
    windows = []
    for position in flow.positions:
        if books.reaches(position.status, least):
            spans = [s for c in position.claims if (s := _span(books.claims[c], books))]
            if spans:
                windows.append((min(s[0] for s in spans), max(s[1] for s in spans)))
    return windows


def _span(claim: Claim, books: Books) -> tuple[date, date] | None:
    if claim.when is None:
        told = books.told(claim)
        return (told, told) if told else None
    first = claim.when.first or claim.when.last or date.min
    return first, max(first, claim.when.last or first)


def _order(hops: Sequence[Sequence[tuple[date, date]]]) -> tuple[str, int]:
    """Whether the hops can follow each other in time, and the hop from which they do."""
    starts = [
        (first, start)
        for start in range(len(hops))
        if (first := _follows((*hops[start:], *hops[:start]))) is not None
    ]
    if not starts:
        return "topological", 0
    return ("in-time" if all(hops) else "undated"), min(starts)[1]


def _follows(hops: Iterable[Sequence[tuple[date, date]]]) -> date | None:
    """The first day of hops that can come one after the other; None when they cannot.

    A hop may come on any day of its windows that is not before the hop ahead of it; one without a
    date excludes nothing.
    """
    day, first = date.min, date.min
    for windows in hops:
        if not windows:
            continue
        days = [max(day, begin) for begin, end in windows if end >= day]
        if not days:
            return None
        day = min(days)
        first = day if first == date.min else first
    return first


def _levels(books: Books, flows: Iterable[Flow], as_of: date | None) -> dict[str, Interval]:
    """What flows of one payer come to, a deal with several payees counted once."""
    claims = {c: books.claims[c] for f in flows for c in f.claims}
    positions = books.paid(claims.values(), as_of)
    return {s: books.at_least(positions, s) for s in books.steps()}


def _rank(loop: MoneyLoop, least: str) -> tuple[int, Decimal, int, str]:
    unsaid = sum(not _tells(h, least) for h in loop.hops)
    return unsaid, -loop.at_least[least].figure, len(loop.hops), loop.id


def _tells(hop: Hop, status: str) -> bool:
    """Whether a hop tells a sum of money that has come so far."""
    told = hop.at_least[status]
    return told.high is not None or told.low > 0
