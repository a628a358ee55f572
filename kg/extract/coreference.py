"""Who is meant: pronouns, "the company", the topic of a sentence, the project spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.claim import Mention
from kg.extract.clauses import SentenceContext
from kg.extract.name_rows import ORGS, Item
from kg.extract.reading_state import State
from kg.extract.reference_words import ReferenceWords

#: So long is a line that only names what comes.
SHORT = 24


def _said_behind(
    text: str, items: Sequence[Item], at: int, words: ReferenceWords
) -> tuple[Mention, ...]:
    """The firm named behind a quotation that ends after an offset ("“We …,” said X's chief")."""
    found = words.said.search(text, at)
    if found is None or "“" in text[at : found.start()]:
        return ()
    after = [i for i in items if found.end() <= i.start <= found.end() + 60 and i.kind in ORGS]
    meant = after[0].mentions[:1] if after else ()
    return () if meant and meant[0].type == "Person" else meant  # "We …," he said


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands that means somebody named elsewhere.

    Args:
        word, at: the word and its offset in `text`, the sentence's view.
        segment, clause: where its part up to a semicolon and its clause begin.
        named: the agents named before it, in order, and where.
    """

    word: str
    text: str
    at: int
    items: Sequence[Item]
    segment: int
    clause: int
    named: Sequence[tuple[Mention, Item]]
    words: ReferenceWords

    def before(self) -> list[Mention]:
        """Those of its part; after a semicolon something new is spoken of, if anybody is named."""
        near = [m for m, i in self.named if i.start >= self.segment]
        return near or [m for m, _ in self.named]

    def earlier(self) -> list[tuple[Mention, Item]]:
        """Those of its part who are named before its clause."""
        return [(m, i) for m, i in self.named if self.segment <= i.start and i.end <= self.clause]

    def behind_comma(self, near: bool) -> tuple[Mention, ...]:
        """The organisation behind the next comma; `near` when it must stand right there."""
        comma = self.text.find(",", self.at)
        after = [
            i for i in self.items
            if comma >= 0 and i.start > comma - near and i.kind in ORGS
            and (not near or i.start - comma <= 2)
        ]  # fmt: skip
        return after[0].mentions[:1] if after else ()


def antecedent(
    word: str,
    text: str,
    items: Sequence[Item],
    at: int,
    context: SentenceContext,
    state: State,
    words: ReferenceWords,
) -> tuple[Mention, ...]:
    """What a pronoun stands for: the sentence's first agent before it, else the paragraph's.

    Args:
        word, at: the pronoun and where it stands in `text`, the sentence's view.
        items: what else stands in the sentence.
        context, state: what is known of the sentence and of what was read before it.
        words: those of the language.
    """
    main = (state.main,) if state.main else ()
    if state.defined and words.filing.fullmatch(word):
        return main
    if words.speaker.fullmatch(word):
        return (context.attributed_to,) if context.attributed_to else ()
    if context.attributed_to is not None and words.we.fullmatch(word):
        return main
    if words.others.fullmatch(word):
        # In an interview those spoken of before, never the speaker's own firm.
        others = [m for i in items if i.end <= at and i.kind in ORGS for m in i.mentions]
        return (others[0],) if others and context.attributed_to is not None else ()
    if words.own.fullmatch(word):
        return _speaking(text, items, at, words) or main
    definite = words.definite.match(word) is not None
    named = [
        (m, i) for i in sorted(items, key=lambda i: i.start)
        if i.end <= at and (i.kind in ORGS or (i.kind == "pronoun" and not i.suffix))
        and not (definite and i.kind == "pronoun" and len(i.mentions) > 1)
        and not words.called.match(text, i.end)
        for m in i.mentions
    ]  # fmt: skip
    if words.fund.fullmatch(word):
        funds = [m for m, i in named if i.kind == "Fund"]
        if not funds and context.subject is not None and context.subject.type == "Fund":
            funds = [context.subject]
        if funds:
            return (funds[-1],)
    segment = text.rfind(";", 0, at) + 1
    clause = max(text.rfind(mark, 0, at) for mark in ",;:") + 1
    place = _Place(word, text, at, items, segment, clause, named, words)
    if found := _by_build(place):
        return found
    if words.possessive.fullmatch(word):
        return _owner(place, context)
    told = [i for i in items if i.kind == "pronoun" and i.end <= at]
    if told and words.firm.fullmatch(word):
        return told[0].mentions  # "红杉投了它3亿元,公司估值…" speaks of one firm
    if words.former.fullmatch(word) or words.latter.fullmatch(word):
        return _one_of_two(place, state)
    if words.both.fullmatch(word) or words.they.fullmatch(word):
        parties = dict.fromkeys(
            m for i in sorted(items, key=lambda i: i.start)
            if segment <= i.start and i.end <= at
            and (i.kind in ORGS or i.kind == "Person")
            for m in i.mentions
        )  # fmt: skip
        if not parties and len(state.lately) == 1 and not words.both.fullmatch(word):
            return state.lately  # "Acme never made an offer. They are our fiercest rival"
        if not words.both.fullmatch(word):
            return state.pair
        others = [m for m, _ in named] or [m for m in (context.subject,) if m]
        if len(parties) == 1 and not {m.name for m in parties} & {m.name for m in state.pair}:
            # "A从B进货;设计交给C,双方共建D": A, of whom the sentence is, and C
            parties = dict.fromkeys((*others[:1], *parties))
        return tuple(parties) if len(parties) == 2 else state.pair
    return _agent(place, context, state)


def _speaking(
    text: str, items: Sequence[Item], at: int, words: ReferenceWords
) -> tuple[Mention, ...]:
    """Whose words are quoted around an offset; nobody when none are, or nobody says whose."""
    quote = text.rfind("“", 0, at)
    if quote < 0 or text.find("”", quote, at) >= 0:
        return ()
    said = [i for i in items if i.end <= quote and i.kind in ORGS]
    return said[-1].mentions if said else _said_behind(text, items, at, words)


def _by_build(place: _Place) -> tuple[Mention, ...]:
    """Whom the build of the sentence points at, whatever else is spoken of."""
    word, text, at, words = place.word, place.text, place.at, place.words
    before, earlier = place.before(), place.earlier()
    near = words.near.fullmatch(word) is not None
    owns = words.possessive.fullmatch(word) is not None
    found: tuple[Mention, ...] = ()
    if not place.named and words.ahead.fullmatch(word) and words.concerning.fullmatch(text, 0, at):
        # "As to reports that it (其) would buy B, A says …" speaks of what follows.
        found = place.behind_comma(near=True)
    elif before and words.nearest.match(word):
        # "A gave up its post at B and set up C; this firm …": the last named
        found = (before[-1],)
    elif len(before) > 1 and earlier and near and (
        words.turned.search(text, 0, at) or words.provided.match(text, at + len(word))
    ):  # fmt: skip
        # "与A签约,向其采购", "sells turbines to A, and B provides it with rigs"
        found = (earlier[-1][0],)
    elif near:
        found = _seller(place) or _remarked(place)
    elif earlier and words.definite.match(word) and words.holding.search(text, 0, at):
        # "A买入B的18%股权,C仍持有该公司67%"
        found = (earlier[-1][0],)
    elif owns and words.fronted.fullmatch(text, 0, at):
        # "In its report, X says …" speaks of what follows.
        found = place.behind_comma(near=False)
    said = [i for i in place.items if i.suffix and i.end <= at]
    if not found and owns and said and words.joined.search(text, 0, at):
        return said[0].mentions  # "buys its ore from A and its furnaces from B"
    return found


def _remarked(place: _Place) -> tuple[Mention, ...]:
    """What a remark is about that a word ends: "lent to B, whose boss owns 34% of it"."""
    remark = place.words.remark.search(place.text, 0, place.at)
    owners = [m for m, i in place.named if remark and i.end == remark.start()]
    return tuple(owners[-1:])


def _owner(place: _Place, context: SentenceContext) -> tuple[Mention, ...]:
    """Whose something is: "X, its parent" and "X and its parent" speak of X; farther off the
    subject is meant."""
    before, text, at = place.before(), place.text, place.at
    close = place.words.beside.search(text, 0, at) is not None
    if close and before and place.words.opposed.match(text, at):
        # "X, its nearest rival": of whom the text speaks
        others = [m for m in before if m.name != before[-1].name]
        return tuple(others[:1]) or _spoken_of(context, before[-1])
    if before and (not close or _after_thing(place.items, text, at)):
        return (before[0],)
    return (before[-1],) if before else ((context.subject,) if context.subject else ())


def _one_of_two(place: _Place, state: State) -> tuple[Mention, ...]:
    """The former or the latter of the two named last before this clause; who is named in it is
    spoken of beside them."""
    told = dict.fromkeys(m for m, i in place.named if i.end <= place.clause)
    told = told or dict.fromkeys(place.before())
    joined = [
        (a, b)
        for (a, i), (b, j) in pairwise(place.named)
        if place.words.joint.fullmatch(place.text, i.end, j.start)
    ]
    # "A与B出资设立C,前者…": two that act together before what they do.
    two = (list(joined[0]) if len(told) > 2 and joined else list(told) or list(state.pair))[-2:]
    former = place.words.former.fullmatch(place.word)
    return (two[0 if former else -1],) if two else ()


def _agent(place: _Place, context: SentenceContext, state: State) -> tuple[Mention, ...]:
    """The first agent before a word, else whom the paragraph speaks of; beside a subject of its own
    clause the word means another ("A是该公司客户", "A认购其股权")."""
    word, text, at, words = place.word, place.text, place.at, place.words
    before, clause = place.before(), place.clause
    subject = (context.subject,) if context.subject else ()
    firm = words.firm.fullmatch(word) is not None
    here = [i for i in place.items if clause <= i.start and i.end <= at and i.kind in ORGS]
    named = {m.name for m in before}
    if firm and state.main is not None and not here and (not before or state.main.name in named):
        return (state.main,)  # "他离开B后创办A,持有公司两成股份": that of which the text is
    meant: tuple[Mention, ...] = (before[0],) if before else subject
    elsewhere = words.elsewhere.fullmatch(word) is not None
    if elsewhere and clause == 0 and len(before) == 1 and here and words.given.search(text, 0, at):
        meant = subject or meant  # "Sales were 8m. Bank B lent it (其) 3m"
    if here and elsewhere and clause > 0:
        meant = _before_clause(place) or subject or meant
    elif here and subject and not words.near.fullmatch(word):
        meant = subject
    if words.definite.match(word):
        meant = _another(meant, place.named, clause, place.segment, subject)
    beside = {m.name for i in here for m in i.mentions}
    if here and state.main and firm and meant and meant[0].name in beside:
        return (state.main,)  # "B拟参股公司": a filing speaks of the firm that files it
    return meant


def _before_clause(place: _Place) -> tuple[Mention, ...]:
    """Whoever the sentence spoke of before a word's clause: "A做饲料,B是其客户"."""
    text, words = place.text, place.words
    earlier = [m for m, i in place.earlier() if not words.oblique.search(text, 0, i.start)]
    # "A与B给C贷款,D参与其增资": one firm's, so not that of two that act together.
    rows = {
        m
        for (m, i), (n, j) in pairwise(place.named)
        for m in (m, n)
        if words.joint.fullmatch(text, i.end, j.start)
    }
    single = [m for m in earlier if m not in rows]
    if words.entering.search(text, 0, place.at):
        # "A给B授信,C参与其增资": that of whom the first gives to.
        given = [m for m, i in place.earlier() if words.given.search(text, 0, i.start)]
        single = given or single
    return tuple((single or earlier)[:1])


def _seller(place: _Place) -> tuple[Mention, ...]:
    """Whose holding is bought in "向X收购其所持Y股权": that of the name that the buyer turns to. Of
    whom somebody is a customer in "A是X的最大客户,占其营收三成"."""
    text, at, words = place.text, place.at, place.words
    for mention, item in reversed(place.named):
        if words.customer.fullmatch(text, item.end, at):
            return (mention,)
    if not (words.bought.search(text, 0, at) and words.held.match(text, at)):
        return ()
    near = [m for m, i in place.named if i.end <= at and at - i.end <= SHORT]
    return tuple(near[-1:])


def _after_thing(items: Sequence[Item], text: str, at: int) -> bool:
    """Whether a thing stands just before ", its": "X has opened the Y mill, its third"."""
    last = max((i for i in items if i.end <= at), key=lambda i: i.end, default=None)
    thing = last is not None and last.kind in ("Project", "Product", "Technology")
    return thing and last is not None and not text[last.outer_end : at].strip(" ,")


def _another(
    meant: tuple[Mention, ...],
    named: Sequence[tuple[Mention, Item]],
    clause: int,
    segment: int,
    subject: tuple[Mention, ...],
) -> tuple[Mention, ...]:
    """Whom "the company" means: not the subject of its own clause ("A audits B: it owns 2% of the
    company"), but whoever else is spoken of."""
    acting = next((m.name for m, i in named if i.start >= clause), "")
    if not meant or meant[0].name != acting:
        return meant
    others = [
        m for m, i in named
        if segment <= i.start < clause and m.name != acting and i.kind != "pronoun"
    ]  # fmt: skip
    return tuple(others[-1:]) or tuple(m for m in subject if m.name != acting) or meant


def _spoken_of(context: SentenceContext, other: Mention) -> tuple[Mention, ...]:
    """What the paragraph speaks of, if that is not a given name."""
    found = context.subject
    return (found,) if found is not None and found.name != other.name else ()
