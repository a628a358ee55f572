"""Loops on a scale of days: what the page reads is what `kg loops --as-of` finds on each day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import kg
from kg.page_loops import loops_data
from kg.phrases import load_phrases
from kg.view import network
from tests import circle


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[kg.KnowledgeGraph, dict[str, Any]]:
    root = circle.write(tmp_path_factory.mktemp("circle"))
    kg.build_graph(root)
    g = kg.open(root)
    net = network(g.corpus, g.ontology, g.workspace.namer, g.rates)
    return g, loops_data(g.analysis, net, load_phrases())


def test_the_scale_begins_before_anything_was_told_and_ends_with_everything(
    built: tuple[kg.KnowledgeGraph, dict[str, Any]],
) -> None:
    _, data = built
    assert data["stops"][0] == "2024-03-04"
    assert data["ranks"][0] == []
    assert data["stops"][-1] == ""


def test_at_each_stop_the_loops_are_those_of_that_day(
    built: tuple[kg.KnowledgeGraph, dict[str, Any]],
) -> None:
    g, data = built
    for stop, ranks in zip(data["stops"], data["ranks"], strict=True):
        due = g.loops(as_of=date.fromisoformat(stop) if stop else None)
        assert [data["loops"][n]["id"] for n in ranks] == [loop.id for loop in due]


def test_each_hop_has_its_best_claim_and_its_deals(
    built: tuple[kg.KnowledgeGraph, dict[str, Any]],
) -> None:
    g, data = built
    (loop,) = g.loops()
    claims = sorted(c.id for c in g.corpus.claims)
    _, hops, _, _ = data["loops"][data["ranks"][-1][0]]["v"][-1]
    for number, hop in zip(hops, loop.hops, strict=True):
        flow = data["flows"][number]
        assert (flow["from"], flow["to"]) == (hop.flow.payer, hop.flow.payee)
        _, _, voices, rumoured, best, deals = flow["v"][-1]
        assert (voices, bool(rumoured), claims[best]) == (hop.voices, hop.rumoured, hop.best)
        assert len(deals) == len(hop.flow.positions)
