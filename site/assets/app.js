(() => {
"use strict";
// What every part uses: the data, the words of the chosen language, and making elements.
// Texts from the data enter the page through textContent and attributes only, never as markup.

const data = (name) => {
  const element = document.getElementById(name);
  return element ? JSON.parse(element.textContent) : globalThis.kgData[name];
};
const G = data("kg-graph");
let evidence = null;
// Claims and sources are read when something is opened first.
const E = () => (evidence ??= data("kg-evidence"));

const nodes = new Map(G.nodes.map((n) => [n.id, n]));
const edges = new Map(G.edges.map((e, rank) => [e.id, Object.assign(e, { rank })]));
const edgesAt = new Map(G.nodes.map((n) => [n.id, []]));
for (const e of G.edges) {
  edgesAt.get(e.from).push(e);
  if (e.to !== e.from) edgesAt.get(e.to).push(e);
}

const $ = (id) => document.getElementById(id);

// el("p", {class: "x", onclick: f}, "text", child …)
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

// The words of the page in the language of the reader.
function t(key, values = {}) {
  const texts = G.strings[key] ?? {};
  let text = texts[S.lang] ?? texts.en ?? key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, value);
  return text;
}

const words = (texts) => texts?.[S.lang] ?? texts?.en ?? "";
const term = (kind, code) => words(G[kind][code]?.labels) || code;
const nameOf = (id) => words(nodes.get(id)?.labels) || id;
const statusName = (code) => (code ? term("statuses", code) : t("status_none"));
const colorOf = (relation) => G.relations[relation]?.color || "#777777";

// Small drawings that legends and lists share.
function lineSwatch(relation, width = 26) {
  const info = G.relations[relation] ?? {};
  const dash = { dashed: "6 4", dotted: "2 3" }[info.line] ?? "none";
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

// The outline of a mark as an SVG path; vis-network draws the same shapes by the same names.
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

// What the reader has chosen. It lives in the address behind "#", so that a view can be shared.

const FIRST = Math.min(G.first, G.edges.length);
const LAST = Math.min(G.most, G.edges.length);
const S = {
  lang: "en",
  theme: "", // "", "light" or "dark"; empty follows the system
  view: "graph",
  n: FIRST,
  off: { relation: new Set(), type: new Set(), status: new Set() },
  min: 0, // US dollars
  from: "", // quarter "2025Q1"
  to: "",
  open: new Set(), // entities all of whose relations are shown
  sel: null, // {kind: "node" | "edge", id}
};

let ownHash = "";

function readState() {
  const found = new URLSearchParams(decodeURIComponent(location.hash.slice(1)).replace(/\+/g, "%2B"));
  const list = (key) => new Set((found.get(key) ?? "").split("~").filter(Boolean));
  S.lang = G.languages[found.get("lang")] ? found.get("lang") : preferred();
  S.theme = ["light", "dark"].includes(found.get("theme")) ? found.get("theme") : "";
  S.view = found.get("view") === "table" ? "table" : "graph";
  S.n = Math.max(1, Math.min(Number(found.get("n")) || FIRST, LAST || 1));
  for (const kind of Object.keys(S.off)) S.off[kind] = list(kind);
  S.min = Number(found.get("min")) || 0;
  S.from = /^\d{4}Q[1-4]$/.test(found.get("from")) ? found.get("from") : "";
  S.to = /^\d{4}Q[1-4]$/.test(found.get("to")) ? found.get("to") : "";
  S.open = new Set([...list("open")].filter((id) => nodes.has(id)));
  S.sel = null;
  if (nodes.has(found.get("node"))) S.sel = { kind: "node", id: found.get("node") };
  if (edges.has(found.get("edge"))) S.sel = { kind: "edge", id: found.get("edge") };
}

function preferred() {
  for (const tag of navigator.languages ?? []) {
    if (/^zh-(Hant|TW|HK|MO)/i.test(tag)) return "zh-Hant";
    if (/^zh/i.test(tag)) return "zh-Hans";
    if (/^en/i.test(tag)) return "en";
  }
  return "en";
}

// What links to the pages of text take along.
const keep = () => `lang=${S.lang}${S.theme && `&theme=${S.theme}`}`;

function writeState() {
  const out = new URLSearchParams();
  const put = (key, value) => value && out.set(key, value);
  put("lang", S.lang);
  put("theme", S.theme);
  put("view", S.view === "table" ? "table" : "");
  put("n", S.n === FIRST ? "" : S.n);
  for (const [kind, off] of Object.entries(S.off)) put(kind, [...off].sort().join("~"));
  put("min", S.min);
  put("from", S.from);
  put("to", S.to);
  put("open", [...S.open].sort().join("~"));
  if (S.sel) put(S.sel.kind, S.sel.id);
  ownHash = `#${out.toString().replace(/\+/g, "%20")}`;
  // replace() leaves no trail of single clicks behind the Back button.
  if (location.hash !== ownHash) location.replace(ownHash);
}

// Which relations are in the picture, by the reader's filters. Nothing here draws.

const quarter = (day) => (day ? `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}` : "");

// A relation passes when its kind, both ends' kinds, its status, sum and time do.
// `except` leaves one filter out, for the counts that the filters show.
function passes(e, except = "") {
  const off = S.off;
  if (except !== "relation" && off.relation.has(e.relation)) return false;
  if (except !== "status" && off.status.has(e.status || "none")) return false;
  if (except !== "type") {
    if (off.type.has(nodes.get(e.from).type) || off.type.has(nodes.get(e.to).type)) return false;
  }
  if (S.min && !(e.usd >= S.min)) return false;
  if (S.from || S.to) {
    const first = quarter(e.first || e.last);
    const last = quarter(e.last || e.first);
    if (!first || (S.from && last < S.from) || (S.to && first > S.to)) return false;
  }
  return true;
}

// shown: in the picture. ghosts: would be there without the filters, drawn faintly for context.
function chooseEdges() {
  const shown = new Map();
  const ghosts = new Map();
  let count = 0;
  for (const e of G.edges) {
    const fits = passes(e);
    const opened = S.open.has(e.from) || S.open.has(e.to);
    if (fits && (count < S.n || opened)) shown.set(e.id, e);
    else if (e.rank < S.n) ghosts.set(e.id, e);
    if (fits) count += 1;
  }
  // What is selected is shown, whatever the filters say.
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

// The nodes and edges that a selection lights; null when nothing is selected.
function litBy(selection, choice) {
  if (!selection) return null;
  if (selection.kind === "edge") {
    const e = edges.get(selection.id);
    return { nodes: new Set([e.from, e.to]), edges: new Set([e.id]) };
  }
  const lit = { nodes: new Set([selection.id]), edges: new Set() };
  for (const e of edgesAt.get(selection.id)) {
    if (!choice.shown.has(e.id)) continue;
    lit.edges.add(e.id);
    lit.nodes.add(e.from).add(e.to);
  }
  return lit;
}

// Faint when only announced, full when completed: the place among the live states says how far.
const liveOrders = Object.values(G.statuses).filter((s) => s.live).map((s) => s.order);
function strength(e) {
  if (!e.live) return 0.45;
  const order = G.statuses[e.status]?.order;
  if (order === undefined || !liveOrders.length) return 0.75;
  const low = Math.min(...liveOrders);
  const high = Math.max(...liveOrders);
  return 0.55 + (0.4 * (order - low)) / Math.max(high - low, 1);
}

// Where nodes stand: the layout that Python made for about as many relations, and for nodes that
// are not in it the nearest free place beside a neighbour.

function placesFor(choice) {
  const stage = G.stages.find((s) => s.n >= S.n) ?? G.stages[G.stages.length - 1];
  const at = new Map();
  const wanted = [...choice.ends, ...choice.pale];
  for (const id of wanted) if (stage?.at[id]) at.set(id, stage.at[id]);
  const missing = wanted.filter((id) => !at.has(id));
  // Well-connected ones first, so that the others find them.
  missing.sort((a, b) => nodes.get(b).degree - nodes.get(a).degree || (a < b ? -1 : 1));
  const taken = [...at].map(([id, p]) => rectAt(id, p));
  for (const id of missing) {
    const near = edgesAt.get(id).map((e) => at.get(e.from === id ? e.to : e.from)).filter(Boolean);
    const sum = near.reduce((s, p) => [s[0] + p[0], s[1] + p[1]], [0, 0]);
    const origin = near.length ? [sum[0] / near.length, sum[1] / near.length] : [0, 0];
    const place = freePlace(id, origin, taken);
    at.set(id, place);
    taken.push(rectAt(id, place));
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
    if (!taken.some((other) => touch(rect, other))) return place;
  }
  return [x, y];
}

// The frame around all names when the layout is drawn at a scale: names do not shrink with it.
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

// The network on its canvas: vis-network draws marks and lines, labels.js the names.

const drawnNodes = new vis.DataSet();
const drawnEdges = new vis.DataSet();
let network = null;
let choice = null; // what model.js chose
let at = new Map(); // where it stands
let lit = null; // what a selection lights
let fitted = true; // until the reader moves the picture, it follows the window

function startPicture() {
  network = new vis.Network($("graph"), { nodes: drawnNodes, edges: drawnEdges }, G.options);
  network.on("afterDrawing", drawLabels);
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
  network.on("zoom", () => (fitted = false));
  network.on("resize", () => fitted && fit());
  network.on("hoverNode", ({ node, pointer }) => tip("node", node, pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => tip("edge", edge, pointer.DOM));
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, hideTip);
  $("graph").addEventListener("keydown", arrowKeys);
}

// A node under the pointer, else its name, else a line.
function pick(point) {
  const node = network.getNodeAt(point) ?? labelAt(point);
  if (node !== undefined) return { kind: "node", id: node };
  const edge = network.getEdgeAt(point);
  return edge === undefined ? null : { kind: "edge", id: edge };
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

// Only what changed goes to vis-network: it redraws for each call.
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

// vis-network sizes boxes and ellipses by the text in them; ours have their names outside.
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
  const info = G.relations[e.relation] ?? {};
  const ghost = choice.ghosts.has(e.id);
  const dim = lit && !lit.edges.has(e.id);
  const color = ghost ? faint : colorOf(e.relation);
  const dashes = { dashed: [9, 6], dotted: [2, 5] }[info.line] ?? false;
  return {
    id: e.id, from: e.from, to: e.to,
    width: ghost ? 1 : e.width,
    color: { color, hover: color, opacity: ghost ? 0.6 : dim ? 0.1 : lit ? 1 : strength(e) },
    dashes: e.live ? dashes : [2, 6],
    arrows: { to: { enabled: !info.symmetric && !ghost, scaleFactor: 0.42 } },
    smooth: { enabled: true, type: e.bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(e.bend ?? 0) },
  };
}

// The largest scale, 1.5 at most, at which marks and names are in the window.
function fit() {
  const area = $("graph");
  const width = area.clientWidth - 12;
  const height = area.clientHeight - 12;
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
  const position = { x: (left + right) / 2 / low, y: (top + bottom) / 2 / low };
  network.moveTo({ position, scale: low, animation: false });
  fitted = true;
}

function zoom(factor) {
  fitted = false;
  network.moveTo({ scale: Math.max(0.08, Math.min(network.getScale() * factor, 6)), animation: false });
}

// Brings a place into sight without changing the scale.
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

// The arrow keys go to the neighbour that lies that way, Enter opens, Esc goes back.
function arrowKeys(event) {
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === "+" || event.key === "=") return zoom(1.25);
  if (event.key === "-") return zoom(0.8);
  if (event.key === "0") return fit();
  if (!way) return undefined;
  event.preventDefault();
  const here = S.sel?.kind === "node" ? S.sel.id : S.sel ? edges.get(S.sel.id).from : null;
  if (here === null) {
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
  const box = $("tip");
  $("graph").style.cursor = "pointer";
  if (kind === "edge") {
    const e = edges.get(id);
    box.replaceChildren(
      el("b", {}, `${nameOf(e.from)} ${term("relations", e.relation)} ${nameOf(e.to)}`),
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

// Names and amounts, drawn in screen pixels whatever the zoom, and only where nothing is covered.
// Important names come first; one that finds no free place waits until the reader zooms in.

const SIZES = { node: 12.5, hub: 14, edge: 11 };
let labelBoxes = []; // {id, kind, rect, lines, size} of the last drawing
const textWidths = new Map();

// Cells of 64 pixels that remember the boxes in them.
function grid() {
  const cells = new Map();
  const each = (rect, use) => {
    for (let i = Math.floor(rect[0] / 64); i <= Math.floor(rect[2] / 64); i += 1)
      for (let j = Math.floor(rect[1] / 64); j <= Math.floor(rect[3] / 64); j += 1)
        if (use(`${i},${j}`)) return true;
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

// Chooses places for all labels of the picture as it stands now.
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
    const lines = words(node.lines);
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
      // A name beside the edge of the window moves inward rather than being cut.
      const x = seen ? Math.max(2, Math.min(left, width - w - 2)) : left;
      const rect = [x, y, x + w, y + h];
      if (!taken.free(rect)) continue;
      taken.add(rect);
      found.push({ id: node.id, kind: "node", rect, lines, size, font, dim: lit && !lit.nodes.has(node.id) });
      break;
    }
  }
  const font = `500 ${SIZES.edge}px ${sans}`;
  for (const e of choice.shown.values()) {
    if (!e.brief || (lit && !lit.edges.has(e.id))) continue;
    const line = network.body.edges[e.id]?.edgeType;
    if (!line) continue;
    const text = words(e.brief) + (e.joint ? "*" : "");
    const w = measure(ctx, text, font) + 6;
    const h = SIZES.edge * 1.3;
    for (const part of [0.5, 0.42, 0.58, 0.34, 0.66]) {
      const p = network.canvasToDOM(line.getPoint(part));
      const rect = [p.x - w / 2, p.y - h / 2, p.x + w / 2, p.y + h / 2];
      if (!inSight(p, 0) || !taken.free(rect)) continue;
      taken.add(rect);
      found.push({ id: e.id, kind: "edge", rect, lines: [text], size: SIZES.edge, font });
      break;
    }
  }
  return found;
}

// vis-network moves a node while it is dragged; the layout's own place is behind then.
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

// The right-hand side: the relations shown as a list, and what is selected with its evidence.

const LISTED = 60;
let listed = LISTED;
let lastFocus = null;

function showPanel() {
  const list = $("list");
  const kept = document.activeElement?.dataset?.key;
  const made = !S.sel ? startPanel() : S.sel.kind === "edge" ? edgePanel(S.sel.id) : nodePanel(S.sel.id);
  list.replaceChildren(...made.filter(Boolean));
  document.body.classList.toggle("selected", Boolean(S.sel));
  const again = kept && [...list.querySelectorAll("[data-key]")].find((x) => x.dataset.key === kept);
  if (again) again.focus();
}

// ---- nothing selected: the largest relations, the accessible twin of the picture

function startPanel() {
  const shown = [...choice.shown.values()];
  return [
    el("h2", { class: "kicker" }, t("largest")),
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
      el("span", { class: "rank" }, String(rank)),
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

// ---- an edge: what is claimed, by whom, on what evidence

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
    el("ol", { class: "claims" }, E().edges[id].map(claimItem)),
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
    c.conflicts && el("p", { class: "warning" }, t("conflict_long", { n: c.conflicts.length })),
    el("p", { class: "source" },
      link(source.url, source.title ?? c.source),
      el("span", { class: "mute" }, [source.publisher, source.issued, c.who && t("says", { who: nameOf(c.who) })].filter(Boolean).map((x) => ` · ${x}`).join(""))),
    source.restates && el("p", { class: "mute small" }, t("restates", { sources: source.restates.map((s) => E().sources[s]?.title ?? s).join("; ") })),
    c.note && el("p", { class: "note" }, el("b", {}, t("note"), ": "), c.note),
    el("p", { class: "mute small where" }, whereOf(c)));
}

// Words of a document in their sentence; a table's row as its cells.
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

// ---- a node: names, relations by kind and direction, figures

function nodePanel(id) {
  const node = nodes.get(id);
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
      node.page && el("a", { class: "quiet", href: `${node.page}#${keep()}` }, t("entity_page"))),
    all.length && el("h3", { class: "section" }, t("relations")),
    ...groupsOf(id, all),
    ...figuresOf(node),
  ];
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
const backButton = () => el("button", { type: "button", class: "back", "data-key": "back", onclick: clearSelection }, `← ${t("back")}`);

// Up and down move between the buttons of the panel.
function panelKeys(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...$("list").querySelectorAll("button, a, summary")].filter((x) => x.offsetParent);
  const here = stops.indexOf(document.activeElement);
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

// Search by any name in any script: labels and aliases, without case, marks and spaces.

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s\p{P}]/gu, "");
let names = null;
let hits = [];
let active = -1;

function findNames(query) {
  names ??= G.nodes.map((n) => ({
    id: n.id,
    degree: n.degree,
    names: [...new Set([...Object.values(n.labels), ...(n.aliases ?? []), n.ticker ?? "", n.id])]
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
  return found.sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1)).slice(0, 8);
}

function startSearch() {
  const input = $("search");
  input.addEventListener("input", () => { active = 0; showFound(); });
  input.addEventListener("focus", showFound);
  input.addEventListener("blur", () => setTimeout(closeFound, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { input.value = ""; closeFound(); event.stopPropagation(); }
    if (event.key === "ArrowDown") active = Math.min(active + 1, hits.length - 1);
    else if (event.key === "ArrowUp") active = Math.max(active - 1, 0);
    else if (event.key !== "Enter") return;
    // Else the key would go on to press the button that gets the focus.
    event.preventDefault();
    if (event.key === "Enter" && hits[active]) take(hits[active].id);
    else showFound();
  });
}

function take(id) {
  $("search").value = "";
  closeFound();
  if (S.view !== "graph") { S.view = "graph"; showView(); }
  select("node", id);
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
  box.replaceChildren(
    ...[largestFilter(), relationFilter(), typeFilter(), statusFilter(), amountFilter(), dateFilter(), footnote()].filter(Boolean));
  const again = kept && [...box.querySelectorAll("[data-key]")].find((x) => x.dataset.key === kept);
  if (again) again.focus({ preventScroll: true });
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
    el("div", { class: "ends" }, el("span", {}, quarters[0].slice(0, 4)), el("span", {}, quarters[last].slice(0, 4))));
}

function footnote() {
  const changedAny = S.n !== FIRST || S.min || S.from || S.to || S.open.size || Object.values(S.off).some((off) => off.size);
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
  for (const off of Object.values(S.off)) off.clear();
  fitted = true;
  changed();
}

// All claims as a table, which sorts, filters and turns pages: the twin of the picture.

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
  const inPicture = T.shownOnly && new Set([...choice.shown.values()].flatMap((e) => E().edges[e.id]));
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
  if (S.view !== "table") return;
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
}

function header(key) {
  const sorted = T.sort === key;
  return el("th", { scope: "col", class: key, "aria-sort": sorted ? (T.down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", "data-key": `sort ${key}`, onclick: () => { T.down = sorted ? !T.down : key === "amount"; T.sort = key; showTable(); } },
      t(key), sorted ? (T.down ? " ▾" : " ▴") : ""));
}

// The first cell's button opens the claim: its relation's panel, or its entity's.
function tableRow({ id, c, cells }) {
  const open = () => {
    const edge = (edgesAt.get(c.subject) ?? []).find((e) => E().edges[e.id].includes(id));
    if (edge) select("edge", edge.id);
    else select("node", c.subject);
  };
  return el("tr", { class: c.negated ? "no" : "" },
    cells.map((cell, k) =>
      el("td", { class: COLUMNS[k][0] }, k === 0 ? el("button", { type: "button", class: "name", "data-key": `claim ${id}`, onclick: open }, cell) : cell)));
}

// Saving what is seen: the picture as PNG and SVG, its relations as CSV.

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
  ctx.fillText(barParts().join(" · "), 20 * ratio, 52 * ratio);
  made.toBlob((blob) => save("kg.png", blob), "image/png");
}

// The same picture from the same places, in lines that stay sharp in print.
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
    path.append(svg("title", {}, `${nameOf(e.from)} ${term("relations", e.relation)} ${nameOf(e.to)} ${words(e.amount)}`));
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
  save("kg.svg", new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }));
}

// A triangle where the line meets the mark it points to.
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

// A spreadsheet runs a cell that begins like a formula: an apostrophe stops it.
function cell(value) {
  let text = value === undefined || value === null ? "" : String(value);
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvText() {
  const head = ["subject_id", "subject", "relation", "object_id", "object", "usd", "amount", "joint", "status", "live", "denied", "first", "last", "sources", "claim", "quote", "source", "publisher", "url"];
  const lines = [head];
  for (const e of choice.shown.values()) {
    for (const id of E().edges[e.id]) {
      const c = E().claims[id];
      const s = E().sources[c.source] ?? {};
      lines.push([e.from, nameOf(e.from), e.relation, e.to, nameOf(e.to), c.figure, words(c.amount), c.joint ? "yes" : "", c.status, e.live ? "yes" : "", c.negated ? "yes" : "", c.when, e.last, e.sources, id, c.quote, s.title, s.publisher, s.url]);
    }
  }
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

const saveCsv = () => save("kg.csv", new Blob([csvText()], { type: "text/csv;charset=utf-8" }));

// Ties the parts together: a change of state redraws what depends on it.

let waiting = null;
function later(work) {
  clearTimeout(waiting);
  waiting = setTimeout(work, 90);
}

function changed() {
  draw();
  showFilters();
  showPanel();
  showBar();
  showTable();
  writeState();
}

function select(kind, id) {
  if (!S.sel) lastFocus = document.activeElement?.dataset?.key ?? null;
  S.sel = { kind, id };
  hideTip();
  draw();
  reveal(kind === "edge" ? [edges.get(id).from, edges.get(id).to] : [id]);
  showPanel();
  showBar();
  showFilters();
  writeState();
  $("panel").scrollTop = 0;
  if (document.activeElement !== $("graph") && S.view === "graph") $("list").querySelector(".back")?.focus({ preventScroll: true });
}

function clearSelection() {
  S.sel = null;
  draw();
  showPanel();
  showBar();
  showFilters();
  writeState();
  const before = lastFocus && [...document.querySelectorAll("[data-key]")].find((x) => x.dataset.key === lastFocus);
  if (before && document.activeElement !== $("graph")) before.focus();
}

function barParts() {
  const claims = [...choice.shown.values()].reduce((sum, e) => sum + e.claims, 0);
  const quoted = [...choice.shown.values()].filter((e) => e.quoted).length;
  const share = quoted ? Math.max(1, Math.round((100 * quoted) / choice.shown.size)) : 0;
  return [
    t("bar_relations", { n: choice.shown.size, all: G.edges.length }),
    t("bar_entities", { n: choice.ends.size, all: G.nodes.length }),
    t("n_claims", { n: claims }),
    t("bar_evidence_all"),
    t("bar_evidence", { percent: share }),
  ];
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

function showView() {
  const table = S.view === "table";
  $("table").hidden = !table;
  document.body.classList.toggle("tabled", table);
  for (const x of $("views").querySelectorAll("button")) pressed(x, x.dataset.view === S.view);
  showTable();
}

function turnTheme() {
  const dark = S.theme ? S.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  S.theme = dark ? "light" : "dark";
  showTheme();
  showWords();
  changed();
}

function start() {
  readState();
  showTheme();
  for (const [tag, name] of Object.entries(G.languages)) {
    $("languages").append(el("button", { type: "button", lang: tag, onclick: () => { S.lang = tag; showWords(); changed(); } }, name));
  }
  showWords();
  startPicture();
  startSearch();
  for (const x of $("views").querySelectorAll("button")) {
    x.addEventListener("click", () => { S.view = x.dataset.view; showView(); writeState(); });
  }
  $("png").addEventListener("click", savePng);
  $("svg").addEventListener("click", saveSvg);
  $("csv").addEventListener("click", saveCsv);
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
    if (event.key === "Escape" && document.body.classList.contains("filtering")) $("show-filters").click();
    else if (event.key === "Escape" && S.sel) clearSelection();
    if (event.key === "/" && !/INPUT|TEXTAREA/.test(document.activeElement.tagName)) {
      event.preventDefault();
      $("search").focus();
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("hashchange", () => {
    if (location.hash === ownHash) return;
    readState();
    showTheme();
    showWords();
    changed();
    showView();
  });
  changed();
  showView();
  // What tests ask: the boxes of the labels drawn last, and the choice behind the picture.
  globalThis.kgPage = {
    labels: () => labelBoxes.map(({ id, kind, rect, lines, size }) => ({ id, kind, rect, lines, size })),
    shown: () => [...choice.shown.keys()],
    select,
    at: (id) => network.canvasToDOM(drawnPlace(id)),
    csv: csvText,
  };
}

start();
})();
