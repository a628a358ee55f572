"""Extraction: characters a second, by rules alone, with the scorer and with the tagger; what a
larger text or gazetteer costs.

    python bench/extract.py [--runs N] [--names N]

The peer is jieba's own cut into words (`jieba.lcut`), which does a part of what extraction must do.
Times are of the process, best of the runs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from kg.claim import Document, Source
from kg.extract.gazetteer import Gazetteer
from kg.extract.rules import RulesExtractor
from kg.ontology import load_ontology
from kg.text import fold

DEV = Path(__file__).parent.parent / "tests" / "gold" / "dev"


def best(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs, after one that warms up."""
    work()
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def documents(prefix: str, language: str) -> list[Document]:
    """The development articles of a language: the same ones however many more are annotated."""
    return [
        Document(
            source=Source(id=path.stem),
            text=path.read_text("utf-8"),
            language=language,
            date=date(2026, 1, 1),
        )
        for path in sorted(DEV.glob(f"{prefix}*.txt"))
    ]


def made_up(count: int) -> dict[str, str]:
    """So many names of two to six characters."""
    rng = random.Random(count)
    low, high = 0x4E00, 0x9FA5
    names = (
        "".join(chr(rng.randint(low, high)) for _ in range(rng.randint(2, 6))) for _ in range(count)
    )
    return dict.fromkeys(names, "Company")


def speed(extractor: RulesExtractor, docs: Sequence[Document], runs: int) -> float:
    """Characters a second."""
    size = sum(len(d.text) for d in docs)
    return size / best(runs, lambda: [list(extractor.extract(d)) for d in docs])


def _find_all(gazetteer: Gazetteer, text: str) -> int:
    return sum(1 for _ in gazetteer.find(text))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--names", type=int, default=10**6, help="the largest gazetteer")
    given = parser.parse_args()
    runs = given.runs
    began = time.process_time()
    ontology = load_ontology()
    tagged = RulesExtractor(ontology=ontology, names=made_up(10_000))
    print(f"start, 10,000 names: {time.process_time() - began:.2f} s")
    scored = RulesExtractor(ontology=ontology, names=made_up(10_000), tagger=False)
    plain = RulesExtractor(ontology=ontology, names=made_up(10_000), tagger=False, scorer=False)
    chinese, english = documents("zh", "zh-Hans"), documents("en", "en")
    import jieba  # type: ignore[import-untyped]

    jieba.setLogLevel(60)
    text = "\n".join(d.text for d in chinese)
    peer = len(text) / best(runs, lambda: jieba.lcut(text))
    print(f"jieba.lcut, Chinese:   {peer:>9,.0f} characters a second")
    for name, extractor, docs in (
        ("rules, Chinese", plain, chinese),
        ("with the scorer", scored, chinese),
        ("and the tagger", tagged, chinese),
        ("rules, English", plain, english),
        ("with the scorer", scored, english),
    ):
        found = speed(extractor, docs, runs)
        print(f"{name + ':':<22} {found:>9,.0f}   {found / peer:.2f} x jieba.lcut")
    print("\nthe text grows (rules, Chinese)")
    for times in (1, 4, 16):
        longer = [Document(source=Source(id="x"), text=text[:6000] * times, language="zh-Hans")]
        print(f"  {6000 * times:>7} characters: {speed(plain, longer, 1):>9,.0f} a second")
    print("the gazetteer grows")
    folded = fold(text)
    for count in (n for n in (10**3, 10**5, 10**6) if n <= given.names):
        names = made_up(count)
        began = time.process_time()
        gazetteer = Gazetteer(names)
        built = time.process_time() - began
        rate = len(folded) / best(runs, partial(_find_all, gazetteer, folded))
        print(f"  {count:>9,} names: built in {built:.2f} s, {rate:>9,.0f} characters a second")


if __name__ == "__main__":
    main()
