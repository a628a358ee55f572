// Money flows and the loops that they make, as of a day. Nothing here draws.

const L = () => globalThis.kgData["kg-loops"] ?? null;
const C = () => globalThis.kgData["kg-conflicts"] ?? null;
let claimIds = null;
const claimAt = (number) => (claimIds ??= Object.keys(E().claims))[number];

// The stop of the scale that holds on the reader's day: the last one not after it.
function stopNow() {
  const stops = L().stops;
  if (!S.asof) return stops.length - 1;
  let found = 0;
  stops.forEach((day, k) => { if (day && day <= S.asof) found = k; });
  return found;
}

// The day that the reader sees: the stop's, for between two stops nothing else is known.
const dayNow = () => L().stops[stopNow()] || t("asof_all");

// The version that holds at a stop; null before the first.
function versionAt(versions, stop) {
  let found = null;
  for (const v of versions) if (v[0] <= stop) found = v;
  return found;
}

function flowAt(number, stop) {
  const f = L().flows[number];
  const v = versionAt(f.v, stop);
  if (!v) return null;
  const [, levels, voices, rumoured, best, deals] = v;
  return {
    number, id: `${f.from} ${f.to}`, from: f.from, to: f.to, edges: f.edges.map((rank) => G.edges[rank]),
    levels, voices, rumoured: Boolean(rumoured), best,
    deals: deals.map(([status, sum, joint, claims]) => ({ status, sum, joint: Boolean(joint), claims })),
  };
}

function flowById(id) {
  const number = L().flows.findIndex((f) => `${f.from} ${f.to}` === id);
  return number < 0 ? null : flowAt(number, stopNow());
}

const stepOf = (status) => L().steps.indexOf(status);
const least = () => S.least || L().least;
const sumOf = (levels, status = least()) => L().sums[levels[stepOf(status)]];
const toldSum = (sum) => sum.usd !== null && !sum.nothing;

// The furthest state that money of a flow has reached.
function furthest(flow) {
  const steps = L().steps;
  for (let k = steps.length - 1; k >= 0; k -= 1) {
    if (flow.deals.some((d) => steps.indexOf(d.status) === k)) return steps[k];
  }
  return flow.deals[0]?.status ?? "";
}

const reaches = (flow, status) => flow.deals.some((d) => stepOf(d.status) >= stepOf(status));

// The loops of the chosen day, state, length and party, the best first.
function chosenLoops() {
  const stop = stopNow();
  const found = [];
  L().ranks[stop].forEach((number) => {
    const loop = loopAt(number, stop);
    if (loop.hops.length > (S.hops || L().max)) return;
    if (S.party && !loop.hops.some((f) => f.from === S.party)) return;
    if (!loop.hops.every((f) => reaches(f, least()))) return;
    found.push(loop);
  });
  const told = (loop) => loop.hops.filter((f) => !toldSum(sumOf(f.levels))).length;
  const figure = (loop) => sumOf(loop.levels).usd ?? 0;
  // Python ranked them for the least state; another one ranks them anew, ties by that rank.
  if (least() !== L().least) found.sort((a, b) => told(a) - told(b) || figure(b) - figure(a) || a.hops.length - b.hops.length);
  return found;
}

function loopAt(number, stop) {
  const loop = L().loops[number];
  const [, hops, levels, order] = versionAt(loop.v, stop);
  return { number, id: loop.id, hops: hops.map((f) => flowAt(f, stop)), levels, order, closed: loop.closed, by: loop.by };
}

// The chosen loop on the chosen day; null when it was not one then.
function loopNow() {
  const number = L().loops.findIndex((loop) => loop.id === S.loop);
  const stop = stopNow();
  return number >= 0 && L().ranks[stop].includes(number) ? loopAt(number, stop) : null;
}

// A flow as a line of the picture: from who pays to who is paid.
function flowLine(flow, order) {
  const sum = sumOf(flow.levels);
  const status = furthest(flow);
  return {
    id: `flow ${flow.id}`, flow: flow.id, from: flow.from, to: flow.to, order,
    usd: sum.usd ?? undefined, brief: toldSum(sum) ? sum.words : null, amount: toldSum(sum) ? sum.words : null,
    width: sum.usd ? 1.6 + 7.4 * Math.min(Math.sqrt(sum.usd / 5e11), 1) : 1.6,
    color: G.statuses[status]?.color, status, live: !flow.rumoured, bend: 0.14,
    claims: flow.deals.reduce((n, d) => n + d.claims.length, 0),
  };
}

// What the view of loops shows: the chosen loop alone, else the flows of the best loops.
function chooseFlows() {
  const shown = new Map();
  const loop = S.loop ? loopNow() : null;
  const loops = loop ? [loop] : chosenLoops().slice(0, L().best);
  for (const each of loops) {
    each.hops.forEach((flow, k) => {
      const line = flowLine(flow, loop ? k + 1 : 0);
      if (!shown.has(line.id)) shown.set(line.id, line);
    });
  }
  if (S.sel?.kind === "flow" && !shown.has(`flow ${S.sel.id}`)) {
    const flow = flowById(S.sel.id);
    if (flow) shown.set(`flow ${flow.id}`, flowLine(flow, 0));
  }
  // Lines that run both ways between two parties bend apart.
  const ends = new Set();
  for (const line of shown.values()) {
    ends.add(line.from).add(line.to);
    if (shown.has(`flow ${line.to} ${line.from}`)) line.bend = 0.22;
  }
  if (S.sel?.kind === "node") ends.add(S.sel.id);
  return { shown, ghosts: new Map(), ends, pale: new Set(), matching: shown.size, ring: loop ? loop.hops.map((f) => f.from) : null, flows: true };
}

// The parties of a loop on a circle, the first at the top, in the order in which money goes.
function ringPlaces(ids) {
  const area = $("graph");
  const wide = Math.max(1, Math.min(1.5, area.clientWidth / Math.max(area.clientHeight, 1)));
  const r = Math.max(150, 62 * ids.length);
  return new Map(ids.map((id, k) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * k) / ids.length;
    return [id, [Math.round(r * wide * Math.cos(angle)), Math.round(r * Math.sin(angle))]];
  }));
}
