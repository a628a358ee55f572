"""What of the stretches that paragraphs propose may be a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from kg.extract.gazetteer import Gazetteer
from kg.extract.proposals import Part, Proposal
from kg.extract.zh_lexis import ChineseLexis
from kg.text import is_chinese

#: "上|周刚"
_CALENDAR = re.compile("[上下本这]周|[上下本]月")
#: "2月份杭州银行"
_DATED = re.compile(r"\d+(?:月份?|年|日)")


def trimmed(chinese: ChineseLexis | None, part: Part, proposal: Proposal) -> str:
    """A proposed name without the words that stick to it; "" when it is none.

    Args:
        chinese: None where no Chinese is read.
    """
    name, end = part.text[proposal.start : proposal.end], proposal.end
    if chinese is None:
        dated = _DATED.match(name) or _CALENDAR.match(part.text, proposal.start - 1)
        return "" if dated else name
    if len(name) > 2 and {part.text[end - 1 : end], part.text[end - 1 : end + 1]} & chinese.tails:
        name = name[:-1]  # 马士基|正与
    if (
        chinese.acting.search(name)
        or _DATED.match(name)
        or _CALENDAR.match(part.text, proposal.start - 1)
    ):
        return ""
    if name[0] in chinese.suffixes and len(name) > 3 and proposal.start > 0:
        name = name[is_chinese(part.text[proposal.start - 1]) :]  # 电池|厂|瓴锂科技
    if verb := chinese.dividing.match(name):
        name = name[verb.end() :]  # 传出|光年动漫, 考虑|改
        if len(name) < 2:
            return ""
    if name.startswith(chinese.starts) or name in chinese.alone:
        return ""
    if proposal.type == "Person" and _turned_to(chinese, part, proposal):
        return ""
    return "" if _is_kind(chinese, part.text, proposal) else name


def _is_kind(chinese: ChineseLexis, text: str, proposal: Proposal) -> bool:
    """Whether words only say of what kind a firm is: 远洋渔业|企业X, 这家|支线航空|公司."""
    start, end = proposal.start, proposal.end
    if text.startswith(chinese.collective, end):
        return True
    counted = text.endswith(chinese.counted, 0, start)
    ends = text.startswith(chinese.counted_ends, end)
    return counted and (ends or text.endswith(chinese.counted_ends, start, end))


def _turned_to(chinese: ChineseLexis, part: Part, person: Proposal) -> bool:
    """同意|向广泽: behind a word that is no title, a preposition begins no person's name."""
    before = part.text[max(0, person.start - 6) : person.start]
    return (
        part.text[person.start] in chinese.stops
        and before[-1:].isalpha()
        and not before.endswith(tuple(chinese.titles))
    )


def overlap(a: Proposal, b: Proposal) -> bool:
    """Whether two proposals share characters."""
    return a.start < b.end and b.start < a.end


#: A name said more often than this is not said once with another character behind.
_ATTESTED = 4
#: Between two names of a row.
_ROW = re.compile("(?<=..)[与和及同跟](?=..)")


def glued(name: str, names: Mapping[str, str], text: str, known: Gazetteer, ends: Set[str]) -> bool:
    """Whether a candidate is a better attested name with a word stuck to it ("购华芯").

    Args:
        ends: what names end in: "海澜湾航运" is no "海澜湾" with a word behind.
    """
    if not is_chinese(name):
        return False
    joint = _ROW.search(name)
    if joint and name[: joint.start()] in names:
        return True  # 港涛渡轮|与|理工大学
    for rest in (name[:-2], name[:-3], name[:-4]):
        if (
            name[len(rest) :] not in ends
            and len(rest) > 2
            and rest in names
            and text.count(rest) > 2 * text.count(name)
        ):
            return True
    rest = name[:-1]
    if len(rest) > 2 and rest in names and text.count(name) == 1 and text.count(rest) > _ATTESTED:
        return True  # 茶沐沐|豪(掷)
    for rest in (name[:-2], name[:-3]):
        # 泓曜能源|电力: said once, what stands before its end is a whole name elsewhere
        whole = len(rest) > 3 and rest in names and rest.endswith(tuple(ends))
        if whole and name[len(rest) :] in ends and text.count(name) == 1 < text.count(rest) - 1:
            return True
    for cut in (1, 2, 3):
        rest = name[cut:]
        if len(rest) < 2:
            return False
        if rest in known.types or (rest in names and text.count(rest) > 2 * text.count(name)):
            return True
    return False


def spliced(chinese: ChineseLexis, name: str, names: Mapping[str, str], text: str) -> bool:
    """Whether a candidate ends in a better attested name and what governs it: 台新银行|联贷|
    康禾药局, 向|朗程医疗."""
    for cut in range(1, len(name) - 1):
        before, rest = name[:cut], name[cut:]
        if rest in names and text.count(rest) > text.count(name):
            verb = before[-2:] in chinese.also or before[-1] in chinese.also
            if before[-1] in chinese.stops or (verb and len(rest) > 2):
                return True
    # 向|朗程 beside 朗程医疗
    rest = name[1:]
    begins = name[0] in chinese.stops and any(n.startswith(rest) and n != rest for n in names)
    return begins and text.count(rest) > text.count(name)


def office(chinese: ChineseLexis | None, name: str) -> bool:
    """湖南省|科技厅, 市场|监管总局: an office with what tells it from others."""
    return (
        chinese is not None
        and chinese.class_by_end(name) == "GovernmentBody"
        and any(chinese.words.tag(name[:n])[:1] == "n" for n in (2, 3, 4))
    )


def type_of_owner(before: str, names: Mapping[str, str]) -> str:
    """The class of the longest known name that some words end in, "" when they end in none."""
    owners = [name for name in names if before.endswith(name)]
    return names[max(owners, key=len)] if owners else ""
