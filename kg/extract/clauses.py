"""What one sentence holds, gathered once for everything that reads it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.amount_lists import AmountSpan
from kg.claim import Document, Mention, When
from kg.times import TimeSpan


@dataclass(frozen=True, slots=True)
class Round:
    """What was told of a round of money.

    Args:
        words: the masked words that told it, which say whether it is done or to come.
        amount: its sum; None when it was told none, or several.
        when: likewise its time.
    """

    words: str
    amount: AmountSpan | None
    when: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceContext:
    """One sentence with all that was found in it; every offset counts in `document.text`.

    Args:
        document: where it stands.
        script: "zh" or "en": which language's patterns apply.
        start, end: the sentence.
        mentions: the names in it, in order, not overlapping.
        amounts: sums of money in it.
        quantities: percentages, counts, gigawatts … in it.
        times: times in it.
        subject: what the paragraph was last about when the sentence begins (or its heading's
            subject, or for an answer in an interview the interviewee's organisation); None when
            nothing was named yet. What 公司, it or an ellipsis stands for.
        entry: what the entry of a list that the sentence stands in is about, where it begins with a
            line that names nothing else.
        listed: whether the sentence stands in an entry of a list.
        entrant: the organisation named first in that entry, before the sentence begins.
        raiser: who was last told to raise money: to whom "B leads the round" of a later sentence
            gives.
        round: what was told of that round.
        answering: for an answer in an interview the interviewee's organisation, of which it speaks
            where it names nobody; None elsewhere.
        asked: the one thing that the question named that is answered ("“密语”呢?停了,花了2亿元").
        giver: the office that the document said awards what its list tells of; `award`: when, and
            in what words.
        asserted: False for questions and headings, of which nothing may be claimed.
        attributed_to: who says the whole sentence (the speaker of an interview), None when it is
            the source itself.
    """

    document: Document
    script: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    amounts: tuple[AmountSpan, ...]
    quantities: tuple[AmountSpan, ...]
    times: tuple[TimeSpan, ...]
    subject: Mention | None = None
    entry: Mention | None = None
    listed: bool = False
    entrant: Mention | None = None
    raiser: Mention | None = None
    round: Round | None = None
    answering: Mention | None = None
    asked: Mention | None = None
    giver: Mention | None = None
    award: Round | None = None
    asserted: bool = True
    attributed_to: Mention | None = None

    @property
    def text(self) -> str:
        """The sentence as written."""
        return self.document.text[self.start : self.end]
