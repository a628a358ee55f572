"""The claims that a figure makes: one for each of those it is of, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.amount_lists import AmountSpan
from kg.claim import Amount, Claim, Evidence, Mention, When
from kg.extract.confidence import Confidence
from kg.extract.measures import Way
from kg.extract.reader import Sentence
from kg.iri import digest

_LONGEST_QUOTE = 400


def figure_claims(
    sentence: Sentence,
    text: str,
    way: Way,
    span: AmountSpan,
    place: tuple[int, int, int],
    subjects: tuple[Mention, ...],
    when: When | None,
    extractor: str,
    confidence: Confidence,
) -> Iterator[Claim]:
    """One claim for each of those that a figure is of.

    Args:
        text: the sentence's view.
        way: the words that tell the measure.
        span: the value.
        place: where those words and the value begin, and where the value ends.
        subjects: whom it is of; several share the value.
        when: its time.
        extractor: the name of who claims it.
        confidence: how sure a claim of its kind is.
    """
    context, (at, start, end) = sentence.context, place
    amount, measure = span.amount, way.measure
    if way.falling or (measure == "growthRate" and text[start - 1 : start] == "-"):
        amount = _negative(amount)
    if measure == "netIncome" and text[start - 1 : start] in ("-", "−"):
        measure = "netLoss"
    clause = max(text.rfind(mark, 0, at) for mark in ",;:。") + 1
    planned = sentence.language.cues.search("status_announced", sentence.unnamed()[clause:start])
    evidence = _evidence(sentence, subjects, (at, end))
    joint = ""
    if len(subjects) > 1:
        joint = digest(context.document.id, str(span.start), length=12)
    for subject in subjects:
        yield Claim(
            kind="figure",
            subject=subject,
            measure=measure,
            evidence=evidence,
            amount=amount,
            when=when,
            status="announced" if planned and measure in ("capex", "budget") else "",
            joint=joint,
            attributed_to=None if context.attributed_to == subject else context.attributed_to,
            extractor=extractor,
            confidence=confidence.figure(
                subject.start is not None and context.start <= subject.start, sentence
            ),
        )


def _negative(amount: Amount) -> Amount:
    low = None if amount.high is None else -amount.high
    high = None if amount.low is None else -amount.low
    return replace(amount, low=low, high=high)


def _evidence(
    sentence: Sentence, subjects: tuple[Mention, ...], place: tuple[int, int]
) -> Evidence:
    """From the subject, when the sentence names it, to the value."""
    context = sentence.context
    start, end = sentence.offsets(*place)
    inside = [s.start for s in subjects if s.start is not None and context.start <= s.start < end]
    start = min([start, *inside])
    end = max([end, *(s.end for s in subjects if s.end and start <= s.end <= context.end)])
    if end - start > _LONGEST_QUOTE:
        start = end - _LONGEST_QUOTE
    return Evidence(
        source=context.document.id,
        quote=context.document.text[start:end],
        start=start,
        end=end,
    )
