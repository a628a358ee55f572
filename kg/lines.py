"""Lines for people: a loop, a conflict, a deal, each with its evidence, for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kg.claim import Claim
from kg.conflicts import Conflict
from kg.diff import Diff
from kg.loops import MoneyLoop
from kg.money import Position
from kg.tell import Teller

#: Characters of an identifier that are shown; any start that names one thing is understood.
SHORT = 8
#: Characters of a quote, and claims of one side, that are shown at most.
_QUOTE = 160
_CLAIMS = 3


def loop_lines(teller: Teller, rank: int, loop: MoneyLoop) -> Iterator[str]:
    """A loop hop by hop, each with its evidence."""
    steps = teller.analysis.books.steps()
    yield f"{rank}. {circle(teller, loop)}   [{loop.id[:SHORT]}]"
    told = (f"{teller.status(s)}+ {teller.sum(loop.at_least[s])}" for s in steps[1:])
    yield f"   can go round at most: {' · '.join(told)}"
    closed = f"closed on {loop.closed_on}" if loop.closed_on else "closed on no known day"
    yield f"   {_ORDER[loop.order]}; {closed}; {_rests(loop)}"
    for n, hop in enumerate(loop.hops, 1):
        flow = hop.flow
        money = " · ".join(f"{teller.status(s)} {teller.sum(i)}" for s, i in flow.money.items())
        sole = f"; breaks without deal {hop.sole[:SHORT]}" if hop.sole else ""
        yield (
            f"   {n}  {teller.name(flow.payer)} → {teller.name(flow.payee)}: "
            f"{money or 'no sum told'} ({_many(len(flow.positions), 'deal')}, "
            f"{_many(hop.voices, 'independent source')}{sole})"
        )
        yield from evidence_lines(teller, teller.get(hop.best), "      ")


def conflict_lines(teller: Teller, rank: int, conflict: Conflict) -> Iterator[str]:
    """A conflict, side by side."""
    ontology = teller.analysis.books.ontology
    kind = ontology.conflicts[conflict.kind]
    what = about(teller, conflict)
    decided = "; decided in the ledger" if conflict.decided else ""
    yield f"{rank}. {kind.label(teller.language)}: {what}   [{conflict.id[:SHORT]}]{decided}"
    for letter, side in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", conflict.sides, strict=False):
        gone = " (rejected)" if side.rejected else ""
        yield (
            f"   {letter}  {teller.side(conflict, side)}{gone} – "
            f"{_many(len(side.voices), 'independent source')}: {', '.join(side.voices)}"
        )
        for claim in side.claims[:_CLAIMS]:
            yield from evidence_lines(teller, teller.get(claim), "      ")
        if len(side.claims) > _CLAIMS:
            yield f"      … {len(side.claims) - _CLAIMS} more"
    yield f"   would resolve it: {kind.notes.get(teller.language, '')}"


def about(teller: Teller, conflict: Conflict) -> str:
    """What a conflict is about: a relation between two things, or a measure of one."""
    ontology = teller.analysis.books.ontology
    subject, object_ = (teller.name(e) if e else "…" for e in (conflict.subject, conflict.object))
    if conflict.predicate in ontology.relations:
        return (
            f"{subject} {ontology.relations[conflict.predicate].label(teller.language)} {object_}"
        )
    return f"{subject}: {ontology.measures[conflict.predicate].label(teller.language)}"


def claim_lines(teller: Teller, claim: Claim) -> Iterator[str]:
    """A claim, its evidence, its deal, what contradicts it, what it supersedes."""
    analysis = teller.analysis
    yield f"claim {claim.id}"
    yield f"   {teller.claim_line(claim)}"
    yield from evidence_lines(teller, claim, "   ")
    told = teller.analysis.books.told(claim)
    if told:
        yield f"   counts from {told}"
    for decision in analysis.books.corpus.decisions:
        if decision.left == claim.id and decision.kind == "reject":
            yield f"   rejected by {decision.by or 'somebody'}: {decision.reason or 'no reason'}"
    if claim.deal:
        yield f"   of deal {claim.deal[:SHORT]}; kg explain {claim.deal[:SHORT]} says why"
    for later, earlier in analysis.superseded:
        if claim.id == earlier:
            yield f"   superseded by {later[:SHORT]}: {teller.claim_line(teller.get(later))}"
        elif claim.id == later:
            yield f"   supersedes {earlier[:SHORT]}: {teller.claim_line(teller.get(earlier))}"
    for rank, conflict in enumerate(analysis.conflicts, 1):
        if any(claim.id in side.claims for side in conflict.sides):
            yield f"   in conflict {rank}, {about(teller, conflict)}   [{conflict.id[:SHORT]}]"


def stats_lines(teller: Teller) -> Iterator[str]:
    """What the graph holds, and how far it can be trusted."""
    told = teller.analysis.stats
    ontology = teller.analysis.books.ontology
    c = told.counts
    yield (
        f"{c['claims']} claims about {c['entities']} entities from {c['sources']} sources, "
        f"{c['independent_sources']} of them independent of each other"
    )
    yield (
        f"   {c['relations']} relations, {c['figures']} figures, {c['denials']} denials; "
        f"{c['rejected']} rejected by decisions"
    )
    for what, n in (
        ("an exact quote in a document", c["quoted_in_documents"]),
        ("a sum", c["with_sum"]),
        ("a time", c["with_time"]),
    ):
        yield f"   {n / max(c['claims'], 1):4.0%} have {what}"
    yield f"{c['edges']} edges in {c['deals']} deals"
    for n, edges in told.voices.items():
        yield f"   {edges / max(c['edges'], 1):4.0%} ({edges}) by {_many(n, 'independent source')}"
    yield "money in US dollars, every deal once"
    for code, interval in told.money.items():
        yield f"   {teller.status(code)}: {teller.sum(interval)}"
    by_length = ", ".join(f"{n} of {length} hops" for length, n in told.lengths.items())
    yield f"{c['loops']} loops{': ' + by_length if by_length else ''}"
    yield f"{c['conflicts']} conflicts, {c['conflicts_decided']} decided"
    for code, n in told.conflicts.items():
        yield f"   {n} {ontology.conflicts[code].label(teller.language)}"
    yield "claims by relation"
    for code, n in told.relations.items():
        yield f"   {n:5} {ontology.relations[code].label(teller.language)}"


def diff_lines(before: Teller, after: Teller, change: Diff) -> Iterator[str]:
    """What changed, each thing by its name; each teller knows the names of its own build."""
    if change.empty:
        yield "no difference"
        return
    pairs: tuple[tuple[str, Any, Callable[[Teller, Any], str]], ...] = (
        ("sources", change.sources, lambda t, i: i),
        ("entities", change.entities, lambda t, i: t.name(i)),
        ("claims", change.claims, lambda t, i: f"{i[:SHORT]}  {t.claim_line(t.get(i))}"),
        ("edges", change.edges, _edge),
        ("loops", change.loops, _loop),
        ("conflicts", change.conflicts, _conflict),
    )
    for title, (came, went), say in pairs:
        if came or went:
            yield f"{title}: {len(came)} new, {len(went)} gone"
            yield from (f"   + {say(after, i)}" for i in came)
            yield from (f"   - {say(before, i)}" for i in went)
    if change.deals:
        yield f"deals that stand elsewhere: {len(change.deals)}"
    for c in change.deals:
        teller = after if c.after else before
        told = c.after or c.before
        what = teller.claim_line(teller.get(told.claims[-1])) if told else ""
        yield f"   {c.deal[:SHORT]}  {what}: {_stand(before, c.before)} → {_stand(after, c.after)}"


def _edge(teller: Teller, edge: tuple[str, str, str]) -> str:
    subject, relation, object_ = edge
    label = teller.analysis.books.ontology.relations[relation].label(teller.language)
    return f"{teller.name(subject)} {label} {teller.name(object_)}"


def _loop(teller: Teller, loop_id: str) -> str:
    return circle(teller, next(x for x in teller.analysis.loops if x.id == loop_id))


def _conflict(teller: Teller, conflict_id: str) -> str:
    found = next(x for x in teller.analysis.conflicts if x.id == conflict_id)
    kind = teller.analysis.books.ontology.conflicts[found.kind].label(teller.language)
    sides = " | ".join(teller.side(found, side) for side in found.sides)
    return f"{kind}: {about(teller, found)}: {sides}"


def _stand(teller: Teller, position: Position | None) -> str:
    return f"{teller.status(position.status)} {teller.sum(position.usd)}" if position else "nothing"


def deal_lines(teller: Teller, deal_id: str) -> Iterator[str]:
    """A deal: what it stands at, its stages, its claims and why they are together."""
    told = teller.deal(deal_id)
    yield f"deal {deal_id}"
    yield f"   {told['why']}"
    if told["part_of"]:
        yield f"   part of deal {told['part_of'][:SHORT]}, whose sum includes it"
    for part in told["parts"]:
        yield f"   its sum includes deal {part[:SHORT]}"
    yield "   stages"
    for p in teller.analysis.lives.get(deal_id, ()):
        when = p.since.isoformat() if p.since else "undated   "
        joint = ", shared by several parties" if p.joint else ""
        yield f"      {when}  {teller.status(p.status)}  {teller.sum(p.usd)}{joint}"
    because = {j["claim"]: j for j in told["joined"]}
    old = {s["earlier"]: s["later"] for s in told["superseded"]}
    yield f"   claims ({_many(len(told['voices']), 'independent source')})"
    for c in told["claims"]:
        claim = teller.get(c["id"])
        yield f"      {c['id'][:SHORT]}  {teller.claim_line(claim)}"
        joined = because.get(c["id"])
        if joined:
            yield f"         with {joined['to'][:SHORT]}: {joined['because']}"
        if c["id"] in old:
            yield f"         superseded by {old[c['id']][:SHORT]}"
        yield from evidence_lines(teller, claim, "         ")
    yield "   to correct it, add a line same-deal or different-deal to decisions.csv"


def evidence_lines(teller: Teller, claim: Claim, indent: str) -> Iterator[str]:
    """A claim's status and time, its quote and its source."""
    facts = [teller.status(claim.status) if claim.status else "", claim.when and claim.when.edtf]
    e = claim.evidence
    if e.row is None:
        yield f"{indent}“{_cut(e.quote)}”"
    else:  # a row is told in words; its cells are what the claim's quote holds
        yield indent + _cut("; ".join(t for t in (claim.product, claim.note) if t) or e.quote)
    who = f", says {claim.attributed_to.name}" if claim.attributed_to else ""
    place = f"; {e.file}, row {e.row}" if e.row is not None else ""
    facts = [f for f in facts if f]
    told = f" ({', '.join(str(f) for f in facts)})" if facts else ""
    yield f"{indent}– {teller.source_line(claim)}{place}{who}{told}"


def circle(teller: Teller, loop: MoneyLoop) -> str:
    """A loop as a chain of names that ends where it begins."""
    names = [teller.name(p) for p in loop.parties]
    return " → ".join([*names, names[0]])


_ORDER = {
    "in-time": "its deals can follow each other in time",
    "topological": "its deals cannot follow each other in time",
    "undated": "some hop has no date",
}


def _rests(loop: MoneyLoop) -> str:
    parts = []
    if loop.rumoured:
        parts.append(f"{_many(loop.rumoured, 'hop')} on rumours alone")
    if loop.single:
        parts.append(f"{_many(loop.single, 'hop')} on one source")
    return ", ".join(parts) or "every hop by two independent sources or more"


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…"
