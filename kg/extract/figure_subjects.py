"""Whose a figure is: the name beside the words of a measure, or what the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.claim import Claim, Mention
from kg.extract.measures import Deals, Way
from kg.extract.reader import Sentence
from kg.extract.topic import thing

_FIRMS = ("Company", "Fund", "GovernmentBody", "Product", "")
_THINGS = ("Project", "Fund", "Product", "Technology", "")
#: Measures that are of people as well.
_PERSONAL = frozenset(("salary",))
_Place = tuple[Mention, int, int]
_OBLIQUE = re.compile(
    r"(?:据|由|向|从|与|和|在|被|对|给|跟|获|、|及|by|from|to|with|at|in|of|for)\s?$", re.I
)
_RELATED = re.compile(
    r", which (?:(?:is|was|has|had|are|were|now|last|then) ){0,2}(?:been )?$|, whose (?:[a-z-]+ )*$"
)
_OF = re.compile("的[《“]?$")
_PAUSE = re.compile("[,;。]")
_IS = re.compile("(?:为|是|系|乃|属|隶属于?|属于)$")
_ITS = re.compile(
    "(?:集团)?(?:之|的|旗下|辖下|麾下)(?:的)?[^,;。]{0,8}(?:公司|企业|成员|机构)(?=[,;。])"
)
#: "X, built by A and B, will cost": of the one built, not of its builders
_BUILT_BY = re.compile(r"由|是(?!.*[,;])|\b(?:by|with)\b")
#: "X is being built by Y at a cost of": the one built again
_MADE_BY = re.compile(
    r"\b(?:built|developed|constructed|made|put up|run|operated|laid|dug|supplied) by\b"
)
#: "A buys X, a Kansas operator of 61 homes": what stands beside a name is of it.
_APPOSED = re.compile(r"(?: of (?:[A-Z][\w’'-]+ ?){1,3})?, (?:an?|the) (?:[\w.’'-]+ ){0,5}")
_PASSIVE = re.compile(r"[被遭给向]$")
#: Whoever stands before these words pays.
_PAYS = re.compile(
    r" (?:(?:has |had |have )?(?:to|must|will|would|agreed to|was ordered to|was told to) )?"
    r"(?:pay|paid|pays|paying|owes|forfeited|forfeit)\b|须?(?:被)?(?:判)?(?:赔偿|赔付|支付|赔)"
)
#: "A and B, X's two largest customers, accounted for 46% of sales"
_CUSTOMERS = re.compile(r"['’]s (?:[a-z-]+ ){0,3}(?:customers?|clients?|buyers?|tenants?)\b")
#: Who speaks in an interview, by initials.
_INITIALS = re.compile(r"[A-Z]{1,3}: ")
#: "a 200-megawatt data centre named Sidra"
_NAMED = re.compile(
    r"[^,;.。]{0,40}(?:,? (?:to be )?(?:named|called|known as|dubbed)|(?:名为|命名|叫)) ?[“‘《]?$"
)


def subjects_of(
    sentence: Sentence,
    text: str,
    way: Way,
    place: tuple[int, int, int],
    last: tuple[Mention, ...],
    said: Sequence[Claim] = (),
    sources: Sequence[Way] = (),
    deals: Deals | None = None,
) -> tuple[Mention, ...]:
    """Whose figure it is.

    Args:
        text: the sentence's view.
        way: how the measure is said.
        place: where the words begin, and where the value begins and ends, in `text`.
        last: whose the figure before was; () when there is none.
        said: the relations of the sentence and, before them, of the one before it.
        sources: the words beside the name of whoever only reports.
        deals: what relations tell of figures.

    Returns:
        Nobody when the sentence does not tell.
    """
    found = _named(sentence, text, way, place, last)
    around = sentence.context.subject
    if len(found) == 1 and _counts(sentence, text, found[0], sources):
        # who counts is not who is counted
        meant = any(p[1] < place[1] for p in _pronouns(sentence))
        found = (around,) if around and meant and around.name != found[0].name else ()
    if len(found) != 1:
        return found
    if way.measure == "valuation" and deals is not None:
        paid = [c for c in said if c.relation in deals.paying and not c.negated and c.object]
        return _bought(sentence, text, found[0], place, paid) or found
    if way.sunk and found[0].type != "Project" and deals is not None:
        ended = [c for c in said if c.relation in deals.ending and not c.negated]
        return _given_up(sentence, found[0], place, ended) or found
    return found


def _counts(sentence: Sentence, text: str, named: Mention, sources: Sequence[Way]) -> bool:
    """Whether a name is that of a source: "IDC的数据显示"."""
    context = sentence.context
    if named.start is None or named.end is None or not context.start <= named.start < context.end:
        return False
    start = sentence.view.index(named.start) - sentence.start
    end = sentence.view.end_index(named.end) - sentence.start
    for way in sources:
        if way.after is not None and way.after.match(text, end):
            return True
        ahead = way.before.search(text[:start]) if way.before is not None else None
        if ahead is not None and not ahead["gap"].strip():
            return True
    return False


def _bought(
    sentence: Sentence,
    text: str,
    named: Mention,
    place: tuple[int, int, int],
    deals: Sequence[Claim],
) -> tuple[Mention, ...]:
    """What is valued when an investor pays for a part of it: never the investor."""
    view, base = sentence.view, sentence.start
    at, _, end = place
    if named.start is not None and sentence.context.start <= named.start:
        begin = view.index(named.start) - base
        clause = max(text.rfind(mark, 0, at) for mark in ",;:。") + 1
        if 0 < clause == begin:
            return ()  # "…, X is valued at": a clause of its own about the investor
    limit = sentence.offsets(end, end)[0]
    paid = [c for c in deals if c.subject.name == named.name]
    got = [
        c.object
        for c in paid
        if c.object is not None and (c.object.start is None or c.object.start < limit)
    ]
    if not got or any(c.object and c.object.name == named.name for c in deals):
        return ()
    return (got[-1],)


def _given_up(
    sentence: Sentence, named: Mention, place: tuple[int, int, int], ended: Sequence[Claim]
) -> tuple[Mention, ...]:
    """The project that money was sunk in, when it is given up in the sentence or just before."""
    limit = sentence.offsets(place[2], place[2])[0]
    things = [
        c.object
        for c in ended
        if c.object is not None and c.subject.name == named.name
        and (c.object.start is None or c.object.start < limit)
    ]  # fmt: skip
    return (things[-1],) if things else ()


def _named(
    sentence: Sentence,
    text: str,
    way: Way,
    place: tuple[int, int, int],
    last: tuple[Mention, ...],
) -> tuple[Mention, ...]:
    """Whose figure it is by the names around it alone."""
    view, base = sentence.view, sentence.start
    at, start, end = place
    names = [
        (m, view.index(m.start or 0) - base, view.end_index(m.end or 0) - base)
        for m in sentence.context.mentions
        if not any(
            a.start <= (m.start or 0) < a.end
            for a in (*sentence.context.amounts, *sentence.context.quantities)
        )  # "NOK 410m" names nobody
    ]
    if way.payer:
        names = [n for n in names if n[0].type != "GovernmentBody"]
        payers = [n for n in names if n[1] < end and _PAYS.match(text, n[2])]
        if payers:
            return (payers[-1][0],)
    if way.behind and way.after and (used := way.after.match(text, end)):
        users = [
            n for n in names
            if 0 <= n[1] - used.end() <= 5 and not _PAUSE.search(text, used.end(), n[1])
        ]  # fmt: skip
        if users:
            return (users[0][0],)
    # "swallowed $75m of X's cash", "takes 60% of X's harvest"
    of = [n for n in names if text[end : n[1]] == " of " and text[n[2] : n[2] + 2] in ("'s", "’s")]
    if of and ("money" in way.units or (way.measure == "marketShare" and of[0][0].type in _FIRMS)):
        return (of[0][0],)
    every = names
    kinds = (*_THINGS, *_FIRMS) if way.either else _THINGS if way.thing else _FIRMS
    if way.measure in _PERSONAL and sentence.context.script == "en":
        kinds = (*kinds, "Person")
    starts = sentence.grouped.starts
    masked = next((i for i, s in enumerate(starts) if s >= at), len(starts))
    around = (sentence.context.subject,) if sentence.context.subject else ()
    if way.owner:
        # "accounted for 46% of X's revenue"; "X contributed 62% of revenue": of that of whom the
        # paragraph speaks
        near = (n for n in names if 0 <= n[1] - end <= 8)
        owners = [n[0] for n in near if text[n[2] : n[2] + 2] in ("'s", "’s")]
        owners += [n[0] for n in (*names, *_pronouns(sentence)) if at < n[1] and n[2] <= start]
        owners += [n[0] for n in names if n[2] <= at and _CUSTOMERS.match(text, n[2])]
        return tuple(owners[:1]) or _spoken_of(sentence, text, names, at) or around
    if way.ahead:
        built = way.after.match(text, end) if way.after else None
        behind = built.end() if built else end
        project = next(
            (n for n in names if n[0].type in ("Project", "Fund") and n[1] >= behind - 1), None
        )
        if project is not None and not re.search(r"[;。]|\. ", text[behind : project[1]]):
            return (project[0],)
        built_before = [n for n in names if n[0].type == "Project" and n[2] <= at]
        if built_before and _BUILT_BY.search(text, built_before[-1][2], at):
            return (built_before[-1][0],)
        return ()
    related = _RELATED.search(text, 0, at)
    if way.thing and related:
        spoken = [n for n in names if n[2] == related.start()]
        if spoken:
            return (spoken[0][0],)
    if way.sunk:
        # what stands in marks or is called a project, rather than who lost the money
        lost = [
            n for n in names
            if n[2] <= at and (n[0].type in ("quote", "Project") or _quoted(text, n[1]))
        ]  # fmt: skip
        if lost:
            return (lost[-1][0],)
    if way.thing:
        if found := _thing(names, text, kinds, at, start, end) or thing(sentence.grouped, masked):
            return found
    else:
        # "Manus, with 22 million users a month" is said in Chinese with the name behind.
        after = [n for n in names if n[0].type in kinds and text[end : n[1]] == "的"]
        if after:
            return (after[0][0],)
    names = [n for n in names if n[0].type in kinds and not _quoted(text, n[1])]
    if related:
        # "X, which was valued at": what the relative clause speaks of
        before = [n for n in names if n[2] == related.start()]
        if before:
            return (before[0][0],)
        # "X, the soda arm, which cost …"
        where = related.start() + 1
        if told := _before_remark(sentence, names, text, where, where):
            return told
    # "A为B的子公司,营收5亿元": what B is to A, its figures are not told
    names = [n for n in names if not (_IS.search(text, 0, n[1]) and _ITS.match(text, n[2]))]
    clause = max(text.rfind(mark, 0, at) for mark in ",;:。(") + 1
    if told := _before_remark(sentence, names, text, clause, at):
        return told
    own = [n for n in (*names, *_pronouns(sentence)) if clause <= n[1] and n[2] <= at]
    own = [n for n in own if not _PASSIVE.search(text, 0, n[1])]
    own.sort(key=lambda n: n[1])
    if way.measure == "marketShare" and len(own) > 1 and own[-1][0].type != "Company":
        # "X今年全球水冷板市占率": what is sold on a market is no firm on it
        firms = [n for n in own if n[0].type == "Company"]
        own = firms or own
    if within := [n for n in names if at < n[1] and n[2] <= start]:
        return (within[-1][0],)  # "values X at $6bn"
    if text[at - 2 : at] in ("”的", "》的", "’的"):
        # "源活3"的月活: what stands in the marks
        marked = [n for n in every if n[2] == at - 2 and n[0].type in (*kinds, "quote")]
        if marked:
            return (marked[0][0],)
    if way.share and (row := _row(sentence, names, clause, at)):
        return row
    if apposed := [n for n in names if _APPOSED.fullmatch(text, n[2], at)]:
        return (apposed[0][0],)
    if way.topic and not own and (found := sentence.topic(masked)[:1]):
        return found
    if way.share and (found := sentence.topic(masked)):
        return found
    if own:
        return (own[-1][0],)
    if way.measure == "growthRate" and last:
        return last
    if found := _first(names, text, at) or sentence.topic(masked)[:1] or last:
        return found
    # A share or a rate of something that the sentence does not name is nobody's in particular.
    return () if "percent" in way.units else around


def _before_remark(
    sentence: Sentence, names: Sequence[_Place], text: str, clause: int, at: int
) -> tuple[Mention, ...]:
    """Of whom a verb speaks that follows a remark: "Sales at X, Y's soda arm, rose 3%" is of X."""
    if sentence.context.script != "en" or text[clause:at].strip() or text[clause - 1] != ",":
        return ()
    opening = text.rfind(",", 0, clause - 1)
    if opening < 0 or not sentence.language.grammar.aside.match(text[opening + 1 : clause]):
        owner = next((n for n in names if 0 <= n[1] - opening <= 6), None)
        if opening < 0 or owner is None or text[owner[2] : owner[2] + 2] not in ("'s", "’s"):
            return ()
    told = [n for n in names if n[2] == opening]
    return (told[0][0],) if told else ()


def _row(sentence: Sentence, names: Sequence[_Place], clause: int, at: int) -> tuple[Mention, ...]:
    """Several firms named as one row in a clause before the words of a measure."""
    here = {n[0].name for n in names if clause <= n[1] and n[2] <= at}
    for items in sentence.grouped.items.values():
        row = tuple(m for item in items for m in item.mentions)
        if len(row) > 1 and {m.name for m in row} <= here:
            return row
    return ()


def _spoken_of(
    sentence: Sentence, text: str, names: Sequence[_Place], at: int
) -> tuple[Mention, ...]:
    """Who the sentence began with, unless that is who stands beside the share ("B占营收的35%")."""
    clause = max(text.rfind(mark, 0, at) for mark in ",;:。(") + 1
    first = _first([n for n in names if n[0].type in _FIRMS], text, clause)
    return first if first and clause else ()


def _pronouns(sentence: Sentence) -> list[_Place]:
    """Whom the pronouns of a sentence stand for, and where they stand."""
    return [
        (item.mentions[0], item.start, item.end)
        for items in sentence.grouped.items.values()
        for item in items
        if item.kind == "pronoun" and item.mentions
    ]


def _quoted(text: str, at: int) -> bool:
    """Whether a name stands in quotes: a saying or a product rather than a firm."""
    return text[at - 1 : at] in ("“", "‘", '"', "《")


def _first(names: Sequence[_Place], text: str, at: int) -> tuple[Mention, ...]:
    """The firm that a sentence begins with, whatever clauses follow."""
    segment = text.rfind(";", 0, at) + 1
    found = [
        mention
        for mention, start, end in names
        if segment <= start
        and end <= at
        and not _INITIALS.match(text, start)
        and (not _OBLIQUE.search(text[segment:start]) or text[segment:start] == "At ")
        # "A研发的B,月活…" speaks of B
        and not any(
            0 < s - end <= 10 and _OF.search(text, end, s) and not _PAUSE.search(text, end, s)
            for _, s, _ in names
        )
    ]
    found.sort(key=lambda m: m.type == "Product")  # a firm rather than what it makes
    return tuple(found[:1])


def _thing(
    names: Sequence[_Place], text: str, kinds: Sequence[str], at: int, start: int, end: int
) -> tuple[Mention, ...]:
    """The project, fund or product that is measured: just behind the value, or nearest before."""
    behind = [n for n in names if 0 <= n[1] - end <= 60 and _NAMED.match(text, end, n[1])] or [
        n
        for n in names
        if 0 <= n[1] - end <= 8
        and (n[0].type in ("Project", "Fund") or text[end : n[1]] in ("的", "的“", "的《"))
    ]
    if behind and not re.search(r"[,;.。]", text[end : behind[0][1]]):
        return (behind[0][0],)
    fitting = [n for n in names if n[0].type in kinds and n[2] <= start]
    typed = [n for n in fitting if n[0].type in ("Project", "Fund", "Technology", "Product")]
    near = fitting[-1] if fitting and at - fitting[-1][2] <= 6 else None
    if near and (made := [n for n in fitting[:-1] if _MADE_BY.search(text, n[2], near[1])]):
        return (made[-1][0],)
    if near and not (typed and _BUILT_BY.search(text, typed[-1][2], near[1])):
        return (near[0],)
    return (typed[-1][0],) if typed else ()
