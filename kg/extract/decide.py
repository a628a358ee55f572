"""What a match means: asserted, denied or nothing; its status, sum, time, speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.amount_lists import AmountSpan
from kg.claim import Amount, Mention, When
from kg.extract.clauses import Round
from kg.extract.lexicon import Cues
from kg.extract.name_rows import Item
from kg.extract.reader import Sentence
from kg.extract.relations import Hit
from kg.ontology import Ontology
from kg.text import quote_depth

#: In this order: what is only said to be so outweighs what is said.
STATUS_ORDER = ("rumoured", "lapsed", "completed", "committed", "announced")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a match is to be taken.

    `sums` and `shares` hold one entry per subject when the sentence splits them, else one for all.
    `doubt` is why it is not said: that it is asked, supposed or wished; "" when it is said.
    """

    negated: bool
    status: str
    sums: tuple[Amount, ...]
    joint_at: int | None
    shares: tuple[Decimal | None, ...]
    when: When | None
    speaker: Mention | None
    doubt: str


def interpret(hit: Hit, sentence: Sentence, ontology: Ontology, parties: int) -> Reading:
    """Reads the words around a match.

    Args:
        parties: how many subjects share what is said.
    """
    text = hit.mask.text
    segment = _segment(text, hit.start, hit.end)
    clause = _clause(text, hit.start, hit.end)
    cues = sentence.language.cues
    nominal = hit.pattern.nominal
    here = text[_without_aside(hit, clause[0], cues) : clause[1]]
    instead = cues.search("contrast", here)  # "not invented by A, it was B who did"
    here = here[: instead.start()] + here[instead.end() :] if instead else here
    negated = hit.pattern.negated or (not nominal and bool(cues.search("denial", here)))
    # As written: what is quoted ("绝无此事") denies too.
    start, end = hit.mask.span(*segment)
    part = sentence.view.text[sentence.start + start : sentence.start + end]
    if not negated and not nominal:
        behind = text[hit.end : segment[1]]
        told = cues.search("report", part)
        if told or cues.search("status_rumoured", part):
            negated = bool(cues.search("denial_after", behind))
        # "Mr Brandt, who owns 14% of X, denies talk …": what he denies is something else.
        aside = cues.search("aside", text[hit.start : hit.end])
        # "Ms Ray, whose father founded X, laughed off talk that …" denies what comes after.
        until = sentence.start + hit.mask.span(segment[0], clause[1])[1]
        told = told and cues.search("report", sentence.view.text[sentence.start + start : until])
        negated = negated or bool(told and not aside and cues.search("denial_of_report", part))
        negated = negated or _corrected(text, hit.start, segment, cues)
        passed = cues.search("report", part) or cues.search("status_rumoured", part)
        negated = negated or bool(passed and _taken_back(hit, sentence, segment[1]))
    status = hit.pattern.status or _status(hit, sentence, clause, segment, ontology)
    sums, joint = (
        _sums(hit, sentence, segment, clause, parties) if hit.pattern.money else ((), None)
    )
    return Reading(
        negated=negated,
        status="" if negated else status,
        sums=sums,
        joint_at=joint,
        shares=_shares(hit, sentence, segment, clause, parties),
        when=_when(hit, clause, segment),
        speaker=_speaker(hit, sentence),
        doubt=_doubt(hit, sentence, segment, clause, negated),
    )


def of_round(reading: Reading, told: Round, cues: Cues, parties: int) -> Reading:
    """A reading of who gave money, with what it leaves open taken from what told of the round: "A
    has closed a $5m round. B led it", or of the awards that a list holds.

    Args:
        told: that.
        parties: how many gave it together.
    """
    if reading.negated:
        return reading
    status = reading.status or next(
        (c for c in STATUS_ORDER if cues.search(f"status_{c}", told.words)), ""
    )
    sums, joint = reading.sums, reading.joint_at
    if not sums and told.amount is not None:
        sums, joint = _shared(told.amount, parties)
    return replace(
        reading, status=status, sums=sums, joint_at=joint, when=reading.when or told.when
    )


def _without_aside(hit: Hit, start: int, cues: Cues) -> int:
    """Where what a verb says begins: behind a remark between it and its subject ("X, which turned
    down A, is selling to B" denies nothing of B)."""
    text, verb = hit.mask.text, max(hit.subject_at, hit.object_at)
    aside = cues.search("aside", text[start:verb]) if verb > start else None
    if aside is None:
        return start
    end = text.rfind(",", start + aside.end(), verb)
    return end + 1 if end >= 0 else start


def _doubt(
    hit: Hit,
    sentence: Sentence,
    segment: tuple[int, int],
    clause: tuple[int, int],
    negated: bool,
) -> str:
    """Why a match says nothing, though its words stand there; "" when it says something."""
    text, cues = hit.mask.text, sentence.language.cues
    if sentence.question and not _before_tag(text, hit.end, cues):
        return "it is asked"
    if hit.pattern.nominal:
        return ""
    concerning = cues.search("concerning", text[segment[0] : hit.start])
    start = segment[0] + (concerning.end() if concerning else 0)
    if negated:  # "some suppose that A will buy B, A replied: “we do not buy B”"
        start = max(start, text.rfind(":", 0, max(clause[0], hit.start + 1)) + 1)
    before = text[start : hit.end]
    supposed = (
        cues.search("condition", text[: hit.end])
        or cues.search("condition", text[hit.end : clause[1]])
        or cues.search("hypothesis", before)
        or (not cues.search("status_rumoured", text) and cues.search("wish", before))
    )
    if supposed and cues.search("modal", supposed.group()) and cues.search("hearsay", text):
        return ""  # "we hear that A may buy B": people tell it
    if supposed and negated and cues.search("modal", supposed.group()):
        at = before.find(supposed.group())
        if at > 0 and cues.search("denial_of_report", before[:at]):
            return ""  # "denied that it would be bought by A"
    return f"it is supposed or wished: {supposed.group()!r}" if supposed else ""


def _corrected(text: str, start: int, segment: tuple[int, int], cues: Cues) -> bool:
    """Whether a report is taken back: "We reported that A bid for B; A made no offer, and we regret
    the error." What is wrong may be another thing of it, so that a denial must stand there too."""
    if segment[0] > 0 or not cues.search("speech", text[:start]):
        return False
    rest = text[segment[1] :]
    return bool(cues.search("correction", rest) and cues.search("denial", rest))


def _taken_back(hit: Hit, sentence: Sentence, end: int) -> bool:
    """Whether the part behind the semicolon that ends a report denies it: "The Post says that A is
    to buy B; A calls it fiction". Who is named first there is a party, or nobody is.

    Args:
        end: where the report's part ends in the mask's text.
    """
    text, mask = hit.mask.text, hit.mask
    if end >= len(text):
        return False
    stop = text.find(";", end + 1)
    part = mask.span(end + 1, len(text) if stop < 0 else stop)
    words = sentence.view.text[sentence.start + part[0] : sentence.start + part[1]]
    if not sentence.language.cues.search("denial_of_report", words):
        return False
    rest = (mask.items.get(c, ()) for c in text[end + 1 : None if stop < 0 else stop])
    named = next((items for items in rest if items and items[0].mentions), ())
    parties = {m.name for m in (*hit.subjects, *hit.objects)}
    return not named or any(m.name in parties for item in named for m in item.mentions)


def cues_around(hit: Hit, sentence: Sentence) -> dict[str, str]:
    """Which cues stand in the part of a sentence around a match: cue → the words found."""
    text = hit.mask.text
    left, right = _segment(text, hit.start, hit.end)
    found = {}
    for name, pattern in sentence.language.cues.groups.items():
        if name.startswith(("status_", "denial", "speech", "anonymous", "split", "report")):
            match = pattern.search(text[left:right])
            if match:
                found[name] = match.group()
    return found


def _before_tag(text: str, end: int, cues: Cues) -> bool:
    """Whether a question is only put at the end of what is said ("…, 为啥?", "…, right?")."""
    comma = text.rfind(",")
    tag = text.rstrip("”\"'").endswith("?") and end <= comma and len(text) - comma <= 12
    return tag and not cues.search("asking", text[comma:])


def _segment(text: str, start: int, end: int) -> tuple[int, int]:
    """The part between semicolons that a match stands in."""
    left = text.rfind(";", 0, start) + 1
    right = text.find(";", end)
    return left, len(text) if right < 0 else right


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The part between commas that a match stands in."""
    left = max(text.rfind(mark, 0, start + 1) for mark in ",;:。") + 1
    rights = [r for r in (text.find(mark, end) for mark in ",;。!?") if r >= 0]
    return min(left, start), min(rights, default=len(text))


def _status(
    hit: Hit,
    sentence: Sentence,
    clause: tuple[int, int],
    segment: tuple[int, int],
    ontology: Ontology,
) -> str:
    relation = ontology.relations[hit.pattern.relation]
    if relation.about_ending:
        return "terminated"
    cues = sentence.language.cues
    whole = hit.mask.text
    if not hit.pattern.money and hit.pattern.relation != "partnersWith":
        # What has no sum is said for good; only its own verb may say that it is yet to come.
        own = "" if hit.pattern.nominal else whole[hit.start : hit.end]
        found = (c for c in ("announced", "completed") if cues.search(f"status_{c}", own))
        return next(found, "")
    if cues.search("status_lapsed", whole[segment[0] : segment[1]]):
        return "lapsed"
    clause_text = whole[clause[0] : clause[1]]
    if cues.search("status_rumoured", whole):
        # A nameless source for what is signed or done does not make it a rumour.
        settled = [c for c in ("completed", "committed") if cues.search(f"status_{c}", clause_text)]
        if not settled or cues.search("status_rumoured", clause_text):
            return "rumoured"
    own = whole[clause[0] : hit.end]
    if cues.search("status_terminated", own):
        return "terminated"
    for window in (whole[clause[0] : clause[1]], whole[segment[0] : clause[1]]):
        for code in STATUS_ORDER[1:]:
            if cues.search(f"status_{code}", window):
                return code
    return ""


# -- sums ------------------------------------------------------------------------------------------


def _sums(
    hit: Hit,
    sentence: Sentence,
    segment: tuple[int, int],
    clause: tuple[int, int],
    parties: int,
) -> tuple[tuple[Amount, ...], int | None]:
    mask = hit.mask
    every = [
        (at, item)
        for at, item in mask.values
        if item.kind == "amount" and segment[0] <= at < segment[1]
    ]
    if split := _split(mask.text, every, segment, sentence, parties):
        return split, None
    if hit.amount_char:
        chosen = mask.items[hit.amount_char][0].amount
        return _shared(chosen, parties) if chosen else ((), None)
    free = [(at, item) for at, item in every if not _measured(mask.text, at, sentence)]
    if not free:
        return (), None
    inside = [(at, item) for at, item in free if hit.start <= at < hit.end]
    near = inside or [(at, item) for at, item in free if clause[0] <= at < clause[1]]
    if not near:
        limit = 90 if sentence.context.script == "en" else 36
        near = [(at, i) for at, i in free if hit.start - limit <= at <= hit.end + limit]
    if not near:
        return (), None
    middle = hit.end if not inside else (hit.start + hit.end) / 2
    _, item = min(near, key=lambda pair: (abs(pair[0] - middle), pair[0]))
    return _shared(item.amount, parties) if item.amount else ((), None)


def _shared(span: AmountSpan, parties: int) -> tuple[tuple[Amount, ...], int | None]:
    joint = parties > 1 and not span.each
    return (span.amount,), span.start if joint else None


def _measured(text: str, at: int, sentence: Sentence) -> bool:
    """Whether the words before a sum say that it measures something."""
    pattern = sentence.language.cues.groups.get("measured")
    if pattern is None:
        return False
    window = text[max(0, at - (28 if sentence.context.script == "en" else 10)) : at]
    found = [m.end() for m in pattern.finditer(window)]
    return bool(found) and not re.search(r"[,;]", window[found[-1] :])


def _split(
    text: str,
    free: list[tuple[int, Item]],
    segment: tuple[int, int],
    sentence: Sentence,
    parties: int,
) -> tuple[Amount, ...]:
    """Sums told apart by party: 分别, respectively, 前者…后者."""
    cues = sentence.language.cues
    if parties < 2 or len(free) < parties:
        return ()
    cue = cues.search("split", text[segment[0] : segment[1]])
    if not cue:
        return ()
    start = segment[0] + cue.start()
    found = [i.amount.amount for at, i in free if i.amount is not None and at > start]
    if len(found) < parties:  # "lent $55m and $20m respectively"
        found = [i.amount.amount for at, i in free if i.amount is not None and at < start]
        found = found[-parties:]
    return tuple(found[:parties]) if len(found) >= parties else ()


def _shares(
    hit: Hit, sentence: Sentence, segment: tuple[int, int], clause: tuple[int, int], parties: int
) -> tuple[Decimal | None, ...]:
    """Percentages of equity: told apart by party ("分别持有六成及四成"), or one for all."""
    text = hit.mask.text
    cue = sentence.language.cues.search("split", text[segment[0] : segment[1]])
    if cue and parties > 1 and hit.pattern.relation == "holdsStakeIn":
        found = [
            _percent(item) for at, item in hit.mask.values
            if segment[0] + cue.start() < at < segment[1] and item.kind in ("percent", "majority")
        ]  # fmt: skip
        if len(found) == parties:
            return tuple(found)
    return (_share(hit, clause),)


def _share(hit: Hit, clause: tuple[int, int]) -> Decimal | None:
    if hit.percent_char:
        item = hit.mask.items[hit.percent_char][0]
        return _percent(item)
    if hit.pattern.relation != "holdsStakeIn":
        return None
    found = [
        (abs(at - hit.end), at, item)
        for at, item in hit.mask.values
        if clause[0] <= at < clause[1] and item.kind in ("percent", "majority")
    ]
    return _percent(min(found, key=lambda f: f[:2])[2]) if found else None


def _percent(item: Item) -> Decimal | None:
    if item.amount is None:
        return None
    amount = item.amount.amount
    return amount.low if amount.low is not None else amount.high


# -- times and speakers ----------------------------------------------------------------------------


def _when(hit: Hit, clause: tuple[int, int], segment: tuple[int, int]) -> When | None:
    # "X said “by 2030 we will lead” and set up a fund": what is quoted has times of its own.
    depth = quote_depth(hit.mask.text, hit.end)
    times = [
        (at, item.time.when)
        for at, item in hit.mask.values
        if item.time is not None and quote_depth(hit.mask.text, at) <= depth
    ]
    for low, high in ((hit.start, hit.end), clause):
        inside = [w for at, w in times if low <= at < high]
        if inside:
            # "said on Tuesday that it had bought X in 2019": the verb's own time is the nearer.
            return inside[-1]
    before = [w for at, w in times if segment[0] <= at < hit.start]
    after = [w for at, w in times if hit.end <= at < segment[1]]
    return before[-1] if before else after[0] if after else None


def _speaker(hit: Hit, sentence: Sentence) -> Mention | None:
    """Who says it: the name before a verb of speech, or the nameless source that the text names."""
    cues = sentence.language.cues
    text = sentence.grouped.text
    anonymous = cues.search("anonymous", text)
    if anonymous:
        start, end = sentence.grouped.span(*anonymous.span())
        a, b = sentence.offsets(start, end)
        return Mention(sentence.context.document.text[a:b], "", a, b)
    speech = cues.groups.get("speech")
    for verb in speech.finditer(text) if speech else ():
        if verb.start() >= hit.end and sentence.context.script == "zh":
            break
        for at in range(verb.start() - 1, max(-1, verb.start() - 9), -1):
            if text[at] in ",;。":
                break
            items = sentence.grouped.items.get(text[at])
            if items and items[0].kind in ("Person", "Company", "GovernmentBody", "?", "Fund"):
                return sentence.grouped.mentions(text[at])[0]
    return sentence.context.attributed_to
