"""All that becomes a character of a masked sentence: names, sums, times, pronouns, things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.amount_lists import AmountSpan
from kg.claim import Document
from kg.extract.clauses import SentenceContext
from kg.extract.coreference import antecedent
from kg.extract.lexicon import Language
from kg.extract.name_rows import Item
from kg.extract.proposals import Name
from kg.extract.protagonist import mention
from kg.extract.reading_state import State
from kg.text import Span, View


def items_of(
    document: Document,
    language: Language,
    seen: View,
    place: Span,
    names: Sequence[Name],
    context: SentenceContext,
    state: State,
) -> list[Item]:
    """All that becomes a character, in order, names before sums before pronouns where they meet."""
    base = place.start
    items: list[Item] = []
    values = [(*a.reach, "amount", a) for a in context.amounts]
    values += [
        (*q.reach, _kind_of(q), q)
        for q in context.quantities
        if not any(t.start < q.start and q.start < t.end for t in context.times)
    ]
    for name in names:
        kind = "quote" if name.quoted else name.type or "?"
        outer_end = min(name.outer_end, place.end)
        inner = seen.span(name.start, name.end)
        if name.quoted and any(inner[0] <= v[0] and v[1] <= inner[1] for v in values):
            continue
        # "Rs" of "Rs 500 crore" is no firm, "B300" of "4,096 B300" is what is counted.
        if any(v[0] <= inner[0] < v[1] and v[2] in ("amount", "quantity") for v in values):
            continue
        items.append(
            Item(
                name.start - base, name.end - base, max(name.outer_start, base) - base,
                outer_end - base, kind, (mention(document, seen, name),),
            )
        )  # fmt: skip
    taken = [(i.outer_start, i.outer_end) for i in items]

    def free(a: int, b: int) -> bool:
        return a < b and all(b <= s or a >= e for s, e in taken)

    for start, end, kind, amount in values:
        outer = seen.index(start) - base, seen.end_index(end) - base
        if free(*outer):
            a, b = seen.index(amount.start) - base, seen.end_index(amount.end) - base
            items.append(Item(a, b, *outer, kind, amount=amount))
            taken.append(outer)
    for time in context.times:
        a, b = seen.index(time.start) - base, seen.end_index(time.end) - base
        if free(a, b):
            items.append(Item(a, b, a, b, "time", time=time))
            taken.append((a, b))
    text = seen.text[base : place.end]
    items.sort(key=lambda i: i.outer_start)
    for kind, found in language.cues.things(text):
        named = next((n for n, i in enumerate(items) if i.start == found.end() + 2), -1)
        if named >= 0 and text.startswith(", ", found.end()):
            # "The programme, BREATHE-2, is …" tells what the name is.
            items[named] = replace(items[named], kind=kind)
            continue
        kinds = (kind, "quote") if kind == "Concept" else (kind,)
        before = [i for i in items if i.kind in kinds and i.end <= found.start()]
        thing = before[-1].mentions[0] if before else state.things.get(kind)
        if thing is not None and free(*found.span()):
            items.append(Item(*found.span(), *found.span(), kind, (thing,)))
            taken.append(found.span())
    for found in language.cues.find("pronoun", text):
        placed = _placed(document.text, items, *found.span())
        if placed is not None:
            items.remove(placed)  # "the Watertown company": where it is, no name of it
            taken.remove((placed.outer_start, placed.outer_end))
        if free(*found.span()):
            word, words = found.group(), language.reference
            who = antecedent(word, text, items, found.start(), context, state, words)
            if who:
                suffix = "'s" if words.possessive.fullmatch(word) else ""
                items.append(Item(*found.span(), *found.span(), "pronoun", who, suffix=suffix))
                taken.append(found.span())
    for found in language.cues.find("person_pronoun", text):
        people = [i for i in items if i.kind == "Person" and i.end <= found.start()]
        person = people[0].mentions[0] if people else state.person
        if person is not None and free(*found.span()):
            items.append(Item(*found.span(), *found.span(), "Person", (person,)))
            taken.append(found.span())
    items.sort(key=lambda i: i.outer_start)
    return items


def _placed(text: str, items: Sequence[Item], start: int, end: int) -> Item | None:
    """A name of one word inside "the X company" that the document has nowhere else."""
    inside = [i for i in items if start < i.start and i.end < end]
    if len(inside) != 1 or not inside[0].mentions or inside[0].kind not in ("Company", "?"):
        return None
    name = inside[0].mentions[0].name
    return inside[0] if " " not in name and text.count(name) == 1 else None


def _kind_of(span: AmountSpan) -> str:
    """What a quantity becomes: a share of half or more is told apart, for it means control."""
    if span.amount.unit != "percent":
        return "quantity"
    least = span.amount.low if span.amount.low is not None else span.amount.high
    return "majority" if least is not None and least >= 50 else "percent"
