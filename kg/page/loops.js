// The view of loops: filters on the left, the loop in the middle, the ranked list on the right.

let lightTimer = null;
let lightStep = Infinity; // how many hops of the chosen loop are lit

function loopFilters() {
  const { stops, steps, max } = L();
  const stop = stopNow();
  const [text, input] = slider("asof", stops.map((_, k) => k), stop, (k) => stops[k] || t("asof_all"), (k) => { S.asof = stops[k]; changed(); });
  const [hopsText, hops] = slider("hops", Array.from({ length: max - 1 }, (_, k) => k + 2), S.hops || max, (n) => t("up_to_hops", { n }), (n) => { S.hops = n === max ? 0 : n; changed(); });
  const chosen = steps.slice(stepOf(L().least));
  const stateButton = (status) =>
    el("label", { class: "radio" },
      el("input", { type: "radio", name: "least", checked: status === least(), "data-key": `least ${status}`, onchange: () => { S.least = status === L().least ? "" : status; changed(); } }),
      el("span", { class: "dot", style: { background: G.statuses[status].color } }), statusName(status));
  return [
    el("section", {}, heading("asof", text), input, loopBars(stop), el("p", { class: "hint" }, t("asof_hint"))),
    el("section", {}, heading("least"), el("div", { role: "radiogroup", "aria-label": t("least") }, chosen.map(stateButton))),
    el("section", {}, heading("hops", hopsText), hops),
    el("section", {}, heading("party", S.party && el("button", { type: "button", class: "all", "data-key": "all party", onclick: () => { S.party = ""; S.loop = ""; changed(); } }, t("all"))), ...partyRows()),
    el("section", { class: "foot" }, el("p", { class: "hint" }, t("loops_means")), el("p", { class: "hint" }, t("loops_widths")),
      (S.asof || S.least || S.hops || S.party) && el("button", { type: "button", class: "quiet", "data-key": "reset", onclick: () => { S.asof = S.least = S.party = S.loop = ""; S.hops = 0; fitted = true; changed(); } }, t("reset"))),
  ];
}

// How many loops there were at each stop.
function loopBars(stop) {
  const counts = L().ranks.map((r) => r.length);
  const high = Math.max(1, ...counts);
  return svg("svg", { viewBox: `0 0 ${counts.length * 10} 40`, preserveAspectRatio: "none", class: "bars", "aria-hidden": "true" },
    ...counts.map((n, k) => svg("rect", { x: k * 10 + 1, y: 40 - (38 * n) / high, width: 8, height: (38 * n) / high, class: k === stop ? "in" : "out" })));
}

function partyRows() {
  const counts = new Map();
  const before = S.party;
  S.party = "";
  for (const loop of chosenLoops()) for (const f of loop.hops) counts.set(f.from, (counts.get(f.from) ?? 0) + 1);
  S.party = before;
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rows = ranked.slice(0, 8);
  if (before && !rows.some(([id]) => id === before)) rows.push([before, counts.get(before) ?? 0]);
  return rows.map(([id, n]) =>
    el("button", { type: "button", class: "party", "data-key": `party ${id}`, "aria-pressed": String(id === before),
      onclick: () => { S.party = id === before ? "" : id; S.loop = ""; fitted = true; changed(); } },
      typeSwatch(nodes.get(id)?.type), el("span", { class: "label" }, nameOf(id)), el("span", { class: "count" }, String(n))));
}

// ---- the right-hand side

function loopsPanel() {
  if (S.sel?.kind === "flow") return flowPanel(S.sel.id);
  if (S.loop) return loopPanel();
  const loops = chosenLoops();
  return [
    el("h2", { class: "kicker" }, t("loops")),
    el("p", { class: "hint" }, t(loops.length === 1 ? "one_loop" : "n_loops", { n: loops.length, day: dayNow() })),
    loops.length
      ? el("ol", { class: "ranked" }, loops.slice(0, listed).map((loop, k) => loopItem(loop, k + 1)))
      : el("p", { class: "empty" }, t("no_loops")),
    loops.length > listed &&
      el("button", { type: "button", class: "quiet", "data-key": "more", onclick: () => { listed += LISTED; showPanel(); } }, t("more", { n: loops.length - listed })),
  ];
}

const arrow = () => el("span", { class: "arrow", role: "img", "aria-label": t("pays") }, " → ");

function loopItem(loop, rank) {
  const weak = loop.hops.filter((f) => f.voices < 2).length;
  const rumours = loop.hops.filter((f) => f.rumoured).length;
  return el("li", {},
    el("button", { type: "button", class: "row", "data-key": `loop ${loop.id}`, onclick: () => chooseLoop(loop.id) },
      el("span", { class: "rank" }, String(rank)),
      el("span", { class: "what" },
        el("span", { class: "who" }, loop.hops.flatMap((f, k) => [k ? arrow() : "", nameOf(f.from)]), " ↺"),
        el("span", { class: "how" }, [t("n_hops", { n: loop.hops.length }), loop.closed && t("closed_on", { day: loop.closed }), weak && t("single_hops", { n: weak })].filter(Boolean).join(" · "),
          rumours ? el("span", { class: "flag" }, ` · ${t("rumoured_hops", { n: rumours })}`) : "")),
      el("span", { class: "sum" }, words(sumOf(loop.levels).words))));
}

function chooseLoop(id) {
  if (!S.loop) lastFocus = document.activeElement?.dataset?.key ?? null;
  S.loop = id;
  S.sel = null;
  fitted = true;
  lightHops();
  changed();
  $("panel").scrollTop = 0;
  $("list").querySelector(".back")?.focus({ preventScroll: true });
}

// The hops light one after the other, unless the reader wants nothing to move.
function lightHops() {
  clearInterval(lightTimer);
  const loop = loopNow();
  if (!loop || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    lightStep = Infinity;
    return;
  }
  lightStep = 0;
  lightTimer = setInterval(() => {
    lightStep += 1;
    if (lightStep > loop.hops.length) {
      clearInterval(lightTimer);
      lightStep = Infinity;
    }
    if (S.view === "loops") draw();
  }, 420);
}

function loopPanel() {
  const loop = loopNow();
  const back = backTo(t("all_loops"), () => { S.loop = ""; fitted = true; });
  if (!loop) return [back, el("p", { class: "empty" }, t("loop_not_then", { day: dayNow() }))];
  const steps = L().steps.slice(stepOf(L().least));
  return [
    back,
    el("p", { class: "kicker" }, t("loop_of", { n: loop.hops.length })),
    el("h2", { class: "headline" }, loop.hops.flatMap((f) => [nodeButton(f.from), arrow()]), nameOf(loop.hops[0].from)),
    el("table", { class: "states" },
      el("caption", {}, t("bottleneck")),
      el("tbody", {}, steps.map((s) => el("tr", {}, el("th", { scope: "row" }, el("span", { class: "dot", style: { background: G.statuses[s].color } }), " ", statusName(s)), el("td", {}, sumWords(loop.levels, s)))))),
    el("p", { class: "hint" }, [t(`order_${loop.order.replace("-", "_")}`), loop.closed ? t("closed_on", { day: loop.closed }) : t("closed_unknown")].join(" ")),
    el("p", { class: "actions" },
      el("button", { type: "button", class: "quiet", "data-key": "again", onclick: () => { lightHops(); draw(); } }, `▶ ${t("light_again")}`),
      el("button", { type: "button", class: "quiet", "data-key": "context", onclick: () => { const shown = loop.hops.flatMap((f) => f.edges.map((e) => e.id)); spotlight(loop.hops.map((f) => f.from), shown); } }, t("in_relations"))),
    el("h3", { class: "section" }, t("hops_evidence")),
    el("ol", { class: "hops" }, loop.hops.map((f, k) => hopItem(f, k + 1))),
  ];
}

const sumWords = (levels, status) => { const sum = sumOf(levels, status); return sum.nothing ? t("nothing_yet") : sum.usd === null ? t("sum_unknown") : words(sum.words); };

function hopItem(flow, number) {
  const c = E().claims[claimAt(flow.best)];
  const steps = L().steps.slice(stepOf(L().least));
  return el("li", { class: "hop" },
    el("button", { type: "button", class: "row", "data-key": `flow ${flow.id}`, onclick: () => select("flow", flow.id) },
      el("span", { class: "rank" }, String(number)),
      el("span", { class: "what" },
        el("span", { class: "who" }, nameOf(flow.from), arrow(), nameOf(flow.to)),
        el("span", { class: "how" }, el("span", { class: "dot", style: { background: G.statuses[furthest(flow)]?.color } }), " ", statusName(furthest(flow)), ` · ${t(flow.voices === 1 ? "one_voice" : "n_voices", { n: flow.voices })}`, flow.rumoured && el("span", { class: "flag" }, ` · ${t("rumour_only")}`))),
      el("span", { class: "sum" }, words(sumOf(flow.levels).words))),
    levelBars(flow, steps),
    quoteBlock(c),
    el("p", { class: "source" }, sourceLine(c)));
}

// A bar for each state: how much had come so far, on one scale for the whole loop.
function levelBars(flow, steps) {
  const high = Math.max(1, ...[...choice.shown.values()].map((line) => line.usd ?? 0));
  return el("div", { class: "levels", "aria-hidden": "true" }, steps.map((s) => {
    const usd = sumOf(flow.levels, s).usd ?? 0;
    const bar = el("span", { class: "level" });
    bar.style.background = G.statuses[s].color;
    bar.style.width = `${Math.max(usd ? 2 : 0, (100 * usd) / high).toFixed(1)}%`;
    return bar;
  }));
}

// ---- a flow: all deals between two parties, one after the other

function flowPanel(id) {
  const flow = flowById(id);
  const back = backTo(t(S.loop ? "the_loop" : "all_loops"), () => {});
  if (!flow) return [back, el("p", { class: "empty" }, t("loop_not_then", { day: dayNow() }))];
  const steps = L().steps.slice(stepOf(L().least));
  return [
    back,
    el("p", { class: "kicker" }, t("money_flow")),
    el("h2", { class: "headline" }, nodeButton(flow.from), arrow(), nodeButton(flow.to)),
    el("table", { class: "states" },
      el("caption", {}, t("come_so_far")),
      el("tbody", {}, steps.map((s) => el("tr", {}, el("th", { scope: "row" }, el("span", { class: "dot", style: { background: G.statuses[s].color } }), " ", statusName(s)), el("td", {}, sumWords(flow.levels, s)))))),
    el("h3", { class: "section" }, t(flow.deals.length === 1 ? "one_deal" : "n_deals", { n: flow.deals.length })),
    ...[...flow.deals].sort((a, b) => stepOf(b.status) - stepOf(a.status)).map((deal) =>
      el("section", { class: "deal" },
        el("p", { class: "facts" }, el("b", { class: "said" }, words(L().sums[deal.sum].words)), badge(deal.status), deal.joint && el("span", { class: "badge", title: t("joint_long") }, t("joint"))),
        el("ol", { class: "claims" }, deal.claims.map((c) => claimItem(claimAt(c)))))),
    flow.edges.length > 0 && el("h3", { class: "section" }, t("relations")),
    el("ul", { class: "ranked" }, flow.edges.map((e) => rankedItem(e, ""))),
  ];
}
