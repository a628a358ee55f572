"""A report and its denial, told in two sentences: "有媒体称A将收购B。B回应:从未接触。"

Patterns see one sentence at a time. Here a reported claim that the next sentences deny becomes a
denial, recorded with the sentence that denies it; and what is denied is not asserted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace

from kg.claim import Claim, Evidence
from kg.extract.reader import Sentence

_CLAUSE_END = re.compile(r"[,.;!?。]")
#: So many sentences later a denial still speaks of the report.
_REACH = 2


def settle(
    read: Iterable[tuple[Sentence, Sequence[Claim], Sequence[Claim]]],
    evidence: Callable[[Sentence], Evidence],
    persons: Set[str],
) -> Iterator[tuple[Sentence, list[Claim]]]:
    """Turns reports that are denied into denials.

    Args:
        read: the sentences of a document in order, with the claims of each and with what each asks
            or passes on without claiming it.
        evidence: makes the quote for a denial that fills a sentence.
        persons: relations that only people have: who leads a firm, who founded it.

    Yields:
        The sentences with their claims, denied reports taken out and denials put in.
    """
    settled: list[tuple[Sentence, list[Claim]]] = []
    reports: list[tuple[int, Claim]] = []
    denied: list[Claim] = []
    asked = False
    for number, (sentence, claims, told) in enumerate(read):
        kept = list(claims)
        own = [c for c in kept if c.negated]
        settling: list[Claim] = []
        no = asked and _answers_no(sentence)
        if no or _denies(sentence):
            for at, claim in reports:
                if own and not _more(claim, own, [c for a, c in reports if a == at]):
                    continue
                next_ = number - at == 1
                near = next_ and not _strangers(sentence, claim)
                near = near and bool(sentence.language.cues.search("report", _words(sentence)))
                near = next_ and (near or no or _waves_away(sentence))
                near = near or (next_ and not own and _of_doer(sentence, claim))
                if number - at <= _REACH and (near or _speaks_of(sentence, claim)):
                    kept.append(_denial(claim, evidence(sentence)))
                    settling.append(claim)
        denied += [c for c in kept if c.negated]
        reports = [(at, c) for at, c in reports if c not in settling]
        spoken = [c for c in kept if not c.negated and _reported(sentence, c)]
        reports += [(number, c) for c in _matters(dict.fromkeys([*spoken, *told]), persons)]
        settled.append((sentence, kept))
        asked = sentence.question
    for sentence, claims in settled:
        passed_on = sentence.headline or sentence.language.cues.search("report", _words(sentence))
        yield (
            sentence,
            [
                c
                for c in claims
                if c.negated or not _mere(c, bool(passed_on)) or not _among(c, denied)
            ],
        )


def _mere(claim: Claim, told: bool) -> bool:
    """Whether a claim only says what its denial denies. A rumour with a sum of its own says more:
    it is kept beside the denial, for the reader to see both."""
    return claim.amount is None if claim.status == "rumoured" else told


def _words(sentence: Sentence) -> str:
    return sentence.view.text[sentence.start : sentence.end]


def _denies(sentence: Sentence) -> bool:
    cues, text = sentence.language.cues, _words(sentence)
    if sentence.question:
        return False
    if cues.search("denial_of_report", text) or cues.search("denial_elliptic", text):
        return True
    return bool(cues.search("denial", text)) and bool(cues.search("speech", text))


def _answers_no(sentence: Sentence) -> bool:
    """Whether the first clause of an answer denies what was asked."""
    first = _CLAUSE_END.split(_words(sentence).partition(":")[2] or _words(sentence))[0]
    cues = sentence.language.cues
    return bool(cues.search("denial", first) or cues.search("denial_of_report", first))


def _reported(sentence: Sentence, claim: Claim) -> bool:
    if claim.status == "rumoured":
        return True
    return bool(sentence.language.cues.search("report", _words(sentence)))


def _waves_away(sentence: Sentence) -> bool:
    """Whether a sentence that names nothing known for a firm calls what was said before it
    untrue."""
    untrue = sentence.language.cues.search("denial_of_report", _words(sentence))
    return bool(untrue) and all(
        m.type not in ("Company", "Fund") for m in sentence.context.mentions
    )


def _speaks_of(sentence: Sentence, claim: Claim) -> bool:
    """Whether a sentence names a party of a claim, or says "we" or "the company"."""
    here = _firms(sentence)
    if here:  # who is named first speaks; a third party denies something of its own
        return _party(here[0], claim)
    return bool(sentence.language.cues.search("pronoun", _words(sentence)))


def _more(claim: Claim, own: Sequence[Claim], reported: Sequence[Claim]) -> bool:
    """Whether a report is denied along with what a denial says of the same two firms, of which
    nothing was reported: "A owns no share of B, nor have they talked of a merger"."""
    if {c.relation for c in own} & {c.relation for c in reported}:
        return False
    return all(
        c.relation != claim.relation and c.object is not None and _party(c.subject.name, claim)
        and _party(c.object.name, claim)
        for c in own
    )  # fmt: skip


def _matters(reported: Iterable[Claim], persons: Set[str]) -> list[Claim]:
    """What a report is about: where a firm does something, not who leads it or founded it."""
    told = list(reported)
    return [c for c in told if c.relation not in persons] or told


def _of_doer(sentence: Sentence, claim: Claim) -> bool:
    """Whether a sentence that calls what was said untrue names who was said to do it: "C's chief
    shook his head: “A never came to us”"."""
    untrue = sentence.language.cues.search("denial_of_report", _words(sentence))
    return bool(untrue) and any(
        alike(name, claim.subject.name) or _short(name, claim.subject.name)
        for name in _firms(sentence)
    )


def _strangers(sentence: Sentence, claim: Claim) -> bool:
    """Whether a sentence names firms that are no party of a claim: it has a report of its own."""
    return any(not _party(name, claim) for name in _firms(sentence))


def _firms(sentence: Sentence) -> list[str]:
    """The firms that a sentence names, in order."""
    return [m.name for m in sentence.context.mentions if m.type in ("", "Company", "Fund")]


def _party(name: str, claim: Claim) -> bool:
    return any(
        alike(m.name, name) or _short(name, m.name)
        for m in (claim.subject, claim.object) if m is not None
    )  # fmt: skip


def alike(a: str, b: str) -> bool:
    """Whether one of two names begins with the other ("腾讯" and "腾讯控股")."""
    x, y = a.casefold(), b.casefold()
    return min(len(x), len(y)) > 1 and (x.startswith(y) or y.startswith(x))


def _short(name: str, whole: str) -> bool:
    """Whether a Chinese name is short for another: "应材" for "应用材料"."""
    if not (1 < len(name) < len(whole) and name[0] >= "一"):
        return False
    rest = iter(whole)
    return name in whole or (name[0] == whole[0] and all(c in rest for c in name))


def _among(claim: Claim, denied: Sequence[Claim]) -> bool:
    return any(
        claim.relation == d.relation
        and claim.object is not None
        and d.object is not None
        and alike(claim.subject.name, d.subject.name)
        and alike(claim.object.name, d.object.name)
        for d in denied
        if claim.kind == "relation"
    )


def _denial(claim: Claim, evidence: Evidence) -> Claim:
    return replace(
        claim, negated=True, status="", amount=None, joint="", share=None, evidence=evidence,
        attributed_to=None,
    )  # fmt: skip
