"""Deals: which claims, from whatever source, are about one transaction.

Two claims are about one deal when they state the same relation between the same parties (a
subsidiary counts as its parent, AWS as Amazon) and nothing separates them:

- their sums are alike (100 bn and "up to 100 bn") and their times lie within a year, or are not
  said;
- their sums are not, but two sources tell them within six weeks of each other, or of one project:
  that is one deal told differently, and a conflict;
- one has no sum, and their times lie within three months.

A claim joins a deal only when it fits every claim that is in it, so that a vague one does not
bridge two. Claims of one source that share one sum are one deal whoever takes part. A part of an
umbrella deal is never the same deal as its umbrella. Nothing depends on the order of claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from kg.claim import Amount, Claim, Deal, Entity
from kg.iri import digest
from kg.ledger import NOTHING, Ledger
from kg.ontology import Ontology

SAME_SUM_WITHIN = timedelta(days=366)
OTHER_SUM_WITHIN = timedelta(days=42)
NO_SUM_WITHIN = timedelta(days=92)

#: Two statements of one sum differ by rounding and by the day's exchange rate.
_SLACK = 50


def group_deals(
    claims: Sequence[Claim],
    entities: Mapping[str, Entity],
    ontology: Ontology,
    ledger: Ledger = NOTHING,
) -> tuple[tuple[Claim, ...], dict[str, Deal]]:
    """Groups linked claims into deals.

    Args:
        claims: linked claims; figures and denials belong to no deal.
        entities: to find parents.
        ontology: to know which relations are symmetric.
        ledger: decisions "same-deal" and "different-deal" by ids of claims; they come first.

    Returns:
        The claims in the order given, each with its deal, and the deals by id.
    """
    members = {c.id: c for c in claims if c.kind == "relation" and not c.negated}
    groups = _Groups(members, ledger)
    buckets: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    joints: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in sorted(members.values(), key=lambda c: c.id):
        buckets[_parties(claim, entities, ontology)].append(claim)
        if claim.joint:
            joints[claim.evidence.source, claim.joint].append(claim)
    for together in joints.values():
        for claim in together[1:]:
            if groups.allowed(together[0], claim):
                groups.join(together[0], claim)
    for (code, *_), bucket in buckets.items():
        relation = ontology.relations.get(code)
        project = relation is not None and relation.money_flow == "own-amount"
        # Best-dated, best-quantified claims first, so that a vague one joins the deal it fits
        # and does not bridge two.
        bucket.sort(key=lambda c: (c.amount is None, c.when is None, c.id))
        for i, claim in enumerate(bucket):
            for other in bucket[:i]:
                together = [c for c in bucket[:i] if groups.root(c.id) == groups.root(other.id)]
                fits = all(
                    why_same(claim, c, project) or groups.decided(claim, c) for c in together
                )
                if fits and groups.compatible(claim, other):
                    groups.join(other, claim)
                    break
    return _named(claims, groups, ontology)


def why_same(a: Claim, b: Claim, project: bool = False) -> str:
    """What makes two claims of one relation between the same parties one deal.

    Args:
        a, b: claims of one relation between the same parties.
        project: whether the relation is to a project, of which there is one whatever is said of it.

    Returns:
        The reason in a few words; "" when something separates them.
    """
    if _told_apart(a, b) or (a.part_of and b.part_of and a.part_of != b.part_of):
        return ""
    apart = _days_apart(a, b)
    when = "no time told" if apart is None else f"{apart.days} days apart"
    close = apart is not None and _precise(a) and _precise(b)
    if a.amount is None or b.amount is None or not (a.amount.money and b.amount.money):
        near = close and apart is not None and apart <= NO_SUM_WITHIN
        return f"{when}, at most one sum told" if near else ""
    if alike(a.amount, b.amount):
        return f"like sums, {when}" if apart is None or apart <= SAME_SUM_WITHIN else ""
    if a.evidence.source == b.evidence.source:
        return ""
    if close and apart is not None and apart <= OTHER_SUM_WITHIN:
        return f"other sums, but {when}"
    return "other sums, but of one project" if project else ""


def alike(a: Amount, b: Amount) -> bool:
    """Whether two amounts may be one sum: they meet, and neither is twice what the other names.

    An open end alone says little: "more than 0.4 bn" meets 38 bn and is another sum.
    """
    told = [x.high if x.high is not None else x.low for x in (a, b)]
    if (a.currency or a.unit) != (b.currency or b.unit) or None in told:
        return meet(a, b)
    small, large = sorted(abs(x) for x in told if x is not None)
    return meet(a, b) and large <= 2 * small


def owner(entity: str, entities: Mapping[str, Entity]) -> str:
    """The company at the top of those that own an entity; the entity itself when nothing does."""
    seen = {entity}
    while (e := entities.get(entity)) and e.parent and e.parent not in seen:
        entity = e.parent
        seen.add(entity)
    return entity


def _precise(claim: Claim) -> bool:
    """Whether a claim is dated to a quarter or better; "in 2025" dates no deal."""
    if claim.when is None or claim.when.first is None or claim.when.last is None:
        return False
    return claim.when.last - claim.when.first <= NO_SUM_WITHIN


def meet(a: Amount, b: Amount) -> bool:
    """Whether two intervals of one currency (or one unit) share a value, rounding allowed for.

    Amounts in different currencies are not compared: they meet.
    """
    if (a.currency or a.unit) != (b.currency or b.unit) and a.currency and b.currency:
        return True
    bounds = [abs(x) for x in (a.low, a.high, b.low, b.high) if x is not None]
    slack = max(bounds, default=Decimal(0)) / _SLACK
    below = a.high is not None and b.low is not None and a.high + slack < b.low
    above = b.high is not None and a.low is not None and b.high + slack < a.low
    return not (below or above)


def _told_apart(a: Claim, b: Claim) -> bool:
    """One source that lists two products between the same parties means two deals."""
    return (
        bool(a.product and b.product)
        and a.evidence.source == b.evidence.source
        and a.product != b.product
    )


def _days_apart(a: Claim, b: Claim) -> timedelta | None:
    """Time between two claims; zero when they overlap, None when one is undated."""
    if a.when is None or b.when is None:
        return None
    (first_a, last_a), (first_b, last_b) = _span(a), _span(b)
    return max(first_b - last_a, first_a - last_b, timedelta(0))


def _span(claim: Claim) -> tuple[date, date]:
    """First and last day; for an agreed period of years the day it begins is what dates a deal."""
    assert claim.when is not None
    first = claim.when.first or claim.when.last or date.min
    return first, max(first, claim.when.last or first)


def _parties(
    claim: Claim, entities: Mapping[str, Entity], ontology: Ontology
) -> tuple[str, str, str]:
    """The relation and both parties, subsidiaries as their parents."""
    ends = [claim.subject.entity, claim.object.entity if claim.object else ""]
    tops = [owner(e, entities) for e in ends]
    if tops[0] == tops[1]:  # a deal inside one group of companies
        tops = ends
    relation = ontology.relations.get(claim.relation)
    if relation is not None and relation.symmetric:
        tops.sort()
    return claim.relation, tops[0], tops[1]


class _Groups:
    """Sets of claims that grow together (union–find), and what keeps two sets apart."""

    def __init__(self, claims: Mapping[str, Claim], ledger: Ledger) -> None:
        self.parent = {c: c for c in claims}
        self.members = {c: [c] for c in self.parent}
        self.marks = {i: _marks(c) for i, c in claims.items()}
        self.pairs = {
            kind: {
                frozenset((d.left, d.right))
                for d in ledger.of(kind)
                if d.left in claims and d.right in claims
            }
            for kind in ("same-deal", "different-deal")
        }
        for pair in sorted(self.pairs["same-deal"], key=sorted):
            self.join(*(claims[i] for i in sorted(pair)))

    def decided(self, a: Claim, b: Claim) -> bool:
        """Whether a person says that two claims are of one deal."""
        return frozenset((a.id, b.id)) in self.pairs["same-deal"]

    def allowed(self, a: Claim, b: Claim) -> bool:
        """Whether nobody has said that claims of the two sets are of different deals."""
        left, right = (self.members[self.root(c.id)] for c in (a, b))
        apart = self.pairs["different-deal"]
        return not any(frozenset((x, y)) in apart for x in left for y in right) if apart else True

    def root(self, claim: str) -> str:
        while self.parent[claim] != claim:
            claim = self.parent[claim]
        return claim

    def join(self, a: Claim, b: Claim) -> None:
        into, gone = sorted((self.root(a.id), self.root(b.id)))
        if into != gone:
            self.parent[gone] = into
            self.members[into] += self.members.pop(gone)
            self.marks[into] |= self.marks.pop(gone)

    def compatible(self, a: Claim, b: Claim) -> bool:
        """Whether the sets of two claims may be one deal.

        Two joint sums of one source are two deals, and so are an umbrella and its part, and what a
        person has told apart.
        """
        if not self.allowed(a, b):
            return False
        left, right = self.marks[self.root(a.id)], self.marks[self.root(b.id)]
        for kind, scope, token in left:
            for other_kind, other_scope, other_token in right:
                if kind == other_kind == "joint" and scope == other_scope and token != other_token:
                    return False
                if {kind, other_kind} == {"umbrella", "part"} and token == other_token:
                    return False
        return True


def _marks(claim: Claim) -> set[tuple[str, str, str]]:
    """What tells a claim's deal from others: (kind, scope of the token, token)."""
    source = claim.evidence.source
    marks = {
        ("joint", source, claim.joint),
        ("umbrella", "", claim.umbrella),
        ("part", "", claim.part_of),
    }
    return {m for m in marks if m[2]}


def _named(
    claims: Sequence[Claim], groups: _Groups, ontology: Ontology
) -> tuple[tuple[Claim, ...], dict[str, Deal]]:
    """Deals from groups; an umbrella's parts point at the deal that holds the umbrella."""
    by_id = {c.id: c for c in claims if c.id in groups.parent}
    ids = {root: digest("deal", min(ms)) for root, ms in groups.members.items()}
    umbrellas = {c.umbrella: ids[groups.root(i)] for i, c in sorted(by_id.items()) if c.umbrella}
    deals: dict[str, Deal] = {}
    for root, members in groups.members.items():
        together = [by_id[i] for i in sorted(members)]
        above = {umbrellas[c.part_of] for c in together if c.part_of in umbrellas} - {ids[root]}
        deals[ids[root]] = Deal(
            id=ids[root],
            claims=tuple(sorted(members)),
            part_of=min(above, default=""),
            why=_why(together, ontology),
        )
    named = tuple(
        replace(c, deal=ids[groups.root(c.id)]) if c.id in groups.parent else c for c in claims
    )
    return named, dict(sorted(deals.items()))


def _why(claims: Sequence[Claim], ontology: Ontology) -> str:
    """What the claims of a deal share, in a sentence."""
    sources = {c.evidence.source for c in claims}
    relations = sorted({c.relation for c in claims})
    labels = [
        ontology.relations[r].label("en") if r in ontology.relations else r for r in relations
    ]
    parts = [f"{', '.join(labels)}: {len(claims)} claim{'s' * (len(claims) > 1)}"]
    parts.append(f"{len(sources)} source{'s' * (len(sources) > 1)}")
    times = sorted({c.when.edtf for c in claims if c.when})
    if times:
        parts.append(f"dated {times[0]}" + (f" to {times[-1]}" if len(times) > 1 else ""))
    if any(c.joint for c in claims):
        parts.append("one sum for several parties")
    return "; ".join(parts)
