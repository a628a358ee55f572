// What the reader has chosen. It lives in the address behind "#", so that a view can be shared.

const FIRST = Math.min(G.first, G.edges.length);
const LAST = Math.min(G.most, G.edges.length);
const VIEWS = ["graph", "loops", "conflicts", "table", "sparql"].filter(
  (view) => view === "graph" || view === "table" || G.bundles.includes({ sparql: "sparql" }[view] ?? `kg-${view}`),
);
const S = {};
let ownHash = "";

// Reads a view from what stands behind "#".
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
  // What a query or a loop put in the picture, and nothing else.
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

// What links to the pages of text take along.
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
  // replace() leaves no trail of single clicks behind the Back button.
  if (location.hash !== ownHash) location.replace(ownHash);
}
