"""What all tests share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from kg.claim import Corpus
from kg.deals import group_deals
from kg.iri import Namer
from kg.ontology import Ontology, load_ontology
from kg.rdf import quads, write_nquads
from tests import page_corpus

# Tests say what is right, never how fast: no example has a deadline.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The repository's ontology."""
    return load_ontology(ROOT / "ontology")


@pytest.fixture(scope="session")
def namer() -> Namer:
    """The default IRIs."""
    return Namer()


@pytest.fixture(scope="session")
def corpus(ontology: Ontology) -> Corpus:
    """A small corpus with every kind of claim, valid as a build would make it."""
    plain = page_corpus.corpus()
    claims = [
        replace(c, deal="", evidence=replace(c.evidence, columns=("row", "note")))
        if c.evidence.row
        else replace(c, deal="")
        for c in plain.claims
    ]
    grouped, deals = group_deals(claims, plain.entities, ontology)
    by_id = {c.id: c for c in grouped}
    return replace(plain, claims=tuple(c for _, c in sorted(by_id.items())), deals=deals)


@pytest.fixture(scope="session")
def graph(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, ontology: Ontology, namer: Namer
) -> Path:
    """The small corpus as graph.nq."""
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    write_nquads(quads(corpus, ontology, namer), path)
    return path
