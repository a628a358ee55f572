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

function showView() {
  const table = S.view === "table";
  $("table").hidden = !table;
  document.body.classList.toggle("tabled", table);
  for (const x of $("views").querySelectorAll("button")) pressed(x, x.dataset.view === S.view);
  showTable();
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
  // What tests ask: the boxes of the labels drawn last, and the choice behind the picture.
  globalThis.kgPage = {
    labels: () => labelBoxes.map(({ id, kind, rect, lines, size }) => ({ id, kind, rect, lines, size })),
    shown: () => [...choice.shown.keys()],
    select,
    at: (id) => network.canvasToDOM(drawnPlace(id)),
    csv: csvText,
  };
}

start();
