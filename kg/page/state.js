// What the reader has chosen. It lives in the address behind "#", so that a view can be shared.

const FIRST = Math.min(G.first, G.edges.length);
const LAST = Math.min(G.most, G.edges.length);
const VIEWS = ["graph", "table", ...(G.bundles.includes("sparql") ? ["sparql"] : [])];
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
  only: null, // {nodes, edges}: what a query or a path put in the picture, and nothing else
  ask: "", // the query of the page that asks
};

let ownHash = "";

function readState() {
  const found = new URLSearchParams(decodeURIComponent(location.hash.slice(1)).replace(/\+/g, "%2B"));
  const list = (key) => new Set((found.get(key) ?? "").split("~").filter(Boolean));
  S.lang = G.languages[found.get("lang")] ? found.get("lang") : preferred();
  S.theme = ["light", "dark"].includes(found.get("theme")) ? found.get("theme") : "";
  S.view = VIEWS.includes(found.get("view")) ? found.get("view") : "graph";
  S.n = Math.max(1, Math.min(Number(found.get("n")) || FIRST, LAST || 1));
  for (const kind of Object.keys(S.off)) S.off[kind] = list(kind);
  S.min = Number(found.get("min")) || 0;
  S.from = /^\d{4}Q[1-4]$/.test(found.get("from")) ? found.get("from") : "";
  S.to = /^\d{4}Q[1-4]$/.test(found.get("to")) ? found.get("to") : "";
  S.open = new Set([...list("open")].filter((id) => nodes.has(id)));
  S.ask = found.get("ask") ?? "";
  const only = { nodes: [...list("onlynodes")].filter((id) => nodes.has(id)), edges: [...list("onlyedges")].filter((id) => edges.has(id)) };
  S.only = only.nodes.length + only.edges.length ? only : null;
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
  put("view", S.view === "graph" ? "" : S.view);
  put("n", S.n === FIRST ? "" : S.n);
  for (const [kind, off] of Object.entries(S.off)) put(kind, [...off].sort().join("~"));
  put("min", S.min);
  put("from", S.from);
  put("to", S.to);
  put("open", [...S.open].sort().join("~"));
  put("ask", S.view === "sparql" ? S.ask : "");
  put("onlynodes", S.only?.nodes.join("~"));
  put("onlyedges", S.only?.edges.join("~"));
  if (S.sel) put(S.sel.kind, S.sel.id);
  ownHash = `#${out.toString().replace(/\+/g, "%20")}`;
  // replace() leaves no trail of single clicks behind the Back button.
  if (location.hash !== ownHash) location.replace(ownHash);
}
