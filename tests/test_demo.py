"""The demo: what a reader of the business press expects to find in it."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

import kg
from kg.conflicts import Conflict
from kg.interval import Interval
from kg.tell import Teller

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """The repository's own workspace, built elsewhere."""
    folder = tmp_path_factory.mktemp("demo")
    for name in ("data", "ontology"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "kg.toml", folder / "kg.toml")
    kg.build_graph(folder)
    return kg.open(folder)


CIRCLES = [
    "openai microsoft nvidia",  # the article's: financing, compute, chips, investment
    "openai aws nvidia",  # the same by way of Amazon's cloud
    "openai oracle nvidia",
    "openai coreweave nvidia",
    "openai nvidia",
    "openai microsoft",
    "openai amazon",
    "nvidia coreweave",
    "nvidia oracle",
    "nvidia anthropic",
    "anthropic microsoft",
    "anthropic microsoft nvidia",
    "nvidia lambda",
    "nvidia xai-spv",
    "nvidia xai oracle",
    "openai microsoft coreweave nvidia",
]


@pytest.mark.parametrize("parties", CIRCLES)
def test_a_circle_of_the_press_is_found_with_its_evidence(
    parties: str, demo: kg.KnowledgeGraph
) -> None:
    names = parties.split()
    loops = {frozenset(loop.parties): loop for loop in demo.analysis.loops}
    loop = loops[frozenset(names)]
    start = loop.parties.index(names[0])
    assert [*loop.parties[start:], *loop.parties[:start]] == names
    for hop in loop.hops:
        best = demo.analysis.by_id[hop.best]
        assert best.evidence.quote
        assert best.evidence.source in demo.sources


def test_parts_of_a_company_close_its_loops(demo: kg.KnowledgeGraph) -> None:
    grouped = {frozenset(loop.parties) for loop in demo.loops(group=True, max_length=3)}
    assert frozenset({"openai", "amazon", "nvidia"}) in grouped
    assert not any("aws" in parties for parties in grouped)


def test_a_loop_is_there_from_the_day_on_which_its_last_hop_was_told(
    demo: kg.KnowledgeGraph,
) -> None:
    for loop in demo.analysis.loops[:20]:
        if loop.closed_on is None:
            continue
        before = {x.id for x in demo.loops(as_of=loop.closed_on.replace(day=1).replace(year=2015))}
        after = {x.id for x in demo.loops(as_of=loop.closed_on)}
        assert loop.id not in before
        assert loop.id in after


def find(demo: kg.KnowledgeGraph, kind: str, *about: str) -> Conflict:
    (found,) = (
        c
        for c in demo.conflicts()
        if c.kind == kind and set(about) <= {c.subject, c.object, c.predicate}
    )
    return found


def test_the_budgets_of_stargate_are_in_conflict(demo: kg.KnowledgeGraph) -> None:
    budget = find(demo, "figures", "stargate", "budget")
    highs = [s.usd.high for s in budget.sides if s.usd]
    assert 80_000_000_000 in highs
    assert 100_000_000_000 in highs
    joint = find(demo, "sums", "stargate", "participatesIn")
    assert joint.spread == 420_000_000_000


def test_the_hundred_billion_of_nvidia_stands_and_has_lapsed(demo: kg.KnowledgeGraph) -> None:
    conflict = find(demo, "statuses", "nvidia", "openai", "investsIn")
    assert {s.says for s in conflict.sides} == {"announced", "lapsed"}
    claims = [demo.analysis.by_id[c] for s in conflict.sides for c in s.claims]
    assert {c.amount.high for c in claims if c.amount} == {100_000_000_000}


def test_dojo_has_two_owners(demo: kg.KnowledgeGraph) -> None:
    assert {s.says for s in find(demo, "holders", "dojo").sides} == {"tesla", "xai"}


def test_the_losses_of_openai_are_in_conflict(demo: kg.KnowledgeGraph) -> None:
    sides = find(demo, "figures", "openai", "netLoss").sides
    assert next(s.usd.high for s in sides if s.usd) == 13_500_000_000  # the most sources
    assert len(sides) == 3


def test_microsoft_is_funder_or_technology_partner(demo: kg.KnowledgeGraph) -> None:
    assert {s.says for s in find(demo, "roles", "microsoft", "stargate").sides} == {
        "funder",
        "partner",
    }


# ---- Deals, judged by hand ----


def judged(demo: kg.KnowledgeGraph) -> list[tuple[bool, bool, bool]]:
    """For each pair that a person judged: same, one a part of the other, and in one deal here."""
    claims = {c.id: c for c in demo.corpus.claims}
    claims |= {c.key: c for c in demo.corpus.claims if c.key}
    buckets: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (ROOT / "tests" / "gold" / "deals.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["label"] != "?" and row["claim"] in claims:
                buckets[row["bucket"]].append(row)
    return [
        (
            a["label"] == b["label"],
            a["part_of"] == b["label"] or b["part_of"] == a["label"],
            claims[a["claim"]].deal == claims[b["claim"]].deal,
        )
        for rows in buckets.values()
        for a, b in combinations(rows, 2)
    ]


def test_deals_are_those_that_a_person_sees(demo: kg.KnowledgeGraph) -> None:
    pairs = judged(demo)
    assert len(pairs) >= 600
    right = sum(same and ours for same, _, ours in pairs)
    assert right / sum(ours for *_, ours in pairs) >= 0.95
    assert right / sum(same for same, *_ in pairs) >= 0.85


def test_a_part_is_never_in_the_deal_of_its_whole(demo: kg.KnowledgeGraph) -> None:
    parts = [ours for _, part, ours in judged(demo) if part]
    assert parts
    assert not any(parts)


# ---- SPARQL says the same ----


def answers(demo: kg.KnowledgeGraph, name: str, **given: str) -> list[dict[str, str]]:
    result = demo.query(name, **given)
    variables = [str(v) for v in result.vars or ()]
    return [
        {v: str(row[v]) for v in variables if row[v] is not None}  # type: ignore[call-overload, index]
        for row in result
    ]


def bounds(interval: Interval | None) -> tuple[str | None, str | None]:
    if interval is None:
        return None, None
    return f"{interval.low:f}", None if interval.high is None else f"{interval.high:f}"


def told(row: dict[str, str], name: str) -> tuple[str | None, str | None]:
    return row.get(f"{name}Low"), row.get(f"{name}High")


def same(left: tuple[str | None, str | None], right: tuple[str | None, str | None]) -> bool:
    return [None if x is None else float(x) for x in left] == [
        None if x is None else float(x) for x in right
    ]


def test_sparql_tells_the_loops_that_the_command_tells(demo: kg.KnowledgeGraph) -> None:
    rows = answers(demo, "loops")
    assert len(rows) == len(demo.analysis.loops) > 200
    teller: Teller = demo.teller("en")
    for row, loop in zip(rows, demo.analysis.loops, strict=True):
        names = [teller.name(p) for p in loop.parties]
        assert row["path"] == " → ".join([*names, names[0]])
        assert row["order"] == loop.order
        assert row.get("closedOn") == (loop.closed_on.isoformat() if loop.closed_on else None)
        for status in ("announced", "committed", "completed"):
            assert same(told(row, status), bounds(loop.at_least[status]))


def test_sparql_tells_the_conflicts_that_the_command_tells(demo: kg.KnowledgeGraph) -> None:
    rows = answers(demo, "conflicts")
    told_there = {(r["rank"], r["side"], r["claim"].rpartition("/")[2]) for r in rows}
    told_here = {
        (str(rank), str(n), claim)
        for rank, conflict in enumerate(demo.conflicts(), 1)
        for n, side in enumerate(conflict.sides, 1)
        for claim in side.claims
    }
    assert told_there == told_here


def test_every_loop_and_flow_tells_its_sum_in_each_state(demo: kg.KnowledgeGraph) -> None:
    found = demo.query(
        """SELECT ?sums (COUNT(?it) AS ?n) {
          { SELECT ?it (COUNT(DISTINCT ?state) AS ?sums) {
              { ?it a kg:MoneyLoop } UNION { ?it kg:payer ?payer }
              OPTIONAL {
                ?it kg:stateSum/kg:reaching ?state
                FILTER(?state IN (kg:announced, kg:committed, kg:completed))
              }
            } GROUP BY ?it }
        } GROUP BY ?sums"""
    )
    assert [int(row.sums) for row in found] == [3]  # type: ignore[union-attr]


def test_sparql_tells_stages_trust_and_circular_money(demo: kg.KnowledgeGraph) -> None:
    deal, life = max(demo.analysis.lives.items(), key=lambda item: (len(item[1]), item[0]))
    rows = answers(demo, "deal-stages", deal=deal)
    assert [r["status"] for r in rows] == [p.status for p in life]
    assert all(same(told(r, "usd"), bounds(p.usd)) for r, p in zip(rows, life, strict=True))
    edges = answers(demo, "edge-trust")
    assert len(edges) == len(demo.analysis.edges)
    assert sum(int(e["voices"]) for e in edges) == sum(e.voices for e in demo.analysis.edges)
    circular = {r["party"].rpartition("/")[2]: r for r in answers(demo, "circular-money")}
    assert list(circular) == [a.entity for a in demo.analysis.actors]
    for actor in demo.analysis.actors:
        assert same(told(circular[actor.entity], "circular"), bounds(actor.circular["announced"]))
        assert same(told(circular[actor.entity], "paid"), bounds(actor.paid["announced"]))


def test_a_timeline_has_every_stage_that_sparql_has(demo: kg.KnowledgeGraph) -> None:
    rows = answers(demo, "timeline-of", entity="stargate")
    stages = {r["stage"] for r in rows}
    events = [e for e in demo.timeline("星际之门") if e.kind == "stage"]
    assert {r["deal"].rpartition("/")[2] for r in rows} == {e.deal for e in events}
    assert len(stages) >= len({e.deal for e in events})
