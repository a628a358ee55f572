"""The graph's page in Chromium: its first drawing against pyvis's, panning, a click, its size.

    python bench/page.py [--runs N] [--limit SECONDS]

Every drawing happens in a browser of its own, which has shown an empty file before, with the
network off, from a file. Its cost is the CPU time of all that browser's processes
(SystemInfo.getProcessInfo of the DevTools protocol) from opening the file until nothing moves: for
our page until its evidence is there too and drawn, for pyvis's until its physics has stabilized or
the limit is reached; the ratio is then a lower bound.

Panning is sixty moves of the mouse with its button down. A frame is one redrawing of the canvas;
its time is what the page's main thread worked (TaskDuration, on the thread's own clock) divided by
the number of frames. The page draws the 45 largest relations at first and 2,000 at most; both are
panned, and 700. A click on a line, and Enter on a row of the list, are timed in the page, by the
wall clock: from the event to the second frame after the quote stands in the panel.

Needs playwright and Debian's chromium; says so and ends without either.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.claim import Amount, Claim, Corpus, Entity, Evidence, Mention, Source
from kg.draw import page_html
from kg.ontology import load_ontology
from kg.site import write_page, write_site
from kg.view import Network, network

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

ROOT = Path(__file__).parent.parent
SEED = 20_261_124
WORDS = ["Blue", "Data", "Holdings", "Capital", "Group", "Cloud", "Energy", "North", "Chip", "Star"]
#: Relations for each node, on average.
DEGREE = 2
MOVES = 60
#: Counts the redrawings of any canvas: vis-network clears its own once for each.
WATCH = """
const clear = CanvasRenderingContext2D.prototype.clearRect;
globalThis.drawn = 0;
CanvasRenderingContext2D.prototype.clearRect = function (...all) {
  globalThis.drawn += 1;
  return clear.apply(this, all);
};
"""
#: Resolves to the milliseconds from the next event to the frame that shows a quote.
ANSWERED = """
(event) => {
  globalThis.answered = new Promise((done) => addEventListener(event, (e) => {
    const seen = () => document.querySelector("#list .claim blockquote, #list .claim .cells");
    const shown = () => requestAnimationFrame(() => requestAnimationFrame(() =>
      done(performance.now() - e.timeStamp)));
    const wait = () => (seen() ? shown() : setTimeout(wait));
    wait();
  }, { capture: true, once: true }));
}
"""


@dataclass(frozen=True)
class Pan:
    """Sixty moves: relations drawn, frames, milliseconds of the main thread for each."""

    relations: int
    frames: int
    milliseconds: float


# ---- graphs ----


def invented(nodes: int) -> Network:
    """A graph as it might be: few hubs, many small ones, most relations with a sum."""
    dice = random.Random(SEED)
    entities = {
        f"e{i}": Entity(
            id=f"e{i}",
            type=dice.choice(["Company", "Company", "Project", "Fund", "Person"]),
            labels={"en": f"{' '.join(dice.sample(WORDS, 2))} {i}"},
        )
        for i in range(nodes)
    }
    claims: dict[tuple[str, str, str], Claim] = {}
    while len(claims) < nodes * DEGREE:
        number = len(claims)
        a = number % nodes
        b = int(nodes * dice.random() ** 3)
        relation = dice.choice(["investsIn", "supplies", "lendsTo", "cooperatesWith"])
        if a == b:
            continue
        value = Decimal(round(10 ** dice.uniform(6, 11)))
        sum_ = Amount(low=value, high=value, currency="USD", text=f"${value}")
        quote = f"It is {value} dollars"
        claims[f"e{a}", relation, f"e{b}"] = Claim(
            kind="relation",
            subject=Mention(f"e{a}", entity=f"e{a}"),
            relation=relation,
            object=Mention(f"e{b}", entity=f"e{b}"),
            evidence=Evidence(source="s", quote=quote, start=0, end=len(quote)),
            amount=sum_ if dice.random() < 0.7 else None,
            status="announced",
        )
    source = Source(id="s", title="A story", publisher="A paper", issued="2025-01-01")
    corpus = Corpus(entities=entities, sources={"s": source}, claims=tuple(claims.values()))
    return network(corpus, load_ontology())


def pyvis_page(net: Network) -> str:
    """The same graph on the page that pyvis makes when nothing is chosen.

    Only its scripts stand in the file rather than being asked for: there is no network here.
    """
    from pyvis.network import Network as Pyvis

    made = Pyvis(directed=True, cdn_resources="in_line")
    for i, node in net.nodes.items():
        made.add_node(i, label=node.entity.label("en"))
    for edge in net.edges:
        made.add_edge(edge.subject, edge.object, title=edge.relation)
    html: str = made.generate_html()
    return html


# ---- the browser ----


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with nothing in it yet."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def blank(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 850}, offline=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    return page


def opened(page: Page, path: Path, state: str = "lang=en") -> None:
    page.goto(f"{path.as_uri()}#{state}")
    page.wait_for_selector("html[data-arrived]", state="attached")
    page.evaluate("new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))")


def processor(session: CDPSession) -> float:
    """CPU seconds of all processes of a browser until now."""
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return sum(float(p["cpuTime"]) for p in processes)


# ---- what is measured ----


def first_drawing(path: Path, ours: bool, empty: Path, limit: float) -> tuple[float, bool]:
    """CPU seconds from opening a file until nothing moves; and whether that came to be in time."""
    from playwright.sync_api import TimeoutError as TookLonger

    with chromium() as browser:
        session = browser.new_browser_cdp_session()
        page = blank(browser)
        # What starting a process costs is no page's doing.
        page.goto(empty.as_uri())
        page.wait_for_timeout(1000)
        before = processor(session)
        settled = True
        if ours:
            opened(page, path)
        else:
            # Its style sheets are elsewhere: with the network off they fail at once.
            page.goto(path.as_uri(), wait_until="domcontentloaded")
            try:
                page.wait_for_function(
                    "network.physics.stabilized && !network.physics.startedStabilization",
                    timeout=1000 * limit,
                    polling=250,
                )
            except TookLonger:
                settled = False
        return processor(session) - before, settled


def panning(path: Path, state: str) -> Pan:
    """The cost of a frame while the picture is dragged."""
    with chromium() as browser:
        page = blank(browser)
        opened(page, path, state)
        page.wait_for_timeout(500)
        box = page.locator("#graph").bounding_box()
        assert box
        # A place without a mark: what is dragged is the picture.
        x, y = box["x"] + 5, box["y"] + 5
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 8, y + 8)
        before, drawn = task(session), page.evaluate("drawn")
        for step in range(MOVES):
            page.mouse.move(x + 12 + 5 * step, y + 10 + 4 * step)
        frames = page.evaluate("drawn") - drawn
        spent = task(session) - before
        page.mouse.up()
        return Pan(len(page.evaluate("kgPage.shown()")), frames, 1000 * spent / frames)


def task(session: CDPSession) -> float:
    """Seconds that the page's main thread has worked until now."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(m["value"]) for m in metrics if m["name"] == "TaskDuration")


def answers(path: Path, runs: int) -> tuple[float, float]:
    """Milliseconds from a click on a line, and from Enter on a row, to the evidence."""
    clicks, keys = [], []
    with chromium() as browser:
        page = blank(browser)
        opened(page, path)
        page.wait_for_timeout(500)
        for turn in range(runs):
            rect = page.evaluate(
                "(k) => kgPage.labels().filter((x) => x.kind === 'edge')[k]?.rect", turn
            )
            page.evaluate(ANSWERED, "mousedown")
            x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
            page.click("#graph", position={"x": x, "y": y})
            clicks.append(page.evaluate("answered"))
            page.keyboard.press("Escape")
            page.focus(f"#list .row >> nth={turn}")
            page.evaluate(ANSWERED, "keydown")
            page.keyboard.press("Enter")
            keys.append(page.evaluate("answered"))
            page.keyboard.press("Escape")
    return statistics.median(clicks), statistics.median(keys)


def sizes(folder: Path) -> tuple[float, float]:
    """KiB, gzipped, of what index.html names; and of the single file as it is."""
    index = folder / "site" / "index.html"
    named = re.findall(r'(?:src|href)="(assets/[^"]+)"', index.read_text("utf-8"))
    first = [index, *(folder / "site" / name for name in named)]
    packed = sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in first)
    return packed / 1024, (folder / "one.html").stat().st_size / 1024


def write_demo(folder: Path) -> None:
    graph = kg.open(ROOT)
    write_page(graph.corpus, graph.ontology, graph.workspace, folder / "one.html")
    write_site(graph.corpus, graph.ontology, graph.workspace, folder / "site")


def missing() -> str:
    """What there must be for a page to be opened, and is not; "" when all is there."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed (pip install playwright)"
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return "" if found else "no Chromium here (apt install chromium)"


def against_pyvis(net: Network, path: Path, runs: int, limit: float) -> str:
    """The first drawing of a page that is there, and of pyvis's of the same graph."""
    peer, empty = path.with_name("pyvis.html"), path.with_name("empty.html")
    peer.write_text(pyvis_page(net), "utf-8", newline="\n")
    empty.write_text("<!doctype html><title>empty</title>", "utf-8")
    ours = statistics.median(first_drawing(path, True, empty, limit)[0] for _ in range(runs))
    theirs, settled = first_drawing(peer, False, empty, limit)
    least, still = ("", "") if settled else ("at least ", f" and still moving after {limit:.0f} s")
    return (
        f"first drawing {ours:.2f} CPU s; pyvis {theirs:.1f} CPU s{still};"
        f" ratio {least}{theirs / ours:.0f}"
    )


def pans(path: Path, runs: int) -> Iterator[str]:
    for state in ("lang=en", "lang=en&n=700", "lang=en&n=2000"):
        found = [panning(path, state) for _ in range(runs)]
        middle = statistics.median(p.milliseconds for p in found)
        yield f"panning, {found[0].relations:,} relations drawn: {middle:.1f} ms a frame"


def to_evidence(path: Path, runs: int) -> str:
    click, key = answers(path, runs)
    return f"to the evidence: by a click {click:.0f} ms, by the keyboard {key:.0f} ms"


def report(folder: Path, runs: int, limit: float, counts: Sequence[int]) -> Iterator[str]:
    """Each figure as a line, as soon as it is known."""
    write_demo(folder)
    first, single = sizes(folder)
    yield f"demo, before the first drawing: {first:.0f} KiB gzipped; single file {single:.0f} KiB"
    yield f"demo, {to_evidence(folder / 'one.html', runs)}"
    for nodes in counts:
        net = invented(nodes)
        path = folder / f"{nodes}.html"
        path.write_text(page_html(net, load_ontology()), "utf-8", newline="\n")
        if nodes == counts[0]:
            yield f"{nodes:,} nodes, {against_pyvis(net, path, runs, limit)}"
        for line in pans(path, runs):
            yield f"{nodes:,} nodes, {line}"
        yield f"{nodes:,} nodes, {to_evidence(path, runs)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=300, help="seconds that pyvis may take")
    arguments = parser.parse_args()
    if why := missing():
        print(f"left out: {why}")
        return
    # Once, to show that it runs: the smaller graph, and pyvis for a short while.
    quick = arguments.runs == 1
    counts, limit = ((1000,), 20.0) if quick else ((1000, 5000), arguments.limit)
    with tempfile.TemporaryDirectory() as folder:
        for line in report(Path(folder), arguments.runs, limit, counts):
            print(line, flush=True)


if __name__ == "__main__":
    main()
