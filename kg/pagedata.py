"""What the page's script reads: the network, its places and its words, as JSON-ready values.

Everything that is the same for every reader (positions, widths, amounts in words) is worked out
here, so that the script in the page only filters, draws and tells.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.claim import Claim, Source
from kg.layout import layout
from kg.names import Box, box, wrap
from kg.ontology import Ontology, Term
from kg.phrases import LANGUAGES, Phrases
from kg.view import Edge, Network
from kg.web import page_name, safe_url

#: Relations in the first picture, and in each larger one that has its own layout.
FIRST = 45
STAGES = (FIRST, 110, 280, 700)
#: Relations that the slider reaches: beyond, search and filters bring up what is wanted.
MOST = 2000
#: Width and height of the picture in a window of 1280 by 850 pixels.
FRAME = (684.0, 706.0)
#: Longest name drawn beside a mark, in lines.
LINES = 3


def graph_data(network: Network, ontology: Ontology, phrases: Phrases) -> dict[str, Any]:
    """Words of the page and of the domain, the first layout, and what the filters offer."""
    room = boxes(network)
    return {
        "languages": LANGUAGES,
        "first": FIRST,
        "most": MOST,
        "strings": phrases.part("common", "graph", "loops", "conflicts"),
        "types": {c: _term(t, shape=t.shape) for c, t in ontology.types.items()},
        "relations": {
            c: _term(r, line=r.line_style, symmetric=r.symmetric, flow=r.money_flow)
            for c, r in ontology.relations.items()
        },
        "statuses": {c: _term(s, live=s.live) for c, s in ontology.statuses.items()},
        "measures": {c: _term(m) for c, m in ontology.measures.items()},
        "boxes": {i: [round(b.half), round(b.above), round(b.below)] for i, b in room.items()},
        "minimums": [
            {"usd": 10**power * step, "text": _each(phrases, 10**power * step)}
            for power in range(6, 12)
            for step in (1, 5)
        ],
        "counts": {"claims": len(network.claims), "sources": len(network.sources)},
    }


def node_values(network: Network) -> list[dict[str, Any]]:
    """Nodes as vis-network takes them, with what the first picture tells of each."""
    found = []
    for i, node in network.nodes.items():
        labels = {tag: node.entity.label(tag) for tag in LANGUAGES}
        lines = {tag: wrap(label, lines=LINES) for tag, label in labels.items()}
        found.append(
            _without_empty(
                {
                    "id": i,
                    "size": radius(node.degree),
                    "type": node.entity.type,
                    # What the languages say alike is said once.
                    "labels": labels if len(set(labels.values())) > 1 else {"en": labels["en"]},
                    "lines": {t: ls for t, ls in lines.items() if ls != (labels[t],)},
                    "degree": node.degree,
                }
            )
        )
    return found


def _about(network: Network, node: str, pages: bool) -> dict[str, Any]:
    """What the panel and the search know of an entity beside its name."""
    entity = network.nodes[node].entity
    return _without_empty(
        {
            "aliases": list(entity.aliases),
            "country": entity.country,
            "ticker": entity.ticker,
            "wikidata": entity.wikidata,
            "parent": entity.parent,
            "uncurated": not entity.curated,
            "page": page_name(node) if pages else "",
        }
    )


def edge_values(network: Network, ontology: Ontology, phrases: Phrases) -> list[dict[str, Any]]:
    """Edges as vis-network takes them, by rank, with what the filters need of each.

    An edge's id, "from relation to", is put together in the page.
    """
    bends = _bends(network.edges)
    found = []
    for edge in network.edges:
        status = ontology.statuses.get(edge.status)
        largest = network.claims.get(edge.largest)
        figure = None if edge.figure is None else float(edge.figure)
        qualifier = largest.amount.qualifier if largest and largest.amount else "exact"
        found.append(
            _without_empty(
                {
                    "from": edge.subject,
                    "to": edge.object,
                    "relation": edge.relation,
                    "width": line_width(figure),
                    "bend": bends[edge.id],
                    "usd": figure,
                    "amount": {
                        tag: phrases.usd(network.usd[edge.largest], tag, qualifier)
                        for tag in LANGUAGES
                    }
                    if edge.largest
                    else None,
                    "brief": {
                        tag: phrases.say("currency_USD", tag, n=phrases.number(edge.figure, tag))
                        for tag in LANGUAGES
                    }
                    if edge.figure is not None
                    else None,
                    "joint": edge.joint,
                    "status": status.code if status else "",
                    "live": edge.live,
                    "denied": edge.denied,
                    "conflict": any(c in network.conflicts for c in edge.claims),
                    "quoted": any(
                        network.claims[c].evidence.start is not None for c in edge.claims
                    ),
                    "claims": len(edge.claims),
                    "sources": edge.sources,
                    "first": edge.first.isoformat() if edge.first else "",
                    "last": edge.last.isoformat() if edge.last else "",
                }
            )
        )
    return found


def evidence_data(
    network: Network, phrases: Phrases, stages: Sequence[Mapping[str, Any]], pages: bool
) -> dict[str, Any]:
    """What is needed after the first drawing: claims, by edge and entity, and sources.

    Args:
        network: what the page shows.
        phrases: how sums are said.
        stages: all layouts.
        pages: whether each entity has a page of its own beside this one.
    """
    return {
        "stages": list(stages),
        "nodes": {i: _about(network, i, pages) for i in network.nodes},
        "edges": [list(e.claims) for e in network.edges],
        "figures": {i: list(ids) for i, ids in network.figures.items()},
        "claims": {i: _claim(c, network, phrases) for i, c in network.claims.items()},
        "sources": {i: source_values(s) for i, s in network.sources.items()},
    }


def source_values(source: Source) -> dict[str, Any]:
    """A source with its address only when a browser may follow it."""
    return _without_empty(
        {
            "title": source.title or source.id,
            "publisher": source.publisher,
            "issued": source.issued,
            "url": safe_url(source.url),
            "language": source.language,
            "kind": source.kind,
            "file": source.file,
            "restates": list(source.restates),
        }
    )


def radius(degree: int) -> float:
    """The radius of a mark in pixels: its area grows with the number of relations."""
    return round(min(5.5 + 2.0 * math.sqrt(degree), 20), 1)


def line_width(figure: float | None) -> float:
    """The width of a line in pixels: 1 without an amount, 9 from 500 billion dollars on."""
    if not figure:
        return 1.0
    return round(1.2 + 7.8 * min(math.sqrt(figure / 5e11), 1), 2)


def _claim(claim: Claim, network: Network, phrases: Phrases) -> dict[str, Any]:
    evidence, who, i = claim.evidence, claim.attributed_to, claim.id
    usd, context = network.usd.get(i), network.contexts.get(i)
    amount = claim.amount
    qualifier = amount.qualifier if amount else "exact"
    dated = usd.on.isoformat() if usd and usd.on else ""
    return _without_empty(
        {
            "subject": claim.subject.entity or claim.subject.name,
            "relation": claim.relation,
            "object": (claim.object.entity or claim.object.name) if claim.object else "",
            "measure": claim.measure,
            "amount": {t: phrases.amount(amount, t) for t in LANGUAGES} if amount else None,
            "usd": {t: phrases.usd(usd, t, qualifier) for t in LANGUAGES} if usd else None,
            "figure": float(usd.figure) if usd else None,
            "rate": dated,
            "words": amount.text if amount and evidence.start is not None else "",
            "share": f"{claim.share.normalize():f}" if claim.share is not None else "",
            "product": claim.product,
            "when": claim.when.edtf if claim.when else "",
            "status": claim.status,
            "negated": claim.negated,
            "joint": claim.joint,
            "who": (who.entity or who.name) if who else "",
            "source": evidence.source,
            "quote": evidence.quote,
            "around": list(context) if context else None,
            "start": evidence.start,
            "end": evidence.end,
            "file": evidence.file,
            "row": evidence.row,
            "engine": claim.extractor if evidence.start is not None else "",
            "confidence": f"{claim.confidence.normalize():f}",
            "note": claim.note,
            "conflicts": list(network.conflicts.get(i, ())),
        }
    )


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leaves out what says nothing, which halves the page."""
    return {k: v for k, v in values.items() if v or (v == 0 and v is not False)}


def _term(term: Term, **more: Any) -> dict[str, Any]:
    return {
        "labels": {tag: term.label(tag) for tag in LANGUAGES},
        "color": term.color,
        "order": term.order,
        **more,
    }


def _each(phrases: Phrases, dollars: int) -> dict[str, str]:
    from decimal import Decimal

    return {
        tag: phrases.say("currency_USD", tag, n=phrases.number(Decimal(dollars), tag))
        for tag in LANGUAGES
    }


def boxes(network: Network) -> dict[str, Box]:
    """The room that each node needs: its mark, and its name in the longest language."""
    found = {}
    for i, node in network.nodes.items():
        names = [wrap(node.entity.label(tag), lines=LINES) for tag in LANGUAGES]
        found[i] = box(names, radius(node.degree))
    return found


def layouts(network: Network) -> list[dict[str, Any]]:
    """A layout for the first relations, for more, and for all, each grown from the one before."""
    room = boxes(network)
    links = [(e.subject, e.object) for e in network.edges][:MOST]
    counts = [n for n in STAGES if n < len(links)] + [len(links)]
    found: list[dict[str, Any]] = []
    before: dict[str, tuple[int, int]] = {}
    for count in counts:
        before = layout(links[:count], room, before or None, None if before else FRAME)
        found.append({"n": count, "at": before})
    return found


def _bends(edges: Iterable[Edge]) -> dict[str, float]:
    """How far each line bends, so that parallel ones part; positive is to the left of its way."""
    between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        between[min(edge.subject, edge.object), max(edge.subject, edge.object)].append(edge)
    found = {}
    for (first, _), group in between.items():
        for k, edge in enumerate(group):
            side = 0.12 if len(group) == 1 else (k - (len(group) - 1) / 2) * 0.26
            found[edge.id] = round(side if edge.subject == first else -side, 3)
    return found
