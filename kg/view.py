"""What a page shows of a corpus, as plain values: nodes, edges, claims, sources. No HTML here.

An edge stands for all claims that relate the same two things in the same way, denials included.
Its figure is the largest sum that a single claim names: sums of claims are never added up, because
sources repeat each other and joint sums would count once for each partner.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kg.claim import Claim, Corpus, Entity, Source
from kg.conflicts import against, find_conflicts
from kg.iri import Namer
from kg.money import Books
from kg.ontology import Ontology
from kg.rates import Rates, Usd
from kg.rdf import is_live
from kg.roles import load_roles
from kg.voices import Voices

#: Characters shown around a quote at most, each side.
CONTEXT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity as drawn: what it is and the number of edges at it."""

    entity: Entity
    iri: str
    degree: int

    @property
    def id(self) -> str:
        return self.entity.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One relation between two entities, with everything that is claimed of it.

    Args:
        id: "subject relation object", unique.
        subject, object: ids of nodes.
        relation: code of the relation.
        figure: the largest sum in US dollars that a single claim names, None without one.
        largest: id of the claim that names it, else "".
        joint: whether that sum is shared with others.
        status: code of the status of the claim that names the figure; without a figure, of the
            furthest among live claims, else among all; "" when none is told.
        live: whether a live claim supports the edge.
        denied: whether a source denies it.
        claims: ids, the best documented first.
        sources: number of sources that speak for themselves.
        first, last: days that bound the times of its claims.
    """

    id: str
    subject: str
    relation: str
    object: str
    figure: Decimal | None
    largest: str
    joint: bool
    status: str
    live: bool
    denied: bool
    claims: tuple[str, ...]
    sources: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything a page can show.

    Args:
        nodes: by id.
        edges: by rank: live ones first, then by figure, an own sum before a joint one.
        claims: by id; what an edge or a figure stands on.
        usd: claim id → its sum in US dollars.
        contexts: claim id → the words before and after its quote.
        conflicts: claim id → ids of the claims that it cannot be true with.
        figures: entity id → ids of its figures.
        sources: by id, those that claims name.
    """

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    claims: Mapping[str, Claim]
    usd: Mapping[str, Usd] = field(default_factory=dict)
    contexts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


def network(
    corpus: Corpus,
    ontology: Ontology,
    namer: Namer | None = None,
    rates: Rates | None = None,
    texts: Mapping[str, str] | None = None,
) -> Network:
    """The network of a corpus.

    Args:
        corpus: linked claims; those that a decision rejects are left out.
        ontology: says which statuses and relations make a claim live.
        namer: names the entities; the default data base when None.
        rates: for sums in other currencies; only dollars count when None.
        texts: source id → text of the document, for the words around quotes.
    """
    namer, rates, texts = namer or Namer(), rates or Rates(), texts or {}
    claims = {c.id: c for c in corpus.claims if c.id not in corpus.rejected}
    claims = dict(sorted(claims.items()))
    usd = {i: u for i, c in claims.items() if (u := rates.to_usd(c.amount, c.when)) is not None}
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    figures: dict[str, list[str]] = defaultdict(list)
    for i, claim in claims.items():
        if claim.object is None:
            figures[claim.subject.entity].append(i)
        else:
            grouped[ends(claim, ontology)].append(i)
    voices = Voices(corpus)
    edges = [_edge(key, ids, claims, usd, corpus, ontology, voices) for key, ids in grouped.items()]
    edges.sort(key=lambda e: (not e.live, -(e.figure or 0), e.joint, -len(e.claims), e.id))
    degrees = Counter(end for e in edges for end in {e.subject, e.object})
    seen = {*degrees, *figures, *corpus.entities}
    return Network(
        nodes={
            i: Node(
                entity=corpus.entities.get(i) or Entity(id=i, type="", curated=False),
                iri=namer.iri("d", i),
                degree=degrees[i],
            )
            for i in sorted(seen)
        },
        edges=tuple(edges),
        claims=claims,
        usd=usd,
        contexts={
            i: around(texts[c.evidence.source], c.evidence.start, c.evidence.end)
            for i, c in claims.items()
            if c.evidence.start is not None
            and c.evidence.end is not None
            # A document may have changed since the graph was built.
            and texts.get(c.evidence.source, "")[c.evidence.start : c.evidence.end]
            == c.evidence.quote
        },
        conflicts=_conflicts(Books(corpus, ontology, rates), voices, ontology),
        figures={i: tuple(_dated(ids, claims)) for i, ids in sorted(figures.items())},
        sources={
            s: corpus.sources.get(s) or Source(id=s)
            for s in sorted({c.evidence.source for c in claims.values()})
        },
    )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a quote in its paragraph, cut at CONTEXT characters.

    >>> around("One. Two three.\\nFour", 5, 8)
    ('One. ', ' three.')
    """
    before = text[max(start - CONTEXT, 0) : start].rpartition("\n")[2]
    after = text[end : end + CONTEXT].partition("\n")[0]
    if start > CONTEXT and len(before) == CONTEXT:
        before = "…" + before
    if len(after) == CONTEXT and end + CONTEXT < len(text):
        after += "…"
    return before, after


def ends(claim: Claim, ontology: Ontology) -> tuple[str, str, str]:
    """Subject, relation, object of a claim's edge; joined by spaces they are the edge's id.

    A symmetric relation is one edge, whichever way round it is told.

    Args:
        claim: one that relates two entities.
        ontology: says which relations are symmetric.
    """
    subject = claim.subject.entity or claim.subject.name
    object_ = "" if claim.object is None else claim.object.entity or claim.object.name
    relation = ontology.relations.get(claim.relation)
    if relation is not None and relation.symmetric and object_ < subject:
        subject, object_ = object_, subject
    return subject, claim.relation, object_


def _edge(
    key: tuple[str, str, str],
    ids: list[str],
    claims: Mapping[str, Claim],
    usd: Mapping[str, Usd],
    corpus: Corpus,
    ontology: Ontology,
    voices: Voices,
) -> Edge:
    live = [i for i in ids if is_live(claims[i], corpus, ontology)]
    counted = live or [i for i in ids if not claims[i].negated]
    sums = [i for i in counted if i in usd]
    orders = {code: status.order for code, status in ontology.statuses.items()}

    def weight(i: str) -> tuple[Decimal, bool, int, str]:
        return usd[i].figure, not claims[i].joint, orders.get(claims[i].status, -1), i

    largest = max(sums, key=weight, default="")
    times = [claims[i].when for i in ids]
    furthest = max(
        (claims[i].status for i in counted), key=lambda s: (orders.get(s, -1), s), default=""
    )
    return Edge(
        id=" ".join(key),
        subject=key[0],
        relation=key[1],
        object=key[2],
        figure=usd[largest].figure if largest else None,
        largest=largest,
        joint=bool(largest and claims[largest].joint),
        status=claims[largest].status if largest else furthest,
        live=bool(live),
        denied=any(claims[i].negated for i in ids),
        claims=tuple(sorted(ids, key=lambda i: _prominence(claims[i], usd.get(i)))),
        sources=len(voices.of(claims[i] for i in ids)),
        first=min((t.first for t in times if t and t.first), default=None),
        last=max((d for t in times if t and (d := t.last or t.first)), default=None),
    )


def _prominence(claim: Claim, usd: Usd | None) -> tuple[bool, Decimal, str, str]:
    """Quoted words before rows of a table, large sums first, then the earliest."""
    return (
        claim.evidence.start is None,
        -(usd.figure if usd else Decimal(0)),
        "" if claim.when is None else claim.when.edtf,
        claim.id,
    )


def _conflicts(books: Books, voices: Voices, ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """For each claim that a page shows, those shown that it cannot be true with."""
    gone = books.corpus.rejected
    found = against(find_conflicts(books, voices, load_roles(ontology.folder)))
    shown = {i: tuple(o for o in others if o not in gone) for i, others in found.items()}
    return {i: others for i, others in shown.items() if others and i not in gone}


def _dated(ids: Iterable[str], claims: Mapping[str, Claim]) -> list[str]:
    def key(i: str) -> tuple[str, str, str]:
        claim = claims[i]
        return claim.measure, "" if claim.when is None else claim.when.edtf, i

    return sorted(ids, key=key)
