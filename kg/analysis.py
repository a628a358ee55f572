"""Everything that is worked out from a corpus: one call, one value.

The build writes it into the graph, the commands print it, the pages draw it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.claim import Claim, Corpus
from kg.conflicts import Conflict, find_conflicts
from kg.loops import Actor, MoneyLoop, TooManyLoops, actors, find_loops
from kg.money import Books, Flow, Position
from kg.ontology import Ontology
from kg.rates import Rates
from kg.roles import load_roles
from kg.trust import EdgeTrust, Stats, edge_trust, stats
from kg.voices import Voices

#: Loops of more hops are many and tell little: most go round the same few payments.
MAX_LENGTH = 6


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """What follows from the claims of a corpus.

    Args:
        books: the corpus, read as money.
        voices: who is independent of whom.
        lives: deal → what it stood at, from the first day on.
        superseded: pairs of claims (later, earlier) of one deal.
        flows: who pays whom.
        loops: the best first.
        max_length: the most hops of the loops; less than asked for when there were too many.
        conflicts: those about most money first.
        edges: what each plain edge stands on.
    """

    books: Books
    voices: Voices
    lives: Mapping[str, tuple[Position, ...]]
    superseded: tuple[tuple[str, str], ...]
    flows: Mapping[tuple[str, str], Flow]
    loops: tuple[MoneyLoop, ...]
    max_length: int
    conflicts: tuple[Conflict, ...]
    edges: tuple[EdgeTrust, ...]

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """All claims, figures and denials among them."""
        return {c.id: c for c in self.books.corpus.claims}

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """How much of what each party pays can come back to it."""
        return actors(self.books, self.loops)

    @property
    def stats(self) -> Stats:
        """Counts, and what speaks for them."""
        return stats(self.books, self.voices, self.edges, self.loops, self.conflicts)


def analyse(
    corpus: Corpus, ontology: Ontology, rates: Rates, *, max_length: int = MAX_LENGTH
) -> Analysis:
    """Works everything out.

    Args:
        corpus: linked claims in deals.
        ontology: says what moves money, how far a status is, what excludes what.
        rates: for sums in other currencies.
        max_length: the most hops of a loop; if that makes too many loops, shorter ones are taken.
    """
    books, voices = Books(corpus, ontology, rates), Voices(corpus)
    deals: dict[str, list[Claim]] = {deal: [] for deal in corpus.deals}
    for claim in books.claims.values():
        if claim.deal in deals:
            deals[claim.deal].append(claim)
    loops: tuple[MoneyLoop, ...] = ()
    while max_length >= 2:
        try:
            loops = find_loops(books, voices, max_length=max_length)
            break
        except TooManyLoops:
            max_length -= 1
    return Analysis(
        books=books,
        voices=voices,
        lives={deal: books.life(claims) for deal, claims in deals.items() if claims},
        superseded=tuple(
            sorted(
                (later.id, earlier.id)
                for claims in deals.values()
                for later, earlier in books.superseded(claims)
            )
        ),
        flows=books.flows(),
        loops=loops,
        max_length=max_length,
        conflicts=find_conflicts(books, voices, load_roles(ontology.folder)),
        edges=edge_trust(books, voices),
    )
