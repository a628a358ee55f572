"""The patterns on the gold set: floors a little below what they reach.

The scorer has learnt from these articles, so that what it adds here would say nothing of it.
"""

from pathlib import Path

import pytest

from kg.errors import WorkspaceError
from kg.evaluate import Scores, evaluate, score
from kg.extract.rules import RulesExtractor
from kg.ontology import load_ontology

GOLD = Path(__file__).parent / "gold" / "dev"
#: Articles written later, a part of them never looked at while the lexicon grew.
FURTHER = GOLD.parent / "further"
#: Articles that nobody looked at and the scorer did not learn from.
UNREAD = GOLD.parent / "unread"


@pytest.fixture(scope="module")
def patterns() -> RulesExtractor:
    return RulesExtractor(ontology=load_ontology(), names={}, scorer=False)


@pytest.fixture(scope="module")
def scores(patterns: RulesExtractor) -> Scores:
    return evaluate(GOLD, patterns)


@pytest.mark.parametrize(
    ("what", "floor"),
    [
        ("precision", 0.94),
        ("core_f1", 0.92),
        ("f1", 0.88),
        ("amounts", 0.94),
        ("times", 0.92),
        ("statuses", 0.9),
        ("spans", 1.0),
    ],
)
def test_relations(scores: Scores, what: str, floor: float) -> None:
    assert scores.summary("relation")[what] >= floor


def test_denials_are_recorded(scores: Scores) -> None:
    assert scores.tallies["denials"]["found"] >= 14


@pytest.fixture(scope="module")
def further(patterns: RulesExtractor) -> Scores:
    return evaluate(FURTHER, patterns)


def test_further_articles(further: Scores) -> None:
    relations, figures = further.summary("relation"), further.summary("figure")
    assert relations["precision"] >= 0.87
    assert relations["core_f1"] >= 0.77
    assert figures["core_f1"] >= 0.72
    assert min(relations[k] for k in ("amounts", "times", "statuses")) >= 0.88


@pytest.mark.parametrize("scorer", [False, True])
def test_more_confidence_means_more_right_claims(scorer: bool) -> None:
    # In articles that patterns and scorer learnt from everything is surer than elsewhere.
    engine = RulesExtractor(ontology=load_ontology(), names={}, scorer=scorer)
    lines = [line for line in evaluate(UNREAD, engine).reliability() if line[1] >= 15]
    assert len(lines) >= 3
    assert [right for *_, right in lines] == sorted(right for *_, right in lines)
    assert all(abs(said - right) < 0.1 for _, claims, said, right in lines if claims >= 30)


def test_the_gold_scores_full_marks_against_itself() -> None:
    import json

    rows = {
        p.stem: [json.loads(line) for line in p.read_text("utf-8").splitlines()]
        for p in GOLD.glob("*.jsonl")
    }
    perfect = score(GOLD, rows)
    for kind in ("relation", "figure"):
        found = perfect.summary(kind)
        assert found["precision"] == found["recall"] == found["core_f1"] == 1.0
    assert not perfect.mistakes


def test_a_plain_claim_that_matches_only_a_denial_is_wrong() -> None:
    denied = {
        "doc": "x",
        "kind": "relation",
        "subject": "字节跳动",
        "relation": "investsIn",
        "object": "灶小仙",
    }
    found = score(GOLD, {"zhs07-list-deals": [denied]})
    assert found.summary("relation")["precision"] == 0.0
    recorded = score(GOLD, {"zhs07-list-deals": [{**denied, "negated": True}]})
    assert recorded.tallies["denials"]["found"] == 1


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="gold folder"):
        score(tmp_path, {})
