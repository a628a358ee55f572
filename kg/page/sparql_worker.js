// Runs in a worker of its own, so that a question that takes long can be stopped and the page goes
// on meanwhile. Takes {start: wasm}, then {graph: text},
// then {ask: query} as often as wanted, each with a number that its answer bears.

let store = null;

function start(wasm) {
  kgEngine.initSync({ module: kgEngine.decompress(wasm) });
  store = new kgEngine.Store();
}

function load(graph) {
  store.load(graph, { format: "application/trig", lenient: true });
}

// A term as SPARQL's JSON results write it (https://www.w3.org/TR/sparql11-results-json/).
function termOf(term) {
  if (term.termType === "NamedNode") return { type: "uri", value: term.value };
  if (term.termType === "BlankNode") return { type: "bnode", value: term.value };
  if (term.termType !== "Literal") return { type: "literal", value: String(term) };
  const made = { type: "literal", value: term.value };
  if (term.language) made["xml:lang"] = term.language;
  else if (term.datatype.value !== "http://www.w3.org/2001/XMLSchema#string") made.datatype = term.datatype.value;
  return made;
}

// The default graph is all graphs together, as everywhere in kg.
const UNION = { use_default_graph_as_union: true };

// JSON names the columns even when there is no row; of triples it makes a list, and those are
// asked for as they are.
function ask(query) {
  const text = store.query(query, { ...UNION, results_format: "json" });
  if (text.trimStart().startsWith("[")) {
    const rows = store.query(query, UNION).map((q) => [termOf(q.subject), termOf(q.predicate), termOf(q.object), String(q)]);
    return { triples: rows };
  }
  return { text };
}

onmessage = ({ data }) => {
  const began = performance.now();
  try {
    const done = data.start ? start(data.start) : data.graph ? load(data.graph) : ask(data.ask);
    postMessage({ number: data.number, ...done, ms: performance.now() - began });
  } catch (error) {
    // Oxigraph reports with plain errors; any other kind means that the engine itself gave way.
    postMessage({ number: data.number, error: error.message, broken: error.constructor !== Error });
  }
};
