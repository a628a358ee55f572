// All claims as a table, which sorts, filters and turns pages: the twin of the picture.

const PER_PAGE = 100;
const T = { query: "", sort: "amount", down: true, page: 0, shownOnly: false, rows: null };

const COLUMNS = [
  ["subject", (c) => nameOf(c.subject)],
  ["relation", (c) => (c.relation ? term("relations", c.relation) : term("measures", c.measure))],
  ["object", (c) => (c.object ? nameOf(c.object) : "")],
  ["amount", (c) => words(c.amount) + (c.rate ? ` (${words(c.usd)})` : "")],
  ["status", (c) => (c.negated ? t("denied") : c.status ? statusName(c.status) : "")],
  ["when", (c) => c.when ?? ""],
  ["source", (c) => E().sources[c.source]?.publisher || c.source],
];

function tableRows() {
  const wanted = T.query.trim().toLowerCase();
  const inPicture = T.shownOnly && new Set([...choice.shown.values()].flatMap(claimsOf));
  const rows = Object.entries(E().claims)
    .filter(([id]) => !inPicture || inPicture.has(id))
    .map(([id, c]) => ({ id, c, cells: COLUMNS.map(([, value]) => value(c)) }))
    .filter((row) => !wanted || `${row.cells.join(" ")} ${row.c.quote} ${row.c.product ?? ""}`.toLowerCase().includes(wanted));
  const column = COLUMNS.findIndex(([key]) => key === T.sort);
  const compare = T.sort === "amount"
    ? (a, b) => (a.c.figure ?? -1) - (b.c.figure ?? -1)
    : (a, b) => a.cells[column].localeCompare(b.cells[column], S.lang);
  rows.sort((a, b) => (T.down ? -1 : 1) * compare(a, b) || (a.id < b.id ? -1 : 1));
  return rows;
}

function showTable() {
  const box = $("table");
  if (S.view !== "table" || !E()) return;
  const kept = document.activeElement?.dataset?.key;
  const caret = document.activeElement?.selectionStart;
  T.rows = tableRows();
  const pages = Math.max(1, Math.ceil(T.rows.length / PER_PAGE));
  T.page = Math.min(T.page, pages - 1);
  const part = T.rows.slice(T.page * PER_PAGE, (T.page + 1) * PER_PAGE);
  const redo = (change) => () => { change(); showTable(); };
  box.replaceChildren(
    el("div", { class: "tabletools" },
      el("input", { type: "search", value: T.query, placeholder: t("filter_table"), "aria-label": t("filter_table"), "data-key": "filter",
        oninput: (event) => { T.query = event.target.value; T.page = 0; later(showTable); } }),
      el("label", {}, el("input", { type: "checkbox", checked: T.shownOnly, "data-key": "shown", onchange: redo(() => { T.shownOnly = !T.shownOnly; T.page = 0; }) }), " ", t("only_shown")),
      el("span", { class: "mute", role: "status" }, t("table_count", { n: T.rows.length, all: Object.keys(E().claims).length }))),
    el("div", { class: "scroller", tabindex: "0" },
      el("table", {},
        el("thead", {}, el("tr", {}, COLUMNS.map(([key]) => header(key)))),
        el("tbody", {}, part.map(tableRow)))),
    el("div", { class: "pager" },
      el("button", { type: "button", disabled: T.page === 0, "data-key": "previous", onclick: redo(() => (T.page -= 1)) }, t("previous")),
      el("span", {}, t("page_of", { n: T.page + 1, all: pages })),
      el("button", { type: "button", disabled: T.page >= pages - 1, "data-key": "next", onclick: redo(() => (T.page += 1)) }, t("next"))));
  const again = kept && [...box.querySelectorAll("[data-key]")].find((x) => x.dataset.key === kept);
  if (again) {
    again.focus({ preventScroll: true });
    if (kept === "filter") again.setSelectionRange(caret, caret);
  }
  showBar();
}

// What the bar tells of the rows, on whichever page of the table they are.
function tableParts() {
  const claims = T.rows.map((row) => row.c);
  const quoted = claims.filter((c) => c.start !== undefined).length;
  return [
    t("table_count", { n: claims.length, all: Object.keys(E().claims).length }),
    t("bar_entities", { n: new Set(claims.flatMap((c) => [c.subject, c.object]).filter(Boolean)).size, all: G.nodes.length }),
    t("n_sources", { n: new Set(claims.map((c) => c.source)).size }),
    t("bar_evidence_all"),
    t("bar_evidence", { percent: percent(quoted, claims.length) }),
  ];
}

function header(key) {
  const sorted = T.sort === key;
  return el("th", { scope: "col", class: key, "aria-sort": sorted ? (T.down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", "data-key": `sort ${key}`, onclick: () => { T.down = sorted ? !T.down : key === "amount"; T.sort = key; showTable(); } },
      t(key), sorted ? (T.down ? " ▾" : " ▴") : ""));
}

// The first cell's button opens the claim: its relation's panel, or its entity's.
function tableRow({ id, c, cells }) {
  const open = () => {
    const edge = (edgesAt.get(c.subject) ?? []).find((e) => claimsOf(e).includes(id));
    if (edge) select("edge", edge.id);
    else select("node", c.subject);
  };
  return el("tr", { class: c.negated ? "no" : "" },
    cells.map((cell, k) =>
      el("td", { class: COLUMNS[k][0] }, k === 0 ? el("button", { type: "button", class: "name", "data-key": `claim ${id}`, onclick: open }, cell) : cell)));
}
