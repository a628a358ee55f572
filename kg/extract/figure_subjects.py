"""Whose a figure is: the name beside the words of a measure, or what the sentence is about."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claim import Claim, Mention
from kg.extract.figure_names import named
from kg.extract.figure_place import FigurePlace, pronouns
from kg.extract.measures import Deals, Way
from kg.extract.reader import Sentence


def subjects_of(
    sentence: Sentence,
    text: str,
    way: Way,
    place: tuple[int, int, int],
    last: tuple[Mention, ...],
    said: Sequence[Claim] = (),
    sources: Sequence[Way] = (),
    deals: Deals | None = None,
) -> tuple[Mention, ...]:
    """Whose figure it is.

    Args:
        text: the sentence's view.
        way: how the measure is said.
        place: where the words begin, and where the value begins and ends, in `text`.
        last: whose the figure before was; () when there is none.
        said: the relations of the sentence and, before them, of the one before it.
        sources: the words beside the name of whoever only reports.
        deals: what relations tell of figures.

    Returns:
        Nobody when the sentence does not tell.
    """
    found = named(FigurePlace.of(sentence, text, way, place), last)
    around = sentence.context.subject
    if len(found) == 1 and _counts(sentence, text, found[0], sources):
        # who counts is not who is counted
        meant = any(p[1] < place[1] for p in pronouns(sentence))
        found = (around,) if around and meant and around.name != found[0].name else ()
    if len(found) != 1:
        return found
    if way.measure == "valuation" and deals is not None:
        paid = [c for c in said if c.relation in deals.paying and not c.negated and c.object]
        return _bought(sentence, text, found[0], place, paid) or found
    if way.sunk and found[0].type != "Project" and deals is not None:
        ended = [c for c in said if c.relation in deals.ending and not c.negated]
        return _given_up(sentence, found[0], place, ended) or found
    return found


def _counts(sentence: Sentence, text: str, named: Mention, sources: Sequence[Way]) -> bool:
    """Whether a name is that of a source: "IDC的数据显示"."""
    context = sentence.context
    if named.start is None or named.end is None or not context.start <= named.start < context.end:
        return False
    start = sentence.view.index(named.start) - sentence.start
    end = sentence.view.end_index(named.end) - sentence.start
    for way in sources:
        if way.after is not None and way.after.match(text, end):
            return True
        ahead = way.before.search(text[:start]) if way.before is not None else None
        if ahead is not None and not ahead["gap"].strip():
            return True
    return False


def _bought(
    sentence: Sentence,
    text: str,
    named: Mention,
    place: tuple[int, int, int],
    deals: Sequence[Claim],
) -> tuple[Mention, ...]:
    """What is valued when an investor pays for a part of it: never the investor."""
    view, base = sentence.view, sentence.start
    at, _, end = place
    if named.start is not None and sentence.context.start <= named.start:
        begin = view.index(named.start) - base
        clause = max(text.rfind(mark, 0, at) for mark in ",;:。") + 1
        if 0 < clause == begin:
            return ()  # "…, X is valued at": a clause of its own about the investor
    limit = sentence.offsets(end, end)[0]
    paid = [c for c in deals if c.subject.name == named.name]
    got = [
        c.object
        for c in paid
        if c.object is not None and (c.object.start is None or c.object.start < limit)
    ]
    if not got or any(c.object and c.object.name == named.name for c in deals):
        return ()
    return (got[-1],)


def _given_up(
    sentence: Sentence, named: Mention, place: tuple[int, int, int], ended: Sequence[Claim]
) -> tuple[Mention, ...]:
    """The project that money was sunk in, when it is given up in the sentence or just before."""
    limit = sentence.offsets(place[2], place[2])[0]
    things = [
        c.object
        for c in ended
        if c.object is not None and c.subject.name == named.name
        and (c.object.start is None or c.object.start < limit)
    ]  # fmt: skip
    return (things[-1],) if things else ()
