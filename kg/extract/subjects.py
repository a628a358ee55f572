"""Who does what a verb says: the grammatical subject of a verb in a masked sentence.

Patterns of relations.toml describe what stands around a verb; where its subject stands depends on
the build of the sentence, which is the same for all verbs: "X, which bought Y", "X sold A and
bought Y", "X, a maker of Z, has bought Y", "buying Y, X …", "A宣布,拟斥资…收购Y". So it is found
here, once, from the words of lexicon/<language>/grammar.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.extract.masks import Mask
from kg.extract.word_files import either

#: Marks that end a clause, and those that end what a subject can reach.
_CLAUSE = ",:("
_SEGMENT = ";。"
#: A subject stands no farther before its verb: the cost of an endless sentence stays linear.
_REACH = 300
#: The number of a list's entry, what it is called, a colon.
_HEADING = re.compile("[^\ue000-\uf8ff,;:。]{0,6}[\ue000-\uf8ff]:")
#: What brackets say of a name is no part of what it does.
_BRACKETED = re.compile(r"\([^()]*\)")
#: Nor do the words that govern a name or a verb reach farther.
_WORDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """grammar.toml of one language, compiled; each pattern matches at the end of what precedes.

    Args:
        auxiliary: words between a subject and its verb ("has agreed to").
        oblique: words after which a name is no subject ("from", "向").
        governing: verbs whose object a name is; it is the subject of a verb that follows at once.
        coordinator: after it the sentence's main subject goes on ("and", "并").
        conjunction: of the oblique words those that may begin a clause ("after X founded Y").
        relative: after it the name before it is the subject ("which").
        aside: how a remark between commas begins ("a maker of …", "based in …").
        genitive: at a name's end: the name only owns what is spoken of; None when it may act.
        stopping: a verb, its object and "from": the object would have done what follows.
        noun: after it a word that may be a verb is a noun ("a", a sum).
        idle: words that may stand before a verb without being its subject ("此前", "later").
        passive: how a participle of what is done to somebody begins ("owned by").
        partitive: before a name that alone of those spoken of does what follows ("其中A").
        agentive: of the oblique words those before whoever does what the verb says ("由A改建").
        attributive: all that stands between a name and the next when the first only tells which one
            the next is ("A参股的B,获…").
        fronted: a clause that begins with its verb is about what follows it ("Backed by X, Y …").
    """

    auxiliary: re.Pattern[str]
    oblique: re.Pattern[str]
    governing: re.Pattern[str]
    coordinator: re.Pattern[str]
    conjunction: re.Pattern[str]
    relative: re.Pattern[str]
    aside: re.Pattern[str]
    genitive: re.Pattern[str]
    stopping: re.Pattern[str]
    noun: re.Pattern[str]
    idle: re.Pattern[str]
    passive: re.Pattern[str]
    partitive: re.Pattern[str]
    agentive: re.Pattern[str]
    member: re.Pattern[str]
    attributive: re.Pattern[str]
    fronted: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the subject of a verb stands.

    Args:
        at: its character in the mask's text; -1 when the sentence does not name it.
        other: words that are no name stand there ("lenders", "这笔资金"): nobody may be put in.
    """

    at: int
    other: bool = False


@dataclass(frozen=True, slots=True)
class _Finder:
    """One search: a mask, the language, what may be a subject."""

    mask: Mask
    grammar: Grammar
    kinds: frozenset[str]

    def fits(self, i: int) -> bool:
        """Whether the character at an offset is a name that may be a subject."""
        items = self.mask.items.get(self.mask.text[i])
        return items is not None and bool(items[0].mentions) and items[0].kind in self.kinds

    def free(self, low: int, i: int) -> bool:
        """Whether a name is neither governed by a preposition nor a mere owner."""
        text, grammar = self.mask.text, self.grammar
        near = max(low, i - _WORDS)
        if grammar.oblique.search(text, near, i) or grammar.governing.search(text, near, i):
            return False
        return not grammar.genitive.match(text, i + 1)

    def row(self, low: int, i: int) -> int:
        """Where the names begin of which the one at an offset is the last, with nothing between."""
        while i > low and self.fits(i - 1):
            i -= 1
        return i

    def headed(self, low: int, verb: int) -> int:
        """Where the words behind an entry's heading begin ("二、永安案:A将…,获…"): what the entry
        is called is no subject where a name follows."""
        found = _HEADING.match(self.mask.text, low) if low == 0 else None
        if found is None or found.end() > verb:
            return low
        items = self.mask.items.get(self.mask.text[found.end() - 2])
        if items is None or items[0].kind not in ("Project", "quote"):
            return low
        return found.end() if self.main(found.end(), verb) >= 0 else low

    def nearest(self, low: int, before: int) -> int:
        """The last name before an offset."""
        return next((i for i in range(before - 1, low - 1, -1) if self.fits(i)), -1)

    def antecedent(self, low: int, relative: int) -> Subject:
        """Of whom a relative clause speaks: the name before it; with a noun between, and that in a
        remark, the name before the remark ("X, a former Y banker who founded Z")."""
        text, near = self.mask.text, self.nearest(low, relative)
        between = text[near + 1 : relative].rstrip(" ,") if near >= 0 else ""
        if not self.grammar.fronted or not re.fullmatch(r"(?:['’]s)?(?: [a-z-]+){1,3}", between):
            return Subject(near)
        opening = max(text.rfind(mark, low, near) for mark in ",(")
        told = opening > low and self.grammar.aside.match(text, opening + 1)
        if told and self.fits(opening - 1):
            return Subject(opening - 1)
        # "the Y banker who founded Z": somebody without a name
        human = re.match(r"[, ]*who\b", text[relative:]) is not None
        return Subject(-1, other=True) if human else Subject(near)

    def main(self, low: int, before: int) -> int:
        """The first name of a segment that may be its subject; behind a colon, the name that begins
        what is told there ("A另有打算:旗下B去年买下C")."""
        colon = self.mask.text.rfind(":", low, before) + 1
        told = next((i for i in range(colon, min(colon + 3, before)) if self.fits(i)), -1)
        if colon and told >= 0 and self.free(colon, told) and self.mask.text[before - 1] != ":":
            return told
        names = (i for i in range(low, before) if self.fits(i))
        return next((i for i in names if self.free(low, i) and not self.attributive(i, before)), -1)

    def attributive(self, i: int, before: int) -> bool:
        """Whether a name only tells which one the next is, before the verb."""
        found = self.grammar.attributive.match(self.mask.text, i + 1, before)
        if found is None or found.end() == before:
            return False
        items = self.mask.items.get(self.mask.text[found.end()], ())
        return bool(items) and bool(items[0].mentions)

    def across(self, low: int, clause: int, passive: bool) -> int:
        """The subject of a verb that follows a comma: the name before the remark that the comma
        ends, the name just before it for a participle, else the segment's main one."""
        text = self.mask.text
        if passive and clause - 2 >= low and self.fits(clause - 2):
            return clause - 2
        opening = max(text.rfind(mark, low, clause - 1) for mark in ",(")
        for start in (opening, text.rfind(",", low, max(low, opening))):
            part = self.grammar.partitive.match(text, start + 1) if start > low else None
            if part and part.end() < clause and self.fits(part.end()):
                return part.end()
        aside = opening > low and self.grammar.aside.match(text, opening + 1)
        if aside and self.fits(opening - 1):
            return opening - 1
        return self.main(low, clause)

    def after(self, at: int) -> int:
        """The first name after the comma that closes a clause without a subject."""
        text = self.mask.text
        comma = text.find(",", at)
        end = min((i for m in _SEGMENT if (i := text.find(m, at)) >= 0), default=len(text))
        if not 0 <= comma < end:
            return -1
        names = (i for i in range(comma + 1, min(end, comma + 60)) if self.fits(i))
        return next((i for i in names if self.free(comma + 1, i)), -1)


def subject_before(
    mask: Mask, at: int, grammar: Grammar, kinds: frozenset[str], passive: bool
) -> Subject:
    """The subject of the verb that begins at an offset of a mask's text.

    Args:
        kinds: what kinds of names it may be; others are passed over.
        passive: the verb is a participle of what is done to the subject ("bought by").
    """
    if grammar.noun.search(mask.text, max(0, at - _WORDS), at):
        return Subject(-1, other=True)  # "share a $3m order for pumps": no verb at all
    participle = grammar.passive.match(mask.text, at) is not None
    passive = passive or participle
    # Of "X, which sells to Y, buys Z" Y buys nothing.
    near = participle if grammar.fronted else passive
    if grammar.fronted and ")" in mask.text[:at]:
        mask = replace(
            mask, text=_BRACKETED.sub(lambda m: " " * len(m[0]), mask.text[:at]) + mask.text[at:]
        )
    find, text = _Finder(mask, grammar, kinds), mask.text
    low = max(0, at - _REACH, max(text.rfind(mark, 0, at) for mark in _SEGMENT) + 1)
    low = find.headed(low, at)
    verb = at
    if found := grammar.auxiliary.search(text, max(low, at - 2 * _WORDS), at):
        verb = found.start()
    if found := grammar.stopping.search(text, max(low, verb - 2 * _WORDS), verb):
        return Subject(find.nearest(found.start(), verb))  # "barred X from buying Y"
    if found := grammar.relative.search(text, max(low, verb - 2 * _WORDS), verb):
        return find.antecedent(low, found.start())
    clause = max(low, max(text.rfind(mark, low, verb) for mark in _CLAUSE) + 1)
    own = text[clause:verb]
    if not own.strip() and clause - 2 >= low and text[clause - 1] == "(" and find.fits(clause - 2):
        return Subject(clause - 2)  # "its shareholder X (owning 34%)"
    opens = not text[low:clause].strip(" ,:(")
    if not own.strip():
        if opens:
            return Subject(find.after(at) if grammar.fronted else -1)
        return Subject(find.across(low, clause, near and verb == at))
    if found := grammar.coordinator.search(text, max(clause, verb - _WORDS), verb):
        if opens and grammar.fronted and not text[clause : found.start()].strip():
            return Subject(find.after(at))
        return Subject(find.main(low, found.start()))
    for i in range(verb - 1, clause - 1, -1):
        left = max(clause, i - _WORDS)
        if not find.fits(i):
            continue
        if grammar.oblique.search(text, left, find.row(left, i)):
            if not passive and grammar.agentive.search(text, left, find.row(left, i)):
                return Subject(i)
            if i == verb - 2 and not passive and grammar.conjunction.search(text, left, i):
                return Subject(i)  # "eight years after X founded Y"
            continue
        if i == verb - 1 or not grammar.governing.search(text, left, i):
            if grammar.genitive.match(text, i + 1):
                return Subject(-1, other=True)
            return Subject(i)
    if not opens and grammar.aside.match(own) and find.fits(clause - 2):
        return Subject(clause - 2)
    rest = grammar.idle.sub("", own)
    named = any(find.fits(i) for i in range(clause, verb))
    other = not named and sum(c.isalpha() and c not in mask.items for c in rest) > 2
    if other and grammar.fronted:
        return Subject(-1, other=True)
    return Subject(find.main(low, clause), other=other)


def remarked(mask: Mask, at: int, grammar: Grammar) -> bool:
    """Whether a name stands at the end of a remark on another: the second of "X, a unit of Y, put
    money into Z" does nothing in the sentence.

    Args:
        at: where the name stands in the mask's text.
    """
    text = mask.text
    if not text.startswith(", ", at + 1):
        return False
    further = grammar.aside.match(text, at + 2)
    # "X, a unit of Y, a maker of Z", but not "X, a unit of Y, duly put …"
    if further and not grammar.auxiliary.search(text, at + 2, further.end()):
        return False
    opening = max(text.rfind(mark, 0, at) for mark in _CLAUSE + _SEGMENT)
    if opening < 1 or text[opening] != "," or not grammar.oblique.search(text, opening, at):
        return False
    named = mask.items.get(text[opening - 1])
    return bool(named and named[0].mentions) and grammar.aside.match(text, opening + 1) is not None


def attached(mask: Mask, at: int, grammar: Grammar) -> bool:
    """Whether a name only tells where a person works: "Lin Farrugia of the X Institute proposed".

    Args:
        at: where the name stands in the mask's text.
    """
    found = grammar.member.search(mask.text, max(0, at - _WORDS), at)
    before = mask.text[: found.start()].rstrip() if found else ""
    items = mask.items.get(before[-1:], ())
    return bool(items) and items[0].kind == "Person"


def compile_grammar(words: Mapping[str, tuple[str, ...]], spaced: bool, times: str) -> Grammar:
    """Compiles grammar.toml.

    Args:
        words: key → alternatives, regular expressions in which {T} is a time.
        times: the characters that stand for times in a mask, as the inside of a class.
        spaced: whether the language writes spaces.

    Raises:
        re.error: an alternative is no regular expression.
    """
    words = {k: tuple(w.replace("{T}", f"[{times}]") for w in ws) for k, ws in words.items()}

    def ending(key: str, more: str = "") -> re.Pattern[str]:
        inner = either(words.get(key, ()))
        edge = r"(?<![a-z'’-])" if spaced else ""
        return re.compile(rf"{edge}(?:{inner}){more}\s*$", re.IGNORECASE)

    inner = either(words.get("auxiliary", ()))
    edge = r"(?<![a-z'’-])" if spaced else ""
    idle = either(words.get("idle", ()))
    return Grammar(
        auxiliary=re.compile(rf"(?:{edge}(?:{inner})\s*)+$", re.IGNORECASE),
        oblique=ending("oblique"),
        governing=ending("governing"),
        coordinator=ending("coordinator"),
        conjunction=ending("conjunction"),
        relative=ending("relative"),
        aside=re.compile(rf"\s*(?:{either(words.get('aside', ()))})", re.IGNORECASE),
        genitive=re.compile(rf"(?:{either(words.get('genitive', ()))})", re.IGNORECASE),
        stopping=ending("stopping"),
        noun=ending("noun"),
        idle=re.compile(idle, re.IGNORECASE),
        passive=re.compile(either(words.get("passive", ())), re.IGNORECASE),
        partitive=re.compile(either(words.get("partitive", ())), re.IGNORECASE),
        agentive=ending("agentive"),
        member=ending("member"),
        attributive=re.compile(either(words.get("attributive", ())), re.IGNORECASE),
        fronted=bool(words.get("fronted")),
    )
