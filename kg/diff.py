"""What changed from one build to another: what a new document brought, or took away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis import Analysis
from kg.interval import Interval
from kg.money import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A deal that is told otherwise than before.

    Args:
        deal: its id in the later build.
        before, after: where it stood and stands; None when it was not there, or is gone.
    """

    deal: str
    before: Position | None
    after: Position | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What two builds differ in; each pair is what came and what went, sorted.

    Args:
        sources, entities, claims, loops, conflicts: ids.
        edges: subject, relation, object.
        deals: that changed their status or sum.
    """

    sources: tuple[tuple[str, ...], tuple[str, ...]]
    entities: tuple[tuple[str, ...], tuple[str, ...]]
    claims: tuple[tuple[str, ...], tuple[str, ...]]
    edges: tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str, str], ...]]
    deals: tuple[Change, ...]
    loops: tuple[tuple[str, ...], tuple[str, ...]]
    conflicts: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def empty(self) -> bool:
        """Whether the builds say the same."""
        pairs = (self.sources, self.entities, self.claims, self.edges, self.loops, self.conflicts)
        return not self.deals and not any(came or went for came, went in pairs)


def diff(before: Analysis, after: Analysis) -> Diff:
    """Compares two builds.

    A deal is found again by its claims; a conflict by what it is about.

    Args:
        before: of the earlier build.
        after: of the later build.
    """
    old, new = before.books.corpus, after.books.corpus
    return Diff(
        sources=_both(old.sources, new.sources),
        entities=_both(old.entities, new.entities),
        claims=_both((c.id for c in old.claims), (c.id for c in new.claims)),
        edges=_edges(before, after),
        deals=tuple(_deals(before, after)),
        loops=_both((x.id for x in before.loops), (x.id for x in after.loops)),
        conflicts=_conflicts(before, after),
    )


def _both(old: Iterable[str], new: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    was, is_ = set(old), set(new)
    return tuple(sorted(is_ - was)), tuple(sorted(was - is_))


def _edges(
    before: Analysis, after: Analysis
) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str, str], ...]]:
    was, is_ = ({(e.subject, e.relation, e.object) for e in a.edges} for a in (before, after))
    return tuple(sorted(is_ - was)), tuple(sorted(was - is_))


def _deals(before: Analysis, after: Analysis) -> Iterable[Change]:
    """Deals whose last position is another one; a deal is where most of its claims are."""
    was, is_ = _positions(before), _positions(after)
    home = {c.id: c.deal for c in after.books.corpus.claims if c.deal}
    found: dict[str, str] = {}
    for deal in sorted(was):
        homes = [home[c] for c in before.books.corpus.deals[deal].claims if c in home]
        if homes:
            found[max(sorted(set(homes)), key=homes.count)] = deal
        else:
            yield Change(deal=deal, before=was[deal], after=None)
    for deal in sorted(is_):
        earlier = was.get(found.get(deal, ""))
        if earlier is None or _says(earlier) != _says(is_[deal]):
            yield Change(deal=deal, before=earlier, after=is_[deal])


def _positions(analysis: Analysis) -> Mapping[str, Position]:
    return {deal: life[-1] for deal, life in analysis.lives.items() if life}


def _says(position: Position) -> tuple[str, Interval | None]:
    return position.status, position.usd


def _conflicts(before: Analysis, after: Analysis) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of conflicts that came and went; one that gained a claim is the same conflict."""
    keys = [
        {(c.kind, c.subject, c.predicate, c.object, c.deal): c.id for c in a.conflicts}
        for a in (before, after)
    ]
    was, is_ = keys
    came = sorted(i for k, i in is_.items() if k not in was)
    return tuple(came), tuple(sorted(i for k, i in was.items() if k not in is_))
