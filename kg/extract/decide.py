"""What a match means: asserted, denied or nothing; its status, sum, time, speaker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claim import Amount, Mention, When
from kg.extract.clauses import Round
from kg.extract.lexicon import Cues
from kg.extract.negation import answered_no, is_denied
from kg.extract.reader import Sentence
from kg.extract.relations import Hit
from kg.extract.told_values import FAR, ended_when, shared, shares_of, sums_of, when_of
from kg.ontology import Ontology

#: In this order: what is only said to be so outweighs what is said.
STATUS_ORDER = ("rumoured", "lapsed", "completed", "committed", "announced")
#: Of these the time is that of the end.
_OVER = frozenset(("lapsed", "terminated"))


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
    negated = is_denied(hit, sentence, segment, clause)
    status = hit.pattern.status or _status(hit, sentence, clause, segment, ontology)
    if hit.pattern.money and status not in ("rumoured", "lapsed", "terminated"):
        status = _became(hit, sentence, segment[1]) or status
    sums, joint = (
        sums_of(hit, sentence, segment, clause, parties) if hit.pattern.money else ((), None)
    )
    return Reading(
        negated=negated,
        status="" if negated else status,
        sums=sums,
        joint_at=joint,
        shares=shares_of(hit, sentence, segment, clause, parties),
        when=(ended_when(hit, segment, cues) if status in _OVER else None)
        or when_of(hit, clause, segment),
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
        sums, joint = shared(told.amount, parties)
    return replace(
        reading, status=status, sums=sums, joint_at=joint, when=reading.when or told.when
    )


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
    if hit.pattern.nominal or (negated and answered_no(hit, sentence, segment[0])):
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


def _became(hit: Hit, sentence: Sentence, end: int) -> str:
    """What is said further on of what a match tells, before anybody else is named: "A贷款予B,款项
    已到位", "A's agreement to buy B was terminated"; "" when nothing is.

    Args:
        end: where the part between semicolons ends that the match stands in.
    """
    text = hit.mask.text
    end = min(end, hit.end + FAR)
    named = (
        at for at in range(hit.end, end)
        if any(i.mentions and i.kind != "pronoun" for i in hit.mask.items.get(text[at], ()))
    )  # fmt: skip
    rest = text[hit.end : next(named, end)]
    cues = sentence.language.cues
    codes = ("terminated", "completed", "committed")
    return next((code for code in codes if cues.search(f"later_{code}", rest)), "")


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
