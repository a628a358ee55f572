"""What the tagger takes for organisations and people, cut to size and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.proposals import Proposal
from kg.extract.tagger import Found
from kg.extract.zh_lexis import AT, PROPER, ChineseLexis
from kg.text import is_chinese

_COUNT_INSIDE = re.compile("[一二两三四五六七八九十\\d]+[家大位名]")
#: Stretches with other tags are no names.
NAMED = frozenset(("ORG", "PER", "LOC", "nt"))
#: Words that govern a name and are now and then taken into it.
_GOVERNING = frozenset("将向由被从与把对给在于获做搞让找跟替为予")
#: How the names of firms end, and no kinds of them.
_PROPER_ENDS = ("有限公司", "集团公司", "总公司", "分公司", "子公司", "有限责任公司")
_JOINING = re.compile("[与及和同跟](?=..)")
#: What no name has inside.
_MARKS = frozenset(",。;:、“”()")
_CALENDAR = ("年", "月", "日", "号")


def tagged(lexis: ChineseLexis, text: str, found: Iterable[Found]) -> Iterator[Proposal]:
    """What the tagger takes for organisations and people.

    Args:
        text: a paragraph's view.
        found: its stretches with tags of NAMED, offsets in `text`.
    """
    for start, end, tag in _split(lexis, text, found):
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not text[end - 1].isalnum():
            end -= 1
        while start < end and text[end - 1].isdigit() and text[end : end + 1] in _CALENDAR:
            end -= 1  # 旅游厅|8月
        if end - start > 2 and text[end : end + 1] == "了":
            end -= 1  # 给鲸屿|发了
        if end - start > 3 and text[start] in _GOVERNING:
            start += 1
        if end - start > 4 and text[start : start + 2] in lexis.builders:
            start += 2  # 兴建|龟山二厂
        start, end = _trimmed(lexis, text, start, end)
        name = text[start:end]
        if not name:
            continue  # nothing but marks, or the "8" of "8月"
        if tag == "LOC" and (lexis.is_place(name) or name[-1] in "市省县州区镇" or len(name) > 2):
            sure = name[-1] in "市省县州区镇"
            acts = not sure and not lexis.is_place(name) and lexis.placed(text, start, end)
            # 日立铁路: what ends like a firm is no place
            firm = not sure and name.endswith(lexis.ends) and not lexis.is_place(name)
            code = "Company" if firm else "" if acts else "Place"
            yield Proposal(start, end, code, 2 if sure else 1, placed=acts)
        if tag not in ("ORG", "PER", "nt") or not 2 <= len(name) <= 20 or not is_chinese(name):
            continue
        if not _MARKS.isdisjoint(name) or lexis.is_kind(name):
            continue
        if lexis.within.search(name, 1) or name[0].isdigit():
            continue
        if start and text[start - 1] in AT and name[-2:] in lexis.verbal:
            continue
        # 三亚育种公司|种源谷: what a firm whose name follows is
        kind = name.endswith("公司") and not name.endswith(_PROPER_ENDS)
        behind = text[end : end + 1]
        named = is_chinese(behind) and behind not in lexis.stops
        if kind and named and not lexis.placed(text, end, end):
            continue
        # 澳洲牙科集团|Southern Smile: what a Latin name belongs to a kind of
        latin = text[end : end + 1]
        if latin.isascii() and latin.isalpha() and name.endswith(("集团", "公司")):
            continue
        surname = name[0] in lexis.surnames and name[0] not in _GOVERNING
        if tag == "PER" and ("·" in name or (surname and len(name) == 3)):
            yield Proposal(start, end, "Person", 2)
        elif tag == "ORG":
            strength = 2 if _telling(lexis, name) else 0
            placed = lexis.placed(text, start, end)
            yield Proposal(start, end, lexis.class_by_end(name), strength, placed=placed)
        else:
            yield Proposal(
                start, end, lexis.class_by_end(name), 1,
                placed=lexis.placed(text, start, end),
            )  # fmt: skip


def _telling(lexis: ChineseLexis, name: str) -> bool:
    """Whether a stretch is more than ordinary words before a trade ("焊接机器人")."""
    tokens = lexis.cutter.cut(name)
    if tokens[-1].text not in lexis.trade or tokens[-1].text in lexis.strong:
        return True
    return any(
        t.tag in ("ns", "nz", "nt", "eng") or t.tag in PROPER or lexis.odd(t) or t.freq < 100
        for t in tokens[:-1]
    )


def _trimmed(lexis: ChineseLexis, text: str, start: int, end: int) -> tuple[int, int]:
    """Without the end of a kind of firm before and a title behind: 研发|商影刻医疗."""
    for size in (4, 3, 2):
        for cut in range(1, size):
            if start >= size - cut and text[start - size + cut : start + cut] in lexis.heads:
                start += cut
                break
    # 德商|达德能源: a kind of firm at the start of what the tagger took
    for size in (5, 4, 3, 2):
        if end - start >= size + 2 and text[start : start + size] in lexis.heads:
            start += size
            break
    # 基因编辑|公司|禾谷基因: the kind of firm is no part of the name
    for i in range(end - 2, start + 2, -1):
        if any(text[i - n : i] in lexis.heads for n in (2, 3, 4, 5) if i - n > start):
            start = i
            break
    if counted := _COUNT_INSIDE.search(text, start + 1, end):
        end = counted.start()  # 谷歌|三家公司
    for i in range(start + 2, end - 1):
        if text[i] in lexis.title_heads and any(
            text.startswith(title, i) for title in lexis.titles if len(title) > 1
        ):
            return start, i
    return start, end


def _split(lexis: ChineseLexis, text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Stretches cut at marks of a row ("启明创投、君联资本"), at words that stand in no name
    ("能源署委托工研院"), and at those that join where a name ends before ("广发基金及易方达")."""
    for start, end, tag in found:
        at = start
        gaps = [*lexis.dividing.finditer(text, start, end), *_JOINING.finditer(text, start, end)]
        for gap in sorted(gaps, key=lambda g: g.start()):
            joins = gap.re is _JOINING
            if gap.start() < at or (joins and not text[at : gap.start()].endswith(lexis.ends)):
                continue
            if gap.start() > at:
                yield Found(at, gap.start(), tag)
            at = gap.end()
        if end > at:
            yield Found(at, end, tag)
