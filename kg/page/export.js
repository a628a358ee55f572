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
