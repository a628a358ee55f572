"""kg extract --explain: the pattern behind a claim, the reason behind none."""

import json
from pathlib import Path

from click.testing import CliRunner

from kg.cli import cli
from kg.extract.explain import as_text, explain
from tests.extracting import document, engine


def _explained(text: str) -> list[dict[str, object]]:
    return [dict(e) for e in explain(engine(), document(f"要闻\n{text}", "zh-Hans"))]


def test_a_claim_names_its_pattern_its_roles_and_its_cues() -> None:
    (found,) = _explained("微软宣布收购瀚洋科技。")
    text = as_text(found)
    assert "微软 | acquires | 瀚洋科技" in text
    assert "relations.toml:" in text
    assert "roles: " in text
    assert "status_announced '宣布'" in text


def test_a_supposition_says_why_it_is_none() -> None:
    (found,) = _explained("如果微软收购瀚洋科技，股价会涨。")
    assert found["claims"] == []
    assert "it is supposed or wished: '如果'" in as_text(found)


def test_a_trigger_without_a_pattern_is_shown() -> None:
    (found,) = _explained("市场上的收购越来越多。")
    assert "no pattern fits around: " in as_text(found)
    assert "收购" in as_text(found)


def test_explanations_and_extraction_say_the_same() -> None:
    doc = document("要闻\n微软宣布收购瀚洋科技。瀚洋科技去年营收12亿元。", "zh-Hans")
    explained = [c["claim"] for e in explain(engine(), doc) for c in e["claims"]]
    assert set(explained) == set(engine().extract(doc))


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("要闻\ndate: 2025-06-10\n微软宣布收购瀚洋科技。\n", "utf-8")
    shown = CliRunner().invoke(cli, ["extract", str(path), "--explain"])
    assert shown.exit_code == 0, shown.output
    assert "acquires" in shown.output
    lines = CliRunner().invoke(cli, ["extract", str(path), "--explain", "--format", "jsonl"]).output
    assert json.loads(lines.splitlines()[0])["claims"][0]["claim"]["relation"] == "acquires"
