"""Money over its life: what each deal stands at on a day, and what flows between two parties.

A deal is rumoured, announced, committed, completed, or over. On a day only what had been told by
then counts. A later claim supersedes an earlier one of its deal when it says that the deal is
further, or, after weeks, another sum; nothing is deleted, and claims that neither supersede nor
confirm each other widen the interval. Sums are kept in the original currency where all agree on
one, and in dollars by the dated rate. A joint sum bounds what one pair of parties moves and is
counted once for all of them; an umbrella deal counts for what its parts leave over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from kg.claim import Amount, Claim, Corpus
from kg.deals import owner
from kg.interval import UNKNOWN, Interval, total
from kg.ontology import Ontology
from kg.rates import Rates
from kg.rdf import payments
from kg.same_deal import OTHER_SUM_WITHIN, meet
from kg.told import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a deal, or the part of it between two parties, stands at on a day.

    Args:
        deal: its id.
        status: code of the furthest status that stands, "" never: what marks none is assumed.
        since: the day from which that status is told, None when no claim of it has a day.
        usd: the sum in US dollars, None when no claim tells one.
        original: the sum in `currency`, when all claims that count agree on one currency.
        currency: ISO 4217 code, "" when they do not, or tell no sum.
        joint: whether the sum is shared with parties outside this position.
        claims: ids of the claims that count, best told last.
        superseded: ids of claims that later ones supersede.
    """

    deal: str
    status: str
    since: date | None
    usd: Interval | None
    original: Interval | None = None
    currency: str = ""
    joint: bool = False
    claims: tuple[str, ...]
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What one party pays another, over all deals.

    Args:
        payer, payee: ids of entities.
        positions: one for each deal, by id.
        money: code of a status → the sum that stands there, in US dollars, nothing counted twice.
        claims: ids of all claims, also those that are superseded.
        since: the day of the first claim that counts, None when none has one.
    """

    payer: str
    payee: str
    positions: tuple[Position, ...]
    money: Mapping[str, Interval] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    since: date | None = None


class Books:
    """Reads a corpus as money.

    Args:
        corpus: linked claims in deals; rejected claims and denials move no money.
        ontology: says which relations move money and how far a status is.
        rates: for sums in other currencies.
    """

    def __init__(self, corpus: Corpus, ontology: Ontology, rates: Rates) -> None:
        self.corpus, self.ontology, self.rates = corpus, ontology, rates
        self.claims = {
            c.id: c
            for c in corpus.claims
            if c.kind == "relation" and not c.negated and c.id not in corpus.rejected
        }
        self._ranks = {code: s.order for code, s in ontology.statuses.items()}
        ends = {i for i, c in self.claims.items() if self.is_over(self.status(c))}
        self.calendar = Calendar(corpus, self.claims, ends)
        self._ends = {i: payments(c, corpus, ontology) for i, c in self.claims.items()}
        # A deal is asked for on many days, on most of which nothing new was told of it.
        self._positions: dict[tuple[str, tuple[str, ...], bool], Position] = {}

    def status(self, claim: Claim) -> str:
        """The status of a claim; what marks none is only told, which the ontology calls assumed."""
        return claim.status if claim.status in self._ranks else self.ontology.assumed_status

    def is_over(self, status: str) -> bool:
        """Whether a status ends a deal."""
        return self.ontology.statuses[status].over

    def reaches(self, status: str, least: str) -> bool:
        """Whether a status is at least as far as another and not over."""
        return not self.is_over(status) and self._ranks[status] >= self._ranks[least]

    def told(self, claim: Claim) -> date | None:
        """The day from which a claim counts, None when nothing dates it.

        The last day on which it can have been told; see kg.told.Calendar.
        """
        window = self.calendar.window(claim)
        return window[1] if window else None

    def published(self, claim: Claim) -> date | None:
        """The day on which the claim's source came out, None when nobody says."""
        return self.calendar.published(claim)

    def usd(self, claim: Claim) -> Interval | None:
        """The sum of a claim in dollars; None when it tells none that has a value in dollars."""
        usd = self.rates.to_usd(claim.amount, claim.when)
        if usd is None or claim.amount is None:
            return None
        return _interval(usd.low, usd.high, claim.amount)

    def best(self, claims: Iterable[Claim]) -> Claim:
        """The claim that shows something best: not over, with an own sum, quoted, far along."""

        def key(claim: Claim) -> tuple[bool, bool, bool, int, Decimal, str]:
            usd, status = self.usd(claim), self.status(claim)
            return (
                not self.is_over(status),
                usd is not None and not claim.joint,
                claim.evidence.start is not None,
                self._ranks[status],
                usd.figure if usd else Decimal(0),
                claim.id,
            )

        return max(claims, key=key)

    def supersedes(self, later: Claim, earlier: Claim) -> bool:
        """Whether a claim takes the place of an earlier one of its deal.

        It is surely told on a later day, by a status that is at least as far, does not fall silent
        on a sum that was told, and either is further or tells another sum after six weeks.
        """
        after, before = self.calendar.window(later), self.calendar.window(earlier)
        if after is None or before is None or after[0] <= before[1]:
            return False
        ranks = [self._ranks[self.status(c)] for c in (later, earlier)]
        sums = [
            c.amount if c.amount is not None and c.amount.money else None for c in (later, earlier)
        ]
        silent = sums[0] is None and sums[1] is not None
        if ranks[0] < ranks[1] or (silent and not self.is_over(self.status(later))):
            return False
        if ranks[0] > ranks[1]:
            return True
        other = sums[0] is not None and sums[1] is not None and not meet(sums[0], sums[1])
        return other and after[0] - before[1] > OTHER_SUM_WITHIN

    def superseded(self, claims: Iterable[Claim]) -> list[tuple[Claim, Claim]]:
        """All pairs (later, earlier) of a deal of which the later supersedes the earlier."""
        pairs = []
        for a, b in combinations(sorted(claims, key=lambda c: c.id), 2):
            if _same_parties(a, b):
                pairs += [(x, y) for x, y in ((a, b), (b, a)) if self.supersedes(x, y)]
        return pairs

    def position(
        self, claims: Sequence[Claim], as_of: date | None = None, *, shared: bool = False
    ) -> Position | None:
        """What claims of one deal come to.

        Args:
            claims: of one deal.
            as_of: only what was told by this day counts; everything when None.
            shared: whether others take part in a joint sum, which then only bounds this one.

        Returns:
            None when nothing was told by then.
        """
        known = self.known(claims, as_of)
        if not known:
            return None
        key = known[0].deal, tuple(c.id for c in known), shared
        if key not in self._positions:
            self._positions[key] = self._position(known, shared)
        return self._positions[key]

    def _position(self, known: Sequence[Claim], shared: bool) -> Position:
        gone = {earlier.id for _, earlier in self.superseded(known)}
        current = sorted((c for c in known if c.id not in gone), key=self._furthest)
        over = [c for c in current if self.is_over(self.status(c))]
        alive = [c for c in current if c not in over]
        if over and alive:
            ended = max((d for c in over if (d := self.told(c))), default=None)
            going = max((d for c in alive if (d := self.told(c))), default=None)
            alive, over = ([], over) if not going or not ended or ended >= going else (alive, [])
        counted = alive or over
        status = self.status(counted[-1])
        same = [c for c in counted if self.status(c) == status]
        # An end that tells no sum ends the sum that stood before it.
        stood = [c for c in known if not self.is_over(self.status(c))]
        past = {earlier.id for _, earlier in self.superseded(stood)} if over else set()
        before = [c for c in stood if c.id not in past]
        usd, original, currency, joint = self._sum(counted, before if over else [], shared)
        return Position(
            deal=known[0].deal,
            status=status,
            since=min((d for c in same if (d := self.told(c))), default=None),
            usd=usd,
            original=original,
            currency=currency,
            joint=joint,
            claims=tuple(c.id for c in counted),
            superseded=tuple(sorted(gone)),
        )

    def known(self, claims: Iterable[Claim], as_of: date | None) -> list[Claim]:
        """The claims that had been told by a day; all when it is None."""
        return [c for c in claims if as_of is None or ((d := self.told(c)) and d <= as_of)]

    def life(self, claims: Sequence[Claim]) -> tuple[Position, ...]:
        """The positions of a deal one after the other, each since the day it began.

        The last has no day when claims that nothing dates make a difference.
        """
        found: list[Position] = []
        for day in (*sorted({d for c in claims if (d := self.told(c))}), None):
            now = self.position(claims, day)
            if now and (not found or _differs(found[-1], now)):
                found.append(replace(now, since=day))
        return tuple(found)

    def flows(
        self,
        as_of: date | None = None,
        *,
        group: bool = False,
        without: Set[str] = frozenset(),
    ) -> dict[tuple[str, str], Flow]:
        """Who pays whom, and how much, by payer and payee.

        Args:
            as_of: only what was told by this day counts; everything when None.
            group: parts of a company count as the company.
            without: ids of deals that are taken to have lapsed.
        """
        pairs: dict[tuple[str, str], dict[str, list[Claim]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for claim in self.claims.values():
            ends = self._ends[claim.id]
            if ends is None or claim.deal in without:
                continue
            if group:
                ends = self._owner(ends[0]), self._owner(ends[1])
            if ends[0] != ends[1]:
                pairs[ends][claim.deal].append(claim)
        found = {}
        for (payer, payee), deals in sorted(pairs.items()):
            positions = [
                p
                for _, claims in sorted(deals.items())
                if (p := self.position(claims, as_of, shared=True))
            ]
            if not positions:
                continue
            told = [c for claims in deals.values() for c in self.known(claims, as_of)]
            found[payer, payee] = Flow(
                payer=payer,
                payee=payee,
                positions=tuple(positions),
                money=self.sums(positions),
                claims=tuple(sorted({c.id for c in told})),
                since=min((d for c in told if (d := self.told(c))), default=None),
            )
        return found

    def sums(self, positions: Iterable[Position]) -> dict[str, Interval]:
        """The money of several deals by status, nothing counted twice.

        Args:
            positions: at most one for each deal; those that tell no sum are left out. An umbrella
                deal counts for what is left of it beside its parts, if parts are among the
                positions.
        """
        held = {p.deal: p for p in positions if p.usd is not None}
        parts: dict[str, list[Interval]] = defaultdict(list)
        for deal, position in held.items():
            for whole in self._wholes(deal, held):
                parts[whole].append(position.usd or UNKNOWN)
        found: dict[str, Interval] = defaultdict(Interval)
        for deal, position in sorted(held.items()):
            found[position.status] += (position.usd or UNKNOWN).less(total(parts[deal]))
        return {code: found[code] for code in self._ranks if code in found}

    def at_least(self, positions: Iterable[Position], status: str) -> Interval:
        """How much money has come at least as far as a status and is not over.

        Args:
            positions: at most one for each deal.
            status: code of a status.

        Returns:
            The sum of the deals that tell theirs; UNKNOWN when none that came so far tells one, and
            nothing when none came so far.
        """
        far = [p for p in positions if self.reaches(p.status, status)]
        if far and not any(p.usd for p in far):
            return UNKNOWN
        return total(self.sums(far).values())

    def paid(self, claims: Iterable[Claim], as_of: date | None = None) -> list[Position]:
        """The positions of any claims, each deal once, joint sums whole."""
        deals: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            deals[claim.deal].append(claim)
        found = (self.position(c, as_of) for _, c in sorted(deals.items()))
        return [p for p in found if p]

    def moves(self, claim: Claim) -> bool:
        """Whether money moves by a claim."""
        return payments(claim, self.corpus, self.ontology) is not None

    def steps(self) -> tuple[str, ...]:
        """The codes of the statuses that a deal goes through, the least first, without its end."""
        return tuple(
            c for c in sorted(self._ranks, key=self._ranks.__getitem__) if not self.is_over(c)
        )

    def _owner(self, entity: str) -> str:
        return owner(entity, self.corpus.entities, self.ontology)

    def _wholes(self, deal: str, held: Mapping[str, Position]) -> Iterator[str]:
        """The umbrella deals that count for less because a deal counts by itself.

        They are the nearest above it that are held: one that stands, and one that is over, if
        that is nearer. What is over takes nothing from what stands.
        """
        over = self.is_over(held[deal].status)
        passed = {deal}
        skipped = False
        while (known := self.corpus.deals.get(deal)) and known.part_of not in {"", *passed}:
            deal = known.part_of
            passed.add(deal)
            if deal not in held:
                continue
            if self.is_over(held[deal].status):
                if not skipped:
                    yield deal
                skipped = True
            elif not over:
                yield deal
            if over or not self.is_over(held[deal].status):
                return

    def _furthest(self, claim: Claim) -> tuple[int, date, bool, str]:
        quoted = claim.evidence.start is not None
        return self._ranks[self.status(claim)], self.told(claim) or date.min, quoted, claim.id

    def _sum(
        self, counted: Sequence[Claim], before: Sequence[Claim], shared: bool
    ) -> tuple[Interval | None, Interval | None, str, bool]:
        """Dollars, original, its currency, and whether the sum is shared with others."""
        for claims in (counted, before):
            for joint in (False, True):
                told = [
                    (c, usd)
                    for c in claims
                    if bool(c.joint) == joint and (usd := self.usd(c)) is not None
                ]
                if not told:
                    continue
                usd, original, currency = _hull([u for _, u in told]), None, ""
                units = {c.amount.currency for c, _ in told if c.amount}
                if len(units) == 1 and None not in units:
                    currency = str(*units)
                    original = _hull(
                        [
                            _interval(c.amount.low, c.amount.high, c.amount)
                            for c, _ in told
                            if c.amount
                        ]
                    )
                if joint and shared:
                    usd = Interval(high=usd.high)
                    original = Interval(high=original.high) if original else None
                return usd, original, currency, joint
        return None, None, "", False


def _interval(low: Decimal | None, high: Decimal | None, amount: Amount) -> Interval:
    """Bounds as an interval; a sum per month or year is only the least that is paid."""
    least = low if low is not None else Decimal(0)
    return Interval(least, None if amount.period else high)


def _hull(intervals: Sequence[Interval]) -> Interval:
    first, *rest = intervals
    for interval in rest:
        first = first.hull(interval)
    return first


def _same_parties(a: Claim, b: Claim) -> bool:
    """Whether two claims of a deal speak of the same two parties, or of one joint sum."""
    if a.joint and b.joint:
        return True
    ends = [(c.subject.entity, c.object.entity if c.object else "") for c in (a, b)]
    return ends[0] == ends[1]


def _differs(a: Position, b: Position) -> bool:
    return (a.status, a.usd) != (b.status, b.usd)
