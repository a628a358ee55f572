"""Conflicts: claims that cannot all be true, side by side.

Six kinds, whose names, meanings and remedies are in ontology/kg.ttl: sums of one deal that do not
meet, statuses that exclude each other, an assertion and its denial, roles of one party in one
project, two holders of what has one at a time, and figures of one measure and time that do not
meet. Nothing is decided here: a side that the ledger rejects is shown as rejected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, permutations

from kg.claim import Claim, Corpus
from kg.deals import owner
from kg.interval import Interval
from kg.iri import digest
from kg.money import Books
from kg.roles import Role
from kg.voices import Voices

#: Two statements of one sum differ by rounding and by the day's exchange rate.
_SLACK = Decimal("1.02")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What some sources say, against others.

    Args:
        says: a status, an entity, a role, "asserted" or "denied"; "" where sums say it.
        usd: the sums of its claims in US dollars, or in the measure's unit; None without.
        claims: ids, the ones the ledger rejects among them.
        voices: its independent voices.
        rejected: whether the ledger rejects all of it.
    """

    says: str
    usd: Interval | None
    claims: tuple[str, ...]
    voices: tuple[str, ...]
    rejected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Claims that cannot all be true.

    Args:
        id: identifier, a hash of its claims.
        kind: code of a kind of conflict in the ontology: sums, statuses, denial, roles, holders,
            figures.
        subject, object: ids of entities; "" where the claims name several, or none.
        predicate: code of the relation or the measure.
        deal: id of the deal, "" when the claims are of several or none.
        unit: of the sides' sums: "USD", the unit of a measure, "" where no sums are at odds.
        sides: two or more, the one with most voices first.
    """

    id: str
    kind: str
    subject: str
    predicate: str
    object: str
    deal: str
    unit: str
    sides: tuple[Side, ...]

    @property
    def decided(self) -> bool:
        """Whether decisions in the ledger leave one side standing."""
        return sum(not s.rejected for s in self.sides) < 2

    @property
    def spread(self) -> Decimal:
        """How far the sides are apart in US dollars; nothing when they are not about money."""
        figures = [s.usd.figure for s in self.sides if s.usd is not None and self.unit == "USD"]
        return max(figures) - min(figures) if len(figures) > 1 else Decimal(0)


def find_conflicts(books: Books, voices: Voices, roles: Sequence[Role]) -> tuple[Conflict, ...]:
    """All conflicts of a corpus, those about most money first.

    Args:
        books: the corpus, read as money.
        voices: who is independent of whom.
        roles: roles that exclude each other.
    """
    finder = _Finder(books, voices)
    found = [
        *finder.sums(),
        *finder.statuses(),
        *finder.denials(),
        *finder.roles(roles),
        *finder.holders(),
        *finder.figures(),
    ]
    return tuple(sorted(found, key=lambda c: (c.decided, -c.spread, -len(c.sides), c.kind, c.id)))


def parties(conflict: Conflict, claims: Mapping[str, Claim]) -> set[str]:
    """All entities that the claims of a conflict speak of.

    Args:
        conflict: the conflict.
        claims: by id, at least those of its sides.
    """
    told = [claims[c] for side in conflict.sides for c in side.claims]
    return {m.entity for c in told for m in (c.subject, c.object) if m is not None}


def against(conflicts: Iterable[Conflict]) -> dict[str, tuple[str, ...]]:
    """For each claim in a conflict, the claims on other sides."""
    found: dict[str, set[str]] = defaultdict(set)
    for conflict in conflicts:
        for a, b in combinations(conflict.sides, 2):
            for x in a.claims:
                found[x] |= set(b.claims)
            for y in b.claims:
                found[y] |= set(a.claims)
    return {i: tuple(sorted(others)) for i, others in sorted(found.items())}


class _Finder:
    """Looks for one kind of conflict after the other."""

    def __init__(self, books: Books, voices: Voices) -> None:
        self.books, self.voices = books, voices
        self.corpus: Corpus = books.corpus
        self.ontology = books.ontology
        self.deals: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.corpus.claims:
            if claim.deal and not claim.negated:
                self.deals[claim.deal].append(claim)

    def sums(self) -> Iterator[Conflict]:
        """Sums of one deal that do not meet; joint sums are set against joint ones."""
        for deal, claims in sorted(self.deals.items()):
            # What a later claim took the place of is history, not contradiction.
            old = {e.id for _, e in self.books.superseded(claims)}
            for joint in (False, True):
                told = [
                    c
                    for c in claims
                    if c.amount and c.amount.money and not c.amount.period
                    if bool(c.joint) == joint and c.id not in old
                ]
                yield from self._apart("sums", told, deal)

    def statuses(self) -> Iterator[Conflict]:
        """A deal that is over by one source and not by another that speaks as late."""
        for deal, claims in sorted(self.deals.items()):
            relation = self.ontology.relations.get(claims[0].relation)
            if relation is None or relation.about_ending:
                continue
            pairs = [(a, b) for a, b in permutations(claims, 2) if self._excludes(a, b)]
            by_status: dict[str, list[Claim]] = defaultdict(list)
            for claim in sorted({c.id: c for pair in pairs for c in pair}.items()):
                by_status[self.books.status(claim[1])].append(claim[1])
            yield from self._conflict("statuses", by_status, deal)

    def denials(self) -> Iterator[Conflict]:
        """What one source asserts and another denies, of one product if both name one."""
        said: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for claim in self.corpus.claims:
            ends = [claim.subject.entity, claim.object.entity if claim.object else ""]
            relation = self.ontology.relations.get(claim.relation)
            if relation is not None and relation.symmetric:
                ends.sort()
            said[claim.relation or claim.measure, *ends].append(claim)
        for _, claims in sorted(said.items()):
            sides = {
                "asserted": [c for c in claims if not c.negated],
                "denied": [c for c in claims if c.negated],
            }
            sides = {
                said: [c for c in claims if any(_of_one_thing(c, d) for d in others)]
                for (said, claims), others in zip(
                    sides.items(), reversed(sides.values()), strict=True
                )
            }
            yield from self._conflict("denial", {k: v for k, v in sides.items() if v})

    def roles(self, roles: Sequence[Role]) -> Iterator[Conflict]:
        """Roles of one party in one project that exclude each other, by different voices."""
        parties: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self.corpus.claims:
            if claim.object is None or claim.negated:
                continue
            project = self.corpus.entities.get(claim.object.entity)
            if project is not None and project.type == "Project":
                parties[claim.subject.entity, claim.object.entity].append(claim)
        for _, claims in sorted(parties.items()):
            shown: dict[str, list[Claim]] = defaultdict(list)
            for claim in claims:
                given = [r.code for r in roles if r.shown_by(claim)]
                if len(given) == 1:
                    shown[given[0]].append(claim)
            yield from self._conflict("roles", shown)

    def holders(self) -> Iterator[Conflict]:
        """Two parties of different groups where the ontology says that there is one at a time."""
        held: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in self.corpus.claims:
            relation = self.ontology.relations.get(claim.relation)
            if relation is None or not relation.sole or claim.negated or claim.object is None:
                continue
            lapsed = relation.money_flow != "none" and self.books.is_over(self.books.status(claim))
            thing = claim.object if relation.sole == "subject" else claim.subject
            entity = self.corpus.entities.get(thing.entity)
            kind = self.ontology.types.get(entity.type) if entity else None
            if kind is not None and kind.shareable:
                continue
            if not lapsed:
                paid = "" if relation.money_flow == "none" else claim.relation
                held[relation.sole, paid, thing.entity].append(claim)
        for (sole, *_), claims in sorted(held.items()):
            groups: dict[str, list[Claim]] = defaultdict(list)
            holders: dict[str, set[str]] = defaultdict(set)
            for claim in claims:
                end = claim.subject if sole == "subject" else claim.object
                assert end is not None
                group = owner(end.entity, self.corpus.entities, self.ontology)
                groups[group].append(claim)
                holders[group].add(end.entity)
            sides = {min(holders[g]) if len(holders[g]) == 1 else g: c for g, c in groups.items()}
            if not self._together(sides):
                yield from self._conflict("holders", sides)

    def figures(self) -> Iterator[Conflict]:
        """Values of one measure of one thing, for one time, that do not meet."""
        told: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for claim in self.corpus.claims:
            measure = self.ontology.measures.get(claim.measure)
            if measure is None or claim.negated or claim.amount is None or not measure.comparable:
                continue
            if claim.joint or (claim.when is None and not measure.total):
                continue
            when = claim.when
            span = f"{when.first}/{when.last}" if when and not measure.total else ""
            unit = "money" if claim.amount.money else claim.amount.unit or ""
            told[claim.subject.entity, claim.measure, unit, span].append(claim)
        for _, claims in sorted(told.items()):
            yield from self._apart("figures", claims)

    def _excludes(self, a: Claim, b: Claim) -> bool:
        """Whether what `a` says of a deal's state cannot stand beside what `b` says.

        A deal that goes on excludes one that is over, unless it was published before the end was;
        so does, the other way round, a rumour of what others call done.
        """
        states = [self.books.status(c) for c in (a, b)]
        over = [self.books.is_over(s) for s in states]
        if over == [False, True]:
            return not _before(self.books.published(a), self.books.published(b))
        if states[1] in self.ontology.statuses[states[0]].excludes:
            return not _before(self.books.published(a), self.books.published(b))
        return False

    def _together(self, sides: Mapping[str, Sequence[Claim]]) -> bool:
        """Whether one sentence or one shared sum names all the sides: then they hold it jointly."""
        named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for says, claims in sides.items():
            for c in claims:
                named[c.evidence.source, c.joint or c.evidence.quote].add(says)
        return any(len(s) == len(sides) for s in named.values())

    def _value(self, claim: Claim) -> Interval | None:
        """Dollars where there are any, else the bounds in the claim's own unit."""
        usd = self.books.usd(claim)
        if usd is not None or claim.amount is None or claim.amount.money:
            return usd
        low, high = claim.amount.low, claim.amount.high
        return None if low is None and high is None else Interval(low or Decimal(0), high)

    def _apart(self, kind: str, claims: Sequence[Claim], deal: str = "") -> Iterator[Conflict]:
        """A conflict of claims whose values fall into sides that do not meet."""
        valued = [(v, c) for c in claims if (v := self._value(c)) is not None]
        valued.sort(key=lambda item: (item[0].figure, item[0].low, item[1].id))
        sides: list[list[tuple[Interval, Claim]]] = []
        for value, claim in valued:
            fits = [s for s in sides if all(_meet(value, other) for other, _ in s)]
            if fits:
                fits[-1].append((value, claim))
            else:
                sides.append([(value, claim)])
        named = {str(n): [c for _, c in side] for n, side in enumerate(sides)}
        yield from self._conflict(kind, named, deal, valued=True)

    def _conflict(
        self,
        kind: str,
        sides: Mapping[str, Sequence[Claim]],
        deal: str = "",
        valued: bool = False,
    ) -> Iterator[Conflict]:
        """The conflict of some sides, if there are two.

        One source may contradict itself on a sum or by a denial; what else it tells side by side
        it means to be compatible.
        """
        together = [c for side in sides.values() for c in side]
        alone = len({c.evidence.source for c in together}) < 2
        if len(sides) < 2 or (alone and kind not in ("sums", "denial")):
            return
        made = [self._side("" if valued else s, claims, valued) for s, claims in sides.items()]
        made.sort(key=lambda s: (s.rejected, -len(s.voices), -len(s.claims), s.says, s.claims))
        first = next(c for c in together if c.id == made[0].claims[0])
        subjects = {c.subject.entity for c in together}
        objects = {c.object.entity for c in together if c.object}
        yield Conflict(
            id=digest("conflict", kind, *sorted(c.id for c in together)),
            kind=kind,
            subject=min(subjects) if len(subjects) == 1 else "",
            predicate=first.relation or first.measure,
            object=min(objects) if len(objects) == 1 else "",
            deal=deal,
            unit=(first.amount.unit or "USD") if valued and first.amount else "",
            sides=tuple(made),
        )

    def _side(self, says: str, claims: Sequence[Claim], valued: bool) -> Side:
        values = [v for c in claims if valued and (v := self._value(c)) is not None]
        return Side(
            says=says,
            usd=_hull(values),
            claims=tuple(sorted(c.id for c in claims)),
            voices=self.voices.of(claims),
            rejected=all(c.id in self.corpus.rejected for c in claims),
        )


def _of_one_thing(a: Claim, b: Claim) -> bool:
    """Whether a denial and an assertion can mean the same product and, of figures, time."""
    if a.product and b.product and a.product != b.product:
        return False
    if a.kind == "relation" or a.when is None or b.when is None:
        return True
    spans = [(w.first or date.min, w.last or date.max) for w in (a.when, b.when)]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _before(a: date | None, b: date | None) -> bool:
    return a is not None and b is not None and a < b


def _meet(a: Interval, b: Interval) -> bool:
    """Whether two intervals share a value, rounding and rates allowed for."""
    below = a.high is not None and a.high * _SLACK < b.low
    above = b.high is not None and b.high * _SLACK < a.low
    return not (below or above)


def _hull(values: Sequence[Interval]) -> Interval | None:
    hull = values[0] if values else None
    for value in values[1:]:
        hull = hull.hull(value) if hull else value
    return hull
