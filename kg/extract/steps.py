"""What came of each match, and what is kept of several that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.claim import Claim
from kg.extract.guesses import SCORED
from kg.extract.reader import Sentence
from kg.extract.relations import Hit


@dataclass(frozen=True, slots=True)
class Step:
    """One match of a pattern and what came of it; for `kg extract --explain`.

    Args:
        how: where the roles come from; see kg.extract.roles.
        reason: why there is no claim; "" when there is.
        doubted: what would be claimed if it were said, and not asked, supposed or wished.
        kinds: under what the confidence of each claim is counted; see kg.extract.confidence.
    """

    hit: Hit
    how: str
    claims: tuple[Claim, ...]
    reason: str
    doubted: tuple[Claim, ...] = ()
    kinds: tuple[str, ...] = ()


def without(steps: Iterable[Step], falling: Mapping[int, str]) -> Iterator[Step]:
    """Steps without some of their claims.

    Args:
        falling: the number of a claim among all of them → why it falls.
    """
    number = 0
    for step in steps:
        numbers = range(number, number + len(step.claims))
        number = numbers.stop
        kept = [at - numbers.start for at in numbers if at not in falling]
        if len(kept) == len(step.claims):
            yield step
        else:
            yield replace(
                step,
                claims=tuple(step.claims[i] for i in kept),
                kinds=tuple(step.kinds[i] for i in kept),
                reason=next(falling[at] for at in numbers if at in falling),
            )


def reports(sentence: Sentence, steps: Iterable[Step]) -> list[Claim]:
    """What a sentence asks or passes on without saying it: denied next, it is a denial.

    Args:
        steps: those of the sentence; what is guessed is only reported where it is asked.
    """
    words = sentence.view.text[sentence.start : sentence.end]
    if not (sentence.question or sentence.language.cues.search("report", words)):
        return []
    told = (
        c for s in steps if s.how != SCORED or sentence.question for c in (*s.claims, *s.doubted)
    )
    return [c for c in told if not c.negated]


def related(steps: Iterable[Step]) -> set[frozenset[str]]:
    """The pairs of names of which patterns say something, be it that it is only supposed."""
    return {
        frozenset((c.subject.name, c.object.name))
        for step in steps for c in (*step.claims, *step.doubted) if c.object
    }  # fmt: skip


def said_of(claim: Claim) -> tuple[str, str, str, bool]:
    """What a claim says, whatever its sum and time."""
    return (
        claim.subject.name, claim.relation or claim.measure,
        claim.object.name if claim.object else str(claim.amount), claim.negated,
    )  # fmt: skip


def distinct(claims: list[Claim]) -> Iterator[Claim]:
    """One claim per sentence and reading: the one that says most.

    Several patterns may see the same thing, one with its sum and one without.
    """
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (*said_of(claim), claim.evidence.start, claim.evidence.end)
        kept = best.get(key)
        best[key] = claim if kept is None else _fuller(kept, claim)
    yield from best.values()


def _fuller(a: Claim, b: Claim) -> Claim:
    return replace(
        a,
        amount=a.amount or b.amount,
        joint=a.joint or (b.joint if a.amount is None else ""),
        share=a.share if a.share is not None else b.share,
        when=a.when or b.when,
        status=a.status or b.status,
        product=a.product or b.product,
        confidence=max(a.confidence, b.confidence),
    )
