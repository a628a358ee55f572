"""The sums, shares and times that a match tells, each party's own where they are told apart."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.amount_lists import AmountSpan
from kg.claim import Amount, When
from kg.extract.lexicon import Cues
from kg.extract.name_rows import Item
from kg.extract.reader import Sentence
from kg.extract.relations import Hit
from kg.text import quote_depth

#: So far behind a match it may be told what became of it: an endless sentence stays linear.
FAR = 300


def sums_of(
    hit: Hit,
    sentence: Sentence,
    segment: tuple[int, int],
    clause: tuple[int, int],
    parties: int,
) -> tuple[tuple[Amount, ...], int | None]:
    """The sums of a match: one for each party where they are told apart, else one for all.

    Args:
        segment, clause: the parts of the masked text around the match, between semicolons and
            between commas.
        parties: how many share what is said.

    Returns:
        The sums, and where one stands that they have jointly.
    """
    mask = hit.mask
    every = [
        (at, item)
        for at, item in mask.values
        if item.kind == "amount" and segment[0] <= at < segment[1]
    ]
    if split := _split(mask.text, every, segment, sentence, parties):
        return split, None
    if hit.amount_char:
        chosen = mask.items[hit.amount_char][0].amount
        return shared(chosen, parties) if chosen else ((), None)
    free = [(at, item) for at, item in every if not _measured(mask.text, at, sentence)]
    if not free:
        return (), None
    # What stands between a verb and a subject in a clause before it may be another's.
    verb = max(hit.start, hit.subject_at, hit.object_at)
    left = max(mask.text.rfind(mark, 0, verb) for mark in ",;:。") + 1
    stretches = ((verb, hit.end), (left, clause[1]), (hit.start, hit.end), clause)
    near = next(
        (found for low, high in stretches
         if (found := [(at, item) for at, item in free if low <= at < high])),
        [],
    )  # fmt: skip
    if not near:
        limit = 90 if sentence.context.script == "en" else 36
        near = [(at, i) for at, i in free if hit.start - limit <= at <= hit.end + limit]
    if not near:
        return (), None
    inside = any(verb <= at < hit.end for at, _ in near)
    middle = (verb + hit.end) / 2 if inside else hit.end
    _, item = min(near, key=lambda pair: (abs(pair[0] - middle), pair[0]))
    return shared(item.amount, parties) if item.amount else ((), None)


def shared(span: AmountSpan, parties: int) -> tuple[tuple[Amount, ...], int | None]:
    """A sum of several parties, and where it stands when it is not each one's own."""
    joint = parties > 1 and not span.each
    return (span.amount,), span.start if joint else None


def _measured(text: str, at: int, sentence: Sentence) -> bool:
    """Whether the words before a sum say that it measures something."""
    pattern = sentence.language.cues.groups.get("measured")
    if pattern is None:
        return False
    window = text[max(0, at - (28 if sentence.context.script == "en" else 10)) : at]
    found = [m.end() for m in pattern.finditer(window)]
    return bool(found) and not re.search(r"[,;]", window[found[-1] :])


def _split(
    text: str,
    free: list[tuple[int, Item]],
    segment: tuple[int, int],
    sentence: Sentence,
    parties: int,
) -> tuple[Amount, ...]:
    """Sums told apart by party: 分别, respectively, 前者…后者."""
    cues = sentence.language.cues
    if parties < 2 or len(free) < parties:
        return ()
    cue = cues.search("split", text[segment[0] : segment[1]])
    if not cue:
        return ()
    start = segment[0] + cue.start()
    found = [i.amount.amount for at, i in free if i.amount is not None and at > start]
    if len(found) < parties:  # "lent $55m and $20m respectively"
        found = [i.amount.amount for at, i in free if i.amount is not None and at < start]
        found = found[-parties:]
    return tuple(found[:parties]) if len(found) >= parties else ()


def shares_of(
    hit: Hit, sentence: Sentence, segment: tuple[int, int], clause: tuple[int, int], parties: int
) -> tuple[Decimal | None, ...]:
    """Percentages of equity: told apart by party ("分别持有六成及四成"), or one for all."""
    text = hit.mask.text
    cue = sentence.language.cues.search("split", text[segment[0] : segment[1]])
    if cue and parties > 1 and hit.pattern.relation == "holdsStakeIn":
        found = [
            _percent(item) for at, item in hit.mask.values
            if segment[0] + cue.start() < at < segment[1] and item.kind in ("percent", "majority")
        ]  # fmt: skip
        if len(found) == parties:
            return tuple(found)
    return (_share(hit, clause),)


def _share(hit: Hit, clause: tuple[int, int]) -> Decimal | None:
    if hit.percent_char:
        item = hit.mask.items[hit.percent_char][0]
        return _percent(item)
    if hit.pattern.relation != "holdsStakeIn":
        return None
    found = [
        (abs(at - hit.end), at, item)
        for at, item in hit.mask.values
        if clause[0] <= at < clause[1] and item.kind in ("percent", "majority")
    ]
    return _percent(min(found, key=lambda f: f[:2])[2]) if found else None


def _percent(item: Item) -> Decimal | None:
    if item.amount is None:
        return None
    amount = item.amount.amount
    return amount.low if amount.low is not None else amount.high


def when_of(hit: Hit, clause: tuple[int, int], segment: tuple[int, int]) -> When | None:
    """The time of a match: that within it, in its clause, or nearest before or behind."""
    # "X said “by 2030 we will lead” and set up a fund": what is quoted has times of its own.
    depth = quote_depth(hit.mask.text, hit.end)
    times = [
        (at, item.time.when)
        for at, item in hit.mask.values
        if item.time is not None and quote_depth(hit.mask.text, at) <= depth
    ]
    for low, high in ((hit.start, hit.end), clause):
        inside = [w for at, w in times if low <= at < high]
        if inside:
            # "said on Tuesday that it had bought X in 2019": the verb's own time is the nearer.
            return inside[-1]
    before = [w for at, w in times if segment[0] <= at < hit.start]
    after = [w for at, w in times if hit.end <= at < segment[1]]
    return before[-1] if before else after[0] if after else None


def ended_when(hit: Hit, segment: tuple[int, int], cues: Cues) -> When | None:
    """When what a match tells came to its end, told in a clause behind it: "A与B签署的协议,已于11月
    30日失效"."""
    text = hit.mask.text
    behind = text[hit.end : min(segment[1], hit.end + FAR)]
    names = ("status_lapsed", "later_terminated", "status_terminated")
    ends = [found.start() for name in names if (found := cues.search(name, behind))]
    if not ends:
        return None
    at = hit.end + min(ends)
    left = max(text.rfind(mark, 0, at) for mark in ",;:。") + 1
    rights = (r for mark in ",;。" if (r := text.find(mark, at)) >= 0)
    right = min(rights, default=len(text))
    times = [
        item.time.when
        for place, item in hit.mask.values
        if item.time is not None and max(left, hit.end) <= place < right
    ]
    return times[-1] if times else None
