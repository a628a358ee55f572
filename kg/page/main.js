// Ties the parts together: a change of state redraws what depends on it.

let waiting = null;
function later(work) {
  clearTimeout(waiting);
  waiting = setTimeout(work, 90);
}

function changed() {
  showStory();
  draw();
  showFilters();
  showPanel();
  showBar();
  showTable();
  showConflicts();
  writeState();
}

function select(kind, id) {
  if (!S.sel) lastFocus = document.activeElement?.dataset?.key ?? null;
  stopLights();
  S.sel = { kind, id };
  hideTip();
  draw();
  reveal(kind === "node" ? [id] : id.split(" ").filter((part) => nodes.has(part)));
  showPanel();
  showBar();
  writeState();
  // The evidence is seen first; of the filters only counts change.
  requestAnimationFrame(() => setTimeout(showFilters));
  $("panel").scrollTop = 0;
  if (document.activeElement !== $("graph")) $("list").querySelector(".back")?.focus({ preventScroll: true });
}

function clearSelection() {
  S.sel = null;
  stopLights();
  changed();
  const before = lastFocus && [...document.querySelectorAll("[data-key]")].find((x) => x.dataset.key === lastFocus);
  if (before && document.activeElement !== $("graph")) before.focus();
}

function stopLights() {
  clearInterval(lightTimer);
  lightStep = Infinity;
}

// What the picture shows, in numbers.
function pictureParts() {
  const claims = [...choice.shown.values()].reduce((sum, e) => sum + e.claims, 0);
  const quoted = [...choice.shown.values()].filter((e) => e.quoted).length;
  const flows = S.view === "loops";
  return [
    flows ? t("bar_flows", { n: choice.shown.size }) : t("bar_relations", { n: choice.shown.size, all: G.edges.length }),
    t("bar_entities", { n: choice.ends.size, all: G.nodes.length }),
    t("n_claims", { n: claims }),
    t("bar_evidence_all"),
    !flows && t("bar_evidence", { percent: percent(quoted, choice.shown.size) }),
  ].filter(Boolean);
}

// Some are never told as none.
const percent = (some, all) => (some ? Math.max(1, Math.round((100 * some) / all)) : 0);

// What the view holds.
function barParts() {
  if (S.view === "conflicts" && C()) return conflictParts();
  if (S.view === "table" && T.rows) return tableParts();
  if (S.view === "sparql") return [t("bar_whole", { entities: G.nodes.length, claims: G.counts.claims, sources: G.counts.sources })];
  return pictureParts();
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

// Views other than the pictures lie over them. One that needs more than this script asks for it.
const OPENERS = { sparql: () => load("sparql").then(() => globalThis.kgSparql($("sparql"))) };
const COVERING = ["conflicts", "table", "sparql"];
const opened = new Map();

function showView() {
  for (const view of COVERING) $(view).hidden = S.view !== view;
  document.body.className = `app view-${S.view}`;
  document.body.classList.toggle("covered", COVERING.includes(S.view));
  document.body.classList.toggle("selected", Boolean(S.sel));
  for (const x of $("views").querySelectorAll("button")) pressed(x, x.dataset.view === S.view);
  // On a phone the menu is wider than the window.
  $("views").querySelector('[aria-pressed="true"]').scrollIntoView({ block: "nearest", inline: "nearest" });
  if (OPENERS[S.view]) {
    if (!opened.has(S.view)) opened.set(S.view, OPENERS[S.view]());
    // Its language, theme or address may be another since it was shown last.
    opened.get(S.view).then((view) => view?.show?.());
  }
}

function turnTo(view) {
  stopPlaying();
  S.view = view;
  S.sel = null;
  fitted = true;
  if (view === "loops" && S.loop && L()) lightHops();
  showView();
  changed();
}

// Another view, with what is chosen in it.
function turn(change) {
  Object.assign(S, change);
  turnTo(S.view);
}

// Exactly these nodes and relations in the picture, whatever the filters say.
function spotlight(ids, edgeIds) {
  const only = { nodes: [...new Set(ids)].filter((id) => nodes.has(id)), edges: [...new Set(edgeIds)].filter((id) => edges.has(id)) };
  Object.assign(S, { only, path: null, sel: null, view: "graph" });
  fitted = true;
  showView();
  changed();
}

function turnTheme() {
  const dark = S.theme ? S.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  S.theme = dark ? "light" : "dark";
  showTheme();
  showWords();
  showView();
  changed();
}

// Reads the address anew: at the start, and when somebody changes it.
function follow() {
  readState(decodeURIComponent(location.hash.slice(1)));
  showTheme();
  showWords();
  showView();
  changed();
}

function start() {
  readState(decodeURIComponent(location.hash.slice(1)));
  for (const [tag, name] of Object.entries(G.languages)) {
    $("languages").append(el("button", { type: "button", lang: tag, onclick: () => { S.lang = tag; showWords(); showView(); changed(); } }, name));
  }
  startPicture();
  startSearch();
  for (const x of $("views").querySelectorAll("button")) {
    x.hidden = !VIEWS.includes(x.dataset.view);
    x.addEventListener("click", () => turnTo(x.dataset.view));
  }
  for (const [id, work] of Object.entries({ png: savePng, svg: saveSvg, csv: saveCsv, graphml: saveGraphml, link: copyLink })) {
    $(id).addEventListener("click", () => { work(); $("save").open = false; });
  }
  $("save").addEventListener("focusout", (event) => { if (!$("save").contains(event.relatedTarget)) $("save").open = false; });
  $("tell").hidden = !story().length;
  $("tell").addEventListener("click", () => goTo(1));
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
    if (event.key === "Escape" && $("save").open) { $("save").open = false; $("save").querySelector("summary").focus(); }
    else if (event.key === "Escape" && document.body.classList.contains("filtering")) $("show-filters").click();
    else if (event.key === "Escape") $("list").querySelector(".back")?.click();
    if (event.key === "/" && !/INPUT|TEXTAREA/.test(document.activeElement.tagName) && !document.activeElement.isContentEditable) {
      event.preventDefault();
      $("search").focus();
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("hashchange", () => { if (location.hash !== ownHash) follow(); });
  follow();
}

// What the parts that come later use, and what tests ask.
globalThis.kgPage = {
  G, S, $, el, svg, t, words, term, nameOf, nodes, edges, edgesAt, claimsOf, fold, findNames, link, css, load, later, select, spotlight, turn, save, cell, changed, writeState,
  evidence: E,
  labels: () => labelBoxes.map(({ id, kind, rect, lines, size }) => ({ id, kind, rect, lines, size })),
  shown: () => [...choice.shown.keys()],
  at: (id) => network.canvasToDOM(drawnPlace(id)),
  csv: csvText,
  graphml: graphmlText,
};

start();

// What the first drawing does not need comes after it.
function arrived() {
  names = null;
  if (S.view === "loops" && S.loop && L() && E()) lightHops();
  draw();
  showFilters();
  showPanel();
  showBar();
  showTable();
  showConflicts();
  document.documentElement.dataset.arrived = "";
}
requestAnimationFrame(() => setTimeout(() => {
  const wanted = ["kg-evidence", ...["kg-loops", "kg-conflicts"].filter((name) => G.bundles.includes(name))];
  Promise.all(wanted.map(load)).then(arrived);
}));
