"""Loops as the page's script reads them: on every day of a scale, without saying anything twice.

What a flow or a loop comes to changes rarely. Each keeps its versions with the stop of the scale
from which they hold; sums, claims and flows are numbered.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kg.analysis import Analysis
from kg.interval import Interval
from kg.layout import layout
from kg.loops import Hop, MoneyLoop, find_loops
from kg.pagedata import FRAME, boxes
from kg.phrases import LANGUAGES, Phrases
from kg.tell import Teller
from kg.view import Network

#: Loops whose flows are drawn while none is chosen.
BEST = 14
#: Days that are looked at, at most: ends of months, or else of quarters, or else of years.
MOST_STOPS = 60


class Sums:
    """Numbers intervals, each said once in every language.

    Args:
        analysis: what the sums are of.
        phrases: how sums are said.
    """

    def __init__(self, analysis: Analysis, phrases: Phrases) -> None:
        self.told: list[dict[str, Any]] = []
        self._numbers: dict[Interval | None, int] = {}
        self._tellers = {tag: Teller(analysis, phrases, tag) for tag in LANGUAGES}

    def number(self, interval: Interval | None) -> int:
        """The place of an interval in `told`, where its words and its figure in dollars stand."""
        if interval not in self._numbers:
            self._numbers[interval] = len(self.told)
            words = {tag: teller.sum(interval) for tag, teller in self._tellers.items()}
            unknown = interval is None or (interval.low == 0 and interval.high is None)
            figure = None if interval is None or unknown else float(interval.figure)
            empty = interval is not None and interval.empty
            self.told.append({"words": words, "usd": figure, **({"nothing": 1} if empty else {})})
        return self._numbers[interval]


def loops_data(analysis: Analysis, network: Network, phrases: Phrases) -> dict[str, Any]:
    """Loops, the flows that they are made of, and their ranking at each stop.

    Args:
        analysis: what was worked out.
        network: what the page shows; its order of claims and edges numbers them.
        phrases: how sums are said.

    Returns:
        best: how many loops are drawn while none is chosen; at: where their parties stand.
        stops: days "2025-12-31" on which loops changed, the last "" for everything, undated
            claims too.
        steps: statuses that money goes through; least: the one from which it is a loop.
        sums: words by language, usd (None when nobody tells it), nothing (when none came so far).
        flows: from, to, edges (ranks), v: versions [stop, sums by step, voices, rumoured, best
            claim, deals [status, sum, joint, claims]].
        loops: id, hops (flows), closed (day), by (claim), v: versions [stop, sums by step, order].
        ranks: for each stop, loops in order.
    """
    books, sums = analysis.books, Sums(analysis, phrases)
    claims = {c: number for number, c in enumerate(network.claims)}
    ranks_of = {c: rank for rank, edge in enumerate(network.edges) for c in edge.claims}
    steps = books.steps()
    flows: dict[tuple[str, str], dict[str, Any]] = {}
    loops: dict[str, dict[str, Any]] = {}
    ranks: list[list[int]] = []

    def levels(told: Mapping[str, Interval]) -> list[int]:
        return [sums.number(told[s]) for s in steps]

    def flow(hop: Hop, stop: int) -> int:
        pair = hop.flow.payer, hop.flow.payee
        if pair not in flows:
            flows[pair] = {"n": len(flows), "from": pair[0], "to": pair[1], "edges": [], "v": []}
        known = flows[pair]
        shown = {ranks_of[c] for c in hop.flow.claims if c in ranks_of}
        known["edges"] = sorted({*known["edges"], *shown})
        deals = [
            [p.status, sums.number(p.usd), int(p.joint), [claims[c] for c in p.claims]]
            for p in hop.flow.positions
        ]
        value = [levels(hop.at_least), hop.voices, int(hop.rumoured), claims[hop.best], deals]
        _append(known["v"], stop, value)
        return int(known["n"])

    def add(loop: MoneyLoop, stop: int) -> int:
        hops = [flow(h, stop) for h in loop.hops]
        known = loops.setdefault(loop.id, {"n": len(loops), "id": loop.id, "v": []})
        known["closed"] = loop.closed_on.isoformat() if loop.closed_on else ""
        known["by"] = claims.get(loop.closed_by, -1)
        # A loop may be told from another hop once more of it is dated.
        _append(known["v"], stop, [hops, levels(loop.at_least), loop.order])
        return int(known["n"])

    stops: list[str] = []
    before: tuple[MoneyLoop, ...] | None = None
    for day in _days(analysis):
        found = find_loops(books, analysis.voices, max_length=analysis.max_length, as_of=day)
        if found != before or day is None:
            ranks.append([add(loop, len(stops)) for loop in found])
            stops.append(day.isoformat() if day else "")
            before = found
    drawn = [
        (hop.flow.payer, hop.flow.payee) for loop in analysis.loops[:BEST] for hop in loop.hops
    ]
    return {
        "best": BEST,
        "at": layout(list(dict.fromkeys(drawn)), boxes(network), None, FRAME),
        "stops": stops,
        "steps": list(steps),
        "least": books.ontology.assumed_status,
        "max": analysis.max_length,
        "sums": sums.told,
        "flows": [_without(f) for f in flows.values()],
        "loops": [_without(loop) for loop in loops.values()],
        "ranks": ranks,
    }


def _append(versions: list[list[Any]], stop: int, value: Sequence[Any]) -> None:
    if not versions or versions[-1][1:] != list(value):
        versions.append([stop, *value])


def _without(numbered: Mapping[str, Any]) -> dict[str, Any]:
    """The place in the list is the number."""
    return {k: v for k, v in numbered.items() if k != "n"}


def _days(analysis: Analysis) -> list[date | None]:
    """Ends of months in which a payment was told, coarser when there are many; None at the end.

    The first day is the one before anything was told, so that the scale begins with nothing.
    """
    books = analysis.books
    told = {
        day
        for flow in analysis.flows.values()
        for c in flow.claims
        if (day := books.told(books.claims[c])) is not None and day <= books.calendar.last
    }
    for months in (1, 3, 12):
        ends = sorted({_end(day, months) for day in told})
        if len(ends) <= MOST_STOPS:
            break
    if not told:
        return [None]
    first = min(told)
    return [first - timedelta(days=first > date.min), *ends[-MOST_STOPS:], None]


def _end(day: date, months: int) -> date:
    """The last day of the month, quarter or year that a day is in."""
    month = -(-day.month // months) * months
    return date(day.year, month, calendar.monthrange(day.year, month)[1])
