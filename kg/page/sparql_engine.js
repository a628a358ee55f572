// The engine behind the view: a worker that is started at the first question, answers one at a
// time, and is ended when the reader stops it, when a question takes too long, or when it breaks.

const LONGEST = 30000; // milliseconds for one question
let worker = null;
let opening = null;
const arrival = arrive();
let sent = 0;
const waiting = new Map(); // number of a message → what to do with its answer

function startWorker() {
  const address = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
  worker = new Worker(address);
  URL.revokeObjectURL(address);
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error === undefined) resolve(data);
    else reject(Object.assign(new Error(data.error), { broken: data.broken }));
  };
  worker.onerror = (event) => { event.preventDefault(); stopWorker(t("ask_broke")); };
  const started = tell({ start: globalThis.kgBytes(WASM) });
  opening = Promise.all([started, arrival]).then(() => tell({ graph: D.graph }));
}

function tell(message) {
  return new Promise((resolve, reject) => {
    waiting.set(++sent, { resolve, reject });
    worker.postMessage({ ...message, number: sent });
  });
}

// Whatever was asked and not answered ends with this reason.
function stopWorker(reason) {
  worker?.terminate();
  worker = null;
  for (const { reject } of waiting.values()) reject(new Error(reason));
  waiting.clear();
}

// Answers {head, rows, text, ms}, {truth, text, ms} or {triples, ms}; throws what a reader can read.
async function ask(query) {
  if (!worker) startWorker();
  await opening;
  const limit = setTimeout(() => stopWorker(t("ask_too_long", { n: LONGEST / 1000 })), LONGEST);
  try {
    const answer = await tell({ ask: `${prolog()}${query}` });
    if (answer.triples) return answer;
    const found = JSON.parse(answer.text);
    if (found.boolean !== undefined) return { ...answer, truth: found.boolean };
    return { ...answer, head: found.head.vars, rows: found.results.bindings };
  } catch (error) {
    if (!error.broken) throw error;
    stopWorker("");
    throw new Error(t("ask_broke"));
  } finally {
    clearTimeout(limit);
  }
}

// The workspace's prefixes need no declaring. They stand on the query's first line, so that the
// lines of error messages are the query's.
const prolog = () => Object.entries(D.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");

// The ontology's terms with their labels, for completion; they are in the graph themselves.
let terms = [];
async function learnTerms() {
  const { rows } = await ask(`SELECT ?term ?label WHERE { ?term skos:prefLabel ?label FILTER(STRSTARTS(STR(?term), "${D.prefixes.kg}")) } ORDER BY ?term`);
  const found = new Map();
  for (const { term, label } of rows) {
    const code = term.value.slice(D.prefixes.kg.length);
    if (!found.has(code)) found.set(code, {});
    found.get(code)[label["xml:lang"]] = label.value;
  }
  terms = [...found].map(([code, labels]) => ({ code, labels }));
}

// Where the parser stopped, and what could stand there: {line, column, text}. The parser names
// whole classes of characters too, which says little.
function readError(message, query) {
  const found = /at (\d+):(\d+)/.exec(message);
  if (!found) return { text: message };
  const lines = query.split("\n");
  const line = Math.min(Number(found[1]), lines.length);
  const column = Math.max(1, Number(found[2]) - (line === 1 ? prolog().length : 0));
  const tokens = [...new Set(message.match(/"[^"\s]+"/g) ?? [])].slice(0, 12).map((token) => token.slice(1, -1));
  const near = lines[line - 1].slice(column - 1, column + 23) || t("ask_end");
  const text = [t("ask_at", { line, column, near }), tokens.length > 1 && t("ask_expected", { tokens: tokens.join("  ") })].filter(Boolean).join(" ");
  return { line, column, text };
}
