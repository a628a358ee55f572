// What every part uses: the data, the words of the chosen language, and making elements.
// Texts from the data enter the page through textContent and attributes only, never as markup.

const G = globalThis.kgData["kg-graph"];
// Claims and sources come after the first drawing: null until then.
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

// Small drawings that legends and lists share.
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
