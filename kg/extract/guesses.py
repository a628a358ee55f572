"""What the scorer guesses of two names, in the form of a pattern's match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from kg.claim import Claim, Mention
from kg.extract.patterns import Pattern
from kg.extract.reader import Sentence
from kg.extract.reference_words import ReferenceWords
from kg.extract.relations import Hit
from kg.extract.roles import Filled
from kg.extract.scorer import Guess, Weighed
from kg.extract.subjects import remarked
from kg.ontology import Ontology

#: Where roles come from when no pattern says it; see kg.extract.roles.
SCORED = "scored"
#: As likely must be that somebody does to a thing what a pattern says that another does to it: of
#: 21 less likely ones in texts of other hands 7 were right.
_BESIDE = 0.7


def guesses(
    weighed: Weighed,
    ontology: Ontology,
    sentence: Sentence,
    claims: Sequence[Claim],
    related: Set[frozenset[str]],
) -> Iterator[Filled]:
    """What is guessed in a sentence of names that no pattern relates, the surest first.

    Who gives in a sentence does not receive the same in it, nor gives to others than a pattern
    says: of "A lends to B, C lends to D" A and D are nothing to each other.

    Args:
        weighed: the sentence as the scorer sees it.
        ontology: which classes fit a relation.
        claims: what patterns say of the sentence.
        related: the pairs of names of which they say something.
    """
    mask = sentence.grouped
    givers = {(c.relation, c.subject.name) for c in claims}
    bound = set(givers)
    goods = [c.product for c in claims if c.product]
    takers = {(c.relation, c.object.name) for c in claims if c.object is not None}
    told = frozenset(takers)
    found = weighed.guesses(related)
    for guess in sorted(found, key=lambda g: (-g.probability, g.first, g.second)):
        first, second = (mask.mentions(mask.text[i]) for i in (guess.first, guess.second))
        subjects, objects = (first, second) if guess.forward else (second, first)
        relation = ontology.relations[guess.relation]
        if not (_fit(subjects, relation.subject_types) and _fit(objects, relation.object_types)):
            continue
        # What a pattern says is supplied is no supplier.
        if any(m.name in thing for m in (*first, *second) for thing in goods):
            continue
        gives = {(guess.relation, m.name) for m in subjects}
        takes = {(guess.relation, m.name) for m in objects}
        if gives & (takers | bound) or takes & givers:
            continue
        if takes & told and guess.probability < _BESIDE:
            continue
        # One buyer buys a firm: whoever else is named beside it only has to do with it.
        if relation.sole == "subject" and relation.money_flow != "none" and takes & told:
            continue
        # After a semicolon something new is spoken of, and a saying is no party.
        kinds = {mask.items[mask.text[i]][0].kind for i in (guess.first, guess.second)}
        between = mask.text[guess.first : guess.second]
        if ";" in between or "quote" in kinds:
            continue
        # "X(“Y”,Z的子公司)收购W": what brackets say of X is no part of what X does.
        # Nor is who speaks a party to what is spoken of.
        if any(between.count(a) != between.count(b) for a, b in ("()", "“”")):
            continue
        # "X, Y's unit, competes with Z": a pattern knows that it is X who does.
        giver = guess.first if guess.forward else guess.second
        language = sentence.language
        if takes & told and language.figures.owns.match(mask.text, giver + 1):
            continue
        if _describes(mask.text, giver, language.reference):
            continue
        taker = guess.second if guess.forward else guess.first
        if giver < taker and remarked(mask, giver, language.grammar):
            continue
        givers |= gives
        takers |= takes
        hit = Hit(
            pattern=_pattern(guess, sentence), mask=mask, start=guess.first, end=guess.second + 1,
            subjects=subjects, objects=objects, subject_open=False, object_open=False,
            subject_at=-1, object_at=-1, object_span=None, product_span=None, amount_char="",
            percent_char="",
        )  # fmt: skip
        yield Filled(hit, subjects, objects, SCORED)


def _describes(text: str, at: int, words: ReferenceWords) -> bool:
    """Whether a name only tells what somebody was, or where something is."""
    return bool(words.called.match(text, at + 1) or words.within.search(text, 0, at))


def _fit(mentions: Sequence[Mention], types: Sequence[str]) -> bool:
    """Whether names are of classes that a relation may have there, as far as they are known."""
    return not types or all(not m.type or m.type in types for m in mentions)


def one_sum(sentence: Sentence) -> bool:
    """Whether a sentence has but one sum: of several nothing says which a guess means."""
    return sum(item.kind == "amount" for _, item in sentence.grouped.values) == 1


def _pattern(guess: Guess, sentence: Sentence) -> Pattern:
    """A pattern that stands for a guess: it has no words of its own."""
    own = (p for p in sentence.language.patterns if p.relation == guess.relation)
    return Pattern(
        relation=guess.relation, source="", flags=0,
        written=f"the words around the two names, {guess.probability:.2f}",
        kinds=frozenset(), triggers=(), raw=False, thing=False, project=False, giver=False,
        nominal=False, swap=False, status="", negated=False, money=any(p.money for p in own),
        carried=False, raised=False, apart=False, follows=frozenset(), givers=None, excluded=None,
        confidence=Decimal("0.8"), place="scorer",
    )  # fmt: skip
