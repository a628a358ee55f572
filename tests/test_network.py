"""The network: filtered once a sentence, the same sums as filtered pair by pair, never rounded."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.train_network import arrays
from kg.errors import WorkspaceError
from kg.extract.frame import ROWS
from kg.extract.network import BEFORE, BEHIND, FAR, UNKNOWN, Network, joined, load_networks
from kg.extract.scorer import Scorer, load_scorer, packed
from kg.ontology import load_ontology

WORDS = {w: i for i, w in enumerate([UNKNOWN, "甲", "投资", "投", "<Company>"])}
LABELS = ("", "investsIn>")


def _network(longest: int = 4, filters: int = 5) -> Network:
    draw = np.random.default_rng(1).integers
    return Network(
        labels=LABELS, words=WORDS, longest=longest,
        vectors=draw(-127, 128, (len(WORDS), 3), dtype=np.int8),
        filters=draw(-3000, 3000, (9, filters)).astype(float),
        first=draw(-90000, 90000, (2 * FAR + 1, filters)).astype(float),
        second=draw(-90000, 90000, (2 * FAR + 1, filters)).astype(float),
        out=draw(-3000, 3000, (3 * filters, 2)).astype(float),
        bias=np.array([10, -10]), unit=8e5,
    )  # fmt: skip


def _plainly(net: Network, words: list[str], first: int, second: int) -> list[int]:
    """The sums by the definition, in Python's own whole numbers."""
    count = len(net.first[0])
    best = [[0] * count for _ in range(3)]
    for at in range(max(0, first - BEFORE), min(len(words), second + 1 + BEHIND)):
        part = 0 if at < first else 1 if at <= second else 2
        for f in range(count):
            value = 0
            for n, i in enumerate((at - 1, at, at + 1)):
                if 0 <= i < len(words):
                    vector = net.vectors[WORDS.get(words[i], 0)]
                    value += sum(
                        int(v) * int(net.filters[3 * n + d, f]) for d, v in enumerate(vector)
                    )
            for table, name in ((net.first, first), (net.second, second)):
                value += int(table[max(-FAR, min(FAR, at - name)) + FAR, f])
            best[part][f] = max(best[part][f], value)
    flat = [v for part in best for v in part]
    return [
        round(sum(v * int(w) for v, w in zip(flat, net.out[:, k], strict=True)) / net.unit)
        + int(net.bias[k])
        for k in range(2)
    ]  # fmt: skip


@given(st.data())
def test_the_sums_are_those_of_the_definition(data: st.DataObject) -> None:
    net = _network(longest=0)
    words = data.draw(st.lists(st.sampled_from([*WORDS, "fremd"]), min_size=2, max_size=90))
    first = data.draw(st.integers(0, len(words) - 2))
    second = data.draw(st.integers(first + 1, len(words) - 1))
    assert net.sums(net.read(words), first, second).tolist() == _plainly(net, words, first, second)


def test_characters_are_put_together_to_the_longest_words() -> None:
    tokens, part = joined(["甲", "投", "资", "<Company>", "乙"], WORDS, 4)
    assert tokens == ["甲", "投资", "<Company>", "乙"]
    assert part == [0, 1, 1, 2, 3]


def test_a_sign_is_no_part_of_a_word() -> None:
    assert joined(["投", "<Company>"], {"投<Company>": 0}, 12)[0] == ["投", "<Company>"]


def test_what_is_judged_hangs_on_what_words_mean() -> None:
    net = _network()
    one, two = (net.sums(net.read(["<Company>", *w, "<Company>"]), 0, len(w) + 1)
                for w in ("投资", "投"))  # fmt: skip
    assert one.tolist() != two.tolist()


def test_the_lexicon_has_networks_that_fit_the_scorer() -> None:
    scorer = load_scorer(load_ontology().folder)
    assert scorer is not None
    assert set(scorer.networks) == {"en", "zh"}


def test_no_sum_is_ever_rounded() -> None:
    for net in load_networks(load_ontology().folder).values():
        vector = np.abs(net.vectors.astype(float)).max()
        found = (
            vector * np.abs(net.filters).sum(0)
            + np.abs(net.first).max(0)
            + np.abs(net.second).max(0)
        )
        assert (np.abs(net.out) * np.tile(found, 3)[:, None]).sum(0).max() < 2**53


def _write(folder: Path, network: Network) -> Path:
    path = folder / "lexicon" / "zh" / "network.npz"
    path.parent.mkdir(parents=True)
    np.savez_compressed(path, **arrays(network))
    return path


def test_a_network_is_read_as_it_was_written(tmp_path: Path) -> None:
    network = _network()
    _write(tmp_path, network)
    again = load_networks(tmp_path)["zh"]
    assert (again.labels, again.words, again.longest) == (network.labels, network.words, 4)
    words = ["甲", "<Company>", "投", "资", "<Company>"]
    assert (
        again.sums(again.read(words), 1, 4).tolist()
        == network.sums(network.read(words), 1, 4).tolist()
    )


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_networks(tmp_path) == {}


def test_a_broken_network_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path, replace(_network(), words={UNKNOWN: 0}))
    with pytest.raises(WorkspaceError, match=r"zh.network\.npz: its words do not fit"):
        load_networks(tmp_path)["zh"]
    np.savez_compressed(path, **arrays(replace(_network(), second=np.zeros((2 * FAR, 5)))))
    with pytest.raises(
        WorkspaceError, match=r"network\.npz: second is \(60, 5\), expected \(61, 5\)"
    ):
        load_networks(tmp_path)["zh"]
    path.write_bytes(b"no model")
    with pytest.raises(WorkspaceError, match=r"zh.network\.npz.*train it anew"):
        load_networks(tmp_path)["zh"]


def test_a_network_of_other_labels_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, _network())
    scorer = Scorer(("", "leads>"), np.zeros((ROWS, 2), np.int16), np.zeros(2, np.int64), 0.5)
    np.savez_compressed(tmp_path / "lexicon" / "scorer.npz", **packed(scorer))
    read = load_scorer(tmp_path)
    assert read is not None
    with pytest.raises(WorkspaceError, match=r"zh.network\.npz: judges between other labels"):
        read.networks["zh"]
