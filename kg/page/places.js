// Where nodes stand: the layout that Python made for about as many relations, and for nodes that
// are not in it the nearest free place beside a neighbour.

function placesFor(choice) {
  if (choice.ring && choice.ends.size === choice.ring.length) return ringPlaces(choice.ring);
  if (choice.way) return pathPlaces();
  const stages = E()?.stages ?? G.stages;
  const stage = choice.flows ? L() : (stages.find((s) => s.n >= S.n) ?? stages[stages.length - 1]);
  const at = new Map();
  const wanted = [...choice.ends, ...choice.pale];
  for (const id of wanted) if (stage?.at[id]) at.set(id, stage.at[id]);
  const missing = wanted.filter((id) => !at.has(id));
  // Well-connected ones first, so that the others find them.
  missing.sort((a, b) => nodes.get(b).degree - nodes.get(a).degree || (a < b ? -1 : 1));
  const taken = grid();
  for (const [id, place] of at) taken.add(rectAt(id, place));
  for (const id of missing) {
    const near = edgesAt.get(id).map((e) => at.get(e.from === id ? e.to : e.from)).filter(Boolean);
    const sum = near.reduce((s, p) => [s[0] + p[0], s[1] + p[1]], [0, 0]);
    const origin = near.length ? [sum[0] / near.length, sum[1] / near.length] : [0, 0];
    const place = freePlace(id, origin, taken);
    at.set(id, place);
    taken.add(rectAt(id, place));
  }
  return at;
}

function rectAt(id, [x, y]) {
  const [half, above, below] = G.boxes[id];
  return [x - half, y - above, x + half, y + below];
}

const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function freePlace(id, [x, y], taken) {
  for (let step = 1; step < 20000; step += 1) {
    const angle = step * 2.399963;
    const radius = 9 * Math.sqrt(step);
    const place = [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))];
    const rect = rectAt(id, place);
    if (taken.free(rect)) return place;
  }
  return [x, y];
}

// The frame around all names when the layout is drawn at a scale: names do not shrink with it.
function frameAt(scale, places) {
  const frame = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [id, [x, y]] of places) {
    const [half, above, below] = G.boxes[id];
    frame[0] = Math.min(frame[0], x * scale - half);
    frame[1] = Math.min(frame[1], y * scale - above);
    frame[2] = Math.max(frame[2], x * scale + half);
    frame[3] = Math.max(frame[3], y * scale + below);
  }
  return places.size ? frame : [-100, -100, 100, 100];
}
