"""The engine `rules`: offline, deterministic, taught by ontology/lexicon alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from kg.claim import Amount, Claim, Document, Evidence, Mention
from kg.extract.decide import Reading, interpret
from kg.extract.denials import settle
from kg.extract.figures import find_figures
from kg.extract.gazetteer import Gazetteer, plain
from kg.extract.lexicon import load_lexicon
from kg.extract.names import NameFinder
from kg.extract.reader import Sentence, read, thing, topic
from kg.extract.relations import Hit, match
from kg.extract.subjects import subject_before
from kg.extract.tagger import load_tagger
from kg.extract.words import Words, load_words
from kg.iri import digest
from kg.ontology import Ontology

#: Evidence is never longer than this many characters.
LONGEST_QUOTE = 400


class RulesExtractor:
    """Extracts claims by the patterns of ontology/lexicon.

    Args:
        ontology: the codes that claims may carry, and the folder that holds lexicon/.
        names: names known beforehand → class code.

    Raises:
        WorkspaceError: the lexicon is missing or faulty.
    """

    name = "rules"
    version = "1"

    def __init__(self, *, ontology: Ontology, names: Mapping[str, str]) -> None:
        self.ontology = ontology
        self.lexicon = load_lexicon(ontology)
        triggers = {t: "v" for lang in self.lexicon.languages.values()
                    for p in lang.patterns for t in p.triggers}  # fmt: skip
        words = load_words() if "zh" in self.lexicon.languages else None
        known = Gazetteer({**self.lexicon.known, **_countries_as_places(names, words)})
        import os
        tagger = load_tagger() if not os.environ.get("NOTAG") else None
        self.finder = NameFinder(self.lexicon.languages, known, words, triggers, tagger)

    def extract(self, document: Document) -> Iterator[Claim]:
        """The claims of a document, in the order of the text; the headline's own ones last."""
        body: list[Claim] = []
        headline: list[Claim] = []
        sentences = read(document, self.lexicon, self.finder)
        found = ((s, list(self._relations(s))) for s in sentences)
        for sentence, relations in settle(found, _whole):
            figures = find_figures(sentence, self.ontology, self.name)
            (headline if sentence.headline else body).extend([*relations, *figures])
        said = {_key(c) for c in body}
        yield from _distinct([*body, *(c for c in headline if _key(c) not in said)])

    def _relations(self, sentence: Sentence) -> Iterator[Claim]:
        matched = match(
            sentence.language.patterns, sentence.language.triggers, sentence.grouped, sentence.raw
        )
        hits = sorted(
            (h for found in matched if (h := _with_subject(found, sentence)) is not None),
            key=lambda h: (h.subject_open or h.object_open, h.start),
        )
        objects_of: dict[str, tuple[Mention, ...]] = {}
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
            # What a sentence says in full needs no guessed role.
            if (hit.subject_open or hit.object_open) and keys & told:
                continue
            if not (hit.subject_open or hit.object_open):
                told |= keys
            subjects, objects, inherited = hit.subjects, hit.objects, False
            if hit.subject_open or (hit.object_open and not hit.objects):
                filler, inherited = _filler(sentence, hit)
                filler = tuple(
                    m for m in filler
                    if not _among(m, givers[relation]) and _fits(m, hit)
                )  # fmt: skip
                if hit.subject_open and inherited and _headed(hit):
                    continue
                subjects = filler if hit.subject_open else subjects
                # "由A领投,B、C跟投,D加码": all put money into the same firm.
                if hit.object_open:
                    objects = objects_of.get(relation) or filler
                    objects_of[relation] = objects
            if hit.object_span is not None:
                objects = _words(sentence, hit.object_span)
            if hit.pattern.swap or _reversed(hit, subjects, objects):
                subjects, objects = objects, subjects
            if not subjects or not objects or {m.name for m in subjects} & {m.name for m in objects}:
                continue
            reading = interpret(hit, sentence, self.ontology, max(len(subjects), len(objects)))
            if reading is None:
                continue
            yield from self._claims(hit, sentence, subjects, objects, reading, inherited)

    def _claims(
        self,
        hit: Hit,
        sentence: Sentence,
        subjects: tuple[Mention, ...],
        objects: tuple[Mention, ...],
        reading: Reading,
        inherited: bool,
    ) -> Iterator[Claim]:
        relation = self.ontology.relations[hit.pattern.relation]
        evidence = _evidence(sentence, hit)
        joint = ""
        if reading.joint_at is not None:
            joint = digest(sentence.context.document.id, str(reading.joint_at), length=12)
        confidence = hit.pattern.confidence
        if inherited:
            confidence -= Decimal("0.15")
        if sentence.headline:
            confidence -= Decimal("0.1")
        pairs = [(s, o) for s in subjects for o in objects]
        for number, (subject, object_) in enumerate(pairs):
            if _same(subject, object_):
                continue
            amount = _sum(reading.sums, number, len(pairs))
            yield Claim(
                kind="relation",
                subject=subject,
                relation=relation.code,
                object=object_,
                evidence=evidence,
                amount=amount,
                share=reading.share,
                when=reading.when,
                status=reading.status,
                negated=reading.negated,
                joint=joint if amount is not None else "",
                product=_product(sentence, hit),
                attributed_to=reading.speaker
                if not _same(reading.speaker, subject) or reading.negated
                else None,
                extractor=self.name,
                confidence=confidence,
            )


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
        return replace(hit, subjects=who + hit.subjects, subject_open=False, start=start)
    return replace(hit, objects=who + hit.objects, object_open=False, start=start)


def _reversed(hit: Hit, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]) -> bool:
    """Whether only the objects are such as give: "A与B银行签署贷款协议"."""
    givers = hit.pattern.givers
    if givers is None or not subjects or not objects:
        return False
    return all(givers.search(m.name) for m in objects) and not any(
        givers.search(m.name) for m in subjects
    )


def _fits(mention: Mention, hit: Hit) -> bool:
    """Whether a name may fill the role that the verb of a match leaves open."""
    return not hit.pattern.kinds or (mention.type or "?") in hit.pattern.kinds


def _headed(hit: Hit) -> bool:
    """Whether words that are no name stand before a match: then they, and not what the paragraph is
    about, are its subject."""
    text = hit.mask.text
    left = max(text.rfind(mark, 0, hit.start) for mark in ",;:。") + 1
    return sum(c.isalpha() and c not in hit.mask.items for c in text[left : hit.start]) > 3


def _countries_as_places(names: Mapping[str, str], words: Words | None) -> dict[str, str]:
    """Known names with countries as places: "美国" in a text is mostly where, seldom who."""
    if words is None:
        return dict(names)
    found = {n: words.entries.get(plain(n), (0, "", 0.0)) for n in names}
    return {
        n: "Place" if code == "GovernmentBody" and tag == "ns" and count > 5000 else code
        for n, code in names.items()
        for count, tag, _ in (found[n],)
    }


def _filler(sentence: Sentence, hit: Hit) -> tuple[tuple[Mention, ...], bool]:
    """What fills a role that a pattern leaves open, and whether it came from another sentence."""
    at = _grouped_at(sentence, hit)
    if hit.pattern.thing and (found := thing(sentence.grouped, at)):
        return found, False
    found = topic(sentence.grouped, at)
    taken = {m.name for m in hit.subjects}
    if found and not taken & {m.name for m in found}:
        return found, False
    return ((sentence.context.subject,) if sentence.context.subject else ()), True


def _among(mention: Mention, givers: list[Mention]) -> bool:
    """Whether a name is one of several givers, not the first: then it is not what they give to."""
    others = [g for g in givers if g.name != mention.name]
    if len(others) == len(givers) or mention.start is None:
        return False
    return any(g.start is not None and g.start < mention.start for g in others)


def _grouped_at(sentence: Sentence, hit: Hit) -> int:
    """Where a match stands in the grouped mask, whichever mask it was found in."""
    if hit.mask is sentence.grouped:
        return hit.start
    place, _ = hit.mask.span(hit.start, hit.end)
    starts = sentence.grouped.starts
    return next((i for i, s in enumerate(starts) if s >= place), len(starts))


def _words(sentence: Sentence, span: tuple[int, int]) -> tuple[Mention, ...]:
    """Words without a name as a mention: what is made or signed."""
    start, end = sentence.offsets(*span)
    text = sentence.context.document.text[start:end]
    left = len(text) - len(text.lstrip())
    text = text.strip()
    return (Mention(text, "", start + left, start + left + len(text)),) if len(text) > 1 else ()


def _product(sentence: Sentence, hit: Hit) -> str:
    if hit.product_span is None:
        return ""
    start, end = sentence.offsets(*hit.product_span)
    return sentence.context.document.text[start:end].strip()


def _evidence(sentence: Sentence, hit: Hit) -> Evidence:
    """The sentence; of a longer one than is allowed, the part around the match."""
    document = sentence.context.document
    start, end = sentence.context.start, sentence.context.end
    if end - start > LONGEST_QUOTE:
        place = sentence.offsets(*hit.mask.span(hit.start, hit.end))
        start = max(start, min(place[0] - 40, place[1] - LONGEST_QUOTE // 2))
        end = min(end, max(place[1], start + LONGEST_QUOTE), start + LONGEST_QUOTE)
    return Evidence(source=document.id, quote=document.text[start:end], start=start, end=end)


def _whole(sentence: Sentence) -> Evidence:
    """A sentence, or its beginning, as evidence."""
    document = sentence.context.document
    start = sentence.context.start
    end = min(sentence.context.end, start + LONGEST_QUOTE)
    return Evidence(source=document.id, quote=document.text[start:end], start=start, end=end)


def _sum(sums: tuple[Amount, ...], number: int, pairs: int) -> Amount | None:
    if not sums:
        return None
    return sums[number] if len(sums) == pairs else sums[0]


def _same(a: Mention | None, b: Mention) -> bool:
    if a is None:
        return False
    x, y = a.name.casefold(), b.name.casefold()
    return x == y or (len(min(x, y, key=len)) > 1 and (x.startswith(y) or y.startswith(x)))


def _key(claim: Claim) -> tuple[str, str, str, bool]:
    return (
        claim.subject.name, claim.relation or claim.measure,
        claim.object.name if claim.object else str(claim.amount), claim.negated,
    )  # fmt: skip


def _distinct(claims: list[Claim]) -> Iterator[Claim]:
    """One claim per sentence and reading: the one that says most.

    Several patterns may see the same thing, one with its sum and one without.
    """
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (*_key(claim), claim.evidence.start, claim.evidence.end)
        kept = best.get(key)
        best[key] = claim if kept is None else _fuller(kept, claim)
    yield from best.values()


def _fuller(a: Claim, b: Claim) -> Claim:
    return replace(
        a,
        amount=a.amount or b.amount,
        joint=a.joint or (b.joint if a.amount is None else ""),
        share=a.share if a.share is not None else b.share,
        when=a.when or b.when,
        status=a.status or b.status,
        product=a.product or b.product,
        confidence=max(a.confidence, b.confidence),
    )
