// The left-hand side: the legend is the filter, with counts of what is shown.

const quarters = (() => {
  const days = G.edges.flatMap((e) => [e.first, e.last]).filter(Boolean).map(quarter).sort();
  const found = [];
  if (!days.length) return found;
  // Plans reach far ahead and a few events far back: the scale covers where nearly all begin.
  const firsts = G.edges.map((e) => quarter(e.first)).filter(Boolean).sort();
  const low = firsts[Math.floor(firsts.length * 0.02)] ?? days[0];
  const high = firsts[firsts.length - 1] ?? days[days.length - 1];
  let [year, part] = [Number(low.slice(0, 4)), Number(low.slice(5))];
  while (found.length < 400 && (!found.length || found[found.length - 1] < high)) {
    found.push(`${year}Q${part}`);
    if (part === 4) { year += 1; part = 1; } else part += 1;
  }
  return found;
})();

// The slider's stops: fine at first, coarser later, and the last.
const stops = (() => {
  const found = [10, 20, 30, 45, 60, 80, 110, 150, 200, 280, 400, 550, 700, 1000, 1400].filter((n) => n < LAST);
  return [...found, LAST];
})();

function showFilters() {
  const box = $("filters");
  const kept = document.activeElement?.dataset?.key;
  box.replaceChildren(...filtersNow().filter(Boolean));
  const again = kept && [...box.querySelectorAll("[data-key]")].find((x) => x.dataset.key === kept);
  if (again) again.focus({ preventScroll: true });
}

function filtersNow() {
  if (S.view === "loops") return L() && E() ? loopFilters() : [];
  if (S.view === "conflicts") return C() && E() ? conflictFilters() : [];
  return [largestFilter(), relationFilter(), typeFilter(), statusFilter(), amountFilter(), dateFilter(), publisherFilter(), footnote()];
}

function heading(key, extra) {
  return el("div", { class: "head" }, el("h2", { class: "kicker" }, t(key)), extra);
}

function slider(key, values, value, label, onchange) {
  const text = el("output", { class: "value" }, label(value));
  const input = el("input", {
    type: "range", min: 0, max: values.length - 1, step: 1, "data-key": key,
    "aria-label": t(key), "aria-valuetext": label(value),
    oninput: () => { text.textContent = label(values[input.value]); input.setAttribute("aria-valuetext", text.textContent); later(() => onchange(values[input.value])); },
  });
  input.value = String(Math.max(0, values.findIndex((v) => v >= value)));
  return [text, input];
}

function largestFilter() {
  const [text, input] = slider("largest_n", stops, S.n, (n) => t("n_relations", { n }), (n) => { S.n = n; changed(); });
  return el("section", {}, heading("largest_n", text), input);
}

// One row per code: a box, its sign in the picture, its name, how many are shown of how many.
function boxes(kind, codes, sign, name, codeOf) {
  const shown = new Map();
  const total = new Map();
  const count = (map, e) => { for (const code of new Set(codeOf(e))) map.set(code, (map.get(code) ?? 0) + 1); };
  for (const e of choice.shown.values()) count(shown, e);
  for (const e of G.edges) if (passes(e, kind)) count(total, e);
  const off = S.off[kind];
  const present = codes.filter((code) => total.get(code) || off.has(code));
  return present.map((code) =>
    el("div", { class: "choice" },
      el("label", {},
        el("input", { type: "checkbox", checked: !off.has(code), "data-key": `${kind} ${code}`,
          onchange: () => { if (off.has(code)) off.delete(code); else off.add(code); changed(); } }),
        sign(code), el("span", { class: "label" }, name(code)),
        el("span", { class: "count" }, el("b", {}, String(shown.get(code) ?? 0)), el("span", { class: "mute" }, `/${total.get(code) ?? 0}`))),
      el("button", { type: "button", class: "only", "data-key": `only ${kind} ${code}`, "aria-label": `${t("only")}: ${name(code)}`,
        onclick: () => { const sole = present.every((c) => off.has(c) !== (c === code)); off.clear(); if (!sole) for (const c of present) if (c !== code) off.add(c); changed(); } }, t("only"))));
}

function allButton(kind) {
  return S.off[kind].size > 0 && el("button", { type: "button", class: "all", "data-key": `all ${kind}`, onclick: () => { S.off[kind].clear(); changed(); } }, t("all"));
}

function relationFilter() {
  const rows = boxes("relation", Object.keys(G.relations).sort(byOrder(G.relations)), (c) => lineSwatch(c), (c) => term("relations", c), (e) => [e.relation]);
  return el("section", {}, heading("relation", allButton("relation")), ...rows);
}

function typeFilter() {
  const rows = boxes("type", Object.keys(G.types).sort(byOrder(G.types)), typeSwatch, (c) => term("types", c), (e) => [nodes.get(e.from).type, nodes.get(e.to).type]);
  return el("section", {}, heading("type", allButton("type")), ...rows);
}

function statusFilter() {
  const codes = [...Object.keys(G.statuses).sort(byOrder(G.statuses)), "none"];
  const sign = (c) => el("span", { class: "dot", style: { background: G.statuses[c]?.color || "#999999" } });
  const rows = boxes("status", codes, sign, (c) => statusName(c === "none" ? "" : c), (e) => [e.status || "none"]);
  return el("section", {}, heading("status", allButton("status")), ...rows);
}

const byOrder = (terms) => (a, b) => terms[a].order - terms[b].order || (a < b ? -1 : 1);

function amountFilter() {
  const values = [0, ...G.minimums.map((m) => m.usd)];
  const label = (usd) => (usd ? words(G.minimums.find((m) => m.usd === usd)?.text) : t("any_amount"));
  const [text, input] = slider("minimum", values, S.min, label, (usd) => { S.min = usd; changed(); });
  return el("section", {}, heading("minimum", text), input);
}

// Bars: how many relations begin in each quarter; two handles choose a range.
function dateFilter() {
  if (quarters.length < 2) return null;
  const counts = new Map(quarters.map((q) => [q, 0]));
  for (const e of G.edges) {
    const q = quarter(e.first || e.last);
    if (counts.has(q) && passes({ ...e, first: "", last: "" }, "")) counts.set(q, counts.get(q) + 1);
  }
  if (S.from || S.to) for (const e of G.edges) { const q = quarter(e.first || e.last); if (counts.has(q) && passes(e)) counts.set(q, counts.get(q) + 1); }
  const high = Math.max(1, ...counts.values());
  const last = quarters.length - 1;
  let from = Math.max(0, S.from ? quarters.indexOf(S.from) : 0);
  let to = S.to && quarters.includes(S.to) ? quarters.indexOf(S.to) : last;
  const bars = svg("svg", { viewBox: `0 0 ${quarters.length * 10} 40`, preserveAspectRatio: "none", class: "bars", "aria-hidden": "true" });
  const paint = () => bars.replaceChildren(...quarters.map((q, k) => {
    const h = counts.get(q) ? Math.max(2, (38 * counts.get(q)) / high) : 0;
    return svg("rect", { x: k * 10 + 1, y: 40 - h, width: 8, height: h, class: k >= from && k <= to ? "in" : "out" });
  }));
  paint();
  const say = () => (from === 0 && to === last ? t("any_time") : `${quarters[from]} – ${quarters[to]}`.replaceAll("Q", " Q"));
  const text = el("output", { class: "value" }, say());
  const handle = (key, value, use) => {
    const input = el("input", { type: "range", min: 0, max: last, step: 1, "data-key": key, "aria-label": t(key), "aria-valuetext": quarters[value],
      oninput: () => {
        use(Number(input.value), input);
        input.setAttribute("aria-valuetext", quarters[input.value]);
        text.textContent = say();
        paint();
        later(() => { S.from = from > 0 ? quarters[from] : ""; S.to = to < last ? quarters[to] : ""; changed(); });
      } });
    input.value = String(value);
    return input;
  };
  return el("section", {}, heading("dates", text),
    el("div", { class: "range" }, bars,
      handle("date_from", from, (v, input) => { from = Math.min(v, to); input.value = String(from); }),
      handle("date_to", to, (v, input) => { to = Math.max(v, from); input.value = String(to); })),
    el("div", { class: "ends" }, el("span", {}, quarters[0].slice(0, 4)),
      el("button", { type: "button", class: "play", "data-key": "play", onclick: () => { play(); showFilters(); } }, playing ? `■ ${t("stop")}` : `▶ ${t("play")}`),
      el("span", {}, quarters[last].slice(0, 4))));
}

// Only what some publishers tell; the field offers all of them.
function publisherFilter() {
  if (!E()) return null;
  const counts = new Map();
  for (const e of G.edges) if (passes(e, "publisher")) for (const p of publishersOf(e)) counts.set(p, (counts.get(p) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const add = (event) => {
    const name = event.target.value;
    if (!counts.has(name)) return;
    S.publishers.add(name);
    changed();
  };
  return el("section", {}, heading("publishers", S.publishers.size > 0 && el("button", { type: "button", class: "all", "data-key": "all publisher", onclick: () => { S.publishers.clear(); changed(); } }, t("all"))),
    [...S.publishers].sort().map((name) => el("button", { type: "button", class: "chip", "data-key": `publisher ${name}`, "aria-label": t("without", { name }), onclick: () => { S.publishers.delete(name); changed(); } }, el("span", { class: "label" }, name), " ×")),
    el("input", { type: "search", list: "publishers", placeholder: t("choose_publisher"), "aria-label": t("choose_publisher"), "data-key": "publisher", autocomplete: "off", oninput: add, onchange: add }),
    el("datalist", { id: "publishers" }, ranked.filter(([name]) => !S.publishers.has(name)).map(([name, n]) => el("option", { value: name }, t("n_relations", { n })))));
}

// Plays time: the picture grows quarter by quarter, from where relations begin to the chosen end.
let playing = null;
function play() {
  if (playing) return stopPlaying();
  const end = S.to || quarters[quarters.length - 1];
  const begin = quarters.indexOf(S.from) > 0 ? quarters.indexOf(S.from) : firstBusy();
  let k = begin;
  const step = () => {
    S.to = quarters[k];
    if (S.to >= end) {
      stopPlaying();
      S.to = end === quarters[quarters.length - 1] ? "" : end;
    }
    k += 1;
    changed();
  };
  playing = setInterval(step, 700);
  step();
  return undefined;
}

// Where the first relations of those shown begin, so that play does not wait for years.
function firstBusy() {
  const found = [...choice.shown.values()].map((e) => quarters.indexOf(quarter(e.first || e.last))).filter((k) => k >= 0);
  return Math.max(0, Math.min(...found, quarters.length - 2));
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
}

function footnote() {
  const changedAny = S.n !== FIRST || S.min || S.from || S.to || S.open.size || S.publishers.size || Object.values(S.off).some((off) => off.size);
  return el("section", { class: "foot" },
    el("p", { class: "hint" }, t("legend_line")),
    el("p", { class: "hint" }, `* ${t("joint_long")}`),
    changedAny && el("button", { type: "button", class: "quiet", "data-key": "reset", onclick: reset }, t("reset")));
}

function reset() {
  S.n = FIRST;
  S.min = 0;
  S.from = S.to = "";
  S.open.clear();
  S.publishers.clear();
  S.only = S.path = null;
  for (const off of Object.values(S.off)) off.clear();
  fitted = true;
  changed();
}
