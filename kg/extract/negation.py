"""Whether a match is said or denied, by all the ways in which a sentence denies."""

from __future__ import annotations

from kg.extract.lexicon import Cues
from kg.extract.reader import Sentence
from kg.extract.relations import Hit

#: What denies from before a match stands no farther from it: an endless sentence stays linear.
_NEAR = 120


def is_denied(
    hit: Hit, sentence: Sentence, segment: tuple[int, int], clause: tuple[int, int]
) -> bool:
    """Whether what a match says is denied in its sentence.

    Args:
        segment, clause: the parts of the masked text around the match, between semicolons and
            between commas.
    """
    text, cues = hit.mask.text, sentence.language.cues
    if hit.pattern.negated or _opens_denying(hit, sentence, segment[0]):
        return True
    if hit.pattern.nominal:
        return False
    here = text[_without_aside(hit, clause[0], cues) : clause[1]]
    instead = cues.search("contrast", here)  # "not invented by A, it was B who did"
    here = here[: instead.start()] + here[instead.end() :] if instead else here
    if cues.search("denial", here):
        return True
    # As written: what is quoted ("绝无此事") denies too.
    start, end = hit.mask.span(*segment)
    part = sentence.view.text[sentence.start + start : sentence.start + end]
    behind = text[hit.end : segment[1]]
    report, rumour = cues.search("report", part), cues.search("status_rumoured", part)
    if (report or rumour) and (
        cues.search("denial_after", behind) or _taken_back(hit, sentence, segment[1])
    ):
        return True
    # "Mr Brandt, who owns 14% of X, denies talk …": what he denies is something else.
    if not cues.search("aside", text[hit.start : hit.end]):
        # "Ms Ray, whose father founded X, laughed off talk that …" denies what comes after.
        until = sentence.start + hit.mask.span(segment[0], clause[1])[1]
        first = sentence.view.text[sentence.start + start : until]
        if report and cues.search("report", first) and cues.search("denial_of_report", part):
            return True
        # "X, reported to be preparing a bid for Y, said the reports were untrue"
        told = cues.search("status_rumoured", first) and cues.search("report", behind)
        if told and cues.search("denial_of_report", behind):
            return True
    return _corrected(text, hit.start, segment, cues) or answered_no(hit, sentence, segment[0])


def _opens_denying(hit: Hit, sentence: Sentence, start: int) -> bool:
    """Whether what stands before a match denies it: "Nor has X sold Y", "untrue that X sold Y".

    Args:
        start: where the part between semicolons begins that the match stands in.
    """
    cues, mask = sentence.language.cues, hit.mask
    if hit.start - start <= _NEAR and cues.search(
        "denying_opening", mask.text[start : hit.start]
    ):  # fmt: skip
        return True
    verb = max(hit.start, hit.subject_at, hit.object_at)
    left, right = mask.span(max(start, verb - _NEAR), verb) if verb > start else (0, 0)
    words = sentence.view.text[sentence.start + left : sentence.start + right]
    return cues.search("denying_that", words) is not None


def answered_no(hit: Hit, sentence: Sentence, start: int) -> bool:
    """Whether a match is what somebody was asked, and said no: "Asked whether it had bid for Y, X
    said it had not".

    Args:
        start: where the part between semicolons begins that the match stands in.
    """
    cues, text = sentence.language.cues, hit.mask.text
    if not cues.search("asked_whether", text[start : hit.end]):
        return False
    end = sentence.start + hit.mask.span(hit.start, hit.end)[1]
    return cues.search("answered_no", sentence.view.text[end : sentence.end]) is not None


def _without_aside(hit: Hit, start: int, cues: Cues) -> int:
    """Where what a verb says begins: behind a remark between it and its subject ("X, which turned
    down A, is selling to B" denies nothing of B), and in a remark with the remark ("A did not sue
    B, which owns 12% of C" denies nothing of C)."""
    text, verb = hit.mask.text, max(hit.subject_at, hit.object_at)
    aside = cues.search("aside", text[start:verb]) if verb > start else None
    if aside is not None:
        end = text.rfind(",", start + aside.end(), verb)
        return end + 1 if end >= 0 else start + aside.start()
    own = cues.search("aside", text[hit.start : hit.end]) if verb < 0 else None
    return hit.start if own is not None and own.start() == 1 else start


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
