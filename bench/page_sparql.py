"""SPARQL in the page, in Chromium: the first answer after opening the view, and later ones.

    python bench/page_sparql.py [--runs N]

The first answer is timed by the wall clock in the page, from the click on "Ask" to the frame that
shows rows; each time in a browser of its own, with the network off, from one file and from a
folder. Later answers are every saved question, on the demo and on an invented graph of 100,000
triples or more: the time between question and rows in the page, the median of the runs.

Needs a built demo, playwright and Debian's chromium; ends, saying so, without the last two.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.claim import Amount, Claim, Corpus, Entity, Evidence, Mention, Source
from kg.draw import page_html
from kg.iri import Namer
from kg.ontology import load_ontology
from kg.page_sparql import sparql_scripts
from kg.phrases import load_phrases
from kg.questions import load_questions
from kg.rdf import quads, write_nquads
from kg.site import write_page, write_site
from kg.view import network

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
QUESTIONS = load_questions(ROOT / "ontology" / "questions")
SEED = 20_261_127
#: So many claims make some 100,000 triples.
CLAIMS = 3_200
FIRST = """
new Promise((done) => {
  const button = document.querySelector("[data-view=sparql]");
  const begun = performance.now();
  const look = () => (document.querySelector("#answer td")
    ? requestAnimationFrame(() => done(performance.now() - begun))
    : setTimeout(look, 5));
  button.click();
  look();
})
"""
LATER = """
async ([query, runs]) => {
  await kgPage.asking.ready;
  const times = [];
  for (let k = 0; k < runs; k += 1) {
    const begun = performance.now();
    await kgPage.asking.ask(query);
    times.push(performance.now() - begun);
  }
  return times;
}
"""


def invented(claims: int) -> Corpus:
    """Claims of money between 600 companies, each with a sum and a quote."""
    dice = random.Random(SEED)
    entities = {
        f"e{i}": Entity(id=f"e{i}", type="Company", labels={"en": f"Company {i}"})
        for i in range(600)
    }
    found = []
    for number in range(claims):
        a, b = dice.sample(range(600), 2)
        value = Decimal(round(10 ** dice.uniform(6, 11)))
        found.append(
            Claim(
                kind="relation",
                subject=Mention(f"Company {a}", entity=f"e{a}"),
                relation=dice.choice(["investsIn", "supplies", "lendsTo", "grantsTo"]),
                object=Mention(f"Company {b}", entity=f"e{b}"),
                evidence=Evidence(
                    source=f"s{number % 300}", quote="q", start=number, end=number + 1
                ),
                amount=Amount(low=value, high=value, currency="USD", text=f"${value}"),
                status="announced",
            )
        )
    sources = {f"s{i}": Source(id=f"s{i}", title=f"Story {i}", publisher="P") for i in range(300)}
    return Corpus(entities=entities, sources=sources, claims=tuple(found))


@contextmanager
def opened(path: Path) -> Iterator[Page]:
    """A page in a browser of its own."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.goto(f"{path.as_uri()}#lang=en")
        page.wait_for_selector("html[data-arrived]", state="attached")
        page.wait_for_timeout(500)
        yield page
        browser.close()


def first_answer(path: Path) -> float:
    with opened(path) as page:
        return float(page.evaluate(FIRST))


def later_answers(path: Path, runs: int) -> dict[str, float]:
    """Question → median milliseconds."""
    with opened(path) as page:
        page.evaluate(FIRST)
        return {
            name: statistics.median(page.evaluate(LATER, [question.text, runs]))
            for name, question in QUESTIONS.items()
        }


def slowest(times: dict[str, float]) -> str:
    last = sorted(times.items(), key=lambda t: -t[1])[:3]
    told = ", ".join(f"{name} {ms:.0f} ms" for name, ms in last)
    return f"median {statistics.median(times.values()):.0f} ms; slowest: {told}"


def report(folder: Path, runs: int) -> Iterator[str]:
    graph = kg.open(ROOT)
    write_page(graph.corpus, graph.ontology, graph.workspace, folder / "one.html")
    write_site(graph.corpus, graph.ontology, graph.workspace, folder / "site")
    for name in ("one.html", "site/index.html"):
        times = [first_answer(folder / name) for _ in range(runs)]
        yield (
            f"demo, {name}: first answer {statistics.median(times):.0f} ms"
            f" ({min(times):.0f} to {max(times):.0f})"
        )
    yield f"demo, {len(QUESTIONS)} questions: {slowest(later_answers(folder / 'one.html', runs))}"
    corpus, ontology = invented(CLAIMS), load_ontology()
    write_nquads(quads(corpus, ontology, Namer()), folder / "graph.nq")
    triples = (folder / "graph.nq").read_bytes().count(b"\n")
    more = sparql_scripts(folder / "graph.nq", QUESTIONS.values(), Namer(), load_phrases())
    (folder / "large.html").write_text(
        page_html(network(corpus, ontology), ontology, more=more), "utf-8", newline="\n"
    )
    yield f"{triples:,} triples: {slowest(later_answers(folder / 'large.html', runs))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        print("left out: playwright is not installed (pip install playwright)")
        return
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        print("left out: no Chromium here (apt install chromium)")
        return
    with tempfile.TemporaryDirectory() as folder:
        for line in report(Path(folder), runs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
