"""A language is added by files alone: German, with one relation, one measure and a few names."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from kg.claim import Claim, Document, Quarantined, Source
from kg.documents import read_documents
from kg.extract.lint import lint
from kg.extract.rules import RulesExtractor
from kg.languages import read_languages
from kg.ontology import load_ontology

ARTICLE = """Kestrel holt Geldgeber
date: 2026-03-02
Die Valmont AG hat am Montag 5 Millionen Euro in die Kestrel GmbH investiert, und die Bank \
von Osten gab nichts. Die Valmont AG hat nicht in die Ostwind GmbH investiert. Der Umsatz der \
Kestrel GmbH lag bei 12 Millionen Euro.
"""
FILES = {
    "relations.toml": """
spaced = true
[slots]
agent = ["Company", "Fund", "?", "pronoun"]
firm = ["Company", "Fund", "?"]
[words]
[investsIn]
money = true
patterns = ['{S}..in (?:die |das |den )?{O:firm} <investiert>']
""",
    "names.toml": """
[strong]
Company = ["AG", "GmbH", "SE"]
[stop]
words = ["Die", "Der", "Das", "Montag", "Millionen", "Euro", "Umsatz"]
""",
    "cues.toml": """
denial = ["\\\\bnicht\\\\b"]
status_completed = ["\\\\bhat\\\\b"]
""",
    "grammar.toml": """
auxiliary = ["hat|haben|wird|werden"]
oblique = ["in|bei|von|mit|an"]
""",
    "reading.toml": """
[rows]
joint = [" und (?:die |das )?"]
conjunction = ["und"]
[figures]
owns = ["s"]
""",
    "measures.toml": """
[[revenue]]
before = ["Umsatz"]
of = ["money"]
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copytree(load_ontology().folder, tmp_path / "ontology")
    german = tmp_path / "ontology" / "lexicon" / "de"
    german.mkdir()
    for name, text in FILES.items():
        (german / name).write_text(text, "utf-8")
    values = tmp_path / "ontology" / "lexicon" / "values.toml"
    text = values.read_text("utf-8").replace('"million", ', '"million", "millionen", ')
    values.write_text(text, "utf-8")
    return tmp_path / "ontology"


def _read(tmp_path: Path, ontology: Path | None) -> Document | Quarantined:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, "utf-8")
    (item,) = read_documents(path, tmp_path, ontology)
    return item


def _claims(tmp_path: Path, folder: Path) -> list[Claim]:
    document = _read(tmp_path, folder)
    assert isinstance(document, Document)
    return list(RulesExtractor(ontology=load_ontology(folder), names={}).extract(document))


def test_a_text_in_a_language_without_a_folder_is_refused_and_those_with_one_are_named(
    tmp_path: Path,
) -> None:
    refused = _read(tmp_path, None)
    assert isinstance(refused, Quarantined)
    assert refused.message == "this is German; expected Chinese or English"


def test_a_folder_makes_its_language_read(folder: Path, tmp_path: Path) -> None:
    assert read_languages(folder) == ("zh-Hans", "zh-Hant", "en", "de")
    read = _read(tmp_path, folder)
    assert isinstance(read, Document)
    assert read.language == "de"


def test_its_words_make_claims_and_denials_with_sums(folder: Path, tmp_path: Path) -> None:
    found = [c for c in _claims(tmp_path, folder) if c.kind == "relation"]
    assert [
        (c.subject.name, c.relation, c.object.name if c.object else "", c.negated) for c in found
    ] == [
        ("Valmont AG", "investsIn", "Kestrel GmbH", False),
        ("Valmont AG", "investsIn", "Ostwind GmbH", True),
    ]
    given = found[0]
    assert given.amount is not None
    assert (int(given.amount.low or 0), given.amount.currency) == (5_000_000, "EUR")
    assert given.status == "completed"


def test_its_measures_make_figures(folder: Path, tmp_path: Path) -> None:
    (figure,) = (c for c in _claims(tmp_path, folder) if c.kind == "figure")
    assert (figure.subject.name, figure.measure) == ("Kestrel GmbH", "revenue")
    assert figure.amount is not None
    assert int(figure.amount.low or 0) == 12_000_000


def test_the_check_reads_it_with_the_others(folder: Path) -> None:
    assert [f.message for f in lint(load_ontology(folder)) if f.severity == "error"] == []
    (folder / "lexicon" / "de" / "cues.toml").write_text('denial = ["(nicht"]\n', "utf-8")
    (finding,) = lint(load_ontology(folder))
    assert "lexicon/de/cues.toml:1" in finding.message


def test_english_is_read_as_before_beside_it(folder: Path) -> None:
    text = "News\nAcme Corp invested $5 million in Kestrel Ltd. Acme Corp makes pumps."
    document = Document(source=Source(id="test"), text=text, language="en")
    with_german = RulesExtractor(ontology=load_ontology(folder), names={})
    without = RulesExtractor(ontology=load_ontology(), names={})
    assert list(with_german.extract(document)) == list(without.extract(document)) != []
