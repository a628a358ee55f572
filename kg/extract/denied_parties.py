"""Who the parties of a denial are, where a pronoun or an open role would make them one."""

from __future__ import annotations

from collections.abc import Set

from kg.claim import Mention
from kg.extract.name_rows import ORGS, RowWords
from kg.extract.reader import Sentence
from kg.extract.relations import Hit


def apart(
    hit: Hit, sentence: Sentence, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The parties of a denial that would be one and the same: a pronoun or an open role means
    somebody else."""
    others = _others(hit, sentence, subjects)
    if others:
        return subjects, others
    taken = {m.name for m in objects}
    if hit.subject_open and not hit.object_open:
        around = sentence.context.answering or sentence.context.subject
        if around is not None and around.name not in taken and hit.pattern.carried:
            return (around,), objects
    # "A, named as a bidder for B, said it had made no offer for B": "it" is who says so.
    start, end = sentence.offsets(*hit.mask.span(hit.start, hit.end))
    named = any(m.start is not None and start <= m.start < end for m in objects)
    if not named or _pronoun(hit, taken) or not _speaks(hit):
        return subjects, objects
    before = [
        m for m in sentence.context.mentions
        if (m.type or "?") in ORGS and m.name not in taken and m.start is not None and m.start < end
    ]  # fmt: skip
    return (tuple(before[-1:]) or subjects), objects


def another_than(
    hit: Hit, sentence: Sentence, subjects: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Whom a pronoun behind a verb means, for it never means who acts ("A and B will lend it $5m"):
    of whom the text speaks. Nobody when no such pronoun stands there.

    The binding of pronouns: Chomsky, Lectures on Government and Binding (1981), principle B.
    """
    taken = {m.name for m in subjects}
    around = sentence.context.subject
    if around is None or around.name in taken or not _pronoun(hit, taken):
        return ()
    return (around,)


def _speaks(hit: Hit) -> bool:
    """Whether a pronoun is the subject of a match."""
    at = max(hit.subject_at, hit.object_at)
    spans = hit.mask.text[hit.start : max(at, hit.start + 1)]
    return any(i.kind == "pronoun" for c in spans for i in hit.mask.items.get(c, ()))


def _others(hit: Hit, sentence: Sentence, subjects: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Whom a pronoun means that cannot mean the subject ("linked with B, A denies buying it")"""
    start, end = sentence.offsets(*hit.mask.span(hit.start, hit.end))
    taken = {m.name for m in (*subjects, *hit.subjects)}
    if not _pronoun(hit, taken) and any(
        m.start is not None and start <= m.start < end and m.name in taken for m in hit.objects
    ):
        return ()  # the object is named, no pronoun
    names = [
        m for m in sentence.context.mentions
        if (m.type or "?") in ORGS and m.name not in taken and m.start is not None and m.start < end
    ]  # fmt: skip
    return tuple(names[-1:])


def _pronoun(hit: Hit, names: Set[str]) -> bool:
    """Whether behind the verb of a match only a pronoun stands for one of some names."""
    verb = max(hit.subject_at, hit.object_at, hit.start + 1)
    groups = (hit.mask.items.get(c, ()) for c in hit.mask.text[verb : hit.end])
    kinds = {
        i.kind for items in groups for i in items if any(m.name in names for m in i.mentions)
    }  # fmt: skip
    return kinds == {"pronoun"}


def alternatives(hit: Hit, rows: RowWords) -> tuple[Mention, ...]:
    """What else a denial names behind the object that ends its match."""
    text = hit.mask.text
    last = hit.mask.mentions(text[hit.end - 1])
    more = rows.alternative.match(text, hit.end)
    if not more or not hit.objects or not set(last) & set(hit.objects):
        return ()
    return hit.mask.mentions(text[more.end() : more.end() + 1])
