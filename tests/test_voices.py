"""Who speaks: ten copies of one report are one voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Claim, Corpus, Mention, Source
from kg.voices import Voices
from tests.money_claims import ENTITIES, corpus, pays, quoted

LONG = "Nvidia said it would invest up to $100 billion in OpenAI, step by step."


def voices(*claims: Claim, restates: Iterable[tuple[str, str]] = ()) -> tuple[str, ...]:
    """The voices behind all claims of a corpus."""
    return Voices(corpus(*claims, restates=restates)).of(claims)


def by(source: str, quote: str = "", said_by: Mention | None = None) -> Claim:
    """A claim of a source, from a document if it has a quote."""
    claim = pays(source, "nvidia", "openai", attributed_to=said_by)
    return quoted(claim, quote) if quote else claim


def plain(*claims: Claim) -> Corpus:
    """A corpus whose sources nobody publishes."""
    whole = corpus(*claims)
    return replace(whole, sources={i: replace(s, publisher="") for i, s in whole.sources.items()})


def test_nobody_speaks_for_nothing() -> None:
    assert voices() == ()


def test_sources_of_two_publishers_are_two_voices() -> None:
    assert voices(by("Wire"), by("Post")) == ("post", "wire")


def test_sources_of_one_publisher_are_one_voice_however_it_is_written() -> None:
    assert voices(by("Wire:2025-01-01"), by("WIRE:2025-02-01")) == ("wire",)


def test_a_source_that_nobody_is_known_to_publish_is_a_voice_of_its_own() -> None:
    claims = by("first"), by("second")
    assert Voices(plain(*claims)).of(claims) == ("first", "second")
    unknown = Corpus(entities=ENTITIES, sources={}, claims=claims)
    assert Voices(unknown).of(claims) == ("first", "second")


@pytest.mark.parametrize(
    ("quotes", "count"),
    [
        ((LONG, LONG), 1),
        ((LONG, LONG.replace("it would", "it\n  would")), 1),  # broken into lines elsewhere
        ((LONG, LONG.replace("$100", "$30")), 2),
        ((LONG[:40], LONG[:40]), 1),
        ((LONG[:39], LONG[:39]), 2),  # short enough to come twice by chance
    ],
)
def test_documents_that_share_a_long_sentence_word_for_word_are_one_voice(
    quotes: tuple[str, str], count: int
) -> None:
    assert len(voices(by("Wire", quotes[0]), by("Post", quotes[1]))) == count


def test_rows_of_tables_that_read_alike_are_no_copies() -> None:
    rows = [replace(by(s), evidence=replace(by(s).evidence, quote=LONG)) for s in ("Wire", "Post")]
    assert voices(*rows) == ("post", "wire")


def test_copies_of_copies_are_one_voice() -> None:
    other = "OpenAI will buy chips from Nvidia for the sum of 100 billion dollars."
    chain = (by("Ant", LONG), by("Bee", LONG), by("Bee", other), by("Cat", other), by("Cat", LONG))
    assert voices(*chain) == ("ant",)
    assert voices(*chain, by("Dog")) == ("ant", "dog")


def test_all_sources_of_a_publisher_that_copies_count_as_the_one_it_copies() -> None:
    corpus_ = corpus(by("Ant", LONG), by("Bee:2025-01-01", LONG), by("Bee:2025-02-01"))
    found = Voices(corpus_)
    assert found.of([by("Bee:2025-02-01")]) == found.of([by("Ant", LONG)]) == ("ant",)


# ---- Restating ----


def test_a_source_that_restates_another_adds_nothing_to_it() -> None:
    claims = by("Wire"), by("Brief")
    assert voices(*claims, restates=[("Brief", "Wire")]) == ("wire",)
    assert voices(*claims) == ("brief", "wire")


def test_a_source_that_restates_is_a_voice_where_the_other_does_not_speak() -> None:
    claims = by("Wire"), by("Brief")
    found = Voices(corpus(*claims, restates=[("Brief", "Wire")]))
    assert found.of(claims[1:]) == ("brief",)
    assert found.of(claims[:1]) == ("wire",)


def test_sources_that_restate_each_other_are_one_voice() -> None:
    assert len(voices(by("Ant"), by("Bee"), restates=[("Ant", "Bee"), ("Bee", "Ant")])) == 1


def test_several_that_restate_one_source_are_one_voice_without_it() -> None:
    claims = by("Wire"), by("Ant"), by("Bee")
    found = Voices(corpus(*claims, restates=[("Ant", "Wire"), ("Bee", "Wire")]))
    assert found.of(claims[1:]) == ("ant",)
    assert found.of(claims) == ("wire",)


@pytest.mark.parametrize("names", [("Ant", "Bee", "Cat"), ("Cat", "Bee", "Ant")])
def test_a_report_of_a_report_of_a_report_is_one_voice(names: tuple[str, str, str]) -> None:
    first, second, third = names
    claims = [by(n) for n in names]
    restates = [(third, second), (second, first)]
    assert voices(*claims, restates=restates) == (first.casefold(),)


def test_a_publisher_restates_only_when_all_its_sources_do() -> None:
    claims = by("Wire"), by("Brief:2025-01-01"), by("Brief:2025-02-01")
    assert voices(*claims, restates=[("Brief:2025-01-01", "Wire")]) == ("brief", "wire")


def test_a_source_that_restates_its_own_publisher_is_its_voice() -> None:
    claims = by("Wire:2025-01-01"), by("Wire:2025-02-01")
    assert voices(*claims, restates=[("Wire:2025-02-01", "Wire:2025-01-01")]) == ("wire",)


# ---- Attribution ----


def test_what_a_source_attributes_to_somebody_by_name_is_that_ones() -> None:
    named = Mention("Nvidia Corp", entity="nvidia")
    claims = by("Wire", said_by=named), by("Post", said_by=named)
    assert voices(*claims) == ("nvidia",)
    assert voices(*claims, by("Post")) == ("nvidia", "post")
    assert voices(by("Wire", said_by=Mention("Jane Roe")), by("Wire")) == ("jane roe", "wire")


def test_nobody_in_particular_is_no_voice() -> None:
    vague = Mention("people familiar with the matter")
    assert voices(by("Wire", said_by=vague), by("Post", said_by=vague)) == ("post", "wire")
    assert voices(by("Wire", said_by=vague), by("Wire")) == ("wire",)


def test_a_publisher_that_another_source_quotes_speaks_with_its_own_voice() -> None:
    quoted_ = by("Post", said_by=Mention("wire"))
    assert voices(quoted_, by("Wire")) == ("wire",)


def test_a_publisher_that_is_quoted_and_copied_speaks_with_one_voice() -> None:
    claims = by("Ant", LONG), by("Wire", LONG), by("Post", said_by=Mention("Wire"))
    assert voices(*claims) == ("ant",)


def test_the_names_of_voices_are_those_of_entities_in_english() -> None:
    entity = replace(ENTITIES["nvidia"], labels={"en": "NVIDIA", "zh-Hans": "英伟达"})
    claim = by("Wire", said_by=Mention("英伟达", entity="nvidia"))
    whole = replace(corpus(claim), entities={"nvidia": entity})
    assert Voices(whole).of([claim]) == ("nvidia",)
    nameless = replace(whole, entities={"nvidia": replace(entity, labels={})})
    assert Voices(nameless).of([claim]) == ("nvidia",)


# ---- Laws ----

NAMES = ("Ant", "Bee:2025", "Bee:2026", "Cat", "Dog", "Eel")
some_claims = st.lists(
    st.builds(
        by,
        st.sampled_from(NAMES),
        st.sampled_from(("", "", "short", LONG, LONG[::-1])),
        st.sampled_from((None, None, Mention("Nvidia", entity="nvidia"), Mention("Jane Roe"))),
    ),
    max_size=8,
)
some_restates = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=3)


def whole(claims: Iterable[Claim], restates: Iterable[tuple[str, str]]) -> Corpus:
    """A corpus with all sources, of which some restate others."""
    sources = {n: Source(id=n, publisher=n.partition(":")[0]) for n in NAMES}
    for one, other in restates:
        known = sources[one]
        sources[one] = replace(known, restates=(*known.restates, other))
    return Corpus(entities=ENTITIES, sources=sources, claims=tuple(claims))


@given(some_claims, some_restates, st.randoms())
def test_voices_do_not_depend_on_the_order_of_claims(
    claims: list[Claim], restates: list[tuple[str, str]], random: object
) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    expected = Voices(whole(claims, restates)).of(claims)
    assert Voices(whole(shuffled, restates)).of(shuffled) == expected
    assert Voices(whole(claims, restates)).of([*shuffled, *claims]) == expected
    assert list(expected) == sorted(set(expected))


@given(some_claims, some_restates)
def test_some_claims_have_at_least_one_voice_and_at_most_one_each(
    claims: list[Claim], restates: list[tuple[str, str]]
) -> None:
    found = Voices(whole(claims, restates)).of(claims)
    assert min(len(claims), 1) <= len(found) <= len(claims)


@given(some_claims)
def test_who_restates_somebody_never_makes_more_voices(claims: list[Claim]) -> None:
    before = Voices(whole(claims, [])).of(claims)
    for pair in (("Ant", "Cat"), ("Cat", "Ant"), ("Dog", "Bee:2025"), ("Bee:2025", "Eel")):
        assert set(Voices(whole(claims, [pair])).of(claims)) <= set(before)
