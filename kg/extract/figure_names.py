"""Whose a figure is by the names around it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.claim import Mention
from kg.extract.measures import FigureWords, Way
from kg.extract.reader import Sentence
from kg.extract.topic import thing

_FIRMS = ("Company", "Fund", "GovernmentBody", "Product", "")
_THINGS = ("Project", "Fund", "Product", "Technology", "")
#: A name and where it stands in the sentence's view.
_Place = tuple[Mention, int, int]
_Names = Sequence[_Place]
#: So near behind an owner stands what is theirs: "'s ".
_OWNED = 3
_PAUSE = re.compile("[,;。]")
_STOP = re.compile(r"[;。]|\. ")
#: Who speaks in an interview, by initials.
_INITIALS = re.compile(r"[A-Z]{1,3}: ")


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A value of a sentence and the words that say what it measures.

    Args:
        text: the sentence's view, in which all offsets count.
        way: how the measure is said.
        at: where the words begin; `start`, `end`: the value.
        masked: where the words begin in the grouped mask.
        names: the names of the sentence, in order.
    """

    sentence: Sentence
    text: str
    way: Way
    at: int
    start: int
    end: int
    masked: int
    names: _Names

    @classmethod
    def of(
        cls, sentence: Sentence, text: str, way: Way, place: tuple[int, int, int]
    ) -> FigurePlace:
        """The place of a value in a sentence.

        Args:
            place: where the words begin, and where the value begins and ends.
        """
        view, base = sentence.view, sentence.start
        values = (*sentence.context.amounts, *sentence.context.quantities)
        names = [
            (m, view.index(m.start or 0) - base, view.end_index(m.end or 0) - base)
            for m in sentence.context.mentions
            if not any(a.start <= (m.start or 0) < a.end for a in values)  # "NOK 410m" names nobody
            and not (way.payer and m.type == "GovernmentBody")
        ]
        starts = sentence.grouped.starts
        masked = next((i for i, s in enumerate(starts) if s >= place[0]), len(starts))
        return cls(sentence, text, way, *place, masked, names)

    @property
    def words(self) -> FigureWords:
        """How the language tells whose a figure is."""
        return self.sentence.language.figures

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes of names that may be measured so."""
        way = self.way
        kinds: tuple[str, ...] = _THINGS if way.thing else _FIRMS
        if way.either:
            kinds = (*_THINGS, *_FIRMS)
        if way.measure == "headcount":
            kinds = tuple(k for k in kinds if k != "Product")
        return (*kinds, "Person") if way.person else kinds

    def named(self, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Whose the figure is; nobody when the sentence does not tell.

        Args:
            last: whose the figure before was.
        """
        way = self.way
        if found := self._worded():
            return found
        if found := self._payer() or self._user() or self._part_owner() or self._possessor():
            return found
        if way.owner:
            return self._whole_owner()
        if way.ahead:
            return self._project_ahead()
        related = self.words.related.search(self.text, 0, self.at)
        if way.thing and related and (found := self._ending_at(related.start(), self.names)):
            return found
        if way.sunk and (found := self._lost()):
            return found
        if way.thing:
            found = self._thing() or thing(self.sentence.grouped, self.masked) or self._works()
        else:
            # "Manus, with 22 million users a month" is said in Chinese with the name behind.
            found = tuple(
                n[0] for n in self.names
                if n[0].type in self.kinds and self.words.of.fullmatch(self.text, self.end, n[1])
            )[:1]  # fmt: skip
        return found or self._meant_thing() or self._firm(related, last)

    def _meant_thing(self) -> tuple[Mention, ...]:
        """What was named before and opens the sentence: "该项目运营三年,累计亏损2亿元"."""
        segment = self.text.rfind(";", 0, self.at) + 1
        things = [
            i.mentions[0]
            for items in self.sentence.grouped.items.values() for i in items
            if i.kind == "Project" and i.mentions and i.start == segment
            and (i.mentions[0].start or 0) < self.sentence.context.start
        ]  # fmt: skip
        others = any(segment <= n[1] and n[2] <= self.at for n in self.names)
        return () if others else tuple(things[:1])

    def _worded(self) -> tuple[Mention, ...]:
        """Whom or what the words tell of themselves ("a cooper earns"), by the name they end in if any."""
        before = self.way.before
        found = before.match(self.text, self.at, self.start) if before is not None else None
        if found is None or "thing" not in found.re.groupindex or found["thing"] is None:
            return ()
        start, end = found.span("thing")
        named = [n[0] for n in self.names if start < n[2] and end == n[2]]
        return tuple(named[-1:]) or (self._mention(start, end),)

    def _works(self) -> tuple[Mention, ...]:
        """What is built and has no name: right behind the value, else last before it."""
        if "money" not in self.way.units:
            return ()
        works, low = self.words.works, self.text.rfind(";", 0, self.at) + 1
        found = works.match(self.text, self.end)
        for found in () if found else works.finditer(self.text, low, self.start):
            pass
        if found is None or found["thing"] is None:
            return ()
        return (self._mention(*found.span("thing"), "Project"),)

    def _mention(self, start: int, end: int, code: str = "") -> Mention:
        """Words of the sentence that are no name."""
        start, end = self.sentence.offsets(start, end)
        return Mention(self.sentence.context.document.text[start:end], code, start, end)

    def _payer(self) -> tuple[Mention, ...]:
        payers = [
            n[0] for n in self.names
            if self.way.payer and n[1] < self.end and self.words.pays.match(self.text, n[2])
        ]  # fmt: skip
        return tuple(payers[-1:])

    def _user(self) -> tuple[Mention, ...]:
        """Who is named right behind the words behind the value."""
        way, text = self.way, self.text
        used = way.after.match(text, self.end) if way.behind and way.after else None
        users = [
            n[0] for n in self.names
            if used and 0 <= n[1] - used.end() <= 5 and not _PAUSE.search(text, used.end(), n[1])
        ]  # fmt: skip
        return tuple(users[:1])

    def _part_owner(self) -> tuple[Mention, ...]:
        """Of whose whole the value is a part: "$75m of X's cash", "60% of X's harvest"."""
        text, words = self.text, self.words
        of = [n for n in self.names if words.part.fullmatch(text, self.end, n[1])]
        owners = [n[0] for n in of if words.owns.match(text, n[2])]
        share = self.way.measure == "marketShare" and owners and owners[0].type in _FIRMS
        return tuple(owners[:1]) if "money" in self.way.units or share else ()

    def _possessor(self) -> tuple[Mention, ...]:
        """Whose share it is, whoever reckons it: "X put Russia's share at 44%"."""
        text, words = self.text, self.words
        if self.way.measure != "marketShare":
            return ()
        own = (n for n in self.names if words.owns.match(text, n[2]))
        return tuple(n[0] for n in own if 0 < self.at - n[2] <= _OWNED)[:1]

    def _whole_owner(self) -> tuple[Mention, ...]:
        """Of whose whole a share is told: "accounted for 46% of X's revenue"; "X contributed 62% of
        revenue" is of that of whom the paragraph speaks."""
        text, words, names = self.text, self.words, self.names
        near = (n for n in names if 0 <= n[1] - self.end <= 8)
        owners = [n[0] for n in near if words.owns.match(text, n[2])]
        within = (*names, *pronouns(self.sentence))
        owners += [n[0] for n in within if self.at < n[1] and n[2] <= self.start]
        owners += [n[0] for n in names if n[2] <= self.at and words.customers.match(text, n[2])]
        return tuple(owners[:1]) or self._spoken_of() or self._around()

    def _project_ahead(self) -> tuple[Mention, ...]:
        """The project that is named behind the words, else the one built that is named before."""
        text, way = self.text, self.way
        built = way.after.match(text, self.end) if way.after else None
        behind = built.end() if built else self.end
        project = next(
            (n for n in self.names if n[0].type in ("Project", "Fund") and n[1] >= behind - 1), None
        )
        if project is not None and not _STOP.search(text[behind : project[1]]):
            return (project[0],)
        before = [n for n in self.names if n[0].type == "Project" and n[2] <= self.at]
        if before and self.words.built.search(text, before[-1][2], self.at):
            return (before[-1][0],)
        return ()

    def _lost(self) -> tuple[Mention, ...]:
        """What stands in marks or is called a project, rather than who lost the money."""
        lost = [
            n[0] for n in self.names
            if n[2] <= self.at
            and (n[0].type in ("quote", "Project") or _quoted(self.text, n[1]))
        ]  # fmt: skip
        return tuple(lost[-1:])

    def _firm(
        self, related: re.Match[str] | None, last: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """The firm that the clause or the sentence is about.

        Args:
            related: the relative words before the measure.
            last: whose the figure before was.
        """
        text, words, way, at = self.text, self.words, self.way, self.at
        names = [n for n in self.names if n[0].type in self.kinds and not _quoted(text, n[1])]
        if related:
            # "X, which was valued at", "X, the soda arm, which cost …"
            where = related.start() + 1
            told = self._ending_at(related.start(), names)
            if told := told or self._before_remark(names, where, where):
                return told
        # "A为B的子公司,营收5亿元": what B is to A, its figures are not told
        kin = [n for n in names if words.is_of.search(text, 0, n[1])]
        kin = [n for n in kin if words.kin.match(text, n[2])]
        names = [n for n in names if n not in kin]
        clause = max(text.rfind(mark, 0, at) for mark in ",;:。(") + 1
        if told := self._before_remark(names, clause, at):
            return told
        if within := [n[0] for n in names if at < n[1] and n[2] <= self.start]:
            return (within[-1],)  # "values X at $6bn"
        if mark := words.marked.search(text, max(0, at - 2), at):
            # "源活3"的月活, "源活3"月活: what stands in the marks
            kinds = (*self.kinds, "quote")
            if marked := [n[0] for n in self.names if n[2] == mark.start() and n[0].type in kinds]:
                return (marked[0],)
        if way.share and (row := _row(self.sentence, names, clause, at)):
            return row
        if apposed := [n[0] for n in names if words.apposed.fullmatch(text, n[2], at)]:
            return (apposed[0],)
        own = self._in_clause(names, clause)
        topic = self.sentence.topic(self.masked)
        if way.topic and not own and topic:
            return topic[:1]
        if way.share and topic:
            return topic
        if own:
            return own
        if way.measure == "growthRate" and last:
            return last
        if found := self._first(names, at) or topic[:1] or last:
            return found
        # A share or a rate of something that the sentence does not name is nobody's in particular.
        return () if "percent" in way.units else self._around()

    def _in_clause(self, names: _Names, clause: int) -> tuple[Mention, ...]:
        """Who is named or meant last in a clause before the words."""
        own = [n for n in (*names, *pronouns(self.sentence)) if clause <= n[1] and n[2] <= self.at]
        own = [n for n in own if not self.words.passive.search(self.text, 0, n[1])]
        own.sort(key=lambda n: n[1])
        # "It runs a mill at X and had sales of": not X's
        own = [n for n in own if not self.words.oblique.search(self.text, clause, n[1])] or own
        if self.way.measure == "marketShare" and len(own) > 1 and own[-1][0].type != "Company":
            # "X今年全球水冷板市占率": what is sold on a market is no firm on it
            own = [n for n in own if n[0].type == "Company"] or own
        return (own[-1][0],) if own else ()

    def _ending_at(self, at: int, names: _Names) -> tuple[Mention, ...]:
        return tuple(n[0] for n in names if n[2] == at)[:1]

    def _around(self) -> tuple[Mention, ...]:
        """Of whom the paragraph speaks."""
        around = self.sentence.context.subject
        return (around,) if around else ()

    def _before_remark(self, names: _Names, clause: int, at: int) -> tuple[Mention, ...]:
        """Of whom a verb speaks behind a remark: "Sales at X, Y's soda arm, rose 3%" is of X."""
        text, grammar = self.text, self.sentence.language.grammar
        if not grammar.fronted or text[clause:at].strip() or text[clause - 1] != ",":
            return ()
        opening = text.rfind(",", 0, clause - 1)
        if opening < 0 or not grammar.aside.match(text[opening + 1 : clause]):
            owner = next((n for n in names if 0 <= n[1] - opening <= 6), None)
            if opening < 0 or owner is None or not self.words.owns.match(text, owner[2]):
                return ()
        told = [n for n in names if n[2] == opening]
        return (told[0][0],) if told else ()

    def _spoken_of(self) -> tuple[Mention, ...]:
        """Who the sentence began with, unless who stands beside the share ("B占营收的35%")."""
        clause = max(self.text.rfind(mark, 0, self.at) for mark in ",;:。(") + 1
        firms = [n for n in self.names if n[0].type in _FIRMS]
        first = self._first(firms, clause)
        return first if first and clause else ()

    def _first(self, names: _Names, at: int) -> tuple[Mention, ...]:
        """The firm that a sentence begins with, whatever clauses follow."""
        text, words = self.text, self.words
        segment = text.rfind(";", 0, at) + 1
        made = {  # "A研发的B,月活…" speaks of B
            end
            for _, _, end in names for _, start, _ in names
            if 0 < start - end <= 10
            and words.of.search(text, end, start) and not _PAUSE.search(text, end, start)
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

    def _thing(self) -> tuple[Mention, ...]:
        """The project, fund or product measured: just behind the value, or nearest before."""
        text, words, names, end = self.text, self.words, self.names, self.end
        ahead = [n for n in names if 0 <= n[1] - end <= 60]
        behind = [n for n in ahead if words.named.match(text, end, n[1])] or [
            n
            for n in ahead
            if n[1] - end <= 8
            and (n[0].type in ("Project", "Fund") or words.measured.fullmatch(text, end, n[1]))
        ]
        if behind and not re.search(r"[,:;.。]", text[end : behind[0][1]]):
            return (behind[0][0],)
        fitting = [n for n in names if n[0].type in self.kinds and n[2] <= self.start]
        typed = [n for n in fitting if n[0].type in ("Project", "Fund", "Technology", "Product")]
        near = fitting[-1] if fitting and self.at - fitting[-1][2] <= 6 else None
        if near and (made := [n for n in fitting[:-1] if words.made.search(text, n[2], near[1])]):
            return (made[-1][0],)
        if near and not (typed and words.built.search(text, typed[-1][2], near[1])):
            return (near[0],)
        return (typed[-1][0],) if typed else ()


def pronouns(sentence: Sentence) -> list[_Place]:
    """Whom the pronouns of a sentence stand for, and where they stand."""
    return [
        (item.mentions[0], item.start, item.end)
        for items in sentence.grouped.items.values()
        for item in items
        if item.kind == "pronoun" and item.mentions
    ]


def _row(sentence: Sentence, names: _Names, clause: int, at: int) -> tuple[Mention, ...]:
    """Several firms named as one row in a clause before the words of a measure."""
    here = {n[0].name for n in names if clause <= n[1] and n[2] <= at}
    for items in sentence.grouped.items.values():
        row = tuple(m for item in items for m in item.mentions)
        if len(row) > 1 and {m.name for m in row} <= here:
            return row
    return ()


def _quoted(text: str, at: int) -> bool:
    """Whether a name stands in quotes: a saying or a product rather than a firm."""
    return text[at - 1 : at] in ("“", "‘", '"', "《")
