"""The ways of saying measures: lexicon/*/measures.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.claim import Amount
from kg.errors import WorkspaceError
from kg.extract.needs import met, needs_of_either
from kg.extract.word_files import read_toml, strings

#: So many characters may stand between the words and the value, by script.
_GAP = {"zh": 15, "en": 42}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying a measure; see measures.toml for what the fields mean."""

    measure: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    both: bool
    units: tuple[str, ...]
    thing: bool
    falling: bool
    share: bool
    bare: bool
    period: bool
    owner: bool
    topic: bool
    ahead: bool
    sunk: bool
    either: bool
    payer: bool
    behind: bool
    person: bool
    follows: tuple[str, ...]
    most: Decimal | None

    def may_stand(self, low: str) -> bool:
        """Whether a text, in small letters, may say something so."""
        before, after = self.before, self.after
        if before is not None and met(needs_of_either(before.pattern), low):
            return True
        return after is not None and met(needs_of_either(after.pattern), low)

    def fits(self, amount: Amount) -> bool:
        """Whether a value is of the kind that is measured so."""
        size = amount.high or amount.low
        if self.most is not None and (size is None or size > self.most):
            return False
        if amount.money:
            return "money" in self.units and (not self.period or bool(amount.period))
        if amount.unit == "percent":
            return "percent" in self.units
        if "any" in self.units or amount.unit in self.units:
            return True
        return "model" in self.units and bool(
            re.fullmatch(r"[A-Z][A-Za-z]*\d+\w*", amount.unit or "")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """[figures] of reading.toml: how a language tells whose a figure is.

    Args:
        oblique: before a name that is no subject of the sentence; `opening`: how it opens all the
            same with whom it is about; `passive`: before one that something is done to.
        related: the relative words before a measure ("X, which was valued at").
        of, marked: between a name and what it owns; behind a mark that ends a name.
        measured: between a value and the thing that is measured; `named`: the same with what it is.
        part, owns: between a value and the owner of what it is part of; behind the owner.
        is_of, kin: before and behind a name that the subject only belongs to.
        built, made: what shows that a name behind it only builds; that the one before is built.
        apposed: between a name and what is told of it.
        works: what is built and has no name ("a €14m brewery"), its own words as `thing`.
        pays, customers: behind whoever pays; behind a firm whose customers are named.
        former, counters: before a value that is no more; at the end of one that counts firms.
        dated: behind a number that is a time.
        joint: between the values of one list.
        barely, likewise: before and behind a share that is told like the one before.
        risen: from one value to the next of the same.
        at: between a value and its time; `beside`: before a time that a value is set beside.
    """

    oblique: re.Pattern[str]
    opening: re.Pattern[str]
    passive: re.Pattern[str]
    related: re.Pattern[str]
    of: re.Pattern[str]
    marked: re.Pattern[str]
    measured: re.Pattern[str]
    named: re.Pattern[str]
    part: re.Pattern[str]
    owns: re.Pattern[str]
    is_of: re.Pattern[str]
    kin: re.Pattern[str]
    built: re.Pattern[str]
    made: re.Pattern[str]
    apposed: re.Pattern[str]
    works: re.Pattern[str]
    pays: re.Pattern[str]
    customers: re.Pattern[str]
    former: re.Pattern[str]
    counters: re.Pattern[str]
    dated: re.Pattern[str]
    joint: re.Pattern[str]
    barely: re.Pattern[str]
    likewise: re.Pattern[str]
    risen: re.Pattern[str]
    at: re.Pattern[str]
    beside: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Deals:
    """What deals tell of figures; see deals.toml.

    Args:
        totals: relation → the measure of its object that its sum is.
        mistaken: measures that such a sum is taken for.
        paying: relations whose subject buys a part of their object.
        ending: relations whose subject gives their object up.
        ways: relations in which a sum goes from subject to object, one sum in one of them.
        one_way: relations that seldom hold both ways.
        goods: relation → those whose product its object never is.
        control: what half or more of something is bought in → in what less of it is.
    """

    totals: Mapping[str, str]
    mistaken: frozenset[str]
    paying: frozenset[str]
    ending: frozenset[str]
    ways: frozenset[str] = frozenset()
    one_way: frozenset[str] = frozenset()
    goods: Mapping[str, Sequence[str]] = field(default_factory=dict)
    control: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def load_deals(folder: Path) -> Deals:
    """Reads lexicon/deals.toml of an ontology folder; without one deals tell nothing.

    Raises:
        WorkspaceError: it is broken.
    """
    path = folder / "lexicon" / "deals.toml"
    if not path.exists():
        return Deals({}, frozenset(), frozenset(), frozenset())
    data = read_toml(path)
    for key in ("totals", "lists", "goods", "control"):
        if not isinstance(data.get(key), dict):
            raise WorkspaceError(f"{path}: {key}: expected a table, found {data.get(key)!r}")
    for table, expected in (("totals", "a measure"), ("control", "a relation")):
        for relation, told in data[table].items():
            if not isinstance(told, str):
                raise WorkspaceError(
                    f"{path}: {table}.{relation}: expected {expected}, found {told!r}"
                )
    mistaken, paying, ending, ways, one_way = (
        frozenset(strings(path, f"lists.{key}", data["lists"].get(key)))
        for key in ("mistaken", "paying", "ending", "ways", "one_way")
    )
    goods = {k: strings(path, f"goods.{k}", v) for k, v in data["goods"].items()}
    return Deals(data["totals"], mistaken, paying, ending, ways, one_way, goods, data["control"])


@lru_cache(maxsize=8)
def load_ways(folder: Path, code: str, script: str) -> tuple[Way, ...]:
    """Reads lexicon/<code>/measures.toml.

    Args:
        folder: the ontology folder.
        code: folder of the language below lexicon/.
        script: "en" where words stand apart, else "zh".

    Raises:
        WorkspaceError: it is broken.
    """
    path = folder / "lexicon" / code / "measures.toml"
    if not path.exists():
        return ()
    text = path.read_text("utf-8")
    try:
        data: dict[str, list[dict[str, Any]]] = tomllib.loads(text)
    except ValueError as error:
        raise WorkspaceError(f"{path}: {error}") from None
    found: list[Way] = []
    for measure, ways in data.items():
        heads = [m.start() for m in re.finditer(rf"(?m)^\[\[{re.escape(measure)}\]\]", text)]
        for number, fields in enumerate(ways):
            try:
                found.append(_way(measure, fields, script))
            except (KeyError, ValueError, re.error) as error:
                line = text.count("\n", 0, heads[number]) + 1 if number < len(heads) else 1
                raise WorkspaceError(f"{path}:{line}: {measure}: {error}") from None
    return tuple(found)


def _way(measure: str, fields: Mapping[str, Any], script: str) -> Way:
    edge, close = (r"(?<!\w)", r"(?!\w)") if script == "en" else ("", "")
    gap = rf"(?P<gap>[^,;:。!?]{{0,{_GAP[script]}}}?)"
    before = "|".join(fields.get("before", ()))
    after = "|".join(fields.get("after", ()))
    idle = r"[\s-]{0,2}" if script == "en" else r"(?:的)?"
    return Way(
        measure=measure,
        before=re.compile(rf"{edge}(?P<word>{before}){close}{gap}$", re.I) if before else None,
        after=re.compile(rf"{idle}(?:{after})", re.I) if after else None,
        both=bool(fields.get("both")),
        units=tuple(fields["of"]),
        thing=bool(fields.get("thing")),
        falling=bool(fields.get("falling")),
        share=bool(fields.get("share")),
        bare=bool(fields.get("bare")),
        period=bool(fields.get("period")),
        owner=bool(fields.get("owner")),
        topic=bool(fields.get("topic")),
        ahead=bool(fields.get("ahead")),
        sunk=bool(fields.get("sunk")),
        either=bool(fields.get("either")),
        payer=bool(fields.get("payer")),
        behind=bool(fields.get("behind")),
        person=bool(fields.get("person")),
        follows=tuple(fields.get("follows", ())),
        most=Decimal(str(fields["most"])) if "most" in fields else None,
    )
