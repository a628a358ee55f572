// What terms of an answer stand for in the page: entities, claims, relations, loops, conflicts.

const folder = (prefix) => D.prefixes[prefix];
const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

// "https://…/entity/openai" with "d" → "openai"; null for any other.
const localOf = (term, prefix) => (term?.type === "uri" && term.value.startsWith(folder(prefix)) ? decoded(term.value.slice(folder(prefix).length)) : null);

function nodeOf(term) {
  const id = localOf(term, "d");
  return id !== null && nodes.has(id) ? id : null;
}

const claimOf = (term) => { const id = localOf(term, "c"); return id !== null && E()?.claims[id] ? id : null; };

// A relation by its IRI, or by its bare code in a literal.
function relationOf(term) {
  const code = term?.type === "uri" ? localOf(term, "kg") : term?.value;
  return code && Object.hasOwn(G.relations, code) ? code : null;
}

let edgeByClaim = null;
function edgeOfClaim(id) {
  edgeByClaim ??= new Map(G.edges.flatMap((e) => claimsOf(e).map((claim) => [claim, e])));
  return edgeByClaim.get(id);
}

// An IRI as people read it: by its prefix where one fits.
let prefixes = null;
function shortened(iri) {
  prefixes ??= Object.entries(D.prefixes).sort((a, b) => b[1].length - a[1].length);
  const found = prefixes.find(([, start]) => iri.startsWith(start) && !iri.slice(start.length).includes("/"));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

// An entity as it is written in a query.
function written(id) {
  return /^[\p{L}\d_-](?:[\p{L}\d_.-]*[\p{L}\d_-])?$/u.test(id) ? `d:${id}` : `<${folder("d")}${encodeURIComponent(id)}>`;
}

// What can be drawn of an answer. A row with two entities and a relation is that edge; two entities
// alone are all edges between them; a claim is the edge that it supports.
function drawn(answer) {
  const rows = answer.triples ?? answer.rows?.map((row) => answer.head.map((name) => row[name])) ?? [];
  const [ids, shown] = [new Set(), new Set()];
  for (const row of rows) {
    const ends = [...new Set(row.map(nodeOf).filter(Boolean))];
    const relations = new Set(row.map(relationOf).filter(Boolean));
    const claimed = row.map(claimOf).filter(Boolean).map(edgeOfClaim).filter(Boolean);
    for (const id of ends) ids.add(id);
    const told = claimed.length ? claimed : between(ends).filter((e) => !relations.size || relations.has(e.relation));
    for (const e of told) shown.add(e.id);
  }
  // Entities in rows of their own: what holds between them is what one wants to see.
  if (!shown.size) for (const e of between([...ids])) shown.add(e.id);
  for (const id of shown) ids.add(edges.get(id).from).add(edges.get(id).to);
  return { nodes: [...ids], edges: [...shown] };
}

function between(ids) {
  const ends = new Set(ids);
  return ends.size < 2 ? [] : ids.flatMap((id) => edgesAt.get(id).filter((e) => e.from === id && e.to !== id && ends.has(e.to)));
}
