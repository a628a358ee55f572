"""Names that stand together: rows of them, and names that only describe the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.amount_lists import AmountSpan
from kg.claim import Mention
from kg.times import TimeSpan


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a sentence that becomes one character; offsets count in the sentence's view.

    Args:
        start, end: the thing itself.
        outer_start, outer_end: with what belongs to it.
        kind: a class code, "?", "quote", "pronoun", "amount", "percent", "quantity" or "time".
        mentions: for names, what they stand for (a pronoun for two may stand for both).
        amount, time: for sums, percentages, quantities and times.
        suffix: words that the character keeps ("its" is it + 's).
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: str
    mentions: tuple[Mention, ...] = ()
    amount: AmountSpan | None = None
    time: TimeSpan | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """[rows] of reading.toml: how a language puts names together.

    Args:
        joint: what stands between two names of a row; `comma`: that of a row without "and";
            `conjunction`: "and" alone; `titled`: between two people, the second with a title.
        counted: behind a row, how many of what they are ("等三家公司").
        owned: between a firm and what it owns, which is meant ("B的母公司A" is A).
        former: before a firm, a person and what they were there.
        of: between a name and its place ("Orbicat of Barcelona"); `remark`: how a remark on a name
            begins that is no place of any known kind.
        possessive: between a place and who is there; `placed`: the same where the place stands in a
            row of places, joined by `among`.
        realm: before a place, what it is ("the state of").
        article: before a name that a joint may leave out.
        alternative: behind what a denial names, when more follows ("to A or B").
        governed: before a name that a verb governs; `finite`: behind the next, what shows that a
            clause of its own begins there; `verbal`: the same behind ", and".
        gap: between a name and a value told of it without a verb; `each`: behind the value, what
            shows that each has it.
        digits: the mark between digits of a number, which ends no clause.
        needs_conjunction: a comma joins names only before an "and"; else the name behind explains.
    """

    joint: re.Pattern[str]
    comma: re.Pattern[str]
    conjunction: re.Pattern[str]
    titled: re.Pattern[str]
    counted: re.Pattern[str]
    owned: re.Pattern[str]
    former: re.Pattern[str]
    of: re.Pattern[str]
    remark: re.Pattern[str]
    possessive: re.Pattern[str]
    placed: re.Pattern[str]
    among: re.Pattern[str]
    realm: re.Pattern[str]
    article: re.Pattern[str]
    alternative: re.Pattern[str]
    governed: re.Pattern[str]
    finite: re.Pattern[str]
    verbal: re.Pattern[str]
    gap: re.Pattern[str]
    each: re.Pattern[str]
    digits: re.Pattern[str]
    needs_conjunction: bool


#: Kinds of organisations, known ones and such as nothing tells.
ORGS = frozenset(("Company", "Fund", "GovernmentBody", "?"))
AGENTS = ORGS | {"Person", "pronoun"}
_GOODS = frozenset(("Product", "Technology", "quote", "?"))
_SHARES = frozenset(("percent", "majority"))


def absorbed(text: str, items: Sequence[Item], rows: RowWords, grouped: bool) -> list[Item]:
    """Names that only describe the next one ("阿布扎比MGX", "A的母公司B") become part of it."""
    kept: list[Item] = []
    for item in items:
        last = kept[-1] if kept else None
        if last is None:
            kept.append(_with_realm(text, item, rows))
            continue
        between = text[last.outer_end : item.outer_start]
        of = item.kind == "Place" or (
            item.kind == "?" and " " not in text[item.start : item.end]
            and rows.remark.match(text, item.end) is not None
        )  # fmt: skip
        if of and last.kind in AGENTS and rows.of.fullmatch(between):
            # "Orbicat of Barcelona", "PattyPal, of Leeds,"
            comma = text.startswith(",", last.outer_end) and text.startswith(",", item.end)
            kept[-1] = replace(last, outer_end=item.end + comma)
            continue
        if last.kind == "Project" and not between:
            # 卢森堡铜箔厂|Ardelux: a works and its name; 卡牌项目|《小满》
            named = grouped and item.kind == "?" and text[item.start].isascii()
            if named or item.kind == "Project":
                kept[-1] = replace(item, outer_start=last.outer_start)
                continue
        item = _with_realm(text, item, rows)
        owned = grouped and any(
            rows.owned.fullmatch(text, last.outer_end, at) for at in {item.start, item.outer_start}
        )
        if owned and last.kind == "Company" and item.kind == "Product":
            item = replace(item, kind="Company")  # 沙特阿美旗下Prosperity7: what a firm owns is one
        if last.mentions and item.kind in AGENTS:
            # 前|工研院|许淑媛: where a person was before
            former = last.kind in ORGS and item.kind == "Person" and not between.strip()
            before = rows.former.search(text, 0, last.outer_start) if former else None
            if before is not None:
                kept[-1] = replace(item, outer_start=before.start())
                continue
            earlier = kept[-2] if len(kept) > 1 else None
            if owned or _describes(text, earlier, last, item, rows, grouped):
                kept[-1] = replace(item, outer_start=last.outer_start)
                continue
        kept.append(item)
    return kept


def _with_realm(text: str, item: Item, rows: RowWords) -> Item:
    """A place with what it is called: "the state of Tennessee"."""
    realm = rows.realm.search(text, 0, item.outer_start) if item.kind == "Place" else None
    return item if realm is None else replace(item, outer_start=realm.start())


def _describes(
    text: str, earlier: Item | None, last: Item, item: Item, rows: RowWords, grouped: bool
) -> bool:
    """Whether a name only says who or where the next one is.

    Args:
        earlier: the item before both, if any.
    """
    between = text[last.outer_end : item.outer_start]
    titled = item.outer_start < item.start
    if last.kind == "Place":
        if grouped and earlier is not None and rows.placed.fullmatch(between):
            # "深圳的A和台北的B"
            gap = text[earlier.outer_end : last.outer_start]
            if earlier.mentions and rows.among.fullmatch(gap):
                return True
        elif not between or rows.possessive.fullmatch(between):
            return True
        if between == " " and (item.kind == "Person" or titled):
            return True  # "Texas|billionaire X"
    # 连锁医务集团|康怡医疗: of two firms that touch, the first says what the second is.
    if last.kind == item.kind == "Company" and last.end == item.start:
        return True
    if grouped and item.kind == "Person" and last.kind in ORGS and not between and titled:
        return True  # 哈工大|教授祝青禾
    # "Nvidia|supplier X", "Premiership|club Y", but not its “Dairy Review”
    owns = last.kind == "pronoun" or text[item.outer_start] in '"“'
    return grouped and between == " " and titled and not owns


def in_rows(text: str, items: Sequence[Item], rows: RowWords, full: bool) -> list[list[Item]]:
    """Rows of names put together.

    Args:
        full: rows with "and" too, not only those that commas make.
    """
    groups: list[list[Item]] = []
    i = 0
    while i < len(items):
        group = [items[i]]
        joints: list[str] = []
        while i + len(group) < len(items):
            last, following = group[-1], items[i + len(group)]
            between = text[last.outer_end : following.outer_start]
            both = last.kind == following.kind == "Person" and rows.titled.fullmatch(between)
            if not (both or rows.joint.fullmatch(between)) or not _alike(last, following):
                break
            if rows.owned.match(text, following.outer_end):
                break
            if _gap(text, items, i, i + len(group), rows):
                break
            if rows.governed.search(text, 0, group[0].outer_start):
                verb = (
                    rows.verbal if between.startswith(", and") and len(group) == 1 else rows.finite
                )
                if verb.match(text, following.outer_end):
                    break
            group.append(following)
            joints.append(between)
        if rows.needs_conjunction:
            group, joints = _until_conjunction(group, joints, rows)
        if not full:
            group = _by_commas(group, joints, rows)
        groups.append(group)
        i += len(group)
    return groups


def _until_conjunction(
    group: list[Item], joints: list[str], rows: RowWords
) -> tuple[list[Item], list[str]]:
    """A row as far as it goes where a comma joins only before an "and"."""
    ands = [k for k, joint in enumerate(joints) if rows.conjunction.search(joint)]
    if not ands or (ands[0] == 0 and len(ands) == 1 and joints[0].startswith(", and")):
        return group[:1], []  # two names alone: a clause of its own begins
    size = ands[0] + 1
    return group[: size + 1], joints[:size]


def _by_commas(group: list[Item], joints: Sequence[str], rows: RowWords) -> list[Item]:
    """What of a row stays one where names that "and" joins stand apart."""
    if rows.needs_conjunction:
        return group if any(rows.comma.fullmatch(joint) for joint in joints) else group[:1]
    # "A与B、C": B and C are a row, A stands apart; "A、B和C" is one row.
    keep = 1
    while keep < len(group) and (rows.comma.fullmatch(joints[keep - 1]) or keep > 1):
        keep += 1
    return group[:keep]


def _gap(text: str, items: Sequence[Item], first: int, following: int, rows: RowWords) -> bool:
    """Whether a clause without a verb begins with a name behind "and": "A holds 70% of B and C the
    balance of 30%", where a value of the same kind stands before B."""
    if following + 1 >= len(items):
        return False
    value = items[following + 1]
    between = text[items[following].outer_end : value.outer_start]
    kinds = _SHARES if value.kind in _SHARES else frozenset((value.kind,))
    if value.amount is None or value.kind == "quantity" or not rows.gap.fullmatch(between):
        return False
    if rows.each.match(text, value.outer_end):
        return False
    told = [i for i in items[:first] if i.kind in kinds and i.amount is not None]
    return bool(told) and not re.search(r"[;.]", text[told[-1].outer_end : items[first].outer_end])


def _alike(a: Item, b: Item) -> bool:
    if not a.mentions or not b.mentions or b.suffix:
        return False
    if a.kind == b.kind:
        return True
    both = {a.kind, b.kind}
    # A cloud service stands in rows with the firms that sell others ("AWS、Azure").
    return both <= AGENTS or both <= _GOODS or both == {"Company", "Product"}
