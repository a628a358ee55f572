(() => {
"use strict";
const G = globalThis.kgData["kg-graph"];
const E = () => globalThis.kgData["kg-evidence"] ?? null;
const load = globalThis.kgLoad;
const nodes = new Map(G.nodes.map((n) => [n.id, n]));
const edges = new Map(
G.edges.map((e, rank) => {
const id = `${e.from} ${e.relation} ${e.to}`;
return [id, Object.assign(e, { id, rank })];
}),
);
const edgesAt = new Map(G.nodes.map((n) => [n.id, []]));
for (const e of G.edges) {
edgesAt.get(e.from).push(e);
if (e.to !== e.from) edgesAt.get(e.to).push(e);
}
const $ = (id) => document.getElementById(id);
function el(tag, props = {}, ...children) {
const made = document.createElement(tag);
for (const [key, value] of Object.entries(props)) {
if (value === undefined || value === null || value === false) continue;
if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
else if (key === "style") Object.assign(made.style, value);
else made.setAttribute(key, value === true ? "" : value);
}
for (const child of children.flat()) {
if (child === undefined || child === null || child === false || child === "") continue;
made.append(child);
}
return made;
}
function svg(tag, props = {}, ...children) {
const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
for (const [key, value] of Object.entries(props)) made.setAttribute(key, value);
made.append(...children);
return made;
}
const link = (url, text) =>
url ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text) : text;
function t(key, values = {}) {
const texts = G.strings[key] ?? {};
let text = texts[S.lang] ?? texts.en ?? key;
for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, () => value); // as it is: "$&" means itself
return text;
}
const words = (texts) => texts?.[S.lang] ?? texts?.en ?? "";
const term = (kind, code) => words(G[kind][code]?.labels) || code;
const claimsOf = (e) => E()?.edges[e.rank] ?? [];
const about = (id) => E()?.nodes[id] ?? {};
const nameOf = (id) => words(nodes.get(id)?.labels) || id;
const statusName = (code) => (code ? term("statuses", code) : t("status_none"));
const colorOf = (relation) => G.relations[relation]?.color || "#777777";
function lineSwatch(relation, width = 26) {
const info = G.relations[relation] ?? {};
const dash = { dashed: "6 4", dashdot: "9 3 2 3" }[info.line] ?? "none";
const line = svg("line", {
x1: 1, y1: 6, x2: width - 1, y2: 6, "stroke-width": 3, stroke: colorOf(relation),
"stroke-dasharray": dash,
});
return svg("svg", { width, height: 12, "aria-hidden": "true", class: "swatch" }, line);
}
function typeSwatch(type) {
const info = G.types[type] ?? {};
const mark = svg("path", { d: markPath(info.shape, 7, 7, 5.5), fill: info.color || "#777777" });
return svg("svg", { width: 14, height: 14, "aria-hidden": "true", class: "swatch" }, mark);
}
function markPath(shape, x, y, r) {
const polygon = (points) => `M${points.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L")}Z`;
const corners = (n, turn, radius = () => r) =>
polygon(
Array.from({ length: n }, (_, k) => {
const angle = turn + (k * 2 * Math.PI) / n;
return [x + radius(k) * Math.cos(angle), y + radius(k) * Math.sin(angle)];
}),
);
const up = -Math.PI / 2;
switch (shape) {
case "square":
return polygon([[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]]);
case "diamond":
return corners(4, up);
case "triangle":
return corners(3, up, () => r * 1.15);
case "triangleDown":
return corners(3, -up, () => r * 1.15);
case "box":
return polygon([[x - 1.2 * r, y - 0.8 * r], [x + 1.2 * r, y - 0.8 * r], [x + 1.2 * r, y + 0.8 * r], [x - 1.2 * r, y + 0.8 * r]]);
case "ellipse":
return `M${x - 1.25 * r} ${y}a${1.25 * r} ${0.8 * r} 0 1 0 ${2.5 * r} 0a${1.25 * r} ${0.8 * r} 0 1 0 ${-2.5 * r} 0Z`;
case "hexagon":
return corners(6, 0);
case "star":
return corners(10, up, (k) => (k % 2 ? r * 0.5 : r * 1.2));
default:
return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}
}
const pressed = (button, on) => button.setAttribute("aria-pressed", on ? "true" : "false");
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FIRST = Math.min(G.first, G.edges.length);
const LAST = Math.min(G.most, G.edges.length);
const VIEWS = ["graph", "loops", "conflicts", "table", "sparql"].filter(
(view) => view === "graph" || view === "table" || G.bundles.includes({ sparql: "sparql" }[view] ?? `kg-${view}`),
);
const S = {};
let ownHash = "";
function readState(text) {
const found = new URLSearchParams(text.replace(/\+/g, "%2B"));
const one = (key, fits) => (fits(found.get(key) ?? "") ? found.get(key) : "");
const list = (key) => new Set((found.get(key) ?? "").split("~").filter(Boolean));
const number = (key, most) => Math.max(0, Math.min(Math.floor(Number(found.get(key))) || 0, most));
const day = (value) => /^\d{4}-\d\d-\d\d$/.test(value);
const part = (value) => /^\d{4}Q[1-4]$/.test(value);
const node = (value) => nodes.has(value);
S.lang = one("lang", (tag) => Object.hasOwn(G.languages, tag)) || preferred();
S.theme = one("theme", (name) => ["light", "dark"].includes(name)); // empty follows the system
S.view = one("view", (view) => VIEWS.includes(view)) || "graph";
S.n = number("n", LAST) || FIRST;
S.off = {};
for (const kind of ["relation", "type", "status", "conflict"]) S.off[kind] = list(kind);
S.publishers = list("publisher"); // only what they tell
S.min = Number(found.get("min")) || 0; // US dollars
S.from = one("from", part); // quarter "2025Q1"
S.to = one("to", part);
S.open = new Set([...list("open")].filter(node)); // all of whose relations are shown
S.sel = null; // {kind: "node" | "edge" | "flow", id}
if (node(found.get("node"))) S.sel = { kind: "node", id: found.get("node") };
if (edges.has(found.get("edge"))) S.sel = { kind: "edge", id: found.get("edge") };
if (found.get("flow")?.split(" ").every(node)) S.sel = { kind: "flow", id: found.get("flow") };
const only = { nodes: [...list("onlynodes")].filter(node), edges: [...list("onlyedges")].filter((id) => edges.has(id)) };
S.only = only.nodes.length + only.edges.length ? only : null;
const [from, to] = (found.get("path") ?? "").split("~");
S.path = node(from) && node(to) ? { from, to, money: found.get("money") === "1" } : null;
S.asof = one("asof", day); // loops: as told by that day
S.least = one("least", (code) => Object.hasOwn(G.statuses, code)); // and at least so far
S.hops = number("hops", 99);
S.party = one("party", node);
S.loop = one("loop", (id) => /^[\w-]+$/.test(id));
S.conflict = one("conflict", (id) => /^[\w-]+$/.test(id));
S.ask = found.get("ask") ?? ""; // the query of the page that asks
S.story = number("story", G.story.length);
}
function preferred() {
for (const tag of navigator.languages ?? []) {
if (/^zh-(Hant|TW|HK|MO)/i.test(tag)) return "zh-Hant";
if (/^zh/i.test(tag)) return "zh-Hans";
if (/^en/i.test(tag)) return "en";
}
return "en";
}
const keep = () => `lang=${S.lang}${S.theme && `&theme=${S.theme}`}`;
function writeState() {
const out = new URLSearchParams();
const put = (key, value) => value && out.set(key, value);
const set = (key, values) => put(key, [...values].sort().join("~"));
put("lang", S.lang);
put("theme", S.theme);
put("story", S.story);
put("view", S.view === "graph" ? "" : S.view);
put("n", S.n === FIRST ? "" : S.n);
for (const [kind, off] of Object.entries(S.off)) set(kind, off);
set("publisher", S.publishers);
put("min", S.min);
put("from", S.from);
put("to", S.to);
set("open", S.open);
set("onlynodes", S.only?.nodes ?? []);
set("onlyedges", S.only?.edges ?? []);
put("path", S.path && `${S.path.from}~${S.path.to}`);
put("money", S.path?.money && "1");
if (S.view === "loops") for (const key of ["asof", "least", "hops", "party", "loop"]) put(key, S[key]);
put("conflict", S.view === "conflicts" ? S.conflict : "");
put("ask", S.view === "sparql" ? S.ask : "");
if (S.sel) put(S.sel.kind, S.sel.id);
ownHash = `#${out.toString().replace(/\+/g, "%20")}`;
if (location.hash !== ownHash) location.replace(ownHash);
}
const quarter = (day) => (day ? `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}` : "");
function publishersOf(e) {
if (!E()) return [];
return (e.publishers ??= [...new Set(claimsOf(e).map((c) => publisherOf(E().claims[c].source)))]);
}
const publisherOf = (source) => E().sources[source]?.publisher || E().sources[source]?.title || source;
function passes(e, except = "") {
const off = S.off;
if (except !== "relation" && off.relation.has(e.relation)) return false;
if (except !== "status" && off.status.has(e.status || "none")) return false;
if (except !== "type") {
if (off.type.has(nodes.get(e.from).type) || off.type.has(nodes.get(e.to).type)) return false;
}
if (S.min && !(e.usd >= S.min)) return false;
if (except !== "publisher" && S.publishers.size && !publishersOf(e).some((p) => S.publishers.has(p))) return false;
if (S.from || S.to) {
const first = quarter(e.first || e.last);
const last = quarter(e.last || e.first);
if (!first || (S.from && last < S.from) || (S.to && first > S.to)) return false;
}
return true;
}
function chooseEdges() {
if (S.view === "loops") return L() && E() ? chooseFlows() : { shown: new Map(), ghosts: new Map(), ends: new Set(), pale: new Set(), matching: 0 };
if (S.path) return choosePath();
if (S.only) return onlyThese();
const shown = new Map();
const ghosts = new Map();
const most = E() ? S.n : Math.min(S.n, FIRST);
let count = 0;
for (const e of G.edges) {
const fits = passes(e);
const opened = S.open.has(e.from) || S.open.has(e.to);
if (fits && (count < most || opened)) shown.set(e.id, e);
else if (e.rank < most) ghosts.set(e.id, e);
if (fits) count += 1;
}
if (S.sel?.kind === "edge" && edges.has(S.sel.id)) shown.set(S.sel.id, edges.get(S.sel.id));
if (S.sel?.kind === "node") {
const at = edgesAt.get(S.sel.id) ?? [];
if (!at.some((e) => shown.has(e.id))) for (const e of at.slice(0, 8)) shown.set(e.id, e);
}
for (const id of shown.keys()) ghosts.delete(id);
const ends = new Set();
for (const e of shown.values()) ends.add(e.from).add(e.to);
if (S.sel?.kind === "node") ends.add(S.sel.id);
const pale = new Set();
for (const e of ghosts.values()) for (const id of [e.from, e.to]) if (!ends.has(id)) pale.add(id);
return { shown, ghosts, ends, pale, matching: count };
}
function onlyThese() {
const shown = new Map(S.only.edges.map((id) => [id, edges.get(id)]));
if (S.sel?.kind === "edge" && edges.has(S.sel.id)) shown.set(S.sel.id, edges.get(S.sel.id));
for (const e of G.edges) if (S.open.has(e.from) || S.open.has(e.to)) shown.set(e.id, e);
const ends = new Set(S.only.nodes);
for (const e of shown.values()) ends.add(e.from).add(e.to);
if (S.sel?.kind === "node") ends.add(S.sel.id);
return { shown, ghosts: new Map(), ends, pale: new Set(), matching: shown.size };
}
function litBy(selection, choice) {
if (choice.ring && lightStep !== Infinity) return litSoFar(choice);
if (!selection) return null;
if (selection.kind !== "node") {
const e = choice.shown.get(selection.kind === "flow" ? `flow ${selection.id}` : selection.id);
return e && { nodes: new Set([e.from, e.to]), edges: new Set([e.id]) };
}
const lit = { nodes: new Set([selection.id]), edges: new Set() };
for (const e of choice.shown.values()) {
if (e.from !== selection.id && e.to !== selection.id) continue;
lit.edges.add(e.id);
lit.nodes.add(e.from).add(e.to);
}
return lit;
}
const liveOrders = Object.values(G.statuses).filter((s) => s.live).map((s) => s.order);
function strength(e) {
if (!e.live) return 0.55;
const order = G.statuses[e.status]?.order;
if (order === undefined || !liveOrders.length) return 0.85;
const low = Math.min(...liveOrders);
const high = Math.max(...liveOrders);
return 0.7 + (0.3 * (order - low)) / Math.max(high - low, 1);
}
function litSoFar(choice) {
const found = [...choice.shown.values()].filter((line) => line.order && line.order <= lightStep);
return { nodes: new Set([choice.ring[0], ...found.flatMap((line) => [line.from, line.to])]), edges: new Set(found.map((line) => line.id)) };
}
const L = () => globalThis.kgData["kg-loops"] ?? null;
const C = () => globalThis.kgData["kg-conflicts"] ?? null;
let claimIds = null;
const claimAt = (number) => (claimIds ??= Object.keys(E().claims))[number];
function stopNow() {
const stops = L().stops;
if (!S.asof) return stops.length - 1;
let found = 0;
stops.forEach((day, k) => { if (day && day <= S.asof) found = k; });
return found;
}
const dayNow = () => L().stops[stopNow()] || t("asof_all");
function versionAt(versions, stop) {
let found = null;
for (const v of versions) if (v[0] <= stop) found = v;
return found;
}
function flowAt(number, stop) {
const f = L().flows[number];
const v = versionAt(f.v, stop);
if (!v) return null;
const [, levels, voices, rumoured, best, deals] = v;
return {
number, id: `${f.from} ${f.to}`, from: f.from, to: f.to, edges: f.edges.map((rank) => G.edges[rank]),
levels, voices, rumoured: Boolean(rumoured), best,
deals: deals.map(([status, sum, joint, claims]) => ({ status, sum, joint: Boolean(joint), claims })),
};
}
function flowById(id) {
const number = L().flows.findIndex((f) => `${f.from} ${f.to}` === id);
return number < 0 ? null : flowAt(number, stopNow());
}
const stepOf = (status) => L().steps.indexOf(status);
const least = () => S.least || L().least;
const sumOf = (levels, status = least()) => L().sums[levels[stepOf(status)]];
const toldSum = (sum) => sum.usd !== null && !sum.nothing;
function furthest(flow) {
const steps = L().steps;
for (let k = steps.length - 1; k >= 0; k -= 1) {
if (flow.deals.some((d) => steps.indexOf(d.status) === k)) return steps[k];
}
return flow.deals[0]?.status ?? "";
}
const reaches = (flow, status) => flow.deals.some((d) => stepOf(d.status) >= stepOf(status));
function chosenLoops() {
const stop = stopNow();
const found = [];
L().ranks[stop].forEach((number) => {
const loop = loopAt(number, stop);
if (loop.hops.length > (S.hops || L().max)) return;
if (S.party && !loop.hops.some((f) => f.from === S.party)) return;
if (!loop.hops.every((f) => reaches(f, least()))) return;
found.push(loop);
});
const told = (loop) => loop.hops.filter((f) => !toldSum(sumOf(f.levels))).length;
const figure = (loop) => sumOf(loop.levels).usd ?? 0;
if (least() !== L().least) found.sort((a, b) => told(a) - told(b) || figure(b) - figure(a) || a.hops.length - b.hops.length);
return found;
}
function loopAt(number, stop) {
const loop = L().loops[number];
const [, hops, levels, order] = versionAt(loop.v, stop);
return { number, id: loop.id, hops: hops.map((f) => flowAt(f, stop)), levels, order, closed: loop.closed, by: loop.by };
}
function loopNow() {
const number = L().loops.findIndex((loop) => loop.id === S.loop);
const stop = stopNow();
return number >= 0 && L().ranks[stop].includes(number) ? loopAt(number, stop) : null;
}
function flowLine(flow, order) {
const sum = sumOf(flow.levels);
const status = furthest(flow);
return {
id: `flow ${flow.id}`, flow: flow.id, from: flow.from, to: flow.to, order,
usd: sum.usd ?? undefined, brief: toldSum(sum) ? sum.words : null, amount: toldSum(sum) ? sum.words : null,
width: sum.usd ? 1.6 + 7.4 * Math.min(Math.sqrt(sum.usd / 5e11), 1) : 1.6,
color: G.statuses[status]?.color, status, live: !flow.rumoured, bend: 0.14,
claims: flow.deals.reduce((n, d) => n + d.claims.length, 0),
};
}
function chooseFlows() {
const shown = new Map();
const loop = S.loop ? loopNow() : null;
const loops = loop ? [loop] : chosenLoops().slice(0, L().best);
for (const each of loops) {
each.hops.forEach((flow, k) => {
const line = flowLine(flow, loop ? k + 1 : 0);
if (!shown.has(line.id)) shown.set(line.id, line);
});
}
if (S.sel?.kind === "flow" && !shown.has(`flow ${S.sel.id}`)) {
const flow = flowById(S.sel.id);
if (flow) shown.set(`flow ${flow.id}`, flowLine(flow, 0));
}
const ends = new Set();
for (const line of shown.values()) {
ends.add(line.from).add(line.to);
if (shown.has(`flow ${line.to} ${line.from}`)) line.bend = 0.22;
}
if (S.sel?.kind === "node") ends.add(S.sel.id);
return { shown, ghosts: new Map(), ends, pale: new Set(), matching: shown.size, ring: loop ? loop.hops.map((f) => f.from) : null, flows: true };
}
function ringPlaces(ids) {
const area = $("graph");
const wide = Math.max(1, Math.min(1.5, area.clientWidth / Math.max(area.clientHeight, 1)));
const r = Math.max(150, 62 * ids.length);
return new Map(ids.map((id, k) => {
const angle = -Math.PI / 2 + (2 * Math.PI * k) / ids.length;
return [id, [Math.round(r * wide * Math.cos(angle)), Math.round(r * Math.sin(angle))]];
}));
}
const MOST_WAYS = 6;
function payment(e) {
const flow = G.relations[e.relation]?.flow;
if (!e.live || !flow || flow === "none") return null;
if (flow === "own-amount" && (e.joint || e.usd === undefined)) return null;
if (flow === "object-to-subject") return [e.to, e.from];
return [e.from, e.to];
}
function stepsFrom(id) {
const found = [];
for (const e of edgesAt.get(id)) {
if (!passes(e)) continue;
if (S.path.money) {
const pays = payment(e);
if (pays && pays[0] === id && pays[1] !== id) found.push([pays[1], e]);
} else if (e.from !== e.to) found.push([e.from === id ? e.to : e.from, e]);
}
return found;
}
function findWays() {
const { from, to } = S.path;
const before = new Map([[from, new Set()]]);
const distance = new Map([[from, 0]]);
const queue = [from];
for (let k = 0; k < queue.length; k += 1) {
const id = queue[k];
if (distance.has(to) && distance.get(id) >= distance.get(to)) break;
for (const [next] of stepsFrom(id)) {
if (!distance.has(next)) {
distance.set(next, distance.get(id) + 1);
before.set(next, new Set());
queue.push(next);
}
if (distance.get(next) === distance.get(id) + 1) before.get(next).add(id);
}
}
if (!distance.has(to)) return [];
let ways = [[to]];
while (ways[0][0] !== from) {
const longer = ways.flatMap((way) => [...before.get(way[0])].map((id) => [id, ...way]));
longer.sort((a, b) => (nodes.get(b[0]).degree - nodes.get(a[0]).degree) || (a[0] < b[0] ? -1 : 1));
ways = longer.slice(0, 200);
}
return ways.map((way) => ({ way, weight: Math.min(...legs(way).map((leg) => leg.reduce((n, e) => n + e.claims, 0))) }))
.sort((a, b) => b.weight - a.weight || (a.way.join(" ") < b.way.join(" ") ? -1 : 1))
.slice(0, MOST_WAYS).map(({ way }) => way);
}
function legs(way) {
return way.slice(1).map((id, k) => stepsFrom(way[k]).filter(([next]) => next === id).map(([, e]) => e).sort((a, b) => a.rank - b.rank));
}
let ways = [];
function choosePath() {
ways = findWays();
const shown = new Map();
const ends = new Set([S.path.from, S.path.to]);
for (const way of ways) for (const leg of legs(way)) for (const e of leg) shown.set(e.id, e);
if (S.sel?.kind === "edge" && edges.has(S.sel.id)) shown.set(S.sel.id, edges.get(S.sel.id));
for (const e of shown.values()) ends.add(e.from).add(e.to);
if (S.sel?.kind === "node") ends.add(S.sel.id);
return { shown, ghosts: new Map(), ends, pale: new Set(), matching: shown.size, way: true };
}
function pathPlaces() {
const depth = new Map([[S.path.from, 0]]);
for (const way of ways) way.forEach((id, k) => depth.set(id, k));
const length = ways[0]?.length ?? 2;
if (!depth.has(S.path.to)) depth.set(S.path.to, length - 1);
const columns = new Map();
for (const id of choice.ends) {
const k = depth.get(id) ?? length;
if (!columns.has(k)) columns.set(k, []);
columns.get(k).push(id);
}
const found = new Map();
for (const [k, ids] of columns) {
const heights = ids.map((id) => G.boxes[id][1] + G.boxes[id][2] + 26);
let y = -heights.reduce((a, b) => a + b, 0) / 2;
ids.forEach((id, n) => {
found.set(id, [k * 210, Math.round(y + G.boxes[id][1] + 13)]);
y += heights[n];
});
}
return found;
}
function pathPanel() {
const { from, to, money } = S.path;
const turn = (key, label, on, use) => el("label", { class: "radio" }, el("input", { type: "checkbox", checked: on, "data-key": key, onchange: () => { use(); fitted = true; changed(); } }), label);
return [
backTo(t("all_relations"), () => { S.path = null; fitted = true; }),
el("p", { class: "kicker" }, t("path")),
el("h2", { class: "headline" }, nodeButton(from), money ? arrow() : " … ", nodeButton(to)),
el("p", { class: "actions" },
turn("path money", t("path_money"), money, () => { S.path = { ...S.path, money: !money }; }),
el("button", { type: "button", class: "quiet", "data-key": "swap", onclick: () => { S.path = { from: to, to: from, money }; fitted = true; changed(); } }, `⇄ ${t("path_swap")}`)),
ways.length ? el("p", { class: "hint" }, t(ways.length === 1 ? "one_way" : "n_ways", { n: ways.length, legs: ways[0].length - 1 })) : el("p", { class: "empty" }, t("no_way")),
...ways.map((way, k) => el("section", { class: "way" },
el("h3", { class: "section" }, `${k + 1}. `, way.map((id) => nameOf(id)).join(" – ")),
el("ul", { class: "ranked" }, legs(way).flatMap((leg) => leg.slice(0, 3)).map((e) => rankedItem(e, ""))))),
];
}
function placesFor(choice) {
if (choice.ring && choice.ends.size === choice.ring.length) return ringPlaces(choice.ring);
if (choice.way) return pathPlaces();
const stages = E()?.stages ?? G.stages;
const stage = choice.flows ? L() : (stages.find((s) => s.n >= S.n) ?? stages[stages.length - 1]);
const at = new Map();
const wanted = [...choice.ends, ...choice.pale];
for (const id of wanted) if (stage?.at[id]) at.set(id, stage.at[id]);
const missing = wanted.filter((id) => !at.has(id));
missing.sort((a, b) => nodes.get(b).degree - nodes.get(a).degree || (a < b ? -1 : 1));
const taken = grid();
for (const [id, place] of at) taken.add(rectAt(id, place));
for (const id of missing) {
const near = edgesAt.get(id).map((e) => at.get(e.from === id ? e.to : e.from)).filter(Boolean);
const sum = near.reduce((s, p) => [s[0] + p[0], s[1] + p[1]], [0, 0]);
const origin = near.length ? [sum[0] / near.length, sum[1] / near.length] : [0, 0];
const place = freePlace(id, origin, taken);
at.set(id, place);
taken.add(rectAt(id, place));
}
return at;
}
function rectAt(id, [x, y]) {
const [half, above, below] = G.boxes[id];
return [x - half, y - above, x + half, y + below];
}
const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
function freePlace(id, [x, y], taken) {
for (let step = 1; step < 20000; step += 1) {
const angle = step * 2.399963;
const radius = 9 * Math.sqrt(step);
const place = [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))];
const rect = rectAt(id, place);
if (taken.free(rect)) return place;
}
return [x, y];
}
function frameAt(scale, places) {
const frame = [Infinity, Infinity, -Infinity, -Infinity];
for (const [id, [x, y]] of places) {
const [half, above, below] = G.boxes[id];
frame[0] = Math.min(frame[0], x * scale - half);
frame[1] = Math.min(frame[1], y * scale - above);
frame[2] = Math.max(frame[2], x * scale + half);
frame[3] = Math.max(frame[3], y * scale + below);
}
return places.size ? frame : [-100, -100, 100, 100];
}
const drawnNodes = new vis.DataSet();
const drawnEdges = new vis.DataSet();
let network = null;
let choice = null; // what model.js chose
let at = new Map(); // where it stands
let lit = null; // what a selection lights
let fitted = true; // until the reader moves the picture, it follows the window
function startPicture() {
network = new vis.Network($("graph"), { nodes: drawnNodes, edges: drawnEdges }, G.options);
network.on("beforeDrawing", drawStill);
network.on("afterDrawing", (ctx) => still || drawLabels(ctx));
network.on("click", (event) => {
const hit = pick(event.pointer.DOM);
if (hit) select(hit.kind, hit.id);
else if (S.sel) clearSelection();
});
network.on("doubleClick", (event) => {
const hit = pick(event.pointer.DOM);
if (hit?.kind === "node") {
S.open.add(hit.id);
changed();
}
});
network.on("dragStart", () => (fitted = false));
network.on("dragStart", startDrag);
network.on("dragEnd", endDrag);
network.on("zoom", () => (fitted = false));
for (const name of ["zoom", "resize"]) network.on(name, letGo);
network.on("resize", () => fitted && fit());
network.on("hoverNode", ({ node, pointer }) => tip("node", node, pointer.DOM));
network.on("hoverEdge", ({ edge, pointer }) => tip("edge", edge, pointer.DOM));
for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, hideTip);
$("graph").addEventListener("keydown", arrowKeys);
}
function pick(point) {
const node = network.getNodeAt(point) ?? labelAt(point);
if (node !== undefined) return { kind: "node", id: node };
const edge = network.getEdgeAt(point);
if (edge === undefined) return null;
const line = choice.shown.get(edge);
return line?.flow ? { kind: "flow", id: line.flow } : { kind: "edge", id: edge };
}
function draw() {
choice = chooseEdges();
at = placesFor(choice);
lit = litBy(S.sel, choice);
const paper = css("--paper");
const faint = css("--faint");
replace(drawnNodes, [...at].map(([id, place]) => nodeStyle(nodes.get(id), place, paper, faint)));
replace(
drawnEdges,
[...choice.ghosts.values(), ...[...choice.shown.values()].reverse()].map((e) => edgeStyle(e, faint)),
);
textWidths.clear();
if (fitted) fit();
}
function replace(dataset, items) {
const wanted = new Map(items.map((item) => [item.id, item]));
const gone = dataset.getIds().filter((id) => !wanted.has(id));
if (gone.length) dataset.remove(gone);
const news = items.filter((item) => {
const old = dataset.get(item.id);
return !old || JSON.stringify(old) !== JSON.stringify(item);
});
if (news.length) dataset.update(news);
}
function nodeStyle(node, [x, y], paper, faint) {
const pale = choice.pale.has(node.id);
const dim = lit && !lit.nodes.has(node.id);
const chosen = S.sel?.kind === "node" && S.sel.id === node.id;
const info = G.types[node.type] ?? {};
const fill = pale ? faint : info.color || "#777777";
const own = ["box", "ellipse"].includes(info.shape);
return {
id: node.id, x, y,
shape: own ? "custom" : info.shape || "dot",
...(own && { ctxRenderer: ownShape(info.shape, node.size, fill, chosen ? css("--accent") : paper, dim) }),
size: node.size,
borderWidth: chosen ? 3 : 1.5,
opacity: dim ? 0.22 : 1,
color: {
background: fill,
border: chosen ? css("--accent") : paper,
hover: { background: fill, border: css("--accent") },
},
};
}
function ownShape(shape, size, fill, border, dim) {
return ({ ctx, x, y }) => ({
drawNode() {
const outline = new Path2D(markPath(shape, x, y, size));
ctx.save();
ctx.globalAlpha = dim ? 0.22 : 1;
ctx.fillStyle = fill;
ctx.strokeStyle = border;
ctx.lineWidth = 1.5;
ctx.fill(outline);
ctx.stroke(outline);
ctx.restore();
},
nodeDimensions: { width: 2.5 * size, height: 1.6 * size },
});
}
function edgeStyle(e, faint) {
const info = G.relations[e.relation] ?? {}; // none for a money flow
const ghost = choice.ghosts.has(e.id);
const dim = lit && !lit.edges.has(e.id);
const color = ghost ? faint : (e.color ?? colorOf(e.relation));
const dashes = { dashed: [9, 6], dashdot: [12, 4, 2, 4] }[info.line] ?? false;
return {
id: e.id, from: e.from, to: e.to,
width: ghost ? 1 : e.width,
color: { color, hover: color, opacity: ghost ? 0.6 : dim ? 0.1 : lit || e.flow ? 1 : strength(e) },
dashes: e.live ? dashes : [2, 6],
arrows: { to: { enabled: !info.symmetric && !ghost, scaleFactor: 0.42 } },
smooth: { enabled: true, type: e.bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(e.bend ?? 0) },
};
}
function fit() {
const area = $("graph");
const width = area.clientWidth - 12;
const told = $("story").hidden ? 0 : $("story").offsetHeight + 20;
const height = area.clientHeight - 12 - told;
if (width <= 0 || height <= 0) return;
let [low, high] = [0.05, 1.5];
for (let step = 0; step < 20; step += 1) {
const scale = step ? (low + high) / 2 : high;
const [left, top, right, bottom] = frameAt(scale, at);
if (right - left <= width && bottom - top <= height) {
low = scale;
if (!step) break;
} else high = scale;
}
const [left, top, right, bottom] = frameAt(low, at);
const position = { x: (left + right) / 2 / low, y: ((top + bottom) / 2 + told / 2) / low };
network.moveTo({ position, scale: low, animation: false });
fitted = true;
}
function zoom(factor) {
fitted = false;
network.moveTo({ scale: Math.max(0.08, Math.min(network.getScale() * factor, 6)), animation: false });
}
function reveal(ids) {
const known = ids.map((id) => at.get(id)).filter(Boolean);
const area = $("graph");
const out = known.some(([x, y]) => {
const p = network.canvasToDOM({ x, y });
return p.x < 20 || p.y < 20 || p.x > area.clientWidth - 20 || p.y > area.clientHeight - 40;
});
if (!out) return;
const x = known.reduce((sum, p) => sum + p[0], 0) / known.length;
const y = known.reduce((sum, p) => sum + p[1], 0) / known.length;
network.moveTo({ position: { x, y }, animation: false });
}
function arrowKeys(event) {
const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
if (event.key === "+" || event.key === "=") return zoom(1.25);
if (event.key === "-") return zoom(0.8);
if (event.key === "0") return fit();
if (!way) return undefined;
event.preventDefault();
const here = S.sel?.kind === "node" ? S.sel.id : S.sel ? S.sel.id.split(" ")[0] : null;
if (here === null || !at.has(here)) {
const first = [...choice.shown.values()][0];
return first && select("node", first.from);
}
const [x, y] = at.get(here);
let best = null;
for (const id of choice.ends) {
const [px, py] = at.get(id);
const along = (px - x) * way[0] + (py - y) * way[1];
const across = Math.abs((px - x) * way[1]) + Math.abs((py - y) * way[0]);
if (along <= 4) continue;
const linked = edgesAt.get(here).some((e) => e.from === id || e.to === id);
const cost = along + 2 * across + (linked ? 0 : 400);
if (!best || cost < best.cost) best = { id, cost };
}
return best && select("node", best.id);
}
function tip(kind, id, point) {
if (dragged) return;
const box = $("tip");
$("graph").style.cursor = "pointer";
if (kind === "edge") {
const e = choice.shown.get(id) ?? edges.get(id);
box.replaceChildren(
el("b", {}, `${nameOf(e.from)} ${e.flow ? t("pays") : term("relations", e.relation)} ${nameOf(e.to)}`),
el("span", {}, [words(e.amount) || t("no_amount"), e.status && statusName(e.status), e.first].filter(Boolean).join(" · ")),
);
} else {
const node = nodes.get(id);
box.replaceChildren(el("b", {}, nameOf(id)), el("span", {}, `${term("types", node.type)} · ${t("n_relations", { n: node.degree })}`));
}
box.hidden = false;
const stage = $("stage");
box.style.left = `${Math.max(4, Math.min(point.x + 14, stage.clientWidth - box.offsetWidth - 8))}px`;
box.style.top = `${Math.max(4, Math.min(point.y + 16, stage.clientHeight - box.offsetHeight - 8))}px`;
}
function hideTip() {
$("tip").hidden = true;
$("graph").style.cursor = "";
}
const SIZES = { node: 12.5, hub: 14, edge: 11, flow: 13 };
let labelBoxes = []; // {id, kind, rect, lines, size} of the last drawing
const textWidths = new Map();
function grid() {
const cells = new Map();
const each = (rect, use) => {
for (let i = Math.floor(rect[0] / 64); i <= Math.floor(rect[2] / 64); i += 1)
for (let j = Math.floor(rect[1] / 64); j <= Math.floor(rect[3] / 64); j += 1)
if (use(i * 65536 + j)) return true;
return false;
};
return {
add(rect) {
each(rect, (key) => {
if (!cells.has(key)) cells.set(key, []);
cells.get(key).push(rect);
});
},
free: (rect) => !each(rect, (key) => (cells.get(key) ?? []).some((other) => touch(rect, other))),
};
}
function measure(ctx, text, font) {
const key = font + text;
if (!textWidths.has(key)) {
ctx.font = font;
textWidths.set(key, ctx.measureText(text).width);
}
return textWidths.get(key);
}
function layLabels(ctx, width, height) {
const scale = network.getScale();
const sans = css("--sans");
const taken = grid();
const found = [];
const inSight = (p, r) => p.x > -r && p.y > -r && p.x < width + r && p.y < height + r;
const marks = [];
for (const id of choice.ends) {
const node = nodes.get(id);
const place = drawnPlace(id);
const p = network.canvasToDOM(place);
if (!inSight(p, 90)) continue;
const r = node.size * scale;
marks.push({ node, p, r });
taken.add([p.x - r, p.y - r, p.x + r, p.y + r]);
}
const weight = (m) => (lit?.nodes.has(m.node.id) ? 1e6 : 0) + m.node.degree;
marks.sort((a, b) => weight(b) - weight(a) || (a.node.id < b.node.id ? -1 : 1));
for (const { node, p, r } of marks) {
const hub = node.size >= 14;
const size = hub ? SIZES.hub : SIZES.node;
const font = `${hub ? 600 : 400} ${size}px ${sans}`;
const lines = node.lines?.[S.lang] ?? [nameOf(node.id)];
const w = Math.max(...lines.map((line) => measure(ctx, line, font))) + 4;
const h = lines.length * size * 1.22 + 2;
const places = [
[p.x - w / 2, p.y + r + 2],
[p.x - w / 2, p.y - r - h - 2],
[p.x + r + 3, p.y - h / 2],
[p.x - r - w - 3, p.y - h / 2],
];
const seen = p.x > 0 && p.y > 0 && p.x < width && p.y < height;
for (const [left, y] of places) {
const x = seen ? Math.max(2, Math.min(left, width - w - 2)) : left;
const rect = [x, y, x + w, y + h];
if (!taken.free(rect)) continue;
taken.add(rect);
found.push({ id: node.id, kind: "node", rect, lines, size, font, dim: lit && !lit.nodes.has(node.id) });
break;
}
}
for (const e of choice.shown.values()) {
if ((!e.brief && !e.order) || (lit && !lit.edges.has(e.id))) continue;
const line = network.body.edges[e.id]?.edgeType;
if (!line) continue;
const text = [e.order, e.brief && words(e.brief) + (e.joint ? "*" : "")].filter(Boolean).join(" · ");
const size = e.order ? SIZES.flow : SIZES.edge;
const font = `500 ${size}px ${sans}`;
const w = measure(ctx, text, font) + 6;
const h = size * 1.3;
for (const part of [0.5, 0.42, 0.58, 0.34, 0.66]) {
const p = network.canvasToDOM(line.getPoint(part));
const rect = [p.x - w / 2, p.y - h / 2, p.x + w / 2, p.y + h / 2];
if (!inSight(p, 0) || !taken.free(rect)) continue;
taken.add(rect);
found.push({ id: e.id, kind: "edge", rect, lines: [text], size, font });
break;
}
}
return found;
}
function drawnPlace(id) {
const node = network.body.nodes[id];
return node ? { x: node.x, y: node.y } : { x: at.get(id)[0], y: at.get(id)[1] };
}
function drawLabels(ctx) {
if (!choice) return;
const area = $("graph");
const ratio = ctx.canvas.width / area.clientWidth;
ctx.save();
ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
labelBoxes = layLabels(ctx, area.clientWidth, area.clientHeight);
const [ink, soft] = [css("--ink"), css("--ink-soft")];
ctx.textAlign = "center";
ctx.textBaseline = "alphabetic";
ctx.lineJoin = "round";
ctx.strokeStyle = css("--paper");
for (const label of labelBoxes) {
ctx.font = label.font;
ctx.globalAlpha = label.dim ? 0.3 : 1;
ctx.fillStyle = label.kind === "edge" ? soft : ink;
ctx.lineWidth = 4;
const x = (label.rect[0] + label.rect[2]) / 2;
label.lines.forEach((line, k) => {
const y = label.rect[1] + label.size * (1 + k * 1.22);
ctx.strokeText(line, x, y);
ctx.fillText(line, x, y);
});
}
ctx.restore();
}
function labelAt(point) {
const inside = (r) => point.x >= r[0] && point.x <= r[2] && point.y >= r[1] && point.y <= r[3];
return labelBoxes.find((label) => label.kind === "node" && inside(label.rect))?.id;
}
const LARGE = 100; // relations from which a full drawing takes longer than a frame
const REST = 140; // milliseconds
let still = null; // {image, x, y, boxes}: pixels, where the view stood then, the frames of lines
let dragged = false;
let resting = null;
function startDrag({ nodes: held }) {
dragged = !held.length;
hold();
}
function endDrag() {
dragged = false;
letGo();
}
function hold() {
if (!dragged || choice.shown.size < LARGE) return;
const seen = network.canvas.frame.canvas;
const { x, y } = network.body.view.translation;
still = { image: el("canvas", { width: seen.width, height: seen.height }), x, y, boxes: lineBoxes() };
still.image.getContext("2d").drawImage(seen, 0, 0);
leaveOut(true);
}
function letGo() {
clearTimeout(resting);
if (!still) return;
still = null;
leaveOut(false);
network.redraw();
}
function leaveOut(on) {
Object.assign(network.renderer.options, { hideEdgesOnDrag: on, hideNodesOnDrag: on });
}
function lineBoxes() {
return Object.values(network.body.edges).map((edge) => {
const points = [edge.from, edge.to, edge.edgeType.getViaNode() ?? edge.from];
const room = edge.from === edge.to ? 60 : edge.options.width + 6;
const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
return [edge, [Math.min(...xs) - room, Math.min(...ys) - room, Math.max(...xs) + room, Math.max(...ys) + room]];
});
}
function drawStill(ctx) {
if (!still) return;
const { scale, translation } = network.body.view;
const { width, height } = ctx.canvas;
const ratio = width / $("graph").clientWidth;
const dx = Math.round((translation.x - still.x) * ratio);
const dy = Math.round((translation.y - still.y) * ratio);
ctx.save();
ctx.setTransform(1, 0, 0, 1, 0, 0);
ctx.drawImage(still.image, dx, dy);
if (dx || dy) {
still.x += dx / ratio;
still.y += dy / ratio;
const bare = [dx > 0 ? [0, 0, dx, height] : [width + dx, 0, width, height], dy > 0 ? [0, 0, width, dy] : [0, height + dy, width, height]];
const toCanvas = (pixel, moved) => (pixel / ratio - moved) / scale;
ctx.beginPath();
for (const [left, top, right, bottom] of bare) ctx.rect(left, top, right - left, bottom - top);
ctx.clip();
ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * still.x, ratio * still.y);
drawWithin(ctx, bare.map((r) => [toCanvas(r[0], still.x), toCanvas(r[1], still.y), toCanvas(r[2], still.x), toCanvas(r[3], still.y)]));
const keep = still.image.getContext("2d");
keep.globalCompositeOperation = "copy";
keep.drawImage(ctx.canvas, 0, 0);
}
ctx.restore();
clearTimeout(resting);
resting = setTimeout(() => { letGo(); hold(); }, REST);
}
function drawWithin(ctx, rects) {
const inside = (box) => rects.some((rect) => touch(rect, box));
const lines = still.boxes.filter(([, box]) => inside(box)).map(([edge]) => edge);
for (const edge of lines) edge.draw(ctx);
for (const node of Object.values(network.body.nodes)) {
const { left, top, right, bottom } = node.shape.boundingBox;
if (inside([left, top, right, bottom])) node.draw(ctx);
}
for (const edge of lines) edge.drawArrows(ctx);
}
const LISTED = 60;
let listed = LISTED;
let lastFocus = null;
function showPanel() {
const list = $("list");
const kept = document.activeElement?.dataset?.key;
const made = panelNow();
list.replaceChildren(...made.filter(Boolean));
document.body.classList.toggle("selected", Boolean(S.sel));
const again = kept && [...list.querySelectorAll("[data-key]")].find((x) => x.dataset.key === kept);
if (again) again.focus();
}
function panelNow() {
const lacks = (S.sel && !E()) || (S.view === "loops" && !(L() && E())) || (S.view === "conflicts" && !(C() && E()));
if (lacks) return [el("p", { class: "hint" }, t("loading"))];
if (S.sel?.kind === "edge") return edgePanel(S.sel.id);
if (S.sel?.kind === "node") return nodePanel(S.sel.id);
if (S.view === "loops") return loopsPanel();
if (S.view === "conflicts") return conflictsPanel();
return S.path ? pathPanel() : startPanel();
}
function startPanel() {
const shown = [...choice.shown.values()];
return [
S.only && backTo(t("all_relations"), () => { S.only = null; fitted = true; }),
el("h2", { class: "kicker" }, t(S.only ? "only_these" : "largest")),
el("p", { class: "hint" }, t("start_hint")),
shown.length
? el("ol", { class: "ranked" }, shown.slice(0, listed).map((e, k) => rankedItem(e, k + 1)))
: el("p", { class: "empty" }, t("nothing")),
shown.length > listed &&
el("button", { type: "button", class: "quiet", "data-key": "more", onclick: () => { listed += LISTED; showPanel(); } },
t("more", { n: shown.length - listed })),
];
}
function rankedItem(e, rank) {
return el("li", {},
el("button", { type: "button", class: "row", "data-key": e.id, onclick: () => select("edge", e.id) },
rank !== "" && el("span", { class: "rank" }, String(rank)),
el("span", { class: "what" },
el("span", { class: "who" }, nameOf(e.from), " ", el("span", { class: "arrow", "aria-hidden": "true" }, G.relations[e.relation]?.symmetric ? "↔" : "→"), " ", nameOf(e.to)),
el("span", { class: "how" }, lineSwatch(e.relation, 18), term("relations", e.relation), flags(e))),
el("span", { class: "sum" }, words(e.brief) + (e.joint ? "*" : ""))));
}
function flags(e) {
return [
e.status && el("span", { class: "mute" }, ` · ${statusName(e.status)}`),
e.denied && el("span", { class: "flag" }, ` · ${t("denied")}`),
e.conflict && !e.denied && el("span", { class: "flag" }, ` · ${t("conflict")}`),
];
}
function edgePanel(id) {
const e = edges.get(id);
return [
backButton(),
el("p", { class: "kicker" }, lineSwatch(e.relation), " ", term("relations", e.relation)),
el("h2", { class: "headline" }, nodeButton(e.from), el("span", { class: "arrow", "aria-hidden": "true" }, G.relations[e.relation]?.symmetric ? " ↔ " : " → "), nodeButton(e.to)),
el("p", { class: "figure" }, words(e.amount) || t("no_amount")),
el("p", { class: "facts" },
badge(e.status),
e.joint && el("span", { class: "badge", title: t("joint_long") }, t("joint")),
el("span", { class: "mute" }, (e.claims === 1 ? t("one_claim") : t("n_claims", { n: e.claims })) + " · " + (e.sources === 1 ? t("one_source") : t("n_sources", { n: e.sources })))),
!e.live && el("p", { class: "warning" }, t("not_live")),
e.denied && el("p", { class: "warning" }, t("edge_denied")),
e.joint && el("p", { class: "hint" }, t("joint_long")),
el("h3", { class: "section" }, t("evidence")),
el("ol", { class: "claims" }, claimsOf(e).map(claimItem)),
];
}
function claimItem(id) {
const c = E().claims[id];
const source = E().sources[c.source] ?? {};
return el("li", { class: c.negated ? "claim no" : "claim", "data-claim": id },
el("p", { class: "facts" },
el("b", { class: "said" }, words(c.amount) || (c.relation ? t("no_amount") : "")),
badge(c.status),
c.when && el("time", {}, c.when.replace("/..", " –").replace("/", " – ")),
c.negated && el("span", { class: "badge flag" }, t("denied")),
c.joint && el("span", { class: "badge" }, t("joint"))),
c.rate && el("p", { class: "mute small" }, t("in_dollars", { amount: words(c.usd), date: c.rate })),
c.words && el("p", { class: "mute small" }, t("amount_words", { text: c.words })),
c.share && el("p", { class: "small" }, t("share", { percent: c.share })),
c.product && el("p", { class: "product" }, c.product),
quoteBlock(c),
c.conflicts && S.view !== "conflicts" && el("p", { class: "warning" }, t("conflict_long", { n: c.conflicts.length }), conflictLinks(id)),
el("p", { class: "source" }, sourceLine(c)),
source.restates && el("p", { class: "mute small" }, t("restates", { sources: source.restates.map((s) => E().sources[s]?.title ?? s).join("; ") })),
c.note && el("p", { class: "note" }, el("b", {}, t("note"), ": "), c.note),
el("p", { class: "mute small where" }, whereOf(c)));
}
function conflictLinks(id) {
if (!C() || S.view === "conflicts") return null;
const number = Object.keys(E().claims).indexOf(id);
return C().conflicts.filter((c) => c.sides.some((s) => s.claims.includes(number))).map((c) =>
el("button", { type: "button", class: "name", "data-key": `to ${c.id} ${id}`, onclick: () => { S.view = "conflicts"; S.conflict = c.id; S.sel = null; showView(); changed(); $("conflicts").focus(); } }, words(C().kinds[c.kind].labels)))
.flatMap((x) => [" ", x]);
}
function sourceLine(c) {
const source = E().sources[c.source] ?? {};
const more = [source.publisher, source.issued, c.who && t("says", { who: nameOf(c.who) })].filter(Boolean);
return [link(source.url, source.title ?? c.source), el("span", { class: "mute" }, more.map((x) => ` · ${x}`).join(""))];
}
function quoteBlock(c) {
const language = (E().sources[c.source]?.language ?? "") || undefined;
if (c.start !== undefined) {
const [before, after] = c.around ?? ["", ""];
return el("blockquote", { lang: language }, el("span", { class: "mute" }, before), el("mark", {}, c.quote), el("span", { class: "mute" }, after));
}
const cells = c.quote.split(" | ").map((text) => {
const [column, ...rest] = text.split(": ");
return rest.length ? el("span", { class: "cell" }, el("span", { class: "mute" }, `${column}: `), rest.join(": ")) : el("span", { class: "cell" }, text);
});
return el("blockquote", { class: "cells" }, cells.flatMap((x, k) => (k ? [el("span", { class: "mute" }, " | "), x] : [x])));
}
function whereOf(c) {
const place = c.start !== undefined ? t("chars_of", { start: c.start, end: c.end }) : t("row_of", { file: c.file ?? "", row: c.row ?? "" });
const file = c.start !== undefined && E().sources[c.source]?.file;
const engine = c.engine && t("extracted", { engine: c.engine, confidence: c.confidence });
return [file, place, engine].filter(Boolean).join(" · ");
}
function badge(status) {
if (!status) return null;
const color = G.statuses[status]?.color;
return el("span", { class: "badge" }, el("span", { class: "dot", style: { background: color || "currentColor" } }), statusName(status));
}
function nodePanel(id) {
const node = { ...nodes.get(id), ...about(id) };
const names = [...new Set([...Object.values(node.labels), ...(node.aliases ?? [])])].filter((n) => n !== nameOf(id));
const all = edgesAt.get(id);
const hidden = all.filter((e) => !choice.shown.has(e.id)).length;
return [
backButton(),
el("p", { class: "kicker" }, typeSwatch(node.type), " ", term("types", node.type)),
el("h2", { class: "headline" }, nameOf(id)),
names.length && el("p", { class: "aka" }, el("span", { class: "mute" }, t("also_called"), " "), names.join(" · ")),
el("dl", { class: "card" },
fact("country", node.country), fact("ticker", node.ticker),
node.parent && fact("parent", nodes.has(node.parent) ? nodeButton(node.parent) : node.parent),
node.wikidata && fact("identifier", link(/^Q\d+$/.test(node.wikidata) ? `https://www.wikidata.org/wiki/${node.wikidata}` : "", node.wikidata))),
node.uncurated && el("p", { class: "hint" }, t("uncurated")),
el("p", { class: "actions" },
S.open.has(id)
? el("button", { type: "button", class: "solid", "data-key": "open", onclick: () => { S.open.delete(id); changed(); } }, t("show_less"))
: hidden > 0 && el("button", { type: "button", class: "solid", "data-key": "open", onclick: () => { S.open.add(id); changed(); } }, t("show_all", { n: all.length })),
el("button", { type: "button", "data-key": "path from", onclick: () => askPath(id) }, t("path_from")),
loopsThrough(id) > 0 && el("button", { type: "button", "data-key": "loops of", onclick: () => { S.view = "loops"; S.party = id; S.loop = ""; S.sel = null; fitted = true; showView(); changed(); } }, t("loops_through", { n: loopsThrough(id) })),
node.page && el("a", { class: "quiet", href: `${node.page}#${keep()}` }, t("entity_page"))),
all.length && el("h3", { class: "section" }, t("relations")),
...groupsOf(id, all),
...figuresOf(node),
];
}
function loopsThrough(id) {
if (!L()) return 0;
const stop = L().stops.length - 1;
return L().ranks[stop].filter((n) => versionAt(L().loops[n].v, stop)[1].some((f) => L().flows[f].from === id)).length;
}
const fact = (key, value) => value && el("div", {}, el("dt", {}, t(key)), el("dd", {}, value));
function groupsOf(id, all) {
const groups = new Map();
for (const e of all) {
const out = e.from === id;
const key = `${String(G.relations[e.relation]?.order ?? 99).padStart(4, "0")} ${e.relation} ${out ? 0 : 1}`;
if (!groups.has(key)) groups.set(key, { relation: e.relation, out, list: [] });
groups.get(key).list.push(e);
}
return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, g]) =>
el("section", { class: "relations" },
el("h4", {}, lineSwatch(g.relation), g.out ? ` ${nameOf(id)} ${term("relations", g.relation)} …` : ` … ${term("relations", g.relation)} ${nameOf(id)}`, el("span", { class: "mute" }, ` ${g.list.length}`)),
el("ul", { class: "ranked" }, g.list.map((e) =>
el("li", {}, el("button", { type: "button", class: "row", "data-key": e.id, onclick: () => select("edge", e.id) },
el("span", { class: "what" }, el("span", { class: "who" }, nameOf(g.out ? e.to : e.from)),
el("span", { class: "how" }, [e.status && statusName(e.status), (e.first ?? "").slice(0, 7)].filter(Boolean).join(" · "), e.denied && el("span", { class: "flag" }, ` ${t("denied")}`))),
el("span", { class: "sum" }, words(e.brief) + (e.joint ? "*" : ""))))))));
}
function figuresOf(node) {
const figures = E().figures[node.id];
if (!figures) return [];
return [
el("h3", { class: "section" }, t("figures")),
el("div", { class: "figures" }, figures.map((id) => {
const c = E().claims[id];
return el("details", {},
el("summary", {}, el("span", { class: "who" }, term("measures", c.measure)), el("span", { class: "mute" }, c.when ?? ""), el("span", { class: "sum" }, words(c.amount))),
el("ol", { class: "claims" }, claimItem(id)));
})),
];
}
const nodeButton = (id) => el("button", { type: "button", class: "name", "data-key": `node ${id}`, onclick: () => select("node", id) }, nameOf(id));
const backTo = (label, use) => el("button", { type: "button", class: "back", "data-key": "back", onclick: () => { use(); clearSelection(); } }, `← ${label}`);
const backButton = () => backTo(t(S.path ? "path" : S.loop && S.view === "loops" ? "the_loop" : S.view === "loops" ? "all_loops" : S.view === "conflicts" ? "conflicts" : S.view === "sparql" ? "ask_answer" : "back"), () => {});
function panelKeys(event) {
if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
const stops = [...$("list").querySelectorAll("button, a, summary")].filter((x) => x.offsetParent);
const here = stops.indexOf(document.activeElement);
const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
if (here < 0 || !next) return;
event.preventDefault();
next.focus();
}
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
function chosenConflicts() {
return C().conflicts.filter((c) => !S.off.conflict.has(c.kind));
}
const conflictNow = () => C().conflicts.find((c) => c.id === S.conflict) ?? null;
function conflictTitle(c) {
const predicate = G.relations[c.predicate] ? term("relations", c.predicate) : G.measures[c.predicate] ? term("measures", c.predicate) : "";
return [c.subject ? nameOf(c.subject) : "…", predicate, c.object && nameOf(c.object)].filter(Boolean).join(" ");
}
function kindCounts(conflicts) {
const counts = new Map();
for (const c of conflicts) counts.set(c.kind, (counts.get(c.kind) ?? 0) + 1);
const known = Object.keys(C().kinds).sort(byOrder(C().kinds));
return new Map(known.filter((code) => counts.has(code)).map((code) => [code, counts.get(code)]));
}
function conflictParts() {
const found = chosenConflicts();
return [
t("bar_conflicts", { n: found.length, all: C().conflicts.length }),
...[...kindCounts(found)].map(([code, n]) => t("bar_kind", { kind: words(C().kinds[code].labels), n })),
t("n_claims", { n: new Set(found.flatMap((c) => c.sides.flatMap((side) => side.claims))).size }),
t("bar_evidence_all"),
];
}
function conflictFilters() {
const kinds = C().kinds;
const counts = kindCounts(C().conflicts);
const off = S.off.conflict;
const codes = [...counts.keys()];
return [
el("section", {}, heading("conflict_kind", allButton("conflict")), codes.map((code) =>
el("div", { class: "choice" },
el("label", {},
el("input", { type: "checkbox", checked: !off.has(code), "data-key": `conflict ${code}`, onchange: () => { if (off.has(code)) off.delete(code); else off.add(code); changed(); } }),
el("span", { class: "label" }, words(kinds[code].labels)),
el("span", { class: "count" }, String(counts.get(code))))))),
el("section", { class: "foot" }, codes.map((code) => el("p", { class: "hint" }, el("b", {}, words(kinds[code].labels)), ": ", words(kinds[code].means)))),
];
}
function conflictsPanel() {
const found = chosenConflicts();
return [
el("h2", { class: "kicker" }, t("conflicts")),
el("p", { class: "hint" }, t("n_conflicts", { n: found.length })),
found.length
? el("ol", { class: "ranked" }, found.map((c, k) => el("li", {},
el("button", { type: "button", class: "row", "data-key": `conflict ${c.id}`, "aria-current": c.id === (conflictNow() ?? found[0]).id ? "true" : "false",
onclick: () => { S.conflict = c.id; changed(); if (matchMedia("(max-width: 860px)").matches) $("conflicts").scrollIntoView(); } },
el("span", { class: "rank" }, String(k + 1)),
el("span", { class: "what" }, el("span", { class: "who" }, conflictTitle(c)),
el("span", { class: "how" }, words(C().kinds[c.kind].labels), " · ", c.sides.map((s) => words(s.says)).join(t("versus")), c.decided && ` · ${t("decided")}`))))))
: el("p", { class: "empty" }, t("nothing")),
];
}
function showConflicts() {
const box = $("conflicts");
if (S.view !== "conflicts") return;
if (!C() || !E()) { box.replaceChildren(el("p", { class: "hint" }, t("loading"))); return; }
const c = conflictNow() ?? chosenConflicts()[0];
if (!c) { box.replaceChildren(el("p", { class: "empty" }, t("nothing"))); return; }
const kind = C().kinds[c.kind];
const scale = scaleOf(c);
box.replaceChildren(
el("div", { class: "sheet" },
el("p", { class: "kicker" }, words(kind.labels), c.decided && ` · ${t("decided")}`),
el("h2", { class: "headline" }, c.subject ? nodeButton(c.subject) : "…", ` ${G.relations[c.predicate] ? term("relations", c.predicate) : G.measures[c.predicate] ? term("measures", c.predicate) : ""} `, c.object ? nodeButton(c.object) : ""),
el("p", { class: "mute" }, words(kind.means)),
scale && scaleChart(c, scale),
el("div", { class: "sides" }, c.sides.map((side, k) => sideItem(side, k))),
el("p", { class: "note" }, el("b", {}, t("remedy"), ": "), words(kind.remedy)),
c.edges.length > 0 && el("p", { class: "actions" }, el("button", { type: "button", "data-key": "to-graph", onclick: () => { const shown = c.edges.map((rank) => G.edges[rank]); spotlight(shown.flatMap((e) => [e.from, e.to]), shown.map((e) => e.id)); } }, t("in_relations")))));
}
function sideItem(side, k) {
return el("section", { class: side.rejected ? "side no" : "side" },
el("h3", {}, el("span", { class: "letter", "aria-hidden": "true" }, String.fromCharCode(65 + k)), " ", words(side.says)),
el("p", { class: "mute small" }, t(side.voices.length === 1 ? "one_voice" : "n_voices", { n: side.voices.length }), side.rejected && ` · ${t("rejected")}`),
el("ol", { class: "claims" }, side.claims.map((n) => claimItem(claimAt(n)))));
}
function scaleOf(c) {
const sides = c.sides.filter((s) => s.low !== undefined);
if (sides.length < 2) return null;
return Math.max(...sides.map((s) => s.high ?? s.low * 1.25)) * 1.06 || null;
}
function scaleChart(c, scale) {
const rows = c.sides.map((side, k) => {
const left = (100 * (side.low ?? 0)) / scale;
const right = side.high === undefined ? 100 : (100 * side.high) / scale;
const bar = svg("svg", { viewBox: "0 0 100 14", preserveAspectRatio: "none", class: "interval" },
svg("rect", { x: 0, y: 6.5, width: 100, height: 1, class: "axis" }),
svg("rect", { x: Math.min(left, 99), y: 3, width: Math.max(right - left, 1), height: 8, class: side.high === undefined ? "open" : "bar" }));
return el("div", { class: "scale" }, el("span", { class: "letter" }, String.fromCharCode(65 + k)), bar, el("span", { class: "sum" }, words(side.says)));
});
return el("div", { class: "scales", "aria-hidden": "true" }, rows);
}
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s\p{P}]/gu, "");
let names = null;
let hits = [];
let active = -1;
function findNames(query, most = 8) {
names ??= G.nodes.map((n) => ({
id: n.id,
degree: n.degree,
names: [...new Set([...Object.values(n.labels), ...(about(n.id).aliases ?? []), about(n.id).ticker ?? "", n.id])]
.filter(Boolean).map((name) => ({ name, folded: fold(name) })),
}));
const wanted = fold(query);
if (!wanted) return [];
const found = [];
for (const entry of names) {
let best = null;
for (const { name, folded } of entry.names) {
const place = folded.indexOf(wanted);
if (place < 0) continue;
const score = (folded === wanted ? 0 : place === 0 ? 1 : 2) * 1000 - Math.min(entry.degree, 900);
if (!best || score < best.score) best = { id: entry.id, name, score };
}
if (best) found.push(best);
}
return found.sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1)).slice(0, most);
}
function startSearch() {
const input = $("search");
input.addEventListener("input", () => { active = 0; showFound(); });
input.addEventListener("focus", showFound);
input.addEventListener("blur", () => setTimeout(() => { closeFound(); if (document.activeElement !== input) endPath(); }, 150));
input.addEventListener("keydown", (event) => {
if (event.key === "Escape") { input.value = ""; closeFound(); event.stopPropagation(); }
if (event.key === "ArrowDown") active = Math.min(active + 1, hits.length - 1);
else if (event.key === "ArrowUp") active = Math.max(active - 1, 0);
else if (event.key !== "Enter") return;
event.preventDefault();
if (event.key === "Enter" && hits[active]) take(hits[active].id);
else showFound();
});
}
let pathFrom = null;
function askPath(id) {
pathFrom = id;
const input = $("search");
input.placeholder = t("path_to", { name: nameOf(id) });
input.setAttribute("aria-label", input.placeholder);
input.focus();
}
function take(id) {
$("search").value = "";
closeFound();
const from = pathFrom;
endPath();
if (from && from !== id) {
Object.assign(S, { view: "graph", path: { from, to: id, money: false }, only: null, sel: null });
fitted = true;
showView();
changed();
$("list").querySelector(".back")?.focus({ preventScroll: true });
return;
}
if (S.view !== "graph" && !(S.view === "loops" && choice.ends.has(id))) { S.view = "graph"; showView(); }
select("node", id);
}
function endPath() {
if (!pathFrom) return;
pathFrom = null;
showWords();
}
function showFound() {
const input = $("search");
const box = $("found");
hits = findNames(input.value);
if (!input.value.trim()) {
closeFound();
return;
}
active = Math.max(0, Math.min(active, hits.length - 1));
box.replaceChildren(...(hits.length
? hits.map((hit, k) =>
el("li", { role: "option", id: `hit-${k}`, "aria-selected": k === active ? "true" : "false", onmousedown: (event) => { event.preventDefault(); take(hit.id); } },
typeSwatch(nodes.get(hit.id).type),
el("span", { class: "who" }, nameOf(hit.id)),
hit.name !== nameOf(hit.id) && el("span", { class: "mute" }, hit.name)))
: [el("li", { class: "empty", role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("search_none"))]));
box.hidden = false;
input.setAttribute("aria-expanded", "true");
if (hits.length) input.setAttribute("aria-activedescendant", `hit-${active}`);
}
function closeFound() {
$("found").hidden = true;
$("search").setAttribute("aria-expanded", "false");
$("search").removeAttribute("aria-activedescendant");
}
const quarters = (() => {
const days = G.edges.flatMap((e) => [e.first, e.last]).filter(Boolean).map(quarter).sort();
const found = [];
if (!days.length) return found;
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
const PER_PAGE = 100;
const T = { query: "", sort: "amount", down: true, page: 0, shownOnly: false, rows: null };
const COLUMNS = [
["subject", (c) => nameOf(c.subject)],
["relation", (c) => (c.relation ? term("relations", c.relation) : term("measures", c.measure))],
["object", (c) => (c.object ? nameOf(c.object) : "")],
["amount", (c) => words(c.amount) + (c.rate ? ` (${words(c.usd)})` : "")],
["status", (c) => (c.negated ? t("denied") : c.status ? statusName(c.status) : "")],
["when", (c) => c.when ?? ""],
["source", (c) => E().sources[c.source]?.publisher || c.source],
];
function tableRows() {
const wanted = T.query.trim().toLowerCase();
const inPicture = T.shownOnly && new Set([...choice.shown.values()].flatMap(claimsOf));
const rows = Object.entries(E().claims)
.filter(([id]) => !inPicture || inPicture.has(id))
.map(([id, c]) => ({ id, c, cells: COLUMNS.map(([, value]) => value(c)) }))
.filter((row) => !wanted || `${row.cells.join(" ")} ${row.c.quote} ${row.c.product ?? ""}`.toLowerCase().includes(wanted));
const column = COLUMNS.findIndex(([key]) => key === T.sort);
const compare = T.sort === "amount"
? (a, b) => (a.c.figure ?? -1) - (b.c.figure ?? -1)
: (a, b) => a.cells[column].localeCompare(b.cells[column], S.lang);
rows.sort((a, b) => (T.down ? -1 : 1) * compare(a, b) || (a.id < b.id ? -1 : 1));
return rows;
}
function showTable() {
const box = $("table");
if (S.view !== "table" || !E()) return;
const kept = document.activeElement?.dataset?.key;
const caret = document.activeElement?.selectionStart;
T.rows = tableRows();
const pages = Math.max(1, Math.ceil(T.rows.length / PER_PAGE));
T.page = Math.min(T.page, pages - 1);
const part = T.rows.slice(T.page * PER_PAGE, (T.page + 1) * PER_PAGE);
const redo = (change) => () => { change(); showTable(); };
box.replaceChildren(
el("div", { class: "tabletools" },
el("input", { type: "search", value: T.query, placeholder: t("filter_table"), "aria-label": t("filter_table"), "data-key": "filter",
oninput: (event) => { T.query = event.target.value; T.page = 0; later(showTable); } }),
el("label", {}, el("input", { type: "checkbox", checked: T.shownOnly, "data-key": "shown", onchange: redo(() => { T.shownOnly = !T.shownOnly; T.page = 0; }) }), " ", t("only_shown")),
el("span", { class: "mute", role: "status" }, t("table_count", { n: T.rows.length, all: Object.keys(E().claims).length }))),
el("div", { class: "scroller", tabindex: "0" },
el("table", {},
el("thead", {}, el("tr", {}, COLUMNS.map(([key]) => header(key)))),
el("tbody", {}, part.map(tableRow)))),
el("div", { class: "pager" },
el("button", { type: "button", disabled: T.page === 0, "data-key": "previous", onclick: redo(() => (T.page -= 1)) }, t("previous")),
el("span", {}, t("page_of", { n: T.page + 1, all: pages })),
el("button", { type: "button", disabled: T.page >= pages - 1, "data-key": "next", onclick: redo(() => (T.page += 1)) }, t("next"))));
const again = kept && [...box.querySelectorAll("[data-key]")].find((x) => x.dataset.key === kept);
if (again) {
again.focus({ preventScroll: true });
if (kept === "filter") again.setSelectionRange(caret, caret);
}
showBar();
}
function tableParts() {
const claims = T.rows.map((row) => row.c);
const quoted = claims.filter((c) => c.start !== undefined).length;
return [
t("table_count", { n: claims.length, all: Object.keys(E().claims).length }),
t("bar_entities", { n: new Set(claims.flatMap((c) => [c.subject, c.object]).filter(Boolean)).size, all: G.nodes.length }),
t("n_sources", { n: new Set(claims.map((c) => c.source)).size }),
t("bar_evidence_all"),
t("bar_evidence", { percent: percent(quoted, claims.length) }),
];
}
function header(key) {
const sorted = T.sort === key;
return el("th", { scope: "col", class: key, "aria-sort": sorted ? (T.down ? "descending" : "ascending") : "none" },
el("button", { type: "button", "data-key": `sort ${key}`, onclick: () => { T.down = sorted ? !T.down : key === "amount"; T.sort = key; showTable(); } },
t(key), sorted ? (T.down ? " ▾" : " ▴") : ""));
}
function tableRow({ id, c, cells }) {
const open = () => {
const edge = (edgesAt.get(c.subject) ?? []).find((e) => claimsOf(e).includes(id));
if (edge) select("edge", edge.id);
else select("node", c.subject);
};
return el("tr", { class: c.negated ? "no" : "" },
cells.map((cell, k) =>
el("td", { class: COLUMNS[k][0] }, k === 0 ? el("button", { type: "button", class: "name", "data-key": `claim ${id}`, onclick: open }, cell) : cell)));
}
function save(name, blob) {
const url = URL.createObjectURL(blob);
const a = el("a", { href: url, download: name });
document.body.append(a);
a.click();
a.remove();
setTimeout(() => URL.revokeObjectURL(url), 10000);
}
function savePng() {
const seen = $("graph").querySelector("canvas");
const ratio = seen.width / $("graph").clientWidth;
const head = 56 * ratio;
const made = el("canvas", { width: seen.width, height: seen.height + head });
const ctx = made.getContext("2d");
ctx.fillStyle = css("--paper");
ctx.fillRect(0, 0, made.width, made.height);
ctx.drawImage(seen, 0, head);
ctx.fillStyle = css("--ink");
ctx.font = `600 ${22 * ratio}px ${css("--serif")}`;
ctx.fillText(words(G.title), 20 * ratio, 34 * ratio);
ctx.fillStyle = css("--ink-soft");
ctx.font = `${12 * ratio}px ${css("--sans")}`;
ctx.fillText(pictureParts().join(" · "), 20 * ratio, 52 * ratio);
made.toBlob((blob) => save("kg.png", blob), "image/png");
}
function saveSvg() {
const area = $("graph");
const [width, height] = [area.clientWidth, area.clientHeight];
const scale = network.getScale();
const spot = (p) => network.canvasToDOM(p);
const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height });
root.append(svg("title", {}, words(G.title)), svg("rect", { width, height, fill: css("--paper") }));
for (const e of choice.shown.values()) {
const line = network.body.edges[e.id]?.edgeType;
if (!line) continue;
const points = Array.from({ length: 17 }, (_, k) => spot(line.getPoint(k / 16)));
const style = edgeStyle(e, css("--faint"));
const path = svg("path", {
d: `M${points.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L")}`,
fill: "none", stroke: style.color.color, "stroke-width": (style.width * scale).toFixed(2),
"stroke-opacity": style.color.opacity,
"stroke-dasharray": style.dashes ? style.dashes.map((d) => (d * scale).toFixed(1)).join(" ") : "none",
});
path.append(svg("title", {}, `${nameOf(e.from)} ${e.flow ? t("pays") : term("relations", e.relation)} ${nameOf(e.to)} ${words(e.amount)}`));
root.append(path);
if (style.arrows.to.enabled) root.append(svgArrow(e, line, spot, scale, style));
}
for (const id of choice.ends) {
const p = spot(drawnPlace(id));
const info = G.types[nodes.get(id).type] ?? {};
root.append(svg("path", { d: markPath(info.shape, p.x, p.y, nodes.get(id).size * scale), fill: info.color || "#777777", stroke: css("--paper"), "stroke-width": 1.5 }));
}
for (const label of labelBoxes) {
label.lines.forEach((text, k) => root.append(svg("text", {
x: (label.rect[0] + label.rect[2]) / 2, y: label.rect[1] + label.size * (1 + k * 1.22),
"text-anchor": "middle", "font-family": css("--sans"), "font-size": label.size, fill: css("--ink"),
stroke: css("--paper"), "stroke-width": 3, "paint-order": "stroke",
}, text)));
}
save("kg.svg", new Blob([xmlOf(root)], { type: "image/svg+xml" }));
}
const xmlOf = (made) =>
new XMLSerializer().serializeToString(made).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
function svgArrow(e, line, spot, scale, style) {
const end = spot(drawnPlace(e.to));
const r = nodes.get(e.to).size * scale + 1;
let k = 1;
while (k > 0.5 && Math.hypot(spot(line.getPoint(k)).x - end.x, spot(line.getPoint(k)).y - end.y) < r) k -= 0.01;
const [tip, back] = [spot(line.getPoint(k)), spot(line.getPoint(k - 0.02))];
const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
const size = (6 + 1.3 * style.width) * scale;
const corner = (turn) => `${(tip.x - size * Math.cos(angle + turn)).toFixed(1)} ${(tip.y - size * Math.sin(angle + turn)).toFixed(1)}`;
return svg("path", { d: `M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${corner(0.4)}L${corner(-0.4)}Z`, fill: style.color.color, "fill-opacity": style.color.opacity });
}
function cell(value) {
let text = value === undefined || value === null ? "" : String(value);
if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function csvText() {
const head = ["subject_id", "subject", "relation", "object_id", "object", "usd", "amount", "joint", "status", "live", "denied", "first", "last", "sources", "claim", "quote", "source", "publisher", "url"];
const lines = [head];
for (const e of choice.shown.values()) {
for (const id of e.flow ? flowClaims(e) : claimsOf(e)) {
const c = E().claims[id];
const s = E().sources[c.source] ?? {};
lines.push([e.from, nameOf(e.from), e.relation ?? "paysTo", e.to, nameOf(e.to), c.figure, words(c.amount), c.joint ? "yes" : "", c.status, e.live ? "yes" : "", c.negated ? "yes" : "", c.when, e.last, e.sources, id, c.quote, s.title, s.publisher, s.url]);
}
}
return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
function graphmlText() {
const doc = document.implementation.createDocument("http://graphml.graphdrawing.org/xmlns", "graphml");
const make = (tag, props = {}, text = null) => {
const made = doc.createElementNS("http://graphml.graphdrawing.org/xmlns", tag);
for (const [key, value] of Object.entries(props)) made.setAttribute(key, value);
if (text !== null) made.textContent = text;
return made;
};
const keys = { node: { name: "string", type: "string" }, edge: { relation: "string", status: "string", usd: "double", amount: "string", joint: "boolean", live: "boolean", first: "string", last: "string", claims: "int" } };
for (const [kind, names_] of Object.entries(keys)) {
for (const [name, type] of Object.entries(names_)) doc.documentElement.append(make("key", { id: `${kind}-${name}`, for: kind, "attr.name": name, "attr.type": type }));
}
const graph = make("graph", { id: "kg", edgedefault: "directed" });
const values = (kind, found) => Object.entries(found).filter(([, v]) => v !== undefined && v !== "").map(([name, v]) => make("data", { key: `${kind}-${name}` }, v));
for (const id of [...choice.ends].sort()) {
const made = make("node", { id });
made.append(...values("node", { name: nameOf(id), type: nodes.get(id).type }));
graph.append(made);
}
for (const e of choice.shown.values()) {
const made = make("edge", { id: e.id, source: e.from, target: e.to });
made.append(...values("edge", { relation: e.flow ? "paysTo" : e.relation, status: e.status, usd: e.usd, amount: words(e.amount), joint: Boolean(e.joint), live: Boolean(e.live), first: e.first, last: e.last, claims: e.claims }));
graph.append(made);
}
doc.documentElement.append(graph);
return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlOf(doc)}\n`;
}
const saveGraphml = () => save("kg.graphml", new Blob([graphmlText()], { type: "application/graphml+xml" }));
function copyLink() {
const box = el("textarea", { class: "offscreen", "aria-hidden": "true" });
box.value = location.href;
document.body.append(box);
box.select();
const done = document.execCommand("copy");
box.remove();
$("bar").replaceChildren(el("span", { role: "status" }, done ? t("link_copied") : location.href));
}
const flowClaims = (line) => flowById(line.flow)?.deals.flatMap((deal) => deal.claims.map(claimAt)) ?? [];
const saveCsv = () => save("kg.csv", new Blob([csvText()], { type: "text/csv;charset=utf-8" }));
const story = () => G.story ?? [];
function showStory() {
const box = $("story");
const step = story()[S.story - 1];
box.hidden = !step;
document.body.classList.toggle("telling", Boolean(step));
if (!step) return;
const kept = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
const last = S.story === story().length;
box.replaceChildren(
el("p", { class: "kicker" }, t("story_step", { n: S.story, all: story().length })),
el("h2", {}, words(step.title)),
el("p", {}, words(step.text)),
el("p", { class: "actions" },
el("button", { type: "button", "data-key": "story back", disabled: S.story === 1, onclick: () => goTo(S.story - 1) }, `← ${t("story_back")}`),
el("button", { type: "button", class: "solid", "data-key": "story next", onclick: () => goTo(last ? 0 : S.story + 1) }, last ? t("story_end") : `${t("story_next")} →`),
!last && el("button", { type: "button", class: "quiet", "data-key": "story end", onclick: () => goTo(0) }, t("story_end"))));
const again = kept && [...box.querySelectorAll("button")].find((x) => x.dataset.key === kept && !x.disabled);
(again || (kept && box.querySelector(".solid")))?.focus();
}
function goTo(number) {
const { lang, theme } = S;
if (number) {
readState(story()[number - 1].view);
Object.assign(S, { lang, theme, story: number });
fitted = true;
if (S.view === "loops" && S.loop) lightHops();
} else S.story = 0;
showView();
changed();
if (!number) $("tell").focus();
else $("story").querySelector(".solid").focus();
}
let waiting = null;
function later(work) {
clearTimeout(waiting);
waiting = setTimeout(work, 90);
}
function changed() {
showStory();
draw();
showFilters();
showPanel();
showBar();
showTable();
showConflicts();
writeState();
}
function select(kind, id) {
if (!S.sel) lastFocus = document.activeElement?.dataset?.key ?? null;
stopLights();
S.sel = { kind, id };
hideTip();
draw();
reveal(kind === "node" ? [id] : id.split(" ").filter((part) => nodes.has(part)));
showPanel();
showBar();
writeState();
requestAnimationFrame(() => setTimeout(showFilters));
$("panel").scrollTop = 0;
if (document.activeElement !== $("graph")) $("list").querySelector(".back")?.focus({ preventScroll: true });
}
function clearSelection() {
S.sel = null;
stopLights();
changed();
const before = lastFocus && [...document.querySelectorAll("[data-key]")].find((x) => x.dataset.key === lastFocus);
if (before && document.activeElement !== $("graph")) before.focus();
}
function stopLights() {
clearInterval(lightTimer);
lightStep = Infinity;
}
function pictureParts() {
const claims = [...choice.shown.values()].reduce((sum, e) => sum + e.claims, 0);
const quoted = [...choice.shown.values()].filter((e) => e.quoted).length;
const flows = S.view === "loops";
return [
flows ? t("bar_flows", { n: choice.shown.size }) : t("bar_relations", { n: choice.shown.size, all: G.edges.length }),
t("bar_entities", { n: choice.ends.size, all: G.nodes.length }),
t("n_claims", { n: claims }),
t("bar_evidence_all"),
!flows && t("bar_evidence", { percent: percent(quoted, choice.shown.size) }),
].filter(Boolean);
}
const percent = (some, all) => (some ? Math.max(1, Math.round((100 * some) / all)) : 0);
function barParts() {
if (S.view === "conflicts" && C()) return conflictParts();
if (S.view === "table" && T.rows) return tableParts();
if (S.view === "sparql") return [t("bar_whole", { entities: G.nodes.length, claims: G.counts.claims, sources: G.counts.sources })];
return pictureParts();
}
function showBar() {
$("bar").replaceChildren(...barParts().map((text) => el("span", {}, text)));
}
function showWords() {
document.documentElement.lang = S.lang;
document.title = words(G.title);
$("title").textContent = words(G.title);
for (const x of document.querySelectorAll("[data-say]")) x.textContent = t(x.dataset.say);
for (const x of document.querySelectorAll("[data-say-label]")) {
x.setAttribute("aria-label", t(x.dataset.sayLabel));
if (x.tagName === "BUTTON") x.title = t(x.dataset.sayLabel);
}
for (const x of document.querySelectorAll("[data-say-placeholder]")) x.placeholder = t(x.dataset.sayPlaceholder);
for (const x of $("languages").children) pressed(x, x.lang === S.lang);
for (const x of document.querySelectorAll("#views a")) x.hash = keep();
}
function showTheme() {
if (S.theme) document.documentElement.dataset.theme = S.theme;
else delete document.documentElement.dataset.theme;
}
const OPENERS = { sparql: () => load("sparql").then(() => globalThis.kgSparql($("sparql"))) };
const COVERING = ["conflicts", "table", "sparql"];
const opened = new Map();
function showView() {
for (const view of COVERING) $(view).hidden = S.view !== view;
document.body.className = `app view-${S.view}`;
document.body.classList.toggle("covered", COVERING.includes(S.view));
document.body.classList.toggle("selected", Boolean(S.sel));
for (const x of $("views").querySelectorAll("button")) pressed(x, x.dataset.view === S.view);
$("views").querySelector('[aria-pressed="true"]').scrollIntoView({ block: "nearest", inline: "nearest" });
if (OPENERS[S.view]) {
if (!opened.has(S.view)) opened.set(S.view, OPENERS[S.view]());
opened.get(S.view).then((view) => view?.show?.());
}
}
function turnTo(view) {
stopPlaying();
S.view = view;
S.sel = null;
fitted = true;
if (view === "loops" && S.loop && L()) lightHops();
showView();
changed();
}
function turn(change) {
Object.assign(S, change);
turnTo(S.view);
}
function spotlight(ids, edgeIds) {
const only = { nodes: [...new Set(ids)].filter((id) => nodes.has(id)), edges: [...new Set(edgeIds)].filter((id) => edges.has(id)) };
Object.assign(S, { only, path: null, sel: null, view: "graph" });
fitted = true;
showView();
changed();
}
function turnTheme() {
const dark = S.theme ? S.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
S.theme = dark ? "light" : "dark";
showTheme();
showWords();
showView();
changed();
}
function follow() {
readState(decodeURIComponent(location.hash.slice(1)));
showTheme();
showWords();
showView();
changed();
}
function start() {
readState(decodeURIComponent(location.hash.slice(1)));
for (const [tag, name] of Object.entries(G.languages)) {
$("languages").append(el("button", { type: "button", lang: tag, onclick: () => { S.lang = tag; showWords(); showView(); changed(); } }, name));
}
startPicture();
startSearch();
for (const x of $("views").querySelectorAll("button")) {
x.hidden = !VIEWS.includes(x.dataset.view);
x.addEventListener("click", () => turnTo(x.dataset.view));
}
for (const [id, work] of Object.entries({ png: savePng, svg: saveSvg, csv: saveCsv, graphml: saveGraphml, link: copyLink })) {
$(id).addEventListener("click", () => { work(); $("save").open = false; });
}
$("save").addEventListener("focusout", (event) => { if (!$("save").contains(event.relatedTarget)) $("save").open = false; });
$("tell").hidden = !story().length;
$("tell").addEventListener("click", () => goTo(1));
$("theme").addEventListener("click", turnTheme);
$("zoom-in").addEventListener("click", () => zoom(1.3));
$("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
$("fit").addEventListener("click", fit);
$("list").addEventListener("keydown", panelKeys);
$("show-filters").addEventListener("click", () => {
const open = document.body.classList.toggle("filtering");
$("show-filters").setAttribute("aria-expanded", String(open));
});
document.addEventListener("keydown", (event) => {
if (event.key === "Escape" && $("save").open) { $("save").open = false; $("save").querySelector("summary").focus(); }
else if (event.key === "Escape" && document.body.classList.contains("filtering")) $("show-filters").click();
else if (event.key === "Escape") $("list").querySelector(".back")?.click();
if (event.key === "/" && !/INPUT|TEXTAREA/.test(document.activeElement.tagName) && !document.activeElement.isContentEditable) {
event.preventDefault();
$("search").focus();
}
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
addEventListener("hashchange", () => { if (location.hash !== ownHash) follow(); });
follow();
}
globalThis.kgPage = {
G, S, $, el, svg, t, words, term, nameOf, nodes, edges, edgesAt, claimsOf, fold, findNames, link, css, load, later, select, spotlight, turn, save, cell, changed, writeState,
evidence: E,
labels: () => labelBoxes.map(({ id, kind, rect, lines, size }) => ({ id, kind, rect, lines, size })),
shown: () => [...choice.shown.keys()],
at: (id) => network.canvasToDOM(drawnPlace(id)),
csv: csvText,
graphml: graphmlText,
};
start();
function arrived() {
names = null;
if (S.view === "loops" && S.loop && L() && E()) lightHops();
draw();
showFilters();
showPanel();
showBar();
showTable();
showConflicts();
document.documentElement.dataset.arrived = "";
}
requestAnimationFrame(() => setTimeout(() => {
const wanted = ["kg-evidence", ...["kg-loops", "kg-conflicts"].filter((name) => G.bundles.includes(name))];
Promise.all(wanted.map(load)).then(arrived);
}));
})();
