"""Conflicts as the page's script reads them: sides with their words, sums and claims."""

from __future__ import annotations

from typing import Any

from kg.analysis import Analysis
from kg.claim import plain
from kg.interval import Interval
from kg.phrases import LANGUAGES, Phrases
from kg.roles import load_roles
from kg.tell import Teller
from kg.view import Network


def conflicts_data(analysis: Analysis, network: Network, phrases: Phrases) -> dict[str, Any]:
    """All conflicts of which the page shows both sides.

    Args:
        analysis: what was worked out.
        network: what the page shows; its order of claims and edges numbers them.
        phrases: how sums are said.

    Returns:
        kinds: by code labels, definitions, and how such a conflict is resolved.
        conflicts: id, kind, subject, predicate, object, unit, decided, edges (ranks), sides: says
            (by language), low and high (numbers, absent when unbounded), voices, rejected, claims.
    """
    ontology = analysis.books.ontology
    roles = load_roles(ontology.folder)
    tellers = {tag: Teller(analysis, phrases, tag, roles) for tag in LANGUAGES}
    claims = {c: number for number, c in enumerate(network.claims)}
    ranks = {c: rank for rank, edge in enumerate(network.edges) for c in edge.claims}
    found = []
    for conflict in analysis.conflicts:
        told = {c for side in conflict.sides for c in side.claims}
        sides = [
            {
                "says": {tag: t.side(conflict, side) for tag, t in tellers.items()}
                if conflict.kind != "denial"
                else {tag: phrases.say(side.says, tag) for tag in LANGUAGES},
                **_bounds(side.usd),
                "voices": list(side.voices),
                "rejected": side.rejected,
                "claims": [claims[c] for c in side.claims if c in claims],
            }
            for side in conflict.sides
        ]
        found.append(
            {
                "id": conflict.id,
                "kind": conflict.kind,
                "subject": conflict.subject,
                "predicate": conflict.predicate,
                "object": conflict.object,
                "unit": conflict.unit,
                "decided": conflict.decided,
                "edges": sorted({ranks[c] for c in told if c in ranks}),
                "sides": sides,
            }
        )
    return {
        "kinds": {
            code: {
                "labels": {tag: kind.label(tag) for tag in LANGUAGES},
                "means": dict(kind.definitions),
                "remedy": dict(kind.notes),
                "order": kind.order,
            }
            for code, kind in ontology.conflicts.items()
        },
        "conflicts": found,
    }


def _bounds(interval: Interval | None) -> dict[str, float]:
    if interval is None:
        return {}
    high = {} if interval.high is None else {"high": float(plain(interval.high))}
    return {"low": float(plain(interval.low)), **high}
