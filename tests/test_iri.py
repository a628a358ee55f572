"""IRIs follow from content alone and survive any name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from kg.iri import KINDS, Namer, digest, slug


def test_a_digest_is_the_same_on_every_run() -> None:
    assert digest("nvidia", "investsIn", "openai") == "606534f1dfc8c26155cd"


@given(st.lists(st.text(alphabet="ab", max_size=3), min_size=1, max_size=4))
def test_where_one_part_ends_matters(parts: list[str]) -> None:
    joined = ["".join(parts)]
    assert (digest(*parts) == digest(*joined)) == (parts == joined)


@given(st.text())
def test_every_name_has_a_slug_that_is_stable(name: str) -> None:
    made = slug(name)
    assert made
    assert not set(made) & set(" \"'<>/?#\\{}|^`")
    assert slug(made) == made or made.startswith("x")


@given(st.sampled_from(sorted(KINDS)), st.text(min_size=1))
def test_an_iri_can_be_read_back(kind: str, local: str) -> None:
    namer = Namer()
    try:
        local.encode()
    except UnicodeEncodeError:  # a lone surrogate is no text
        return
    iri = namer.iri(kind, local)
    assert namer.local(iri) == (kind, local)
    URIRef(iri).n3()  # raises when it is no valid IRI


def test_foreign_iris_stand_for_nothing() -> None:
    assert Namer().local("https://example.org/entity/openai") is None


def test_letters_of_any_script_stay_and_the_rest_is_escaped() -> None:
    assert Namer().iri("d", "星际之门 a/b") == "https://kg.example/entity/星际之门%20a%2Fb"
