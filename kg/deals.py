"""Deals: which claims, from whatever source, are about one transaction.

Claims of one relation between the same parties (a subsidiary counts as its parent, AWS as Amazon)
are compared in pairs; see kg.same_deal. The clear ones come first: a claim joins the deal with
which most joins it, if nothing in that deal separates them. Then each vague one joins the only deal
that it can be about, and stays alone when there are several. Claims of one source that share one
sum are one deal whoever takes part. A part of an umbrella deal is never the same deal as its
umbrella. A person's decisions come before all of it. Nothing depends on the order of claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import NamedTuple

from kg.claim import Claim, Deal, Entity, Source
from kg.iri import digest
from kg.ledger import NOTHING, Ledger
from kg.ontology import Ontology
from kg.same_deal import Match, Verdict, compare
from kg.times import parse_edtf


class Pair(NamedTuple):
    """Two claims and how they stand to each other."""

    left: str
    right: str
    verdict: Verdict


def group_deals(
    claims: Sequence[Claim],
    entities: Mapping[str, Entity],
    ontology: Ontology,
    ledger: Ledger = NOTHING,
    sources: Mapping[str, Source] | None = None,
) -> tuple[tuple[Claim, ...], dict[str, Deal]]:
    """Groups linked claims into deals.

    Args:
        claims: linked claims; figures and denials belong to no deal.
        entities: to find parents.
        ontology: to know which relations are symmetric, and which hold once.
        ledger: decisions "same-deal" and "different-deal" by ids of claims; they come first.
        sources: to know when each was published.

    Returns:
        The claims in the order given, each with its deal, and the deals by id.
    """
    members = {c.id: c for c in claims if c.kind == "relation" and not c.negated}
    groups = _Groups(members, ledger)
    buckets: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    joints: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in sorted(members.values(), key=lambda c: c.id):
        if claim.relation in ontology.relations:
            buckets[_parties(claim, entities, ontology)].append(claim)
        if claim.joint:
            joints[claim.evidence.source, claim.joint].append(claim)
    for together in joints.values():
        for claim in together[1:]:
            if groups.allowed(together[0], claim):
                groups.join(together[0], claim)
    issued = publication_days(sources or {})
    for (code, *_), bucket in buckets.items():
        bucket.sort(key=_vagueness)
        verdicts = {
            frozenset((a.id, b.id)): compare(a, b, ontology.relations[code], issued)
            for a, b in combinations(bucket, 2)
        }
        for least in (Match.SAME, Match.LIKELY):
            while any(_place_clear(c, bucket, groups, verdicts, least) for c in bucket):
                pass
        for claim in bucket:
            _place_vague(claim, bucket, groups, verdicts)
    return _named(claims, groups, ontology)


def explain_deal(
    claims: Sequence[Claim], ontology: Ontology, sources: Mapping[str, Source]
) -> list[Pair]:
    """Why claims are one deal: for each but the first, the claim above it that it fits best.

    Args:
        claims: the claims of one deal.
        ontology, sources: as for group_deals.
    """
    issued = publication_days(sources)
    ordered = sorted(claims, key=_vagueness)
    pairs = []
    for i, claim in enumerate(ordered[1:], 1):
        relation = ontology.relations[claim.relation]
        fits = [
            Pair(claim.id, other.id, compare(claim, other, relation, issued))
            for other in ordered[:i]
        ]
        pairs.append(max(fits, key=lambda p: p.verdict.match))
    return pairs


def publication_days(sources: Mapping[str, Source]) -> dict[str, date]:
    """Source → the last day on which it can have been published, where that is known."""
    found = ((i, parse_edtf(s.issued)) for i, s in sources.items() if s.issued)
    return {i: day for i, when in found if when and (day := when.last or when.first)}


def owner(entity: str, entities: Mapping[str, Entity], ontology: Ontology) -> str:
    """The party at the top of those that own an entity.

    Only what acts in its own name is taken for its owner: AWS for Amazon, but no site for the
    project that it belongs to. The entity itself when nothing owns it.
    """
    seen = {entity}
    while (e := entities.get(entity)) and e.parent and e.parent not in seen:
        kind = ontology.types.get(e.type)
        if kind is None or not kind.agent:
            break
        entity = e.parent
        seen.add(entity)
    return entity


def _vagueness(claim: Claim) -> tuple[bool, bool, str]:
    """Clear claims first: with a sum, with a time."""
    return not _is_firm(claim), claim.when is None, claim.id


def _is_firm(claim: Claim) -> bool:
    return claim.amount is not None and claim.amount.money


_Verdicts = Mapping[frozenset[str], Verdict]


def _place_clear(
    claim: Claim, bucket: Sequence[Claim], groups: _Groups, verdicts: _Verdicts, least: Match
) -> bool:
    """Joins the claim's set with the one nearest to it, if it is the nearest to that one, too."""
    other = _nearest(claim, bucket, groups, verdicts, least)
    back = _nearest(other, bucket, groups, verdicts, least) if other else None
    if other is None or back is None or groups.root(back.id) != groups.root(claim.id):
        return False
    groups.join(claim, other)
    return True


def _nearest(
    claim: Claim, bucket: Sequence[Claim], groups: _Groups, verdicts: _Verdicts, least: Match
) -> Claim | None:
    """The first member of the set that most joins to the claim's own; None when nothing does."""
    joined = []
    for other, given in _candidates(claim, bucket, groups, verdicts):
        near = [v.closeness for v in given if v.match >= least]
        if near:
            joined.append((max(near), len(near), other.id, other))
    return max(joined)[3] if joined else None


def _place_vague(
    claim: Claim, bucket: Sequence[Claim], groups: _Groups, verdicts: _Verdicts
) -> None:
    """Joins a vague claim's set with the only one that it can belong to.

    Sets that tell a sum come first; where there is none, vague claims belong together.
    """
    mine = groups.members[groups.root(claim.id)]
    if any(_is_firm(c) for c in bucket if c.id in mine):
        return
    found = [
        other
        for other, given in _candidates(claim, bucket, groups, verdicts)
        if any(v.match >= Match.PERHAPS for v in given)
    ]
    firm = [
        other
        for other in found
        if any(_is_firm(c) for c in bucket if groups.root(c.id) == groups.root(other.id))
    ]
    if len(firm) == 1 or (found and not firm):
        groups.join(claim, (firm or found)[0])


def _candidates(
    claim: Claim, bucket: Sequence[Claim], groups: _Groups, verdicts: _Verdicts
) -> list[tuple[Claim, list[Verdict]]]:
    """The other sets from which nothing separates the claim's own: a member, and all verdicts."""
    sets: dict[str, list[Claim]] = defaultdict(list)
    for c in bucket:
        sets[groups.root(c.id)].append(c)
    mine = sets.pop(groups.root(claim.id))
    found = []
    for theirs in sets.values():
        given = [verdicts[frozenset((a.id, b.id))] for a in mine for b in theirs]
        apart = any(v.match == Match.APART for v in given)
        if not apart and groups.compatible(claim, theirs[0]):
            found.append((theirs[0], given))
    return found


def _parties(
    claim: Claim, entities: Mapping[str, Entity], ontology: Ontology
) -> tuple[str, str, str]:
    """The relation and both parties, subsidiaries as their parents."""
    ends = [claim.subject.entity, claim.object.entity if claim.object else ""]
    tops = [owner(e, entities, ontology) for e in ends]
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
