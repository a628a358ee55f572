// Ways between two entities: the shortest ones over the relations that the filters let through, or
// over payments in the direction of the money.

const MOST_WAYS = 6;

// Who pays whom by a relation, as the ontology says; null when no money moves by it.
function payment(e) {
  const flow = G.relations[e.relation]?.flow;
  if (!e.live || !flow || flow === "none") return null;
  if (flow === "own-amount" && (e.joint || e.usd === undefined)) return null;
  if (flow === "object-to-subject") return [e.to, e.from];
  return [e.from, e.to];
}

// [next node, relation] from a node.
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

// All shortest ways, best first: [[node, …], …]. Breadth first, then back along the distances.
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
    // There can be very many: keep those over what is best connected.
    longer.sort((a, b) => (nodes.get(b[0]).degree - nodes.get(a[0]).degree) || (a[0] < b[0] ? -1 : 1));
    ways = longer.slice(0, 200);
  }
  return ways.map((way) => ({ way, weight: Math.min(...legs(way).map((leg) => leg.reduce((n, e) => n + e.claims, 0))) }))
    .sort((a, b) => b.weight - a.weight || (a.way.join(" ") < b.way.join(" ") ? -1 : 1))
    .slice(0, MOST_WAYS).map(({ way }) => way);
}

// The relations of each leg of a way.
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

// Columns by the distance from the start, so that every way reads from left to right.
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
