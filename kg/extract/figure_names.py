"""Whose a figure is by the names around it alone."""

from __future__ import annotations

import re

from kg.claim import Mention
from kg.extract.figure_place import FIRMS, PAUSE, FigurePlace, Names, pronouns, quoted
from kg.extract.figure_things import (
    asked_of,
    lost,
    meant_thing,
    measured_thing,
    project_ahead,
    worded,
    works,
)
from kg.extract.reader import Sentence
from kg.extract.topic import thing

#: So near behind an owner stands what is theirs: "'s ".
_OWNED = 3
#: Who speaks in an interview, by initials.
_INITIALS = re.compile(r"[A-Z]{1,3}: ")


def named(place: FigurePlace, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Whose the figure is; nobody when the sentence does not tell.

    Args:
        last: whose the figure before was.
    """
    way = place.way
    if found := worded(place):
        return found
    if found := _payer(place) or _user(place) or _part_owner(place) or _possessor(place):
        return found
    if way.owner:
        return _whole_owner(place)
    if way.ahead:
        return project_ahead(place)
    related = place.words.related.search(place.text, 0, place.at)
    if way.thing and related and (found := place.ending_at(related.start(), place.names)):
        return found
    if way.sunk and (found := lost(place)):
        return found
    if way.thing:
        found = measured_thing(place) or thing(place.sentence.grouped, place.masked) or works(place)
        found = found or asked_of(place)
    else:
        # "Manus, with 22 million users a month" is said in Chinese with the name behind.
        found = tuple(
            n[0] for n in place.names
            if n[0].type in place.kinds and place.words.of.fullmatch(place.text, place.end, n[1])
        )[:1]  # fmt: skip
    return found or meant_thing(place) or _firm(place, related, last)


def _payer(place: FigurePlace) -> tuple[Mention, ...]:
    payers = [
        n[0] for n in place.names
        if place.way.payer and n[1] < place.end and place.words.pays.match(place.text, n[2])
    ]  # fmt: skip
    return tuple(payers[-1:])


def _user(place: FigurePlace) -> tuple[Mention, ...]:
    """Who is named right behind the words behind the value."""
    way, text = place.way, place.text
    used = way.after.match(text, place.end) if way.behind and way.after else None
    users = [
        n[0] for n in place.names
        if used and 0 <= n[1] - used.end() <= 5 and not PAUSE.search(text, used.end(), n[1])
    ]  # fmt: skip
    return tuple(users[:1])


def _part_owner(place: FigurePlace) -> tuple[Mention, ...]:
    """Of whose whole the value is a part: "$75m of X's cash", "60% of X's harvest"."""
    text, words = place.text, place.words
    of = [n for n in place.names if words.part.fullmatch(text, place.end, n[1])]
    owners = [n[0] for n in of if words.owns.match(text, n[2])]
    share = place.way.measure == "marketShare" and owners and owners[0].type in FIRMS
    return tuple(owners[:1]) if "money" in place.way.units or share else ()


def _possessor(place: FigurePlace) -> tuple[Mention, ...]:
    """Whose share it is, whoever reckons it: "X put Russia's share at 44%"."""
    text, words = place.text, place.words
    if place.way.measure != "marketShare":
        return ()
    own = (n for n in place.names if words.owns.match(text, n[2]))
    return tuple(n[0] for n in own if 0 < place.at - n[2] <= _OWNED)[:1]


def _whole_owner(place: FigurePlace) -> tuple[Mention, ...]:
    """Of whose whole a share is told: "accounted for 46% of X's revenue"; "X contributed 62% of
    revenue" is of that of whom the paragraph speaks."""
    text, words, names = place.text, place.words, place.names
    near = (n for n in names if 0 <= n[1] - place.end <= 8)
    owners = [n[0] for n in near if words.owns.match(text, n[2])]
    within = (*names, *pronouns(place.sentence))
    owners += [n[0] for n in within if place.at < n[1] and n[2] <= place.start]
    owners += [n[0] for n in names if n[2] <= place.at and words.customers.match(text, n[2])]
    return tuple(owners[:1]) or _spoken_of(place) or place.around()


def _firm(
    place: FigurePlace, related: re.Match[str] | None, last: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """The firm that the clause or the sentence is about.

    Args:
        related: the relative words before the measure.
        last: whose the figure before was.
    """
    text, words, way, at = place.text, place.words, place.way, place.at
    names = [n for n in place.names if n[0].type in place.kinds and not quoted(text, n[1])]
    if related:
        # "X, which was valued at", "X, the soda arm, which cost …"
        where = related.start() + 1
        told = place.ending_at(related.start(), names)
        if told := told or _before_remark(place, names, where, where):
            return told
    # "A为B的子公司,营收5亿元": what B is to A, its figures are not told
    kin = [n for n in names if words.is_of.search(text, 0, n[1])]
    kin = [n for n in kin if words.kin.match(text, n[2])]
    names = [n for n in names if n not in kin]
    clause = max(text.rfind(mark, 0, at) for mark in ",;:。(") + 1
    if told := _before_remark(place, names, clause, at):
        return told
    if within := [n[0] for n in names if at < n[1] and n[2] <= place.start]:
        return (within[-1],)  # "values X at $6bn"
    if mark := words.marked.search(text, max(0, at - 2), at):
        # "源活3"的月活, "源活3"月活: what stands in the marks
        kinds = (*place.kinds, "quote")
        if marked := [n[0] for n in place.names if n[2] == mark.start() and n[0].type in kinds]:
            return (marked[0],)
    if way.share and (row := _row(place.sentence, names, clause, at)):
        return row
    if apposed := [n[0] for n in names if words.apposed.fullmatch(text, n[2], at)]:
        return (apposed[0],)
    own = _in_clause(place, names, clause)
    topic = place.sentence.topic(place.masked)
    if way.topic and not own and topic:
        return topic[:1]
    if way.share and topic:
        return topic
    if own:
        return own
    if way.measure == "growthRate" and last:
        return last
    if found := _first(place, names, at) or topic[:1] or last:
        return found
    # A share or a rate of something that the sentence does not name is nobody's in particular.
    return () if "percent" in way.units else place.around()


def _in_clause(place: FigurePlace, names: Names, clause: int) -> tuple[Mention, ...]:
    """Who is named or meant last in a clause before the words."""
    own = [n for n in (*names, *pronouns(place.sentence)) if clause <= n[1] and n[2] <= place.at]
    own = [n for n in own if not place.words.passive.search(place.text, 0, n[1])]
    own.sort(key=lambda n: n[1])
    # "It runs a mill at X and had sales of": not X's
    own = [n for n in own if not place.words.oblique.search(place.text, clause, n[1])] or own
    if place.way.measure == "marketShare" and len(own) > 1 and own[-1][0].type != "Company":
        # "X今年全球水冷板市占率": what is sold on a market is no firm on it
        own = [n for n in own if n[0].type == "Company"] or own
    return (own[-1][0],) if own else ()


def _before_remark(place: FigurePlace, names: Names, clause: int, at: int) -> tuple[Mention, ...]:
    """Of whom a verb speaks behind a remark: "Sales at X, Y's soda arm, rose 3%" is of X."""
    text, grammar = place.text, place.sentence.language.grammar
    if not grammar.fronted or text[clause:at].strip() or text[clause - 1] != ",":
        return ()
    opening = text.rfind(",", 0, clause - 1)
    if opening < 0 or not grammar.aside.match(text[opening + 1 : clause]):
        owner = next((n for n in names if 0 <= n[1] - opening <= 6), None)
        if opening < 0 or owner is None or not place.words.owns.match(text, owner[2]):
            return ()
    told = [n for n in names if n[2] == opening]
    return (told[0][0],) if told else ()


def _spoken_of(place: FigurePlace) -> tuple[Mention, ...]:
    """Who the sentence began with, unless who stands beside the share ("B占营收的35%")."""
    clause = max(place.text.rfind(mark, 0, place.at) for mark in ",;:。(") + 1
    firms = [n for n in place.names if n[0].type in FIRMS]
    first = _first(place, firms, clause)
    return first if first and clause else ()


def _first(place: FigurePlace, names: Names, at: int) -> tuple[Mention, ...]:
    """The firm that a sentence begins with, whatever clauses follow."""
    text, words = place.text, place.words
    segment = text.rfind(";", 0, at) + 1
    made = {  # "A研发的B,月活…" speaks of B
        end
        for _, _, end in names for _, start, _ in names
        if 0 < start - end <= 10
        and words.of.search(text, end, start) and not PAUSE.search(text, end, start)
    }  # fmt: skip
    found = [
        mention
        for mention, start, end in names
        if segment <= start
        and end <= at
        and end not in made
        and not _INITIALS.match(text, start)
        and (
            not words.oblique.search(text, segment, start)
            or words.opening.fullmatch(text, segment, start)
        )
    ]
    found.sort(key=lambda m: m.type == "Product")  # a firm rather than what it makes
    return tuple(found[:1])


def _row(sentence: Sentence, names: Names, clause: int, at: int) -> tuple[Mention, ...]:
    """Several firms named as one row in a clause before the words of a measure."""
    here = {n[0].name for n in names if clause <= n[1] and n[2] <= at}
    for items in sentence.grouped.items.values():
        row = tuple(m for item in items for m in item.mentions)
        if len(row) > 1 and {m.name for m in row} <= here:
            return row
    return ()
