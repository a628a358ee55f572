"""The commands that tell what was worked out, end to end on a small circle of money."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import kg
from tests import circle
from tests.test_cli import run

HOPS = "Alder → Birch → Cedar → Alder"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The circle, built."""
    folder = circle.write(tmp_path_factory.mktemp("circle"))
    kg.build_graph(folder)
    return str(folder)


def as_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--format", "json").stdout)


def test_loops_as_a_table(built: str) -> None:
    out = run("loops", "-w", built).stdout
    assert HOPS in out
    assert "1 row\n" in out


def test_a_loop_in_json_has_its_hops_deals_and_evidence(built: str) -> None:
    (loop,) = as_json("loops", "-w", built)
    assert loop["parties"] == ["alder", "birch", "cedar"]
    assert loop["bottleneck"] == {
        "rumoured": {"low": "0", "high": "5000000000"},
        "announced": {"low": "0", "high": "5000000000"},
        "committed": {"low": "0", "high": "0"},
        "completed": {"low": "0", "high": "0"},
    }
    assert (loop["order"], loop["closed_on"]) == ("in-time", "2024-07-01")
    assert [h["voices"] for h in loop["hops"]] == [2, 1, 1]
    assert loop["hops"][0]["money"] == {"completed": {"low": "10000000000", "high": "20000000000"}}
    assert loop["hops"][2]["evidence"]["row"] == 4
    assert len(loop["breaks_without"]) == 3


def test_loops_of_a_day_a_status_a_party_and_a_length(built: str) -> None:
    assert as_json("loops", "-w", built, "--as-of", "2024-06-30") == []
    assert len(as_json("loops", "-w", built, "--as-of", "2024-07-01")) == 1
    assert as_json("loops", "-w", built, "--status", "committed") == []
    assert len(as_json("loops", "-w", built, "--status", "rumoured")) == 2
    assert as_json("loops", "-w", built, "--status", "rumoured", "--max-length", "2")[0][
        "parties"
    ] == ["alder", "birch"]
    assert as_json("loops", "-w", built, "--min-length", "4") == []
    assert len(as_json("loops", "-w", built, "--entity", "雪松")) == 1
    assert as_json("loops", "-w", built, "--entity", "Grove") == []


def test_without_a_deal_its_loops_are_gone(built: str) -> None:
    (loop,) = as_json("loops", "-w", built)
    assert as_json("loops", "-w", built, "--without", loop["breaks_without"][0][:8]) == []
    out = run("loops", "-w", built, "--without", loop["id"], code=2).output
    assert "expected a deal" in out


def test_loops_with_their_evidence_in_chinese(built: str) -> None:
    out = run("loops", "-w", built, "--evidence", "--language", "zh-Hans").stdout
    assert "桤木 → 桦木 → 雪松 → 桤木" in out
    assert "最多50亿美元" in out
    assert "data/claims.csv, row 4" in out


def test_loops_as_csv_and_as_a_picture(built: str, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("loops", "-w", built, "--format", "csv").stdout)))
    assert rows[0]["loop"] == HOPS
    picture = tmp_path / "loops.svg"
    run("loops", "-w", built, "--format", "svg", "-o", str(picture))
    assert picture.read_text("utf-8").startswith("<svg")
    run("loops", "-w", built, "--actors", "--format", "svg", code=2)


def test_actors_tell_what_can_come_back(built: str) -> None:
    actors = {a["entity"]: a for a in as_json("loops", "-w", built, "--actors")}
    assert set(actors) == {"alder", "birch", "cedar"}
    assert actors["birch"]["circular"]["committed"] == {"low": "4000000000", "high": "6000000000"}
    assert "Birch" in run("loops", "-w", built, "--actors").stdout


def test_flows_tell_who_pays_whom(built: str) -> None:
    flows = as_json("flows", "-w", built)
    assert [(f["payer"], f["payee"]) for f in flows] == [
        ("alder", "birch"),
        ("birch", "cedar"),
        ("cedar", "alder"),
        ("birch", "alder"),
    ]
    assert flows[1]["money"] == {"committed": {"low": "4000000000", "high": "6000000000"}}
    assert len(as_json("flows", "-w", built, "雪松")) == 2
    assert len(as_json("flows", "-w", built, "--as-of", "2024-03-31")) == 1
    assert "$4bn–6bn" in run("flows", "-w", built, "--limit", "2").stdout


def test_a_status_that_no_deal_goes_through_is_refused(built: str) -> None:
    out = run("loops", "-w", built, "--status", "lapsed", code=1).output
    assert "expected one of rumoured, announced, committed, completed" in out


def test_conflicts_side_by_side(built: str) -> None:
    out = run("conflicts", "-w", built).stdout
    assert "sums differ: Alder invests in Birch" in out
    assert "A  $10bn – 1 independent source: first post" in out
    assert "B  $20bn – 1 independent source: fourth post" in out
    assert "would resolve it: A filing" in out
    assert "figures differ: Birch: net loss" in out


def test_conflicts_can_be_chosen(built: str) -> None:
    everything = as_json("conflicts", "-w", built)
    assert {c["kind"] for c in everything} == {"sums", "figures"}
    assert [c["kind"] for c in as_json("conflicts", "-w", built, "--kind", "sums")] == ["sums"]
    assert len(as_json("conflicts", "-w", built, "--entity", "Alder")) == 1
    assert len(as_json("conflicts", "-w", built, "--limit", "1")) == 1
    assert "expected one of" in run("conflicts", "-w", built, "--kind", "x", code=2).output
    assert "2 rows" in run("conflicts", "-w", built, "--format", "table").stdout


def test_a_decision_settles_a_conflict_and_deletes_nothing(tmp_path: Path) -> None:
    folder = circle.write(tmp_path)
    ledger = "decision,left,right,reason,by,date\nreject,r4,,misprint,editor,2024-09-01\n"
    (folder / "data" / "decisions.csv").write_text(ledger, "utf-8")
    kg.build_graph(folder)
    w = str(folder)
    (sums,) = as_json("conflicts", "-w", w, "--kind", "sums")
    assert sums["decided"]
    assert [s["rejected"] for s in sums["sides"]] == [False, True]
    assert as_json("conflicts", "-w", w, "--kind", "sums", "--open") == []
    assert "decided in the ledger" in run("conflicts", "-w", w).stdout
    assert "rejected by editor: misprint" in run("explain", "-w", w, "r4").stdout
    (loop,) = as_json("loops", "-w", w)
    assert loop["hops"][0]["money"] == {"completed": {"low": "10000000000", "high": "10000000000"}}


def test_explain_says_why_claims_are_one_deal(built: str) -> None:
    claim = as_json("explain", "-w", built, "r1")
    assert claim["is"] == "claim"
    deal = next(d["deal"] for d in as_json("loops", "-w", built)[0]["hops"][0]["deals"])
    told = as_json("explain", "-w", built, deal[:10])
    assert (told["is"], told["id"], len(told["claims"])) == ("deal", deal, 2)
    assert [j["because"] for j in told["joined"]] == ["other sums, but 1 days apart"]
    out = run("explain", "-w", built, deal[:10]).stdout
    assert "other sums, but 1 days apart" in out
    assert "2024-03-05  completed  $10bn" in out


def test_explain_tells_loops_and_conflicts(built: str) -> None:
    (loop,) = as_json("loops", "-w", built)
    assert HOPS in run("explain", "-w", built, loop["id"][:8]).stdout
    assert as_json("explain", "-w", built, loop["id"])["is"] == "loop"
    conflict = as_json("conflicts", "-w", built)[0]
    assert "would resolve it" in run("explain", "-w", built, conflict["id"][:8]).stdout
    assert as_json("explain", "-w", built, conflict["id"])["is"] == "conflict"


def test_explain_of_nothing_says_what_is_expected(built: str) -> None:
    assert "begins with 'zzzz'" in run("explain", "-w", built, "zzzz", code=1).output
    assert "at least 4 characters" in run("explain", "-w", built, "z", code=1).output


def test_a_timeline_by_any_name(built: str) -> None:
    events = as_json("timeline", "-w", built, "桦木")
    assert [e["day"] for e in events] == sorted(e["day"] for e in events)
    assert {e["kind"] for e in events} == {"stage", "figure"}
    first = events[0]
    assert (first["day"], first["status"]) == ("2024-03-05", "completed")
    later = as_json("timeline", "-w", built, "birch", "--from", "2024-05-01")
    assert len(later) < len(events)
    until = as_json("timeline", "-w", built, "birch", "--until", "2024-03-31")
    assert {e["day"] for e in until} == {"2024-03-05", "2024-03-06"}
    assert "$10bn" in run("timeline", "-w", built, "Birch").stdout
    out = run("timeline", "-w", built, "Brich", code=1).output
    assert "did you mean 'birch'" in out


def test_stats_count_what_speaks_for_the_graph(built: str) -> None:
    told = as_json("stats", "-w", built)
    assert told["counts"]["loops"] == 1
    assert told["counts"]["conflicts"] == 2
    assert told["edges_by_independent_sources"] == {"1": 3, "2": 1}
    assert told["usd_by_status"]["committed"] == {"low": "4000000000", "high": "6000000000"}
    assert "1 loops: 1 of 3 hops" in run("stats", "-w", built).stdout


def test_diff_says_what_a_new_table_brought(built: str, tmp_path: Path) -> None:
    row = "r7,cedar,lendsTo,alder,,1000000000,1000000000,USD,exact,2024-09-01,completed,two\n"
    more = circle.CLAIMS + row
    folder = circle.write(tmp_path, more)
    kg.build_graph(folder)
    before = str(Path(built) / "build" / "graph.nq")
    told = as_json("diff", "-w", str(folder), before)
    assert told["edges"] == {"new": [["cedar", "lendsTo", "alder"]], "gone": []}
    assert len(told["claims"]["new"]) == 1
    assert len(told["deals"]) == 1
    assert told["deals"][0]["before"] is None
    out = run("diff", "-w", str(folder), before).stdout
    assert "+ Cedar lends to Alder" in out
    back = as_json("diff", "-w", str(folder), str(folder), built)
    assert len(back["claims"]["gone"]) == 1
    assert "no difference" in run("diff", "-w", built, built).stdout
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no graph.nq" in run("diff", "-w", built, str(empty), code=1).output


def test_python_gives_the_same_as_the_commands(built: str) -> None:
    graph = kg.open(built)
    assert [loop.id for loop in graph.loops()] == [x["id"] for x in as_json("loops", "-w", built)]
    assert [c.id for c in graph.conflicts()] == [x["id"] for x in as_json("conflicts", "-w", built)]
    assert graph.explain("r1") == as_json("explain", "-w", built, "r1")
    assert graph.stats().counts == as_json("stats", "-w", built)["counts"]
    assert len(graph.timeline("Birch")) == len(as_json("timeline", "-w", built, "Birch"))
    assert [a.entity for a in graph.actors()] == [
        a["entity"] for a in as_json("loops", "-w", built, "--actors")
    ]
