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
    """One bidirectional layer; the first axis of each array is the direction.

    Args:
        inputs: input weights, (2, width, 384).
        bias: (2, 1, 384).
        gates: weights of the update and reset gates, (2, 128, 256).
        candidate: weights of the candidate state, (2, 128, 128).
    """

    inputs: Floats
    bias: Floats
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
        self._tags = [tag for _, _, tag in (line.partition("\t") for line in lines) if tag]
        count = len(self._tags)
        self._embedding = _read(weights / "word_emb", (-1, _UNITS))
        self._layers = [_layer(weights, 0, _UNITS), _layer(weights, 2, 2 * _UNITS)]
        self._out = _read(weights / "fc_4.w_0", (2 * _UNITS, count))
        self._out_bias = _read(weights / "fc_4.b_0", (count,))
        crf = _read(weights / "crfw", (count + 2, count))
        self._begin, self._end, self._step = crf[0], crf[1], crf[2:]

    def tag(self, sentences: Sequence[str]) -> list[list[Found]]:
        """Cuts sentences into tagged stretches.

        Args:
            sentences: simplified Chinese with half-width marks, as views show it; beyond 240
                characters a sentence is not read.
        """
        texts = [s[:_LONGEST] for s in sentences]
        # Longest first: at every step those that still run are the first of the batch.
        order = sorted(
            (i for i in range(len(texts)) if texts[i]), key=lambda i: (-len(texts[i]), i)
        )
        found: list[list[Found]] = [[] for _ in texts]
        # The matrices are small: a second thread only burns a core, and sums in another order.
        with one_thread():
            for at in range(0, len(order), _BATCH):
                batch = order[at : at + _BATCH]
                for i, path in zip(batch, self._decode([texts[i] for i in batch]), strict=True):
                    found[i] = self._stretches(path)
        return found

    def _stretches(self, path: Sequence[int]) -> list[Found]:
        """Tags of characters as stretches: B begins one, I goes on, O stands alone."""
        out: list[Found] = []
        for at, number in enumerate(path):
            tag, _, part = self._tags[number].partition("-")
            if part == "I" and out and out[-1].tag == tag:
                out[-1] = out[-1]._replace(end=at + 1)
            else:
                out.append(Found(at, at + 1, tag))
        return out

    def _decode(self, texts: Sequence[str]) -> list[list[int]]:
        lengths = np.array([len(t) for t in texts])
        longest = int(lengths[0])
        running = [int((lengths > at).sum()) for at in range(longest)]
        ids = np.full((len(texts), longest), self._unknown)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = [self._ids.get(c, self._unknown) for c in text]
        # Time first: every step reads one contiguous slice.
        signal: Floats = self._embedding[ids.T]
        back = _reversal(lengths, longest)
        columns = np.arange(len(texts))
        for layer in self._layers:
            both = np.stack((signal, signal[back, columns]))
            states = _run(layer, both, running)
            signal = np.concatenate((states[0], states[1][back, columns]), axis=2)
        return self._viterbi(signal @ self._out + self._out_bias, lengths, running)

    def _viterbi(
        self, emission: Floats, lengths: npt.NDArray[np.int64], running: Sequence[int]
    ) -> list[list[int]]:
        """The likeliest tags of each sentence."""
        longest, count, tags = emission.shape
        score = self._begin + emission[0]
        back = np.zeros((longest, count, tags), dtype=np.int8)
        for at in range(1, longest):
            size = running[at]
            ways = score[:size, :, None] + self._step
            best = ways.argmax(axis=1)
            back[at, :size] = best
            score[:size] = (
                np.take_along_axis(ways, best[:, None], axis=1)[:, 0] + emission[at, :size]
            )
        final = (score + self._end).argmax(axis=1)
        paths = []
        for row, tag in enumerate(final):
            path = [int(tag)]
            for at in range(int(lengths[row]) - 1, 0, -1):
                path.append(int(back[at, row, path[-1]]))
            paths.append(path[::-1])
        return paths


def _run(layer: _Layer, signal: Floats, running: Sequence[int]) -> Floats:
    """All steps of a layer; state = (1 - update) * state + update * candidate.

    Args:
        signal: (2, steps, sentences, width), the second direction reversed.
        running: how many sentences still run at each step.
    """
    steps, count = signal.shape[1], signal.shape[2]
    ready = signal.reshape(2, steps * count, -1) @ layer.inputs + layer.bias
    ready = ready.reshape(2, steps, count, 3 * _UNITS)
    state = np.zeros((2, count, _UNITS), dtype=np.float32)
    out = np.zeros((2, steps, count, _UNITS), dtype=np.float32)
    half = np.float32(0.5)
    for at in range(steps):
        size = running[at]
        step, now = ready[:, at, :size], state[:, :size]
        # sigmoid(x) = (1 + tanh(x / 2)) / 2, which NumPy computes several times faster
        gate = np.tanh((step[..., : 2 * _UNITS] + now @ layer.gates) * half) * half + half
        update, reset = gate[..., :_UNITS], gate[..., _UNITS:]
        candidate = np.tanh(step[..., 2 * _UNITS :] + (reset * now) @ layer.candidate)
        now += update * (candidate - now)
        out[:, at, :size] = now
    return out


def _reversal(lengths: npt.NDArray[np.int64], longest: int) -> npt.NDArray[np.int64]:
    """For each place and sentence the place that stands there when the sentence is reversed."""
    places = np.arange(longest)[:, None]
    turned: npt.NDArray[np.int64] = np.where(places < lengths, lengths - 1 - places, places)
    return turned


def _layer(folder: Path, first: int, width: int) -> _Layer:
    """The layer whose directions are the parameters `first` and `first` + 1."""
    both = (first, first + 1)
    square = _UNITS * _UNITS
    weights = [_read(folder / f"gru_{n}.w_0", (3 * square,)) for n in both]
    bias = [
        _read(folder / f"fc_{n}.b_0", (1, 3 * _UNITS))
        + _read(folder / f"gru_{n}.b_0", (1, 3 * _UNITS))
        for n in both
    ]
    return _Layer(
        inputs=np.stack([_read(folder / f"fc_{n}.w_0", (width, 3 * _UNITS)) for n in both]),
        bias=np.stack(bias),
        gates=np.stack([w[: 2 * square].reshape(_UNITS, 2 * _UNITS) for w in weights]),
        candidate=np.stack([w[2 * square :].reshape(_UNITS, _UNITS) for w in weights]),
    )


def _read(path: Path, shape: tuple[int, ...]) -> Floats:
    """A parameter as Paddle 1.x saves it: a header, then little-endian floats."""
    data = path.read_bytes()
    header = 16 + 4 + int.from_bytes(data[16:20], "little")
    # uint32 version, uint64 level, uint32 version, int32 size of the description, description
    values = np.frombuffer(data[header + (len(data) - header) % 4 :], dtype="<f4")
    return values.reshape(shape)


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
