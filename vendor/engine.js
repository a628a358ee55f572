// What kg/page/sparql_worker.js uses: Oxigraph, and what unpacks it; bundled as the global kgEngine.
export { decompress } from "fzstd";
export { initSync, Store } from "oxigraph/web.js";
