"""The head that finds Chinese names: its probabilities are those of a CRF."""

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import WorkspaceError
from kg.extract.batch import Batch
from kg.extract.name_head import NAME, PERSON, REACH, TAGS, Floats, NameHead, load_head
from kg.extract.rules import RulesExtractor
from kg.extract.tagger import load_tagger
from kg.ontology import load_ontology
from tests.extracting import document

WIDTH, UNITS = 3, 4


def _head(seed: int) -> NameHead:
    random = np.random.default_rng(seed)

    def drawn(*shape: int) -> Floats:
        return random.normal(size=shape).astype(np.float32)

    return NameHead(
        drawn(2 * REACH + 1, WIDTH, UNITS), drawn(UNITS), drawn(UNITS, TAGS), drawn(TAGS),
        drawn(TAGS, TAGS), drawn(TAGS),
    )  # fmt: skip


def _own(head: NameHead, states: Floats) -> Floats:
    """What speaks for each tag of each character, spelt out."""
    around = np.pad(states, ((REACH, REACH), (0, 0)))
    rows = [
        sum(around[at + by] @ head.hidden[by] for by in range(2 * REACH + 1)) + head.hidden_bias
        for at in range(len(states))
    ]
    own: Floats = np.maximum(np.array(rows), 0) @ head.out + head.out_bias
    return own


def _stretches(path: tuple[int, ...]) -> set[tuple[int, int, bool]]:
    found, at = set(), 0
    while at < len(path):
        end = at + 1
        if path[at] in (NAME, PERSON):
            while end < len(path) and path[end] == path[at] + 1:
                end += 1
            found.add((at, end, path[at] == PERSON))
        at = end
    return found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_a_name_has_the_share_of_the_ways_that_say_so(seed: int, lengths: list[int]) -> None:
    head = _head(seed)
    lengths = sorted(lengths, reverse=True)
    batch = Batch(["字" * n for n in lengths])
    states = np.random.default_rng(seed + 1).normal(size=(batch.size, WIDTH)).astype(np.float32)
    for row, found in enumerate(head.read(states, batch)):
        own = _own(head, states[batch.places(row)])
        weights: dict[tuple[int, ...], float] = {}
        for path in product(range(TAGS), repeat=lengths[row]):
            told = head.begin[path[0]] + sum(own[i][t] for i, t in enumerate(path))
            told += sum(head.step[a, b] for a, b in pairwise(path))
            weights[path] = float(np.exp(np.float64(told) - 40))
        best = max(weights, key=lambda p: weights[p])
        assert {(n.start, n.end, n.person) for n in found} == _stretches(best)
        for name in found:
            said = [w for p, w in weights.items() if (*name[:3],) in _stretches(p)]
            assert name.probability == pytest.approx(sum(said) / sum(weights.values()), rel=1e-3)


def test_neighbours_are_those_of_the_same_sentence() -> None:
    batch = Batch(["甲乙丙", "丁戊"])
    beside = batch.beside(1)
    first, second = batch.places(0).tolist(), batch.places(1).tolist()
    none = batch.size
    assert beside[:, first].tolist() == [[none, *first[:2]], first, [*first[1:], none]]
    assert beside[:, second].tolist() == [[none, second[0]], second, [second[1], none]]


@pytest.mark.parametrize(
    "sentence, name",
    [
        ("公司第二大股东昆嵛控股减持了三成。", "昆嵛控股"),
        ("湘川市发改委上周核准了这个项目。", "湘川市发改委"),
        ("门铃由本地作坊铭栾塑业和外省的一家厂供货。", "铭栾塑业"),
    ],
)
def test_names_that_no_rule_knows_are_found(sentence: str, name: str) -> None:
    head = load_head(load_ontology().folder)
    [(_, names)] = load_tagger().tag([sentence], head)
    assert name in {sentence[n.start : n.end] for n in names}


def test_an_ontology_may_do_without(tmp_path: Path) -> None:
    assert load_head(tmp_path) is None


def test_what_is_no_head_is_named(tmp_path: Path) -> None:
    file = tmp_path / "lexicon" / "zh" / "names.npz"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"no weights")
    with pytest.raises(WorkspaceError, match=r"names\.npz"):
        load_head(tmp_path)


def test_the_name_reaches_the_claims() -> None:
    rules = RulesExtractor(ontology=load_ontology(), names={}, scorer=False)
    doc = document("要闻\n昨晚，澜丘重装宣布以3亿元收购管网服务商沅清水科。", "zh-Hans")
    assert ("澜丘重装", "acquires", "沅清水科") in {
        (c.subject.name, c.relation, c.object.name if c.object else "") for c in rules.extract(doc)
    }
