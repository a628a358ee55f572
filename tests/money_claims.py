"""Small corpora of money, for the tests of what is worked out from claims.

A source is named "Publisher:day" ("Wire:2025-03-01", "Wire:2025", "Wire" without a day): the part
before the colon publishes it, the part after it is when.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kg.claim import Amount, Claim, Corpus, Decision, Entity, Evidence, Mention, Source
from kg.deals import group_deals
from kg.interval import Interval
from kg.ledger import Ledger
from kg.money import Books
from kg.ontology import load_ontology
from kg.rates import Rates
from kg.times import parse_edtf

ONTOLOGY = load_ontology(Path(__file__).parent.parent / "ontology")
RATES = Rates(
    {"CNY": ((date(2024, 12, 31), Decimal("0.125")), (date(2025, 12, 31), Decimal("0.25")))}
)
BILLION = 10**9

#: Statuses as a source may mark them; "" is none.
STATUSES = ("", *ONTOLOGY.statuses)

_TYPES = {
    "stargate": "Project",
    "tigris": "Project",
    "gemini": "Product",
    "transformer": "Technology",
    "scaling": "Concept",
    "state": "GovernmentBody",
}
_PARENTS = {"aws": "amazon", "zoox": "amazon", "deepmind": "google"}
ENTITIES = {
    e: Entity(
        id=e,
        type=_TYPES.get(e, "Company"),
        labels={"en": e.title()},
        parent=_PARENTS.get(e, ""),
    )
    for e in (
        *("amazon", "aws", "zoox", "deepmind", "google", "microsoft", "nvidia", "openai", "oracle"),
        *("softbank", "coreweave", "a", "b", "c", "d", "e", "f"),
        *_TYPES,
    )
}


def usd(low: float | str | None, high: float | str | None = -1, **more: Any) -> Amount:
    """Billions of dollars; one number is an exact sum."""
    high = low if high == -1 else high
    bounds = [None if b is None else Decimal(str(b)) * BILLION for b in (low, high)]
    return replace(Amount(low=bounds[0], high=bounds[1], currency="USD"), **more)


def bn(low: float | str, high: float | str | None = -1) -> Interval:
    """An interval in billions; one number is an exact sum."""
    high = low if high == -1 else high
    top = None if high is None else Decimal(str(high)) * BILLION
    return Interval(Decimal(str(low)) * BILLION, top)


def says(
    source: str,
    subject: str,
    relation: str,
    object: str,
    amount: Amount | None = None,
    status: str = "",
    when: str = "",
    **more: Any,
) -> Claim:
    """A source's claim from a table, linked; claims that differ in anything have different ids."""
    made = Claim(
        kind="relation",
        subject=Mention(subject, entity=subject),
        relation=relation,
        object=Mention(object, entity=object),
        evidence=Evidence(
            source=source, quote=f"{subject} {relation} {object}", file="t.csv", row=2
        ),
        amount=amount,
        status=status,
        when=parse_edtf(when),
        key=f"{source} {status} {amount} {sorted(more.items())}",
    )
    return replace(made, **more)


def pays(
    source: str,
    payer: str,
    payee: str,
    amount: Amount | None = None,
    status: str = "",
    when: str = "",
    **more: Any,
) -> Claim:
    """A source's claim that one invests in the other."""
    return says(source, payer, "investsIn", payee, amount, status, when, **more)


def figure(
    source: str, subject: str, measure: str, amount: Amount, when: str = "", **more: Any
) -> Claim:
    """A source's figure about somebody."""
    made = Claim(
        kind="figure",
        subject=Mention(subject, entity=subject),
        measure=measure,
        evidence=Evidence(source=source, quote=f"{subject} {measure}", file="t.csv", row=3),
        amount=amount,
        when=parse_edtf(when),
        key=f"{source} {amount} {sorted(more.items())}",
    )
    return replace(made, **more)


def quoted(claim: Claim, quote: str) -> Claim:
    """The claim, read in a document instead of a table."""
    source = claim.evidence.source
    return replace(claim, evidence=Evidence(source=source, quote=quote, start=0, end=len(quote)))


def sources_of(claims: Iterable[Claim]) -> dict[str, Source]:
    """The sources that claims name, as their names say."""
    found = {}
    for id_ in sorted({c.evidence.source for c in claims}):
        publisher, _, issued = id_.partition(":")
        found[id_] = Source(id=id_, publisher=publisher, issued=issued)
    return found


def corpus(
    *claims: Claim,
    one_deal: bool = False,
    same: Iterable[tuple[int, int]] = (),
    rejected: Sequence[Claim] = (),
    restates: Iterable[tuple[str, str]] = (),
) -> Corpus:
    """A corpus of claims in deals.

    Args:
        claims: linked ones.
        one_deal: a person has judged that all of them are about one deal.
        same: pairs of places in `claims` that a person has judged to be about one deal.
        rejected: those that a person rejects.
        restates: pairs of sources, of which the first restates the second.
    """
    pairs = [(0, n) for n in range(1, len(claims))] if one_deal else same
    ledger = Ledger(
        tuple(Decision(kind="same-deal", left=claims[a].id, right=claims[b].id) for a, b in pairs)
    )
    sources = sources_of(claims)
    for one, other in restates:
        known = sources[one]
        sources[one] = replace(known, restates=(*known.restates, other))
    grouped, deals = group_deals(claims, ENTITIES, ONTOLOGY, ledger, sources)
    return Corpus(
        entities=ENTITIES,
        sources=sources,
        claims=grouped,
        deals=deals,
        decisions=tuple(Decision(kind="reject", left=c.id) for c in rejected),
    )


def books(*claims: Claim, **more: Any) -> Books:
    """A corpus of claims, read as money, with a rate for yuan; arguments as for corpus()."""
    return Books(corpus(*claims, **more), ONTOLOGY, RATES)


# ---- Corpora at random ----


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment claim before it has its place in a list: so many places on from a payer."""

    payer: int
    step: int
    amount: tuple[int, str]
    status: str
    when: str
    source: str
    joint: str
    relation: str


_SOURCES = ("P", "P:2025-03-05", "P:2025-06", "Q:2025-09-20", "R", "R:2024", "S:2025-12-01")
_TIMES = ("", "", "2024", "2025", "2025-02", "2025-06-14", "2025-08", "2025-11-30", "2026/2030")
_AMOUNTS = tuple(
    (sum_, kind)
    for sum_ in (1, 3, 10, 33, 34)
    for kind in ("exact", "up_to", "at_least", "between")
)

payments = st.builds(
    Payment,
    st.integers(0, 5),
    st.sampled_from((1, 1, 2, 3)),
    st.one_of(st.just((0, "none")), st.sampled_from(_AMOUNTS)),
    st.sampled_from((*STATUSES, "announced", "committed", "completed")),
    st.sampled_from(_TIMES),
    st.sampled_from(_SOURCES),
    st.sampled_from(("", "", "", "", "j", "k")),
    st.sampled_from(("investsIn", "investsIn", "lendsTo", "supplies", "participatesIn")),
)


def amount_of(payment: Payment) -> Amount | None:
    """The sum of a random payment, as an interval."""
    sum_, kind = payment.amount
    bounds: dict[str, tuple[int | None, int | None]] = {
        "exact": (sum_, sum_),
        "up_to": (None, sum_),
        "at_least": (sum_, None),
        "between": (sum_, 2 * sum_),
    }
    return None if kind == "none" else usd(*bounds[kind])


def claims_of(drawn: tuple[int, Sequence[Payment]]) -> list[Claim]:
    """Random payments among so many parties."""
    parties, listed = drawn
    names = "abcdef"[:parties]
    found = []
    for n, p in enumerate(listed):
        ends = names[p.payer % parties], names[(p.payer + p.step) % parties]
        if p.relation == "supplies":  # money flows against it
            ends = ends[::-1]
        found.append(
            says(
                *(p.source, ends[0], p.relation, ends[1], amount_of(p), p.status, p.when),
                joint=p.joint if p.amount[0] else "",
                key=str(n),
            )
        )
    return found


#: 1 to 14 payment claims among 3 to 6 parties, of every status, kind of sum and kind of time.
claim_lists = st.tuples(
    st.sampled_from((3, 3, 4, 4, 5, 6)),
    st.integers(1, 14).flatmap(lambda n: st.lists(payments, min_size=n, max_size=n)),
).map(claims_of)
