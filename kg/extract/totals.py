"""Figures that relations imply: who builds a project for a sum tells what the project costs, who
gives one up after spending a sum tells what was spent on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.claim import Amount, Claim
from kg.extract.figures import values_of
from kg.extract.measures import Deals, load_deals
from kg.extract.reader import Sentence
from kg.ontology import Ontology


def with_totals(
    sentence: Sentence, ontology: Ontology, figures: Iterable[Claim], relations: Sequence[Claim]
) -> list[Claim]:
    """The figures of a sentence and those that its relations imply.

    Args:
        figures: as its words state them.
        relations: of the same sentence.

    Returns:
        What a relation says a sum is of stands instead of what the words beside the sum say.
    """
    figures, deals = list(figures), load_deals(ontology.folder)
    granted = {_sum(amount) for amount in values_of(sentence, ontology, "part")}
    # "dropped X, a $650m plant": what it would have cost
    parts = {
        _sum(f.amount) for f in figures for c in relations
        if c.relation in deals.ending and c.object and f.measure == "budget"
        and f.subject.name == c.object.name
    }  # fmt: skip
    implied = _implied(deals, relations, parts, granted)
    sums = {_sum(c.amount): _key(c) for c in implied}
    kept = [
        f
        for f in figures
        if f.measure not in deals.mistaken or sums.get(_sum(f.amount), _key(f)) == _key(f)
    ]
    said = {_key(f) for f in kept}
    return kept + [c for c in implied if _key(c) not in said]


def _implied(
    deals: Deals,
    relations: Sequence[Claim],
    parts: set[tuple[object, ...]],
    granted: set[tuple[object, ...]],
) -> list[Claim]:
    """One figure a sum: of a grant, a loan or a share in it the whole is not told."""
    ended = {c.object.name for c in relations if c.relation in deals.ending and c.object}
    parts = parts | {
        _sum(c.amount) for c in relations if c.relation not in deals.totals and c.amount
    }
    found: dict[tuple[object, ...], Claim] = {}
    for claim in relations:
        measure = deals.totals.get(claim.relation or "")
        if measure is None or claim.negated or claim.object is None or claim.amount is None:
            continue
        if measure == "budget" and (claim.object.name in ended or _sum(claim.amount) in granted):
            continue
        if not claim.amount.currency or claim.amount.period or _sum(claim.amount) in parts:
            continue
        figure = replace(
            claim, kind="figure", subject=claim.object, measure=measure, object=None,
            relation="", when=None, joint="", product="", share=None,
            status="",
        )  # fmt: skip
        found.setdefault(_key(figure), figure)
    return list(found.values())


def _key(figure: Claim) -> tuple[object, ...]:
    return (figure.subject.name, figure.measure, *_sum(figure.amount))


def _sum(amount: Amount | None) -> tuple[object, ...]:
    return () if amount is None else (amount.low, amount.high, amount.currency)
