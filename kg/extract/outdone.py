"""Of claims of one sentence that cannot all hold the surer ones stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.claim import Claim
from kg.extract.measures import Deals

#: A share of so many percent gives control.
_HALF = 50


def outdone(claims: Sequence[Claim], deals: Deals) -> dict[int, str]:
    """Which claims of one sentence say nothing of their own.

    "A sells the firm B to C" is no trade between A and C where C buys B; one sum goes from one to
    another in one way, be it lent, granted or invested; who buys less than half of a firm does not
    take it over; and of two that each are said to supply or to own the other in one breath one
    does.

    Args:
        claims: in any order.
        deals: what is bought and how money goes; see deals.toml.

    Returns:
        The number of a claim → why it falls.
    """
    found: dict[int, str] = {}
    said = [(n, c) for n, c in enumerate(claims) if not c.negated and c.object is not None]
    bought = {
        (goods, c.object.name)
        for _, c in said for goods in deals.goods.get(c.relation, ()) if c.object
    }  # fmt: skip
    for number, claim in said:
        for goods, name in bought:
            if claim.relation == goods and name in claim.product:
                found[number] = f"{name} itself is bought"
    ways: dict[tuple[object, ...], list[tuple[Decimal, str]]] = defaultdict(list)
    for _, claim in said:
        if claim.relation in deals.ways and claim.amount is not None:
            ways[_sum(claim)].append((claim.confidence, claim.relation))
    for number, claim in said:
        if (known := ways.get(_sum(claim))) and claim.relation in deals.ways:
            surest, relation = max(known)
            own = max((c for c, r in known if r == claim.relation), default=surest)
            if own < surest:
                found[number] = f"its sum is surer to be {relation}"
    for whole, part in deals.control.items():
        for number in _against_share(said, whole, part):
            found.setdefault(number, f"with such a share it is {whole} or {part}, not both")
    one_way = [(n, c) for n, c in said if c.relation in deals.one_way]
    for number, claim in one_way:
        if any(_turned(claim, c) and c.confidence > claim.confidence for _, c in one_way):
            found.setdefault(number, "it is surer the other way round")
    return found


def _against_share(said: Sequence[tuple[int, Claim]], whole: str, part: str) -> Iterator[int]:
    """Of claims that one both acquires another and invests in it those that the share refutes."""
    told: dict[tuple[str, str], list[tuple[int, Claim]]] = defaultdict(list)
    for number, claim in said:
        if claim.relation in (whole, part) and claim.object is not None:
            told[claim.subject.name, claim.object.name].append((number, claim))
    for claims in told.values():
        shares = [c.share for _, c in claims if c.share is not None]
        if shares:
            meant = whole if max(shares) >= _HALF else part
            both = any(c.relation == meant for _, c in claims)
            yield from (n for n, c in claims if both and c.relation != meant)


def _turned(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same of each other's ends."""
    if a.object is None or b.object is None or a.relation != b.relation:
        return False
    return _held(a.subject.name, b.object.name) and _held(a.object.name, b.subject.name)


def _held(a: str, b: str) -> bool:
    """Whether one of two names holds the other: "聆岸听力" and "杭州聆岸听力技术股份有限公司"."""
    return min(len(a), len(b)) > 1 and (a in b or b in a)


def _sum(claim: Claim) -> tuple[object, ...]:
    return (claim.subject.name, claim.object.name if claim.object else "", claim.amount)
