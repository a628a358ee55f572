"""Whose a figure is: the name beside the words of a measure, or what the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.claim import Claim, Mention
from kg.extract.measures import Deals, FigureWords, Way
from kg.extract.reader import Sentence
from kg.extract.topic import thing

_FIRMS = ("Company", "Fund", "GovernmentBody", "Product", "")
_THINGS = ("Project", "Fund", "Product", "Technology", "")
_Place = tuple[Mention, int, int]
_PAUSE = re.compile("[,;。]")
#: Who speaks in an interview, by initials.
_INITIALS = re.compile(r"[A-Z]{1,3}: ")


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
    view, base, words = sentence.view, sentence.start, sentence.language.figures
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
        payers = [n for n in names if n[1] < end and words.pays.match(text, n[2])]
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
    of = [
        n for n in names if words.part.fullmatch(text, end, n[1]) and words.owns.match(text, n[2])
    ]
    if of and ("money" in way.units or (way.measure == "marketShare" and of[0][0].type in _FIRMS)):
        return (of[0][0],)
    every = names
    kinds = (*_THINGS, *_FIRMS) if way.either else _THINGS if way.thing else _FIRMS
    if way.person:
        kinds = (*kinds, "Person")
    starts = sentence.grouped.starts
    masked = next((i for i, s in enumerate(starts) if s >= at), len(starts))
    around = (sentence.context.subject,) if sentence.context.subject else ()
    if way.owner:
        # "accounted for 46% of X's revenue"; "X contributed 62% of revenue": of that of whom the
        # paragraph speaks
        near = (n for n in names if 0 <= n[1] - end <= 8)
        owners = [n[0] for n in near if words.owns.match(text, n[2])]
        owners += [n[0] for n in (*names, *_pronouns(sentence)) if at < n[1] and n[2] <= start]
        owners += [n[0] for n in names if n[2] <= at and words.customers.match(text, n[2])]
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
        if built_before and words.built.search(text, built_before[-1][2], at):
            return (built_before[-1][0],)
        return ()
    related = words.related.search(text, 0, at)
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
        if found := _thing(names, text, kinds, place, words) or thing(sentence.grouped, masked):
            return found
    else:
        # "Manus, with 22 million users a month" is said in Chinese with the name behind.
        after = [n for n in names if n[0].type in kinds and words.of.fullmatch(text, end, n[1])]
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
    names = [
        n for n in names if not (words.is_of.search(text, 0, n[1]) and words.kin.match(text, n[2]))
    ]
    clause = max(text.rfind(mark, 0, at) for mark in ",;:。(") + 1
    if told := _before_remark(sentence, names, text, clause, at):
        return told
    own = [n for n in (*names, *_pronouns(sentence)) if clause <= n[1] and n[2] <= at]
    own = [n for n in own if not words.passive.search(text, 0, n[1])]
    own.sort(key=lambda n: n[1])
    if way.measure == "marketShare" and len(own) > 1 and own[-1][0].type != "Company":
        # "X今年全球水冷板市占率": what is sold on a market is no firm on it
        firms = [n for n in own if n[0].type == "Company"]
        own = firms or own
    if within := [n for n in names if at < n[1] and n[2] <= start]:
        return (within[-1][0],)  # "values X at $6bn"
    if at >= 2 and words.marked.fullmatch(text, at - 2, at):
        # "源活3"的月活: what stands in the marks
        marked = [n for n in every if n[2] == at - 2 and n[0].type in (*kinds, "quote")]
        if marked:
            return (marked[0][0],)
    if way.share and (row := _row(sentence, names, clause, at)):
        return row
    if apposed := [n for n in names if words.apposed.fullmatch(text, n[2], at)]:
        return (apposed[0][0],)
    if way.topic and not own and (found := sentence.topic(masked)[:1]):
        return found
    if way.share and (found := sentence.topic(masked)):
        return found
    if own:
        return (own[-1][0],)
    if way.measure == "growthRate" and last:
        return last
    if found := _first(names, text, at, words) or sentence.topic(masked)[:1] or last:
        return found
    # A share or a rate of something that the sentence does not name is nobody's in particular.
    return () if "percent" in way.units else around


def _before_remark(
    sentence: Sentence, names: Sequence[_Place], text: str, clause: int, at: int
) -> tuple[Mention, ...]:
    """Of whom a verb speaks that follows a remark: "Sales at X, Y's soda arm, rose 3%" is of X."""
    grammar = sentence.language.grammar
    if not grammar.fronted or text[clause:at].strip() or text[clause - 1] != ",":
        return ()
    opening = text.rfind(",", 0, clause - 1)
    if opening < 0 or not grammar.aside.match(text[opening + 1 : clause]):
        owner = next((n for n in names if 0 <= n[1] - opening <= 6), None)
        if opening < 0 or owner is None or not sentence.language.figures.owns.match(text, owner[2]):
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
    firms = [n for n in names if n[0].type in _FIRMS]
    first = _first(firms, text, clause, sentence.language.figures)
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


def _first(names: Sequence[_Place], text: str, at: int, words: FigureWords) -> tuple[Mention, ...]:
    """The firm that a sentence begins with, whatever clauses follow."""
    segment = text.rfind(";", 0, at) + 1
    found = [
        mention
        for mention, start, end in names
        if segment <= start
        and end <= at
        and not _INITIALS.match(text, start)
        and (
            not words.oblique.search(text, segment, start)
            or words.opening.fullmatch(text, segment, start)
        )
        # "A研发的B,月活…" speaks of B
        and not any(
            0 < s - end <= 10 and words.of.search(text, end, s) and not _PAUSE.search(text, end, s)
            for _, s, _ in names
        )
    ]
    found.sort(key=lambda m: m.type == "Product")  # a firm rather than what it makes
    return tuple(found[:1])


def _thing(
    names: Sequence[_Place],
    text: str,
    kinds: Sequence[str],
    place: tuple[int, int, int],
    words: FigureWords,
) -> tuple[Mention, ...]:
    """The project, fund or product that is measured: just behind the value, or nearest before."""
    at, start, end = place
    behind = [n for n in names if 0 <= n[1] - end <= 60 and words.named.match(text, end, n[1])] or [
        n
        for n in names
        if 0 <= n[1] - end <= 8
        and (n[0].type in ("Project", "Fund") or words.measured.fullmatch(text, end, n[1]))
    ]
    if behind and not re.search(r"[,;.。]", text[end : behind[0][1]]):
        return (behind[0][0],)
    fitting = [n for n in names if n[0].type in kinds and n[2] <= start]
    typed = [n for n in fitting if n[0].type in ("Project", "Fund", "Technology", "Product")]
    near = fitting[-1] if fitting and at - fitting[-1][2] <= 6 else None
    if near and (made := [n for n in fitting[:-1] if words.made.search(text, n[2], near[1])]):
        return (made[-1][0],)
    if near and not (typed and words.built.search(text, typed[-1][2], near[1])):
        return (near[0],)
    return (typed[-1][0],) if typed else ()
