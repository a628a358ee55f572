"""Who fills a role that a pattern leaves open: of whom the sentence is, or the paragraph."""

from __future__ import annotations

from collections.abc import Sequence, Set

from kg.claim import Mention
from kg.extract.gazetteer import plain
from kg.extract.reader import Sentence
from kg.extract.relations import Hit
from kg.extract.topic import thing


def fits(mention: Mention, hit: Hit) -> bool:
    """Whether a name may fill the role that the verb of a match leaves open."""
    return not hit.pattern.kinds or (mention.type or "?") in hit.pattern.kinds


def headed(hit: Hit) -> bool:
    """Whether words that are no name stand before a match: then they, and not what the paragraph is
    about, are its subject."""
    text = hit.mask.text
    left = max(text.rfind(mark, 0, hit.start) for mark in ",;:。") + 1
    return sum(c.isalpha() and c not in hit.mask.items for c in text[left : hit.start]) > 3


def lenders_of(hits: Sequence[Hit]) -> set[str]:
    """Names of those who can only give and do so in the sentence ("B lent 3m; pumps come from C"
    tells nothing of what B buys)."""
    return {
        m.name
        for h in hits if h.pattern.givers is not None
        for m in (*h.subjects, *h.objects) if h.pattern.givers.search(plain(m.name))
    }  # fmt: skip


def filler_of(sentence: Sentence, hit: Hit, lenders: Set[str]) -> tuple[tuple[Mention, ...], bool]:
    """What fills a role that a pattern leaves open, and whether it came from another sentence."""
    at = grouped_at(sentence, hit)
    if hit.pattern.project:
        return thing(sentence.grouped, at), False
    if hit.pattern.thing and (found := thing(sentence.grouped, at)):
        return found, False
    if hit.pattern.thing and sentence.context.entry is not None:
        return (sentence.context.entry,), False
    found = sentence.topic(at)
    taken = {m.name for m in hit.subjects}
    spoken = sentence.context.subject
    before = {m.name for m in sentence.grouped.mentions(sentence.grouped.text[:at])}
    if spoken is not None and spoken.name in before - taken:
        return (spoken,), False  # "Acme makes glass. A fund owns 9% of Acme, B 4%": still of Acme
    if len(found) > 1 or (hit.pattern.givers is None and {m.name for m in found} <= lenders):
        found = ()  # one of a row is nobody's firm
    if found and not taken & {m.name for m in found}:
        return found, False
    around = sentence.context.answering
    if around is None or around.name in taken | {m.name for m in hit.objects}:
        around = sentence.context.subject
    return ((around,) if around else ()), True


def raiser_of(
    sentence: Sentence, hit: Hit, givers: Sequence[Mention]
) -> tuple[tuple[Mention, ...], bool] | None:
    """Who raised money in a sentence before, where this one only tells who gave it: "A has closed
    its series B. B led the round, C joined in"; None when the sentence has a topic of its own."""
    raiser = sentence.context.raiser or sentence.context.answering
    if raiser is None or not hit.pattern.raised or hit.subject_open:
        return None
    giving = {m.name for m in (*givers, *hit.subjects)}
    here = {m.name for m in sentence.topic(grouped_at(sentence, hit))}
    if raiser.name in giving or here - giving - {raiser.name}:
        return None
    return (raiser,), False


def among(mention: Mention, givers: list[Mention]) -> bool:
    """Whether a name is one of several givers, not the first: then it is not what they give to."""
    others = [g for g in givers if g.name != mention.name]
    if len(others) == len(givers) or mention.start is None:
        return False
    return any(g.start is not None and g.start < mention.start for g in others)


def grouped_at(sentence: Sentence, hit: Hit) -> int:
    """Where a match stands in the grouped mask, whichever mask it was found in."""
    if hit.mask is sentence.grouped:
        return hit.start
    place, _ = hit.mask.span(hit.start, hit.end)
    starts = sentence.grouped.starts
    return next((i for i, s in enumerate(starts) if s >= place), len(starts))
