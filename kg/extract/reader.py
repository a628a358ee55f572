"""A document read once: paragraphs, names, sentences with all that stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.amount_lists import AmountSpan, joined_limits
from kg.amounts import find_amounts
from kg.claim import Document, Mention
from kg.extract.clauses import SentenceContext
from kg.extract.datelines import without_dateline
from kg.extract.lexicon import Language, Lexicon
from kg.extract.masks import Mask, mask
from kg.extract.name_rows import ORGS, Item
from kg.extract.names import NameFinder
from kg.extract.proposals import Name, Part
from kg.extract.protagonist import (
    defined_company,
    employer,
    interviewee,
    main_firm,
    mention,
    speaker,
)
from kg.extract.reading_state import State
from kg.extract.rounds import round_told
from kg.extract.sentence_items import items_of
from kg.extract.topic import remember, topic
from kg.local_currency import local_currency
from kg.quantities import find_quantities
from kg.text import CJK, Span, View, fold, lines, script_of, sentences, view
from kg.times import find_times
from kg.value_words import load_values

_DATE_LINE = re.compile(r"^date\s*:", re.IGNORECASE)
#: How an entry of a list begins.
_ENTRY = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]"
    r"|[(](?:[a-z]|[ivx]{2,4})[)] (?=[A-Z])|\d{1,2}[.、)] ?(?=\D)|[·•●▪◆■▍▌▎◎○◇★☆□▲△▼▶►*-] ?"
    r"|[\[【][^\]】]{1,8}[\]】](?!电|讯))"
)
#: A space between two Chinese words.
_GAP = re.compile(f"(?<=[{CJK}])[ \t]+(?=[{CJK}])")
#: A full-width space behind a Chinese word parts clauses, a narrow one seldom does.
_WIDE_GAP = re.compile(f"(?<=[{CJK}])\u3000(?=[{CJK}A-Z0-9「“《])")
#: So far into a paragraph it says that it goes on about the one before.
_OPENING = 24
#: How a question ends, and what one is asked about.
_QUESTION = re.compile(r"\?[”’\"')\]]*\s*$")
_ASKED = ("Project", "Product", "quote")
_ENDING = re.compile(r"[.。!?:;;,][”’\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ready for patterns.

    Args:
        context: what others may use of it.
        language: the words that apply.
        view: the paragraph's view; `start` and `end` are the sentence in it.
        grouped, raw: its two masks.
        headline: whether it is the document's headline.
        question: whether it is asked, not said.
    """

    context: SentenceContext
    language: Language
    view: View
    start: int
    end: int
    grouped: Mask
    raw: Mask
    headline: bool
    question: bool

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Document offsets of a stretch of the sentence's view."""
        return self.view.span(self.start + start, self.start + end)

    def unnamed(self) -> str:
        """Its view with the names crossed out: nothing is supposed of 简若瑜."""
        text = self.view.text[self.start : self.end]
        for m in self.context.mentions:
            if m.start is not None and m.end is not None:
                start, end = (
                    at - self.start for at in (self.view.index(m.start), self.view.end_index(m.end))
                )
                text = text[:start] + "X" * (end - start) + text[end:]
        return text

    def topic(self, before: int) -> tuple[Mention, ...]:
        """What the sentence is about up to an offset of its grouped mask."""
        return topic(self.grouped, before, self.language.reference)


def read(document: Document, lexicon: Lexicon, finder: NameFinder) -> Iterator[Sentence]:
    """The sentences of a document, in order.

    Args:
        lexicon: its languages decide what is read; paragraphs in scripts of none are skipped.
        finder: finds the names.
    """
    folded = fold(_WIDE_GAP.sub(",", document.text))
    spans = [
        s for s in lines(document.text, document.body_start)
        if not _DATE_LINE.match(document.text[s.start : s.end])
    ]  # fmt: skip
    titled = bool(spans) and _titled(document, folded[spans[0].start : spans[0].end])
    if titled:
        folded = _parted(folded, spans[0])
    folded = _after_filings(folded, spans, lexicon)
    languages = lexicon.of(document.language)
    views = [view(folded, s.start, s.end) for s in spans]
    parts = [Part(v.text, script_of(v.text), titled and i == 0) for i, v in enumerate(views)]
    named = zip(parts, finder.speaking(languages).find(parts), strict=True)
    names = [
        without_dateline(part.text, found, first=i == int(titled))
        for i, (part, found) in enumerate(named)
    ]
    filer = defined_company(document, views, names)
    listed = sum(_ENTRY.match(p.text) is not None for p in parts) > 2
    main = filer or main_firm(document, views, names, listed=listed)
    state = State(main, defined=filer is not None)
    state.currency = local_currency(document.text, document.language, lexicon.folder)
    heading: Mention | None = None
    interview = sum(_cued(languages, p, "question_line") for p in parts) >= 2
    asked = [i for i, p in enumerate(parts) if i and _asks(p)]
    opening = asked[0] if len(asked) > 2 and not interview else len(parts)
    if interview:
        opening = next(i for i, p in enumerate(parts) if _cued(languages, p, "question_line"))
    guest: Mention | None = None
    if opening < len(parts):
        guest, firm = interviewee(document, views[:opening], names)
        if filer is None:
            state.main = employer(document, views, names) or firm or state.main
    for i, (seen, part) in enumerate(zip(views, parts, strict=True)):
        language = languages.get(part.script)
        if language is None:
            continue
        found = names[i]
        is_heading = not (titled and i == 0) and _heading(part)
        is_heading = is_heading and not language.cues.search("signed", part.text)
        # Each entry of a list is about something else.
        filed = state.defined and part.script == "en"  # a filing's entries are of who files it
        entry = _ENTRY.match(part.text) is not None and not filed
        state.subject = None if entry else heading or state.main
        state.entry = state.entrant = None
        if not language.cues.search("round", part.text[:_OPENING]):
            state.raiser = None
        state.listed = state.subject is None
        state.speaker = None
        if interview and i >= opening:  # "Interview with X: …" of a headline labels nobody
            answer = _cued(languages, part, "answer_line")
            found, state.speaker = speaker(
                document, seen, found, guest or state.main, answer=answer
            )
        elif i > opening and i not in asked:
            state.speaker = guest
        if is_heading:
            first = next((n for n in found if n.type in ("", "Company", "Fund")), None)
            heading = mention(document, seen, first) if first else None
            continue
        question = _cued(languages, part, "question_line")
        yield from _sentences(
            document, folded, lexicon, language, seen, part, found, state,
            headline=titled and i == 0, question=question,
        )  # fmt: skip
        heading = None
        if not _QUESTION.search(part.text):
            state.asked = None


def _titled(document: Document, first: str) -> bool:
    """Whether the first line is a headline: front matter has the title already, and a headline is
    no whole sentence."""
    return document.body_start == 0 and not re.search(r"[。.][”’\"')\]]*$", first)


def _parted(folded: str, headline: Span) -> str:
    """In a Chinese headline a space parts clauses, as a comma does elsewhere."""
    line = _GAP.sub(lambda m: "," + m.group()[1:], folded[headline.start : headline.end])
    return folded[: headline.start] + line + folded[headline.end :]


def _after_filings(folded: str, spans: Sequence[Span], lexicon: Lexicon) -> str:
    """In a line the space after who filed the report parts clauses too ("本报长沙讯 …")."""
    cues = [language.cues.groups.get("filed") for language in lexicon.languages.values()]
    chars = list(folded)
    for span in spans:
        for cue in cues:
            found = cue.match(folded, span.start, span.end) if cue is not None else None
            if found and _GAP.match(folded, found.end(), span.end):
                chars[found.end()] = ","
                break
    return "".join(chars)


def _sentences(
    document: Document,
    folded: str,
    lexicon: Lexicon,
    language: Language,
    seen: View,
    part: Part,
    names: Sequence[Name],
    state: State,
    *,
    headline: bool,
    question: bool,
) -> Iterator[Sentence]:
    value_words = load_values(lexicon.folder)
    for place in sentences(part.text, part.script):
        start, end = seen.span(place.start, place.end)
        low = bisect_left(names, place.start, key=lambda n: n.start)
        high = bisect_left(names, place.end, key=lambda n: n.start)
        inside = [n for n in names[low:high] if n.end <= place.end]
        text = part.text[place.start : place.end]
        mentions = tuple(mention(document, seen, n) for n in inside)
        words, tag, folder = document.text[start:end], document.language, lexicon.folder
        plain = folded[start:end]
        sums = find_amounts(words, tag, state.currency, folder, plain)
        counts = find_quantities(words, tag, folder, sums, plain)
        amounts, quantities = (
            tuple(_moved(s, start) for s in joined_limits(words, plain, found, value_words))
            for found in (sums, counts)
        )
        times = tuple(
            replace(t, start=t.start + start, end=t.end + start)
            for t in find_times(words, tag, document.date, folder, state.time, plain)
        )
        state.time = times[-1].when if times else state.time
        asked = question or bool(_QUESTION.search(text))
        context = SentenceContext(
            document=document, script=part.script, start=start, end=end,
            mentions=mentions, amounts=amounts,
            quantities=quantities, times=times, subject=state.subject, entry=state.entry,
            listed=state.listed, entrant=state.entrant, giver=state.giver,
            award=state.award,
            raiser=state.raiser, round=state.round,
            answering=state.main if state.speaker else None, asked=state.asked,
            asserted=not asked, attributed_to=state.speaker,
        )  # fmt: skip
        items = items_of(document, language, seen, place, inside, context, state)
        grouped = mask(text, items, language.rows, lexicon.alphabet, grouped=True)
        raw = mask(text, items, language.rows, lexicon.alphabet, grouped=False)
        yield Sentence(
            context, language, seen, place.start, place.end, grouped, raw, headline, asked
        )
        if asked:
            state.asked = _asked_about(items, language, text)
        _remember_round(state, language, grouped, context)
        _remember_topic(state, language, grouped, items, headline)
        awards = language.cues.search("awarding", grouped.text)
        if awards and (offices := [i for i in items if i.kind == "GovernmentBody"]):
            state.giver = offices[0].mentions[0]
            # Each entry of the list has its own sum.
            told = round_told(grouped, awards.start(), language.cues)
            state.award = replace(told, amount=None)
        quoted = [i.mentions[0] for i in items if i.kind == "quote" and i.mentions]
        if quoted and quoted[-1].name[:1].islower():
            state.things["Concept"] = quoted[-1]  # a term, for "the purest specimen of it"


def _asked_about(items: Sequence[Item], language: Language, question: str) -> Mention | None:
    """The one thing that a question names; what became of something, whatever it is."""
    kinds = (*_ASKED, "?") if language.cues.search("asked_after", question) else _ASKED
    things = [i.mentions[0] for i in items if i.kind in kinds and i.mentions]
    return things[0] if len(things) == 1 else None


def _remember_topic(
    state: State, language: Language, grouped: Mask, items: Sequence[Item], headline: bool
) -> None:
    """Keeps what a sentence is about: where it names but one firm that does something to whom the
    paragraph speaks of ("B once held 12%"), that is still the latter."""
    before = state.subject
    remember(state, grouped, items, headline, language.reference)
    firms = {m.name for i in items if i.kind in ORGS for m in i.mentions}
    if before is not None and len(firms) == 1 and language.cues.search("beside", grouped.text):
        state.subject = before


def _remember_round(
    state: State, language: Language, grouped: Mask, context: SentenceContext
) -> None:
    """Keeps who raises money in a sentence, as long as the next ones go on about the round."""
    raising = language.cues.search("raising", grouped.text)
    if raising is not None:
        who = topic(grouped, raising.start(), language.reference)
        state.raiser = who[0] if len(who) == 1 else None if who else context.subject
        state.round = round_told(grouped, raising.start(), language.cues)
    elif not language.cues.search("round", grouped.text):
        state.raiser = None


def _moved(span: AmountSpan, by: int) -> AmountSpan:
    return replace(span, start=span.start + by, end=span.end + by)


def _heading(part: Part) -> bool:
    size = len(part.text) if part.script == "zh" else len(part.text) // 3
    return size <= 32 and not _ENDING.search(part.text)


def _cued(languages: Mapping[str, Language], part: Part, cue: str) -> bool:
    language = languages.get(part.script)
    return language is not None and bool(language.cues.search(cue, part.text))


def _asks(part: Part) -> bool:
    """Whether an English paragraph is nothing but a short question: half of an interview."""
    return part.script == "en" and len(part.text) <= 120 and part.text.rstrip().endswith("?")
