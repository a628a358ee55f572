"""What a sentence is about, and what the next ones may speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.claim import Mention
from kg.extract.coreference import SHORT
from kg.extract.masks import Mask
from kg.extract.name_rows import ORGS, Item
from kg.extract.reading_state import State
from kg.extract.reference_words import ReferenceWords

_CLAUSE = re.compile("[,:]")
_SPOKEN_OF = ORGS | {"pronoun"}


def topic(grouped: Mask, before: int, words: ReferenceWords) -> tuple[Mention, ...]:
    """What the part of a sentence around an offset is about: the first organisation that begins a
    clause of it.

    Args:
        grouped: the grouped mask.
        before: only what stands before this offset of the masked text counts.
        words: those of the sentence's language.
    """
    text = grouped.text
    segment = text.rfind(";", 0, before) + 1
    for start in (segment, 0) if segment else (0,):
        ends = (mark.end() for mark in _CLAUSE.finditer(text, start, before))
        for at in (start, *ends):
            for i in range(at, min(before, at + 60)):
                if text[i] in ",;:。":
                    break
                items = grouped.items.get(text[i])
                if items is None or not items[0].mentions:
                    continue
                if at == segment > 0 and items[0].kind == "GovernmentBody":
                    break  # "…; the regulator reckons that …": still of whom it spoke before
                if words.predicate.search(text, at, i) or _apposed(grouped, at, i, words):
                    break  # "The motors will be X's" is not about X
                as_for = text.startswith(",", i + 1) and words.as_for.search(text, at, i)
                oblique = not as_for and words.oblique.search(text, at, i)
                if items[0].kind in ORGS and words.owner.match(text, i + 1):
                    continue
                if items[0].kind in _SPOKEN_OF and not oblique:
                    return grouped.mentions(text[i])
                if items[0].kind in ("quote", "Product", "Project", "Person", "Place", "time"):
                    continue
                break
    return ()


def _apposed(grouped: Mask, clause: int, at: int, words: ReferenceWords) -> bool:
    """Whether a name stands in what is told of the name before a comma ("Y, the works X built")."""
    text = grouped.text
    named = clause > 1 and grouped.items.get(text[clause - 2])
    return bool(named and named[0].mentions) and bool(words.telling.fullmatch(text, clause, at))


def thing(grouped: Mask, before: int) -> tuple[Mention, ...]:
    """The project last named in a sentence before an offset of its grouped mask."""
    for at in range(before - 1, -1, -1):
        items = grouped.items.get(grouped.text[at])
        if items and items[0].kind == "Project":
            return grouped.mentions(grouped.text[at])
    return ()


def remember(
    state: State, grouped: Mask, items: Sequence[Item], headline: bool, words: ReferenceWords
) -> None:
    """Keeps of a sentence what the next ones may speak of."""
    first = topic(grouped, len(grouped.text), words)
    if words.keeps_topic and len(first) > 1:
        # "A, B and C put money into D. X lent the firm …": one of a row is nobody's firm.
        alone = [g[0].mentions[0] for g in grouped.items.values()
                 if len(g) == 1 and g[0].kind in ORGS and len(g[0].mentions) == 1]  # fmt: skip
        first = tuple(alone[:1]) or ((state.subject,) if state.subject else first)
    if words.keeps_topic and first and state.subject and first[0].name != state.subject.name:
        # "Acme makes glass. In 2022 a fund put $2m into Acme. Its kilns …": still of Acme
        told = [m.name for i in items if i.kind in ORGS for m in i.mentions]
        if state.subject.name in told:
            first = (state.subject,)
    if first and not headline:
        state.subject = first[0]
    named = dict.fromkeys(
        m for i in items if i.kind in ORGS and i.kind != "pronoun" for m in i.mentions
    )
    state.lately = tuple(named) or state.lately
    people = [i for i in items if i.kind == "Person"]
    if people:
        state.person = people[0].mentions[0]
    for item in items:
        if item.kind in ("Project", "Concept", "Product") and item.mentions:
            state.things[item.kind] = item.mentions[0]
    if len(items) == 1 and items[0].kind == "quote" and len(grouped.text) < SHORT:
        # 1.“蛟绳”万米脐带缆。 What a list's entry begins with is what it is about.
        state.entry = items[0].mentions[0]
    if state.listed and items and items[0].kind in ("Project", "quote") and not state.entry:
        end = items[0].outer_end
        if grouped.text[:SHORT].count(":") and end < SHORT * 2 and items[0].mentions:
            state.entry = items[0].mentions[0]
    if state.listed and state.entrant is None:
        state.entrant = entrant_of(items, state.giver)
    for group in grouped.items.values():
        if len(group) == 2 and group[0].mentions:
            state.pair = tuple(m for i in group for m in i.mentions)


def entrant_of(items: Sequence[Item], giver: Mention | None) -> Mention | None:
    """The organisation that is named first and is not who gives."""
    names = (m for i in items if i.kind in ORGS for m in i.mentions)
    return next((m for m in names if giver is None or m.name != giver.name), None)
