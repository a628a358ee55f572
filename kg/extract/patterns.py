"""The pattern language of relations.toml, compiled to regular expressions over masked sentences.

In a masked sentence every name, sum, percentage and time is one private-use character whose block
says what kind of thing it is, so that a pattern is an ordinary regular expression over words and
kinds:

    {S:agent}     the subject; S2 a further one. The word after the colon is a slot of [slots]
    {O:agent}     the object; O2 a further one
    {O:text}      the object is whatever words stand there (a product without a name); {O:phrase}
                  likewise with spaces, for English
    {X}           an agent that plays no part
    {^S:agent}    here begins a verb whose grammatical subject is the subject of the relation, or
                  {^O:agent} its object (a passive): kg.extract.subjects finds it
    {P}           what is supplied, in the source's words
    {A} {%} {T}   a sum of money, a percentage, a time; {%+} half or more, {%-} less
    <a|b>         the words that give the pattern away: it is tried only where one of them stands
    {name}        the words under that name in [words]
    ..            a short gap with no mark and no other agent in it; .,. one that may hold commas;
                  ... a gap with anything but the end of the sentence or a semicolon

{~} and {#} stand for all agents and for all values inside a character class. Everything else is
`re` syntax.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from kg.errors import WorkspaceError
from kg.extract.alphabet import Alphabet
from kg.extract.needs import Needs, needs_of

_VALUES = {
    "A": ("A", ("amount",)),
    "%": ("pc", ("percent", "majority")),
    "%-": ("pc", ("percent",)),
    "%+": ("pc", ("majority",)),
    "T": ("T", ("time",)),
}
_SLOT = re.compile(r"\{(\^?[A-Za-z%][A-Za-z0-9_]*|%[+-]?)(?::([a-z|]+))?\}")
_TRIGGERS = re.compile(r"<([^<>=!]+)>")
#: What is no bracket, among it classes of characters and what is escaped.
_NO_BRACKET = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[^(){}\[]", re.DOTALL)
#: No trigger has one of these, which `re` reads in its own way.
_SPECIAL = frozenset("\\()[]?*+.{}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way of saying a relation.

    Args:
        relation: code.
        written: as relations.toml has it.
        source, flags: the regular expression over masked sentences; groups S, S2, O, O2, A, P, pc,
            T; s_at and o_at for the verbs whose subjects are S or O.
        kinds: what a subject found by its verb may be.
        triggers: one of them stands in every sentence that can match.
        raw: matched where "A and B" are still two things and kinds of firms still stand before
            names, for patterns that need either.
        swap: the other way round: what {S} caught is the object.
        thing: a role without a slot is filled by the project spoken of before, if there is one.
        project: as thing, and nothing else fills it.
        giver: the subject is the office whose list the sentence stands in, the object the first
            organisation of the list's entry.
        answer: a role without a slot is whoever answers, or what the question named, in an
            interview.
        nominal: a noun phrase, which no denial or supposition around it touches ("X's rival Y").
        status: what the pattern itself says, "" when nothing.
        negated: the pattern itself says that it is not so.
        follows: relations said in full before whose object is meant where a match names a sum and
            no object ("A lends to B; C pays a further 3m").
        givers: names that can only be subjects ("…银行" of lendsTo): a match the other way round is
            turned.
        excluded: words between whose presence a match speaks of something else ("供应" of shares);
            None when there are none.
        money: whether a sum nearby belongs to the claim.
        carried: whether a role that no slot fills may be that of whom the paragraph speaks.
        raised: whether an object that no slot fills may be who raised money in a sentence before.
        apart: whether a pronoun that would mean who acts means of whom the text speaks.
        confidence: how far to trust it.
        place: where in relations.toml it stands, for reports.
    """

    relation: str
    written: str
    source: str
    flags: int
    kinds: frozenset[str]
    triggers: tuple[str, ...]
    raw: bool
    thing: bool
    project: bool
    giver: bool
    answer: bool = False
    nominal: bool
    swap: bool
    status: str
    negated: bool
    money: bool
    carried: bool
    raised: bool
    apart: bool
    follows: frozenset[str]
    givers: re.Pattern[str] | None
    excluded: re.Pattern[str] | None
    confidence: Decimal
    place: str

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression. Some thousand are never needed in one run, so each is compiled
        when a sentence first has one of its triggers.

        Raises:
            WorkspaceError: it is no regular expression; `kg check` finds that beforehand.
        """
        try:
            return _compiled(self.source, self.flags)
        except re.error as error:
            raise WorkspaceError(f"{self.place}: {error}: {self.written}") from None

    @property
    def needs(self) -> Needs:
        """What a sentence must have for the expression to match."""
        return needs_of(self.source)


@cache
def _compiled(source: str, flags: int) -> re.Pattern[str]:
    return re.compile(source, flags)


def compile_pattern(
    relation: str,
    fields: Mapping[str, Any],
    *,
    macros: Mapping[str, str],
    slots: Mapping[str, tuple[str, ...]],
    alphabet: Alphabet,
    spaced: bool,
    owning: re.Pattern[str],
    money: bool,
    carried: bool,
    raised: bool,
    apart: bool,
    follows: frozenset[str],
    givers: re.Pattern[str] | None,
    excluded: re.Pattern[str] | None,
    place: str,
) -> Pattern:
    """Turns an entry of relations.toml into a Pattern.

    Args:
        fields: p and options, as documented for Pattern.
        macros: [words] of the file.
        slots: [slots] of the file: name → kinds.
        spaced: whether the language writes spaces, which makes gaps longer in characters.
        owning: what stands behind an owner that is no party itself ("A旗下的B"), unless a pattern
            speaks of it.
        money, carried, raised, apart: the section's defaults.
        follows, givers, excluded: the section's.

    Raises:
        ValueError: an unknown slot or word, no <trigger>, or brackets that do not match.
    """
    source = str(fields["p"])
    if wrong := _unbalanced(source):
        raise ValueError(f"{wrong} without its partner")
    for _ in range(4):
        plain, source = source, _SLOT.sub(lambda m: _macro(m, macros), source)
        if plain == source:
            break
    triggers = frozenset().union(*map(_group_words, _TRIGGERS.findall(source)))
    if not triggers:
        raise ValueError("no <trigger> words")
    if bad := sorted(t for t in triggers if not _SPECIAL.isdisjoint(t)):
        raise ValueError(f"triggers are plain words, these are not: {', '.join(bad)}")
    source = _TRIGGERS.sub(lambda m: f"(?:{_words(m.group(1), spaced)})", source)
    agents = alphabet.ranges(slots.get("agent", ()))
    short, long = (44, 110) if spaced else (14, 50)
    source = source.replace("{~}", agents)
    source = source.replace("{#}", alphabet.ranges(("amount", "percent", "majority", "quantity")))
    source = source.replace("...", f"[^;。!?]{{0,{long}}}?")
    source = source.replace(".,.", f"[^;:。!?{agents}]{{0,{short}}}?")
    source = source.replace("..", f"[^,;:。!?{agents}]{{0,{short}}}?")
    used: set[str] = set()
    no_owner = "" if owning.search(source) else f"(?!{owning.pattern})"
    kinds = [
        kind
        for found in _SLOT.finditer(source) if found.group(1).startswith("^")
        for slot in (found.group(2) or "agent").split("|")
        for kind in _slot_kinds(slots, slot)
    ]  # fmt: skip
    source = _SLOT.sub(lambda m: _group(m, slots, alphabet, spaced, used, no_owner), source)
    return Pattern(
        relation=relation,
        kinds=frozenset(kinds),
        written=str(fields["p"]),
        source=source,
        flags=int(re.IGNORECASE) if spaced else 0,
        triggers=tuple(sorted(triggers)),
        raw=bool(fields.get("raw", False)),
        thing=bool(fields.get("thing", False)),
        project=bool(fields.get("project", False)),
        giver=bool(fields.get("giver", False)),
        answer=bool(fields.get("answer", False)),
        nominal=bool(fields.get("nominal", False)),
        swap=bool(fields.get("swap", False)),
        status=str(fields.get("status", "")),
        negated=bool(fields.get("negated", False)),
        money=bool(fields.get("money", money)),
        carried=bool(fields.get("carried", carried)),
        raised=raised,
        apart=apart,
        follows=follows,
        givers=givers,
        excluded=excluded,
        confidence=Decimal(str(fields.get("confidence", "0.8"))),
        place=place,
    )


def _unbalanced(source: str) -> str:
    """The first bracket that has no partner; "" when all have. The commonest slip, found at once,
    while whole expressions are compiled when they are needed."""
    left, before = _NO_BRACKET.sub("", source), ""
    while left != before:
        left, before = left.replace("()", "").replace("{}", ""), left
    # What closes nothing, or a class that is never closed; else what was opened last.
    wrong = re.search(r"[)}\[]", left)
    return wrong.group() if wrong else left[-1:]


def _slot_kinds(slots: Mapping[str, tuple[str, ...]], slot: str) -> tuple[str, ...]:
    if slot not in slots:
        raise ValueError(f"unknown slot {slot!r}; known: {', '.join(sorted(slots))}")
    return slots[slot]


def _macro(match: re.Match[str], macros: Mapping[str, str]) -> str:
    name = match.group(1)
    if match.group(2) is None and name in macros:
        return macros[name]
    return match.group(0)


@cache
def _group_words(group: str) -> frozenset[str]:
    """The words of a <group>, in small letters; many patterns have the same ones."""
    return frozenset(word.strip().lower() for word in group.split("|"))


@cache
def _words(group: str, spaced: bool) -> str:
    words = "|".join(re.escape(w.strip()) for w in group.split("|"))
    return rf"\b(?:{words})\b" if spaced else words


def _group(
    match: re.Match[str],
    slots: Mapping[str, tuple[str, ...]],
    alphabet: Alphabet,
    spaced: bool,
    used: set[str],
    no_owner: str,
) -> str:
    name, kinds = match.group(1), match.group(2)
    if name in _VALUES:
        group, kinds_of_value = _VALUES[name]
        # In alternatives a value may stand at several places: the first is the one that is read.
        label = "" if group in used else f"?P<{group}>"
        used.add(group)
        return f"({label or '?:'}[{alphabet.ranges(kinds_of_value)}])"
    marks = alphabet.ranges(tuple(alphabet.kinds))
    if name == "P":
        kinds_of_goods = ("Product", "Technology", "Project", "?", "quote", "quantity", "pronoun")
        product = alphabet.ranges(kinds_of_goods)
        inner = f"[^,;:。!?()“”{marks}]|[{product}]"
        alone = f"(?![{alphabet.ranges(('pronoun',))}](?:[ ,.;。]|$))"  # "sold it to X"
        return f"(?P<P>{alone}(?:{inner}){{1,{48 if spaced else 20}}}?)"
    if name == "X":
        return f"[{alphabet.ranges(slots.get('agent', ()))}]"
    if name in ("^S", "^O"):
        return f"(?P<{name[1].lower()}_at>)"
    if name not in ("S", "S2", "O", "O2"):
        raise ValueError(f"unknown slot or word {{{name}}}")
    if kinds in ("text", "phrase"):
        size = 50 if spaced else 16
        least = 3 if spaced else 2
        # The words may have a name: "the AI industry" where it is known.
        topic = alphabet.ranges(("Concept",))
        return f'(?P<{name}>[{topic}]|[^,;:。!?()\\[\\]“”、"{marks}]{{{least},{size}}}?)'
    chosen: list[str] = []
    for slot in (kinds or "agent").split("|"):
        chosen += _slot_kinds(slots, slot)
    group = f"(?P<{name}>[{alphabet.ranges(tuple(dict.fromkeys(chosen)))}]){no_owner}"
    # "X, which …": what follows is said of X.
    if not spaced:
        # "收购A的B": A only owns B.
        follows = match.string[match.end() :]
        owns = name[0] == "O" and not follows.startswith(("的", "(?:的", "(?:集团"))
        return group + (f"(?!的[{alphabet.ranges(slots.get('agent', ()))}])" if owns else "")
    # "Acme's" is no party, unless the pattern says so; "X, which …" is said of X.
    owner = match.string[match.end() :].startswith(("'s", "(?:'s", "(?:\\'s"))
    return group + ("" if owner else "(?!'s)") + ("(?:,? (?:which|who))?" if name == "S" else "")
