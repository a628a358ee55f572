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

// A node under the pointer, else its name, else a line.
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

// The largest scale, 1.5 at most, at which marks and names are in the window.
function fit() {
  const area = $("graph");
  const width = area.clientWidth - 12;
  // The story's card stands over the lower part.
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
