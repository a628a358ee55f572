"""Names by statistics: Baidu's small lexical analyser for Chinese, run with NumPy.

jieba ships its weights (jieba/lac_small; Apache-2.0): an embedding of 128 numbers a character, two
layers of bidirectional GRU of 128 units and a linear-chain CRF over 57 tags, described in Jiao, Sun
and Sun, "Chinese Lexical Analysis with Deep Bi-GRU-CRF Network" (2018), https://arxiv.org/abs/1807.01882.
Its own runner needs PaddlePaddle 1.x, which no longer installs; the network is small enough to be
written out here. Sentences are run side by side, so that each step is one matrix product.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.errors import WorkspaceError
from kg.extract.batch import Batch
from kg.extract.chains import likeliest
from kg.extract.name_head import Likely, NameHead
from kg.extract.threads import one_thread

Floats = npt.NDArray[np.float32]

_UNITS = 128
#: So many sentences are run side by side: enough for the matrix products, few enough for the cache.
_BATCH = 64
#: A longer sentence is cut; names are short.
_LONGEST = 240


class Found(NamedTuple):
    """A stretch of a text and its tag: ORG, PER, LOC, TIME, or a part of speech."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class _Layer:
    """One bidirectional layer; the first axis of each array is the direction. What belongs to the
    gates is halved, and so are the weights of the candidate state; see `_run`.

    Args:
        to_gates, to_candidate: input weights, (2, width, 256) and (2, width, 128).
        gates_bias, candidate_bias: (2, 1, 256) and (2, 1, 128).
        gates: weights of the update and reset gates, (2, 128, 256).
        candidate: weights of the candidate state, (2, 128, 128).
    """

    to_gates: Floats
    to_candidate: Floats
    gates_bias: Floats
    candidate_bias: Floats
    gates: Floats
    candidate: Floats


class Tagger:
    """The network with its weights.

    Args:
        folder: jieba's lac_small.
    """

    def __init__(self, folder: Path) -> None:
        weights = folder / "model_baseline"
        # Two lines lack their tab in no release so far; a line without one is no entry.
        lines = (folder / "word.dic").read_text("utf-8").split("\n")
        self._ids = {w: int(i) for i, _, w in (line.partition("\t") for line in lines) if w}
        self._unknown = self._ids["OOV"]
        lines = (folder / "tag.dic").read_text("utf-8").split("\n")
        tags = [tag for _, _, tag in (line.partition("\t") for line in lines) if tag]
        #: Each tag's name, and whether it goes on with a stretch.
        self._tags = [(tag.partition("-")[0], tag.endswith("-I")) for tag in tags]
        count = len(self._tags)
        self._embedding = _read(weights / "word_emb", (-1, _UNITS))
        self._layers = [_layer(weights, 0, _UNITS), _layer(weights, 2, 2 * _UNITS)]
        self._out = _read(weights / "fc_4.w_0", (2 * _UNITS, count))
        self._out_bias = _read(weights / "fc_4.b_0", (count,))
        crf = _read(weights / "crfw", (count + 2, count))
        self._begin, self._end, self._step = crf[0], crf[1], crf[2:]

    def tag(
        self, sentences: Sequence[str], head: NameHead | None = None
    ) -> list[tuple[list[Found], list[Likely]]]:
        """Cuts sentences into tagged stretches, and says what a head takes for names.

        Args:
            sentences: simplified Chinese with half-width marks, as views show it; beyond 240
                characters a sentence is not read.
        """
        texts = [s[:_LONGEST] for s in sentences]
        # Longest first: at every step those that still run are the first of the batch.
        order = sorted(
            (i for i in range(len(texts)) if texts[i]), key=lambda i: (-len(texts[i]), i)
        )
        found: list[tuple[list[Found], list[Likely]]] = [([], []) for _ in texts]
        # The matrices are small: a second thread only burns a core, and sums in another order.
        with one_thread():
            for at in range(0, len(order), _BATCH):
                batch = order[at : at + _BATCH]
                paths, names = self._decode([texts[i] for i in batch], head)
                for i, path, likely in zip(batch, paths, names, strict=True):
                    found[i] = self._stretches(path), likely
        return found

    def _stretches(self, path: Sequence[int]) -> list[Found]:
        """Tags of characters as stretches: B begins one, I goes on, O stands alone."""
        out: list[Found] = []
        start, open_ = 0, ""
        for at, number in enumerate(path):
            tag, on = self._tags[number]
            if at and not (on and tag == open_):
                out.append(Found(start, at, open_))
                start = at
            open_ = tag
        if path:
            out.append(Found(start, len(path), open_))
        return out

    def _decode(
        self, texts: Sequence[str], head: NameHead | None
    ) -> tuple[list[list[int]], list[list[Likely]]]:
        batch = Batch(texts)
        known = self.states(texts, batch)
        names = [[] for _ in texts] if head is None else head.read(known, batch)
        own = known @ self._out + self._out_bias
        path = likeliest(own, self._begin, self._step, self._end, batch)
        return [path[batch.places(row)].tolist() for row in range(len(texts))], names

    def states(self, texts: Sequence[str], batch: Batch) -> Floats:
        """What the network knows of each character.

        Args:
            texts: the sentences, the longest first.
            batch: how they stand side by side.

        Returns:
            (characters, 256), the last layer's states.
        """
        ids = np.empty(batch.size, dtype=np.int64)
        for row, text in enumerate(texts):
            ids[batch.places(row)] = [self._ids.get(c, self._unknown) for c in text]
        # A character that stands in a text many times is multiplied once.
        seen, which = np.unique(ids, return_inverse=True)
        known, first = self._embedding[seen], self._layers[0]
        sides, places = np.arange(2)[:, None], np.stack((which, which[batch.back]))
        gates, candidates = known @ first.to_gates, known @ first.to_candidate
        ahead, behind = _run(first, gates[sides, places], candidates[sides, places], batch)
        for layer in self._layers[1:]:
            signal = np.empty((2, batch.size, 2 * _UNITS), dtype=np.float32)
            signal[0, :, :_UNITS], signal[0, :, _UNITS:] = ahead, behind[batch.back]
            signal[1, :, :_UNITS], signal[1, :, _UNITS:] = ahead[batch.back], behind
            ahead, behind = _run(layer, signal @ layer.to_gates, signal @ layer.to_candidate, batch)
        return np.concatenate((ahead, behind[batch.back]), axis=1)


def _run(layer: _Layer, gates: Floats, candidates: Floats, batch: Batch) -> Floats:
    """All steps of a layer; state = (1 - update) * state + update * candidate.

    Args:
        gates, candidates: (2, characters, 256) and (2, characters, 128), the products with the
            input weights of either direction, the second one's backwards; both are spent.

    Returns:
        (2, characters, 128), in the place of the candidates.
    """
    gates += layer.gates_bias
    candidates += layer.candidate_bias
    state = np.zeros((2, batch.running[0], _UNITS), dtype=np.float32)
    gate, reset, candidate = _made(batch.running[0])
    half = np.float32(0.5)
    for first, size in zip(batch.starts, batch.running, strict=True):
        if size < state.shape[1]:
            state = state[:, :size].copy()
            gate, reset, candidate = _made(size)
        here = candidates[:, first : first + size]
        # sigmoid(x) = (1 + tanh(x / 2)) / 2, which NumPy computes several times faster. What is
        # halved within is halved in the weights, so is what the reset gate lets through.
        np.matmul(state, layer.gates, out=gate)
        gate += gates[:, first : first + size]
        np.tanh(gate, out=gate)
        gate += 1
        np.multiply(gate[..., _UNITS:], state, out=reset)
        np.matmul(reset, layer.candidate, out=candidate)
        candidate += here
        np.tanh(candidate, out=candidate)
        candidate -= state
        candidate *= gate[..., :_UNITS]
        candidate *= half
        state += candidate
        here[:] = state
    return candidates


def _made(size: int) -> tuple[Floats, Floats, Floats]:
    """What a step of so many sentences is reckoned in: made once for all steps of as many, since to
    make it takes as long as to fill it."""
    gate = np.empty((2, size, 2 * _UNITS), dtype=np.float32)
    reset, candidate = np.empty((2, 2, size, _UNITS), dtype=np.float32)
    return gate, reset, candidate


def _layer(folder: Path, first: int, width: int) -> _Layer:
    """The layer whose directions are the parameters `first` and `first` + 1."""
    both = (first, first + 1)
    split, square, half = 2 * _UNITS, _UNITS * _UNITS, np.float32(0.5)
    inputs = np.stack([_read(folder / f"fc_{n}.w_0", (width, 3 * _UNITS)) for n in both])
    bias = np.stack([
        _read(folder / f"fc_{n}.b_0", (1, 3 * _UNITS))
        + _read(folder / f"gru_{n}.b_0", (1, 3 * _UNITS))
        for n in both
    ])  # fmt: skip
    weights = [_read(folder / f"gru_{n}.w_0", (3 * square,)) for n in both]
    return _Layer(
        to_gates=half * inputs[..., :split],
        to_candidate=inputs[..., split:].copy(),
        gates_bias=half * bias[..., :split],
        candidate_bias=bias[..., split:],
        gates=half * np.stack([w[: 2 * square].reshape(_UNITS, split) for w in weights]),
        candidate=half * np.stack([w[2 * square :].reshape(_UNITS, _UNITS) for w in weights]),
    )


def _read(path: Path, shape: tuple[int, ...]) -> Floats:
    """A parameter as Paddle 1.x saves it: a header, then little-endian floats."""
    data = path.read_bytes()
    header = 16 + 4 + int.from_bytes(data[16:20], "little")
    # uint32 version, uint64 level, uint32 version, int32 size of the description, description
    values = np.frombuffer(data[header + (len(data) - header) % 4 :], dtype="<f4")
    # Weights next to nothing, which processors multiply ten times slower than nothing.
    return np.where(np.abs(values) < np.finfo(np.float32).tiny, np.float32(0), values).reshape(
        shape
    )


@cache
def load_tagger() -> Tagger:
    """The tagger, read once in a process.

    Raises:
        WorkspaceError: jieba is not installed, or without its weights.
    """
    spec = importlib.util.find_spec("jieba")
    folder = Path(spec.origin).parent / "lac_small" if spec and spec.origin else Path()
    if not (folder / "model_baseline" / "word_emb").exists():
        raise WorkspaceError("the tagger needs jieba 0.42.1 with its lac_small: pip install jieba")
    return Tagger(folder)
