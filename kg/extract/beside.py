"""Values told beside another: the year before, one more firm's share, one for each of several.

"Sales were 3m, against 2m a year before"; "A has 31% of the market and B 24%"; "A and B hold 28%
and 18% respectively".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.amount_lists import AmountSpan
from kg.claim import Amount, Mention, When
from kg.extract.measures import FigureWords, Way
from kg.extract.reader import Sentence
from kg.times import parse_edtf

#: So far behind a list a word may say that its values are told apart.
_CUE = 40
#: So many characters may stand between a value and the one that it is set beside.
_FAR = {"zh": 24, "en": 50}
#: A value of a text: what it is, and where it begins and ends.
Value = tuple[AmountSpan, int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """The figure before: how it is said, its value and where, whose it is and of when."""

    way: Way
    amount: Amount
    subjects: tuple[Mention, ...]
    place: tuple[int, int]
    when: When | None


def compared(
    again: Sequence[Way],
    last: Told,
    span: AmountSpan,
    text: str,
    place: tuple[int, int],
    found: tuple[Way, int] | None,
    sentence: Sentence,
) -> str:
    """The words that set a value beside the one before, if they stand nearer than a measure's."""
    start, end = place
    between = text[last.place[1] : start]
    if not again or span.amount.money != last.amount.money or not span.amount.money:
        return ""
    if len(between) > _FAR[sentence.context.script] or re.search(r"[;。]|\d.*%|\. ", between):
        return ""
    low = last.place[1] - 2
    words = sentence.language.figures
    matches = [m for w in again if w.before and (m := nearest(w.before, text, low, start, words))]
    if not matches:
        return ""
    best = min(matches, key=lambda m: len(m["gap"]))
    if found is not None and found[1] > best.start():
        return ""
    return text[best.start() : end]


def likewise(
    sentence: Sentence, last: Told, span: AmountSpan, place: tuple[int, int]
) -> Mention | None:
    """Whose a further share of the same whole is: "A has 31% of the market and B 24%"."""
    start, end = place
    if last.way.measure != "marketShare" or last.way.owner or span.amount.unit != "percent":
        return None
    view, base, words = sentence.view, sentence.start, sentence.language.figures
    text = view.text[base : sentence.end]
    between = text[last.place[1] : start]
    if len(between) > 90 or re.search(r"[.。]", between):
        return None
    if not words.likewise.match(text, end):
        return None
    named = [
        (m, view.end_index(m.end or 0) - base)
        for m in sentence.context.mentions
        if m.type in ("Company", "Fund", "Product", "")
        and last.place[1] <= view.index(m.start or 0) - base < start
    ]
    if named and words.barely.fullmatch(text, named[-1][1], start):
        return named[-1][0]
    return None


def time_of_compared(
    sentence: Sentence, last: Told, words: str, place: tuple[int, int]
) -> When | None:
    """The time said beside the value, else a year before the figure that it is set beside."""
    view, base = sentence.view, sentence.start
    text = view.text[base : sentence.end]
    for time in sentence.context.times:
        at = view.index(time.start) - base
        beside = at >= place[1] and sentence.language.figures.at.fullmatch(text, place[1], at)
        if last.place[1] <= at < place[0] or beside:
            return time.when
    return _year_before(last.when)


def _year_before(when: When | None) -> When | None:
    if when is None or not re.fullmatch(r"\d{4}(?:-(?:H|Q)?\d+)?", when.edtf):
        return None
    return parse_edtf(f"{int(when.edtf[:4]) - 1:04}{when.edtf[4:]}")


def nearest(
    pattern: re.Pattern[str], text: str, low: int, start: int, words: FigureWords
) -> re.Match[str] | None:
    """The match that ends at `start` with the shortest gap."""
    best: re.Match[str] | None = None
    while match := pattern.search(text, low, start):
        if best is None or len(match["gap"]) < len(best["gap"]):
            best = match
        low = match.start() + 1
    if best is not None:
        # "revenue rose 12% to £88m": the rate between is no other value of the same measure
        gap = words.risen.sub("", best["gap"])
        if re.search(r"\d[\d.,]*\s?(?:[万亿兆%]|[bm]illion|bn\b)", gap):
            return None  # another value stands between
    return best


def listed(values: Sequence[Value], text: str, words: FigureWords) -> list[Value]:
    """The values that stand with the first one in a list of the same kind.

    Args:
        values: those of a sentence from the one that is meant on, in order.
        text: the sentence's view.
    """
    found = list(values[:1])
    for value in values[1:]:
        last, amount = found[-1], value[0].amount
        same = (amount.money, amount.unit) == (last[0].amount.money, last[0].amount.unit)
        if not same or not words.joint.fullmatch(text, last[2], value[1]):
            break
        found.append(value)
    return found


def parties(
    sentence: Sentence, text: str, place: tuple[int, int], count: int
) -> tuple[Mention, ...]:
    """Who has one value each: the last row of so many names before the values.

    Args:
        place: where the words begin that say what is measured, and where the list of values ends.
        count: how many values it has.

    Returns:
        Nobody where no word says that they are told apart.
    """
    at, end = place
    if not sentence.language.cues.search("split", text[at : end + _CUE]):
        return ()
    rows = [
        (max(i.end for i in items), mentions)
        for items in sentence.grouped.items.values()
        if (mentions := tuple(dict.fromkeys(m for i in items for m in i.mentions)))
        and len(mentions) == count
    ]
    before = [row for row in rows if row[0] <= at + 1]
    return max(before, key=lambda row: row[0])[1] if before else ()
