// Which relations are in the picture, by the reader's filters. Nothing here draws.

const quarter = (day) => (day ? `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}` : "");

// Who published the claims of a relation; known once the claims are there.
function publishersOf(e) {
  if (!E()) return [];
  return (e.publishers ??= [...new Set(claimsOf(e).map((c) => publisherOf(E().claims[c].source)))]);
}
const publisherOf = (source) => E().sources[source]?.publisher || E().sources[source]?.title || source;

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
  if (except !== "publisher" && S.publishers.size && !publishersOf(e).some((p) => S.publishers.has(p))) return false;
  if (S.from || S.to) {
    const first = quarter(e.first || e.last);
    const last = quarter(e.last || e.first);
    if (!first || (S.from && last < S.from) || (S.to && first > S.to)) return false;
  }
  return true;
}

// shown: in the picture. ghosts: would be there without the filters, drawn faintly for context.
function chooseEdges() {
  if (S.view === "loops") return L() && E() ? chooseFlows() : { shown: new Map(), ghosts: new Map(), ends: new Set(), pale: new Set(), matching: 0 };
  if (S.path) return choosePath();
  if (S.only) return onlyThese();
  const shown = new Map();
  const ghosts = new Map();
  // The places of more come with the evidence.
  const most = E() ? S.n : Math.min(S.n, FIRST);
  let count = 0;
  for (const e of G.edges) {
    const fits = passes(e);
    const opened = S.open.has(e.from) || S.open.has(e.to);
    if (fits && (count < most || opened)) shown.set(e.id, e);
    else if (e.rank < most) ghosts.set(e.id, e);
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

// What a query or a path named: its relations, its nodes, and the relations chosen in the panel.
function onlyThese() {
  const shown = new Map(S.only.edges.map((id) => [id, edges.get(id)]));
  if (S.sel?.kind === "edge" && edges.has(S.sel.id)) shown.set(S.sel.id, edges.get(S.sel.id));
  for (const e of G.edges) if (S.open.has(e.from) || S.open.has(e.to)) shown.set(e.id, e);
  const ends = new Set(S.only.nodes);
  for (const e of shown.values()) ends.add(e.from).add(e.to);
  if (S.sel?.kind === "node") ends.add(S.sel.id);
  return { shown, ghosts: new Map(), ends, pale: new Set(), matching: shown.size };
}

// The nodes and edges that a selection lights; null when nothing is selected.
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

// Faint when only announced, full when completed: the place among the live states says how far.
const liveOrders = Object.values(G.statuses).filter((s) => s.live).map((s) => s.order);
function strength(e) {
  if (!e.live) return 0.55;
  const order = G.statuses[e.status]?.order;
  if (order === undefined || !liveOrders.length) return 0.85;
  const low = Math.min(...liveOrders);
  const high = Math.max(...liveOrders);
  return 0.7 + (0.3 * (order - low)) / Math.max(high - low, 1);
}

// The hops of a loop that have lit up so far.
function litSoFar(choice) {
  const found = [...choice.shown.values()].filter((line) => line.order && line.order <= lightStep);
  return { nodes: new Set([choice.ring[0], ...found.flatMap((line) => [line.from, line.to])]), edges: new Set(found.map((line) => line.id)) };
}
