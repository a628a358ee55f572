// Ties the parts together: a change of state redraws what depends on it.

let waiting = null;
function later(work) {
  clearTimeout(waiting);
  waiting = setTimeout(work, 90);
}

function changed() {
  draw();
  showFilters();
  showPanel();
  showBar();
  showTable();
  writeState();
}

function select(kind, id) {
  if (!S.sel) lastFocus = document.activeElement?.dataset?.key ?? null;
  S.sel = { kind, id };
  hideTip();
  draw();
  reveal(kind === "edge" ? [edges.get(id).from, edges.get(id).to] : [id]);
  showPanel();
  showBar();
  showFilters();
  writeState();
  $("panel").scrollTop = 0;
  if (document.activeElement !== $("graph") && S.view === "graph") $("list").querySelector(".back")?.focus({ preventScroll: true });
}

function clearSelection() {
  S.sel = null;
  draw();
  showPanel();
  showBar();
  showFilters();
  writeState();
  const before = lastFocus && [...document.querySelectorAll("[data-key]")].find((x) => x.dataset.key === lastFocus);
  if (before && document.activeElement !== $("graph")) before.focus();
}

function barParts() {
  const claims = [...choice.shown.values()].reduce((sum, e) => sum + e.claims, 0);
  const quoted = [...choice.shown.values()].filter((e) => e.quoted).length;
  const share = quoted ? Math.max(1, Math.round((100 * quoted) / choice.shown.size)) : 0;
  return [
    t("bar_relations", { n: choice.shown.size, all: G.edges.length }),
    t("bar_entities", { n: choice.ends.size, all: G.nodes.length }),
    t("n_claims", { n: claims }),
    t("bar_evidence_all"),
    t("bar_evidence", { percent: share }),
  ];
}

function showBar() {
  $("bar").replaceChildren(...barParts().map((text) => el("span", {}, text)));
}

function showWords() {
  document.documentElement.lang = S.lang;
  document.title = words(G.title);
  $("title").textContent = words(G.title);
  for (const x of document.querySelectorAll("[data-say]")) x.textContent = t(x.dataset.say);
  for (const x of document.querySelectorAll("[data-say-label]")) {
    x.setAttribute("aria-label", t(x.dataset.sayLabel));
    if (x.tagName === "BUTTON") x.title = t(x.dataset.sayLabel);
  }
  for (const x of document.querySelectorAll("[data-say-placeholder]")) x.placeholder = t(x.dataset.sayPlaceholder);
  for (const x of $("languages").children) pressed(x, x.lang === S.lang);
  for (const x of document.querySelectorAll("#views a")) x.hash = keep();
}

function showTheme() {
  if (S.theme) document.documentElement.dataset.theme = S.theme;
  else delete document.documentElement.dataset.theme;
}

// Views other than the picture lie over it. One that needs more than this script asks for it.
const LATER = { sparql: () => load("sparql").then(() => globalThis.kgSparql(globalThis.kgPage, $("sparql"))) };
const opened = new Map();

function showView() {
  for (const view of VIEWS) if (view !== "graph") $(view).hidden = S.view !== view;
  document.body.classList.toggle("covered", S.view !== "graph");
  for (const x of $("views").querySelectorAll("button")) pressed(x, x.dataset.view === S.view);
  showTable();
  if (LATER[S.view]) {
    if (!opened.has(S.view)) opened.set(S.view, LATER[S.view]());
    // A view that came later may have more to show each time: its language, a new address.
    opened.get(S.view).then((view) => view?.show?.());
  }
}

// Exactly these nodes and relations in the picture, whatever the filters say.
function spotlight(ids, edgeIds) {
  S.only = { nodes: ids.filter((id) => nodes.has(id)), edges: edgeIds.filter((id) => edges.has(id)) };
  S.sel = null;
  S.view = "graph";
  fitted = true;
  changed();
  showView();
}

function turnTheme() {
  const dark = S.theme ? S.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  S.theme = dark ? "light" : "dark";
  showTheme();
  showWords();
  changed();
}

function start() {
  readState();
  showTheme();
  for (const [tag, name] of Object.entries(G.languages)) {
    $("languages").append(el("button", { type: "button", lang: tag, onclick: () => { S.lang = tag; showWords(); changed(); } }, name));
  }
  showWords();
  startPicture();
  startSearch();
  for (const x of $("views").querySelectorAll("button")) {
    x.hidden = !VIEWS.includes(x.dataset.view);
    x.addEventListener("click", () => { S.view = x.dataset.view; showView(); writeState(); });
  }
  $("png").addEventListener("click", savePng);
  $("svg").addEventListener("click", saveSvg);
  $("csv").addEventListener("click", saveCsv);
  $("theme").addEventListener("click", turnTheme);
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  $("fit").addEventListener("click", fit);
  $("list").addEventListener("keydown", panelKeys);
  $("show-filters").addEventListener("click", () => {
    const open = document.body.classList.toggle("filtering");
    $("show-filters").setAttribute("aria-expanded", String(open));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("filtering")) $("show-filters").click();
    else if (event.key === "Escape" && S.sel) clearSelection();
    if (event.key === "/" && !/INPUT|TEXTAREA/.test(document.activeElement.tagName)) {
      event.preventDefault();
      $("search").focus();
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("hashchange", () => {
    if (location.hash === ownHash) return;
    readState();
    showTheme();
    showWords();
    changed();
    showView();
  });
  changed();
  showView();
}

// What the parts that come later use, and what tests ask.
globalThis.kgPage = {
  G, S, $, el, svg, t, words, term, nameOf, nodes, edges, edgesAt, css, load, later, select, spotlight, save, cell, changed, writeState,
  evidence: E,
  labels: () => labelBoxes.map(({ id, kind, rect, lines, size }) => ({ id, kind, rect, lines, size })),
  shown: () => [...choice.shown.keys()],
  at: (id) => network.canvasToDOM(drawnPlace(id)),
  csv: csvText,
};

start();
// After the first drawing.
load("kg-evidence").then(() => { showPanel(); showTable(); });
