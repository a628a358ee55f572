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
  ctx.fillText(pictureParts().join(" · "), 20 * ratio, 52 * ratio);
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

// XML has no place for these characters, escaped or not, and a serializer writes them all the same.
const xmlOf = (made) =>
  new XMLSerializer().serializeToString(made).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

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
    for (const id of e.flow ? flowClaims(e) : claimsOf(e)) {
      const c = E().claims[id];
      const s = E().sources[c.source] ?? {};
      lines.push([e.from, nameOf(e.from), e.relation ?? "paysTo", e.to, nameOf(e.to), c.figure, words(c.amount), c.joint ? "yes" : "", c.status, e.live ? "yes" : "", c.negated ? "yes" : "", c.when, e.last, e.sources, id, c.quote, s.title, s.publisher, s.url]);
    }
  }
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

// GraphML (http://graphml.graphdrawing.org): every edge by its id, so that parallel ones stay apart.
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

// The address of this view. A page opened by double-click may not reach the clipboard otherwise.
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
