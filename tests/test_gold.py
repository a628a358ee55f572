"""The engine on the gold set: floors a little below what it reaches."""

from pathlib import Path

import pytest

from kg.errors import WorkspaceError
from kg.evaluate import Scores, evaluate, score
from tests.extracting import engine

GOLD = Path(__file__).parent / "gold" / "dev"


@pytest.fixture(scope="module")
def scores() -> Scores:
    return evaluate(GOLD, engine())


@pytest.mark.parametrize(
    ("what", "floor"),
    [
        ("precision", 0.90),
        ("core_f1", 0.88),
        ("f1", 0.85),
        ("amounts", 0.86),
        ("times", 0.78),
        ("statuses", 0.88),
        ("spans", 0.98),
    ],
)
def test_relations(scores: Scores, what: str, floor: float) -> None:
    assert scores.summary("relation")[what] >= floor


def test_denials_are_recorded(scores: Scores) -> None:
    assert scores.tallies["denials"]["found"] >= 10


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
