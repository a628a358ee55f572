"""Names that the words around them show: people by their titles, undertakings, openings."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.proposals import Proposal
from kg.extract.words import Token
from kg.extract.zh_lexis import PROPER, ChineseLexis
from kg.text import is_chinese

#: A name of characters that form no words is no longer.
_HELD = 4
#: Behind a kind of firm a name of any words is no longer, and begins with none of these.
_INTRODUCED = 5
#: A word that the dictionary has seen so seldom may be a name by itself.
_SELDOM = 10
#: Parts of speech of which no character of a name is, and of which no whole name is.
_GRAMMAR = frozenset(("d", "p", "c", "r", "u", "uj", "ul", "m"))
_FUNCTION = _GRAMMAR | {"f", "t", "q"}
_PHASES = frozenset(("一期", "二期", "三期", "四期", "一号", "二号", "三号", "首期", "新"))


def people(lexis: ChineseLexis, tokens: list[Token]) -> Iterator[Proposal]:
    """People by the titles before their names."""
    for i, token in enumerate(tokens):
        if token.text not in lexis.titles:
            continue
        after = i + 1
        if after < len(tokens) and tokens[after].text in ("为", "是", "叫", "由"):
            after += 1
        if after >= len(tokens) or tokens[after].tag == "NAME":
            continue
        end = _person_end(lexis, tokens, after)
        if end:
            end = _to_the_end(lexis, tokens, after, end)
            yield Proposal(tokens[after].start, end, "Person", 2)


def _to_the_end(lexis: ChineseLexis, tokens: list[Token], i: int, end: int) -> int:
    """罗靖|为|表示: a character of grammar before who speaks ends the name."""
    behind = [t for t in tokens[i + 1 : i + 4] if t.start >= end][:2]
    if end - tokens[i].start != 2 or len(behind) < 2 or len(behind[0].text) > 1:
        return end
    return end + (behind[0].text in lexis.final and behind[1].text in lexis.speaking)


def _person_end(lexis: ChineseLexis, tokens: list[Token], i: int) -> int:
    """Where a person's name that begins at a token ends; 0 when none does."""
    token = tokens[i]
    if token.text in lexis.vocabulary:
        return 0
    if len(token.text) >= 2:
        if token.tag not in ("nr", "nrt", "nrfg") and token.freq:
            return 0
        follower = tokens[i + 1] if i + 1 < len(tokens) else None
        # 卡帕|西: the dictionary knows only a part of a foreign name.
        longer = (
            follower is not None
            and len(token.text) == 2
            and len(follower.text) == 1
            and is_chinese(follower.text)
            and follower.text not in lexis.stops
            and follower.tag in ("ns", "nr", "n", "x", "g", "ng", "f", "nz", "zg")
        )
        return follower.end if follower is not None and longer else token.end
    if token.text not in lexis.surnames:
        return 0
    end = token.end
    for follower in tokens[i + 1 : i + 3]:
        if (
            end - token.start >= 3
            or not follower.text.isalpha()
            or follower.text in lexis.stops
            or follower.text in lexis.vocabulary
            or not is_chinese(follower.text)
            or (len(follower.text) == 2 and (end - token.start > 1 or follower.freq > 3000))
            or len(follower.text) > 2
            or (len(follower.text) == 1 and follower.tag == "v" and follower.freq > 20000)
        ):
            break
        end = follower.end
    return end if end - token.start >= 2 else 0


def foreign(lexis: ChineseLexis, text: str, tokens: list[Token]) -> Iterator[Proposal]:
    """Names written by their sound after a country ("德国|赛多利斯")."""
    for token in tokens:
        if token.tag != "ns" or token.text.endswith(("市", "省", "县", "区")):
            continue
        match = lexis.foreign.match(text, token.end)
        if match and not lexis.words.common(match.group(), 1):
            yield Proposal(match.start(), match.end(), "", 1, placed=True)


def things(lexis: ChineseLexis, tokens: list[Token]) -> Iterator[Proposal]:
    """Undertakings without a name of their own: "苏州二期基地", "AI光学新厂"."""
    for i, token in enumerate(tokens):
        code = lexis.things.get(token.text)
        numbered = code == "Product" and i > 0 and tokens[i - 1].text.endswith("号")
        if code is None or (code != "Project" and not numbered):
            continue
        left = i
        while (
            left > 0
            and token.end - tokens[left - 1].start <= 12
            and tokens[left - 1].text not in lexis.builders
            and _modifies(lexis, tokens[left - 1])
        ):
            left -= 1
        words = tokens[left:i]
        while words and (
            (words[0].text in lexis.generic and words[0].tag != "eng") or words[0].tag == "m"
        ):
            words = words[1:]
        if not words:
            continue
        if token.text in lexis.intending and words[-1].text in lexis.strong:
            continue  # 沂沭水务集团|计划: who plans something
        if (
            i + 1 < len(tokens)
            and tokens[i + 1].tag in ("n", "vn")
            and (tokens[i + 1].text not in lexis.enders)
        ):
            continue
        verb = i - len(words) - 1
        # 合资|的|桥头|算力中心, 建|一座|…: what lies between the verb and what is built
        while verb > 0 and (tokens[verb].tag in ("m", "q") or tokens[verb].text == "的"):
            verb -= 1
        built = verb >= 0 and tokens[verb].text in lexis.builders
        built = built and token.end - words[0].start >= 4
        plain = len(words) < 2 and words[0].tag != "ns" and words[0].text not in _PHASES
        if (len(token.text) < 2 or plain) and not built:
            continue
        if built or any(
            numbered or w.tag in ("ns", "eng") or w.text in _PHASES or lexis.odd(w) for w in words
        ):
            yield Proposal(words[0].start, token.end, code, 2)


def _modifies(lexis: ChineseLexis, token: Token) -> bool:
    if lexis.strong.get(token.text) in ("GovernmentBody", "Fund"):
        return False
    if token.tag == "NAME" or token.text in lexis.stops or not token.text[0].isalnum():
        return False
    if token.text in lexis.trade or token.text in _PHASES:
        return True
    if token.tag in ("eng", "ns", "b", "vn", "nz"):
        return True
    return token.tag[0] in "nja" or token.tag in ("x", "l")


def anchored(lexis: ChineseLexis, tokens: list[Token]) -> Iterator[Proposal]:
    """Plain words at the start of a clause before "宣布" or "创始人", or after "动画公司"."""
    for i, token in enumerate(tokens):
        opening = i == 0 or tokens[i - 1].text in ",。;:!?[]“”"
        before = tokens[i - 1].text if i else ""
        led = before == "的" or before in lexis.heads or before in lexis.belonging
        if not (opening or led) or token.tag == "NAME" or token.text in lexis.generic:
            continue
        headed = i > 1 and tokens[i - 1].text in lexis.heads and lexis.material(tokens[i - 2])
        headed = headed or _owned(lexis, tokens, i)
        if not (opening or headed):
            continue
        j = i
        while j < len(tokens) and _nominal(lexis, tokens[j]) and tokens[j].end - token.start <= 8:
            j += 1
        if j == i or j >= len(tokens):
            continue
        size = tokens[j - 1].end - token.start
        telling = any(lexis.odd(t) or t.tag in PROPER or t.freq < 300 for t in tokens[i:j])
        closed = tokens[j].text in lexis.anchors or tokens[j].text in lexis.titles
        closed = closed or (
            headed and (tokens[j].text in lexis.stops or tokens[j].text in lexis.also)
        )
        if headed and not closed:
            closed = not tokens[j].text.isalnum()
        if size >= 3 and (j - i >= 2 or token.freq < 20) and telling and closed:
            yield Proposal(token.start, tokens[j - 1].end, "", 1, placed=True)


def introduced(lexis: ChineseLexis, tokens: list[Token]) -> Iterator[Proposal]:
    """Whatever words stand between a kind of firm and what it does: 送餐机器人商|跑腿虎|停掉."""
    for i, token in enumerate(tokens[2:], 2):
        head = tokens[i - 1].text
        kind = head in lexis.heads or head in lexis.suffixes
        if not kind or head in lexis.belonging or not lexis.material(tokens[i - 2]):
            continue
        if token.tag == "NAME" or token.tag in _FUNCTION or token.text in lexis.generic:
            continue
        j = i
        while j < len(tokens) and tokens[j].end - token.start <= _INTRODUCED:
            word = tokens[j]
            if not is_chinese(word.text) or word.tag == "NAME" or _ends_names(lexis, word):
                break
            if any(c in lexis.stops for c in word.text) or word.text in lexis.vocabulary:
                break
            if word.tag == "m":
                break  # 饼店|福荫堂|八成
            j += 1
        if j == i or j >= len(tokens):
            continue
        size = tokens[j - 1].end - token.start
        closed = _ends_names(lexis, tokens[j]) or tokens[j].text in lexis.stops
        closed = closed or not tokens[j].text.isalnum()
        odd = size > 2 and j - i > 1 and any(len(t.text) == 1 for t in tokens[i:j])
        if odd or (j - i == 1 and token.freq < _SELDOM):
            yield Proposal(token.start, tokens[j - 1].end, "", 1, placed=closed)


def _ends_names(lexis: ChineseLexis, token: Token) -> bool:
    """Whether a word stands behind names and in none: a verb, a title."""
    word = token.text
    return any(word in words for words in (lexis.also, lexis.anchors, lexis.titles, lexis.after))


def _owned(lexis: ChineseLexis, tokens: list[Token], i: int) -> bool:
    """Whether a word follows what it is to somebody else: "X的子公司|锐锻", "旗下的|镇海"."""
    words = [t.text for t in tokens[max(0, i - 2) : i]]
    return (words[-1:] == ["的"] and words[0] in lexis.belonging and words[0][-1] == "下") or (
        len(words) == 2 and words[0] in ("的", "之") and words[1] in lexis.belonging
    )


def held(lexis: ChineseLexis, tokens: list[Token]) -> Iterator[Proposal]:
    """Characters that form no words, said to be under a known name: 华住集团旗下的|花间堂."""
    for i, token in enumerate(tokens):
        if token.text not in lexis.belonging or token.text[-1] != "下":
            continue
        if i == 0 or (tokens[i - 1].tag != "NAME" and tokens[i - 1].text not in lexis.strong):
            continue
        first = last = i + 1 + (tokens[i + 1 : i + 2] != [] and tokens[i + 1].text == "的")
        while last < len(tokens) and last - first < _HELD and _single(tokens[last]):
            last += 1
        run = tokens[first:last]
        if len(run) > 1 and run[0].text not in lexis.stops and run[-1].text not in lexis.stops:
            yield Proposal(run[0].start, run[-1].end, "", 2)


def _single(token: Token) -> bool:
    """Whether a word is one character that names are made of."""
    plain = len(token.text) == 1 and is_chinese(token.text)
    return plain and token.tag not in _GRAMMAR


def founded(lexis: ChineseLexis, tokens: list[Token]) -> Iterator[Proposal]:
    """Whatever words open a clause before "创始人" and a person's name ("走走创始人郁青禾")."""
    for i, token in enumerate(tokens[:-1]):
        if token.text not in lexis.founders:
            continue
        if tokens[i + 1].tag != "NAME" and not _person_end(lexis, tokens, i + 1):
            continue
        left = i
        while left > 0 and i - left < 3 and _speaks(lexis, tokens[left - 1]):
            left -= 1
        opening = left == 0 or not tokens[left - 1].text.isalnum()
        opening = opening or tokens[left - 1].text in lexis.before
        if opening and left < i and 2 <= token.start - tokens[left].start <= 6:
            yield Proposal(tokens[left].start, token.start, "Company", 1, placed=True)


def _speaks(lexis: ChineseLexis, token: Token) -> bool:
    """Whether a word may be a whole name: none of grammar, of kinds of firms or of openings."""
    return (
        token.tag != "NAME"
        and is_chinese(token.text)
        and not any(c in lexis.stops for c in token.text)
        and token.text not in lexis.before
        and (token.text in lexis.trade or not lexis.is_kind(token.text))
    )


def _nominal(lexis: ChineseLexis, token: Token) -> bool:
    """A word that names may be made of, when nothing else says so."""
    if not lexis.plain(token):
        return False
    return lexis.odd(token) or token.tag[0] in "nxjg" or token.tag in ("vn", "b", "a", "zg", "z")
