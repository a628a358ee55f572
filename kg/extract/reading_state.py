"""What the reading of a document has met so far, kept from sentence to sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.claim import Mention, When
from kg.extract.clauses import Round


@dataclass(slots=True)
class State:
    """What the reading has met so far.

    Args:
        main: the firm that the document is about; `defined`: it says so ("以下简称“公司”").
        subject: what the paragraph speaks of.
        things: class code → the thing of that class named last.
        entry: what the entry of a list that is read is about.
        entrant: the organisation named first in that entry; `listed`: whether there is one.
        raiser: who was told to raise money, as long as the text goes on about the round.
        round: what was told of it.
        giver: the office said to award what a list tells of; `award`: when, and in what words.
        speaker: who answers in an interview; `asked`: what the question named that is answered.
        pair: the two parties named together last; `lately`: those named in the sentence before.
        person: the person spoken of last.
        currency: what a bare 元 or $ means here.
        time: the time said last.
    """

    main: Mention | None
    subject: Mention | None = None
    things: dict[str, Mention] = field(default_factory=dict)
    entry: Mention | None = None
    entrant: Mention | None = None
    listed: bool = False
    raiser: Mention | None = None
    round: Round | None = None
    giver: Mention | None = None
    award: Round | None = None
    speaker: Mention | None = None
    asked: Mention | None = None
    pair: tuple[Mention, ...] = ()
    lately: tuple[Mention, ...] = ()
    person: Mention | None = None
    defined: bool = False
    currency: str | None = None
    time: When | None = None
