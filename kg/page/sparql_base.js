// What the page lends to the view that asks, and the view's own data: questions, prefixes, graph.

const {
  G, S, $, el, t, words, term, nameOf, nodes, edges, edgesAt, claimsOf, evidence: E, fold, findNames, link, select, spotlight,
  turn, later, save, cell, writeState,
} = globalThis.kgPage;
let D = null; // it comes while the engine starts

async function arrive() {
  await globalThis.kgPage.load("kg-sparql");
  D = globalThis.kgData["kg-sparql"];
  Object.assign(G.strings, D.strings);
}
