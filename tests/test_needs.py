"""What a pattern needs is less than its expression says, never more."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Document
from kg.documents import read_documents
from kg.extract.alphabet import Alphabet
from kg.extract.needs import met, needs_of, searched
from kg.extract.reader import read
from kg.extract.rules import RulesExtractor
from kg.ontology import load_ontology

DEV = Path(__file__).parent / "gold" / "dev"


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("投资", (("投资",),)),
        ("(?:正|将)?投资了?", (("投资",),)),
        ("(?:向|对|给)(?:投资){1,2}于", (("投资",), ("于",), ("向", "对", "给"))),
        ("[与和](?:借|贷)*款", (("款",), ("与", "和"))),
        (r"\b(?:Sold|sells)\b to\ it\.", ((" to it",), ("sold", "sells"))),
        ("(?<!不)(?!再)买(?=下)", (("买",),)),
        ("(?:买(?:入|进)|购|..)", ()),
        ("(?:买(?:入|进)了|购置)", (("买", "购置"),)),
        ("a|b", ()),
        ("(?<=[ (|])买[)?]", (("买",),)),
        ("(?-i:[a-z] )(?:卖)", (("卖",),)),
        (r"\u4e70入", ()),
        (r"\x41入", ()),
        ("[]买]卖", ()),
        ("[^买卖]{2,5}?(?P<O>[\ue000-\ue07f])", (("\U000f0000", "\U000f0001"),)),
        ("(?P<s_at>)[A-Z\ue000-\ue03f]", ()),
    ],
)
def test_what_is_asked_for(source: str, needs: tuple[tuple[str, ...], ...]) -> None:
    assert needs_of(source) == needs


def test_things_are_asked_for_by_their_kind() -> None:
    alphabet = Alphabet(("Company", "amount"))
    needs = needs_of(f"[{alphabet.ranges(('amount',))}]")
    firm, sum_ = alphabet.char("Company", 3), alphabet.char("amount", 3)
    assert met(needs, searched(f"投资{sum_}", sum_))
    assert not met(needs, searched(f"{firm}投资", firm))


PIECES = [
    *("买", "卖了?", "(?:买|卖)", "(?:买|(?:卖|购)入)", "(?:购){2}", "[买卖]", "[^买]", "(?!买)"),
    *("(?=卖)", "(?<=入)", "(?:购|买)?", "(?:入)*", ".{0,2}?", "(?P<A>[购入])"),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.text("买卖购入", max_size=9))
def test_nothing_that_matches_is_missed(pieces: list[str], text: str) -> None:
    named = (p.replace("<A>", f"<A{i}>") for i, p in enumerate(pieces))
    source = "".join(named)
    if re.search(source, text):
        assert met(needs_of(source), searched(text, ()))


def test_no_match_in_the_gold_articles_is_missed() -> None:
    engine = RulesExtractor(ontology=load_ontology(), names={}, tagger=False, scorer=False)
    tried = spared = 0
    for path in sorted(DEV.glob("*.txt")):
        for document in read_documents(path, path.parent):
            assert isinstance(document, Document)
            for sentence in read(document, engine.lexicon, engine.finder):
                patterns = sentence.language.patterns
                for mask in (sentence.grouped, sentence.raw):
                    has = searched(mask.text, mask.items)
                    for number in sentence.language.triggers.find(mask.text.lower()):
                        tried += 1
                        if not met(patterns[number].needs, has):
                            spared += 1
                            assert not patterns[number].regex.search(mask.text)
    assert spared > tried / 2


def test_kinds_that_slots_share_stand_side_by_side() -> None:
    slots = [("Fund", "Person", "?"), ("Fund", "?"), ("Place",)]
    alphabet = Alphabet.of(("Company", "Fund", "Person", "Place"), slots)
    assert len(alphabet.ranges(("?", "Fund", "Person"))) == 3
    assert set(alphabet.kinds) > {"Company", "amount", "time"}
