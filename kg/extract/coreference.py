"""Who is meant: pronouns, "the company", the topic of a sentence, the project spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.claim import Mention, When
from kg.extract.clauses import Round, SentenceContext
from kg.extract.masks import Mask
from kg.extract.name_rows import ORGS, Item

#: What a filing calls the firm that files it.
_FILING = frozenset(("公司", "本公司", "the Company", "The Company", "the Group", "The Group"))
#: Pronouns that own what follows.
POSSESSIVE = frozenset(("its", "our", "their"))
_WE = frozenset(("we", "us", "our", "我们"))
_FRONTED = re.compile(r"\s*(?:in|with|for|on|at|under|despite|through|after|before)\s+", re.I)
_GIVING = ("向", "从", "与", "给", "对")
_JOINING = ("参与",)
_JOINT = re.compile("[与和跟同及]|,? and (?:the )?")
#: Before the "其" of whom somebody puts money into, and before whom something is given to.
_ENTERING = re.compile("(?:参与|认购|入股|投资|增资)$")
_GIVEN = re.compile("[向给对予]$")
#: Between a firm and the "其" that means it, when somebody else is its customer.
_CUSTOMER = re.compile(
    r"的[^,;。]{0,8}(?:客户|供应商|供货商|买家|买主|雇主|主顾|来源|承租方|租户)[^,;。]{0,4},"
    r"[^,;。]{0,12}(?:占|贡献|带来|撑起|吃下|买走|拿走|包揽)了?"
)
#: Before and behind the "其" of what somebody sells.
_BOUGHT = re.compile(
    "[向从自由](?:[^,;:。]{2,30})(?:收购|购买|购入|受让|买下|购回|承购|买入|接手|接过)$"
)
_HELD = re.compile("其(?:目前|合共|合计|间接|直接|名下)?(?:所持|持有|持|手中|手上|名下|拥有|握有)")
#: What may stand for the firm named behind, and how a sentence opens where it does.
_OWN = frozenset(("其", "公司", "该公司"))
_CONCERNING = re.compile("(?:针对|对于|对|面对|就|关于|有关)[^,;。]{1,16}")
#: How words begin that mean the firm named last.
_THIS = "这家"
#: Before a name and a comma: of whom the rest speaks.
_AS_FOR = re.compile("(?:至于|再看|来看|再说|说回)$")
#: So long is a line that only names what comes.
_SHORT = 24
#: What means the one and the other of two that were named.
_FORMER, _LATTER = ("前者", "the former"), ("后者", "the latter")
#: Whoever answers in an interview; for who asks, "you" is the same firm.
_SELF_WORDS = frozenset(("本公司", "我司", "我们", "你们", "贵公司", "you"))


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
        speaker: who answers in an interview.
        pair: the two parties named together last.
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
    pair: tuple[Mention, ...] = ()
    person: Mention | None = None
    defined: bool = False
    currency: str | None = None
    time: When | None = None


#: Behind what is quoted: who said it, if need be by an office ("said Acme's chief executive").
_SAID = re.compile(r"[”\"] ?(?:said|says|added|adds|told|insists|insisted|according to|wrote)\b")


def _said_behind(text: str, items: Sequence[Item], at: int) -> tuple[Mention, ...]:
    """The firm named behind a quotation that ends after an offset ("“We …,” said X's chief")."""
    found = _SAID.search(text, at)
    if found is None or "“" in text[at : found.start()]:
        return ()
    after = [i for i in items if found.end() <= i.start <= found.end() + 60 and i.kind in ORGS]
    return after[0].mentions[:1] if after else ()


#: "the former X banker who …": X tells what somebody was
_CALLED = re.compile(r" (?:[a-z-]+ ){0,2}[a-z-]+,? who\b")


def antecedent(
    word: str, text: str, items: Sequence[Item], at: int, context: SentenceContext, state: State
) -> tuple[Mention, ...]:
    """What a pronoun stands for: the sentence's first agent before it, else the paragraph's."""
    low = word.lower()
    if state.defined and word in _FILING:
        return (state.main,) if state.main else ()
    if low in ("i", "我"):
        return (context.attributed_to,) if context.attributed_to else ()
    if context.attributed_to is not None and low in _WE:
        return (state.main,) if state.main else ()
    if word == "他们":
        # In an interview those spoken of before, never the speaker's own firm.
        others = [m for i in items if i.end <= at and i.kind in ORGS for m in i.mentions]
        return (others[0],) if others and context.attributed_to is not None else ()
    if low in _SELF_WORDS:
        # Quoted, it is the speaker's firm; else the document's.
        quote = text.rfind("“", 0, at)
        if quote >= 0 and text.find("”", quote, at) < 0:
            said = [i for i in items if i.end <= quote and i.kind in ORGS]
            if said:
                return said[-1].mentions
            if speaking := _said_behind(text, items, at):
                return speaking
        return (state.main,) if state.main else ()
    named = [
        (m, i) for i in sorted(items, key=lambda i: i.start)
        if i.end <= at and (i.kind in ORGS or (i.kind == "pronoun" and not i.suffix))
        and not (low.startswith("the ") and i.kind == "pronoun" and len(i.mentions) > 1)
        and not _CALLED.match(text, i.end)
        for m in i.mentions
    ]  # fmt: skip
    # After a semicolon something new is spoken of, if anybody is named there.
    segment = text.rfind(";", 0, at) + 1
    clause = max(text.rfind(mark, 0, at) for mark in ",;:") + 1
    before = [m for m, i in named if i.start >= segment] or [m for m, _ in named]
    if not named and word in _OWN and _CONCERNING.fullmatch(text[:at]):
        # "As to reports that it (其) would buy B, A says …" speaks of what follows.
        comma = text.find(",", at)
        after = [i for i in items if comma >= 0 and 0 <= i.start - comma <= 2 and i.kind in ORGS]
        if after:
            return after[0].mentions[:1]
    if before and word.startswith(_THIS):
        return (before[-1],)  # "A gave up its post at B and set up C; this firm …": the last named
    if len(before) > 1 and (
        (word == "其" and text[at - 1 : at] in _GIVING and text[at - 2 : at] not in _JOINING)
        or (low == "it" and text.startswith(" with ", at + 2))
    ):
        # "与A签约,向其采购", "sells turbines to A, and B provides it with rigs"
        last = [m for m, i in named if segment <= i.start and i.end <= clause]
        if last:
            return (last[-1],)
    seller = _seller(text, named, at) if word == "其" else ()
    if seller:
        return seller
    if low == "its" and _FRONTED.fullmatch(text[:at]):
        # "In its report, X says …" speaks of what follows.
        comma = text.find(",", at)
        after = [i for i in items if comma >= 0 and i.start > comma and i.kind in ORGS]
        if after:
            return after[0].mentions[:1]
    said = [i for i in items if i.suffix and i.end <= at]
    whose = re.search(r", whose [^;.]*$", text[:at]) if low == "it" else None
    if whose:
        # "lent to B, whose boss owns 34% of it": what the remark is about
        owners = [m for m, i in named if i.end == whose.start()]
        if owners:
            return (owners[-1],)
    if low == "its" and said and re.search(r"\band\s*$", text[:at]):
        return said[0].mentions  # "buys its ore from A and its furnaces from B"
    if low in POSSESSIVE:
        # "X, its parent" and "X and its parent" speak of X; farther off the subject is meant.
        close = re.search(r"(?:,|\band)\s*$", text[:at]) is not None
        if close and before and _OPPOSED.match(text, at):
            # "X, its nearest rival": of whom the text speaks
            others = [m for m in before if m.name != before[-1].name]
            return tuple(others[:1]) or _spoken_of(context, before[-1])
        if before and (not close or _after_thing(items, text, at)):
            return (before[0],)
        return (before[-1],) if before else ((context.subject,) if context.subject else ())
    earlier_pronouns = [i for i in items if i.kind == "pronoun" and i.end <= at]
    if word == "公司" and earlier_pronouns:
        return earlier_pronouns[0].mentions  # "红杉投了它3亿元,公司估值…" speaks of one firm
    if low in (*_FORMER, *_LATTER):
        # Of the two named last before this clause; who is named in it is spoken of beside them.
        told = dict.fromkeys(m for m, i in named if i.end <= clause) or dict.fromkeys(before)
        joined = [
            (a, b) for (a, i), (b, j) in pairwise(named) if _JOINT.fullmatch(text, i.end, j.start)
        ]
        # "A与B出资设立C,前者…": two that act together before what they do.
        two = (list(joined[0]) if len(told) > 2 and joined else list(told) or list(state.pair))[-2:]
        return (two[0 if low in _FORMER else -1],) if two else ()
    if word == "双方" or low == "they":
        parties = dict.fromkeys(
            m for i in sorted(items, key=lambda i: i.start)
            if segment <= i.start and i.end <= at
            and (i.kind in ORGS or i.kind == "Person")
            for m in i.mentions
        )  # fmt: skip
        return tuple(parties) if word == "双方" and len(parties) == 2 else state.pair
    subject = (context.subject,) if context.subject else ()
    if word == "公司" and state.main is not None and not before:
        return (state.main,)
    # "A是该公司客户", "A认购其股权": beside a subject of its own clause the word means another.
    here = [i for i in items if clause <= i.start and i.end <= at and i.kind in ORGS]
    meant: tuple[Mention, ...] = (before[0],) if before else subject
    if word == "其" and clause == 0 and len(before) == 1 and here and _GIVEN.search(text[:at]):
        meant = subject or meant  # "Sales were 8m. Bank B lent it (其) 3m"
    if here and low == "其" and clause > 0:
        # "A做饲料,B是其客户": whoever the sentence spoke of before this clause.
        earlier = [
            m for m, i in named
            if segment <= i.start and i.end <= clause and not _OBLIQUE.search(text[: i.start])
        ]  # fmt: skip
        # "A与B给C贷款,D参与其增资": one firm's, so not that of two that act together.
        rows = {m for (m, i), (n, j) in pairwise(named) for m in (m, n)
                if _JOINT.fullmatch(text, i.end, j.start)}  # fmt: skip
        single = [m for m in earlier if m not in rows]
        if _ENTERING.search(text[:at]):
            # "A给B授信,C参与其增资": that of whom the first gives to.
            given = [m for m, i in named if segment <= i.start and i.end <= clause
                     and _GIVEN.search(text[: i.start])]  # fmt: skip
            single = given or single
        meant = tuple((single or earlier)[:1]) or subject or meant
    elif here and subject and low not in ("it", "其"):
        meant = subject
    if low.startswith("the "):
        meant = _another(meant, named, clause, segment, subject)
    beside = {m.name for i in here for m in i.mentions}
    if here and state.main and word == "公司" and meant and meant[0].name in beside:
        return (state.main,)  # "B拟参股公司": a filing speaks of the firm that files it
    return meant


def _seller(text: str, named: Sequence[tuple[Mention, Item]], at: int) -> tuple[Mention, ...]:
    """Whose holding is bought in "向X收购其所持Y股权": that of the name that the buyer turns to. Of
    whom somebody is a customer in "A是X的最大客户,占其营收三成"."""
    for mention, item in reversed(named):
        if _CUSTOMER.fullmatch(text, item.end, at):
            return (mention,)
    if not (_BOUGHT.search(text[:at]) and _HELD.match(text, at)):
        return ()
    near = [m for m, i in named if i.end <= at and at - i.end <= _SHORT]
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


def remember(
    state: State, grouped: Mask, items: Sequence[Item], headline: bool, english: bool
) -> None:
    """Keeps of a sentence what the next ones may speak of."""
    first = topic(grouped, len(grouped.text))
    if english and len(first) > 1:
        # "A, B and C put money into D. X lent the firm …": one of a row is nobody's firm.
        alone = [g[0].mentions[0] for g in grouped.items.values()
                 if len(g) == 1 and g[0].kind in ORGS and len(g[0].mentions) == 1]  # fmt: skip
        first = tuple(alone[:1]) or ((state.subject,) if state.subject else first)
    if english and first and state.subject and first[0].name != state.subject.name:
        # "Acme makes glass. In 2022 a fund put $2m into Acme. Its kilns …": still of Acme
        told = [m.name for i in items if i.kind in ORGS for m in i.mentions]
        if state.subject.name in told:
            first = (state.subject,)
    if first and not headline:
        state.subject = first[0]
    people = [i for i in items if i.kind == "Person"]
    if people:
        state.person = people[0].mentions[0]
    for item in items:
        if item.kind in ("Project", "Concept", "Product") and item.mentions:
            state.things[item.kind] = item.mentions[0]
    if len(items) == 1 and items[0].kind == "quote" and len(grouped.text) < _SHORT:
        # 1.“蛟绳”万米脐带缆。 What a list's entry begins with is what it is about.
        state.entry = items[0].mentions[0]
    if state.listed and items and items[0].kind in ("Project", "quote") and not state.entry:
        end = items[0].outer_end
        if grouped.text[:_SHORT].count(":") and end < _SHORT * 2 and items[0].mentions:
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


#: Behind a name: what it is to somebody else.
_OPPOSED = re.compile(
    r"(?:its|their) (?:[a-z-]+ ){0,3}(?:rivals?|competitors?|challengers?|nemesis|customers?"
    r"|clients?|suppliers?|tenants?|buyers?|landlord|lender|backers?|investors?|shareholders?)\b"
)


def _spoken_of(context: SentenceContext, other: Mention) -> tuple[Mention, ...]:
    """What the paragraph speaks of, if that is not a given name."""
    found = context.subject
    return (found,) if found is not None and found.name != other.name else ()


_OBLIQUE = re.compile(
    r"(?:由|据|根据|向|从|对|对于|在|与|被|给|获|和|跟|除|为|随着|针对|找|至于|关于|于)$"
    r"|\b(?:by|from|to|with|at|in|of|for|on|near|outside|against|like|after|via|into|under|including|than|as)\s(?:the\s)?$",
    re.IGNORECASE,
)
_TELLING = re.compile(r" (?:an?|the) (?:\S+ ){1,6}$")
_PREDICATE = re.compile(r"[a-z] (?:is|are|was|were|be|been) $")
_CLAUSE = re.compile("[,:]")
#: Behind a name that only owns what is spoken of.
_OWNER = re.compile("(?:全资|绝对|相对)?(?:控股|参股|持股|入股|孵化|下属|辖下|旗下|麾下)的")
_SPOKEN_OF = ORGS | {"pronoun"}


def topic(grouped: Mask, before: int) -> tuple[Mention, ...]:
    """What the part of a sentence around an offset is about: the first organisation that begins a
    clause of it.

    Args:
        grouped: the grouped mask.
        before: only what stands before this offset of the masked text counts.
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
                if _PREDICATE.search(text[at:i]) or _apposed(grouped, at, i):
                    break  # "The motors will be X's" is not about X
                as_for = text.startswith(",", i + 1) and _AS_FOR.search(text[at:i])
                oblique = not as_for and _OBLIQUE.search(text[at:i])
                if items[0].kind in ORGS and _OWNER.match(text, i + 1):
                    continue
                if items[0].kind in _SPOKEN_OF and not oblique:
                    return grouped.mentions(text[i])
                if items[0].kind in ("quote", "Product", "Project", "Person", "Place", "time"):
                    continue
                break
    return ()


def _apposed(grouped: Mask, clause: int, at: int) -> bool:
    """Whether a name stands in what is told of the name before a comma ("Y, the works X built")."""
    text = grouped.text
    named = clause > 1 and grouped.items.get(text[clause - 2])
    return bool(named and named[0].mentions) and bool(_TELLING.match(text[clause:at]))


def thing(grouped: Mask, before: int) -> tuple[Mention, ...]:
    """The project last named in a sentence before an offset of its grouped mask."""
    for at in range(before - 1, -1, -1):
        items = grouped.items.get(grouped.text[at])
        if items and items[0].kind == "Project":
            return grouped.mentions(grouped.text[at])
    return ()
