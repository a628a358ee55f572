"""Figures: what a sentence says of one thing's size, by the words of lexicon/*/measures.toml.

Every value of the sentence is looked at in turn: the words nearest before it, or just after it,
decide what it measures; the name before those words, or what the sentence is about, of what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kg.amount_lists import AmountSpan
from kg.claim import Amount, Claim, Mention, When
from kg.extract.beside import (
    Told,
    Value,
    compared,
    likewise,
    listed,
    nearest,
    parties,
    time_of_compared,
)
from kg.extract.confidence import Confidence
from kg.extract.figure_claims import figure_claims
from kg.extract.figure_subjects import subjects_of
from kg.extract.lexicon import Language
from kg.extract.measures import Way, load_deals, load_ways
from kg.extract.needs import met, needs_of_either
from kg.extract.reader import Sentence
from kg.numerals import ARABIC, parse_number
from kg.ontology import Ontology
from kg.text import quote_depth
from kg.value_words import load_values

#: How far before a value its words may stand, by script.
_REACH = {"zh": 60, "en": 140}
#: Words of so many characters behind a value tell what it is as plainly as those before it.
_PLAIN = {"zh": 4, "en": 9}


@lru_cache(maxsize=8)
def _told_ways(
    folder: Path, code: str, script: str, measures: frozenset[str]
) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """The ways of the measures that there are, and those of them that need no figure before."""
    every = tuple(w for w in load_ways(folder, code, script) if w.measure in measures)
    return every, tuple(w for w in every if not w.follows)


def find_figures(
    sentence: Sentence,
    ontology: Ontology,
    extractor: str,
    confidence: Confidence,
    said: Sequence[Claim] = (),
) -> Iterator[Claim]:
    """The figures that a sentence states.

    Args:
        sentence: as read.
        ontology: its measures.
        extractor: name to give as the claims' engine.
        confidence: how far kinds of figures are to be trusted.
        said: the relations of the sentence before and of this one.

    Yields:
        Claims, unlinked, in the order of their values.
    """
    context = sentence.context
    folder, code, script = ontology.folder, sentence.language.code, sentence.language.script
    known = load_ways(folder, code, script)
    every, ways = _told_ways(folder, code, script, frozenset(ontology.measures))
    if not context.asserted or not ways:
        return
    text, words = sentence.view.text[sentence.start : sentence.end], sentence.language.figures
    if not (context.amounts or context.quantities or _BARE.search(text)):
        return
    low = text.lower()
    ways = tuple(way for way in ways if way.may_stand(low))
    last: Told | None = None
    whole: Told | None = None
    magnitudes = load_values(ontology.folder).magnitudes
    sources = tuple(w for w in known if w.measure == "source")
    deals = load_deals(ontology.folder)
    again = tuple(w for w in known if w.measure == "compared")
    values = list(_values(sentence, text, ways, magnitudes))
    each = _each(sentence, text, ways, values)
    for span, start, end in values:
        place = (start, end)
        found = _measure(ways, span, text, start, end, sentence.language)
        if found is not None and found[0].measure == "headcount" and (
            words.former.search(text, 0, start) or words.counters.search(text, 0, end)
        ):  # fmt: skip
            continue  # "from 620 to 480 people"; 14家: firms, no people
        subjects: tuple[Mention, ...] = ()
        when: When | None = None
        if start in each:
            found, subjects = each[start][:2], each[start][2:]
        elif last and (same := compared(again, last, span, text, place, found, sentence)):
            found, subjects = (last.way, start), last.subjects
            when = time_of_compared(sentence, last, same, place)
        elif last and found is None and (name := likewise(sentence, last, span, place)):
            found, subjects = (last.way, start), (name,)
            when = last.when
        elif last and found is None and ";" not in text[last.place[1] : start]:
            # "revenue was 3m, up 12%, and exports made up half": half of the revenue
            for told in dict.fromkeys((last, whole or last)):
                parts = [w for w in every if told.way.measure in w.follows]
                found = found or _measure(parts, span, text, start, end, sentence.language)
                subjects = subjects or (told.subjects if found and not found[0].behind else ())
        if found is None:
            continue
        way, at = found
        clause = max(text.rfind(mark, 0, at) for mark in ";。") + 1
        if sentence.language.cues.search("hypothesis", sentence.unnamed()[clause:end]):
            continue
        where = (at, start, end)
        earlier = last.subjects if last is not None else ()
        subjects = subjects or subjects_of(
            sentence, text, way, where, earlier, said, sources, deals
        )
        if not subjects:
            continue
        when = when or _time(sentence, at, start, end)
        last = Told(way, span.amount, subjects, place, when)
        whole = whole if way.measure == "growthRate" else last
        yield from figure_claims(
            sentence, text, way, span, where, subjects, when, extractor, confidence
        )


def _each(
    sentence: Sentence, text: str, ways: Sequence[Way], values: Sequence[Value]
) -> dict[int, tuple[Way, int, Mention]]:
    """The values that are told of several parties, one of each.

    Returns:
        Where a value begins → how it is said, where the words begin that say so, whose it is.
    """
    told: dict[int, tuple[Way, int, Mention]] = {}
    if len(values) < 2 or not sentence.language.cues.search("split", text):
        return told
    for number, (_, start, _) in enumerate(values):
        row = listed(values[number:], text, sentence.language.figures)
        if len(row) < 2 or start in told:
            continue
        measured = (_measure(ways, value[0], text, *value[1:], sentence.language) for value in row)
        found = next((f for f in measured if f is not None and not f[0].thing), None)
        if found is not None:
            place = (min(start, found[1]), row[-1][2])
            whose = parties(sentence, text, place, len(row))
            told |= {v[1]: (*found, who) for v, who in zip(row, whose, strict=False)}
    return told


def values_of(sentence: Sentence, ontology: Ontology, measure: str) -> list[Amount]:
    """The sums of a sentence that the words of one measure say something of."""
    context = sentence.context
    language = sentence.language
    known = load_ways(ontology.folder, language.code, language.script)
    ways = [w for w in known if w.measure == measure]
    text, view = sentence.view.text[sentence.start : sentence.end], sentence.view
    places = (
        (s, view.index(s.start) - sentence.start, view.end_index(s.end) - sentence.start)
        for s in context.amounts
    )
    return [
        span.amount
        for span, start, end in places
        if _measure(ways, span, text, start, end, sentence.language)
    ]


#: A number without a unit; of English magnitudes those that are written out or stuck to it.
_BARE = re.compile(
    rf"(?<![A-Za-z\d.$€£¥])(?P<number>(?:{ARABIC})[万亿]?)"
    r"(?P<scale> ?(?:million|billion)|m|bn|k)?(?![\d%A-Za-z])",
    re.IGNORECASE,
)


def _values(
    sentence: Sentence, text: str, ways: Sequence[Way], magnitudes: Mapping[str, Decimal]
) -> Iterator[tuple[AmountSpan, int, int]]:
    """Sums, quantities and, where a way allows it, numbers without a unit, in order."""
    view, base = sentence.view, sentence.start
    found = [
        (span, view.index(span.start) - base, view.end_index(span.end) - base)
        for span in (*sentence.context.amounts, *sentence.context.quantities)
    ]
    # "Eighty-eight people" are no eight
    found = [f for f in found if not re.search(r"[A-Za-z]-$", text[: f[1]])]
    # nor is what belongs to a name: "年产1万吨硅料项目"
    named = [(m.start or 0, m.end or 0) for m in sentence.context.mentions]
    found = [f for f in found if not any(s < f[0].start and f[0].end <= e for s, e in named)]
    taken = [(s, e) for _, s, e in found]
    times = sentence.context.times
    taken += [(view.index(t.start) - base, view.end_index(t.end) - base) for t in times]
    for match in _BARE.finditer(text):
        start, end = match.span()
        ahead = text[max(0, start - 48) : start]
        if any(s < end and start < e for s, e in taken):
            continue
        number = parse_number(match["number"])
        if number is not None and match["scale"]:
            number = number.times(magnitudes[match["scale"].strip().casefold()])
        bare = any(
            w.bare
            and ((w.before and w.before.search(ahead)) or (w.after and w.after.match(text, end)))
            for w in ways
        )
        if number is None or not bare or sentence.language.figures.dated.match(text, end):
            continue
        amount = Amount(low=number.low, high=number.high, unit="count", text=match.group())
        offsets = sentence.offsets(start, end)
        found.append((AmountSpan(*offsets, amount), start, end))
    yield from sorted(found, key=lambda f: f[1])


def _measure(
    ways: Sequence[Way], span: AmountSpan, text: str, start: int, end: int, language: Language
) -> tuple[Way, int] | None:
    """What a value measures, and where the words begin that say so: the nearest words decide."""
    low = max(0, start - _REACH[language.script])
    best: tuple[int, int, Way, int] | None = None
    for way in ways:
        if not way.fits(span.amount):
            continue
        before = nearest(way.before, text, low, start, language.figures) if way.before else None
        after = bool(
            way.after and (way.after.match(text, end) or _inside(way.after, text, start, end))
        )
        if way.both and not (before and after):
            continue
        if before:
            rank = (before.start("gap") - before.end(), -len(before["word"]))
            # words on both sides are surer than the nearest on one
            score = (0, rank[1] - 30) if way.both and -rank[0] < 16 else (-rank[0], rank[1])
            candidate = (*score, way, before.start())
        elif after:
            behind = way.after.match(text, end) if way.after else None
            # "spent €340m on research": words this plain are no farther than those before
            plain = behind is not None and len(behind.group()) >= _PLAIN[language.script]
            candidate = (0 if plain else 2, -len(behind.group()) if behind else 0, way, start)
        else:
            continue
        if best is None or candidate[:2] < best[:2]:
            best = candidate
    return None if best is None else (best[2], best[3])


def _inside(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether the words are part of the value's own expression: 12亿月活用户."""
    if not met(needs_of_either(pattern.pattern), text[start + 1 :].lower()):
        return False
    return any(pattern.match(text, at) for at in range(start + 1, end))


def _time(sentence: Sentence, at: int, start: int, end: int) -> When | None:
    """The time said last before the value, else the first one after it in its clause."""
    view, base = sentence.view, sentence.start
    places = [(view.index(t.start) - base, t.when) for t in sentence.context.times]
    text = view.text[base : sentence.end]
    depth = quote_depth(text, start)
    # "较前年减少3.2%": what a value is set beside is not its time
    places = [p for p in places if not sentence.language.figures.beside.search(text, 0, p[0])]
    before = [w for p, w in places if p < start and quote_depth(text, p) <= depth]
    if before:
        return before[-1]
    stops = [i for mark in ",;。." if (i := text.find(mark, end)) >= 0]
    stop = min(stops, default=len(text))
    return next((w for p, w in places if end <= p < stop), None)
