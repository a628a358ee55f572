(() => {
"use strict";
const asked = new Map();
globalThis.kgBytes = (base64) => {
const text = atob(base64);
const bytes = new Uint8Array(text.length);
for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
return bytes;
};
async function unpack(element) {
const bytes = globalThis.kgBytes(element.textContent);
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
const script = document.createElement("script");
script.textContent = await new Response(stream).text();
document.head.append(script);
script.remove();
}
function request(name) {
return new Promise((resolve, reject) => {
const script = document.createElement("script");
script.src = `assets/${name}.js`;
script.onload = resolve;
script.onerror = () => reject(new Error(`assets/${name}.js is missing`));
document.head.append(script);
});
}
globalThis.kgLoad = (name) => {
if (!asked.has(name)) {
const packed = document.getElementById(`pack-${name}`);
asked.set(name, packed ? unpack(packed) : request(name));
}
return asked.get(name);
};
(async () => {
for (const name of ["vis-network", "kg-graph", "app"]) {
if (document.getElementById(`pack-${name}`)) await globalThis.kgLoad(name);
}
})();
})();
