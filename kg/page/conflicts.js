// The view of conflicts: claims that cannot all be true, side by side.

function chosenConflicts() {
  return C().conflicts.filter((c) => !S.off.conflict.has(c.kind));
}

const conflictNow = () => C().conflicts.find((c) => c.id === S.conflict) ?? null;

// "Nvidia – invests in – OpenAI", as far as the claims agree on the parties.
function conflictTitle(c) {
  const predicate = G.relations[c.predicate] ? term("relations", c.predicate) : G.measures[c.predicate] ? term("measures", c.predicate) : "";
  return [c.subject ? nameOf(c.subject) : "…", predicate, c.object && nameOf(c.object)].filter(Boolean).join(" ");
}

// How many conflicts are of which kind, in the ontology's order.
function kindCounts(conflicts) {
  const counts = new Map();
  for (const c of conflicts) counts.set(c.kind, (counts.get(c.kind) ?? 0) + 1);
  const known = Object.keys(C().kinds).sort(byOrder(C().kinds));
  return new Map(known.filter((code) => counts.has(code)).map((code) => [code, counts.get(code)]));
}

// What the bar tells of them.
function conflictParts() {
  const found = chosenConflicts();
  return [
    t("bar_conflicts", { n: found.length, all: C().conflicts.length }),
    ...[...kindCounts(found)].map(([code, n]) => t("bar_kind", { kind: words(C().kinds[code].labels), n })),
    t("n_claims", { n: new Set(found.flatMap((c) => c.sides.flatMap((side) => side.claims))).size }),
    t("bar_evidence_all"),
  ];
}

function conflictFilters() {
  const kinds = C().kinds;
  const counts = kindCounts(C().conflicts);
  const off = S.off.conflict;
  const codes = [...counts.keys()];
  return [
    el("section", {}, heading("conflict_kind", allButton("conflict")), codes.map((code) =>
      el("div", { class: "choice" },
        el("label", {},
          el("input", { type: "checkbox", checked: !off.has(code), "data-key": `conflict ${code}`, onchange: () => { if (off.has(code)) off.delete(code); else off.add(code); changed(); } }),
          el("span", { class: "label" }, words(kinds[code].labels)),
          el("span", { class: "count" }, String(counts.get(code))))))),
    el("section", { class: "foot" }, codes.map((code) => el("p", { class: "hint" }, el("b", {}, words(kinds[code].labels)), ": ", words(kinds[code].means)))),
  ];
}

function conflictsPanel() {
  const found = chosenConflicts();
  return [
    el("h2", { class: "kicker" }, t("conflicts")),
    el("p", { class: "hint" }, t("n_conflicts", { n: found.length })),
    found.length
      ? el("ol", { class: "ranked" }, found.map((c, k) => el("li", {},
          el("button", { type: "button", class: "row", "data-key": `conflict ${c.id}`, "aria-current": c.id === (conflictNow() ?? found[0]).id ? "true" : "false",
            onclick: () => { S.conflict = c.id; changed(); if (matchMedia("(max-width: 860px)").matches) $("conflicts").scrollIntoView(); } },
            el("span", { class: "rank" }, String(k + 1)),
            el("span", { class: "what" }, el("span", { class: "who" }, conflictTitle(c)),
              el("span", { class: "how" }, words(C().kinds[c.kind].labels), " · ", c.sides.map((s) => words(s.says)).join(t("versus")), c.decided && ` · ${t("decided")}`))))))
      : el("p", { class: "empty" }, t("nothing")),
  ];
}

function showConflicts() {
  const box = $("conflicts");
  if (S.view !== "conflicts") return;
  if (!C() || !E()) { box.replaceChildren(el("p", { class: "hint" }, t("loading"))); return; }
  const c = conflictNow() ?? chosenConflicts()[0];
  if (!c) { box.replaceChildren(el("p", { class: "empty" }, t("nothing"))); return; }
  const kind = C().kinds[c.kind];
  const scale = scaleOf(c);
  box.replaceChildren(
    el("div", { class: "sheet" },
      el("p", { class: "kicker" }, words(kind.labels), c.decided && ` · ${t("decided")}`),
      el("h2", { class: "headline" }, c.subject ? nodeButton(c.subject) : "…", ` ${G.relations[c.predicate] ? term("relations", c.predicate) : G.measures[c.predicate] ? term("measures", c.predicate) : ""} `, c.object ? nodeButton(c.object) : ""),
      el("p", { class: "mute" }, words(kind.means)),
      scale && scaleChart(c, scale),
      el("div", { class: "sides" }, c.sides.map((side, k) => sideItem(side, k))),
      el("p", { class: "note" }, el("b", {}, t("remedy"), ": "), words(kind.remedy)),
      c.edges.length > 0 && el("p", { class: "actions" }, el("button", { type: "button", "data-key": "to-graph", onclick: () => { const shown = c.edges.map((rank) => G.edges[rank]); spotlight(shown.flatMap((e) => [e.from, e.to]), shown.map((e) => e.id)); } }, t("in_relations")))));
}

function sideItem(side, k) {
  return el("section", { class: side.rejected ? "side no" : "side" },
    el("h3", {}, el("span", { class: "letter", "aria-hidden": "true" }, String.fromCharCode(65 + k)), " ", words(side.says)),
    el("p", { class: "mute small" }, t(side.voices.length === 1 ? "one_voice" : "n_voices", { n: side.voices.length }), side.rejected && ` · ${t("rejected")}`),
    el("ol", { class: "claims" }, side.claims.map((n) => claimItem(claimAt(n)))));
}

function scaleOf(c) {
  const sides = c.sides.filter((s) => s.low !== undefined);
  if (sides.length < 2) return null;
  return Math.max(...sides.map((s) => s.high ?? s.low * 1.25)) * 1.06 || null;
}

// What each side says on one line from nothing: a bar from the least to the most, open to the
// right when nobody says how much at most. The words beside it say the same.
function scaleChart(c, scale) {
  const rows = c.sides.map((side, k) => {
    const left = (100 * (side.low ?? 0)) / scale;
    const right = side.high === undefined ? 100 : (100 * side.high) / scale;
    const bar = svg("svg", { viewBox: "0 0 100 14", preserveAspectRatio: "none", class: "interval" },
      svg("rect", { x: 0, y: 6.5, width: 100, height: 1, class: "axis" }),
      svg("rect", { x: Math.min(left, 99), y: 3, width: Math.max(right - left, 1), height: 8, class: side.high === undefined ? "open" : "bar" }));
    return el("div", { class: "scale" }, el("span", { class: "letter" }, String.fromCharCode(65 + k)), bar, el("span", { class: "sum" }, words(side.says)));
  });
  return el("div", { class: "scales", "aria-hidden": "true" }, rows);
}
