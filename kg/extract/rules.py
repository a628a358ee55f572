"""The engine `rules`: offline, deterministic, taught by ontology/lexicon alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import TypeVar

from kg.claim import Claim, Document, Evidence, Mention
from kg.extract.confidence import load_confidence, relation_kind
from kg.extract.decide import Reading, interpret, of_round
from kg.extract.denials import alike, settle
from kg.extract.denied_parties import alternatives
from kg.extract.figures import find_figures
from kg.extract.gazetteer import Gazetteer, plain
from kg.extract.guesses import SCORED, guesses, one_sum
from kg.extract.lexicon import load_lexicon
from kg.extract.measures import load_deals
from kg.extract.name_head import load_head
from kg.extract.names import NameFinder
from kg.extract.outdone import outdone
from kg.extract.reader import Sentence, read
from kg.extract.relations import Hit
from kg.extract.roles import TOLD, Filled, fill_roles
from kg.extract.scorer import Weighed, known_relations, load_scorer
from kg.extract.steps import Step, distinct, related, reports, said_of, without
from kg.extract.tagger import load_tagger
from kg.extract.threads import one_thread
from kg.extract.totals import with_totals
from kg.extract.words import Words, load_words
from kg.extract.zh_statistics import Statistics
from kg.garbage import no_cycles
from kg.iri import digest
from kg.ontology import Ontology

#: Evidence is never longer than this many characters.
LONGEST_QUOTE = 400

T = TypeVar("T")


class RulesExtractor:
    """Extracts claims by the patterns of ontology/lexicon.

    Args:
        ontology: the codes that claims may carry, and the folder that holds lexicon/.
        names: names known beforehand → class code.
        tagger: whether statistics help to find Chinese names; without them it is several times
            faster and finds fewer.
        scorer: whether what patterns leave open is guessed from the words around two names.

    Raises:
        WorkspaceError: the lexicon is missing or faulty.
    """

    name = "rules"
    version = "2"

    def __init__(
        self,
        *,
        ontology: Ontology,
        names: Mapping[str, str],
        tagger: bool = True,
        scorer: bool = True,
    ) -> None:
        self.ontology = ontology
        self.persons = frozenset(
            code for code, r in ontology.relations.items() if r.subject_types == ("Person",)
        )
        with no_cycles():
            self._load(names, tagger=tagger, scorer=scorer)

    def _load(self, names: Mapping[str, str], *, tagger: bool, scorer: bool) -> None:
        ontology = self.ontology
        self.lexicon = load_lexicon(ontology)
        triggers = {t: "v" for lang in self.lexicon.languages.values()
                    for p in lang.patterns for t in p.triggers}  # fmt: skip
        words = load_words() if "zh" in self.lexicon.languages else None
        known = Gazetteer({**self.lexicon.known, **_countries_as_places(names, words)})
        statistics = None
        if tagger and words is not None:
            statistics = Statistics(load_tagger(), load_head(ontology.folder))
        self.confidence = load_confidence(ontology.folder)
        self.deals = load_deals(ontology.folder)
        model = load_scorer(ontology.folder) if scorer else None
        self.scorer = known_relations(model, ontology.relations, ontology.folder)
        self._reckons = statistics is not None or self.scorer is not None
        self.finder = NameFinder(self.lexicon.of(""), known, words, triggers, statistics)

    def extract(self, document: Document) -> Iterator[Claim]:
        """The claims of a document, in the order of the text; the headline's own ones last."""
        body: list[Claim] = []
        headline: list[Claim] = []
        before: list[Claim] = []
        # Entered here, since what is entered hundreds of times in a document counts.
        with no_cycles(), one_thread() if self._reckons else nullcontext():
            told = list(settle(self._told(document), whole, self.persons))
        for sentence, relations in told:
            figures = self.figures(sentence, before, relations)
            before = relations
            (headline if sentence.headline else body).extend([*relations, *figures])
        said = {said_of(c) for c in body} | self._turned(body)
        yield from distinct([*body, *(c for c in headline if said_of(c) not in said)])

    def _turned(self, body: Sequence[Claim]) -> set[tuple[str, str, str, bool]]:
        """What claims say the other way round: a headline, which leaves words out, is not believed
        in it."""
        return {
            (c.object.name, c.relation, c.subject.name, c.negated)
            for c in body
            if c.object is not None and not self.ontology.relations[c.relation].symmetric
        }

    def figures(
        self, sentence: Sentence, before: Sequence[Claim], relations: Sequence[Claim]
    ) -> list[Claim]:
        """The figures of a sentence.

        Args:
            before: the relations of the sentence before it.
            relations: its own.
        """
        said = (*before, *relations)
        told = find_figures(sentence, self.ontology, self.name, self.confidence, said)
        return with_totals(sentence, self.ontology, told, relations)

    def _told(self, document: Document) -> Iterator[tuple[Sentence, list[Claim], list[Claim]]]:
        """Each sentence with its claims and what it passes on without claiming it."""
        for sentence in read(document, self.lexicon, self.finder):
            steps = list(self.steps(sentence))
            yield sentence, [c for step in steps for c in step.claims], reports(sentence, steps)

    def steps(self, sentence: Sentence) -> Iterator[Step]:
        """Every match of a pattern in a sentence, with its claims or why it makes none; then what
        the scorer guesses of names that no pattern relates."""
        weighed = None
        language = sentence.language
        # The scorer learnt the two languages that the scripts are named after.
        learnt = language.code == language.script
        if self.scorer is not None and learnt and not sentence.headline:
            chinese = language.code == "zh"
            weighed = Weighed(self.scorer, sentence.grouped, chinese=chinese)
        found = [self._step(filled, sentence, weighed) for filled in fill_roles(sentence)]
        if weighed is not None:
            said = [c for step in found for c in step.claims]
            more = guesses(weighed, self.ontology, sentence, said, related(found))
            found += [self._step(filled, sentence, weighed) for filled in more]
        falling = outdone([c for step in found for c in step.claims], self.deals)
        yield from without(found, falling) if falling else found

    def _step(self, filled: Filled, sentence: Sentence, weighed: Weighed | None) -> Step:
        if filled.reason:
            return Step(filled.hit, filled.how, (), filled.reason)
        parties = max(len(filled.subjects), len(filled.objects))
        reading = interpret(filled.hit, sentence, self.ontology, parties)
        if filled.round is not None:
            reading = of_round(reading, filled.round, sentence.language.cues, parties)
        if filled.how == SCORED and not one_sum(sentence):
            reading = replace(reading, sums=(), joint_at=None)
        claims = tuple(self._claims(filled, sentence, reading))
        if reading.doubt:
            return Step(filled.hit, filled.how, (), reading.doubt, claims)
        told, kinds, reason = [], [], ""
        for claim in claims:
            support = self._support(claim, weighed)
            # What is denied or said in passing needs no other words, what is said in full fewer.
            asked = sentence.language
            least = asked.support if filled.how == TOLD else asked.support_open
            told_aside = claim.negated or filled.hit.pattern.nominal
            if not told_aside and support is not None and support < least:
                reason = f"the words around the two names speak against it ({support:.2f})"
                continue
            kind = relation_kind(filled.how, sentence, support, weighed is not None)
            told.append(
                replace(claim, confidence=self.confidence.relation(kind, filled.hit.pattern))
            )
            kinds.append(kind)
        return Step(filled.hit, filled.how, tuple(told), reason, (), tuple(kinds))

    def _support(self, claim: Claim, weighed: Weighed | None) -> float | None:
        if weighed is None or claim.object is None:
            return None
        symmetric = self.ontology.relations[claim.relation].symmetric
        return weighed.support(
            claim.subject.name, claim.relation, claim.object.name, symmetric=symmetric
        )

    def _claims(self, filled: Filled, sentence: Sentence, reading: Reading) -> Iterator[Claim]:
        hit = filled.hit
        relation = self.ontology.relations[hit.pattern.relation]
        evidence = _evidence(sentence, hit)
        joint = ""
        if reading.joint_at is not None:
            joint = digest(sentence.context.document.id, str(reading.joint_at), length=12)
        objects = filled.objects + (
            alternatives(hit, sentence.language.rows) if reading.negated else ()
        )
        pairs = [(s, o) for s in filled.subjects for o in objects]
        if len(filled.subjects) == len(objects) > 1 and _told_apart(hit, sentence):
            pairs = list(zip(filled.subjects, objects, strict=True))
        for number, (subject, object_) in enumerate(pairs):
            if _same(subject, object_) and not (
                filled.how == TOLD and _both_named(subject, object_, evidence)
            ):
                continue
            amount = _sum(reading.sums, number, len(pairs))
            yield Claim(
                kind="relation",
                subject=subject,
                relation=relation.code,
                object=object_,
                evidence=evidence,
                amount=amount,
                share=_sum(reading.shares, number, len(pairs)),
                when=reading.when,
                status=reading.status,
                negated=reading.negated,
                joint=joint if amount is not None else "",
                product=_product(sentence, hit),
                attributed_to=reading.speaker
                if not _same(reading.speaker, subject) or reading.negated
                else None,
                extractor=self.name,
            )


def _told_apart(hit: Hit, sentence: Sentence) -> bool:
    """Whether each does it to one: "A and B lent C and D $2m and $3m respectively"."""
    return sentence.language.cues.search("split", hit.mask.text) is not None


def _countries_as_places(names: Mapping[str, str], words: Words | None) -> dict[str, str]:
    """Known names with countries as places: "美国" in a text is mostly where, seldom who."""
    if words is None:
        return dict(names)
    return {
        n: "Place" if code == "GovernmentBody" and _country(plain(n), words) else code
        for n, code in names.items()
    }


def _country(name: str, words: Words) -> bool:
    return words.tag(name) == "ns" and words.count(name) > 5000


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


def whole(sentence: Sentence) -> Evidence:
    """A sentence, or its beginning, as evidence."""
    document = sentence.context.document
    start = sentence.context.start
    end = min(sentence.context.end, start + LONGEST_QUOTE)
    return Evidence(source=document.id, quote=document.text[start:end], start=start, end=end)


def _both_named(a: Mention, b: Mention, evidence: Evidence) -> bool:
    """Whether two names that begin alike stand beside each other: 台泥旗下的台泥绿能."""
    start, end = evidence.start or 0, evidence.end or 0
    inside = all(m.start is not None and start <= m.start < end for m in (a, b))
    return inside and a.start != b.start and a.name.casefold() != b.name.casefold()


def _sum(sums: tuple[T, ...], number: int, pairs: int) -> T | None:
    if not sums:
        return None
    return sums[number] if len(sums) == pairs else sums[0]


def _same(a: Mention | None, b: Mention) -> bool:
    if a is None:
        return False
    return a.name.casefold() == b.name.casefold() or alike(a.name, b.name)
