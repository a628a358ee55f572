"""Where the names of a document stand in a paragraph, and how far each reaches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.extract.name_edges import spelt_out
from kg.extract.proposals import Name, Part
from kg.extract.zh_lexis import ChineseLexis
from kg.text import is_chinese

_BRANCH = re.compile("[\u4e00-\u9fff]{2,6}?(?:分行|支行|分公司)")
_PHASE = re.compile("[一二三四五六七八九十]+期")
_BRACKETED_ALIAS = re.compile(
    r"[(](?:以下|下文|下)?(?:统|合)?(?:简称|称)?(?:为)?[“\"‘][^()]{1,40}[)]"
    r"|[(][A-Z][A-Za-z0-9&.:, -]{1,24}[)]"
    r"|\s\((?:the |together, )?[“\"‘'][^()]{1,40}\)|\s\([A-Z][A-Za-z0-9&.: -]{1,20}\)"
)
#: "川岭国际(新加坡)有限公司"
_LOCAL = re.compile(
    "(?:中国|香港|亚太|亚洲|北美|欧洲|台湾|日本|大中华区)(?![市政经人区的本])|[(][\u4e00-\u9fff]{2,4}[)][\u4e00-\u9fff]{0,6}?(?:有限公司|集团|分公司)"
)
#: "Jess Thwaite, 31, …": an age belongs to the name.
_AGE = re.compile(r", \d{2}(?=,? (?:and|who|is|has|was|set|founded|started)\b),?|, aged \d{2},?")


def longest(names: Iterable[Name], size: int) -> list[Name]:
    """Names that share no character, the longest first; of two equally long ones the typed one.

    Args:
        size: the length of their paragraph.
    """
    names = list(names)
    kept: list[Name] = []
    taken = bytearray(size)
    plain_ones = {(n.start, n.end) for n in names if not n.quoted}
    for name in sorted(
        names,
        key=lambda n: (
            n.start - n.end,
            n.type != "Concept",  # what somebody thought up stands in quotes: “机翼银行”
            n.type == "",
            n.outer_start - n.outer_end,
            n.start,
            n.type,
        ),
    ):
        if name.quoted and (name.start, name.end) in plain_ones:
            name = replace(name, quoted=False)
        if not any(taken[name.start : name.end]):
            kept.append(name)
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
    return sorted(kept, key=lambda n: n.start)


def merged(text: str, names: Sequence[Name]) -> list[Name]:
    """ "微软" and "Azure" side by side are one name; so are "TCL" and "中环"."""
    found: list[Name] = []
    for name in names:
        last = found[-1] if found else None
        if (
            last is not None
            and last.end == name.start
            and not (last.quoted or name.quoted)
            and (
                (
                    {last.type, name.type} <= {"Company", ""}
                    and is_chinese(text[last.end - 1]) != is_chinese(text[name.start])
                )
                # 杭州市|临平区: a place in a place
                or (last.type == name.type == "Place" and is_chinese(text[name.start]))
            )
        ):
            found[-1] = Name(last.start, name.end, last.type or name.type, last.start, name.end)
        else:
            found.append(name)
    for i, name in enumerate(found):
        phase = _PHASE.match(text, name.end) if name.type == "Fund" else None
        if text[name.start : name.end].endswith("行"):
            phase = _BRANCH.match(text, name.end)
        if phase:
            found[i] = Name(name.start, phase.end(), name.type, name.start, phase.end())
    return found


def with_surroundings(
    part: Part,
    names: Sequence[Name],
    chinese: ChineseLexis | None,
    descriptor: Callable[[int, int], int],
) -> list[Name]:
    """Names with what belongs to each: the kind of firm before it, an alias in brackets behind.

    Args:
        chinese: None where no Chinese is read.
        descriptor: where the kind of firm before an offset begins, not before another.
    """
    grown: list[Name] = []
    floor = 0
    for i, name in enumerate(names):
        ceiling = names[i + 1].outer_start if i + 1 < len(names) else len(part.text)
        start = descriptor(name.outer_start, floor)
        if part.script == "en" and part.text[max(floor, start - 4) : start].lower() == "the ":
            start -= 4
        end = name.outer_end
        alias = _BRACKETED_ALIAS.match(part.text, end)
        if alias:
            end = alias.end()
        elif part.script == "zh" and (branch := _LOCAL.match(part.text, end)):
            end = branch.end()
        elif part.script == "en" and (age := _AGE.match(part.text, end)):
            end = age.end()
        elif (
            end < ceiling
            and part.script == "zh"
            and part.text.startswith("公司", end)
            and name.type in ("", "Company")
        ):
            end += 2
        if (
            part.script == "zh"
            and part.text[start - 1 : start] == "("
            and part.text[end : end + 1] == ")"
        ):
            whole = spelt_out(chinese, part.text, start - 1, floor)
            if whole < start - 1:
                start, end = whole, end + 1
        grown.append(Name(name.start, name.end, name.type, start, end, name.quoted))
        floor = max(end, name.end)
    # A definition in brackets swallows the names inside it.
    return [
        n for i, n in enumerate(grown)
        if not any(o.end <= n.start and n.end <= o.outer_end for o in grown[max(0, i - 2) : i])
    ]  # fmt: skip
