"""Masked sentences: names, sums and times as single characters, so that patterns see only words.

Two masks are made of each sentence. In the grouped one a row of names ("A、B和C", "A, B and C") is
one character that stands for all, with the kind of firm before each name taken in; patterns then
need not know how many parties there are. In the raw one two names joined by 与 or "and" stay apart
and descriptions stay legible, for patterns that speak of exactly these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.amount_lists import AmountSpan
from kg.claim import Mention
from kg.extract.alphabet import Alphabet
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


@dataclass(frozen=True, slots=True)
class Mask:
    """A masked sentence.

    Args:
        text: the masked text.
        items: character → the items it stands for.
        starts, ends: for each character of `text`, the view's offsets that it covers.
        values: the sums, shares and times in order, each with its offset in `text`.
    """

    text: str
    items: Mapping[str, tuple[Item, ...]]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    values: tuple[tuple[int, Item], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """View offsets of a stretch of the masked text."""
        if start >= len(self.text):
            return (self.ends[-1], self.ends[-1]) if self.ends else (0, 0)
        return self.starts[start], self.ends[max(start, end - 1)]

    def mentions(self, chars: str) -> tuple[Mention, ...]:
        """The names that the characters of a match stand for."""
        return tuple(m for c in chars for item in self.items.get(c, ()) for m in item.mentions)


#: Kinds of organisations, known ones and such as nothing tells.
ORGS = frozenset(("Company", "Fund", "GovernmentBody", "?"))
_AGENTS = ORGS | {"Person", "pronoun"}
_GOODS = frozenset(("Product", "Technology", "quote", "?"))
#: "A and state-owned B"
_OWNED_BY = r"(?:[a-z]+-(?:owned|run|backed|based|controlled|listed|held|born|focused) )?"
_JOINTS = {
    "zh": (re.compile("[、/]|,?(?:以及|和|与|及|跟|同|暨)|、?(?:还有)"), re.compile("[、/]")),
    "en": (
        re.compile(
            rf",? (?:and|as well as|&) (?:the |fellow |its rival )?{_OWNED_BY}"
            rf"|, (?:the )?{_OWNED_BY}|/| nor (?:the )?"
        ),
        re.compile(rf", (?:the )?{_OWNED_BY}"),
    ),
}
#: "A and the marine biologist Dr B"
_TITLED = re.compile(r",? and (?:the |an? )?(?:[a-z-]+ ){1,3}(?:Dr |Prof |Professor )?|,? and Dr ")
_AND = {"zh": re.compile("以及|和|与|及"), "en": re.compile(r"and|&|as well as|nor")}
_TRAILERS = {
    "zh": re.compile(
        "等(?:约?[一二三四五六七八九十两\\d]+[家名位])?(?:[^,;。:、的在将向为由与已]{0,6}?"
        "(?:机构|企业|公司|巨头|银行|商|股东|投资者|投资方|基金|厂商|大厂|客户|平台))?"
        "|[一二三四五六七八九十两\\d]+[家大](?:[^,;。:、的在将向为由与已]{0,4}?(?:机构|企业|公司|巨头|银行|商|基金|厂商))?"
    ),
    "en": re.compile(r"(?!)"),
}


def mask(text: str, items: Sequence[Item], script: str, alphabet: Alphabet, grouped: bool) -> Mask:
    """Masks a sentence.

    Args:
        text: the sentence's view.
        items: what stands in it, in order, not overlapping.
        grouped: which of the two masks.
    """
    groups = _grouped(text, _absorbed(text, items, grouped), script, full=grouped)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    known: dict[str, tuple[Item, ...]] = {}
    values: list[tuple[int, Item]] = []
    counts: Counter[str] = Counter()
    at = 0
    for group in groups:
        first, last = group[0], group[-1]
        start = first.outer_start if grouped or first.kind in ("quote", "Project") else first.start
        if first.outer_start <= start - 4 and text[start - 4 : start] == "the ":
            start -= 4  # "A and the University of B"
        end = last.outer_end
        kind = next((i.kind for i in group if i.kind != "?"), "?")
        char = alphabet.char(kind, counts[kind])
        if not char or start < at:
            continue
        counts[kind] += 1
        known[char] = tuple(group)
        out.append(text[at:start])
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        if first.amount is not None or first.time is not None:
            values.append((len(starts), first))
        if grouped and first.mentions:
            trailer = _TRAILERS.get(script, _TRAILERS["en"]).match(text, end)
            if trailer and kind in _AGENTS and kind != "Person":
                end = trailer.end()
        out.append(char + last.suffix)
        starts += [start] * (1 + len(last.suffix))
        ends += [end] * (1 + len(last.suffix))
        at = end
    out.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    masked = "".join(out)
    if script == "en":
        masked = _THOUSANDS.sub("'", masked)  # the comma of "2,000 vans" ends no clause
    return Mask(masked, known, tuple(starts), tuple(ends), tuple(values))


#: What parts the digits of a number.
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d)")
#: "B的母公司A" is A.
_OWNED = re.compile(
    "的?(?:全资|控股)(?:子公司|孙公司|附属公司)|旗下的?|的(?:母公司|控股股东|子公司|大股东|关联公司|兄弟公司)+"
)


_STATE = re.compile(r"\b[Tt]he (?:state|province|city|county|kingdom|government) of $")
_FORMER = re.compile(r"(?:[前原]|\bformer |\bex-)$")
#: "a loan to A and B will …": B begins a clause of its own.
_ADVERB = r"(?:, [^,;.]{2,60},)? (?:(?:still|also|now|alone|then|already|later|[a-z]+ly) )?"
_FINITE = re.compile(_ADVERB + r"(?:will|has|have|had|is|was|are|were|would|said|[a-z]+ed)\b")
_VERBAL = re.compile(_ADVERB + r"(?:will|has|have|had|is|was|are|were|would|[a-z]+ed|[a-z]+s)\b")
_GOVERNED = re.compile(r"\b(?:to|from|by|with|at|in|into|of|for|on)\s$")


def _absorbed(text: str, items: Sequence[Item], grouped: bool) -> list[Item]:
    """Names that only describe the next one ("阿布扎比MGX", "A的母公司B") become part of it."""
    kept: list[Item] = []
    for item in items:
        last = kept[-1] if kept else None
        between = text[last.outer_end : item.outer_start] if last is not None else ""
        of = item.kind == "Place" or (
            item.kind == "?" and " " not in text[item.start : item.end]
            and text.startswith((", which", ", who"), item.end)
        )  # fmt: skip
        of = of and between in (" of ", ", of ")
        if of and last is not None and last.kind in _AGENTS:
            # "Orbicat of Barcelona", "PattyPal, of Leeds,"
            comma = text.startswith(",", last.outer_end) and text.startswith(",", item.end)
            kept[-1] = replace(last, outer_end=item.end + comma)
            continue
        # 卢森堡铜箔厂|Ardelux: a works and its name
        works = grouped and last is not None and last.kind == "Project" and not between
        if works and last is not None and item.kind == "?" and text[item.start].isascii():
            kept[-1] = replace(item, outer_start=last.outer_start)
            continue
        if last is not None and last.kind == item.kind == "Project" and not between:
            kept[-1] = replace(item, outer_start=last.outer_start)  # 卡牌项目|《小满》
            continue
        if item.kind == "Place" and (state := _STATE.search(text, 0, item.outer_start)):
            item = replace(item, outer_start=state.start())  # "the state of Tennessee"
        owned = (
            grouped
            and last is not None
            and any(
                _OWNED.fullmatch(text, last.outer_end, at) for at in {item.start, item.outer_start}
            )
        )
        if owned and last is not None and last.kind == "Company" and item.kind == "Product":
            item = replace(item, kind="Company")  # 沙特阿美旗下Prosperity7: what a firm owns is one
        if last is not None and last.mentions and item.kind in _AGENTS:
            place = last.kind == "Place" and between in ("", "'s ")
            if grouped and last.kind == "Place" and between == "的" and len(kept) > 1:
                # "深圳的A和台北的B"
                gap = text[kept[-2].outer_end : last.outer_start]
                place = bool(kept[-2].mentions) and gap in ("和", "与", "及", "、", "以及")
            # 连锁医务集团|康怡医疗: of two firms that touch, the first says what the second is.
            place = place or (last.kind == item.kind == "Company" and last.end == item.start)
            # 前|工研院|许淑媛: where a person was before
            former = last.kind in ORGS and item.kind == "Person" and not between.strip()
            before = _FORMER.search(text, 0, last.outer_start) if former else None
            if before is not None:
                kept[-1] = replace(item, outer_start=before.start())
                continue
            # 哈工大|教授祝青禾
            taught = grouped and item.kind == "Person" and last.kind in ORGS and not between
            place = place or (taught and item.outer_start < item.start)
            # "Texas|billionaire X"
            described = item.kind == "Person" or item.outer_start < item.start
            place = place or (last.kind == "Place" and between == " " and described)
            # "Nvidia|supplier X", "Premiership|club Y"
            owns = last.kind == "pronoun" or text[item.outer_start] in '"“'  # its “Dairy Review”
            taken = grouped and between == " " and item.outer_start < item.start
            place = place or (taken and not owns)
            if place or owned:
                kept[-1] = replace(item, outer_start=last.outer_start)
                continue
        kept.append(item)
    return kept


def _grouped(text: str, items: Sequence[Item], script: str, full: bool) -> list[list[Item]]:
    """Rows of names put together."""
    joint, comma = _JOINTS.get(script, _JOINTS["en"])
    conjunction = _AND.get(script, _AND["en"])
    groups: list[list[Item]] = []
    i = 0
    while i < len(items):
        group = [items[i]]
        joints: list[str] = []
        while i + len(group) < len(items):
            last, following = group[-1], items[i + len(group)]
            between = text[last.outer_end : following.outer_start]
            both = last.kind == following.kind == "Person" and _TITLED.fullmatch(between)
            if not (both or joint.fullmatch(between)) or not _alike(last, following):
                break
            if _OWNED.match(text, following.outer_end):
                break
            if script == "en" and _gap(text, items, i, i + len(group)):
                break
            if script == "en" and _GOVERNED.search(text, 0, group[0].outer_start):
                verb = _VERBAL if between.startswith(", and") and len(group) == 1 else _FINITE
                if verb.match(text, following.outer_end):
                    break
            group.append(following)
            joints.append(between)
        # In English commas join only before an "and"; a name after a comma else explains the first.
        if script == "en":
            while joints and not conjunction.search(joints[-1]):
                joints.pop()
                group.pop()
            ands = [k for k, j in enumerate(joints) if conjunction.search(j)]
            if len(joints) == 1 and joints[0].startswith(", and"):
                group, joints = group[:1], []  # two names alone: a clause of its own begins
            if ands and ands[0] + 1 < len(joints):
                group = group[: ands[0] + 2]
                joints = joints[: ands[0] + 1]
        if not full:
            rows = [k for k, j in enumerate(joints) if comma.fullmatch(j)]
            if script == "en" and not rows:
                group = group[:1]
            elif script != "en":
                # "A与B、C": B and C are a row, A stands apart; "A、B和C" is one row.
                keep = 1
                while keep < len(group) and (comma.fullmatch(joints[keep - 1]) or keep > 1):
                    keep += 1
                group = group[:keep]
        groups.append(group)
        i += len(group)
    return groups


#: Between a name and a value that is told of it without a verb.
_GAP = re.compile(
    r" (?:(?:the|an?|another|further|remaining|other|balance|rest|of|for|with|about|some|around"
    r"|nearly|almost|roughly|up|to|at|least|just|over|under|more|than) )*"
)
_SHARES = frozenset(("percent", "majority"))


def _gap(text: str, items: Sequence[Item], first: int, following: int) -> bool:
    """Whether a clause without a verb begins with a name behind "and": "A holds 70% of B and C the
    balance of 30%", where a value of the same kind stands before B."""
    if following + 1 >= len(items):
        return False
    value = items[following + 1]
    between = text[items[following].outer_end : value.outer_start]
    kinds = _SHARES if value.kind in _SHARES else frozenset((value.kind,))
    if value.amount is None or value.kind == "quantity" or not _GAP.fullmatch(between):
        return False
    if re.match(r" (?:each|apiece|respectively|between them)\b", text[value.outer_end :]):
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
    return both <= _AGENTS or both <= _GOODS or both == {"Company", "Product"}
