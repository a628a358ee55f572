// The view that asks: the saved questions, the editor, the answer. Started when it is first opened.

let editor = null;
let chosen = null; // the saved question that was chosen last
let state = {}; // {running} or {answer} or {error}
let turns = 0; // an answer that a later question has overtaken is not shown

const questionOf = (name) => D.questions.find((q) => q.name === name) ?? null;

// A parameter's line, "VALUES ?entity { d:openai }", whose value the reader may change.
const valueLine = (name) => new RegExp(`(VALUES\\s+\\?${name}\\s*\\{)([^}]*)(\\})`);
const valueNow = (name) => valueLine(name).exec(editor.text())?.[2].trim() ?? "";

// The chosen question, as long as nothing but its parameters' values was changed.
function questionNow() {
  const bare = (text) => chosen.params.reduce((rest, { name }) => rest.replace(valueLine(name), "$1$3"), text);
  return chosen && bare(chosen.text) === bare(editor.text()) ? chosen : null;
}

// The first question that a novice sees: who stands in the first relation of the ontology to whom.
function firstQuery() {
  const [code] = Object.keys(G.relations).sort((a, b) => G.relations[a].order - G.relations[b].order);
  return `# ?a – ${term("relations", code)} – ?b\nSELECT ?a ?b WHERE { ?a kg:${code} ?b }`;
}

function setValue(name, value) {
  const text = editor.text();
  const match = valueLine(name).exec(text);
  if (!match) return;
  editor.put(`${text.slice(0, match.index)}${match[1]} ${value} ${match[3]}${text.slice(match.index + match[0].length)}`);
  run();
}

async function run() {
  const query = editor.text();
  const mine = ++turns;
  if (state.running) stopWorker("");
  S.ask = query === chosen?.text ? chosen.name : query;
  writeState();
  editor.mark(null);
  resultPage = 0;
  state = { running: true };
  // What is answered at once does not flicker.
  const busy = setTimeout(showAnswer, 150);
  try {
    state = { answer: await ask(query) };
  } catch (error) {
    if (mine !== turns) return;
    state = { error: readError(error.message, query) };
    editor.mark(state.error);
  } finally {
    clearTimeout(busy);
  }
  if (mine === turns) showAnswer();
}

function choose(question) {
  chosen = question;
  editor.put(question.text);
  showAsk();
  run();
}

// ---- what is seen

function showAnswer() {
  const { answer, error, running } = state;
  const told = (...children) => $("answer").replaceChildren(...children.flat().filter(Boolean));
  const count = answer?.rows ?? answer?.triples;
  $("ask-state").textContent = running
    ? t("ask_running")
    : error
      ? ""
      : answer
        ? [count && t(count.length === 1 ? "ask_one_row" : "ask_rows", { n: count.length }), t("ask_took", { n: Math.max(1, Math.round(answer.ms)) })].filter(Boolean).join(" · ")
        : "";
  $("ask-stop").hidden = !running;
  $("ask-tools").replaceChildren(...(answer ? [drawButton(answer), ...saveButtons(answer)].filter(Boolean) : []));
  if (running) return;
  if (error) told(el("p", { class: "warning", role: "alert" }, error.text));
  else if (answer?.truth !== undefined) told(el("p", { class: "truth" }, t(answer.truth ? "ask_yes" : "ask_no")));
  else if (count && !count.length) told(el("p", { class: "empty" }, t("ask_nothing")));
  else if (count) told(resultsTable(answer, showAnswer));
}

function showAsk() {
  const asked = questionNow();
  $("ask-what").replaceChildren(
    el("h2", {}, asked ? words(asked.titles) : t("ask_own")),
    el("p", { class: "hint" }, asked ? words(asked.descriptions) : t("ask_hint")),
    ...(asked ? asked.params.map(parameterField) : []));
  for (const x of $("ask-list").children) x.firstChild.setAttribute("aria-current", x.firstChild.dataset.name === asked?.name ? "true" : "false");
}

// An entity is chosen by any of its names; other values are written as SPARQL writes them.
function parameterField({ name, value, meanings }) {
  const id = `ask-param-${name}`;
  const entity = value.startsWith("d:");
  const now = valueNow(name) ?? value;
  const list = entity && el("datalist", { id: `${id}-list` }, G.nodes.map((n) => el("option", { value: nameOf(n.id) })));
  const shown = entity ? nameOf(now.replace(/^d:/, "")) : now;
  const change = ({ target }) => {
    const hit = entity && findNames(target.value, 1)[0];
    const given = entity ? hit && written(hit.id) : target.value.trim();
    target.setAttribute("aria-invalid", String(!given));
    if (given) setValue(name, given);
  };
  return el("div", { class: "param" }, el("label", { for: id }, words(meanings) || name), el("input", { id, value: shown, list: list && list.id, autocomplete: "off", onchange: change }), list);
}

function build(box) {
  const host = el("div", { class: "editor", id: "ask-editor" });
  const start = questionOf(S.ask);
  const text = start?.text ?? (S.ask || firstQuery());
  box.replaceChildren(
    el("details", { class: "asklist", open: matchMedia("(min-width: 861px)").matches },
      el("summary", { id: "ask-menu" }),
      el("ul", { id: "ask-list" }, D.questions.map((q) => el("li", {}, el("button", { type: "button", "data-name": q.name, onclick: () => choose(q) }))))),
    el("div", { class: "askmain" },
      el("div", { id: "ask-what", class: "askwhat" }),
      host,
      el("div", { class: "tabletools" },
        el("button", { type: "button", id: "ask-run", class: "solid", onclick: run }),
        el("button", { type: "button", id: "ask-stop", hidden: true, onclick: () => stopWorker(t("ask_stopped")) }),
        el("span", { id: "ask-state", class: "mute", role: "status" }),
        el("span", { id: "ask-tools", class: "asktools" })),
      el("div", { id: "answer", class: "answer" })));
  chosen = start;
  // A field that somebody is writing in stays as it is: what it says is not in the text yet.
  const refresh = () => $("ask-what").contains(document.activeElement) || showAsk();
  editor = makeEditor(host, text, run, () => later(refresh));
}

// In the language of the reader, with what the address says.
function show() {
  $("ask-menu").textContent = t("ask_questions", { n: D.questions.length });
  for (const x of $("ask-list").children) {
    const question = questionOf(x.firstChild.dataset.name);
    x.firstChild.textContent = words(question.titles);
    x.firstChild.title = words(question.descriptions);
  }
  $("ask-run").textContent = t("ask_run");
  $("ask-run").title = "Ctrl+Enter";
  $("ask-stop").textContent = t("ask_stop");
  editor.name(t("ask_editor"));
  const wanted = questionOf(S.ask)?.text ?? S.ask;
  if (wanted && wanted !== editor.text()) {
    chosen = questionOf(S.ask);
    editor.put(wanted);
    run();
  }
  showAsk();
  showAnswer();
}

globalThis.kgSparql = async (box) => {
  startWorker();
  await arrival;
  build(box);
  const ready = run().then(learnTerms);
  // What tests ask.
  globalThis.kgPage.asking = { ready, ask, drawn, offered, csvOf, text: () => editor.text(), state: () => state };
  return { show };
};
