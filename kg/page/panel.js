// The right-hand side: the relations shown as a list, and what is selected with its evidence.

const LISTED = 60;
let listed = LISTED;
let lastFocus = null;

function showPanel() {
  const list = $("list");
  const kept = document.activeElement?.dataset?.key;
  const made = panelNow();
  list.replaceChildren(...made.filter(Boolean));
  document.body.classList.toggle("selected", Boolean(S.sel));
  const again = kept && [...list.querySelectorAll("[data-key]")].find((x) => x.dataset.key === kept);
  if (again) again.focus();
}

function panelNow() {
  const lacks = (S.sel && !E()) || (S.view === "loops" && !(L() && E())) || (S.view === "conflicts" && !(C() && E()));
  if (lacks) return [el("p", { class: "hint" }, t("loading"))];
  if (S.sel?.kind === "edge") return edgePanel(S.sel.id);
  if (S.sel?.kind === "node") return nodePanel(S.sel.id);
  if (S.view === "loops") return loopsPanel();
  if (S.view === "conflicts") return conflictsPanel();
  return S.path ? pathPanel() : startPanel();
}

// ---- nothing selected: the largest relations, the accessible twin of the picture

function startPanel() {
  const shown = [...choice.shown.values()];
  return [
    S.only && backTo(t("all_relations"), () => { S.only = null; fitted = true; }),
    el("h2", { class: "kicker" }, t(S.only ? "only_these" : "largest")),
    el("p", { class: "hint" }, t("start_hint")),
    shown.length
      ? el("ol", { class: "ranked" }, shown.slice(0, listed).map((e, k) => rankedItem(e, k + 1)))
      : el("p", { class: "empty" }, t("nothing")),
    shown.length > listed &&
      el("button", { type: "button", class: "quiet", "data-key": "more", onclick: () => { listed += LISTED; showPanel(); } },
        t("more", { n: shown.length - listed })),
  ];
}

function rankedItem(e, rank) {
  return el("li", {},
    el("button", { type: "button", class: "row", "data-key": e.id, onclick: () => select("edge", e.id) },
      rank !== "" && el("span", { class: "rank" }, String(rank)),
      el("span", { class: "what" },
        el("span", { class: "who" }, nameOf(e.from), " ", el("span", { class: "arrow", "aria-hidden": "true" }, G.relations[e.relation]?.symmetric ? "↔" : "→"), " ", nameOf(e.to)),
        el("span", { class: "how" }, lineSwatch(e.relation, 18), term("relations", e.relation), flags(e))),
      el("span", { class: "sum" }, words(e.brief) + (e.joint ? "*" : ""))));
}

function flags(e) {
  return [
    e.status && el("span", { class: "mute" }, ` · ${statusName(e.status)}`),
    e.denied && el("span", { class: "flag" }, ` · ${t("denied")}`),
    e.conflict && !e.denied && el("span", { class: "flag" }, ` · ${t("conflict")}`),
  ];
}

// ---- an edge: what is claimed, by whom, on what evidence

function edgePanel(id) {
  const e = edges.get(id);
  return [
    backButton(),
    el("p", { class: "kicker" }, lineSwatch(e.relation), " ", term("relations", e.relation)),
    el("h2", { class: "headline" }, nodeButton(e.from), el("span", { class: "arrow", "aria-hidden": "true" }, G.relations[e.relation]?.symmetric ? " ↔ " : " → "), nodeButton(e.to)),
    el("p", { class: "figure" }, words(e.amount) || t("no_amount")),
    el("p", { class: "facts" },
      badge(e.status),
      e.joint && el("span", { class: "badge", title: t("joint_long") }, t("joint")),
      el("span", { class: "mute" }, (e.claims === 1 ? t("one_claim") : t("n_claims", { n: e.claims })) + " · " + (e.sources === 1 ? t("one_source") : t("n_sources", { n: e.sources })))),
    !e.live && el("p", { class: "warning" }, t("not_live")),
    e.denied && el("p", { class: "warning" }, t("edge_denied")),
    e.joint && el("p", { class: "hint" }, t("joint_long")),
    el("h3", { class: "section" }, t("evidence")),
    el("ol", { class: "claims" }, claimsOf(e).map(claimItem)),
  ];
}

function claimItem(id) {
  const c = E().claims[id];
  const source = E().sources[c.source] ?? {};
  return el("li", { class: c.negated ? "claim no" : "claim", "data-claim": id },
    el("p", { class: "facts" },
      el("b", { class: "said" }, words(c.amount) || (c.relation ? t("no_amount") : "")),
      badge(c.status),
      c.when && el("time", {}, c.when.replace("/..", " –").replace("/", " – ")),
      c.negated && el("span", { class: "badge flag" }, t("denied")),
      c.joint && el("span", { class: "badge" }, t("joint"))),
    c.rate && el("p", { class: "mute small" }, t("in_dollars", { amount: words(c.usd), date: c.rate })),
    c.words && el("p", { class: "mute small" }, t("amount_words", { text: c.words })),
    c.share && el("p", { class: "small" }, t("share", { percent: c.share })),
    c.product && el("p", { class: "product" }, c.product),
    quoteBlock(c),
    c.conflicts && S.view !== "conflicts" && el("p", { class: "warning" }, t("conflict_long", { n: c.conflicts.length }), conflictLinks(id)),
    el("p", { class: "source" }, sourceLine(c)),
    source.restates && el("p", { class: "mute small" }, t("restates", { sources: source.restates.map((s) => E().sources[s]?.title ?? s).join("; ") })),
    c.note && el("p", { class: "note" }, el("b", {}, t("note"), ": "), c.note),
    el("p", { class: "mute small where" }, whereOf(c)));
}

// The conflicts that a claim is in, unless they are what is being read.
function conflictLinks(id) {
  if (!C() || S.view === "conflicts") return null;
  const number = Object.keys(E().claims).indexOf(id);
  return C().conflicts.filter((c) => c.sides.some((s) => s.claims.includes(number))).map((c) =>
    el("button", { type: "button", class: "name", "data-key": `to ${c.id} ${id}`, onclick: () => { S.view = "conflicts"; S.conflict = c.id; S.sel = null; showView(); changed(); $("conflicts").focus(); } }, words(C().kinds[c.kind].labels)))
    .flatMap((x) => [" ", x]);
}

function sourceLine(c) {
  const source = E().sources[c.source] ?? {};
  const more = [source.publisher, source.issued, c.who && t("says", { who: nameOf(c.who) })].filter(Boolean);
  return [link(source.url, source.title ?? c.source), el("span", { class: "mute" }, more.map((x) => ` · ${x}`).join(""))];
}

// Words of a document in their sentence; a table's row as its cells.
function quoteBlock(c) {
  const language = (E().sources[c.source]?.language ?? "") || undefined;
  if (c.start !== undefined) {
    const [before, after] = c.around ?? ["", ""];
    return el("blockquote", { lang: language }, el("span", { class: "mute" }, before), el("mark", {}, c.quote), el("span", { class: "mute" }, after));
  }
  const cells = c.quote.split(" | ").map((text) => {
    const [column, ...rest] = text.split(": ");
    return rest.length ? el("span", { class: "cell" }, el("span", { class: "mute" }, `${column}: `), rest.join(": ")) : el("span", { class: "cell" }, text);
  });
  return el("blockquote", { class: "cells" }, cells.flatMap((x, k) => (k ? [el("span", { class: "mute" }, " | "), x] : [x])));
}

function whereOf(c) {
  const place = c.start !== undefined ? t("chars_of", { start: c.start, end: c.end }) : t("row_of", { file: c.file ?? "", row: c.row ?? "" });
  const file = c.start !== undefined && E().sources[c.source]?.file;
  const engine = c.engine && t("extracted", { engine: c.engine, confidence: c.confidence });
  return [file, place, engine].filter(Boolean).join(" · ");
}

function badge(status) {
  if (!status) return null;
  const color = G.statuses[status]?.color;
  return el("span", { class: "badge" }, el("span", { class: "dot", style: { background: color || "currentColor" } }), statusName(status));
}

// ---- a node: names, relations by kind and direction, figures

function nodePanel(id) {
  const node = { ...nodes.get(id), ...about(id) };
  const names = [...new Set([...Object.values(node.labels), ...(node.aliases ?? [])])].filter((n) => n !== nameOf(id));
  const all = edgesAt.get(id);
  const hidden = all.filter((e) => !choice.shown.has(e.id)).length;
  return [
    backButton(),
    el("p", { class: "kicker" }, typeSwatch(node.type), " ", term("types", node.type)),
    el("h2", { class: "headline" }, nameOf(id)),
    names.length && el("p", { class: "aka" }, el("span", { class: "mute" }, t("also_called"), " "), names.join(" · ")),
    el("dl", { class: "card" },
      fact("country", node.country), fact("ticker", node.ticker),
      node.parent && fact("parent", nodes.has(node.parent) ? nodeButton(node.parent) : node.parent),
      node.wikidata && fact("identifier", link(/^Q\d+$/.test(node.wikidata) ? `https://www.wikidata.org/wiki/${node.wikidata}` : "", node.wikidata))),
    node.uncurated && el("p", { class: "hint" }, t("uncurated")),
    el("p", { class: "actions" },
      S.open.has(id)
        ? el("button", { type: "button", class: "solid", "data-key": "open", onclick: () => { S.open.delete(id); changed(); } }, t("show_less"))
        : hidden > 0 && el("button", { type: "button", class: "solid", "data-key": "open", onclick: () => { S.open.add(id); changed(); } }, t("show_all", { n: all.length })),
      el("button", { type: "button", "data-key": "path from", onclick: () => askPath(id) }, t("path_from")),
      loopsThrough(id) > 0 && el("button", { type: "button", "data-key": "loops of", onclick: () => { S.view = "loops"; S.party = id; S.loop = ""; S.sel = null; fitted = true; showView(); changed(); } }, t("loops_through", { n: loopsThrough(id) })),
      node.page && el("a", { class: "quiet", href: `${node.page}#${keep()}` }, t("entity_page"))),
    all.length && el("h3", { class: "section" }, t("relations")),
    ...groupsOf(id, all),
    ...figuresOf(node),
  ];
}

// How many loops an entity is in, as everything told has it.
function loopsThrough(id) {
  if (!L()) return 0;
  const stop = L().stops.length - 1;
  return L().ranks[stop].filter((n) => versionAt(L().loops[n].v, stop)[1].some((f) => L().flows[f].from === id)).length;
}

const fact = (key, value) => value && el("div", {}, el("dt", {}, t(key)), el("dd", {}, value));

function groupsOf(id, all) {
  const groups = new Map();
  for (const e of all) {
    const out = e.from === id;
    const key = `${String(G.relations[e.relation]?.order ?? 99).padStart(4, "0")} ${e.relation} ${out ? 0 : 1}`;
    if (!groups.has(key)) groups.set(key, { relation: e.relation, out, list: [] });
    groups.get(key).list.push(e);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, g]) =>
    el("section", { class: "relations" },
      el("h4", {}, lineSwatch(g.relation), g.out ? ` ${nameOf(id)} ${term("relations", g.relation)} …` : ` … ${term("relations", g.relation)} ${nameOf(id)}`, el("span", { class: "mute" }, ` ${g.list.length}`)),
      el("ul", { class: "ranked" }, g.list.map((e) =>
        el("li", {}, el("button", { type: "button", class: "row", "data-key": e.id, onclick: () => select("edge", e.id) },
          el("span", { class: "what" }, el("span", { class: "who" }, nameOf(g.out ? e.to : e.from)),
            el("span", { class: "how" }, [e.status && statusName(e.status), (e.first ?? "").slice(0, 7)].filter(Boolean).join(" · "), e.denied && el("span", { class: "flag" }, ` ${t("denied")}`))),
          el("span", { class: "sum" }, words(e.brief) + (e.joint ? "*" : "")))))))); 
}

function figuresOf(node) {
  const figures = E().figures[node.id];
  if (!figures) return [];
  return [
    el("h3", { class: "section" }, t("figures")),
    el("div", { class: "figures" }, figures.map((id) => {
      const c = E().claims[id];
      return el("details", {},
        el("summary", {}, el("span", { class: "who" }, term("measures", c.measure)), el("span", { class: "mute" }, c.when ?? ""), el("span", { class: "sum" }, words(c.amount))),
        el("ol", { class: "claims" }, claimItem(id)));
    })),
  ];
}

const nodeButton = (id) => el("button", { type: "button", class: "name", "data-key": `node ${id}`, onclick: () => select("node", id) }, nameOf(id));
const backTo = (label, use) => el("button", { type: "button", class: "back", "data-key": "back", onclick: () => { use(); clearSelection(); } }, `← ${label}`);
const backButton = () => backTo(t(S.path ? "path" : S.loop && S.view === "loops" ? "the_loop" : S.view === "loops" ? "all_loops" : S.view === "conflicts" ? "conflicts" : S.view === "sparql" ? "ask_answer" : "back"), () => {});

// Up and down move between the buttons of the panel.
function panelKeys(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...$("list").querySelectorAll("button, a, summary")].filter((x) => x.offsetParent);
  const here = stops.indexOf(document.activeElement);
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
