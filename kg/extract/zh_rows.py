"""Names that their company shows: rows with a name in them, lists after "客户包括"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.proposals import Proposal
from kg.extract.words import Token
from kg.extract.zh_lexis import PROPER, ChineseLexis

_ROW_END = re.compile(r"[,。;:!?()]|等|$")


def rows(lexis: ChineseLexis, tokens: list[Token]) -> Iterator[Proposal]:
    """In "A、B和C", what stands in a row with a name is a name."""
    for i, token in enumerate(tokens):
        if token.tag != "NAME":
            continue
        yield from _neighbour(lexis, tokens, i, -1)
        yield from _neighbour(lexis, tokens, i, 1)


def _neighbour(lexis: ChineseLexis, tokens: list[Token], i: int, step: int) -> Iterator[Proposal]:
    j = i + step
    if not (0 <= j < len(tokens)) or tokens[j].text not in ("、", "和", "与", "及", "以及"):
        return
    j += step
    chunk: list[Token] = []
    while (
        0 <= j < len(tokens)
        and tokens[j].text not in lexis.also
        and (lexis.material(tokens[j]) or (tokens[j].tag == "m" and len(tokens[j].text) == 2))
    ):
        chunk.append(tokens[j])
        j += step
    if step < 0:
        chunk.reverse()
    elif 0 < j < len(tokens) and tokens[j].text in lexis.heads:
        return
    while chunk and chunk[0].tag == "ns" and len(chunk) > 1:
        chunk.pop(0)
    while chunk and chunk[-1].text.isdigit():
        chunk.pop()  # 经纬航太|7|月: the number belongs to what follows
    size = chunk[-1].end - chunk[0].start if chunk else 0
    if not 2 <= size <= 10 or any(t.tag == "NAME" for t in chunk):
        return
    plain = len(chunk) == 1 or size < 4 or any(t.text in lexis.generic for t in chunk)
    if not plain or any(lexis.odd(t) or t.tag in PROPER or t.text in lexis.strong for t in chunk):
        yield Proposal(chunk[0].start, chunk[-1].end, tokens[i].tag and "", 1, placed=True)


def lists(lexis: ChineseLexis, text: str, tokens: list[Token]) -> Iterator[Proposal]:
    """After "客户包括" every member of the row that follows is a name."""
    for opener in lexis.openers:
        at = text.find(opener)
        while at >= 0:
            end = _ROW_END.search(text, at + len(opener))
            stop = end.start() if end else len(text)
            yield from _members(lexis, tokens, at + len(opener), stop)
            at = text.find(opener, at + 1)


def closed_rows(lexis: ChineseLexis, text: str, tokens: list[Token]) -> Iterator[Proposal]:
    """Before "跟投" every member of the row is a name."""
    for closer in lexis.closers:
        at = text.find(closer)
        while at >= 0:
            left = max(text.rfind(mark, 0, at) for mark in ",。;:(“由") + 1
            stop = len(text[left:at].rstrip("等联合共同")) + left
            yield from _members(lexis, tokens, left, stop)
            at = text.find(closer, at + 1)


def _members(lexis: ChineseLexis, tokens: list[Token], start: int, stop: int) -> Iterator[Proposal]:
    chunk: list[Token] = []
    for token in [*(t for t in tokens if start <= t.start and t.end <= stop), None]:
        if token is None or token.text in ("、", "和", "与", "及", "以及", "的"):
            while len(chunk) > 1 and (
                chunk[0].tag == "ns"
                or chunk[0].text in lexis.heads
                or chunk[0].text in ("老", "新", "老股东", "现有", "本地")
            ):
                chunk.pop(0)
            if chunk and all(
                (lexis.material(t) or t.tag == "m") and t.tag != "NAME" for t in chunk
            ):
                size = chunk[-1].end - chunk[0].start
                common = len(chunk) == 1 and chunk[0].freq > 200 and chunk[0].tag not in PROPER
                if 2 <= size <= 8 and not common:
                    yield Proposal(chunk[0].start, chunk[-1].end, "", 1, placed=True)
            chunk = []
        else:
            chunk.append(token)
