"""What a sentence tells of a round of money, for the next ones that only say who gave it."""

from __future__ import annotations

from kg.extract.clauses import Round
from kg.extract.lexicon import Cues
from kg.extract.masks import Mask

#: So far before a sum its measure may stand ("估值50亿元").
_MEASURE = 10


def round_told(grouped: Mask, at: int, cues: Cues) -> Round:
    """The sum and the time of the round that a sentence tells of.

    A sum counts when it is the only one there that measures nothing: of several none is taken.

    Args:
        grouped: the grouped mask of the sentence.
        at: where it is said that money is raised.
    """
    text = grouped.text
    left, right = text.rfind(";", 0, at) + 1, text.find(";", at)
    right = len(text) if right < 0 else right
    inside = [(i, item) for i, item in grouped.values if left <= i < right]
    sums = [
        item.amount for i, item in inside
        if item.kind == "amount" and item.amount is not None
        and not cues.search("measured", text[max(left, i - _MEASURE) : i])
    ]  # fmt: skip
    times = [item.time.when for _, item in inside if item.time is not None]
    return Round(
        text[left:right],
        sums[0] if len(sums) == 1 else None,
        times[0] if len(times) == 1 else None,
    )
