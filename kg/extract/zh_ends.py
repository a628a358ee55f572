"""Names that their ends show ("…科技", "…基金"), and characters that form no words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.proposals import Proposal
from kg.extract.words import Token
from kg.extract.zh_lexis import AT, ChineseLexis
from kg.text import is_chinese

#: A word that the dictionary has seen so often is read before a name's end.
_USUAL = 2000
#: A verb that the dictionary has seen so seldom may be a name's first word (跃动|体育).
_RARE = 100


def ended(lexis: ChineseLexis, text: str, tokens: list[Token]) -> Iterator[Proposal]:
    """Names that end like firms, funds, offices and institutions do."""
    i = 0
    while i < len(tokens):
        if tokens[i].text not in lexis.strong and tokens[i].text not in lexis.trade:
            i += 1
            continue
        first = i
        while i < len(tokens) and (tokens[i].text in lexis.strong or tokens[i].text in lexis.trade):
            i += 1
        # "中国建设银行匈牙利分行": a place between two ends belongs to the name.
        if i + 1 < len(tokens) and tokens[i].tag == "ns" and tokens[i + 1].text in (
            "分行", "支行", "分公司", "子公司",
        ):  # fmt: skip
            i += 2
        stop = i
        while (
            stop - first > 1
            and tokens[stop - 1].text in lexis.verbal
            and (
                i < len(tokens)
                and (
                    tokens[i].text[0].isdigit()
                    or tokens[i].tag in ("m", "ul", "r")
                    # 万华化学|控股|子公司: how the one belongs to the other
                    or tokens[i].text in lexis.belonging
                )
            )
        ):
            stop -= 1  # 瀚洋科技|投资|3亿: the last one is the verb
        if stop < i:
            yield from _name_ending(lexis, text, tokens, first, stop)
        elif not _describes(lexis, tokens, i):
            yield from _name_ending(lexis, text, tokens, first, i)


def _describes(lexis: ChineseLexis, tokens: list[Token], after: int) -> bool:
    """Whether the words only describe what follows ("机器人|研发商X", "主权基金|GIC")."""
    if after >= len(tokens):
        return False
    following = tokens[after]
    if following.tag == "NAME":
        return following.text.isascii() or tokens[after - 1].text in lexis.heads
    # 人形机器人|关节|企业X: the head may follow after a noun or two.
    for token in tokens[after + 1 : after + 3]:
        if token.text in lexis.heads and token.text not in lexis.belonging:
            return True
        if token.tag[0] not in "nvb":
            break
    # 生鲜|电商|叮|鲜: a kind of firm, before characters that form no words
    if tokens[after - 1].text in lexis.heads and lexis.odd(following):
        return True
    # 翡翠|电商|万|玥|珠宝: a common character may begin such a name
    if (
        tokens[after - 1].text in lexis.heads
        and len(following.text) == 1
        and following.text.isalpha()
        and after + 1 < len(tokens)
        and len(tokens[after + 1].text) == 1
        and lexis.odd(tokens[after + 1])
    ):
        return True
    return (following.text in lexis.heads and following.text != "公司") or (
        following.tag == "eng"
        and following.text[0].isalpha()
        and following.text not in lexis.latin_stop
        and len(following.text) > 1
    )


def _name_ending(
    lexis: ChineseLexis, text: str, tokens: list[Token], first: int, after: int
) -> Iterator[Proposal]:
    last = tokens[after - 1]
    strong = any(t.text in lexis.strong for t in tokens[first:after])
    code = lexis.strong.get(last.text) or lexis.trade.get(last.text) or "Company"
    following = tokens[after] if after < len(tokens) else None
    public = code == "GovernmentBody"
    if (
        public
        and following is not None
        and lexis.words.count(last.text[-1] + following.text) > _USUAL
    ):
        return  # 同场委员|会议
    left = _odd_left(lexis, tokens, first)
    if (
        public
        and len(last.text) == 1
        and (tokens[first - 1].tag == "v" or last.end - tokens[left].start < 3)
    ):
        return  # 宣告|破局, 影厅
    size = tokens[first].start - tokens[left].start
    verbal = after - first == 1 and last.text in lexis.verbal
    known = left < first and tokens[left].tag == "NAME"
    # 西门子|能源: a known name and a trade are another firm, unless the trade describes a noun.
    grown = following is None or following.tag[0] not in "nvj" or following.text in lexis.after
    grown = grown or (following is not None and following.text in ("是", "为", "系"))
    if known and (
        verbal or not (strong or grown) or tokens[left].text in lexis.latin_stop  # GPU|芯片
    ):
        return
    if left < first and (size >= 2 or (not verbal and tokens[left].freq < 3000)):
        if left and tokens[left - 1].tag == "ns" and tokens[left - 1].start < tokens[left].start:
            left -= 1
        if verbal and text[: tokens[left].start].endswith(AT):
            return
        firm = size >= 2 or strong
        yield Proposal(
            tokens[left].start, last.end, code, 2 if firm else 1,
            placed=lexis.placed(text, tokens[left].start, last.end),
        )  # fmt: skip
        return
    # Ordinary words before the end: an institution ("自然资源部"), or a firm named by a word.
    left = first
    while (
        left > 0
        and (lexis.material(tokens[left - 1]) or (public and tokens[left - 1].text == "计划"))
        and tokens[left - 1].text not in lexis.inside
        and (last.end - tokens[left - 1].start <= (16 if strong else 8))
        # 微软|租用|算力: what a known firm does is no part of a name
        and not (left < first and tokens[left - 1].tag == "NAME" and tokens[left].tag[0] == "v")
    ):
        left -= 1
    while left < first and (
        tokens[left].text in lexis.generic
        or (
            tokens[left].tag[0] in "vd"
            and tokens[left].tag != "vn"
            and not _coined(lexis, text, tokens[left], last.end)
        )
    ):
        left += 1
    if left == first:
        # "国发基金" may be one word of the dictionary with its end.
        return
    if not lexis.bounded(text, tokens[left].start, tokens, left):
        return
    start = tokens[left].start
    if verbal and text[:start].endswith(AT):
        return  # 在|佛山|建设: a place and what is done there
    if text.startswith("的", last.end) and text[:start].endswith(lexis.making):
        return  # 做|虫害疫苗|的: what is made
    if not strong and text.startswith(lexis.fields, last.end):
        return  # 豫西|散装|水泥|市场: what is sold there
    if last.end - start < (3 if public and left + 1 == first else 4):
        return
    placed = lexis.placed(text, start, last.end)
    if all(
        t.text in lexis.latin_stop
        or t.text in lexis.generic
        or (t.tag == "eng" and any(c.isdigit() for c in t.text))
        for t in tokens[left:first]
    ):
        return
    if tokens[left].tag == "NAME" and first - left > 1 and not strong:
        after_it = tokens[after] if after < len(tokens) else None
        if after_it is not None and after_it.tag in ("n", "vn") and after_it.text in lexis.things:
            return  # 台电|浮式光电|设备: what a known firm has
    telling = any(
        t.tag in ("ns", "NAME", "nz", "nt", "eng") or lexis.odd(t) or t.freq < 100
        for t in tokens[left:first]
    )
    # 上海|电气: a place and a trade, with no further noun, is a firm.
    if last.text.endswith("公司") and not telling:
        return  # 房地产|开发公司: a kind of firm
    following = tokens[after] if after < len(tokens) else None
    local = (
        left + 1 == first
        and tokens[left].tag == "ns"
        and not verbal
        and (following is None or following.tag not in ("n", "vn"))
    )
    closed = following is None or following.tag in ("v", "nr") or following.tag[0] not in "nvbj"
    certain = (not verbal and telling and (strong or closed)) or (strong and not verbal and placed)
    certain = certain or local
    # Plain words before a trade are a kind of thing more often than a name ("人形|机器人").
    plain = not strong and not telling and not certain
    strength = 2 if certain else 0 if plain else 1
    # 马来西亚|国库|控股: long enough for a name, though its end is a verb too
    long = tokens[left].tag == "ns" and first - left > 1 and last.end - start > 5
    placed = placed and (long or not verbal) and (not plain or last.end - start == 4)
    yield Proposal(start, last.end, code, strength, placed=placed)


def _coined(lexis: ChineseLexis, text: str, token: Token, end: int) -> bool:
    """跃动|体育: a seldom verb before a trade, where names stand.

    Args:
        end: where the trade ends.
    """
    start = token.start
    opening = start == 0 or not text[start - 1].isalnum() or text.endswith(lexis.before, 0, start)
    opening = opening or any(text[start - n : start] in lexis.heads for n in (2, 3, 4))
    return opening and token.freq < _RARE and end - start == 4


def _odd_left(lexis: ChineseLexis, tokens: list[Token], first: int) -> int:
    """How far odd characters reach to the left of an end."""
    left = first
    while left > 0 and tokens[first].start - tokens[left - 1].start <= 6:
        token = tokens[left - 1]
        if lexis.odd(token) or (token.tag == "NAME" and left == first):
            left -= 1
        elif token.tag == "eng" and token.text.isupper() and token.text not in lexis.latin_stop:
            left -= 1  # HD|现代|重工
            break
        elif (
            len(token.text) == 1
            and left == first
            and left > 1
            and token.text not in lexis.stops
            and token.text.isalpha()
            and lexis.odd(tokens[left - 2])
            and tokens[left - 2].freq < 3000
        ):
            left -= 2  # 遨|天|科技: a common character between an odd one and the end
        elif (
            len(token.text) == 1
            and left < first
            and token.text not in lexis.stops
            and is_chinese(token.text)
            and tokens[left].freq < 3000
            and len(tokens[left].text) == 1
            and tokens[first].start - token.start <= 3
        ):
            left -= 1  # 高|瓴|资本: a common character that leans on an odd one
        else:
            break
    return left


def odd_runs(lexis: ChineseLexis, text: str, tokens: list[Token]) -> Iterator[Proposal]:
    """Runs of characters that ordinary words do not account for."""
    i = 0
    while i < len(tokens):
        if not lexis.odd(tokens[i]):
            i += 1
            continue
        first = i
        while i < len(tokens) and lexis.odd(tokens[i]):
            i += 1
        start, end = tokens[first].start, tokens[i - 1].end
        if _describes(lexis, tokens, i) and end - start < 4:
            continue
        # 沃|飞|长空: a plain noun may close an odd name before a boundary.
        if i < len(tokens) and i - first >= 2 and _closes(lexis, tokens, i):
            end = tokens[i].end
        # 厂|上|诠: after a kind of firm even a grammar character belongs to the name.
        if (
            i - first == 1
            and first > 1
            and tokens[first].freq < 100
            and len(tokens[first].text) == 1
        ):
            before = tokens[first - 1]
            if (
                len(before.text) == 1
                and before.text.isalpha()
                and tokens[first - 2].text in lexis.heads
            ):
                start = before.start
        # 、|中|芯|聚|源: no grammar stands between a mark and a name
        fronted = text[start - 1 : start] in lexis.fronts and (
            start == 1 or text[start - 2] in "、,。;:与和及"
        )
        start -= fronted
        size = end - start
        if 2 <= size <= 6:
            singles = [t for t in tokens[first:i] if len(t.text) == 1]
            rare = sum(t.freq < 4000 for t in singles)
            # 科|丝|美|诗: characters that form no words, where nothing stands before
            alone = start == 0 or not text[start - 1].isalnum()
            certain = len(singles) >= 3 and (rare >= 2 or alone)
            # 跑腿公司|闪|蚁: two odd characters behind a kind of firm
            headed = len(singles) == size == 2 and rare == 2
            headed = headed and first > 0 and tokens[first - 1].text in lexis.heads
            yield Proposal(
                start, end, "", 2 if certain and lexis.placed(text, start, end) else 1,
                placed=fronted or headed or (rare >= 1 and lexis.placed(text, start, end)),
            )  # fmt: skip


def _closes(lexis: ChineseLexis, tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    after = tokens[i + 1].text if i + 1 < len(tokens) else "。"
    return (
        len(token.text) == 2
        and token.tag in ("n", "ns", "nz", "nr")
        and token.text not in lexis.vocabulary
        and after in ("、", "与", "和", "及", ",", "。", ";")
    )
