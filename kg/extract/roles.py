"""Roles: who fills what a matched pattern leaves to the sentence around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from kg.claim import Mention
from kg.extract.clauses import Round
from kg.extract.denied_parties import another_than, apart
from kg.extract.gaps import gapped
from kg.extract.gazetteer import plain
from kg.extract.open_roles import among, filler_of, fits, grouped_at, headed, lenders_of, raiser_of
from kg.extract.reader import Sentence
from kg.extract.relations import Hit, match
from kg.extract.rounds import round_told
from kg.extract.subjects import attached, remarked, subject_before
from kg.extract.topic import entrant_of

#: Where roles come from, the surest first: both stand in the pattern; one is the subject of its
#: verb; one is what the sentence is about; one is what the paragraph is about.
TOLD, VERB, TOPIC, CARRIED = "told", "verb", "topic", "carried"


@dataclass(frozen=True, slots=True)
class Filled:
    """A match with its roles; `reason` says why nothing is claimed, "" when something may be.

    `round`: what was told of the round of money, or of the awards, of which it tells a part.
    """

    hit: Hit
    subjects: tuple[Mention, ...]
    objects: tuple[Mention, ...]
    how: str
    reason: str = ""
    round: Round | None = None


def fill_roles(sentence: Sentence) -> Iterator[Filled]:
    """The matches of all patterns in a sentence, with their roles.

    Matches that say both parties come first; what they say needs no guess.
    """
    language = sentence.language
    found = match(language.patterns, language.triggers, sentence.grouped, sentence.raw)
    hits: list[Hit] = []
    for hit in found:
        with_subject = _with_subject(hit, sentence)
        if with_subject is None:
            yield Filled(hit, (), hit.objects, VERB, "the verb's subject is no name")
        else:
            hits.append(with_subject)
    hits.sort(key=lambda h: (h.subject_open or h.object_open, h.start))
    objects_of: dict[str, tuple[Mention, ...]] = {}
    full = _full(hits)
    sales = [h for h in hits if h.objects and (h.subject_open or _gives_first(h))]
    lenders = lenders_of(hits)
    givers: dict[str, list[Mention]] = defaultdict(list)
    for hit in hits:
        if not hit.object_open and hit.objects:
            objects_of.setdefault(hit.pattern.relation, hit.objects)
        if hit.object_open:
            givers[hit.pattern.relation] += hit.subjects
    told: set[tuple[str, str]] = set()
    for hit in hits:
        relation = hit.pattern.relation
        roles = {("S", m.name) for m in hit.subjects} | {("O", m.name) for m in hit.objects}
        keys = {(relation, role + name) for role, name in roles}
        if not (hit.subject_open or hit.object_open):
            told |= keys
        elif (keys and keys <= told) or (keys & told and not hit.pattern.project):
            yield Filled(hit, hit.subjects, hit.objects, TOPIC, "the sentence says it in full")
            continue
        filled = _filled(hit, sentence, objects_of, givers[relation], full, sales, lenders)
        yield filled
        if sentence.language.grammar.fronted and not filled.reason:
            whole = replace(hit, subjects=filled.subjects, objects=filled.objects)
            for more in gapped(whole, sentence.language.gaps):
                yield Filled(more, more.subjects, more.objects, TOLD)


def _filled(
    hit: Hit,
    sentence: Sentence,
    objects_of: dict[str, tuple[Mention, ...]],
    givers: list[Mention],
    full: Sequence[Hit],
    sales: Sequence[Hit],
    lenders: Set[str],
) -> Filled:
    if hit.pattern.giver:
        return _awarded(hit, sentence)
    if hit.pattern.answer:
        return _answered(hit, sentence)
    if hit.object_open and (before := _paid_before(hit, full)):
        return Filled(hit, hit.subjects, before, TOPIC)
    subjects, objects = hit.subjects, hit.objects
    how = VERB if max(hit.subject_at, hit.object_at) >= 0 else TOLD
    if how == TOLD and _in_remark(hit, sentence):
        return Filled(hit, subjects, objects, how, "the first name only tells what another is")
    if hit.subject_open or (hit.object_open and not hit.objects):
        filler, inherited = raiser_of(sentence, hit, givers) or filler_of(sentence, hit, lenders)
        filler = tuple(m for m in filler if not among(m, givers) and fits(m, hit))
        how = CARRIED if inherited else TOPIC
        if inherited and filler and not hit.pattern.carried:
            return Filled(hit, subjects, objects, how, "only the paragraph would tell who is meant")
        if hit.subject_open and inherited and headed(hit):
            return Filled(hit, (), objects, how, "other words stand where the subject would")
        subjects = filler if hit.subject_open else subjects
        # "由A领投,B、C跟投,D加码": all put money into the same firm.
        if hit.object_open:
            # "产品售予A,原料购自B": who gets what one buys is not who gets what one sells.
            buys = hit.product_span is not None and _sells(filler, sales, hit)
            objects = (not buys and objects_of.get(hit.pattern.relation)) or filler
            objects_of[hit.pattern.relation] = objects
    if how != TOLD and hit.pattern.givers is None:
        # "A与B银行签订贷款合同,所得款项用于建设C": who only lends there builds nothing
        subjects = tuple(m for m in subjects if m.name not in lenders) or subjects
    if how == TOLD and len(subjects) > 1:
        subjects = _acting(hit, subjects)
    if hit.object_span is not None:
        objects = _words(sentence, hit.object_span)
    twice = {m.name for m in subjects} & {m.name for m in objects}
    if twice and sentence.language.cues.search("denial", hit.mask.text):
        subjects, objects = apart(hit, sentence, subjects, objects)
    elif twice and hit.pattern.apart and (meant := another_than(hit, sentence, subjects)):
        objects = meant
    elif twice and how != TOLD:
        subjects, objects = _other_party(hit, subjects, objects)
    if hit.pattern.swap or _reversed(hit, subjects, objects):
        subjects, objects = objects, subjects
    reason = ""
    if not subjects or not objects:
        reason = "nobody fits the role that is left open"
    elif {m.name for m in subjects} & {m.name for m in objects}:
        reason = "the same name would stand on both sides"
    return Filled(hit, subjects, objects, how, reason, _round(hit, sentence, objects))


def _acting(hit: Hit, subjects: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Of a row of subjects those who are not named again behind it: "A and B will buy B's C"."""
    row = {m.name for m in subjects}
    groups = _groups(hit, hit.start)
    if row not in groups:
        return subjects
    again = {name for group in groups[groups.index(row) + 1 :] for name in group}
    return tuple(m for m in subjects if m.name not in again) or subjects


def _named_behind(hit: Hit) -> frozenset[str]:
    """Who is named between the verb of a match and its end, pronouns aside."""
    return frozenset[str]().union(*_groups(hit, max(hit.subject_at, hit.object_at)))


def _groups(hit: Hit, start: int) -> list[set[str]]:
    """The names in each row of a match from an offset on, pronouns aside."""
    return [
        {m.name for i in hit.mask.items.get(c, ()) if i.kind != "pronoun" for m in i.mentions}
        for c in hit.mask.text[start : hit.end]
    ]


def _other_party(
    hit: Hit, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Those who stand on one side only, where a clause leaves out which of two before it acts: "A
    and B have signed a contract, and will buy pumps from B"."""
    subject_found = hit.subject_open or hit.subject_at >= 0
    found, named = (subjects, objects) if subject_found else (objects, subjects)
    there = {m.name for m in named}
    others = tuple(m for m in found if m.name not in there) or found
    return (others, named) if subject_found else (named, others)


def _round(hit: Hit, sentence: Sentence, objects: Sequence[Mention]) -> Round | None:
    """The round in which who gives money does so: the one that a sentence before told of, or a part
    of this one before a semicolon; None when it tells of another, or itself of its own."""
    context, cues, text = sentence.context, sentence.language.cues, sentence.grouped.text
    if not hit.pattern.raised or not hit.object_open or cues.search("earlier_round", text):
        return None
    given = [m.name for m in objects]
    raising = cues.search("raising", text)
    if raising is None:
        return context.round if context.raiser and given == [context.raiser.name] else None
    if text.find(";", raising.start(), grouped_at(sentence, hit)) < 0:
        return None
    raised = sentence.topic(raising.start()) or (context.subject,)
    return (
        round_told(sentence.grouped, raising.start(), cues)
        if given == [m.name for m in raised if m]
        else None
    )


def _awarded(hit: Hit, sentence: Sentence) -> Filled:
    """What a list's entry is given by the office that the document said awards all of them."""
    context = sentence.context
    items = [i for row in sentence.grouped.items.values() for i in row]
    items.sort(key=lambda i: i.start)
    before, _ = hit.mask.span(hit.start, hit.end)
    whom = context.entrant or entrant_of([i for i in items if i.end <= before], context.giver)
    told = context.award
    if context.giver and context.listed and hit.objects:
        # "(b) A and B: £2m each"
        return Filled(hit, (context.giver,), hit.objects, TOPIC, round=told)
    if context.giver is None or whom is None or not context.listed:
        return Filled(hit, (), (), CARRIED, "no list says who is given this, and by whom")
    return Filled(hit, (context.giver,), (whom,), TOPIC, round=told)


def _answered(hit: Hit, sentence: Sentence) -> Filled:
    """What whoever answers did to what the question named: "“密语”呢?去年停的"."""
    context = sentence.context
    subjects = hit.subjects or ((context.answering,) if context.answering else ())
    objects = hit.objects or ((context.asked,) if context.asked else ())
    reason = "" if subjects and objects else "nobody answers, or nothing was asked about"
    return Filled(hit, subjects, objects, CARRIED, reason)


def _full(hits: Sequence[Hit]) -> list[Hit]:
    """The matches that name both parties, in their order."""
    full = [
        h for h in hits if h.subjects and h.objects and not (h.subject_open or h.object_open)
    ]  # fmt: skip
    return sorted(full, key=lambda h: h.end)


def _paid_before(hit: Hit, full: Sequence[Hit]) -> tuple[Mention, ...]:
    """Who was given money just before, where a further giver is named alone with a sum of its own:
    "A银行贷款给B;C署另补助3,000万元"; and what was bought, of which the rest is held. A founder
    named behind is that of the firm that got the money."""
    person = all((m.type or "?") == "Person" for m in hit.subjects)
    if not (hit.amount_char or hit.percent_char or person) or not hit.subjects:
        return ()
    verb = max(hit.start, hit.subject_at)  # "A has bought into B and now holds 5%"
    before = [
        h for h in full
        if h.mask is hit.mask and h.end <= verb
        and h.pattern.relation in hit.pattern.follows
    ]  # fmt: skip
    if not before or any(m.name in {s.name for s in hit.subjects} for m in before[-1].objects):
        return ()
    return before[-1].objects if len(before[-1].objects) == 1 else ()


def _sells(who: tuple[Mention, ...], sales: Sequence[Hit], hit: Hit) -> bool:
    """Whether somebody is told to sell before a match, with no semicolon between."""
    names = {m.name for m in who}
    return any(
        sale.pattern.relation == hit.pattern.relation
        and (sale.subject_open or names & {m.name for m in sale.subjects})
        and ";" not in sale.mask.text[sale.start : hit.start]
        for sale in sales
    )


def _gives_first(hit: Hit) -> bool:
    """Whether who gives is named before who gets, as in "A sells to B", not "B's X come from A"."""
    starts = [m.start or 0 for m in hit.subjects], [m.start or 0 for m in hit.objects]
    return all(starts) and max(starts[0]) < min(starts[1])


def _in_remark(hit: Hit, sentence: Sentence) -> bool:
    """Whether a match begins with a name in a remark on another, and goes on behind the remark."""
    grammar = sentence.language.grammar
    if not grammar.fronted or hit.mask.text[hit.start] not in hit.mask.items:
        return False
    told = remarked(hit.mask, hit.start, grammar) or attached(hit.mask, hit.start, grammar)
    return hit.end > hit.start + 3 and told


def _with_subject(hit: Hit, sentence: Sentence) -> Hit | None:
    """A match with the subject of its verb put in; None when that is no party."""
    at = max(hit.subject_at, hit.object_at)
    if at < 0:
        return hit
    passive = hit.object_at >= 0
    found = subject_before(hit.mask, at, sentence.language.grammar, hit.pattern.kinds, passive)
    if found.at < 0:
        return None if found.other else hit
    who = hit.mask.mentions(hit.mask.text[found.at])
    start = min(hit.start, found.at)
    if hit.subject_at >= 0:
        if len(who) > 1:
            # "A and B signed a memo, to buy B's C": who is named behind a verb does not act
            behind = _named_behind(hit)
            who = tuple(m for m in who if m.name not in behind) or who
        return replace(hit, subjects=who + hit.subjects, subject_open=False, start=start)
    return replace(hit, objects=who + hit.objects, object_open=False, start=start)


def _reversed(hit: Hit, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]) -> bool:
    """Whether only the objects are such as give: "A与B银行签署贷款协议"."""
    givers = hit.pattern.givers
    if givers is None or not subjects or not objects:
        return False
    return all(givers.search(plain(m.name)) for m in objects) and not any(
        givers.search(plain(m.name)) for m in subjects
    )


def _words(sentence: Sentence, span: tuple[int, int]) -> tuple[Mention, ...]:
    """Words without a name as a mention: what is made or signed."""
    start, end = sentence.offsets(*span)
    text = sentence.context.document.text[start:end]
    left = len(text) - len(text.lstrip())
    text = text.strip()
    if len(text) < 2:
        return ()
    return (Mention(text, "", start + left, start + left + len(text), unnamed=True),)
