// Names and amounts, drawn in screen pixels whatever the zoom, and only where nothing is covered.
// Important names come first; one that finds no free place waits until the reader zooms in.

const SIZES = { node: 12.5, hub: 14, edge: 11, flow: 13 };
let labelBoxes = []; // {id, kind, rect, lines, size} of the last drawing
const textWidths = new Map();

// Cells of 64 pixels that remember the boxes in them; cells that share a number only cost time.
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
      // A name beside the edge of the window moves inward rather than being cut.
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
