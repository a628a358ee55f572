// An answer as a table, and what can be done with it: draw it, save it.

const ROWS_PER_PAGE = 200;
let resultPage = 0;

const NUMBER = /^http:\/\/www\.w3\.org\/2001\/XMLSchema#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const isNumber = (term) => term?.type === "literal" && NUMBER.test(term.datatype ?? "");
// 13000000000 → 13,000,000,000: long sums are misread. What is saved stays as it is.
const grouped = (text) => text.replace(/^(-?\d+)(\.\d+)?$/, (_, whole, rest = "") => whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest);

// A term as a cell: what the page knows can be opened.
function cellOf(value) {
  if (!value) return "";
  const opener = (text, open, title) => el("button", { type: "button", class: "name", title, onclick: open }, text);
  const node = nodeOf(value);
  if (node !== null) return opener(nameOf(node), () => select("node", node), shortened(value.value));
  const claim = claimOf(value);
  if (claim !== null) {
    const edge = edgeOfClaim(claim);
    return opener(shortened(value.value), () => (edge ? select("edge", edge.id) : select("node", E().claims[claim].subject)), t("evidence"));
  }
  const loop = localOf(value, "loop");
  if (loop !== null && G.bundles.includes("kg-loops")) return opener(shortened(value.value), () => turn({ view: "loops", loop }), t("loops"));
  const conflict = localOf(value, "conflict");
  if (conflict !== null && G.bundles.includes("kg-conflicts")) return opener(shortened(value.value), () => turn({ view: "conflicts", conflict }), t("conflicts"));
  const relation = value.type === "uri" && relationOf(value);
  if (relation) return el("span", { title: term("relations", relation) }, shortened(value.value));
  const source = localOf(value, "s");
  if (source !== null) return el("span", { title: E()?.sources[source]?.title }, shortened(value.value));
  if (value.type === "uri") return /^https?:/.test(value.value) && shortened(value.value) === value.value ? link(value.value, value.value) : shortened(value.value);
  return isNumber(value) ? grouped(value.value) : value.value;
}

function headOf(answer) {
  return answer.triples ? [t("ask_subject"), t("ask_predicate"), t("ask_object")] : answer.head;
}
const cellsOf = (answer) => answer.triples?.map((triple) => triple.slice(0, 3)) ?? answer.rows.map((row) => answer.head.map((name) => row[name]));

function resultsTable(answer, again) {
  const rows = cellsOf(answer);
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE));
  resultPage = Math.min(resultPage, pages - 1);
  const part = rows.slice(resultPage * ROWS_PER_PAGE, (resultPage + 1) * ROWS_PER_PAGE);
  const numeric = headOf(answer).map((_, k) => rows.some((row) => row[k]) && rows.every((row) => !row[k] || isNumber(row[k])));
  const turnPage = (step) => () => { resultPage += step; again(); };
  return [
    el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": t("ask_answer") },
      el("table", {},
        el("thead", {}, el("tr", {}, headOf(answer).map((name, k) => el("th", { scope: "col", class: numeric[k] ? "number" : "" }, name)))),
        el("tbody", {}, part.map((row) => el("tr", {}, row.map((value, k) => el("td", { class: numeric[k] ? "number" : "", lang: value?.["xml:lang"] }, cellOf(value)))))))),
    pages > 1 && el("div", { class: "pager" },
      el("button", { type: "button", disabled: resultPage === 0, onclick: turnPage(-1) }, t("previous")),
      el("span", {}, t("page_of", { n: resultPage + 1, all: pages })),
      el("button", { type: "button", disabled: resultPage >= pages - 1, onclick: turnPage(1) }, t("next"))),
  ];
}

function csvOf(answer) {
  const plain = (value) => value?.value ?? "";
  return `\uFEFF${[answer.triples ? ["subject", "predicate", "object"] : answer.head, ...cellsOf(answer).map((row) => row.map(plain))].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function saveButtons(answer) {
  const saver = (label, name, type, text) => el("button", { type: "button", onclick: () => save(name, new Blob([text()], { type: `${type};charset=utf-8` })) }, label);
  return [
    answer.truth === undefined && saver("CSV", "answer.csv", "text/csv", () => csvOf(answer)),
    answer.triples
      ? saver("N-Triples", "answer.nt", "application/n-triples", () => answer.triples.map((triple) => `${triple[3]} .\n`).join(""))
      : saver("JSON", "answer.json", "application/sparql-results+json", () => answer.text),
  ];
}

function drawButton(answer) {
  const { nodes: ids, edges: shown } = drawn(answer);
  if (!ids.length) return null;
  return el("button", { type: "button", class: "solid", onclick: () => spotlight(ids, shown) }, t("ask_draw", { nodes: ids.length, edges: shown.length }));
}
