"""The index of trigger words finds what a search for every word would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extracting import engine

LANGUAGES = engine().lexicon.languages
WORDS = {
    code: sorted({t for p in language.patterns for t in p.triggers})
    for code, language in LANGUAGES.items()
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(WORDS)), st.data())
def test_every_trigger_that_stands_as_a_word_is_found(code: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[code]), min_size=1, max_size=5))
    filler = st.sampled_from(["x", "的", "。", "12"])
    text = " ".join(w + " " + data.draw(filler) for w in words)
    found = {trigger for trigger, _ in LANGUAGES[code].triggers.hits(text)}
    assert set(words) <= found
    assert all(trigger in text for trigger in found)


def test_a_trigger_names_its_patterns() -> None:
    language = LANGUAGES["zh"]
    numbers = language.triggers.find("微软收购瀚洋科技")
    assert {language.patterns[n].relation for n in numbers} >= {"acquires"}
    assert all(any(t in "微软收购瀚洋科技" for t in language.patterns[n].triggers) for n in numbers)
