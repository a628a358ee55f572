"""Charts of figures over time: everything inside, in order, to scale, and nothing on another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.axes import calendar, levels, ticks
from kg.charts import BOTTOM, HEIGHT, MARK, RIGHT, TEXT, TOP, WIDTH, Chart, Label, chart
from kg.claim import Amount, Claim, Corpus
from kg.ontology import load_ontology
from kg.phrases import LANGUAGES, load_phrases
from kg.series import KINDS, Series, Value, series_of
from kg.site import site_files
from kg.svg import wide
from kg.view import network
from tests import hostile, page_corpus
from tests.page_figures import FIGURES, LATE, UNDATED, figure, usd
from tests.test_site import workspace

ONTOLOGY = load_ontology()
PHRASES = load_phrases()


def corpus(*claims: Claim) -> Corpus:
    sample = page_corpus.corpus(claims)
    more = {s.id: s for s in (LATE, UNDATED)}
    return Corpus(entities=sample.entities, sources={**sample.sources, **more}, claims=claims)


def drawn(*claims: Claim) -> list[Chart]:
    net = network(corpus(*claims), ONTOLOGY)
    return [chart(s, PHRASES) for s in series_of("openai", net, ONTOLOGY)]


@pytest.fixture(scope="module")
def sample() -> dict[tuple[str, int], Chart]:
    return {(c.series.measure, c.series.months): c for c in drawn(*FIGURES)}


def test_the_sample_has_every_kind_of_chart(sample: dict[tuple[str, int], Chart]) -> None:
    assert list(sample) == [("valuation", 0), ("revenue", 3), ("revenue", 12), ("headcount", 0)]
    assert {p.value.kind for c in sample.values() for p in c.points} == {*KINDS}


# ---- laws


def bounds() -> st.SearchStrategy[Amount]:
    numbers = st.decimals(-(10**15), 10**15, places=2)
    pairs = st.tuples(numbers, numbers).map(sorted)
    qualifiers = st.sampled_from(["exact", "about", "up_to", "more_than"])
    return st.one_of(
        st.builds(lambda n, q: usd(str(n), qualifier=q), numbers, qualifiers),
        pairs.map(lambda p: usd(str(p[0]), str(p[1]))),
        numbers.map(lambda n: usd(str(n), None)),
        numbers.map(lambda n: usd(None, str(n))),
    )


def values() -> st.SearchStrategy[Value]:
    days = st.dates(date.min, date.max)
    spans = st.one_of(days.map(lambda d: (d, d)), st.tuples(days, days).map(lambda p: sorted(p)))
    return st.builds(
        lambda amount, span, kind, odds: Value(
            claims=("c",),
            amount=amount,
            first=span[0],
            last=span[1],
            edtf="",
            kind=kind,
            odds=odds,
        ),
        bounds(),
        spans,
        st.sampled_from(KINDS),
        st.booleans(),
    )


def all_series() -> st.SearchStrategy[Series]:
    def make(found: list[Value]) -> Series:
        ordered = tuple(sorted(found, key=lambda v: (v.time, v.bounds)))
        return Series(measure="valuation", unit=ordered[0].amount, months=0, values=ordered)

    return st.lists(values(), min_size=1, max_size=12).map(make)


@given(all_series())
def test_points_stay_inside_and_keep_the_order_of_time_and_of_size(series: Series) -> None:
    found = chart(series, PHRASES)
    for p in found.points:
        assert found.left <= p.left <= p.x <= p.right <= WIDTH - RIGHT
        assert TOP <= p.top <= p.bottom <= HEIGHT - BOTTOM
    for a, b in combinations(found.points, 2):
        assert a.left <= b.left
        if a.value.bounds[1] <= b.value.bounds[1]:
            assert a.top >= b.top
        else:
            assert a.top <= b.top


@given(all_series())
def test_labels_stay_inside_and_hit_neither_each_other_nor_a_mark(series: Series) -> None:
    found = chart(series, PHRASES)
    boxes = [box(p.label) for p in found.points if p.label]
    assert all(left >= found.left - 0.2 and right <= WIDTH + 0.2 for left, _, right, _ in boxes)
    assert all(top >= -0.2 and bottom <= HEIGHT - BOTTOM + 3 for _, top, _, bottom in boxes)
    marks = [
        (p.x - MARK, y - MARK, p.x + MARK, y + MARK)
        for p in found.points
        for y in (p.top, p.bottom)
    ]
    assert not any(meet(a, b) for a, b in combinations(boxes, 2))
    assert not any(meet(a, b) for a in boxes for b in marks)


@given(st.lists(st.dates(), min_size=2, max_size=8, unique=True))
def test_time_is_to_scale(days: list[date]) -> None:
    (found,) = drawn(*(figure("valuation", d.isoformat(), usd("1e9")) for d in days))
    first, *others = found.points
    last = found.points[-1]
    whole = (last.value.first - first.value.first).days
    for p in others:
        share = (p.value.first - first.value.first).days / whole
        assert p.x - first.x == pytest.approx(share * (last.x - first.x), abs=0.3)


@given(st.lists(st.decimals(-(10**30), 10**30), min_size=1))
def test_levels_are_few_round_and_hold_nothing_and_all_numbers(numbers: list[Decimal]) -> None:
    found = levels(numbers)
    step = found[1] - found[0]
    assert 2 <= len(found) <= 6
    assert 0 in found
    assert found[0] <= min(numbers) <= max(numbers) <= found[-1]
    assert step.normalize().as_tuple().digits in ((1,), (2,), (5,))


@given(st.dates(), st.dates(), st.integers(1, 9))
def test_ticks_begin_months_or_years_and_can_all_be_named(a: date, b: date, room: int) -> None:
    first, last = min(a, b), max(a, b)
    step, start, end = calendar(first, last, lambda name: room)
    assert start <= first.toordinal() <= last.toordinal() < end
    found = [date.fromordinal(day) for day, _ in ticks(step, start, end)]
    assert all(day.day == 1 and (day.month == 1 or step < 12) for day in found)
    assert len(found) <= room + 1 or step >= 12000
    assert [name for _, name in ticks(step, start, end)] == [
        f"{day.year:04}" if step >= 12 else f"{day.year:04}-{day.month:02}" for day in found
    ]


def box(label: Label) -> tuple[float, float, float, float]:
    """The room of a label in its widest language."""
    width = max(wide(text, TEXT) for text in label.texts.values())
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return left + 0.1, label.y - TEXT, left + width - 0.1, label.y


def meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


# ---- what is seen of the sample


def test_an_open_end_is_an_arrow_and_an_interval_has_two_ends(
    sample: dict[tuple[str, int], Chart],
) -> None:
    at = {p.value.bounds: p for p in sample["valuation", 0].points}
    over, up_to = at[Decimal("850e9"), Decimal("850e9")], at[Decimal("830e9"), Decimal("830e9")]
    assert (bool(over.up), bool(over.down)) == (True, False)
    assert (bool(up_to.up), bool(up_to.down)) == (False, True)
    between = {p.value.bounds: p for p in sample["revenue", 12].points}
    interval = between[Decimal("12e9"), Decimal("13e9")]
    assert interval.top < interval.bottom
    assert interval.up == interval.down == 0


def test_values_that_cannot_be_true_together_are_joined_by_a_line_and_not_averaged(
    sample: dict[tuple[str, int], Chart],
) -> None:
    yearly = sample["revenue", 12]
    (line,) = [o for o in yearly.odds if o[0] == yearly.points[1].x]
    told = [p for p in yearly.points if p.value.edtf == "2025"]
    assert (len(told), line[1:]) == (2, (told[1].top, told[0].bottom))


def test_the_first_last_and_highest_values_are_said_in_every_language(
    sample: dict[tuple[str, int], Chart],
) -> None:
    first, *_, last = sample["valuation", 0].points
    assert first.label is not None
    assert last.label is not None
    assert dict(first.label.texts) == {"en": "27bn", "zh-Hans": "270亿", "zh-Hant": "270億"}
    assert last.label.texts["en"] == "852bn"


def test_each_label_is_nearest_to_its_own_mark(sample: dict[tuple[str, int], Chart]) -> None:
    for found in sample.values():
        for p in (p for p in found.points if p.label):
            left, top, right, bottom = box(p.label) if p.label else (0.0, 0.0, 0.0, 0.0)
            middle = (left + right) / 2, (top + bottom) / 2

            def away(x: float, y: float, at: tuple[float, float] = middle) -> float:
                return abs(x - at[0]) / 3 + abs(y - at[1])

            nearest = min(found.points, key=lambda o: min(away(o.x, o.top), away(o.x, o.bottom)))
            assert abs(nearest.x - p.x) <= 12, p.label


# ---- the page


class Drawing(HTMLParser):
    """Elements and texts of the pictures in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.inside = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "svg"
        if self.inside:
            self.tags.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "svg"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append(data)


def page(root: Path, *claims: Claim) -> str:
    files = dict(site_files(corpus(*page_corpus.CLAIMS, *claims), ONTOLOGY, workspace(root)))
    return str(files["entity/openai.html"])


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page(tmp_path_factory.mktemp("root"), *FIGURES)


def test_a_chart_is_a_picture_named_by_its_heading_and_its_trend(html: str) -> None:
    found = [a for t, a in Drawing(html).tags if a.get("role") == "img"]
    assert len(found) == 4
    assert all(f'id="{a["aria-labelledby"]}"' in html for a in found)
    assert "Up from $27bn (2023) to $852bn (2026-03-31)." in html
    assert "Sources disagree for 2026-02." in html
    assert "从270亿美元（2023）升至8520亿美元（2026-03-31）。" in html
    assert "Planned or expected: at least $70bn (2028)." in html
    assert "$ · by quarter" in html and "美元 · 按年" in html


def test_a_point_tells_all_claims_that_agree_and_leads_to_the_first(html: str) -> None:
    found = Drawing(html)
    links = [a["href"].removeprefix("#") for t, a in found.tags if t == "a"]
    assert len(links) == len(FIGURES) + 1 - 1  # the sample tells one more; two are told alike
    assert all(f'id="{link}"' in html for link in links)
    told = next(t for t in found.texts if t.startswith("$300bn") and "\n" in t)
    assert told.count("$300bn · 2025-03 · reported · ") == 2
    assert "The Wire" in told and "A late look" in told
    titles = [a["lang"] for t, a in found.tags if t == "title"]
    assert titles[:3] == ["en", "zh-Hans", "zh-Hant"] and len(titles) == 3 * len(links)


def test_the_legend_names_what_occurs(html: str) -> None:
    for said in ("reported", "planned or expected", "rumour", "denied or over", "sources disagree"):
        assert f">{said}</span>" in html
    few = page(Path("/nowhere"), *FIGURES[:3])
    assert ">reported</span>" in few and ">rumour</span>" not in few


def test_without_two_times_there_is_no_chart(tmp_path: Path) -> None:
    assert 'class="chart"' not in page(tmp_path)


def test_every_language_has_its_own_text_of_each_label(html: str) -> None:
    said = [a["data-l"] for t, a in Drawing(html).tags if t == "text" and "data-l" in a]
    assert {tag: said.count(tag) for tag in LANGUAGES} == dict.fromkeys(LANGUAGES, len(said) // 3)


@pytest.mark.parametrize("text", hostile.STRINGS)
def test_hostile_texts_are_texts(tmp_path: Path, text: str) -> None:
    found = Drawing(
        page(
            tmp_path,
            *(
                figure(
                    "valuation",
                    when,
                    usd("1e9", currency=text, qualifier=text, text=text, period=text),
                    "wire",
                    text,
                    status=text,
                    note=text,
                )
                for when in ("2024", "2025")
            ),
        )
    )
    assert len([1 for t, a in found.tags if a.get("role") == "img"]) == 1
    allowed = {"svg", "g", "path", "text", "a", "title", "circle"}
    assert {t for t, _ in found.tags} <= allowed
    assert not [a for _, a in found.tags if any(k.startswith("on") or k == "style" for k in a)]
    assert all(a["href"].startswith("#c-") for t, a in found.tags if t == "a")
