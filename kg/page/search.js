// Search by any name in any script: labels and aliases, without case, marks and spaces.

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s\p{P}]/gu, "");
let names = null;
let hits = [];
let active = -1;

function findNames(query, most = 8) {
  names ??= G.nodes.map((n) => ({
    id: n.id,
    degree: n.degree,
    names: [...new Set([...Object.values(n.labels), ...(about(n.id).aliases ?? []), about(n.id).ticker ?? "", n.id])]
      .filter(Boolean).map((name) => ({ name, folded: fold(name) })),
  }));
  const wanted = fold(query);
  if (!wanted) return [];
  const found = [];
  for (const entry of names) {
    let best = null;
    for (const { name, folded } of entry.names) {
      const place = folded.indexOf(wanted);
      if (place < 0) continue;
      const score = (folded === wanted ? 0 : place === 0 ? 1 : 2) * 1000 - Math.min(entry.degree, 900);
      if (!best || score < best.score) best = { id: entry.id, name, score };
    }
    if (best) found.push(best);
  }
  return found.sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1)).slice(0, most);
}

function startSearch() {
  const input = $("search");
  input.addEventListener("input", () => { active = 0; showFound(); });
  input.addEventListener("focus", showFound);
  input.addEventListener("blur", () => setTimeout(() => { closeFound(); if (document.activeElement !== input) endPath(); }, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { input.value = ""; closeFound(); event.stopPropagation(); }
    if (event.key === "ArrowDown") active = Math.min(active + 1, hits.length - 1);
    else if (event.key === "ArrowUp") active = Math.max(active - 1, 0);
    else if (event.key !== "Enter") return;
    // Else the key would go on to press the button that gets the focus.
    event.preventDefault();
    if (event.key === "Enter" && hits[active]) take(hits[active].id);
    else showFound();
  });
}

// While a way from an entity is looked for, the search chooses its other end.
let pathFrom = null;
function askPath(id) {
  pathFrom = id;
  const input = $("search");
  input.placeholder = t("path_to", { name: nameOf(id) });
  input.setAttribute("aria-label", input.placeholder);
  input.focus();
}

function take(id) {
  $("search").value = "";
  closeFound();
  const from = pathFrom;
  endPath();
  if (from && from !== id) {
    Object.assign(S, { view: "graph", path: { from, to: id, money: false }, only: null, sel: null });
    fitted = true;
    showView();
    changed();
    $("list").querySelector(".back")?.focus({ preventScroll: true });
    return;
  }
  if (S.view !== "graph" && !(S.view === "loops" && choice.ends.has(id))) { S.view = "graph"; showView(); }
  select("node", id);
}

function endPath() {
  if (!pathFrom) return;
  pathFrom = null;
  showWords();
}

function showFound() {
  const input = $("search");
  const box = $("found");
  hits = findNames(input.value);
  if (!input.value.trim()) {
    closeFound();
    return;
  }
  active = Math.max(0, Math.min(active, hits.length - 1));
  box.replaceChildren(...(hits.length
    ? hits.map((hit, k) =>
        el("li", { role: "option", id: `hit-${k}`, "aria-selected": k === active ? "true" : "false", onmousedown: (event) => { event.preventDefault(); take(hit.id); } },
          typeSwatch(nodes.get(hit.id).type),
          el("span", { class: "who" }, nameOf(hit.id)),
          hit.name !== nameOf(hit.id) && el("span", { class: "mute" }, hit.name)))
    : [el("li", { class: "empty", role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("search_none"))]));
  box.hidden = false;
  input.setAttribute("aria-expanded", "true");
  if (hits.length) input.setAttribute("aria-activedescendant", `hit-${active}`);
}

function closeFound() {
  $("found").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  $("search").removeAttribute("aria-activedescendant");
}
