"""What a clause without a verb goes on to say: "A holds 70% of B and C the balance of 30%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.masks import Mask
from kg.extract.name_rows import Item
from kg.extract.relations import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class GapWords:
    """[gaps] of reading.toml: how a language goes on without a verb.

    Args:
        joined: between two clauses; `chained`: what stands between more than two is more.
        filler: between who is named and the share or sum that is theirs; `rest`: instead of both.
        owns, pays: verbs of the same meaning, after which what is said is no other matter.
        each, end: behind the share or sum; what ends the clause.
    """

    joined: re.Pattern[str]
    chained: re.Pattern[str]
    filler: re.Pattern[str]
    rest: re.Pattern[str]
    owns: re.Pattern[str]
    pays: re.Pattern[str]
    each: re.Pattern[str]
    end: re.Pattern[str]


_NAME = "[\ue000-\uf8ff]"


@lru_cache(maxsize=8)
def _pattern(words: GapWords, *, share: bool, needed: bool) -> re.Pattern[str]:
    """A clause that goes on: who, maybe a verb (`needed` or not), what is theirs."""
    verb = (words.owns if share else words.pays).pattern
    joined, filler, rest, each, end = (
        f"(?:{part.pattern})"
        for part in (words.joined, words.filler, words.rest, words.each, words.end)
    )
    some = "" if needed else "?"
    return re.compile(
        rf"{joined}({_NAME})(?:{verb}){some}(?:{filler}({_NAME}){each}?|{rest})(?={end})"
    )


def gapped(hit: Hit, words: GapWords) -> Iterator[Hit]:
    """Further matches of a pattern in the clauses that go on without its verb and its object.

    Args:
        hit: a match with its subjects; who is named in the gap does the same to the same object.
        words: those of its language.
    """
    value = _value(hit)
    if value < 0 or not hit.objects or not hit.subjects or hit.pattern.swap:
        return
    mask, text = hit.mask, hit.mask.text
    kind = mask.items[text[value]][0].kind
    share = kind != "amount"
    taken = {m.name for m in (*hit.subjects, *hit.objects)}
    found = _pattern(words, share=share, needed=not _before_object(hit, value))
    at = max(value, hit.end - 1)
    for more in found.finditer(text, max(0, at)):
        who = mask.mentions(more[1])
        known = more[2] is None or _like(mask, more[2], share=share)
        if not who or not known or taken & {m.name for m in who}:
            continue
        if text[at : more.start()].strip(" ,;and") and not _chained(
            text[at + 1 : more.start()], words
        ):
            break
        at = more.end() - 1
        char = more[2] or ""
        yield replace(
            hit, subjects=who, start=more.start(1), end=more.end(), subject_open=False,
            object_open=False, subject_at=-1, object_at=-1,
            amount_char="" if share else char, percent_char=char if share else "",
        )  # fmt: skip


def _chained(between: str, words: GapWords) -> bool:
    """Whether nothing of weight stands between two clauses: a time, an object, a few words."""
    return len(between) < 60 and not words.chained.search(between)


def _value(hit: Hit) -> int:
    """Where the share or sum of a match stands; -1 when it has none."""
    text = hit.mask.text
    for char in (hit.percent_char, hit.amount_char):
        if char:
            return text.find(char)
    kinds = ("amount",) if hit.pattern.money else ("percent", "majority")
    for at, item in hit.mask.values:
        if hit.start <= at < hit.end and item.kind in kinds:
            return at
    return -1


def _before_object(hit: Hit, value: int) -> bool:
    """Whether who gives is named first, then how much, then to whom: only then is a further name
    with a value one that gives ("lent A $3m and B $2m" names two that borrow)."""
    mask = hit.mask
    names = {m.name for m in hit.subjects}
    things = {m.name for m in hit.objects}
    givers = [i for i in range(hit.start, value) if names & _names(mask, i)]
    takers = [i for i in range(hit.start, hit.end) if things & _names(mask, i)]
    return bool(givers) and bool(takers) and max(givers) < value < min(takers)


def _names(mask: Mask, at: int) -> set[str]:
    return {m.name for m in mask.mentions(mask.text[at])}


def _like(mask: Mask, char: str, *, share: bool) -> bool:
    items = mask.items.get(char, ())
    return bool(items) and _kind(items[0]) == ("share" if share else "amount")


def _kind(item: Item) -> str:
    return "share" if item.kind in ("percent", "majority") else item.kind
