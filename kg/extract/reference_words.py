"""How a language speaks of what it named before: [reference] of reading.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceWords:
    """[reference] of reading.toml: how a language speaks of what it named before.

    Args:
        filing: what a filing calls the firm that files it.
        speaker, we, others: "I", "we", and in an interview those spoken of before.
        own: whoever answers in an interview; for who asks, "you" is the same firm.
        nearest: what means the firm named last; `near`: what means it where one turns to somebody
            (`turned`, before the word; `provided`, behind it).
        elsewhere: what means, beside a name in its own clause, who was named before that clause;
            `entering`, `given`: before such words, that somebody puts money into whom they mean, or
            gives to them.
        customer: between a firm and the word that means it, when somebody else is its customer;
            `bought`, `held`: before and behind the word, when one buys what somebody holds.
        ahead: what may stand for the firm named behind; `concerning`: how a sentence opens then;
            `fronted`: how it opens before what owns.
        possessive: what owns what follows; `beside`: before it, what shows that it is the last
            named's; `opposed`: from it on, what somebody is to another; `joined`: before it, that
            one more thing of the same is told.
        remark: the words of a remark up to what stands for whom it is about.
        fund: "the fund", which is never a firm or an office.
        firm: "the firm" of a text that is about one; `definite`: how words begin that mean another
            than the subject; `holding`: before them, that somebody owns a part of whom was named
            last before the clause.
        former, latter: one and the other of two; `joint`: what joins such two.
        both: the two; `they`: those named together last.
        said: behind what is quoted, who said it; `called`: behind a name, that it tells what
            somebody was; `within`: before it, that something is there.
        oblique: before a name, that nothing is about it; `as_for`: that the rest is.
        owner: behind a name that only owns what is spoken of.
        telling: between the name before a comma and the next, that the next only tells of it.
        predicate: before a name that is told of something else.
        keeps_topic: a text goes on about whom it spoke of, where a sentence names them again
            behind another, or names only a row.
    """

    filing: re.Pattern[str]
    speaker: re.Pattern[str]
    we: re.Pattern[str]
    others: re.Pattern[str]
    own: re.Pattern[str]
    nearest: re.Pattern[str]
    near: re.Pattern[str]
    turned: re.Pattern[str]
    provided: re.Pattern[str]
    elsewhere: re.Pattern[str]
    entering: re.Pattern[str]
    given: re.Pattern[str]
    customer: re.Pattern[str]
    bought: re.Pattern[str]
    held: re.Pattern[str]
    ahead: re.Pattern[str]
    concerning: re.Pattern[str]
    fronted: re.Pattern[str]
    possessive: re.Pattern[str]
    beside: re.Pattern[str]
    opposed: re.Pattern[str]
    joined: re.Pattern[str]
    remark: re.Pattern[str]
    fund: re.Pattern[str]
    firm: re.Pattern[str]
    definite: re.Pattern[str]
    holding: re.Pattern[str]
    former: re.Pattern[str]
    latter: re.Pattern[str]
    joint: re.Pattern[str]
    both: re.Pattern[str]
    they: re.Pattern[str]
    said: re.Pattern[str]
    called: re.Pattern[str]
    within: re.Pattern[str]
    oblique: re.Pattern[str]
    as_for: re.Pattern[str]
    owner: re.Pattern[str]
    telling: re.Pattern[str]
    predicate: re.Pattern[str]
    keeps_topic: bool
