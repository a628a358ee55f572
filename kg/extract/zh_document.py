"""Names that a Chinese document as a whole shows: short forms of long ones, quoted ones used later
without quotes, plain words that recur where names stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from kg.extract.words import Token
from kg.extract.zh_lexis import PROPER, ChineseLexis
from kg.text import is_chinese, places

#: Of a word that the dictionary has seen so often, only its place in a clause tells that it is a
#: name.
_COMMON = 30
#: A name of plain words is said at least so often in a document, and is no longer than this.
_OFTEN, _LONGEST = 3, 6
#: What stands before a title is so long; when longer than two it need not be said as often.
_SIZES, _AGAIN = (2, 3, 4), 2
_QUOTED = re.compile("“([^“”\\W]{2,6})”")
_MARKS = frozenset(",。;:!?、()[]“”《》—\n")


def short_forms(
    lexis: ChineseLexis, names: Mapping[str, str], text: str, subjects: Set[str]
) -> dict[str, str]:
    """Long names without their end, where the document uses them so, with their classes.

    Args:
        names: name → class.
        text: the document.
        subjects: words that begin a clause and are followed by what names are followed by.
    """
    found: dict[str, str] = {}
    for name in sorted(names):
        if not is_chinese(name):
            continue
        for front in lexis.offices:
            rest = name.removeprefix(front)
            if rest != name and len(rest) > 3 and text.count(rest) > text.count(name):
                found[rest] = names[name]  # 国家|太空中心
        stem = lexis.without_end(name)
        if stem == name or stem in lexis.generic or not is_chinese(stem):
            continue
        if stem in names:
            # 海澜湾|航运: a firm that is called like a place no dictionary knows
            if names[stem] == "Place" and not lexis.is_place(stem):
                found[stem] = names[name]
            continue
        if lexis.words.common(stem, _COMMON) and stem not in subjects:
            continue
        if text.count(stem) > text.count(name):
            found[stem] = names[name]
    return found


def extended(lexis: ChineseLexis, names: Mapping[str, str], text: str) -> dict[str, str]:
    """Names with the noun that follows wherever they are said ("应烁|高温"), with their classes.

    Args:
        names: name → class.
        text: the document.
    """
    found: dict[str, str] = {}
    for name in sorted(names):
        if names[name] not in ("", "Company") or not is_chinese(name) or len(name) > 4:
            continue
        if name.endswith(lexis.ends) or lexis.is_place(name):
            continue
        behind = {text[at.end() : at.end() + 2] for at in re.finditer(re.escape(name), text)}
        word = behind.pop()
        if behind or len(word) < 2 or not is_chinese(word) or text.count(name) < 2:
            continue
        if f"“{name}{word}”" in text:
            continue  # what stands in quotes has a kind of its own
        noun = lexis.words.tag(word) in ("n", "nz") and word not in lexis.vocabulary
        if noun and word not in lexis.titles and word not in lexis.generic:
            found[name + word] = names[name]
    return found


def firms(lexis: ChineseLexis, names: Mapping[str, str], text: str) -> dict[str, str]:
    """Names that sound like places and are firms': somebody is their chief ("蓝屿远洋总经理").

    Args:
        names: name → class.
        text: the document.
    """
    return {
        name: "Company"
        for name, code in names.items()
        if code == "Place" and is_chinese(name) and not lexis.is_place(name)
        and any(text.startswith(lexis.chiefs, at + len(name)) for at in places(name, text))
    }  # fmt: skip


def quoted(lexis: ChineseLexis, text: str) -> Iterator[str]:
    """What a kind of firm stands before in quotes, and elsewhere no quotes stand (连锁“九酥坊”)."""
    for match in _QUOTED.finditer(text):
        name, at = match.group(1), match.start()
        headed = any(text[at - n : at] in lexis.heads for n in (2, 3, 4))
        if headed and is_chinese(name) and text.count(name) > text.count(f"“{name}”"):
            yield name


def shown(lexis: ChineseLexis, text: str) -> Iterator[str]:
    """Names that the document as a whole shows, however its words are cut.

    Args:
        text: the document.
    """
    yield from baptized(lexis, text)
    yield from quoted(lexis, text)
    yield from entitled(lexis, text)


def subjects(lexis: ChineseLexis, cuts: Sequence[Sequence[Token]]) -> dict[str, Sequence[Token]]:
    """Runs of up to three plain words that begin a clause and end before a verb or a title of the
    lexicon, each with its words.

    Args:
        cuts: the words of each paragraph.
    """
    found: dict[str, Sequence[Token]] = {}
    for tokens in cuts:
        for i, token in enumerate(tokens):
            if i and tokens[i - 1].text not in _MARKS:
                continue
            for j in range(i, min(i + 3, len(tokens) - 1)):
                if not _may_act(lexis, tokens[j]) or tokens[j].end - token.start > _LONGEST:
                    break
                if _acts(lexis, tokens, j + 1):
                    run = tokens[i : j + 1]
                    found.setdefault("".join(t.text for t in run), run)
    return found


def repeated(
    lexis: ChineseLexis, openings: Mapping[str, Sequence[Token]], text: str
) -> Iterator[str]:
    """Runs of two or three words that no dictionary joins, said again and again ("青瓷坊").

    Args:
        openings: what `subjects` found.
        text: the document.
    """
    for name, run in openings.items():
        if len(run) < 2 or len(name) < 3 or text.count(name) < _OFTEN:
            continue
        if run[0].text not in lexis.generic and any(lexis.odd(t) or t.tag in PROPER for t in run):
            yield name


def entitled(lexis: ChineseLexis, text: str) -> Iterator[str]:
    """What stands before a title or behind a kind of firm and recurs among other words ("映都",
    from "映都主席"): two to four characters that no dictionary joins.

    Args:
        text: the document.
    """
    titles = lexis.titles | lexis.belonging | lexis.anchors
    kinds = {head for head in lexis.heads if len(head) > 1}
    before = [at for word in titles if word in text for at in places(word, text)]
    behind = [at + len(word) for word in kinds if word in text for at in places(word, text)]
    near = [[text[at - n : at] for n in _SIZES if at >= n] for at in before]
    near += [[text[at : at + n] for n in _SIZES] for at in behind]
    recurring = _recurring(lexis, {name for names in near for name in names}, text)
    longest = (max(recurring.intersection(names), key=len, default="") for names in near)
    yield from sorted({name for name in longest if name})


def _recurring(lexis: ChineseLexis, names: Set[str], text: str) -> set[str]:
    """Those of some strings that are said often, each time among other words, and are no plain
    words."""
    names = {name for name in names if _may_name(lexis, name)}
    found = {name: list(places(name, text)) for name in names}
    return {
        name
        for name, at in found.items()
        if len(at) >= (_AGAIN if len(name) > 2 else _OFTEN)
        and len({text[i - 1 : i] for i in at}) > 1
        and len({text[i + len(name) : i + len(name) + 1] for i in at}) > 1
    }


def _may_name(lexis: ChineseLexis, name: str) -> bool:
    """Whether a string may be a name that no dictionary knows."""
    if not name.isalpha() or not is_chinese(name):
        return False
    if name in lexis.alone or name.startswith(lexis.starts) or name[0] in lexis.stops:
        return False
    tokens = lexis.cut(name, [])
    return (
        len(tokens) > 1
        and lexis.odd(tokens[0])
        and tokens[-1].text not in lexis.enders
        and not any(t.text in lexis.titles or t.text in lexis.also for t in tokens)
    )


def baptized(lexis: ChineseLexis, text: str) -> Iterator[str]:
    """What is quoted where somebody names it and said again without quotes."""
    for match in lexis.naming.finditer(text):
        name = match.group(1)
        if is_chinese(name) and text.count(name) > text.count(f"“{name}”"):
            yield name


def _acts(lexis: ChineseLexis, tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb or a title of the lexicon stands at a place, adverbs passed over."""
    while at < len(tokens) - 1 and tokens[at].tag == "d":
        at += 1
    return tokens[at].text in lexis.also or tokens[at].text in lexis.anchors


def _may_act(lexis: ChineseLexis, token: Token) -> bool:
    return lexis.plain(token) and token.tag[0] in "nvajzxgb"
